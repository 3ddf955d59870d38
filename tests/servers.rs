//! What only holds where servers keep everything: several programs on one database and one bucket are one catalog,
//! servers may go and come back, and a copy goes from one kind of place to another.

use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::city::City;
use crate::desk::Desk;
use crate::keeping::cluster::Cluster;
use crate::keeping::settings;
use crate::terminal::{hiyori, program, program_on};

#[tokio::test]
async fn two_servers_on_one_database_and_one_bucket_are_one_catalog() {
    let desk = Desk::of_a_city();
    let folder = desk.dataset("table", "", "番号\n1\n");
    let one = City::opening().loading(desk.path()).open().await;
    let mut opening = City::opening().loading(desk.path());
    for (name, value) in settings(one.data()) {
        opening = opening.setting(name, value);
    }
    let other = opening.open().await;
    for number in 2..5 {
        desk.dataset("table", "", format!("番号\n{number}\n"));
        hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), one.data().as_os_str()]).exits(0);
        let (here, there) = (one.visitor(), other.visitor());
        for visitor in [here, there] {
            let csv = visitor.gets("/api/v1/datasets/table/download.csv").await;
            assert_eq!(csv.is(200).text(), format!("番号\r\n{number}\r\n"));
        }
    }
    other.close().await;
    one.close().await;
}

#[tokio::test]
async fn of_two_first_starts_at_once_one_makes_the_catalog_and_the_other_waits() {
    let data = TempDir::new().unwrap();
    let opening = || {
        settings(data.path())
            .into_iter()
            .fold(City::opening(), |opening, (name, value)| opening.setting(name, value))
    };
    let (one, other) = tokio::join!(opening().open(), opening().open());
    let made: Vec<bool> = [&one, &other].map(|city| city.has_said("made the catalog from")).to_vec();
    assert_eq!(made.iter().filter(|made| **made).count(), 1, "one makes it");
    for city in [&one, &other] {
        let aed = city.visitor().gets("/api/v1/datasets/sample-aed").await.is(200).json();
        assert_eq!(aed["revision"], 1);
    }
    other.close().await;
    one.close().await;
}

#[tokio::test]
async fn while_the_database_is_away_it_is_said_and_when_it_is_back_everything_works_again() {
    let mut cluster = Cluster::start().unwrap();
    cluster.makes_database("city");
    let desk = Desk::of_a_city();
    let folder = desk.dataset("table", "", "番号\n1\n");
    let city =
        City::opening().loading(desk.path()).setting("HIYORI_DATABASE_URL", cluster.url("city")).open().await;
    let visitor = city.visitor();
    visitor.gets("/api/v1/datasets/table").await.is(200);

    cluster.stop();
    // What was asked for before is given for a while; a list that cannot be read is none, and never an empty one.
    visitor.gets("/api/v1/datasets/table").await.is(200);
    for path in [
        "/api/v1/datasets",
        "/api/v1/plan/initiatives",
        "/catalog.ttl",
        "/data.json",
        "/sitemap.xml",
        "/feed.atom",
        "/042021_open_data_list.csv",
        "/readyz",
    ] {
        let refusal = visitor.gets(path).await;
        assert_ne!(refusal.problem(503, "not-ready").header("retry-after"), "", "{path}");
    }
    visitor.gets("/healthz").await.is(200);
    let url = cluster.url("city");
    let publishes = || {
        let mut command = program_on(city.data());
        command.env("HIYORI_DATABASE_URL", &url).arg("publish").arg(&folder).arg("--data").arg(city.data());
        command.output().unwrap()
    };
    desk.dataset("table", "", "番号\n2\n");
    assert_eq!(publishes().status.code(), Some(2));

    cluster.start_again();
    assert_eq!(visitor.gets("/api/v1/datasets/table").await.is(200).json()["revision"], 1);
    visitor.gets("/readyz").await.is(200);
    let published = publishes();
    assert!(published.status.success(), "{}", String::from_utf8_lossy(&published.stderr));
    let csv = visitor.gets("/api/v1/datasets/table/download.csv").await;
    assert_eq!(csv.is(200).text(), "番号\r\n2\r\n");
    drop(city.closes_after_trouble().await);
}

