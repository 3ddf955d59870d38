//! Organizations, groups and tags: what there is, and what belongs to each.

use std::cmp::Reverse;
use std::collections::HashMap;

use actix_web::HttpResponse;
use catalog::ckan::asked::{Name, Wanted};
use catalog::ckan::query::{ROWS_MAX, orders};
use catalog::ckan::{Asked, By, Id, PackageQuery};

use super::packages::shown;
use super::{Call, not_found};
use crate::problem::Problem;
use crate::views::ckan::organization::{OrganizationView, WholeView};
use crate::views::ckan::package::{PackageView, TagView};

/// Packages that an organization or a group is shown with. Rule: CKAN's `organization_show`.
const DATASETS_MAX: u32 = 10;

/// What packages belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The city's departments.
    Organizations,
    /// The catalog's themes.
    Groups,
}

impl Kind {
    fn what(self) -> &'static str {
        match self {
            Kind::Organizations => "organization",
            Kind::Groups => "group",
        }
    }

    /// What narrows a list of them down to some names.
    fn names(self) -> &'static str {
        match self {
            Kind::Organizations => "organizations",
            Kind::Groups => "groups",
        }
    }

    fn by(self) -> By {
        match self {
            Kind::Organizations => By::Organization,
            Kind::Groups => By::Group,
        }
    }

    fn holds(self, name: &str) -> Asked {
        let kind = match self {
            Kind::Organizations => Name::Organization,
            Kind::Groups => Name::Group,
        };
        Asked::Is(kind, Wanted::Exactly(name.to_owned()))
    }

    async fn all(self, call: &Call<'_>) -> Result<Vec<OrganizationView>, Problem> {
        let iris = &call.house.iris;
        Ok(match self {
            Kind::Organizations => {
                let all = call.portal().organizations().await?;
                all.iter().map(|department| OrganizationView::new(department, iris)).collect()
            }
            Kind::Groups => {
                let all = call.portal().groups().await?;
                all.iter().map(|theme| OrganizationView::group(theme, iris)).collect()
            }
        })
    }
}

pub(super) async fn list(call: &Call<'_>, kind: Kind) -> Result<HttpResponse, Problem> {
    let params = &call.params;
    let mut all = kind.all(call).await?;
    let counts = call.portal().counts(kind.by()).await?;
    let wanted = params.texts(kind.names(), true)?;
    if !wanted.is_empty() {
        all.retain(|one| wanted.contains(&one.name) || wanted.contains(&one.id));
    }
    sort(&mut all, &params.text("sort")?.unwrap_or_else(|| "title asc".to_owned()), &counts)?;
    let offset = params.count("offset")?.unwrap_or(0);
    let limit = params.count("limit")?.unwrap_or(u64::MAX);
    let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let some = all.into_iter().skip(size(offset)).take(size(limit));
    if !params.flag("all_fields", false)? {
        return Ok(call.gives(some.map(|one| one.name).collect::<Vec<_>>()));
    }
    let with_count = params.flag("include_dataset_count", true)?;
    let whole = some.map(|one| {
        let count = with_count.then(|| count(&counts, &one));
        WholeView::new(one, count, None)
    });
    Ok(call.gives(whole.collect::<Vec<_>>()))
}

fn count(counts: &HashMap<String, u64>, one: &OrganizationView) -> u64 {
    counts.get(&one.name).copied().unwrap_or(0)
}

fn sort(all: &mut [OrganizationView], order: &str, counts: &HashMap<String, u64>) -> Result<(), Problem> {
    let mut words = order.split_whitespace();
    let (by, way) = (words.next().unwrap_or("title"), words.next().unwrap_or("asc"));
    let bad = || {
        let ja = "name, title, package_count のどれかに asc か desc を付けて書きます。";
        Problem::bad_parameter("sort", ja, "write name, title or package_count with asc or desc")
    };
    match by {
        "name" => all.sort_by(|one, other| one.name.cmp(&other.name)),
        "title" => {
            all.sort_by(|one, other| one.title.cmp(&other.title).then_with(|| one.name.cmp(&other.name)))
        }
        "package_count" | "packages" => all.sort_by_key(|one| Reverse(count(counts, one))),
        _ => return Err(bad()),
    }
    match (by, way.to_ascii_lowercase().as_str(), words.next()) {
        // The most come first unless told otherwise, as in CKAN's own lists.
        ("package_count" | "packages", "asc", None) => all.reverse(),
        ("package_count" | "packages", "desc", None) | (_, "asc", None) => {}
        (_, "desc", None) => all.reverse(),
        _ => return Err(bad()),
    }
    Ok(())
}

pub(super) async fn show(call: &Call<'_>, kind: Kind) -> Result<HttpResponse, Problem> {
    let name = call.params.needed("id", &[])?;
    let all = kind.all(call).await?;
    let one = all.into_iter().find(|one| one.name == name || one.id == name);
    let one = one.ok_or_else(|| not_found(kind.what(), &name))?;
    let with_count = call.params.flag("include_dataset_count", true)?;
    let count = match with_count {
        true => Some(count(&call.portal().counts(kind.by()).await?, &one)),
        false => None,
    };
    let packages = match call.params.flag("include_datasets", false)? {
        true => Some(of(call, kind.holds(&one.name), DATASETS_MAX).await?),
        false => None,
    };
    Ok(call.gives(WholeView::new(one, count, packages)))
}

/// The packages of which `asked` is true, the latest change first.
async fn of(call: &Call<'_>, asked: Asked, rows: u32) -> Result<Vec<PackageView>, Problem> {
    let query = PackageQuery { asked, sort: orders("").unwrap_or_default(), rows, ..PackageQuery::default() };
    shown(call, &call.portal().search(&query).await?.datasets).await
}

pub(super) async fn tags(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    let params = &call.params;
    let (offset, limit) = (params.count("offset")?.unwrap_or(0), params.count("limit")?);
    if params.text("vocabulary_id")?.is_some() {
        // No tag here is of a vocabulary.
        return Err(not_found("vocabulary", &params.needed("vocabulary_id", &[])?));
    }
    let query = match params.text("query")? {
        None => params.text("q")?,
        some => some,
    };
    let tags = call.portal().tags(query.as_deref(), offset, limit).await?;
    if !params.flag("all_fields", false)? {
        return Ok(call.gives(tags));
    }
    Ok(call.gives(tags.into_iter().map(|tag| TagView::new(tag, &call.house.iris)).collect::<Vec<_>>()))
}

pub(super) async fn tag(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    let name = call.params.needed("id", &[])?;
    let iris = &call.house.iris;
    let tags = call.portal().tags(None, 0, None).await?;
    let id = Id::parse(&name);
    let is = |tag: &String| *tag == name || id.is_some_and(|id| Id::of_tag(iris, tag) == id);
    let tag = tags.into_iter().find(is).ok_or_else(|| not_found("tag", &name))?;
    let packages = match call.params.flag("include_datasets", false)? {
        true => Some(of(call, Asked::Is(Name::Tag, Wanted::Exactly(tag.clone())), ROWS_MAX).await?),
        false => None,
    };
    Ok(call.gives(TagWithPackagesView { tag: TagView::new(tag, iris), packages }))
}

/// A tag with what has it.
#[derive(serde::Serialize)]
struct TagWithPackagesView {
    #[serde(flatten)]
    tag: TagView,
    #[serde(skip_serializing_if = "Option::is_none")]
    packages: Option<Vec<PackageView>>,
}
