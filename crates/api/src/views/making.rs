//! What staff say of a dataset and its revisions, as they write it in JSON.

use std::collections::BTreeMap;

use catalog::draft::NewDataset;
use catalog::{Area, Licence, Metadata, Period, Slug};
use ingestion::SchemaId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::report_view::ReportView;
use crate::views::revision::RevisionView;

/// A new dataset. Only `slug` and `title` are needed: the rest is filled in from the schema and the city's own words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewDataset)]
pub struct NewDatasetView {
    /// Its name for ever: `[a-z0-9][a-z0-9_-]{1,99}`.
    #[schema(example = "public-toilets")]
    pub slug: String,
    /// Its title.
    #[schema(example = "公衆トイレ一覧")]
    pub title: String,
    /// The national schema it follows; null where it follows none.
    #[schema(example = "hyojun/public_toilet")]
    pub schema: Option<String>,
    /// Its English title.
    pub title_en: Option<String>,
    /// What it holds, for whom, where it comes from.
    pub description: Option<String>,
    /// Words people look for.
    pub keywords: Option<Vec<String>>,
    /// The code of its 分類.
    pub theme: Option<String>,
    /// The code of its 更新頻度.
    pub frequency: Option<String>,
    /// `CC-BY-4.0`, `CC0-1.0` or `PDL-1.0`; the city's own unless said otherwise.
    pub license: Option<String>,
    /// `city` (the default) or `prefecture`.
    pub area: Option<String>,
    /// The time it speaks of.
    pub temporal: Option<SpanView>,
    /// Where its rows come from, when they are not the department's own.
    pub source: Option<String>,
}

/// What is to be said about a dataset from now on: members that are left out stay as they are, null takes away.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = DatasetChanges)]
pub struct DatasetChangesView {
    /// Its title.
    #[schema(example = "公衆トイレ一覧")]
    pub title: Option<String>,
    /// What it holds, for whom, where it comes from.
    pub description: Option<String>,
    /// Words people look for.
    pub keywords: Option<Vec<String>>,
    /// `CC-BY-4.0`, `CC0-1.0` or `PDL-1.0`.
    pub license: Option<String>,
    /// `city` or `prefecture`.
    pub area: Option<String>,
    /// The national schema it follows; of a published dataset it stays.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub schema: Option<Option<String>>,
    /// Its English title.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub title_en: Option<Option<String>>,
    /// The code of its 分類.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub theme: Option<Option<String>>,
    /// The code of its 更新頻度.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub frequency: Option<Option<String>>,
    /// The time it speaks of.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<SpanView>)]
    pub temporal: Option<Option<SpanView>>,
    /// Where its rows come from, when they are not the department's own.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub source: Option<Option<String>>,
}

/// A span of days, both ends included; an open end goes on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Span)]
pub struct SpanView {
    /// The first day.
    #[schema(example = "2025-04-01")]
    pub start: Option<String>,
    /// The last day.
    #[schema(example = "2026-03-31")]
    pub end: Option<String>,
}

/// Tells a member that is null from one that is left out.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// Answers to the questions of a report.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Answers)]
pub struct AnswersView {
    /// By the question's `id`, or its code and column (`personal-data:備考`): the text or the number (from 1) of a
    /// choice; null leaves it open again. Questions that are left out stay as they were answered.
    #[schema(value_type = Object, example = json!({"q1": "1", "missing-value:電話番号": "値がない（空欄にする）"}))]
    pub answers: BTreeMap<String, Option<ChoiceView>>,
}

/// A choice: its text, or its number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum ChoiceView {
    /// Its text in either language, or its number in a text.
    Text(String),
    /// Its number, from 1.
    Number(u64),
}

impl AnswersView {
    /// The answers as the catalog takes them.
    pub fn replies(self) -> Vec<(String, Option<String>)> {
        let choice = |choice| match choice {
            ChoiceView::Text(text) => text,
            ChoiceView::Number(number) => number.to_string(),
        };
        self.answers.into_iter().map(|(question, answer)| (question, answer.map(choice))).collect()
    }
}

/// When a revision is to be published.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Publication)]
pub struct PublicationView {
    /// At this moment (RFC 3339); now where it is left out or past.
    #[schema(example = "2027-04-01T09:00:00+09:00")]
    pub at: Option<String>,
}

