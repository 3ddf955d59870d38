//! What tells others where to look: the feed of changes, the catalog of the APIs, and what robots may read.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::{browse, news};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::feed::{self, ATOM};
use crate::links;
use crate::ogc::form::OPENAPI;
use crate::prepared::Key;
use crate::problem::Problem;
use crate::state::House;

/// Entries of the feed: the latest changes.
const ENTRIES: u32 = 100;

/// A set of links (RFC 9264), which is a catalog of APIs (RFC 9727).
const LINKSET: &str = "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";

/// The feed of changes
///
/// Atom: the latest 100 publications, revisions and withdrawals. オープンデータ一覧, which changes with everything else, is left out.
#[utoipa::path(
    tag = "harvest",
    operation_id = "feed",
    responses(
        (status = 200, description = "The feed", body = String, content_type = "application/atom+xml", example = "<feed/>"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
    ),
)]
#[get("/feed.atom")]
pub async fn feed_of_changes(house: Data<House>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let make = async || {
        let city = browse::city(&house.store).await?;
        let news = news::latest(&house.store, ENTRIES).await?;
        let modified = news.iter().map(|news| news.at).max();
        let written = feed::write(&house.iris, &city, &news, Timestamp::UNIX_EPOCH);
        Ok(links::of_list(Answer::new(ATOM, written), &house.iris).modified(modified))
    };
    house.prepared.respond(&request, Key::new("feed", "atom"), make).await
}

/// The catalog of the APIs
///
/// RFC 9727: each API that answers here, with its description, its documentation and its state.
#[utoipa::path(
    tag = "service",
    operation_id = "api_catalog",
    responses(
        (status = 200, description = "A linkset", body = Object, content_type = "application/linkset+json", example = json!({"linkset": []})),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
    ),
)]
#[get("/.well-known/api-catalog")]
pub async fn api_catalog(house: Data<House>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let make = async || {
        let here = format!("{}/.well-known/api-catalog", house.iris.base());
        let answer = Answer::json(&json!({ "linkset": linkset(&house) })).of_type(LINKSET);
        Ok(links::of_home(answer, &house.iris).typed_link("self", &here, "application/linkset+json"))
    };
    house.prepared.respond(&request, Key::new("api catalog", "linkset"), make).await
}

/// The APIs that answer under this program's addresses, each with what describes it (RFC 8631).
fn linkset(house: &House) -> Vec<Value> {
    let iris = &house.iris;
    let base = iris.base();
    let to = |href: String, media_type: &str| json!([{ "href": href, "type": media_type }]);
    let (rest, ckan, ogc) = (iris.api_root(), iris.ckan_root(), iris.ogc_root());
    let catalog = iris.catalog();
    let apis = [
        (&rest, to(iris.openapi(), "application/json")),
        (&ckan, to(iris.openapi(), "application/json")),
        (&ogc, to(iris.ogc_definition(), OPENAPI)),
        (&catalog, to(iris.openapi(), "application/json")),
    ];
    let items: Vec<Value> = apis.iter().map(|(api, _)| json!({ "href": api })).collect();
    let whole = json!({ "anchor": format!("{base}/.well-known/api-catalog"), "item": items });
    let described = apis.into_iter().map(|(api, description)| {
        json!({
            "anchor": api,
            "service-desc": description,
            "service-doc": to(iris.docs(), "text/html"),
            "service-meta": to(format!("{base}/catalog.jsonld"), "application/ld+json"),
            "status": to(format!("{base}/healthz"), "application/json"),
        })
    });
    [whole].into_iter().chain(described).collect()
}

/// What robots may read
#[utoipa::path(
    tag = "service",
    operation_id = "robots",
    responses((status = 200, description = "Everything, and where the site map is", body = String, content_type = "text/plain",
        example = "User-agent: *\nAllow: /\n\nSitemap: http://127.0.0.1:8080/sitemap.xml\n")),
)]
#[get("/robots.txt")]
pub async fn robots(house: Data<House>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let make = async || {
        let words = format!("User-agent: *\nAllow: /\n\nSitemap: {}/sitemap.xml\n", house.iris.base());
        Ok(Answer::new("text/plain; charset=utf-8", words.into_bytes()))
    };
    house.prepared.respond(&request, Key::new("robots", "txt"), make).await
}
