//! Somebody wants all that was found: every finding as a line, or the file itself with the findings marked in it.

use crate::city::City;
use crate::desk::Desk;
use crate::terminal::hiyori;
use crate::validations::toilets_with;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A table of `rows` rows in each of which something is to be mended.
fn formulas(rows: usize) -> String {
    let rows: String = (1..=rows).map(|row| format!("{row},=1\n")).collect();
    format!("番号,値\n{rows}")
}

/// The lines of a CSV file without its `file` column.
fn lines(csv: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    let records = reader.records().map(|record| record.unwrap().iter().skip(1).map(str::to_owned).collect());
    records.collect()
}

#[tokio::test]
async fn every_finding_is_a_line_however_many_there_are() {
    let city = City::shared().await;
    let answer = city.visitor().posts("/api/v1/validations?format=csv", formulas(2_500)).await;
    assert_eq!(answer.is(200).media_type(), "text/csv");
    let over_http = lines(answer.body());
    assert_eq!(over_http.iter().filter(|line| line[1] == "formula-start").count(), 2_500);
    let desk = Desk::new();
    let file = desk.file("table.csv", formulas(2_500));
    let typed = hiyori(&["validate", "--format", "csv", file.to_str().unwrap()]);
    assert_eq!(lines(&typed.exits(0).stdout), over_http);
}

#[tokio::test]
async fn a_copy_of_the_file_has_its_findings_marked() {
    let city = City::shared().await;
    let broken = toilets_with(&[("名称", ""), ("緯度", "北")]);
    let answer = city.visitor().posts("/api/v1/validations?format=xlsx", broken.clone()).await;
    assert_eq!(answer.is(200).media_type(), XLSX);
    assert!(answer.body().starts_with(b"PK"));
    answer.says("content-disposition", "attachment; filename=\"report.xlsx\"");
    let desk = Desk::new();
    let file = desk.file("toilets.csv", &broken);
    let copy = desk.path().join("marked.xlsx");
    let ran = hiyori(&["validate".as_ref(), "--marked".as_ref(), copy.as_os_str(), file.as_os_str()]);
    ran.exits(1).says("D2");
    assert!(std::fs::read(&copy).unwrap().starts_with(b"PK"));
}

#[tokio::test]
async fn a_copy_is_made_of_one_file_at_a_time() {
    let desk = Desk::new();
    let (file, copy) = (desk.file("table.csv", formulas(1)), desk.path().join("marked.xlsx"));
    let ran = hiyori(&[
        "validate".as_ref(),
        "--marked".as_ref(),
        copy.as_os_str(),
        file.as_os_str(),
        file.as_os_str(),
    ]);
    ran.exits(2).says("--marked").prints_nothing();
    assert!(!copy.exists());
    let nowhere = desk.path().join("no-such-folder/marked.xlsx");
    hiyori(&["validate".as_ref(), "--marked".as_ref(), nowhere.as_os_str(), file.as_os_str()]).exits(2);
}

#[tokio::test]
async fn a_form_that_nobody_knows_is_refused() {
    let city = City::shared().await;
    let path = "/api/v1/validations?format=pdf";
    city.visitor().posts(path, formulas(1)).await.problem(400, "bad-parameter");
}

#[tokio::test]
async fn what_was_found_in_a_published_file_is_there_as_lines() {
    let city = City::shared().await;
    let path = "/api/v1/datasets/sample-public-toilets/revisions/1/report.csv";
    let answer = city.visitor().gets(path).await;
    assert_eq!(answer.is(200).media_type(), "text/csv");
    let report = city.visitor().gets(path.trim_end_matches(".csv")).await.is(200).json();
    let counted: u64 =
        ["error", "warning", "note"].iter().map(|weight| report["counts"][weight].as_u64().unwrap()).sum();
    assert_eq!(lines(answer.body()).len() as u64 - 1, counted);
    city.visitor().knowing(answer.tag()).gets(path).await.is(304);
    let english = city.visitor().reading_english().gets(path).await;
    assert!(english.is(200).header("vary").contains("accept-language"));
    let missing = "/api/v1/datasets/sample-public-toilets/revisions/99/report.csv";
    city.visitor().gets(missing).await.problem(404, "no-such-revision");
}
