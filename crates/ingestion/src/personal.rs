//! The gate for data about persons: what is decided once for a column, and what is looked for in its cells.
//!
//! What may be about a person is asked ([`crate::QuestionCode::PersonalData`]): only somebody who knows the file can
//! tell the number of an office's duty telephone from a volunteer's own. A マイナンバー is an error, and its digits
//! stand in no report ([`shown`]).
//!
//! A column that only the national schemas have is not asked about for its name: they want it published.

mod look;
mod my_number;

use std::borrow::Cow;

use crate::schema::{Field, Kind};
use crate::signs::Signs;
use crate::sink::Column;

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    MobileNumber,
    PrivateAddress,
    AddressedName,
    BirthDate,
    PersonName,
}

impl Seen {
    /// How many there are.
    pub const COUNT: usize = 5;

    /// In Japanese and in English.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Seen::MobileNumber => ["携帯電話の番号", "a mobile number"],
            Seen::PrivateAddress => {
                ["個人で使われることの多いメールアドレス", "a mail address of the kind people use privately"]
            }
            Seen::AddressedName => ["「様」の付いた名前", "a name with 様"],
            Seen::BirthDate => ["生年月日", "dates of birth"],
            Seen::PersonName => ["人の名前", "names of persons"],
        }
    }
}

/// What is looked for in the cells of one column.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Gate {
    /// What every filled cell is, by the column's name.
    every_cell: Option<Seen>,
    mobile_numbers: bool,
    addresses: bool,
    names: bool,
    my_numbers: bool,
}

/// A column of these is about persons.
const BIRTH_DATES: [&str; 3] = ["生年月日", "誕生日", "出生日"];
const PERSON_NAMES: [&str; 12] = [
    "氏名",
    "姓名",
    "お名前",
    "世帯主",
    "担当者",
    "代表者",
    "申請者",
    "届出者",
    "保護者",
    "本人",
    "責任者",
    "連絡者",
];
/// The same words name none of them here.
const NO_PERSON_NAMES: [&str; 6] = ["電話", "番号", "人数", "住所", "メール", "有無"];
/// Columns in which a name is addressed by accident.
const REMARKS: [&str; 6] = ["備考", "連絡", "特記", "メモ", "注記", "摘要"];
/// Columns of long numbers that are no マイナンバー.
const NUMBERS_OF_THINGS: [&str; 8] =
    ["コード", "ID", "ＩＤ", "法人番号", "管理番号", "整理番号", "JAN", "URL"];

impl Gate {
    /// What is looked for in the cells of `column`.
    pub fn of(column: &Column<'_>) -> Gate {
        let name = column.name.as_str();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let kind = column.field.map(|field| &field.kind);
        let is_text = matches!(kind, None | Some(Kind::Text | Kind::List));
        let by_name = match column.field {
            None if has(&BIRTH_DATES) => Some(Seen::BirthDate),
            None if has(&PERSON_NAMES) && !has(&NO_PERSON_NAMES) => Some(Seen::PersonName),
            _ => None,
        };
        Gate {
            every_cell: by_name,
            mobile_numbers: is_text || matches!(kind, Some(Kind::Telephone)),
            addresses: is_text || matches!(kind, Some(Kind::Email)),
            names: is_text && has(&REMARKS),
            my_numbers: may_hold_my_numbers(column.field, name),
        }
    }

    /// Whether anything is to be told or asked about the filled cell `text` with `signs`.
    pub fn stops(&self, text: &str, signs: Signs) -> bool {
        self.seen(text, signs).next().is_some() || self.finds_my_number(text)
    }

    /// Whether something is to be asked about every filled cell.
    pub fn asks_of_all(&self) -> bool {
        self.every_cell.is_some()
    }

    /// Whether a マイナンバー is looked for.
    pub fn looks_for_my_numbers(&self) -> bool {
        self.my_numbers
    }

    /// Whether only signs tell what may be in its cells.
    pub fn wants_signs(&self) -> bool {
        self.mobile_numbers || self.addresses || self.names
    }

    /// Whether `text` is to be kept out of everything as a マイナンバー.
    pub fn finds_my_number(&self, text: &str) -> bool {
        self.my_numbers && text.len() >= 12 && may_hold_twelve_digits(text) && my_number::stands_in(text)
    }

