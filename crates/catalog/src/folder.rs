//! Reads the folder `datasets/`: what a fresh catalog begins with, and what `hiyori publish` publishes.
//!
//! ```text
//! city.toml  departments.toml  themes.csv  frequencies.csv
//! <slug>/dataset.toml          what is said about the dataset; its folder's name is its slug
//! <slug>/data.csv              its rows, unless the program makes them
//! ```
//!
//! A slip is an error that names the file, and line and column where they are known. Nothing is published before
//! every file but the rows has been read.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use ingestion::{SchemaId, Schemas};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::actor::Actor;
use crate::city::{Area, City};
use crate::dataset::{Metadata, Period};
use crate::department::Department;
use crate::error::CatalogError;
use crate::licence::Licence;
use crate::made::{self, Made};
use crate::publish::{self, Offer, Published};
use crate::slug::Slug;
use crate::store::{self, Changes, Store};
use crate::term::{Term, TermKind};

/// One dataset's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The folder's name.
    pub slug: Slug,
    /// The department that answers for it.
    pub department: Slug,
    /// Which of the datasets that the program makes it is, if it is one.
    pub made: Option<Made>,
    /// What is said about it.
    pub metadata: Metadata,
    /// Its rows: there, unless the program makes them.
    pub data: Option<PathBuf>,
}

/// `dataset.toml` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatasetFile {
    department: Slug,
    made: Option<Made>,
    title: String,
    title_en: Option<String>,
    description: String,
    #[serde(default)]
    keywords: Vec<String>,
    theme: Option<String>,
    frequency: Option<String>,
    licence: Licence,
    schema: Option<SchemaId>,
    #[serde(default)]
    area: Area,
    temporal: Option<Period>,
    source: Option<String>,
}

/// `departments.toml` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DepartmentsFile {
    #[serde(rename = "department")]
    departments: Vec<Department>,
}

/// Reads `city.toml` of the folder `dir`.
///
/// # Errors
/// [`CatalogError::BadFolder`] names the file and the place in it.
pub fn read_city(dir: &Path) -> Result<City, CatalogError> {
    let path = dir.join("city.toml");
    let city: City = read_toml(&path)?;
    match city.bbox {
        Some(bbox) if !bbox.is_a_box() => {
            Err(bad(&path, "bbox: south is not below north, or west not below east"))
        }
        _ => Ok(city),
    }
}

/// Reads `departments.toml` of the folder `dir`, in the file's order.
///
/// # Errors
/// [`CatalogError::BadFolder`] names the file and the place in it.
pub fn read_departments(dir: &Path) -> Result<Vec<Department>, CatalogError> {
    Ok(read_toml::<DepartmentsFile>(&dir.join("departments.toml"))?.departments)
}

/// Reads `themes.csv` or `frequencies.csv` of the folder `dir`, in the file's order.
///
/// # Errors
/// [`CatalogError::BadFolder`] names the file and the line in it.
pub fn read_terms(dir: &Path, kind: TermKind) -> Result<Vec<Term>, CatalogError> {
    let path = dir.join(match kind {
        TermKind::Theme => "themes.csv",
        TermKind::Frequency => "frequencies.csv",
    });
    let text = read_text(&path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut terms: Vec<Term> = Vec::new();
    for term in csv::Reader::from_reader(text.as_bytes()).deserialize::<Term>() {
        let term = term.map_err(|error| bad(&path, error))?;
        if terms.iter().any(|earlier| earlier.code == term.code) {
            return Err(bad(&path, format!("the code `{}` stands twice", term.code)));
        }
        terms.push(term);
    }
    Ok(terms)
}

/// Reads the folder of one dataset.
///
/// # Errors
/// [`CatalogError::BadFolder`] names the file and the place in it; also when rows are missing, or are there although
/// the program makes them.
pub fn read_dataset(dir: &Path) -> Result<Folder, CatalogError> {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    let slug = Slug::parse(&name).map_err(|error| bad(dir, error))?;
    let file: DatasetFile = read_toml(&dir.join("dataset.toml"))?;
    let data = dir.join("data.csv");
    let is_there = data.try_exists().map_err(|error| bad(&data, error))?;
    match (is_there, file.made) {
        (false, None) => return Err(bad(&data, "the rows of the dataset are missing")),
        (true, Some(_)) => {
            return Err(bad(&data, "the program makes the rows of this dataset: remove the file"));
        }
        (true, None) | (false, Some(_)) => {}
    }
    let metadata = Metadata {
        title: file.title,
        title_en: file.title_en,
        description: file.description,
        keywords: file.keywords,
        theme: file.theme,
        frequency: file.frequency,
        licence: file.licence,
        schema: file.schema,
        area: file.area,
        temporal: file.temporal,
        source: file.source,
    };
    Ok(Folder {
        slug,
        department: file.department,
        made: file.made,
        metadata,
        data: is_there.then_some(data),
    })
}

/// The folders of datasets in `dir` (those with a `dataset.toml`), by name.
///
/// # Errors
/// [`CatalogError::BadFolder`] when `dir` cannot be listed.
pub fn dataset_folders(dir: &Path) -> Result<Vec<PathBuf>, CatalogError> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(dir).map_err(|error| bad(dir, error))? {
        let folder = entry.map_err(|error| bad(dir, error))?.path();
        if folder.join("dataset.toml").is_file() {
            folders.push(folder);
        }
    }
    folders.sort();
    Ok(folders)
}

