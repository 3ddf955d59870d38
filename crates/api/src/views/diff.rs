//! A difference between two revisions as the API shows it.

use catalog::difference::{CellChange, Change, Counts};
use serde::Serialize;
use utoipa::ToSchema;

/// 差分: what changed from one revision to another.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Diff)]
pub struct DiffView {
    /// The number of the earlier revision.
    #[schema(example = 1)]
    pub from: u32,
    /// The number of the later revision.
    #[schema(example = 2)]
    pub to: u32,
    /// The columns that tell a row from others; empty where the number of a row does.
    #[schema(example = json!(["ID"]))]
    pub key: Vec<String>,
    /// How many rows there are of each kind.
    pub counts: DiffCounts,
    /// The columns that only one of the two has.
    pub columns: DiffColumns,
    /// The rows that changed: those of the later revision in its order, then those that are gone.
    pub rows: Vec<DiffRow>,
    /// Whether more changed than is listed; `diff.csv` holds everything.
    #[schema(example = false)]
    pub truncated: bool,
}

/// How many rows there are of each kind. A row that only changed its place is unchanged.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiffCounts {
    /// Rows that are new.
    #[schema(example = 1)]
    pub added: u64,
    /// Rows that are gone.
    #[schema(example = 0)]
    pub removed: u64,
    /// Rows of which a cell is another.
    #[schema(example = 2)]
    pub changed: u64,
    /// Rows that stayed as they were.
    #[schema(example = 9)]
    pub unchanged: u64,
}

/// The columns that only one of two revisions has.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiffColumns {
    /// Columns that are new.
    #[schema(example = json!(["備考"]))]
    pub added: Vec<String>,
    /// Columns that are gone.
    #[schema(example = json!([]))]
    pub removed: Vec<String>,
}

/// One row that changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiffRow {
    /// `added`, `removed` or `changed`.
    #[schema(example = "changed")]
    pub change: &'static str,
    /// Its cells in the columns of the key.
    #[schema(example = json!(["LL0420219001"]))]
    pub key: Vec<String>,
    /// Its row in the earlier CSV, as a spreadsheet shows it (the header is 1).
    #[schema(example = 3)]
    pub row_before: Option<u64>,
    /// Its row in the later CSV.
    #[schema(example = 3)]
    pub row_after: Option<u64>,
    /// The cells that are others; of a new row, or one that is gone, those that are not empty.
    pub cells: Vec<DiffCell>,
}

/// One cell that changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiffCell {
    /// The column's name.
    #[schema(example = "名称")]
    pub field: String,
    /// What stood there; null where there was no such row or column.
    #[schema(example = "古いトイレ")]
    pub before: Option<String>,
    /// What stands there; null where there is no such row or column.
    #[schema(example = "新しいトイレ")]
    pub after: Option<String>,
}

impl From<Counts> for DiffCounts {
    fn from(counts: Counts) -> DiffCounts {
        let Counts { added, removed, changed, unchanged } = counts;
        DiffCounts { added, removed, changed, unchanged }
    }
}

impl From<CellChange> for DiffCell {
    fn from(cell: CellChange) -> DiffCell {
        DiffCell { field: cell.field, before: cell.before, after: cell.after }
    }
}

impl DiffRow {
    /// The row, where it changed; `before` and `after` are the names of the revisions' columns.
    pub fn of(change: Change, before: &[String], after: &[String]) -> Option<DiffRow> {
        let in_sheet = |number: u64| Some(number + 1);
        let filled = |names: &[String], cells: Vec<String>, cell: fn(String, String) -> DiffCell| {
            let filled = names.iter().cloned().zip(cells).filter(|(_, text)| !text.is_empty());
            filled.map(|(field, text)| cell(field, text)).collect()
        };
        Some(match change {
            Change::Kept { .. } => return None,
            Change::Changed { from, to, key, cells } => DiffRow {
                change: "changed",
                key,
                row_before: in_sheet(from),
                row_after: in_sheet(to),
                cells: cells.into_iter().map(DiffCell::from).collect(),
            },
            Change::Added { to, key, cells } => DiffRow {
                change: "added",
                key,
                row_before: None,
                row_after: in_sheet(to),
                cells: filled(after, cells, |field, text| DiffCell {
                    field,
                    before: None,
                    after: Some(text),
                }),
            },
            Change::Removed { from, key, cells } => DiffRow {
                change: "removed",
                key,
                row_before: in_sheet(from),
                row_after: None,
                cells: filled(before, cells, |field, text| DiffCell {
                    field,
                    before: Some(text),
                    after: None,
                }),
            },
        })
    }

    /// Roughly how many bytes it takes.
    pub fn bytes(&self) -> usize {
        let texts =
            self.cells.iter().flat_map(|cell| [Some(&cell.field), cell.before.as_ref(), cell.after.as_ref()]);
        self.key.iter().chain(texts.flatten()).map(String::len).sum()
    }
}
