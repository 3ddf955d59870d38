//! The pages of the plan: what it says, word for word, beside what is on record; and one page per initiative.
//!
//! What stands in them comes from [`crate::views::plan`], so a page and its JSON never say different things.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use askama::Template;
use catalog::City;
use catalog::iri::Iris;

use ::plan::{Initiative, InitiativeKind, Plan};

use super::{Frame, filters, render};
use crate::views::plan::{IndicatorView, InitiativeView, MeansView, MeasurementView, PlanView};

#[derive(Template)]
#[template(path = "plan.html")]
struct ThePlan {
    frame: Frame,
    plan: PlanView,
    initiatives: Vec<InitiativeView>,
}

impl ThePlan {
    /// How the 項目 `code` stands, in a sentence.
    fn state_of(&self, code: &str) -> &str {
        let heading = self.initiatives.iter().find(|initiative| initiative.code == code);
        heading.map(|heading| heading.state.text.as_str()).unwrap_or_default()
    }

    /// The individual items on record under the 項目 `code`, dropped ones included.
    fn items_under(&self, code: &str) -> impl Iterator<Item = &InitiativeView> {
        self.initiatives.iter().filter(move |initiative| initiative.parent.as_deref() == Some(code))
    }

    /// What the plan is carried out by, beside the headquarters.
    fn means(&self) -> [&MeansView; 3] {
        let promotion = &self.plan.promotion;
        [&promotion.people, &promotion.improvement, &promotion.viewpoints]
    }
}

/// `/plan`: the whole plan, with the state of all its `initiatives`.
pub fn plan(iris: &Iris, city: &City, plan: &Plan, initiatives: &[Initiative]) -> String {
    render(&ThePlan {
        frame: Frame::new(iris, city),
        plan: PlanView::new(plan, iris),
        initiatives: initiatives.iter().map(|initiative| InitiativeView::new(initiative, iris)).collect(),
    })
}

#[derive(Template)]
#[template(path = "initiative.html")]
struct OneInitiative {
    frame: Frame,
    initiative: InitiativeView,
    printed: String,
}

impl OneInitiative {
    /// The fiscal years of `indicator`, each with what was aimed at and what was measured.
    fn years<'a>(&self, indicator: &'a IndicatorView) -> impl Iterator<Item = Year<'a>> {
        let mut years = BTreeMap::<i16, Year<'a>>::new();
        for target in &indicator.targets {
            let year = years.entry(target.fiscal_year.year).or_default();
            (year.label, year.target) = (&target.fiscal_year.label, Some(target.value));
        }
        for measured in &indicator.measurements {
            let year = years.entry(measured.fiscal_year.year).or_default();
            (year.label, year.measured) = (&measured.fiscal_year.label, Some(measured));
        }
        years.into_values()
    }
}

/// One fiscal year of an indicator.
#[derive(Default)]
struct Year<'a> {
    label: &'a str,
    target: Option<f64>,
    measured: Option<&'a MeasurementView>,
}

/// `/plan/initiatives/{code}`: a 項目 or an individual item.
pub fn initiative(iris: &Iris, city: &City, initiative: &Initiative) -> String {
    render(&OneInitiative {
        frame: Frame::new(iris, city),
        initiative: InitiativeView::new(initiative, iris),
        printed: match initiative.kind {
            InitiativeKind::Heading => format!("{}-{}", initiative.pillar, initiative.mark),
            InitiativeKind::Item => initiative.mark.clone(),
        },
    })
}
