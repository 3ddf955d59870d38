//! Ids as CKAN has them: a UUID for everything, made from its IRI, so that it stays as long as the IRI does.
//!
//! Anybody can make them, too: Python's `uuid.uuid5(uuid.NAMESPACE_URL, IRI)`. Rule: RFC 9562, section 5.5.

use std::fmt;

use sha1::{Digest, Sha1};
use uuid::{Builder, Uuid};

use crate::department::Department;
use crate::distribution::Format;
use crate::iri::Iris;
use crate::slug::Slug;
use crate::term::Term;

/// The id of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Uuid);

impl Id {
    /// The id of whatever has the IRI `iri`.
    pub fn of(iri: &str) -> Id {
        let digest = Sha1::new().chain_update(Uuid::NAMESPACE_URL.as_bytes()).chain_update(iri).finalize();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(byte, of_digest)| *byte = of_digest);
        Id(Builder::from_sha1_bytes(bytes).into_uuid())
    }

    /// The id that `text` writes, if it writes one.
    pub fn parse(text: &str) -> Option<Id> {
        // Other spellings (braces, no hyphens) are no ids of CKAN's.
        (text.len() == 36).then(|| Uuid::try_parse(text).ok().map(Id)).flatten()
    }

    /// Of a dataset.
    pub fn of_dataset(iris: &Iris, slug: &Slug) -> Id {
        Id::of(&iris.dataset(slug))
    }

    /// Of one form of a dataset.
    pub fn of_resource(iris: &Iris, slug: &Slug, format: Format) -> Id {
        Id::of(&iris.distribution(slug, format))
    }

    /// Of a department, which is an organization.
    pub fn of_organization(iris: &Iris, department: &Department) -> Id {
        Id::of(&iris.department(&department.slug))
    }

    /// Of a theme, which is a group: its IRI is the list of its datasets.
    pub fn of_group(iris: &Iris, theme: &Term) -> Id {
        Id::of(&format!("{}/datasets?theme={}", iris.base(), theme.code))
    }

    /// Of a tag: its IRI is made like that of a keyword's list.
    pub fn of_tag(iris: &Iris, tag: &str) -> Id {
        Id::of(&format!("{}/datasets?keyword={tag}", iris.base()))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.hyphenated(), f)
    }
}

/// What an id stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// A dataset.
    Dataset(Slug),
    /// One form of a dataset.
    Resource(Slug, Format),
}

/// The ids of datasets and their forms, as of one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids {
    slugs: Vec<Slug>,
    /// By id: the place of the dataset, and the form where it is one.
    all: Vec<(Id, u32, Option<Format>)>,
}

impl Ids {
    /// Those of the datasets `slugs`, in every form that there could be.
    pub fn of(iris: &Iris, slugs: Vec<Slug>) -> Ids {
        let mut all = Vec::with_capacity(slugs.len() * (1 + Format::ALL.len()));
        for (place, slug) in (0..).zip(&slugs) {
            all.push((Id::of_dataset(iris, slug), place, None));
            all.extend(Format::ALL.map(|format| (Id::of_resource(iris, slug, format), place, Some(format))));
        }
        all.sort_unstable();
        Ids { slugs, all }
    }

    /// What has the id `id`.
    pub fn find(&self, id: Id) -> Option<Thing> {
        let place = self.all.binary_search_by_key(&id, |(id, ..)| *id).ok()?;
        let (_, dataset, format) = self.all.get(place)?;
        let slug = self.slugs.get(*dataset as usize)?.clone();
        Some(match format {
            None => Thing::Dataset(slug),
            Some(format) => Thing::Resource(slug, *format),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::testing::slug;

    fn iris() -> Iris {
        Iris::new("https://data.example.jp".parse().unwrap())
    }

    #[test]
    fn an_id_is_the_one_that_others_make_of_the_iri() {
        // Made by Python's uuid.uuid5(uuid.NAMESPACE_URL, …).
        assert_eq!(Id::of("http://www.example.com/").to_string(), "fcde3c85-2270-590f-9e7c-ee003d65e0e2");
        let id = Id::of_dataset(&iris(), &slug("toilets"));
        assert_eq!(id.to_string(), "f98b89fc-bc0b-5173-9da6-91b99a6d4ba0");
        assert_eq!(Id::parse(&id.to_string()), Some(id));
    }

    #[test]
    fn other_texts_are_no_ids() {
        for text in
            ["", "toilets", "fcde3c852270590f9e7cee003d65e0e2", "{fcde3c85-2270-590f-9e7c-ee003d65e0e2}"]
        {
            assert_eq!(Id::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_an_id_stands_for_is_found() {
        let ids = Ids::of(&iris(), vec![slug("aed"), slug("toilets")]);
        let toilets = Id::of_dataset(&iris(), &slug("toilets"));
        assert_eq!(ids.find(toilets), Some(Thing::Dataset(slug("toilets"))));
        let csv = Id::of_resource(&iris(), &slug("aed"), Format::Csv);
        assert_eq!(ids.find(csv), Some(Thing::Resource(slug("aed"), Format::Csv)));
        assert_eq!(ids.find(Id::of("https://elsewhere.example.jp/")), None);
    }
}
