//! A link between resources.
//!
//! Rule: OGC 17-069r4, `link.yaml`; RFC 8288.

use serde::Serialize;
use utoipa::ToSchema;

/// A link to another resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OgcLink)]
pub struct Link {
    /// Where it leads.
    #[schema(example = "http://127.0.0.1:8080/ogc/collections")]
    pub href: String,
    /// What the other resource is to this one.
    #[schema(example = "data")]
    pub rel: &'static str,
    /// The media type there.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[schema(example = "application/json")]
    pub media_type: Option<&'static str>,
    /// What people read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "データの一覧")]
    pub title: Option<String>,
}

/// Relations that OGC names.
pub mod rel {
    /// What can be asked about.
    pub const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
    /// What features are made of.
    pub const SCHEMA: &str = "http://www.opengis.net/def/rel/ogc/1.0/schema";
    /// A catalog that can be searched.
    pub const CATALOG: &str = "http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog";
}

impl Link {
    /// A link of relation `rel` to `href`.
    pub fn new(rel: &'static str, href: impl Into<String>) -> Link {
        Link { href: href.into(), rel, media_type: None, title: None }
    }

    /// The same link to something of `media_type`.
    #[must_use]
    pub fn of_type(self, media_type: &'static str) -> Link {
        Link { media_type: Some(media_type), ..self }
    }

    /// The same link under a title.
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Link {
        Link { title: Some(title.into()), ..self }
    }

    /// As a `Link` header writes it.
    pub fn header(&self) -> String {
        let media_type = self.media_type.map(|it| format!("; type=\"{it}\"")).unwrap_or_default();
        format!("<{}>; rel=\"{}\"{media_type}", self.href, self.rel)
    }
}
