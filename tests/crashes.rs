//! The program is killed in the middle of its work. What was acknowledged is there; what was not is there whole or
//! not at all.
//!
//! `HIYORI_KILLS` says how often it is killed at a random moment; the figure that is promised is 200.

use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;

use crate::city::{City, Visitor};
use crate::desk::Desk;
use crate::office::api;
use crate::terminal::{hiyori, program_on};

/// The revision that is kept as `number`: rows enough that writing them takes a moment.
fn rows(number: u64) -> String {
    let mut rows = "版,番号\n".to_owned();
    for row in 0..500 {
        rows.push_str(&format!("{number},{row}\n"));
    }
    rows
}

/// A number from 0 up to `below`.
fn any(below: u64) -> u64 {
    RandomState::new().hash_one(0) % below
}

/// What a visitor finds: the number that the rows bear, having looked whether they are whole.
async fn current(visitor: &Visitor) -> u64 {
    let dataset = visitor.gets(&api("busy")).await.is(200).json();
    let number = dataset["revision"].as_u64().unwrap();
    let original = visitor.gets(&format!("{}/revisions/{number}/original", api("busy"))).await;
    let said = original.is(200).text();
    let written: u64 = said.lines().nth(1).unwrap().split(',').next().unwrap().parse().unwrap();
    assert_eq!(said, rows(written), "revision {number} is not whole");
    let csv = visitor.gets(&format!("{}/revisions/{number}/download.csv", api("busy"))).await;
    assert_eq!(csv.is(200).text().replace("\r\n", "\n"), rows(written), "revision {number} is not whole");
    assert_eq!(dataset["rows"], 500);
    written
}

