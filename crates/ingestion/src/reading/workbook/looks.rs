//! How the cells of an xlsx look: colours, bold and italic type.
//!
//! Only colours that the file gives in full are seen, as the agency's checker does; those of a theme count as none.
//!
//! Rule: ECMA-376 part 1, 18.8 (styles).

use super::Refusal;
use super::package::{Package, Seen, attribute, number};
use crate::readability::Look;

/// Of one column, so many runs are kept: enough to know that its cells differ.
const RUNS_MAX: usize = 16;
/// So many columns are looked at.
const COLUMNS_MAX: usize = 2_000;
/// So many fonts, fills and styles each; a spreadsheet knows no more styles.
const STYLES_MAX: usize = 65_536;

/// Cells of one column, one below the other, that look alike. Rows and columns count from 0, ends included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub column: u32,
    pub rows: (u32, u32),
    pub look: Look,
}

/// The looks that a workbook knows, by their number.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Look>);

impl Styles {
    /// Reads the part at `path`, of which an element takes `element_bytes` in memory.
    pub fn read(package: &mut Package<'_>, path: &str, element_bytes: u64) -> Result<Styles, Refusal> {
        let mut part = Part::default();
        package.read(path, element_bytes, |seen| {
            part.see(&seen);
            Ok(())
        })?;
        Ok(part.styles)
    }

    /// The look numbered `style`.
    pub fn look(&self, style: u32) -> Look {
        usize::try_from(style).ok().and_then(|style| self.0.get(style)).copied().unwrap_or_default()
    }
}

/// The part while it is read.
#[derive(Debug, Default)]
struct Part {
    within: Within,
    fonts: Vec<Look>,
    fills: Vec<Option<u32>>,
    styles: Styles,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Within {
    #[default]
    Other,
    Fonts,
    Fills,
    Styles,
}

impl Part {
    fn see(&mut self, seen: &Seen<'_>) {
        let element = match seen {
            Seen::Start(element) => element,
            Seen::End("fonts" | "fills" | "cellXfs") => {
                self.within = Within::Other;
                return;
            }
            _ => return,
        };
        let is_on = || !matches!(attribute(element, "val").as_deref(), Some("0" | "false"));
        match (self.within, element.local_name().as_ref()) {
            (_, "fonts") => self.within = Within::Fonts,
            (_, "fills") => self.within = Within::Fills,
            (_, "cellXfs") => self.within = Within::Styles,
            (Within::Fonts, "font") if self.fonts.len() < STYLES_MAX => self.fonts.push(Look::default()),
            (Within::Fonts, what) => {
                let Some(font) = self.fonts.last_mut() else { return };
                match what {
                    "b" => font.bold = is_on(),
                    "i" => font.italic = is_on(),
                    "color" => font.letters = attribute(element, "rgb").and_then(|text| colour(&text, BLACK)),
                    _ => {}
                }
            }
            (Within::Fills, "fill") if self.fills.len() < STYLES_MAX => self.fills.push(None),
            (Within::Fills, "fgColor") => {
                let found = attribute(element, "rgb").and_then(|text| colour(&text, WHITE));
                if let Some(fill) = self.fills.last_mut() {
                    *fill = found;
                }
            }
            (Within::Styles, "xf") if self.styles.0.len() < STYLES_MAX => {
                let at = |name| number(element, name).and_then(|number| usize::try_from(number).ok());
                let font = at("fontId").and_then(|font| self.fonts.get(font)).copied().unwrap_or_default();
                let fill = at("fillId").and_then(|fill| self.fills.get(fill)).copied().flatten();
                self.styles.0.push(Look { fill, ..font });
            }
            _ => {}
        }
    }
}

const BLACK: u32 = 0;
const WHITE: u32 = 0xff_ffff;

/// `FFRRGGBB` or `RRGGBB`; `None` where it is `usual` or nothing at all.
fn colour(text: &str, usual: u32) -> Option<u32> {
    const NOTHING: &str = "00000000";
    let colour = u32::from_str_radix(text, 16).ok()? & WHITE;
    (text != NOTHING && colour != usual).then_some(colour)
}

/// The looks of a sheet while it is read.
#[derive(Debug, Default)]
pub(super) struct Looks {
    columns: Vec<Vec<Run>>,
}

impl Looks {
    /// The next cell that holds something, row by row.
    pub fn add(&mut self, (row, column): (u32, u32), look: Look) {
        let index = usize::try_from(column).unwrap_or(usize::MAX);
        if index >= COLUMNS_MAX {
            return;
        }
        if self.columns.len() <= index {
            self.columns.resize_with(index + 1, Vec::new);
        }
        let Some(runs) = self.columns.get_mut(index) else { return };
        let may_take_more = runs.len() < RUNS_MAX;
        match runs.last_mut() {
            Some(run) if run.look == look => run.rows.1 = row,
            _ if may_take_more => runs.push(Run { column, rows: (row, row), look }),
            _ => {}
        }
    }

    /// All of them, column by column.
    pub fn finish(self) -> Vec<Run> {
        self.columns.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_no_colour() {
        assert_eq!(colour("FFFF0000", BLACK), Some(0xff_0000));
        assert_eq!(colour("00b050", BLACK), Some(0x00_b050));
        for text in ["FF000000", "000000", "00000000", "", "red"] {
            assert_eq!(colour(text, BLACK), None, "{text}");
        }
        assert_eq!((colour("FFFFFFFF", WHITE), colour("FF000000", WHITE)), (None, Some(0)));
    }

    #[test]
    fn cells_that_look_alike_are_one_run_and_of_many_runs_the_first_are_kept() {
        let mut looks = Looks::default();
        let bold = Look { bold: true, ..Look::default() };
        for row in 0..100 {
            looks.add((row, 0), Look::default());
            looks.add((row, 2), if row % 2 == 0 { bold } else { Look::default() });
        }
        let runs = looks.finish();
        assert_eq!(
            runs.iter().filter(|run| run.column == 0).map(|run| run.rows).collect::<Vec<_>>(),
            [(0, 99)]
        );
        assert_eq!(runs.iter().filter(|run| run.column == 2).count(), RUNS_MAX);
    }
}
