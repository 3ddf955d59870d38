#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::{fs, io};

use ingestion::Sha256;

use super::*;
use crate::browse::{self, Query};
use crate::distribution::Format;
use crate::testing::{TABLE, Town, metadata, offer, slug};

const WITH_AN_ERROR: &str = "名称,数\r\n見本\u{0}一号,1\r\n";

#[tokio::test]
async fn what_is_published_is_read_back_byte_for_byte() {
    let town = Town::open().await;
    let published = town.publishes("toilets", TABLE).await.unwrap();
    assert_eq!(published.outcome, Outcome::Published);

    let dataset = browse::dataset(&town.store, None, &slug("toilets")).await.unwrap();
    assert_eq!(dataset, published.dataset);
    assert_eq!(dataset.issued, Some(dataset.modified));
    let revision = browse::revision(&town.store, None, &slug("toilets"), 1).await.unwrap();
    assert_eq!(Some(&revision), dataset.current.as_ref());
    assert_eq!((revision.rows, revision.made_by.as_str()), (2, "operator"));
    assert_eq!(revision.sha256, Sha256::of(TABLE.as_bytes()));
    assert_eq!(town.downloads(&revision.sha256).await.unwrap(), TABLE.as_bytes());
    assert_eq!(browse::report(&town.store, None, &slug("toilets"), 1).await.unwrap(), published.report);
    for form in &revision.distributions {
        assert_eq!(town.downloads(&form.sha256).await.unwrap().len() as u64, form.bytes);
    }
    let formats: Vec<_> = revision.distributions.iter().map(|form| form.format).collect();
    assert_eq!(formats, [Format::Csv]);
}

#[tokio::test]
async fn the_canonical_form_is_the_repaired_table_and_the_original_stays_as_it_came() {
    const CAME: &str = "独自の控え,名称,ID,緯度,経度,設置位置,男性トイレ総数,所在地_連結表記\r\n\
        甲, 見本一号,LL0420210001,141.301944,38.434167,見本町,２,宮城県石巻市見本町1\r\n";
    const CANONICAL: &str = "ID,名称,所在地_連結表記,設置位置,緯度,経度,男性トイレ総数,独自の控え\r\n\
        LL0420210001,見本一号,宮城県石巻市見本町1,見本町,38.434167,141.301944,2,甲\r\n";
    let town = Town::open().await;
    let schema = Some("hyojun/public_toilet".parse().unwrap());
    let published =
        town.publishes_with("toilets", CAME, Metadata { schema, ..metadata("toilets") }).await.unwrap();

    assert_eq!(published.report.counts.repair, 4, "{:?}", published.report.repairs);
    assert_eq!(town.downloads(&published.revision.sha256).await.unwrap(), CAME.as_bytes());
    let csv = published.revision.distributions.iter().find(|form| form.format == Format::Csv).unwrap();
    let canonical = String::from_utf8(town.downloads(&csv.sha256).await.unwrap()).unwrap();
    assert_eq!(canonical, CANONICAL);
}

#[tokio::test]
async fn a_file_far_from_the_city_is_told_where_its_box_is_known() {
    const FAR: &str = "全国地方公共団体コード,ID,名称,所在地_連結表記,設置位置,緯度,経度\r\n\
        042021,LL0420210001,見本,宮城県石巻市見本町1,見本町,35.68,139.77\r\n";
    let town = Town::open().await;
    let schema = Some("hyojun/public_toilet".parse().unwrap());
    let metadata = Metadata { schema, ..metadata("toilets") };
    let codes = |published: &Published| {
        published.report.findings.iter().filter(|found| found.code == ingestion::Code::OutsideCity).count()
    };
    let unknown = town.publishes_with("toilets", FAR, metadata.clone()).await.unwrap();
    assert_eq!(codes(&unknown), 0);
    let bbox = ingestion::Bbox { south: 38.2, west: 141.0, north: 38.7, east: 141.7 };
    let write = town.store.writing().await.unwrap();
    let city = crate::city::City { bbox: Some(bbox), ..crate::testing::city() };
    store::city::put(&write, &city).await.unwrap();
    write.commit().await.unwrap();
    let known = town.publishes_with("toilets", FAR, metadata).await.unwrap();
    assert_eq!(codes(&known), 1);
}

