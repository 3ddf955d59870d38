//! The national schemas that come with the crate, and how one is found by its name.

use std::sync::Arc;

use rust_embed::Embed;

use crate::schema::{Schema, SchemaId};

#[derive(Embed)]
#[folder = "schemas/"]
struct Files;

/// All schemas that are known, in the order of their ids. A clone is the same schemas.
#[derive(Debug, Clone)]
pub struct Schemas(Arc<[Schema]>);

impl Schemas {
    /// The schemas that come with the crate.
    pub fn embedded() -> Schemas {
        let mut schemas: Vec<Schema> = Files::iter()
            .filter_map(|path| Files::get(&path))
            .map(|file| {
                let text = std::str::from_utf8(&file.data).expect("a test reads every embedded schema");
                toml::from_str(text).expect("a test reads every embedded schema")
            })
            .collect();
        schemas.sort_by(|a: &Schema, b| a.id.cmp(&b.id));
        Schemas(schemas.into())
    }

    /// The schema named `id`.
    pub fn get(&self, id: &SchemaId) -> Option<&Schema> {
        self.0.iter().find(|schema| schema.id == *id)
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Schema> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]

    use std::collections::BTreeSet;

    use super::*;
    use crate::cell;
    use crate::schema::Standard;

    #[test]
    fn every_embedded_schema_reads_and_is_named_after_its_file() {
        for path in Files::iter() {
            let file = Files::get(&path).expect("the iterator names embedded files");
            let text = std::str::from_utf8(&file.data).expect("a schema is UTF-8");
            let schema: Schema = toml::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(format!("{}.toml", schema.id), path);
        }
    }

    #[test]
    fn both_standards_are_here_as_far_as_they_are_known() {
        let count = |standard| Schemas::embedded().iter().filter(|it| it.id.standard() == standard).count();
        assert_eq!((count(Standard::Hyojun), count(Standard::Suisho)), (22, 14));
    }

    #[test]
    fn names_of_fields_are_unique_and_whatever_names_a_field_names_one() {
        for schema in Schemas::embedded().iter() {
            let names: BTreeSet<&str> = schema.fields.iter().map(|field| field.name.as_str()).collect();
            assert_eq!(names.len(), schema.fields.len(), "{}", schema.id);
            let related = schema.relations.iter().flat_map(|relation| relation.fields());
            for name in schema.key.iter().map(String::as_str).chain(related) {
                assert!(names.contains(name), "{}: no field `{name}`", schema.id);
            }
            for name in &schema.optional_extra_columns {
                assert!(!names.contains(name.as_str()), "{}: `{name}` is a field", schema.id);
            }
        }
    }

    #[test]
    fn an_other_name_means_one_field_and_is_dated() {
        for schema in Schemas::embedded().iter() {
            let mut names: BTreeSet<&str> = schema.fields.iter().map(|field| field.name.as_str()).collect();
            names.extend(schema.optional_extra_columns.iter().map(String::as_str));
            for alias in schema.fields.iter().flat_map(|field| &field.aliases) {
                assert!(names.insert(alias), "{}: `{alias}` means two columns", schema.id);
                assert!(schema.aliases_edition.is_some(), "{}", schema.id);
            }
        }
    }

    #[test]
    fn every_example_is_a_good_cell() {
        for schema in Schemas::embedded().iter() {
            for field in &schema.fields {
                let fault = field.example.as_deref().and_then(|example| cell::read(field, example).1);
                assert_eq!(fault, None, "{}: `{}`", schema.id, field.name);
            }
        }
    }

    #[test]
    fn a_slip_in_a_schema_is_told_with_its_line() {
        let file = Files::get("suisho/aed.toml").expect("the schema is embedded");
        let text = std::str::from_utf8(&file.data).expect("a schema is UTF-8");
        let error =
            toml::from_str::<Schema>(&text.replacen("need =", "ned =", 1)).expect_err("the key is unknown");
        assert!(error.to_string().contains("line"), "{error}");
    }
}
