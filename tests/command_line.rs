//! Somebody types commands: exit codes, formats, a first start, and a folder that is published.

use std::fs;

use serde_json::{Value, json};

use crate::city::City;
use crate::desk::{Desk, datasets, rows_of};
use crate::terminal::{hiyori, hiyori_reading, program};
use crate::validations::toilets_with;

#[test]
fn validate_ends_with_0_when_the_file_is_accepted() {
    let desk = Desk::new();
    let file = desk.file("042021_public_toilet.csv", rows_of("sample-public-toilets"));
    hiyori(&["validate".as_ref(), file.as_os_str()]).exits(0).says("公衆トイレ一覧").says("公開できます");
}

#[test]
fn validate_ends_with_1_when_something_is_to_be_mended_and_says_where() {
    let desk = Desk::new();
    let file = desk.file("042021_public_toilet.csv", toilets_with(&[("名称", "")]));
    hiyori(&["validate".as_ref(), file.as_os_str()])
        .exits(1)
        .says("D2")
        .says("名称")
        .says("このままでは公開できません");
}

#[test]
fn validate_ends_with_1_for_a_photograph() {
    let desk = Desk::new();
    let file = desk.file("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    hiyori(&["validate".as_ref(), file.as_os_str()]).exits(1);
}

#[test]
fn validate_ends_with_2_when_it_could_not_run() {
    hiyori(&["validate", "/no/such/file.csv"]).exits(2).prints_nothing().says("/no/such/file.csv");
    let desk = Desk::new();
    let file = desk.file("a.csv", "a\n1\n");
    let wrong = hiyori(&["validate", "--schema", "hyojun/public_toilets", file.to_str().unwrap()]);
    wrong.exits(2).prints_nothing().says("hyojun/public_toilet");
    hiyori(&["validate"]).exits(2);
    hiyori(&["validate", "--format", "xml", file.to_str().unwrap()]).exits(2);
    hiyori(&["validate", desk.path().to_str().unwrap()]).exits(2);
}

#[test]
fn the_worst_of_several_files_decides() {
    let desk = Desk::new();
    let good = desk.file("good.csv", rows_of("sample-aed"));
    let bad = desk.file("bad.csv", toilets_with(&[("名称", "")]));
    hiyori(&["validate".as_ref(), good.as_os_str(), good.as_os_str()]).exits(0);
    hiyori(&["validate".as_ref(), bad.as_os_str(), good.as_os_str()]).exits(1);
    hiyori(&["validate".as_ref(), bad.as_os_str(), "/no/such".as_ref(), good.as_os_str()]).exits(2);
}

#[test]
fn json_is_one_object_on_standard_output_and_nothing_else() {
    let desk = Desk::new();
    for bytes in
        [rows_of("sample-aed"), toilets_with(&[("名称", "")]), b"\x89PNG\r\n\x1a\n".to_vec(), Vec::new()]
    {
        let file = desk.file("file.csv", bytes);
        let ran = hiyori(&["validate", "--format", "json", file.to_str().unwrap()]);
        assert!(ran.json().is_object());
        assert_eq!(ran.stderr, "");
    }
}

#[test]
fn csv_is_one_line_for_every_finding_however_many() {
    let desk = Desk::new();
    let rows: String = (0..300).map(|number| format!("{number},\u{202E}\n")).collect();
    let file = desk.file("file.csv", format!("番号,名称\n{rows}"));
    let ran = hiyori(&["validate", "--format", "csv", file.to_str().unwrap()]);
    let mut lines = csv::Reader::from_reader(ran.stdout.as_slice());
    let header: Vec<_> = lines.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(
        header,
        "file,severity,code,row,column,column_letter,field,value,message,hint".split(',').collect::<Vec<_>>()
    );
    let found: Vec<_> =
        lines.records().map(Result::unwrap).filter(|line| &line[2] == "bidi-control").collect();
    assert_eq!(found.len(), 300);
    assert_eq!((&found[299][3], &found[299][5]), ("301", "B"));
}

#[test]
fn a_file_may_come_in_on_standard_input() {
    let rows = rows_of("sample-aed");
    let ran = hiyori_reading(rows.as_slice(), &["validate", "--format", "json", "-"]);
    assert_eq!(ran.exits(0).json()["schema"]["id"], "hyojun/aed");
}

#[test]
fn a_named_schema_is_held_to_even_where_another_fits_better() {
    let desk = Desk::new();
    let file = desk.file("spaces.csv", rows_of("sample-evacuation-spaces"));
    let args = ["validate", "--format", "json", "--schema", "hyojun/public_toilet", file.to_str().unwrap()];
    let report = hiyori(&args).json();
    assert_eq!(report["schema"]["id"], "hyojun/public_toilet");
    assert_eq!(report["accepted"], false, "a required column of the toilets is missing");
}

#[test]
fn the_schemas_are_listed_and_shown() {
    hiyori(&["schemas"]).exits(0).says("hyojun/public_toilet").says("公衆トイレ一覧").says("suisho/aed");
    hiyori(&["schemas", "hyojun/public_toilet"])
        .exits(0)
        .says("名称_カナ")
        .says("オストメイト設置トイレ有無");
    hiyori(&["schemas", "hyojun/no_such"]).exits(2);
}

#[test]
fn serving_where_nothing_is_kept_is_refused_with_what_to_do() {
    let desk = Desk::new();
    let data = desk.path().join("data");
    let args = ["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()];
    hiyori(&args).exits(2).says("--init datasets").says(data.to_str().unwrap()).prints_nothing();
    assert!(!data.exists(), "a refused start makes nothing");
}

#[test]
fn a_first_start_from_a_folder_that_is_none_is_refused() {
    let desk = Desk::new();
    let data = desk.path().join("data");
    let args = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--data",
        data.to_str().unwrap(),
        "--init",
        desk.path().to_str().unwrap(),
    ];
    hiyori(&args).exits(2).says("city.toml");
}

#[test]
fn a_first_start_that_fails_says_the_file_and_can_be_tried_again() {
    let desk = Desk::of_a_city();
    let folder = desk.dataset("broken", "hyojun/public_toilet", "ID,名称\n1,\n");
    let data = Desk::new();
    let args = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--data",
        data.path().to_str().unwrap(),
        "--init",
        desk.path().to_str().unwrap(),
    ];
    hiyori(&args).exits(2).says("data.csv");
    hiyori(&args[..5]).exits(2).says("--init");

    fs::write(folder.join("dataset.toml"), "title = 見本\n").unwrap();
    hiyori(&args).exits(2).says("dataset.toml").says("line 1");
}