#[tokio::test]
async fn a_storage_that_does_not_answer_refuses_a_publish_and_readers_of_metadata_are_served() {
    let desk = Desk::of_a_city();
    let folder = desk.dataset("table", "", "番号\n1\n");
    let city = City::opening().loading(desk.path()).open().await;
    desk.dataset("table", "", "番号\n2\n");
    let begun = Instant::now();
    let mut command = program_on(city.data());
    command
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        .arg("publish")
        .arg(&folder)
        .arg("--data")
        .arg(city.data());
    let ran = command.output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(begun.elapsed() < Duration::from_secs(60), "it gives up after {:?}", begun.elapsed());
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(said.contains("the file store did not answer"), "{said}");
    assert!(!said.contains("secret-of-a-test"), "{said}");
    assert_eq!(city.visitor().gets("/api/v1/datasets/table").await.is(200).json()["revision"], 1);
    city.close().await;
}

#[test]
fn without_a_key_to_the_storage_nothing_is_asked_of_anybody() {
    let data = TempDir::new().unwrap();
    let mut command = program();
    command.env("HIYORI_FILES", "s3://cities/x").args(["verify", "--data"]).arg(data.path());
    let ran = command.output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ran.stderr).contains("AWS_ACCESS_KEY_ID"));
}

#[test]
fn no_password_is_said() {
    let data = TempDir::new().unwrap();
    for url in ["postgres://city:geheimnis@127.0.0.1:9/hiyori", "mysql://city:geheimnis@127.0.0.1/hiyori"] {
        let mut command = program();
        command.env("HIYORI_DATABASE_URL", url).env("HIYORI_LOG", "trace");
        let ran = command.args(["verify", "--data"]).arg(data.path()).output().unwrap();
        assert_eq!(ran.status.code(), Some(2));
        let said = String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout);
        assert!(!said.contains("geheimnis"), "{said}");
    }
}

#[tokio::test]
async fn a_copy_goes_from_servers_to_a_folder_and_back() {
    let desk = Desk::of_a_city();
    let folder = desk.dataset("table", "", "番号\n1\n");
    let city = City::opening().loading(desk.path()).open().await;
    desk.dataset("table", "", "番号\n2\n");
    hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), city.data().as_os_str()]).exits(0);
    let (first, second) = (desk.path().join("first"), desk.path().join("second"));
    hiyori(&["backup".as_ref(), first.as_os_str(), "--data".as_ref(), city.data().as_os_str()]).exits(0);
    city.close().await;

    // A folder, which is what the program keeps in when nothing else is said.
    let plain = desk.path().join("plain");
    let in_folder = |arguments: &[&Path], verb: &str| {
        let ran = program().arg(verb).args(arguments).arg("--data").arg(&plain).output().unwrap();
        assert!(ran.status.success(), "{verb}: {}", String::from_utf8_lossy(&ran.stderr));
    };
    in_folder(&[&first], "restore");
    in_folder(&[], "verify");
    in_folder(&[&folder], "publish"); // the same bytes: nothing
    in_folder(&[&second], "backup");

    let data = TempDir::new().unwrap();
    hiyori(&["restore".as_ref(), second.as_os_str(), "--data".as_ref(), data.path().as_os_str()]).exits(0);
    let city = City::opening().loading(desk.path()).on(data).open().await;
    let csv = city.visitor().gets("/api/v1/datasets/table/download.csv").await;
    assert_eq!(csv.is(200).text(), "番号\r\n2\r\n");
    desk.dataset("table", "", "番号\n3\n");
    hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), city.data().as_os_str()]).exits(0);
    city.close().await;
}
