//! Somebody is slow, by accident or on purpose: is given up on within the limits, while others are served.

use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::city::City;
use crate::sockets::Socket;

const GET: &str = "GET /healthz HTTP/1.1\r\nHost: city\r\n\r\n";
const POST: &str = "POST /api/v1/validations HTTP/1.1\r\nHost: city\r\n";

/// A city that waits no longer than a second for anything.
async fn impatient() -> City {
    City::opening()
        .setting("HIYORI_HEAD_SECONDS_MAX", "1")
        .setting("HIYORI_IDLE_SECONDS_MAX", "1")
        .setting("HIYORI_BODY_SILENCE_SECONDS_MAX", "1")
        .setting("HIYORI_READING_SILENCE_SECONDS_MAX", "1")
        .open()
        .await
}

/// Waits until a line of the metrics begins with `words` and `holds`.
async fn comes_to(city: &City, words: &str, holds: impl Fn(f64) -> bool) {
    for _ in 0..600 {
        let metrics = city.visitor().gets("/metrics").await;
        let line = metrics.is(200).text().lines().find_map(|line| line.strip_prefix(words));
        if line.is_some_and(|value| holds(value.trim().parse().unwrap())) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("`{words}` never came to that");
}

#[tokio::test]
async fn whoever_says_nothing_is_not_waited_for() {
    let city = impatient().await;
    Socket::to(&city).hears();
    let heard = Socket::to(&city).says(GET).hears();
    assert!(heard.starts_with("HTTP/1.1 200"), "{heard}");
    city.close().await;
}

#[tokio::test]
async fn a_head_that_trickles_in_is_not_waited_for_the_first_time_or_later() {
    let city = impatient().await;
    let endless = format!("GET /healthz HTTP/1.1\r\nX-Long: {}", "x".repeat(5_000));
    let pause = Duration::from_millis(100);
    assert_eq!(Socket::to(&city).trickles(endless.clone(), pause).status(), Some(408));
    let heard = Socket::to(&city).says(GET).trickles(endless, pause).hears();
    assert_eq!(heard.matches("HTTP/1.1 200").count(), 1, "{heard}");
    let heard = Socket::to(&city).says(format!("{GET}G")).hears();
    assert_eq!(heard.matches("HTTP/1.1 200").count(), 1, "{heard}");
    city.close().await;
}

#[tokio::test]
async fn a_body_that_stops_coming_is_told_so() {
    let city = impatient().await;
    for body in ["Content-Length: 1000\r\n\r\nID,", "Transfer-Encoding: chunked\r\n\r\n3\r\nID,\r\n"] {
        let heard = Socket::to(&city).says(format!("{POST}{body}")).hears();
        assert!(heard.starts_with("HTTP/1.1 408"), "{heard}");
        assert!(heard.contains(r#""code":"timeout""#), "{heard}");
    }
    let part = "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n--b\r\nContent-";
    assert_eq!(Socket::to(&city).says(format!("{POST}{part}")).status(), Some(408));
    city.close().await;
}

#[tokio::test]
async fn a_body_that_never_stops_but_trickles_is_told_so() {
    let city = impatient().await;
    let socket = Socket::to(&city).says(format!("{POST}Content-Length: 100000\r\n\r\n"));
    assert_eq!(socket.trickles("x".repeat(1_000), Duration::from_millis(100)).status(), Some(408));
    let limited = City::opening().setting("HIYORI_BODY_SECONDS_MAX", "2").open().await;
    let socket = Socket::to(&limited).says(format!("{POST}Content-Length: 100000\r\n\r\n"));
    assert_eq!(socket.trickles("x".repeat(1_000), Duration::from_millis(100)).status(), Some(408));
    limited.close().await;
    city.close().await;
}

#[tokio::test]
async fn whoever_takes_no_answer_is_given_up_on() {
    let city = City::opening().setting("HIYORI_READING_SILENCE_SECONDS_MAX", "1").open().await;
    // More than the system keeps for a reader who does not read.
    let pipelined = "GET /openapi.json HTTP/1.1\r\nHost: city\r\n\r\n".repeat(300);
    let sockets: Vec<_> = (0..4).map(|_| Socket::to(&city).says(&pipelined)).collect();
    comes_to(&city, r#"hiyori_connections_cut_total{waited_for="answer"}"#, |cut| cut >= 4.0).await;
    drop(sockets);
    city.close().await;
}

/// So many connections to its database may a server open when it needs them.
const OF_THE_DATABASE: usize = 24;

#[tokio::test]
async fn a_thousand_idle_connections_keep_nobody_else_from_being_served() {
    let all = getrlimit(Resource::Nofile).maximum;
    setrlimit(Resource::Nofile, Rlimit { current: all, maximum: all }).unwrap();
    let city = City::open().await;
    let before = city.descriptors();
    let sockets: Vec<_> = (0..1_000).map(|number| Socket::to(&city).says(&GET[..number % 20])).collect();
    for _ in 0..50 {
        city.visitor().gets("/api/v1/datasets").await.is(200);
    }
    for socket in sockets {
        socket.hears();
    }
    comes_to(&city, "hiyori_connections ", |open| open < 60.0).await;
    for _ in 0..100 {
        if city.descriptors() <= before + OF_THE_DATABASE {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let after = city.descriptors();
    assert!(after <= before + OF_THE_DATABASE, "{before} descriptors before, {after} after");
    city.close().await;
}

#[tokio::test]
async fn no_more_connections_are_taken_than_are_set() {
    let city = City::opening()
        .setting("HIYORI_CONNECTIONS_MAX", "4")
        .setting("HIYORI_HEAD_SECONDS_MAX", "1")
        .open()
        .await;
    let sockets: Vec<_> = (0..12).map(|_| Socket::to(&city)).collect();
    // They are turned away one after the other as they say nothing; whoever has something to say gets a turn.
    city.visitor().gets("/healthz").await.is(200);
    drop(sockets);
    city.close().await;
}