#[tokio::test]
async fn every_revision_stays_as_it_was() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    let first = browse::revision(&town.store, None, &slug("toilets"), 1).await.unwrap();
    town.publishes("toilets", "名称\r\n見本三号\r\n").await.unwrap();

    let revisions = browse::revisions(&town.store, None, &slug("toilets")).await.unwrap();
    assert_eq!(revisions.iter().map(|revision| revision.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(revisions[1], first);
    assert_eq!(town.downloads(&first.sha256).await.unwrap(), TABLE.as_bytes());
    let dataset = browse::dataset(&town.store, None, &slug("toilets")).await.unwrap();
    assert_eq!(dataset.current.unwrap().number, 2);
    assert_eq!(dataset.version, 2);
}

#[tokio::test]
async fn what_the_catalog_knows_settles_the_rules_that_no_file_settles_alone() {
    let town = Town::open().await;
    let settled = ["L1-09", "L3-02", "L3-03", "L3-07", "L3-08"];
    let judged = async |number| {
        let report = browse::report(&town.store, None, &slug("counts"), number).await.unwrap();
        let names = |rules: Vec<ingestion::readability::RuleId>| -> Vec<String> {
            rules.iter().map(ToString::to_string).filter(|id| settled.contains(&id.as_str())).collect()
        };
        (names(report.readability.failed()), names(report.readability.not_judged()))
    };
    let file = |name: &str| format!("{name},区分コード,件数\r\n甲,1,0\r\n乙,2,0\r\n丙,1,\r\n丁,1,×\r\n");
    town.publishes("counts", &file("地区")).await.unwrap();
    let (failed, not_judged) = judged(1).await;
    assert_eq!(failed, ["L1-09", "L3-02", "L3-03", "L3-08"]);
    assert_eq!(not_judged, ["L3-07"], "there is no revision before");

    let description =
        "項目は次のとおりです。空欄は未集計、「×」は秘匿です。コード表を添えています。".to_owned();
    let said = Metadata { description, ..metadata("counts") };
    town.publishes_with("counts", &file("地域"), said.clone()).await.unwrap();
    assert_eq!(judged(2).await, (vec!["L3-07".to_owned()], vec![]), "a column has another name");

    let longer = file("地域") + "戊,1,5\r\n";
    town.publishes_with("counts", &longer, said).await.unwrap();
    assert_eq!(judged(3).await, (vec![], vec![]));
}

#[tokio::test]
async fn the_same_bytes_and_words_change_nothing() {
    let town = Town::open().await;
    let first = town.publishes("toilets", TABLE).await.unwrap();
    let (change, audit) = (town.store.change().await.unwrap(), town.audit().await);

    let second = town.publishes("toilets", TABLE).await.unwrap();
    assert_eq!(second.outcome, Outcome::Unchanged);
    assert_eq!((second.dataset, second.revision), (first.dataset, first.revision));
    assert_eq!(town.store.change().await.unwrap(), change);
    assert_eq!(town.audit().await, audit);
}

#[tokio::test]
async fn the_same_bytes_under_new_words_are_the_same_revision() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    let change = town.store.change().await.unwrap();
    let renamed = Metadata { title: "【見本】新しい題名".to_owned(), ..metadata("toilets") };
    let second = town.publishes_with("toilets", TABLE, renamed.clone()).await.unwrap();

    assert_eq!((second.outcome, second.revision.number), (Outcome::Described, 1));
    let dataset = browse::dataset(&town.store, None, &slug("toilets")).await.unwrap();
    assert_eq!(dataset.metadata, renamed);
    assert!(town.store.change().await.unwrap() > change);
}

#[tokio::test]
async fn a_refused_file_leaves_nothing_but_one_entry_in_the_audit() {
    let town = Town::open().await;
    let refusal = town.publishes("toilets", WITH_AN_ERROR).await.unwrap_err();
    let CatalogError::Refused(report) = refusal else { panic!("{refusal}") };
    assert_eq!(report.counts.error, 1);

    assert!(matches!(
        browse::dataset(&town.store, None, &slug("toilets")).await,
        Err(CatalogError::NoSuchDataset(_))
    ));
    assert_eq!(town.kept_files(), 0);
    assert_eq!(fs::read_dir(&town.place.work).unwrap().count(), 0);
    assert_eq!(town.audit().await, [("publish".into(), "toilets".into(), "findings".into())]);
}

