//! What names and lists promise.

use super::*;

mod names {
    use super::*;

    #[test]
    fn in_katakana_may_hold_signs_and_letters() {
        good(Kind::Katakana, &["ツキノウラコウシュウベンジョ", "ＡＥＤセンター（ホンカン）", "JRエキマエ"]);
    }

    #[test]
    fn in_half_width_kana_or_hiragana_are_warnings_with_the_name() {
        warning(Kind::Katakana, "ｺﾏｴｼﾔｸｼｮ", Code::NotKatakana, Some("コマエシヤクショ"));
        warning(Kind::Katakana, "ｱｲﾄﾋﾟｱｾﾝﾀｰ", Code::NotKatakana, Some("アイトピアセンター"));
        warning(Kind::Katakana, "ひよりやま", Code::NotKatakana, Some("ヒヨリヤマ"));
    }

    #[test]
    fn with_kanji_are_a_breach() {
        breach(Kind::Katakana, "陽楽坊\u{3000}晴れ晴れ", Code::NotKatakana, None);
    }

    #[test]
    fn in_english_are_printable_ascii() {
        good(Kind::Ascii, &["Public restroom at Tukinoura", "Noto (Park) & more"]);
        warning(
            Kind::Ascii,
            "KANAZAWA\u{3000}HORSE\u{3000}PARK",
            Code::NotAscii,
            Some("KANAZAWA HORSE PARK"),
        );
        warning(Kind::Ascii, "Park （Sekidouzan)", Code::NotAscii, Some("Park (Sekidouzan)"));
        warning(Kind::Ascii, "Children’s Café", Code::NotAscii, Some("Children's Cafe"));
        breach(Kind::Ascii, "soccer・rugbystadium", Code::NotAscii, None);
    }
}

mod lists {
    use super::*;

    #[test]
    fn of_values_take_nothing_else() {
        good(values(&["有", "無"]), &["有", "無"]);
        breach(values(&["有", "無"]), "スロープ有", Code::NotInList, None);
        breach(values(&["有", "無"]), "可", Code::NotInList, None);
    }

    #[test]
    fn of_values_from_published_files_are_never_sure() {
        let published = Field { values_from: ValuesFrom::Published, ..field(values(&["有", "無"])) };
        found(&published, "可", Severity::Warning, Code::NotInList, None);
    }

    #[test]
    fn propose_the_value_that_an_office_means() {
        breach(values(&["有", "無"]), "○", Code::NotInList, Some("有"));
        breach(values(&["有", "無"]), "なし", Code::NotInList, Some("無"));
        breach(values(&["1"]), "○", Code::NotInList, Some("1"));
        breach(values(&["1"]), "１", Code::NotInList, Some("1"));
        breach(
            values(&["認定こども園（幼保連携型）"]),
            "認定こども園(幼保連携型)",
            Code::NotInList,
            Some("認定こども園（幼保連携型）"),
        );
        breach(values(&["有", "無", "可", "否"]), "○", Code::NotInList, None);
    }

    #[test]
    fn of_weekdays_go_from_monday_on() {
        good(Kind::Weekdays, &["月火水木金土日", "月", "土日"]);
        for (raw, days) in [
            ("日;月;木", "月木日"),
            ("火月", "月火"),
            ("月月", "月"),
            ("月～土", "月火水木金土"),
            ("月・水・金曜日", "月水金"),
            ("毎日", "月火水木金土日"),
        ] {
            warning(Kind::Weekdays, raw, Code::NotWeekdays, Some(days));
        }
        warning(Kind::Weekdays, "日;月;木;金;土;祝", Code::NotWeekdays, None);
        for raw in ["年末年始以外", "全日・全時間帯使用可", "土～火", ";"] {
            breach(Kind::Weekdays, raw, Code::NotWeekdays, None);
        }
    }

    #[test]
    fn of_texts_are_separated_by_semicolons() {
        good(Kind::List, &["穀町", "穀町;立町", "内科・小児科", "a,b;c"]);
        for raw in ["穀町、立町", "穀町；立町", "穀町,立町", "穀町\n立町"] {
            warning(Kind::List, raw, Code::NotAList, Some("穀町;立町"));
        }
        for raw in ["、", "優先駐車場；有、エレベーター；有"] {
            warning(Kind::List, raw, Code::NotAList, None);
        }
    }
}
