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
            "元のファイルを開いてデータがあることを確かめ、保存してから、もう一度入れてください。Excelのブックのままでも、CSVでも構いません。",
            "Open the original, see that it holds data, save it and hand it in again: as a workbook or as CSV.",
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
            "1行目に項目名、2行目からデータを並べた表を入れてください。Excelのブックのままでも、CSVでも構いません。圧縮ファイルは、中の表を取り出して1つずつ入れてください。",
            "Hand in a table, as a workbook or as CSV, with the names of the columns in row 1 and the data from row 2 on. Take tables out of an archive and hand them in one by one.",
        ],
    },
    Saying {
        code: Code::WorkbookTooLarge,
        title: ["大きすぎるブック", "The workbook is too large"],
        message: [
            "{place}は、開くと{bytes}を超えます。大きすぎるので読み取っていません。",
            "{place} takes more than {bytes} when it is opened. It is too large to be read.",
        ],
        hint: [
            "データのシートだけを「CSV UTF-8（コンマ区切り）」で保存して入れてください。CSVであれば大きくても読み取れます。",
            "Save the sheet that holds the data as CSV UTF-8 (comma delimited) and hand that in. A CSV may be of any size.",
        ],
    },
    Saying {
        code: Code::LockedWorkbook,
        title: ["パスワードの付いたブック", "The workbook is locked"],
        message: [
            "{place}にはパスワードが付いていて、開くことができません。",
            "{place} needs a password and cannot be opened.",
        ],
        hint: [
            "表計算ソフトで開き、パスワードを外して保存してから、もう一度入れてください。",
            "Open it in your spreadsheet, save it without the password and hand it in again.",
        ],
    },
    Saying {
        code: Code::DamagedWorkbook,
        title: ["壊れているブック", "The workbook is damaged"],
        message: [
            "{place}は壊れているか、途中で切れていて、開くことができません。",
            "{place} is damaged or broken off and cannot be opened.",
        ],
        hint: [
            "表計算ソフトで開いて「.xlsx」で保存し直し、もう一度入れてください。開けないときは、元のファイルを探してください。",
            "Open it in your spreadsheet, save it as .xlsx and hand it in again. If it cannot be opened there either, look for the original.",
        ],
    },
    Saying {
        code: Code::OtherSheets,
        title: ["ほかのシートにもデータがある", "Other sheets hold something, too"],
        message: [
            "{place}のシート「{name}」を読み取りました。データのあるシートがほかにもあります（{value}）。そちらは公開されるデータに入りません。",
            "The sheet \"{name}\" of {place} was read. Other sheets hold something, too ({value}); they are not among the data that are published.",
        ],
        hint: [
            "ほかのシートも公開するときは、シートごとに別のデータセットにしてください。要らないシートは削除してください。",
            "Make a dataset of each sheet that is to be published, and delete those that are not needed.",
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
    Saying {
        code: Code::Withheld,
        title: ["公開できないと答えたところ", "Answered not to be published"],
        message: [
            "{place}には、質問に「公開できない」と答えたところがあります。",
            "{place} was answered not to be published.",
        ],
        hint: [
            "その列や行、シートを消してから、ファイルを出し直してください。",
            "Remove the column, the rows or the sheet, and hand the file in again.",
        ],
    },
];
