//! The OpenAPI document: what the route table says, and what no single route can say.

use std::sync::OnceLock;

use actix_web::App;
use actix_web::dev::ResourceDef;
use actix_web::http::Method;
use utoipa::openapi::path::PathItem;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{Modify, OpenApi};
use utoipa_actix_web::AppExt;

use crate::limits;
use crate::middleware;
use crate::problem::ProblemView;
use crate::problem::responses;
use crate::routes;
use crate::views::ckan::failure;
use crate::views::records::{RecordsView, RowsGiven};

/// What no single route can say.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "日和 hiyori",
        description = "市のオープンデータカタログと、市町村官民データ活用推進計画（ＤＸ推進計画）の記録を読むための API です。\n\n\
            The city's open-data catalog, and the records of the plan it stands for. Reads are open to everybody and need no key; \
            staff send their token as `Authorization: Bearer`; one that is wrong, expired or revoked answers 401 where it is looked at. \
            Refusals are RFC 9457 problems (`application/problem+json`), in Japanese unless `Accept-Language` prefers English; `code` is stable. \
            Reads carry an `ETag`; send it back in `If-None-Match`. Lists give `next`, and a `Link` header with it.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    tags(
        (name = "datasets", description = "データセット: what is published"),
        (name = "search", description = "検索: what is found by words"),
        (name = "revisions", description = "版: what each dataset was and is"),
        (name = "review", description = "審査: from a file to its publication"),
        (name = "rows", description = "行: every row, by what is in it"),
        (name = "places", description = "位置: OGC API – Features and Records"),
        (name = "downloads", description = "配信: the bytes"),
        (name = "schemas", description = "様式: the national schemas"),
        (name = "departments", description = "担当課: who answers for a dataset"),
        (name = "plan", description = "推進計画: the plan, its initiatives and their progress"),
        (name = "staff", description = "職員: tokens and the audit, for admins"),
        (name = "validations", description = "検証: judge a file, keep nothing"),
        (name = "harvest", description = "DCAT: linked data for other portals"),
        (name = "service", description = "The service itself"),
    ),
    modifiers(&Tokens),
    components(
        schemas(ProblemView, RecordsView, failure::FailureView),
        responses(
            responses::BadQuery, responses::Unauthorized, responses::Forbidden, responses::NotFound, responses::NotAcceptable, responses::Gone, responses::TooLarge, responses::NotConvertible,
            responses::BadBody, responses::NameTaken, responses::UnsupportedBody, responses::BadValue, responses::TooManyRequests, responses::HeadTooLarge, responses::NotReady, responses::Timeout,
            responses::BadQuestion, responses::RowsNotReady, RowsGiven, responses::IfMatchRequired, responses::Stale, responses::Taken, responses::NotNow, responses::ToMend, responses::NoFile, responses::NotMadeYet, responses::NoSuchPart, responses::NoRoom,
            responses::CkanUnreadable, responses::CkanDenied, responses::CkanNotFound, responses::CkanInvalid, responses::CkanFailed,
        ),
    ),
)]
pub struct Document;

/// How staff are known. Operations that need it name it.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut bearer = Http::new(HttpAuthScheme::Bearer);
        bearer.description = Some("職員のトークン (`hiyori_…`): made by an admin, one a person".to_owned());
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

/// The document of all routes.
pub fn document() -> utoipa::openapi::OpenApi {
    let (_, mut document) =
        App::new().into_utoipa_app().openapi(Document::openapi()).configure(routes::all).split_for_parts();
    for (path, item) in &mut document.paths.paths {
        let_calls_come_without_a_body(path, item);
        add_what_any_may_answer(path, item);
    }
    if let Some(description) = &mut document.info.description {
        *description += &limits::described();
    }
    document
}

/// A call of CKAN's may take everything from its address, or nothing. An `Option` in the attribute would say more: that the
/// body may be JSON's null, which CKAN refuses, and so do we.
fn let_calls_come_without_a_body(path: &str, item: &mut PathItem) {
    let body = item.post.as_mut().and_then(|operation| operation.request_body.as_mut());
    if let Some(RefOr::T(body)) = body.filter(|_| failure::is_call(path)) {
        body.required = None;
    }
}

/// What the HTTP library answers before anybody knows what is asked for.
const HEAD_TOO_LARGE: &str = "HeadTooLarge";

/// Adds what is answered before any handler, and when what is kept is out of reach or without room.
fn add_what_any_may_answer(path: &str, item: &mut PathItem) {
    let reading = item.get.iter_mut().map(|operation| (operation, false));
    let changes = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
    let changes = changes.into_iter().flatten().map(|operation| (operation, true));
    for (operation, changes) in reading.chain(changes) {
        let is_probe = middleware::rate::PROBES.contains(&path);
        let is_own = operation.tags.iter().flatten().any(|tag| tag == "service");
        let is_sent = operation.request_body.is_some();
        for (status, response, may) in [
            ("408", "Timeout", is_sent),
            ("413", "TooLarge", is_sent),
            ("415", "UnsupportedBody", is_sent),
            ("429", "TooManyRequests", !is_probe),
            ("431", HEAD_TOO_LARGE, true),
            ("503", "NotReady", !is_own),
            ("507", "NoRoom", changes && !is_own),
        ] {
            if may {
                let is_ckans = failure::is_call(path) && response != HEAD_TOO_LARGE;
                let response = if is_ckans { "CkanFailed" } else { response };
                let reference = RefOr::Ref(Ref::from_response_name(response));
                operation.responses.responses.entry(status.to_owned()).or_insert(reference);
            }
        }
    }
}

/// The document as it is served and kept in `openapi/openapi.json`.
pub fn document_bytes() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let mut text = document().to_pretty_json().expect("the document holds nothing that JSON cannot say");
        text.push('\n');
        text.into_bytes()
    })
}

/// The methods that the address `path` answers, by the document; empty where nothing lives there.
pub fn methods_of(path: &str) -> Vec<Method> {
    static TABLE: OnceLock<Vec<(ResourceDef, Vec<Method>)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let paths = document().paths.paths;
        paths
            .into_iter()
            .map(|(pattern, item)| {
                let mut methods = Vec::new();
                if item.get.is_some() {
                    methods.extend([Method::GET, Method::HEAD]);
                }
                let changes = [
                    (&item.post, Method::POST),
                    (&item.put, Method::PUT),
                    (&item.patch, Method::PATCH),
                    (&item.delete, Method::DELETE),
                ];
                methods.extend(changes.into_iter().filter(|(it, _)| it.is_some()).map(|(_, method)| method));
                (ResourceDef::new(pattern), methods)
            })
            .collect()
    });
    let mut methods: Vec<Method> = Vec::new();
    for (pattern, answered) in table {
        if pattern.is_match(path) {
            methods.extend(
                answered.iter().filter(|method| !methods.contains(method)).cloned().collect::<Vec<_>>(),
            );
        }
    }
    methods
}
