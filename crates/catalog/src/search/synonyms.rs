//! 同義語: words that mean the same to whoever looks for data, from `datasets/synonyms.csv`.
//!
//! General words alone; a question is widened when it is asked, so a changed table needs no new index.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold;

/// One line of the table.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// The group; its words stand for one another.
    group: String,
    /// A word of it, as people write it.
    word: String,
}

/// The table; a folded word leads to its groups.
pub(super) struct Synonyms {
    groups: Vec<Vec<String>>,
    of_word: HashMap<String, Vec<usize>>,
}

/// The table that the program was built with.
static TABLE: LazyLock<Synonyms> = LazyLock::new(|| {
    Synonyms::read(include_str!("../../../../datasets/synonyms.csv")).expect("a test reads the table")
});

/// The other words that mean what the folded `word` means, each once, in the table's order.
pub(super) fn of(word: &str) -> Vec<&'static str> {
    TABLE.of(word)
}

/// Every word of the table, folded: what a misspelt word may have been meant as.
#[cfg(test)]
fn all() -> impl Iterator<Item = &'static str> {
    TABLE.groups.iter().flatten().map(String::as_str)
}

impl Synonyms {
    fn read(text: &str) -> Result<Synonyms, csv::Error> {
        let mut table = Synonyms { groups: Vec::new(), of_word: HashMap::new() };
        let mut names: Vec<String> = Vec::new();
        for line in csv::Reader::from_reader(text.as_bytes()).deserialize::<Line>() {
            let line = line?;
            let word = fold([&*line.word]);
            let group = names.iter().position(|name| *name == line.group).unwrap_or_else(|| {
                names.push(line.group.clone());
                table.groups.push(Vec::new());
                names.len() - 1
            });
            if let Some(words) = table.groups.get_mut(group)
                && !words.contains(&word)
            {
                words.push(word.clone());
                table.of_word.entry(word).or_default().push(group);
            }
        }
        Ok(table)
    }

    fn of(&self, word: &str) -> Vec<&str> {
        let groups = self.of_word.get(word).into_iter().flatten();
        let mut others: Vec<&str> = Vec::new();
        for other in groups.filter_map(|group| self.groups.get(*group)).flatten() {
            if other != word && !others.contains(&other.as_str()) {
                others.push(other);
            }
        }
        others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_group_stand_for_one_another() {
        assert_eq!(of(&fold(["避難所"])), [&*fold(["避難場所"])]);
        assert!(of(&fold(["ＡＥＤ"])).contains(&&*fold(["自動体外式除細動器"])));
        assert!(of(&fold(["保育園"])).contains(&&*fold(["保育所"])));
        assert!(of("そんな語はない").is_empty());
    }

    #[test]
    fn every_group_has_two_words_at_least_and_none_is_empty() {
        for group in &TABLE.groups {
            assert!(group.len() >= 2, "{group:?}: alone, or the same once folded");
        }
        assert!(all().all(|word| !word.is_empty()));
    }

    #[test]
    fn a_group_is_small_enough_to_be_asked_for_at_once() {
        for group in &TABLE.groups {
            let most = group.iter().map(|word| TABLE.of(word).len()).max();
            assert!(most <= Some(super::super::question::OTHERS_MAX), "{group:?}");
        }
    }
}
