//! Everything that is known in memory of what is in the index: names, texts and what is counted by, and where each word stands.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::block;
use super::document::{Changed, Texts};
use super::profiles::Profiles;
use crate::query::Facets;
use crate::search::{
    DocumentKind, Held, Hit, Kinds, Mark, NUMBER_END, Possible, Postings, Question, Search, Suggestion, Tier,
    Totals, Vocabulary, Within, hits, marks, pieces, words_in,
};

/// Everything that is known.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    /// The number of the last change that was followed.
    pub(super) number: Option<i64>,
    /// By their numbers, which begin with 1 and have few gaps.
    entries: Vec<Option<Arc<Entry>>>,
    /// The profile of each of them, the greatest number where there is none: it is looked at for everyone that is hit, so it is kept
    /// apart, and close together.
    profile_of: Vec<u32>,
    /// How the name of each of them begins.
    begins: Vec<Beginning>,
    /// What each of them says, folded.
    folded: Vec<Parts>,
    /// The datasets, by slug.
    datasets: HashMap<String, i64>,
    /// The dataset and the revision that a block of rows is of.
    pub(super) blocks: HashMap<i64, (String, u32)>,
    pub(super) profiles: Profiles,
    /// Names of columns that are the same of many datasets, once.
    columns: HashSet<Arc<Columns>>,
    vocabulary: Vocabulary,
    words: Words,
}

/// Which documents have which words: known here, or asked of the database where that would take too much room.
#[derive(Debug)]
enum Words {
    Here(Postings),
    InTheDatabase,
}

impl Default for Words {
    fn default() -> Words {
        Words::Here(Postings::default())
    }
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
    /// The parts but the last, as they were written: title, keywords, description, what it is about.
    texts: [Vec<String>; 4],
    columns: Arc<Columns>,
    is_shown: bool,
    profile: u32,
}

/// The parts of a document but the last, folded, one behind the other.
#[derive(Debug, Clone, Default)]
struct Parts {
    all: Box<str>,
    ends: [u32; 4],
}

impl Parts {
    fn of(parts: &[Vec<String>; 4]) -> Parts {
        let mut all = String::new();
        let ends = parts.each_ref().map(|texts| {
            all.push_str(&pieces(texts.iter().map(String::as_str)));
            u32::try_from(all.len()).unwrap_or(u32::MAX)
        });
        Parts { all: all.into_boxed_str(), ends }
    }

    /// A part; `None` for the last, which is not kept here.
    fn part(&self, tier: Tier) -> Option<&str> {
        let place = tier as usize;
        let end = *self.ends.get(place)? as usize;
        let begin =
            place.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.all.get(begin..end)
    }
}

/// How a name begins: its first bytes, as a number. Of two names that begin differently the lesser one has the lesser beginning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Beginning(u128);

impl Beginning {
    /// How `name` begins.
    pub(crate) fn of(name: &str) -> Beginning {
        let mut begins = [0; size_of::<u128>()];
        begins.iter_mut().zip(name.bytes()).for_each(|(place, byte)| *place = byte);
        Beginning(u128::from_be_bytes(begins))
    }
}

impl Entry {
    /// Its texts in a part.
    pub(crate) fn texts(&self, tier: Tier) -> &[String] {
        self.texts.get(tier as usize).unwrap_or(&self.columns.names)
    }

    /// Everything that is suggested because of it.
    fn words(&self) -> impl Iterator<Item = &str> {
        let suggested = [Tier::Title, Tier::Keywords, Tier::Fields].into_iter().filter(|_| self.is_shown);
        suggested.flat_map(|tier| self.texts(tier)).flat_map(|text| words_in(text))
    }
}

