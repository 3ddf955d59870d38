//! What is said of the shape of a table, its header and its keys.

use super::Saying;
use crate::finding::Code;

pub(super) const SAYINGS: &[Saying] = &[
    Saying {
        code: Code::UnterminatedQuote,
        title: ["「\"」が閉じていない", "A quote is left open"],
        message: [
            "{place}で始まった「\"」が、最後まで閉じていません。そこから後のデータがすべて1つのセルになってしまいます。",
            "The quote (\") that opens at {place} is never closed. Everything after it has become one cell.",
        ],
        hint: [
            "メモ帳などで開き、セルの終わりに「\"」を足してください。表計算ソフトで直すときは、このセルに入ってしまった後ろの値を元の列と行に入れ直し、保存します。",
            "Open the file in a text editor and add a quote (\") at the end of the cell. In a spreadsheet, move the values that this cell has swallowed back to their columns and rows, and save.",
        ],
    },
    Saying {
        code: Code::TextAfterQuote,
        title: ["閉じた「\"」の後に文字がある", "Text after a closing quote"],
        message: [
            "{place}は、「\"」で閉じた後に文字が続いています。どこまでがセルの中身か決められません。",
            "{place} goes on after its closing quote (\"). Nobody can tell where the cell ends.",
        ],
        hint: [
            "セル全体を「\"」で囲み、中の「\"」は「\"\"」と2つ続けて書いてください。表計算ソフトで開いて保存し直すとそろいます。",
            "Put the whole cell in quotes and write every quote inside it twice (\"\"). Saving it again from a spreadsheet does so.",
        ],
    },
    Saying {
        code: Code::BareQuote,
        title: ["囲まれていないセルの中の「\"」", "A quote inside a cell that is not quoted"],
        message: [
            "{place}は「\"」で囲まれていないのに、中に「\"」があります。ソフトによって読み方が変わります。",
            "{place} is not quoted and yet holds a quote (\"). Programs differ in how they read that.",
        ],
        hint: [
            "セル全体を「\"」で囲み、中の「\"」は「\"\"」と2つ続けて書いてください。",
            "Put the whole cell in quotes and write every quote inside it twice (\"\").",
        ],
    },
    Saying {
        code: Code::TooManyCells,
        title: ["セルが多い行", "A row with too many cells"],
        message: [
            "{row}にはセルが{found}個あり、見出しの{expected}列より多くなっています。値がどの列のものか分からなくなります。",
            "{row} has {found} cells where the header has {expected} columns. Nobody can tell which value belongs to which column.",
        ],
        hint: [
            "住所や備考の中の「,」で列がずれていないか確かめ、「,」を含むセルは「\"」で囲んでください。",
            "See whether a comma inside an address or a remark has shifted the columns, and put such cells in quotes (\").",
        ],
    },
    Saying {
        code: Code::TooFewCells,
        title: ["セルが足りない行", "A row with too few cells"],
        message: [
            "{row}にはセルが{found}個しかなく、見出しの{expected}列に足りません。値がどの列のものか分からなくなります。",
            "{row} has only {found} cells where the header has {expected} columns. Nobody can tell which value belongs to which column.",
        ],
        hint: [
            "セルの中の改行で行が分かれていないか、区切りの「,」が抜けていないか確かめてください。空のセルにも「,」が要ります。",
            "See whether a line break inside a cell has cut the row in two, or a comma is missing. An empty cell needs its comma, too.",
        ],
    },
    Saying {
        code: Code::BlankRow,
        title: ["空の行", "An empty row"],
        message: [
            "{place}はすべてのセルが空です。データの行としては数えていません。",
            "{place} is empty in every cell. It is not counted as data.",
        ],
        hint: ["要らない行であれば削除してください。", "Delete the row if it is not needed."],
    },
    Saying {
        code: Code::MergedCells,
        title: ["結合されたセル", "Merged cells"],
        message: [
            "{place}から始まる{value}のセルが結合されています。左上のセルだけに値があり、ほかは空として読み取りました。",
            "The cells {value} are merged, from {place} on. Only the first holds the value; the others were read as empty.",
        ],
        hint: [
            "セルの結合を解除し、それぞれのセルに値を入れてください。",
            "Unmerge the cells and enter the value in each of them.",
        ],
    },
    Saying {
        code: Code::RowsAboveHeader,
        title: ["見出しの上の行", "A row above the header"],
        message: [
            "{place}の「{value}」は見出しより上にあるので、データには入れていません。",
            "{place} (\"{value}\") stands above the header and is not taken for data.",
        ],
        hint: [
            "表題や注記は、データセットの名前や説明に書いてください。ファイルは1行目を見出しにすると、どのソフトでもそのまま使えます。",
            "Put titles and remarks into the name or the description of the dataset. A file whose first row is the header can be used by any program as it is.",
        ],
    },
    Saying {
        code: Code::TwoRowHeader,
        title: ["2行にわたる見出し", "A header of two rows"],
        message: [
            "{place}とその上の行を合わせて、1つの見出しとして読み取りました。",
            "{place} and the row above it were read as one header.",
        ],
        hint: [
            "「2024年度_男」のように、見出しを1行にまとめてください。",
            "Put the header into one row, with the upper and the lower name joined by an underscore (_).",
        ],
    },
    Saying {
        code: Code::RemarkRow,
        title: ["データの下の注記や合計", "A remark or a total below the data"],
        message: [
            "{place}の「{value}」は注記か合計とみなし、データには入れていません。データの行として数えると、件数や合計が合わなくなります。",
            "{place} (\"{value}\") was taken for a remark or a total, not for data. Counted as data it would spoil counts and sums.",
        ],
        hint: [
            "注記や出典はデータセットの説明に書き、合計の行は削除してください。データの行であれば、ほかの項目も入れてください。",
            "Put remarks and sources into the description of the dataset, and delete rows of totals. If it is a row of data, fill in its other cells.",
        ],
    },
    Saying {
        code: Code::HeaderAssumed,
        title: ["様式と違う書き方の項目名", "A column named otherwise than in the schema"],
        message: [
            "{place}を、様式の項目「{name}」として読み取りました。名前が違うと、ほかのソフトは同じ項目だと分かりません。",
            "{place} was taken for the field \"{name}\" of the schema. Other programs cannot tell that it is the same.",
        ],
        hint: [
            "その項目であれば、見出しを「{name}」に直してください。別の項目であれば、様式にない名前を付けてください。",
            "If it is that field, rename the column \"{name}\". If it is something else, give it a name that the schema does not have.",
        ],
    },
    Saying {
        code: Code::DuplicateHeader,
        title: ["同じ名前の列が2つある", "Two columns of one name"],
        message: [
            "{place}と同じ名前の列が、{earlier}にもあります。どちらの値を使うのか決められません。",
            "{place} has the same name as {earlier}. Nobody can tell which of the two counts.",
        ],
        hint: [
            "どちらかの列の名前を直すか、要らない列を削除してください。",
            "Rename one of the columns, or delete the one that is not needed.",
        ],
    },
    Saying {
        code: Code::UnnamedColumn,
        title: ["名前のない列", "A column without a name"],
        message: [
            "{place}の見出しが空です。何の列か、使う人に伝わりません。",
            "{place} has no name in the header. Nobody who uses the data can tell what the column is.",
        ],
        hint: [
            "列に名前を付けてください。右端に残った空の列であれば削除してください。",
            "Give the column a name. If it is an empty column left at the right end, delete it.",
        ],
    },
    Saying {
        code: Code::UnknownColumn,
        title: ["様式にない列", "A column that the schema does not know"],
        message: [
            "{place}は様式にない列です。独自の列としてそのまま残します。",
            "{place} is no column of the schema. It is kept as a column of your own.",
        ],
        hint: [
            "様式の項目のつもりであれば、項目名と全角・半角まで同じか確かめてください。独自の列であれば、ほかの人にも分かる名前になっているか確かめてください。",
            "If a field of the schema is meant, see whether the name is the same to the letter and its width. If it is a column of your own, see that its name speaks for itself.",
        ],
    },
    Saying {
        code: Code::MissingColumn,
        title: ["様式の列がない", "A column of the schema is missing"],
        message: [
            "見出しに様式の項目「{name}」の列がありません（{place}）。様式どおりの列を期待して使う人が困ります。",
            "The header lacks the column \"{name}\" of the schema ({place}). Whoever relies on the schema will miss it.",
        ],
        hint: [
            "「{name}」の列を足してください。名前が違うだけの列があれば、様式の名前に直してください。値がないときは空欄で構いません。",
            "Add the column \"{name}\", or rename the column that is meant. Its cells may be empty where there is no value.",
        ],
    },
    Saying {
        code: Code::EmptyColumn,
        title: ["すべて空の列", "A column that is empty throughout"],
        message: [
            "{place}は上から下まで空です。入れることが勧められている項目です。",
            "{place} is empty from top to bottom. The standard recommends this field.",
        ],
        hint: ["分かるところから入れてください。", "Fill in what is known."],
    },
    Saying {
        code: Code::DuplicateKey,
        title: ["同じIDの行がある", "Two rows of one key"],
        message: [
            "{place}の「{value}」は、{earlier}にもあります。同じIDの行が2つあると、どちらを指すのか分からなくなります。",
            "{place} holds \"{value}\", which {earlier} holds, too. With two rows of one key nobody can tell which is meant.",
        ],
        hint: [
            "片方が要らない行であれば削除し、別のものであれば、どの行とも違う値を付けてください。",
            "Delete the row if it is there twice; if it is something else, give it a value that no other row has.",
        ],
    },
    Saying {
        code: Code::KeyMissing,
        title: ["IDが空", "The key is empty"],
        message: [
            "{place}が空です。行を見分けるための項目なので、空のままでは更新のときに同じものか分かりません。",
            "{place} is empty. The field tells rows apart; without it nobody can tell at the next update which row is which.",
        ],
        hint: [
            "行ごとに違い、これからも変えない値を入れてください。決まった付け方がなければ、名称と場所から作った値を使えます。",
            "Give every row a value of its own that will never change; if you have no scheme, one may be made from its name and place.",
        ],
    },
    Saying {
        code: Code::IncompleteAddress,
        title: ["住所が途中から始まっている", "An address that does not begin at its beginning"],
        message: [
            "{place}の「{value}」は、同じ行の都道府県と市区町村から始まっていません。この項目だけでは場所が決まりません。",
            "{place} reads \"{value}\", which does not begin with the prefecture and the city of the same row. On its own it names no place.",
        ],
        hint: [
            "都道府県から建物名までを続けて書いてください。",
            "Write the whole address, from the prefecture to the building.",
        ],
    },
    Saying {
        code: Code::SameTimes,
        title: ["始まりと終わりが同じ時刻", "It ends when it begins"],
        message: [
            "{place}の「{value}」は、始まりの時刻と同じです。終日なのか、まだ決まっていないのかが伝わりません。",
            "{place} reads \"{value}\", the same as its begin. Nobody can tell whether all day is meant.",
        ],
        hint: [
            "終日であれば、始まりを「00:00」、終わりを「23:59」と書いてください。分からないときは両方とも空欄にしてください。",
            "If all day is meant, write 00:00 and 23:59. If the times are not known, leave both empty.",
        ],
    },
];
