//! The city whose catalog this is, and whether a place lies far from it.

use serde::{Deserialize, Serialize};

/// The city whose files are read, where the reader knows one.
#[derive(Debug, Clone, PartialEq)]
pub struct CityArea {
    /// Its 全国地方公共団体コード, with check digit.
    pub code: String,
    /// The box around it, in decimal degrees; `None` where nobody has said.
    pub bbox: Option<Bbox>,
}

/// A box of latitudes and longitudes, in decimal degrees (JGD2011).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bbox {
    /// The southern edge.
    pub south: f64,
    /// The western edge.
    pub west: f64,
    /// The northern edge.
    pub north: f64,
    /// The eastern edge.
    pub east: f64,
}

/// Beyond the box by more than this is far: about ten kilometres.
const FAR_DEGREES: f64 = 0.1;

impl Bbox {
    /// Whether it holds anything: its southern edge lies below the northern, its western one before the eastern.
    pub fn is_a_box(&self) -> bool {
        self.south < self.north && self.west < self.east
    }

    /// Whether the place lies far outside.
    pub(crate) fn is_far_from(&self, latitude: f64, longitude: f64) -> bool {
        let near =
            |value: f64, low: f64, high: f64| (low - FAR_DEGREES..=high + FAR_DEGREES).contains(&value);
        !(near(latitude, self.south, self.north) && near(longitude, self.west, self.east))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_across_the_border_is_near_and_one_in_another_prefecture_far() {
        let bbox = Bbox { south: 38.2, west: 141.0, north: 38.7, east: 141.6 };
        for (latitude, longitude, far) in
            [(38.43, 141.3, false), (38.75, 141.3, false), (38.26, 140.87, true), (35.68, 139.69, true)]
        {
            assert_eq!(bbox.is_far_from(latitude, longitude), far, "{latitude} {longitude}");
        }
    }
}
