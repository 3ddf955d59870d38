//! How the plan's JSON names a thing that has an address of its own.

use catalog::Slug;
use catalog::iri::Iris;
use serde::Serialize;
use utoipa::ToSchema;

use ::plan::InitiativeCode;

/// An initiative, by its code.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InitiativeLink)]
pub struct InitiativeLinkView {
    /// Its code.
    #[schema(example = "A-5")]
    pub code: String,
    /// Its IRI, which is also its page.
    #[schema(example = "http://127.0.0.1:8080/plan/initiatives/A-5")]
    pub url: String,
}

/// A department, by its slug.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DepartmentLink)]
pub struct DepartmentLinkView {
    /// Its name in addresses.
    #[schema(example = "dx")]
    pub slug: String,
    /// Its IRI, which is also its page.
    #[schema(example = "http://127.0.0.1:8080/departments/dx")]
    pub url: String,
}

/// A dataset of this catalog, by its slug.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DatasetLink)]
pub struct DatasetLinkView {
    /// Its name in addresses.
    #[schema(example = "municipality-dx-policies")]
    pub slug: String,
    /// Its IRI, which is also its page.
    #[schema(example = "http://127.0.0.1:8080/datasets/municipality-dx-policies")]
    pub url: String,
}

/// `/api/v1/plan{rest}`
pub(super) fn api(iris: &Iris, rest: &str) -> String {
    format!("{}/plan{rest}", iris.api_root())
}

/// `/api/v1/plan/initiatives/{code}`
pub(super) fn api_initiative(iris: &Iris, code: InitiativeCode) -> String {
    api(iris, &format!("/initiatives/{code}"))
}

impl InitiativeLinkView {
    /// The initiative `code`, with its address under `iris`.
    pub fn new(code: InitiativeCode, iris: &Iris) -> InitiativeLinkView {
        let code = code.to_string();
        InitiativeLinkView { url: iris.initiative(&code), code }
    }
}

impl DepartmentLinkView {
    /// The department `slug`, with its address under `iris`.
    pub fn new(slug: &Slug, iris: &Iris) -> DepartmentLinkView {
        DepartmentLinkView { slug: slug.to_string(), url: iris.department(slug) }
    }
}

impl DatasetLinkView {
    /// The dataset `slug`, with its address under `iris`.
    pub fn new(slug: &Slug, iris: &Iris) -> DatasetLinkView {
        DatasetLinkView { slug: slug.to_string(), url: iris.dataset(slug) }
    }
}
