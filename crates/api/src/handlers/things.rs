//! The IRIs of things: each answers a page to people, JSON to programs and linked data to harvesters.

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::dcat::{self, Syntax};
use catalog::query::Query;
use catalog::{CatalogError, Slug, browse};
use plan::InitiativeCode;

use crate::answer::Answer;
use crate::ask::Ask;
use crate::handlers::catalog::Words;
use crate::handlers::datasets::{DatasetsQuery, settled};
use crate::handlers::{downloads, schemas};
use crate::links;
use crate::named::{Address, Name, Named};
use crate::negotiate::{self, Form};
use crate::pages;
use crate::prepared::Key;
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, Gone, NotAcceptable, NotFound, NotMadeYet};
use crate::state::House;
use crate::views::dataset::DatasetView;
use crate::views::department::DepartmentView;
use crate::views::plan::{InitiativeView, PlanView};
use crate::views::schema::SchemaView;

fn rdf(triples: &[dcat::Triple], syntax: Syntax) -> Answer {
    Answer::new(syntax.media_type(), dcat::write(triples, syntax))
}

/// The list of datasets, as a page
///
/// The same parameters as `/api/v1/datasets`.
#[utoipa::path(
    tag = "harvest",
    operation_id = "datasets_page",
    params(DatasetsQuery),
    responses(
        (status = 200, description = "A page for people", body = String, content_type = "text/html", example = "<!doctype html>"),
        (status = 400, response = BadQuery),
    ),
)]
#[get("/datasets")]
pub async fn datasets_page(
    house: Data<House>,
    uri: Address,
    asked: Ask<DatasetsQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let words = asked.0.q.clone().unwrap_or_default();
    let query = asked.0.read()?;
    let make = async || {
        let listing = browse::datasets(&house.store, None, &query).await?;
        let city = browse::city(&house.store).await?;
        let next = listing.next.as_ref().map(|cursor| uri.with(&house.iris, "cursor", &cursor.to_string()));
        let page = pages::datasets(&house, &city, &words, &query, &listing, &uri);
        Ok(links::of_list(Answer::html(page).next(next.as_deref()), &house.iris))
    };
    let key = Key::new(format_args!("datasets?{}", request.query_string()), "html");
    house.prepared.respond(&request, key, make).await
}

