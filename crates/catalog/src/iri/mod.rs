//! The IRIs of everything in the catalog, which are for ever.
//!
//! Slugs, schema ids and numbers come in; out go IRIs for [`crate::dcat`], links for the API and the URLs of
//! オープンデータ一覧. Every one is absolute and answers when asked; answering is the API's business.

mod public_url;

use ingestion::SchemaId;

pub use self::public_url::{BadPublicUrl, PublicUrl};
use crate::dcat::Syntax;
use crate::distribution::Format;
use crate::slug::Slug;

/// The IRIs of a catalog. What they are made of is ASCII and checked ([`PublicUrl`], [`Slug`], [`SchemaId`]),
/// so each is an IRI as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Iris(PublicUrl);

impl Iris {
    /// The IRIs under `base`.
    pub fn new(base: PublicUrl) -> Iris {
        Iris(base)
    }

    /// The base they all begin with.
    pub fn base(&self) -> &PublicUrl {
        &self.0
    }

    /// `/`: the home page.
    pub fn home(&self) -> String {
        self.under("/")
    }

    /// `/#city`: the municipality, which publishes everything here. The home page answers for it.
    pub fn publisher(&self) -> String {
        self.under("/#city")
    }

    /// `/catalog`
    pub fn catalog(&self) -> String {
        self.under("/catalog")
    }

    /// `/catalog.ttl?page=2&after=aed`: the page in the given syntax that begins behind the dataset `aed`;
    /// `/catalog?page=2` when the reader's `Accept` decides, and places are counted.
    pub fn catalog_page(&self, number: u32, after: Option<&Slug>, syntax: Option<Syntax>) -> String {
        let extension = syntax.map_or(String::new(), |syntax| format!(".{}", syntax.extension()));
        let after = after.map_or(String::new(), |slug| format!("&after={slug}"));
        self.under(&format!("/catalog{extension}?page={number}{after}"))
    }

    /// `/datasets/{slug}`: the dataset, and by content negotiation its page.
    pub fn dataset(&self, slug: &Slug) -> String {
        self.under(&format!("/datasets/{slug}"))
    }

    /// `/datasets/{slug}.ttl`: the dataset's description in one syntax, whatever `Accept` says.
    pub fn dataset_in(&self, slug: &Slug, syntax: Syntax) -> String {
        self.under(&format!("/datasets/{slug}.{}", syntax.extension()))
    }

    /// `/datasets/{slug}#record`: the catalog's entry on the dataset, which is not the dataset.
    pub fn record(&self, slug: &Slug) -> String {
        self.under(&format!("/datasets/{slug}#record"))
    }

    /// `/api/v1/datasets/{slug}`: the dataset's JSON.
    pub fn dataset_json(&self, slug: &Slug) -> String {
        self.under(&format!("/api/v1/datasets/{slug}"))
    }

    /// `/datasets/{slug}/revisions/{number}`: one revision as a thing of its own, and by content negotiation its page.
    pub fn dataset_revision(&self, slug: &Slug, number: u32) -> String {
        self.under(&format!("/datasets/{slug}/revisions/{number}"))
    }

    /// `/api/v1/datasets/{slug}/revisions/{number}`: the revision's JSON.
    pub fn revision(&self, slug: &Slug, number: u32) -> String {
        self.under(&format!("/api/v1/datasets/{slug}/revisions/{number}"))
    }

    /// `/api/v1/datasets/{slug}/revisions/{number}/report`: what was found in the revision's file.
    pub fn report(&self, slug: &Slug, number: u32) -> String {
        format!("{}/report", self.revision(slug, number))
    }

    /// `/distributions/{slug}/{format}`: one form of the current revision.
    pub fn distribution(&self, slug: &Slug, format: Format) -> String {
        self.under(&format!("/distributions/{slug}/{format}"))
    }

    /// `/distributions/{slug}/{number}/{format}`: one form of one revision, which never changes.
    pub fn revision_distribution(&self, slug: &Slug, number: u32, format: Format) -> String {
        self.under(&format!("/distributions/{slug}/{number}/{format}"))
    }

    /// `/api/v1/datasets/{slug}/download.csv`: the current revision's rows.
    pub fn download(&self, slug: &Slug, format: Format) -> String {
        self.under(&format!("/api/v1/datasets/{slug}/download.{format}"))
    }

    /// `/api/v1/datasets/{slug}/revisions/{number}/download.csv`: the rows of one revision, which never change.
    pub fn revision_download(&self, slug: &Slug, number: u32, format: Format) -> String {
        self.under(&format!("/api/v1/datasets/{slug}/revisions/{number}/download.{format}"))
    }

    /// `/api/v1/datasets/{slug}/revisions/{number}/original`: the file as it was handed in.
    pub fn original(&self, slug: &Slug, number: u32) -> String {
        self.under(&format!("/api/v1/datasets/{slug}/revisions/{number}/original"))
    }

    /// `/departments/{slug}`
    pub fn department(&self, slug: &Slug) -> String {
        self.under(&format!("/departments/{slug}"))
    }

    /// `/schemas/{standard}/{name}`
    pub fn schema(&self, id: &SchemaId) -> String {
        self.under(&format!("/schemas/{id}"))
    }

    /// `/api/v1/schemas/{standard}/{name}`: the schema's JSON.
    pub fn schema_json(&self, id: &SchemaId) -> String {
        self.under(&format!("/api/v1/schemas/{id}"))
    }

    /// `/vocabulary`: the words of our own in linked data.
    pub fn vocabulary(&self) -> String {
        self.under("/vocabulary")
    }

