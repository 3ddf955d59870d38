//! Judges one cell in its column: reads it, mends what can be mended, asks what only a person knows.
//!
//! What does not change from row to row is decided once for each column ([`Watch::of`]). A good cell is looked at as it
//! stands, and once where it comes [again and again](crate::judging::usual); only where something may be wrong is a text made. What the cells of a row say together is
//! [`crate::judging::rows`]' business.

use std::borrow::Cow;

use crate::cell::{self, Fault};
use crate::finding::Code;
use crate::gather::Gather;
use crate::judging::blanks;
use crate::judging::plain::Plain;
use crate::judging::platform::{self, Held};
use crate::personal::{Gate, Seen};
use crate::question::{self, QuestionCode};
use crate::reading::cells::without_blanks;
use crate::repair::{RepairCode, RepairSet, letters};
use crate::schema::{Field, Kind};
use crate::sentence::{self, About, Detail};
use crate::signs::Signs;
use crate::sink::{Cell, Column, Sink, Value};
use crate::validate::Options;

/// In this many rows a question is asked about one column for one reason; the report lists no more.
const ASKED_MAX: u8 = 100;

/// One column, and what is decided of it once.
pub(crate) struct Watch<'s> {
    known: Known<'s>,
    repairs: RepairSet,
    /// Whether an empty cell is good.
    may_be_empty: bool,
    /// Filled cells that are good at first sight.
    plain: Plain,
    /// Whether its cells are names, in which 機種依存文字 stay.
    is_name: bool,
    /// Somebody answered that the marks for no value in it mean just that.
    empties: bool,
    /// Latitude or longitude: what is wrong with it waits for its partner.
    waits: bool,
    asked: [u8; Seen::COUNT],
    asked_of_blanks: u8,
}

/// What decides whether a cell is good as it stands.
struct Known<'s> {
    field: Option<&'s Field>,
    gate: Gate,
    /// Whether its cells are free text, in which a spreadsheet may see a formula.
    is_text: bool,
    /// Whether a cell that its kind reads has only letters that are good in any cell.
    letters_are_told: bool,
}

/// What became of one cell.
pub(crate) struct Judged<'a> {
    /// The text that is kept; owned where it was mended.
    pub text: Cow<'a, str>,
    /// What it says, where it was not mended; what was mended is read again.
    pub value: Value<'a>,
    /// What is wrong with a latitude or a longitude; the two together may have a reading.
    pub waits: Option<Fault>,
}

impl<'s> Watch<'s> {
    /// What is decided of `column`; `in_pair` where its partner is in the file, too.
    pub fn of(column: &Column<'s>, in_pair: bool, options: &Options<'_>) -> Watch<'s> {
        const NAMES: [&str; 6] = ["名", "住所", "所在地", "町字", "方書", "地名"];
        let kind = column.field.map(|field| &field.kind);
        let name = column.field.map_or(column.name.as_str(), |field| &field.name);
        let key = question::key(QuestionCode::MissingValue, Some(name));
        let answer = options.answers.iter().find(|(about, _)| *about == key);
        let choice = answer.and_then(|(_, answer)| sentence::choice(QuestionCode::MissingValue, answer));
        let known = Known {
            field: column.field,
            gate: if options.looks.personal_data { Gate::of(column) } else { Gate::default() },
            is_text: matches!(kind, None | Some(Kind::Text | Kind::Ascii | Kind::Katakana | Kind::List)),
            letters_are_told: kind.is_some_and(tells_letters),
        };
        let plain = match known.gate.asks_of_all() {
            true => Plain::No,
            false => Plain::of(known.field, known.gate.looks_for_my_numbers(), |value| {
                !value.is_empty() && known.looks_good(value, true)
            }),
        };
        Watch {
            known,
            repairs: options.repairs,
            may_be_empty: read(column.field, "").1.is_none(),
            plain,
            is_name: NAMES.iter().any(|part| name.contains(part)),
            empties: choice.is_some_and(|choice| choice.empties),
            waits: in_pair,
            asked: [0; Seen::COUNT],
            asked_of_blanks: 0,
        }
    }

    /// Whether the cell is good as it stands and nothing is to be said or asked about it: the way of nearly every
    /// cell. `is_marked` where a [sign](Signs::find) may stand in it. Of any other, [`Watch::judge`] tells, and
    /// [`writing`](crate::reading::writing) of its letters.
    #[inline]
    pub fn passes(&mut self, raw: &str, is_marked: bool) -> bool {
        if raw.is_empty() {
            return self.may_be_empty;
        }
        (!is_marked && self.plain.has(raw)) || self.known.looks_good(raw, is_marked)
    }

    /// The cell `raw` that [passes](Watch::passes).
    #[inline]
    pub fn read_good<'a>(&self, raw: &'a str) -> Cell<'a> {
        let of_numbers = matches!(
            self.known.field.map(|field| &field.kind),
            Some(Kind::Integer { .. } | Kind::Number | Kind::Latitude | Kind::Longitude)
        );
        let value = match raw {
            "" => Value::Blank,
            _ if of_numbers => read(self.known.field, raw).0,
            _ => Value::Text(raw),
        };
        Cell { raw, value }
    }
}

