//! Pages behind one another, rows by their names, tables that come and go.

use jiff::ToSpan;

use super::super::super::now;
use super::{Kept, csv_of};
use crate::asking::{Aggregate, Ask, Function, Grouping, Order, Scalar};

/// So many rows with a name each, every third without 名称.
fn numbered(count: usize) -> Vec<Vec<String>> {
    let row = |number: usize| {
        let mut row = vec![String::new(); 9];
        row[0] = format!("A,{number}");
        if !number.is_multiple_of(3) {
            row[1] = format!("名{}", number % 5);
        }
        row[2] = (number % 4).to_string();
        row
    };
    (1..=count).map(row).collect()
}

async fn walks(kept: &Kept, table: &super::Table, mut ask: Ask) -> Vec<u64> {
    let mut all = Vec::new();
    loop {
        let page = kept.finds(table, &ask).await;
        let Some(last) = page.last() else { return all };
        ask.after = Some(*last);
        all.extend(page);
    }
}

#[tokio::test]
async fn pages_lose_no_row_and_give_none_twice() {
    let kept = Kept::in_file();
    let table = kept.loads(&csv_of(&numbered(1_100))).await;
    for columns in [vec![], vec![1], vec![2], vec![1, 2], vec![2, 1]] {
        for descending in [false, true] {
            let sort: Vec<Order> =
                columns.iter().map(|column| Order { column: *column, descending }).collect();
            let ask = Ask { sort, limit: Some(97), ..Ask::default() };
            let whole = kept.finds(&table, &Ask { limit: None, ..ask.clone() }).await;
            assert_eq!(whole.len(), 1_100);
            assert_eq!(walks(&kept, &table, ask).await, whole);
        }
    }
}

#[tokio::test]
async fn rows_are_passed_over_as_many_as_are_told() {
    let kept = Kept::in_file();
    let table = kept.loads(&csv_of(&numbered(200))).await;
    for columns in [vec![], vec![1], vec![2, 1]] {
        let sort: Vec<Order> =
            columns.iter().map(|column| Order { column: *column, descending: false }).collect();
        let ask = Ask { sort, ..Ask::default() };
        let whole = kept.finds(&table, &ask).await;
        for count in [1, 2, 66, 67, 133, 134, 135, 200] {
            let nth = kept.rows.nth(&table, &ask, count).await.unwrap();
            assert_eq!(nth, Some(whole[count as usize - 1]), "{columns:?} {count}");
        }
        assert_eq!(kept.rows.nth(&table, &ask, 201).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_row_is_found_by_its_name_and_one_without_by_its_number() {
    let kept = Kept::in_file();
    let mut rows = numbered(5);
    rows[3][0] = String::new();
    let table = kept.loads(&csv_of(&rows)).await;
    let one =
        async |name: &str| kept.rows.one(&table, name).await.unwrap().map(|line| (line.number, line.key));
    assert_eq!(one("A,2").await, Some((2, "A,2".to_owned())));
    assert_eq!(one("@4").await, Some((4, "@4".to_owned())));
    for name in ["4", "@2", "A", "", "@", "@04", "@99999999999999999999"] {
        assert_eq!(one(name).await, None, "{name}");
    }
}

#[tokio::test]
async fn what_is_in_a_column_is_known_once_it_is_loaded() {
    let kept = Kept::in_file();
    let table = kept.loads(&csv_of(&numbered(9))).await;
    let facts = &table.shape.facts[1];
    assert_eq!((facts.blank, facts.distinct), (3, Some(5)));
    assert_eq!(facts.least, Some(Scalar::Text("名0".to_owned())));
    assert_eq!(facts.greatest, Some(Scalar::Text("名4".to_owned())));
    assert_eq!(table.shape.facts[2].greatest, Some(Scalar::Integer(3)));
}

#[tokio::test]
async fn a_column_that_says_the_same_everywhere_has_one_value_and_an_empty_one_none() {
    let kept = Kept::in_file();
    let mut rows = numbered(9);
    for row in &mut rows[1..] {
        row[1] = "同じ".to_owned();
        row[2] = String::new();
    }
    (rows[0][1], rows[0][2]) = (String::new(), String::new());
    let table = kept.loads(&csv_of(&rows)).await;
    let distinct: Vec<_> =
        table.shape.facts[1..3].iter().map(|facts| (facts.blank, facts.distinct)).collect();
    assert_eq!(distinct, [(1, Some(1)), (9, Some(0))]);
}

#[tokio::test]
async fn tables_that_are_loaded_at_the_same_time_are_all_whole() {
    let kept = Kept::in_file();
    let files = [1_200, 1_201, 5].map(|count| csv_of(&numbered(count)));
    let tables = futures_util::future::join_all(files.iter().map(|csv| kept.loads(csv))).await;
    for (table, count) in tables.iter().zip([1_200, 1_201, 5]) {
        assert_eq!(kept.rows.total(table, &Ask::default()).await.unwrap(), count);
    }
}

#[tokio::test]
async fn groups_are_counted_and_blanks_come_last() {
    let kept = Kept::in_file();
    let table = kept.loads(&csv_of(&numbered(9))).await;
    let aggregate = |function| Aggregate { function, name: String::new() };
    let aggregates =
        [Function::Count, Function::Sum(2), Function::Avg(2), Function::Min(0), Function::CountDistinct(2)];
    let grouping =
        Grouping { by: vec![1], aggregates: aggregates.map(aggregate).to_vec(), sort: Vec::new(), limit: 10 };
    let groups = kept.rows.groups(&table, &Ask::default(), &grouping).await.unwrap();
    assert!(!groups.more);
    let (text, integer) = (|it: &str| Some(Scalar::Text(it.to_owned())), |it| Some(Scalar::Integer(it)));
    // Rows 2 and 7.
    let second =
        vec![text("名2"), integer(2), integer(5), Some(Scalar::Number(2.5)), text("A,2"), integer(2)];
    assert_eq!(groups.rows[2], second);
    assert_eq!(groups.rows.last().unwrap()[..2], [None, integer(3)]);
}

#[tokio::test]
async fn a_table_that_was_cut_short_is_never_asked_and_swept() {
    let kept = Kept::in_file();
    let whole = kept.loads(&csv_of(&numbered(3))).await;
    let origin = crate::tabled::Origin { content: ingestion::Sha256::of(b""), manner: "test".to_owned() };
    let loading = kept.rows.begin(&origin, whole.shape.clone()).await.unwrap();
    loading.commits().await;
    assert_eq!(kept.rows.find(&origin).await.unwrap(), None);
    let current = [ingestion::Sha256::of(csv_of(&numbered(3)).as_bytes())].into();
    assert_eq!(kept.rows.sweep(&current, now() - 1.hours()).await.unwrap(), 0);
    assert_eq!(kept.rows.sweep(&current, now() + 1.hours()).await.unwrap(), 1);
    assert_eq!(kept.finds(&whole, &Ask::default()).await, [1, 2, 3]);
    assert_eq!(kept.rows.sweep(&Default::default(), now() + 1.hours()).await.unwrap(), 1);
    assert!(
        kept.rows
            .texts(&whole, &Ask::default(), super::Limit::page(1), super::Joined { csv: true, between: "" })
            .await
            .is_err()
    );
}
