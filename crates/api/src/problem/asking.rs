//! A question about rows that does not read, in the words of whoever asked: where, what, and which names there are.

use catalog::asking::bounds::RADIUS_MAX;
use catalog::asking::misread::{Much, NotTaken, Wanted};
use catalog::asking::{At, ColumnKind, Columns, Misread, Why};

use crate::problem::{Kind, Problem};

/// So many names of fields are listed.
const NAMES_MAX: usize = 200;

/// So many letters are shown on either side of the place.
const AROUND: usize = 20;

/// The parameter `name` with the value `text` does not read as a question about `columns`.
pub fn misread(name: &str, text: &str, misread: &Misread, columns: &Columns) -> Problem {
    let (ja, en) = (why_ja(&misread.why), &misread.why);
    let problem = match &misread.at {
        At::Letters { from, count } => {
            let (position, extract) = (from + 1, extract(text, *from, *count));
            Problem::new(
                kind(&misread.why),
                format!("引数 `{name}` の{position}文字目が読めません（{extract}）。{ja}"),
                format!("The parameter `{name}` does not read at letter {position} ({extract}): {en}."),
            )
            .with("position", position)
            .with("extract", extract)
        }
        At::Member(path) if path.is_empty() => Problem::new(
            kind(&misread.why),
            format!("引数 `{name}` が読めません。{ja}"),
            format!("The parameter `{name}` does not read: {en}."),
        ),
        At::Member(path) => Problem::new(
            kind(&misread.why),
            format!("引数 `{name}` の `{path}` が読めません。{ja}"),
            format!("The parameter `{name}` does not read at `{path}`: {en}."),
        )
        .with("path", path.as_str()),
    };
    named(problem.with("parameter", name), &misread.why, columns)
}

/// The value of the parameter `name` is none that the field of that name could have.
pub fn no_value(name: &str, why: &Why, columns: &Columns) -> Problem {
    let problem = Problem::new(
        kind(why),
        format!("引数 `{name}` が読めません。{}", why_ja(why)),
        format!("The parameter `{name}` does not read: {why}."),
    );
    named(problem.with("parameter", name), why, columns)
}

/// The name is neither one of the `parameters` nor a field.
pub fn no_parameter(why: &Why, parameters: &[&str], columns: &Columns) -> Problem {
    let (known, en) = (parameters.join(", "), why);
    let problem = Problem::new(
        kind(why),
        format!("{}項目の名前か、次の引数を使ってください: {known}", why_ja(why)),
        format!("{en}, and no such parameter. Name a field, or one of {known}."),
    );
    named(problem.with("parameters", parameters.to_vec()), why, columns)
}

fn kind(why: &Why) -> Kind {
    match why {
        Why::NoField { .. } | Why::Beyond { .. } => Kind::UnknownField,
        _ => Kind::BadFilter,
    }
}

/// The problem with the names that there are, where a name was the trouble.
fn named(problem: Problem, why: &Why, columns: &Columns) -> Problem {
    let Why::NoField { name, near } = why else { return problem };
    let names: Vec<&str> = columns.all().iter().take(NAMES_MAX).map(|column| column.name.as_str()).collect();
    problem.with("field", name.as_str()).with("near", near.clone()).with("fields", names)
}

/// The letters around a place, which stands between marks: `名称 =▶=◀ '本庁'`.
fn extract(text: &str, from: usize, count: usize) -> String {
    let letters: Vec<char> =
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let end = letters.len();
    let (from, to) = (from.min(end), (from + count).min(end));
    let piece = |from: usize, to: usize| letters.get(from..to).unwrap_or_default().iter().collect::<String>();
    let (begin, stop) = (from.saturating_sub(AROUND), (to + AROUND).min(end));
    let at = if to - from > 2 * AROUND {
        format!("{}…", piece(from, from + 2 * AROUND))
    } else {
        piece(from, to)
    };
    let (before, after) = (if begin > 0 { "…" } else { "" }, if stop < end { "…" } else { "" });
    format!("{before}{}▶{at}◀{}{after}", piece(begin, from), piece(to, stop))
}

fn kind_ja(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "文字（'…' と書きます）",
        ColumnKind::Integer => "整数",
        ColumnKind::Number => "数",
        ColumnKind::Date => "日付（'2026-04-01' と書きます）",
        ColumnKind::Time => "時刻（'09:00' と書きます）",
    }
}

