//! A made-up catalog for the tests: a city, its lists, a dataset.

use std::sync::LazyLock;

use ingestion::{Bbox, Counts, Discard, Expected, Options, Report, Schemas, Sha256, validate};
use jiff::Timestamp;
use oxrdf::Triple;

use crate::city::{Area, City};
use crate::dataset::{Dataset, DatasetState, Metadata, Period};
use crate::dcat::{Page, Scope, Syntax, catalog};
use crate::department::Department;
use crate::distribution::{Distribution, Format};
use crate::iri::{Iris, PublicUrl};
use crate::licence::Licence;
use crate::revision::{Review, Revision, RevisionState};
use crate::term::Term;

/// A city with its lists, from which scopes are made.
pub struct Town {
    iris: Iris,
    city: City,
    office: Department,
    themes: Vec<Term>,
    frequencies: Vec<Term>,
    pub schemas: Schemas,
}

/// The town, made once.
pub fn town() -> &'static Town {
    static TOWN: LazyLock<Town> = LazyLock::new(Town::new);
    &TOWN
}

impl Town {
    pub fn new() -> Town {
        let term = |code: &str, eu: &str| Term {
            code: code.into(),
            label: code.into(),
            label_en: code.into(),
            eu: eu.into(),
        };
        Town {
            iris: Iris::new(PublicUrl::parse("https://data.example.jp").unwrap()),
            city: City {
                code: "042021".parse().unwrap(),
                name: "石巻市".into(),
                name_en: "Ishinomaki City".into(),
                prefecture: "宮城県".into(),
                corporate_number: "1000020042021".into(),
                catalog_title: "【見本】カタログ".into(),
                catalog_title_en: "Sample catalog".into(),
                catalog_description: "見本です。".into(),
                catalog_licence: Licence::CcBy4,
                department: "dx".parse().unwrap(),
                bbox: Some(Bbox { south: 38.2, west: 141.0, north: 38.7, east: 141.6 }),
            },
            office: Department {
                slug: "dx".parse().unwrap(),
                title: "【見本】推進課".into(),
                title_en: None,
            },
            themes: vec![term("government", "GOVE"), term("invented", "INVENTED")],
            frequencies: vec![term("annual", "ANNUAL"), term("invented", "yearly")],
            schemas: Schemas::embedded(),
        }
    }

    pub fn scope(&self) -> Scope<'_> {
        Scope {
            iris: &self.iris,
            city: &self.city,
            office: &self.office,
            themes: &self.themes,
            frequencies: &self.frequencies,
            schemas: &self.schemas,
        }
    }

    /// Page `number` of `pages`, with `datasets` on it.
    pub fn page(&self, datasets: &[Dataset], number: u32, pages: u32, syntax: Syntax) -> Vec<Triple> {
        let page = Page {
            datasets,
            number,
            after: None,
            has_next: number < pages,
            pages,
            total: 5,
            issued: Some(moment("2026-04-01T00:00:00Z")),
            modified: Some(moment("2026-11-02T03:04:05Z")),
        };
        super::triples_of(&catalog(&self.scope(), &page, syntax))
    }
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Revision `number` of the sample, with `rows` rows.
pub fn revision(number: u32, rows: u64) -> Revision {
    Revision { number, rows, ..sample("public-toilets").current.unwrap() }
}

/// What is found in a file of the sample's schema in which one required cell of two is empty.
pub fn report() -> Report {
    let id = "hyojun/public_toilet".parse().unwrap();
    let schemas = &town().schemas;
    let schema = schemas.get(&id).unwrap();
    let names = schema.fields.iter().map(|field| field.name.as_str());
    let cells = names.clone().map(|name| if name == "ID" { "LL1" } else { "" });
    let line = |cells: Vec<&str>| cells.join(",");
    let csv = format!("{}\r\n{}\r\n", line(names.collect()), line(cells.collect()));
    let options = Options { expected: Expected::Schema(schema), ..Options::default() };
    validate(csv.as_bytes(), schemas, &options, &mut Discard)
}

/// A published dataset with two forms.
pub fn sample(slug: &str) -> Dataset {
    let distribution =
        |format, bytes: &[u8]| Distribution { format, bytes: bytes.len() as u64, sha256: Sha256::of(bytes) };
    Dataset {
        slug: slug.parse().unwrap(),
        metadata: Metadata {
            title: "【見本】公衆トイレ一覧".into(),
            title_en: Some("[Sample] Public toilets".into()),
            description: "見本です。実在の施設ではありません。".into(),
            keywords: vec!["トイレ".into(), "施設・設備".into()],
            theme: Some("government".into()),
            frequency: Some("annual".into()),
            licence: Licence::CcBy4,
            schema: Some("hyojun/public_toilet".parse().unwrap()),
            area: Area::City,
            temporal: Some(Period {
                start: Some("2026-04-01".parse().unwrap()),
                end: Some("2027-03-31".parse().unwrap()),
            }),
            source: Some("https://example.jp/source".into()),
        },
        department: Department {
            slug: "mihon".parse().unwrap(), title: "【見本】課".into(), title_en: None
        },
        state: DatasetState::Published,
        version: 3,
        current: Some(Revision {
            number: 2,
            state: RevisionState::Published,
            file_name: "toilets.csv".into(),
            bytes: 12,
            sha256: Sha256::of(b"original"),
            rows: 2,
            counts: Counts::default(),
            made_by: "operator".into(),
            made_at: moment("2026-11-01T00:00:00Z"),
            published_at: Some(moment("2026-11-02T03:04:05.678Z")),
            review: Review::default(),
            distributions: vec![distribution(Format::Csv, b"ID\r\n1\r\n"), distribution(Format::Json, b"[]")],
            awaited: Vec::new(),
        }),
        issued: Some(moment("2026-04-01T00:00:00Z")),
        modified: moment("2026-11-02T03:04:05Z"),
        former_id: None,
    }
}
