//! An ID for a row that has none: proposed from what the row is of, so that it is the same wherever the row stands.

use crate::cell;
use crate::reading::cells::without_blanks;
use crate::sha256::Sha256;
use crate::sink::{Cell, Column};

/// So many hexadecimal digits of the digest: among 10,000 rows two are alike in one of a thousand million tables.
const DIGITS: usize = 14;

/// The columns that say what a row is of, and those in which an ID may be proposed.
#[derive(Debug)]
pub(crate) struct Identity {
    /// The name, from 0.
    name: Option<usize>,
    /// Where it is: places and addresses, from 0.
    whereabouts: Vec<usize>,
}

impl Identity {
    pub fn of(columns: &[Column<'_>]) -> Identity {
        const WHEREABOUTS: [&str; 6] = ["住所", "所在地_連結表記", "方書", "設置位置", "緯度", "経度"];
        let column_of =
            |name: &str| columns.iter().position(|it| it.field.is_some_and(|field| field.name == name));
        Identity {
            name: column_of("名称"),
            whereabouts: WHEREABOUTS.into_iter().filter_map(column_of).collect(),
        }
    }

    /// An ID for the row whose cells `read` gives, in `column`; `None` where the row has no name, or where the column is
    /// for codes of another form.
    pub fn propose<'c>(
        &self,
        column: &Column<'_>,
        read: &impl Fn(usize) -> Option<Cell<'c>>,
    ) -> Option<String> {
        let said = |index: usize| read(index).map(|cell| without_blanks(cell.raw)).unwrap_or_default();
        let name = self.name.map(said).filter(|name| !name.is_empty())?;
        let parts: Vec<&str> =
            std::iter::once(name).chain(self.whereabouts.iter().map(|index| said(*index))).collect();
        let digest = Sha256::of(parts.join("\n").as_bytes()).to_string();
        let id = digest.get(..DIGITS).map(|digits| format!("ID{digits}"))?;
        column.field.is_some_and(|field| cell::read(field, &id).1.is_none()).then_some(id)
    }
}