fn why_ja(why: &Why) -> String {
    match why {
        Why::Wanted { wanted, found } => {
            let found = found
                .as_ref()
                .map_or("ここで終わっています".to_owned(), |found| format!("`{found}` があります"));
            format!("{}が来るはずのところに、{found}。", wanted_ja(*wanted))
        }
        Why::Unclosed(mark) => format!("引用符 {mark} が閉じていません。"),
        Why::NoField { name, near } if near.is_empty() => {
            format!("`{name}` という項目はありません。項目の一覧は `fields` にあります。")
        }
        Why::NoField { name, near } => {
            let near = near.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join("、");
            format!("`{name}` という項目はありません。もしかして: {near}。")
        }
        Why::Beyond { field, max } => {
            format!("項目 `{field}` は値を渡しますが、条件や並べ替えに使えるのは初めの{max}項目です。")
        }
        Why::NoFunction(name) => format!("`{name}` という関数や演算はありません。"),
        Why::NotTaken(what) => not_taken_ja(*what).to_owned(),
        Why::OtherKind { field, kind, value } => {
            format!("項目 `{field}` の値は{}で、`{value}` とは比べられません。", kind_ja(*kind))
        }
        Why::NotOfKind { field, kind, what } => {
            format!("項目 `{field}` の値は{}なので、{what} は使えません。", kind_ja(*kind))
        }
        Why::Nul => "U+0000 の文字は使えません。".to_owned(),
        Why::NoGeometry => "行の位置は `geometry` と書きます。".to_owned(),
        Why::NoPlaces => "このデータセットの行には座標がありません。".to_owned(),
        Why::NoPoint => {
            "経度・緯度として読めません。経度（-180 から 180）が先、緯度（-90 から 90）が後です。".to_owned()
        }
        Why::NoBox => "範囲の南端が北端より北にあります。西,南,東,北 の順に書きます。".to_owned(),
        Why::NoRing => "多角形の輪は4点以上で、最初の点に戻って閉じます。".to_owned(),
        Why::NoDistance => format!("距離は 0 から {RADIUS_MAX} メートルの数です。"),
        Why::TooMuch { what, max } => format!("{}は{max}までです。", much_ja(*what)),
        Why::NotJson(why) => format!("JSON として読めません（{why}）。"),
    }
}

fn wanted_ja(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Condition => "条件（項目名、NOT、括弧など）",
        Wanted::Comparison => "比べ方（=, <>, <, <=, >, >=, in, between, like, is null）",
        Wanted::AndOr => "and か or、または終わり",
        Wanted::And => "and",
        Wanted::Value => "値",
        Wanted::Text => "引用符で囲んだ文字（'…'）",
        Wanted::Number => "数",
        Wanted::Null => "null",
        Wanted::Open => "開き括弧 (",
        Wanted::Close => "閉じ括弧 )",
        Wanted::Comma => "コンマ",
        Wanted::Place => "geometry か、場所（POINT, MULTIPOINT, POLYGON, MULTIPOLYGON, BBOX）",
        Wanted::Point => "点",
        Wanted::Field => "項目の名前",
        Wanted::Operation => "op と args のあるオブジェクト、または true か false",
        Wanted::Arguments => "その演算に合う数の引数",
        Wanted::Property => "{\"property\": \"項目名\"}",
        Wanted::Array => "空でない配列",
        Wanted::Aggregate => {
            "count, count_distinct(項目), sum(項目), avg(項目), min(項目), max(項目) のどれか"
        }
    }
}

fn not_taken_ja(what: NotTaken) -> &'static str {
    match what {
        NotTaken::Arithmetic => "計算は使えません。",
        NotTaken::TwoFields => "項目どうしは比べられません。文字の値なら '…' で囲みます。",
        NotTaken::ValueFirst => "項目を先に、値を後に書きます。",
        NotTaken::Lines => "線や図形の集まりは使えません。",
        NotTaken::Moments => {
            "日時（TIMESTAMP, INTERVAL）は使えません。日付は DATE('2026-04-01') と書きます。"
        }
        NotTaken::Function => "この関数は使えません。使えるのは S_INTERSECTS と S_DWITHIN です。",
        NotTaken::Null => "null とは比べられません。is null と書きます。",
    }
}

fn much_ja(what: Much) -> &'static str {
    match what {
        Much::Letters => "条件の文字数",
        Much::Depth => "入れ子の深さ",
        Much::Nodes => "条件の数",
        Much::Values => "1つの項目に並べる値の数",
        Much::Points => "場所の点の数",
        Much::PatternLetters => "like の文字数",
        Much::Fields => "項目の数",
        Much::Aggregates => "集計の数",
    }
}

#[cfg(test)]
mod tests {
    use ingestion::Language;

    use super::*;

    fn columns() -> Columns {
        let names = ["名称", "階数"].map(str::to_owned);
        Columns::of(&names, None, &[ColumnKind::Text, ColumnKind::Integer])
    }

    #[track_caller]
    fn detail(filter: &str) -> String {
        let why = catalog::asking::text::read(filter, &columns()).unwrap_err();
        misread("filter", filter, &why, &columns()).view(Language::Ja).detail
    }

    #[test]
    fn a_filter_that_does_not_read_is_shown_with_its_place() {
        assert_eq!(
            detail("名称 == '本庁'"),
            "引数 `filter` の5文字目が読めません（名称 =▶=◀ '本庁'）。値が来るはずのところに、`=` があります。"
        );
        assert_eq!(
            detail("階 > 2"),
            "引数 `filter` の1文字目が読めません（▶階◀ > 2）。`階` という項目はありません。もしかして: `階数`。"
        );
    }

    #[test]
    fn an_extract_keeps_to_the_place() {
        let text = format!("{}x{}", "a".repeat(100), "b".repeat(100));
        assert_eq!(extract(&text, 100, 1), format!("…{}▶x◀{}…", "a".repeat(20), "b".repeat(20)));
        assert_eq!(extract("あ", 1, 0), "あ▶◀");
        assert_eq!(extract("", 0, 0), "▶◀");
        assert_eq!(extract(&text, 500, 3).chars().filter(|letter| *letter == 'b').count(), 20);
    }
}
