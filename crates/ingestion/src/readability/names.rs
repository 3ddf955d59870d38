//! What the names of columns say: whether they name anything (L1-05), want a unit (L3-04), speak of times,
//! addresses or regions, or stand side by side for want of rows (L3-09).

use super::breach::What;
use super::figures;

/// Whether `name` is a name that programs make up and that says nothing: 列1, V1, Unnamed: 0.
///
/// Rule text of L1-05: 意味が推測できない符号 count as missing. The checker of the agency does not look.
pub(super) fn says_nothing(name: &str) -> bool {
    ["列", "項目", "フィールド", "Column", "column", "Unnamed: ", "Field", "field", "V", "F"]
        .iter()
        .any(|word| name.strip_prefix(word).is_some_and(figures::all_digits))
}

/// Whether `names` do nothing but count: 001, 002, 003.
pub(super) fn only_count(names: &[&str]) -> bool {
    let numbers: Option<Vec<u64>> = names
        .iter()
        .map(|name| Some(*name).filter(|name| figures::all_digits(name)).and_then(|name| name.parse().ok()))
        .collect();
    numbers.is_some_and(|numbers| {
        numbers.len() > 1
            && numbers.iter().zip(numbers.iter().skip(1)).all(|(one, next)| one.checked_add(1) == Some(*next))
    })
}

/// Whether the cells of a column named `name` are addresses.
pub(super) fn is_of_addresses(name: &str) -> bool {
    let words =
        ["住所", "所在地", "勤務地", "居所", "連絡先住所", "本籍", "現住所", "送付先", "address", "addr"];
    contains(&name.to_lowercase(), &words)
}

/// Whether the cells of a column named `name` are times.
pub(super) fn is_of_times(name: &str) -> bool {
    let words = ["年", "月", "日", "時期", "期間", "時点", "date", "year", "month", "period"];
    contains(&name.to_lowercase(), &words)
}

/// Whether `name` begins with a date of an era and gives no Western year.
pub(super) fn is_of_era(name: &str) -> bool {
    figures::begins_with_era_date(name) && figures::TimeForm::of(name) == Some(figures::TimeForm::Era)
}

/// Whether the cells of a column named `name` are regions.
pub(super) fn is_of_regions(name: &str) -> bool {
    let words = [
        "都道府県",
        "地域",
        "地区",
        "市区町村",
        "自治体",
        "所在地",
        "住所",
        "県",
        "府",
        "市",
        "町",
        "村",
        "region",
        "prefecture",
        "city",
        "address",
        "地域コード",
        "団体コード",
    ];
    contains(&name.to_lowercase(), &words)
}

/// Whether `name` is that of a code.
pub(super) fn is_of_codes(name: &str) -> bool {
    contains(&name.to_lowercase(), &["コード", "code"])
}

/// Whether numbers under `name` need a unit that `name` does not give.
///
/// Beside the words of the agency's checker, 緯度 and 経度 imply theirs: decimal degrees.
pub(super) fn lacks_unit(name: &str) -> bool {
    const UNITS: &str = "人 件 円 千円 百万円 億円 万円 % ％ kg km m cm mm g t ha ㎡ ㎢ 個 台 回 本 枚 箇所 か所 世帯 戸 \
        社 校 棟 隻 機 両 組 点 冊 食 泊 日 月 年 時間 分 秒 歳 才 度 kW kWh MW GW L mL dL";
    const IMPLIED: &str = "金額 価格 費用 コスト 売上 収入 支出 人口 人数 従業員数 利用者数 面積 距離 長さ 高さ 幅 重量 \
        重さ 質量 割合 率 比率 構成比 年齢 年数 温度 気温 緯度 経度";
    const NO_UNIT: &str = "コード code 番号 No ID 指数 指標 順位 ランク フラグ 区分";
    const NO_UNIT_WORDS: &str = "id code key name type flag status index sort rank order level class year month date \
        number count cnt num no row col seq version is has will can use latitude longitude lat lon lng";
    let in_brackets = name
        .split(['（', '('])
        .skip(1)
        .filter_map(|rest| rest.split(['）', ')']).next())
        .any(|unit| UNITS.split(' ').any(|known| known == unit.trim()));
    let has = |words: &str| words.split(' ').any(|word| name.contains(word));
    let lower = name.to_lowercase();
    let word = || lower.split(['_', '-', ' ']).any(|part| NO_UNIT_WORDS.split(' ').any(|word| word == part));
    !(in_brackets
        || has(IMPLIED)
        || name.ends_with('数')
        || has(NO_UNIT)
        || figures::all_digits(name)
        || word())
}

/// Columns that should be rows: what they are, and the first and the last of them, from 0.
///
/// `names` are those of the last header row; `standard` tells the columns whose numbered names a national schema
/// fixes (画像1 …), which nobody may turn into rows.
pub(super) fn across(names: &[&str], standard: impl Fn(usize) -> bool) -> Option<(What, usize, usize)> {
    const COLUMNS_MIN: usize = 4;
    const COLUMNS_MAX: usize = 100;
    if names.len() < COLUMNS_MIN {
        return None;
    }
    if names.len() > COLUMNS_MAX && !(0..names.len()).any(&standard) {
        return Some((What::TooWide, 0, names.len() - 1));
    }
    for kind in [is_western_year, is_month, is_period, is_era_year] {
        let found: Vec<usize> =
            names.iter().enumerate().filter(|(_, name)| kind(name.trim())).map(|(index, _)| index).collect();
        if let ([first, _, _, ..], Some(last)) = (found.as_slice(), found.last()) {
            return Some((What::TimesAcross, *first, *last));
        }
    }
    numbered(names, standard)
}

