//! The plan as linked data: its pillars and initiatives beside the datasets that are their evidence.
//!
//! Records come in, triples go out, as [`catalog::dcat`] makes them: pure, in the order a person reads them, without blank
//! nodes. No vocabulary in wide use has a term for an initiative of a plan: it is a `schema:Project` and a `prov:Plan`, the
//! tree is one of `skos:Concept`s, and what is left is said in [`own_words`]. Which datasets a reader may see is the business
//! of whoever calls: a dataset that does not come in is not named.

mod indicator;
mod initiative;
mod outline;
mod words;

use catalog::dcat::description::Description;
use catalog::dcat::{self, Scope, Statement};
use catalog::{Dataset, Department, Slug};

use crate::code::InitiativeCode;
use crate::fiscal_year::FiscalYear;
use crate::initiative::Initiative;
use crate::plan::Plan;
use crate::progress::ProgressReport;

pub use self::words::own_words;

/// What stands around an initiative.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The codes of the items under a 項目.
    pub items: &'a [InitiativeCode],
    /// What was reported on an item, in the order of arrival.
    pub reports: &'a [ProgressReport],
    /// The departments that may be named.
    pub departments: &'a [Department],
    /// The datasets that are its evidence, as far as everybody may see them.
    pub evidence: &'a [Dataset],
}

/// Describes the plan with its pillars, and each of `initiatives` in short. Of the datasets, only those in `evidence`
/// are named.
pub fn plan(
    scope: &Scope<'_>,
    plan: &Plan,
    initiatives: &[Initiative],
    evidence: &[Dataset],
) -> Vec<Statement> {
    let mut out = Description::default();
    outline::tell(&mut out, scope, plan, initiatives, evidence);
    dcat::tell_publisher(&mut out, scope);
    dcat::tell_licence(&mut out, scope);
    out.into_statements()
}

/// Describes one initiative with its schedule, its indicators, what was reported, and the datasets that are its evidence.
pub fn initiative(scope: &Scope<'_>, initiative: &Initiative, around: &Surroundings<'_>) -> Vec<Statement> {
    let mut out = Description::default();
    initiative::tell(&mut out, scope, initiative, around);
    dcat::tell_publisher(&mut out, scope);
    dcat::tell_licence(&mut out, scope);
    for dataset in around.evidence {
        dcat::tell_dataset(&mut out, scope, dataset);
    }
    out.into_statements()
}

/// The datasets that `initiative` names as its evidence, with what its `reports` name as theirs: each once.
pub fn evidence(initiative: &Initiative, reports: &[ProgressReport]) -> Vec<Slug> {
    let measured = reports.iter().flat_map(|report| &report.measurements);
    let proofs = measured.filter_map(|measurement| Some(&measurement.evidence.as_ref()?.dataset));
    let ebpm = initiative.item.as_ref().and_then(|item| Some(&item.ebpm.as_ref()?.dataset));
    let mut slugs: Vec<Slug> = ebpm.into_iter().chain(proofs).cloned().collect();
    slugs.sort();
    slugs.dedup();
    slugs
}

/// The IRI of a pillar: its place on the plan's page.
fn pillar_iri(scope: &Scope<'_>, pillar: crate::PillarCode) -> String {
    format!("{}#{pillar}", scope.iris.plan())
}

/// The IRI of a fiscal year, which is the same for all initiatives.
fn year_iri(scope: &Scope<'_>, year: FiscalYear) -> String {
    format!("{}#fiscal-year-{}", scope.iris.plan(), year.year())
}

fn tell_year(out: &mut Description, scope: &Scope<'_>, year: FiscalYear) {
    let days = catalog::Period { start: Some(year.first_day()), end: Some(year.last_day()) };
    dcat::tell_period(out, &year_iri(scope, year), days);
}
