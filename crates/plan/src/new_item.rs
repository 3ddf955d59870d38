//! An individual item as it is handed in: whether it fits the plan.
//!
//! Whether its code is free and its 項目 exists is the act's business ([`crate::initiatives`]).

use catalog::Slug;
use serde::{Deserialize, Serialize};

use crate::code::InitiativeCode;
use crate::indicator::NewIndicator;
use crate::initiative::{Bpr, Change, Ebpm, Origin, YearStage};
use crate::misfit::{self, Fault, Misfit};
use crate::plan::PlanPeriod;

/// An individual item as it is handed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewItem {
    /// `A-1-1`: the next free number under its 項目.
    pub code: InitiativeCode,
    /// At most 200 characters.
    pub title: String,
    /// How it came into the plan.
    #[serde(default)]
    pub origin: Origin,
    /// 概要; at most 4,000 characters.
    pub overview: Option<String>,
    /// 現状・課題; at most 4,000 characters.
    pub current_issues: Option<String>,
    /// 主担当課
    pub lead: Slug,
    /// 関係課; at most 50.
    #[serde(default)]
    pub others: Vec<Slug>,
    /// 年度別の段階, within the plan's period, each year once.
    #[serde(default, alias = "stage")]
    pub stages: Vec<YearStage>,
    /// 成果指標, numbered by their place; at most 50.
    #[serde(default, alias = "indicator")]
    pub indicators: Vec<NewIndicator>,
    /// ＢＰＲ
    pub bpr: Option<Bpr>,
    /// ＥＢＰＭ
    pub ebpm: Option<Ebpm>,
    /// What changed since, oldest first; at most 200.
    #[serde(default)]
    pub history: Vec<Change>,
}

impl NewItem {
    /// An item with its title and lead department, and nothing else said yet.
    pub fn titled(code: InitiativeCode, title: &str, lead: Slug) -> NewItem {
        NewItem {
            code,
            title: title.to_owned(),
            origin: Origin::Plan,
            overview: None,
            current_issues: None,
            lead,
            others: Vec::new(),
            stages: Vec::new(),
            indicators: Vec::new(),
            bpr: None,
            ebpm: None,
            history: Vec::new(),
        }
    }

    /// Whether it fits a plan of `period`.
    ///
    /// # Errors
    /// The first [`Misfit`].
    pub(crate) fn check(&self, period: &PlanPeriod) -> Result<(), Misfit> {
        misfit::text("title", &self.title, 200)?;
        for (field, text) in [("overview", &self.overview), ("current_issues", &self.current_issues)] {
            text.iter().try_for_each(|text| misfit::text(field, text, 4_000))?;
        }
        self.check_departments()?;
        period.check_years("stages", self.stages.iter().map(|stage| stage.fiscal_year))?;
        for (place, stage) in self.stages.iter().enumerate() {
            stage
                .note
                .iter()
                .try_for_each(|note| misfit::text(format!("stages[{place}].note"), note, 1_000))?;
        }
        misfit::entries("indicators", &self.indicators, 50)?;
        for (place, indicator) in self.indicators.iter().enumerate() {
            indicator.check(&format!("indicators[{place}]"), period)?;
        }
        if let Some(Bpr { before, after }) = &self.bpr {
            misfit::text("bpr.before", before, 4_000)?;
            misfit::text("bpr.after", after, 4_000)?;
        }
        if let Some(note) = self.ebpm.as_ref().and_then(|ebpm| ebpm.note.as_ref()) {
            misfit::text("ebpm.note", note, 4_000)?;
        }
        misfit::entries("history", &self.history, 200)
    }

    fn check_departments(&self) -> Result<(), Misfit> {
        misfit::entries("others", &self.others, 50)?;
        let doubled = self.others.iter().enumerate().find(|(place, slug)| {
            **slug == self.lead || self.others.iter().take(*place).any(|earlier| earlier == *slug)
        });
        match doubled {
            Some((_, slug)) => Err(Misfit::at("others", Fault::Doubled(slug.to_string()))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::initiative::Stage;
    use crate::plan::PlanPeriod;

    fn item() -> NewItem {
        NewItem::titled("A-1-1".parse().unwrap(), "【見本】取組", "dx".parse().unwrap())
    }

    fn in_year(year: i16) -> YearStage {
        YearStage { fiscal_year: crate::FiscalYear::new(year).unwrap(), stage: Stage::Study, note: None }
    }

    #[track_caller]
    fn misfits(item: &NewItem, expected: Option<&str>) {
        let said = item.check(&PlanPeriod::sample()).err().map(|misfit| misfit.to_string());
        assert_eq!(said.as_deref(), expected);
    }

    #[test]
    fn an_item_with_a_title_and_a_lead_fits() {
        misfits(&item(), None);
    }

    #[test]
    fn a_blank_or_endless_title_is_named() {
        misfits(&NewItem { title: "　 ".to_owned(), ..item() }, Some("`title` is blank: say something"));
        misfits(
            &NewItem { title: "長".repeat(201), ..item() },
            Some("`title` is too long: 200 characters fit"),
        );
    }

    #[test]
    fn stages_lie_in_the_plans_period_and_each_year_has_one() {
        misfits(&NewItem { stages: vec![in_year(2025), in_year(2027)], ..item() }, None);
        misfits(
            &NewItem { stages: vec![in_year(2028)], ..item() },
            Some("`stages` names fiscal year 2028, but the plan goes from 2025 to 2027"),
        );
        misfits(
            &NewItem { stages: vec![in_year(2026), in_year(2026)], ..item() },
            Some("`stages` has 令和8年度 twice: once is enough"),
        );
    }

    #[test]
    fn the_lead_is_not_among_the_others() {
        let others = vec!["mihon".parse().unwrap(), "dx".parse().unwrap()];
        misfits(&NewItem { others, ..item() }, Some("`others` has dx twice: once is enough"));
    }

    #[test]
    fn a_misfit_is_said_in_japanese_too() {
        let said = NewItem { stages: vec![in_year(2028)], ..item() }.check(&PlanPeriod::sample());
        assert_eq!(
            said.map_err(|misfit| misfit.ja()),
            Err("`stages` の令和10年度は計画期間（令和7年度から令和9年度まで）の外です。期間内の年度にしてください。"
                .to_owned())
        );
    }
}
