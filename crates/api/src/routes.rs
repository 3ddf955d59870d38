//! The route table, which is also the OpenAPI document.

use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::handlers::{
    audit, catalog, conversions, datasets, departments, diff, downloads, fields, home, making, plan, record, records,
    reviews, revisions, schemas, service, sheets, things, tokens, validations,
};

/// Every address that is answered. Where two patterns match, the first wins.
pub fn all(config: &mut ServiceConfig) {
    config
        .service(home::api_root)
        .service(
            scope("/api/v1")
                .service(datasets::list_datasets)
                .service(making::create_dataset)
                .service(making::upload_revision)
                .service(making::answer_questions)
                .service(reviews::submit_revision)
                .service(reviews::publish_revision)
                .service(reviews::return_revision)
                .service(reviews::withdraw_dataset)
                .service(sheets::show_sheet)
                .service(sheets::sheet_page)
                .service(downloads::download_revision)
                .service(downloads::download_original)
                .service(downloads::download_current)
                .service(records::list_records)
                .service(records::export_records)
                .service(record::show_record)
                .service(fields::list_fields)
                .service(fields::show_row_schema)
                .service(fields::show_dataset_openapi)
                .service(records::list_revision_records)
                .service(records::export_revision_records)
                .service(record::show_revision_record)
                .service(fields::list_revision_fields)
                .service(fields::show_revision_row_schema)
                .service(diff::download_diff)
                .service(diff::show_diff)
                .service(revisions::download_report)
                .service(revisions::show_report)
                .service(revisions::show_revision)
                .service(revisions::list_revisions)
                .service(datasets::show_dataset)
                .service(making::describe_dataset)
                .service(schemas::list_schemas)
                .service(schemas::show_table_schema)
                .service(schemas::show_csvw)
                .service(schemas::download_template_csv)
                .service(schemas::download_template_xlsx)
                .service(schemas::show_schema)
                .service(departments::list_departments)
                .service(departments::show_department)
                .service(plan::show_plan)
                .service(plan::list_pillars)
                .service(plan::show_pillar)
                .service(plan::list_initiatives)
                .service(plan::show_progress)
                .service(plan::show_initiative)
                .service(audit::export_audit)
                .service(audit::list_audit)
                .service(tokens::list_tokens)
                .service(tokens::make_token)
                .service(tokens::revoke_token)
                .service(conversions::convert_file)
                .service(validations::validate_file),
        )
        .service(catalog::catalog_in_syntax)
        .service(catalog::whole_catalog)
        .service(things::datasets_page)
        .service(things::dataset_in_form)
        .service(things::dataset_thing)
        .service(things::distribution_thing)
        .service(things::department_thing)
        .service(things::schema_thing)
        .service(things::plan_thing)
        .service(things::initiative_thing)
        .service(home::home)
        .service(home::problem)
        .service(home::asset)
        .service(service::healthz)
        .service(service::readyz)
        .service(service::show_metrics)
        .service(service::openapi_json)
        .service(service::robots);
}
