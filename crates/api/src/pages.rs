//! The pages people read: what the IRIs answer to a browser. They work without JavaScript.

mod filters;
mod linked;
mod narrowing;
pub mod ogc;
mod plan;

use ::plan::Plan;
use askama::Template;
use catalog::query::{Listing, Query};
use catalog::{City, Dataset, Department, Iris, Revision, RevisionState};
use ingestion::{Language, Schema};

use crate::handlers::catalog::Words;
use crate::named::Address;
use crate::problem::{Kind, ProblemView};
use crate::state::House;
use crate::views::dataset::DatasetView;
use crate::views::department::DepartmentView;
use crate::views::diff::DiffView;
use crate::views::revision::RevisionView;
use crate::views::schema::SchemaView;
use crate::views::sheet::SheetView;
use crate::views::vocabulary::WordView;

use self::narrowing::Group;

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
    code: String,
    linked: String,
}

/// `/`: what this is and where to go.
pub fn home(iris: &Iris, city: &City, listing: &Listing, plan: &Plan) -> String {
    let datasets = views(listing, city, iris);
    render(&Home {
        code: city.code.to_string(),
        linked: linked::catalog(city, &datasets, iris),
        frame: Frame::new(iris, city),
        public_url: iris.base().to_string(),
        description: city.catalog_description.clone(),
        total: listing.total,
        datasets,
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
    groups: Vec<Group>,
    /// What the list is narrowed down by, which the search has to keep.
    narrowed: Vec<(&'static str, String)>,
    next: Option<String>,
    linked: String,
}

/// `/datasets`: the list that `query` asks for at `address`; `words` are what was looked for.
pub fn datasets(
    house: &House,
    city: &City,
    words: &str,
    query: &Query,
    listing: &Listing,
    address: &Address,
) -> String {
    let iris = &house.iris;
    let frame = Frame::new(iris, city);
    let datasets = views(listing, city, iris);
    let next = listing.next.as_ref().map(|cursor| address.of_list_from(&frame.base, &cursor.to_string()));
    let narrowed = [
        ("department", query.department.as_ref().map(ToString::to_string)),
        ("theme", query.theme.clone()),
        ("schema", query.schema.as_ref().map(ToString::to_string)),
        ("format", query.format.map(|format| format.to_string())),
        ("license", query.licence.map(|licence| licence.id().to_owned())),
    ];
    render(&Datasets {
        groups: narrowing::groups(listing, query, address, &frame.base, &house.schemas),
        narrowed: narrowed.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
        linked: linked::catalog(city, &datasets, iris),
        words: words.to_owned(),
        total: listing.total,
        datasets,
        next,
        frame,
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
    linked: String,
}

/// `/datasets/{slug}`
pub fn dataset(words: &Words, dataset: &Dataset, house: &House) -> String {
    let metadata = &dataset.metadata;
    let schema = metadata.schema.as_ref().map(|id| {
        let title = house.schemas.get(id).map_or_else(|| id.to_string(), |schema| schema.title.clone());
        (house.iris.schema(id), format!("{title}（{}）", id.standard().title()))
    });
    let view = DatasetView::new(dataset, &words.city, &house.iris);
    render(&OneDataset {
        frame: Frame::new(&house.iris, &words.city),
        linked: linked::dataset(words, dataset, &view, &house.iris),
        dataset: view,
        licence_title: metadata.licence.title(),
        theme: metadata.theme.as_deref().map(|code| words.theme_label(code).to_owned()),
        frequency: metadata.frequency.as_deref().map(|code| words.frequency_label(code).to_owned()),
        schema,
    })
}

#[derive(Template)]
#[template(path = "revision.html")]
struct OneRevision {
    frame: Frame,
    iri: String,
    api: String,
    is_current: bool,
    dataset: DatasetView,
    revision: RevisionView,
    licence_title: &'static str,
}

/// `/datasets/{slug}/revisions/{number}`
pub fn revision(words: &Words, dataset: &Dataset, revision: &Revision, house: &House) -> String {
    let (iris, slug) = (&house.iris, &dataset.slug);
    let current = dataset.current.as_ref().map(|current| current.number);
    render(&OneRevision {
        frame: Frame::new(iris, &words.city),
        iri: iris.dataset_revision(slug, revision.number),
        api: iris.revision(slug, revision.number),
        is_current: current == Some(revision.number),
        dataset: DatasetView::new(dataset, &words.city, iris),
        revision: RevisionView::new(slug, revision, iris),
        licence_title: dataset.metadata.licence.title(),
    })
}

#[derive(Template)]
#[template(path = "vocabulary.html")]
struct Vocabulary {
    frame: Frame,
    words: Vec<WordView>,
}

/// `/vocabulary`: the words of our own in linked data.
pub fn vocabulary(iris: &Iris, city: &City, words: Vec<WordView>) -> String {
    render(&Vocabulary { frame: Frame::new(iris, city), words })
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
