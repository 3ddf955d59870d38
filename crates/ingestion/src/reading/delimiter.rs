//! What stands between the cells of a text: a comma, a tab or a semicolon.
//!
//! The beginning is cut in each of the three ways; the one in which the most names of national schemas appear in
//! a row is right, or else the one in which the most rows are equally wide. A comma wherever there is no better.

use std::collections::HashSet;

use csv_core::{ReadRecordResult, ReaderBuilder};

use crate::reading::cells::without_blanks;
use crate::schemas::Schemas;

/// How much of a text decides.
pub(crate) const BEGINNING_BYTES: usize = 32 << 10;
/// How many rows decide.
const ROWS_MAX: usize = 30;
/// Fewer names of schemas in one row are no header.
const NAMES_MIN: usize = 2;

/// What stands between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delimiter {
    /// `,`
    Comma,
    /// A tab, as Excel writes 「Unicode テキスト」.
    Tab,
    /// `;`
    Semicolon,
}

/// How a text looks when it is cut at one delimiter. The better, the greater.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    /// Names of schemas, in the row that has the most of them.
    names: usize,
    /// Of a thousand rows, those of the commonest width of more than one cell, where it is that of most rows.
    even_rows: usize,
}

impl Delimiter {
    /// The delimiter of the text that begins with `beginning` (UTF-8), which may be `whole`.
    pub fn of(beginning: &[u8], whole: bool, schemas: &Schemas) -> Delimiter {
        // Most texts hold neither a tab nor a semicolon.
        if memchr::memchr2(b'\t', b';', beginning).is_none() {
            return Delimiter::Comma;
        }
        let known: HashSet<&str> =
            schemas.iter().flat_map(|schema| &schema.fields).map(|field| field.name.as_str()).collect();
        let mut best = (Delimiter::Comma, Look::default());
        for delimiter in [Delimiter::Comma, Delimiter::Tab, Delimiter::Semicolon] {
            let look = look(&rows(beginning, whole, delimiter), &known);
            if look > best.1 {
                best = (delimiter, look);
            }
        }
        best.0
    }

    /// It as a byte.
    pub fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Tab => b'\t',
            Delimiter::Semicolon => b';',
        }
    }
}

fn look(rows: &[Vec<String>], known: &HashSet<&str>) -> Look {
    let names = |row: &Vec<String>| row.iter().filter(|cell| known.contains(without_blanks(cell))).count();
    let names = rows.iter().map(names).max().filter(|names| *names >= NAMES_MIN).unwrap_or(0);
    let as_wide = |row: &Vec<String>| rows.iter().filter(|other| other.len() == row.len()).count();
    let even_rows = rows.iter().filter(|row| row.len() > 1).map(as_wide).max().unwrap_or(0);
    let even_rows = if even_rows * 2 > rows.len() { 1_000 * even_rows / rows.len() } else { 0 };
    Look { names, even_rows }
}

/// The first rows, but for one that is cut off at the end of `beginning`.
fn rows(beginning: &[u8], whole: bool, delimiter: Delimiter) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter.byte()).build();
    let (mut cells, mut ends) = (vec![0; beginning.len() + 1], vec![0; beginning.len() + 1]);
    let text = [beginning, if whole { b"\n" } else { b"" }].concat();
    let mut rest = text.as_slice();
    let mut rows = Vec::new();
    while rows.len() < ROWS_MAX {
        let (result, read, _, ended) = reader.read_record(rest, &mut cells, &mut ends);
        if !matches!(result, ReadRecordResult::Record) {
            break;
        }
        rest = rest.get(read..).unwrap_or_default();
        let mut start = 0;
        let row = ends.iter().take(ended).map(|end| {
            let cell = cells.get(start..*end).unwrap_or_default();
            start = *end;
            String::from_utf8_lossy(cell).into_owned()
        });
        rows.push(row.collect());
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn stands_between(text: &str, expected: Delimiter) {
        let schemas = Schemas::embedded();
        assert_eq!(Delimiter::of(text.as_bytes(), true, &schemas), expected, "{text:?}");
        // The last row is cut off.
        let cut_off = format!("{text}あ");
        assert_eq!(Delimiter::of(cut_off.as_bytes(), false, &schemas), expected, "{text:?}, cut off");
    }

    #[test]
    fn the_names_of_a_schema_decide() {
        stands_between("ID\t名称\t所在地_連結表記\n1\ta, b\tc, d\n2\te, f\tg, h\n", Delimiter::Tab);
        stands_between("一覧\nID;名称;緯度\n1;a,b,c,d;2\n", Delimiter::Semicolon);
        stands_between("ID,名称,緯度\n1,a;b;c,2\n2,d;e;f,3\n", Delimiter::Comma);
    }

    #[test]
    fn without_them_the_rows_of_one_width_decide() {
        stands_between("区\t数\nあ\t1,000\nい\t20\n", Delimiter::Tab);
        stands_between("区;数\nあ;1\nい;2\n", Delimiter::Semicolon);
        stands_between("区,タグ\nあ,x;y\nい,z;w\n", Delimiter::Comma);
    }

    #[test]
    fn what_stands_between_quotes_does_not_count() {
        stands_between("区,数\n\"あ;い\tう;え\",1\n\"お;か\tき;く\",2\n", Delimiter::Comma);
        stands_between("区\t数\n\"あ,\nい\"\t1\n", Delimiter::Tab);
    }

    #[test]
    fn without_any_it_is_a_comma() {
        for text in ["", "名称\n見本\n", "名称\n見本;その1\n見本\n"] {
            stands_between(text, Delimiter::Comma);
        }
    }
}
