//! What is said of letters that are wrong in any cell.

use super::Saying;
use crate::finding::Code;

pub(super) const SAYINGS: &[Saying] = &[
    Saying {
        code: Code::ControlCharacter,
        title: ["目に見えない制御文字", "A control character"],
        message: [
            "{place}の「{value}」に、目に見えない制御文字が入っています。画面に出ず、検索や取り込みの妨げになります。",
            "{place} reads \"{value}\": it holds a control character, which nobody sees and which breaks searching and importing.",
        ],
        hint: ["セルの中身を消して、手で入力し直してください。", "Clear the cell and type its text again."],
    },
    Saying {
        code: Code::BidiControl,
        title: ["文字の向きを変える記号", "A sign that turns the direction of writing"],
        message: [
            "{place}の「{value}」に、文字の並ぶ向きを変える見えない記号が入っています。見た目と中身が違ってしまいます。",
            "{place} reads \"{value}\": it holds an invisible sign that turns the direction of writing, so that it looks other than it is.",
        ],
        hint: ["セルの中身を消して、手で入力し直してください。", "Clear the cell and type its text again."],
    },
    Saying {
        code: Code::ReplacementCharacter,
        title: ["失われた文字", "A letter that was lost"],
        message: [
            "{place}の「{value}」に、文字化けで失われた文字があります。元の文字はこのファイルからは分かりません。",
            "{place} reads \"{value}\": a letter was lost in an earlier conversion and cannot be told from this file.",
        ],
        hint: [
            "元の資料を見て入力し直し、「CSV UTF-8」で保存してください。",
            "Type it again from the original and save the file as CSV UTF-8.",
        ],
    },
    Saying {
        code: Code::PrivateUseCharacter,
        title: ["外字", "A letter that only its maker can show"],
        message: [
            "{place}の「{value}」に外字が入っています。作ったパソコンの外では表示されません。",
            "{place} reads \"{value}\": it holds a private letter (gaiji) that no other machine shows.",
        ],
        hint: [
            "標準の漢字（JISにある字体）か、かなに置き換えてください。",
            "Replace it with a standard letter or with kana.",
        ],
    },
    Saying {
        code: Code::SurroundingBlank,
        title: ["前後の空白や改行", "Blanks around a cell"],
        message: [
            "{place}の「{value}」は、前か後ろに空白か改行があります。同じ値かどうかを比べるときに、別のものと扱われます。",
            "{place} reads \"{value}\", with blanks or line breaks before or after it. When values are compared it then counts as another one.",
        ],
        hint: ["前後の空白や改行を消してください。", "Delete the blanks and line breaks around the text."],
    },
    Saying {
        code: Code::FormulaStart,
        title: ["数式に見える文字", "A text that looks like a formula"],
        message: [
            "{place}の「{value}」は「=」「+」「-」「@」のどれかで始まっています。表計算ソフトで開くと数式として動くことがあります。",
            "{place} reads \"{value}\" and begins with =, +, - or @. A spreadsheet may run it as a formula.",
        ],
        hint: [
            "数式でなければ、先頭の記号を取るか、別の書き方にしてください。数式であれば、計算した結果を値として入れてください。",
            "If it is no formula, begin it with another sign. If it is one, enter its result instead.",
        ],
    },
    Saying {
        code: Code::Ditto,
        title: ["「〃」「同上」で省かれた値", "A value left out as the same as above"],
        message: [
            "{place}の「{value}」は、ほかのセルと同じ値という意味の省略です。並べ替えたり、1行だけ取り出したりすると、何の値か分からなくなります。",
            "{place} reads \"{value}\", which stands for what another cell says. Once the rows are sorted or one is taken out, nobody knows what that was.",
        ],
        hint: [
            "「{value}」を消して、すぐ上（「同左」「同右」なら隣）のセルと同じ値を入力してください。",
            "Replace it with the value of the cell above, or beside where it says so.",
        ],
    },
];
