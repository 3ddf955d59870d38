//! The maps by which a table of the old standard (推奨データセット) becomes one of the new (自治体標準).
//!
//! A map is data: a TOML file in `drift/`, embedded in the crate, with its edition and where each line comes from.
//! It holds only what is established; what is not is left behind with a reason. Converting a file is
//! [`crate::convert()`]'s business.

use rust_embed::Embed;
use serde::Deserialize;

use crate::schema::SchemaId;

#[derive(Embed)]
#[folder = "drift/"]
struct Files;

/// All maps that are known.
#[derive(Debug, Clone)]
pub struct Drifts(Vec<Drift>);

/// The map from one schema to another. Fields of the same name are carried as they are.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drift {
    /// The schema of the file that comes.
    pub from: SchemaId,
    /// The schema of the file that goes.
    pub to: SchemaId,
    /// When the map was last held against its sources: `2026-11`.
    pub edition: String,
    /// What each line rests on.
    pub source: Vec<String>,
    /// Fields that are filled from others.
    #[serde(default)]
    pub carry: Vec<Carry>,
    /// Fields that cannot be carried.
    #[serde(default)]
    pub leave: Vec<Leave>,
}

/// A field of the new schema that is filled from fields of the old one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carry {
    /// The field that is filled.
    pub to: String,
    /// The fields it is filled from, in the order in which they are joined.
    pub from: Vec<String>,
    /// What stands between them, where more than one says something.
    #[serde(default)]
    pub between: String,
}

/// A field of the old schema that has no place in the new one, and why.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// The field.
    pub field: String,
    /// Why, in Japanese.
    pub ja: String,
    /// Why, in English.
    pub en: String,
}

impl Drifts {
    /// The maps that come with the crate.
    pub fn embedded() -> Drifts {
        let read = |path: std::borrow::Cow<'static, str>| {
            let file = Files::get(&path)?;
            let text = std::str::from_utf8(&file.data).ok()?;
            Some(toml::from_str(text).expect("a test reads every embedded map"))
        };
        Drifts(Files::iter().filter_map(read).collect())
    }

    /// The map that begins at the schema `id`.
    pub fn from(&self, id: &SchemaId) -> Option<&Drift> {
        self.0.iter().find(|drift| drift.from == *id)
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Drift> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::schema::{Kind, Schema, Standard};
    use crate::schemas::Schemas;

    /// The two schemas of a map.
    fn ends<'a>(drift: &Drift, schemas: &'a Schemas) -> (&'a Schema, &'a Schema) {
        let find = |id| schemas.get(id).unwrap_or_else(|| panic!("no schema {id}"));
        (find(&drift.from), find(&drift.to))
    }

    #[test]
    fn every_schema_of_the_old_standard_has_a_map_to_its_namesake() {
        let (schemas, drifts) = (Schemas::embedded(), Drifts::embedded());
        for schema in schemas.iter().filter(|schema| schema.id.standard() == Standard::Suisho) {
            let drift = drifts.from(&schema.id).unwrap_or_else(|| panic!("no map from {}", schema.id));
            assert_eq!(drift.to.standard(), Standard::Hyojun);
            assert_eq!(drift.to.slug(), schema.id.slug());
            assert!(!drift.source.is_empty() && !drift.edition.is_empty(), "{}", schema.id);
        }
        assert_eq!(drifts.iter().count(), 14);
    }

    #[test]
    fn every_field_of_the_old_schema_is_carried_or_left_with_a_reason() {
        let schemas = Schemas::embedded();
        for drift in Drifts::embedded().iter() {
            let (from, to) = ends(drift, &schemas);
            let carried: BTreeSet<&str> =
                drift.carry.iter().flat_map(|carry| &carry.from).map(String::as_str).collect();
            let left: BTreeSet<&str> = drift.leave.iter().map(|leave| leave.field.as_str()).collect();
            for field in &from.fields {
                let ways = [
                    to.field(&field.name).is_some(),
                    carried.contains(field.name.as_str()),
                    left.contains(field.name.as_str()),
                ];
                let ways = ways.into_iter().filter(|way| *way).count();
                assert_eq!(ways, 1, "{}: `{}`", from.id, field.name);
            }
            assert!(carried.union(&left).all(|name| from.field(name).is_some()), "{}", from.id);
        }
    }

    #[test]
    fn every_field_of_the_new_schema_is_filled_from_one_place_at_most() {
        let schemas = Schemas::embedded();
        for drift in Drifts::embedded().iter() {
            let (from, to) = ends(drift, &schemas);
            let filled: BTreeSet<&str> = drift.carry.iter().map(|carry| carry.to.as_str()).collect();
            assert_eq!(filled.len(), drift.carry.len(), "{}", to.id);
            for name in filled {
                assert!(to.field(name).is_some() && from.field(name).is_none(), "{}: `{name}`", to.id);
            }
        }
    }

    #[test]
    fn only_texts_are_joined() {
        let schemas = Schemas::embedded();
        for drift in Drifts::embedded().iter() {
            let (_, to) = ends(drift, &schemas);
            for carry in drift.carry.iter().filter(|carry| carry.from.len() > 1) {
                assert_eq!(to.field(&carry.to).map(|field| &field.kind), Some(&Kind::Text), "{}", carry.to);
            }
        }
    }
}
