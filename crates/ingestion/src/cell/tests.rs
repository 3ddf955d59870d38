//! What reading a cell promises: here of any kind, beside it of each family.
#![allow(clippy::unwrap_used, clippy::panic)]

mod codes;
mod contacts;
mod moments;
mod quantities;
mod repairs;
mod texts;

use proptest::prelude::*;

use super::*;
use crate::schema::{Basis, Evidence, ValuesFrom};

/// A field of `kind`, as sure as a field can be.
fn field(kind: Kind) -> Field {
    Field {
        aliases: Vec::new(),
        name: "項目".to_owned(),
        name_en: None,
        gif_name: None,
        need: Need::Optional,
        required_basis: Basis::Definition,
        evidence: Evidence::Definition,
        kind,
        values_from: ValuesFrom::Standard,
        unit: None,
        blank: None,
        rule: None,
        example: None,
    }
}

fn unsure(kind: Kind) -> Field {
    Field { evidence: Evidence::Header, ..field(kind) }
}

fn shape(text: &str) -> Kind {
    Kind::Code { shape: text.to_owned().try_into().unwrap() }
}

fn values(list: &[&str]) -> Kind {
    Kind::OneOf(list.iter().map(|value| (*value).to_owned()).collect())
}

#[track_caller]
fn good(kind: Kind, cells: &[&str]) {
    for raw in cells {
        let (value, fault) = read(&field(kind.clone()), raw);
        assert_eq!(fault, None, "cell {raw:?} of {kind:?}");
        assert_ne!(value, Value::Blank, "cell {raw:?}");
    }
}

#[track_caller]
fn found(field: &Field, raw: &str, severity: Severity, code: Code, proposal: Option<&str>) {
    let (value, fault) = read(field, raw);
    let said = fault.as_ref().map(|it| (it.severity, it.code, it.proposal.as_deref()));
    assert_eq!(said, Some((severity, code, proposal)), "cell {raw:?} of {:?}", field.kind);
    assert_eq!(value, Value::Text(raw), "cell {raw:?}");
}

#[track_caller]
fn error(kind: Kind, raw: &str, code: Code, proposal: Option<&str>) {
    found(&unsure(kind.clone()), raw, Severity::Error, code, proposal);
    found(&field(kind), raw, Severity::Error, code, proposal);
}

#[track_caller]
fn warning(kind: Kind, raw: &str, code: Code, proposal: Option<&str>) {
    found(&unsure(kind.clone()), raw, Severity::Warning, code, proposal);
    found(&field(kind), raw, Severity::Warning, code, proposal);
}

/// An error where the spelling is sure, else a warning.
#[track_caller]
fn breach(kind: Kind, raw: &str, code: Code, proposal: Option<&str>) {
    found(&unsure(kind.clone()), raw, Severity::Warning, code, proposal);
    found(&field(kind), raw, Severity::Error, code, proposal);
}

mod an_empty_cell {
    use super::*;

    fn of(need: Need, required_basis: Basis, blank: Option<&str>) -> Option<Severity> {
        let field = Field { need, required_basis, blank: blank.map(str::to_owned), ..field(Kind::Text) };
        let (value, fault) = read(&field, "");
        assert_eq!(value, Value::Blank);
        fault.map(|fault| fault.severity)
    }

    #[test]
    fn of_a_required_field_is_an_error_where_the_mark_is_sure() {
        assert_eq!(of(Need::Required, Basis::Definition, None), Some(Severity::Error));
        assert_eq!(of(Need::Required, Basis::Model, None), Some(Severity::Error));
    }

    #[test]
    fn of_a_required_field_is_a_warning_where_the_mark_is_inferred() {
        for basis in [Basis::Siblings, Basis::Carried, Basis::Unknown] {
            assert_eq!(of(Need::Required, basis, None), Some(Severity::Warning));
        }
    }

    #[test]
    fn that_the_standard_gives_a_meaning_is_good() {
        assert_eq!(of(Need::Required, Basis::Definition, Some("該当なし")), None);
    }

    #[test]
    fn of_any_other_field_is_good() {
        for need in [Need::Recommended, Need::Optional, Need::Unknown] {
            assert_eq!(of(need, Basis::Definition, None), None);
        }
    }
}

