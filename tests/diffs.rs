//! Somebody asks what changed: as JSON, as a CSV of everything, and as a page.

use std::path::Path;

use crate::city::{City, Visitor};
use crate::desk::Desk;
use crate::terminal::hiyori;

const PATH: &str = "/api/v1/datasets/shelters";

/// Publishes `csv` as the next revision of `shelters`.
async fn publishes(desk: &Desk, data: &Path, csv: &str) {
    let folder = desk.dataset("shelters", "", csv);
    let data = data.to_owned();
    let publishing = tokio::task::spawn_blocking(move || {
        hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), data.as_os_str()]).exits(0);
    });
    publishing.await.unwrap();
}

/// A city in which `shelters` has two revisions.
async fn city_with(before: &str, after: &str) -> (City, Visitor) {
    let desk = Desk::of_a_city();
    desk.dataset("shelters", "", before);
    let city = City::opening().loading(desk.path()).open().await;
    publishes(&desk, city.data(), after).await;
    let visitor = city.visitor();
    (city, visitor)
}

const BEFORE: &str =
    "名称,住所,収容人数\r\n見本小学校,見本町1,100\r\n見本中学校,見本町2,200\r\n見本公民館,見本町3,50\r\n";
const AFTER: &str = "名称,住所,収容人数,備考\r\n見本中学校,見本町2,250,\r\n見本小学校,見本町1,100,\r\n\"見本,体育館\",見本町4,80,新設\r\n";

#[tokio::test]
async fn what_changed_is_told_row_by_row_and_cell_by_cell() {
    let (city, visitor) = city_with(BEFORE, AFTER).await;
    let diff = visitor.gets(&format!("{PATH}/diff")).await.is(200).json();
    assert_eq!((&diff["from"], &diff["to"], &diff["truncated"]), (&1.into(), &2.into(), &false.into()));
    assert_eq!(diff["key"], serde_json::json!(["名称", "住所"]));
    assert_eq!(diff["counts"], serde_json::json!({"added": 1, "removed": 1, "changed": 1, "unchanged": 1}));
    assert_eq!(diff["columns"], serde_json::json!({"added": ["備考"], "removed": []}));
    assert_eq!(
        diff["rows"],
        serde_json::json!([
            {"change": "changed", "key": ["見本中学校", "見本町2"], "row_before": 3, "row_after": 2,
             "cells": [{"field": "収容人数", "before": "200", "after": "250"}]},
            {"change": "added", "key": ["見本,体育館", "見本町4"], "row_before": null, "row_after": 4,
             "cells": [{"field": "名称", "before": null, "after": "見本,体育館"},
                       {"field": "住所", "before": null, "after": "見本町4"},
                       {"field": "収容人数", "before": null, "after": "80"},
                       {"field": "備考", "before": null, "after": "新設"}]},
            {"change": "removed", "key": ["見本公民館", "見本町3"], "row_before": 4, "row_after": null,
             "cells": [{"field": "名称", "before": "見本公民館", "after": null},
                       {"field": "住所", "before": "見本町3", "after": null},
                       {"field": "収容人数", "before": "50", "after": null}]},
        ])
    );
    let back = visitor.gets(&format!("{PATH}/diff?from=2&to=1")).await.is(200).json();
    assert_eq!(back["columns"]["removed"][0], "備考");
    let same = visitor.gets(&format!("{PATH}/diff?from=2&to=2")).await.is(200).json();
    assert_eq!((&same["counts"]["unchanged"], &same["rows"]), (&3.into(), &serde_json::json!([])));
    city.close().await;
}

#[tokio::test]
async fn the_csv_has_a_line_for_every_change_and_the_page_shows_them() {
    let (city, visitor) = city_with(BEFORE, AFTER).await;
    let csv = visitor.gets(&format!("{PATH}/diff.csv?from=1&to=2")).await;
    csv.is(200).says("content-type", "text/csv; charset=utf-8");
    csv.says("content-disposition", "attachment; filename=\"shelters-1-2-diff.csv\"");
    assert_eq!(
        csv.text(),
        "change,key,row_before,row_after,field,before,after\r\n\
         changed,見本中学校;見本町2,3,2,収容人数,200,250\r\n\
         added,\"見本,体育館;見本町4\",,4,,,\"{\"\"名称\"\":\"\"見本,体育館\"\",\"\"住所\"\":\"\"見本町4\"\",\"\"収容人数\"\":\"\"80\"\",\"\"備考\"\":\"\"新設\"\"}\"\r\n\
         removed,見本公民館;見本町3,4,,,\"{\"\"名称\"\":\"\"見本公民館\"\",\"\"住所\"\":\"\"見本町3\"\",\"\"収容人数\"\":\"\"50\"\"}\",\r\n"
    );
    let reader = visitor.clone().taking("text/html,*/*;q=0.8");
    let page = reader.gets(&format!("{PATH}/diff")).await;
    assert_eq!(page.is(200).media_type(), "text/html");
    for shown in ["第1版から第2版への変更", "<del>200</del>", "<ins>250</ins>", "追加", "削除"]
    {
        assert!(page.text().contains(shown), "{shown}\n{}", page.text());
    }
    for answer in [visitor.gets(&format!("{PATH}/diff")).await, csv] {
        let path = if answer.media_type() == "text/csv" { "diff.csv" } else { "diff" };
        visitor.clone().knowing(answer.tag()).gets(&format!("{PATH}/{path}")).await.is(304);
    }
    city.close().await;
}

#[tokio::test]
async fn a_long_difference_is_cut_in_the_json_and_whole_in_the_csv() {
    let rows = |number: std::ops::Range<u32>, count: &str| -> String {
        let rows = number.map(|number| format!("見本{number},見本町{number},{count}\r\n"));
        std::iter::once("名称,住所,収容人数\r\n".to_owned()).chain(rows).collect()
    };
    let (city, visitor) = city_with(&rows(0..1_500, "1"), &rows(0..1_500, "2")).await;
    let diff = visitor.gets(&format!("{PATH}/diff")).await.is(200).json();
    assert_eq!(diff["counts"]["changed"], 1_500);
    assert_eq!((diff["rows"].as_array().unwrap().len(), &diff["truncated"]), (1_000, &true.into()));
    let csv = visitor.gets(&format!("{PATH}/diff.csv")).await;
    assert_eq!(csv.is(200).text().lines().count(), 1_501);
    city.close().await;
}

#[tokio::test]
async fn only_what_there_is_is_compared() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let path = "/api/v1/datasets/sample-aed";
    let first = visitor.gets(&format!("{path}/diff")).await.is(200).json();
    assert_eq!(
        (&first["from"], &first["counts"]["changed"]),
        (&1.into(), &0.into()),
        "nothing was before it"
    );
    visitor.gets(&format!("{path}/diff?from=1&to=7")).await.problem(404, "no-such-revision");
    visitor.gets(&format!("{path}/diff?from=first")).await.problem(400, "bad-parameter");
    visitor.gets(&format!("{path}/diff.csv?form=1")).await.problem(400, "unknown-parameter");
    visitor.gets("/api/v1/datasets/nowhere/diff").await.problem(404, "no-such-dataset");
    let same = visitor.gets(&format!("{path}/diff?from=1&to=1")).await.is(200).json();
    assert_eq!(same["key"], serde_json::json!(["ID"]), "the schema's key");
}
