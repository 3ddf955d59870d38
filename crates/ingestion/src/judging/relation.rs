//! What cells of one row say together.
//!
//! The schema names the fields ([`Relation`]); here they are found among the columns once, and each row is held
//! against them. Single cells are [`crate::cell`]'s business. Nothing is allocated for a good row.

use crate::cell::Fault;
use crate::finding::Code;
use crate::schema::{Relation, Schema};
use crate::sink::Column;

/// The relations of a schema, found among the columns of one file.
#[derive(Debug, Default)]
pub(crate) struct Relations(Vec<Resolved>);

/// One relation; the numbers are places among the columns, from 0.
#[derive(Debug)]
enum Resolved {
    Address { full: usize, heads: [usize; 2], rest: Vec<usize> },
    TimeSpan { start: usize, end: usize },
}

impl Relations {
    /// Finds the relations whose fields the file has. Of an address, only what follows the city may be missing.
    pub(crate) fn resolve(schema: &Schema, columns: &[Column<'_>]) -> Relations {
        let place = |name: &str| {
            columns.iter().position(|column| column.field.is_some_and(|field| field.name == name))
        };
        let resolve = |relation: &Relation| match relation {
            Relation::Address { full, prefecture, city, rest } => Some(Resolved::Address {
                full: place(full)?,
                heads: [place(prefecture)?, place(city)?],
                rest: rest.iter().filter_map(|name| place(name)).collect(),
            }),
            Relation::TimeSpan { start, end } => {
                Some(Resolved::TimeSpan { start: place(start)?, end: place(end)? })
            }
        };
        Relations(schema.relations.iter().filter_map(resolve).collect())
    }

    /// What is wrong in one row, each with the place of its column (from 0).
    /// `text` gives the cells by their place.
    pub(crate) fn faults<'r, 'c: 'r>(
        &'r self,
        text: &'r impl Fn(usize) -> &'c str,
    ) -> impl Iterator<Item = (usize, Fault)> + 'r {
        let said = |place: usize| trimmed(text(place));
        self.0.iter().filter_map(move |relation| match relation {
            Resolved::Address { full, heads, rest } => {
                incomplete_address(&said, *full, heads, rest).map(|fault| (*full, fault))
            }
            Resolved::TimeSpan { start, end } => {
                let (begins, ends) = (said(*start), said(*end));
                let same = !ends.is_empty() && begins == ends && looks_like_a_time(ends);
                same.then(|| (*end, Fault::note(Code::SameTimes)))
            }
        })
    }
}

/// `text` without blanks around it; nearly all have none, which their first byte and the first of their last letter tell.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [0x21..=0x7e | 0xe4..=0xe9, .., 0x21..=0x7e] | [0x21..=0x7e | 0xe4..=0xe9, .., 0xe4..=0xe9, _, _] => {
            text
        }
        _ => text.trim(),
    }
}

/// [`Code::IncompleteAddress`] where the full address does not begin with its own prefecture and city.
///
/// A county (郡) that only the full address names is forgiven. The parts joined are proposed where the full
/// address ends with what follows the city: then it lacks nothing but letters of the prefecture or the city.
fn incomplete_address<'c>(
    said: &impl Fn(usize) -> &'c str,
    full: usize,
    heads: &[usize; 2],
    rest: &[usize],
) -> Option<Fault> {
    let full = said(full);
    let [prefecture, city] = heads.map(said);
    // Nearly all are written without blanks.
    let begins = full.strip_prefix(prefecture).is_some_and(|after| after.starts_with(city));
    let is_complete = || {
        let after = without_head(full, prefecture)?;
        let after_county = after.split_once('郡').map(|(_, after)| after);
        without_head(after, city).or_else(|| without_head(after_county?, city))
    };
    if [full, prefecture, city].contains(&"") || begins || is_complete().is_some() {
        return None;
    }
    let tail: String = rest.iter().map(|place| said(*place)).collect();
    let bare = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    let (bare_full, bare_tail) = (bare(full), bare(&tail));
    let proposal = (!bare_tail.is_empty() && bare_full.ends_with(&bare_tail))
        .then(|| format!("{prefecture}{city}{tail}"));
    Some(Fault::warning(Code::IncompleteAddress).proposing(proposal))
}

