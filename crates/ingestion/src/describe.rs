//! Describes a schema to other programs and to whoever fills it in.
//!
//! A [`Schema`] comes in; out come a Frictionless Table Schema, CSVW metadata, and a template as CSV and as a
//! workbook. The same schema gives the same bytes, so that an ETag holds. What a good cell is says
//! [`crate::schema`]; how these are served is their reader's business.
//!
//! What is written as a constraint is only what the standard is sure of: a checker of somebody else's then
//! refuses nothing that is a mere warning for want of certainty. The rest is said in words.

mod csvw;
mod table_schema;
mod template;

use crate::schema::{Field, Kind, Need, Schema};
use crate::text::Text;

pub use csvw::Csvw;
pub use table_schema::TableSchema;
pub(crate) use template::{cut, head_format, properties, width};
pub use template::{template_csv, template_xlsx};

/// What holds of the text of a good cell.
struct Rule {
    /// A regular expression that all of it matches.
    pattern: Option<String>,
    /// The values it may have.
    values: Option<Vec<String>>,
    /// The smallest number, and the largest.
    range: (Option<f64>, Option<f64>),
}

/// What holds of every good cell of `field`, as far as the standard is sure.
fn rule(field: &Field) -> Rule {
    let pattern = |text: &str| Some(text.to_owned());
    let sure = field.evidence.is_sure();
    let pattern = match &field.kind {
        Kind::Ascii if sure => pattern("^[ -~]*$"),
        Kind::Katakana if sure => pattern("^[^ぁ-ゖ一-鿿々｡-ﾟ]*$"),
        Kind::Code { shape } if sure => pattern(shape.as_str()),
        Kind::Weekdays if sure => pattern("^月?火?水?木?金?土?日?$"),
        Kind::Time { end: false } => pattern("^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"),
        Kind::Time { end: true } => pattern("^(([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?|24:00(:00)?)$"),
        Kind::Url => pattern(r"^[Hh][Tt][Tt][Pp][Ss]?://\S+$"),
        Kind::PostalCode => pattern("^[0-9]{7}$"),
        Kind::CorporateNumber => pattern("^[0-9]{13}$"),
        Kind::MunicipalityCode => pattern("^[0-9]{6}$"),
        _ => None,
    };
    let values = match &field.kind {
        Kind::OneOf(values) if field.list_is_sure() => Some(values.clone()),
        _ => None,
    };
    let range = match field.kind {
        Kind::Integer { min } => (min.map(|min| min as f64), None),
        Kind::Latitude => (Some(20.0), Some(46.0)),
        Kind::Longitude => (Some(122.0), Some(154.5)),
        _ => (None, None),
    };
    Rule { pattern, values, range }
}

/// Whether an empty cell of `field` is an error.
fn is_required(field: &Field) -> bool {
    field.need == Need::Required && field.required_basis.is_sure() && field.blank.is_none()
}

/// The name of `field` with its unit: `浸水深（m）`.
fn label(field: &Field) -> String {
    match &field.unit {
        Some(unit) => format!("{}（{unit}）", field.name),
        None => field.name.clone(),
    }
}

/// How a cell of `field` is written: by its kind, by the standard's words, its unit, what an empty cell says.
fn how(field: &Field) -> Text {
    let Text { mut ja, mut en } = field.kind.describe();
    if let Some(rule) = &field.rule {
        ja.push_str(rule.trim_end_matches('。'));
        ja.push('。');
    }
    if let Some(unit) = &field.unit {
        ja.push_str(&format!("単位は{unit}です。"));
        en.push_str(&format!(" The unit is {unit}."));
    }
    if let Some(blank) = &field.blank {
        ja.push_str(&format!("空欄は「{blank}」という意味です。"));
        en.push_str(&format!(" An empty cell says \"{blank}\"."));
    }
    Text::new(ja, en)
}

/// 必須, 推奨, 任意 or nothing, and how sure that is.
fn need(field: &Field) -> Text {
    let (ja, en) = match field.need {
        Need::Required => ("必須", "Required"),
        Need::Recommended => ("推奨", "Recommended"),
        Need::Optional => ("任意", "Optional"),
        Need::Unknown => return Text::new("", ""),
    };
    if field.required_basis.is_sure() {
        Text::new(ja, en)
    } else {
        Text::new(format!("{ja}（推定）"), format!("{en} (presumably)"))
    }
}

/// What `field` is to be told in one paragraph: need, and how its cells are written.
fn paragraph(field: &Field) -> Text {
    let (need, how) = (need(field), how(field));
    if need.ja.is_empty() {
        return how;
    }
    Text::new(format!("{}。{}", need.ja, how.ja), format!("{}. {}", need.en, how.en))
}

/// The title of `schema` with its standard: 公衆トイレ一覧（自治体標準オープンデータセット）.
fn title(schema: &Schema) -> String {
    format!("{}（{}）", schema.title, schema.id.standard().title())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::cell;
    use crate::schemas::Schemas;

    /// `cell` of `field` in hyojun/public_toilet fits the pattern that is published, or not.
    #[track_caller]
    fn fits(field: &str, cell: &str, expected: bool) {
        let schemas = Schemas::embedded();
        let schema = schemas.get(&"hyojun/public_toilet".parse().unwrap()).unwrap();
        let pattern = rule(schema.field(field).unwrap()).pattern.unwrap();
        assert_eq!(regex::Regex::new(&pattern).unwrap().is_match(cell), expected, "{field}: {cell}");
    }

    #[test]
    fn a_published_pattern_knows_a_good_cell_from_a_bad_one() {
        fits("全国地方公共団体コード", "042021", true);
        fits("全国地方公共団体コード", "42021", false);
        fits("名称_カナ", "ヒヨリヤマ公園", false);
        fits("名称_カナ", "ヒヨリヤマ・A", true);
        fits("名称_カナ", "ﾋﾖﾘﾔﾏ", false);
        fits("名称_英語", "Hiyoriyama", true);
        fits("名称_英語", "日和山", false);
        fits("利用開始時間", "09:00", true);
        fits("利用開始時間", "24:00", false);
        fits("利用終了時間", "24:00", true);
        fits("利用終了時間", "9:00", false);
        fits("画像", "https://example.jp/写真.jpg", true);
        fits("画像", "ftp://example.jp/", false);
    }

    #[test]
    fn no_good_example_breaks_what_is_published() {
        for schema in Schemas::embedded().iter() {
            for field in &schema.fields {
                let (Some(example), rule) = (&field.example, rule(field)) else { continue };
                let fits =
                    rule.pattern.is_none_or(|pattern| regex::Regex::new(&pattern).unwrap().is_match(example));
                let listed = rule.values.is_none_or(|values| values.contains(example));
                assert!(fits && listed, "{}: {} {example}", schema.id, field.name);
                assert_eq!(cell::read(field, example).1, None);
            }
        }
    }

    #[test]
    fn what_is_not_sure_is_no_constraint() {
        for schema in Schemas::embedded().iter() {
            for field in &schema.fields {
                let rule = rule(field);
                assert!(rule.values.is_none() || field.list_is_sure(), "{}: {}", schema.id, field.name);
                assert!(!is_required(field) || field.required_basis.is_sure());
            }
        }
    }
}
