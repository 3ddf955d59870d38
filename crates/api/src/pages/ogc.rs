//! The pages of OGC API – Features and Records: what programs read there, for people.

use askama::Template;
use catalog::asking::bounds::COLUMNS_MAX;
use catalog::{City, Iris};
use serde_json::{Map, Value};

use super::{Frame, filters, render};
use crate::ogc::addresses::{Addresses, CATALOG};
use crate::ogc::features::{Collection, FeaturesPage};
use crate::ogc::link::Link;
use crate::views::ogc::{CollectionView, CollectionsView, RecordView, RecordsView};

/// Fields that a table shows; the others are on the page of each feature.
const FIELDS_MAX: usize = COLUMNS_MAX;

#[derive(Template)]
#[template(path = "ogc/landing.html")]
struct Landing {
    frame: Frame,
    description: String,
    root: String,
    links: Vec<Link>,
}

/// `/ogc`
pub fn landing(iris: &Iris, city: &City, links: Vec<Link>) -> String {
    let (frame, description) = (Frame::new(iris, city), city.catalog_description.clone());
    render(&Landing { frame, description, root: Addresses(iris).root(), links })
}

#[derive(Template)]
#[template(path = "ogc/conformance.html")]
struct Conformance<'a> {
    frame: Frame,
    root: String,
    classes: &'a [&'a str],
}

/// `/ogc/conformance`
pub fn conformance(iris: &Iris, city: &City, classes: &[&str]) -> String {
    render(&Conformance { frame: Frame::new(iris, city), root: Addresses(iris).root(), classes })
}

#[derive(Template)]
#[template(path = "ogc/api.html")]
struct Api {
    frame: Frame,
    root: String,
    /// Path and what is there.
    operations: Vec<(String, String)>,
    /// Name and what it does.
    parameters: Vec<(String, String)>,
}

/// `/ogc/api`: how `document` is used.
pub fn api(iris: &Iris, city: &City, document: &Value) -> String {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let members = |pointer: &str| document.pointer(pointer).and_then(Value::as_object).into_iter().flatten();
    let operations =
        members("/paths").map(|(path, item)| (path.clone(), text(item.pointer("/get/summary")))).collect();
    let is_asked = |parameter: &&Value| text(parameter.get("in")) == "query";
    let mut parameters: Vec<(String, String)> = members("/components/parameters")
        .map(|(_, parameter)| parameter)
        .filter(is_asked)
        .map(|parameter| (text(parameter.get("name")), text(parameter.get("description"))))
        .collect();
    parameters.dedup_by(|one, other| one.0 == other.0);
    render(&Api { frame: Frame::new(iris, city), root: Addresses(iris).root(), operations, parameters })
}

#[derive(Template)]
#[template(path = "ogc/collections.html")]
struct Collections<'a> {
    frame: Frame,
    root: String,
    view: &'a CollectionsView,
    next: Option<String>,
}

/// `/ogc/collections`
pub fn collections(iris: &Iris, city: &City, view: &CollectionsView, next: Option<String>) -> String {
    render(&Collections { frame: Frame::new(iris, city), root: Addresses(iris).root(), view, next })
}

#[derive(Template)]
#[template(path = "ogc/collection.html")]
struct OneCollection<'a> {
    frame: Frame,
    root: String,
    view: &'a CollectionView,
    extent: Vec<(&'static str, String)>,
}

/// `/ogc/collections/{collection}`
pub fn collection(iris: &Iris, city: &City, view: &CollectionView) -> String {
    let mut extent = Vec::new();
    if let Some(there) = &view.extent {
        let [[west, south, east, north]] = there.spatial.bbox;
        extent.push(("範囲", format!("西 {west}　南 {south}　東 {east}　北 {north}（度、WGS 84）")));
        if let Some(temporal) = &there.temporal {
            let [[from, to]] = &temporal.interval;
            let end = |moment: &Option<String>| moment.clone().unwrap_or_default();
            extent.push(("期間", format!("{} ～ {}", end(from), end(to))));
        }
    }
    render(&OneCollection { frame: Frame::new(iris, city), root: Addresses(iris).root(), view, extent })
}

#[derive(Template)]
#[template(path = "ogc/schema.html")]
struct Schema<'a> {
    frame: Frame,
    root: String,
    id: &'a str,
    title: String,
    heading: &'static str,
    /// Name, kind, meaning.
    properties: Vec<(String, String, String)>,
}

