//! `/api/v1/plan`: the plan, its pillars, its initiatives and what was reported on them.

use actix_web::get;
use actix_web::web::{Data, Path};
use catalog::Slug;
use serde::Deserialize;
use utoipa::IntoParams;

use ::plan::{InitiativeCode, InitiativeFilter, PillarCode, ProgressStatus};

use crate::answer::Answer;
use crate::ask::{self, Ask};
use crate::named::{Named, shown};
use crate::problem::responses::{BadQuery, NotFound};
use crate::problem::{Kind, Problem};
use crate::state::House;
use crate::views::listing::ListView;
use crate::views::plan::{InitiativeView, PillarView, PlanView, ProgressReportView};

/// How to narrow the list of initiatives down.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InitiativesQuery {
    /// The letter of a 柱: its 項目 and their items.
    #[param(pattern = "^[A-Z]?$", example = "A")]
    pub pillar: Option<String>,
    /// The code of a 項目: the individual items under it.
    #[param(pattern = "^([A-Z]-[1-9][0-9]?)?$", example = "A-5")]
    pub parent: Option<String>,
    /// `not_started`, `on_track`, `behind`, `completed`, `cannot_be_judged` or `out_of_scope`: the individual
    /// items whose latest report says so. A 項目 has no status of its own.
    #[param(
        pattern = "^(not_started|on_track|behind|completed|cannot_be_judged|out_of_scope)?$",
        example = "on_track"
    )]
    pub status: Option<String>,
    /// The slug of a 担当課: the individual items that it leads or takes part in.
    #[param(pattern = "^([a-z0-9][a-z0-9_-]{1,99})?$", example = "dx")]
    pub department: Option<String>,
}

impl InitiativesQuery {
    /// What the words of the query string mean.
    ///
    /// # Errors
    /// The parameter that does not read.
    pub fn read(self) -> Result<InitiativeFilter, Problem> {
        let status = self.status.filter(|name| !name.is_empty()).map(|name| {
            ProgressStatus::from_name(&name).ok_or_else(|| {
                let known = ProgressStatus::ALL.map(ProgressStatus::as_str).join(", ");
                Problem::bad_parameter(
                    "status",
                    format_args!("{known} のどれかです。"),
                    format_args!("it is one of {known}"),
                )
            })
        });
        Ok(InitiativeFilter {
            pillar: ask::read::<PillarCode>(
                "pillar",
                self.pillar.as_deref(),
                ("柱の記号（A から Z の1字）です。", "it is the letter of a pillar, from A to Z"),
            )?,
            parent: ask::read::<InitiativeCode>(
                "parent",
                self.parent.as_deref(),
                ("A-1 のように、項目のコードを書きます。", "it is the code of a heading, like A-1"),
            )?,
            status: status.transpose()?,
            department: ask::read::<Slug>(
                "department",
                self.department.as_deref(),
                ("担当課の名前（slug）です。", "it is a department's slug"),
            )?,
        })
    }
}

/// Show the plan
///
/// Everything that is on record about it: policy, period, position, legal bases, pillars, predecessor, promotion,
/// meetings, dates, comparison, and what its papers do not say.
#[utoipa::path(
    tag = "plan",
    operation_id = "show_plan",
    responses(
        (status = 200, description = "The plan", body = PlanView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
    ),
)]
#[get("/plan")]
pub async fn show_plan(house: Data<House>) -> Result<Answer, Problem> {
    let plan = ::plan::plan(&house.plans).await?;
    Ok(Answer::json(&PlanView::new(&plan, &house.iris)))
}

/// List the pillars of the plan
///
/// Each with its 項目, and the number of individual items it declares beside the number on record.
#[utoipa::path(
    tag = "plan",
    operation_id = "list_pillars",
    responses(
        (status = 200, description = "All pillars", body = ListView<PillarView>),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
    ),
)]
#[get("/plan/pillars")]
pub async fn list_pillars(house: Data<House>) -> Result<Answer, Problem> {
    let plan = ::plan::plan(&house.plans).await?;
    let items = plan.pillars.iter().map(|pillar| PillarView::new(pillar, &house.iris)).collect();
    Ok(Answer::json(&ListView::whole(items)))
}

