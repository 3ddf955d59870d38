//! Finds the header of a table among its first rows: titles and remarks may stand above it, and it may take two
//! rows.
//!
//! The row whose names fit a schema best is the header. Where none does it is the first row that is about as wide
//! as the table and no row of numbers. Reading the names is [`crate::recognising::header`]'s business.

use std::collections::{BTreeSet, VecDeque};

use crate::finding::Code;
use crate::gather::Gather;
use crate::reading::ahead::Kept;
use crate::reading::cells::{Cells, without_blanks};
use crate::reading::records::Record;
use crate::reading::writing;
use crate::recognising::guess;
use crate::recognising::recognise::{self, Vocabulary};
use crate::sentence::About;
use crate::sink::Sink;
use crate::validate::Expected;

/// Two rows are one header only where they fit better together, by one name of the longest schema at least.
const JOINING_GAINS_MIN: f64 = 0.01;

/// Where the header is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// How many rows stand above it.
    pub above: usize,
    /// The names that it has together with the row below, where it takes two.
    pub joined: Option<Vec<String>>,
}

/// A row as one looks at it.
struct Sight {
    index: usize,
    row: u64,
    texts: Vec<String>,
    filled: usize,
}

/// Finds the header among the first rows of a table, the first of which is not blank.
pub(crate) fn find(rows: &VecDeque<Kept>, expected: Expected<'_>, vocabulary: &Vocabulary<'_>) -> Found {
    let sights = sights(rows);
    by_schema(&sights, expected, vocabulary).map_or_else(|| by_shape(&sights), |(_, found)| found)
}

/// How well the row fits that would be the header, from 0 to 1; 0 where no schema fits.
pub(crate) fn fit_of_best(rows: &VecDeque<Kept>, expected: Expected<'_>, vocabulary: &Vocabulary<'_>) -> f64 {
    by_schema(&sights(rows), expected, vocabulary).map_or(0.0, |(fit, _)| fit)
}

fn sights(rows: &VecDeque<Kept>) -> Vec<Sight> {
    rows.iter()
        .enumerate()
        .map(|(index, kept)| {
            let texts = kept.texts();
            let filled = texts.iter().filter(|text| !text.is_empty()).count();
            Sight { index, row: kept.row(), texts, filled }
        })
        .filter(|sight| sight.filled > 0)
        .collect()
}

/// Tells a row above the header, with what it says.
pub(crate) fn tell_above<S: Sink>(record: &Record<'_>, gather: &mut Gather<'_, S>) {
    let cells = Cells::of(record);
    writing::tell(record, &cells, &[], gather);
    let about = About { row: Some(record.row), ..About::default() };
    if record.is_blank() {
        return gather.warning(Code::BlankRow, &about);
    }
    let filled: Vec<&str> = cells.iter().map(without_blanks).filter(|cell| !cell.is_empty()).collect();
    gather.note(Code::RowsAboveHeader, &About { value: &filled.join(" "), ..about });
    writing::pass_beside(record, gather);
}

/// The row, or the two rows, whose names fit best, where any fit.
fn by_schema(sights: &[Sight], expected: Expected<'_>, vocabulary: &Vocabulary<'_>) -> Option<(f64, Found)> {
    let mut best: Option<(f64, Found)> = None;
    let mut next = sights.iter().skip(1);
    for upper in sights {
        let lower = next.next();
        let alone = fit(&upper.texts, expected, vocabulary);
        if alone > best.as_ref().map_or(0.0, |best| best.0) {
            best = Some((alone, Found { above: upper.index, joined: None }));
        }
        if alone == 1.0 {
            break;
        }
        let Some(lower) = lower.filter(|lower| lower.row == upper.row + 1) else { continue };
        let joined = joined(&upper.texts, &lower.texts);
        let together = fit(&joined, expected, vocabulary);
        let apart = alone.max(fit(&lower.texts, expected, vocabulary));
        if together > apart + JOINING_GAINS_MIN && together > best.as_ref().map_or(0.0, |best| best.0) {
            best = Some((together, Found { above: upper.index, joined: Some(joined) }));
        }
    }
    best
}

