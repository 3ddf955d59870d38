//! Reads what a CKAN portal has answered: packages, in the words of the national layout.
//!
//! A saved answer of `package_search`, `current_package_list_with_resources` or `package_show`, or lines of packages as
//! `ckanapi dump datasets` writes them. Which member is which column: `docs/harvesters.md`.

use std::collections::BTreeMap;

use ingestion::Text;
use jiff::civil::{Date, DateTime};
use jiff::tz::{self, TimeZone};
use serde_json::{Map, Value};

use super::Listed;
use crate::origin::Source;

/// Why a file is no answer of a CKAN portal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// It is no JSON.
    #[error("it does not read as JSON: {0}")]
    NotJson(String),
    /// It holds no packages.
    #[error("it holds no packages")]
    NoPackages,
}

/// The packages that `bytes` hold, in their order.
///
/// # Errors
/// [`NoAnswer`]
pub fn read(bytes: &[u8]) -> Result<Vec<Listed>, NoAnswer> {
    let packages = packages(bytes)?;
    Ok((1..).zip(packages).map(|(number, package)| listed(number, &package)).collect())
}

fn packages(bytes: &[u8]) -> Result<Vec<Map<String, Value>>, NoAnswer> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut all = Vec::new();
    for value in serde_json::Deserializer::from_slice(bytes).into_iter::<Value>() {
        gather(value.map_err(|error| NoAnswer::NotJson(error.to_string()))?, &mut all);
    }
    if all.is_empty() { Err(NoAnswer::NoPackages) } else { Ok(all) }
}

/// Adds the packages in `value`: itself, those of a list, or those of an envelope.
fn gather(value: Value, all: &mut Vec<Map<String, Value>>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| gather(value, all)),
        Value::Object(mut members) => match (members.remove("result"), members.remove("results")) {
            (Some(inner), _) | (None, Some(inner)) => gather(inner, all),
            (None, None) if members.contains_key("name") && members.contains_key("title") => {
                all.push(members)
            }
            (None, None) => {}
        },
        _ => {}
    }
}

fn listed(number: usize, package: &Map<String, Value>) -> Listed {
    let text = |name: &str| text(package.get(name));
    let extras = extras(package);
    let extra = |key: &str| extras.get(key).cloned().unwrap_or_default();
    let first = |texts: &[String]| texts.iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
    let organization = package.get("organization").and_then(Value::as_object);
    let of_organization = |name: &str| organization.map_or_else(String::new, |it| self::text(it.get(name)));
    let group = objects(package.get("groups")).next();
    let group_title = group.map_or_else(String::new, |group| {
        let title = self::text(group.get("title"));
        if title.is_empty() { self::text(group.get("name")) } else { title }
    });
    let tags: Vec<String> = objects(package.get("tags")).map(|tag| self::text(tag.get("name"))).collect();
    let columns = [
        ("データセット_ID", text("name")),
        ("データセット_タイトル", first(&[text("title"), text("name")])),
        ("データセット_概要", text("notes")),
        (
            "データセット_キーワード",
            tags.iter().map(|tag| tag.replace(';', "；")).collect::<Vec<_>>().join(";"),
        ),
        ("データセット_分類", first(&[group_title, one_of(&extra("theme"))])),
        ("データセット_公開日", day(&first(&[extra("issued"), text("metadata_created")]))),
        ("データセット_最終更新日", day(&first(&[extra("modified"), text("metadata_modified")]))),
        ("データセット_バージョン", text("version")),
        ("データセット_言語", language(&one_of(&extra("language")))),
        ("データセット_URL", text("url")),
        ("データセット_更新頻度", first(&[extra("frequency"), extra("更新頻度")])),
        ("データセット_準拠する標準", one_of(&extra("conforms_to"))),
        ("データセット_来歴情報", extra("provenance")),
        ("データセット_対象地域", first(&[extra("spatial_text"), extra("spatial_uri")])),
        ("データセット_対象期間", span(&extra("temporal_start"), &extra("temporal_end"))),
        (
            "データセット_連絡先名称",
            first(&[of_organization("title"), extra("contact_name"), text("maintainer"), text("author")]),
        ),
        (
            "データセット_連絡先メールアドレス",
            first(&[extra("contact_email"), text("maintainer_email"), text("author_email")]),
        ),
        ("データセット_関連ドキュメント", one_of(&extra("documentation"))),
    ];
    let licence = first(&[text("license_title"), text("license_id")]);
    let terms = first(&[text("license_url"), extra("license_uri"), text("license_id")]);
    let files = objects(package.get("resources")).map(|resource| file(resource, &licence, &terms));
    let mut remarks = Vec::new();
    if package.get("private").is_some_and(|private| private == &Value::Bool(true)) {
        remarks.push(Text::new("元のサイトでは非公開です。", "it is private where it comes from"));
    }
    let state = text("state");
    if !matches!(state.as_str(), "" | "active") {
        remarks.push(Text::new(
            format!("元のサイトでの状態は {state} です。"),
            format!("its state where it comes from is {state}"),
        ));
    }
    Listed {
        place: Text::new(format!("{number}件目"), format!("dataset {number}")),
        from: Source::Ckan,
        columns: columns.into_iter().map(|(name, text)| (name.to_owned(), text)).collect(),
        files: files.collect(),
        wrong: Vec::new(),
        remarks,
    }
}

