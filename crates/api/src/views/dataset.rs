//! A dataset as the API shows it, and a page of them.

use catalog::dcat::Syntax;
use catalog::query::{Facet, Facets};
use catalog::{City, Dataset, DatasetState, Iris, Staff, Tombstone, rules};
use serde::Serialize;
use utoipa::ToSchema;

use crate::views::revision::{self, DistributionView};
use crate::views::service::moment;

/// データセット: a table that a department keeps up to date.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Dataset)]
pub struct DatasetView {
    /// Its name for ever.
    #[schema(example = "public-toilets")]
    pub slug: String,
    /// Its title.
    #[schema(example = "公衆トイレ一覧")]
    pub title: String,
    /// Its English title, where one is known.
    pub title_en: Option<String>,
    /// What it holds, for whom, where it comes from.
    #[schema(example = "市内の公衆トイレの場所と設備。")]
    pub description: String,
    /// Words people look for.
    #[schema(example = json!(["トイレ", "バリアフリー"]))]
    pub keywords: Vec<String>,
    /// The code of its 分類.
    #[schema(example = "society")]
    pub theme: Option<String>,
    /// The slug of the office that answers for it.
    #[schema(example = "dx")]
    pub department: String,
    /// The licence: `CC-BY-4.0`, `CC0-1.0` or `PDL-1.0`.
    #[schema(example = "CC-BY-4.0")]
    pub license: &'static str,
    /// The licence's IRI.
    #[schema(example = "https://creativecommons.org/licenses/by/4.0/")]
    pub license_url: &'static str,
    /// The code of its 更新頻度.
    #[schema(example = "annual")]
    pub frequency: Option<String>,
    /// The national schema it follows; null where it follows none.
    #[schema(example = "hyojun/public_toilet")]
    pub schema: Option<String>,
    /// `published`; drafts are shown to their department alone, withdrawn datasets answer 410.
    #[schema(example = "published")]
    pub state: &'static str,
    /// The number of its current revision.
    #[schema(example = 1)]
    pub revision: Option<u32>,
    /// Rows of data in the current revision.
    #[schema(example = 8)]
    pub rows: Option<u64>,
    /// When its first revision was published (RFC 3339).
    #[schema(example = "2026-11-25T09:00:00+09:00")]
    pub issued: Option<String>,
    /// When it last changed for readers (RFC 3339).
    #[schema(example = "2026-11-25T09:00:00+09:00")]
    pub modified: String,
    /// Whom to ask.
    pub contact: ContactView,
    /// The place it speaks of.
    pub spatial: SpatialView,
    /// The time it speaks of.
    pub temporal: Option<TemporalView>,
    /// Where its rows come from, when they are not the department's own.
    pub source: Option<String>,
    /// The forms in which the current revision can be fetched.
    pub distributions: Vec<DistributionView>,
    /// Forms of the revision before it that are still being made of the current one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = json!(["parquet", "xlsx"]))]
    pub awaited: Option<Vec<&'static str>>,
    /// Where else it is shown.
    pub urls: DatasetUrls,
    /// Grows by one with every change of it or of one of its revisions; shown to its department alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 7)]
    pub version: Option<u64>,
    /// What remains of a withdrawn one; shown to its department, everybody else gets it with the 410.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tombstone: Option<TombstoneView>,
}

/// Who took a dataset back, when and why.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tombstone)]
pub struct TombstoneView {
    /// Who.
    #[schema(example = "承認 花子")]
    pub by: String,
    /// When (RFC 3339).
    #[schema(example = "2026-11-25T09:00:00+09:00")]
    pub at: String,
    /// Why.
    #[schema(example = "座標の誤り")]
    pub reason: String,
}

/// Whom to ask about a dataset.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Contact)]
pub struct ContactView {
    /// The office's name.
    #[schema(example = "復興企画部ＤＸ推進課")]
    pub name: String,
    /// The office's page here.
    #[schema(example = "http://127.0.0.1:8080/departments/dx")]
    pub url: String,
}

/// The place a dataset speaks of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Spatial)]
pub struct SpatialView {
    /// 全国地方公共団体コード
    #[schema(example = "042021")]
    pub code: String,
    /// Its name with the prefecture's.
    #[schema(example = "宮城県石巻市")]
    pub name: String,
    /// Its IRI in 統計LOD.
    #[schema(example = "http://data.e-stat.go.jp/lod/sac/C04202")]
    pub uri: String,
}

/// The time a dataset speaks of; an open end goes on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Temporal)]
pub struct TemporalView {
    /// The first day.
    #[schema(example = "2025-04-01")]
    pub start: Option<String>,
    /// The last day.
    #[schema(example = "2026-03-31")]
    pub end: Option<String>,
}

/// Where a dataset is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatasetUrls {
    /// Its IRI, which is also its page.
    #[schema(example = "http://127.0.0.1:8080/datasets/public-toilets")]
    pub html: String,
    /// This JSON.
    #[schema(example = "http://127.0.0.1:8080/api/v1/datasets/public-toilets")]
    pub api: String,
    /// As Turtle.
    #[schema(example = "http://127.0.0.1:8080/datasets/public-toilets.ttl")]
    pub turtle: String,
    /// As RDF/XML.
    #[schema(example = "http://127.0.0.1:8080/datasets/public-toilets.rdf")]
    pub rdf_xml: String,
    /// As JSON-LD.
    #[schema(example = "http://127.0.0.1:8080/datasets/public-toilets.jsonld")]
    pub json_ld: String,
    /// Its revisions.
    #[schema(example = "http://127.0.0.1:8080/api/v1/datasets/public-toilets/revisions")]
    pub revisions: String,
}

