//! `/ogc/collections/{collection}/queryables` and `schema`: what can be asked about, and what items are made of.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get};
use catalog::overview::columns;
use catalog::{Slug, browse};

use crate::answer::Answer;
use crate::ask::Ask;
use crate::handlers::ogc_collections::collection;
use crate::named::Named;
use crate::ogc::addresses::{Addresses, CATALOG};
use crate::ogc::documents::{About, queryables, schema};
use crate::ogc::form::{Form, JSON, SCHEMA};
use crate::ogc::query::FormQuery;
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, Gone, NotAcceptable, NotFound, RowsNotReady};
use crate::state::House;

/// Show what a collection can be asked about
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_queryables",
    params(
        ("collection" = String, Path, description = "The dataset's stable name", example = "sample-public-toilets"),
        FormQuery,
    ),
    responses(
        (status = 200, description = "A JSON Schema whose properties are what filters may name", content(
            (Object = "application/schema+json", example = json!({"type": "object", "properties": {}})),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/ogc/collections/{collection}/queryables")]
pub async fn show_queryables(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    asked: Ask<FormQuery>,
    request: HttpRequest,
) -> Result<Answer, Problem> {
    of_features(&house, &slug.get()?, "queryables", &asked.0, &request).await
}

/// Show what the features of a collection are made of
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_schema",
    params(
        ("collection" = String, Path, description = "The dataset's stable name", example = "sample-public-toilets"),
        FormQuery,
    ),
    responses(
        (status = 200, description = "A JSON Schema of the properties, in their order", content(
            (Object = "application/schema+json", example = json!({"type": "object", "properties": {}})),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/ogc/collections/{collection}/schema")]
pub async fn show_schema(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    asked: Ask<FormQuery>,
    request: HttpRequest,
) -> Result<Answer, Problem> {
    of_features(&house, &slug.get()?, "schema", &asked.0, &request).await
}

/// Show what the catalog can be asked about
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_catalog_queryables",
    params(FormQuery),
    responses(
        (status = 200, description = "A JSON Schema whose properties are what filters may name", content(
            (Object = "application/schema+json", example = json!({"type": "object", "properties": {}})),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/ogc/collections/catalog/queryables")]
pub async fn show_catalog_queryables(
    house: Data<House>,
    asked: Ask<FormQuery>,
    request: HttpRequest,
) -> Result<Answer, Problem> {
    of_catalog(&house, "queryables", &asked.0, &request).await
}

/// Show what is said of each record
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_catalog_schema",
    params(FormQuery),
    responses(
        (status = 200, description = "A JSON Schema of what filters may name", content(
            (Object = "application/schema+json", example = json!({"type": "object", "properties": {}})),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/ogc/collections/catalog/schema")]
pub async fn show_catalog_schema(
    house: Data<House>,
    asked: Ask<FormQuery>,
    request: HttpRequest,
) -> Result<Answer, Problem> {
    of_catalog(&house, "schema", &asked.0, &request).await
}

async fn of_features(
    house: &House,
    slug: &Slug,
    which: &'static str,
    asked: &FormQuery,
    request: &HttpRequest,
) -> Result<Answer, Problem> {
    let form = Form::of(request, asked.f.as_deref(), &[SCHEMA, JSON])?;
    let collection = collection(house, slug).await?;
    let metadata = &collection.subject.dataset.metadata;
    let about = About {
        address: Addresses(&house.iris).collection(slug.as_str(), &format!("/{which}")),
        title: &metadata.title,
        description: &metadata.description,
    };
    let document = match which {
        "queryables" => queryables(&about, collection.rows.columns()),
        _ => schema(&about, collection.rows.columns()),
    };
    of_schema(house, slug.as_str(), which, &document, form).await
}

async fn of_catalog(
    house: &House,
    which: &'static str,
    asked: &FormQuery,
    request: &HttpRequest,
) -> Result<Answer, Problem> {
    let form = Form::of(request, asked.f.as_deref(), &[SCHEMA, JSON])?;
    let city = browse::city(&house.store).await?;
    let about = About {
        address: Addresses(&house.iris).collection(CATALOG, &format!("/{which}")),
        title: &city.catalog_title,
        description: &city.catalog_description,
    };
    let document = match which {
        "queryables" => queryables(&about, &columns()),
        _ => schema(&about, &columns()),
    };
    of_schema(house, CATALOG, which, &document, form).await
}

async fn of_schema(
    house: &House,
    id: &str,
    which: &'static str,
    document: &serde_json::Value,
    form: Form,
) -> Result<Answer, Problem> {
    let answer = match form {
        Form::Json(media_type) => Answer::json(document).of_type(media_type),
        Form::Html => {
            let city = browse::city(&house.store).await?;
            Answer::html(pages::ogc::schema(&house.iris, &city, (id, which), document))
        }
    };
    Ok(answer.varies("accept"))
}
