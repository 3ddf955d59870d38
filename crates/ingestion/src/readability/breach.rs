//! 違反: one place where a rule is not kept, and what is said of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::rule::RuleId;
use crate::place::column_letter;
use crate::text::Text;

/// One place where a rule is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub what: What,
}

/// Where something stands. Rows and columns count as the spreadsheet shows them, from 1.
///
/// Shown as the agency's checker writes it: `B1`, `A1:F6`, `行3`, `行3-5`, `列2`, `4:4`, `ファイル全体`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The file as a whole.
    File,
    /// One cell: its row and its column.
    Cell(u64, u32),
    /// A rectangle.
    Area(Area),
    /// Rows, from the first to the last.
    Rows(u64, u64),
    /// Columns, from the first to the last.
    Columns(u32, u32),
    /// One record of a CSV.
    Record(u64),
}

/// A rectangle of cells, its edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Area {
    /// The first row.
    pub top: u64,
    /// The first column.
    pub left: u32,
    /// The last row.
    pub bottom: u64,
    /// The last column.
    pub right: u32,
}

impl Area {
    /// Whether `row` and `column` lie within.
    pub fn holds(&self, row: u64, column: u32) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column)
    }

    /// Whether any cell lies in both.
    pub fn meets(&self, other: &Area) -> bool {
        self.top <= other.bottom
            && other.top <= self.bottom
            && self.left <= other.right
            && other.left <= self.right
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Area { top, left, bottom, right } = self;
        write!(f, "{}{top}:{}{bottom}", column_letter(*left), column_letter(*right))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File => f.write_str("ファイル全体"),
            Place::Cell(row, column) => write!(f, "{}{row}", column_letter(*column)),
            Place::Area(area) => area.fmt(f),
            Place::Rows(first, last) if first == last => write!(f, "行{first}"),
            Place::Rows(first, last) => write!(f, "行{first}-{last}"),
            Place::Columns(first, last) if first == last => write!(f, "列{first}"),
            Place::Columns(first, last) => write!(f, "列{first}-{last}"),
            Place::Record(row) => write!(f, "{row}:{row}"),
        }
    }
}

impl Place {
    /// The place in words: as it is [shown](Place), and in English.
    pub fn describe(&self) -> Text {
        let en = match self {
            Place::File => "the whole file".to_owned(),
            Place::Rows(first, last) if first == last => format!("row {first}"),
            Place::Rows(first, last) => format!("rows {first} to {last}"),
            Place::Columns(first, last) if first == last => format!("column {first}"),
            Place::Columns(first, last) => format!("columns {first} to {last}"),
            Place::Record(row) => format!("row {row}"),
            Place::Cell(..) | Place::Area(_) => self.to_string(),
        };
        let ja = if let Place::Record(row) = self { format!("行{row}") } else { self.to_string() };
        Text { ja, en }
    }
}

/// 違反重大度: how bad one breach is. It costs no points of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gravity {
    /// Good to know. For most rules it is a breach all the same.
    Info,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl fmt::Display for Gravity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// Writes the kinds of breaches with their rule, their gravity and what is said of them, in one table.
