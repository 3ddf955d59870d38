#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;
use crate::dataset::Metadata;
use crate::publish;
use crate::search::{Document, DocumentKind, Facts, Question, Shown, Tier, Within, fold};
use crate::store;
use crate::store::search::Registry;
use crate::testing::{TABLE, Town, metadata, slug};
use crate::{Actor, backup, restore};

fn search(q: &str) -> Search {
    Search {
        question: Question::read(q),
        kinds: Kinds::ALL,
        within: Within::default(),
        after: None,
        limit: 100,
    }
}

/// What is found, in order: names of documents, and of rows also their places.
async fn finds(store: &Store, q: &str) -> Vec<String> {
    found(store, &search(q)).await
}

async fn found(store: &Store, search: &Search) -> Vec<String> {
    let named = |item: Item| match item.row {
        Some(row) => format!("{}/{}", item.name, row.number),
        None => item.name,
    };
    page(store, search).await.unwrap().items.into_iter().map(named).collect()
}

/// The page that `search` asks for.
async fn page(store: &Store, search: &Search) -> Result<Findings, CatalogError> {
    find(store, search).await.map(|findings| (*findings).clone())
}

async fn follow(town: &Town) -> u64 {
    rows::catch_up(&town.store, &town.schemas, u64::MAX).await.unwrap().put
}

async fn withdraw(town: &Town, name: &str) {
    publish::withdraw(&town.store, &Actor::Operator, &slug(name), "見本").await.unwrap();
}

#[tokio::test]
async fn a_publication_is_found_in_the_moment_it_is_made_and_its_rows_follow() {
    let town = Town::open().await;
    assert_eq!(finds(&town.store, "toilets").await, [""; 0]);
    town.publishes("toilets", TABLE).await.unwrap();
    assert_eq!(finds(&town.store, "TOILETS").await, ["toilets"]);
    assert_eq!(finds(&town.store, "二号").await, [""; 0], "its rows are not there yet");

    assert_eq!(follow(&town).await, 1);
    assert_eq!(finds(&town.store, "二号").await, ["toilets/2"]);
    assert_eq!(finds(&town.store, "見本二号 20").await, ["toilets/2"], "in two cells of one row");
    assert_eq!(finds(&town.store, "号2").await, [""; 0], "no word reaches over two cells");
    assert_eq!(finds(&town.store, "見本 -二号").await, ["toilets", "toilets/1"]);
    assert_eq!(finds(&town.store, "名称").await, ["toilets"], "by the name of a column");
    assert_eq!(follow(&town).await, 0, "what is there is not put in again");
}

#[tokio::test]
async fn a_row_says_where_it_stands() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    follow(&town).await;
    let item = page(&town.store, &search("二号")).await.unwrap().items.remove(0);
    let row = RowItem { revision: 1, number: 2, key: "2".to_owned(), field: Some("名称".to_owned()) };
    assert_eq!((item.row, item.title.as_str(), item.found_in), (Some(row), "【見本】toilets", None));
    let marked: Vec<_> =
        item.snippet.iter().filter(|part| part.is_found).map(|part| part.text.as_str()).collect();
    assert_eq!(marked, ["二号"]);
}

#[tokio::test]
async fn the_rows_of_an_earlier_revision_are_gone_before_the_new_ones_are_there() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    follow(&town).await;
    town.publishes("toilets", "名称,数\r\n見本三号,3\r\n").await.unwrap();
    assert_eq!(finds(&town.store, "二号").await, [""; 0]);
    assert_eq!(follow(&town).await, 1);
    assert_eq!(finds(&town.store, "三号").await, ["toilets/1"]);
    let row = page(&town.store, &search("三号")).await.unwrap().items.remove(0).row.unwrap();
    assert_eq!(row.revision, 2);
    withdraw(&town, "toilets").await;
    assert_eq!(finds(&town.store, "三号").await, [""; 0]);
    assert_eq!(finds(&town.store, "toilets").await, [""; 0]);
    follow(&town).await;
    assert_eq!(store::search::rows_kept(town.store.database()).await.unwrap(), 0, "nothing is left of them");
}

#[tokio::test]
async fn what_two_servers_put_in_at_once_is_there_once() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    let other = Store::open(&town.place).await.unwrap();
    let (one, two) = tokio::join!(follow(&town), rows::catch_up(&other, &town.schemas, u64::MAX));
    assert_eq!(one + two.unwrap().put, 1);
    assert_eq!(finds(&other, "二号").await, ["toilets/2"]);
    assert_eq!(finds(&town.store, "二号").await, ["toilets/2"]);
}

