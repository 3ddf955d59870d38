//! What documents are counted by and asked for beside their words. Documents that share all of it share a *profile*, and what
//! a question asks for is held against profiles, not against each document.

use std::collections::HashMap;

use crate::department::Department;
use crate::distribution::Format;
use crate::licence::Licence;
use crate::query::{Facet, Facets};
use crate::search::{DocumentKind, Facts, Kinds, Totals, Within};
use crate::term::Term;

/// The values of one facet that are told at most.
const FACET_VALUES_MAX: usize = 100;

/// What is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum By {
    Department,
    Theme,
    Schema,
    Format,
    Licence,
}

/// A value that is counted by.
#[derive(Debug)]
struct Value {
    by: By,
    value: String,
    label: String,
}

/// What some documents share: it names values by their places.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Profile {
    kind: DocumentKind,
    is_shown: bool,
    values: Vec<u32>,
}

/// Every profile that a document has or had, by number.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    all: Vec<Profile>,
    numbers: HashMap<Profile, u32>,
    values: Vec<Value>,
    places: HashMap<(By, String), u32>,
}

impl Profiles {
    /// The number of the profile of a document.
    pub(super) fn number(&mut self, kind: DocumentKind, is_shown: bool, facts: &Facts) -> u32 {
        let of_facts = [
            (By::Department, &facts.department),
            (By::Theme, &facts.theme),
            (By::Schema, &facts.schema),
            (By::Licence, &facts.licence),
        ];
        let mut values: Vec<u32> =
            of_facts.into_iter().filter_map(|(by, value)| Some(self.value(by, value.clone()?))).collect();
        for format in &facts.formats {
            values.push(self.value(By::Format, format.extension().to_owned()));
        }
        let next = place_behind(&self.all);
        *self.numbers.entry(Profile { kind, is_shown, values }).or_insert_with_key(|profile| {
            self.all.push(profile.clone());
            next
        })
    }

    /// Calls departments and themes by their names as they are now.
    pub(super) fn label(&mut self, departments: Vec<Department>, themes: Vec<Term>) {
        let labels = departments.into_iter().map(|it| (By::Department, it.slug.to_string(), it.title));
        for (by, value, label) in labels.chain(themes.into_iter().map(|it| (By::Theme, it.code, it.label))) {
            let place = self.value(by, value);
            if let Some(value) = self.values.get_mut(place as usize) {
                value.label = label;
            }
        }
    }

    fn value(&mut self, by: By, value: String) -> u32 {
        let next = place_behind(&self.values);
        *self.places.entry((by, value)).or_insert_with_key(|(by, value)| {
            let label = match by {
                By::Format => value.parse::<Format>().ok().map(|format| format.title().to_owned()),
                By::Licence => Licence::from_id(value).map(|licence| licence.title().to_owned()),
                By::Department | By::Theme | By::Schema => None,
            };
            let label = label.unwrap_or_else(|| value.clone());
            self.values.push(Value { by: *by, value: value.clone(), label });
            next
        })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// What kind of documents has profile `number`.
    pub(super) fn kind(&self, number: u32) -> Option<DocumentKind> {
        self.all.get(number as usize).map(|profile| profile.kind)
    }

    /// Of each profile, whether documents that have it are shown to everybody, and are what is asked for.
    pub(super) fn wanted(&self, kinds: Kinds, within: &Within) -> Vec<bool> {
        let Within { department, theme, schema, format, licence } = within;
        let asked = [
            (By::Department, department.as_ref().map(ToString::to_string)),
            (By::Theme, theme.clone()),
            (By::Schema, schema.clone()),
            (By::Format, format.map(|format| format.extension().to_owned())),
            (By::Licence, licence.clone()),
        ];
        let asked = asked.into_iter().filter_map(|(by, value)| Some((by, value?)));
        let Some(asked) = asked.map(|key| self.places.get(&key).copied()).collect::<Option<Vec<u32>>>()
        else {
            return Vec::new(); // a value is nobody's
        };
        let is_wanted = |profile: &Profile| {
            let has_all = asked.iter().all(|value| profile.values.contains(value));
            profile.is_shown && kinds.has(profile.kind) && has_all
        };
        self.all.iter().map(is_wanted).collect()
    }

    /// Documents counted by their profiles, counted by their kinds.
    pub(super) fn totals(&self, counts: &[u64]) -> Totals {
        let mut totals = Totals::default();
        for (profile, count) in self.all.iter().zip(counts) {
            match profile.kind {
                DocumentKind::Dataset => totals.datasets += count,
                DocumentKind::Initiative => totals.initiatives += count,
                DocumentKind::Report => totals.reports += count,
            }
        }
        totals
    }

    /// Documents counted by their profiles: how the datasets among them spread.
    pub(super) fn facets(&self, counts: &[u64]) -> Facets {
        let mut by_value = vec![0u64; self.values.len()];
        let datasets = self.all.iter().zip(counts).filter(|(it, _)| it.kind == DocumentKind::Dataset);
        for (profile, count) in datasets {
            for value in &profile.values {
                if let Some(by_value) = by_value.get_mut(*value as usize) {
                    *by_value += count;
                }
            }
        }
        let mut facets = Facets::default();
        for (Value { by, value, label }, count) in
            self.values.iter().zip(by_value).filter(|(_, count)| *count > 0)
        {
            let of_facet = match by {
                By::Department => &mut facets.department,
                By::Theme => &mut facets.theme,
                By::Schema => &mut facets.schema,
                By::Format => &mut facets.format,
                By::Licence => &mut facets.licence,
            };
            of_facet.push(Facet { value: value.clone(), label: label.clone(), count });
        }
        for of_facet in [
            &mut facets.department,
            &mut facets.theme,
            &mut facets.schema,
            &mut facets.format,
            &mut facets.licence,
        ] {
            of_facet
                .sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
            of_facet.truncate(FACET_VALUES_MAX);
        }
        facets
    }
}

fn place_behind<T>(all: &[T]) -> u32 {
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}
