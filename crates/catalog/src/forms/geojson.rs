//! GeoJSON: a feature collection, a row in a line, where at least one row has coordinates.
//!
//! Rule: RFC 7946; JGD2011 and WGS 84 are the same within what a map shows.

use std::io::{self, Write};

use ingestion::Schema;
use ingestion::schema::Kind;

use super::Table;
use super::json::{Objects, number};

/// Whether tables of `schema` may have coordinates.
pub(crate) fn may_be_of(schema: Option<&Schema>) -> bool {
    let has = |kind: Kind| schema.is_some_and(|schema| schema.fields.iter().any(|field| field.kind == kind));
    has(Kind::Latitude) && has(Kind::Longitude)
}

/// Writes `table` into `out`. False when no row has coordinates: then there is no GeoJSON, and what was written is
/// to be thrown away.
pub(crate) fn write(table: &Table<'_>, out: &mut impl Write) -> io::Result<bool> {
    let Some((latitude, longitude)) = table.places() else { return Ok(false) };
    let objects = Objects::of(table)?;
    let mut line = Vec::new();
    let (mut first, mut has_points) = (true, false);
    table.each_row(|cells| {
        line.clear();
        line.extend_from_slice(match first {
            true => b"{\"type\":\"FeatureCollection\",\"features\":[\n",
            false => b",\n",
        });
        first = false;
        line.extend_from_slice(b"{\"type\":\"Feature\",\"geometry\":");
        match cells.get(longitude).and_then(number).zip(cells.get(latitude).and_then(number)) {
            Some((x, y)) => {
                has_points = true;
                write!(line, "{{\"type\":\"Point\",\"coordinates\":[{x},{y}]}}")?;
            }
            None => line.extend_from_slice(b"null"),
        }
        line.extend_from_slice(b",\"properties\":");
        objects.write(cells, &mut line)?;
        line.push(b'}');
        out.write_all(&line)
    })?;
    out.write_all(b"\n]}\n")?;
    Ok(has_points)
}