#[tokio::test]
async fn what_another_server_changes_is_known_with_the_next_question() {
    let town = Town::open().await;
    let other = Store::open(&town.place).await.unwrap();
    assert_eq!(finds(&other, "toilets").await, [""; 0]);
    town.publishes("toilets", TABLE).await.unwrap();
    assert_eq!(finds(&other, "toilets").await, ["toilets"]);
    assert_eq!(suggest(&other, "名", 10).await.unwrap(), []);
    follow(&town).await;
    assert_eq!(suggest(&other, "名", 10).await.unwrap()[0].text, "名称");
    withdraw(&town, "toilets").await;
    assert_eq!(finds(&other, "toilets").await, [""; 0]);
    assert_eq!(suggest(&other, "名", 10).await.unwrap(), []);
}

#[tokio::test]
async fn pages_hold_everything_once_documents_first() {
    let town = Town::open().await;
    for number in 0..5 {
        let file: String = (0..7).map(|row| format!("見本{row}\r\n")).collect();
        town.publishes(&format!("table-{number}"), &format!("名称\r\n{file}")).await.unwrap();
    }
    follow(&town).await;
    let whole = finds(&town.store, "見本").await;
    assert_eq!(whole.len(), 5 + 35);
    for limit in [1, 3, 7, 39, 40, 41] {
        let mut paged = Vec::new();
        let mut asked = Search { limit, ..search("見本") };
        loop {
            let page = page(&town.store, &asked).await.unwrap();
            assert_eq!((page.totals.datasets, page.totals.rows, page.totals.more_rows), (5, 35, false));
            paged.extend(found(&town.store, &asked).await);
            assert!(page.items.len() <= limit as usize);
            match page.next {
                Some(next) => asked.after = Some(next),
                None => break,
            }
        }
        assert_eq!(paged, whole, "{limit} at a time");
    }
    let next = page(&town.store, &Search { limit: 1, ..search("見本") }).await.unwrap().next;
    let other = page(&town.store, &Search { after: next, ..search("名称") }).await;
    assert!(matches!(other, Err(CatalogError::BadCursor(_))));
}

#[tokio::test]
async fn of_very_many_rows_some_are_counted_and_all_can_be_reached() {
    let town = Town::open().await;
    let file: String = (0..1_500).map(|row| format!("見本{row}\r\n")).collect();
    town.publishes("many", &format!("名称\r\n{file}")).await.unwrap();
    town.publishes("other", TABLE).await.unwrap();
    follow(&town).await;
    let rows_only = Kinds { datasets: false, initiatives: false, reports: false, rows: true };
    let mut asked = Search { kinds: rows_only, ..search("見本") };
    let first = page(&town.store, &asked).await.unwrap();
    assert_eq!(
        (first.totals.datasets, first.totals.rows >= ROWS_COUNTED_MAX, first.totals.more_rows),
        (0, true, true)
    );
    let mut reached = 0;
    loop {
        let page = page(&town.store, &asked).await.unwrap();
        reached += page.items.len();
        match page.next {
            Some(next) => asked.after = Some(next),
            None => break,
        }
    }
    assert_eq!(reached, 1_502);

    // Of one dataset only, although the other's rows stand before its own.
    withdraw(&town, "many").await;
    let asked = Search { kinds: rows_only, ..search("見本") };
    assert_eq!(found(&town.store, &asked).await, ["other/1", "other/2"]);
}

#[tokio::test]
async fn a_catalog_that_was_put_back_is_searched_anew() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    town.drafts("secret").await;
    follow(&town).await;
    let to = tempfile::tempdir().unwrap();
    backup::backup(&town.store, &to.path().join("copy")).await.unwrap();
    let copy = restore::Backup::open(&to.path().join("copy")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let place = store::Place::in_folder(folder.path());
    restore::finish(&restore::begin(&place, &copy).await.unwrap(), &copy).await.unwrap();

    let again = Store::open(&place).await.unwrap();
    assert_eq!(finds(&again, "toilets").await, ["toilets"]);
    assert_eq!(finds(&again, "secret").await, [""; 0]);
    assert_eq!(rows::catch_up(&again, &town.schemas, u64::MAX).await.unwrap().put, 1);
    assert_eq!(finds(&again, "二号").await, ["toilets/2"]);
}

#[tokio::test]
async fn another_edition_of_the_index_is_made_anew() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    follow(&town).await;
    town.by_hand("UPDATE search_state SET value = 0 WHERE name = 'datasets'").await;
    town.by_hand("UPDATE search_block SET edition = 0").await;
    town.by_hand("DELETE FROM search_grams").await;
    let again = Store::open(&town.place).await.unwrap();
    assert_eq!(finds(&again, "toilets").await, ["toilets"]);
    assert_eq!(finds(&again, "二号").await, [""; 0]);
    assert_eq!(rows::catch_up(&again, &town.schemas, u64::MAX).await.unwrap().put, 1);
    assert_eq!(finds(&again, "二号").await, ["toilets/2"]);
}

