//! A small catalog to try things on: a folder that is removed afterwards, SQLite as it runs in earnest.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use futures_util::TryStreamExt;
use ingestion::{Schemas, Sha256};

use crate::actor::Actor;
use crate::browse::{self, Query};
use crate::city::{Area, City};
use crate::dataset::{Dataset, Metadata};
use crate::department::Department;
use crate::error::CatalogError;
use crate::licence::Licence;
use crate::publish::{self, Offer, Published};
use crate::slug::Slug;
use crate::store::{self, Place, Store};
use crate::term::{Term, TermKind};

/// Two rows of no national schema.
pub(crate) const TABLE: &str = "名称,数\r\n見本一号,1\r\n見本二号,20\r\n";

pub(crate) struct Town {
    pub store: Store,
    pub schemas: Schemas,
    pub place: Place,
    pub folder: tempfile::TempDir,
}

impl Town {
    /// A complete catalog with a city, two departments and three words.
    pub(crate) async fn open() -> Town {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::in_folder(folder.path());
        let store = Store::create(&place).await.unwrap();
        let write = store.writing().await.unwrap();
        store::city::put(&write, &city()).await.unwrap();
        let departments = [("dx", "見本ＤＸ課"), ("mihon", "【見本】課")].map(|(name, title)| Department {
            slug: slug(name),
            title: title.to_owned(),
            title_en: None,
        });
        store::department::put(&write, &departments).await.unwrap();
        store::term::put(&write, TermKind::Theme, &[term("government", "行政・財政", "GOVE")]).await.unwrap();
        let frequencies = [term("annual", "年1回", "ANNUAL"), term("as-needed", "随時", "AS_NEEDED")];
        store::term::put(&write, TermKind::Frequency, &frequencies).await.unwrap();
        write.commit().await.unwrap();
        store.finish_init().await.unwrap();
        Town { store, schemas: Schemas::embedded(), place, folder }
    }

    /// Publishes `file` under `slug` with a title of its own.
    pub(crate) async fn publishes(&self, name: &str, file: &str) -> Result<Published, CatalogError> {
        self.publishes_with(name, file, metadata(name)).await
    }

    pub(crate) async fn publishes_with(
        &self,
        name: &str,
        file: &str,
        metadata: Metadata,
    ) -> Result<Published, CatalogError> {
        publish::publish(&self.store, &self.schemas, &Actor::Operator, offer(name, file, metadata)).await
    }

    /// Makes a draft.
    pub(crate) async fn drafts(&self, name: &str) -> Dataset {
        let (slug, department) = (slug(name), slug("mihon"));
        publish::describe(&self.store, &self.schemas, &Actor::Operator, &slug, &department, metadata(name))
            .await
            .unwrap()
    }

    /// The slugs that a query finds, in its order, and how many there are said to be.
    pub(crate) async fn finds(&self, query: &Query) -> (Vec<String>, u64) {
        let listing = browse::datasets(&self.store, None, query).await.unwrap();
        (listing.items.iter().map(|dataset| dataset.slug.to_string()).collect(), listing.total)
    }

    /// The bytes of a kept file.
    pub(crate) async fn downloads(&self, name: &Sha256) -> Result<Vec<u8>, CatalogError> {
        let kept = browse::open(&self.store, name).await?;
        let pieces: Vec<bytes::Bytes> = kept.stream.try_collect().await?;
        let bytes = pieces.concat();
        assert_eq!(bytes.len() as u64, kept.bytes);
        Ok(bytes)
    }

    /// Where a kept file is.
    pub(crate) fn file_of(&self, name: &Sha256) -> PathBuf {
        let name = name.to_string();
        let folder: String = name.chars().take(2).collect();
        self.folder.path().join("files").join(folder).join(name)
    }

    /// Changes the database as only another hand does.
    pub(crate) async fn by_hand(&self, sql: &str) {
        store::by_hand(&self.store, sql).await;
    }

    /// How many files are kept.
    pub(crate) fn kept_files(&self) -> usize {
        let folders = std::fs::read_dir(self.folder.path().join("files")).unwrap();
        folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
    }

    /// The audit, the newest first: action, dataset and result.
    pub(crate) async fn audit(&self) -> Vec<(String, String, String)> {
        let entries = crate::audit::latest(&self.store, 100).await.unwrap();
        let dataset = |entry: &crate::audit::Entry| entry.dataset.as_ref().unwrap().to_string();
        entries.iter().map(|entry| (entry.action.clone(), dataset(entry), entry.result.clone())).collect()
    }
}

pub(crate) fn slug(name: &str) -> Slug {
    Slug::parse(name).unwrap()
}

pub(crate) fn city() -> City {
    City {
        code: "042021".parse().unwrap(),
        name: "石巻市".to_owned(),
        name_en: "Ishinomaki City".to_owned(),
        prefecture: "宮城県".to_owned(),
        corporate_number: "1000020042021".to_owned(),
        catalog_title: "【見本】カタログ".to_owned(),
        catalog_title_en: "Sample catalog".to_owned(),
        catalog_description: "試すためのカタログです。".to_owned(),
        catalog_licence: Licence::CcBy4,
        department: slug("dx"),
        bbox: None,
    }
}

pub(crate) fn metadata(name: &str) -> Metadata {
    Metadata {
        title: format!("【見本】{name}"),
        title_en: None,
        description: "見本です。".to_owned(),
        keywords: vec!["見本".to_owned()],
        theme: Some("government".to_owned()),
        frequency: Some("annual".to_owned()),
        licence: Licence::CcBy4,
        schema: None,
        area: Area::City,
        temporal: None,
        source: None,
    }
}

pub(crate) fn offer(name: &str, file: &str, metadata: Metadata) -> Offer {
    Offer {
        slug: slug(name),
        department: slug("mihon"),
        metadata,
        file_name: format!("{name}.csv"),
        input: Box::new(std::io::Cursor::new(file.as_bytes().to_vec())),
    }
}

fn term(code: &str, label: &str, eu: &str) -> Term {
    Term { code: code.to_owned(), label: label.to_owned(), label_en: code.to_owned(), eu: eu.to_owned() }
}
