//! A form of a dataset as CKAN's resource.

use catalog::ckan::Id;
use catalog::{Dataset, Form, Format, Iris};
use serde::Serialize;

use super::moment;

/// A resource.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "they are called as CKAN calls them")]
pub struct ResourceView {
    pub access_url: String,
    pub cache_last_updated: Option<String>,
    pub cache_url: Option<String>,
    pub created: String,
    pub datastore_active: bool,
    pub description: &'static str,
    pub download_url: String,
    pub format: &'static str,
    pub hash: String,
    pub hash_algorithm: &'static str,
    pub id: String,
    pub last_modified: Option<String>,
    pub license: &'static str,
    pub metadata_modified: String,
    pub mimetype: &'static str,
    pub mimetype_inner: Option<String>,
    pub name: String,
    pub package_id: String,
    pub position: usize,
    pub resource_type: Option<String>,
    pub size: Option<u64>,
    pub state: &'static str,
    pub uri: String,
    pub url: String,
    pub url_type: Option<String>,
}

impl ResourceView {
    /// The form `form` of `dataset`, which stands at `position` among them; while its file is still being made it has no size, and no
    /// hash, as CKAN's own resources have none.
    pub fn new(dataset: &Dataset, form: &Form<'_>, position: usize, iris: &Iris) -> ResourceView {
        let published = dataset.current.as_ref().and_then(|current| current.published_at);
        let url = iris.download(&dataset.slug, form.format);
        ResourceView {
            access_url: url.clone(),
            cache_last_updated: None,
            cache_url: None,
            created: moment(dataset.issued.unwrap_or(dataset.modified)),
            datastore_active: has_rows(form.format),
            description: description(form.format),
            download_url: url.clone(),
            format: form.format.title(),
            hash: form.made.map(|made| made.sha256.to_string()).unwrap_or_default(),
            hash_algorithm: "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
            id: Id::of_resource(iris, &dataset.slug, form.format).to_string(),
            last_modified: published.map(moment),
            license: dataset.metadata.licence.iri(),
            metadata_modified: moment(published.unwrap_or(dataset.modified)),
            mimetype: form.format.media_type(),
            mimetype_inner: None,
            name: format!("{}（{}）", dataset.metadata.title, form.format.title()),
            package_id: Id::of_dataset(iris, &dataset.slug).to_string(),
            position,
            resource_type: None,
            size: form.made.map(|made| made.bytes),
            state: "active",
            uri: iris.distribution(&dataset.slug, form.format),
            url,
            url_type: None,
        }
    }
}

/// Whether the rows of a resource can be asked for: those of a dataset stand behind its CSV.
pub fn has_rows(format: Format) -> bool {
    format == Format::Csv
}

/// What is said about resources in `format`.
pub fn description(format: Format) -> &'static str {
    match format {
        Format::Csv => "最新の版のすべての行を、UTF-8のCSVに収めたファイルです。",
        Format::Json => "最新の版のすべての行を、列の名前をもつオブジェクトの配列にしたファイルです。",
        Format::GeoJson => "最新の版のすべての行を、緯度・経度から地図上の点にしたファイルです。",
        Format::Parquet => "最新の版のすべての行を、列ごとに型をもたせて収めたParquetファイルです。",
        Format::Xlsx => "最新の版のすべての行を、1枚のシートに収めたExcelのブックです。",
    }
}
