//! `/catalog`: the whole catalog as linked data, page by page, for harvesters.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::dcat::{self, Page, Scope, Syntax};
use catalog::term::TermKind;
use catalog::{City, Department, Slug, Term, browse};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::ask::{self, Ask};
use crate::handlers::datasets::settled;
use crate::handlers::things::see;
use crate::negotiate::{self, Form};
use crate::prepared::Key;
use crate::problem::responses::{BadQuery, NotAcceptable, NotFound};
use crate::problem::{Kind, Problem};
use crate::state::House;

/// Datasets on a page: a page of full descriptions stays well under the 50 MB that harvesters take.
const PAGE_SIZE: u32 = 100;

/// No page is numbered higher.
const PAGES_MAX: u32 = 1_000_000;

/// Which page of the catalog.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// From 1.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1_000_000, example = 1)]
    pub page: Option<String>,
    /// The dataset behind which the page begins, as `hydra:next` names it: such a walk misses nothing and doubles nothing
    /// that is published or withdrawn meanwhile. Without it places are counted.
    #[param(pattern = "^([a-z0-9][a-z0-9_-]{1,99})?$", example = "")]
    pub after: Option<String>,
}

/// A page that was asked for.
struct Wanted {
    number: u32,
    after: Option<Slug>,
}

impl Wanted {
    /// Under what the page is kept ready; `by` is who chose the syntax.
    fn key(&self, by: &str, syntax: Syntax) -> Key {
        let after = self.after.as_ref().map(Slug::as_str).unwrap_or_default();
        Key::new(format_args!("catalog page {} after {after} {by}", self.number), syntax.media_type())
    }
}

impl PageQuery {
    fn read(&self) -> Result<Wanted, Problem> {
        let page = ("1 から 1000000 の整数です。", "it is a whole number from 1 to 1000000");
        let number = match ask::read::<u32>("page", self.page.as_deref(), page)?.unwrap_or(1) {
            number @ 1..=PAGES_MAX => number,
            _ => return Err(Problem::bad_parameter("page", page.0, page.1)),
        };
        let slug = ("データセットの名前（slug）です。", "it is a dataset's slug");
        Ok(Wanted { number, after: ask::read::<Slug>("after", self.after.as_deref(), slug)? })
    }
}

/// The catalog, in the form that `Accept` likes best
///
/// A browser is led to the list of datasets, JSON to `/api/v1/datasets`; linked data is answered here.
#[utoipa::path(
    tag = "harvest",
    operation_id = "catalog",
    params(PageQuery),
    responses(
        (status = 200, description = "A page of at most 100 datasets; hydra:next leads on", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/catalog> a dcat:Catalog ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 303, description = "Where people or programs find the list"),
        (status = 400, response = BadQuery),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/catalog")]
pub async fn whole_catalog(
    house: Data<House>,
    asked: Ask<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let wanted = asked.0.read()?;
    match negotiate::choose(&request, &negotiate::ALL)? {
        Form::Html => Ok(see(&datasets_page(&house))),
        Form::Json => Ok(see(&datasets_json(&house))),
        Form::Rdf(syntax) => {
            let make = async || Ok(page(&house, &wanted, syntax).await?.varies("accept"));
            house.prepared.respond(&request, wanted.key("liked", syntax), make).await
        }
    }
}

/// The catalog in the form that the extension names
///
/// `ttl`, `rdf` or `jsonld`, whatever `Accept` says; `html` leads to the list of datasets, `json` to `/api/v1/datasets`.
#[utoipa::path(
    tag = "harvest",
    operation_id = "catalog_in_form",
    params(
        ("extension" = String, Path, description = "`html`, `json`, `ttl`, `rdf` or `jsonld`", example = "ttl"),
        PageQuery,
    ),
    responses(
        (status = 200, description = "A page of at most 100 datasets; hydra:next leads on", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/catalog> a dcat:Catalog ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 303, description = "Where people or programs find the list"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 404, response = NotFound),
    ),
)]
#[get("/catalog.{extension}")]
pub async fn catalog_in_form(
    house: Data<House>,
    extension: Path<String>,
    asked: Ask<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let wanted = asked.0.read()?;
    match Form::of_extension(&extension)? {
        Form::Html => Ok(see(&datasets_page(&house))),
        Form::Json => Ok(see(&datasets_json(&house))),
        Form::Rdf(syntax) => {
            let make = async || page(&house, &wanted, syntax).await;
            house.prepared.respond(&request, wanted.key("named", syntax), make).await
        }
    }
}

