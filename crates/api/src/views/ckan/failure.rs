//! A problem in CKAN's envelope, as its clients read it: `{"help": …, "success": false, "error": {"__type": …}}`.
//!
//! CKAN knows fewer statuses than we do; here each of ours becomes one of its own.

use actix_web::http::StatusCode;
use catalog::Iris;
use ingestion::Language;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::problem::{Kind, Problem};

/// What a call gives back that was not done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CkanFailure)]
pub struct FailureView {
    /// The address that tells about the call.
    pub help: String,
    /// Whether it was done: it was not.
    #[schema(example = false)]
    pub success: bool,
    /// Why: `__type`, `message`, and what is wrong under the name of what was sent.
    #[schema(value_type = Object, example = json!({"__type": "Not Found Error", "message": "見つかりません: dataset `no-such-thing`"}))]
    pub error: Map<String, Value>,
}

/// Whether `path` is that of a call, so that its problems are told as CKAN would.
pub fn is_call(path: &str) -> bool {
    path.starts_with("/api/3/action/") || path.starts_with("/api/action/")
}

/// The address that tells about the call `action`.
pub fn help(iris: &Iris, action: &str) -> String {
    iris.ckan_help(action)
}

/// The status and the body that tell of `problem` with the call `action`.
pub fn of(problem: &Problem, language: Language, help: &str) -> (StatusCode, FailureView) {
    let view = problem.view(language);
    let (status, kind) = known(problem.kind());
    let mut error = Map::new();
    error.insert("__type".to_owned(), kind.into());
    error.insert("message".to_owned(), view.detail.as_str().into());
    // A client of CKAN looks for what is wrong under the name of what was sent.
    if let (VALIDATION, Some(Value::String(name))) = (kind, view.more.get("parameter")) {
        error.entry(name.as_str()).or_insert_with(|| json!([view.detail]));
    }
    error.extend(view.more);
    (status, FailureView { help: help.to_owned(), success: false, error })
}

const VALIDATION: &str = "Validation Error";

/// What CKAN calls a kind of problem, and the status it answers it with.
fn known(kind: Kind) -> (StatusCode, &'static str) {
    match (kind, kind.status()) {
        (Kind::BadRequest, _) => (StatusCode::BAD_REQUEST, "Bad Request"),
        (_, StatusCode::BAD_REQUEST | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) => {
            (StatusCode::CONFLICT, VALIDATION)
        }
        (_, StatusCode::NOT_FOUND | StatusCode::GONE) => (StatusCode::NOT_FOUND, "Not Found Error"),
        (_, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
            (StatusCode::FORBIDDEN, "Authorization Error")
        }
        (_, StatusCode::TOO_MANY_REQUESTS) => (StatusCode::TOO_MANY_REQUESTS, "Too Many Requests"),
        (_, status) if status.is_server_error() => (status, "Internal Server Error"),
        (_, status) => (status, "Bad Request"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(problem: &Problem) -> (u16, Value) {
        let (status, body) =
            of(problem, Language::En, "https://data.example.jp/api/3/action/help_show?name=x");
        (status.as_u16(), json!(body))
    }

    #[test]
    fn what_does_not_read_is_told_under_its_name() {
        let (status, body) = told(&Problem::bad_parameter("rows", "", "it is a number"));
        assert_eq!((status, &body["success"]), (409, &false.into()));
        assert_eq!(body["error"]["__type"], "Validation Error");
        assert_eq!(body["error"]["rows"][0], body["error"]["message"]);
    }

    #[test]
    fn statuses_are_those_that_ckan_knows() {
        for (kind, status, name) in [
            (Kind::BadRequest, 400, "Bad Request"),
            (Kind::NoSuchDataset, 404, "Not Found Error"),
            (Kind::Withdrawn, 404, "Not Found Error"),
            (Kind::Forbidden, 403, "Authorization Error"),
            (Kind::Fault, 500, "Internal Server Error"),
            (Kind::NotReady, 503, "Internal Server Error"),
        ] {
            let (told, body) = told(&Problem::new(kind, "", ""));
            assert_eq!((told, body["error"]["__type"].as_str()), (status, Some(name)), "{kind:?}");
        }
    }
}
