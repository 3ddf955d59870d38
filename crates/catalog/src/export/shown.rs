//! What is shown of each row: the columns that were selected, and how far away it is where that was asked.

use std::io::{self, Write};

use ingestion::schema::{Basis, Evidence, ValuesFrom};
use ingestion::{Cell, Field, Kind, Need, Value};

use super::Text;
use crate::asking::{Ask, Column, Scalar};
use crate::forms::json::{Objects, number};
use crate::forms::writer;
use crate::records::{Line, Rows};

/// What a row's distance is called, unless a column is called so.
const DISTANCE: &str = "distance_m";

/// What is shown of each row.
pub struct Shown {
    rows: Rows,
    select: Vec<usize>,
    distance: Option<Field>,
    objects: Objects,
}

impl Shown {
    /// What `ask` wants to be shown of `rows`.
    ///
    /// # Errors
    /// None that comes up: names are texts.
    pub fn of(rows: &Rows, ask: &Ask) -> io::Result<Shown> {
        let columns = rows.columns();
        let select = match ask.select.as_slice() {
            [] => (0..columns.all().len()).collect(),
            some => some.to_vec(),
        };
        let distance = ask.near.map(|_| distance(columns.free_name(DISTANCE)));
        let named = select.iter().filter_map(|place| columns.get(*place)).map(|column| column.name.as_str());
        let objects = Objects::named(named)?;
        Ok(Shown { rows: rows.clone(), select, distance, objects })
    }

    /// Whether it is all that a row has, in its order, and no more: then rows are shown as they are kept.
    pub fn is_whole(&self) -> bool {
        self.distance.is_none() && self.select.iter().copied().eq(0..self.rows.columns().all().len())
    }

    /// The names of what is shown.
    pub fn names(&self) -> Vec<&str> {
        let columns = self.columns().map(|column| column.name.as_str());
        columns.chain(self.distance.as_ref().map(|field| field.name.as_str())).collect()
    }

    /// The first line of a CSV.
    ///
    /// # Errors
    /// None that comes up: it is written in memory.
    pub fn header(&self) -> io::Result<Vec<u8>> {
        record(self.names())
    }

    /// The fields of what is shown.
    pub(super) fn fields(&self) -> Vec<Option<Field>> {
        let fields = self.columns().map(|column| column.field.clone());
        fields.chain(self.distance.clone().map(Some)).collect()
    }

    fn columns(&self) -> impl Iterator<Item = &Column> {
        self.select.iter().filter_map(|place| self.rows.columns().get(*place))
    }

