//! What a CKAN package has no field for: extras, under the keys that ckanext-dcat reads and writes.
//!
//! None of them is called as a field is: CKAN refuses the whole package for that.

use jiff::Timestamp;
use jiff::tz;
use serde_json::json;

use crate::city::Area;
use crate::dataset::Dataset;
use crate::dcat::{Scope, authority};
use crate::term::Term;

/// The kind of publisher, from the ADMS publisher types.
const LOCAL_AUTHORITY: &str = "http://purl.org/adms/publishertype/LocalAuthority";

/// The extras of `dataset`, each key once.
pub fn of(scope: &Scope<'_>, dataset: &Dataset) -> Vec<(&'static str, String)> {
    let (iris, city, metadata) = (scope.iris, scope.city, &dataset.metadata);
    let iri = iris.dataset(&dataset.slug);
    let department = iris.department(&dataset.department.slug);
    let (area, area_name) = city.area(metadata.area);
    let theme = european(scope.themes, metadata.theme.as_deref()).and_then(authority::theme);
    let frequency = european(scope.frequencies, metadata.frequency.as_deref()).and_then(authority::frequency);
    let schema = metadata.schema.as_ref().map(|id| iris.schema(id));
    let period = metadata.temporal;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let spatial = match (metadata.area, city.bbox) {
        (Area::City, Some(bbox)) => Some(polygon(bbox)),
        _ => None,
    };
    let all = [
        ("identifier", Some(iri.clone())),
        ("uri", Some(iri)),
        ("title_en", metadata.title_en.clone()),
        ("issued", dataset.issued.map(moment)),
        ("modified", Some(moment(dataset.modified))),
        ("language", Some(list(&authority::japanese()))),
        ("theme", theme.map(|theme| list(&theme.iri()))),
        ("frequency", frequency),
        ("conforms_to", schema.as_deref().map(list)),
        ("provenance", metadata.source.clone()),
        ("spatial_uri", Some(area.area_iri())),
        ("spatial_text", Some(area_name)),
        ("spatial", spatial),
        ("temporal_start", day(period.and_then(|period| period.start))),
        ("temporal_end", day(period.and_then(|period| period.end))),
        ("publisher_name", Some(city.name.clone())),
        ("publisher_uri", Some(iris.publisher())),
        ("publisher_type", Some(LOCAL_AUTHORITY.to_owned())),
        ("creator_name", Some(dataset.department.title.clone())),
        ("creator_uri", Some(department.clone())),
        ("contact_name", Some(dataset.department.title.clone())),
        ("contact_uri", Some(department.clone())),
        ("contact_url", Some(department)),
        ("license_uri", Some(metadata.licence.iri().to_owned())),
        ("access_rights", Some(authority::public())),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

fn european<'a>(terms: &'a [Term], code: Option<&str>) -> Option<&'a str> {
    terms.iter().find(|term| Some(term.code.as_str()) == code).map(|term| term.eu.as_str())
}

/// Several values of one key are a list, as JSON; so is one.
fn list(value: &str) -> String {
    json!([value]).to_string()
}

/// As it was in Japan, with its zone.
fn moment(time: Timestamp) -> String {
    time.display_with_offset(tz::offset(9)).to_string()
}

fn polygon(bbox: ingestion::Bbox) -> String {
    let ingestion::Bbox { south, west, north, east } = bbox;
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    json!({"type": "Polygon", "coordinates": [ring]}).to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use ingestion::Schemas;

    use super::*;
    use crate::dataset::{DatasetState, Metadata, Period};
    use crate::department::Department;
    use crate::iri::Iris;
    use crate::testing::{city, metadata, slug};

    fn department() -> Department {
        Department { slug: slug("mihon"), title: "【見本】課".to_owned(), title_en: None }
    }

    fn extras(metadata: Metadata) -> Vec<(&'static str, String)> {
        let frequency = Term {
            code: "annual".to_owned(),
            label: "年1回".to_owned(),
            label_en: "Annual".to_owned(),
            eu: "ANNUAL".to_owned(),
        };
        let scope = Scope {
            iris: &Iris::new("https://data.example.jp".parse().unwrap()),
            city: &city(),
            office: &department(),
            themes: &[],
            frequencies: &[frequency],
            schemas: &Schemas::embedded(),
        };
        let dataset = Dataset {
            slug: slug("toilets"),
            metadata,
            department: department(),
            state: DatasetState::Published,
            version: 1,
            current: None,
            issued: Some("2026-03-31T15:00:00Z".parse().unwrap()),
            modified: "2026-03-31T15:00:00Z".parse().unwrap(),
            former_id: None,
        };
        of(&scope, &dataset)
    }

    fn value(extras: &[(&'static str, String)], key: &str) -> Option<String> {
        extras.iter().find(|(known, _)| *known == key).map(|(_, value)| value.clone())
    }

    #[test]
    fn what_is_known_is_told_under_the_keys_of_ckanext_dcat() {
        let temporal = Some(Period { start: Some("2025-04-01".parse().unwrap()), end: None });
        let schema = Some("hyojun/public_toilet".parse().unwrap());
        let extras = extras(Metadata { temporal, schema, ..metadata("toilets") });
        for (key, expected) in [
            ("identifier", "https://data.example.jp/datasets/toilets"),
            ("modified", "2026-04-01T00:00:00+09:00"),
            ("frequency", "http://publications.europa.eu/resource/authority/frequency/ANNUAL"),
            ("conforms_to", r#"["https://data.example.jp/schemas/hyojun/public_toilet"]"#),
            ("temporal_start", "2025-04-01"),
            ("spatial_uri", "http://data.e-stat.go.jp/lod/sac/C04202"),
        ] {
            assert_eq!(value(&extras, key).as_deref(), Some(expected), "{key}");
        }
        assert_eq!(value(&extras, "temporal_end"), None);
        assert_eq!(value(&extras, "theme"), None);
    }

    #[test]
    fn no_key_is_a_field_of_ckan_and_none_stands_twice() {
        let extras = extras(metadata("toilets"));
        let fields = "author author_email id license_id license_title license_url maintainer maintainer_email \
                      metadata_created metadata_modified name notes organization owner_org private state tags title \
                      type url version groups resources extras";
        for (place, (key, _)) in extras.iter().enumerate() {
            assert!(!fields.split_whitespace().any(|field| field == *key), "{key}");
            assert!(!extras.iter().skip(place + 1).any(|(other, _)| other == key), "{key} twice");
        }
    }
}
