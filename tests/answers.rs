//! What an answer must be. Each method holds the answer to one promise, and gives it back for the next.

use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap};
use reqwest::{Response, StatusCode};
use serde_json::Value;

/// An answer that has come in whole.
pub struct Answer {
    asked: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    /// The answer to what was `asked`.
    pub async fn of(asked: String, response: Response) -> Answer {
        Answer::tried(asked, response).await.unwrap()
    }

    /// The answer to what was `asked`, if it comes in whole.
    pub async fn tried(asked: String, response: Response) -> reqwest::Result<Answer> {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await?.to_vec();
        Ok(Answer { asked, status, headers, body })
    }

    /// Its status is `status`.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Answer {
        assert_eq!(self.status.as_u16(), status, "{}\n{}", self.asked, String::from_utf8_lossy(&self.body));
        self
    }

    /// Its status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The value of a header; empty when it has none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Every value of a header that may stand several times.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// Its header `name` is `value`.
    #[track_caller]
    pub fn says(&self, name: &str, value: &str) -> &Answer {
        assert_eq!(self.header(name), value, "{name} of {}", self.asked);
        self
    }

    /// Its tag, which every read has.
    #[track_caller]
    pub fn tag(&self) -> &str {
        let tag = self.header(ETAG.as_str());
        assert!(tag.len() > 2 && tag.starts_with('"') && tag.ends_with('"'), "{}: ETag {tag:?}", self.asked);
        tag
    }

    /// The media type of its body, without parameters.
    pub fn media_type(&self) -> &str {
        self.header(CONTENT_TYPE.as_str()).split(';').next().unwrap_or_default().trim()
    }

    /// Its bytes.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Its body as text.
    #[track_caller]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_else(|error| panic!("{}: {error}", self.asked))
    }

    /// Its body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{}: {error}\n{}", self.asked, String::from_utf8_lossy(&self.body))
        })
    }

    /// The `slug` of every item of a list, in its order.
    #[track_caller]
    pub fn slugs(&self) -> Vec<String> {
        self.is(200).each("slug")
    }

    /// One member of every item of a list, in its order.
    #[track_caller]
    pub fn each(&self, member: &str) -> Vec<String> {
        let list = self.json();
        let items = list["items"].as_array().unwrap_or_else(|| panic!("{} is no list: {list}", self.asked));
        items.iter().map(|item| item[member].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// It is an RFC 9457 problem with this status and code.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> &Answer {
        self.is(status);
        assert_eq!(self.media_type(), "application/problem+json", "{}", self.asked);
        let problem = self.json();
        assert_eq!(problem["code"], code, "{}: {problem}", self.asked);
        assert_eq!(problem["type"], format!("/problems/{code}"), "{}", self.asked);
        assert_eq!(problem["status"], status, "{}", self.asked);
        for words in ["title", "detail"] {
            assert!(
                problem[words].as_str().is_some_and(|words| !words.is_empty()),
                "{}: {problem}",
                self.asked
            );
        }
        self
    }

    /// Its report, or its problem, holds a finding `code` in `row` at the column of `field`.
    #[track_caller]
    pub fn finding(&self, code: &str, row: u64, field: &str) -> &Answer {
        let report = self.json();
        let found = report["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|finding| finding["code"] == code && finding["row"] == row && finding["field"] == field);
        assert!(found, "{}: no {code} in row {row} at {field}: {report:#}", self.asked);
        self
    }

    /// The report says that `field` of `row` was repaired.
    #[track_caller]
    pub fn repair(&self, code: &str, row: u64, field: &str) -> &Answer {
        let report = self.json();
        let repairs = report["repairs"].as_array().into_iter().flatten();
        let is_it = |it: &&serde_json::Value| it["code"] == code && it["row"] == row && it["field"] == field;
        let found = repairs.into_iter().any(|repair| is_it(&repair));
        assert!(found, "{}: no {code} in row {row} at {field}: {report:#}", self.asked);
        self
    }
}