    /// `lines` as text.
    ///
    /// # Errors
    /// When a line is none that could have been kept.
    pub fn written(&self, lines: &[Line], text: Text) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        if text == Text::Csv {
            let mut csv = writer(&mut out);
            self.each(lines, |line, cells| {
                let cells = self.select.iter().filter_map(|place| cells.get(*place));
                csv.write_record(cells.map(|cell| cell.raw).chain(self.far(line).as_deref()))
                    .map_err(io::Error::from)
            })?;
            csv.flush()?;
            drop(csv);
            return Ok(out);
        }
        self.each(lines, |line, cells| {
            let separator: &[u8] = match text {
                Text::Items | Text::Features if !out.is_empty() => b",\n",
                _ => b"",
            };
            out.extend_from_slice(separator);
            match text {
                Text::Features => self.feature(line, cells, &mut out)?,
                Text::Items | Text::Lines | Text::Csv => self.object(line, cells, &mut out)?,
            }
            if text == Text::Lines {
                out.push(b'\n');
            }
            Ok(())
        })?;
        Ok(out)
    }

    /// Reads each line again as the cells it was written from.
    fn each(
        &self,
        lines: &[Line],
        mut take: impl FnMut(&Line, &[Cell<'_>]) -> io::Result<()>,
    ) -> io::Result<()> {
        let joined = lines.iter().map(|line| line.csv.as_str()).collect::<Vec<_>>().join("\r\n");
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(joined.as_bytes());
        let mut record = csv::StringRecord::new();
        for line in lines {
            if !reader.read_record(&mut record)? {
                return Err(io::Error::other("a row that is kept does not read"));
            }
            let cells: Vec<Cell<'_>> = record
                .iter()
                .zip(self.rows.columns().all())
                .map(|(raw, column)| Cell { raw, value: Value::of(column.field.as_ref(), raw) })
                .collect();
            take(line, &cells)?;
        }
        Ok(())
    }

    fn object(&self, line: &Line, cells: &[Cell<'_>], out: &mut Vec<u8>) -> io::Result<()> {
        let cells: Vec<Cell<'_>> =
            self.select.iter().filter_map(|place| cells.get(*place).copied()).collect();
        self.objects.write(&cells, out)?;
        if let Some(field) = &self.distance {
            out.pop();
            out.push(b',');
            serde_json::to_writer(&mut *out, &field.name)?;
            write!(out, ":{}}}", self.far(line).filter(|far| !far.is_empty()).as_deref().unwrap_or("null"))?;
        }
        Ok(())
    }

    /// Readers of maps (GDAL, QGIS) take a property whose first ten values are `12` for one of whole numbers, and lose the
    /// `.75` of the eleventh: a number that is not of a whole kind has its point here always, as `12.0`.
    ///
    /// Rule: RFC 7946, section 3.2; the row's name is the feature's.
    fn feature(&self, line: &Line, cells: &[Cell<'_>], out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
        serde_json::to_writer(&mut *out, &line.key)?;
        out.extend_from_slice(b",\"geometry\":");
        let places = self.rows.columns().places();
        let digits = |place: usize| cells.get(place).and_then(number);
        match places.and_then(|places| digits(places.longitude).zip(digits(places.latitude))) {
            Some((x, y)) => write!(out, "{{\"type\":\"Point\",\"coordinates\":[{x},{y}]}}")?,
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b",\"properties\":");
        let pointed: Vec<Option<String>> = cells.iter().map(with_point).collect();
        if self.is_whole() && pointed.iter().all(Option::is_none) {
            out.extend_from_slice(line.json.as_bytes());
        } else {
            let mut cells = cells.to_vec();
            for (cell, pointed) in cells.iter_mut().zip(&pointed) {
                cell.raw = pointed.as_deref().unwrap_or(cell.raw);
            }
            self.object(line, &cells, out)?;
        }
        out.push(b'}');
        Ok(())
    }

    /// How far the row is, in metres to the millimetre; empty where it is nowhere, `None` where it was not asked.
    fn far(&self, line: &Line) -> Option<String> {
        self.distance.as_ref()?;
        Some(
            line.distance
                .map(|metres| ((metres * 1_000.0).round() / 1_000.0).to_string())
                .unwrap_or_default(),
        )
    }
}

/// The digits of a number that is written without a point, with one.
fn with_point(cell: &Cell<'_>) -> Option<String> {
    let is_bare = matches!(cell.value, Value::Number(_)) && !cell.raw.contains(['.', 'e', 'E']);
    is_bare.then(|| number(cell)).flatten().map(|digits| match digits.contains('.') {
        true => digits,
        false => format!("{digits}.0"),
    })
}

/// The field of a row's distance.
fn distance(name: String) -> Field {
    Field {
        name,
        aliases: Vec::new(),
        name_en: None,
        gif_name: None,
        need: Need::Optional,
        required_basis: Basis::Unknown,
        evidence: Evidence::Inferred,
        kind: Kind::Number,
        values_from: ValuesFrom::default(),
        unit: Some("m".to_owned()),
        blank: None,
        rule: None,
        example: None,
    }
}

/// A line of CSV.
pub(super) fn record<'a>(cells: impl IntoIterator<Item = &'a str>) -> io::Result<Vec<u8>> {
    let mut csv = writer(Vec::new());
    csv.write_record(cells)?;
    csv.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// A value as JSON.
pub fn scalar(value: Option<&Scalar>) -> serde_json::Value {
    match value {
        None => serde_json::Value::Null,
        Some(Scalar::Integer(value)) => (*value).into(),
        Some(Scalar::Number(value)) => (*value).into(),
        Some(Scalar::Text(text)) => text.as_str().into(),
    }
}