/// Four columns or more of one name with a number behind it.
fn numbered(names: &[&str], standard: impl Fn(usize) -> bool) -> Option<(What, usize, usize)> {
    const NAMED_MIN: usize = 5;
    const SAME_MIN: usize = 4;
    if names.iter().filter(|name| !name.is_empty()).count() < NAMED_MIN {
        return None;
    }
    let bases: Vec<Option<&str>> = names
        .iter()
        .enumerate()
        .map(|(index, name)| Some(base(name)?).filter(|_| !standard(index)))
        .collect();
    bases.iter().enumerate().find_map(|(first, base)| {
        let base = (*base)?;
        let same =
            || bases.iter().enumerate().filter(|(_, other)| **other == Some(base)).map(|(index, _)| index);
        (same().count() >= SAME_MIN)
            .then(|| (What::NumberedColumns, first, same().next_back().unwrap_or(first)))
    })
}

/// 画像 of 画像_1.
fn base(name: &str) -> Option<&str> {
    let base = name.trim_end_matches(|it: char| it.is_ascii_digit());
    let base = Some(base).filter(|base| base.len() < name.len())?.trim_end_matches([' ', '_', '-']);
    Some(base).filter(|base| !base.is_empty())
}

fn is_western_year(name: &str) -> bool {
    let year = name.trim_end_matches('度').trim_end_matches('年');
    year.len() == 4 && figures::all_digits(year) && (year.starts_with("19") || year.starts_with("20"))
}

fn is_month(name: &str) -> bool {
    name.strip_suffix('月').is_some_and(|month| month.len() <= 2 && figures::all_digits(month))
}

fn is_period(name: &str) -> bool {
    let counted = name
        .strip_suffix(['期', '回'])
        .is_some_and(|rest| figures::all_digits(rest.strip_prefix('第').unwrap_or(rest)));
    let half = ["上半", "下半", "前半", "後半"].contains(&name.trim_end_matches('期'));
    let quarter = matches!(name.as_bytes(), [b'1'..=b'4', b'Q'] | [b'Q', b'1'..=b'4']);
    counted || half || quarter || matches!(name, "上期" | "下期")
}

fn is_era_year(name: &str) -> bool {
    let counted = |year: &str| (1..=2).contains(&year.len()) && figures::all_digits(year);
    let era = ["平成", "令和", "昭和"].iter().find_map(|era| name.strip_prefix(era));
    let long = era.map(|rest| rest.trim_end_matches('度').trim_end_matches('年'));
    long.is_some_and(|year| year == "元" || counted(year))
        || name.strip_prefix(['R', 'H', 'S']).is_some_and(counted)
}

fn contains(name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_programs_make_up_say_nothing() {
        assert!(["列1", "V12", "Unnamed: 0", "Column3"].iter().all(|name| says_nothing(name)));
        assert!(["列", "名称", "画像1", "VIP"].iter().all(|name| !says_nothing(name)));
    }

    #[test]
    fn names_that_only_count_are_told() {
        assert!(only_count(&["001", "002", "003"]));
        assert!(!only_count(&["1"]) && !only_count(&["1", "3"]) && !only_count(&["名称", "2"]));
        assert!(!only_count(&["1", "18446744073709551616"]));
    }

    #[track_caller]
    fn wants_unit(names: &[&str], expected: bool) {
        for name in names {
            assert_eq!(lacks_unit(name), expected, "{name}");
        }
    }

    #[test]
    fn units_stand_in_brackets_or_are_implied() {
        wants_unit(
            &[
                "売上（円）",
                "面積(㎡)",
                "人口",
                "件数",
                "年齢",
                "緯度",
                "経度",
                "電話番号",
                "ID",
                "row_no",
                "2020",
            ],
            false,
        );
        wants_unit(&["数値1", "データ", "スコア", "数量", "2020年", "点（満点）"], true);
    }

    #[test]
    fn three_years_side_by_side_are_too_many() {
        assert_eq!(across(&["県", "2020年", "2021年", "2022年"], |_| false), Some((What::TimesAcross, 1, 3)));
        assert_eq!(
            across(&["県", "2020", "2021年度", "x", "1999年"], |_| false),
            Some((What::TimesAcross, 1, 4))
        );
        assert_eq!(across(&["県", "1月", "2月", "12月"], |_| false), Some((What::TimesAcross, 1, 3)));
        assert_eq!(across(&["県", "Q1", "Q2", "Q3"], |_| false), Some((What::TimesAcross, 1, 3)));
        assert_eq!(
            across(&["県", "平成30年", "令和元年度", "R2"], |_| false),
            Some((What::TimesAcross, 1, 3))
        );
        assert_eq!(across(&["県", "2020年", "2021年", "備考"], |_| false), None);
        assert_eq!(across(&["2020年", "2021年", "2022年"], |_| false), None);
    }

    #[test]
    fn four_numbered_columns_are_too_many_unless_a_standard_fixes_them() {
        let names = ["名称", "画像1", "画像_2", "画像-3", "画像 4"];
        assert_eq!(across(&names, |_| false), Some((What::NumberedColumns, 1, 4)));
        assert_eq!(across(&names, |_| true), None);
        assert_eq!(across(&["名称", "説明", "画像1", "画像2", "画像3"], |_| false), None);
    }
}
