//! How one cell is written: blanks for looks (L1-06), several values (L1-07), letters that only some machines
//! have (L1-08).
//!
//! Only cells with a byte that may matter come here; see [`super::classes`]. Each function gives what it finds
//! first: a cell counts once a rule.

use super::breach::What;
use super::figures;

/// Blanks at an end of `cell`, which the reader found: whether they are there for looks.
pub(super) fn blanks_at_end(cell: &str) -> Option<What> {
    (!(cell.contains('\u{3000}') && wide_blank_has_meaning(cell))).then_some(What::BlankAtEnd)
}

/// L1-06, but for blanks at an end, which the reader finds. `address` is a column of addresses, in which full-width and repeated blanks are usual.
pub(super) fn layout(cell: &str, address: bool) -> Option<What> {
    if !may_be_laid_out(cell.as_bytes()) {
        return None;
    }
    let text = cell.trim();
    let is_text = text.len() == cell.trim_end_matches('\n').len();
    if is_text && !(cell.contains('\u{3000}') && wide_blank_has_meaning(cell)) {
        if !address && text.contains('\u{3000}') {
            return Some(What::WideBlank);
        }
        if !address && has_blank_run(text) {
            return Some(What::BlankRun);
        }
    }
    let inner = cell.trim_end_matches(['\r', '\n']);
    if !inner.bytes().any(|byte| matches!(byte, b'\r' | b'\n')) {
        return None;
    }
    let blanks = inner.chars().filter(|letter| letter.is_whitespace()).count();
    // More than a tenth of the letters, counted without fractions.
    (blanks * 10 > inner.chars().count()).then_some(What::LayoutBreak)
}

/// Whether there is a control, two blanks side by side, or a full-width one: most texts have none.
///
/// Written without short cuts: the compiler then looks at several bytes at a time.
fn may_be_laid_out(bytes: &[u8]) -> bool {
    let (second, third) = (bytes.iter().skip(1), bytes.iter().skip(2));
    let control = bytes.iter().fold(false, |any, byte| any | (*byte < b' '));
    let blanks =
        bytes.iter().zip(second.clone()).fold(false, |any, (a, b)| any | ((*a == b' ') & (*b == b' ')));
    let wide = bytes.iter().zip(second).zip(third);
    let wide = wide.fold(false, |any, ((a, b), c)| any | ((*a == 0xe3) & (*b == 0x80) & (*c == 0x80)));
    control | blanks | wide
}

fn has_blank_run(text: &str) -> bool {
    // A run of blanks begins with one of two bytes, and most texts have neither.
    if !(text.contains(' ') || text.contains('\u{3000}')) {
        return false;
    }
    let blank = |letter| matches!(letter, ' ' | '\u{3000}');
    text.chars().zip(text.chars().skip(1)).any(|(one, next)| blank(one) && blank(next))
}

