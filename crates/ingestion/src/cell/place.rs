//! Latitude and longitude, in decimal degrees.
//!
//! Rule: GIF 444 地理座標 (2025-03-25版): 10進の度、別の列に. The ranges of the two do not overlap in Japan, so that
//! swapped columns can always be told.

use std::ops::RangeInclusive;

use super::number::{decimal, tidied};
use super::{Code, Fault, Value};
use crate::schema::Kind;

/// From Okinotorishima to Cape Soya, with room.
pub(crate) const LATITUDE: RangeInclusive<f64> = 20.0..=46.0;
/// From Yonaguni to Minamitorishima, with room.
pub(crate) const LONGITUDE: RangeInclusive<f64> = 122.0..=154.5;

/// Reads one coordinate. Outside `range` it is [`Code::OutOfRange`].
///
/// Degrees-minutes-seconds are [`Code::NotANumber`]; what latitude and longitude say together is
/// [`crate::repair`]'s business.
pub(super) fn coordinate(raw: &str, range: RangeInclusive<f64>) -> Result<Value<'_>, Fault> {
    match decimal(raw) {
        Some(degrees) if range.contains(&degrees) => Ok(Value::Number(degrees)),
        Some(_) => Err(Fault::error(Code::OutOfRange)),
        None => {
            let tidied = ["度", "°"].iter().find_map(|unit| tidied(raw, Some(unit)));
            let in_range = |text: &str| decimal(text).is_some_and(|degrees| range.contains(&degrees));
            Err(Fault::error(Code::NotANumber).tidied(tidied.filter(|tidied| in_range(&tidied.text))))
        }
    }
}

/// Whether a coordinate that is out of range would be good in the other column.
pub(crate) fn looks_swapped(kind: &Kind, raw: &str) -> bool {
    let other = match kind {
        Kind::Latitude => LONGITUDE,
        Kind::Longitude => LATITUDE,
        _ => return false,
    };
    decimal(raw).is_some_and(|degrees| other.contains(&degrees))
}
