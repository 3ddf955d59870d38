//! オープンデータ一覧 as the operator takes it away: what is open to everybody, and, if wanted, the drafts.
//!
//! A draft that was brought in is written as it was told of, until it has files of its own. The list that everybody
//! reads is made by [`crate::made`].

use ingestion::Schemas;

use crate::browse;
use crate::dataset::{Dataset, DatasetState};
use crate::error::CatalogError;
use crate::imports;
use crate::iri::Iris;
use crate::open_data_list::{self, Form, Line, Scope};
use crate::origin::Origin;
use crate::query::{Query, Sort};
use crate::store::listing::{self, Sees};
use crate::store::{self, Store};
use crate::term::TermKind;

/// The list as CSV: UTF-8, CRLF, one row for each file, one for a draft that has none.
///
/// # Errors
/// [`CatalogError::NoCatalog`] before a city is loaded, [`CatalogError::Database`].
pub async fn csv(
    store: &Store,
    schemas: &Schemas,
    iris: &Iris,
    with_drafts: bool,
) -> Result<Vec<u8>, CatalogError> {
    let all = gather(store, with_drafts).await?;
    let scope = Scope {
        iris,
        city: &browse::city(store).await?,
        themes: &browse::terms(store, TermKind::Theme).await?,
        frequencies: &browse::terms(store, TermKind::Frequency).await?,
        schemas,
    };
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (dataset, origin) in &all {
        let forms = dataset.current.iter().flat_map(|current| {
            let form = |form: crate::Form<'_>| Form {
                format: form.format,
                bytes: form.made.map(|made| made.bytes),
                published: current.published_at,
            };
            current.forms().into_iter().map(form).collect::<Vec<_>>()
        });
        let line = |form| Line { dataset, form, origin: None };
        match origin {
            Some(origin) if origin.files.is_empty() => {
                lines.push(Line { origin: Some((origin, None)), ..line(None) });
            }
            Some(origin) => {
                lines.extend(
                    origin.files.iter().map(|file| Line { origin: Some((origin, Some(file))), ..line(None) }),
                );
            }
            None if dataset.current.is_none() => lines.push(line(None)),
            None => lines.extend(forms.map(|form| line(Some(form)))),
        }
    }
    Ok(open_data_list::csv(&scope, &lines))
}

/// The datasets by slug, those that wait for files of their own with where they were brought in from.
async fn gather(store: &Store, with_drafts: bool) -> Result<Vec<(Dataset, Option<Origin>)>, CatalogError> {
    let sees = if with_drafts { Sees::All } else { Sees::Published };
    let mut query = Query { sort: Sort::Slug, limit: 100, ..Query::default() };
    let mut all = Vec::new();
    loop {
        let (slugs, next) = listing::page(store.database(), &query, &sees).await?;
        for dataset in store::dataset::among(store.database(), &slugs).await? {
            let origin = match dataset.state {
                DatasetState::Withdrawn(_) => continue,
                DatasetState::Draft => imports::still_waiting(store, &dataset.slug).await?,
                DatasetState::Published => None,
            };
            all.push((dataset, origin));
        }
        match next {
            None => return Ok(all),
            after => query.after = after,
        }
    }
}