impl PublicationView {
    /// The moment.
    ///
    /// # Errors
    /// What does not read.
    pub fn at(&self) -> Result<Option<Timestamp>, Problem> {
        let read = |text: &String| {
            text.parse().map_err(|_| {
                Problem::bad_value(
                    "at",
                    "2027-04-01T09:00:00+09:00 のように、日時と時差を書きます。",
                    "it is an RFC 3339 moment with its zone, like 2027-04-01T09:00:00+09:00",
                )
            })
        };
        self.at.as_ref().map(read).transpose()
    }
}

/// Why something is returned or withdrawn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Reason)]
pub struct ReasonView {
    /// In a sentence or two, 1 to 2,000 characters.
    #[schema(example = "所在地が古い行があります。", min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// A revision with what was found in its file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Draft)]
pub struct DraftView {
    /// The revision.
    #[serde(flatten)]
    pub revision: RevisionView,
    /// What was found in its file.
    pub report: ReportView,
}

impl NewDatasetView {
    /// The dataset that is wanted.
    ///
    /// # Errors
    /// The member whose value is none of those there may be.
    pub fn read(self) -> Result<NewDataset, Problem> {
        let slug = Slug::parse(&self.slug).map_err(|why| {
            Problem::bad_value("slug", "半角の英小文字・数字・`_`・`-` で2〜100字です。", why)
        })?;
        Ok(NewDataset {
            title_en: self.title_en,
            description: self.description,
            keywords: self.keywords,
            theme: self.theme,
            frequency: self.frequency,
            licence: self.license.as_deref().map(licence).transpose()?,
            schema: self.schema.as_deref().map(schema).transpose()?,
            area: self.area.as_deref().map(area).transpose()?,
            temporal: self.temporal.map(SpanView::read).transpose()?,
            source: self.source,
            ..NewDataset::named(slug, self.title)
        })
    }
}

impl DatasetChangesView {
    /// What is said from now on, where `before` was said.
    ///
    /// # Errors
    /// The member whose value is none of those there may be.
    pub fn onto(self, before: &Metadata) -> Result<Metadata, Problem> {
        let before = before.clone();
        Ok(Metadata {
            title: self.title.unwrap_or(before.title),
            title_en: self.title_en.unwrap_or(before.title_en),
            description: self.description.unwrap_or(before.description),
            keywords: self.keywords.unwrap_or(before.keywords),
            theme: self.theme.unwrap_or(before.theme),
            frequency: self.frequency.unwrap_or(before.frequency),
            licence: self.license.as_deref().map(licence).transpose()?.unwrap_or(before.licence),
            schema: match self.schema {
                Some(id) => id.as_deref().map(schema).transpose()?,
                None => before.schema,
            },
            area: self.area.as_deref().map(area).transpose()?.unwrap_or(before.area),
            temporal: match self.temporal {
                Some(span) => span.map(SpanView::read).transpose()?,
                None => before.temporal,
            },
            source: self.source.unwrap_or(before.source),
        })
    }
}

impl SpanView {
    fn read(self) -> Result<Period, Problem> {
        let day = |text: String| {
            text.parse::<Date>().map_err(|_| {
                Problem::bad_value("temporal", "2025-04-01 のように書きます。", "a day is written 2025-04-01")
            })
        };
        Ok(Period { start: self.start.map(day).transpose()?, end: self.end.map(day).transpose()? })
    }
}

fn licence(id: &str) -> Result<Licence, Problem> {
    Licence::from_id(id).ok_or_else(|| {
        let known = Licence::ALL.map(Licence::id).join(", ");
        Problem::bad_value(
            "license",
            format_args!("{known} のどれかです。"),
            format_args!("it is one of {known}"),
        )
    })
}

fn schema(id: &str) -> Result<SchemaId, Problem> {
    id.parse().map_err(|_| {
        Problem::bad_value(
            "schema",
            "hyojun/… か suisho/… と書きます。一覧は /api/v1/schemas にあります。",
            "it is written hyojun/… or suisho/…; /api/v1/schemas lists them",
        )
    })
}

fn area(name: &str) -> Result<Area, Problem> {
    match name {
        "city" => Ok(Area::City),
        "prefecture" => Ok(Area::Prefecture),
        _ => Err(Problem::bad_value("area", "city か prefecture です。", "it is city or prefecture")),
    }
}
