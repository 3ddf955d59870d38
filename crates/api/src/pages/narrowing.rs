//! How a list of datasets can be narrowed down: the values there are, each with its number and its address.

use catalog::query::{Facet, Listing, Query};
use ingestion::Schemas;

use crate::named::Address;

/// Values of one kind that are shown.
const SHOWN_MAX: usize = 12;

/// One kind of value: 担当課, 分類, …
pub struct Group {
    /// What it is called.
    pub title: &'static str,
    /// The most frequent values.
    pub choices: Vec<Choice>,
}

/// One value.
pub struct Choice {
    /// As people read it.
    pub label: String,
    /// How many datasets of the list have it.
    pub count: u64,
    /// The address of the list that is narrowed down to it; where it is already, of the list that is not.
    pub address: String,
    /// Whether the list is narrowed down to it.
    pub is_chosen: bool,
}

/// What there is to narrow `listing` down by, which `query` asks for at `address`; links begin with `base`.
pub fn groups(
    listing: &Listing,
    query: &Query,
    address: &Address,
    base: &str,
    schemas: &Schemas,
) -> Vec<Group> {
    let schema_title = |id: &str| {
        let schema = id.parse().ok().and_then(|id| schemas.get(&id));
        schema.map(|schema| format!("{}（{}）", schema.title, schema.id.standard().title()))
    };
    let facets = &listing.facets;
    let group = |title, name: &'static str, facets: &[Facet], chosen: Option<String>| {
        let choices = facets.iter().take(SHOWN_MAX).map(|facet| {
            let is_chosen = chosen.as_deref() == Some(facet.value.as_str());
            let value = (!is_chosen).then_some(facet.value.as_str());
            let label = if name == "schema" { schema_title(&facet.value) } else { None };
            Choice {
                label: label.unwrap_or_else(|| facet.label.clone()),
                count: facet.count,
                address: address.of_list(base, name, value),
                is_chosen,
            }
        });
        Group { title, choices: choices.collect() }
    };
    let groups = [
        group("担当課", "department", &facets.department, query.department.as_ref().map(ToString::to_string)),
        group("分類", "theme", &facets.theme, query.theme.clone()),
        group("様式", "schema", &facets.schema, query.schema.as_ref().map(ToString::to_string)),
        group("形式", "format", &facets.format, query.format.map(|format| format.to_string())),
        group("利用条件", "license", &facets.licence, query.licence.map(|licence| licence.id().to_owned())),
    ];
    // Of one value only there is nothing to choose.
    let tells =
        |group: &Group| group.choices.len() > 1 || group.choices.iter().any(|choice| choice.is_chosen);
    groups.into_iter().filter(tells).collect()
}
