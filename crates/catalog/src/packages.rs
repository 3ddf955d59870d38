//! Published datasets, their forms, tags, organizations and groups, as a CKAN portal is asked for them.
//!
//! Drafts and what was withdrawn are not there, neither in what is found nor in counts. What is asked for is read by
//! [`crate::ckan`]; every answer is read from one moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::browse;
use crate::ckan::asked::{Name, Wanted};
use crate::ckan::query::ROWS_MAX;
use crate::ckan::{Asked, By, Id, Ids, PackageQuery, ResourceQuery, Thing, licences};
use crate::dataset::Dataset;
use crate::department::Department;
use crate::distribution::Format;
use crate::error::CatalogError;
use crate::iri::Iris;
use crate::licence::Licence;
use crate::query::Facet;
use crate::slug::Slug;
use crate::store::{self, Store, packages};
use crate::term::{Term, TermKind};

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Packages {
    /// The datasets of this page, in the order asked for.
    pub datasets: Vec<Dataset>,
    /// How many there are on all pages.
    pub count: u64,
    /// How they spread, in the order in which that was asked.
    pub facets: Vec<(By, Vec<Facet>)>,
}

/// One form of a dataset.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// The dataset.
    pub dataset: Dataset,
    /// The form.
    pub format: Format,
}

/// What ids stand for: made anew when the catalog has changed, and somebody asks for an id.
#[derive(Debug, Default)]
pub struct Directory(Mutex<Option<(u64, Arc<Ids>)>>);

