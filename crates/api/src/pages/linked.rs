//! What stands inside a page for search engines: [schema.org](https://schema.org/Dataset) in JSON-LD.

use catalog::{Area, City, Dataset, Iris};
use serde_json::{Map, Value, json};

use crate::handlers::catalog::Words;
use crate::views::dataset::DatasetView;

/// Search engines want at least so many characters in a description.
const DESCRIPTION_MIN: usize = 50;
/// … and read no more than these.
const DESCRIPTION_MAX: usize = 5_000;

/// The page of a dataset.
pub fn dataset(words: &Words, dataset: &Dataset, view: &DatasetView, iris: &Iris) -> String {
    let city = &words.city;
    let department = &dataset.department;
    let mut it = json!({
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": view.urls.html,
        "url": view.urls.html,
        "identifier": [view.slug, view.urls.html],
        "name": view.title,
        "description": description(&view.description, city, &department.title),
        "license": view.license_url,
        "isAccessibleForFree": true,
        "inLanguage": "ja",
        "dateModified": view.modified,
        "publisher": publisher(city, iris),
        "creator": {
            "@type": "GovernmentOrganization",
            "@id": view.contact.url,
            "name": view.contact.name,
            "url": view.contact.url,
            "parentOrganization": { "@id": iris.publisher() },
        },
        "spatialCoverage": place(city, view),
        "includedInDataCatalog": { "@type": "DataCatalog", "@id": iris.catalog(), "name": city.catalog_title },
    });
    let files = dataset.current.iter().flat_map(|revision| &revision.distributions).map(|file| {
        json!({
            "@type": "DataDownload",
            "@id": iris.distribution(&dataset.slug, file.format),
            "name": format!("{}（{}）", view.title, file.format.title()),
            "contentUrl": iris.download(&dataset.slug, file.format),
            "encodingFormat": file.format.media_type(),
            "contentSize": format!("{} B", file.bytes),
            "sha256": file.sha256.to_string(),
            "license": view.license_url,
        })
    });
    let about = view.theme.as_deref().map(|code| words.theme_label(code));
    let more = [
        ("alternateName", json!(view.title_en)),
        ("keywords", json!((!view.keywords.is_empty()).then_some(&view.keywords))),
        ("about", json!(about)),
        ("datePublished", json!(view.issued)),
        ("version", json!(view.revision.map(|number| number.to_string()))),
        (
            "temporalCoverage",
            json!(view.temporal.as_ref().map(|span| {
                let end = |day: &Option<String>| day.clone().unwrap_or_else(|| "..".to_owned());
                format!("{}/{}", end(&span.start), end(&span.end))
            })),
        ),
        ("conformsTo", json!(dataset.metadata.schema.as_ref().map(|id| iris.schema(id)))),
        ("isBasedOn", json!(view.source)),
        ("distribution", Value::Array(files.collect())),
    ];
    put(&mut it, more);
    inside(&it)
}

/// A page that lists datasets of the catalog.
pub fn catalog(city: &City, views: &[DatasetView], iris: &Iris) -> String {
    let datasets = views.iter().map(|view| {
        json!({
            "@type": "Dataset",
            "@id": view.urls.html,
            "url": view.urls.html,
            "name": view.title,
            "description": description(&view.description, city, &view.contact.name),
            "license": view.license_url,
            "dateModified": view.modified,
            "creator": { "@type": "GovernmentOrganization", "@id": view.contact.url, "name": view.contact.name },
        })
    });
    inside(&json!({
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": iris.catalog(),
        "url": format!("{}/datasets", iris.base()),
        "name": city.catalog_title,
        "alternateName": city.catalog_title_en,
        "description": city.catalog_description,
        "license": city.catalog_licence.iri(),
        "inLanguage": "ja",
        "isAccessibleForFree": true,
        "publisher": publisher(city, iris),
        "dataset": datasets.collect::<Vec<_>>(),
    }))
}

fn publisher(city: &City, iris: &Iris) -> Value {
    json!({
        "@type": "GovernmentOrganization",
        "@id": iris.publisher(),
        "name": city.area(Area::City).1,
        "alternateName": city.name_en,
        "url": iris.home(),
        "identifier": { "@type": "PropertyValue", "propertyID": "法人番号", "value": city.corporate_number },
    })
}

fn place(city: &City, view: &DatasetView) -> Value {
    let mut place = json!({
        "@type": "AdministrativeArea",
        "name": view.spatial.name,
        "sameAs": view.spatial.uri,
        "identifier": { "@type": "PropertyValue", "propertyID": "全国地方公共団体コード", "value": view.spatial.code },
    });
    if let Some(area) = city.bbox.filter(|_| view.spatial.code == city.code.as_str()) {
        let shape = json!({
            "@type": "GeoShape",
            "box": format!("{} {} {} {}", area.south, area.west, area.north, area.east),
        });
        put(&mut place, [("geo", shape)]);
    }
    place
}

/// A description as long as search engines want one: to a short one it is added whose the data is.
fn description(text: &str, city: &City, department: &str) -> String {
    let mut text: String = text.chars().take(DESCRIPTION_MAX).collect();
    if text.chars().count() < DESCRIPTION_MIN {
        text += &format!("（{}{department}が公開するオープンデータです。）", city.area(Area::City).1);
    }
    text
}

fn put(to: &mut Value, members: impl IntoIterator<Item = (&'static str, Value)>) {
    let members = members.into_iter().filter(|(_, value)| !value.is_null());
    if let Some(to) = to.as_object_mut() {
        to.extend(members.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>());
    }
}

/// JSON as it may stand inside a page: nothing in it can end the element, or begin a comment.
fn inside(json: &Value) -> String {
    let mut text = String::new();
    for letter in json.to_string().chars() {
        match letter {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            '\u{2028}' => text.push_str("\\u2028"),
            '\u{2029}' => text.push_str("\\u2029"),
            letter => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_in_it_ends_the_element() {
        let written = inside(&json!({ "name": "</script><script>alert(1)</script><!-- & \u{2028}" }));
        assert!(!written.contains(['<', '>', '&', '\u{2028}']), "{written}");
    }

    proptest! {
        #[test]
        fn whatever_stands_in_it_reads_back(text in ".*") {
            let written = inside(&json!({ "name": text }));
            prop_assert!(!written.contains(['<', '>']));
            let read: Value = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(&read["name"], &json!(text));
        }
    }
}
