//! Where a table begins in a run of rows, which of its rows name the columns, and whether a run goes on with
//! the table before it.
//!
//! Only the first rows of a run are looked at. Source: the agency's sample checker, "table detection"; where a
//! reader already knows the header, that is taken instead.

use std::ops::Range;

use super::figures;
use super::table::{Seen, Table, is_blank};
use super::verdict::ColumnKind;

/// A header has at most this many rows.
const HEADER_ROWS_MAX: usize = 5;

/// How a run of rows begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Beginning {
    /// So many rows stand above the header.
    pub titles: usize,
    /// And so many name the columns.
    pub header: usize,
    /// The columns, from 0.
    pub columns: Range<usize>,
}

/// How the table in `rows` begins; `None` where there is none. `known` is the header's place in `rows`, where the
/// reader knows it.
pub(super) fn beginning(rows: &[Seen<'_>], known: Option<usize>) -> Option<Beginning> {
    if let Some(titles) = known {
        let columns = 0..span(rows.get(titles..)?)?.end;
        return Some(Beginning { titles, header: 1, columns });
    }
    let mut titles = 0;
    loop {
        let rest = rows.get(titles..)?;
        let columns = span(rest)?;
        if columns.len() < 2 {
            return None;
        }
        match rest {
            [_, _, ..] if is_title(rest.first()?, columns.len()) => titles += 1,
            [only] if is_remark(only, columns.len()) => return None,
            _ => return Some(Beginning { titles, header: header(rest, &columns), columns }),
        }
    }
}

/// The columns in which any of `rows` holds anything.
fn span(rows: &[Seen<'_>]) -> Option<Range<usize>> {
    let first = rows.iter().filter_map(|row| row.filled().next()).map(|(index, _)| index).min()?;
    let last = rows.iter().filter_map(|row| row.filled().last()).map(|(index, _)| index).max()?;
    Some(first..last + 1)
}

/// One cell above a table of three columns or more, or two above one of five.
///
/// (The agency's checker takes two above three for a title as well: a header that lacks a name would be lost.)
fn is_title(row: &Seen<'_>, width: usize) -> bool {
    let filled = row.filled().count();
    width >= 3 && (filled == 1 || (filled == 2 && width >= 5) || filled * 100 <= width * 15)
}

/// A lone row of few texts.
fn is_remark(row: &Seen<'_>, width: usize) -> bool {
    let filled = row.filled().count();
    width >= 3 && filled * 5 <= width && row.filled().all(|(_, cell)| !figures::is_number(cell))
}

/// How many of `rows` name the columns.
///
/// Several do only where the first alone does not: it leaves names out or repeats them. (The agency's checker
/// also takes rows of text below a complete header for header, and a lone row for data.)
fn header(rows: &[Seen<'_>], columns: &Range<usize>) -> usize {
    let [first, rest @ ..] = rows else { return 0 };
    let named = rows.iter().take(HEADER_ROWS_MAX).take_while(|row| names_columns(row)).count();
    match named {
        0 => usize::from(!(holds_numbers(first) && rest.first().is_some_and(|next| same_types(first, next)))),
        1 => 1,
        _ => {
            let data = rows.get(named);
            let data_differ = data.is_some_and(|row| holds_numbers(row) && !same_types(first, row));
            if data_differ && !is_complete(first, columns) { named } else { 1 }
        }
    }
}

/// Whether a row may name columns: at most three tenths of its cells look like data.
fn names_columns(row: &Seen<'_>) -> bool {
    let cells = row.filled().filter(|(_, cell)| !figures::is_missing_mark(cell));
    let (data, all) =
        cells.fold((0, 0), |(data, all), (_, cell)| (data + usize::from(looks_like_data(cell)), all + 1));
    data * 10 <= all * 3
}

/// A number of three digits or more, or with a comma or decimals. A year is a good name.
fn looks_like_data(cell: &[u8]) -> bool {
    let is_year = cell.len() == 4 && (cell.starts_with(b"19") || cell.starts_with(b"20"));
    let long = cell.iter().filter(|byte| byte.is_ascii_digit()).count() > 2;
    figures::is_number(cell) && !is_year && (long || cell.contains(&b',') || cell.contains(&b'.'))
}

fn holds_numbers(row: &Seen<'_>) -> bool {
    row.filled().any(|(_, cell)| figures::is_number(cell))
}

fn same_types(one: &Seen<'_>, other: &Seen<'_>) -> bool {
    one.ends.len() == other.ends.len()
        && one
            .cells()
            .zip(other.cells())
            .all(|(a, b)| is_blank(a) == is_blank(b) && figures::is_number(a) == figures::is_number(b))
}

/// Whether every column has a name of its own in this row.
fn is_complete(row: &Seen<'_>, columns: &Range<usize>) -> bool {
    let mut names: Vec<&[u8]> =
        row.filled().filter(|(index, _)| columns.contains(index)).map(|(_, cell)| cell).collect();
    names.sort_unstable();
    names.dedup();
    names.len() == columns.len()
}

/// Whether a run that begins with `row`, below blank rows, goes on with `table`: its cells stand in the same
/// columns, and are numbers where those of the table are.
///
/// The agency's checker ends every table at a blank row and calls the rest another one (L1-02); by the text of
/// the rules, data with a blank row in it are divided (L1-03).
pub(super) fn goes_on(table: &Table, row: Seen<'_>) -> bool {
    let columns = table.left..table.left + table.columns.len();
    let filled = row.filled().count();
    let within = row.filled().all(|(index, _)| columns.contains(&index));
    if !within || filled < 2 || filled * 2 < columns.len() {
        return false;
    }
    let of_numbers: Vec<usize> = (table.left..)
        .zip(&table.columns)
        .filter(|(_, column)| column.kind() == ColumnKind::Numeric)
        .map(|(index, _)| index)
        .collect();
    let repeats_header = row.filled().all(|(index, cell)| {
        let column = index.checked_sub(table.left).and_then(|index| table.columns.get(index));
        column.is_some_and(|column| column.name().as_bytes() == cell.trim_ascii())
    });
    let numbers_fit = row
        .filled()
        .filter(|(index, _)| of_numbers.contains(index))
        .all(|(_, cell)| figures::is_number(cell) || figures::is_missing_mark(cell));
    !repeats_header && numbers_fit
}

#[cfg(test)]
mod tests {
    use super::super::table::Kept;
    use super::*;

    fn rows(text: &str) -> Vec<Kept> {
        let row = |(number, line): (u64, &str)| {
            let (mut bytes, mut ends) = (Vec::new(), Vec::new());
            for cell in line.split(',') {
                bytes.extend_from_slice(cell.as_bytes());
                ends.push(bytes.len());
            }
            Seen { row: number, bytes: &bytes, text: None, ends: &ends, between: None, cp932: false }.keep()
        };
        (1..).zip(text.lines()).map(row).collect()
    }

    #[track_caller]
    fn begins(text: &str, expected: Option<(usize, usize, Range<usize>)>) {
        let rows = rows(text);
        let seen: Vec<Seen<'_>> = rows.iter().map(Kept::seen).collect();
        let found = beginning(&seen, None).map(|it| (it.titles, it.header, it.columns));
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn one_row_of_names_is_the_header() {
        begins("県,2020年,2021年\n北海道,5250,5224\n", Some((0, 1, 0..3)));
        begins("県,2020,2021\n北海道,5250,5224\n", Some((0, 1, 0..3)));
        begins("001,002,003\n北海道,5250,5224\n", Some((0, 1, 0..3)));
    }

    #[test]
    fn rows_of_text_below_a_complete_header_are_data() {
        begins("名称,住所,数\n見本,石巻市,\n見本,石巻市,100\n", Some((0, 1, 0..3)));
    }

    #[test]
    fn a_header_that_repeats_its_names_goes_on_below() {
        begins("地域,人口,人口\n県,2020年,2021年\n名称,千人,千人\n北海道,5250,5224\n", Some((0, 3, 0..3)));
    }

    #[test]
    fn titles_above_the_header_are_none_of_the_table() {
        begins("都道府県別人口データ,,\n県,2020年,2021年\n北海道,5250,5224\n", Some((1, 1, 0..3)));
        begins("題名,,\n,,2024年作成\n県,2020年,2021年\n北海道,5250,5224\n", Some((2, 1, 0..3)));
    }

    #[test]
    fn one_column_or_one_remark_is_no_table() {
        begins("題名\n", None);
        begins("a\nb\nc\n", None);
        begins(",,注,,,,,,,,,,,これは見本です\n", None);
    }

    #[test]
    fn a_table_of_numbers_alone_has_no_header() {
        begins("100,200\n300,400\n", Some((0, 0, 0..2)));
    }

    #[test]
    fn the_header_that_a_reader_knows_counts() {
        let rows = rows("題名,x,\n名称,住所\n見本,石巻市\n");
        let seen: Vec<Seen<'_>> = rows.iter().map(Kept::seen).collect();
        assert_eq!(beginning(&seen, Some(1)), Some(Beginning { titles: 1, header: 1, columns: 0..2 }));
    }
}
