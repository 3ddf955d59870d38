//! Reads the query string into the parameters that an operation has.
//!
//! A parameter nobody knows is refused rather than passed over: a misspelt filter would answer everything.

use std::fmt::Display;
use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::web::Query;
use actix_web::{FromRequest, HttpRequest};
use catalog::{Format, Licence};
use serde::de::DeserializeOwned;

use crate::problem::{Kind, Problem};

/// The parameters of an operation, from the query string.
#[derive(Debug)]
pub struct Ask<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Ask<T> {
    type Error = Problem;
    type Future = Ready<Result<Ask<T>, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = Query::<T>::from_query(request.query_string());
        ready(read.map(|query| Ask(query.into_inner())).map_err(|error| refused(&error.to_string())))
    }
}

/// Tells an unknown parameter from one that does not read, by the words of serde.
fn refused(why: &str) -> Problem {
    let mut quoted = why.split('`').skip(1).step_by(2);
    if !why.contains("unknown field") {
        return Problem::new(
            Kind::BadParameter,
            format!("問い合わせの引数が読めません（{why}）。"),
            format!("The query string does not read: {why}."),
        );
    }
    let name = quoted.next().unwrap_or_default().to_owned();
    let known = quoted.collect::<Vec<_>>().join(", ");
    Problem::new(
        Kind::UnknownParameter,
        format!("`{name}` という引数はありません。使える引数: {known}"),
        format!("There is no parameter `{name}`. There are: {known}."),
    )
    .with("parameter", name)
}

/// The value of parameter `name`, if it is given.
///
/// # Errors
/// [`Kind::BadParameter`] with `wanted` (in both languages) when it does not read.
pub fn read<T: FromStr>(name: &str, value: Option<&str>, wanted: (&str, &str)) -> Result<Option<T>, Problem> {
    value
        .filter(|value| !value.is_empty())
        .map(|value| {
            value.parse().map_err(|_| {
                Problem::bad_parameter(
                    name,
                    format_args!("{} `{}` ではありません。", wanted.0, short(value)),
                    format_args!("{}, not `{}`.", wanted.1, short(value)),
                )
            })
        })
        .transpose()
}

/// A form of download.
///
/// # Errors
/// [`Kind::BadParameter`] when there is no such form.
pub fn format(value: Option<&str>) -> Result<Option<Format>, Problem> {
    let wanted =
        ("csv, json, geojson, parquet, xlsx のどれかです。", "it is csv, json, geojson, parquet or xlsx");
    read::<Format>("format", value, wanted)
}

/// A licence, by its id.
///
/// # Errors
/// [`Kind::BadParameter`] when it is none of ours.
pub fn licence(id: Option<&str>) -> Result<Option<Licence>, Problem> {
    let licence = |id| {
        Licence::from_id(id).ok_or_else(|| {
            let known = Licence::ALL.map(Licence::id).join(", ");
            Problem::bad_parameter(
                "license",
                format_args!("{known} のどれかです。"),
                format_args!("it is one of {known}"),
            )
        })
    };
    id.filter(|id| !id.is_empty()).map(licence).transpose()
}

/// The number of things on a page, from 1 to `max`.
///
/// # Errors
/// [`Kind::BadParameter`] beyond that.
pub fn limit(value: Option<&str>, default: u32, max: u32) -> Result<u32, Problem> {
    let wanted_ja = format!("1 から {max} の整数です。");
    let wanted_en = format!("it is a whole number from 1 to {max}");
    let read = read::<u32>("limit", value, (&wanted_ja, &wanted_en))?.unwrap_or(default);
    if (1..=max).contains(&read) {
        Ok(read)
    } else {
        Err(Problem::bad_parameter("limit", wanted_ja, wanted_en))
    }
}

/// A value as it may stand in a message.
fn short(value: &str) -> impl Display {
    value.chars().take(80).collect::<String>()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Two {
        q: Option<String>,
        #[allow(dead_code)]
        limit: Option<String>,
    }

    async fn asks(query: &str) -> Result<Two, Problem> {
        let request = TestRequest::with_uri(&format!("/?{query}")).to_http_request();
        Ask::<Two>::extract(&request).await.map(|ask| ask.0)
    }

    #[actix_web::test]
    async fn japanese_words_are_read() {
        assert_eq!(asks("q=%E9%81%BF%E9%9B%A3").await.unwrap().q.as_deref(), Some("避難"));
    }

    #[actix_web::test]
    async fn a_misspelt_parameter_is_named_beside_those_there_are() {
        let problem = asks("limt=3").await.unwrap_err();
        assert_eq!(problem.kind(), Kind::UnknownParameter);
        assert!(problem.to_string().contains("`limt`"), "{problem}");
        assert!(problem.to_string().contains("q, limit"), "{problem}");
    }

    #[actix_web::test]
    async fn a_doubled_parameter_is_refused() {
        assert_eq!(asks("q=a&q=b").await.unwrap_err().kind(), Kind::BadParameter);
    }

    #[test]
    fn a_limit_stays_within_its_bounds() {
        assert_eq!(limit(None, 20, 100).unwrap(), 20);
        assert_eq!(limit(Some("100"), 20, 100).unwrap(), 100);
        for bad in ["0", "101", "-1", "x", "99999999999999"] {
            assert_eq!(limit(Some(bad), 20, 100).unwrap_err().kind(), Kind::BadParameter, "{bad}");
        }
    }
}
