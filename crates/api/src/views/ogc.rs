//! The resources of OGC API – Features as JSON. Features themselves are written as rows are; records are [`super::ogc_records`].
//!
//! Rule: OGC 17-069r4, `landingPage.yaml`, `confClasses.yaml`, `collections.yaml`, `collection.yaml`; 20-004r1, `catalog.yaml`.

use catalog::asking::Bbox;
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