impl Known<'_> {
    /// [`Watch::passes`], for a filled cell that was not seen before.
    fn looks_good(&self, raw: &str, is_marked: bool) -> bool {
        let signs = if !is_marked || (self.letters_are_told && !self.gate.wants_signs()) {
            Signs::NONE
        } else {
            Signs::of(raw.as_bytes())
        };
        let of_letters =
            signs.invisible() || signs.apart() || signs.wrong() || without_blanks(raw).len() != raw.len();
        let of_text = self.is_text
            && (signs.platform()
                || raw.starts_with(['=', '@', '+', '-', '#'])
                || blanks::stands_for_none_in_kind(raw)
                || blanks::stands_for_another(raw));
        !(of_letters || of_text || self.gate.stops(raw, signs)) && read(self.field, raw).1.is_none()
    }
}

impl Watch<'_> {
    /// Judges the cell `at` (its value as it came).
    pub fn judge<'a, S: Sink>(&mut self, at: &About<'a>, gather: &mut Gather<'_, S>) -> Judged<'a> {
        let signs = Signs::of(at.value.as_bytes());
        if self.known.gate.finds_my_number(at.value) {
            gather.error(Code::MyNumber, at);
            return Judged { text: Cow::Borrowed(at.value), value: Value::Text(at.value), waits: None };
        }
        match self.with_good_letters(at, signs, gather) {
            Cow::Borrowed(kept) => {
                let text = without_blanks(kept);
                let (value, fault) = read(self.known.field, text);
                let (becomes, waits) = self.settle(at, text, fault, signs, gather);
                Judged { text: becomes.map_or(Cow::Borrowed(kept), Cow::Owned), value, waits }
            }
            Cow::Owned(kept) => {
                let text = without_blanks(&kept);
                let (_, fault) = read(self.known.field, text);
                let (becomes, waits) = self.settle(at, text, fault, signs, gather);
                Judged { text: Cow::Owned(becomes.unwrap_or(kept)), value: Value::Blank, waits }
            }
        }
    }

    /// What the mended cell `text` of this column says.
    pub fn value<'a>(&self, text: &'a str) -> Value<'a> {
        read(self.known.field, without_blanks(text)).0
    }

    /// The cell without what nobody sees, its marks joined, and without blanks around it.
    fn with_good_letters<'a, S: Sink>(
        &self,
        at: &About<'a>,
        signs: Signs,
        gather: &mut Gather<'_, S>,
    ) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(at.value);
        let steps = if signs.invisible() || signs.apart() {
            letters::mended(at.value, self.repairs)
        } else {
            Vec::new()
        };
        for (code, mended) in steps {
            gather.repair(code, &About { value: &text, proposal: Some(&mended), ..*at });
            text = Cow::Owned(mended);
        }
        let bare = without_blanks(&text);
        if bare.len() == text.len() {
            return text;
        }
        let about = About { value: &text, proposal: Some(bare), ..*at };
        if !self.repairs.has(RepairCode::SurroundingBlank) {
            gather.warning(Code::SurroundingBlank, &about);
            return text;
        }
        gather.repair(RepairCode::SurroundingBlank, &about);
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(without_blanks(text)),
            Cow::Owned(text) => Cow::Owned(without_blanks(&text).to_owned()),
        }
    }

    /// Settles what is wrong with `text`, which has no blanks around it: gives what it becomes, where it is mended,
    /// and the fault that waits for the partner.
    fn settle<S: Sink>(
        &mut self,
        at: &About<'_>,
        text: &str,
        fault: Option<Fault>,
        signs: Signs,
        gather: &mut Gather<'_, S>,
    ) -> (Option<String>, Option<Fault>) {
        if text.is_empty() && self.waits {
            return (None, fault);
        }
        if text.is_empty() {
            fault.iter().for_each(|fault| tell(at, fault, gather));
            return (None, None);
        }
        if is_spreadsheet_error(text) {
            gather.error(Code::SpreadsheetError, at);
            return (None, None);
        }
        if self.may_stand_for_none(at, text, fault.as_ref()) {
            if self.empties && self.repairs.has(RepairCode::MissingValue) {
                gather.repair(RepairCode::MissingValue, &About { value: text, proposal: Some(""), ..*at });
                read(self.known.field, "").1.iter().for_each(|fault| tell(at, fault, gather));
                self.ask_of_blanks(at, text, gather);
                return (Some(String::new()), None);
            }
            self.ask_of_blanks(at, text, gather);
        }
        let becomes = match fault {
            None => {
                self.tell_of_good(at, text, signs, gather);
                None
            }
            Some(fault) if fault.repair != RepairSet::NONE && self.repairs.has_all(fault.repair) => {
                self.mend(at, text, fault, gather)
            }
            Some(fault) if self.waits => return (None, Some(fault)),
            Some(fault) => {
                tell(at, &fault, gather);
                None
            }
        };
        self.ask_of_persons(at, becomes.as_deref().unwrap_or(text), signs, gather);
        (becomes, None)
    }

    /// Repairs what is wrong with `text`.
    fn mend<S: Sink>(
        &self,
        at: &About<'_>,
        text: &str,
        fault: Fault,
        gather: &mut Gather<'_, S>,
    ) -> Option<String> {
        let (code, mended) = (fault.repair.main()?, fault.proposal?);
        gather.repair(code, &About { value: text, proposal: Some(&mended), ..*at });
        if fault.repair.has(RepairCode::Unit) {
            gather.note(Code::UnitTakenOff, at);
        }
        read(self.known.field, &mended)
            .1
            .iter()
            .for_each(|fault| tell(&About { value: &mended, ..*at }, fault, gather));
        Some(mended)
    }

    /// Tells what is to be known of a text that its field reads.
    fn tell_of_good<S: Sink>(&self, at: &About<'_>, text: &str, signs: Signs, gather: &mut Gather<'_, S>) {
        if !self.known.is_text {
            return;
        }
        if starts_formula(text) {
            gather.warning(Code::FormulaStart, at);
        }
        if blanks::stands_for_another(text) {
            gather.warning(Code::Ditto, at);
        }
        let held = if signs.platform() { platform::held(text) } else { None };
        match held {
            Some(Held::Signs(plain)) if !self.is_name => {
                gather.warning(Code::PlatformDependentCharacter, &About { proposal: Some(&plain), ..*at });
            }
            Some(_) => gather.note(Code::PlatformDependentCharacter, at),
            None => {}
        }
    }

    /// Whether `text` may be a mark for no value. What its field can be mended to is none.
    fn may_stand_for_none(&self, at: &About<'_>, text: &str, fault: Option<&Fault>) -> bool {
        match fault {
            Some(fault) => fault.repair == RepairSet::NONE && blanks::stands_for_none_in_kind(text),
            None => self.known.is_text && blanks::stands_for_none(text, at.name.unwrap_or_default()),
        }
    }

    fn ask_of_blanks<S: Sink>(&mut self, at: &About<'_>, text: &str, gather: &mut Gather<'_, S>) {
        if self.asked_of_blanks < ASKED_MAX {
            self.asked_of_blanks += 1;
            gather
                .question(QuestionCode::MissingValue, &About { detail: Detail::Words([text, text]), ..*at });
        }
    }

    fn ask_of_persons<S: Sink>(
        &mut self,
        at: &About<'_>,
        text: &str,
        signs: Signs,
        gather: &mut Gather<'_, S>,
    ) {
        for seen in self.known.gate.seen(text, signs) {
            let Some(asked) = self.asked.get_mut(seen as usize).filter(|asked| **asked < ASKED_MAX) else {
                continue;
            };
            *asked += 1;
            gather
                .question(QuestionCode::PersonalData, &About { detail: Detail::Words(seen.words()), ..*at });
        }
    }
}

