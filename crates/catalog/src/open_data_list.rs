//! オープンデータ一覧: the catalog as a table in the national layout, one row for each file.
//!
//! Datasets come in, rows of text go out; only what is known is written. Publishing the table is [`crate::made`]'s
//! business.
//!
//! Rule: 自治体標準オープンデータセット, A-06 オープンデータ一覧; portals key on データセット_ID and on ファイル_ダウンロードURL, so
//! both are always there.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::{self, TimeZone};

use crate::city::{Area, City};
use crate::dataset::{Dataset, Period};
use crate::distribution::Format;
use crate::iri::Iris;
use crate::origin::Origin;
use crate::term::Term;
use ingestion::Schemas;

/// What the rows are made of, besides the datasets.
pub(crate) struct Scope<'a> {
    pub iris: &'a Iris,
    pub city: &'a City,
    pub themes: &'a [Term],
    pub frequencies: &'a [Term],
    pub schemas: &'a Schemas,
}

/// One file of a dataset, or a dataset that has none yet.
pub(crate) struct Line<'a> {
    pub dataset: &'a Dataset,
    /// The form, where it is one.
    pub form: Option<Form>,
    /// Where the dataset was brought in from, and the columns of the file that this line is about.
    pub origin: Option<(&'a Origin, Option<&'a BTreeMap<String, String>>)>,
}

/// A form of a dataset; `bytes` is `None` while its size is not known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    pub format: Format,
    pub bytes: Option<u64>,
    /// When it was published.
    pub published: Option<Timestamp>,
}