/// A dataset's IRI
///
/// A page, JSON, Turtle, RDF/XML or JSON-LD, as `Accept` likes best.
#[utoipa::path(
    tag = "harvest",
    operation_id = "dataset_thing",
    params(("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list")),
    responses(
        (status = 200, description = "The dataset", content(
            (String = "text/html", example = "<!doctype html>"),
            (DatasetView = "application/json"),
            (String = "text/turtle", example = "<http://127.0.0.1:8080/datasets/open-data-list> a dcat:Dataset ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}")]
pub async fn dataset_thing(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.get()?;
    let form = negotiate::choose(&request, &negotiate::ALL)?;
    let make = async || Ok(show_dataset(&house, &slug, form).await?.varies("accept"));
    let key = Key::new(format_args!("dataset {slug} liked"), form.media_type());
    house.prepared.respond(&request, key, make).await
}

/// A dataset in the form that the extension names
///
/// `html`, `json`, `ttl`, `rdf` or `jsonld`, whatever `Accept` says.
#[utoipa::path(
    tag = "harvest",
    operation_id = "dataset_in_form",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("extension" = String, Path, description = "`html`, `json`, `ttl`, `rdf` or `jsonld`", example = "ttl"),
    ),
    responses(
        (status = 200, description = "The dataset", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/datasets/open-data-list> a dcat:Dataset ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
            (DatasetView = "application/json"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}.{extension}")]
pub async fn dataset_in_form(
    house: Data<House>,
    path: Path<(Named<Slug>, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Form::of_extension(&path.1)?;
    let slug = path.0.get()?;
    let key = Key::new(format_args!("dataset {slug}"), form.media_type());
    house.prepared.respond(&request, key, async || show_dataset(&house, &slug, form).await).await
}

async fn show_dataset(house: &House, slug: &Slug, form: Form) -> Result<Answer, Problem> {
    let dataset = browse::dataset(&house.store, None, slug).await?;
    let words = Words::read(house).await?;
    let answer = match form {
        Form::Html => Answer::html(pages::dataset(&words, &dataset, house)),
        Form::Json => Answer::json(&DatasetView::new(&dataset, &words.city, &house.iris)),
        Form::Rdf(syntax) => rdf(&dcat::dataset(&words.scope(house), &dataset), syntax),
    };
    // A page may look otherwise tomorrow, without the dataset having changed.
    let modified = if form == Form::Html { None } else { settled(&dataset) };
    Ok(links::of_dataset(answer, &dataset, &house.iris).modified(modified))
}

/// A distribution's IRI
///
/// Linked data as `Accept` likes best; people are led to the page of the dataset.
#[utoipa::path(
    tag = "harvest",
    operation_id = "distribution_thing",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("format" = String, Path, description = "`csv`, `json`, `geojson`, `parquet` or `xlsx`", example = "csv"),
    ),
    responses(
        (status = 200, description = "The distribution", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/distributions/open-data-list/csv> a dcat:Distribution ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 303, description = "The page of the dataset, for people"),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 503, response = NotMadeYet),
    ),
)]
#[get("/distributions/{slug}/{format}")]
pub async fn distribution_thing(
    house: Data<House>,
    path: Path<(Named<Slug>, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = path.0.get()?;
    let found = async || {
        let dataset = browse::dataset(&house.store, None, &slug).await?;
        let current = dataset.current.as_ref().ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?;
        let format = downloads::find(&house, &slug, current, &path.1).await?.format;
        Ok::<_, Problem>((dataset, format))
    };
    let form = negotiate::choose(&request, &negotiate::ALL)?;
    let Form::Rdf(syntax) = form else {
        found().await?;
        return Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, house.iris.dataset(&slug)))
            .insert_header((header::VARY, "accept"))
            .finish());
    };
    let make = async || {
        let (dataset, format) = found().await?;
        let words = Words::read(&house).await?;
        let answer = rdf(&dcat::distribution(&words.scope(&house), &dataset, format), syntax);
        Ok(links::of_dataset(answer, &dataset, &house.iris).varies("accept"))
    };
    let key = Key::new(format_args!("distribution {slug} {}", path.1), form.media_type());
    house.prepared.respond(&request, key, make).await
}

