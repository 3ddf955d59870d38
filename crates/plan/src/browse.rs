//! What a reader may see of the plan: all of it. States are computed here from the reports.

use std::collections::BTreeMap;

use catalog::Slug;

use crate::code::{InitiativeCode, PillarCode};
use crate::error::PlanError;
use crate::initiative::{Initiative, InitiativeKind, Item};
use crate::pillar::{Heading, Note, Pillar, PillarDeclaration};
use crate::plan::Plan;
use crate::progress::{ProgressReport, ProgressStatus};
use crate::state::State;
use crate::store::initiative::KeptItem;
use crate::store::{Plans, Records, change as counter, document, indicator, initiative as items, report};

/// Which initiatives are asked for; what is `None` asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InitiativeFilter {
    /// Those of this pillar.
    pub pillar: Option<PillarCode>,
    /// The individual items under this 項目.
    pub parent: Option<InitiativeCode>,
    /// The items with this status. A 項目 has none of its own.
    pub status: Option<ProgressStatus>,
    /// The items that this department leads or takes part in.
    pub department: Option<Slug>,
}

/// How often the plan's records have changed: it moves with every write.
///
/// # Errors
/// [`PlanError::NoPlan`], [`PlanError::Database`]
pub async fn change(plans: &Plans) -> Result<u64, PlanError> {
    counter::current(plans.database()).await
}

/// The plan: everything that is on record about it.
///
/// # Errors
/// [`PlanError::NoPlan`] until one is loaded.
pub async fn plan(plans: &Plans) -> Result<Plan, PlanError> {
    let facts = document::facts(plans.database()).await?;
    let declared = document::pillars(plans.database()).await?;
    let on_record = items::all(plans.database()).await?;
    let in_force: Vec<_> = on_record.iter().filter(|kept| kept.item.in_force).map(|kept| kept.code).collect();
    let pillars = declared.iter().map(|pillar| Pillar::on_record(pillar, &facts.notes, &in_force)).collect();
    Ok(Plan { facts, pillars })
}

/// The initiatives that `filter` asks for, each 項目 before its items, in the plan's order.
///
/// # Errors
/// [`PlanError::NoPlan`] until a plan is loaded.
pub async fn initiatives(plans: &Plans, filter: &InitiativeFilter) -> Result<Vec<Initiative>, PlanError> {
    let all = everything(plans.database()).await?;
    Ok(all.into_iter().filter(|initiative| filter.asks_for(initiative)).collect())
}

/// The initiative `code` with its state.
///
/// # Errors
/// [`PlanError::NoSuchInitiative`]; [`PlanError::NoPlan`] until a plan is loaded.
pub async fn initiative(plans: &Plans, code: &InitiativeCode) -> Result<Initiative, PlanError> {
    find(plans.database(), *code).await
}

/// As [`initiative`], within a change.
pub(crate) async fn find(db: &impl Records, code: InitiativeCode) -> Result<Initiative, PlanError> {
    let mut all = everything(db).await?.into_iter();
    all.find(|initiative| initiative.code == code).ok_or(PlanError::NoSuchInitiative(code))
}

/// The reports on the item `code` in the order of arrival; none for a 項目.
///
/// # Errors
/// [`PlanError::NoSuchInitiative`]; [`PlanError::NoPlan`] until a plan is loaded.
pub async fn reports(plans: &Plans, code: &InitiativeCode) -> Result<Vec<ProgressReport>, PlanError> {
    initiative(plans, code).await?;
    report::of(plans.database(), *code).await
}

impl InitiativeFilter {
    fn asks_for(&self, initiative: &Initiative) -> bool {
        let takes_part = |department: &Slug| {
            let item = initiative.item.as_ref();
            item.is_some_and(|item| item.lead == *department || item.others.contains(department))
        };
        self.pillar.is_none_or(|pillar| initiative.pillar == pillar)
            && self.parent.is_none_or(|parent| initiative.parent == Some(parent))
            && self.status.is_none_or(|status| initiative.state.status == Some(status))
            && self.department.as_ref().is_none_or(takes_part)
    }
}

/// Every 項目, each followed by its items. There are tens of them, not thousands.
pub(crate) async fn everything(db: &impl Records) -> Result<Vec<Initiative>, PlanError> {
    let notes = document::facts(db).await?.notes;
    let pillars = document::pillars(db).await?;
    let mut under = BTreeMap::<InitiativeCode, Vec<Initiative>>::new();
    for KeptItem { code, title, mut item } in items::all(db).await? {
        let of_pillar = pillars.iter().find(|pillar| pillar.code == code.pillar());
        let (Some(pillar), Some(parent)) = (of_pillar, code.parent()) else {
            return Err(PlanError::Damaged { what: code.to_string(), why: "it stands nowhere".to_owned() });
        };
        let reports = report::of(db, code).await?;
        for indicator in indicator::of(db, code).await? {
            item.indicators.push(indicator.measured(&reports));
        }
        let of_item = an_item(pillar, &notes, code, title, item, State::of_item(&reports));
        under.entry(parent).or_default().push(of_item);
    }
    let mut all = Vec::new();
    for pillar in &pillars {
        for heading in &pillar.initiatives {
            let items = under.remove(&heading.code).unwrap_or_default();
            all.push(a_heading(pillar, &notes, heading, &items));
            all.extend(items);
        }
    }
    Ok(all)
}

fn a_heading(
    pillar: &PillarDeclaration,
    notes: &[Note],
    heading: &Heading,
    items: &[Initiative],
) -> Initiative {
    let in_force = items.iter().filter(|item| item.in_force()).map(|item| &item.state);
    Initiative {
        code: heading.code,
        kind: InitiativeKind::Heading,
        parent: None,
        pillar: pillar.code,
        pillar_title: pillar.title.clone(),
        mark: heading.code.mark(),
        title: heading.title.clone(),
        notes: notes_on(heading.code, notes),
        item: None,
        state: State::of_heading(in_force),
    }
}

fn an_item(
    pillar: &PillarDeclaration,
    notes: &[Note],
    code: InitiativeCode,
    title: String,
    item: Item,
    state: State,
) -> Initiative {
    Initiative {
        code,
        kind: InitiativeKind::Item,
        parent: code.parent(),
        pillar: pillar.code,
        pillar_title: pillar.title.clone(),
        mark: code.mark(),
        title,
        notes: notes_on(code, notes),
        item: Some(item),
        state,
    }
}

fn notes_on(code: InitiativeCode, notes: &[Note]) -> Vec<Note> {
    notes.iter().filter(|note| note.on.contains(&code)).cloned().collect()
}
