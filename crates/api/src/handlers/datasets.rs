//! `/api/v1/datasets`: the datasets that are open to everybody, and to staff those of their department.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::query::{Cursor, Query, Sort};
use catalog::{Dataset, Slug, browse};
use ingestion::SchemaId;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::ask::{self, Ask};
use crate::links;
use crate::named::{Address, Named};
use crate::prepared::{Key, Thing};
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, Gone, NotFound, TooManyRequests, Unauthorized};
use crate::staff::Asker;
use crate::state::House;
use crate::views::dataset::{DatasetView, DatasetsView};

/// How to narrow the list of datasets down, in which order, and how many at a time.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DatasetsQuery {
    /// Words to look for in title, keywords, description, department, schema and the names of columns, as `q` of the search reads
    /// them; several must all be there.
    #[param(example = "避難")]
    pub q: Option<String>,
    /// The slug of a 担当課.
    #[param(pattern = "^([a-z0-9][a-z0-9_-]{1,99})?$", example = "dx")]
    pub department: Option<String>,
    /// The code of a 分類.
    pub theme: Option<String>,
    /// The id of a 様式.
    #[param(pattern = "^((hyojun|suisho)/[a-z0-9_]+)?$", example = "hyojun/public_toilet")]
    pub schema: Option<String>,
    /// A keyword, whole.
    pub keyword: Option<String>,
    /// `csv`, `json`, `geojson`, `parquet` or `xlsx`.
    #[param(pattern = "^(csv|json|geojson|parquet|xlsx)?$", example = "geojson")]
    pub format: Option<String>,
    /// `CC-BY-4.0`, `CC0-1.0` or `PDL-1.0`.
    #[param(pattern = "^(CC-BY-4\\.0|CC0-1\\.0|PDL-1\\.0)?$", example = "CC-BY-4.0")]
    pub license: Option<String>,
    /// The code of a 更新頻度.
    pub frequency: Option<String>,
    /// `draft`, `published` or `withdrawn`; visitors see only what is published.
    #[param(example = "published")]
    pub state: Option<String>,
    /// Only what changed at this moment (RFC 3339) or later.
    #[param(
        pattern = "^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))?$",
        example = "2025-01-01T00:00:00+09:00"
    )]
    pub modified_since: Option<String>,
    /// `modified` (newest first, the default), `issued` (newest first), `title` or `slug`.
    #[param(pattern = "^(modified|issued|title|slug)?$", example = "modified")]
    pub sort: Option<String>,
    /// How many on a page, 1 to 100; 20 unless told otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 20)]
    pub limit: Option<String>,
    /// Where the page begins; only `next` of another page gives one.
    #[param(pattern = "^([0-9a-f]{2})*$")]
    pub cursor: Option<String>,
}

impl DatasetsQuery {
    /// What the words of the query string mean.
    ///
    /// # Errors
    /// The parameter that does not read.
    pub fn read(self) -> Result<Query, Problem> {
        let present = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        Ok(Query {
            q: present(self.q),
            department: ask::read::<Slug>(
                "department",
                self.department.as_deref(),
                ("担当課の名前（slug）です。", "it is a department's slug"),
            )?,
            theme: present(self.theme),
            schema: ask::read::<SchemaId>(
                "schema",
                self.schema.as_deref(),
                ("hyojun/… か suisho/… と書きます。", "it is written hyojun/… or suisho/…"),
            )?,
            keyword: present(self.keyword),
            format: ask::format(self.format.as_deref())?,
            licence: ask::licence(self.license.as_deref())?,
            frequency: present(self.frequency),
            state: state(self.state.as_deref())?,
            modified_since: ask::read::<Timestamp>(
                "modified_since",
                self.modified_since.as_deref(),
                (
                    "2025-01-01T00:00:00+09:00 のように、日時と時差を書きます。",
                    "it is an RFC 3339 moment with its zone, like 2025-01-01T00:00:00+09:00",
                ),
            )?,
            sort: ask::read::<Sort>(
                "sort",
                self.sort.as_deref(),
                ("modified, issued, title, slug のどれかです。", "it is modified, issued, title or slug"),
            )?
            .unwrap_or_default(),
            after: ask::read::<Cursor>(
                "cursor",
                self.cursor.as_deref(),
                (
                    "前のページの next にある値をそのまま使います。",
                    "it is taken from the `next` of another page",
                ),
            )?,
            limit: ask::limit(self.limit.as_deref(), 20, 100)?,
        })
    }
}

fn state(name: Option<&str>) -> Result<Option<&'static str>, Problem> {
    let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(None) };
    let known = ["draft", "published", "withdrawn"].into_iter().find(|known| *known == name);
    known.map(Some).ok_or_else(|| {
        Problem::bad_parameter(
            "state",
            "draft, published, withdrawn のどれかです。",
            "it is draft, published or withdrawn",
        )
    })
}

/// List the datasets
///
/// Everything that is published, narrowed down by any of the parameters; to staff also the drafts of their department.
#[utoipa::path(
    tag = "datasets",
    operation_id = "list_datasets",
    security((), ("token" = [])),
    params(DatasetsQuery),
    responses(
        (status = 200, description = "A page of datasets", body = DatasetsView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 401, response = Unauthorized),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets")]
pub async fn list_datasets(
    house: Data<House>,
    uri: Address,
    asker: Asker,
    asked: Ask<DatasetsQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = asked.0.read()?;
    let key = Key::new(format_args!("datasets?{}", request.query_string()), "json");
    house.prepared.respond(&request, key, async || list(&house, asker, &query, &uri).await).await
}

async fn list(house: &House, asker: Asker, query: &Query, uri: &Address) -> Result<Answer, Problem> {
    let asker = asker.0.as_ref();
    let listing = browse::datasets(&house.store, asker, query).await?;
    let city = browse::city(&house.store).await?;
    let next = listing.next.map(|cursor| uri.with(&house.iris, "cursor", &cursor.to_string()));
    let views = listing.items.iter();
    let views = views.map(|dataset| DatasetView::seen_by(asker, dataset, &city, &house.iris));
    let view = DatasetsView {
        items: views.collect(),
        total: listing.total,
        facets: listing.facets.into(),
        next: next.clone(),
    };
    Ok(links::of_list(Answer::json(&view).next(next.as_deref()), &house.iris).varies("authorization"))
}

/// Show one dataset
#[utoipa::path(
    tag = "datasets",
    operation_id = "show_dataset",
    security((), ("token" = [])),
    params(("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list")),
    responses(
        (status = 200, description = "The dataset with its current distributions", body = DatasetView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets/{slug}")]
pub async fn show_dataset(
    house: Data<House>,
    asker: Asker,
    slug: Path<Named<Slug>>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.get()?;
    let make = async || {
        let asker = asker.0.as_ref();
        let dataset = browse::dataset(&house.store, asker, &slug).await?;
        let city = browse::city(&house.store).await?;
        let view = DatasetView::seen_by(asker, &dataset, &city, &house.iris);
        let answer = links::of_dataset(Answer::json(&view), &dataset, &house.iris);
        Ok(answer.modified(settled(&dataset)).varies("authorization"))
    };
    house.prepared.respond(&request, Key::new(Thing::of(&slug, "api dataset"), "json"), make).await
}

/// Since when what is told of `dataset` is so; `None` while forms of it are still to come.
pub fn settled(dataset: &Dataset) -> Option<Timestamp> {
    let current = dataset.current.as_ref()?;
    let published = current.published_at.unwrap_or(dataset.modified);
    current.is_settled().then(|| dataset.modified.max(published))
}
