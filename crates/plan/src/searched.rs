//! What the plan gives to the catalog's search: initiatives and reports, in the change that makes them.

use catalog::search::{Document, DocumentKind, Facts, Shown, Tier};

use crate::browse;
use crate::code::InitiativeCode;
use crate::error::PlanError;
use crate::initiative::Initiative;
use crate::progress::ProgressReport;
use crate::store::{Plans, Transaction, document, report, search};

/// Puts everything on record into the search anew where another edition of it, or none, has done so.
///
/// # Errors
/// [`PlanError::Database`]
pub async fn bring_up_search(plans: &Plans) -> Result<(), PlanError> {
    if search::is_current(plans.database()).await? {
        return Ok(());
    }
    let change = plans.begin_unseen().await?;
    search::forget(&change).await?;
    if document::exists(&change).await? {
        put_all(&change).await?;
    }
    search::mark(&change).await?;
    change.commit().await?;
    Ok(())
}

/// Puts everything on record into the search, in the change that put it on record.
pub(crate) async fn put_all(change: &Transaction) -> Result<(), PlanError> {
    for initiative in browse::everything(change).await? {
        search::put(change, &of_initiative(&initiative)).await?;
        for report in report::of(change, initiative.code).await? {
            search::put(change, &of_report(&initiative, &report)).await?;
        }
    }
    Ok(())
}

/// Puts the initiative `code` into the search, in the change that put it on record.
pub(crate) async fn put(change: &Transaction, code: InitiativeCode) -> Result<(), PlanError> {
    let initiative = browse::find(change, code).await?;
    search::put(change, &of_initiative(&initiative)).await
}

/// Puts a report into the search, in the change that it arrived with.
pub(crate) async fn put_report(change: &Transaction, report: &ProgressReport) -> Result<(), PlanError> {
    let initiative = browse::find(change, report.initiative).await?;
    search::put(change, &of_report(&initiative, report)).await
}

fn of_initiative(initiative: &Initiative) -> Document {
    let item = initiative.item.as_ref();
    let indicators = item.iter().flat_map(|item| &item.indicators).map(|indicator| indicator.title.clone());
    let words = item.into_iter().flat_map(|item| [&item.overview, &item.current_issues]).flatten();
    let notes = initiative.notes.iter().map(|note| &note.text);
    Document {
        kind: DocumentKind::Initiative,
        name: initiative.code.to_string(),
        shown: Shown::ToAll,
        facts: facts(initiative),
        texts: vec![
            (Tier::Title, vec![initiative.title.clone()]),
            (Tier::Keywords, indicators.collect()),
            (Tier::Description, words.chain(notes).cloned().collect()),
            (
                Tier::About,
                vec![initiative.pillar_title.clone(), initiative.code.to_string(), initiative.mark.clone()],
            ),
        ],
    }
}

fn of_report(initiative: &Initiative, report: &ProgressReport) -> Document {
    let words = [Some(&report.text), report.issues.as_ref(), report.next.as_ref()];
    Document {
        kind: DocumentKind::Report,
        name: format!("{}/{}", report.initiative, report.number),
        shown: Shown::ToAll,
        facts: facts(initiative),
        texts: vec![(Tier::Description, words.into_iter().flatten().cloned().collect())],
    }
}

fn facts(initiative: &Initiative) -> Facts {
    Facts {
        title: initiative.title.clone(),
        department: initiative.item.as_ref().map(|item| item.lead.to_string()),
        ..Facts::default()
    }
}