fn file(resource: &Map<String, Value>, licence: &str, terms: &str) -> BTreeMap<String, String> {
    let text = |name: &str| text(resource.get(name));
    let own_licence = text("license");
    let url =
        |names: [&str; 2]| names.into_iter().map(text).find(|text| !text.is_empty()).unwrap_or_default();
    let columns = [
        ("ファイル_タイトル", text("name")),
        ("ファイル_アクセスURL", url(["access_url", "url"])),
        ("ファイル_ダウンロードURL", url(["download_url", "url"])),
        ("ファイル_説明", text("description")),
        ("ファイル形式", text("format")),
        ("ファイル_ライセンス", if own_licence.is_empty() { licence.to_owned() } else { own_licence }),
        ("ファイル_サイズ", text("size")),
        ("ファイル_公開日", day(&text("created"))),
        ("ファイル_最終更新日", day(&text("last_modified"))),
        ("ファイル_利用規約", terms.to_owned()),
    ];
    let filled = columns.into_iter().filter(|(_, text)| !text.is_empty());
    filled.map(|(name, text)| (name.to_owned(), text)).collect()
}

fn objects(value: Option<&Value>) -> impl Iterator<Item = &Map<String, Value>> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// A value as text; what is none says nothing.
fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn extras(package: &Map<String, Value>) -> BTreeMap<String, String> {
    let pair = |extra: &Map<String, Value>| (text(extra.get("key")), text(extra.get("value")));
    objects(package.get("extras")).map(pair).collect()
}

/// The first of a list that is written as JSON; any other text as it is.
fn one_of(text: &str) -> String {
    match serde_json::from_str::<Vec<String>>(text) {
        Ok(texts) => texts.into_iter().next().unwrap_or_default(),
        Err(_) => text.to_owned(),
    }
}

fn language(text: &str) -> String {
    match text.rsplit('/').next() {
        Some("JPN" | "ja" | "jpn") => "日本語".to_owned(),
        _ => text.to_owned(),
    }
}

/// The day in Japan of a moment as CKAN writes it (in UTC, without saying so), or of one with a zone.
fn day(text: &str) -> String {
    let japan = TimeZone::fixed(tz::offset(9));
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return time.to_zoned(japan).date().to_string();
    }
    let is_a_day = text.len() == "2026-04-01".len();
    let at =
        text.parse::<DateTime>().ok().filter(|_| !is_a_day).and_then(|at| at.to_zoned(TimeZone::UTC).ok());
    match at {
        Some(at) => at.timestamp().to_zoned(japan).date().to_string(),
        None => text.parse::<Date>().map_or_else(|_| text.to_owned(), |day| day.to_string()),
    }
}

fn span(start: &str, end: &str) -> String {
    let day = |text: &str| text.get(..10).unwrap_or(text).to_owned();
    let open = |text: String| if text.is_empty() { "..".to_owned() } else { text };
    match (day(start), day(end)) {
        (start, end) if start.is_empty() && end.is_empty() => String::new(),
        (start, end) => format!("{}/{}", open(start), open(end)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    const PACKAGE: &str = r#"{
        "name": "aed", "title": "AED設置箇所", "notes": "説明", "url": "https://x.example.jp/aed", "license_id": "cc-by",
        "license_title": "Creative Commons Attribution", "metadata_created": "2025-03-31T15:00:00.000000",
        "metadata_modified": "2025-04-01T00:00:00", "version": null, "private": false, "state": "active",
        "organization": {"name": "mihon", "title": "【見本】課"}, "groups": [{"name": "health", "title": "健康・医療"}],
        "tags": [{"name": "AED"}, {"name": "救急"}],
        "extras": [{"key": "frequency", "value": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"},
                   {"key": "temporal_start", "value": "2025-04-01"}, {"key": "language", "value": "[\"http://x/JPN\"]"}],
        "resources": [{"name": "CSV", "url": "https://x.example.jp/aed.csv", "format": "CSV", "size": 1234,
                       "last_modified": "2025-04-01T09:00:00"}]
    }"#;

    #[test]
    fn packages_are_found_in_whatever_was_saved() {
        let search =
            format!(r#"{{"success": true, "result": {{"count": 2, "results": [{PACKAGE}, {PACKAGE}]}}}}"#);
        let show = format!(r#"{{"success": true, "result": {PACKAGE}}}"#);
        for (saved, count) in [
            (search, 2),
            (show, 1),
            (format!("[{PACKAGE}]"), 1),
            (format!("{PACKAGE}\n{PACKAGE}\n"), 2),
            (format!("\u{feff}{PACKAGE}"), 1),
        ] {
            assert_eq!(read(saved.as_bytes()).map(|all| all.len()), Ok(count), "{saved}");
        }
        for saved in ["", "{}", "[]", "[1, null, {\"name\": 3}]", r#"{"result": []}"#] {
            assert_eq!(read(saved.as_bytes()), Err(NoAnswer::NoPackages), "{saved}");
        }
        assert!(matches!(read(b"<html>"), Err(NoAnswer::NotJson(_))));
    }

    #[test]
    fn a_package_is_told_in_the_words_of_the_national_layout() {
        let [aed] = read(PACKAGE.as_bytes()).unwrap().try_into().unwrap();
        for (column, expected) in [
            ("データセット_ID", "aed"),
            ("データセット_キーワード", "AED;救急"),
            ("データセット_分類", "健康・医療"),
            ("データセット_公開日", "2025-04-01"),
            ("データセット_最終更新日", "2025-04-01"),
            ("データセット_言語", "日本語"),
            ("データセット_対象期間", "2025-04-01/.."),
            ("データセット_連絡先名称", "【見本】課"),
        ] {
            assert_eq!(aed.columns[column], expected, "{column}");
        }
        assert_eq!(aed.files[0]["ファイル_ダウンロードURL"], "https://x.example.jp/aed.csv");
        assert_eq!(aed.files[0]["ファイル_サイズ"], "1234");
        assert_eq!(aed.files[0]["ファイル_ライセンス"], "Creative Commons Attribution");
    }
}
