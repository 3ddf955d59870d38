//! Datasets: `package_list`, `package_show`, `package_search`, `current_package_list_with_resources`.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use catalog::Dataset;
use catalog::ckan::query::{FACET_DEFAULT, ROWS_DEFAULT, ROWS_MAX, orders};
use catalog::ckan::{Asked, By, PackageQuery};
use catalog::packages::Packages;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::params::{Params, short};
use super::{Call, not_found};
use crate::handlers::catalog::Words;
use crate::problem::Problem;
use crate::problem::ckan::misread;
use crate::views::ckan::package::PackageView;

/// What `package_search` takes. The last ones are for CKAN's own search engine or for those who see drafts: they change nothing here.
const SEARCH: [&str; 21] = [
    "q",
    "fq",
    "fq_list",
    "sort",
    "rows",
    "start",
    "facet",
    "facet.field",
    "facet.limit",
    "facet.mincount",
    "fl",
    "include_drafts",
    "include_private",
    "include_deleted",
    "use_default_schema",
    "qf",
    "defType",
    "mm",
    "tie",
    "bf",
    "boost",
];

/// Conditions of one search.
const CONDITIONS_MAX: usize = 20;

pub(super) async fn list(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    let (offset, limit) = (call.params.count("offset")?.unwrap_or(0), call.params.count("limit")?);
    let names = call.portal().names(offset, limit).await?;
    Ok(call.gives(names.iter().map(|slug| slug.as_str()).collect::<Vec<_>>()))
}

pub(super) async fn show(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    let name = call.params.needed("id", &["name_or_id"])?;
    let dataset = call.portal().package(&name).await?.ok_or_else(|| not_found("dataset", &name))?;
    let mut views = shown(call, &[dataset]).await?;
    call.finds(views.pop(), "dataset", &name)
}

pub(super) async fn current(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    let limit = call.params.count("limit")?.unwrap_or(u64::from(ROWS_MAX));
    let offset = match (call.params.count("offset")?, call.params.count("page")?) {
        (Some(offset), _) => offset,
        (None, Some(page)) => page.saturating_sub(1).saturating_mul(limit),
        (None, None) => 0,
    };
    let query = PackageQuery {
        sort: orders("").unwrap_or_default(),
        start: offset,
        rows: u32::try_from(limit).unwrap_or(ROWS_MAX),
        ..PackageQuery::default()
    };
    let found = call.portal().search(&query).await?;
    Ok(call.gives(shown(call, &found.datasets).await?))
}

pub(super) async fn search(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    call.params.only(&SEARCH)?;
    let sort = call.params.text("sort")?.unwrap_or_else(|| "score desc, metadata_modified desc".to_owned());
    let query = read(&call.params, &sort)?;
    let wanted = call.params.texts("fl", true)?;
    let Packages { datasets, count, facets } = call.portal().search(&query).await?;
    let views = shown(call, &datasets).await?;
    let results = match wanted.as_slice() {
        [] => Results::Whole(views),
        wanted => Results::Some(views.iter().map(|view| members(view, wanted)).collect()),
    };
    let items = |facets: &[catalog::query::Facet]| -> Vec<ItemView> {
        let item = |facet: &catalog::query::Facet| ItemView {
            name: facet.value.clone(),
            display_name: facet.label.clone(),
            count: facet.count,
        };
        facets.iter().map(item).collect()
    };
    let counts = facets.iter().map(|(by, facets)| {
        (by.as_str(), facets.iter().map(|facet| (facet.value.clone(), facet.count)).collect())
    });
    let search_facets = facets
        .iter()
        .map(|(by, facets)| (by.as_str(), FacetView { title: by.as_str(), items: items(facets) }));
    Ok(call.gives(FoundView {
        count,
        sort,
        facets: counts.collect(),
        search_facets: search_facets.collect(),
        results,
    }))
}

