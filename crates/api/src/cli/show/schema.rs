//! The national schemas as tables in a terminal; as JSON they are [`json`]'s business.

pub mod json;

use std::io::{self, Write};

use ingestion::{Field, Kind, Language, Need, Schema, Schemas};

use super::paint::{Ink, Paint};
use super::table::{pad, width_of};

/// Writes all schemas as a table.
///
/// # Errors
/// What `out` cannot do.
pub fn write_list(
    out: &mut impl Write,
    schemas: &Schemas,
    language: Language,
    paint: Paint,
) -> io::Result<()> {
    let titles = match language {
        Language::Ja => ["名前", "様式", "項目数", "版"],
        Language::En => ["id", "title", "fields", "edition"],
    };
    let rows: Vec<[String; 4]> = schemas
        .iter()
        .map(|schema| {
            [
                schema.id.to_string(),
                schema.title.clone(),
                schema.fields.len().to_string(),
                schema.edition.clone(),
            ]
        })
        .collect();
    write_table(out, titles, &rows, paint)
}

/// Writes one schema and the table of its fields.
///
/// # Errors
/// What `out` cannot do.
pub fn write_one(out: &mut impl Write, schema: &Schema, language: Language, paint: Paint) -> io::Result<()> {
    let Schema { id, title, number, edition, page, file_name, key, .. } = schema;
    let title = paint.paint(Ink::Strong, title);
    let key = if key.is_empty() { "–".to_owned() } else { key.join(", ") };
    match language {
        Language::Ja => {
            writeln!(out, "{title} ({id})  {}", id.standard().title())?;
            writeln!(out, "番号 {number}・版 {edition}・ファイル名 {file_name}・行を見分ける項目 {key}")?;
        }
        Language::En => {
            writeln!(out, "{title} ({id})  {}", id.standard().title())?;
            writeln!(out, "number {number}, edition {edition}, file name {file_name}, key {key}")?;
        }
    }
    if let Some(page) = page {
        writeln!(out, "{page}")?;
    }
    let titles = match language {
        Language::Ja => ["項目", "必要", "書くもの", "例・きまり"],
        Language::En => ["field", "need", "holds", "example, rule"],
    };
    let rows: Vec<[String; 4]> = schema.fields.iter().map(|field| row(field, language)).collect();
    writeln!(out)?;
    write_table(out, titles, &rows, paint)
}

fn write_table(
    out: &mut impl Write,
    titles: [&str; 4],
    rows: &[[String; 4]],
    paint: Paint,
) -> io::Result<()> {
    let [a, b, c, _] = titles;
    let widths = (
        width_of(rows.iter().map(|[a, ..]| a.as_str()).chain([a])),
        width_of(rows.iter().map(|[_, b, ..]| b.as_str()).chain([b])),
        width_of(rows.iter().map(|[_, _, c, _]| c.as_str()).chain([c])),
    );
    let line = |[a, b, c, d]: [&str; 4]| {
        let line = format!("{}  {}  {}  {d}", pad(a, widths.0), pad(b, widths.1), pad(c, widths.2));
        line.trim_end().to_owned()
    };
    writeln!(out, "{}", paint.paint(Ink::Faint, &line(titles)))?;
    rows.iter().try_for_each(|row| writeln!(out, "{}", line(row.each_ref().map(String::as_str))))
}

fn row(field: &Field, language: Language) -> [String; 4] {
    let said = match field.kind {
        Kind::OneOf(ref values) => values.join("・"),
        _ => kind(&field.kind, language).to_owned(),
    };
    let example = field.example.as_deref().map(|example| match language {
        Language::Ja => format!("例: {example}"),
        Language::En => format!("e.g. {example}"),
    });
    let notes: Vec<String> = example.into_iter().chain(field.rule.clone()).collect();
    [field.name.clone(), need(field.need, language).to_owned(), said, notes.join("  ")]
}

fn need(need: Need, language: Language) -> &'static str {
    match (need, language) {
        (Need::Required, Language::Ja) => "必須",
        (Need::Recommended, Language::Ja) => "推奨",
        (Need::Optional, Language::Ja) => "任意",
        (Need::Unknown, Language::Ja) => "不明",
        (Need::Required, Language::En) => "required",
        (Need::Recommended, Language::En) => "recommended",
        (Need::Optional, Language::En) => "optional",
        (Need::Unknown, Language::En) => "unknown",
    }
}

/// What its cells hold: a word for people in Japanese, the name that files and programs use in English.
fn kind(kind: &Kind, language: Language) -> &'static str {
    let (ja, en) = match kind {
        Kind::Text => ("文字", "text"),
        Kind::Ascii => ("半角英数字", "ascii"),
        Kind::Katakana => ("全角カタカナ", "katakana"),
        Kind::Code { .. } => ("コード", "code"),
        Kind::Integer { .. } => ("整数", "integer"),
        Kind::Number => ("数", "number"),
        Kind::Date => ("日付", "date"),
        Kind::Time { .. } => ("時刻", "time"),
        Kind::Latitude => ("緯度", "latitude"),
        Kind::Longitude => ("経度", "longitude"),
        Kind::Telephone => ("電話番号", "telephone"),
        Kind::Url => ("URL", "url"),
        Kind::Email => ("メールアドレス", "email"),
        Kind::PostalCode => ("郵便番号", "postal_code"),
        Kind::CorporateNumber => ("法人番号", "corporate_number"),
        Kind::MunicipalityCode => ("全国地方公共団体コード", "municipality_code"),
        Kind::OneOf(_) => ("決まった値", "one_of"),
        Kind::Weekdays => ("曜日", "weekdays"),
        Kind::List => ("いくつかの文字（;で区切る）", "list"),
    };
    match language {
        Language::Ja => ja,
        Language::En => en,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::cli::schemas::named;

    fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_schema_is_a_line_of_the_list() {
        let schemas = Schemas::embedded();
        let list = written(|out| write_list(out, &schemas, Language::Ja, Paint::OFF));
        assert_eq!(list.lines().count(), schemas.iter().count() + 1);
        assert!(list.lines().any(|line| line.starts_with("hyojun/public_toilet ")), "{list}");
    }

    #[test]
    fn every_field_of_a_schema_is_shown_with_its_need_and_an_example() {
        let schemas = Schemas::embedded();
        let toilet = named(&schemas, "hyojun/public_toilet").unwrap();
        let shown = written(|out| write_one(out, toilet, Language::Ja, Paint::OFF));
        for field in &toilet.fields {
            assert!(shown.lines().any(|line| line.starts_with(&field.name)), "{}", field.name);
        }
        assert!(shown.contains("公衆トイレ一覧 (hyojun/public_toilet)  自治体標準オープンデータセット\n"));
        let code = shown.lines().find(|line| line.starts_with("全国地方公共団体コード")).unwrap();
        assert!(code.contains("推奨") && code.contains("例: 042021"), "{code}");
    }

    #[test]
    fn no_line_of_a_table_ends_in_blanks() {
        let schemas = Schemas::embedded();
        for schema in schemas.iter() {
            let shown = written(|out| write_one(out, schema, Language::En, Paint::OFF));
            assert!(shown.lines().all(|line| !line.ends_with(' ')), "{shown}");
        }
    }
}
