//! What is known in memory of everything in the index: names, titles and what is counted by, but no long texts.
//!
//! It follows the number of the last change of the index, which every answer of the index carries: what this server or
//! another has changed is known before it is found.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use sea_orm::ConnectionTrait;

use super::super::{department, term};
use super::answers::Answers;
use super::document::{self, Changed, Texts};
use super::grams::{self, Asked, Found};
use super::{block, state};
use crate::distribution::Format;
use crate::error::CatalogError;
use crate::licence::Licence;
use crate::query::{Facet, Facets};
use crate::search::{
    DocumentKind, Findings, Held, Question, Search, Suggestion, Tier, Vocabulary, Within, hits, pieces,
    words_in,
};
use crate::term::TermKind;

/// How often the index is asked again, where it changes faster than it is followed.
const ATTEMPTS: usize = 3;

/// The values of one facet that are told at most.
const FACET_VALUES_MAX: usize = 100;

/// The registry, and who brings it up to date.
#[derive(Debug, Default)]
pub(crate) struct Known {
    registry: RwLock<Registry>,
    bringing_up: tokio::sync::Mutex<()>,
    answers: Answers,
}

impl Known {
    /// Asks the index, and knows everything that it names.
    pub(crate) async fn find(
        &self,
        db: &impl ConnectionTrait,
        asked: &Asked<'_>,
    ) -> Result<Found, CatalogError> {
        let mut found = grams::find(db, asked).await?;
        for _ in 0..ATTEMPTS {
            let known = self.read(|registry| registry.number);
            if known == Some(found.number) {
                break;
            }
            if known < Some(found.number) {
                self.follow(db).await?;
            }
            if self.read(|registry| registry.number) != Some(found.number) {
                found = grams::find(db, asked).await?;
            }
        }
        Ok(found)
    }

    /// The answer to `search` that was given before, if nothing has changed since.
    pub(crate) async fn answered(
        &self,
        db: &impl ConnectionTrait,
        search: &Search,
    ) -> Result<Option<Arc<Findings>>, CatalogError> {
        match self.answers.has(search) {
            true => Ok(self.answers.get(search, state::number(db).await?)),
            false => Ok(None),
        }
    }

    /// Keeps the answer to `search`, made from what the index answered as of change `number`.
    pub(crate) fn keep(&self, search: &Search, number: i64, findings: Arc<Findings>) {
        self.answers.keep(search, number, findings);
    }

    /// Knows everything that has changed until now.
    pub(crate) async fn bring_up(&self, db: &impl ConnectionTrait) -> Result<(), CatalogError> {
        let number = state::number(db).await?;
        if self.read(|registry| registry.number) < Some(number) {
            self.follow(db).await?;
        }
        Ok(())
    }

    async fn follow(&self, db: &impl ConnectionTrait) -> Result<(), CatalogError> {
        let _alone = self.bringing_up.lock().await;
        let before = self.read(|registry| registry.number);
        let number = state::number(db).await?;
        if before >= Some(number) {
            return Ok(()); // whoever was here before has done it
        }
        // What changes from here on is read too, or the next time.
        let changed = document::changed_since(db, before.unwrap_or(-1)).await?;
        let blocks = block::ready_since(db, before.unwrap_or(-1)).await?;
        let departments = department::all(db).await?;
        let themes = term::all(db, TermKind::Theme).await?;
        let mut registry = self.registry.write().unwrap_or_else(PoisonError::into_inner);
        changed.into_iter().for_each(|document| registry.take(document));
        let labels = departments.into_iter().map(|it| (By::Department, it.slug.to_string(), it.title));
        for (by, value, label) in labels.chain(themes.into_iter().map(|it| (By::Theme, it.code, it.label))) {
            let place = registry.value(by, value);
            if let Some(value) = registry.values.get_mut(place as usize) {
                value.label = label;
            }
        }
        registry.blocks.extend(blocks.into_iter().map(|block| (block.id, (block.dataset, block.number))));
        registry.number = Some(number);
        Ok(())
    }

