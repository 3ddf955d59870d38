#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that failed")]

use futures_util::TryStreamExt;

use super::*;
use crate::distribution::Format;
use crate::publish::withdraw;
use crate::testing::{TABLE, Town, slug};
use crate::{Actor, follow};

const SECOND: &str = "名称,数\r\n見本三号,36.40\r\n";

async fn rows(town: &Town, which: Which) -> Result<Rows, CatalogError> {
    find(&town.store, &town.schemas, &slug("toilets"), which).await?.rows(&town.store).await
}

async fn items(town: &Town, which: Which) -> Result<String, CatalogError> {
    Ok(rows(town, which).await?.page(&Ask::default()).await?.items)
}

#[tokio::test]
async fn rows_are_there_as_soon_as_a_revision_is_published() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    let first = items(&town, Which::Current).await.unwrap();
    assert_eq!(first, "{\"名称\":\"見本一号\",\"数\":\"1\"},\n{\"名称\":\"見本二号\",\"数\":\"20\"}");
    town.publishes("toilets", SECOND).await.unwrap();
    assert_eq!(items(&town, Which::Current).await.unwrap(), "{\"名称\":\"見本三号\",\"数\":\"36.40\"}");
    assert_eq!(items(&town, Which::Number(1)).await.unwrap(), first);
    let now = Which::At("2999-01-01".parse().unwrap());
    assert_eq!(rows(&town, now).await.unwrap().revision().number, 2);
}

#[tokio::test]
async fn what_is_not_published_has_no_rows() {
    let town = Town::open().await;
    assert!(matches!(items(&town, Which::Current).await, Err(CatalogError::NoSuchDataset(_))));
    town.drafts("toilets").await;
    assert!(matches!(items(&town, Which::Current).await, Err(CatalogError::NoSuchDataset(_))));
    town.publishes("toilets", TABLE).await.unwrap();
    assert!(matches!(items(&town, Which::Number(2)).await, Err(CatalogError::NoSuchRevision { .. })));
    items(&town, Which::Current).await.unwrap();
    withdraw(&town.store, &Actor::Operator, &slug("toilets"), "見本").await.unwrap();
    assert!(matches!(items(&town, Which::Current).await, Err(CatalogError::Withdrawn { .. })));
    assert!(matches!(items(&town, Which::Number(1)).await, Err(CatalogError::Withdrawn { .. })));
}

#[tokio::test]
async fn a_page_says_where_the_next_one_begins() {
    let town = Town::open().await;
    let csv = "名称\r\n".to_owned() + &(1..=5).map(|it| format!("見本{it}\r\n")).collect::<String>();
    town.publishes("toilets", &csv).await.unwrap();
    let rows = rows(&town, Which::Current).await.unwrap();
    let ask = |after, limit| Ask { after, limit: Some(limit), wants_total: true, ..Ask::default() };
    let page = rows.page(&ask(None, 2)).await.unwrap();
    assert_eq!(page.items, "{\"名称\":\"見本1\"},\n{\"名称\":\"見本2\"}");
    assert_eq!((page.count, page.total, page.last), (2, Some(5), Some(2)));
    let page = rows.page(&ask(Some(2), 3)).await.unwrap();
    assert_eq!((page.count, page.total, page.last), (3, Some(5), None));
    let lines = rows.lines(&ask(Some(4), 2)).await.unwrap();
    let found: Vec<_> =
        lines.rows.iter().map(|line| (line.number, line.key.as_str(), line.csv.as_str())).collect();
    assert_eq!((found, lines.last), (vec![(5, "5", "見本5")], None));
}

#[tokio::test]
async fn all_rows_come_in_pieces_and_are_those_of_the_files() {
    let town = Town::open().await;
    let csv = "名称,備考\r\n".to_owned()
        + &(1..=6_000).map(|it| format!("見本{it},\"a,{}\"\r\n", "備".repeat(it % 50))).collect::<String>();
    let published = town.publishes("toilets", &csv).await.unwrap();
    follow::at_once(&town.store, &town.schemas, &slug("toilets"), &published.revision).await;
    let rows = rows(&town, Which::Current).await.unwrap();
    let text = async |ready| {
        let pieces: Vec<bytes::Bytes> = rows.stream(Ask::default(), ready).try_collect().await.unwrap();
        assert!(pieces.len() > 3);
        String::from_utf8(pieces.concat()).unwrap()
    };
    assert_eq!("名称,備考\r\n".to_owned() + &text(Ready::Csv).await, csv);
    let json = text(Ready::Json).await;
    let revision = find(&town.store, &town.schemas, &slug("toilets"), Which::Current).await.unwrap();
    let form =
        revision.revision.distributions.iter().find(|form| form.format == Format::Json).unwrap().sha256;
    let download = String::from_utf8(town.downloads(&form).await.unwrap()).unwrap();
    assert_eq!(format!("[\n{}\n]\n", json.trim_end().replace('\n', ",\n")), download);
    let few = Ask { limit: Some(1_001), ..Ask::default() };
    let lines: Vec<Vec<Line>> = rows.stream_lines(few).try_collect().await.unwrap();
    assert_eq!(lines.concat().len(), 1_001);
}

#[tokio::test]
async fn what_another_program_publishes_is_seen_soon() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    let other = Store::open(&town.place).await.unwrap();
    let number = async || {
        let subject = find(&other, &town.schemas, &slug("toilets"), Which::Current).await.unwrap();
        subject.revision.number
    };
    assert_eq!(number().await, 1);
    town.publishes("toilets", SECOND).await.unwrap();
    let seen = async {
        while number().await == 1 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), seen).await.unwrap();
}
