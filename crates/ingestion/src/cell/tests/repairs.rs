//! Which proposals are repairs, and of which kind: the lines of the policy table.

use super::*;
use crate::repair::RepairCode as R;

/// The kind that names the repair; `None` where a person is to decide.
#[track_caller]
fn kind_of(field: &Field, raw: &str) -> Option<R> {
    let (_, fault) = read(field, raw);
    let fault = fault.unwrap_or_else(|| panic!("{raw:?} is a good cell"));
    assert!(fault.repair == RepairSet::NONE || fault.proposal.is_some(), "{raw:?}: a repair to nothing");
    fault.repair.main()
}

#[track_caller]
fn mends(kind: Kind, expected: R, cells: &[&str]) {
    for raw in cells {
        assert_eq!(kind_of(&field(kind.clone()), raw), Some(expected), "{raw:?} of {kind:?}");
    }
}

#[track_caller]
fn leaves(kind: Kind, cells: &[&str]) {
    for raw in cells {
        assert_eq!(kind_of(&field(kind.clone()), raw), None, "{raw:?} of {kind:?}");
    }
}

const COUNT: Kind = Kind::Integer { min: Some(0) };

#[test]
fn full_width_is_mended_where_a_field_is_read_by_its_letters() {
    for (kind, raw) in [
        (shape("^[0-9]{4}[a-z]?$"), "1399ａ"),
        (COUNT, "１２"),
        (Kind::Number, "－１．５"),
        (Kind::Date, "２０２４－０４－０１"),
        (Kind::Time { end: false }, "０９：００"),
        (Kind::Telephone, "０２２５ー９５ー１１１１"),
        (Kind::PostalCode, "９８６８５０１"),
        (Kind::Url, "ｈｔｔｐｓ：／／example.jp／"),
        (Kind::Email, "info＠example.jp"),
        (Kind::MunicipalityCode, "０４２０２１"),
        (Kind::CorporateNumber, "１００００２００４２０２１"),
        (Kind::Latitude, "３８．４３"),
    ] {
        mends(kind, R::FullWidth, &[raw]);
    }
    leaves(Kind::Ascii, &["Ｍｉｈｏｎ"]);
}

#[test]
fn half_width_kana_are_mended_and_hiragana_offered() {
    mends(Kind::Katakana, R::HalfWidthKana, &["ｺﾏｴｼﾔｸｼｮ"]);
    leaves(Kind::Katakana, &["ひよりやま"]);
}

#[test]
fn numbers_lose_what_is_no_digit() {
    mends(COUNT, R::ThousandsSeparator, &["1,234", "１，２３４"]);
    mends(COUNT, R::Unit, &["12人", "1,000円", "３０㎡"]);
    mends(Kind::Number, R::MinusSign, &["▲1.5", "△1,000円"]);
    leaves(COUNT, &["3.0", "+3", "▲3", "約3", "3個", "1,23"]);
    let fee = Field { unit: Some("円".to_owned()), ..field(COUNT) };
    assert_eq!(kind_of(&fee, "1,000円"), Some(R::Unit));
    assert_eq!(kind_of(&fee, "1000人"), None);
}

#[test]
fn dates_and_times_with_one_reading_are_mended() {
    mends(Kind::Date, R::JapaneseEra, &["令和6年4月1日", "R6.4.1", "令和元年５月１日", "S64.1.7"]);
    mends(Kind::Date, R::DateForm, &["2024/4/1", "2024.4.1", "20240401", "2024年4月1日（月）"]);
    mends(Kind::Time { end: false }, R::TimeForm, &["9:00", "9時30分", "午後5時"]);
    leaves(Kind::Date, &["1.5.1", "6/4/1", "平成31年5月1日", "45383", "2024年4月1日（火）"]);
    leaves(Kind::Time { end: false }, &["日没", "24:00"]);
}