/// Whether a cell that is good in this kind has no letter that may be wrong, and none that nobody sees.
fn tells_letters(kind: &Kind) -> bool {
    match kind {
        Kind::Ascii
        | Kind::Integer { .. }
        | Kind::Number
        | Kind::Date
        | Kind::Time { .. }
        | Kind::Latitude
        | Kind::Longitude
        | Kind::Telephone
        | Kind::Email
        | Kind::PostalCode
        | Kind::CorporateNumber
        | Kind::MunicipalityCode
        | Kind::Weekdays => true,
        Kind::Text | Kind::Katakana | Kind::Code { .. } | Kind::Url | Kind::OneOf(_) | Kind::List => false,
    }
}

/// Tells a fault at its place.
pub(crate) fn tell<S: Sink>(at: &About<'_>, fault: &Fault, gather: &mut Gather<'_, S>) {
    gather.add(fault.code, fault.severity, &About { proposal: fault.proposal.as_deref(), ..*at });
}

fn read<'a>(field: Option<&Field>, text: &'a str) -> (Value<'a>, Option<Fault>) {
    match field {
        Some(field) => cell::read(field, text),
        None if text.is_empty() => (Value::Blank, None),
        None => (Value::Text(text), None),
    }
}

/// What a spreadsheet shows for a formula that failed.
fn is_spreadsheet_error(text: &str) -> bool {
    const ERRORS: [&str; 11] = [
        "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!",
        "#BUSY!",
    ];
    text.starts_with('#') && ERRORS.contains(&text)
}

/// Whether a spreadsheet would take `text` for a formula. Numbers, telephone numbers and a lone `-` are none.
fn starts_formula(text: &str) -> bool {
    match text.strip_prefix(['=', '@', '+', '-']) {
        None | Some("") => false,
        Some(_) if text.starts_with(['=', '@']) => true,
        Some(rest) => {
            rest.contains(|letter: char| !(letter.is_ascii_digit() || " -+.,()/:%".contains(letter)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::starts_formula;

    #[test]
    fn what_a_spreadsheet_would_run_is_a_formula() {
        for text in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "=HYPERLINK(\"x\")"] {
            assert!(starts_formula(text), "{text}");
        }
    }

    #[test]
    fn numbers_telephone_numbers_and_dashes_are_none() {
        for text in ["", "-", "--", "-12.5", "+81-225-95-1111", "+81 (225) 95", "-5%", "名称", "a=b", "－"]
        {
            assert!(!starts_formula(text), "{text}");
        }
    }
}