/// How one column is filled.
enum Fill {
    /// By what is said about the dataset.
    Dataset(fn(&Scope<'_>, &Dataset) -> String),
    /// By what is known of the file.
    File(fn(&Scope<'_>, &Dataset, Form) -> String),
}

use Fill::{Dataset as D, File as F};

/// The 42 columns, in the order of the standard.
const COLUMNS: [(&str, Fill); 42] = [
    ("データセット_ID", D(|_, dataset| dataset.slug.to_string())),
    ("全国地方公共団体コード", D(|scope, _| scope.city.code.to_string())),
    ("地方公共団体名", D(|scope, _| municipality(scope))),
    ("データセット_タイトル", D(|_, dataset| one_line(&dataset.metadata.title))),
    ("データセット_サブタイトル", D(unknown)),
    ("データセット_概要", D(|_, dataset| one_line(&dataset.metadata.description))),
    ("データセット_キーワード", D(|_, dataset| list(&dataset.metadata.keywords))),
    ("データセット_分類", D(|scope, dataset| label(scope.themes, dataset.metadata.theme.as_deref()))),
    ("データセット_ユニバーサルメニュー", D(unknown)),
    ("データセット_公開日", D(|_, dataset| day(dataset.issued))),
    ("データセット_最終更新日", D(|_, dataset| day(Some(dataset.modified)))),
    ("データセット_バージョン", D(unknown)),
    ("データセット_言語", D(|_, _| LANGUAGE.to_owned())),
    ("データセット_URL", D(|scope, dataset| scope.iris.dataset(&dataset.slug))),
    (
        "データセット_更新頻度",
        D(|scope, dataset| label(scope.frequencies, dataset.metadata.frequency.as_deref())),
    ),
    ("データセット_準拠する標準", D(standard)),
    ("データセット_関連ドキュメント", D(unknown)),
    (
        "データセット_来歴情報",
        D(|_, dataset| one_line(dataset.metadata.source.as_deref().unwrap_or_default())),
    ),
    ("データセット_対象地域", D(|scope, dataset| scope.city.area(dataset.metadata.area).1)),
    ("データセット_対象期間", D(|_, dataset| dataset.metadata.temporal.map(period).unwrap_or_default())),
    ("データセット_連絡先名称", D(|_, dataset| dataset.department.title.clone())),
    ("データセット_連絡先メールアドレス", D(unknown)),
    ("データセット_連絡先電話番号", D(unknown)),
    ("データセット_連絡先内線番号", D(unknown)),
    ("データセット_連絡先FormURL", D(unknown)),
    ("データセット_連絡先備考（その他、SNSなど）", D(unknown)),
    ("データセット_備考", D(unknown)),
    (
        "ファイル_タイトル",
        F(|_, dataset, form| format!("{}（{}）", one_line(&dataset.metadata.title), form.format.title())),
    ),
    ("ファイル_アクセスURL", F(|scope, dataset, _| scope.iris.dataset(&dataset.slug))),
    ("ファイル_ダウンロードURL", F(|scope, dataset, form| scope.iris.download(&dataset.slug, form.format))),
    ("ファイル_説明", F(not_known)),
    ("ファイル形式", F(|_, _, form| form.format.title().to_owned())),
    ("ファイル_ライセンス", F(|_, dataset, _| dataset.metadata.licence.short().to_owned())),
    ("ファイル_ステータス", F(not_known)),
    ("ファイル_サイズ", F(|_, _, form| form.bytes.map(|bytes| bytes.to_string()).unwrap_or_default())),
    ("ファイル_公開日", F(|_, _, form| day(form.published))),
    ("ファイル_最終更新日", F(|_, _, form| day(form.published))),
    ("ファイル_利用規約", F(|_, dataset, _| dataset.metadata.licence.iri().to_owned())),
    ("ファイル_関連ドキュメント", F(not_known)),
    ("ファイル_言語", F(|_, _, _| LANGUAGE.to_owned())),
    ("ファイル_準拠する標準", F(|scope, dataset, _| standard(scope, dataset))),
    // The rows of every published dataset answer by the API.
    ("ファイル_API対応有無", F(|_, _, _| "有".to_owned())),
];

/// What the catalog is written in.
const LANGUAGE: &str = "日本語";

/// The table as CSV: UTF-8, CRLF, the header first.
pub(crate) fn csv(scope: &Scope<'_>, lines: &[Line<'_>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let written = writer.write_record(COLUMNS.iter().map(|(name, _)| name)).and_then(|()| {
        lines
            .iter()
            .try_for_each(|line| writer.write_record(COLUMNS.iter().map(|column| cell(scope, line, column))))
    });
    written.expect("every record has 42 cells, and memory takes them");
    writer.into_inner().expect("memory takes what is left to write")
}

fn cell(scope: &Scope<'_>, line: &Line<'_>, (name, fill): &(&str, Fill)) -> String {
    match (fill, line.origin, line.form) {
        (Fill::Dataset(fill), Some((origin, _)), _) => origin.cell(name, fill(scope, line.dataset)),
        (Fill::Dataset(fill), None, _) => fill(scope, line.dataset),
        (Fill::File(_), Some((_, file)), _) => {
            file.and_then(|file| file.get(*name)).cloned().unwrap_or_default()
        }
        (Fill::File(fill), None, Some(form)) => fill(scope, line.dataset, form),
        (Fill::File(_), None, None) => String::new(),
    }
}

fn unknown(_: &Scope<'_>, _: &Dataset) -> String {
    String::new()
}

fn not_known(_: &Scope<'_>, _: &Dataset, _: Form) -> String {
    String::new()
}

fn municipality(scope: &Scope<'_>) -> String {
    scope.city.area(Area::City).1
}

fn standard(scope: &Scope<'_>, dataset: &Dataset) -> String {
    let Some(id) = &dataset.metadata.schema else { return String::new() };
    let title = scope.schemas.get(id).map_or(id.slug(), |schema| schema.title.as_str());
    format!("{}　{title}", id.standard().title())
}

fn label(terms: &[Term], code: Option<&str>) -> String {
    let term = code.and_then(|code| terms.iter().find(|term| term.code == code));
    term.map(|term| term.label.clone()).unwrap_or_default()
}

/// Rule: 半角セミコロン区切り; one inside a word would cut it.
fn list(words: &[String]) -> String {
    words.iter().map(|word| one_line(word).replace(';', "；")).collect::<Vec<_>>().join(";")
}

/// Rule: YYYY-MM-DD, as the day was in Japan.
fn day(time: Option<Timestamp>) -> String {
    let japan = TimeZone::fixed(tz::offset(9));
    time.map(|time| time.to_zoned(japan).date().to_string()).unwrap_or_default()
}

/// Rule: an ISO 8601 interval; an open end is `..`.
fn period(period: Period) -> String {
    let end = |date: Option<jiff::civil::Date>| date.map_or_else(|| "..".to_owned(), |date| date.to_string());
    format!("{}/{}", end(period.start), end(period.end))
}

/// A text without line breaks: a cell of the list is one line. Letters for which no file is accepted are left out, or one text
/// of one dataset would keep the whole list from being published.
fn one_line(text: &str) -> String {
    let text = text.replace(ingestion::is_wrong_letter, "");
    text.split(['\r', '\n', '\t'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests;
