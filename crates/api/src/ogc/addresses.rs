//! Where the resources are.

use catalog::{Iris, Slug};

use crate::named::escape;

/// The name of the collection whose items are the datasets themselves.
pub const CATALOG: &str = "catalog";

/// The addresses under one base.
#[derive(Debug, Clone, Copy)]
pub struct Addresses<'a>(pub &'a Iris);

impl Addresses<'_> {
    /// The landing page, with which all others begin.
    pub fn root(self) -> String {
        self.0.ogc_root()
    }

    /// The conformance classes.
    pub fn conformance(self) -> String {
        self.under("/conformance")
    }

    /// The definition of the API.
    pub fn api(self) -> String {
        self.0.ogc_definition()
    }

    /// All collections.
    pub fn collections(self) -> String {
        self.under("/collections")
    }

    /// The collection `id`, or `place` under it (`/items`).
    pub fn collection(self, id: &str, place: &str) -> String {
        self.under(&format!("/collections/{id}{place}"))
    }

    /// The item `key` of the collection `id`.
    pub fn item(self, id: &str, key: &str) -> String {
        self.under(&format!("/collections/{id}/items/{}", escape(key)))
    }

    fn under(self, path: &str) -> String {
        format!("{}{path}", self.root())
    }
}

/// Whether the rows of the dataset `slug` can be a collection: the catalog's own name is taken.
pub fn is_free(slug: &Slug) -> bool {
    slug.as_str() != CATALOG
}
