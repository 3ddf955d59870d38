//! `/ogc/collections`: every dataset with coordinates is a collection of features; the catalog is one of records.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get};
use catalog::overview::{Extent, Overview, Wanted, columns};
use catalog::{City, Dataset, Slug, browse};

use crate::answer::Answer;
use crate::ask::Ask;
use crate::named::Named;
use crate::ogc::addresses::{Addresses, CATALOG, is_free};
use crate::ogc::classes::CRS84;
use crate::ogc::documents::{About, queryables, schema};
use crate::ogc::features;
use crate::ogc::form::{self, Form, GEOJSON, HTML, JSON, SCHEMA};
use crate::ogc::link::{Link, rel};
use crate::ogc::query::{CollectionsQuery, FormQuery, limit};
use crate::ogc::records::{behind, licence, utc};
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, Gone, NotAcceptable, NotFound, RowsNotReady};
use crate::state::House;
use crate::views::ogc::{CollectionView, CollectionsView, ExtentView};

/// Collections on a page.
const COLLECTIONS_MAX: u32 = 1_000;

/// The cursor of the page that begins with the first dataset. No slug is one letter long.
const BEHIND_CATALOG: &str = "-";

/// List the collections
///
/// Every published dataset whose rows have coordinates, by name, and first of all the catalog.
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_collections",
    params(CollectionsQuery),
    responses(
        (status = 200, description = "A page of the collections", content(
            (CollectionsView = "application/json"),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/ogc/collections")]
pub async fn list_collections(
    house: Data<House>,
    asked: Ask<CollectionsQuery>,
    request: HttpRequest,
) -> Result<Answer, Problem> {
    let asked = asked.0;
    let form = Form::of(&request, asked.f.as_deref(), &[JSON])?;
    let limit = limit(asked.limit.as_deref(), COLLECTIONS_MAX, COLLECTIONS_MAX)?;
    let cursor = asked.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let after = cursor.filter(|cursor| *cursor != BEHIND_CATALOG).map(behind).transpose()?;
    let city = browse::city(&house.store).await?;
    let overview = browse::overview(&house.store).await?;
    // The catalog comes first, and takes a place on the first page.
    let first = cursor.is_none();
    let taken =
        Slug::parse(CATALOG).ok().and_then(|slug| overview.find(&slug)).and_then(|entry| entry.extent());
    let chosen = overview.page(
        &Wanted { placed: true, ..Wanted::default() },
        after.as_ref(),
        limit as usize - usize::from(first),
    );
    let mut collections = Vec::new();
    if first {
        collections.push(catalog_view(&house, &city, form));
    }
    for dataset in
        browse::among(&house.store, &chosen.slugs).await?.iter().filter(|dataset| is_free(&dataset.slug))
    {
        collections.push(view(&house, dataset, extent(&overview, &dataset.slug), form));
    }
    let address = Addresses(&house.iris).collections();
    let with = |cursor: Option<&str>| {
        let limit = asked.limit.as_ref().map(|_| format!("limit={limit}"));
        let cursor = cursor.map(|cursor| format!("cursor={cursor}"));
        let query: Vec<String> = limit.into_iter().chain(cursor).collect();
        format!("{address}{}{}", if query.is_empty() { "" } else { "?" }, query.join("&"))
    };
    let mut links = form.links(&with(cursor), JSON).to_vec();
    let next = chosen.more.then(|| with(Some(chosen.slugs.last().map_or(BEHIND_CATALOG, Slug::as_str))));
    links.extend(next.as_ref().map(|next| Link::new("next", next.clone()).of_type(form.media_type())));
    links.push(Link::new("root", Addresses(&house.iris).root()).of_type(JSON));
    let view = CollectionsView {
        links,
        number_matched: chosen.total + 1 - u64::from(taken.is_some()),
        number_returned: collections.len() as u64,
        collections,
    };
    let answer = match form {
        Form::Json(_) => Answer::json(&view),
        Form::Html => Answer::html(pages::ogc::collections(&house.iris, &city, &view, next.clone())),
    };
    Ok(answer.next(next.as_deref()).varies("accept"))
}

/// Show one collection
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_collection",
    params(
        ("collection" = String, Path, description = "The dataset's stable name", example = "sample-public-toilets"),
        FormQuery,
    ),
    responses(
        (status = 200, description = "The collection", content(
            (CollectionView = "application/json"),
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
#[get("/ogc/collections/{collection}")]
pub async fn show_collection(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    asked: Ask<FormQuery>,
    request: HttpRequest,
) -> Result<Answer, Problem> {
    let form = Form::of(&request, asked.0.f.as_deref(), &[JSON])?;
    let collection = collection(&house, &slug.get()?).await?;
    let dataset = &collection.subject.dataset;
    let overview = browse::overview(&house.store).await?;
    let view = view(&house, dataset, extent(&overview, &dataset.slug), form);
    answer(&house, &view, form).await
}

/// Show the catalog as a collection
///
/// Its items are records (OGC API – Records): the datasets, those without coordinates too.
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_catalog",
    params(FormQuery),
    responses(
        (status = 200, description = "The collection", content(
            (CollectionView = "application/json"),
            (CollectionView = "application/ogc-catalog+json"),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/ogc/collections/catalog")]
pub async fn show_catalog(
    house: Data<House>,
    asked: Ask<FormQuery>,
    request: HttpRequest,
) -> Result<Answer, Problem> {
    let form = Form::of(&request, asked.0.f.as_deref(), &[JSON, form::CATALOG])?;
    let city = browse::city(&house.store).await?;
    answer(&house, &catalog_view(&house, &city, form), form).await
}

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

async fn collection(house: &House, slug: &Slug) -> Result<features::Collection, Problem> {
    features::collection(house, features::subject(house, slug, None).await?).await
}

async fn answer(house: &House, view: &CollectionView, form: Form) -> Result<Answer, Problem> {
    let answer = match form {
        Form::Json(media_type) => Answer::json(view).of_type(media_type),
        Form::Html => {
            let city = browse::city(&house.store).await?;
            Answer::html(pages::ogc::collection(&house.iris, &city, view))
        }
    };
    Ok(answer.varies("accept"))
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

/// Where and when the rows of `slug` are.
fn extent(overview: &Overview, slug: &Slug) -> Option<Extent> {
    overview.find(slug).and_then(|entry| entry.extent())
}

/// The rows of `dataset` as a collection, in an answer of this `form`.
fn view(house: &House, dataset: &Dataset, extent: Option<Extent>, form: Form) -> CollectionView {
    let (at, slug, metadata) = (Addresses(&house.iris), dataset.slug.as_str(), &dataset.metadata);
    let mut links = form.links(&at.collection(slug, ""), JSON).to_vec();
    let items = |f: &str| format!("{}?f={f}", at.collection(slug, "/items"));
    links.extend([
        Link::new("items", items("json")).of_type(GEOJSON).titled(metadata.title.clone()),
        Link::new("items", items("html")).of_type(HTML).titled(metadata.title.clone()),
        Link::new(rel::QUERYABLES, at.collection(slug, "/queryables"))
            .of_type(SCHEMA)
            .titled("条件に使える項目"),
        Link::new(rel::SCHEMA, at.collection(slug, "/schema")).of_type(SCHEMA).titled("項目"),
        Link::new("license", metadata.licence.iri()).of_type(HTML).titled(metadata.licence.title()),
        Link::new("describedby", house.iris.dataset(&dataset.slug))
            .of_type(HTML)
            .titled("データセットのページ"),
        Link::new("canonical", at.item(CATALOG, slug)).of_type(GEOJSON).titled("目録の記録"),
    ]);
    CollectionView {
        id: slug.to_owned(),
        kind: None,
        title: metadata.title.clone(),
        description: metadata.description.clone(),
        keywords: metadata.keywords.clone(),
        attribution: dataset.department.title.clone(),
        license: licence(metadata.licence),
        created: dataset.issued.map(utc),
        updated: Some(utc(dataset.modified)),
        extent: extent.map(ExtentView::of),
        item_type: "feature",
        crs: [CRS84],
        storage_crs: CRS84,
        links,
    }
}

/// The catalog as a collection.
fn catalog_view(house: &House, city: &City, form: Form) -> CollectionView {
    let at = Addresses(&house.iris);
    let mut links = form.links(&at.collection(CATALOG, ""), JSON).to_vec();
    let items = |f: &str| format!("{}?f={f}", at.collection(CATALOG, "/items"));
    links.extend([
        Link::new("items", items("json")).of_type(GEOJSON).titled("データセットの目録"),
        Link::new("items", items("html")).of_type(HTML).titled("データセットの目録"),
        Link::new(rel::QUERYABLES, at.collection(CATALOG, "/queryables"))
            .of_type(SCHEMA)
            .titled("条件に使える項目"),
        Link::new(rel::SCHEMA, at.collection(CATALOG, "/schema")).of_type(SCHEMA).titled("項目"),
        Link::new("license", city.catalog_licence.iri()).of_type(HTML).titled(city.catalog_licence.title()),
        Link::new("describedby", format!("{}.jsonld", house.iris.catalog()))
            .of_type("application/ld+json")
            .titled("DCAT"),
    ]);
    CollectionView {
        id: CATALOG.to_owned(),
        kind: Some("Catalog"),
        title: city.catalog_title.clone(),
        description: city.catalog_description.clone(),
        keywords: Vec::new(),
        attribution: format!("{}{}", city.prefecture, city.name),
        license: licence(city.catalog_licence),
        created: None,
        updated: None,
        extent: None,
        item_type: "record",
        crs: [CRS84],
        storage_crs: CRS84,
        links,
    }
}
