//! The audit tells who did what, and shows when somebody has changed it.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::city::City;
use crate::desk::Desk;

const AUDIT: &str = "/api/v1/audit";
const ROWS: &str = "名称,数\n見本一号,1\n";

#[tokio::test]
async fn an_admin_reads_who_did_what_the_newest_first() {
    let city = City::opening().loading(Desk::of_a_city().path()).open().await;
    let admin = city.staff("dx", "admin", "管理 花子").await;
    let desk = Desk::new();
    city.types(&["publish", desk.dataset("toilets", "", ROWS).to_str().unwrap()]).await.exits(0);
    let all = admin.gets(AUDIT).await;
    let all = all.is(200);
    assert_eq!(all.each("action")[..2], ["publish", "create-token"]);
    let newest = &all.json()["items"][0];
    assert_eq!(
        [&newest["who"], &newest["dataset"], &newest["revision"], &newest["result"], &newest["before"]],
        [&json!("operator"), &json!("toilets"), &json!(1), &json!("done"), &Value::Null]
    );
    assert_eq!(newest["previous"], all.json()["items"][1]["hash"]);
    city.close().await;
}

#[tokio::test]
async fn the_audit_is_filtered_and_read_in_pages() {
    let city = City::opening().loading(Desk::of_a_city().path()).open().await;
    let admin = city.staff("dx", "admin", "管理 花子").await;
    let desk = Desk::new();
    for slug in ["toilets", "parks", "broken"] {
        let rows = if slug == "broken" { "名称\n\"open" } else { ROWS };
        city.types(&["publish", desk.dataset(slug, "", rows).to_str().unwrap()]).await;
    }
    let finds = async |query: &str, expected: usize| {
        let answer = admin.gets(&format!("{AUDIT}?{query}")).await;
        assert_eq!(answer.is(200).json()["total"], expected, "{query}: {}", answer.text());
    };
    finds("dataset=toilets", 1).await;
    finds("dataset=toilets&result=done", 1).await;
    finds("dataset=broken&result=findings", 1).await;
    finds("dataset=broken&result=done", 0).await;
    finds("action=create-token&who=operator", 1).await;
    finds("who=%00", 0).await;
    finds("until=2020-01-01", 0).await;
    finds("since=2020-01-01&action=create-token", 1).await;
    finds("since=2020-01-01T00:00:00%2B09:00&action=create-token", 1).await;
    for odd in ["since=yesterday", "limit=0", "cursor=x", "dataset=..", "colour=blue"] {
        admin.gets(&format!("{AUDIT}?{odd}")).await.is(400);
    }

    let (mut seen, mut next) = (Vec::new(), Some(format!("{AUDIT}?limit=1")));
    while let Some(address) = next {
        let page = admin.gets(&address).await.is(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].as_u64().unwrap()));
        next = page["next"].as_str().map(str::to_owned);
    }
    let total = admin.gets(AUDIT).await.json()["total"].as_u64().unwrap();
    assert_eq!(seen, (1..=total).rev().collect::<Vec<_>>());
    city.close().await;
}

#[tokio::test]
async fn nobody_but_an_admin_reads_it_and_that_they_tried_stands_in_it() {
    let city = City::open().await;
    let admin = city.staff("dx", "admin", "管理 花子").await;
    for (role, name) in [("editor", "見本 太郎"), ("approver", "見本 次郎")] {
        let staff = city.staff("mihon", role, name).await;
        for path in [AUDIT, "/api/v1/audit.csv"] {
            let refused = staff.gets(path).await;
            assert_eq!(refused.problem(403, "forbidden").json()["needed"], "admin");
        }
    }
    city.visitor().gets(AUDIT).await.problem(401, "unauthorized");
    let tried = admin.gets(&format!("{AUDIT}?action=see-audit&result=forbidden")).await;
    assert_eq!(tried.each("who"), ["見本 次郎", "見本 次郎", "見本 太郎", "見本 太郎"]);
    city.close().await;
}

/// The sum that the export is to be held to, done from what is exported alone.
fn hash(line: &csv::StringRecord) -> String {
    let text = |column: usize| line.get(column).filter(|text| !text.is_empty()).map(str::to_owned);
    let number = |column: usize| text(column).map(|number| number.parse::<i64>().unwrap());
    let at: jiff::Timestamp = line[1].parse().unwrap();
    let parts = json!([
        number(0),
        at.as_millisecond(),
        text(2),
        text(3),
        text(4),
        number(5),
        text(6),
        text(7),
        text(8),
        text(10)
    ]);
    Sha256::digest(parts.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn the_export_holds_every_entry_and_can_be_checked_by_anybody() {
    let city = City::open().await;
    let admin = city.staff("dx", "admin", "管理 \"花子\"").await;
    let export = admin.gets("/api/v1/audit.csv?encoding=utf-8-bom").await;
    export.is(200).says("content-disposition", "attachment; filename=\"audit.csv\"");
    assert_eq!(export.media_type(), "text/csv");
    let text = export.text().strip_prefix('\u{feff}').unwrap();
    let mut previous = "0".repeat(64);
    let lines: Vec<_> =
        csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).collect();
    for line in &lines {
        assert_eq!(line[10], previous);
        assert_eq!(line[9], hash(line), "{line:?}");
        line[9].clone_into(&mut previous);
    }
    assert_eq!(lines.len() as u64, admin.gets(AUDIT).await.json()["total"].as_u64().unwrap());
    let some = admin.gets("/api/v1/audit.csv?action=create-token").await;
    assert_eq!(some.is(200).text().lines().count(), 2);
    admin.gets("/api/v1/audit.csv?encoding=cp932").await.problem(400, "bad-parameter");
    city.close().await;
}

#[tokio::test]
async fn those_who_act_at_once_make_one_chain() {
    let city = City::open().await;
    let admin = city.staff("dx", "admin", "管理 花子").await;
    let acts = (0..20).map(|number| {
        let new = json!({"name": format!("見本 {number}"), "department": "mihon", "role": "editor"});
        let admin = &admin;
        async move { admin.tells("/api/v1/tokens", &new).await.status() }
    });
    assert_eq!(futures_util::future::join_all(acts).await, [201; 20]);
    city.types(&["audit", "verify"]).await.exits(0);
    city.close().await;
}

#[tokio::test]
async fn a_chain_that_holds_is_said_to_and_a_broken_one_names_its_first_link() {
    let city = City::open().await;
    city.token("dx", "admin", "管理 花子").await;
    city.types(&["audit", "verify"]).await.exits(0);
    let data = city.close().await;

    let settings = crate::keeping::settings(data.path());
    let url = settings.into_iter().find(|(name, _)| *name == "HIYORI_DATABASE_URL").map(|(_, url)| url);
    let url = url.unwrap_or_else(|| format!("sqlite://{}", data.path().join("hiyori.sqlite").display()));
    let database = sea_orm::Database::connect(url).await.unwrap();
    let forged = "UPDATE catalog_audit SET who = 'somebody else' WHERE id = 2";
    sea_orm::ConnectionTrait::execute_unprepared(&database, forged).await.unwrap();
    database.close().await.unwrap();

    let city = City::opening().on(data).open().await;
    city.types(&["audit", "verify"]).await.exits(1).says("audit entry 2 of 20");
    city.types(&["verify"]).await.exits(1).says("audit entry 2 of 20");
    city.close().await;
}