fn read(params: &Params, sort: &str) -> Result<PackageQuery, Problem> {
    let now = Timestamp::now();
    let mut asked = Asked::ANYTHING;
    if let Some(q) = params.text("q")? {
        asked = asked.and(Asked::looked_for(&q, now).map_err(|why| misread("q", &q, &why))?);
    }
    let conditions: Vec<(&str, String)> = ["fq", "fq_list"]
        .into_iter()
        .map(|name| Ok(params.texts(name, false)?.into_iter().map(move |condition| (name, condition))))
        .collect::<Result<Vec<_>, Problem>>()?
        .into_iter()
        .flatten()
        .collect();
    if conditions.len() > CONDITIONS_MAX {
        let (ja, en) = ("条件は20個までです。", "at most 20 conditions are taken");
        return Err(Problem::bad_parameter("fq_list", ja, en));
    }
    for (name, condition) in &conditions {
        asked = asked.and(Asked::read(condition, now).map_err(|why| misread(name, condition, &why))?);
    }
    let facets = if params.flag("facet", true)? { facet_fields(params)? } else { Vec::new() };
    let number = |name: &str, default: u32| {
        Ok::<_, Problem>(
            params.count(name)?.map_or(default, |count| u32::try_from(count).unwrap_or(u32::MAX)),
        )
    };
    let facet_limit = match params.bound("facet.limit")? {
        None => Some(FACET_DEFAULT),
        Some(limit) => limit.map(|limit| u32::try_from(limit).unwrap_or(u32::MAX)),
    };
    Ok(PackageQuery {
        asked,
        sort: orders(sort).map_err(|why| {
            let ja = "id, name, title, metadata_created, metadata_modified のどれかに asc か desc を付けて書きます。";
            Problem::bad_parameter("sort", ja, why)
        })?,
        start: params.count("start")?.unwrap_or(0),
        rows: number("rows", ROWS_DEFAULT)?.min(ROWS_MAX),
        facets,
        facet_limit,
        facet_least: number("facet.mincount", 1)?.max(1),
    })
}

fn facet_fields(params: &Params) -> Result<Vec<By>, Problem> {
    let mut fields: Vec<By> = Vec::new();
    for name in params.texts("facet.field", true)?.iter().filter(|name| !name.is_empty()) {
        let by = name.parse::<By>().map_err(|why| {
            let ja = format!(
                "`{}` では数えられません。organization, groups, tags, res_format, license_id が使えます。",
                short(name)
            );
            Problem::bad_parameter("facet.field", ja, why)
        })?;
        if !fields.contains(&by) {
            fields.push(by);
        }
    }
    Ok(fields)
}

/// `datasets` as packages.
pub(super) async fn shown(call: &Call<'_>, datasets: &[Dataset]) -> Result<Vec<PackageView>, Problem> {
    let words = Words::read(call.house).await?;
    let scope = words.scope(call.house);
    Ok(datasets.iter().map(|dataset| PackageView::new(dataset, &scope)).collect())
}

/// The members of a package that are wanted.
fn members(view: &PackageView, wanted: &[String]) -> BTreeMap<String, Value> {
    let Ok(Value::Object(members)) = serde_json::to_value(view) else { return BTreeMap::new() };
    members.into_iter().filter(|(name, _)| wanted.contains(name)).collect()
}

/// What `package_search` gives.
#[derive(Serialize)]
struct FoundView {
    count: u64,
    sort: String,
    facets: BTreeMap<&'static str, BTreeMap<String, u64>>,
    search_facets: BTreeMap<&'static str, FacetView>,
    results: Results,
}

/// Packages, or what was wanted of each.
#[derive(Serialize)]
#[serde(untagged)]
enum Results {
    Whole(Vec<PackageView>),
    Some(Vec<BTreeMap<String, Value>>),
}

/// How packages spread.
#[derive(Serialize)]
struct FacetView {
    title: &'static str,
    items: Vec<ItemView>,
}

/// One value, and how many packages have it.
#[derive(Serialize)]
struct ItemView {
    name: String,
    display_name: String,
    count: u64,
}
