//! Rows that are no part of a table though they touch it: titles, totals, remarks, sources (L1-04).

use super::breach::{Breach, What};
use super::figures;
use super::table::{Seen, column_number, place};
use super::verdict::Outside;
use crate::personal;

/// This many cells are listed.
const LISTED_MAX: usize = 100;
/// And this many letters of each.
const CHARS_MAX: usize = 200;

const TOTALS: [&str; 7] = ["合計", "小計", "総計", "計", "総数", "総合計", "3カ年平均"];
const NOTES: [&str; 6] = ["※", "（注）", "注:", "注：", "注）", "備考"];
const SOURCES: [&str; 6] = ["出典", "Source", "source", "参考", "出所", "資料"];

/// What a row at the end of a table of `width` columns is, if it is none of the data.
///
/// One lone text in three columns or more is a remark whatever it says. The agency's checker takes rows of few
/// texts for remarks too; honest rows with few filled cells would be lost by that.
pub(super) fn kind(seen: Seen<'_>, width: usize) -> Option<What> {
    const WIDTH_OF_LONE_TEXTS: usize = 3;
    const LABELS: usize = 3;
    let mut filled = seen.filled();
    let (_, first) = filled.next()?;
    let labels = [Some(first), filled.next().map(|(_, cell)| cell), filled.next().map(|(_, cell)| cell)];
    let is_lone = labels.iter().flatten().count() == 1 && width >= WIDTH_OF_LONE_TEXTS;
    let begins = |words: &[&str]| words.iter().any(|word| first.starts_with(word.as_bytes()));
    if begins(&NOTES) {
        return Some(What::Note);
    }
    if begins(&SOURCES) && seen.filled().count() * 10 < width.max(LABELS + 1).saturating_mul(3) {
        return Some(What::Source);
    }
    let is_total = |cell: &[u8]| TOTALS.iter().any(|total| total.as_bytes() == cell);
    if labels.iter().flatten().any(|cell| is_total(cell)) {
        return Some(What::Total);
    }
    (is_lone && !figures::is_number(first)).then_some(What::Note)
}

/// Cells outside of all tables.
#[derive(Debug, Default)]
pub(super) struct Outsiders {
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub listed: Vec<Outside>,
}

impl Outsiders {
    /// All cells of a row, which are `what`.
    pub fn add(&mut self, seen: Seen<'_>, what: What) {
        for (index, cell) in seen.filled() {
            self.count += 1;
            if self.listed.len() < LISTED_MAX {
                let text = String::from_utf8_lossy(cell);
                let value = personal::masked(text.trim()).chars().take(CHARS_MAX).collect();
                self.listed.push(Outside { row: seen.row, column: column_number(index), value, what });
            }
        }
    }

    /// The places of those that are listed.
    pub fn breaches(&self) -> impl Iterator<Item = Breach> {
        self.listed.iter().map(|it| Breach {
            place: place(it.row, usize::try_from(it.column).unwrap_or(usize::MAX).saturating_sub(1)),
            what: it.what,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(cells: &[&str], expected: Option<What>) {
        let mut end = 0;
        let ends: Vec<usize> = cells
            .iter()
            .map(|cell| {
                end += cell.len();
                end
            })
            .collect();
        let bytes = cells.concat();
        let seen =
            Seen { row: 9, bytes: bytes.as_bytes(), text: None, ends: &ends, between: None, cp932: false };
        assert_eq!(kind(seen, 4), expected, "{cells:?}");
    }

    #[test]
    fn totals_remarks_and_sources_are_told_from_data() {
        is(&["合計", "1", "2", "3"], Some(What::Total));
        is(&["", "総数", "2", "3"], Some(What::Total));
        is(&["※暫定値", "", "", ""], Some(What::Note));
        is(&["出典：見本統計"], Some(What::Source));
        is(&["作成者：見本課"], Some(What::Note));
        is(&["石巻市", "1", "", ""], None);
        is(&["12", "", "", ""], None);
        is(&["出典", "1", "2", "3"], None);
        is(&["", "", "", ""], None);
    }
}
