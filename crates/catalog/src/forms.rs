//! The forms in which a revision is fetched, written while its file is read: CSV, JSON and GeoJSON.
//!
//! Rows come from [`ingestion::validate()`]; out come staged files. Cells are written verbatim, so that a value is the
//! same in every form. Which file becomes a distribution of what is [`crate::publish`]'s business.

use std::io::{self, Write};
use std::path::Path;

use ingestion::schema::Kind;
use ingestion::{Cell, Column, Row, Sink, Value};

use crate::distribution::Format;
use crate::store::files::{Staged, Staging};

/// Writes the forms of one file. What goes wrong on the disk is told by [`Forms::end`].
pub(crate) struct Forms {
    written: Result<Writers, io::Error>,
}

struct Writers {
    csv: csv::Writer<Staging>,
    json: Staging,
    geojson: Staging,
    /// The columns' names, written as JSON.
    names: Vec<String>,
    /// Where latitude and longitude stand.
    coordinates: Option<(usize, usize)>,
    rows: u64,
    points: u64,
}

impl Forms {
    /// Begins the forms of one file; they are staged in the folder `work`.
    pub(crate) fn begin(work: &Path) -> io::Result<Forms> {
        let csv = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(Staging::begin(work)?);
        let (json, geojson) = (Staging::begin(work)?, Staging::begin(work)?);
        let (names, coordinates) = (Vec::new(), None);
        Ok(Forms { written: Ok(Writers { csv, json, geojson, names, coordinates, rows: 0, points: 0 }) })
    }

    /// Ends them. GeoJSON is among them when at least one row has coordinates.
    pub(crate) fn end(self) -> io::Result<Vec<(Format, Staged)>> {
        let mut writers = self.written?;
        writers.json.write_all(if writers.rows == 0 { b"[]\n" } else { b"\n]\n" })?;
        writers.geojson.write_all(b"\n]}\n")?;
        let csv = writers.csv.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        let mut forms = vec![(Format::Csv, csv.end()?), (Format::Json, writers.json.end()?)];
        if writers.points > 0 {
            forms.push((Format::GeoJson, writers.geojson.end()?));
        }
        Ok(forms)
    }

    fn write(&mut self, write: impl FnOnce(&mut Writers) -> io::Result<()>) {
        if let Ok(writers) = &mut self.written
            && let Err(error) = write(writers)
        {
            self.written = Err(error);
        }
    }
}

impl Sink for Forms {
    fn header(&mut self, columns: &[Column<'_>]) {
        self.write(|writers| writers.header(columns));
    }

    fn row(&mut self, row: &Row<'_>) {
        self.write(|writers| writers.row(row));
    }
}

impl Writers {
    fn header(&mut self, columns: &[Column<'_>]) -> io::Result<()> {
        let names = names(columns);
        self.csv.write_record(&names)?;
        self.names = names.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        let place = |kind: &Kind| {
            columns.iter().position(|column| column.field.is_some_and(|field| field.kind == *kind))
        };
        self.coordinates = place(&Kind::Latitude).zip(place(&Kind::Longitude));
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        self.csv.write_record(row.cells.iter().map(|cell| cell.raw))?;
        let object = self.object(row)?;
        self.json.write_all(if self.rows == 0 { b"[\n" } else { b",\n" })?;
        self.json.write_all(&object)?;

        if let Some((latitude, longitude)) = self.coordinates {
            let point = row
                .cells
                .get(longitude)
                .and_then(coordinate)
                .zip(row.cells.get(latitude).and_then(coordinate));
            self.geojson.write_all(match self.rows {
                0 => b"{\"type\":\"FeatureCollection\",\"features\":[\n",
                _ => b",\n",
            })?;
            self.geojson.write_all(b"{\"type\":\"Feature\",\"geometry\":")?;
            match &point {
                Some((x, y)) => write!(self.geojson, "{{\"type\":\"Point\",\"coordinates\":[{x},{y}]}}")?,
                None => self.geojson.write_all(b"null")?,
            }
            self.geojson.write_all(b",\"properties\":")?;
            self.geojson.write_all(&object)?;
            self.geojson.write_all(b"}")?;
            self.points += u64::from(point.is_some());
        }
        self.rows += 1;
        Ok(())
    }

    /// The row as a JSON object, in the columns' order.
    fn object(&self, row: &Row<'_>) -> io::Result<Vec<u8>> {
        let mut object = vec![b'{'];
        for (place, (name, cell)) in self.names.iter().zip(row.cells).enumerate() {
            if place > 0 {
                object.push(b',');
            }
            object.extend_from_slice(name.as_bytes());
            object.push(b':');
            match cell.value {
                Value::Blank => object.extend_from_slice(b"null"),
                Value::Text(_) => serde_json::to_writer(&mut object, cell.raw)?,
                Value::Integer(_) | Value::Number(_) => match number(cell) {
                    Some(number) => object.extend_from_slice(number.as_bytes()),
                    None => serde_json::to_writer(&mut object, cell.raw)?,
                },
            }
        }
        object.push(b'}');
        Ok(object)
    }
}

/// The columns' names: the schema's where the column is one of its fields, the file's own otherwise; a column
/// without a name is called after its place (`column_7`). Every name stands once.
fn names(columns: &[Column<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        let wanted = match column.field {
            Some(field) => field.name.clone(),
            None if column.name.trim().is_empty() => format!("column_{}", place + 1),
            None => column.name.clone(),
        };
        let mut name = wanted.clone();
        let mut again = 2;
        while names.contains(&name) {
            name = format!("{wanted}_{again}");
            again += 1;
        }
        names.push(name);
    }
    names
}

/// A coordinate as JSON, where the cell is a number.
fn coordinate(cell: &Cell<'_>) -> Option<String> {
    match cell.value {
        Value::Integer(_) | Value::Number(_) => number(cell),
        Value::Blank | Value::Text(_) => None,
    }
}

/// A number as JSON: with the cell's own digits (`36.40` stays `36.40`) where they are valid JSON.
fn number(cell: &Cell<'_>) -> Option<String> {
    if is_json_number(cell.raw) {
        return Some(cell.raw.to_owned());
    }
    match cell.value {
        Value::Integer(value) => Some(value.to_string()),
        Value::Number(value) if value.is_finite() => serde_json::to_string(&value).ok(),
        _ => None,
    }
}

/// Rule: RFC 8259, section 6.
fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}

#[cfg(test)]
mod tests;
