//! Latitude and longitude of one row, where they are not two decimal degrees in a column each.
//!
//! Only what has one reading in Japan is mended: the ranges of the two do not overlap there, so that whatever says
//! both says which is which. Two cells that read well are none of this room's business.
//!
//! Rule: GIF 444 地理座標 (10進の度、小数6桁が原則); the policy table of the ingestion engine.

use std::ops::RangeInclusive;

use super::RepairCode;
use crate::cell::{LATITUDE, LONGITUDE, decimal, half_width};

/// Cells longer than this (in bytes) hold no coordinates.
const CELL_BYTES_MAX: usize = 200;

/// What becomes of the two cells of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mended {
    pub code: RepairCode,
    /// The new text of the latitude; `None` where it stays.
    pub latitude: Option<String>,
    /// The new text of the longitude; `None` where it stays.
    pub longitude: Option<String>,
}

/// Mends the pair, each cell without blanks around it.
pub(crate) fn mended(latitude: &str, longitude: &str) -> Option<Mended> {
    if latitude.len().max(longitude.len()) > CELL_BYTES_MAX {
        return None;
    }
    if let Some(pair) = in_one_cell(latitude, longitude) {
        return Some(pair);
    }
    let (first, second) = (degrees(latitude), degrees(longitude));
    let either_is_sexagesimal = [&first, &second].into_iter().flatten().any(|degrees| degrees.is_sexagesimal);
    let is = |degrees: &Option<Degrees>, range: RangeInclusive<f64>| {
        degrees.as_ref().is_some_and(|degrees| range.contains(&degrees.value))
    };
    let text = |degrees: &Option<Degrees>| degrees.as_ref().map(|degrees| degrees.text.clone());
    if is(&first, LONGITUDE) && is(&second, LATITUDE) {
        return Some(Mended {
            code: RepairCode::SwappedCoordinates,
            latitude: text(&second),
            longitude: text(&first),
        });
    }
    let changes = |degrees: &Option<Degrees>, range| {
        degrees
            .as_ref()
            .filter(|it| it.is_sexagesimal && range_has(&range, it.value))
            .map(|it| it.text.clone())
    };
    let (latitude, longitude) = (changes(&first, LATITUDE), changes(&second, LONGITUDE));
    let mends = either_is_sexagesimal && (latitude.is_some() || longitude.is_some());
    mends.then_some(Mended { code: RepairCode::DegreesMinutesSeconds, latitude, longitude })
}

fn range_has(range: &RangeInclusive<f64>, value: f64) -> bool {
    range.contains(&value)
}

/// One coordinate.
struct Degrees {
    value: f64,
    /// In decimal degrees: as it stands, or with six decimals.
    text: String,
    is_sexagesimal: bool,
}

/// `38.434`, `38°26'03.5"`, `北緯38度26分3秒`, `N38°26.05'`.
fn degrees(text: &str) -> Option<Degrees> {
    let text = plain(text);
    let text = without_direction(&text);
    let bare = text.strip_suffix('°').unwrap_or(text);
    if let Some(value) = decimal(bare) {
        return Some(Degrees { value, text: bare.to_owned(), is_sexagesimal: false });
    }
    let (whole, rest) = text.split_once('°')?;
    let (minutes, rest) = match rest.split_once('\'') {
        Some((minutes, rest)) => (minutes, rest),
        None if rest.is_empty() => return None,
        None => (rest, ""),
    };
    let seconds = if rest.is_empty() { "0" } else { rest.strip_suffix('"').unwrap_or(rest) };
    let below_sixty = |text: &str| decimal(text).filter(|value| (0.0..60.0).contains(value));
    let whole_minutes = seconds == "0" || !minutes.contains('.');
    let is_whole = !whole.contains('.') && whole_minutes;
    let (whole, minutes, seconds) = (decimal(whole)?, below_sixty(minutes)?, below_sixty(seconds)?);
    let value = whole + minutes / 60.0 + seconds / 3600.0;
    is_whole.then(|| Degrees { value, text: format!("{value:.6}"), is_sexagesimal: true })
}

/// Half-width, without blanks, with `°`, `'` and `"` for all the ways to write degrees, minutes and seconds.
fn plain(text: &str) -> String {
    let letters = half_width(text);
    let letters = letters.chars().filter(|letter| !letter.is_whitespace()).map(|letter| match letter {
        '度' | 'º' | '˚' => '°',
        '分' | '′' | '’' | '‘' | '´' => '\'',
        '秒' | '″' | '”' | '“' => '"',
        letter => letter,
    });
    letters.collect::<String>().replace("''", "\"")
}

fn without_direction(text: &str) -> &str {
    let text =
        ["北緯", "東経", "緯度", "経度"].iter().find_map(|name| text.strip_prefix(name)).unwrap_or(text);
    let text = text.strip_prefix(':').unwrap_or(text);
    text.trim_matches(['N', 'n', 'E', 'e'])
}

/// Both coordinates in one of the cells, the other empty or the same.
fn in_one_cell(latitude: &str, longitude: &str) -> Option<Mended> {
    let both = match (latitude, longitude) {
        (both, "") | ("", both) => both,
        (one, other) if one == other => one,
        _ => return None,
    };
    let (one, other) = halves(both)?;
    let (one, other) = (degrees(&one)?, degrees(&other)?);
    let (latitude, longitude) = if LATITUDE.contains(&one.value) { (one, other) } else { (other, one) };
    let in_japan = LATITUDE.contains(&latitude.value) && LONGITUDE.contains(&longitude.value);
    in_japan.then_some(Mended {
        code: RepairCode::CoordinatesInOneCell,
        latitude: Some(latitude.text),
        longitude: Some(longitude.text),
    })
}

