//! What must hold of a document beside its words.

use crate::distribution::Format;
use crate::slug::Slug;

/// What must hold of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Within {
    /// Its department.
    pub department: Option<Slug>,
    /// The code of its theme.
    pub theme: Option<String>,
    /// The id of its schema.
    pub schema: Option<String>,
    /// A form it comes in.
    pub format: Option<Format>,
    /// The id of its licence.
    pub licence: Option<String>,
}