#[tokio::test]
async fn init_where_a_catalog_is_changes_nothing_and_says_so() {
    let desk = Desk::of_a_city();
    desk.dataset("table", "", "番号\n1\n");
    let city = City::opening().loading(desk.path()).open().await;
    let before = city.visitor().gets("/api/v1/datasets/table").await.is(200).json();
    let data = city.close().await;

    desk.dataset("another", "", "番号\n2\n");
    desk.dataset("table", "", "番号\n3\n");
    let city = City::opening().loading(desk.path()).on(data).open().await;
    let visitor = city.visitor();
    assert_eq!(visitor.gets("/api/v1/datasets").await.slugs(), ["table"]);
    let after = visitor.gets("/api/v1/datasets/table").await.is(200).json();
    assert_eq!(after["revision"], before["revision"]);
    assert_eq!(after["modified"], before["modified"]);
    assert!(city.has_said("--init"), "it says that it changed nothing");
    city.close().await;
}

#[tokio::test]
async fn a_folder_that_is_published_is_read_back() {
    let city = City::open().await;
    let desk = Desk::new();
    let folder = desk.dataset("new-table", "hyojun/public_toilet", rows_of("sample-public-toilets"));
    let publish =
        || hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), city.data().as_os_str()]);
    publish().exits(0).says("new-table").says("第1版");

    let visitor = city.visitor();
    let dataset = visitor.gets("/api/v1/datasets/new-table").await.is(200).json();
    assert_eq!((&dataset["revision"], &dataset["rows"]), (&json!(1), &json!(12)));
    let csv = visitor.gets("/api/v1/datasets/new-table/download.csv").await;
    assert!(csv.is(200).body() == rows_of("sample-public-toilets"));
    assert!(visitor.gets("/catalog.ttl").await.is(200).text().contains("/datasets/new-table>"));

    publish().exits(0).says("変わっていません");
    let revisions = visitor.gets("/api/v1/datasets/new-table/revisions").await.is(200).json();
    assert_eq!(revisions["total"], 1);
    city.close().await;
}

