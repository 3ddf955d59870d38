//! Where a row lies: its latitude and longitude together, and its city.
//!
//! One coordinate in its column is [`crate::cell`]'s business, what the two say together
//! [`crate::repair::coordinates`]'; here they are found among the columns once, and each row is looked at.

use crate::cell::Fault;
use crate::city::{Bbox, CityArea};
use crate::finding::Code;
use crate::gather::Gather;
use crate::judging::watch::tell;
use crate::reading::cells::without_blanks;
use crate::reading::writing::about;
use crate::repair::{RepairSet, coordinates};
use crate::schema::Kind;
use crate::sentence::About;
use crate::sink::{Cell, Column, Sink, Value};
use crate::validate::Options;

/// The columns that say where a row lies, from 0.
pub(crate) struct Places<'h, 's> {
    columns: &'h [Column<'s>],
    /// Latitude and longitude.
    pair: Option<[usize; 2]>,
    /// Municipality codes, that of the place before that of the publisher.
    codes: Vec<usize>,
    city: Option<(&'h CityArea, Bbox)>,
    repairs: RepairSet,
}

impl<'h, 's> Places<'h, 's> {
    pub fn of(columns: &'h [Column<'s>], options: &'h Options<'_>) -> Places<'h, 's> {
        let is = |column: &Column<'_>, kind: &Kind| column.field.is_some_and(|field| field.kind == *kind);
        let place = |kind: &Kind| columns.iter().position(|column| is(column, kind));
        let is_code = |(_, column): &(usize, &Column<'_>)| is(column, &Kind::MunicipalityCode);
        let mut codes: Vec<usize> = columns.iter().enumerate().filter(is_code).map(|(at, _)| at).collect();
        codes.sort_by_key(|at| !columns.get(*at).is_some_and(|column| column.name.starts_with("所在地")));
        Places {
            columns,
            pair: place(&Kind::Latitude).zip(place(&Kind::Longitude)).map(|(north, east)| [north, east]),
            codes,
            city: options.city.and_then(|city| Some((city, city.bbox?))),
            repairs: options.repairs,
        }
    }

    /// Whether the column at `index` is one of the pair.
    pub fn holds(&self, index: usize) -> bool {
        self.pair.is_some_and(|pair| pair.contains(&index))
    }

    /// Mends the pair of a row in which something is `waiting`, or tells what is wrong. `read` gives the cells of the row,
    /// and `mended` are those of them that have another text.
    pub fn mend<'c, S: Sink>(
        &self,
        row: u64,
        read: &impl Fn(usize) -> Option<Cell<'c>>,
        mended: &[(usize, String)],
        waiting: Vec<(usize, Fault)>,
        gather: &mut Gather<'_, S>,
    ) -> Vec<(usize, String)> {
        let now = |index: usize| {
            let other = mended.iter().find(|(at, _)| *at == index).map(|(_, text)| text.as_str());
            without_blanks(other.or_else(|| read(index).map(|cell| cell.raw)).unwrap_or_default())
        };
        let at = |index: usize, value| about(row, column_number(index), self.columns, value);
        let found = self.pair.and_then(|[north, east]| coordinates::mended(now(north), now(east)));
        let changes: Vec<(usize, String)> = match (self.pair, found) {
            (Some(pair), Some(found)) if self.repairs.has(found.code) => {
                let texts = pair.into_iter().zip([found.latitude, found.longitude]);
                let texts = texts.filter_map(|(index, text)| Some((index, text?)));
                let changes: Vec<_> = texts.filter(|(index, text)| now(*index) != text).collect();
                for (index, text) in &changes {
                    gather.repair(found.code, &About { proposal: Some(text), ..at(*index, now(*index)) });
                }
                changes
            }
            _ => Vec::new(),
        };
        for (index, fault) in &waiting {
            if !changes.iter().any(|(changed, _)| changed == index) {
                tell(&at(*index, read(*index).map(|cell| cell.raw).unwrap_or_default()), fault, gather);
            }
        }
        changes
    }

    /// Tells a row that carries the city's code and lies far from it.
    pub fn judge<'c, S: Sink>(
        &self,
        row: u64,
        read: &impl Fn(usize) -> Option<Cell<'c>>,
        gather: &mut Gather<'_, S>,
    ) {
        let (Some((city, bbox)), Some(pair)) = (self.city, self.pair) else { return };
        let code = self.codes.iter().filter_map(|at| read(*at)).find(|cell| cell.value != Value::Blank);
        if code.is_none_or(|cell| without_blanks(cell.raw) != city.code) {
            return;
        }
        let degrees = pair.map(|at| read(at).map(|cell| cell.value));
        let [Some(Value::Number(latitude)), Some(Value::Number(longitude))] = degrees else { return };
        if bbox.is_far_from(latitude, longitude) {
            let [north, _] = pair;
            let raw = read(north).map(|cell| cell.raw).unwrap_or_default();
            gather.warning(Code::OutsideCity, &about(row, column_number(north), self.columns, raw));
        }
    }
}

fn column_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}
