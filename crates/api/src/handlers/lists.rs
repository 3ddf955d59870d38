//! The whole catalog in one list, as others gather it: オープンデータ一覧, `data.json`, the site map.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::made::{self, Made};
use catalog::term::TermKind;
use catalog::{CatalogError, Format, browse};
use plan::InitiativeFilter;

use crate::answer::Answer;
use crate::download::Download;
use crate::encoding::Encoding;
use crate::handlers::downloads;
use crate::links;
use crate::prepared::Key;
use crate::problem::responses::{Gone, NotFound};
use crate::problem::{Kind, Problem};
use crate::sitemap::{self, ADDRESSES_MAX, Division, Place};
use crate::state::House;
use crate::views::data_json::{Around, DataJsonDataset, DataJsonView};

/// The media type of XML that has no name of its own.
const XML: &str = "application/xml; charset=utf-8";

/// オープンデータ一覧, at the address that portals know it by
///
/// In the national layout (自治体標準オープンデータセット A-06), one row a file: the CSV of the dataset that the program makes of its
/// own catalog. The address begins with the city's 全国地方公共団体コード.
#[utoipa::path(
    tag = "harvest",
    operation_id = "open_data_list",
    params(("code" = String, Path, description = "全国地方公共団体コード", example = "042021")),
    responses(
        (status = 200, description = "The list", body = String, content_type = "text/csv", example = "データセット_ID,全国地方公共団体コード\r\n"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
    ),
)]
#[get("/{code}_open_data_list.csv")]
pub async fn open_data_list(
    house: Data<House>,
    code: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let key = Key::new(format_args!("open data list of {code}"), "csv");
    if let Some(ready) = house.prepared.recall(&request, &key).await? {
        return Ok(ready);
    }
    let city = browse::city(&house.store).await?;
    let slug = made::dataset_of(&house.store, Made::OpenDataList).await?;
    let (Some(slug), true) = (slug, city.code.as_str() == code.as_str()) else { return Err(no_such_list()) };
    let dataset = browse::dataset(&house.store, None, &slug).await?;
    let revision = dataset.current.as_ref().ok_or(CatalogError::NoSuchDataset(slug))?;
    let distribution = downloads::find(&house, &dataset.slug, revision, Format::Csv.extension()).await?;
    let saved_as = format!("{code}_open_data_list.csv");
    let download = Download {
        house: &house,
        dataset: &dataset,
        revision,
        distribution,
        encoding: Encoding::Utf8,
        saved_as,
    };
    download.respond(&request, Some(key)).await
}

fn no_such_list() -> Problem {
    Problem::new(
        Kind::NoSuchPage,
        "この団体コードのオープンデータ一覧はありません。データセットの一覧は /datasets にあります。",
        "There is no open-data list of this code. /datasets lists the datasets.",
    )
}

/// The catalog as `data.json`
///
/// DCAT-US 1.1, with every published dataset.
#[utoipa::path(
    tag = "harvest",
    operation_id = "data_json",
    responses(
        (status = 200, description = "The catalog", body = Object, example = json!({"@type": "dcat:Catalog", "dataset": []})),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
    ),
)]
#[get("/data.json")]
pub async fn data_json(house: Data<House>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let make = async || {
        let city = browse::city(&house.store).await?;
        let themes = browse::terms(&house.store, TermKind::Theme).await?;
        let frequencies = browse::terms(&house.store, TermKind::Frequency).await?;
        let around = Around {
            iris: &house.iris,
            city: &city,
            themes: &themes,
            frequencies: &frequencies,
            schemas: &house.schemas,
        };
        let mut all = Vec::new();
        browse::walk(&house.store, |dataset| all.push(DataJsonDataset::new(&around, dataset))).await?;
        Ok(links::of_list(Answer::json(&DataJsonView::new(&house.iris, all)), &house.iris))
    };
    house.prepared.respond(&request, Key::new("data.json", "json"), make).await
}

/// The site map
///
/// Every page with the time it last changed; with more than 50,000 of them an index of several such files.
#[utoipa::path(
    tag = "harvest",
    operation_id = "sitemap",
    responses(
        (status = 200, description = "The map", body = String, content_type = "application/xml", example = "<urlset/>"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
    ),
)]
#[get("/sitemap.xml")]
pub async fn site_map(house: Data<House>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let make = async || {
        let mut places = fixed(&house).await?;
        let datasets = browse::count(&house.store).await?;
        let map = match Division::of(places.len() as u64, datasets, ADDRESSES_MAX) {
            Division::One => {
                places.extend(datasets_from(&house, 0).await?);
                sitemap::addresses(&places)
            }
            Division::Several(count) => {
                let part = |number| (format!("{}/sitemap/{number}.xml", house.iris.base()), None);
                sitemap::index(&(1..=count).map(part).collect::<Vec<_>>())
            }
        };
        Ok(Answer::new(XML, map))
    };
    house.prepared.respond(&request, Key::new("sitemap", "xml"), make).await
}

/// One file of the site map
///
/// The first names the pages that are always there, each other one up to 50,000 datasets.
#[utoipa::path(
    tag = "harvest",
    operation_id = "sitemap_part",
    params(("number" = u32, Path, description = "From 1", example = 1)),
    responses(
        (status = 200, description = "The file", body = String, content_type = "application/xml", example = "<urlset/>"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/sitemap/{number}.xml")]
pub async fn sitemap_part(
    house: Data<House>,
    number: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let number: u32 = number.parse().map_err(|_| no_such_part())?;
    let make = async || {
        let places = match number {
            0 => Vec::new(),
            1 => fixed(&house).await?,
            _ => datasets_from(&house, u64::from(number - 2) * ADDRESSES_MAX).await?,
        };
        if places.is_empty() {
            return Err(no_such_part());
        }
        Ok(Answer::new(XML, sitemap::addresses(&places)))
    };
    house.prepared.respond(&request, Key::new(format_args!("sitemap {number}"), "xml"), make).await
}

fn no_such_part() -> Problem {
    Problem::new(
        Kind::NoSuchPage,
        "この番号のサイトマップはありません。一覧は /sitemap.xml にあります。",
        "There is no site map of this number: /sitemap.xml names them.",
    )
}

/// The pages that are there whatever is published.
async fn fixed(house: &House) -> Result<Vec<Place>, Problem> {
    let iris = &house.iris;
    let departments = browse::departments(&house.store).await?;
    let initiatives = ::plan::initiatives(&house.plans, &InitiativeFilter::default()).await?;
    let mut places = vec![iris.home(), format!("{}/datasets", iris.base()), iris.plan()];
    places.extend(departments.iter().map(|department| iris.department(&department.slug)));
    places.extend(initiatives.iter().map(|initiative| iris.initiative(&initiative.code.to_string())));
    places.extend(house.schemas.iter().map(|schema| iris.schema(&schema.id)));
    Ok(places.into_iter().map(|address| (address, None)).collect())
}

/// The pages of the datasets from place `first` on.
async fn datasets_from(house: &House, first: u64) -> Result<Vec<Place>, Problem> {
    let changed = browse::changed(&house.store, first, ADDRESSES_MAX).await?;
    Ok(changed.into_iter().map(|(slug, modified)| (house.iris.dataset(&slug), Some(modified))).collect())
}
