//! The forms of a resource: JSON for programs, a page for people. `f` decides, else `Accept` does.

use actix_web::HttpRequest;

use crate::negotiate;
use crate::ogc::link::Link;
use crate::problem::Problem;

/// The media type of plain JSON.
pub const JSON: &str = "application/json";
/// The media type of features.
pub const GEOJSON: &str = "application/geo+json";
/// The media type of a schema.
pub const SCHEMA: &str = "application/schema+json";
/// The media type of a catalog as a collection.
pub const CATALOG: &str = "application/ogc-catalog+json";
/// The media type of the definition of the API.
pub const OPENAPI: &str = "application/vnd.oai.openapi+json";
/// The media type of a page.
pub const HTML: &str = "text/html";

/// The form that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JSON under this media type.
    Json(&'static str),
    /// A page.
    Html,
}

impl Form {
    /// The form that `request` wants, where JSON comes under the media types `json`; the first is the usual one.
    ///
    /// # Errors
    /// [`crate::problem::Kind::BadParameter`] where `f` is no form, [`crate::problem::Kind::NotAcceptable`] where `Accept`
    /// takes none.
    pub fn of(
        request: &HttpRequest,
        f: Option<&str>,
        json: &'static [&'static str],
    ) -> Result<Form, Problem> {
        let usual = json.first().copied().unwrap_or(JSON);
        match f.unwrap_or_default() {
            "json" => return Ok(Form::Json(usual)),
            "html" => return Ok(Form::Html),
            "" => {}
            _ => return Err(Problem::bad_parameter("f", "json か html です。", "it is json or html")),
        }
        let offered: Vec<&str> = json.iter().copied().chain([HTML]).collect();
        let liked = negotiate::best(request, &offered)?;
        Ok(json.get(liked).map_or(Form::Html, |media_type| Form::Json(media_type)))
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Form::Json(media_type) => media_type,
            Form::Html => HTML,
        }
    }

    /// The links from a resource at `address`, whose JSON is of type `json`, to itself and to its other form. `address` has
    /// no `f`.
    pub fn links(self, address: &str, json: &'static str) -> [Link; 2] {
        let with = |f: &str| format!("{address}{}f={f}", if address.contains('?') { '&' } else { '?' });
        let (this, other) = match self {
            Form::Json(_) => (with("json"), with("html")),
            Form::Html => (with("html"), with("json")),
        };
        let (own, others) = match self {
            Form::Json(media_type) => (media_type, HTML),
            Form::Html => (HTML, json),
        };
        [Link::new("self", this).of_type(own), Link::new("alternate", other).of_type(others)]
    }
}
