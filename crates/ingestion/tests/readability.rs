//! The agency's own sample files: our verdicts beside those it expects. They are not part of this repository;
//! the environment names their folder (`HIYORI_READABILITY`), and without it nothing is compared.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use common::SCHEMAS;
use ingestion::readability::{Outcome, Readability, RuleId};
use ingestion::{Discard, Expected, Options, validate};

/// What we say otherwise on purpose; the reasons stand in `docs/machine-readability.md`.
const OTHERWISE: [(&str, &str); 1] = [("rule_14_csv_single_line_OK.csv", "L1-14")];
/// The same, of what the agency's checker says.
const OTHERWISE_THAN_CHECKER: [(&str, &str); 1] = [("rule_14_csv_single_line_NG-01.csv", "L1-14")];

struct Wanted {
    file: String,
    rule: String,
    verdict: String,
    by_checker: String,
}

fn wanted(folder: &std::path::Path) -> Vec<Wanted> {
    let mut table = csv::Reader::from_path(folder.join("EXPECTED.csv")).unwrap();
    let rows = table.records().map(Result::unwrap);
    rows.map(|row| {
        let cell = |index| row.get(index).unwrap_or_default().to_owned();
        Wanted { file: cell(0), rule: cell(1), verdict: cell(2), by_checker: cell(4) }
    })
    .collect()
}

fn verdict(readability: &Readability, rule: &str) -> &'static str {
    let outcomes: Vec<Outcome> =
        readability.verdicts(RuleId::try_from(rule).unwrap()).map(|verdict| verdict.outcome).collect();
    if outcomes.contains(&Outcome::Broken) {
        "NG"
    } else if outcomes.contains(&Outcome::Kept) {
        "OK"
    } else {
        "not judged"
    }
}

#[test]
fn the_agencys_samples_get_the_verdicts_it_expects_but_for_those_the_docs_explain() {
    let Some(folder) = std::env::var_os("HIYORI_READABILITY").map(PathBuf::from) else {
        println!("left out: HIYORI_READABILITY does not name the folder of the agency's samples");
        return;
    };
    let wanted = wanted(&folder);
    let (mut differ, mut differ_from_checker) = (BTreeSet::new(), BTreeSet::new());
    for Wanted { file, rule, verdict: expected, by_checker } in &wanted {
        let options = Options { expected: Expected::AnyTable, ..Options::default() };
        let bytes = fs::read(folder.join(file)).unwrap();
        let ours = verdict(&validate(&bytes[..], &SCHEMAS, &options, &mut Discard).readability, rule);
        println!("{file} {rule}: {expected} by the agency, {by_checker} by its checker, {ours} by us");
        if ours != expected {
            differ.insert((file.as_str(), rule.as_str()));
        }
        if ours != by_checker {
            differ_from_checker.insert((file.as_str(), rule.as_str()));
        }
    }
    let agree = |differ: &BTreeSet<_>| wanted.len() - differ.len();
    println!(
        "of {} verdicts, {} agree with the agency's and {} with those of its checker",
        wanted.len(),
        agree(&differ),
        agree(&differ_from_checker)
    );
    assert!(!wanted.is_empty());
    assert_eq!(differ, BTreeSet::from(OTHERWISE));
    assert_eq!(differ_from_checker, BTreeSet::from(OTHERWISE_THAN_CHECKER));
}
