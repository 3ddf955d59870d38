use proptest::prelude::*;

use super::*;

/// Both are searched as one.
#[track_caller]
fn same(one: &str, other: &str) {
    assert_eq!(fold([one]), fold([other]), "{one} and {other}");
}

#[track_caller]
fn differ(one: &str, other: &str) {
    assert_ne!(fold([one]), fold([other]), "{one} and {other}");
}

#[test]
fn width_case_and_blanks_do_not_matter() {
    same("公衆ＷｉＦｉ　 ｱｸｾｽﾎﾟｲﾝﾄ", "公衆wifi アクセスポイント");
    same("\tAED\u{0}\n", "ａｅｄ");
    same("㍻３１年①", "平成31年1");
    assert_eq!(fold(["　"]), "");
}

#[test]
fn katakana_and_hiragana_are_one() {
    same("トイレ", "といれ");
    same("ヴ", "ゔ");
    same("松ヶ丘", "松ケ丘");
    same("1ヵ所", "1カ所");
    differ("びょういん", "びよういん");
}

#[test]
fn a_voiced_mark_belongs_to_its_letter_however_it_is_written() {
    same("が", "か\u{3099}");
    same("ガード", "ｶﾞｰﾄﾞ");
    same("パ", "ﾊ\u{309A}");
}

#[test]
fn old_and_variant_letters_are_found_as_their_usual_form() {
    for (old, new) in [
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("卷", "巻"),
        ("國會", "国会"),
        ("鹽竈", "塩竃"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("澤", "沢"),
        ("𠮷野", "吉野"),
        ("濵", "浜"),
    ] {
        same(old, new);
    }
}

#[test]
fn what_nobody_sees_is_not_looked_at() {
    same("葛\u{E0100}城", "葛城");
    same("石\u{200B}巻\u{FEFF}", "石巻");
    same("か\u{200D}\u{3099}", "が");
}

#[test]
fn a_long_vowel_mark_is_settled_by_its_neighbours() {
    same("サーバー", "サーバ");
    same("サーバー室", "サーバ室");
    same("コ―ヒ‐カップ", "コーヒーカップ");
    same("ラーーメン", "ラーメン");
    same("ユーザー", "ﾕｰｻﾞｰ");
    differ("ビール", "ビル");
    differ("コーヒー", "コヒ");
}

#[test]
fn elsewhere_the_mark_is_a_dash_and_every_dash_is_one() {
    same("1ー2", "１−２");
    same("1‐2―3", "1-2-3");
    same("ア-1", "ア－1");
    differ("ア-1", "ア1");
}

#[test]
fn no_word_is_found_across_two_texts() {
    let folded = fold(["避難", "", "場所"]);
    assert_eq!(folded, "避難\n場所");
    assert!(!folded.contains("避難場所"));
}

#[test]
fn what_is_kept_of_a_text_has_an_end() {
    assert_eq!(pieces([&*"あ".repeat(LETTERS_MAX + 5)]).chars().count(), LETTERS_MAX);
    assert_eq!(pieces([&*"a".repeat(LETTERS_MAX)]).len(), LETTERS_MAX);
}

/// `word` stands at `parts` of `text`.
#[track_caller]
fn stands(word: &str, text: &str, parts: &[&str]) {
    let folded = Folded::of(text);
    let found: Vec<_> =
        folded.places_of(&fold([word])).into_iter().map(|place| text.get(place).unwrap()).collect();
    assert_eq!(found, parts, "{word} in {text}");
}

#[test]
fn a_word_is_marked_where_the_text_has_it() {
    stands("避難", "一時避難と避難所", &["避難", "避難"]);
    stands("平成", "㍻３１年", &["㍻"]);
    stands("サーバ", "新しいｻｰﾊﾞｰ一台", &["ｻｰﾊﾞｰ"]);
    stands("高", "髙 橋", &["髙"]);
    stands("wifi", "公衆ＷｉＦｉ。", &["ＷｉＦｉ"]);
    stands("が", "か\u{3099}く", &["か\u{3099}"]);
    stands("無い", "有る", &[]);
}

/// Letters that have something to do with one another.
fn text() -> impl Strategy<Value = String> {
    let odd = "[ーｰ―‐\\-－ 　\u{0}\u{200D}\u{3099}\u{309A}ﾞｶかサーあ1A髙國㍻İ\u{323}\u{FFA0}가]{0,12}";
    prop_oneof![
        odd.prop_map(|text| text),
        ".{0,24}".prop_map(|text| text),
        "[ぁ-ヿｦ-ﾟ一-龥\u{300}-\u{345}]{0,12}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn folding_what_is_folded_changes_nothing(text in text()) {
        let once = fold([&*text]);
        prop_assert_eq!(fold([&*once]), once);
    }

    #[test]
    fn both_ways_of_folding_agree(text in text()) {
        let folded = Folded::of(&text);
        prop_assert_eq!(&folded.text, &fold([&*text]));
        let mut end = 0;
        for (_, part) in &folded.letters {
            prop_assert!(part.start <= part.end && text.get(part.clone()).is_some());
            prop_assert!(part.end >= end);
            end = part.end;
        }
    }

    #[test]
    fn a_part_of_a_plain_text_is_found_in_it(text in "[避難所公園一-龥]{1,20}", start in 0usize..20, length in 1usize..5) {
        let letters: Vec<char> = text.chars().collect();
        let part: String = letters.iter().skip(start % letters.len()).take(length).collect();
        prop_assert!(fold([&*text]).contains(&fold([&*part])));
        prop_assert!(!Folded::of(&text).places_of(&fold([&*part])).is_empty());
    }
}