/// `hiyori publish` of a folder, which is killed after `after` if it has not ended by then. Whether it acknowledged.
fn publishes(folder: &Path, data: &Path, after: Duration) -> bool {
    let mut command = program_on(data);
    command.arg("publish").arg(folder).arg("--data").arg(data);
    let mut running = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while begun.elapsed() < after {
        if let Some(ended) = running.try_wait().unwrap() {
            assert!(ended.success(), "it ended with {ended}");
            return true;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    running.kill().unwrap();
    running.wait().unwrap().success() // it may have ended just before
}

/// The way of a file over HTTP, from its upload to its publication, as far as the program is there to answer.
async fn goes_its_way(editor: &Visitor, approver: &Visitor, csv: String) -> reqwest::Result<()> {
    let path = format!("{}/revisions", api("busy"));
    let sender = editor.clone().sending(CONTENT_TYPE, "text/csv");
    let draft = sender.tries(Method::POST, &path, Some(csv.into())).await?;
    let number = draft.is(201).json()["number"].as_u64().unwrap();
    for (person, act) in [(editor, "submit"), (approver, "publish")] {
        let read = person.tries(Method::GET, &api("busy"), None).await?;
        let person = person.having_read(read.is(200).tag());
        person.tries(Method::POST, &format!("{path}/{number}/{act}"), None).await?.is(200);
    }
    Ok(())
}

/// A city in which 課 `mihon` has published `rows(0)` as `busy`, and the tokens of two of its staff.
async fn opens(desk: &Desk) -> (City, [String; 2]) {
    desk.dataset("busy", "", rows(0));
    let city = City::opening().loading(desk.path()).open().await;
    let editor = city.token("mihon", "editor", "作成").await;
    let approver = city.token("mihon", "approver", "承認").await;
    (city, [editor, approver])
}

#[tokio::test]
async fn whenever_it_is_killed_nothing_acknowledged_is_lost_and_nothing_half_seen() {
    let kills: u64 = std::env::var("HIYORI_KILLS").map_or(12, |kills| kills.parse().unwrap());
    let desk = Desk::of_a_city();
    let (mut city, tokens) = opens(&desk).await;
    let staff = |city: &City| tokens.each_ref().map(|token| city.visitor().showing(token));

    // How long each way takes when nobody is killed.
    let begun = Instant::now();
    assert!(publishes(&desk.dataset("busy", "", rows(1)), city.data(), Duration::from_secs(120)));
    let command_takes = begun.elapsed();
    let begun = Instant::now();
    let [editor, approver] = staff(&city);
    goes_its_way(&editor, &approver, rows(2)).await.unwrap();
    let way_takes = begun.elapsed();

    let (mut number, mut last, mut killed) = (2, 2, 0);
    assert_eq!(current(&city.visitor()).await, last);
    while killed < kills {
        number += 1;
        let over_http = number % 2 == 0;
        let takes = if over_http { way_takes } else { command_takes }.as_millis() as u64;
        // Now and then at any moment, mostly in the half where files are kept and rows are written.
        let earliest = if killed % 4 == 0 { 0 } else { takes / 2 };
        let after = Duration::from_millis(earliest + any(takes * 3 / 4 + 1));
        let done = if over_http {
            let [editor, approver] = staff(&city);
            let way = goes_its_way(&editor, &approver, rows(number));
            let done = tokio::time::timeout(after, way).await.is_ok_and(|way| way.is_ok());
            let data = city.killed().await;
            city = City::opening().loading(desk.path()).on(data).open().await;
            done
        } else {
            let (folder, data) = (desk.dataset("busy", "", rows(number)), city.data().to_owned());
            tokio::task::spawn_blocking(move || publishes(&folder, &data, after)).await.unwrap()
        };
        killed += u64::from(over_http || !done);
        let found = current(&city.visitor()).await;
        match done {
            true => assert_eq!(found, number, "an acknowledged publish is lost"),
            false => assert!([last, number].contains(&found), "{found} is there after {last}"),
        }
        last = found;
    }
    let data = city.close().await;
    hiyori(&["verify".as_ref(), "--data".as_ref(), data.path().as_os_str()]).exits(0);
}

#[tokio::test]
async fn at_every_step_of_a_publication_over_http_there_is_the_old_or_the_new() {
    let desk = Desk::of_a_city();
    let (mut city, tokens) = opens(&desk).await;
    let mut last = 0;
    for (step, (point, becomes_visible)) in [
        ("staged", false),
        ("kept", false),
        ("before-commit", false),
        ("before-opening", false),
        ("opened", true),
    ]
    .into_iter()
    .enumerate()
    {
        let number = step as u64 + 1;
        // The address stays, so that nothing is made anew at the start, where it would end.
        let address = city.address().to_owned();
        let data = city.close().await;
        let opening = City::opening().loading(desk.path()).on(data).setting("HIYORI_PUBLIC_URL", address);
        city = opening.setting("FAILPOINTS", format!("{point}=return")).open().await;
        let [editor, approver] = tokens.each_ref().map(|token| city.visitor().showing(token));
        goes_its_way(&editor, &approver, rows(number)).await.expect_err(point);
        let data = city.killed().await;
        city = City::opening().loading(desk.path()).on(data).open().await;
        if becomes_visible {
            last = number;
        }
        assert_eq!(current(&city.visitor()).await, last, "after {point}");
    }
    let data = city.close().await;
    hiyori(&["verify".as_ref(), "--data".as_ref(), data.path().as_os_str()]).exits(0);
}

#[tokio::test]
async fn at_every_step_of_a_publish_there_is_the_old_or_the_new() {
    let desk = Desk::of_a_city();
    desk.dataset("busy", "", rows(0));
    let city = City::opening().loading(desk.path()).open().await;
    let mut last = 0;
    for (step, (point, becomes_visible)) in [
        ("staged", false),
        ("half-kept", false),
        ("kept", false),
        ("before-commit", false),
        ("committed", true),
    ]
    .into_iter()
    .enumerate()
    {
        let number = step as u64 + 1;
        let folder = desk.dataset("busy", "", rows(number));
        let mut command = program_on(city.data());
        command.env("FAILPOINTS", format!("{point}=return"));
        command.arg("publish").arg(&folder).arg("--data").arg(city.data());
        let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert_eq!(ended.code(), None, "it was to end at {point}, not by itself");
        let expected = if becomes_visible { number } else { last };
        assert_eq!(current(&city.visitor()).await, expected, "after {point}");
        hiyori(&["verify".as_ref(), "--data".as_ref(), city.data().as_os_str()]).exits(0);

        // Trying again is all that it takes.
        let again = ["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), city.data().as_os_str()];
        hiyori(&again).exits(0);
        last = number;
        assert_eq!(current(&city.visitor()).await, last, "after {point}, tried again");
    }
    city.close().await;
}

#[tokio::test]
async fn a_first_start_that_is_killed_may_be_begun_again() {
    let desk = Desk::of_a_city();
    desk.dataset("busy", "", rows(1));
    let data = tempfile::TempDir::new().unwrap();
    for point in ["tables-made", "kept", "committed"] {
        let mut command = program_on(data.path());
        command.env("FAILPOINTS", format!("{point}=return"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data.path());
        command.arg("--init").arg(desk.path());
        let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert_eq!(ended.code(), None, "it was to end at {point}, not by itself");
        hiyori(&["verify".as_ref(), "--data".as_ref(), data.path().as_os_str()]).exits(2).says("--init");
    }
    let city = City::opening().loading(desk.path()).on(data).open().await;
    assert_eq!(current(&city.visitor()).await, 1);
    city.close().await;
}
