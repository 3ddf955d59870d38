//! The columns of a revision as they can be asked about: their names, what their values are, what they mean.

use std::cmp::Ordering;

use ingestion::schema::Kind;
use ingestion::{Cell, Field, Schema, Text, Value};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::bounds::COLUMNS_MAX;
use super::misread::{Why, short};

/// What the values of a column are. A blank cell of any kind is null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Texts, compared by code point.
    Text,
    /// Whole numbers of 64 bits.
    Integer,
    /// Doubles.
    Number,
    /// Days, as `YYYY-MM-DD`.
    Date,
    /// Times of day, as `HH:MM`, or `HH:MM:SS` where the seconds are not 0.
    Time,
}

/// A value of a column that is not null, or one that such values are compared with. Days and times are texts whose
/// order by code point is their order in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Scalar {
    /// Of [`ColumnKind::Integer`].
    Integer(i64),
    /// Of [`ColumnKind::Number`]; always finite.
    Number(f64),
    /// Of every other kind.
    Text(String),
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name, which is a field's where it is one of the schema's.
    pub name: String,
    /// What its values are.
    pub kind: ColumnKind,
    /// The schema's field it is.
    pub field: Option<Field>,
}

/// Which columns the coordinates of a row stand in, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// Decimal degrees north.
    pub latitude: usize,
    /// Decimal degrees east.
    pub longitude: usize,
}

/// The columns of a revision, in its order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns {
    all: Vec<Column>,
    key: Vec<usize>,
    places: Option<Places>,
}

impl ColumnKind {
    /// What the values of a column of the schema's `kind` are to be, as long as every cell is one; a column that no
    /// schema knows has texts.
    pub fn of(kind: Option<&Kind>) -> ColumnKind {
        match kind {
            Some(Kind::Integer { .. }) => ColumnKind::Integer,
            Some(Kind::Number | Kind::Latitude | Kind::Longitude) => ColumnKind::Number,
            Some(Kind::Date) => ColumnKind::Date,
            Some(Kind::Time { .. }) => ColumnKind::Time,
            _ => ColumnKind::Text,
        }
    }

    /// Whether `cell` is blank or a value of this kind. A column with a cell that is neither is a column of texts.
    pub fn takes(self, cell: &Cell<'_>) -> bool {
        match (self, cell.value) {
            (_, Value::Blank) | (ColumnKind::Text, _) => true,
            (ColumnKind::Integer, value) => matches!(value, Value::Integer(_)),
            (ColumnKind::Number, value) => matches!(value, Value::Number(_)),
            (ColumnKind::Date, _) => is_day(cell.raw),
            (ColumnKind::Time, _) => time(cell.raw).is_some(),
        }
    }

    /// The value of `cell` in a column of this kind, which takes it; `None` where it is blank.
    pub fn value(self, cell: &Cell<'_>) -> Option<Scalar> {
        match (self, cell.value) {
            (_, Value::Blank) => None,
            (ColumnKind::Integer, Value::Integer(value)) => Some(Scalar::Integer(value)),
            (ColumnKind::Number, Value::Number(value)) => Some(Scalar::Number(value)),
            (ColumnKind::Time, _) => Some(Scalar::Text(time(cell.raw).unwrap_or(cell.raw).to_owned())),
            _ => Some(Scalar::Text(cell.raw.to_owned())),
        }
    }

    /// Its name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            ColumnKind::Text => "text",
            ColumnKind::Integer => "integer",
            ColumnKind::Number => "number",
            ColumnKind::Date => "date",
            ColumnKind::Time => "time",
        }
    }
}

/// Whether `text` is a day of the calendar, written `YYYY-MM-DD`.
pub(crate) fn is_day(text: &str) -> bool {
    text.len() == "2026-11-26".len() && text.parse::<Date>().is_ok()
}

