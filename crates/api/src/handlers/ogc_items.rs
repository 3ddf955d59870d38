//! `/ogc/collections/{collection}/items`: the rows of a dataset as features.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::{Slug, browse};

use crate::ask::Ask;
use crate::named::Named;
use crate::ogc::features;
use crate::ogc::query::{FeaturesQuery, FormQuery, Given};
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::{BadQuestion, Gone, NotAcceptable, NotFound, RowsNotReady};
use crate::state::House;

/// Ask for features
///
/// The rows of a dataset, each with its place. A page has 100 unless `limit` says otherwise; the link `next` leads on, within the same
/// revision, at the same cost for every page.
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_items",
    params(
        ("collection" = String, Path, description = "The dataset's stable name", example = "sample-public-toilets"),
        FeaturesQuery,
    ),
    responses(
        (status = 200, description = "A page of features", content(
            (Object = "application/geo+json", example = json!({"type": "FeatureCollection", "features": [], "numberMatched": 0, "numberReturned": 0, "links": []})),
            (Object = "application/json", example = json!({"type": "FeatureCollection", "features": [], "numberMatched": 0, "numberReturned": 0, "links": []})),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuestion),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/ogc/collections/{collection}/items")]
pub async fn list_features(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let given = Given::read(request.query_string(), &FeaturesQuery::PARAMETERS)?;
    features::items(&house, &slug.get()?, &given, &request, async |collection, shown| {
        let city = browse::city(&house.store).await?;
        Ok(pages::ogc::features(&house.iris, &city, collection, shown))
    })
    .await
}

/// Show one feature
///
/// By the row's name: the cells of the schema's key, or its number.
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_item",
    params(
        ("collection" = String, Path, description = "The dataset's stable name", example = "sample-public-toilets"),
        ("feature" = String, Path, description = "The row's name", example = "LL0420210001"),
        FormQuery,
    ),
    responses(
        (status = 200, description = "The feature", content(
            (Object = "application/geo+json", example = json!({"type": "Feature", "id": "LL0420210001", "geometry": null, "properties": {}, "links": []})),
            (Object = "application/json", example = json!({"type": "Feature", "id": "LL0420210001", "geometry": null, "properties": {}, "links": []})),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuestion),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/ogc/collections/{collection}/items/{feature}")]
pub async fn show_feature(
    house: Data<House>,
    path: Path<(Named<Slug>, String)>,
    asked: Ask<FormQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = path.0.get()?;
    let named = (&slug, path.1.as_str());
    features::item(&house, named, asked.0.f.as_deref(), &request, async |collection, key, properties| {
        let city = browse::city(&house.store).await?;
        Ok(pages::ogc::feature(&house.iris, &city, collection, key, properties))
    })
    .await
}
