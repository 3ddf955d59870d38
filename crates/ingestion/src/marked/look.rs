//! How a cell looks in which something was found: a colour by its weight, and a comment.

use rust_xlsxwriter::{Color, ConditionalFormatFormula, Format, Note};

use super::NOTE_MAX;
use crate::finding::{Finding, Severity};
use crate::report::{Question, Repair};
use crate::text::Language;

/// What was found in one cell.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    weight: Weight,
    text: String,
}

/// What a colour stands for; the heaviest in a cell counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Note,
    Repair,
    Question,
    Warning,
    Error,
}

impl Mark {
    pub fn of(finding: &Finding, language: Language) -> Mark {
        let weight = match finding.severity {
            Severity::Note => Weight::Note,
            Severity::Warning => Weight::Warning,
            Severity::Error => Weight::Error,
        };
        let [message, hint] = [&finding.message, &finding.hint].map(|text| text.in_language(language));
        Mark { weight, text: format!("{message}\n→ {hint}") }
    }

    pub fn of_repair(repair: &Repair, language: Language) -> Mark {
        let (before, after) = (&repair.before, &repair.after);
        let text = match language {
            Language::Ja => format!("「{before}」を「{after}」に直しました。"),
            Language::En => format!("\"{before}\" was mended to \"{after}\"."),
        };
        Mark { weight: Weight::Repair, text: format!("{text}{}", repair.reason.in_language(language)) }
    }

    pub fn of_question(question: &Question, language: Language) -> Mark {
        Mark { weight: Weight::Question, text: question.ask.in_language(language).to_owned() }
    }

    /// The two as the mark of one cell; what no comment holds is on the list.
    pub fn add(&mut self, other: Mark) {
        self.weight = self.weight.max(other.weight);
        if self.text.len() > NOTE_MAX * char::MAX_LEN_UTF8 {
            return;
        }
        self.text.push_str("\n\n");
        self.text.push_str(&other.text);
    }

    pub fn weight(&self) -> Weight {
        self.weight
    }

    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Weight {
    fn colour(self) -> Color {
        Color::RGB(match self {
            Weight::Error => 0xF8_B4B4,
            Weight::Warning => 0xFF_E8A3,
            Weight::Question => 0xE1_D5F5,
            Weight::Repair => 0xC8_E6C9,
            Weight::Note => 0xCF_E2F9,
        })
    }
}

/// The colour of `weight` laid over a cell that was written before.
pub(super) fn laid_over(weight: Weight) -> ConditionalFormatFormula {
    let format = Format::new().set_background_color(weight.colour());
    ConditionalFormatFormula::new().set_rule("TRUE").set_format(format)
}

/// The formats of cells.
pub(super) struct Look {
    plain: Format,
    header: Format,
    marked: [(Weight, Format, Format); 5],
}

impl Look {
    pub fn new() -> Look {
        let plain = Format::new().set_num_format("@");
        let header = plain.clone().set_bold();
        let marked =
            [Weight::Error, Weight::Warning, Weight::Question, Weight::Repair, Weight::Note].map(|weight| {
                let of = |format: &Format| format.clone().set_background_color(weight.colour());
                (weight, of(&plain), of(&header))
            });
        Look { plain, header, marked }
    }

    /// The format of a cell in which something of `weight` was found, or nothing.
    pub fn of(&self, weight: Option<Weight>, is_header: bool) -> &Format {
        let marked = self.marked.iter().find(|(of, ..)| Some(*of) == weight);
        match (marked, is_header) {
            (Some((_, _, header)), true) => header,
            (Some((_, plain, _)), false) => plain,
            (None, true) => &self.header,
            (None, false) => &self.plain,
        }
    }
}

/// The comment that says `text`, as large as it needs to be.
pub(super) fn note(text: &str) -> Note {
    let lines: usize = text.lines().map(|line| 1 + line.chars().count() / 24).sum();
    let height = u32::try_from(lines).unwrap_or(u32::MAX).saturating_mul(18).clamp(60, 400);
    Note::new(text).set_author("hiyori").add_author_prefix(false).set_width(320).set_height(height)
}