/// How well a row of `names` fits what is expected: 0 where it is no header of it, 1 where it is that for certain.
fn fit(names: &[String], expected: Expected<'_>, vocabulary: &Vocabulary<'_>) -> f64 {
    let named = || names.iter().map(String::as_str).filter(|name| !name.is_empty());
    match expected {
        Expected::AnyTable => 0.0,
        Expected::Guess => {
            guess::schema(&named().collect::<BTreeSet<_>>(), vocabulary).map_or(0.0, |guess| guess.confidence)
        }
        Expected::Schema(schema) => {
            let names: Vec<&str> = named().collect();
            let known = recognise::fields(schema, &names).iter().flatten().count();
            if known < 2 && known < names.len() { 0.0 } else { known as f64 / schema.fields.len() as f64 }
        }
    }
}

/// The first row that looks like a header, by its width and its words.
fn by_shape(sights: &[Sight]) -> Found {
    let mut widths: Vec<usize> = sights.iter().map(|sight| sight.filled).collect();
    widths.sort_unstable();
    let width = widths.get(widths.len() / 2).copied().unwrap_or(0);
    // A title fills one cell; what fills a third of the columns is no header either.
    let wide = |sight: &&Sight| width < 2 || sight.filled > (width / 3).max(1);
    let header = sights.iter().filter(wide).find(|sight| is_worded(sight));
    let Some(header) = header.or(sights.first()) else { return Found { above: 0, joined: None } };
    let position = sights.iter().position(|sight| sight.index == header.index).unwrap_or(0);
    // The first of two rows may be too narrow to be taken for a header.
    let pairs = [position.checked_sub(1), Some(position)];
    for upper in pairs.into_iter().flatten() {
        let mut rest = sights.iter().skip(upper);
        let (Some(first), Some(second)) = (rest.next(), rest.next()) else { continue };
        let below: Vec<&Sight> = rest.collect();
        if is_second_row(second, first, &below) {
            let joined = joined(&first.texts, &second.texts);
            return match (is_complete(&second.texts), is_complete(&joined)) {
                (true, _) => Found { above: second.index, joined: None },
                (false, true) => Found { above: first.index, joined: Some(joined) },
                (false, false) => continue,
            };
        }
    }
    Found { above: header.index, joined: None }
}

/// Whether `second` belongs to a header that begins with `first`: that has blanks, as of merged cells, which
/// `second` fills with words above columns of numbers.
fn is_second_row(second: &Sight, first: &Sight, below: &[&Sight]) -> bool {
    if second.row != first.row + 1 || first.filled < 2 || second.texts.iter().any(|text| is_number(text)) {
        return false;
    }
    let mut filled_in = second
        .texts
        .iter()
        .enumerate()
        .filter(|(column, above)| !above.is_empty() && text(&first.texts, *column).is_empty());
    filled_in.any(|(column, _)| {
        let cells = || below.iter().map(|row| text(&row.texts, column)).filter(|text| !text.is_empty());
        cells().next().is_some() && cells().all(is_number)
    })
}

/// Whether every column has a name of its own.
fn is_complete(names: &[String]) -> bool {
    let distinct: BTreeSet<&String> = names.iter().collect();
    names.iter().all(|name| !name.is_empty()) && distinct.len() == names.len()
}

/// The names of two rows in one: `2024年度` over `男` is `2024年度_男`, and so is the blank beside it.
fn joined(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut group = "";
    (0..upper.len().max(lower.len()))
        .map(|column| {
            let (above, below) = (text(upper, column), text(lower, column));
            if !above.is_empty() {
                group = above;
            }
            match (group, above, below) {
                (_, above, "") => above.to_owned(),
                ("", _, below) => below.to_owned(),
                (group, _, below) if group == below => below.to_owned(),
                (group, _, below) => format!("{group}_{below}"),
            }
        })
        .collect()
}

fn text(texts: &[String], column: usize) -> &str {
    texts.get(column).map(String::as_str).unwrap_or_default()
}

/// Whether a row is made of words, most of them different.
fn is_worded(sight: &Sight) -> bool {
    let filled = || sight.texts.iter().filter(|text| !text.is_empty());
    let numbers = filled().filter(|text| is_number(text)).count();
    let distinct = filled().collect::<BTreeSet<_>>().len();
    numbers * 3 <= sight.filled && distinct * 2 >= sight.filled
}

