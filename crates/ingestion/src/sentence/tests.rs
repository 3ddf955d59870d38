#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::schemas::Schemas;

static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);

/// What is said of a cell of hyojun/public_toilet: message and hint in Japanese.
fn said(
    code: Code,
    severity: Severity,
    field: &str,
    change: impl FnOnce(&mut About<'_>),
) -> (String, String) {
    let schema = SCHEMAS.get(&"hyojun/public_toilet".parse().unwrap()).unwrap();
    let mut about = About {
        row: Some(3),
        column: Some(4),
        name: Some(field),
        field: schema.field(field),
        ..About::default()
    };
    change(&mut about);
    let (message, hint) = of(code, severity, &about);
    (message.ja, hint.ja)
}

#[test]
fn an_empty_required_cell_is_told_with_its_place_and_why_it_matters() {
    let (message, _) = said(Code::RequiredMissing, Severity::Error, "名称", |_| ());
    assert_eq!(message, "D3「名称」が空です。必須の項目なので、このままでは公開できません。");
}

#[test]
fn only_an_error_says_that_the_file_cannot_be_published() {
    for severity in [Severity::Note, Severity::Warning] {
        let (message, _) = said(Code::RequiredMissing, severity, "名称", |_| ());
        assert!(!message.contains("公開できません"), "{message}");
    }
}

#[test]
fn a_time_without_its_zero_is_shown_mended() {
    let (message, hint) = said(Code::NotATime, Severity::Error, "利用開始時間", |about| {
        about.value = "9:00";
        about.proposal = Some("09:00");
    });
    assert!(message.starts_with("D3「利用開始時間」の「9:00」は、"), "{message}");
    assert!(hint.ends_with("→「09:00」に直せます。"), "{hint}");
}

#[test]
fn without_a_proposal_the_hint_shows_a_good_cell() {
    let (_, hint) =
        said(Code::NotATime, Severity::Error, "利用開始時間", |about| about.value = "日没まで");
    assert!(hint.ends_with("例: 09:00"), "{hint}");
}

#[test]
fn swapped_coordinates_are_called_swapped() {
    let (_, hint) = said(Code::OutOfRange, Severity::Error, "緯度", |about| about.value = "141.302720");
    assert!(hint.starts_with("緯度と経度の列が入れ替わっているようです。"), "{hint}");
    let (_, hint) = said(Code::OutOfRange, Severity::Error, "緯度", |about| about.value = "0");
    assert!(hint.starts_with("緯度を10進の度で書きます"), "{hint}");
}

#[test]
fn a_doubled_key_names_the_earlier_row() {
    let (message, _) = said(Code::DuplicateKey, Severity::Error, "ID", |about| {
        about.value = "001";
        about.detail = Detail::EarlierRow(2);
    });
    assert!(message.contains("2行目にもあります"), "{message}");
}

#[test]
fn a_row_or_the_file_is_a_place_too() {
    let about = About { row: Some(85), ..About::default() };
    assert!(of(Code::BlankRow, Severity::Warning, &about).0.ja.starts_with("85行目は"));
    let (message, _) =
        of(Code::NotATable, Severity::Error, &About { detail: Detail::Kind("png"), ..About::default() });
    assert_eq!(
        message,
        Text::new(
            "このファイルは表ではなく、画像（png）です。行と列として読み取れません。このままでは公開できません。",
            "This file is no table but a picture (png). It cannot be read as rows and columns. The file cannot be published like this.",
        )
    );
}

#[test]
fn every_code_has_one_saying_with_all_its_words() {
    for code in Code::all() {
        let sayings = [file::SAYINGS, table::SAYINGS, letters::SAYINGS, cells::SAYINGS];
        assert_eq!(sayings.into_iter().flatten().filter(|saying| saying.code == *code).count(), 1, "{code}");
        let Saying { title, message, hint, .. } = saying(*code);
        for text in [title, message, hint].into_iter().flatten() {
            assert!(!text.is_empty() && !text.contains("不正"), "{code}: {text}");
        }
        for text in message {
            let names_it = text.contains("{place}") || text.contains("{row}");
            assert!(names_it, "{code} does not name the place: {text}");
        }
        for [ja, en] in [title, message, hint] {
            let kana = |letter: char| matches!(letter, 'ぁ'..='ヿ' | '一'..='鿿');
            assert!(ja.replace("{", "").contains(kana) || ja.starts_with('{'), "{code}: {ja}");
            assert!(!en.contains(kana), "{code}: {en}");
        }
    }
}

#[test]
fn no_word_in_braces_is_left_unfilled() {
    for code in Code::all() {
        let about = About { row: Some(1), column: Some(1), value: "x", ..About::default() };
        let (message, hint) = of(*code, Severity::Error, &about);
        for text in [message.ja, message.en, hint.ja, hint.en] {
            assert!(!text.contains(['{', '}']) && !text.contains("  "), "{code}: {text}");
        }
    }
}

fn any_detail() -> impl Strategy<Value = (u8, u64, String)> {
    (0..8_u8, any::<u64>(), ".*")
}

proptest! {
    #[test]
    fn sentences_stay_short_whatever_the_cell_holds(
        code in prop::sample::select(Code::all()),
        severity in prop::sample::select(&[Severity::Error, Severity::Warning, Severity::Note][..]),
        row in any::<Option<u64>>(), column in any::<Option<u32>>(),
        name in prop::option::of("\\PC{0,80}"), value in any::<String>(), proposal in any::<Option<String>>(),
        place in any::<prop::sample::Index>(), (which, number, text) in any_detail(),
    ) {
        let fields: Vec<&Field> = SCHEMAS.iter().flat_map(|schema| &schema.fields).collect();
        let detail = match which {
            0 => Detail::None,
            1 => Detail::EarlierRow(number),
            2 => Detail::EarlierColumn(number as u32),
            3 => Detail::Cells { found: number, expected: number },
            4 => Detail::Kind(&text),
            5 => Detail::Encoding(&text),
            6 => Detail::Limit(number),
            _ => Detail::Name(&text),
        };
        let field = Some(*place.get(&fields));
        let about = About { row, column, name: name.as_deref(), field, value: &value, proposal: proposal.as_deref(), detail };
        let (message, hint) = of(code, severity, &about);
        for text in [message.ja, message.en, hint.ja, hint.en] {
            prop_assert!(text.chars().count() < 400, "{} letters: {text}", text.chars().count());
            prop_assert!(!text.chars().any(char::is_control), "{text:?}");
        }
    }
}