fn any_kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(vec![
        Kind::Text,
        Kind::Ascii,
        Kind::Katakana,
        shape("^[0-9]{4}-?[0-9]{3}$"),
        shape("^[0-9A-Za-z_\\-]+$"),
        Kind::Integer { min: Some(0) },
        Kind::Integer { min: None },
        Kind::Number,
        Kind::Date,
        Kind::Time { end: false },
        Kind::Time { end: true },
        Kind::Latitude,
        Kind::Longitude,
        Kind::Telephone,
        Kind::Url,
        Kind::Email,
        Kind::PostalCode,
        Kind::CorporateNumber,
        Kind::MunicipalityCode,
        values(&["有", "無"]),
        values(&["1"]),
        Kind::Weekdays,
        Kind::List,
    ])
}

/// Letters that offices mix into cells, more often than chance would.
fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9０-９.,/:()（）ー;@eE+年月日時分令和平成RH半元月火水木金土祝午前後円度°▲ -]{0,16}",
        "[0-9]{1,14}",
        "(令和|平成|昭和|R|H|S)?[0-9元]{1,4}[年/.-][0-9]{1,2}[月/.-][0-9]{1,2}日?",
        "[(（]?0?[0-9]{1,4}[)）-]?[0-9]{1,4}[-ー]?[0-9]{4}",
        "[0-9０-９]{1,2}[:：時][0-9０-９]{0,2}(分|半)?",
        "https?:?//?[a-z.:/@\\[\\]]{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn every_cell_gets_a_verdict_and_every_proposal_is_a_good_cell(kind in any_kind(), raw in any_cell()) {
        let field = field(kind);
        let (_, fault) = read(&field, raw.trim());
        if let Some(proposal) = fault.and_then(|fault| fault.proposal) {
            let (_, again) = read(&field, &proposal);
            // Where the area code of a telephone number ends, nobody can tell.
            let at_most = if field.kind == Kind::Telephone { Severity::Warning } else { Severity::Note };
            let is_good = again
                .as_ref()
                .is_none_or(|fault| fault.severity <= at_most && fault.proposal.is_none());
            prop_assert!(is_good, "{raw:?} of {:?} -> {proposal:?}: {again:?}", field.kind);
            prop_assert_ne!(proposal, raw.trim());
        }
    }

    #[test]
    fn a_number_reads_back_as_it_was_written(whole in any::<i64>(), number in -1.0e15..1.0e15) {
        let written = whole.to_string();
        let (value, fault) = read(&field(Kind::Integer { min: None }), &written);
        prop_assert_eq!((value, fault), (Value::Integer(whole), None));
        let written = format!("{number}");
        let (value, fault) = read(&field(Kind::Number), &written);
        prop_assert_eq!((value, fault), (Value::Number(number), None));
    }

    #[test]
    fn a_day_and_a_time_read_back_as_they_were_written(
        (year, month, day) in (1..=9999_i16, 1..=12_i8, 1..=28_i8), (hour, minute) in (0..24_u8, 0..60_u8),
    ) {
        let date = jiff::civil::date(year, month, day);
        prop_assert_eq!(read(&field(Kind::Date), &date.to_string()).1, None);
        let slashes = format!("{year:04}/{month}/{day}");
        let proposal = read(&field(Kind::Date), &slashes).1.and_then(|fault| fault.proposal);
        prop_assert_eq!(proposal, Some(date.to_string()));
        let time = format!("{hour:02}:{minute:02}");
        prop_assert_eq!(read(&field(Kind::Time { end: false }), &time).1, None);
    }

    #[test]
    fn five_digits_have_one_check_digit_and_twelve_have_one(five in "[0-9]{5}", twelve in "[0-9]{12}") {
        let good = |kind: Kind, code: String| read(&field(kind), &code).1.is_none();
        let six = (0..10).filter(|check| good(Kind::MunicipalityCode, format!("{five}{check}"))).count();
        let thirteen = (0..10).filter(|check| good(Kind::CorporateNumber, format!("{check}{twelve}"))).count();
        prop_assert_eq!((six, thirteen), (1, 1));
    }
}
