//! The records of OGC API – Records as JSON.
//!
//! Rule: OGC 20-004r1, `recordGeoJSON.yaml`.

use catalog::asking::{Bbox, Days};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::ogc::link::Link;

/// A page of records.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcRecords)]
#[serde(rename_all = "camelCase")]
pub struct RecordsView {
    /// `FeatureCollection`
    #[serde(rename = "type")]
    #[schema(example = "FeatureCollection")]
    pub kind: &'static str,
    /// The records.
    pub features: Vec<RecordView>,
    /// How many there are on all pages.
    #[schema(example = 9)]
    pub number_matched: u64,
    /// How many there are on this page.
    #[schema(example = 9)]
    pub number_returned: u64,
    /// Where else, and where to go on.
    pub links: Vec<Link>,
}

/// A record: what is said of one dataset.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcRecord)]
#[serde(rename_all = "camelCase")]
pub struct RecordView {
    /// The dataset's slug.
    #[schema(example = "public-toilets")]
    pub id: String,
    /// `Feature`
    #[serde(rename = "type")]
    #[schema(example = "Feature")]
    pub kind: &'static str,
    /// What it is by.
    #[schema(example = json!(["http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"]))]
    pub conforms_to: [&'static str; 1],
    /// The least box around the rows, null where they have no coordinates.
    pub geometry: Option<GeometryView>,
    /// The time that the rows speak of, null where nobody says so.
    pub time: Option<TimeView>,
    /// What is said of the dataset.
    pub properties: RecordProperties,
    /// Where the data are, and where else the record is.
    pub links: Vec<Link>,
}

/// What is said of a dataset.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcRecordProperties)]
#[serde(rename_all = "camelCase")]
pub struct RecordProperties {
    /// `dataset`
    #[serde(rename = "type")]
    #[schema(example = "dataset")]
    pub kind: &'static str,
    /// Its title.
    #[schema(example = "公衆トイレ一覧")]
    pub title: String,
    /// What it holds.
    #[schema(example = "市内の公衆トイレの場所と設備。")]
    pub description: String,
    /// Words people look for.
    #[schema(example = json!(["トイレ"]))]
    pub keywords: Vec<String>,
    /// What it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<ThemeView>,
    /// The language of the texts here.
    pub language: LanguageView,
    /// When it was first published (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-25T00:00:00Z")]
    pub created: Option<String>,
    /// When it last changed (RFC 3339).
    #[schema(example = "2026-11-25T00:00:00Z")]
    pub updated: String,
    /// What it is called elsewhere.
    pub external_ids: [ExternalIdView; 1],
    /// The forms in which it can be fetched.
    pub formats: Vec<FormatView>,
    /// Whom to ask.
    pub contacts: [ContactView; 1],
    /// The licence: an SPDX name, or `other`.
    #[schema(example = "CC-BY-4.0")]
    pub license: &'static str,
}

/// What a dataset is about, in one system.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcTheme)]
pub struct ThemeView {
    /// The concept.
    pub concepts: [ConceptView; 1],
    /// The system: the city's own themes.
    #[schema(example = "http://127.0.0.1:8080/themes")]
    pub scheme: String,
}

/// A concept of a system.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcConcept)]
pub struct ConceptView {
    /// Its code.
    #[schema(example = "society")]
    pub id: String,
    /// What people read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "社会")]
    pub title: Option<String>,
}

/// A language.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcLanguage)]
pub struct LanguageView {
    /// Its code (RFC 5646).
    #[schema(example = "ja")]
    pub code: &'static str,
    /// Its own name.
    #[schema(example = "日本語")]
    pub name: &'static str,
}

impl LanguageView {
    /// The language of the catalog.
    pub const JAPANESE: LanguageView = LanguageView { code: "ja", name: "日本語" };
}

/// What a dataset is called elsewhere.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcExternalId)]
pub struct ExternalIdView {
    /// Where: the beginning of its IRI.
    #[schema(example = "http://127.0.0.1:8080/datasets")]
    pub scheme: String,
    /// The name there.
    #[schema(example = "public-toilets")]
    pub value: String,
}

/// A form in which a dataset can be fetched.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcFormat)]
#[serde(rename_all = "camelCase")]
pub struct FormatView {
    /// What people read.
    #[schema(example = "CSV")]
    pub name: &'static str,
    /// Its media type.
    #[schema(example = "text/csv")]
    pub media_type: &'static str,
}

/// Whom to ask about a dataset.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcContact)]
pub struct ContactView {
    /// The office.
    #[schema(example = "復興企画部ＤＸ推進課")]
    pub organization: String,
    /// Its page here.
    pub links: [Link; 1],
    /// What it is to the dataset.
    #[schema(example = json!(["pointOfContact"]))]
    pub roles: [&'static str; 1],
}

/// A box as a polygon.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcGeometry)]
pub struct GeometryView {
    /// `Polygon`; `Point` or `LineString` where the box has no area.
    #[serde(rename = "type")]
    #[schema(example = "Polygon")]
    pub kind: &'static str,
    /// Its points, longitude first.
    #[schema(value_type = Vec<Value>, example = json!([[[141.2, 38.3], [141.5, 38.3], [141.5, 38.6], [141.2, 38.6], [141.2, 38.3]]]))]
    pub coordinates: Value,
}

impl GeometryView {
    /// The corners of `bbox`, anticlockwise (RFC 7946 §3.1.6).
    pub fn of(bbox: Bbox) -> GeometryView {
        let Bbox { west, south, east, north } = bbox;
        let (kind, coordinates) = match (west == east, south == north) {
            (true, true) => ("Point", json!([west, south])),
            (true, false) | (false, true) => ("LineString", json!([[west, south], [east, north]])),
            (false, false) => {
                let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
                ("Polygon", json!([ring]))
            }
        };
        GeometryView { kind, coordinates }
    }
}

/// A time: a day, or a span of days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcTime)]
pub struct TimeView {
    /// The first and the last day, `..` where it is open.
    #[schema(example = json!(["2025-04-01", ".."]))]
    pub interval: [String; 2],
}

impl TimeView {
    /// The span `days`.
    pub fn of(days: Days) -> TimeView {
        let day = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        TimeView { interval: [day(days.from), day(days.to)] }
    }
}