/// Whether the full-width blanks of `cell` stand behind a mark of a list, or indent, as in printed tables.
fn wide_blank_has_meaning(cell: &str) -> bool {
    const BLANK: char = '\u{3000}';
    let then_blank = |rest: &str| rest.starts_with(BLANK);
    let indented = cell.trim_start_matches(BLANK);
    let indent = (cell.len() - indented.len()) / BLANK.len_utf8();
    let digits = |text: &str| -> usize {
        text.chars()
            .take_while(|it| it.is_ascii_digit() || ('０'..='９').contains(it))
            .map(char::len_utf8)
            .sum()
    };
    let after = |text: &str, bytes: usize| text.get(bytes..).unwrap_or_default().to_owned();
    let mark = cell.chars().next().is_some_and(|first| {
        matches!(first, 'ア'..='ン' | 'a'..='z' | 'ａ'..='ｚ' | '①'..='⑳' | '（' | '(') && {
            let rest = after(cell, first.len_utf8());
            then_blank(&rest) || rest.strip_prefix(['）', ')']).is_some_and(then_blank)
        }
    });
    let bracket_mark = cell.strip_prefix(['（', '(']).is_some_and(|rest| {
        let mut letters = rest.chars();
        letters.next().is_some() && letters.as_str().strip_prefix(['）', ')']).is_some_and(then_blank)
    });
    let asterisk = cell.strip_prefix('※').is_some_and(|rest| then_blank(&after(rest, digits(rest))));
    let chapter = cell.strip_prefix('第').is_some_and(|rest| {
        let number = rest.trim_start_matches(|it: char| {
            it.is_ascii_digit() || ('０'..='９').contains(&it) || "一二三四五六七八九十".contains(it)
        });
        number.len() != rest.len() && then_blank(number)
    });
    let ditto = indent > 0 && indented == "〃";
    let bullet = indent > 0 && indented.starts_with(['○', '●', '・', '◯']);
    let bracketed = cell.strip_prefix('[').and_then(|rest| rest.split_once(']')).is_some_and(|(_, rest)| {
        rest.trim_start_matches(BLANK)
            .starts_with(|it: char| it.is_ascii_digit() || ('０'..='９').contains(&it))
    });
    let roman = cell
        .strip_prefix(|it: char| ('\u{2160}'..='\u{217f}').contains(&it))
        .is_some_and(|rest| rest.starts_with(['．', '.']));
    let numbered =
        digits(cell) > 0 && after(cell, digits(cell)).strip_prefix(['．', '.']).is_some_and(then_blank);
    let indented_number =
        indent >= 2 && digits(indented) > 0 && after(indented, digits(indented)).starts_with(['．', '.']);
    mark || bracket_mark
        || asterisk
        || chapter
        || ditto
        || bullet
        || bracketed
        || roman
        || numbered
        || indented_number
}

/// L1-07. `numeric` is a column of numbers, in which commas are L2-01's business.
///
/// Running text is no list: the checker of the agency takes it for one, the rule does not mean it.
pub(super) fn several_values(cell: &str, numeric: bool) -> Option<What> {
    if memchr::memchr(b'\n', cell.as_bytes()).is_some()
        && cell.lines().filter(|line| !line.trim().is_empty()).count() > 1
    {
        return Some(What::SeveralLines);
    }
    let pair = cell.strip_suffix('）').and_then(|rest| rest.split_once('（'));
    if pair.is_some_and(|(one, other)| figures::all_digits(one) && figures::all_digits(other)) {
        return Some(What::PairInBrackets);
    }
    if is_prose(cell) {
        return None;
    }
    let several = |sign: char| cell.matches(sign).nth(1).is_some();
    if several('、') {
        Some(What::ListCommas)
    } else if several('・') {
        Some(What::MiddleDots)
    } else {
        (commas_separate(cell) || (!numeric && commas_are_left(cell))).then_some(What::Commas)
    }
}

/// A sentence, or longer than any list of a few values.
fn is_prose(cell: &str) -> bool {
    const CHARS_OF_A_LIST_MAX: usize = 100;
    cell.contains('。') || cell.chars().nth(CHARS_OF_A_LIST_MAX).is_some()
}

/// A comma with something else than a digit on both sides.
fn commas_separate(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    bytes
        .iter()
        .enumerate()
        .any(|(at, byte)| *byte == b',' && !is_digit(at.checked_sub(1)) && !is_digit(at.checked_add(1)))
}

/// Commas that are left when blanks and what stands in full-width brackets is taken away, unless the rest is
/// one number.
fn commas_are_left(cell: &str) -> bool {
    if !cell.contains(',') {
        return false;
    }
    let mut inside = false;
    let rest: String = cell
        .chars()
        .filter(|letter| {
            let kept = !inside && *letter != '（' && !letter.is_whitespace();
            inside = (inside || *letter == '（') && *letter != '）';
            kept
        })
        .collect();
    rest.contains(',') && !figures::is_number(rest.as_bytes())
}

