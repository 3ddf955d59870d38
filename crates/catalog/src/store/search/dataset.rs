//! A dataset as it is put into the index: what is said about it, its office, its schema and the names of its columns.

use std::collections::HashMap;
use std::sync::LazyLock;

use ingestion::Schemas;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use super::super::{dataset, unreadable};
use super::{block, document, state};
use crate::dataset::{Dataset, DatasetState};
use crate::error::CatalogError;
use crate::search::{Document, DocumentKind, Facts, Shown, Tier};
use crate::slug::Slug;

/// Whose documents these are.
const SOURCE: &str = "datasets";

/// How many datasets are read at once.
const TOGETHER: u64 = 100;

/// Title and names of the fields of every national schema, by its id. The store knows no schemas otherwise.
static SCHEMAS: LazyLock<HashMap<String, (String, Vec<String>)>> = LazyLock::new(|| {
    let schemas = Schemas::embedded();
    let of = |schema: &ingestion::Schema| {
        let fields = schema.fields.iter().map(|field| field.name.clone()).collect();
        (schema.id.to_string(), (schema.title.clone(), fields))
    };
    schemas.iter().map(of).collect()
});

/// Puts `dataset` into the index, as it is kept in the same transaction. Whether that changed anything.
pub(crate) async fn put(db: &impl ConnectionTrait, dataset: &Dataset) -> Result<bool, CatalogError> {
    let columns = match &dataset.current {
        Some(current) => block::fields_of(db, &dataset.slug, current.number).await?,
        None => Vec::new(),
    };
    document::put(db, &described(dataset, columns)).await
}

/// As [`put`], of the dataset named `slug` as it is kept.
pub(crate) async fn put_again(db: &impl ConnectionTrait, slug: &Slug) -> Result<bool, CatalogError> {
    match dataset::find(db, slug).await? {
        Some(dataset) => put(db, &dataset).await,
        None => Ok(false),
    }
}

fn described(dataset: &Dataset, columns: Vec<String>) -> Document {
    let metadata = &dataset.metadata;
    let schema = metadata.schema.as_ref().map(ToString::to_string);
    let known = schema.as_ref().and_then(|id| SCHEMAS.get(id));
    let mut fields: Vec<String> = known.map(|(_, fields)| fields.clone()).unwrap_or_default();
    for column in columns {
        if !fields.contains(&column) {
            fields.push(column);
        }
    }
    let texts =
        |some: &[Option<&str>]| some.iter().flatten().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    Document {
        kind: DocumentKind::Dataset,
        name: dataset.slug.to_string(),
        shown: if dataset.state == DatasetState::Published { Shown::ToAll } else { Shown::ToNobody },
        facts: Facts {
            title: metadata.title.clone(),
            department: Some(dataset.department.slug.to_string()),
            theme: metadata.theme.clone(),
            licence: Some(metadata.licence.id().to_owned()),
            revision: dataset.current.as_ref().map(|revision| revision.number),
            formats: dataset
                .current
                .iter()
                .flat_map(|revision| &revision.distributions)
                .map(|it| it.format)
                .collect(),
            schema,
        },
        texts: vec![
            (Tier::Title, texts(&[Some(&metadata.title), metadata.title_en.as_deref()])),
            (Tier::Keywords, metadata.keywords.clone()),
            (Tier::Description, texts(&[Some(&metadata.description)])),
            (
                Tier::About,
                texts(&[
                    Some(&dataset.department.title),
                    dataset.department.title_en.as_deref(),
                    known.map(|(title, _)| title.as_str()),
                    Some(dataset.slug.as_str()),
                ]),
            ),
            (Tier::Fields, fields),
        ],
    }
}

/// Whether this edition of the index has put every dataset there.
pub(crate) async fn is_current(db: &impl ConnectionTrait) -> Result<bool, CatalogError> {
    state::is_current(db, SOURCE).await
}

/// Puts every dataset into the index anew where another edition of it, or none, has put them there.
pub(crate) async fn bring_up(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    state::count(db).await?; // holds others back until this is done
    if is_current(db).await? {
        return Ok(());
    }
    document::forget_texts(db, DocumentKind::Dataset).await?;
    put_all(db).await?;
    state::mark(db, SOURCE).await
}

/// Puts every dataset into the index, as it is kept.
pub(crate) async fn put_all(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    let mut after = String::new();
    loop {
        let mut select = Query::select();
        select.column("slug").from("catalog_dataset").and_where(Expr::col("slug").gt(after.as_str()));
        select.order_by("slug", Order::Asc).limit(TOGETHER);
        let rows = db.query_all(&select).await?;
        let slugs: Vec<Slug> = rows
            .iter()
            .map(|row| {
                Slug::parse(&row.try_get::<String>("", "slug")?).map_err(|error| unreadable(SOURCE, error))
            })
            .collect::<Result<_, _>>()?;
        let Some(last) = slugs.last() else { return Ok(()) };
        after = last.to_string();
        for dataset in dataset::among(db, &slugs).await? {
            put(db, &dataset).await?;
        }
    }
}