#[tokio::test]
async fn a_folder_with_errors_is_not_published_and_leaves_what_there_was() {
    let city = City::open().await;
    let desk = Desk::new();
    let folder = desk.dataset("sample-public-toilets", "hyojun/public_toilet", toilets_with(&[("名称", "")]));
    let ran = hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), city.data().as_os_str()]);
    ran.exits(1).says("D2").says("名称");
    let dataset = city.visitor().gets("/api/v1/datasets/sample-public-toilets").await.is(200).json();
    assert_eq!(dataset["revision"], 1);
    assert_eq!(dataset["title"], "【見本】公衆トイレ一覧");

    let fresh = desk.dataset("never-seen", "hyojun/public_toilet", toilets_with(&[("名称", "")]));
    hiyori(&["publish".as_ref(), fresh.as_os_str(), "--data".as_ref(), city.data().as_os_str()]).exits(1);
    for path in
        ["/api/v1/datasets/never-seen", "/datasets/never-seen", "/api/v1/datasets/never-seen/download.csv"]
    {
        city.visitor().gets(path).await.problem(404, "no-such-dataset");
    }
    assert!(
        !city.visitor().gets("/api/v1/datasets?limit=100").await.slugs().contains(&"never-seen".to_owned())
    );
    city.close().await;
}

#[tokio::test]
async fn words_that_are_not_on_the_citys_lists_are_refused_by_name() {
    let city = City::open().await;
    let desk = Desk::new();
    let folder = desk.dataset("table", "", "番号\n1\n");
    let about = fs::read_to_string(folder.join("dataset.toml")).unwrap();
    for (slip, word) in [
        (about.replace("\"mihon\"", "\"no-such-office\""), "no-such-office"),
        (format!("{about}theme = \"no-such-theme\"\n"), "no-such-theme"),
        (format!("{about}frequency = \"no-such-frequency\"\n"), "no-such-frequency"),
        (format!("{about}schema = \"hyojun/no_such\"\n"), "no_such"),
        (format!("{about}titel = \"x\"\n"), "titel"),
    ] {
        fs::write(folder.join("dataset.toml"), slip).unwrap();
        let ran =
            hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), city.data().as_os_str()]);
        ran.exits(2).says(word);
    }
    city.close().await;
}

/// The folder for temporary files has no room: the program may write no file of more than a few kilobytes.
#[cfg(unix)]
#[test]
fn a_marked_copy_for_which_there_is_no_room_is_told_of_and_not_made() {
    let desk = Desk::new();
    let rows: String = (0..20_000).map(|row| format!("{row},見本{row}\n")).collect();
    let file = desk.file("mihon.csv", format!("番号,名称\n{rows}"));
    let copy = desk.path().join("copy.xlsx");
    let program = program();
    let ran = std::process::Command::new("sh")
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f 16; exec \"$@\"")
        .arg("sh")
        .arg(program.get_program())
        .args(["validate".as_ref(), "--marked".as_ref(), copy.as_os_str(), file.as_os_str()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("書き出せませんでした"), "{said}");
    assert!(!copy.exists());
}

#[test]
fn help_is_there_for_every_command() {
    for command in ["serve", "validate", "publish", "convert", "schemas", "openapi"] {
        hiyori(&["--help"]).exits(0).says(command);
        hiyori(&[command, "--help"]).exits(0);
    }
    hiyori(&["no-such-command"]).exits(2);
    hiyori(&["--version"]).exits(0).says("hiyori");
}

#[test]
fn every_folder_that_a_fresh_start_loads_is_clean() {
    let mut seen = 0;
    for entry in fs::read_dir(datasets()).unwrap() {
        let rows = entry.unwrap().path().join("data.csv");
        if rows.is_file() {
            let report = hiyori(&["validate", "--format", "json", rows.to_str().unwrap()]).exits(0).json();
            assert_eq!(report["counts"]["error"], Value::from(0), "{report:#}");
            assert_eq!(report["counts"]["warning"], Value::from(0), "{report:#}");
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen}");
}
