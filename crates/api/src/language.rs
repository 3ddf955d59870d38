//! The language a reader asked for with `Accept-Language`: Japanese unless English is preferred.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{AcceptLanguage, Header, Preference};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use ingestion::Language;

/// The language of the answer, as an extractor.
#[derive(Debug, Clone, Copy)]
pub struct Reader(pub Language);

/// The language that the headers of `message` prefer among those we speak.
pub fn asked(message: &impl HttpMessage) -> Language {
    let Ok(accepted) = AcceptLanguage::parse(message) else { return Language::default() };
    accepted
        .ranked()
        .into_iter()
        .find_map(|preference| match preference {
            Preference::Any => Some(Language::default()),
            Preference::Specific(tag) => match tag.primary_language() {
                "ja" => Some(Language::Ja),
                "en" => Some(Language::En),
                _ => None,
            },
        })
        .unwrap_or_default()
}

impl FromRequest for Reader {
    type Error = Infallible;
    type Future = Ready<Result<Reader, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Reader(asked(request))))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[track_caller]
    fn speaks(header: &str, expected: Language) {
        let request = TestRequest::default().insert_header(("Accept-Language", header)).to_http_request();
        assert_eq!(asked(&request), expected, "{header:?}");
    }

    #[test]
    fn english_is_spoken_to_those_who_prefer_it() {
        speaks("en", Language::En);
        speaks("en-GB,en;q=0.9,ja;q=0.5", Language::En);
        speaks("fr, en;q=0.2", Language::En);
    }

    #[test]
    fn everybody_else_reads_japanese() {
        speaks("ja,en;q=0.8", Language::Ja);
        speaks("fr", Language::Ja);
        speaks("*", Language::Ja);
        speaks("ＡＢＣ;;q=x", Language::Ja);
    }
}
