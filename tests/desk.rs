//! The files on somebody's desk: what is handed in, and folders that a city is loaded from.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// The folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// What a fresh start loads.
pub fn datasets() -> PathBuf {
    repository().join("datasets")
}

/// The bytes of the rows of one of the datasets that a fresh start loads.
pub fn rows_of(slug: &str) -> Vec<u8> {
    fs::read(datasets().join(slug).join("data.csv")).unwrap()
}

/// The slugs of all datasets in `datasets/`, in order.
pub fn slugs() -> Vec<String> {
    let mut slugs: Vec<String> = fs::read_dir(datasets())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("dataset.toml").is_file())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    slugs.sort();
    slugs
}

/// A desk with files on it, cleared when it is left.
pub struct Desk(TempDir);

impl Desk {
    /// An empty desk.
    pub fn new() -> Desk {
        Desk(TempDir::new().unwrap())
    }

    /// The desk's folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Puts a file on it.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Puts the folder of one dataset on it; `schema` is left out where it is empty.
    pub fn dataset(&self, slug: &str, schema: &str, csv: impl AsRef<[u8]>) -> PathBuf {
        let folder = self.path().join(slug);
        fs::create_dir_all(&folder).unwrap();
        let schema = if schema.is_empty() { String::new() } else { format!("schema = \"{schema}\"\n") };
        let about = format!(
            "department = \"mihon\"\ntitle = \"【見本】{slug}\"\ndescription = \"試験のための架空のデータです。\"\n\
             licence = \"CC-BY-4.0\"\n{schema}"
        );
        fs::write(folder.join("dataset.toml"), about).unwrap();
        fs::write(folder.join("data.csv"), csv).unwrap();
        folder
    }

    /// A desk from which a city can be opened: the city, its offices, its words and its plan, and no dataset yet.
    pub fn of_a_city() -> Desk {
        let desk = Desk::new();
        copy_folder(&datasets().join("plan"), &desk.path().join("plan"));
        for name in ["city.toml", "departments.toml", "themes.csv", "frequencies.csv"] {
            fs::copy(datasets().join(name), desk.path().join(name)).unwrap();
        }
        desk
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}
