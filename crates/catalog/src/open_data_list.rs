//! オープンデータ一覧: the catalog as a table in the national layout, one row for each file.
//!
//! Datasets come in, rows of text go out; only what is known is written. Publishing the table is [`crate::made`]'s
//! business.
//!
//! Rule: 自治体標準オープンデータセット, A-06 オープンデータ一覧; portals key on データセット_ID and on ファイル_ダウンロードURL, so
//! both are always there.

use jiff::Timestamp;
use jiff::tz::{self, TimeZone};

use crate::city::{Area, City};
use crate::dataset::{Dataset, Period};
use crate::distribution::Format;
use crate::iri::Iris;
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

/// One file of a dataset; `bytes` is `None` while its size is not known.
pub(crate) struct Line<'a> {
    pub dataset: &'a Dataset,
    pub format: Format,
    pub bytes: Option<u64>,
    /// When the file was published.
    pub published: Option<Timestamp>,
}

/// How one column is filled.
type Fill = fn(&Scope<'_>, &Line<'_>) -> String;

/// The 42 columns, in the order of the standard.
const COLUMNS: [(&str, Fill); 42] = [
    ("データセット_ID", |_, line| line.dataset.slug.to_string()),
    ("全国地方公共団体コード", |scope, _| scope.city.code.to_string()),
    ("地方公共団体名", |scope, _| municipality(scope)),
    ("データセット_タイトル", |_, line| one_line(&line.dataset.metadata.title)),
    ("データセット_サブタイトル", unknown),
    ("データセット_概要", |_, line| one_line(&line.dataset.metadata.description)),
    ("データセット_キーワード", |_, line| list(&line.dataset.metadata.keywords)),
    ("データセット_分類", |scope, line| label(scope.themes, line.dataset.metadata.theme.as_deref())),
    ("データセット_ユニバーサルメニュー", unknown),
    ("データセット_公開日", |_, line| day(line.dataset.issued)),
    ("データセット_最終更新日", |_, line| day(Some(line.dataset.modified))),
    ("データセット_バージョン", unknown),
    ("データセット_言語", |_, _| LANGUAGE.to_owned()),
    ("データセット_URL", |scope, line| scope.iris.dataset(&line.dataset.slug)),
    ("データセット_更新頻度", |scope, line| {
        label(scope.frequencies, line.dataset.metadata.frequency.as_deref())
    }),
    ("データセット_準拠する標準", standard),
    ("データセット_関連ドキュメント", unknown),
    ("データセット_来歴情報", |_, line| {
        one_line(line.dataset.metadata.source.as_deref().unwrap_or_default())
    }),
    ("データセット_対象地域", |scope, line| scope.city.area(line.dataset.metadata.area).1),
    ("データセット_対象期間", |_, line| {
        line.dataset.metadata.temporal.map(period).unwrap_or_default()
    }),
    ("データセット_連絡先名称", |_, line| line.dataset.department.title.clone()),
    ("データセット_連絡先メールアドレス", unknown),
    ("データセット_連絡先電話番号", unknown),
    ("データセット_連絡先内線番号", unknown),
    ("データセット_連絡先FormURL", unknown),
    ("データセット_連絡先備考（その他、SNSなど）", unknown),
    ("データセット_備考", unknown),
    ("ファイル_タイトル", |_, line| {
        format!("{}（{}）", one_line(&line.dataset.metadata.title), line.format.title())
    }),
    ("ファイル_アクセスURL", |scope, line| scope.iris.dataset(&line.dataset.slug)),
    ("ファイル_ダウンロードURL", |scope, line| {
        scope.iris.download(&line.dataset.slug, line.format)
    }),
    ("ファイル_説明", unknown),
    ("ファイル形式", |_, line| line.format.title().to_owned()),
    ("ファイル_ライセンス", |_, line| line.dataset.metadata.licence.short().to_owned()),
    ("ファイル_ステータス", unknown),
    ("ファイル_サイズ", |_, line| line.bytes.map(|bytes| bytes.to_string()).unwrap_or_default()),
    ("ファイル_公開日", |_, line| day(line.published)),
    ("ファイル_最終更新日", |_, line| day(line.published)),
    ("ファイル_利用規約", |_, line| line.dataset.metadata.licence.iri().to_owned()),
    ("ファイル_関連ドキュメント", unknown),
    ("ファイル_言語", |_, _| LANGUAGE.to_owned()),
    ("ファイル_準拠する標準", standard),
    ("ファイル_API対応有無", |_, _| "無".to_owned()),
];

/// What the catalog is written in.
const LANGUAGE: &str = "日本語";

/// The table as CSV: UTF-8, CRLF, the header first.
pub(crate) fn csv(scope: &Scope<'_>, lines: &[Line<'_>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let written = writer.write_record(COLUMNS.iter().map(|(name, _)| name)).and_then(|()| {
        lines
            .iter()
            .try_for_each(|line| writer.write_record(COLUMNS.iter().map(|(_, fill)| fill(scope, line))))
    });
    written.expect("every record has 42 cells, and memory takes them");
    writer.into_inner().expect("memory takes what is left to write")
}

fn unknown(_: &Scope<'_>, _: &Line<'_>) -> String {
    String::new()
}

fn municipality(scope: &Scope<'_>) -> String {
    scope.city.area(Area::City).1
}

fn standard(scope: &Scope<'_>, line: &Line<'_>) -> String {
    let Some(id) = &line.dataset.metadata.schema else { return String::new() };
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

/// A text without line breaks: a cell of the list is one line.
fn one_line(text: &str) -> String {
    text.split(['\r', '\n', '\t'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests;