impl Registry {
    /// Takes a document as it is now. What is known of words may take `bytes_max` in memory.
    pub(super) fn take(&mut self, document: Changed, bytes_max: usize) {
        let Changed { id, kind, name, is_shown, facts, texts } = document;
        // What nobody is shown is not looked at: it is only known that it is there.
        let [titles, keywords, description, about, names] = if is_shown { texts } else { Texts::default() };
        let texts = [titles, keywords, description, about];
        let folded = Parts::of(&texts);
        let columns = Arc::new(Columns { folded: pieces(names.iter().map(String::as_str)), names });
        let columns = match self.columns.get(&columns) {
            Some(known) => Arc::clone(known),
            None => {
                self.columns.insert(Arc::clone(&columns));
                columns
            }
        };
        let entry = Entry {
            kind,
            profile: self.profiles.number(kind, is_shown, &facts),
            title: facts.title,
            department: facts.department,
            revision: facts.revision,
            texts,
            is_shown,
            columns,
            name,
        };
        let Ok(place) = usize::try_from(id) else { return };
        if self.entries.len() <= place {
            self.entries.resize_with(place + 1, || None);
            self.profile_of.resize(place + 1, u32::MAX);
            self.begins.resize(place + 1, Beginning::default());
            self.folded.resize(place + 1, Parts::default());
        }
        if kind == DocumentKind::Dataset {
            self.datasets.insert(entry.name.clone(), id);
        }
        let number = u32::try_from(id).ok().filter(|number| *number < NUMBER_END);
        let marks_before = self.marks(number);
        let of_this = self.profile_of.get_mut(place).zip(self.begins.get_mut(place));
        let of_this = of_this.zip(self.folded.get_mut(place).zip(self.entries.get_mut(place)));
        let Some(((profile, begins), (kept_folded, kept))) = of_this else { return };
        (*profile, *begins, *kept_folded) = (entry.profile, Beginning::of(&entry.name), folded);
        entry.words().for_each(|word| self.vocabulary.add(word));
        if let Some(before) = kept.replace(Arc::new(entry)) {
            before.words().for_each(|word| self.vocabulary.remove(word));
        }
        let marks = self.marks(number);
        if let Words::Here(postings) = &mut self.words {
            if let Some(number) = number {
                postings.replace(number, &marks_before, &marks);
            }
            if number.is_none() || postings.bytes() > bytes_max {
                self.words = Words::InTheDatabase;
            }
        }
    }

    /// The pairs of the document of that number, where words are known here.
    fn marks(&self, number: Option<u32>) -> Vec<Mark> {
        let number = number.filter(|_| self.knows_words());
        number.map(|number| marks(|tier| self.part(number, tier))).unwrap_or_default()
    }

    /// Whether it is known here which documents have which words.
    pub(crate) fn knows_words(&self) -> bool {
        matches!(self.words, Words::Here(_))
    }

    /// The document of that number, if it is shown to everybody.
    pub(crate) fn shown(&self, id: i64) -> Option<&Arc<Entry>> {
        let entry = self.entries.get(usize::try_from(id).ok()?)?.as_ref();
        entry.filter(|entry| entry.is_shown)
    }

    /// The number of the profile of that document.
    fn profile(&self, id: u32) -> u32 {
        self.profile_of.get(id as usize).copied().unwrap_or(u32::MAX)
    }

    /// What kind of document has that number, and how its name begins.
    pub(crate) fn brief(&self, id: u32) -> Option<(DocumentKind, Beginning)> {
        self.profiles.kind(self.profile(id)).zip(self.begins.get(id as usize).copied())
    }

    /// The dataset in whose current revision the row of that number stands.
    pub(crate) fn dataset_of(&self, row: i64) -> Option<&Arc<Entry>> {
        let (dataset, revision) = self.blocks.get(&block::place_of(row).0)?;
        let entry = self.shown(*self.datasets.get(dataset)?)?;
        (entry.revision == Some(*revision)).then_some(entry)
    }

    /// The documents that are what `search` asks for, by number. `listed` tells of each word which documents have it, where
    /// the database was asked.
    pub(crate) fn hits(&self, search: &Search, listed: Option<Vec<Vec<i64>>>) -> Vec<Hit> {
        let wanted = self.profiles.wanted(search.kinds, &search.within);
        let takes = |id: u32| wanted.get(self.profile(id) as usize).copied().unwrap_or(false);
        self.find(&search.question, listed, takes)
    }

