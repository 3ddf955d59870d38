//! A condition on packages that does not read, in the words of whoever asked: where, what, and which fields there are.

use catalog::ckan::asked::Field;
use catalog::ckan::{Misread, Why};

use crate::problem::{Kind, Problem};

/// The parameter `name` with the value `text` does not read as a condition.
pub fn misread(name: &str, text: &str, misread: &Misread) -> Problem {
    let position = misread.at + 1;
    let rest: String =
        text.chars().skip(misread.at).take(20).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let problem = Problem::new(
        Kind::BadParameter,
        format!("引数 `{name}` の{position}文字目（{rest}）が読めません。{}", why_ja(&misread.why)),
        format!("The parameter `{name}` does not read at letter {position} ({rest}): {}.", misread.why),
    );
    let problem = problem.with("parameter", name).with("position", position);
    match misread.why {
        Why::NoField(_) => problem.with("fields", Field::NAMES.to_vec()),
        _ => problem,
    }
}

fn why_ja(why: &Why) -> String {
    match why {
        Why::Unclosed(sign) => format!("`{sign}` に対応する閉じる記号がありません。"),
        Why::Missing => "ここには語か条件が要ります。".to_owned(),
        Why::Unexpected(text) => format!("`{text}` はここに置けません。"),
        Why::NoField(field) => format!(
            "`{field}` という項目はありません。使える項目: {}。語の中のコロンは `\\:` と書くか、語を \" で囲みます。",
            Field::NAMES.join(", ")
        ),
        Why::NoSpan => "範囲は `[始め TO 終わり]` と書きます。開いた端は `*` です。".to_owned(),
        Why::NoSpanOf(field) => format!("`{field}` に範囲は使えません。"),
        Why::NoMoment(text) => {
            format!("`{text}` は日時ではありません。2026-01-01T00:00:00Z か NOW-7DAYS のように書きます。")
        }
        Why::TooMuch { max, .. } => format!("長すぎるか、多すぎます（{max} まで）。"),
    }
}
