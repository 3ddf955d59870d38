//! Bringing in: drafts made from what another portal or an older list tells of a city's datasets, so that it can move in.
//!
//! A list of datasets comes in ([`list`], [`ckan`]), each is put in the words of this catalog ([`mapping`]), and becomes a
//! draft with its [`Origin`]. Metadata only: nothing is fetched, and nobody outside its department sees a draft. What
//! has no place here is told, dataset by dataset. What is there already is left alone, so the same file may come again.
//!
//! Departments are those of the city (`departments.toml`): a contact's name that is the title of one of them leads to it.
//! None is made from a list, whose spellings differ from row to row and from which no stable name in addresses can be had;
//! the operator says which department takes the rest.

pub mod ckan;
pub mod list;
mod mapping;

use std::collections::BTreeMap;

use ingestion::{Schemas, Text};

use crate::actor::Actor;
use crate::audit;
use crate::browse;
use crate::city::City;
use crate::dataset::{Dataset, DatasetState};
use crate::department::Department;
use crate::error::CatalogError;
use crate::origin::{Origin, Source};
use crate::permit::Permit;
use crate::slug::Slug;
use crate::store::{self, Store, now};
use crate::term::{Term, TermKind};

/// A dataset as another portal or a list tells of it, in the words of the national layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it stands in the file, for people: `3行目`, `2件目`.
    pub place: Text,
    /// What told of it.
    pub from: Source,
    /// Its columns データセット_…, and those of the municipality.
    pub columns: BTreeMap<String, String>,
    /// The columns ファイル_… of each of its files.
    pub files: Vec<BTreeMap<String, String>>,
    /// What is wrong with it in the file itself; then it is not made.
    pub wrong: Vec<Text>,
    /// What was read in another way than it is written, or not at all.
    pub remarks: Vec<Text>,
}

/// How a file is brought in.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The department that takes datasets of no known one.
    pub department: Option<Slug>,
    /// Only tell what would be made.
    pub dry_run: bool,
}

/// What became of one dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Where it stands in the file.
    pub place: Text,
    /// Its title, as it came.
    pub title: String,
    /// Its name here, where it could get one.
    pub slug: Option<Slug>,
    /// What became of it.
    pub outcome: Outcome,
    /// What has no place here, and what somebody should look at.
    pub remarks: Vec<Text>,
}

/// What became of one dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is a draft now; or would be, where that was all that was asked.
    Made,
    /// There is one of that name already; nothing was done.
    There,
    /// It could not be made.
    NotMade(Vec<Text>),
}

/// The words that a dataset is put in.
struct Words {
    city: City,
    themes: Vec<Term>,
    frequencies: Vec<Term>,
    departments: Vec<Department>,
}

/// Makes a draft of every dataset of `listed` that is not there yet, in their order.
///
/// # Errors
/// [`CatalogError::NoSuchDepartment`] when the one of `wishes` is none, [`CatalogError::NoCatalog`] before a city is
/// loaded, [`CatalogError::Database`]. What was made before stays.
pub async fn bring_in(
    store: &Store,
    schemas: &Schemas,
    actor: &Actor,
    listed: Vec<Listed>,
    wishes: &Wishes,
) -> Result<Vec<Brought>, CatalogError> {
    if let Some(department) = &wishes.department {
        browse::department(store, department).await?;
    }
    let words = Words {
        city: browse::city(store).await?,
        themes: browse::terms(store, TermKind::Theme).await?,
        frequencies: browse::terms(store, TermKind::Frequency).await?,
        departments: browse::departments(store).await?,
    };
    let mut all: Vec<Brought> = Vec::new();
    for one in listed {
        let (place, title) =
            (one.place.clone(), one.columns.get("データセット_タイトル").cloned().unwrap_or_default());
        let brought = match mapping::candidate(one, &words, schemas, wishes.department.as_ref()) {
            Err(unfit) => Brought {
                place,
                title,
                slug: unfit.slug,
                outcome: Outcome::NotMade(unfit.why),
                remarks: unfit.remarks,
            },
            Ok(candidate) => {
                let same = all.iter().find(|other| {
                    other.slug.as_ref() == Some(&candidate.slug) && other.outcome == Outcome::Made
                });
                let outcome = match same {
                    Some(other) => Outcome::NotMade(vec![same_name(&other.place, &candidate.slug)]),
                    None => make(store, actor, &candidate, wishes.dry_run).await?,
                };
                Brought { place, title, slug: Some(candidate.slug), outcome, remarks: candidate.remarks }
            }
        };
        all.push(brought);
    }
    Ok(all)
}

fn same_name(place: &Text, slug: &Slug) -> Text {
    Text::new(
        format!("名前が {slug} になり、{}と同じです。データセット_ID を別のものにしてください。", place.ja),
        format!("its name would be {slug}, as that of {}: give it another データセット_ID", place.en),
    )
}

async fn make(
    store: &Store,
    actor: &Actor,
    candidate: &mapping::Candidate,
    dry_run: bool,
) -> Result<Outcome, CatalogError> {
    let slug = &candidate.slug;
    if store::dataset::find(store.database(), slug).await?.is_some() {
        return Ok(Outcome::There);
    }
    if dry_run {
        return Ok(Outcome::Made);
    }
    let at = now();
    let dataset = Dataset {
        slug: slug.clone(),
        metadata: candidate.metadata.clone(),
        department: candidate.department.clone(),
        state: DatasetState::Draft,
        version: 1,
        current: None,
        issued: None,
        modified: at,
        former_id: candidate.origin.former_id().map(str::to_owned),
    };
    let write = store.writing().await?;
    match store::dataset::insert(&write, &dataset).await {
        Err(CatalogError::Exists(_)) => return Ok(Outcome::There),
        other => other?,
    }
    store::origin::put(&write, slug, &candidate.origin).await?;
    store::audit::append(&write, audit::done(actor, at, "import", None, &dataset)).await?;
    write.commit().await?;
    tracing::info!(dataset.slug = %slug, "brought in `{slug}` as a draft");
    Ok(Outcome::Made)
}

/// Where the dataset of `permit` was brought in from, as long as no file of its own was handed in.
///
/// # Errors
/// [`CatalogError::Database`]
pub async fn origin(store: &Store, permit: &Permit) -> Result<Option<Origin>, CatalogError> {
    still_waiting(store, &permit.dataset().slug).await
}

/// Where `slug` was brought in from, as long as no file of its own was handed in.
pub(crate) async fn still_waiting(store: &Store, slug: &Slug) -> Result<Option<Origin>, CatalogError> {
    let Some(origin) = store::origin::find(store.database(), slug).await? else { return Ok(None) };
    let revisions = store::revision::all(store.database(), slug).await?;
    Ok(revisions.is_empty().then_some(origin))
}

#[cfg(test)]
mod tests;