#[tokio::test]
async fn a_refused_file_leaves_the_revision_before_it_as_it_is() {
    let town = Town::open().await;
    let first = town.publishes("toilets", TABLE).await.unwrap();
    let change = town.store.change().await.unwrap();
    town.publishes("toilets", WITH_AN_ERROR).await.unwrap_err();
    assert_eq!(browse::dataset(&town.store, None, &slug("toilets")).await.unwrap(), first.dataset);
    assert_eq!(town.store.change().await.unwrap(), change);
}

#[tokio::test]
async fn words_that_are_on_no_list_are_refused_by_name() {
    let town = Town::open().await;
    let good = metadata("toilets");
    let refused =
        async |metadata: Metadata| town.publishes_with("toilets", TABLE, metadata).await.unwrap_err();
    for (metadata, message) in [
        (Metadata { theme: Some("weather".into()), ..good.clone() }, "theme `weather` is not on the list"),
        (
            Metadata { frequency: Some("often".into()), ..good.clone() },
            "frequency `often` is not on the list",
        ),
        (
            Metadata { schema: Some("hyojun/weather".parse().unwrap()), ..good.clone() },
            "schema `hyojun/weather` is not on the list",
        ),
    ] {
        assert_eq!(refused(metadata).await.to_string(), message);
    }
    let elsewhere = Offer { department: slug("elsewhere"), ..offer("toilets", TABLE, good) };
    let refusal = publish(&town.store, &town.schemas, &Actor::Operator, elsewhere).await.unwrap_err();
    assert_eq!(refusal.to_string(), "there is no department `elsewhere`");
    assert_eq!(town.kept_files(), 0);
}

#[tokio::test]
async fn a_file_that_stops_being_readable_is_a_fault_and_no_verdict() {
    struct Torn;
    impl Read for Torn {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable"))
        }
    }
    let town = Town::open().await;
    let torn = Offer { input: Box::new(Torn), ..offer("toilets", "", metadata("toilets")) };
    let fault = publish(&town.store, &town.schemas, &Actor::Operator, torn).await.unwrap_err();
    assert!(matches!(fault, CatalogError::Disk(_)), "{fault}");
    assert_eq!(town.audit().await, []);
}

#[tokio::test]
async fn a_file_name_is_kept_without_control_characters() {
    let town = Town::open().await;
    let odd =
        Offer { file_name: "見本\u{0}\r\n.csv".into(), ..offer("toilets", TABLE, metadata("toilets")) };
    let published = publish(&town.store, &town.schemas, &Actor::Operator, odd).await.unwrap();
    assert_eq!(published.revision.file_name, "見本.csv");
}

#[tokio::test]
async fn what_is_withdrawn_answers_why_on_every_path_and_keeps_its_bytes() {
    let town = Town::open().await;
    let published = town.publishes("toilets", TABLE).await.unwrap();
    withdraw(&town.store, &Actor::Operator, &slug("toilets"), "誤りがあったため").await.unwrap();

    let toilets = slug("toilets");
    let answers = [
        browse::dataset(&town.store, None, &toilets).await.map(drop),
        browse::revisions(&town.store, None, &toilets).await.map(drop),
        browse::revision(&town.store, None, &toilets, 1).await.map(drop),
        browse::report(&town.store, None, &toilets, 1).await.map(drop),
        town.publishes("toilets", TABLE).await.map(drop),
        withdraw(&town.store, &Actor::Operator, &toilets, "もう一度").await.map(drop),
    ];
    for answer in answers {
        let Err(CatalogError::Withdrawn { tombstone, .. }) = answer else { panic!("{answer:?}") };
        assert_eq!((tombstone.by.as_str(), tombstone.reason.as_str()), ("operator", "誤りがあったため"));
    }
    assert_eq!(town.finds(&Query::default()).await, (vec![], 0));
    assert_eq!(town.downloads(&published.revision.sha256).await.unwrap(), TABLE.as_bytes());
}

#[tokio::test]
async fn only_what_is_published_can_be_withdrawn() {
    let town = Town::open().await;
    town.drafts("plans").await;
    for name in ["plans", "nothing"] {
        let refusal = withdraw(&town.store, &Actor::Operator, &slug(name), "間違い").await.unwrap_err();
        assert!(matches!(refusal, CatalogError::NoSuchDataset(_)), "{refusal}");
    }
}

