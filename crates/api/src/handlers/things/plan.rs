//! `/plan` and `/plan/initiatives/{code}`: the plan and its initiatives, beside the datasets that are their evidence.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::browse;
use plan::linked::{self, Surroundings};
use plan::{InitiativeCode, InitiativeFilter};

use super::{liked, named, rdf};
use crate::answer::Answer;
use crate::handlers::catalog::Words;
use crate::named::Named;
use crate::negotiate::Form;
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::{NotAcceptable, NotFound};
use crate::state::House;
use crate::views::plan::{InitiativeView, PlanView};

/// The plan's IRI
#[utoipa::path(
    tag = "harvest",
    operation_id = "plan_thing",
    responses(
        (status = 200, description = "The plan", content(
            (String = "text/html", example = "<!doctype html>"),
            (PlanView = "application/json"),
            (String = "text/turtle", example = "<http://127.0.0.1:8080/plan> a prov:Plan ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/plan")]
pub async fn plan_thing(house: Data<House>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    liked(&house, &request, "plan", async |form| show_plan(&house, form).await).await
}

/// The plan in the form that the extension names
#[utoipa::path(
    tag = "harvest",
    operation_id = "plan_in_form",
    params(("extension" = String, Path, description = "`html`, `json`, `ttl`, `rdf` or `jsonld`", example = "ttl")),
    responses(
        (status = 200, description = "The plan", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/plan> a prov:Plan ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
            (PlanView = "application/json"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/plan.{extension}")]
pub async fn plan_in_form(
    house: Data<House>,
    extension: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    named(&house, &request, "plan", &extension, async |form| show_plan(&house, form).await).await
}

async fn show_plan(house: &House, form: Form) -> Result<Answer, Problem> {
    let plan = plan::plan(&house.plans).await?;
    if form == Form::Json {
        return Ok(Answer::json(&PlanView::new(&plan, &house.iris)));
    }
    let words = Words::read(house).await?;
    let initiatives = plan::initiatives(&house.plans, &InitiativeFilter::default()).await?;
    let Form::Rdf(syntax) = form else {
        return Ok(Answer::html(pages::plan(&house.iris, &words.city, &plan, &initiatives)));
    };
    let mut slugs = vec![plan.facts.comparison.dataset.clone()];
    slugs.extend(initiatives.iter().flat_map(|initiative| linked::evidence(initiative, &[])));
    let evidence = browse::among(&house.store, &slugs).await?;
    Ok(rdf(&linked::plan(&words.scope(house), &plan, &initiatives, &evidence), syntax))
}

/// An initiative's IRI
#[utoipa::path(
    tag = "harvest",
    operation_id = "initiative_thing",
    params(("code" = String, Path, description = "`A-1` (a 項目) or `A-1-1` (an individual item)", example = "A-5")),
    responses(
        (status = 200, description = "The initiative", content(
            (String = "text/html", example = "<!doctype html>"),
            (InitiativeView = "application/json"),
            (String = "text/turtle", example = "<http://127.0.0.1:8080/plan/initiatives/A-5> a schema:Project ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/plan/initiatives/{code}")]
pub async fn initiative_thing(
    house: Data<House>,
    code: Path<Named<InitiativeCode>>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let code = code.get()?;
    let thing = format!("initiative {code}");
    liked(&house, &request, thing, async |form| show_initiative(&house, code, form).await).await
}

/// An initiative in the form that the extension names
#[utoipa::path(
    tag = "harvest",
    operation_id = "initiative_in_form",
    params(
        ("code" = String, Path, description = "`A-1` (a 項目) or `A-1-1` (an individual item)", example = "A-5"),
        ("extension" = String, Path, description = "`html`, `json`, `ttl`, `rdf` or `jsonld`", example = "ttl"),
    ),
    responses(
        (status = 200, description = "The initiative", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/plan/initiatives/A-5> a schema:Project ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
            (InitiativeView = "application/json"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/plan/initiatives/{code}.{extension}")]
pub async fn initiative_in_form(
    house: Data<House>,
    path: Path<(Named<InitiativeCode>, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let code = path.0.get()?;
    let thing = format!("initiative {code}");
    named(&house, &request, thing, &path.1, async |form| show_initiative(&house, code, form).await).await
}

async fn show_initiative(house: &House, code: InitiativeCode, form: Form) -> Result<Answer, Problem> {
    let initiative = plan::initiative(&house.plans, &code).await?;
    let syntax = match form {
        Form::Rdf(syntax) => syntax,
        Form::Json => return Ok(Answer::json(&InitiativeView::new(&initiative, &house.iris))),
        Form::Html => {
            let city = browse::city(&house.store).await?;
            return Ok(Answer::html(pages::initiative(&house.iris, &city, &initiative)));
        }
    };
    let words = Words::read(house).await?;
    let under = InitiativeFilter { parent: Some(code), ..InitiativeFilter::default() };
    let items: Vec<_> = plan::initiatives(&house.plans, &under).await?.iter().map(|item| item.code).collect();
    let reports = plan::reports(&house.plans, &code).await?;
    let departments = browse::departments(&house.store).await?;
    let slugs = linked::evidence(&initiative, &reports);
    let evidence = browse::among(&house.store, &slugs).await?;
    let around =
        Surroundings { items: &items, reports: &reports, departments: &departments, evidence: &evidence };
    Ok(rdf(&linked::initiative(&words.scope(house), &initiative, &around), syntax))
}
