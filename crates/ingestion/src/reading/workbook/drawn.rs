//! Finds the shapes, pictures and charts that lie on a sheet of an xlsx: the cells at which they are anchored.
//!
//! What is anchored at no cell, and groups of shapes, do not count; the agency's checker does not see them either.
//!
//! Rule: ECMA-376 part 1, 20.5 (SpreadsheetML drawings).

use super::Refusal;
use super::package::{Package, Seen};
use super::xlsx::targets;

/// What an element takes in memory, at most.
const ELEMENT_BYTES: u64 = 0;
/// So many cells are kept.
const OBJECTS_MAX: usize = 1_000;

/// The cells, from 0, at which something is drawn on the sheet at `path`.
pub(super) fn objects(package: &mut Package<'_>, path: &str) -> Result<Vec<(u32, u32)>, Refusal> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let drawings = targets(package, &format!("{folder}/_rels/{name}.rels"))?.into_values();
    let mut objects = Vec::new();
    for (_, target) in drawings.filter(|(kind, _)| kind.ends_with("/relationships/drawing")) {
        let mut anchor = Anchor::default();
        package.read(&resolved(folder, &target), ELEMENT_BYTES, |seen| {
            anchor.see(&seen, &mut objects);
            Ok(())
        })?;
    }
    Ok(objects)
}

/// One anchor while it is read.
#[derive(Debug, Default)]
struct Anchor {
    depth: usize,
    /// The depth of the anchor, where one is open.
    open: Option<usize>,
    /// Whether its first corner is being read, and of which the number comes next.
    is_from: bool,
    next: Option<Corner>,
    row: Option<u32>,
    column: Option<u32>,
    holds_object: bool,
}

#[derive(Debug, Clone, Copy)]
enum Corner {
    Row,
    Column,
}

impl Anchor {
    fn see(&mut self, seen: &Seen<'_>, objects: &mut Vec<(u32, u32)>) {
        match seen {
            Seen::Start(element) => {
                self.depth += 1;
                let is_child = self.open.is_some_and(|depth| depth + 1 == self.depth);
                match element.local_name().as_ref() {
                    "twoCellAnchor" | "oneCellAnchor" => {
                        *self = Anchor { depth: self.depth, open: Some(self.depth), ..Anchor::default() };
                    }
                    "from" if is_child => self.is_from = true,
                    "row" if self.is_from => self.next = Some(Corner::Row),
                    "col" if self.is_from => self.next = Some(Corner::Column),
                    "pic" | "graphicFrame" | "sp" | "cxnSp" if is_child => self.holds_object = true,
                    _ => {}
                }
            }
            Seen::Text(text) => match self.next.take() {
                Some(Corner::Row) => self.row = text.trim().parse().ok(),
                Some(Corner::Column) => self.column = text.trim().parse().ok(),
                None => {}
            },
            Seen::End(name) => {
                self.next = None;
                self.is_from &= *name != "from";
                if self.open == Some(self.depth) {
                    self.open = None;
                    let place = self.row.zip(self.column).filter(|_| self.holds_object);
                    objects.extend(place.filter(|_| objects.len() < OBJECTS_MAX));
                }
                self.depth = self.depth.saturating_sub(1);
            }
        }
    }
}

/// `target` as it is meant in `folder`.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn a_target_is_meant_from_its_folder() {
        assert_eq!(resolved("xl/worksheets", "../drawings/drawing1.xml"), "xl/drawings/drawing1.xml");
        assert_eq!(resolved("xl/worksheets", "/xl/drawings/drawing1.xml"), "xl/drawings/drawing1.xml");
        assert_eq!(resolved("", "../../drawing1.xml"), "drawing1.xml");
    }
}
