//! `/api/v1/schemas`: the national schemas that files are held against.

use actix_web::get;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use ingestion::describe::{Csvw, TableSchema, template_csv, template_xlsx};
use ingestion::{Schema, SchemaId, Schemas};

use crate::answer::{Answer, XLSX, attachment};
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

/// Show a schema as a Frictionless Table Schema
///
/// Fits version 1 and version 2 of the specification. Constraints hold only what the standard is sure of; the rest
/// is said in `description`.
#[utoipa::path(
    tag = "schemas",
    operation_id = "show_table_schema",
    params(
        ("standard" = String, Path, description = "`hyojun` (自治体標準) or `suisho` (推奨)", example = "hyojun"),
        ("id" = String, Path, description = "Its name in the standard", example = "public_toilet"),
    ),
    responses(
        (status = 200, description = "The Table Schema", body = Object, content_type = "application/json", example = json!({
            "name": "public_toilet", "title": "公衆トイレ一覧（自治体標準オープンデータセット）",
            "fields": [{"name": "名称", "title": "名称", "type": "string", "description": "必須。文字で書きます。",
                        "constraints": {"required": true}}],
            "fieldsMatch": "partial", "missingValues": [""], "primaryKey": ["ID"],
        })),
        (status = 404, response = NotFound),
    ),
)]
#[get("/schemas/{standard}/{id}/table-schema.json")]
pub async fn show_table_schema(house: Data<House>, id: Path<(String, String)>) -> Result<Answer, Problem> {
    let schema = find(&house.schemas, &id.0, &id.1)?;
    Ok(Answer::json(&TableSchema::of(schema)))
}

/// Show a schema as CSVW metadata
///
/// The table it describes is the template; for a file of your own, put its address into `url`.
#[utoipa::path(
    tag = "schemas",
    operation_id = "show_csvw",
    params(
        ("standard" = String, Path, description = "`hyojun` (自治体標準) or `suisho` (推奨)", example = "hyojun"),
        ("id" = String, Path, description = "Its name in the standard", example = "public_toilet"),
    ),
    responses(
        (status = 200, description = "The metadata", body = Object, content_type = "application/csvm+json", example = json!({
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "ja"}], "url": "template.csv",
            "tableSchema": {"columns": [{"titles": "ID", "name": "ID", "datatype": {"base": "string"}}], "primaryKey": ["ID"]},
        })),
        (status = 404, response = NotFound),
    ),
)]
#[get("/schemas/{standard}/{id}/csvw.json")]
pub async fn show_csvw(house: Data<House>, id: Path<(String, String)>) -> Result<Answer, Problem> {
    let schema = find(&house.schemas, &id.0, &id.1)?;
    Ok(Answer::json(&Csvw::of(schema)).of_type("application/csvm+json"))
}

/// Download a template to fill in, as CSV
///
/// The header alone, in UTF-8 with a BOM, by which Excel knows its letters.
#[utoipa::path(
    tag = "schemas",
    operation_id = "download_template_csv",
    params(
        ("standard" = String, Path, description = "`hyojun` (自治体標準) or `suisho` (推奨)", example = "hyojun"),
        ("id" = String, Path, description = "Its name in the standard", example = "public_toilet"),
    ),
    responses(
        (status = 200, description = "The header", body = String, content_type = "text/csv",
         example = "全国地方公共団体コード,ID,地方公共団体名,名称\r\n"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/schemas/{standard}/{id}/template.csv")]
pub async fn download_template_csv(
    house: Data<House>,
    id: Path<(String, String)>,
) -> Result<Answer, Problem> {
    let schema = find(&house.schemas, &id.0, &id.1)?;
    let named = attachment(&format!("{}.csv", schema.id.slug())).to_string();
    Ok(Answer::new("text/csv; charset=utf-8", template_csv(schema))
        .header(header::CONTENT_DISPOSITION, &named))
}

/// Download a template to fill in, as a workbook
///
/// The first sheet takes the data: columns of codes and dates are text, lists drop down. The second explains every
/// field, the third says which standard it is.
#[utoipa::path(
    tag = "schemas",
    operation_id = "download_template_xlsx",
    params(
        ("standard" = String, Path, description = "`hyojun` (自治体標準) or `suisho` (推奨)", example = "hyojun"),
        ("id" = String, Path, description = "Its name in the standard", example = "public_toilet"),
    ),
    responses(
        (status = 200, description = "The workbook (.xlsx)", body = String,
         content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = "PK…"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/schemas/{standard}/{id}/template.xlsx")]
pub async fn download_template_xlsx(
    house: Data<House>,
    id: Path<(String, String)>,
) -> Result<Answer, Problem> {
    let schema = find(&house.schemas, &id.0, &id.1)?;
    let named = attachment(&format!("{}.xlsx", schema.id.slug())).to_string();
    let book = template_xlsx(schema).map_err(|error| Problem::fault(&error))?;
    Ok(Answer::new(XLSX, book).header(header::CONTENT_DISPOSITION, &named))
}
