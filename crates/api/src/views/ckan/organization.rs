//! A department as CKAN's organization, a theme as CKAN's group, alone or with what belongs to them.

use catalog::ckan::Id;
use catalog::{Department, Iris, Term};
use serde::Serialize;

use super::package::PackageView;

/// An organization, as a package tells of it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "they are called as CKAN calls them")]
pub struct OrganizationView {
    pub id: String,
    pub name: String,
    pub title: String,
    pub r#type: &'static str,
    pub description: String,
    pub image_url: &'static str,
    pub created: Option<String>,
    pub is_organization: bool,
    pub approval_status: &'static str,
    pub state: &'static str,
}

impl OrganizationView {
    /// `department` as an organization.
    pub fn new(department: &Department, iris: &Iris) -> OrganizationView {
        OrganizationView {
            id: Id::of_organization(iris, department).to_string(),
            name: department.slug.to_string(),
            title: department.title.clone(),
            r#type: "organization",
            description: department.title_en.clone().unwrap_or_default(),
            image_url: "",
            created: None,
            is_organization: true,
            approval_status: "approved",
            state: "active",
        }
    }

    /// `theme` as a group.
    pub fn group(theme: &Term, iris: &Iris) -> OrganizationView {
        OrganizationView {
            id: Id::of_group(iris, theme).to_string(),
            name: theme.code.clone(),
            title: theme.label.clone(),
            r#type: "group",
            description: theme.label_en.clone(),
            is_organization: false,
            image_url: "",
            created: None,
            approval_status: "approved",
            state: "active",
        }
    }
}

/// An organization or a group with what belongs to it.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "they are called as CKAN calls them")]
pub struct WholeView {
    #[serde(flatten)]
    pub itself: OrganizationView,
    pub display_name: String,
    pub image_display_url: &'static str,
    pub num_followers: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package_count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packages: Option<Vec<PackageView>>,
    pub extras: [(); 0],
    pub groups: [(); 0],
    pub tags: [(); 0],
    pub users: [(); 0],
}

impl WholeView {
    /// `itself`, of which there are `package_count` packages, and these `packages` are shown.
    pub fn new(
        itself: OrganizationView,
        package_count: Option<u64>,
        packages: Option<Vec<PackageView>>,
    ) -> WholeView {
        WholeView {
            display_name: itself.title.clone(),
            itself,
            image_display_url: "",
            num_followers: 0,
            package_count,
            packages,
            extras: [],
            groups: [],
            tags: [],
            users: [],
        }
    }
}
