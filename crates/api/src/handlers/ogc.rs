//! `/ogc`: the landing page, what it conforms to, and its definition.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::browse;

use crate::answer::Answer;
use crate::ask::Ask;
use crate::ogc::addresses::{Addresses, CATALOG};
use crate::ogc::classes::CLASSES;
use crate::ogc::form::{Form, GEOJSON, HTML, JSON, OPENAPI};
use crate::ogc::link::{Link, rel};
use crate::ogc::openapi;
use crate::ogc::query::FormQuery;
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, NotAcceptable};
use crate::state::House;
use crate::views::ogc::{ConformanceView, LandingView};

/// Where `/ogc/` leads.
pub async fn without_slash(house: Data<House>) -> HttpResponse {
    HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, Addresses(&house.iris).root()))
        .finish()
}

/// The landing page of the OGC API
///
/// OGC API – Features has the rows of every dataset with coordinates, OGC API – Records the datasets themselves.
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_landing_page",
    params(FormQuery),
    responses(
        (status = 200, description = "Where to go on", content(
            (LandingView = "application/json"),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/ogc")]
pub async fn landing_page(
    house: Data<House>,
    asked: Ask<FormQuery>,
    request: HttpRequest,
) -> Result<Answer, Problem> {
    let form = Form::of(&request, asked.0.f.as_deref(), &[JSON])?;
    let city = browse::city(&house.store).await?;
    let at = Addresses(&house.iris);
    let mut links = form.links(&at.root(), JSON).to_vec();
    links.extend([
        Link::new("service-desc", format!("{}?f=json", at.api()))
            .of_type("application/vnd.oai.openapi+json;version=3.0")
            .titled("API の定義（OpenAPI 3.0）"),
        Link::new("service-doc", format!("{}?f=html", at.api())).of_type(HTML).titled("API の使い方"),
        Link::new("conformance", at.conformance()).of_type(JSON).titled("適合クラス"),
        Link::new("data", at.collections()).of_type(JSON).titled("データの一覧"),
        Link::new(rel::CATALOG, at.collection(CATALOG, "/items"))
            .of_type(GEOJSON)
            .titled("データセットの目録（OGC API – Records）"),
        Link::new("license", city.catalog_licence.iri()).of_type(HTML).titled(city.catalog_licence.title()),
    ]);
    let answer = match form {
        Form::Json(_) => {
            let (title, description) = (city.catalog_title.clone(), city.catalog_description.clone());
            Answer::json(&LandingView { title, description, links })
        }
        Form::Html => Answer::html(pages::ogc::landing(&house.iris, &city, links)),
    };
    Ok(answer.varies("accept"))
}

/// What the OGC API conforms to
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_conformance",
    params(FormQuery),
    responses(
        (status = 200, description = "The conformance classes", content(
            (ConformanceView = "application/json"),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/ogc/conformance")]
pub async fn conformance(
    house: Data<House>,
    asked: Ask<FormQuery>,
    request: HttpRequest,
) -> Result<Answer, Problem> {
    let form = Form::of(&request, asked.0.f.as_deref(), &[JSON])?;
    let answer = match form {
        Form::Json(_) => Answer::json(&ConformanceView { conforms_to: &CLASSES }),
        Form::Html => {
            let city = browse::city(&house.store).await?;
            Answer::html(pages::ogc::conformance(&house.iris, &city, &CLASSES))
        }
    };
    Ok(answer.varies("accept"))
}

/// The definition of the OGC API
///
/// In OpenAPI 3.0, or a page that tells how it is used.
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_api",
    params(FormQuery),
    responses(
        (status = 200, description = "OpenAPI 3.0", content(
            (Object = "application/vnd.oai.openapi+json;version=3.0", example = json!({"openapi": "3.0.3", "info": {}, "paths": {}})),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/ogc/api")]
pub async fn api(house: Data<House>, asked: Ask<FormQuery>, request: HttpRequest) -> Result<Answer, Problem> {
    let form = Form::of(&request, asked.0.f.as_deref(), &[OPENAPI, JSON])?;
    let city = browse::city(&house.store).await?;
    let answer = match form {
        Form::Json(OPENAPI) => Answer::json(&openapi::document(&city, &house.iris))
            .of_type("application/vnd.oai.openapi+json;version=3.0"),
        Form::Json(_) => Answer::json(&openapi::document(&city, &house.iris)),
        Form::Html => {
            Answer::html(pages::ogc::api(&house.iris, &city, &openapi::document(&city, &house.iris)))
        }
    };
    Ok(answer.varies("accept"))
}