impl DatasetView {
    /// `dataset` as `asker` sees it.
    pub fn seen_by(asker: Option<&Staff>, dataset: &Dataset, city: &City, iris: &Iris) -> DatasetView {
        match rules::sees_drafts(asker, dataset) {
            true => DatasetView::inside(dataset, city, iris),
            false => DatasetView::new(dataset, city, iris),
        }
    }

    /// `dataset` as its department sees it.
    pub fn inside(dataset: &Dataset, city: &City, iris: &Iris) -> DatasetView {
        let tombstone = match &dataset.state {
            DatasetState::Withdrawn(Tombstone { by, at, reason }) => {
                Some(TombstoneView { by: by.clone(), at: moment(*at), reason: reason.clone() })
            }
            DatasetState::Draft | DatasetState::Published => None,
        };
        DatasetView { version: Some(dataset.version), tombstone, ..DatasetView::new(dataset, city, iris) }
    }

    /// `dataset` of `city`, with addresses under `iris`.
    pub fn new(dataset: &Dataset, city: &City, iris: &Iris) -> DatasetView {
        let metadata = &dataset.metadata;
        let current = dataset.current.as_ref();
        let html = iris.dataset(&dataset.slug);
        let api = iris.dataset_json(&dataset.slug);
        let (area, area_name) = city.area(metadata.area);
        DatasetView {
            slug: dataset.slug.to_string(),
            title: metadata.title.clone(),
            title_en: metadata.title_en.clone(),
            description: metadata.description.clone(),
            keywords: metadata.keywords.clone(),
            theme: metadata.theme.clone(),
            department: dataset.department.slug.to_string(),
            license: metadata.licence.id(),
            license_url: metadata.licence.iri(),
            frequency: metadata.frequency.clone(),
            schema: metadata.schema.as_ref().map(ToString::to_string),
            state: dataset.state.as_str(),
            revision: current.map(|revision| revision.number),
            rows: current.map(|revision| revision.rows),
            issued: dataset.issued.map(moment),
            modified: moment(dataset.modified),
            contact: ContactView {
                name: dataset.department.title.clone(),
                url: iris.department(&dataset.department.slug),
            },
            spatial: SpatialView { uri: area.area_iri(), code: area.to_string(), name: area_name },
            temporal: metadata.temporal.map(|period| TemporalView {
                start: period.start.map(|day| day.to_string()),
                end: period.end.map(|day| day.to_string()),
            }),
            source: metadata.source.clone(),
            distributions: current
                .into_iter()
                .flat_map(|revision| &revision.distributions)
                .map(|form| DistributionView::new(form, iris.download(&dataset.slug, form.format)))
                .collect(),
            awaited: current.and_then(revision::awaited),
            urls: DatasetUrls {
                turtle: iris.dataset_in(&dataset.slug, Syntax::Turtle),
                rdf_xml: iris.dataset_in(&dataset.slug, Syntax::RdfXml),
                json_ld: iris.dataset_in(&dataset.slug, Syntax::JsonLd),
                revisions: format!("{api}/revisions"),
                html,
                api,
            },
            version: None,
            tombstone: None,
        }
    }
}

/// A page of datasets with what there is to narrow it down by.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatasetsView {
    /// The datasets on this page.
    pub items: Vec<DatasetView>,
    /// How many match on all pages.
    #[schema(example = 9)]
    pub total: u64,
    /// How many of them there are of each kind.
    pub facets: FacetsView,
    /// The address of the next page; null on the last.
    pub next: Option<String>,
}

/// How many of the matching datasets there are of each kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Facets)]
pub struct FacetsView {
    /// By 担当課.
    pub department: Vec<CountView>,
    /// By 分類.
    pub theme: Vec<CountView>,
    /// By 様式.
    pub schema: Vec<CountView>,
    /// By form of download.
    pub format: Vec<CountView>,
    /// By licence.
    pub license: Vec<CountView>,
    /// By keyword.
    pub keyword: Vec<CountView>,
}

/// How many there are of one kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Count)]
pub struct CountView {
    /// What to give to the parameter of the same name.
    #[schema(example = "dx")]
    pub value: String,
    /// What people read.
    #[schema(example = "復興企画部ＤＸ推進課")]
    pub label: String,
    /// How many.
    #[schema(example = 3)]
    pub count: u64,
}

impl From<Facet> for CountView {
    fn from(facet: Facet) -> CountView {
        CountView { value: facet.value, label: facet.label, count: facet.count }
    }
}

impl From<Facets> for FacetsView {
    fn from(facets: Facets) -> FacetsView {
        let views = |facets: Vec<Facet>| facets.into_iter().map(CountView::from).collect();
        FacetsView {
            department: views(facets.department),
            theme: views(facets.theme),
            schema: views(facets.schema),
            format: views(facets.format),
            license: views(facets.licence),
            keyword: views(facets.keyword),
        }
    }
}