/// What follows `head` in `text`, blanks aside; `None` where `text` does not begin with it.
fn without_head<'a>(text: &'a str, head: &str) -> Option<&'a str> {
    head.chars()
        .filter(|letter| !letter.is_whitespace())
        .try_fold(text, |rest, letter| rest.trim_start().strip_prefix(letter))
}

fn looks_like_a_time(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit()) && text.contains(':')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::schemas::Schemas;

    const ADDRESS: [&str; 6] = [
        "所在地_連結表記",
        "所在地_都道府県",
        "所在地_市区町村",
        "所在地_町字",
        "所在地_番地以下",
        "建物名等(方書)",
    ];
    const TIMES: [&str; 2] = ["利用開始時間", "利用終了時間"];

    /// What is found in a row of hyojun/public_toilet that has only these columns.
    fn faults(names: &[&str], row: &[&str]) -> Vec<(usize, Fault)> {
        let schemas = Schemas::embedded();
        let schema = schemas.get(&"hyojun/public_toilet".parse().unwrap()).unwrap();
        let columns: Vec<Column<'_>> =
            names.iter().map(|name| Column { name: (*name).to_owned(), field: schema.field(name) }).collect();
        let text = |place: usize| row.get(place).copied().unwrap_or_default();
        Relations::resolve(schema, &columns).faults(&text).collect()
    }

    #[track_caller]
    fn address(row: [&str; 6], proposal: Option<&str>) {
        let fault = Fault::warning(Code::IncompleteAddress).proposing(proposal.map(str::to_owned));
        assert_eq!(faults(&ADDRESS, &row), [(0, fault)]);
    }

    #[test]
    fn an_address_that_begins_with_its_prefecture_and_city_is_good() {
        for full in ["宮城県石巻市穀町14-1", "宮城県 石巻市 穀町14-1", ""] {
            assert_eq!(faults(&ADDRESS, &[full, "宮城県", "石巻市", "穀町", "14-1", ""]), [], "{full:?}");
        }
    }

    #[test]
    fn a_county_that_only_the_full_address_names_is_forgiven() {
        let row = ["宮城県牡鹿郡女川町女川1-1", "宮城県", "女川町", "女川", "1-1", ""];
        assert_eq!(faults(&ADDRESS, &row), []);
    }

    #[test]
    fn an_address_without_its_city_is_offered_whole() {
        address(
            ["宮城県あゆみ野二丁目35", "宮城県", "石巻市", "あゆみ野二丁目", "35", ""],
            Some("宮城県石巻市あゆみ野二丁目35"),
        );
        address(
            ["宮城県石巻侍浜字西山1-6", "宮城県", "石巻市", "侍浜字西山", "1-6", ""],
            Some("宮城県石巻市侍浜字西山1-6"),
        );
    }

    #[test]
    fn an_address_that_says_more_than_its_parts_gets_no_proposal() {
        address(["穀町14-1 市役所", "宮城県", "石巻市", "穀町", "14-1", ""], None);
        address(["穀町14-1", "宮城県", "石巻市", "", "", ""], None);
    }

    #[test]
    fn parts_that_are_empty_or_missing_say_nothing_against_an_address() {
        assert_eq!(faults(&ADDRESS, &["穀町14-1", "", "石巻市", "穀町", "14-1", ""]), []);
        assert_eq!(faults(&["所在地_連結表記", "所在地_都道府県"], &["穀町14-1", "宮城県"]), []);
        assert_eq!(faults(&ADDRESS, &[]), []);
    }

    #[test]
    fn what_ends_when_it_begins_is_noted_at_its_end() {
        assert_eq!(faults(&TIMES, &["00:00", "00:00"]), [(1, Fault::note(Code::SameTimes))]);
    }

    #[test]
    fn other_times_and_no_times_are_good() {
        for row in [["00:00", "23:59"], ["", ""], ["日没", "日没"], ["09:00", ""]] {
            assert_eq!(faults(&TIMES, &row), [], "{row:?}");
        }
    }
}
