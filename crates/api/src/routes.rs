//! The route table, which is also the OpenAPI document.

use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::handlers::{
    audit, catalog, conversions, datasets, departments, diff, downloads, home, making, plan, reviews,
    revisions, schemas, service, sheets, things, tokens, validations,
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
        .service(catalog::catalog_in_form)
        .service(catalog::whole_catalog)
        .service(things::datasets_page)
        .service(things::revision::revision_in_form)
        .service(things::revision::revision_thing)
        .service(things::dataset::dataset_in_form)
        .service(things::dataset::dataset_thing)
        .service(things::distribution::revision_distribution_in_form)
        .service(things::distribution::revision_distribution_thing)
        .service(things::distribution::distribution_in_form)
        .service(things::distribution::distribution_thing)
        .service(things::department::department_in_form)
        .service(things::department::department_thing)
        .service(things::schema::schema_in_form)
        .service(things::schema::schema_thing)
        .service(things::plan::plan_in_form)
        .service(things::plan::plan_thing)
        .service(things::plan::initiative_in_form)
        .service(things::plan::initiative_thing)
        .service(things::vocabulary::vocabulary_in_form)
        .service(things::vocabulary::vocabulary_thing)
        .service(home::home)
        .service(home::problem)
        .service(home::asset)
        .service(service::healthz)
        .service(service::readyz)
        .service(service::show_metrics)
        .service(service::openapi_json)
        .service(service::robots);
}
