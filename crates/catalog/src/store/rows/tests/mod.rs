//! SQL is held against the plain answer: whatever rows there are and whatever is asked of them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on is a test that failed"
)]

#[path = "../../../../../../tests/keeping/cluster.rs"]
#[allow(dead_code, reason = "the black-box suite uses more of it")]
mod cluster;
mod drawn;
mod oracle;
mod walks;

use std::io::Write;

use ingestion::{Schema, Sha256};
use proptest::prelude::*;

use self::drawn::{SCHEMA, asks, rows};
use self::oracle::{Oracle, csv_of};
use super::super::{DatabaseUrl, FilesAt, Place};
use super::{Joined, Limit, Rows, Table};
use crate::asking::Ask;
use crate::forms;
use crate::tabled::{Origin, prepare, survey};

/// Tables in a folder of their own, or on a server.
pub(super) struct Kept {
    rows: Rows,
    _folder: tempfile::TempDir,
}

impl Kept {
    pub(super) fn in_file() -> Kept {
        let folder = tempfile::tempdir().unwrap();
        Kept { rows: Rows::of(&Place::in_folder(folder.path())), _folder: folder }
    }

    fn on(url: &str) -> Kept {
        let folder = tempfile::tempdir().unwrap();
        let place = Place {
            database: DatabaseUrl::parse(url).unwrap(),
            files: FilesAt::Folder(folder.path().to_owned()),
            work: folder.path().to_owned(),
        };
        Kept { rows: Rows::of(&place), _folder: folder }
    }

    /// Loads a canonical file.
    pub(super) async fn loads(&self, csv: &str) -> Table {
        let schema: Schema = toml::from_str(SCHEMA).unwrap();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(csv.as_bytes()).unwrap();
        let table = forms::Table::open(file, Some(&schema)).unwrap();
        let shape = survey(&table).unwrap();
        let origin = Origin { content: Sha256::of(csv.as_bytes()), manner: "test".to_owned() };
        let mut loading = self.rows.begin(&origin, shape.clone()).await.unwrap();
        let (mut binder, mut bound) = (loading.binder(), Vec::new());
        let spread = prepare(&table, &shape, |rows| {
            bound.push(binder.bind(rows).unwrap());
            Ok(())
        });
        for rows in bound {
            loading.put(rows).await.unwrap();
        }
        loading.end(spread.unwrap()).await.unwrap()
    }

    /// The numbers of the rows that are found.
    pub(super) async fn finds(&self, table: &Table, ask: &Ask) -> Vec<u64> {
        let limit = u64::from(ask.limit.unwrap_or(u32::MAX));
        let joined = Joined { csv: false, between: "\n" };
        self.rows.texts(table, ask, Limit::page(limit), joined).await.unwrap().numbers
    }

    /// Every way of asking comes to what the plain answer is.
    async fn agrees(&self, table: &Table, oracle: &Oracle, ask: &Ask) {
        let expected = oracle.finds(ask);
        assert_eq!(self.finds(table, ask).await, expected, "{ask:#?}");
        let limit = u64::from(ask.limit.unwrap_or(1_000));
        let lines = self.rows.lines(table, ask, Limit::piece(limit)).await.unwrap();
        let numbers: Vec<u64> = lines.iter().map(|line| line.number).collect();
        let few = expected.iter().copied().take(1_000).collect::<Vec<_>>();
        assert_eq!(numbers, few, "line by line: {ask:#?}");
        for line in &lines {
            assert_eq!(line.csv, oracle.line(line.number), "{ask:#?}");
            assert_eq!(line.distance, oracle.distance(ask, line.number), "{ask:#?}");
        }
        let total = self.rows.total(table, ask).await.unwrap();
        assert_eq!(total, oracle.total(ask), "{ask:#?}");
    }
}

fn on_a_runtime<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap().block_on(work)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn sqlite_finds_what_the_plain_answer_finds(rows in rows(0..40), asks in proptest::collection::vec(asks(), 12)) {
        on_a_runtime(async {
            let kept = Kept::in_file();
            let (table, oracle) = (kept.loads(&csv_of(&rows)).await, Oracle::of(&rows));
            for ask in &asks {
                kept.agrees(&table, &oracle, ask).await;
            }
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn indexes_change_nothing(rows in rows(1_200..1_201), asks in proptest::collection::vec(asks(), 150)) {
        on_a_runtime(async {
            let kept = Kept::in_file();
            let (table, oracle) = (kept.loads(&csv_of(&rows)).await, Oracle::of(&rows));
            assert!(!table.indexed.is_empty());
            for ask in &asks {
                kept.agrees(&table, &oracle, ask).await;
            }
        });
    }
}

/// On a server as well, where there is one.
#[test]
fn postgresql_finds_what_the_plain_answer_finds() {
    let cluster = match cluster::Cluster::start() {
        Ok(cluster) => cluster,
        Err(why) if std::env::var_os("CI").is_some() => panic!("{why}"),
        Err(why) => return eprintln!("left out: {why}"),
    };
    cluster.makes_database("rows");
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 12,
        max_shrink_iters: 100,
        ..ProptestConfig::default()
    });
    let drawn =
        (prop_oneof![9 => rows(0..40), 1 => rows(1_200..1_201)], proptest::collection::vec(asks(), 40));
    let agreed = runner.run(&drawn, |(rows, asks)| {
        on_a_runtime(async {
            let kept = Kept::on(&cluster.url("rows"));
            let (table, oracle) = (kept.loads(&csv_of(&rows)).await, Oracle::of(&rows));
            for ask in &asks {
                kept.agrees(&table, &oracle, ask).await;
            }
        });
        Ok(())
    });
    agreed.unwrap();
}
