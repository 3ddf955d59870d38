//! Whether the files of `datasets/plan` agree with each other.

use std::collections::BTreeSet;

use super::PlanFolder;
use crate::code::InitiativeCode;

/// A file and what in it contradicts the rest.
type Contradiction = (&'static str, String);

/// The first contradiction, if any.
pub(super) fn contradiction(folder: &PlanFolder) -> Option<Contradiction> {
    let headings: BTreeSet<InitiativeCode> =
        folder.pillars.iter().flat_map(|pillar| &pillar.initiatives).map(|heading| heading.code).collect();
    period(folder)
        .or_else(|| pillars(folder))
        .or_else(|| notes(folder, &headings))
        .or_else(|| predecessor(folder, &headings))
        .or_else(|| meetings(folder))
        .or_else(|| comparison(folder))
}

/// The period has as many years as it says, and reaches as far as its extensions.
fn period(folder: &PlanFolder) -> Option<Contradiction> {
    let outline = &folder.facts.outline;
    let period = &outline.period;
    let mut reached = outline.first_made_to();
    for (from, to) in outline.extensions() {
        if from != reached || to <= from {
            let why = format!("the period reached {reached}: it cannot be extended from {from} to {to}");
            return Some(("plan.toml", why));
        }
        reached = to;
    }
    if reached != period.last {
        return Some(("plan.toml", format!("the period was extended to {reached}, not to {}", period.last)));
    }
    let years = period.fiscal_years().count();
    (years != usize::from(period.years) || years == 0).then(|| {
        ("plan.toml", format!("{} to {} are {years} years, not {}", period.first, period.last, period.years))
    })
}

/// Pillars stand once each; their 項目 carry their letter and are numbered 1, 2, 3 …
fn pillars(folder: &PlanFolder) -> Option<Contradiction> {
    let mut letters = BTreeSet::new();
    for pillar in &folder.pillars {
        if !letters.insert(pillar.code) {
            return Some(("pillars.toml", format!("the pillar `{}` stands there twice", pillar.code)));
        }
        for (before, heading) in pillar.initiatives.iter().enumerate() {
            let expected = format!("{}-{}", pillar.code, before + 1);
            if heading.code.to_string() != expected {
                let why = format!(
                    "the 項目 after {before} others is `{}`: it should be `{expected}`",
                    heading.code
                );
                return Some(("pillars.toml", why));
            }
        }
    }
    None
}

fn notes(folder: &PlanFolder, headings: &BTreeSet<InitiativeCode>) -> Option<Contradiction> {
    let marks: BTreeSet<&str> = folder.facts.notes.iter().map(|note| note.mark.as_str()).collect();
    if marks.len() < folder.facts.notes.len() {
        return Some(("pillars.toml", "two notes carry the same mark".to_owned()));
    }
    let items: BTreeSet<InitiativeCode> = folder.items.iter().map(|item| item.code).collect();
    let known = |code| headings.contains(code) || items.contains(code);
    folder.facts.notes.iter().find_map(|note| {
        let stray = note.on.iter().find(|code| !known(code))?;
        let why = format!("the note {} stands on `{stray}`, which is not in the plan", note.mark);
        Some(("pillars.toml", why))
    })
}

fn predecessor(folder: &PlanFolder, headings: &BTreeSet<InitiativeCode>) -> Option<Contradiction> {
    let facts = &folder.facts;
    let stray = facts.crosswalk.iter().find_map(|crossing| {
        if !headings.contains(&crossing.initiative) {
            return Some(format!("`{}` is not in the plan", crossing.initiative));
        }
        let noted =
            facts.notes.iter().any(|n| n.mark == crossing.note && n.on.contains(&crossing.initiative));
        (!noted).then(|| format!("`{}` does not carry the note {}", crossing.initiative, crossing.note))
    });
    let (before, more) = (facts.predecessor.period_last, facts.predecessor.extended_years);
    let last = facts.outline.first_made_to();
    let reaches = i32::from(before.year()) + i32::from(more) == i32::from(last.year());
    stray
        .or_else(|| (!reaches).then(|| format!("{before} and {more} years more are not {last}")))
        .map(|why| ("predecessor.toml", why))
}

fn meetings(folder: &PlanFolder) -> Option<Contradiction> {
    let astray = folder.facts.meetings.iter().find_map(|meeting| {
        let days = [("held_on", meeting.held_on), ("submitted_on", meeting.submitted_on)];
        let (what, day) = days.into_iter().find_map(|(what, day)| {
            day.filter(|day| !meeting.fiscal_year.contains(*day)).map(|day| (what, day))
        })?;
        Some(format!("{}: {what} {day} is not in fiscal year {}", meeting.title, meeting.fiscal_year))
    });
    let sorted = folder.facts.timeline.is_sorted_by_key(|milestone| milestone.month);
    astray
        .or_else(|| (!sorted).then(|| "milestones stand oldest first".to_owned()))
        .map(|why| ("meetings.toml", why))
}

fn comparison(folder: &PlanFolder) -> Option<Contradiction> {
    let comparison = &folder.facts.comparison;
    let (sum, declared) = (comparison.total(), comparison.municipalities);
    (sum != declared)
        .then(|| ("comparison.toml", format!("the rows hold {sum} municipalities, not {declared}")))
}
