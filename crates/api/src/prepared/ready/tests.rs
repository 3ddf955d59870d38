use actix_web::test::TestRequest;

use super::*;

/// A moment long ago, as the header writes it.
const TIME: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

fn long_ago() -> Timestamp {
    "1994-11-06T08:49:37Z".parse().unwrap()
}

fn text() -> Ready {
    Ready::of(Answer::new("text/plain", "公衆トイレ一覧,".repeat(200).into_bytes()).modified(long_ago()))
}

/// What `ready` replies to whoever sends `headers`, where nothing has changed for long.
fn replies(ready: &Ready, headers: &[(&str, &str)]) -> Option<Reply> {
    let request = headers.iter().fold(TestRequest::default(), |it, header| it.insert_header(*header));
    ready.reply(request.to_http_request().headers(), long_ago())
}

#[test]
fn what_is_not_packed_yet_is_not_ready_for_whoever_wants_it_so() {
    let ready = text();
    assert_eq!(replies(&ready, &[]).unwrap().status, StatusCode::OK);
    assert!(replies(&ready, &[("Accept-Encoding", "gzip")]).is_none());
    assert!(replies(&ready, &[("Accept-Encoding", "identity")]).is_some());
}

#[test]
fn short_texts_and_what_is_no_text_come_plain() {
    let short = Ready::of(Answer::new("text/plain", b"hiyori".to_vec()));
    let binary = Ready::of(Answer::new("application/vnd.apache.parquet", vec![7; 10_000]));
    for ready in [short, binary] {
        let reply = replies(&ready, &[("Accept-Encoding", "br")]).unwrap();
        assert!(!reply.headers.contains_key(header::CONTENT_ENCODING));
    }
}

#[test]
fn a_time_is_told_once_its_second_is_over() {
    let told = |modified: Timestamp| {
        let ready = Ready::of(Answer::new("text/plain", b"hiyori".to_vec()).modified(modified));
        replies(&ready, &[]).unwrap().headers.get(header::LAST_MODIFIED).cloned()
    };
    assert_eq!(told(long_ago()).unwrap(), TIME);
    assert_eq!(told(Timestamp::now() + jiff::SignedDuration::from_secs(5)), None);
}

#[test]
fn whoever_names_the_time_that_was_told_or_one_since_when_nothing_changed_has_the_content() {
    let ready = text();
    let status = |since: &str| replies(&ready, &[("If-Modified-Since", since)]).unwrap().status;
    assert_eq!(status(TIME), StatusCode::NOT_MODIFIED);
    assert_eq!(status("Mon, 07 Nov 1994 08:49:37 GMT"), StatusCode::NOT_MODIFIED);
    assert_eq!(status("Sun, 06 Nov 1994 08:49:36 GMT"), StatusCode::OK);
    assert_eq!(status("Sun, 06 Nov 2994 08:49:37 GMT"), StatusCode::OK, "nobody knows what will be");
    assert_eq!(status("nonsense"), StatusCode::OK);
}

#[test]
fn a_tag_decides_before_a_time() {
    let ready = text();
    let reply = replies(&ready, &[("If-None-Match", "\"other\""), ("If-Modified-Since", TIME)]).unwrap();
    assert_eq!(reply.status, StatusCode::OK);
    let tag = reply.headers.get(header::ETAG).unwrap().to_str().unwrap().to_owned();
    let reply = replies(&ready, &[("If-None-Match", &tag)]).unwrap();
    assert_eq!((reply.status, reply.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    assert!(!reply.headers.contains_key(header::CONTENT_TYPE));
}

#[test]
fn what_it_may_take_covers_what_it_takes() {
    let ready = text();
    assert!(ready.weight() >= 2 * ready.plain.bytes.len());
}
