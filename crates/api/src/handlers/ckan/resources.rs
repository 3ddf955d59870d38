//! Forms of datasets: `resource_show`, `resource_search`.

use actix_web::HttpResponse;
use catalog::asking::Pattern;
use catalog::ckan::query::{ROWS_MAX, ResourceTerm};
use catalog::ckan::{ResourceKey, ResourceQuery};
use catalog::packages::Resource;
use catalog::{Form, Format, Revision};
use serde::Serialize;

use super::params::short;
use super::{Call, not_found};
use crate::problem::Problem;
use crate::state::House;
use crate::views::ckan::resource::{ResourceView, description};

/// What a search of resources takes, at most.
const TERMS_MAX: usize = 20;

pub(super) async fn show(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    let id = call.params.needed("id", &[])?;
    let found = call.portal().resource(&id).await?.ok_or_else(|| not_found("resource", &id))?;
    Ok(call.gives(view(&found, call.house)))
}

pub(super) async fn search(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    let params = &call.params;
    let written = params.texts("query", false)?;
    if written.is_empty() {
        return Err(Problem::bad_parameter("query", "この引数が要ります。", "missing value"));
    }
    if written.len() > TERMS_MAX {
        return Err(Problem::bad_parameter("query", "条件は20個までです。", "at most 20 terms are taken"));
    }
    let order = params.text("order_by")?.map(|name| match name.as_str() {
        "name" => Ok(ResourceKey::Name),
        "format" => Ok(ResourceKey::Format),
        "size" => Ok(ResourceKey::Size),
        "last_modified" => Ok(ResourceKey::Modified),
        _ => {
            let (ja, en) = (
                "name, format, size, last_modified のどれかです。",
                "it is name, format, size or last_modified",
            );
            Err(Problem::bad_parameter("order_by", ja, en))
        }
    });
    let limit = params.count("limit")?.map_or(ROWS_MAX, |limit| u32::try_from(limit).unwrap_or(ROWS_MAX));
    let query = ResourceQuery {
        terms: written.iter().map(|text| term(text)).collect::<Result<_, _>>()?,
        order: order.transpose()?,
        offset: params.count("offset")?.unwrap_or(0),
        limit,
    };
    let (found, count) = call.portal().resources(&query).await?;
    let results = found.iter().map(|found| view(found, call.house)).collect();
    Ok(call.gives(FoundView { count, results }))
}

/// `FIELD:TERM`: the field holds the term, whatever its case.
fn term(text: &str) -> Result<ResourceTerm, Problem> {
    let (field, wanted) = text.split_once(':').ok_or_else(|| {
        let (ja, en) =
            ("`項目:語` の形で書きます。例: format:CSV", "it is written FIELD:TERM, like format:CSV");
        Problem::bad_parameter("query", ja, en)
    })?;
    let holds = || Pattern::of(&format!("%{}%", plain(wanted)));
    let formats = |says: fn(Format) -> &'static str| {
        let wanted = wanted.to_lowercase();
        let fits = move |format: &Format| says(*format).to_lowercase().contains(&wanted);
        ResourceTerm::Format(Format::ALL.into_iter().filter(fits).collect())
    };
    match field.trim() {
        "name" => Ok(ResourceTerm::Name(holds())),
        "url" => Ok(ResourceTerm::Url(holds())),
        "format" => Ok(formats(Format::title)),
        "mimetype" => Ok(formats(Format::media_type)),
        "description" => Ok(formats(description)),
        "hash" => Ok(ResourceTerm::Hash(wanted.trim().to_ascii_lowercase())),
        other => Err(Problem::bad_parameter(
            "query",
            format_args!(
                "`{}` では探せません。name, url, format, mimetype, description, hash が使えます。",
                short(other)
            ),
            format_args!(
                "there is no field `{}`: name, url, format, mimetype, description or hash",
                short(other)
            ),
        )),
    }
}

/// A text in which the signs of a pattern are letters.
fn plain(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            let escape = matches!(letter, '%' | '_' | '\\').then_some('\\');
            escape.into_iter().chain(std::iter::once(letter))
        })
        .collect()
}

fn view(found: &Resource, house: &House) -> ResourceView {
    let Resource { dataset, format } = found;
    let forms = dataset.current.as_ref().map(Revision::forms).unwrap_or_default();
    let told = (0..).zip(&forms).find(|(_, form)| form.format == *format);
    let (position, form) =
        told.map_or((0, Form { format: *format, made: None }), |(place, form)| (place, *form));
    ResourceView::new(dataset, &form, position, &house.iris)
}

/// What `resource_search` gives.
#[derive(Serialize)]
struct FoundView {
    count: u64,
    results: Vec<ResourceView>,
}
