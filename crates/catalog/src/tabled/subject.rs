//! What rows are asked of: a revision, and what its table is made from.

use std::sync::{Arc, OnceLock};

use ingestion::{Schema, Sha256};

use super::Shape;
use crate::asking::Columns;
use crate::dataset::Dataset;
use crate::revision::Revision;

/// Grows when rows are kept in another way: then every table is made again.
pub(crate) const EDITION: u32 = 1;

/// What a table is made from: its name, so to speak.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Origin {
    /// The canonical CSV.
    pub content: Sha256,
    /// The edition, and a digest of the schema.
    pub manner: String,
}

/// What rows are made from.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The canonical file.
    pub csv: Sha256,
    /// The schema that it was judged by.
    pub schema: Option<Arc<Schema>>,
    /// Both, as the name of a table.
    pub origin: Origin,
}

impl Source {
    /// The rows of a file that was judged by `schema`.
    pub(crate) fn of(csv: Sha256, schema: Option<&Schema>) -> Source {
        let digest = Sha256::of(format!("{schema:?}").as_bytes());
        let origin = Origin { content: csv, manner: format!("{EDITION}-{digest}") };
        Source { csv, schema: schema.cloned().map(Arc::new), origin }
    }
}

/// A revision whose rows may be asked for.
#[derive(Debug)]
pub struct Subject {
    /// Its dataset.
    pub dataset: Dataset,
    /// The revision.
    pub revision: Revision,
    pub(crate) source: Source,
    columns: OnceLock<Arc<Columns>>,
}

impl Subject {
    pub(crate) fn of(dataset: Dataset, revision: Revision, source: Source) -> Subject {
        Subject { dataset, revision, source, columns: OnceLock::new() }
    }

    /// Its columns; `shape` is that of its table.
    pub(crate) fn columns(&self, shape: &Shape) -> Arc<Columns> {
        let columns = || Arc::new(shape.columns(self.source.schema.as_deref()));
        Arc::clone(self.columns.get_or_init(columns))
    }
}