/// L1-08. `cp932` is the encoding of the file: only there a wave dash may turn into something else.
///
/// Full-width letters and digits, which the checker of the agency only mentions, are passed over.
pub(super) fn dependent_letters(cell: &str, cp932: bool) -> Option<What> {
    // Most texts have none of the three bytes that these letters are made of. Without short cuts the compiler looks at
    // several at a time.
    let bytes = cell.as_bytes();
    let threes = bytes.iter().zip(bytes.iter().skip(1)).zip(bytes.iter().skip(2));
    let begins = |a: u8, b: u8, c: u8| {
        let of_e2 = (a == 0xe2) & ((b == 0x85) | (b == 0x91));
        let of_e3 = (a == 0xe3) & ((b & 0xf8) == 0x88);
        let of_ef = (a == 0xef) & ((b & 0xfe) == 0xb8);
        let wave = ((a == 0xe3) & (b == 0x80) & (c == 0x9c)) | ((a == 0xef) & (b == 0xbd) & (c == 0x9e));
        of_e2 | of_e3 | of_ef | (wave & cp932)
    };
    if !threes.fold(false, |any, ((a, b), c)| any | begins(*a, *b, *c)) {
        return None;
    }
    let what = cell.chars().find_map(|letter| match letter {
        '\u{2460}'..='\u{2473}' | '\u{3251}'..='\u{325f}' | '\u{32b1}'..='\u{32bf}' => {
            Some(What::CircledNumber)
        }
        '\u{2160}'..='\u{217f}' => Some(What::RomanNumeral),
        '〜' | '～' if cp932 => Some(What::WaveDash),
        '㎡' | '㎥' | '㎢' | '㎠' | '㎝' | '㎞' | '㎜' | '㎏' | '㎎' | '㎍' | '㎅' | '㎄' | '㎃' | '㎖'
        | '㎗' | '㎘' | '㏄' | '㏊' => None,
        '\u{3220}'..='\u{3243}'
        | '\u{3280}'..='\u{32ff}'
        | '\u{3300}'..='\u{33ff}'
        | '\u{fe30}'..='\u{fe4f}' => Some(What::PlatformSign),
        _ => None,
    });
    what.filter(|_| !is_class_code(cell.trim()))
}

