//! What a description speaks of: a dataset as it stands now, or one of its revisions as it stays for ever.
//!
//! Both are told in the same words under different IRIs; here is what differs.

use jiff::Timestamp;

use super::description::clean;
use crate::dataset::Dataset;
use crate::distribution::{Form, Format};
use crate::iri::Iris;
use crate::revision::Revision;

/// A dataset as it stands now, or one of its revisions.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// The revision whose forms are told.
    pub revision: Option<&'a Revision>,
    /// Whether it is the revision itself that is told.
    is_frozen: bool,
}

impl<'a> Edition<'a> {
    /// `dataset` as it stands now.
    pub fn now(dataset: &'a Dataset) -> Edition<'a> {
        Edition { dataset, revision: dataset.current.as_ref(), is_frozen: false }
    }

    /// `revision` of `dataset`.
    pub fn of(dataset: &'a Dataset, revision: &'a Revision) -> Edition<'a> {
        Edition { dataset, revision: Some(revision), is_frozen: true }
    }

    /// The revision, where it is told itself.
    pub fn frozen(&self) -> Option<&'a Revision> {
        self.revision.filter(|_| self.is_frozen)
    }

    /// Its IRI.
    pub fn iri(&self, iris: &Iris) -> String {
        match self.frozen() {
            Some(revision) => iris.dataset_revision(&self.dataset.slug, revision.number),
            None => iris.dataset(&self.dataset.slug),
        }
    }

    /// The IRI of one of its forms.
    pub fn distribution(&self, iris: &Iris, format: Format) -> String {
        match self.frozen() {
            Some(revision) => iris.revision_distribution(&self.dataset.slug, revision.number, format),
            None => iris.distribution(&self.dataset.slug, format),
        }
    }

    /// Where the bytes of one of its forms are.
    pub fn download(&self, iris: &Iris, format: Format) -> String {
        match self.frozen() {
            Some(revision) => iris.revision_download(&self.dataset.slug, revision.number, format),
            None => iris.download(&self.dataset.slug, format),
        }
    }

    /// The forms that it is told to come in.
    pub fn forms(&self) -> Vec<Form<'a>> {
        self.revision.map(Revision::forms).unwrap_or_default()
    }

    /// Its title; the dataset's slug, should nothing remain of the title.
    pub fn title(&self) -> String {
        let title = clean(&self.dataset.metadata.title).unwrap_or_else(|| self.dataset.slug.to_string());
        match self.frozen() {
            Some(revision) => format!("{title}（第{}版）", revision.number),
            None => title,
        }
    }

    /// Its English title, where the dataset has one.
    pub fn title_en(&self) -> Option<String> {
        let title = self.dataset.metadata.title_en.as_deref()?;
        Some(match self.frozen() {
            Some(revision) => format!("{title} (revision {})", revision.number),
            None => title.to_owned(),
        })
    }

    /// When it was first published.
    pub fn issued(&self) -> Option<Timestamp> {
        match self.frozen() {
            Some(revision) => revision.published_at,
            None => self.dataset.issued,
        }
    }

    /// When it last changed: a revision never does.
    pub fn modified(&self) -> Option<Timestamp> {
        match self.frozen() {
            Some(revision) => revision.published_at,
            None => Some(self.dataset.modified),
        }
    }
}