    /// What `ask` learns from the registry. It holds up whoever brings it up to date, so it should be short.
    pub(crate) fn read<T>(&self, ask: impl FnOnce(&Registry) -> T) -> T {
        ask(&self.registry.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum By {
    Department,
    Theme,
    Schema,
    Format,
    Licence,
}

/// Everything that is known.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    /// The number of the last change that was followed.
    number: Option<i64>,
    /// By their numbers, which begin with 1 and have few gaps.
    entries: Vec<Option<Entry>>,
    /// The datasets, by slug.
    datasets: HashMap<String, i64>,
    /// The dataset and the revision that a block of rows is of.
    blocks: HashMap<i64, (String, u32)>,
    /// What is counted by, each value once; an entry names its values by their places here.
    values: Vec<Value>,
    places: HashMap<(By, String), u32>,
    /// Names of columns that are the same of many datasets, once.
    columns: HashSet<Arc<Columns>>,
    vocabulary: Vocabulary,
}

/// A value that is counted by.
#[derive(Debug)]
struct Value {
    by: By,
    value: String,
    label: String,
}

/// The names of columns.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Columns {
    names: Vec<String>,
    folded: String,
}

/// One document.
#[derive(Debug)]
pub(crate) struct Entry {
    pub kind: DocumentKind,
    pub name: String,
    pub title: String,
    pub department: Option<String>,
    pub revision: Option<u32>,
    titles: Vec<String>,
    keywords: Vec<String>,
    /// The folded parts but the last: title, keywords, description, what it is about.
    folded: [Box<str>; 4],
    columns: Arc<Columns>,
    is_shown: bool,
    values: Vec<u32>,
}

impl Entry {
    /// Its texts in a part that is known; none of the longer ones.
    pub(crate) fn texts(&self, tier: Tier) -> &[String] {
        match tier {
            Tier::Title => &self.titles,
            Tier::Keywords => &self.keywords,
            Tier::Fields => &self.columns.names,
            Tier::Description | Tier::About => &[],
        }
    }

    /// What the words of a question are worth in it; `None` where one of them stands nowhere.
    pub(crate) fn worth(&self, held: &Held) -> Option<u16> {
        held.worth(|tier| self.folded.get(tier as usize).map_or(&*self.columns.folded, |part| part))
    }

    /// Everything that is suggested because of it.
    fn words(&self) -> impl Iterator<Item = &str> {
        let texts = self.titles.iter().chain(&self.keywords).chain(&self.columns.names);
        let is_shown = self.is_shown;
        texts.filter(move |_| is_shown).flat_map(|text| words_in(text))
    }
}

/// What [`Within`] asks for, as places of values; `None` where a value is nobody's.
pub(crate) struct Wanted(Option<Vec<u32>>);

impl Wanted {
    pub(crate) fn takes(&self, entry: &Entry) -> bool {
        self.0.as_ref().is_some_and(|values| values.iter().all(|value| entry.values.contains(value)))
    }
}

impl Registry {
    /// Takes a document as it is now.
    fn take(&mut self, document: Changed) {
        let Changed { id, kind, name, is_shown, facts, texts } = document;
        // What nobody is shown is not looked at: it is only known that it is there.
        let [titles, keywords, description, about, names] = if is_shown { texts } else { Texts::default() };
        let folded = [&titles, &keywords, &description, &about]
            .map(|texts| pieces(texts.iter().map(String::as_str)).into_boxed_str());
        let columns = Arc::new(Columns { folded: pieces(names.iter().map(String::as_str)), names });
        let columns = match self.columns.get(&columns) {
            Some(known) => Arc::clone(known),
            None => {
                self.columns.insert(Arc::clone(&columns));
                columns
            }
        };
        let mut values: Vec<u32> = Vec::new();
        for (by, value) in [
            (By::Department, facts.department.clone()),
            (By::Theme, facts.theme),
            (By::Schema, facts.schema),
            (By::Licence, facts.licence),
        ] {
            values.extend(value.map(|value| self.value(by, value)));
        }
        for format in facts.formats {
            values.push(self.value(By::Format, format.extension().to_owned()));
        }
        let entry = Entry {
            kind,
            title: facts.title,
            department: facts.department,
            revision: facts.revision,
            titles,
            keywords,
            folded,
            is_shown,
            columns,
            values,
            name,
        };
        let Ok(place) = usize::try_from(id) else { return };
        if self.entries.len() <= place {
            self.entries.resize_with(place + 1, || None);
        }
        if kind == DocumentKind::Dataset {
            self.datasets.insert(entry.name.clone(), id);
        }
        entry.words().for_each(|word| self.vocabulary.add(word));
        if let Some(kept) = self.entries.get_mut(place)
            && let Some(before) = kept.replace(entry)
        {
            before.words().for_each(|word| self.vocabulary.remove(word));
        }
    }

