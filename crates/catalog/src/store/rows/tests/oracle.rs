//! The plain answer: every row is looked at, sorted and counted.

use std::cmp::Ordering;

use ingestion::{Cell, Schema, Value};

use super::drawn::{HEADER, SCHEMA};
use crate::asking::{Ask, ColumnKind, Point, Scalar, TypedRow};
use crate::search::fold;
use crate::store::rows::place::distance_between;
use crate::tabled::on_ball;

struct Row {
    number: u64,
    values: Vec<Option<Scalar>>,
    point: Option<Point>,
    folded: Vec<String>,
    line: String,
}

pub(super) struct Oracle(Vec<Row>);

/// The canonical file of these rows.
pub(super) fn csv_of(rows: &[Vec<String>]) -> String {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    csv.write_record(HEADER).unwrap();
    rows.iter().for_each(|row| csv.write_record(row).unwrap());
    String::from_utf8(csv.into_inner().unwrap()).unwrap()
}

impl Oracle {
    pub(super) fn of(rows: &[Vec<String>]) -> Oracle {
        let schema: Schema = toml::from_str(SCHEMA).unwrap();
        let row = |(number, cells): (usize, &Vec<String>)| {
            let values: Vec<Option<Scalar>> = HEADER
                .iter()
                .zip(cells)
                .map(|(name, raw)| {
                    let field = schema.field(name);
                    let cell = Cell { raw, value: Value::of(field, raw) };
                    ColumnKind::of(field.map(|field| &field.kind)).value(&cell)
                })
                .collect();
            let number_of = |place: usize| match values[place] {
                Some(Scalar::Number(value)) => Some(value),
                _ => None,
            };
            let point = number_of(7).zip(number_of(6)).and_then(|(x, y)| Point::of(x, y));
            let line = csv_of(std::slice::from_ref(cells));
            let line = line.split_once("\r\n").unwrap().1.trim_end_matches("\r\n").to_owned();
            let folded = cells.iter().map(|cell| fold([cell.as_str()])).collect();
            Row { number: number as u64 + 1, values, point, folded, line }
        };
        Oracle(rows.iter().enumerate().map(row).collect())
    }

    /// The numbers of the rows that `ask` asks for.
    pub(super) fn finds(&self, ask: &Ask) -> Vec<u64> {
        let after = ask.after.map(|number| self.0.iter().find(|row| row.number == number));
        if after.is_some_and(|row| row.is_none()) && !(ask.sort.is_empty() && ask.by_distance().is_none()) {
            return Vec::new();
        }
        let mut found: Vec<&Row> = self.0.iter().filter(|row| passes(row, ask)).collect();
        found.sort_by(|one, other| compare(one, other, ask));
        let follows = |row: &&Row| match (ask.after, after.flatten()) {
            (Some(_), Some(after)) => compare(row, after, ask) == Ordering::Greater,
            (Some(number), None) => row.number > number,
            (None, _) => true,
        };
        let limit = ask.limit.map_or(usize::MAX, |limit| limit as usize);
        found.into_iter().filter(follows).take(limit).map(|row| row.number).collect()
    }

    pub(super) fn total(&self, ask: &Ask) -> u64 {
        self.0.iter().filter(|row| passes(row, ask)).count() as u64
    }

    pub(super) fn line(&self, number: u64) -> &str {
        &self.0[number as usize - 1].line
    }

    pub(super) fn distance(&self, ask: &Ask, number: u64) -> Option<f64> {
        ask.near.zip(self.0[number as usize - 1].point).map(|(near, point)| near.of.metres_to(point))
    }
}

fn passes(row: &Row, ask: &Ask) -> bool {
    let stands = |word: &String| row.folded.iter().any(|cell| cell.contains(word.as_str()));
    ask.filter.passes(TypedRow { values: &row.values, point: row.point }) && ask.words.iter().all(stands)
}

/// Blanks last whichever way; what is equal by its number, in the direction of the last order.
fn compare(one: &Row, other: &Row, ask: &Ask) -> Ordering {
    if let Some(from) = ask.by_distance() {
        // By the straight line, which is as long where the way is: which of two is longer by a bit is no matter.
        let way = |row: &Row| row.point.map(|point| Scalar::Number(distance_between(on_ball(point), from)));
        return blanks_last(&way(one), &way(other), false).then(one.number.cmp(&other.number));
    }
    let by = |order: &crate::asking::Order| {
        blanks_last(&one.values[order.column], &other.values[order.column], order.descending)
    };
    let descending = ask.sort.last().is_some_and(|order| order.descending);
    let number = one.number.cmp(&other.number);
    let number = if descending { number.reverse() } else { number };
    ask.sort.iter().map(by).fold(Ordering::Equal, Ordering::then).then(number)
}

fn blanks_last(one: &Option<Scalar>, other: &Option<Scalar>, descending: bool) -> Ordering {
    match (one, other) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(one), Some(other)) => {
            let order = one.order(other).unwrap();
            if descending { order.reverse() } else { order }
        }
    }
}