/// Whether a cell is a number, a date or a time, not a word.
fn is_number(text: &str) -> bool {
    let text = without_blanks(text);
    text.chars().any(|letter| letter.is_numeric())
        && text.chars().all(|letter| letter.is_numeric() || ",.:/-+%()（）．，：／－▲△ ".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::ahead::Ahead;
    use crate::reading::decode::Text;
    use crate::reading::delimiter::Delimiter;
    use crate::reading::records::Records;
    use crate::reading::source::Source;
    use crate::schemas::Schemas;
    use crate::validate::Limits;

    /// In a table of `rows`, the header stands below `above` rows and, where it takes two, has the names `joined`.
    #[track_caller]
    fn finds(rows: &[&str], above: usize, joined: Option<&[&str]>) {
        let schemas = Schemas::embedded();
        let file = rows.join("\n");
        let text = Text::new(Source::new(file.as_bytes(), 1 << 16), Vec::new(), None);
        let ahead = Ahead::of(Records::new(text, Delimiter::Comma, Limits::default()));
        let found = find(ahead.kept(), Expected::Guess, &Vocabulary::of(schemas.iter()));
        let joined = joined.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(found, Found { above, joined }, "{rows:?}");
    }

    const TOILETS: &str = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,名称_英語,住所,\
        方書,緯度,経度,設置位置,男性トイレ総数,男性トイレ数(小便器),男性トイレ数(和式),男性トイレ数(洋式),\
        女性トイレ総数,女性トイレ数(和式),女性トイレ数(洋式)";

    #[test]
    fn the_names_of_a_schema_are_the_header_wherever_they_stand() {
        finds(&[TOILETS, "042021,1"], 0, None);
        finds(&["公衆トイレ一覧", "", "令和6年4月1日現在,,DX推進課", TOILETS, "042021,1"], 3, None);
        finds(&["public toilets", "code,no,prefecture,city,name,kana,english,address", TOILETS], 2, None);
    }

    #[test]
    fn without_a_schema_the_first_row_as_wide_as_the_table_is_the_header() {
        finds(&["農園名,区画数,料金", "見本農園,3,100"], 0, None);
        finds(&["市民農園", "単位: 円", "農園名,区画数,料金", "見本農園,3,100", "見本畑,4,200"], 2, None);
        finds(&["a,b,c", "1,2,3", "4,5,6,7,8,9,10,11", "1,2,3"], 0, None);
    }

    #[test]
    fn where_no_row_is_made_of_words_the_first_is_the_header() {
        finds(&["2023,2024", "1,2", "3,4"], 0, None);
        finds(&["a,", "1,2"], 0, None);
        finds(&["名称", "見本"], 0, None);
    }

    #[test]
    fn two_rows_are_one_header_where_the_second_fills_the_first_above_numbers() {
        finds(
            &["地区,2024年度,,2025年度,", ",男,女,男,女", "中央,1,2,3,4", "渡波,5,6,7,8"],
            0,
            Some(&["地区", "2024年度_男", "2024年度_女", "2025年度_男", "2025年度_女"]),
        );
        finds(
            &["人口の表", "地区,令和6年度,,,,,,", ",計,男,女,子,親,他,外", "中央,1,2,3,4,5,6,7"],
            1,
            Some(&[
                "地区",
                "令和6年度_計",
                "令和6年度_男",
                "令和6年度_女",
                "令和6年度_子",
                "令和6年度_親",
                "令和6年度_他",
                "令和6年度_外",
            ]),
        );
    }

    #[test]
    fn two_rows_are_one_header_where_they_fit_a_schema_only_together() {
        let upper = "全国地方公共団体コード,ID,地方公共団体名,種別,所在地,,,,,,緯度,経度,口径,取水可能水量,公設・私設,備考";
        let lower = ",,,,全国地方公共団体コード,連結表記,都道府県,市区町村,町字,番地以下,,,,,,";
        let joined: Vec<String> = joined(
            &upper.split(',').map(str::to_owned).collect::<Vec<_>>(),
            &lower.split(',').map(str::to_owned).collect::<Vec<_>>(),
        );
        let joined: Vec<&str> = joined.iter().map(String::as_str).collect();
        assert_eq!(joined.get(4..6), Some(&["所在地_全国地方公共団体コード", "所在地_連結表記"][..]));
        finds(&["消防水利", upper, lower, "042021,1,石巻市,消火栓"], 1, Some(&joined));
    }

    #[test]
    fn a_row_of_data_is_no_second_row_of_the_header() {
        finds(&["名称,住所,,備考", "あ,い,う,え", "か,き,く,け"], 0, None);
        finds(&["名称,数,,備考", "あ,1,2,え", "か,3,4,け"], 0, None);
    }
}
