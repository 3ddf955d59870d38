//! The catalog as [DCAT-US 1.1](https://resources.data.gov/resources/dcat-us/) has it: `data.json`.
//!
//! An e-mail address, which that asks for with every contact, is not among what the catalog knows: a contact is an office
//! and its page. Everything else that it demands is there.

use catalog::{City, Dataset, Format, Iris, Revision, Term};
use ingestion::Schemas;
use serde::Serialize;

use crate::views::service::moment;

/// What the descriptions are made with.
pub struct Around<'a> {
    /// How addresses are made.
    pub iris: &'a Iris,
    /// The municipality.
    pub city: &'a City,
    /// The 分類.
    pub themes: &'a [Term],
    /// The 更新頻度.
    pub frequencies: &'a [Term],
    /// The national schemas.
    pub schemas: &'a Schemas,
}

/// The catalog.
#[derive(Debug, Serialize)]
pub struct DataJsonView {
    /// The words of this document as linked data.
    #[serde(rename = "@context")]
    pub context: &'static str,
    /// The catalog's IRI.
    #[serde(rename = "@id")]
    pub id: String,
    /// `dcat:Catalog`
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// Which edition this is.
    #[serde(rename = "conformsTo")]
    pub conforms_to: &'static str,
    /// The JSON Schema of this edition.
    #[serde(rename = "describedBy")]
    pub described_by: &'static str,
    /// Every published dataset.
    pub dataset: Vec<DataJsonDataset>,
}

/// A dataset in it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DataJsonDataset {
    /// `dcat:Dataset`
    #[serde(rename = "@type")]
    kind: &'static str,
    /// Its IRI, for ever.
    identifier: String,
    title: String,
    description: String,
    /// At least one: the title where there are none.
    keyword: Vec<String>,
    modified: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<String>,
    publisher: Organization,
    contact_point: Contact,
    access_level: &'static str,
    license: &'static str,
    spatial: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accrual_periodicity: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    theme: Vec<String>,
    language: [&'static str; 1],
    landing_page: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    conforms_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    described_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    described_by_type: Option<&'static str>,
    distribution: Vec<File>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Organization {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub_organization_of: Option<Box<Organization>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Contact {
    #[serde(rename = "@type")]
    kind: &'static str,
    r#fn: String,
    has_url: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct File {
    #[serde(rename = "@type")]
    kind: &'static str,
    title: String,
    #[serde(rename = "downloadURL")]
    download_url: String,
    media_type: &'static str,
    format: &'static str,
}

impl DataJsonView {
    /// The catalog that holds `dataset`.
    pub fn new(iris: &Iris, dataset: Vec<DataJsonDataset>) -> DataJsonView {
        DataJsonView {
            context: "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
            id: format!("{}/data.json", iris.base()),
            kind: "dcat:Catalog",
            conforms_to: "https://project-open-data.cio.gov/v1.1/schema",
            described_by: "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
            dataset,
        }
    }
}

impl DataJsonDataset {
    /// `dataset` in the catalog.
    pub fn new(around: &Around<'_>, dataset: &Dataset) -> DataJsonDataset {
        let Around { iris, city, themes, frequencies, schemas } = around;
        let metadata = &dataset.metadata;
        let (slug, department) = (&dataset.slug, &dataset.department);
        let term = |terms: &[Term], code: &Option<String>| {
            terms.iter().find(|term| Some(&term.code) == code.as_ref()).cloned()
        };
        let schema = metadata.schema.as_ref().and_then(|id| schemas.get(id));
        let files = dataset.current.iter().flat_map(Revision::forms);
        let keyword = match metadata.keywords.as_slice() {
            [] => vec![metadata.title.clone()],
            keywords => keywords.to_vec(),
        };
        DataJsonDataset {
            kind: "dcat:Dataset",
            identifier: iris.dataset(slug),
            title: metadata.title.clone(),
            description: metadata.description.clone(),
            keyword,
            modified: moment(dataset.modified),
            issued: dataset.issued.map(moment),
            publisher: Organization::new(
                &department.title,
                Some(Organization::new(&city.area(Default::default()).1, None)),
            ),
            contact_point: Contact {
                kind: "vcard:Contact",
                r#fn: department.title.clone(),
                has_url: iris.department(&department.slug),
            },
            access_level: "public",
            license: metadata.licence.iri(),
            spatial: city.area(metadata.area).1,
            temporal: metadata.temporal.and_then(|period| Some(format!("{}/{}", period.start?, period.end?))),
            accrual_periodicity: term(frequencies, &metadata.frequency).and_then(|term| interval(&term.eu)),
            theme: term(themes, &metadata.theme).into_iter().map(|term| term.label).collect(),
            language: ["ja"],
            landing_page: iris.dataset(slug),
            conforms_to: schema.map(|schema| iris.schema(&schema.id)),
            described_by: schema.map(|schema| format!("{}/table-schema.json", iris.schema_json(&schema.id))),
            described_by_type: schema.map(|_| "application/json"),
            distribution: files.map(|file| File::new(iris, dataset, file.format)).collect(),
        }
    }
}

impl Organization {
    fn new(name: &str, parent: Option<Organization>) -> Organization {
        Organization {
            kind: "org:Organization",
            name: name.to_owned(),
            sub_organization_of: parent.map(Box::new),
        }
    }
}

impl File {
    fn new(iris: &Iris, dataset: &Dataset, format: Format) -> File {
        File {
            kind: "dcat:Distribution",
            title: format!("{}（{}）", dataset.metadata.title, format.title()),
            download_url: iris.download(&dataset.slug, format),
            media_type: format.media_type(),
            format: format.title(),
        }
    }
}

/// A frequency of the European table as an ISO 8601 repeating interval, as
/// [the vocabulary of DCAT-US](https://resources.data.gov/schemas/dcat-us/v1.1/iso8601_guidance/) writes it; `None` where it has none.
fn interval(eu: &str) -> Option<&'static str> {
    Some(match eu {
        "CONT" | "UPDATE_CONT" => "R/PT1S",
        "DAILY" => "R/P1D",
        "WEEKLY" => "R/P1W",
        "BIWEEKLY" => "R/P2W",
        "MONTHLY" => "R/P1M",
        "BIMONTHLY" => "R/P2M",
        "QUARTERLY" => "R/P3M",
        "ANNUAL_2" => "R/P6M",
        "ANNUAL" => "R/P1Y",
        "BIENNIAL" => "R/P2Y",
        "TRIENNIAL" => "R/P3Y",
        "QUINQUENNIAL" => "R/P5Y",
        "IRREG" | "AS_NEEDED" => "irregular",
        _ => return None,
    })
}