    /// `/vocabulary#{name}`: one word of our own.
    pub fn term(&self, name: &str) -> String {
        self.under(&format!("/vocabulary#{name}"))
    }

    /// `/docs/`: the documentation of the API.
    pub fn docs(&self) -> String {
        self.under("/docs/")
    }

    /// `/docs/#api`: the API as a service. Its documentation answers for it.
    pub fn api(&self) -> String {
        self.under("/docs/#api")
    }

    /// `/api/v1`: what the paths of the API begin with.
    pub fn api_root(&self) -> String {
        self.under("/api/v1")
    }

    /// `/docs/#ckan`: CKAN's action API as a service.
    pub fn ckan(&self) -> String {
        self.under("/docs/#ckan")
    }

    /// `/api/3/action`: what the calls of CKAN's action API begin with.
    pub fn ckan_root(&self) -> String {
        self.under("/api/3/action")
    }

    /// `/api/3/action/help_show?name={call}`: what a call of CKAN's action API takes and gives.
    pub fn ckan_help(&self, call: &str) -> String {
        format!("{}/help_show?name={call}", self.ckan_root())
    }

    /// `/docs/#ogc`: OGC API Features and Records as a service.
    pub fn ogc(&self) -> String {
        self.under("/docs/#ogc")
    }

    /// `/ogc`: the landing page of OGC API Features and Records.
    pub fn ogc_root(&self) -> String {
        self.under("/ogc")
    }

    /// `/ogc/api`: the definition of OGC API Features and Records.
    pub fn ogc_definition(&self) -> String {
        self.under("/ogc/api")
    }

    /// `/openapi.json`
    pub fn openapi(&self) -> String {
        self.under("/openapi.json")
    }

    /// `/plan`
    pub fn plan(&self) -> String {
        self.under("/plan")
    }

    /// `/plan/initiatives/{code}`, for a code such as `A-1` or `A-1-1`.
    pub fn initiative(&self, code: &str) -> String {
        self.under(&format!("/plan/initiatives/{code}"))
    }

    fn under(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn things_keep_their_iris() {
        let iris = Iris::new(PublicUrl::parse("https://example.jp/opendata/").unwrap());
        let slug = Slug::parse("public-toilets").unwrap();
        let schema: SchemaId = "hyojun/public_toilet".parse().unwrap();
        insta::assert_snapshot!(
            [
                iris.home(),
                iris.publisher(),
                iris.catalog(),
                iris.catalog_page(2, None, None),
                iris.catalog_page(2, Some(&slug), Some(Syntax::RdfXml)),
                iris.dataset(&slug),
                iris.dataset_in(&slug, Syntax::JsonLd),
                iris.record(&slug),
                iris.dataset_json(&slug),
                iris.dataset_revision(&slug, 3),
                iris.revision(&slug, 3),
                iris.report(&slug, 3),
                iris.distribution(&slug, Format::GeoJson),
                iris.revision_distribution(&slug, 3, Format::GeoJson),
                iris.download(&slug, Format::Csv),
                iris.revision_download(&slug, 3, Format::Json),
                iris.original(&slug, 3),
                iris.department(&slug),
                iris.schema(&schema),
                iris.schema_json(&schema),
                iris.vocabulary(),
                iris.term("rows"),
                iris.docs(),
                iris.api(),
                iris.api_root(),
                iris.ckan(),
                iris.ckan_root(),
                iris.ckan_help("site_read"),
                iris.ogc(),
                iris.ogc_root(),
                iris.ogc_definition(),
                iris.openapi(),
                iris.plan(),
                iris.initiative("A-1-1"),
            ]
            .join("\n"),
            @r"
        https://example.jp/opendata/
        https://example.jp/opendata/#city
        https://example.jp/opendata/catalog
        https://example.jp/opendata/catalog?page=2
        https://example.jp/opendata/catalog.rdf?page=2&after=public-toilets
        https://example.jp/opendata/datasets/public-toilets
        https://example.jp/opendata/datasets/public-toilets.jsonld
        https://example.jp/opendata/datasets/public-toilets#record
        https://example.jp/opendata/api/v1/datasets/public-toilets
        https://example.jp/opendata/datasets/public-toilets/revisions/3
        https://example.jp/opendata/api/v1/datasets/public-toilets/revisions/3
        https://example.jp/opendata/api/v1/datasets/public-toilets/revisions/3/report
        https://example.jp/opendata/distributions/public-toilets/geojson
        https://example.jp/opendata/distributions/public-toilets/3/geojson
        https://example.jp/opendata/api/v1/datasets/public-toilets/download.csv
        https://example.jp/opendata/api/v1/datasets/public-toilets/revisions/3/download.json
        https://example.jp/opendata/api/v1/datasets/public-toilets/revisions/3/original
        https://example.jp/opendata/departments/public-toilets
        https://example.jp/opendata/schemas/hyojun/public_toilet
        https://example.jp/opendata/api/v1/schemas/hyojun/public_toilet
        https://example.jp/opendata/vocabulary
        https://example.jp/opendata/vocabulary#rows
        https://example.jp/opendata/docs/
        https://example.jp/opendata/docs/#api
        https://example.jp/opendata/api/v1
        https://example.jp/opendata/docs/#ckan
        https://example.jp/opendata/api/3/action
        https://example.jp/opendata/api/3/action/help_show?name=site_read
        https://example.jp/opendata/docs/#ogc
        https://example.jp/opendata/ogc
        https://example.jp/opendata/ogc/api
        https://example.jp/opendata/openapi.json
        https://example.jp/opendata/plan
        https://example.jp/opendata/plan/initiatives/A-1-1
        "
        );
    }
}