/// The two sides of the one separator there is, brackets around them aside.
fn halves(both: &str) -> Option<(String, String)> {
    let both = half_width(both);
    let both = both.trim().trim_start_matches('(').trim_end_matches(')');
    let cut = |separator: &[char]| {
        let mut parts = both.split(separator).map(str::trim).filter(|part| !part.is_empty());
        let halves = (parts.next()?, parts.next()?);
        parts.next().is_none().then_some(halves)
    };
    let direction = || both.char_indices().skip(1).find(|(_, letter)| matches!(letter, '東' | 'E'));
    let (one, other) = cut(&[',', '、', ';', '/', '\n'])
        .or_else(|| cut(&[' ', '\t']))
        .or_else(|| direction().and_then(|(at, _)| both.split_at_checked(at)))?;
    Some((without_direction(one).to_owned(), without_direction(other).to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn mends(cells: [&str; 2], code: RepairCode, expected: [Option<&str>; 2]) {
        let [latitude, longitude] = expected.map(|text| text.map(str::to_owned));
        assert_eq!(mended(cells[0], cells[1]), Some(Mended { code, latitude, longitude }), "{cells:?}");
    }

    #[test]
    fn swapped_columns_are_swapped_back() {
        let back = [Some("38.434"), Some("141.302")];
        mends(["141.302", "38.434"], RepairCode::SwappedCoordinates, back);
        mends(
            ["141°18′07″", "38°26′03″"],
            RepairCode::SwappedCoordinates,
            [Some("38.434167"), Some("141.301944")],
        );
    }

    #[test]
    fn degrees_minutes_and_seconds_become_decimals() {
        for cells in [
            ["38°26′03″", "141°18′07″"],
            ["38度26分3秒", "141度18分7秒"],
            ["北緯38度26分03秒", "東経141度18分07秒"],
            ["３８°２６′０３″", "141° 18' 07\" E"],
            ["N38°26'3.0\"", "E141°18'7.0''"],
        ] {
            mends(cells, RepairCode::DegreesMinutesSeconds, [Some("38.434167"), Some("141.301944")]);
        }
        mends(["38°26.05'", "141.302"], RepairCode::DegreesMinutesSeconds, [Some("38.434167"), None]);
    }

    #[test]
    fn both_in_one_cell_go_into_a_column_each() {
        let apart = [Some("38.434"), Some("141.302")];
        for cells in [
            ["38.434,141.302", ""],
            ["38.434, 141.302", "38.434, 141.302"],
            ["", "141.302、38.434"],
            ["（38.434，141.302）", ""],
            ["北緯38.434 東経141.302", ""],
            ["38.434 141.302", ""],
        ] {
            mends(cells, RepairCode::CoordinatesInOneCell, apart);
        }
        mends(
            ["北緯38度26分3秒東経141度18分7秒", ""],
            RepairCode::CoordinatesInOneCell,
            [Some("38.434167"), Some("141.301944")],
        );
    }

    #[test]
    fn what_has_no_reading_in_japan_or_more_than_one_stays() {
        for cells in [
            ["38.434", "141.302"],
            ["0", "0"],
            ["141.302", "141.302"],
            ["38.434", ""],
            ["38.434,141.302", "141.302"],
            ["38.434,38.435", ""],
            ["10.5,20.5", ""],
            ["38°75′03″", "141°18′07″x"],
            ["38.5°26′03″", "141.302"],
            ["384342", "1413020"],
            ["見本", "38,434,141,302"],
        ] {
            assert_eq!(mended(cells[0], cells[1]), None, "{cells:?}");
        }
    }

    proptest! {
        #[test]
        fn a_place_in_japan_comes_back_however_its_columns_were_mixed_up(
            north in 20_000_000..46_000_000_u32, east in 122_000_000..154_000_000_u32, turned in any::<bool>(),
        ) {
            let degrees = |millionths: u32| format!("{:.6}", f64::from(millionths) / 1e6);
            let (latitude, longitude) = (degrees(north), degrees(east));
            let apart = (Some(latitude.clone()), Some(longitude.clone()));
            let swapped = mended(&longitude, &latitude).map(|it| (it.latitude, it.longitude));
            prop_assert_eq!(swapped.as_ref(), Some(&apart));
            let joined = if turned { format!("{longitude},{latitude}") } else { format!("{latitude},{longitude}") };
            prop_assert_eq!(mended(&joined, "").map(|it| (it.latitude, it.longitude)), Some(apart));
            prop_assert_eq!(mended(&latitude, &longitude), None);
        }

        #[test]
        fn any_cells_get_a_verdict(one in "[0-9.,°′″度分秒北緯東経NE() ]{0,20}", other in any::<String>()) {
            for mended in [mended(&one, &other), mended(&other, &one), mended(&one, &one)].into_iter().flatten() {
                let good = |text: &Option<String>, range: RangeInclusive<f64>| {
                    text.as_ref().is_none_or(|text| decimal(text).is_some_and(|value| range.contains(&value)))
                };
                prop_assert!(good(&mended.latitude, LATITUDE) && good(&mended.longitude, LONGITUDE));
            }
        }
    }
}
