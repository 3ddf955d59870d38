//! The resources of OGC API – Features and Records as JSON.
//!
//! Rule: OGC 17-069r4, `landingPage.yaml`, `confClasses.yaml`, `collections.yaml`, `collection.yaml`; 20-004r1, `recordGeoJSON.yaml`,
//! `catalog.yaml`.

use catalog::asking::{Bbox, Days};
use catalog::overview::Extent;
use jiff::civil::{Date, Time};
use jiff::tz::{self, TimeZone};
use serde::Serialize;
use utoipa::ToSchema;

use crate::ogc::classes::CRS84;
use crate::ogc::link::Link;
use crate::ogc::records::utc;

/// The landing page.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcLandingPage)]
pub struct LandingView {
    /// The catalog's title.
    #[schema(example = "石巻市オープンデータカタログ")]
    pub title: String,
    /// What the catalog is.
    #[schema(example = "石巻市が公開するデータの一覧です。")]
    pub description: String,
    /// Where to go on.
    pub links: Vec<Link>,
}

/// The conformance classes that are kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcConformance)]
pub struct ConformanceView {
    /// Their names.
    #[serde(rename = "conformsTo")]
    #[schema(example = json!(["http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"]))]
    pub conforms_to: &'static [&'static str],
}

/// A page of the collections.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcCollections)]
pub struct CollectionsView {
    /// Where else, and where to go on.
    pub links: Vec<Link>,
    /// How many there are on all pages.
    #[serde(rename = "numberMatched")]
    #[schema(example = 5)]
    pub number_matched: u64,
    /// How many there are on this page.
    #[serde(rename = "numberReturned")]
    #[schema(example = 5)]
    pub number_returned: u64,
    /// The collections.
    pub collections: Vec<CollectionView>,
}

/// A collection: the rows of a dataset as features, or the datasets as records.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OgcCollection)]
#[serde(rename_all = "camelCase")]
pub struct CollectionView {
    /// The dataset's slug, or `catalog`.
    #[schema(example = "public-toilets")]
    pub id: String,
    /// `Catalog` where the items are records.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// Its title.
    #[schema(example = "公衆トイレ一覧")]
    pub title: String,
    /// What it holds.
    #[schema(example = "市内の公衆トイレの場所と設備。")]
    pub description: String,
    /// Words people look for.
    #[schema(example = json!(["トイレ"]))]
    pub keywords: Vec<String>,
    /// Who is to be named.
    #[schema(example = "復興企画部ＤＸ推進課")]
    pub attribution: String,
    /// The licence: an SPDX name, or `other`.
    #[schema(example = "CC-BY-4.0")]
    pub license: &'static str,
    /// When it was first published (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-25T00:00:00Z")]
    pub created: Option<String>,
    /// When it last changed (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-25T00:00:00Z")]
    pub updated: Option<String>,
    /// Where and when its items are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extent: Option<ExtentView>,
    /// `feature` or `record`.
    #[schema(example = "feature")]
    pub item_type: &'static str,
    /// The reference systems in which it is given.
    #[schema(example = json!(["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]))]
    pub crs: [&'static str; 1],
    /// The reference system of its coordinates.
    #[schema(example = "http://www.opengis.net/def/crs/OGC/1.3/CRS84")]
    pub storage_crs: &'static str,
    /// Where to go on.
    pub links: Vec<Link>,
}

/// Where and when the items of a collection are.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OgcExtent)]
pub struct ExtentView {
    /// Where.
    pub spatial: SpatialExtentView,
    /// When, where the items say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temporal: Option<TemporalExtentView>,
}

/// Where the items of a collection are.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OgcSpatialExtent)]
pub struct SpatialExtentView {
    /// One box: west, south, east, north.
    #[schema(example = json!([[141.2, 38.3, 141.5, 38.6]]))]
    pub bbox: [[f64; 4]; 1],
    /// The reference system.
    #[schema(example = "http://www.opengis.net/def/crs/OGC/1.3/CRS84")]
    pub crs: &'static str,
}

/// When the items of a collection are.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OgcTemporalExtent)]
pub struct TemporalExtentView {
    /// One span: its first and its last moment (RFC 3339), null where it is open.
    #[schema(example = json!([["2026-03-31T15:00:00Z", null]]))]
    pub interval: [[Option<String>; 2]; 1],
    /// The calendar.
    #[schema(example = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian")]
    pub trs: &'static str,
}

impl ExtentView {
    /// The view of `extent`.
    pub fn of(extent: Extent) -> ExtentView {
        let Bbox { west, south, east, north } = extent.bbox;
        let temporal = extent.days.map(|days| {
            let moment = |day: Option<Date>, time: Time| {
                let at = day?.to_datetime(time).to_zoned(TimeZone::fixed(tz::offset(9))).ok()?;
                Some(utc(at.timestamp()))
            };
            TemporalExtentView {
                interval: [[
                    moment(days.from, Time::midnight()),
                    moment(days.to, Time::constant(23, 59, 59, 0)),
                ]],
                trs: "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
            }
        });
        ExtentView { spatial: SpatialExtentView { bbox: [[west, south, east, north]], crs: CRS84 }, temporal }
    }
}

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
    #[schema(value_type = Vec<Object>, example = json!([[[141.2, 38.3], [141.5, 38.3], [141.5, 38.6], [141.2, 38.6], [141.2, 38.3]]]))]
    pub coordinates: serde_json::Value,
}

impl GeometryView {
    /// The corners of `bbox`, anticlockwise (RFC 7946 §3.1.6).
    pub fn of(bbox: Bbox) -> GeometryView {
        let Bbox { west, south, east, north } = bbox;
        let (kind, coordinates) = match (west == east, south == north) {
            (true, true) => ("Point", serde_json::json!([west, south])),
            (true, false) | (false, true) => {
                ("LineString", serde_json::json!([[west, south], [east, north]]))
            }
            (false, false) => {
                let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
                ("Polygon", serde_json::json!([ring]))
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