#[tokio::test]
async fn the_audit_tells_who_did_what_and_what_it_changed() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    town.publishes("toilets", "名称\r\n見本三号\r\n").await.unwrap();
    let entry = crate::audit::latest(&town.store, 1).await.unwrap().remove(0);
    assert_eq!(
        (entry.who.as_str(), entry.action.as_str(), entry.result.as_str()),
        ("operator", "publish", "done")
    );
    assert_eq!(entry.revision, Some(2));
    assert_eq!(entry.before.unwrap()["revision"], 1);
    assert_eq!(entry.after.unwrap()["revision"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_publish_at_once_none_is_lost() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    for round in 0..5 {
        let before = browse::dataset(&town.store, None, &slug("toilets")).await.unwrap();
        let file = |who: &str| format!("名称\r\n見本{round}{who}\r\n");
        let (one, other) = (file("甲"), file("乙"));
        let (one, other) = tokio::join!(town.publishes("toilets", &one), town.publishes("toilets", &other));

        let mut numbers = Vec::new();
        for outcome in [one, other] {
            match outcome {
                Ok(published) => numbers.push(published.revision.number),
                Err(CatalogError::Stale { .. }) => {}
                Err(other) => panic!("{other}"),
            }
        }
        numbers.sort_unstable();
        let first = before.current.unwrap().number + 1;
        assert!(numbers == [first] || numbers == [first, first + 1], "{numbers:?} after {}", first - 1);
        let after = browse::dataset(&town.store, None, &slug("toilets")).await.unwrap();
        assert_eq!(after.version, before.version + numbers.len() as u64);
        assert_eq!(after.current.unwrap().number, *numbers.last().unwrap());
    }
}

#[tokio::test]
async fn who_read_before_another_changed_it_is_stale() {
    let town = Town::open().await;
    let read = town.publishes("toilets", TABLE).await.unwrap().dataset;
    town.publishes("toilets", "名称\r\n見本三号\r\n").await.unwrap();
    let late = offer("toilets", "名称\r\n見本四号\r\n", metadata("toilets"));
    let refusal =
        publish_over(&town.store, &town.schemas, &Actor::Operator, Some(read), late).await.unwrap_err();
    assert!(matches!(refusal, CatalogError::Stale { .. }), "{refusal}");
    assert_eq!(town.audit().await[0], ("publish".into(), "toilets".into(), "stale".into()));
}

#[tokio::test]
async fn who_thought_there_was_none_is_stale_when_there_is_one() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    let late = offer("toilets", "名称\r\n見本四号\r\n", metadata("toilets"));
    let refusal = publish_over(&town.store, &town.schemas, &Actor::Operator, None, late).await.unwrap_err();
    assert!(matches!(refusal, CatalogError::Stale { .. }), "{refusal}");
}

#[tokio::test]
async fn a_damaged_file_is_never_served_and_the_same_bytes_mend_it() {
    let town = Town::open().await;
    let name = town.publishes("toilets", TABLE).await.unwrap().revision.sha256;
    let path = town.file_of(&name);
    for damage in [TABLE.replace("20", "21"), TABLE[..TABLE.len() - 1].to_owned(), String::new()] {
        fs::write(&path, damage).unwrap();
        assert!(
            matches!(town.downloads(&name).await, Err(CatalogError::Damaged(damaged)) if damaged == name)
        );
    }
    town.publishes("toilets-again", TABLE).await.unwrap();
    assert_eq!(town.downloads(&name).await.unwrap(), TABLE.as_bytes());
}

#[tokio::test]
async fn a_missing_file_is_a_fault() {
    let town = Town::open().await;
    let never = Sha256::of(b"never kept");
    assert!(matches!(town.downloads(&never).await, Err(CatalogError::Missing(name)) if name == never));
}

#[tokio::test]
async fn acts_may_be_carried_from_thread_to_thread() {
    fn carried<F: Future + Send>(act: F) -> F {
        act
    }
    let town = Town::open().await;
    carried(town.publishes("toilets", TABLE)).await.unwrap();
    carried(browse::datasets(&town.store, None, &Query::default())).await.unwrap();
    carried(withdraw(&town.store, &Actor::Operator, &slug("toilets"), "見本")).await.unwrap();
}
