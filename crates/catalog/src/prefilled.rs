//! What is said about a new dataset where nobody has said it: as its schema and the city's own words have it.

use ingestion::{Schema, Schemas};

use crate::city::City;
use crate::dataset::{Dataset, Metadata};
use crate::draft::NewDataset;
use crate::error::CatalogError;
use crate::query::{Query, Sort};
use crate::store::{self, Store, listing};

/// What marks made-up sample data; it belongs to no other dataset.
const SAMPLE: &str = "見本";

/// What is said about `new`: what it says itself, then what the city says of a published dataset of the same schema,
/// then what the schema tells.
///
/// # Errors
/// [`CatalogError::NoCatalog`] before a city is loaded.
pub(crate) async fn metadata(
    store: &Store,
    schemas: &Schemas,
    new: NewDataset,
) -> Result<Metadata, CatalogError> {
    let city = store::city::find(store.database()).await?;
    let city = city.ok_or_else(|| CatalogError::NoCatalog("the database: no city is loaded".to_owned()))?;
    let schema = new.schema.as_ref().and_then(|id| schemas.get(id));
    let kin = match schema {
        Some(schema) => like(store, schema).await?,
        None => None,
    };
    Ok(filled(new, &city, schema, kin.map(|kin| kin.metadata)))
}

/// A published dataset of the same schema, the first by slug.
async fn like(store: &Store, schema: &Schema) -> Result<Option<Dataset>, CatalogError> {
    let query = Query { schema: Some(schema.id.clone()), sort: Sort::Slug, limit: 1, ..Query::default() };
    let read = store.reading().await?;
    let (slugs, _) = listing::page(&read, &query, &listing::Sees::Published).await?;
    Ok(store::dataset::among(&read, &slugs).await?.into_iter().next())
}

/// What a dataset is where nobody has described it.
pub(crate) fn description(city: &City, schema: Option<&Schema>, title: &str) -> String {
    let title = title.trim();
    match schema {
        Some(schema) => format!(
            "{}の「{title}」です。国の様式「{}」（{}）に沿っています。",
            city.name,
            schema.title,
            schema.id.standard().title()
        ),
        None => format!("{}の「{title}」です。", city.name),
    }
}

fn filled(new: NewDataset, city: &City, schema: Option<&Schema>, kin: Option<Metadata>) -> Metadata {
    let kin = kin.as_ref();
    let description = || description(city, schema, &new.title);
    let keywords = || {
        let mut keywords: Vec<String> =
            schema.map(|schema| schema.title.trim_end_matches("一覧").to_owned()).into_iter().collect();
        let theirs = kin.map(|kin| kin.keywords.clone()).unwrap_or_default();
        for keyword in theirs.into_iter().filter(|keyword| keyword != SAMPLE) {
            if !keywords.contains(&keyword) {
                keywords.push(keyword);
            }
        }
        keywords
    };
    Metadata {
        description: new.description.clone().unwrap_or_else(description),
        keywords: new.keywords.clone().unwrap_or_else(keywords),
        theme: new.theme.or_else(|| kin.and_then(|kin| kin.theme.clone())),
        frequency: new.frequency.or_else(|| kin.and_then(|kin| kin.frequency.clone())),
        licence: new.licence.unwrap_or(city.catalog_licence),
        title: new.title,
        title_en: new.title_en,
        schema: new.schema,
        area: new.area.unwrap_or_default(),
        temporal: new.temporal,
        source: new.source,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::testing::{city, metadata as said, slug};

    fn new(schema: Option<&str>) -> NewDataset {
        NewDataset {
            schema: schema.map(|id| id.parse().unwrap()),
            ..NewDataset::named(slug("toilets"), "市のトイレ")
        }
    }

    #[test]
    fn a_schema_tells_what_the_dataset_is() {
        let schemas = Schemas::embedded();
        let new = new(Some("hyojun/public_toilet"));
        let schema = schemas.get(new.schema.as_ref().unwrap());
        let kin = Metadata { keywords: vec!["バリアフリー".into(), SAMPLE.into()], ..said("kin") };
        let filled = filled(new, &city(), schema, Some(kin));
        assert_eq!(
            filled.description,
            "石巻市の「市のトイレ」です。国の様式「公衆トイレ一覧」（自治体標準オープンデータセット）に沿っています。"
        );
        assert_eq!(filled.keywords, ["公衆トイレ", "バリアフリー"]);
        assert_eq!(
            (filled.theme.as_deref(), filled.frequency.as_deref()),
            (Some("government"), Some("annual"))
        );
    }

    #[test]
    fn what_somebody_says_stands() {
        let description = Some("自分の言葉です。".to_owned());
        let filled = filled(NewDataset { description, ..new(None) }, &city(), None, None);
        assert_eq!((filled.description.as_str(), filled.keywords.len()), ("自分の言葉です。", 0));
        assert_eq!(filled.theme, None);
    }
}
