//! The national schemas that come with the crate, and how one is found by its name.

use rust_embed::Embed;

use crate::schema::{Schema, SchemaId};

#[derive(Embed)]
#[folder = "schemas/"]

struct Files;

/// All schemas that are known, in the order of their ids.
#[derive(Debug, Clone)]
pub struct Schemas(Vec<Schema>);

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
        Schemas(schemas)
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
    use super::*;

    #[test]
    fn every_embedded_schema_reads_and_is_named_after_its_file() {
        for path in Files::iter() {
            let file = Files::get(&path).expect("the iterator names embedded files");
            let text = std::str::from_utf8(&file.data).expect("a schema is UTF-8");
            let schema: Schema = toml::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(format!("{}.toml", schema.id), path);
            for key in &schema.key {
                assert!(schema.fields.iter().any(|field| field.name == *key), "{path}: no field `{key}`");
            }
        }
    }
}
