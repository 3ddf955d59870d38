//! Remarks and totals below the data: ※, 注, 出典, 計.
//!
//! Whether such a row is the last is known only when no other follows, so it is held until then. A row that
//! turns out to stand among the data is a row of data.

use std::collections::VecDeque;

use crate::finding::Code;
use crate::gather::Gather;
use crate::reading::ahead::Kept;
use crate::reading::cells::{Cells, without_blanks};
use crate::reading::laid;
use crate::reading::records::Record;
use crate::reading::writing;
use crate::sentence::About;
use crate::sink::Sink;

/// A remark fills no more cells than this.
const FILLED_MAX: usize = 2;
/// So many rows are held, and no row that is longer.
const ROWS_MAX: usize = 30;
const BYTES_MAX: usize = 4 << 10;

/// How a remark begins.
const MARKS: [&str; 14] =
    ["※", "＊", "*", "注", "（注", "(注", "［注", "【注", "出典", "出所", "資料", "（出典", "(出典", "備考"];
/// What a row of totals begins with, and holds nothing else beside.
const TOTALS: [&str; 7] = ["計", "合計", "総計", "小計", "総合計", "累計", "総数"];

/// What any of them begins with, and blanks.
const FIRST_LETTERS: [&str; 18] =
    ["※", "＊", "*", "注", "（", "(", "［", "【", "出", "資", "備", "計", "合", "総", "小", "累", " ", "　"];

/// Rows that are remarks where no row of data follows.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    held: VecDeque<Kept>,
}

impl Remarks {
    /// Holds `record`, of a table with `width` columns, if it may be a remark.
    pub fn hold(&mut self, record: &Record<'_>, width: u64) -> bool {
        let holds = self.held.len() < ROWS_MAX && may_be_one(record, width);
        if holds {
            self.held.push_back(Kept::from(*record));
        }
        holds
    }

    /// Whether any row is held.
    pub fn are_held(&self) -> bool {
        !self.held.is_empty()
    }

    /// The rows that are held, which are data after all.
    pub fn release(&mut self) -> impl Iterator<Item = Kept> {
        self.held.drain(..)
    }

    /// Tells those that are held: nothing follows them.
    pub fn tell<S: Sink>(self, gather: &mut Gather<'_, S>) {
        for kept in self.held {
            let texts = kept.texts();
            let filled: Vec<&str> =
                texts.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            let value = filled.join(" ");
            gather.warning(
                Code::RemarkRow,
                &About { row: Some(kept.row()), value: &value, ..About::default() },
            );
            writing::pass_beside(&kept.record(), gather);
        }
    }
}

fn may_be_one(record: &Record<'_>, width: u64) -> bool {
    // Most rows are passed over by their first letter.
    let first = record.bytes.iter().position(|byte| Some(*byte) != record.between);
    let filled = first.and_then(|first| record.bytes.get(first..)).unwrap_or_default();
    if !FIRST_LETTERS.iter().any(|letter| filled.starts_with(letter.as_bytes())) {
        return false;
    }
    if laid::cells(record.bytes, record.ends, record.between).map(<[u8]>::len).sum::<usize>() > BYTES_MAX {
        return false;
    }
    let cells = Cells::of(record);
    let mut filled = cells.iter().map(without_blanks).filter(|cell| !cell.is_empty());
    let Some(first) = filled.next() else { return false };
    let more = filled.count();
    let narrow = more < FILLED_MAX && (more as u64) + 1 < width;
    let whole: String = first.chars().filter(|letter| !letter.is_whitespace()).collect();
    narrow && (MARKS.iter().any(|mark| first.starts_with(mark)) || TOTALS.contains(&whole.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::ahead::Table;
    use crate::reading::decode::Text;
    use crate::reading::delimiter::Delimiter;
    use crate::reading::records::Records;
    use crate::reading::source::Source;
    use crate::validate::Limits;

    #[track_caller]
    fn holds(row: &str, expected: bool) {
        let text = Text::new(Source::new(row.as_bytes(), 1 << 16), Vec::new(), None);
        let mut records = Records::new(text, Delimiter::Comma, Limits::default());
        let record = records.next().expect("there is a row");
        assert_eq!(Remarks::default().hold(&record, 5), expected, "{row:?}");
    }

    #[test]
    fn remarks_and_totals_are_held() {
        for row in
            ["※ 見本です", ",※見本,,,", "注1）見本", "出典：見本,,,", "合　計,,,12,", "計,,3", " ※見本"]
        {
            holds(row, true);
        }
    }

    #[test]
    fn what_is_filled_like_data_is_data() {
        for row in ["※1,見本,3", "合計,1,2,3,4", "計画課,,", "注文,見本,見本", "見本,,", ",,,,"]
        {
            holds(row, false);
        }
    }
}