    /// What was seen in the filled cell `text` with `signs`.
    pub fn seen(&self, text: &str, signs: Signs) -> impl Iterator<Item = Seen> {
        let personal = signs.personal();
        let when = |is: bool, seen: Seen| is.then_some(seen);
        [
            self.every_cell,
            when(personal && self.mobile_numbers && look::mobile_number(text), Seen::MobileNumber),
            when(personal && self.addresses && look::private_address(text), Seen::PrivateAddress),
            when(personal && self.names && look::addressed_name(text), Seen::AddressedName),
        ]
        .into_iter()
        .flatten()
    }
}

/// Whether twelve digits in this column may be a マイナンバー.
fn may_hold_my_numbers(field: Option<&Field>, name: &str) -> bool {
    match field.map(|field| &field.kind) {
        Some(Kind::Text | Kind::List | Kind::Integer { .. } | Kind::Number) => true,
        Some(_) => false,
        None => !NUMBERS_OF_THINGS.iter().any(|word| name.contains(word)),
    }
}

/// `text` as a report may show it: without the digits of a マイナンバー, whatever its column is for. Only numbers of
/// things stay as they are.
pub(crate) fn shown<'a>(text: &'a str, field: Option<&Field>, name: Option<&str>) -> Cow<'a, str> {
    if may_hold_twelve_digits(text) && !is_of_things(field, name.unwrap_or_default()) {
        masked(text)
    } else {
        Cow::Borrowed(text)
    }
}

/// `text` without the digits of a マイナンバー.
pub(crate) fn masked(text: &str) -> Cow<'_, str> {
    let masked = if may_hold_twelve_digits(text) { my_number::masked(text) } else { None };
    masked.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Whether the column of `field`, or else the one named `name`, holds numbers of things.
pub(crate) fn is_of_things(field: Option<&Field>, name: &str) -> bool {
    match field {
        Some(field) => matches!(field.kind, Kind::Code { .. } | Kind::CorporateNumber),
        None => NUMBERS_OF_THINGS.iter().any(|word| name.contains(word)),
    }
}

/// The name of a column without the digits of a マイナンバー; `None` where it holds none.
pub(crate) fn masked_name(name: &str) -> Option<String> {
    my_number::masked(name)
}

/// Half-width or full-width ones; the last byte of a full-width digit is none that ASCII has.
fn may_hold_twelve_digits(text: &str) -> bool {
    const PIECE: usize = 128;
    let is_one = |byte: &u8| u8::from(byte.is_ascii_digit() | (byte.wrapping_sub(0x90) < 10));
    // Counted in bytes, so that the machine counts several at a time.
    let of_piece = |piece: &[u8]| usize::from(piece.iter().map(is_one).sum::<u8>());
    text.as_bytes().chunks(PIECE).map(of_piece).sum::<usize>() >= 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schemas::Schemas;

    fn of(name: &str) -> Gate {
        Gate::of(&Column { name: name.to_owned(), field: None })
    }

    #[track_caller]
    fn sees(name: &str, text: &str, expected: &[Seen]) {
        let seen: Vec<Seen> = of(name).seen(text, Signs::of(text.as_bytes())).collect();
        assert_eq!(seen, expected, "{name}: {text}");
    }

    #[test]
    fn columns_of_persons_are_known_by_their_name() {
        sees("生年月日", "1990-01-01", &[Seen::BirthDate]);
        sees("世帯主", "見本", &[Seen::PersonName]);
        sees("担当者名", "見本", &[Seen::PersonName]);
        sees("担当者電話番号", "0225-95-1111", &[]);
        sees("担当課", "見本課", &[]);
        sees("施設名", "見本", &[]);
    }

    #[test]
    fn cells_of_other_columns_are_looked_at() {
        sees(
            "備考",
            "090-1234-5678 taro@gmail.com 見本太郎様",
            &[Seen::MobileNumber, Seen::PrivateAddress, Seen::AddressedName],
        );
        sees("説明", "見本太郎様", &[]);
        sees("備考", "0225-95-1111 info@city.ishinomaki.lg.jp", &[]);
    }

    #[test]
    fn no_field_of_a_national_schema_is_asked_about_for_its_name() {
        for schema in Schemas::embedded().iter() {
            for field in &schema.fields {
                let gate = Gate::of(&Column { name: field.name.clone(), field: Some(field) });
                assert!(gate.every_cell.is_none(), "{}: {}", schema.id, field.name);
            }
        }
    }

    #[test]
    fn a_my_number_is_found_in_texts_and_in_no_code() {
        assert!(of("備考").finds_my_number("123456789018"));
        assert!(of("個人番号").finds_my_number("1234 5678 9018"));
        assert!(!of("施設ID").finds_my_number("123456789018"));
        assert!(of("備考").finds_my_number("１２３４５６７８９０１８"));
    }
}