impl Directory {
    /// The ids as they are now.
    async fn ids(&self, store: &Store, iris: &Iris) -> Result<Arc<Ids>, CatalogError> {
        let change = store.change().await?;
        if let Some((_, ids)) = self.known().as_ref().filter(|(known, _)| *known == change) {
            return Ok(Arc::clone(ids));
        }
        let slugs = packages::names(store.database(), 0, None).await?;
        let ids = Arc::new(Ids::of(iris, slugs));
        *self.known() = Some((change, Arc::clone(&ids)));
        Ok(ids)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Option<(u64, Arc<Ids>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Everything that packages are found in.
#[derive(Debug, Clone, Copy)]
pub struct Portal<'a> {
    /// Where they are kept.
    pub store: &'a Store,
    /// What their ids are made of.
    pub iris: &'a Iris,
    /// What ids stand for.
    pub directory: &'a Directory,
}

impl Portal<'_> {
    /// The page of packages that `query` asks for, with their number and how they spread.
    ///
    /// # Errors
    /// [`CatalogError::Database`]
    pub async fn search(&self, query: &PackageQuery) -> Result<Packages, CatalogError> {
        let asked = &self.in_names(query.asked.clone()).await?;
        let read = self.store.reading().await?;
        let count = packages::total(&read, asked).await?;
        let rows = query.rows.min(ROWS_MAX);
        let slugs = match rows {
            0 => Vec::new(),
            rows => packages::page(&read, asked, &query.sort, query.start, rows).await?,
        };
        let datasets = store::dataset::among(&read, &slugs).await?;
        let mut facets = Vec::new();
        for by in &query.facets {
            let counted = packages::facet(&read, asked, *by, query.facet_limit, query.facet_least).await?;
            facets.push((*by, self.labelled(*by, counted).await?));
        }
        Ok(Packages { datasets, count, facets })
    }

    /// The names of all packages, in their order.
    ///
    /// # Errors
    /// [`CatalogError::Database`]
    pub async fn names(&self, start: u64, limit: Option<u64>) -> Result<Vec<Slug>, CatalogError> {
        packages::names(self.store.database(), start, limit).await
    }

    /// The package that is called `name`, or has that id; `None` where there is none that everybody may see.
    ///
    /// # Errors
    /// [`CatalogError::Database`]
    pub async fn package(&self, name: &str) -> Result<Option<Dataset>, CatalogError> {
        let thing = match Id::parse(name) {
            Some(id) => self.directory.ids(self.store, self.iris).await?.find(id),
            None => None,
        };
        let slug = match (thing, Slug::parse(name)) {
            (Some(Thing::Dataset(slug)), _) | (None, Ok(slug)) => slug,
            _ => return Ok(None),
        };
        open(browse::dataset(self.store, None, &slug).await)
    }

    /// The resource with this id; `None` where there is none that everybody may see.
    ///
    /// # Errors
    /// [`CatalogError::Database`]
    pub async fn resource(&self, id: &str) -> Result<Option<Resource>, CatalogError> {
        let Some(id) = Id::parse(id) else { return Ok(None) };
        let thing = self.directory.ids(self.store, self.iris).await?.find(id);
        let Some(Thing::Resource(slug, format)) = thing else { return Ok(None) };
        let dataset = open(browse::dataset(self.store, None, &slug).await)?;
        Ok(dataset.and_then(|dataset| resource(dataset, format)))
    }

    /// The page of resources that `query` asks for, and how many there are on all pages.
    ///
    /// # Errors
    /// [`CatalogError::Database`]
    pub async fn resources(&self, query: &ResourceQuery) -> Result<(Vec<Resource>, u64), CatalogError> {
        let read = self.store.reading().await?;
        let download = format!("{}/api/v1/datasets/", self.iris.base());
        let (found, count) = packages::resources(&read, query, &download, ROWS_MAX).await?;
        let mut slugs: Vec<Slug> = Vec::new();
        for (slug, _) in &found {
            if slugs.last() != Some(slug) {
                slugs.push(slug.clone());
            }
        }
        slugs.sort();
        slugs.dedup();
        let datasets = store::dataset::among(&read, &slugs).await?;
        let by_slug: HashMap<&Slug, &Dataset> = datasets.iter().map(|one| (&one.slug, one)).collect();
        let resources =
            found.iter().filter_map(|(slug, format)| resource((*by_slug.get(slug)?).clone(), *format));
        Ok((resources.collect(), count))
    }

    /// The tags of packages that hold `query`, in the order of their letters.
    ///
    /// # Errors
    /// [`CatalogError::Database`]
    pub async fn tags(
        &self,
        query: Option<&str>,
        start: u64,
        limit: Option<u64>,
    ) -> Result<Vec<String>, CatalogError> {
        packages::tags(self.store.database(), query, start, limit).await
    }

    /// How many packages each organization or group has.
    ///
    /// # Errors
    /// [`CatalogError::Database`]
    pub async fn counts(&self, by: By) -> Result<HashMap<String, u64>, CatalogError> {
        let counted = packages::facet(self.store.database(), &Asked::ANYTHING, by, None, 1).await?;
        Ok(counted.into_iter().collect())
    }

    /// The organizations, in the city's order.
    ///
    /// # Errors
    /// [`CatalogError::Database`]
    pub async fn organizations(&self) -> Result<Vec<Department>, CatalogError> {
        browse::departments(self.store).await
    }

    /// The groups, in the city's order.
    ///
    /// # Errors
    /// [`CatalogError::Database`]
    pub async fn groups(&self) -> Result<Vec<Term>, CatalogError> {
        browse::terms(self.store, TermKind::Theme).await
    }

    /// `asked` without ids: each is put in the name that it stands for.
    async fn in_names(&self, mut asked: Asked) -> Result<Asked, CatalogError> {
        if asked.names(Name::Id) {
            let ids = self.directory.ids(self.store, self.iris).await?;
            asked = asked.translated(Name::Id, &|wanted| match &wanted {
                Wanted::Exactly(text) => match Id::parse(text).and_then(|id| ids.find(id)) {
                    Some(Thing::Dataset(slug)) => Asked::Is(Name::Package, Wanted::Exactly(slug.to_string())),
                    _ => Asked::NOTHING,
                },
                Wanted::Some => Asked::ANYTHING,
                Wanted::Like(_) => Asked::NOTHING,
            });
        }
        if asked.names(Name::OwnerOrg) {
            let departments = self.organizations().await?;
            let of = |department: &Department| Id::of_organization(self.iris, department).to_string();
            asked = asked.translated(Name::OwnerOrg, &|wanted| {
                let fits = departments.iter().filter(|department| wanted.fits(&of(department)));
                let is = |department: &Department| {
                    Asked::Is(Name::Organization, Wanted::Exactly(department.slug.to_string()))
                };
                Asked::Any(fits.map(is).collect())
            });
        }
        Ok(asked)
    }

    /// The values of a facet as CKAN calls them, with what people read.
    async fn labelled(&self, by: By, counted: Vec<(String, u64)>) -> Result<Vec<Facet>, CatalogError> {
        let labels: HashMap<String, String> = match by {
            By::Organization => {
                let departments = self.organizations().await?.into_iter();
                departments.map(|department| (department.slug.to_string(), department.title)).collect()
            }
            By::Group => self.groups().await?.into_iter().map(|term| (term.code, term.label)).collect(),
            By::Tag | By::Format | By::Licence => HashMap::new(),
        };
        let facet = |(value, count): (String, u64)| {
            let (value, label) = match by {
                By::Organization | By::Group | By::Tag => {
                    let label = labels.get(&value).cloned();
                    (value.clone(), label.unwrap_or(value))
                }
                By::Format => {
                    let title = value.parse::<Format>().map_or(value, |format| format.title().to_owned());
                    (title.clone(), title)
                }
                By::Licence => match Licence::from_id(&value) {
                    Some(licence) => (licences::id(licence).to_owned(), licence.title().to_owned()),
                    None => (value.clone(), value),
                },
            };
            Facet { value, label, count }
        };
        Ok(counted.into_iter().map(facet).collect())
    }
}

/// A dataset that was never published or was withdrawn is not there.
fn open(found: Result<Dataset, CatalogError>) -> Result<Option<Dataset>, CatalogError> {
    match found {
        Ok(dataset) => Ok(Some(dataset)),
        Err(CatalogError::NoSuchDataset(_) | CatalogError::Withdrawn { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}

fn resource(dataset: Dataset, format: Format) -> Option<Resource> {
    let is_told = dataset.current.as_ref()?.forms().iter().any(|form| form.format == format);
    is_told.then_some(Resource { dataset, format })
}

#[cfg(test)]
mod tests;
