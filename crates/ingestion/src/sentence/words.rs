//! The words that are filled into a saying: places in a spreadsheet's terms, cells cut short and made visible.

use super::{About, Detail};
use crate::cell::looks_swapped;
use crate::place::column_letter;
use crate::schema::Need;
use crate::text::Language;

/// A cell or a name is shown up to this many letters.
const EXCERPT_LETTERS_MAX: usize = 40;

/// The two templates one after the other, filled in.
pub(super) fn joined(language: Language, first: &str, then: &str, about: &About<'_>) -> String {
    let space = if language == Language::En && !(first.is_empty() || then.is_empty()) { " " } else { "" };
    let template = format!("{first}{space}{then}");
    let mut filled = String::with_capacity(template.len());
    let mut rest = template.as_str();
    while let Some((before, word_and_more)) = rest.split_once('{') {
        let (word, more) = word_and_more.split_once('}').unwrap_or((word_and_more, ""));
        filled.push_str(before);
        let filling = filling(language, word, about);
        let leaves_a_gap = filling.is_empty() && (filled.is_empty() || filled.ends_with(' '));
        filled.push_str(&filling);
        rest = if leaves_a_gap { more.trim_start() } else { more };
    }
    filled.push_str(rest);
    filled.trim().to_owned()
}

/// What stands for `{word}`.
fn filling(language: Language, word: &str, about: &About<'_>) -> String {
    let say = |ja: String, en: String| if language == Language::Ja { ja } else { en };
    let either = |ja: &str, en: &str| say(ja.to_owned(), en.to_owned());
    match (word, about.detail) {
        ("place", _) => place(language, about),
        ("row", _) => place(language, &About { column: None, ..*about }),
        ("value", _) => excerpt(about.value),
        ("proposal", _) => excerpt(about.proposal.unwrap_or("")),
        ("example", _) => {
            about.field.and_then(|field| field.example.as_deref()).map(excerpt).unwrap_or_default()
        }
        ("how", _) => about
            .field
            .map(|field| field.kind.describe().in_language(language).to_owned())
            .unwrap_or_default(),
        // To empty a required cell would only be the next finding.
        ("blank", _) if about.field.is_none_or(|field| field.need != Need::Required) => {
            either("ないときは空欄にしてください。", "Leave the cell empty where there is none.")
        }
        ("unit", _) => match about.field.and_then(|field| field.unit.as_deref()) {
            Some(unit) => say(format!("単位は{unit}です。"), format!("The unit is {unit}.")),
            None => String::new(),
        },
        ("swapped", _) if about.field.is_some_and(|field| looks_swapped(&field.kind, about.value)) => {
            either("緯度と経度の列が入れ替わっているようです。", "Latitude and longitude seem to be swapped.")
        }
        ("several", _) if about.value.matches("http").count() > 1 => either(
            "1つのセルにURLが複数あるようです。1つだけ残してください。",
            "The cell seems to hold several URLs: keep one.",
        ),
        ("earlier", Detail::EarlierRow(row)) => say(format!("{row}行目"), format!("row {row}")),
        ("earlier", Detail::EarlierColumn(column)) => {
            let letter = column_letter(column);
            say(format!("{letter}列"), format!("column {letter}"))
        }
        ("earlier", _) => either("前のところ", "an earlier place"),
        ("found", Detail::Cells { found, .. }) => found.to_string(),
        ("expected", Detail::Cells { expected, .. }) => expected.to_string(),
        ("found" | "expected", _) => "?".to_owned(),
        ("kind", Detail::Kind(kind)) => kind_of_file(language, kind),
        ("kind", _) => either("表ではないもの", "something else"),
        ("encoding", Detail::Encoding(encoding)) => {
            let name = excerpt(&encoding.to_uppercase());
            say(format!("{name}の文字として読み取れない"), format!("cannot be read as {name}"))
        }
        ("encoding", _) => either("どの文字コードでも読み取れない", "no encoding reads"),
        ("columns", Detail::Limit(limit)) => limit.to_string(),
        ("bytes", Detail::Limit(limit)) => bytes(limit),
        ("columns" | "bytes", _) => either("上限", "the limit"),
        ("name", Detail::Name(name)) => excerpt(name),
        ("name", _) => {
            about.name.or(about.field.map(|field| field.name.as_str())).map(excerpt).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// `D3「名称」`, `D列「名称」`, `3行目`, このファイル.
fn place(language: Language, about: &About<'_>) -> String {
    let name =
        about.name.filter(|name| !name.trim().is_empty()).or(about.field.map(|field| field.name.as_str()));
    let name = name.map(excerpt);
    let letter = about.column.map(column_letter);
    match language {
        Language::Ja => {
            let name = name.map(|name| format!("「{name}」")).unwrap_or_default();
            match (letter, about.row) {
                (Some(letter), Some(row)) => format!("{letter}{row}{name}"),
                (Some(letter), None) => format!("{letter}列{name}"),
                (None, Some(row)) => format!("{row}行目"),
                (None, None) => "このファイル".to_owned(),
            }
        }
        Language::En => {
            let name = name.map(|name| format!(" \"{name}\"")).unwrap_or_default();
            match (letter, about.row) {
                (Some(letter), Some(row)) => format!("{letter}{row}{name}"),
                (Some(letter), None) => format!("Column {letter}{name}"),
                (None, Some(row)) => format!("Row {row}"),
                (None, None) => "This file".to_owned(),
            }
        }
    }
}

/// The text on one line, cut short, with what cannot be seen made visible.
pub(super) fn excerpt(text: &str) -> String {
    let mut shown = String::new();
    let mut letters = 0;
    for letter in text.chars() {
        let visible = visible(letter);
        letters += visible.chars().count();
        if letters > EXCERPT_LETTERS_MAX {
            shown.push('…');
            break;
        }
        shown.push_str(&visible);
    }
    shown
}

fn visible(letter: char) -> String {
    match letter {
        '\n' => "↵".to_owned(),
        '\t' => "⇥".to_owned(),
        '\u{3000}' => "□".to_owned(),
        '\u{A0}'
        | '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{61C}'
        | '\u{FEFF}'
        | '\u{FFFD}'
        | '\u{E000}'..='\u{F8FF}'
        | '\u{F0000}'.. => code_point(letter),
        _ if letter.is_control() => code_point(letter),
        _ => letter.to_string(),
    }
}

fn code_point(letter: char) -> String {
    format!("<U+{:04X}>", u32::from(letter))
}

fn kind_of_file(language: Language, kind: &str) -> String {
    let (ja, en) = match kind {
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "tif" | "tiff" | "heif" | "heic" | "svg"
        | "ico" => ("画像", "a picture"),
        "pdf" => ("PDF", "a PDF"),
        "zip" | "gz" | "7z" | "rar" | "tar" | "bz2" | "xz" | "zst" => ("圧縮ファイル", "an archive"),
        "xlsx" | "xls" | "ods" => ("表計算ソフトのブック", "a workbook"),
        "doc" | "docx" | "odt" => ("文書ファイル", "a document"),
        "html" | "xml" => ("ウェブページなどの文書", "a web page or another marked-up document"),
        "unknown" => {
            return match language {
                Language::Ja => "種類の分からないファイル".to_owned(),
                Language::En => "a file of an unknown kind".to_owned(),
            };
        }
        _ => ("別の形式のファイル", "a file of another kind"),
    };
    let kind = excerpt(kind);
    match language {
        Language::Ja => format!("{ja}（{kind}）"),
        Language::En => format!("{en} ({kind})"),
    }
}

/// `1 MB`, where the limit is whole.
fn bytes(limit: u64) -> String {
    match (limit >> 20, limit % (1 << 20)) {
        (megabytes, 0) if megabytes > 0 => format!("{megabytes} MB"),
        _ => format!("{limit} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_made_visible() {
        assert_eq!(excerpt("a\u{0}b\nc\u{202E}　"), "a<U+0000>b↵c<U+202E>□");
    }

    #[test]
    fn long_cells_are_cut() {
        assert_eq!(excerpt(&"あ".repeat(1_000)).chars().count(), EXCERPT_LETTERS_MAX + 1);
        assert!(excerpt(&"\u{0}".repeat(1_000)).chars().count() <= EXCERPT_LETTERS_MAX + 1);
    }
}
