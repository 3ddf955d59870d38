//! Several publish at once, and others read meanwhile. `HIYORI_ROUNDS` says how often; the figure that is promised
//! is 200.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::join_all;
use reqwest::Method;

use crate::city::City;
use crate::desk::Desk;
use crate::office::api;
use crate::terminal::hiyori;

fn rows(mark: &str) -> String {
    let mut rows = "印,番号\n".to_owned();
    for row in 0..50 {
        rows.push_str(&format!("{mark},{row}\n"));
    }
    rows
}

#[tokio::test]
async fn whoever_publishes_at_once_gets_a_number_of_their_own_or_is_told() {
    let rounds: usize = std::env::var("HIYORI_ROUNDS").map_or(5, |rounds| rounds.parse().unwrap());
    let desk = Desk::of_a_city();
    desk.dataset("busy", "", rows("初"));
    let city = City::opening().loading(desk.path()).open().await;
    let mut expected = 1;
    for round in 0..rounds {
        let publishing: Vec<_> = (0..4)
            .map(|who| {
                let data = city.data().to_owned();
                std::thread::spawn(move || {
                    let desk = Desk::new();
                    let folder = desk.dataset("busy", "", rows(&format!("{round}の{who}")));
                    hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), data.as_os_str()])
                })
            })
            .collect();
        let ran: Vec<_> = publishing.into_iter().map(|publishing| publishing.join().unwrap()).collect();
        let (won, lost): (Vec<_>, Vec<_>) =
            ran.into_iter().partition(|ran| ran.out().contains("公開しました"));
        assert!(!won.is_empty(), "somebody wins");
        for ran in lost {
            ran.exits(2).says("has changed since it was read");
        }
        for number in expected + 1..=expected + won.len() {
            let words = format!("の第{number}版を公開しました");
            assert_eq!(won.iter().filter(|ran| ran.out().contains(&words)).count(), 1, "revision {number}");
        }
        expected += won.len();
    }
    let dataset = city.visitor().gets("/api/v1/datasets/busy").await.is(200).json();
    assert_eq!(dataset["revision"], expected);
    city.close().await;
}

#[tokio::test]
async fn of_four_who_publish_over_http_at_once_exactly_one_wins_round_after_round() {
    let rounds: usize = std::env::var("HIYORI_ROUNDS").map_or(5, |rounds| rounds.parse().unwrap());
    let desk = Desk::of_a_city();
    let city = City::opening().loading(desk.path()).open().await;
    let office = city.office("mihon").await;
    for round in 0..rounds {
        let slug = format!("busy-{}", round / 25);
        if round % 25 == 0 {
            office.creates(&slug, "").await.is(201);
        }
        let first = (round % 25) as u32 * 4 + 1;
        for number in first..first + 4 {
            office.uploads(&slug, &rows(&format!("{round}の{number}"))).await.is(201);
            office.submits(&slug, number).await.is(200);
        }
        let approver = office.approver().having_read(&office.approver().tag_of(&slug).await);
        let paths: Vec<_> =
            (first..first + 4).map(|number| format!("{}/revisions/{number}/publish", api(&slug))).collect();
        let answers = join_all(paths.iter().map(|path| approver.asks(Method::POST, path, None))).await;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status()).collect();
        let winner = first + statuses.iter().position(|status| *status == 200).unwrap() as u32;
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412, 412, 412], "round {round}");
        let seen = city.visitor().gets(&format!("{}/download.csv", api(&slug))).await;
        assert_eq!(seen.is(200).text().replace("\r\n", "\n"), rows(&format!("{round}の{winner}")));
    }
    city.close().await;
}

#[tokio::test]
async fn who_reads_meanwhile_never_sees_half_of_two_nor_goes_back() {
    let desk = Desk::of_a_city();
    desk.dataset("busy", "", rows("初"));
    // The readers come again as soon as they are answered.
    let city = City::opening().loading(desk.path()).setting("HIYORI_READS_PER_SECOND", "0").open().await;
    let over = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (visitor, over) = (city.visitor(), Arc::clone(&over));
            tokio::spawn(async move {
                let mut last = 0;
                let mut seen = 0;
                while !over.load(Ordering::Relaxed) {
                    let download = visitor.gets("/api/v1/datasets/busy/download.csv").await;
                    let text = download.is(200).text();
                    let mark = text.lines().nth(1).unwrap().split(',').next().unwrap();
                    assert_eq!(text.replace("\r\n", "\n"), rows(mark), "mixed");
                    let place = download.header("content-location");
                    let number = place.split("/revisions/").nth(1).unwrap().split('/').next().unwrap();
                    let number: u32 = number.parse().unwrap();
                    assert!(number >= last, "{number} after {last}");
                    last = number;
                    seen += 1;
                }
                seen
            })
        })
        .collect();
    for number in 0..10 {
        let folder = desk.dataset("busy", "", rows(&number.to_string()));
        let data = city.data().to_owned();
        let ran = tokio::task::spawn_blocking(move || {
            hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), data.as_os_str()])
        });
        ran.await.unwrap().exits(0);
        // One's own publish is seen at once.
        let seen = city.visitor().gets("/api/v1/datasets/busy/download.csv").await;
        assert_eq!(seen.is(200).text().replace("\r\n", "\n"), rows(&number.to_string()));
    }
    over.store(true, Ordering::Relaxed);
    for reader in readers {
        assert!(reader.await.unwrap() > 0);
    }
    city.close().await;
}
