//! The parameters of the resources. One that a resource does not have is refused, as the standard wants it; an empty one
//! counts as not given.
//!
//! Rule: OGC 17-069r4, /req/core/query-param-unknown and query-param-invalid; 20-004r1,
//! /req/record-core-query-parameters/empty-value.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::named::form_pairs;
use crate::problem::Problem;

/// The form of a resource.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FormQuery {
    /// `json` or `html`, whatever `Accept` says.
    #[param(pattern = "^(json|html)?$", example = "json")]
    pub f: Option<String>,
}

/// A page of the collections.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CollectionsQuery {
    /// `json` or `html`, whatever `Accept` says.
    #[param(pattern = "^(json|html)?$", example = "json")]
    pub f: Option<String>,
    /// How many on a page, from 1; 1,000 unless told otherwise. More than 1,000 are 1,000.
    #[param(value_type = Option<u64>, minimum = 1, example = 1_000)]
    pub limit: Option<String>,
    /// Where the page begins; only `next` of another page gives one.
    #[param(pattern = "^(-|[a-z0-9][a-z0-9_-]{1,99})?$")]
    pub cursor: Option<String>,
}

/// Which features, how many at a time and in which form. Every other parameter is the name of a property (a queryable), and
/// its value the one that the property has to have; one that is called like one of these is written `field.limit`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FeaturesQuery {
    /// `json` or `html`, whatever `Accept` says.
    #[param(pattern = "^(json|html)?$", example = "json")]
    pub f: Option<String>,
    /// How many features on a page, from 1; 100 unless told otherwise. More than 10,000 are 10,000.
    #[param(value_type = Option<u64>, minimum = 1, example = 100)]
    pub limit: Option<String>,
    /// Where the page begins; only `next` of another page gives one.
    #[param(pattern = "^([1-9][0-9]{0,8}-[0-9a-f]{32})?$")]
    pub cursor: Option<String>,
    /// Features in this box, and those without a geometry: west, south, east, north; or with heights, which are passed over. One that
    /// crosses the 180th meridian has its west east of its east.
    #[param(pattern = "^([-+0-9.eE, ]*)$", example = "141,38,142,39")]
    pub bbox: Option<String>,
    /// The reference system of `bbox`: `http://www.opengis.net/def/crs/OGC/1.3/CRS84`.
    #[param(rename = "bbox-crs")]
    pub bbox_crs: Option<String>,
    /// Features of this time, and those without one: a moment, a day, or a span (`2026-04-01/2027-03-31`, `2026-04-01/..`).
    pub datetime: Option<String>,
    /// The reference system of the answer: `http://www.opengis.net/def/crs/OGC/1.3/CRS84`.
    pub crs: Option<String>,
    /// A condition in CQL2 on the queryables: `"地区" = '大街道' and S_INTERSECTS(geometry, BBOX(141,38,142,39))`.
    #[param(max_length = 20_000)]
    pub filter: Option<String>,
    /// The language of `filter`: `cql2-text` (the default) or `cql2-json`.
    #[param(rename = "filter-lang", pattern = "^(cql2-text|cql2-json)?$", example = "cql2-text")]
    pub filter_lang: Option<String>,
    /// The reference system of places in `filter`: `http://www.opengis.net/def/crs/OGC/1.3/CRS84`.
    #[param(rename = "filter-crs")]
    pub filter_crs: Option<String>,
    /// The properties and their values.
    #[param(style = Form, explode = true, required = false, value_type = Object, example = json!({"ID": "LL0420210001"}))]
    pub properties: Vec<(String, String)>,
}

/// Which records, how many at a time and in which form. Every other parameter is the name of a queryable, and its value the
/// one that it has to have.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RecordsQuery {
    /// `json` or `html`, whatever `Accept` says.
    #[param(pattern = "^(json|html)?$", example = "json")]
    pub f: Option<String>,
    /// How many records on a page, from 1; 100 unless told otherwise. More than 1,000 are 1,000.
    #[param(value_type = Option<u64>, minimum = 1, example = 100)]
    pub limit: Option<String>,
    /// Where the page begins; only `next` of another page gives one.
    #[param(pattern = "^([a-z0-9][a-z0-9_-]{1,99})?$")]
    pub cursor: Option<String>,
    /// Words in title, description, keywords, name or department; those with blanks between them stand together, commas are
    /// alternatives.
    #[param(example = "トイレ,避難")]
    pub q: Option<String>,
    /// Kinds of resources, with commas between: everything here is a `dataset`.
    #[param(example = "dataset")]
    pub r#type: Option<String>,
    /// Names of records, with commas between.
    pub ids: Option<String>,
    /// Names given elsewhere, with commas between: the value, the scheme, or both with a colon between.
    #[param(rename = "externalIds")]
    pub external_ids: Option<String>,
    /// Records whose rows are in or around this box, and those without places: west, south, east, north.
    #[param(pattern = "^([-+0-9.eE, ]*)$", example = "141,38,142,39")]
    pub bbox: Option<String>,
    /// The reference system of `bbox`: `http://www.opengis.net/def/crs/OGC/1.3/CRS84`.
    #[param(rename = "bbox-crs")]
    pub bbox_crs: Option<String>,
    /// Records that speak of this time, and those without one: a moment, a day, or a span (`2026-04-01/2027-03-31`, `2026-04-01/..`).
    pub datetime: Option<String>,
    /// The reference system of the answer: `http://www.opengis.net/def/crs/OGC/1.3/CRS84`.
    pub crs: Option<String>,
    /// A condition in CQL2 on the queryables: `theme = 'disaster' and updated >= DATE('2026-04-01')`.
    #[param(max_length = 20_000)]
    pub filter: Option<String>,
    /// The language of `filter`: `cql2-text` (the default) or `cql2-json`.
    #[param(rename = "filter-lang", pattern = "^(cql2-text|cql2-json)?$", example = "cql2-text")]
    pub filter_lang: Option<String>,
    /// The reference system of places in `filter`: `http://www.opengis.net/def/crs/OGC/1.3/CRS84`.
    #[param(rename = "filter-crs")]
    pub filter_crs: Option<String>,
    /// The queryables and their values.
    #[param(style = Form, explode = true, required = false, value_type = Object, example = json!({"license": "CC-BY-4.0"}))]
    pub properties: Vec<(String, String)>,
}

