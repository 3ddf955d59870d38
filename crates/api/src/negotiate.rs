//! Which of the forms we have a reader wants (RFC 9110 §12.5.1).

use std::cmp::Reverse;

use actix_web::HttpRequest;
use actix_web::http::header::{Accept, Header, Quality};
use actix_web::mime::Mime;
use catalog::dcat::Syntax;

use crate::problem::{Kind, Problem};

/// A form in which a thing can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A page for people.
    Html,
    /// The API's JSON.
    Json,
    /// Linked data.
    Rdf(Syntax),
}

impl Form {
    /// Its media type without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Form::Html => "text/html",
            Form::Json => "application/json",
            Form::Rdf(syntax) => syntax.media_type(),
        }
    }

    /// The form that an address ending in `.{extension}` asks for, whatever `Accept` says.
    ///
    /// # Errors
    /// [`Kind::NoSuchPage`] for any other ending.
    pub fn of_extension(extension: &str) -> Result<Form, Problem> {
        match extension {
            "json" => Ok(Form::Json),
            "html" => Ok(Form::Html),
            other => Syntax::from_extension(other).map(Form::Rdf).ok_or_else(|| {
                Problem::new(
                    Kind::NoSuchPage,
                    format!("`.{other}` という形式はありません。使える形式: html, json, ttl, rdf, jsonld"),
                    format!("There is no form `.{other}`: use html, json, ttl, rdf or jsonld."),
                )
            }),
        }
    }
}

/// A page, the API's JSON and linked data.
pub const ALL: [Form; 5] =
    [Form::Html, Form::Json, Form::Rdf(Syntax::Turtle), Form::Rdf(Syntax::RdfXml), Form::Rdf(Syntax::JsonLd)];

/// A page and linked data.
pub const PAGE_OR_RDF: [Form; 4] =
    [Form::Html, Form::Rdf(Syntax::Turtle), Form::Rdf(Syntax::RdfXml), Form::Rdf(Syntax::JsonLd)];

/// The form of `forms` that `request` likes best; the first where it does not mind.
///
/// # Errors
/// [`Kind::NotAcceptable`] when it wants none of them.
pub fn choose(request: &HttpRequest, forms: &[Form]) -> Result<Form, Problem> {
    let types: Vec<_> = forms.iter().map(|form| form.media_type()).collect();
    let liked = best(request, &types)?;
    Ok(forms.get(liked).copied().unwrap_or(Form::Html))
}

/// Which of the media types `offered` a `request` likes best, from 0; the first where it does not mind.
///
/// # Errors
/// [`Kind::NotAcceptable`] when it wants none of them.
pub fn best(request: &HttpRequest, offered: &[&str]) -> Result<usize, Problem> {
    if !request.headers().contains_key("accept") {
        return Ok(0);
    }
    let Ok(accept) = Accept::parse(request) else { return Ok(0) };
    if accept.is_empty() {
        return Ok(0);
    }
    // Of each the most specific range counts; of what is liked equally, what was named most specifically, then first.
    let liking = |offered: &&str| {
        let ranges = accept.iter().enumerate();
        let fitting = ranges
            .filter_map(|(place, range)| Some((fit(&range.item, offered)?, Reverse(place), range.quality)));
        let (fit, place, quality) = fitting.max_by_key(|(fit, place, _)| (*fit, *place))?;
        (quality > Quality::ZERO).then_some((quality, fit, place))
    };
    let liked =
        offered.iter().enumerate().filter_map(|(place, offered)| Some((liking(offered)?, Reverse(place))));
    if let Some((_, Reverse(best))) = liked.max() {
        return Ok(best);
    }
    let offered = offered.join(", ");
    Err(Problem::new(
        Kind::NotAcceptable,
        format!("Accept に挙げられた形式では応えられません。応えられる形式: {offered}"),
        format!("None of the types in Accept can be given. There are: {offered}."),
    ))
}

/// How specifically `range` names the media type `offered`; `None` where it does not.
fn fit(range: &Mime, offered: &str) -> Option<u8> {
    let (kind, sub) = offered.split_once('/').unwrap_or_default();
    let range = range.essence_str();
    let (range_kind, range_sub) = range.split_once('/').unwrap_or((range, "*"));
    match (range_kind == "*" || range_kind == kind, range_sub == "*", range_sub == sub) {
        (true, false, true) => Some(2),
        (true, true, _) => Some(u8::from(range_kind != "*")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[track_caller]
    fn gives(accept: &str, expected: Option<Form>) {
        let request = TestRequest::default().insert_header(("Accept", accept)).to_http_request();
        assert_eq!(choose(&request, &ALL).ok(), expected, "{accept:?}");
    }

    #[test]
    fn a_browser_gets_a_page() {
        gives("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Some(Form::Html));
        gives("*/*", Some(Form::Html));
    }

    #[test]
    fn a_harvester_gets_the_syntax_it_likes_best() {
        gives("text/turtle", Some(Form::Rdf(Syntax::Turtle)));
        gives("application/rdf+xml;q=0.5, application/ld+json", Some(Form::Rdf(Syntax::JsonLd)));
        gives("application/rdf+xml", Some(Form::Rdf(Syntax::RdfXml)));
        gives("application/json, */*;q=0.1", Some(Form::Json));
    }

    #[test]
    fn what_is_excluded_is_not_given() {
        gives("text/html;q=0, */*", Some(Form::Json));
        gives("*/*;q=0.1, text/html;q=0, application/json;q=0", Some(Form::Rdf(Syntax::Turtle)));
        gives("text/html;q=0", None);
        gives("*/*;q=0", None);
        gives("text/*;q=0.9, application/rdf+xml", Some(Form::Rdf(Syntax::RdfXml)));
    }

    #[test]
    fn of_what_is_liked_equally_the_first_that_is_named_is_given() {
        gives("application/ld+json, text/turtle", Some(Form::Rdf(Syntax::JsonLd)));
        gives("text/turtle, application/ld+json", Some(Form::Rdf(Syntax::Turtle)));
        gives("*/*, application/ld+json", Some(Form::Rdf(Syntax::JsonLd)));
    }

    #[test]
    fn what_cannot_be_given_is_refused() {
        gives("image/png", None);
        gives("application/pdf, image/*", None);
    }
}
