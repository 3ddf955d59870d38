//! A department as the API shows it.

use catalog::{Department, Iris};
use serde::Serialize;
use utoipa::ToSchema;

/// 担当課: the office that answers for a dataset.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Department)]
pub struct DepartmentView {
    /// Its name in addresses.
    #[schema(example = "dx")]
    pub slug: String,
    /// 復興企画部ＤＸ推進課
    #[schema(example = "復興企画部ＤＸ推進課")]
    pub title: String,
    /// Its English name, where one is known.
    pub title_en: Option<String>,
    /// Its page here.
    #[schema(example = "http://127.0.0.1:8080/departments/dx")]
    pub url: String,
}

impl DepartmentView {
    /// `department`, with addresses under `iris`.
    pub fn new(department: Department, iris: &Iris) -> DepartmentView {
        DepartmentView {
            url: iris.department(&department.slug),
            slug: department.slug.to_string(),
            title: department.title,
            title_en: department.title_en,
        }
    }
}
