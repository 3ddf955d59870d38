//! A dataset as CKAN's package.

use catalog::ckan::{Id, extras, licences, tags};
use catalog::dcat::Scope;
use catalog::{Dataset, Iris, Revision, Term};
use serde::Serialize;

use super::moment;
use super::organization::OrganizationView;
use super::resource::ResourceView;

/// A package.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "they are called as CKAN calls them")]
pub struct PackageView {
    pub author: String,
    pub author_email: Option<String>,
    pub creator_user_id: Option<String>,
    pub id: String,
    pub isopen: bool,
    pub license_id: &'static str,
    pub license_title: &'static str,
    pub license_url: &'static str,
    pub maintainer: String,
    pub maintainer_email: Option<String>,
    pub metadata_created: String,
    pub metadata_modified: String,
    pub name: String,
    pub notes: String,
    pub num_resources: usize,
    pub num_tags: usize,
    pub organization: OrganizationView,
    pub owner_org: String,
    pub private: bool,
    pub state: &'static str,
    pub title: String,
    pub r#type: &'static str,
    pub url: String,
    pub version: Option<String>,
    pub extras: Vec<ExtraView>,
    pub groups: Vec<PackageGroupView>,
    pub resources: Vec<ResourceView>,
    pub tags: Vec<TagView>,
    pub relationships_as_subject: [(); 0],
    pub relationships_as_object: [(); 0],
}

/// What a package has no member for.
#[derive(Debug, Serialize)]
pub struct ExtraView {
    /// What it is.
    pub key: &'static str,
    /// What it says.
    pub value: String,
}

/// A tag.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "they are called as CKAN calls them")]
pub struct TagView {
    pub display_name: String,
    pub id: String,
    pub name: String,
    pub state: &'static str,
    pub vocabulary_id: Option<String>,
}

/// A group, as a package tells of it.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "they are called as CKAN calls them")]
pub struct PackageGroupView {
    pub description: String,
    pub display_name: String,
    pub id: String,
    pub image_display_url: &'static str,
    pub name: String,
    pub title: String,
}

impl PackageView {
    /// `dataset`, whose words are those of `scope`.
    pub fn new(dataset: &Dataset, scope: &Scope<'_>) -> PackageView {
        let (iris, metadata) = (scope.iris, &dataset.metadata);
        let organization = OrganizationView::new(&dataset.department, iris);
        let theme = scope.themes.iter().find(|term| Some(&term.code) == metadata.theme.as_ref());
        let tags: Vec<TagView> = tags::of(metadata).into_iter().map(|tag| TagView::new(tag, iris)).collect();
        let forms = dataset.current.as_ref().map(Revision::forms).unwrap_or_default();
        let resources: Vec<ResourceView> =
            (0..).zip(&forms).map(|(place, form)| ResourceView::new(dataset, form, place, iris)).collect();
        PackageView {
            author: dataset.department.title.clone(),
            author_email: None,
            creator_user_id: None,
            id: Id::of_dataset(iris, &dataset.slug).to_string(),
            isopen: true,
            license_id: licences::id(metadata.licence),
            license_title: metadata.licence.title(),
            license_url: metadata.licence.iri(),
            maintainer: dataset.department.title.clone(),
            maintainer_email: None,
            metadata_created: moment(dataset.issued.unwrap_or(dataset.modified)),
            metadata_modified: moment(dataset.modified),
            name: dataset.slug.to_string(),
            notes: metadata.description.clone(),
            num_resources: resources.len(),
            num_tags: tags.len(),
            owner_org: organization.id.clone(),
            organization,
            private: false,
            state: "active",
            title: metadata.title.clone(),
            r#type: "dataset",
            url: iris.dataset(&dataset.slug),
            version: dataset.current.as_ref().map(|current| current.number.to_string()),
            extras: extras::of(scope, dataset)
                .into_iter()
                .map(|(key, value)| ExtraView { key, value })
                .collect(),
            groups: theme.map(|theme| PackageGroupView::new(theme, iris)).into_iter().collect(),
            resources,
            tags,
            relationships_as_subject: [],
            relationships_as_object: [],
        }
    }
}

impl TagView {
    /// The tag `tag`.
    pub fn new(tag: String, iris: &Iris) -> TagView {
        TagView {
            display_name: tag.clone(),
            id: Id::of_tag(iris, &tag).to_string(),
            name: tag,
            state: "active",
            vocabulary_id: None,
        }
    }
}

impl PackageGroupView {
    fn new(theme: &Term, iris: &Iris) -> PackageGroupView {
        PackageGroupView {
            description: theme.label_en.clone(),
            display_name: theme.label.clone(),
            id: Id::of_group(iris, theme).to_string(),
            image_display_url: "",
            name: theme.code.clone(),
            title: theme.label.clone(),
        }
    }
}