#[test]
fn codes_get_back_what_their_length_proves() {
    mends(Kind::MunicipalityCode, R::LostZero, &["42021", "４２０２１"]);
    mends(Kind::MunicipalityCode, R::LostCheckDigit, &["04202"]);
    mends(Kind::PostalCode, R::LostZero, &["600001", "60-0001"]);
    mends(Kind::PostalCode, R::PostalCodeForm, &["986-8501", "〒９８６－８５０１"]);
    mends(
        Kind::Telephone,
        R::LostZero,
        &["225-95-1111", "(225)95-1111", "312345678", "9012345678", "120999999"],
    );
    leaves(Kind::Telephone, &["95-1111", "201234567", "2259511", "22595111111"]);
    leaves(Kind::MunicipalityCode, &["11100", "042022"]);
    leaves(shape("^[0-9]{7}$"), &["11002"]);
    leaves(Kind::CorporateNumber, &["1-0000-2004-2021"]);
}

#[test]
fn telephone_numbers_get_their_hyphens() {
    mends(
        Kind::Telephone,
        R::TelephoneForm,
        &["0225.95.1111", "0225 95 1111", "(076)2723695", "０３１２３４５６７８"],
    );
    leaves(Kind::Telephone, &["0225951111", "なし", "0225-95-1111（総務課）"]);
}

#[test]
fn values_are_spelt_as_listed() {
    mends(values(&["有", "無"]), R::ValueSpelling, &["○", "〇", "◯", "あり", "1", "１", "×", "なし"]);
    mends(values(&["1"]), R::ValueSpelling, &["○", "１"]);
    leaves(values(&["有", "無"]), &["可", "スロープ有", "-"]);
    leaves(values(&["有", "無", "可", "否"]), &["○"]);
}

#[test]
fn what_is_a_matter_of_taste_is_only_offered() {
    leaves(Kind::Url, &["http//example.jp/"]);
    leaves(Kind::Weekdays, &["月～金", "日;月"]);
    leaves(Kind::List, &["穀町、立町"]);
}

/// The eras by their first days, as the calendar has them.
#[test]
fn an_era_ends_the_day_before_the_next_begins() {
    let read = |raw: &str| read(&field(Kind::Date), raw).1;
    let date = |raw: &str| read(raw).and_then(|fault| fault.proposal);
    for (raw, day) in [
        ("令和元年5月1日", Some("2019-05-01")),
        ("平成31年4月30日", Some("2019-04-30")),
        ("平成元年1月8日", Some("1989-01-08")),
        ("昭和64年1月7日", Some("1989-01-07")),
        ("昭和元年12月25日", Some("1926-12-25")),
        ("大正15年12月24日", Some("1926-12-24")),
        ("大正元年7月30日", Some("1912-07-30")),
        ("明治45年7月29日", Some("1912-07-29")),
    ] {
        assert_eq!(date(raw).as_deref(), day, "{raw}");
    }
    let beyond =
        ["令和元年4月30日", "平成31年5月1日", "昭和64年1月8日", "平成元年1月7日", "大正15年12月25日"];
    for raw in beyond {
        assert_eq!(read(raw).map(|fault| fault.code), Some(Code::NoSuchDate), "{raw}");
    }
}

proptest! {
    #[test]
    fn every_day_of_an_era_is_one_day(days in 0..36_000_i64, letter in any::<bool>()) {
        let day = jiff::civil::date(1926, 12, 25).checked_add(jiff::Span::new().days(days)).unwrap();
        let eras = [("令和", "R", 2019, (2019, 5, 1)), ("平成", "H", 1989, (1989, 1, 8)), ("昭和", "S", 1926, (1926, 12, 25))];
        let (name, short, first, _) = eras
            .into_iter()
            .find(|(.., (year, month, of))| day >= jiff::civil::date(*year, *month, *of))
            .unwrap();
        let (year, month, of) = (day.year() - first + 1, day.month(), day.day());
        let raw = match (letter, year) {
            (true, _) => format!("{short}{year}.{month}.{of}"),
            (false, 1) => format!("{name}元年{month}月{of}日"),
            (false, _) => format!("{name}{year}年{month}月{of}日"),
        };
        let fault = read(&field(Kind::Date), &raw).1.unwrap();
        prop_assert_eq!(fault.proposal, Some(day.to_string()), "{}", raw);
        prop_assert_eq!(fault.repair.main(), Some(R::JapaneseEra));
    }
}