impl FeaturesQuery {
    /// The parameters that every collection of features has.
    pub const PARAMETERS: [&str; 10] = [
        "f",
        "limit",
        "cursor",
        "bbox",
        "bbox-crs",
        "datetime",
        "crs",
        "filter",
        "filter-lang",
        "filter-crs",
    ];
}

impl RecordsQuery {
    /// The parameters that the catalog has.
    pub const PARAMETERS: [&str; 14] = [
        "f",
        "limit",
        "cursor",
        "q",
        "type",
        "ids",
        "externalIds",
        "bbox",
        "bbox-crs",
        "datetime",
        "crs",
        "filter",
        "filter-lang",
        "filter-crs",
    ];
}

/// The parameters of a request for items.
#[derive(Debug)]
pub struct Given {
    known: Vec<(&'static str, String)>,
    /// Those that are none of the collection's: names of properties, and their values.
    pub properties: Vec<(String, String)>,
}

impl Given {
    /// The parameters in the query string `query`, where the collection has those that are `known`.
    ///
    /// # Errors
    /// When one of those is given twice.
    pub fn read(query: &str, known: &'static [&'static str]) -> Result<Given, Problem> {
        let mut given = Given { known: Vec::new(), properties: Vec::new() };
        for (name, value) in form_pairs(query) {
            let Some(parameter) = known.iter().copied().find(|known| *known == name) else {
                given.properties.push((name, value));
                continue;
            };
            if given.known.iter().any(|(known, _)| *known == parameter) {
                return Err(Problem::bad_parameter(parameter, "一度だけ書けます。", "it stands once"));
            }
            given.known.push((parameter, value));
        }
        Ok(given)
    }

    /// The value of the parameter `name`, unless it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let known = self.known.iter().find(|(known, _)| *known == name);
        known.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// How many items are wanted: `default` unless `text` says so, and `max` where it says more.
///
/// Rule: OGC 17-069r4, /req/core/fc-limit-definition: more than the maximum is the maximum, and no error.
///
/// # Errors
/// [`crate::problem::Kind::BadParameter`] where it is no whole number from 1.
pub fn limit(text: Option<&str>, default: u32, max: u32) -> Result<u32, Problem> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(default) };
    let digits = text.strip_prefix('+').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse::<u32>() {
        Ok(0) => Err(no_limit()),
        Ok(limit) => Ok(limit.min(max)),
        Err(_) if is_number => Ok(max), // more than any number of 32 bits
        Err(_) => Err(no_limit()),
    }
}

fn no_limit() -> Problem {
    Problem::bad_parameter("limit", "1 以上の整数です。", "it is a whole number from 1")
}

#[cfg(test)]
mod tests {
    use utoipa::openapi::path::ParameterIn;

    use super::*;

    #[test]
    fn the_lists_of_parameters_are_those_of_the_document() {
        let names = |parameters: Vec<utoipa::openapi::path::Parameter>| {
            let names = parameters.into_iter().map(|parameter| parameter.name);
            names.filter(|name| name != "properties").collect::<Vec<_>>()
        };
        assert_eq!(names(FeaturesQuery::into_params(|| Some(ParameterIn::Query))), FeaturesQuery::PARAMETERS);
        assert_eq!(names(RecordsQuery::into_params(|| Some(ParameterIn::Query))), RecordsQuery::PARAMETERS);
    }

    #[test]
    fn more_than_the_most_is_the_most() {
        for (text, expected) in [("1", 1), ("10", 10), ("11", 10), ("99999999999999999999", 10), ("+5", 5)] {
            assert_eq!(limit(Some(text), 3, 10).ok(), Some(expected), "{text}");
        }
        assert_eq!((limit(None, 3, 10).ok(), limit(Some(""), 3, 10).ok()), (Some(3), Some(3)));
        for text in ["0", "-1", "1.5", "x", "+", "１０"] {
            assert!(limit(Some(text), 3, 10).is_err(), "{text}");
        }
    }
}
