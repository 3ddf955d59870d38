//! The pages people read: what the IRIs answer to a browser. They work without JavaScript.

mod filters;
pub mod ogc;
mod plan;

use ::plan::Plan;
use askama::Template;
use catalog::query::Listing;
use catalog::{City, Dataset, Department, Iris, RevisionState};
use ingestion::{Language, Schema};

use crate::handlers::catalog::Words;
use crate::problem::{Kind, ProblemView};
use crate::state::House;
use crate::views::dataset::DatasetView;
use crate::views::department::DepartmentView;
use crate::views::diff::DiffView;
use crate::views::schema::SchemaView;
use crate::views::sheet::SheetView;

pub use self::plan::{initiative, plan};

/// What stands around every page.
struct Frame {
    /// What addresses of this site begin with, on whatever host it is read: empty, or the path it lives under.
    base: String,
    catalog_title: String,
    city_name: String,
}

impl Frame {
    fn new(iris: &Iris, city: &City) -> Frame {
        Frame {
            base: iris.base().path().to_owned(),
            catalog_title: city.catalog_title.clone(),
            city_name: city.name.clone(),
        }
    }
}

fn render(page: &impl Template) -> String {
    page.render().expect("a template that compiled writes into a string")
}

fn views(listing: &Listing, city: &City, iris: &Iris) -> Vec<DatasetView> {
    listing.items.iter().map(|dataset| DatasetView::new(dataset, city, iris)).collect()
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    public_url: String,
    description: String,
    total: u64,
    datasets: Vec<DatasetView>,
    plan_title: String,
    plan_period: String,
}

/// `/`: what this is and where to go.
pub fn home(iris: &Iris, city: &City, listing: &Listing, plan: &Plan) -> String {
    render(&Home {
        frame: Frame::new(iris, city),
        public_url: iris.base().to_string(),
        description: city.catalog_description.clone(),
        total: listing.total,
        datasets: views(listing, city, iris),
        plan_title: plan.facts.outline.title.clone(),
        plan_period: plan.facts.outline.period.text.clone(),
    })
}

#[derive(Template)]
#[template(path = "datasets.html")]
struct Datasets {
    frame: Frame,
    words: String,
    total: u64,
    datasets: Vec<DatasetView>,
    next: Option<String>,
}

/// `/datasets`: the list, narrowed down by `words`.
pub fn datasets(iris: &Iris, city: &City, words: &str, listing: &Listing, next: Option<String>) -> String {
    render(&Datasets {
        frame: Frame::new(iris, city),
        words: words.to_owned(),
        total: listing.total,
        datasets: views(listing, city, iris),
        next,
    })
}

#[derive(Template)]
#[template(path = "dataset.html")]
struct OneDataset {
    frame: Frame,
    dataset: DatasetView,
    licence_title: &'static str,
    theme: Option<String>,
    frequency: Option<String>,
    schema: Option<(String, String)>,
}

/// `/datasets/{slug}`
pub fn dataset(words: &Words, dataset: &Dataset, house: &House) -> String {
    let metadata = &dataset.metadata;
    let schema = metadata.schema.as_ref().map(|id| {
        let title = house.schemas.get(id).map_or_else(|| id.to_string(), |schema| schema.title.clone());
        (house.iris.schema(id), format!("{title}（{}）", id.standard().title()))
    });
    render(&OneDataset {
        frame: Frame::new(&house.iris, &words.city),
        dataset: DatasetView::new(dataset, &words.city, &house.iris),
        licence_title: metadata.licence.title(),
        theme: metadata.theme.as_deref().map(|code| words.theme_label(code).to_owned()),
        frequency: metadata.frequency.as_deref().map(|code| words.frequency_label(code).to_owned()),
        schema,
    })
}

#[derive(Template)]
#[template(path = "diff.html")]
struct Diff<'a> {
    frame: Frame,
    slug: &'a str,
    title: &'a str,
    diff: DiffView,
}

/// `/api/v1/datasets/{slug}/diff`: what changed from one revision of `dataset` to another.
pub fn diff(iris: &Iris, city: &City, dataset: &Dataset, diff: DiffView) -> String {
    let (slug, title) = (dataset.slug.as_str(), dataset.metadata.title.as_str());
    render(&Diff { frame: Frame::new(iris, city), slug, title, diff })
}

#[derive(Template)]
#[template(path = "department.html")]
struct OneDepartment {
    frame: Frame,
    department: DepartmentView,
    total: u64,
    datasets: Vec<DatasetView>,
}

/// `/departments/{slug}`, with the datasets it answers for.
pub fn department(iris: &Iris, city: &City, department: &Department, listing: &Listing) -> String {
    render(&OneDepartment {
        frame: Frame::new(iris, city),
        department: DepartmentView::new(department.clone(), iris),
        total: listing.total,
        datasets: views(listing, city, iris),
    })
}

#[derive(Template)]
#[template(path = "schema.html")]
struct OneSchema {
    frame: Frame,
    schema: SchemaView,
    api: String,
}

/// `/schemas/{standard}/{id}`
pub fn schema(iris: &Iris, city: &City, schema: &Schema) -> String {
    render(&OneSchema {
        frame: Frame::new(iris, city),
        schema: SchemaView::new(schema, iris),
        api: iris.schema_json(&schema.id),
    })
}

#[derive(Template)]
#[template(path = "sheet.html")]
struct ReviewSheet {
    frame: Frame,
    sheet: SheetView,
    state: &'static str,
    /// The score of each level, as it is read.
    levels: Vec<(&'static str, String)>,
}

/// 審査票: the review sheet of a revision, one A4 to print.
pub fn sheet(iris: &Iris, city: &City, sheet: SheetView) -> String {
    let score = |score: Option<u8>| score.map_or_else(|| "判定なし".to_owned(), |score| format!("{score}点"));
    let readability = &sheet.machine_readability;
    let levels = [("レベル1", readability.l1), ("レベル2", readability.l2), ("レベル3", readability.l3)];
    render(&ReviewSheet {
        frame: Frame::new(iris, city),
        state: match sheet.revision.state {
            RevisionState::Draft => "下書き",
            RevisionState::Submitted => "審査待ち",
            RevisionState::Returned => "差し戻し",
            RevisionState::Scheduled => "公開予定",
            RevisionState::Published => "公開",
        },
        levels: levels.map(|(level, points)| (level, score(points))).to_vec(),
        sheet,
    })
}

#[derive(Template)]
#[template(path = "problem.html")]
struct OneProblem {
    frame: Frame,
    title: String,
    detail: String,
    status: u16,
    code: &'static str,
}

/// A problem, to somebody who asked for a page.
pub fn problem(iris: &Iris, city: &City, problem: &ProblemView) -> String {
    render(&OneProblem {
        frame: Frame::new(iris, city),
        title: problem.title.clone(),
        detail: problem.detail.clone(),
        status: problem.status,
        code: problem.code,
    })
}

/// `/problems/{code}`: what a kind of problem means.
pub fn kind_of_problem(iris: &Iris, city: &City, kind: Kind) -> String {
    render(&OneProblem {
        frame: Frame::new(iris, city),
        title: kind.title().in_language(Language::Ja).to_owned(),
        detail: format!("{}（English: {}）", kind.meaning(), kind.title().en),
        status: kind.status().as_u16(),
        code: kind.code(),
    })
}
