//! `/api/v1/departments`: the offices that answer for datasets.

use actix_web::get;
use actix_web::web::{Data, Path};
use catalog::{Slug, browse};

use crate::answer::Answer;
use crate::named::Named;
use crate::problem::Problem;
use crate::problem::responses::NotFound;
use crate::state::House;
use crate::views::department::DepartmentView;
use crate::views::listing::ListView;

/// List the departments
#[utoipa::path(
    tag = "departments",
    operation_id = "list_departments",
    responses((status = 200, description = "All departments", body = ListView<DepartmentView>)),
)]
#[get("/departments")]
pub async fn list_departments(house: Data<House>) -> Result<Answer, Problem> {
    let departments = browse::departments(&house.store).await?;
    let items =
        departments.into_iter().map(|department| DepartmentView::new(department, &house.iris)).collect();
    Ok(Answer::json(&ListView::whole(items)))
}

/// Show one department
#[utoipa::path(
    tag = "departments",
    operation_id = "show_department",
    params(("slug" = String, Path, description = "The department's stable name", example = "dx")),
    responses(
        (status = 200, description = "The department", body = DepartmentView),
        (status = 404, response = NotFound),
    ),
)]
#[get("/departments/{slug}")]
pub async fn show_department(house: Data<House>, slug: Path<Named<Slug>>) -> Result<Answer, Problem> {
    let department = browse::department(&house.store, &slug.get()?).await?;
    Ok(Answer::json(&DepartmentView::new(department, &house.iris)))
}
