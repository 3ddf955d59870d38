//! The examples of `docs/rows.md`, run as they stand. What cannot be run here is said to be left out.

use std::ffi::OsString;
use std::fs;
use std::process::{Command, Output};

use crate::city::City;
use crate::desk::repository;

/// A block of code: what is said of it, and the code.
struct Block {
    about: String,
    code: String,
}

fn blocks() -> Vec<Block> {
    let text = fs::read_to_string(repository().join("docs/rows.md")).unwrap();
    let fenced = text.split("\n```").skip(1).step_by(2);
    let block = |part: &str| {
        let (about, code) = part.split_once('\n').unwrap();
        Block { about: about.to_owned(), code: code.to_owned() }
    };
    fenced.map(block).collect()
}

fn of(language: &str) -> Vec<Block> {
    let blocks: Vec<Block> =
        blocks().into_iter().filter(|block| block.about.split(' ').next() == Some(language)).collect();
    assert!(!blocks.is_empty(), "docs/rows.md has no {language}");
    blocks
}

/// Runs `program ARGS…` for the city at `address`; `None` where there is no such program.
async fn runs(program: OsString, args: Vec<String>, address: &str) -> Option<Output> {
    let address = address.to_owned();
    let running = move || Command::new(program).args(args).env("B", address).env("PYTHONUTF8", "1").output();
    tokio::task::spawn_blocking(running).await.unwrap().ok()
}

#[track_caller]
fn succeeded(output: &Output, code: &str) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !output.stdout.is_empty(), "{errors}\n{code}");
}

#[tokio::test]
async fn the_lines_of_curl_run() {
    if runs("curl".into(), vec!["--version".to_owned()], "").await.is_none() {
        eprintln!("left out: there is no curl");
        return;
    }
    let city = City::shared().await;
    for Block { code, .. } in of("sh") {
        // Each line is an example of its own: none may fail unseen behind the next.
        let output = runs("sh".into(), vec!["-ec".to_owned(), code.clone()], city.address()).await.unwrap();
        succeeded(&output, &code);
    }
}

#[tokio::test]
async fn the_python_runs() {
    let city = City::shared().await;
    let python = std::env::var_os("HIYORI_PYTHON").unwrap_or_else(|| "python3".into());
    for Block { about, code } in of("python") {
        let needs = about.split("needs=").nth(1).unwrap_or_default();
        let import = if needs.is_empty() { "pass".to_owned() } else { format!("import {needs}") };
        match runs(python.clone(), vec!["-c".to_owned(), import], "").await {
            Some(output) if output.status.success() => {
                let output = runs(python.clone(), vec!["-c".to_owned(), code.clone()], city.address()).await;
                succeeded(&output.unwrap(), &code);
            }
            _ => eprintln!("left out: there is no Python with {needs}"),
        }
    }
}

#[tokio::test]
async fn the_r_runs() {
    if runs("Rscript".into(), vec!["--version".to_owned()], "").await.is_none() {
        eprintln!("left out: there is no R");
        return;
    }
    let city = City::shared().await;
    for Block { code, .. } in of("r") {
        let output = runs("Rscript".into(), vec!["-e".to_owned(), code.clone()], city.address()).await;
        succeeded(&output.unwrap(), &code);
    }
}

/// The text in quotation marks behind `name =`.
fn said<'a>(code: &'a str, name: &str) -> &'a str {
    let behind = code.split(&format!("{name} = \"")).nth(1).unwrap();
    behind.split('"').next().unwrap()
}

#[tokio::test]
async fn the_address_that_excel_makes_answers() {
    let city = City::shared().await;
    for Block { code, .. } in of("powerquery") {
        let path = format!("/{}", said(&code, "RelativePath"));
        let select = said(&code, "select");
        let answer =
            city.visitor().asks_with(&path, &[("filter", said(&code, "filter")), ("select", select)]).await;
        assert_eq!(answer.is(200).text().lines().next(), Some(select));
        assert!(code.contains("Encoding = 65001"), "UTF-8, as the answer is");
        eprintln!("left out: there is no Excel, so the M around this address was not run");
    }
}