macro_rules! breaches {
    ($($(#[$doc:meta])* $name:ident: $level:literal $number:literal $gravity:ident $ja:literal $en:literal,)*) => {
        /// What stands at the place of a breach.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum What { $($(#[$doc])* $name,)* }

        impl What {
            /// The rule that it does not keep.
            pub fn rule(self) -> RuleId {
                match self { $(What::$name => RuleId::new($level, $number),)* }
            }

            /// How bad it is.
            pub fn gravity(self) -> Gravity {
                match self { $(What::$name => Gravity::$gravity,)* }
            }

            /// What is said of it.
            pub fn describe(self) -> Text {
                match self { $(What::$name => Text::new($ja, $en),)* }
            }
        }
    };
}

impl What {
    /// Whether its rule is broken by it, or it is only good to know.
    pub fn breaks_its_rule(self) -> bool {
        self != What::HeaderMerge
    }
}

breaches! {
    /// No table at all.
    NotATable: 1 1 Error "表として読めるファイルではありません" "the file is not a table",
    /// One of several tables.
    SeveralTables: 1 2 Warning "1つのファイルに表が複数あります" "there are several tables in the file",
    /// An empty row in or between tables.
    BlankRow: 1 3 Error "空の行です" "the row is blank",
    /// An empty column in a table.
    BlankColumn: 1 3 Error "空の列です" "the column is blank",
    /// A title.
    Title: 1 4 Warning "表の外に題名があります" "a title stands outside the table",
    /// A total.
    Total: 1 4 Warning "表の外に合計行があります" "a total stands outside the table",
    /// A remark.
    Note: 1 4 Warning "表の外に注記があります" "a remark stands outside the table",
    /// A source.
    Source: 1 4 Warning "表の外に出典があります" "a source stands outside the table",
    /// Another cell outside the table.
    Isolated: 1 4 Warning "表の外にセルがあります" "a cell stands outside the table",
    /// A column with data and no name.
    NoName: 1 5 Error "項目名がありません" "the column has no name",
    /// Names that count: 001, 002, 003.
    SerialName: 1 5 Error "項目名が連番です" "the names of the columns only count",
    /// A name that says nothing: 列1.
    EmptyWord: 1 5 Error "項目名から内容が分かりません" "the name does not say what the column holds",
    /// Blanks at an end.
    BlankAtEnd: 1 6 Warning "前後に空白があります" "blanks at an end of the cell",
    /// A full-width blank.
    WideBlank: 1 6 Warning "全角スペースがあります" "a full-width blank",
    /// Blanks one after the other.
    BlankRun: 1 6 Warning "空白が続いています" "several blanks in a row",
    /// Line breaks and blanks for looks.
    LayoutBreak: 1 6 Warning "改行で体裁を整えています" "line breaks are there for looks",
    /// Several lines.
    SeveralLines: 1 7 Warning "1つのセルに複数の行があります" "several lines in one cell",
    /// A number with another one in brackets.
    PairInBrackets: 1 7 Warning "数値と括弧書きの数値が1つのセルにあります" "a number and another one in brackets",
    /// Listed with 、.
    ListCommas: 1 7 Warning "「、」で複数の値を並べています" "several values with 、 between",
    /// Listed with ・.
    MiddleDots: 1 7 Warning "「・」で複数の値を並べています" "several values with ・ between",
    /// Listed with commas.
    Commas: 1 7 Warning "カンマで複数の値を並べています" "several values with commas between",
    /// ①
    CircledNumber: 1 8 Warning "丸数字があります" "a circled number",
    /// Ⅲ
    RomanNumeral: 1 8 Warning "ローマ数字の文字があります" "a Roman numeral letter",
    /// ㈱ ㌔ ㋿
    PlatformSign: 1 8 Warning "合字などの機種依存文字があります" "a ligature or another sign that only some machines have",
    /// 〜 ～ in CP932.
    WaveDash: 1 8 Warning "環境で化ける波ダッシュがあります" "a wave dash that may turn into something else",
    /// Blanks beside zeros.
    BlankBesideZero: 1 9 Warning "空欄と0の両方があり、空欄が何を表すか分かりません" "blanks and zeros stand side by side, and nothing says what a blank means",
    /// A shape, picture or text box on the data.
    Object: 1 10 Error "データの上に図形や画像があります" "a shape or picture lies on the data",
    /// Font colours differ.
    FontColour: 1 11 Warning "文字の色でデータを区別しています" "colours of letters tell data apart",
    /// Fill colours differ.
    FillColour: 1 11 Warning "セルの色でデータを区別しています" "colours of cells tell data apart",
    /// Some cells are bold.
    Bold: 1 11 Info "太字のセルとそうでないセルがあります" "some cells are bold",
    /// Some cells are italic.
    Italic: 1 11 Info "斜体のセルとそうでないセルがあります" "some cells are italic",
    /// Merged cells of the data.
    DataMerge: 1 12 Error "データのセルが結合されています" "cells of the data are merged",
    /// Merged cells of the header.
    HeaderMerge: 1 12 Info "見出しのセルが結合されています" "cells of the header are merged",
    /// Hidden rows.
    HiddenRows: 1 13 Error "非表示の行があります" "hidden rows",
    /// Hidden columns.
    HiddenColumns: 1 13 Error "非表示の列があります" "hidden columns",
    /// A record of several lines.
    SeveralLinesOfRecord: 1 14 Error "1件のデータが複数の行にまたがっています" "a record spans several lines",
    /// A record torn by a line break without quotes.
    TornRecord: 1 14 Error "引用符のない改行で1件のデータが分かれています" "a line break without quotes tears the record",
    /// A quote left open.
    OpenQuote: 1 14 Error "引用符が閉じていません" "a quote is left open",
    /// A quote where none may be.
    StrayQuote: 1 15 Error "引用符の使い方が正しくありません" "a quote stands where none may be",
    /// A quote left open swallows the commas behind it.
    OpenQuoteSwallows: 1 15 Error "閉じていない引用符のため、列を分けられません" "a quote left open swallows the columns behind it",
    /// As many cells as the header is wanted.
    CellCount: 1 15 Warning "列の数が見出しと違います" "the row has not as many cells as the header",
    /// ▲50
    Triangle: 2 1 Error "▲などで負の数を表しています" "▲ stands for a minus",
    /// 350円
    Unit: 2 1 Error "数値に単位が付いています" "a unit stands behind the number",
    /// 5%
    Percent: 2 1 Error "数値に％が付いています" "a per cent sign stands behind the number",
    /// 0(a
    Remark: 2 1 Warning "数値に注記が付いています" "a remark stands behind the number",
    /// 1,234
    Separators: 2 1 Error "数値に桁区切りがあります" "the number has thousands separators",
    /// Anything else in a column of numbers.
    NotANumber: 2 1 Error "数値の列に文字が混じっています" "text in a column of numbers",
    /// 〃
    Ditto: 2 2 Error "「〃」「同上」などで省略しています" "the value of another cell is left out",
    /// A blank below a value.
    BlankBelow: 2 2 Warning "空欄で、上の行と同じ値を省略しています" "a blank may stand for the value above",
    /// A name that is part of a merged cell.
    MergedName: 2 3 Error "結合したセルが項目名になっています" "a merged cell names several columns",
    /// No name.
    EmptyName: 2 3 Error "項目名が空です" "the name of the column is empty",
    /// The name of another column.
    SameName: 2 3 Error "ほかの列と同じ項目名です" "another column has the same name",
    /// A rare spelling of a common choice.
    Spelling: 2 4 Warning "選択肢の表記がゆれています" "another spelling of a choice",
    /// その他 with its details.
    DetailOfOther: 2 5 Warning "「その他」の内容が選択肢の列にあります" "the details of その他 stand in the column of choices",
    /// A formula.
    Formula: 2 6 Error "数式が残っています" "a formula",
    /// A formula that failed.
    BrokenFormula: 2 6 Error "数式がエラーになっています" "a formula that failed",
    /// Rows above the header.
    StartsBelow: 3 1 Error "表が1行目から始まっていません" "the table does not begin in row 1",
    /// Rows between header and data.
    Gap: 3 1 Error "項目名とデータの間に空の行があります" "blank rows between header and data",
    /// Three rows of header or more.
    ManyHeaderRows: 3 1 Info "見出しが3行以上あります" "the header has three rows or more",
    /// No list of codes is attached.
    NoCodeList: 3 2 Warning "コードの意味を書いた表がありません" "no table says what the codes mean",
    /// Signs nobody explains.
    NoLegend: 3 3 Warning "数値の列の記号の意味が書かれていません" "nothing says what signs in columns of numbers mean",
    /// Numbers without a unit.
    NoUnit: 3 4 Warning "数値の列に単位がありません" "the column of numbers has no unit",
    /// 令和6年 as a name.
    EraName: 3 5 Error "項目名の年が和暦だけです" "the year in the name is of an era only",
    /// 令和6年4月1日
    EraDate: 3 5 Error "日付が和暦だけです" "the date is of an era only",
    /// 24/4/1
    OddDate: 3 5 Warning "日付の年を決められません" "the year of the date is not certain",
    /// Dates of several forms.
    MixedDates: 3 5 Warning "日付の書き方が列の中でそろっていません" "dates of several forms in one column",
    /// 宮城
    ShortPrefecture: 3 6 Warning "都道府県の名称が正式ではありません" "the name of the prefecture is cut short",
    /// Names and no code.
    NoRegionCode: 3 6 Info "地域の名称だけで、地域コードの列がありません" "names of regions, and no column with their codes",
    /// Columns differ from those before.
    OtherColumns: 3 7 Warning "項目名が前の版と大きく違います" "the columns are not those of the revision before",
    /// More or fewer columns than before.
    OtherWidth: 3 7 Warning "列の数が前の版と大きく違います" "the number of columns is not that of the revision before",
    /// Columns in another order.
    OtherOrder: 3 7 Info "列の順序が前の版と違います" "the columns stand in another order than before",
    /// Nothing describes the data.
    NotDescribed: 3 8 Warning "項目の定義か更新履歴が書かれていません" "definitions or changes of the data are not described",
    /// Years side by side.
    TimesAcross: 3 9 Warning "年や月が列に並んでいます" "years or months stand side by side",
    /// Numbered columns.
    NumberedColumns: 3 9 Info "番号付きの同じ項目が並んでいます" "numbered columns of one kind",
    /// Too many columns.
    TooWide: 3 9 Error "列が100を超えています" "more than 100 columns",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_the_checker_of_the_agency_does() {
        let area = Area { top: 1, left: 1, bottom: 6, right: 6 };
        for (place, written) in [
            (Place::File, "ファイル全体"),
            (Place::Cell(15, 3), "C15"),
            (Place::Area(area), "A1:F6"),
            (Place::Rows(3, 3), "行3"),
            (Place::Rows(3, 5), "行3-5"),
            (Place::Columns(2, 2), "列2"),
            (Place::Columns(2, 4), "列2-4"),
            (Place::Record(4), "4:4"),
        ] {
            assert_eq!(place.to_string(), written);
        }
    }

    #[test]
    fn a_place_is_said_in_both_languages() {
        assert_eq!(Place::Record(4).describe(), Text::new("行4", "row 4"));
        assert_eq!(Place::Columns(2, 4).describe(), Text::new("列2-4", "columns 2 to 4"));
        assert_eq!(Place::Cell(15, 3).describe(), Text::new("C15", "C15"));
    }

    #[test]
    fn areas_know_what_they_hold_and_meet() {
        let area = Area { top: 2, left: 2, bottom: 4, right: 3 };
        assert!(area.holds(4, 3) && !area.holds(5, 3) && !area.holds(4, 1));
        assert!(area.meets(&Area { top: 4, left: 3, bottom: 9, right: 9 }));
        assert!(!area.meets(&Area { top: 5, left: 1, bottom: 9, right: 9 }));
    }
}