/// A time of day, `HH:MM` or `HH:MM:SS`, up to the 47th hour, without seconds that are 0: so the order of the texts is
/// that of the times. `None` for any other text.
pub(crate) fn time(text: &str) -> Option<&str> {
    let mut parts = text.split(':');
    let mut two =
        || parts.next().filter(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let (hour, minute) = (two()?, two()?);
    let short = text.get(.."00:00".len())?;
    let reads = |second: &str| hour <= "47" && minute <= "59" && second <= "59";
    match text.len() {
        5 if reads("00") => Some(short),
        8 => two().filter(|second| reads(second)).map(|second| if second == "00" { short } else { text }),
        _ => None,
    }
}

impl Scalar {
    /// The order of two values of one column. Values of different columns have none.
    pub fn order(&self, other: &Scalar) -> Option<Ordering> {
        match (self, other) {
            (Scalar::Integer(one), Scalar::Integer(other)) => Some(one.cmp(other)),
            (Scalar::Number(one), Scalar::Number(other)) => one.partial_cmp(other),
            (Scalar::Text(one), Scalar::Text(other)) => Some(one.cmp(other)),
            _ => None,
        }
    }
}

impl Column {
    /// What the column means, and how its cells are written, where a schema says so.
    pub fn meaning(&self) -> Option<Text> {
        let field = self.field.as_ref()?;
        let Text { ja, en } = field.kind.describe();
        let ja = match &field.rule {
            Some(rule) => rule.clone(),
            None => ja,
        };
        Some(Text { ja, en })
    }
}

impl Columns {
    /// The columns `names` of a canonical file that was judged by `schema`, whose values are of `kinds`.
    pub fn of(names: &[String], schema: Option<&Schema>, kinds: &[ColumnKind]) -> Columns {
        let field = |name: &str| schema.and_then(|schema| schema.field(name)).cloned();
        let all: Vec<Column> = names
            .iter()
            .zip(kinds)
            .map(|(name, kind)| Column { name: name.clone(), kind: *kind, field: field(name) })
            .collect();
        let place = |kind: &Kind| {
            all.iter().position(|column| column.field.as_ref().is_some_and(|field| field.kind == *kind))
        };
        let places = place(&Kind::Latitude).zip(place(&Kind::Longitude));
        let of_key = |name: &String| all.iter().position(|column| column.name == *name);
        let key = schema.and_then(|schema| schema.key.iter().map(of_key).collect::<Option<Vec<_>>>());
        Columns {
            key: key.unwrap_or_default(),
            places: places.map(|(latitude, longitude)| Places { latitude, longitude }),
            all,
        }
    }

    /// All of them.
    pub fn all(&self) -> &[Column] {
        &self.all
    }

    /// The column at `place`, from 0.
    pub fn get(&self, place: usize) -> Option<&Column> {
        self.all.get(place)
    }

    /// Where the column named `name` stands, from 0.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.all.iter().position(|column| column.name == name)
    }

    /// Where the column named `name` stands, from 0, if it can be asked about.
    ///
    /// # Errors
    /// [`Why::NoField`] with what the name may have been meant for, and [`Why::Beyond`].
    pub fn asked(&self, name: &str) -> Result<usize, Why> {
        let no_field = || Why::NoField { name: short(name), near: self.near(&short(name)) };
        match self.find(name).ok_or_else(no_field)? {
            place if place < COLUMNS_MAX => Ok(place),
            _ => Err(Why::Beyond { field: short(name), max: COLUMNS_MAX }),
        }
    }

    /// Where the columns stand that together name a row; empty where the schema has no key, or the file lacks a part.
    pub fn key(&self) -> &[usize] {
        &self.key
    }

    /// Where the coordinates of a row stand, where the schema has some and so has the file.
    pub fn places(&self) -> Option<Places> {
        self.places
    }

    /// The names that `name` may have been meant for, the likeliest first; at most 5.
    pub fn near(&self, name: &str) -> Vec<String> {
        let plain = |text: &str| text.nfkc().flat_map(char::to_lowercase).collect::<String>();
        let wanted = plain(name);
        let likeness = |column: &Column| {
            let has = plain(&column.name);
            let within =
                !wanted.is_empty() && (has.contains(&wanted) || (!has.is_empty() && wanted.contains(&has)));
            let alike = strsim::normalized_damerau_levenshtein(&wanted, &has);
            if within { 1.0 + alike } else { alike }
        };
        let mut near: Vec<(f64, &Column)> =
            self.all.iter().map(|column| (likeness(column), column)).collect();
        near.retain(|(likeness, _)| *likeness >= 0.4);
        near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        near.into_iter().take(5).map(|(_, column)| column.name.clone()).collect()
    }

    /// A name for what is added to the columns: `wanted`, with as many `_` before it as it takes to be none of theirs.
    pub fn free_name(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        while self.find(&name).is_some() {
            name.insert(0, '_');
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: Option<&str>) {
        assert_eq!(time(text), expected, "{text:?}");
    }

    #[test]
    fn seconds_that_are_0_are_left_out() {
        reads("09:00", Some("09:00"));
        reads("09:00:00", Some("09:00"));
        reads("09:00:30", Some("09:00:30"));
        reads("24:00", Some("24:00"));
    }

    #[test]
    fn what_no_clock_shows_is_no_time() {
        for text in
            ["", "9:00", "09:60", "48:00", "09:00:60", "09:00:", "09:0０", "09-00", "午前9時", "09:00:00:00"]
        {
            reads(text, None);
        }
    }

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert!(is_day("2024-02-29"));
        for text in ["2025-02-29", "2025/01/01", "20250101", "2025-1-1", ""] {
            assert!(!is_day(text), "{text}");
        }
    }

    fn columns(names: &[&str]) -> Columns {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Columns::of(&names, None, &vec![ColumnKind::Text; names.len()])
    }

    #[test]
    fn a_name_finds_those_it_may_have_been_meant_for() {
        let columns = columns(&["ID", "名称", "名称_カナ", "所在地_連結表記", "備考"]);
        assert_eq!(columns.near("名称＝").first().map(String::as_str), Some("名称"));
        assert_eq!(columns.near("所在地"), ["所在地_連結表記"]);
        assert_eq!(columns.near("ｉｄ"), ["ID"]);
        assert!(columns.near("電話").is_empty());
    }

    #[test]
    fn what_is_added_takes_no_columns_name() {
        assert_eq!(columns(&["a"]).free_name("count"), "count");
        assert_eq!(columns(&["count", "_count"]).free_name("count"), "__count");
    }
}
