//! `/ogc/collections/catalog/items`: the datasets as records.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get};
use catalog::term::TermKind;
use catalog::{Slug, browse};

use crate::answer::Answer;
use crate::ask::Ask;
use crate::named::{Named, escape, form_pairs};
use crate::ogc::addresses::{Addresses, CATALOG};
use crate::ogc::classes::{CONTENT_CRS, CRS84};
use crate::ogc::features::TYPES;
use crate::ogc::form::{Form, GEOJSON, JSON};
use crate::ogc::link::Link;
use crate::ogc::query::{FormQuery, Given, RecordsQuery};
use crate::ogc::records::{Question, Written};
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::{BadQuestion, Gone, NotAcceptable, NotFound};
use crate::state::House;
use crate::views::ogc::{RecordView, RecordsView};

/// Ask for records
///
/// What is said of each dataset, by name. A page has 100 unless `limit` says otherwise; the link `next` leads on.
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_records",
    params(RecordsQuery),
    responses(
        (status = 200, description = "A page of records", content(
            (RecordsView = "application/geo+json"),
            (RecordsView = "application/json"),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuestion),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/ogc/collections/catalog/items")]
pub async fn list_records(house: Data<House>, request: HttpRequest) -> Result<Answer, Problem> {
    let given = Given::read(request.query_string(), &RecordsQuery::PARAMETERS)?;
    let form = Form::of(&request, given.get("f"), &TYPES)?;
    let question = Question::read(&given, &house.iris)?;
    let overview = browse::overview(&house.store).await?;
    let chosen = overview.page(&question.wanted, question.after.as_ref(), question.limit);
    let datasets = browse::among(&house.store, &chosen.slugs).await?;
    let themes = browse::terms(&house.store, TermKind::Theme).await?;
    let written = Written { iris: &house.iris, themes: &themes, overview: &overview };
    let features: Vec<RecordView> = datasets.iter().map(|dataset| written.record(dataset, form)).collect();

    let address = |cursor: Option<&Slug>| {
        let kept = |name: &str| name != "f" && (cursor.is_none() || name != "cursor");
        let pairs = form_pairs(request.query_string()).filter(|(name, _)| kept(name));
        let mut query: Vec<String> =
            pairs.map(|(name, value)| format!("{}={}", escape(&name), escape(&value))).collect();
        query.extend(cursor.map(|cursor| format!("cursor={cursor}")));
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{mark}{}", Addresses(&house.iris).collection(CATALOG, "/items"), query.join("&"))
    };
    let f = if form == Form::Html { "html" } else { "json" };
    let last = chosen.slugs.last().filter(|_| chosen.more);
    let next = last.map(|last| format!("{}&f={f}", address(Some(last))));
    let mut links = form.links(&address(None), GEOJSON).to_vec();
    links.push(Link::new("collection", Addresses(&house.iris).collection(CATALOG, "")).of_type(JSON));
    links.extend(next.clone().map(|next| Link::new("next", next).of_type(form.media_type())));
    let view = RecordsView {
        kind: "FeatureCollection",
        number_matched: chosen.total,
        number_returned: features.len() as u64,
        features,
        links,
    };
    let answer = match form {
        Form::Json(media_type) => Answer::json(&view).of_type(media_type),
        Form::Html => {
            let city = browse::city(&house.store).await?;
            Answer::html(pages::ogc::records(
                &house.iris,
                &city,
                given.get("q").unwrap_or_default(),
                &view,
                next.clone(),
            ))
        }
    };
    Ok(answer.next(next.as_deref()).header(CONTENT_CRS, &format!("<{CRS84}>")).varies("accept"))
}

/// Show one record
#[utoipa::path(
    tag = "places",
    operation_id = "ogc_record",
    params(
        ("record" = String, Path, description = "The dataset's stable name", example = "sample-public-toilets"),
        FormQuery,
    ),
    responses(
        (status = 200, description = "What is said of the dataset", content(
            (RecordView = "application/geo+json"),
            (RecordView = "application/json"),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuestion),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
    ),
)]
#[get("/ogc/collections/catalog/items/{record}")]
pub async fn show_record(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    asked: Ask<FormQuery>,
    request: HttpRequest,
) -> Result<Answer, Problem> {
    let form = Form::of(&request, asked.0.f.as_deref(), &TYPES)?;
    let dataset = browse::dataset(&house.store, None, &slug.get()?).await?;
    let overview = browse::overview(&house.store).await?;
    let themes = browse::terms(&house.store, TermKind::Theme).await?;
    let record = Written { iris: &house.iris, themes: &themes, overview: &overview }.record(&dataset, form);
    let answer = match form {
        Form::Json(media_type) => Answer::json(&record).of_type(media_type),
        Form::Html => {
            let city = browse::city(&house.store).await?;
            Answer::html(pages::ogc::record(&house.iris, &city, &record))
        }
    };
    Ok(answer.header(CONTENT_CRS, &format!("<{CRS84}>")).varies("accept"))
}