fn datasets_page(house: &House) -> String {
    format!("{}/datasets", house.iris.base())
}

fn datasets_json(house: &House) -> String {
    format!("{}/datasets", house.iris.api_root())
}

async fn page(house: &House, wanted: &Wanted, syntax: Syntax) -> Result<Answer, Problem> {
    let number = wanted.number;
    let page = match &wanted.after {
        Some(last) => browse::page_after(&house.store, last, PAGE_SIZE).await?,
        None => browse::page(&house.store, number, PAGE_SIZE).await?,
    };
    if wanted.after.is_none() && number > page.pages {
        let last = page.pages;
        return Err(Problem::new(
            Kind::NoSuchPage,
            format!("{number}ページ目はありません。最後は{last}ページ目です。"),
            format!("There is no page {number}: the last is {last}."),
        ));
    }
    let words = Words::read(house).await?;
    let triples = dcat::catalog(
        &words.scope(house),
        &Page {
            datasets: &page.datasets,
            number,
            after: wanted.after.as_ref(),
            has_next: page.has_next,
            pages: page.pages,
            total: page.total,
            issued: page.issued,
            modified: page.modified,
        },
        syntax,
    );
    let is_settled = page.datasets.iter().all(|dataset| settled(dataset).is_some());
    let modified = page.modified.filter(|_| is_settled);
    let next = page.datasets.last().filter(|_| page.has_next);
    let next = next.map(|last| house.iris.catalog_page(number + 1, Some(&last.slug), Some(syntax)));
    let answer = Answer::new(syntax.media_type(), dcat::write(&triples, syntax)).modified(modified);
    let licence = words.city.catalog_licence.iri();
    Ok(answer.next(next.as_deref()).link("license", licence).typed_link(
        "service-desc",
        &house.iris.openapi(),
        "application/json",
    ))
}

/// The words that every description uses, read once for an answer.
pub struct Words {
    /// The city whose catalog this is.
    pub city: City,
    office: Department,
    themes: Vec<Term>,
    frequencies: Vec<Term>,
}

impl Words {
    /// Reads them.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn read(house: &House) -> Result<Words, Problem> {
        let city = browse::city(&house.store).await?;
        Ok(Words {
            office: browse::department(&house.store, &city.department).await?,
            city,
            themes: browse::terms(&house.store, TermKind::Theme).await?,
            frequencies: browse::terms(&house.store, TermKind::Frequency).await?,
        })
    }

    /// What people call the theme `code`.
    pub fn theme_label<'a>(&'a self, code: &'a str) -> &'a str {
        label(&self.themes, code)
    }

    /// What people call the frequency `code`.
    pub fn frequency_label<'a>(&'a self, code: &'a str) -> &'a str {
        label(&self.frequencies, code)
    }

    /// The scope of a description.
    pub fn scope<'a>(&'a self, house: &'a House) -> Scope<'a> {
        Scope {
            iris: &house.iris,
            city: &self.city,
            office: &self.office,
            themes: &self.themes,
            frequencies: &self.frequencies,
            schemas: &house.schemas,
        }
    }
}

fn label<'a>(terms: &'a [Term], code: &'a str) -> &'a str {
    terms.iter().find(|term| term.code == code).map_or(code, |term| &term.label)
}
