//! What is said of a file as a whole.

use super::Saying;
use crate::finding::Code;

pub(super) const SAYINGS: &[Saying] = &[
    Saying {
        code: Code::EmptyFile,
        title: ["ファイルが空", "The file is empty"],
        message: [
            "{place}には何も入っていません。読み取れるデータがありません。",
            "{place} holds nothing at all, so there is no data to read.",
        ],
        hint: [
            "元のファイルを開き、データの入ったシートをCSVで保存して、もう一度入れてください。",
            "Open the original, save the sheet that holds the data as CSV and hand it in again.",
        ],
    },
    Saying {
        code: Code::NotATable,
        title: ["表のファイルではない", "The file is no table"],
        message: [
            "{place}は表ではなく、{kind}です。行と列として読み取れません。",
            "{place} is no table but {kind}. It cannot be read as rows and columns.",
        ],
        hint: [
            "1行目に項目名、2行目からデータを並べた表を、CSVで保存して入れてください。",
            "Hand in a table saved as CSV, with the names of the columns in row 1 and the data from row 2 on.",
        ],
    },
    Saying {
        code: Code::Workbook,
        title: ["表計算ソフトのブック", "The file is a workbook"],
        message: [
            "{place}は{kind}です。ここではCSVファイルを読み取ります。",
            "{place} is {kind}. What is read here is CSV.",
        ],
        hint: [
            "表計算ソフトで開き、「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んで保存し、もう一度入れてください。",
            "Open it in your spreadsheet, choose \"Save as\" and \"CSV UTF-8 (comma delimited)\", and hand that in.",
        ],
    },
    Saying {
        code: Code::Undecodable,
        title: ["読み取れない文字コード", "Bytes that no encoding reads"],
        message: [
            "{place}に、{encoding}部分があります。そのままでは文字が失われてしまいます。",
            "{place} holds bytes that {encoding}. The letters would be lost.",
        ],
        hint: [
            "元のファイルを開き、おかしくなった文字があれば入れ直して、「CSV UTF-8」で保存してください。",
            "Open the original, type again what is garbled, if anything, and save it as CSV UTF-8.",
        ],
    },
    Saying {
        code: Code::Unreadable,
        title: ["最後まで読み取れない", "The file broke off"],
        message: [
            "{place}を読み取る途中で、データが届かなくなりました（{name}）。届いたところまでを確認しました。",
            "{place} stopped coming before its end ({name}). What came was checked.",
        ],
        hint: [
            "もう一度入れてください。続くときは、ファイルを別の場所に写してから入れてください。",
            "Hand it in again. If that fails too, copy the file to another place and hand in the copy.",
        ],
    },
    Saying {
        code: Code::MixedLineEndings,
        title: ["改行の種類が混ざっている", "Line ends of several kinds"],
        message: [
            "{place}には種類の違う改行が混ざっています。行の数を数え違えるソフトがあります。",
            "{place} mixes line ends of several kinds. Some programs then count its rows wrongly.",
        ],
        hint: [
            "表計算ソフトで開き、CSVで保存し直すと1種類にそろいます。",
            "Open it in your spreadsheet and save it as CSV again: the line ends are then all of one kind.",
        ],
    },
    Saying {
        code: Code::NoData,
        title: ["データの行がない", "No row of data"],
        message: [
            "{place}には見出しの行だけがあり、データの行がありません。公開できるものがありません。",
            "{place} has a header and no row of data. There is nothing to publish.",
        ],
        hint: [
            "見出しの次の行からデータを入れてください。",
            "Enter the data from the row after the header on.",
        ],
    },
    Saying {
        code: Code::NoSchema,
        title: ["どの様式にも当てはまらない", "The table fits no schema"],
        message: [
            "{place}の見出しは、国の様式のどれにも当てはまりません。項目ごとの確認はせずに読み取りました。",
            "The header of {place} fits none of the national schemas. It was read without a check of each field.",
        ],
        hint: [
            "国の様式で公開するときは、様式を選んで、ひな形の項目名に見出しをそろえてください。独自の表としてなら、このままで大丈夫です。",
            "To publish it in a national schema, choose one and name the columns as its template does. As a table of your own it is fine as it is.",
        ],
    },
    Saying {
        code: Code::TooManyColumns,
        title: ["列が多すぎる", "Too many columns"],
        message: [
            "{place}は列が多すぎます（{columns}列まで読み取れます）。その先の列は読み取っていません。",
            "{place} has too many columns; {columns} can be read. What lies beyond was not read.",
        ],
        hint: [
            "使っていない列を削除するか、表を分けてください。",
            "Delete the columns that are not used, or divide the table.",
        ],
    },
    Saying {
        code: Code::CellTooLong,
        title: ["セルが長すぎる", "A cell is too long"],
        message: [
            "{place}のセルが長すぎます（{bytes}まで読み取れます）。その先は読み取っていません。",
            "{place} is too long; {bytes} can be read. What lies beyond was not read.",
        ],
        hint: [
            "「\"」の閉じ忘れで、次の行までが1つのセルになっていないか確かめてください。長い文章は別の文書にして、URLを書いてください。",
            "See whether a quote (\") is left open so that the following rows have become one cell. Put a long text in a document of its own and give its URL.",
        ],
    },
    Saying {
        code: Code::RowTooLong,
        title: ["行が長すぎる", "A row is too long"],
        message: [
            "{place}が長すぎます（1行は{bytes}まで読み取れます）。その先は読み取っていません。",
            "{place} is too long; {bytes} a row can be read. What lies beyond was not read.",
        ],
        hint: [
            "「\"」の閉じ忘れや改行の抜けで、いくつもの行が1行になっていないか確かめてください。",
            "See whether an open quote (\") or a lost line break has made one row of many.",
        ],
    },
];
