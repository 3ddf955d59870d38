//! The second reading of a file: each row as the database keeps it.

use std::io;

use ingestion::{Cell, Value};

use super::survey::point;
use super::{COLUMNS_MAX, Keyed, Shape, Spread};
use crate::asking::{ColumnKind, Point, Scalar, key};
use crate::forms::{self, Table, json};
use crate::search;

/// A row, ready to be kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Prepared {
    /// Its number, from 1.
    pub number: u64,
    /// Its name, where a column of its own keeps it ([`Keyed::Joined`]) and none of its cells is blank.
    pub key: Option<String>,
    /// The values of its columns, as far as they can be asked about.
    pub values: Vec<Option<Scalar>>,
    /// Where it is.
    pub point: Option<Point>,
    /// All its cells, folded, each on a line of its own: a word that has no line end is in one of them or in none.
    pub folded: String,
    /// Its JSON, as in the JSON form of its revision, without a line end.
    pub json: String,
    /// Its line in the canonical CSV, with its end.
    pub csv: String,
}

/// Rows that go to the database together: at most so many, and of so many bytes.
const TOGETHER: usize = 64;
const BYTES_TOGETHER: usize = 1 << 20;

/// Reads the rows of `table`, whose shape is known, and hands them on, some at a time. Tells where how many rows are.
///
/// # Errors
/// What the disk or `take` says.
pub(crate) fn prepare(
    table: &Table<'_>,
    shape: &Shape,
    mut take: impl FnMut(Vec<Prepared>) -> io::Result<()>,
) -> io::Result<Option<Spread>> {
    let key = shape.columns(table.schema()).key().to_vec();
    let mut maker = Maker {
        shape,
        key,
        objects: json::Objects::of(table)?,
        number: 0,
        spread: shape.spread.clone(),
        lines: forms::writer(Vec::new()),
        rows: Vec::with_capacity(TOGETHER),
        bytes: 0,
    };
    table.each_row(|cells| {
        maker.add(cells)?;
        if maker.is_full() { take(maker.hand_on()) } else { Ok(()) }
    })?;
    if !maker.rows.is_empty() {
        take(maker.hand_on())?;
    }
    Ok(maker.spread)
}

struct Maker<'a> {
    shape: &'a Shape,
    /// The columns of the schema's key.
    key: Vec<usize>,
    objects: json::Objects,
    /// The number of the row before.
    number: u64,
    spread: Option<Spread>,
    /// The lines of `rows`, and nothing else.
    lines: csv::Writer<Vec<u8>>,
    rows: Vec<Prepared>,
    bytes: usize,
}

impl Maker<'_> {
    fn is_full(&self) -> bool {
        self.rows.len() >= TOGETHER || self.bytes >= BYTES_TOGETHER
    }

    fn hand_on(&mut self) -> Vec<Prepared> {
        self.bytes = 0;
        self.lines = forms::writer(Vec::new());
        std::mem::replace(&mut self.rows, Vec::with_capacity(TOGETHER))
    }

    fn add(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.number += 1;
        let mut object = Vec::with_capacity(512);
        self.objects.write(cells, &mut object)?;
        let begin = self.lines.get_ref().len();
        self.lines.write_record(cells.iter().map(|cell| cell.raw))?;
        self.lines.flush()?;
        let line = self.lines.get_ref().get(begin..).unwrap_or_default().to_vec();
        let point = self.shape.places.and_then(|places| point(places, cells));
        if let Some((spread, point)) = self.spread.as_mut().zip(point) {
            spread.add(point);
        }
        let kinds = self.shape.kinds.iter().zip(cells).take(COLUMNS_MAX);
        let row = Prepared {
            number: self.number,
            key: self.key_of(self.number, cells),
            values: kinds.map(|(kind, cell)| value(*kind, cell)).collect(),
            point,
            folded: folded(cells),
            json: text(object)?,
            csv: text(line)?,
        };
        self.bytes += row.json.len() + row.csv.len() + row.folded.len();
        self.rows.push(row);
        Ok(())
    }

    fn key_of(&self, number: u64, cells: &[Cell<'_>]) -> Option<String> {
        let of_key = || self.key.iter().map(|place| cells.get(*place).map_or("", |cell| cell.raw));
        let is_whole = self.shape.keyed == Keyed::Joined && of_key().all(|cell| !cell.trim().is_empty());
        is_whole.then(|| without_nul(key::of(of_key(), number)))
    }
}

/// The value of a cell; that of a row that is too short is blank.
fn value(kind: ColumnKind, cell: &Cell<'_>) -> Option<Scalar> {
    Some(match kind.value(cell)? {
        Scalar::Text(text) => Scalar::Text(without_nul(text)),
        other => other,
    })
}

fn folded(cells: &[Cell<'_>]) -> String {
    search::fold(cells.iter().filter(|cell| cell.value != Value::Blank).map(|cell| cell.raw))
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map(without_nul).map_err(io::Error::other)
}

/// PostgreSQL keeps no NUL. No file with one is accepted today; one that was accepted once is answered without it.
fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text }
}