/// Show one pillar
#[utoipa::path(
    tag = "plan",
    operation_id = "show_pillar",
    params(("code" = String, Path, description = "The pillar's letter", example = "A")),
    responses(
        (status = 200, description = "The pillar", body = PillarView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/plan/pillars/{code}")]
pub async fn show_pillar(house: Data<House>, code: Path<String>) -> Result<Answer, Problem> {
    let plan = ::plan::plan(&house.plans).await?;
    let code = code.into_inner();
    let found = plan.pillars.iter().find(|pillar| pillar.code.to_string() == code);
    let pillar = found.ok_or_else(|| no_such_pillar(&code))?;
    Ok(Answer::json(&PillarView::new(pillar, &house.iris)))
}

/// Whether the plan has `pillar`; a filter by any other would look like an empty plan.
fn known_pillar(plan: &::plan::Plan, pillar: PillarCode) -> Result<(), Problem> {
    if plan.pillars.iter().any(|known| known.code == pillar) {
        return Ok(());
    }
    let known = plan.pillars.iter().map(|pillar| pillar.code.to_string()).collect::<Vec<_>>().join(", ");
    Err(Problem::bad_parameter(
        "pillar",
        format_args!("{known} のどれかです。"),
        format_args!("it is one of {known}"),
    ))
}

fn no_such_pillar(code: &str) -> Problem {
    let short = shown(code);
    Problem::new(
        Kind::NoSuchInitiative,
        format!("柱 `{short}` はありません。一覧は /api/v1/plan/pillars にあります。"),
        format!("There is no pillar `{short}`. /api/v1/plan/pillars lists them."),
    )
}

/// List the initiatives
///
/// Each 項目 before its individual items, in the plan's order, narrowed down by any of the parameters. Individual
/// items appear once they are on record.
#[utoipa::path(
    tag = "plan",
    operation_id = "list_initiatives",
    params(InitiativesQuery),
    responses(
        (status = 200, description = "All initiatives that match", body = ListView<InitiativeView>),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
    ),
)]
#[get("/plan/initiatives")]
pub async fn list_initiatives(house: Data<House>, asked: Ask<InitiativesQuery>) -> Result<Answer, Problem> {
    let filter = asked.0.read()?;
    if let Some(pillar) = filter.pillar {
        known_pillar(&::plan::plan(&house.plans).await?, pillar)?;
    }
    let initiatives = ::plan::initiatives(&house.plans, &filter).await?;
    let items = initiatives.iter().map(|initiative| InitiativeView::new(initiative, &house.iris)).collect();
    Ok(Answer::json(&ListView::whole(items)))
}

/// List the progress reports on an initiative
///
/// In the order of arrival. Progress is reported on individual items; a 項目 has none of its own.
#[utoipa::path(
    tag = "plan",
    operation_id = "list_progress",
    params(("code" = String, Path, description = "`A-1` (a 項目) or `A-1-1` (an individual item)", example = "A-5")),
    responses(
        (status = 200, description = "All reports", body = ListView<ProgressReportView>),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/plan/initiatives/{code}/progress")]
pub async fn show_progress(house: Data<House>, code: Path<Named<InitiativeCode>>) -> Result<Answer, Problem> {
    let reports = ::plan::reports(&house.plans, &code.get()?).await?;
    let items = reports.iter().map(|report| ProgressReportView::new(report, &house.iris)).collect();
    Ok(Answer::json(&ListView::whole(items)))
}

/// Show one initiative
///
/// A 項目 with the summary of its items, or an individual item with schedule, departments and indicators.
#[utoipa::path(
    tag = "plan",
    operation_id = "show_initiative",
    params(("code" = String, Path, description = "`A-1` (a 項目) or `A-1-1` (an individual item)", example = "A-5")),
    responses(
        (status = 200, description = "The initiative with its state", body = InitiativeView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/plan/initiatives/{code}")]
pub async fn show_initiative(
    house: Data<House>,
    code: Path<Named<InitiativeCode>>,
) -> Result<Answer, Problem> {
    let initiative = ::plan::initiative(&house.plans, &code.get()?).await?;
    Ok(Answer::json(&InitiativeView::new(&initiative, &house.iris)))
}
