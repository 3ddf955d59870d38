//! A copy is taken while everybody works, the house burns down, and everything is put back.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::city::City;
use crate::desk::Desk;
use crate::terminal::{Ran, hiyori};

fn backs_up(city: &City, to: &Path) -> Ran {
    hiyori(&["backup".as_ref(), to.as_os_str(), "--data".as_ref(), city.data().as_os_str()])
}

fn restores(from: &Path, data: &Path) -> Ran {
    hiyori(&["restore".as_ref(), from.as_os_str(), "--data".as_ref(), data.as_os_str()])
}

fn verifies(data: &Path) -> Ran {
    hiyori(&["verify".as_ref(), "--data".as_ref(), data.as_os_str()])
}

fn publishes(folder: &Path, data: &Path) -> Ran {
    hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), data.as_os_str()])
}

#[tokio::test]
async fn everything_acknowledged_before_a_copy_is_there_after_a_fire() {
    let desk = Desk::of_a_city();
    desk.dataset("first", "", "番号\n1\n");
    let city = City::opening().loading(desk.path()).open().await;
    let data = city.data().to_owned();
    let (copies, name) = (Desk::new(), "copy");

    // Somebody publishes all the while; what was acknowledged before the copy began is what must be there.
    let rows = |number: u32| format!("番号\n{number}\n{number}1\n");
    for number in 1..=3 {
        publishes(&desk.dataset("busy", "", rows(number)), &data).exits(0);
    }
    let other = Desk::new();
    let publishing = std::thread::spawn({
        let data = data.clone();
        move || {
            for number in 4..=8 {
                publishes(&other.dataset("busy", "", rows(number)), &data).exits(0);
            }
        }
    });
    let copy = copies.path().join(name);
    backs_up(&city, &copy).exits(0);
    let visitor = city.visitor();
    let acknowledged =
        visitor.gets("/api/v1/datasets/busy/revisions/3/original").await.is(200).body().to_vec();
    publishing.join().unwrap();
    let before = visitor.gets("/api/v1/datasets/first").await.is(200).json();
    let plan = visitor.gets("/api/v1/plan/initiatives").await.is(200).json();
    drop(city.killed().await);

    let fresh = TempDir::new().unwrap();
    restores(&copy, fresh.path()).exits(0);
    verifies(fresh.path()).exits(0);
    let city = City::opening().loading(desk.path()).on(fresh).open().await;
    let visitor = city.visitor();
    let again = visitor.gets("/api/v1/datasets/busy/revisions/3/original").await;
    assert_eq!(again.is(200).body(), acknowledged);
    let current = visitor.gets("/api/v1/datasets/busy").await.is(200).json();
    assert!(current["revision"].as_u64().unwrap() >= 3, "{current}");
    let after = visitor.gets("/api/v1/datasets/first").await.is(200).json();
    for member in ["revision", "rows", "issued", "modified", "title"] {
        assert_eq!(after[member], before[member], "{member}");
    }
    assert_eq!(visitor.gets("/api/v1/plan/initiatives").await.is(200).json()["total"], plan["total"]);

    // It goes on where it was.
    let number = current["revision"].as_u64().unwrap();
    publishes(&desk.dataset("busy", "", "番号\n99\n"), city.data())
        .exits(0)
        .says(&format!("第{}版", number + 1));
    city.close().await;
}

#[tokio::test]
async fn a_copy_is_put_back_only_where_nothing_is() {
    let city = City::open().await;
    let copies = Desk::new();
    let copy = copies.path().join("copy");
    backs_up(&city, &copy).exits(0);
    backs_up(&city, &copy).exits(2).says("there is something already");
    let data = city.close().await;
    restores(&copy, data.path()).exits(2).says("already");
    let city = City::opening().on(data).open().await;
    city.visitor().gets("/api/v1/datasets/sample-aed").await.is(200);
    city.close().await;
}

#[tokio::test]
async fn a_copy_that_was_damaged_is_refused_and_the_file_named() {
    let city = City::open().await;
    let copies = Desk::new();
    let copy = copies.path().join("copy");
    backs_up(&city, &copy).exits(0);
    city.close().await;
    let table = copy.join("tables/catalog_dataset.ndjson");
    let rows = fs::read_to_string(&table).unwrap();
    fs::write(&table, rows.replace("sample-aed", "sample-eda")).unwrap();
    let fresh = TempDir::new().unwrap();
    restores(&copy, fresh.path()).exits(2).says("catalog_dataset.ndjson");
    fs::remove_file(&table).unwrap();
    restores(&copy, fresh.path()).exits(2).says("catalog_dataset.ndjson");
    restores(copies.path(), fresh.path()).exits(2).says("manifest.json");

    fs::write(&table, rows).unwrap();
    restores(&copy, fresh.path()).exits(0);
}

#[test]
fn where_there_is_no_catalog_nothing_is_copied_or_looked_through() {
    let desk = Desk::new();
    let (data, to) = (desk.path().join("data"), desk.path().join("copy"));
    hiyori(&["backup".as_ref(), to.as_os_str(), "--data".as_ref(), data.as_os_str()]).exits(2);
    verifies(&data).exits(2);
    assert!(!to.exists() && !data.exists());
}
