//! The first reading of a file: what every column is and what there is in it.

use std::io;

use ingestion::Cell;

use super::{COLUMNS_MAX, FieldFacts, Keyed, Shape, Spread};
use crate::asking::{Bbox, ColumnKind, Columns, Point, Scalar};
use crate::forms::Table;

/// Reads `table` to its end. How many different values a column has, and where how many rows are, is not counted here.
///
/// A column with a cell that is no value of the schema's kind is one of texts.
pub(crate) fn survey(table: &Table<'_>) -> io::Result<Shape> {
    let mut kinds: Vec<ColumnKind> = table.kinds().map(ColumnKind::of).collect();
    loop {
        let mut surveyed = Surveyed::of(&kinds, table);
        table.each_row(|cells| {
            surveyed.look_at(cells);
            Ok(())
        })?;
        if surveyed.kinds == kinds {
            return Ok(surveyed.end(table));
        }
        kinds = surveyed.kinds; // what was least among numbers is not least among texts
    }
}

struct Surveyed {
    kinds: Vec<ColumnKind>,
    facts: Vec<FieldFacts>,
    rows: u64,
    places: Option<(usize, usize)>,
    bounds: Option<Bbox>,
}

impl Surveyed {
    fn of(kinds: &[ColumnKind], table: &Table<'_>) -> Surveyed {
        let places = table.places().filter(|(latitude, longitude)| {
            let is_number =
                |place: &usize| kinds.get(*place) == Some(&ColumnKind::Number) && *place < COLUMNS_MAX;
            is_number(latitude) && is_number(longitude)
        });
        Surveyed {
            kinds: kinds.to_vec(),
            facts: vec![FieldFacts::default(); kinds.len()],
            rows: 0,
            places,
            bounds: None,
        }
    }

    fn look_at(&mut self, cells: &[Cell<'_>]) {
        self.rows += 1;
        for ((kind, facts), cell) in self.kinds.iter_mut().zip(&mut self.facts).zip(cells) {
            if !kind.takes(cell) {
                *kind = ColumnKind::Text;
            }
            facts.bytes_max = facts.bytes_max.max(cell.raw.len());
            facts.bytes += cell.raw.len() as u64;
            widen(facts, *kind, cell);
        }
        if let Some(Point { longitude, latitude }) = self.places.and_then(|places| point(places, cells)) {
            let bounds = self.bounds.get_or_insert(Bbox {
                west: longitude,
                south: latitude,
                east: longitude,
                north: latitude,
            });
            bounds.west = bounds.west.min(longitude);
            bounds.south = bounds.south.min(latitude);
            bounds.east = bounds.east.max(longitude);
            bounds.north = bounds.north.max(latitude);
        }
    }

    fn end(self, table: &Table<'_>) -> Shape {
        let columns = Columns::of(table.names(), table.schema(), &self.kinds);
        let keyed = match columns.key() {
            [] => Keyed::Number,
            [alone] if self.kinds.get(*alone) == Some(&ColumnKind::Text) && *alone < COLUMNS_MAX => {
                Keyed::Column(*alone)
            }
            _ => Keyed::Joined,
        };
        Shape {
            names: table.names().to_vec(),
            kinds: self.kinds,
            facts: self.facts,
            rows: self.rows,
            keyed,
            places: self.places,
            spread: self.bounds.map(Spread::over),
        }
    }
}

/// Lets the least and the greatest value of a column be those with `cell`, too.
fn widen(facts: &mut FieldFacts, kind: ColumnKind, cell: &Cell<'_>) {
    // A text is only copied when it is one of the two.
    if kind == ColumnKind::Text && cell.value != ingestion::Value::Blank {
        let raw = cell.raw;
        let is = |known: &Option<Scalar>, better: fn(&str, &str) -> bool| match known {
            Some(Scalar::Text(known)) => better(raw, known),
            _ => true,
        };
        if is(&facts.least, |raw, known| raw < known) {
            facts.least = Some(Scalar::Text(raw.to_owned()));
        }
        if is(&facts.greatest, |raw, known| raw > known) {
            facts.greatest = Some(Scalar::Text(raw.to_owned()));
        }
        return;
    }
    let Some(value) = kind.value(cell) else {
        facts.blank += 1;
        return;
    };
    let is_less = |known: &Option<Scalar>| {
        known.as_ref().is_none_or(|known| value.order(known).is_none_or(|it| it.is_lt()))
    };
    let is_more = |known: &Option<Scalar>| {
        known.as_ref().is_none_or(|known| value.order(known).is_none_or(|it| it.is_gt()))
    };
    let (least, greatest) = (is_less(&facts.least), is_more(&facts.greatest));
    if least {
        facts.least = Some(value.clone());
    }
    if greatest {
        facts.greatest = Some(value);
    }
}

/// Where a row is, by the cells at `places`: latitude, longitude.
pub(super) fn point((latitude, longitude): (usize, usize), cells: &[Cell<'_>]) -> Option<Point> {
    let number = |place: usize| match ColumnKind::Number.value(cells.get(place)?)? {
        Scalar::Number(value) => Some(value),
        _ => None,
    };
    Point::of(number(longitude)?, number(latitude)?)
}
