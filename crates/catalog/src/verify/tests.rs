#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;

use super::*;
use crate::testing::{TABLE, Town};

#[tokio::test]
async fn a_whole_catalog_has_no_faults() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    let verdict = verify(&town.store).await.unwrap();
    assert_eq!(verdict.faults, []);
    assert_eq!(verdict.files, town.kept_files());
    assert_eq!(verdict.bytes, TABLE.len() as u64); // as it came and canonical, which are the same bytes
}

#[tokio::test]
async fn a_damaged_and_a_missing_file_are_named() {
    let town = Town::open().await;
    let damaged = town.publishes("toilets", TABLE).await.unwrap().revision.sha256;
    let missing = town.publishes("parks", "名称\r\n見本公園\r\n").await.unwrap().revision.sha256;
    fs::write(town.file_of(&damaged), TABLE.replace("20", "21")).unwrap();
    fs::remove_file(town.file_of(&missing)).unwrap();
    let faults = verify(&town.store).await.unwrap().faults;
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(
        faults.contains(&Fault::Damaged(damaged)) && faults.contains(&Fault::Missing(missing)),
        "{faults:?}"
    );
}

#[tokio::test]
async fn a_pointer_that_leads_nowhere_is_named() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    town.by_hand("UPDATE catalog_dataset SET current = 7").await;
    town.by_hand("DELETE FROM catalog_report").await;
    let faults: Vec<_> = verify(&town.store).await.unwrap().faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "dataset `toilets` revision 7: it is the current one and is not there, or is not published",
            "dataset `toilets` revision 1: it has no report",
        ]
    );
}
