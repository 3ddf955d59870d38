//! Who is asking: known by the token in `Authorization: Bearer`, and by nothing else.
//!
//! [`Signed`] is for what only staff may do, [`Asker`] for what everybody may read and staff see more of. What each
//! of them may do is [`catalog::rules`]' business.

mod guesses;

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use catalog::{Actor, Secret, Staff, tokens};

use crate::address::Origin;
use crate::problem::{Kind, Problem};
use crate::state::House;

pub use guesses::Guesses;

/// One of the staff, with a good token.
#[derive(Debug, Clone)]
pub struct Signed(pub Staff);

impl Signed {
    /// The person as the acts and the audit know them.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.0.clone())
    }
}

/// Whoever reads: one of the staff, or a visitor, who sends no token at all.
#[derive(Debug, Clone)]
pub struct Asker(pub Option<Staff>);

impl FromRequest for Signed {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Signed, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let asker = who(request);
        Box::pin(async move {
            let staff = asker.await?.ok_or_else(|| {
                unauthorized(
                    "職員のトークンが要ります。`Authorization: Bearer` に付けて送ってください。",
                    "This is for staff: send your token in `Authorization: Bearer`.",
                )
            })?;
            Ok(Signed(staff))
        })
    }
}

impl FromRequest for Asker {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Asker, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let asker = who(request);
        Box::pin(async move { Ok(Asker(asker.await?)) })
    }
}

/// Whose token came with the request; `None` when none came. One that is nobody's is refused, also where a visitor
/// would be answered: whoever sends it believes to be known.
fn who(request: &HttpRequest) -> impl Future<Output = Result<Option<Staff>, Problem>> + use<> {
    let house = request.app_data::<Data<House>>().cloned();
    let (sent, address) = (sent(request.headers()), address(request));
    async move {
        let secret = match sent {
            Sent::Nothing => return Ok(None),
            Sent::Misfit => None,
            Sent::Token(secret) => Some(secret),
        };
        let house = house.expect("every server has a house");
        let staff = match secret {
            Some(secret) => tokens::who(&house.store, &secret).await?,
            None => None,
        };
        match staff {
            Some(staff) => Ok(Some(staff)),
            None => Err(refused(&house.guesses, address)),
        }
    }
}

/// What somebody with a wrong token is told; after too many of them, to wait.
fn refused(guesses: &Guesses, address: Option<IpAddr>) -> Problem {
    match guesses.count(address) {
        Ok(()) => unauthorized(
            "このトークンは使えません。期限が切れたか、取り消されたか、写し間違いです。管理者に新しいトークンを頼んでください。",
            "This token is not good: expired, revoked or mistyped. Ask an admin for a new one.",
        ),
        Err(wait) => {
            let seconds = wait.as_secs() + 1;
            // Names the address: whoever guesses has to be found.
            if let Some(address) = address {
                tracing::info!(client.address = %address, "too many wrong tokens from {address}");
            }
            Problem::new(
                Kind::TooManyRequests,
                format!(
                    "使えないトークンが続けて送られています。{seconds}秒待ってからもう一度お試しください。"
                ),
                format!("Too many wrong tokens were sent. Wait {seconds} seconds and try again."),
            )
            .after(seconds)
        }
    }
}

/// Where the request comes from.
fn address(request: &HttpRequest) -> Option<IpAddr> {
    request.extensions().get::<Origin>().map(|origin| origin.client)
}

/// What stands in the `Authorization` header.
enum Sent {
    Nothing,
    Misfit,
    Token(Secret),
}

fn sent(headers: &HeaderMap) -> Sent {
    let mut values = headers.get_all(header::AUTHORIZATION);
    let (Some(value), None) = (values.next(), values.next()) else {
        return if headers.contains_key(header::AUTHORIZATION) { Sent::Misfit } else { Sent::Nothing };
    };
    let secret = value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .and_then(|(_, token)| Secret::parse(token.trim()));
    secret.map_or(Sent::Misfit, Sent::Token)
}

fn unauthorized(ja: &str, en: &str) -> Problem {
    Problem::new(Kind::Unauthorized, ja, en)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const GOOD: &str = "hiyori_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    fn reads(values: &[&str]) -> Sent {
        let request = values
            .iter()
            .fold(TestRequest::default(), |it, value| it.append_header(("Authorization", *value)));
        sent(request.to_http_request().headers())
    }

    #[test]
    fn a_token_is_read_whatever_the_case_of_the_scheme() {
        for scheme in ["Bearer", "bearer", "BEARER"] {
            assert!(matches!(reads(&[&format!("{scheme} {GOOD}")]), Sent::Token(_)), "{scheme}");
        }
    }

    #[test]
    fn whoever_sends_nothing_is_a_visitor() {
        assert!(matches!(reads(&[]), Sent::Nothing));
    }

    #[test]
    fn what_is_no_token_is_a_misfit() {
        let good = format!("Bearer {GOOD}");
        for odd in [
            "",
            "Bearer",
            "Bearer ",
            GOOD,
            "Basic YTpi",
            "Bearer ようこそ",
            &format!("{good}0"),
            &format!("{good} x"),
        ] {
            assert!(matches!(reads(&[odd]), Sent::Misfit), "{odd}");
        }
        assert!(matches!(reads(&[&good, &good]), Sent::Misfit));
    }
}