/// `Ⅰ-0`: one Roman numeral letter, a dash, digits.
fn is_class_code(text: &str) -> bool {
    text.strip_prefix(|it: char| ('\u{2160}'..='\u{217f}').contains(&it))
        .and_then(|rest| rest.strip_prefix(['ー', '－', '-']))
        .is_some_and(|rest| {
            !rest.is_empty() && rest.chars().all(|it| it.is_ascii_digit() || ('０'..='９').contains(&it))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn lays_out(cell: &str, expected: Option<What>) {
        assert_eq!(layout(cell, false), expected, "{cell:?}");
    }

    #[test]
    fn single_blanks_in_a_text_are_good() {
        lays_out("Hokkaido Prefecture", None);
        lays_out("石巻市 穀町", None);
        lays_out("北海道\n", None);
    }

    #[test]
    fn blanks_at_an_end_are_for_looks_unless_they_indent_a_mark() {
        for cell in ["  北海道", "宮城県  ", "\u{3000}青森県", "\t1"] {
            assert_eq!(
                (layout(cell, false), blanks_at_end(cell)),
                (None, Some(What::BlankAtEnd)),
                "{cell:?}"
            );
        }
        assert_eq!(blanks_at_end("\u{3000}・内訳"), None);
    }

    #[test]
    fn wide_and_repeated_blanks_are_for_looks_but_in_addresses() {
        lays_out("青\u{3000}森", Some(What::WideBlank));
        lays_out("2020  年", Some(What::BlankRun));
        assert_eq!(layout("石巻市穀町14-1\u{3000}本庁舎", true), None);
    }

    #[test]
    fn a_wide_blank_behind_a_mark_has_its_meaning() {
        for cell in [
            "ア\u{3000}人口",
            "（ア）\u{3000}人口",
            "①\u{3000}人口",
            "※1\u{3000}注",
            "第3\u{3000}表",
            "第十\u{3000}表",
            "\u{3000}〃",
            "\u{3000}・内訳",
            "[1]\u{3000}2",
            "Ⅲ．\u{3000}章",
            "1．\u{3000}章",
            "\u{3000}\u{3000}12．節",
        ] {
            lays_out(cell, None);
        }
        lays_out("第5表\u{3000}人口", Some(What::WideBlank));
    }

    #[test]
    fn a_line_break_counts_where_more_than_a_tenth_is_blank() {
        lays_out("2020年\n人口", Some(What::LayoutBreak));
        lays_out("青森県\n（東北）", Some(What::LayoutBreak));
        lays_out("12345\n678", Some(What::LayoutBreak));
        lays_out("12345\n6789", None);
    }

    #[track_caller]
    fn holds(cell: &str, expected: Option<What>) {
        assert_eq!(several_values(cell, false), expected, "{cell:?}");
    }

    #[test]
    fn one_value_is_one() {
        for cell in ["石巻市", "1,234,567", "-1,234.5", "月・火", "一、二", "一行\n", "総数（1,2）"]
        {
            holds(cell, None);
        }
    }

    #[test]
    fn lists_lines_and_pairs_are_several() {
        holds("商品\n月", Some(What::SeveralLines));
        holds("391445（355943）", Some(What::PairInBrackets));
        holds("a、b、c", Some(What::ListCommas));
        holds("月・火・水", Some(What::MiddleDots));
        holds("りんご,みかん", Some(What::Commas));
        holds("1188389, 391445（355943）", Some(What::Commas));
    }

    #[test]
    fn running_text_is_no_list() {
        holds("石巻、女川、東松島から行けます。", None);
        holds(&"長い文、".repeat(30), None);
    }

    #[test]
    fn commas_in_a_column_of_numbers_are_another_rule_s() {
        assert_eq!(several_values("12,34", true), None);
        assert_eq!(several_values("12,34", false), Some(What::Commas));
    }

    #[track_caller]
    fn depends(cell: &str, expected: Option<What>) {
        assert_eq!(dependent_letters(cell, false), expected, "{cell:?}");
    }

    #[test]
    fn letters_that_only_some_machines_have_are_told_by_their_kind() {
        depends("⑤番", Some(What::CircledNumber));
        depends("Ⅲ", Some(What::RomanNumeral));
        depends("㈱見本", Some(What::PlatformSign));
        depends("㌔㌢", Some(What::PlatformSign));
        depends("㋿元年", Some(What::PlatformSign));
        depends("Ａ①", Some(What::CircledNumber));
    }

    #[test]
    fn none_of_these_letters_is_passed_over() {
        let ranges = [
            '\u{2460}'..='\u{2473}',
            '\u{2160}'..='\u{217f}',
            '\u{3251}'..='\u{325f}',
            '\u{32b1}'..='\u{32bf}',
            '\u{3220}'..='\u{3243}',
            '\u{3280}'..='\u{32ff}',
            '\u{3300}'..='\u{3394}',
            '\u{fe30}'..='\u{fe4f}',
        ];
        for letter in ranges.into_iter().flatten().filter(|letter| !"㎅㎃㎄㎍㎎㎏".contains(*letter)) {
            assert!(dependent_letters(&letter.to_string(), false).is_some(), "{letter}");
        }
        for letter in ['〜', '～'] {
            assert_eq!(dependent_letters(&letter.to_string(), true), Some(What::WaveDash), "{letter}");
        }
    }

    #[test]
    fn units_names_and_codes_of_classes_are_good() {
        for cell in ["㎡", "髙﨑", "ｶﾅ", "石巻市（本庁）", "9時～17時", "ＡＢＣ", "Ⅱ－１"]
        {
            depends(cell, None);
        }
        assert_eq!(dependent_letters("9時～17時", true), Some(What::WaveDash));
    }
}
