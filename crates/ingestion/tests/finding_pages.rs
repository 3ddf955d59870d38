//! `docs/findings` explains every finding, repair and question, in the words of the reports and with an example that is true:
//! a page is made only where the finding is there before the example is mended, and gone after.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../examples/finding_pages/books.rs"]
mod books;
#[path = "../examples/finding_pages/examples.rs"]
mod examples;
#[path = "../examples/finding_pages/pages.rs"]
mod pages;

use std::collections::BTreeSet;
use std::fs;

use ingestion::{Code, QuestionCode, RepairCode};

#[test]
fn the_pages_are_those_that_the_example_program_writes() {
    let mut expected = BTreeSet::new();
    for (name, text) in pages::all() {
        let kept = fs::read_to_string(pages::folder().join(&name)).unwrap_or_default();
        assert!(kept == text, "{name} is behind: cargo run -p ingestion --example finding_pages");
        expected.insert(name);
    }
    let kept: BTreeSet<String> = fs::read_dir(pages::folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(kept, expected, "a page of a code that is no more");
}

#[test]
fn every_finding_repair_and_question_has_its_page() {
    let pages: BTreeSet<String> = pages::all().into_iter().map(|(name, _)| name).collect();
    let findings = Code::all().iter().map(|code| format!("{code}.md"));
    let repairs = RepairCode::all().iter().map(|code| format!("repair-{code}.md"));
    let questions = QuestionCode::all().iter().map(|code| format!("question-{code}.md"));
    let without: Vec<String> =
        findings.chain(repairs).chain(questions).filter(|page| !pages.contains(page)).collect();
    assert_eq!(without, Vec::<String>::new(), "an example brings no such finding about");
}