    fn value(&mut self, by: By, value: String) -> u32 {
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
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

    /// The document of that number, if it is shown to everybody.
    pub(crate) fn shown(&self, id: i64) -> Option<&Entry> {
        let entry = self.entries.get(usize::try_from(id).ok()?)?.as_ref();
        entry.filter(|entry| entry.is_shown)
    }

    /// The dataset in whose current revision the row of that number stands.
    pub(crate) fn dataset_of(&self, row: i64) -> Option<&Entry> {
        let (dataset, revision) = self.blocks.get(&block::place_of(row).0)?;
        let entry = self.shown(*self.datasets.get(dataset)?)?;
        (entry.revision == Some(*revision)).then_some(entry)
    }

    /// Puts together what the words of `question` hit: the numbers of documents that have all of them, and none that is unwanted.
    pub(crate) fn together(&self, question: &Question, found: Vec<Vec<i64>>) -> Vec<i64> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for (word, numbers) in question.wanted.iter().zip(found) {
            if word.is_unwanted { unwanted.push(numbers) } else { wanted.push(numbers) }
        }
        wanted.sort_by_key(Vec::len);
        let mut wanted = wanted.into_iter();
        let first = wanted.next().unwrap_or_else(|| (0..).take(self.entries.len()).collect());
        let all = wanted.fold(first, |all, other| hits::both(all, &other));
        unwanted.iter().fold(all, |all, other| hits::without(all, other))
    }

    /// What `within` asks for.
    pub(crate) fn wanted(&self, within: &Within) -> Wanted {
        let Within { department, theme, schema, format, licence } = within;
        let asked = [
            (By::Department, department.as_ref().map(ToString::to_string)),
            (By::Theme, theme.clone()),
            (By::Schema, schema.clone()),
            (By::Format, format.map(|format| format.extension().to_owned())),
            (By::Licence, licence.clone()),
        ];
        let asked = asked.into_iter().filter_map(|(by, value)| Some((by, value?)));
        Wanted(asked.map(|key| self.places.get(&key).copied()).collect())
    }

    /// Those of `rows` that belong to a current revision of what `within` asks for.
    pub(crate) fn rows_within(&self, rows: &[i64], within: &Within) -> Vec<i64> {
        let wanted = self.wanted(within);
        let mut last = None;
        let mut takes = |row: i64| {
            let block = block::place_of(row).0;
            match last {
                Some((same, takes)) if same == block => takes,
                _ => {
                    let takes = self.dataset_of(row).is_some_and(|entry| wanted.takes(entry));
                    last = Some((block, takes));
                    takes
                }
            }
        };
        rows.iter().copied().filter(|row| takes(*row)).collect()
    }

    /// How the datasets numbered `ids` spread.
    pub(crate) fn facets(&self, ids: &[i64]) -> Facets {
        let mut counts = vec![0u64; self.values.len()];
        for entry in ids.iter().filter_map(|id| self.shown(*id)) {
            for value in &entry.values {
                if let Some(count) = counts.get_mut(*value as usize) {
                    *count += 1;
                }
            }
        }
        let mut facets = Facets::default();
        for (Value { by, value, label }, count) in
            self.values.iter().zip(counts).filter(|(_, count)| *count > 0)
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

    /// What `question` may have meant: each word that nothing has, as the nearest one that something has.
    pub(crate) fn meant(&self, question: &Question, is_unknown: &[bool]) -> Option<String> {
        let mut is_other = false;
        let mut words = Vec::new();
        for (place, wanted) in question.wanted.iter().enumerate() {
            let is_unknown = is_unknown.get(place).copied().unwrap_or(true);
            let nearest = Some(wanted.word.exact.as_str())
                .filter(|_| is_unknown && !wanted.is_unwanted)
                .and_then(|word| self.vocabulary.nearest(word));
            is_other |= nearest.is_some();
            let word = nearest.unwrap_or(&wanted.typed);
            let quoted =
                if word.contains(char::is_whitespace) { format!("\"{word}\"") } else { word.to_owned() };
            words.push(if wanted.is_unwanted { format!("-{quoted}") } else { quoted });
        }
        is_other.then(|| words.join(" "))
    }

    /// What begins like `typed`.
    pub(crate) fn suggests(&self, typed: &str, most: usize) -> Vec<Suggestion> {
        self.vocabulary.beginning(typed, most)
    }
}