#[tokio::test]
async fn what_was_left_by_somebody_who_was_cut_off_is_begun_anew() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    follow(&town).await;
    town.by_hand("UPDATE search_block SET state = 'filling'").await;
    let caught = rows::catch_up(&town.store, &town.schemas, u64::MAX).await.unwrap();
    assert_eq!(caught, rows::Caught { put: 0, is_waiting: true }, "somebody may still be at it");
    town.by_hand("UPDATE search_block SET touched_ms = touched_ms - 61000").await;
    assert_eq!(follow(&town).await, 1);
    assert_eq!(finds(&town.store, "二号").await, ["toilets/2"]);
}

#[tokio::test]
async fn the_title_counts_more_than_keywords_and_so_on_down_to_columns() {
    let town = Town::open().await;
    let plain =
        |name: &str| Metadata { title: format!("【見本】{name}"), keywords: vec![], ..metadata(name) };
    let of = [
        ("in-title", Metadata { title: "【見本】椋鳥".to_owned(), ..plain("a") }, TABLE),
        ("in-keywords", Metadata { keywords: vec!["椋鳥".to_owned()], ..plain("b") }, TABLE),
        ("in-words", Metadata { description: "椋鳥の表。".to_owned(), ..plain("c") }, TABLE),
        ("in-columns", plain("d"), "椋鳥,数\r\n一,1\r\n"),
        ("in-rows", plain("e"), "名称,数\r\n椋鳥,1\r\n"),
    ];
    for (name, metadata, file) in of {
        town.publishes_with(name, file, metadata).await.unwrap();
    }
    follow(&town).await;
    let order = ["in-title", "in-keywords", "in-words", "in-columns", "in-rows/1"];
    assert_eq!(finds(&town.store, "椋鳥").await, order);
}

#[tokio::test]
async fn what_finds_nothing_may_have_been_meant_otherwise() {
    let town = Town::open().await;
    let named = Metadata { title: "【見本】公衆トイレ一覧".to_owned(), ..metadata("toilets") };
    town.publishes_with("toilets", TABLE, named).await.unwrap();
    town.drafts("secret-things").await;
    let meant = async |q: &str| page(&town.store, &search(q)).await.unwrap().did_you_mean;
    assert_eq!(meant("公衆トレイ 見本").await.as_deref(), Some("公衆トイレ 見本"));
    assert_eq!(meant("公衆トイレ").await, None);
    assert_eq!(meant("secret-thing").await, None, "a draft is nothing that anybody means");
    assert_eq!(meant("秘密").await, None);
}

/// One document of each text, in place of what was there.
async fn put_texts(store: &Store, texts: &[Vec<String>]) {
    let write = store.writing().await.unwrap();
    for (number, texts) in texts.iter().enumerate() {
        let document = Document {
            kind: DocumentKind::Report,
            name: format!("{number}"),
            shown: Shown::ToAll,
            facts: Facts::default(),
            texts: vec![(Tier::Description, texts.clone())],
        };
        store::search::put(&write, &document).await.unwrap();
    }
    write.commit().await.unwrap();
}

#[tokio::test]
async fn whatever_memory_may_take_the_same_is_found() {
    let town = Town::open().await;
    for name in ["toilets", "shelters"] {
        town.publishes(name, TABLE).await.unwrap();
    }
    town.drafts("secret").await;
    follow(&town).await;
    let small = Store::open(&town.place).await.unwrap();
    small.bound_search(0);
    for q in ["", "見本", "見本 -toilets", "toilet", "名称", "二号", "secret", "shelterz"] {
        assert_eq!(
            page(&small, &search(q)).await.unwrap(),
            page(&town.store, &search(q)).await.unwrap(),
            "{q}"
        );
    }
    assert!(town.store.known().read(Registry::knows_words) && !small.known().read(Registry::knows_words));
}

#[test]
fn what_is_found_is_what_contains_the_words() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let town = runtime.block_on(Town::open());
    let text = || prop::collection::vec("[避難所公園トイレa1ー\\- ・\"']{0,8}", 1..3);
    let word = "-?[避難所公園トイレa1ー\"']{1,3}";
    let asked = (prop::collection::vec(text(), 12), prop::collection::vec(word, 1..4));
    proptest!(ProptestConfig { cases: 150, ..ProptestConfig::default() }, |((texts, words) in asked)| {
        let q = words.join(" ");
        let question = Question::read(&q);
        let expected: Vec<String> = texts
            .iter()
            .enumerate()
            .filter(|(_, texts)| question.holds_in(&fold(texts.iter().map(String::as_str))))
            .map(|(number, _)| number.to_string())
            .collect();
        let mut found = runtime.block_on(async {
            put_texts(&town.store, &texts).await;
            let asked = Search { kinds: Kinds { rows: false, ..Kinds::ALL }, ..search(&q) };
            found(&town.store, &asked).await
        });
        found.sort_by_key(|name| name.parse::<usize>().unwrap());
        prop_assert_eq!(found, expected, "{}", q);
    });
}
