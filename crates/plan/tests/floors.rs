//! The floors of this crate: only keeping knows sea-orm, and vocabulary knows no async.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};

const ACTS: [&str; 6] = ["browse.rs", "initiatives.rs", "load.rs", "made.rs", "reporting.rs", "searched.rs"];

/// Every source file with its place under `src`, as `store/mod.rs`.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().display().to_string();
                sources.push((name, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    assert!(sources.len() > ACTS.len(), "the source files are not where they were");
    sources
}

#[test]
fn only_keeping_knows_sea_orm() {
    for (name, text) in sources() {
        let allowed = name.starts_with("store/") || name == "error.rs";
        assert!(allowed || !text.contains("sea_orm"), "{name} knows sea_orm");
    }
}

#[test]
fn vocabulary_knows_neither_async_nor_keeping() {
    for (name, text) in sources() {
        let vocabulary = !name.starts_with("store/") && !ACTS.contains(&name.as_str()) && name != "lib.rs";
        for word in ["async ", "crate::store"] {
            assert!(!vocabulary || !text.contains(word), "{name} is vocabulary and has `{word}`");
        }
    }
}

#[test]
fn keeping_calls_no_act() {
    for (name, text) in sources().into_iter().filter(|(name, _)| name.starts_with("store/")) {
        for act in ACTS.map(|file| format!("crate::{}::", file.trim_end_matches(".rs"))) {
            assert!(!text.contains(&act), "{name} calls {act}");
        }
    }
}
