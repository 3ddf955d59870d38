//! `/api/v1/schemas`: the national schemas that files are held against.

use actix_web::get;
use actix_web::web::{Data, Path};
use ingestion::{Schema, SchemaId, Schemas};

use crate::answer::Answer;
use crate::named::shown;
use crate::problem::responses::NotFound;
use crate::problem::{Kind, Problem};
use crate::state::House;
use crate::views::listing::ListView;
use crate::views::schema::{SchemaSummary, SchemaView};

/// The schema named `{standard}/{name}`.
///
/// # Errors
/// [`Kind::NoSuchSchema`]
pub fn find<'a>(schemas: &'a Schemas, standard: &str, name: &str) -> Result<&'a Schema, Problem> {
    let id = format!("{standard}/{name}");
    let found = id.parse::<SchemaId>().ok().and_then(|id| schemas.get(&id));
    found.ok_or_else(|| {
        let short = shown(&id);
        Problem::new(
            Kind::NoSuchSchema,
            format!("様式 `{short}` はありません。一覧は /api/v1/schemas にあります。"),
            format!("There is no schema `{short}`. /api/v1/schemas lists them."),
        )
    })
}

/// List the national schemas
#[utoipa::path(
    tag = "schemas",
    operation_id = "list_schemas",
    responses((status = 200, description = "All schemas", body = ListView<SchemaSummary>)),
)]
#[get("/schemas")]
pub async fn list_schemas(house: Data<House>) -> Answer {
    let items = house.schemas.iter().map(|schema| SchemaSummary::new(schema, &house.iris)).collect();
    Answer::json(&ListView::whole(items))
}

/// Show one schema with its fields
#[utoipa::path(
    tag = "schemas",
    operation_id = "show_schema",
    params(
        ("standard" = String, Path, description = "`hyojun` (自治体標準) or `suisho` (推奨)", example = "hyojun"),
        ("id" = String, Path, description = "Its name in the standard", example = "public_toilet"),
    ),
    responses(
        (status = 200, description = "The schema", body = SchemaView),
        (status = 404, response = NotFound),
    ),
)]
#[get("/schemas/{standard}/{id}")]
pub async fn show_schema(house: Data<House>, id: Path<(String, String)>) -> Result<Answer, Problem> {
    let schema = find(&house.schemas, &id.0, &id.1)?;
    Ok(Answer::json(&SchemaView::new(schema, &house.iris)))
}