/// `/ogc/collections/{id}/queryables` and `schema`.
pub fn schema(iris: &Iris, city: &City, (id, which): (&str, &str), document: &Value) -> String {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let properties = document.get("properties").and_then(Value::as_object).into_iter().flatten();
    let properties = properties.map(|(name, property)| {
        let words = ["type", "format", "x-ogc-role"].map(|word| text(property.get(word)));
        let kind = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        (name.clone(), kind, text(property.get("description")))
    });
    render(&Schema {
        frame: Frame::new(iris, city),
        root: Addresses(iris).root(),
        id,
        title: text(document.get("title")),
        heading: if which == "queryables" { "条件に使える項目" } else { "項目" },
        properties: properties.collect(),
    })
}

#[derive(Template)]
#[template(path = "ogc/features.html")]
struct Features {
    frame: Frame,
    root: String,
    id: String,
    title: String,
    total: u64,
    fields: Vec<String>,
    /// Address, name and cells of each.
    rows: Vec<(String, String, Vec<String>)>,
    next: Option<String>,
}

/// `/ogc/collections/{collection}/items`
pub fn features(iris: &Iris, city: &City, collection: &Collection, shown: FeaturesPage) -> String {
    let (id, columns) = (collection.subject.dataset.slug.as_str(), collection.rows.columns());
    let fields: Vec<String> =
        columns.all().iter().take(FIELDS_MAX).map(|column| column.name.clone()).collect();
    let row = |(key, properties): (String, Map<String, Value>)| {
        let cells = fields.iter().map(|name| cell(properties.get(name))).collect();
        (Addresses(iris).item(id, &key), key, cells)
    };
    render(&Features {
        frame: Frame::new(iris, city),
        root: Addresses(iris).root(),
        id: id.to_owned(),
        title: collection.subject.dataset.metadata.title.clone(),
        total: shown.total,
        rows: shown.features.into_iter().map(row).collect(),
        fields: fields.clone(),
        next: shown.next,
    })
}

#[derive(Template)]
#[template(path = "ogc/feature.html")]
struct Feature<'a> {
    frame: Frame,
    root: String,
    id: &'a str,
    title: &'a str,
    key: &'a str,
    address: String,
    properties: Vec<(String, String)>,
}

/// `/ogc/collections/{collection}/items/{key}`
pub fn feature(
    iris: &Iris,
    city: &City,
    collection: &Collection,
    key: &str,
    properties: Map<String, Value>,
) -> String {
    let dataset = &collection.subject.dataset;
    let properties = properties.into_iter().map(|(name, value)| (name, cell(Some(&value)))).collect();
    render(&Feature {
        frame: Frame::new(iris, city),
        root: Addresses(iris).root(),
        id: dataset.slug.as_str(),
        title: &dataset.metadata.title,
        key,
        address: Addresses(iris).item(dataset.slug.as_str(), key),
        properties,
    })
}

#[derive(Template)]
#[template(path = "ogc/records.html")]
struct Records<'a> {
    frame: Frame,
    root: String,
    id: &'static str,
    words: &'a str,
    view: &'a RecordsView,
    next: Option<String>,
}

/// `/ogc/collections/catalog/items`
pub fn records(iris: &Iris, city: &City, words: &str, view: &RecordsView, next: Option<String>) -> String {
    render(&Records {
        frame: Frame::new(iris, city),
        root: Addresses(iris).root(),
        id: CATALOG,
        words,
        view,
        next,
    })
}

#[derive(Template)]
#[template(path = "ogc/record.html")]
struct Record<'a> {
    frame: Frame,
    root: String,
    id: &'static str,
    record: &'a RecordView,
    about: Vec<(&'static str, String)>,
}

/// `/ogc/collections/catalog/items/{record}`
pub fn record(iris: &Iris, city: &City, record: &RecordView) -> String {
    let said = &record.properties;
    let mut about = vec![
        ("種類", said.kind.to_owned()),
        ("キーワード", said.keywords.join("、")),
        ("公開", said.created.clone().unwrap_or_default()),
        ("更新", said.updated.clone()),
        ("利用条件", said.license.to_owned()),
    ];
    let concepts = said.themes.iter().flat_map(|theme| &theme.concepts);
    about.extend(
        concepts.map(|concept| ("分類", concept.title.clone().unwrap_or_else(|| concept.id.clone()))),
    );
    about.extend(said.contacts.iter().map(|contact| ("担当課", contact.organization.clone())));
    about.extend(said.external_ids.iter().map(|id| ("識別子", format!("{}/{}", id.scheme, id.value))));
    about.extend(record.time.iter().map(|time| ("対象期間", time.interval.join(" ～ "))));
    about.extend(record.geometry.iter().map(|geometry| ("範囲", geometry.coordinates.to_string())));
    about.retain(|(_, value)| !value.is_empty());
    render(&Record {
        frame: Frame::new(iris, city),
        root: Addresses(iris).root(),
        id: CATALOG,
        record,
        about,
    })
}

/// A cell as people read it.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