    /// Whether there is any document that is what `question` asks for.
    fn has(&self, question: &Question) -> bool {
        match &self.words {
            Words::Here(postings) => postings.has_hit(question, self.end(), |id, tier| self.part(id, tier)),
            Words::InTheDatabase => !self.find(question, None, |_| true).is_empty(),
        }
    }

    /// Documents have numbers below this one.
    fn end(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    /// A part of the document of that number, folded.
    fn part(&self, id: u32, tier: Tier) -> &str {
        let Some(folded) = self.folded.get(id as usize) else { return "" };
        let columns = || Some(&*self.entries.get(id as usize)?.as_ref()?.columns.folded);
        folded.part(tier).or_else(columns).unwrap_or("")
    }

    fn find(
        &self,
        question: &Question,
        listed: Option<Vec<Vec<i64>>>,
        takes: impl Fn(u32) -> bool,
    ) -> Vec<Hit> {
        let (end, part) = (self.end(), |id, tier| self.part(id, tier));
        if let (Words::Here(postings), None) = (&self.words, &listed) {
            return postings.hits(question, end, takes, part);
        }
        let held = Held::of(question);
        let hit = |id: u32| {
            // Not there any more if it has changed since the index was asked.
            let worth = held.worth(|_| Some(Possible::ANYWHERE), |tier| part(id, tier))?;
            Some(Hit { id, worth })
        };
        match listed {
            Some(listed) => {
                let all = self.together(question, listed).into_iter();
                all.filter_map(|id| u32::try_from(id).ok()).filter(|id| takes(*id)).filter_map(hit).collect()
            }
            None => (0..end).filter(|id| takes(*id)).filter_map(hit).collect(),
        }
    }

    /// Puts together what the words of `question` hit: the numbers of documents that have all of them, and none that is unwanted.
    fn together(&self, question: &Question, found: Vec<Vec<i64>>) -> Vec<i64> {
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

    /// Those of `rows` that belong to a current revision of what `within` asks for.
    pub(crate) fn rows_within(&self, rows: &[i64], within: &Within) -> Vec<i64> {
        if rows.is_empty() {
            return Vec::new();
        }
        let wanted = self.profiles.wanted(Kinds::ALL, within);
        let takes = |entry: &Arc<Entry>| wanted.get(entry.profile as usize).copied().unwrap_or(false);
        let mut last = None;
        let mut takes = |row: i64| {
            let block = block::place_of(row).0;
            match last {
                Some((same, takes)) if same == block => takes,
                _ => {
                    let takes = self.dataset_of(row).is_some_and(takes);
                    last = Some((block, takes));
                    takes
                }
            }
        };
        rows.iter().copied().filter(|row| takes(*row)).collect()
    }

    /// How many of each kind the documents are, and how the datasets among them spread.
    pub(crate) fn counted(&self, hits: &[Hit]) -> (Totals, Facets) {
        let mut counts = vec![0u64; self.profiles.count()];
        for hit in hits {
            if let Some(count) = counts.get_mut(self.profile(hit.id) as usize) {
                *count += 1;
            }
        }
        (self.profiles.totals(&counts), self.profiles.facets(&counts))
    }

    /// What `question`, which found nothing, may have meant: each word that no document has, as the nearest one that
    /// something has. `listed` as for [`Registry::hits`].
    pub(crate) fn meant(&self, question: &Question, listed: Option<&[Vec<i64>]>) -> Option<String> {
        let mut is_other = false;
        let mut words = Vec::new();
        for (place, wanted) in question.wanted.iter().enumerate() {
            let is_known = || match listed {
                Some(listed) => listed.get(place).is_some_and(|documents| !documents.is_empty()),
                None => self.has(&Question { wanted: vec![wanted.clone()] }),
            };
            let nearest = Some(wanted.word.exact.as_str())
                .filter(|_| !wanted.is_unwanted && !is_known())
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
