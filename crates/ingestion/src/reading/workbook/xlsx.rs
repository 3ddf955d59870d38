//! Looks through the parts of an xlsx: their size, and what its sheets hide and merge, draw and colour.
//!
//! Rule: ECMA-376 part 1, 18.3.1 (`col`, `row`, `mergeCell`) and 18.2 (`sheet`).

use std::collections::HashMap;

use super::drawn;
use super::looks::{Looks, Styles};
use super::package::{Package, Seen, attribute, number};
use super::{Area, Refusal, Traits};

/// What an element of a part that is held in memory takes there, at most.
const ELEMENT_BYTES: u64 = 128;
/// What a shared text takes beside its letters.
const STRING_BYTES: u64 = 32;
/// A workbook has no more sheets than this.
const SHEETS_MAX: usize = 1_000;

/// What the sheets have beside their cells, in the order of the workbook.
pub(super) fn scan(bytes: &[u8], limit: u64) -> Result<Vec<Traits>, Refusal> {
    let mut package = Package::open(bytes, limit)?;
    let workbook = targets(&mut package, "_rels/.rels")?
        .into_values()
        .find(|(kind, _)| kind.ends_with("/relationships/officeDocument"))
        .map(|(_, target)| target)
        .ok_or(Refusal::Damaged)?;
    // An xlsb holds no XML.
    if workbook.ends_with(".bin") {
        return Err(Refusal::NoWorkbook);
    }
    let (folder, name) = match workbook.rfind('/') {
        Some(slash) => workbook.split_at(slash + 1),
        None => ("", workbook.as_str()),
    };
    let folder = folder.trim_start_matches('/');
    let styles = Styles::read(&mut package, &format!("{folder}styles.xml"), ELEMENT_BYTES)?;
    package.read(&format!("{folder}theme/theme1.xml"), ELEMENT_BYTES, |_| Ok(()))?;
    weigh_strings(&mut package, &format!("{folder}sharedStrings.xml"))?;
    let targets = targets(&mut package, &format!("{folder}_rels/{name}.rels"))?;
    let mut parts = Vec::new();
    let found = package.read(&format!("{folder}{name}"), ELEMENT_BYTES, |seen| {
        if let Seen::Start(element) = seen
            && element.local_name().as_ref() == "sheet"
        {
            let id = attribute(element, "id").unwrap_or_default();
            parts.push(targets.get(&id).map(|(_, target)| target.clone()).ok_or(Refusal::Damaged)?);
        }
        Ok(())
    })?;
    if !found || parts.len() > SHEETS_MAX {
        return Err(Refusal::Damaged);
    }
    let path = |target: String| match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}{target}"),
    };
    parts.into_iter().map(|target| traits(&mut package, &path(target), &styles)).collect()
}

/// The relationships of a part by their id: what kind each is, and where it leads.
pub(super) fn targets(
    package: &mut Package<'_>,
    path: &str,
) -> Result<HashMap<String, (String, String)>, Refusal> {
    let mut targets = HashMap::new();
    package.read(path, ELEMENT_BYTES, |seen| {
        if let Seen::Start(element) = seen
            && element.local_name().as_ref() == "Relationship"
        {
            let [id, kind, target] =
                ["Id", "Type", "Target"].map(|name| attribute(element, name).unwrap_or_default());
            targets.insert(id, (kind, target));
        }
        Ok(())
    })?;
    Ok(targets)
}

/// Counts the shared texts, and sees that there are about as many as are announced: room is made for those.
fn weigh_strings(package: &mut Package<'_>, path: &str) -> Result<(), Refusal> {
    let (mut announced, mut there) = (0_u64, 0_u64);
    package.read(path, STRING_BYTES, |seen| {
        if let Seen::Start(element) = seen {
            match element.local_name().as_ref() {
                "sst" => {
                    let count = attribute(element, "uniqueCount");
                    let count = count.map_or(0, |count| count.trim().parse().unwrap_or(u64::MAX));
                    announced = announced.max(count);
                }
                "si" => there += 1,
                _ => {}
            }
        }
        Ok(())
    })?;
    if announced > 2 * there + 1_000 { Err(Refusal::Damaged) } else { Ok(()) }
}

fn traits(package: &mut Package<'_>, path: &str, styles: &Styles) -> Result<Traits, Refusal> {
    let mut traits = Traits::default();
    let mut looks = Looks::default();
    let mut row = 0_u32;
    let mut cell = None;
    let mut style = None;
    package.read(path, 0, |seen| {
        let Seen::Start(element) = seen else { return Ok(()) };
        match element.local_name().as_ref() {
            "row" => {
                row = number(element, "r").unwrap_or(row.saturating_add(1));
                if is_true(attribute(element, "hidden"))
                    && let Some(index) = row.checked_sub(1)
                {
                    extend(&mut traits.hidden_rows, (index, index));
                }
            }
            "col" if is_true(attribute(element, "hidden")) => {
                let (first, last) = (number(element, "min"), number(element, "max"));
                if let (Some(first @ 1..), Some(last @ 1..)) = (first, last) {
                    extend(&mut traits.hidden_columns, (first - 1, last - 1));
                }
            }
            "c" => {
                let place = attribute(element, "r").and_then(|place| cell_of(&place));
                cell =
                    place.map(|(row, column)| (row, column, attribute(element, "t").as_deref() == Some("e")));
                style = place.map(|place| (place, number(element, "s").unwrap_or(0)));
            }
            // Cells that hold nothing do not count.
            "v" | "is" => {
                if let Some((place, style)) = style.take() {
                    looks.add(place, styles.look(style));
                }
            }
            "f" => traits.formulas.extend(cell),
            "mergeCell" => traits.merged.extend(attribute(element, "ref").and_then(|area| area_of(&area))),
            _ => {}
        }
        Ok(())
    })?;
    traits.looks = Some(looks.finish());
    traits.objects = Some(drawn::objects(package, path)?);
    Ok(traits)
}

/// Adds a range to those that come in order, as one with the last where they meet.
pub(super) fn extend(ranges: &mut Vec<(u32, u32)>, (first, last): (u32, u32)) {
    match ranges.last_mut() {
        Some(before) if before.1.saturating_add(1) >= first => before.1 = before.1.max(last),
        _ => ranges.push((first, last)),
    }
}

fn is_true(value: Option<String>) -> bool {
    matches!(value.as_deref(), Some("1" | "true"))
}

/// `A3:C4`.
fn area_of(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':')?;
    let ((top, left), (bottom, right)) = (cell_of(first)?, cell_of(last)?);
    Some(Area { rows: (top, bottom), columns: (left, right) })
}

/// `C4`: row and column from 0.
fn cell_of(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.clone().try_fold(0_u32, |column, letter| {
        column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    let row: u32 = text.get(letters.count()..)?.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_a_spreadsheet_does() {
        assert_eq!(cell_of("A1"), Some((0, 0)));
        assert_eq!(cell_of("XFD1048576"), Some((1_048_575, 16_383)));
        for text in ["", "A", "1", "A0", "$A$1", "AAAAAAAAAAAA1"] {
            assert_eq!(cell_of(text), None, "{text}");
        }
    }

    #[test]
    fn ranges_that_meet_are_one() {
        let mut ranges = Vec::new();
        for range in [(1, 1), (2, 2), (3, 5), (9, 9)] {
            extend(&mut ranges, range);
        }
        assert_eq!(ranges, [(1, 5), (9, 9)]);
    }
}