/// Loads the whole folder `dir`: the city, its departments and lists, every dataset with rows; of those that the program
/// makes the place is prepared. Loading it again changes only what has changed.
///
/// # Errors
/// [`CatalogError::BadFolder`], and whatever [`publish::publish`] refuses; what was loaded before stays.
pub async fn load(store: &Store, schemas: &Schemas, dir: &Path) -> Result<Vec<Slug>, CatalogError> {
    let city = read_city(dir)?;
    let departments = read_departments(dir)?;
    let themes = read_terms(dir, TermKind::Theme)?;
    let frequencies = read_terms(dir, TermKind::Frequency)?;
    let folders: Vec<Folder> =
        dataset_folders(dir)?.iter().map(|folder| read_dataset(folder)).collect::<Result<_, _>>()?;
    if !departments.iter().any(|department| department.slug == city.department) {
        let why = format!("the department `{}` is not in departments.toml", city.department);
        return Err(bad(&dir.join("city.toml"), why));
    }

    let write = store.writing().await?;
    let changed = [
        store::city::put(&write, &city).await?,
        store::department::put(&write, &departments).await?,
        store::term::put(&write, TermKind::Theme, &themes).await?,
        store::term::put(&write, TermKind::Frequency, &frequencies).await?,
    ];
    if changed.contains(&true) {
        // The names of offices are searched with their datasets, and facets are labelled by the lists.
        store::search::dataset::put_all(&write).await?;
        store::search::count(&write).await?;
        store::change::count(&write).await?;
    }
    store.commit(write, Changes::Everything).await?;

    let mut loaded = Vec::new();
    for folder in folders {
        loaded.push(folder.slug.clone());
        match folder.made {
            Some(_) => made::declare(store, schemas, &Actor::Operator, folder).await?,
            None => drop(publish(store, schemas, &Actor::Operator, folder).await?),
        }
    }
    Ok(loaded)
}

/// Publishes one dataset's folder.
///
/// # Errors
/// [`CatalogError::BadFolder`] when its rows are made by the program or cannot be opened, and whatever
/// [`publish::publish`] refuses.
pub async fn publish(
    store: &Store,
    schemas: &Schemas,
    actor: &Actor,
    folder: Folder,
) -> Result<Published, CatalogError> {
    let Folder { slug, department, metadata, data, .. } = folder;
    let data =
        data.ok_or_else(|| bad(Path::new(slug.as_str()), "the program makes the rows of this dataset"))?;
    let input = Box::new(fs::File::open(&data).map_err(|error| bad(&data, error))?);
    let file_name = data.file_name().unwrap_or_default().to_string_lossy().into_owned();
    publish::publish(store, schemas, actor, Offer { slug, department, metadata, file_name, input }).await
}

fn read_toml<T: DeserializeOwned>(path: &Path) -> Result<T, CatalogError> {
    toml::from_str(&read_text(path)?).map_err(|error| bad(path, error))
}

fn read_text(path: &Path) -> Result<String, CatalogError> {
    fs::read_to_string(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => bad(path, "the file is missing"),
        _ => bad(path, error),
    })
}

fn bad(path: &Path, why: impl ToString) -> CatalogError {
    CatalogError::BadFolder { path: path.display().to_string(), why: why.to_string().trim_end().to_owned() }
}

#[cfg(test)]
mod tests;