/// A department's IRI
#[utoipa::path(
    tag = "harvest",
    operation_id = "department_thing",
    params(("slug" = String, Path, description = "The department's stable name", example = "dx")),
    responses(
        (status = 200, description = "The department", content(
            (String = "text/html", example = "<!doctype html>"),
            (DepartmentView = "application/json"),
            (String = "text/turtle", example = "<http://127.0.0.1:8080/departments/dx> a foaf:Agent ."),
        )),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/departments/{slug}")]
pub async fn department_thing(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.get()?;
    let form = negotiate::choose(&request, &negotiate::ALL)?;
    let key = Key::new(format_args!("department {slug}"), form.media_type());
    house.prepared.respond(&request, key, async || show_department(&house, &slug, form).await).await
}

async fn show_department(house: &House, slug: &Slug, form: Form) -> Result<Answer, Problem> {
    let department = browse::department(&house.store, slug).await?;
    let words = Words::read(house).await?;
    let answer = match form {
        Form::Html => {
            let query = Query { department: Some(department.slug.clone()), limit: 100, ..Default::default() };
            let listing = browse::datasets(&house.store, None, &query).await?;
            Answer::html(pages::department(&house.iris, &words.city, &department, &listing))
        }
        Form::Json => Answer::json(&DepartmentView::new(department, &house.iris)),
        Form::Rdf(syntax) => rdf(&dcat::department(&words.scope(house), &department), syntax),
    };
    Ok(answer.varies("accept"))
}

/// A schema's IRI
#[utoipa::path(
    tag = "harvest",
    operation_id = "schema_thing",
    params(
        ("standard" = String, Path, description = "`hyojun` or `suisho`", example = "hyojun"),
        ("id" = String, Path, description = "Its name in the standard", example = "public_toilet"),
    ),
    responses(
        (status = 200, description = "The schema", content(
            (String = "text/html", example = "<!doctype html>"),
            (SchemaView = "application/json"),
            (String = "text/turtle", example = "<http://127.0.0.1:8080/schemas/hyojun/public_toilet> a dct:Standard ."),
        )),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/schemas/{standard}/{id}")]
pub async fn schema_thing(
    house: Data<House>,
    id: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let schema = schemas::find(&house.schemas, &id.0, &id.1)?;
    let form = negotiate::choose(&request, &negotiate::ALL)?;
    let make = async || {
        let words = Words::read(&house).await?;
        let answer = match form {
            Form::Html => Answer::html(pages::schema(&house.iris, &words.city, schema)),
            Form::Json => Answer::json(&SchemaView::new(schema, &house.iris)),
            Form::Rdf(syntax) => rdf(&dcat::schema(&words.scope(&house), schema), syntax),
        };
        Ok(answer.varies("accept"))
    };
    house.prepared.respond(&request, Key::new(format_args!("schema {}", schema.id), form.media_type()), make).await
}

/// The plan's IRI
#[utoipa::path(
    tag = "harvest",
    operation_id = "plan_thing",
    responses(
        (status = 200, description = "The plan", content(
            (String = "text/html", example = "<!doctype html>"),
            (PlanView = "application/json"),
        )),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/plan")]
pub async fn plan_thing(house: Data<House>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let form = negotiate::choose(&request, &negotiate::PAGE_OR_JSON)?;
    let key = Key::new("plan", form.media_type());
    house.prepared.respond(&request, key, async || show_plan(&house, form).await).await
}

async fn show_plan(house: &House, form: Form) -> Result<Answer, Problem> {
    let plan = ::plan::plan(&house.plans).await?;
    let answer = match form {
        Form::Json => Answer::json(&PlanView::new(&plan, &house.iris)),
        _ => {
            let city = browse::city(&house.store).await?;
            let initiatives = ::plan::initiatives(&house.plans, &Default::default()).await?;
            Answer::html(pages::plan(&house.iris, &city, &plan, &initiatives))
        }
    };
    Ok(answer.varies("accept"))
}

/// An initiative's IRI
#[utoipa::path(
    tag = "harvest",
    operation_id = "initiative_thing",
    params(("code" = String, Path, description = "`A-1` (a 項目) or `A-1-1` (an individual item)", example = "A-5")),
    responses(
        (status = 200, description = "The initiative", content(
            (String = "text/html", example = "<!doctype html>"),
            (InitiativeView = "application/json"),
        )),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/plan/initiatives/{code}")]
pub async fn initiative_thing(
    house: Data<House>,
    code: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let code = InitiativeCode::named(&code)?;
    let form = negotiate::choose(&request, &negotiate::PAGE_OR_JSON)?;
    let key = Key::new(format_args!("initiative {code}"), form.media_type());
    house.prepared.respond(&request, key, async || show_initiative(&house, &code, form).await).await
}

async fn show_initiative(house: &House, code: &InitiativeCode, form: Form) -> Result<Answer, Problem> {
    let initiative = ::plan::initiative(&house.plans, code).await?;
    let answer = match form {
        Form::Json => Answer::json(&InitiativeView::new(&initiative, &house.iris)),
        _ => {
            let city = browse::city(&house.store).await?;
            Answer::html(pages::initiative(&house.iris, &city, &initiative))
        }
    };
    Ok(answer.varies("accept"))
}
