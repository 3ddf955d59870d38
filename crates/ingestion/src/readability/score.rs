//! 採点: what the verdicts come to in points, and which mending gains most.
//!
//! Source: デジタル庁 digital-go-jp/machine_readability_rule, docs/rule_scoring_table.csv. The agency calls its
//! points a sample and no official view.

use super::rule::{RuleId, Weight};
use super::verdict::{Outcome, Readability, Verdict};
use crate::text::Text;

/// What a level comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelScore {
    /// Points, 0 to 100.
    pub points: u8,
    /// Rules kept; each counts once a table.
    pub kept: usize,
    /// Rules judged; each counts once a table.
    pub judged: usize,
    /// The breaches that cost points, once a table, in the order of their rules.
    pub failed: Vec<(RuleId, Weight)>,
}

/// What mending gains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gain {
    /// What to mend; several only where one alone gains nothing.
    pub rules: Vec<RuleId>,
    /// The level that gains.
    pub level: u8,
    /// How many points.
    pub points: u8,
}

impl LevelScore {
    /// Whether a fatal breach costs the whole level.
    pub fn is_forced_to_zero(&self) -> bool {
        self.failed.iter().any(|(_, weight)| *weight == Weight::Fatal)
    }
}

impl Gain {
    /// What to do and what it gains: 単位を項目名に書く … (レベル3が +10点).
    pub fn describe(&self) -> Text {
        let Gain { rules, level, points } = self;
        let said = |hint: fn(&Text) -> &str, between: &str| {
            rules.iter().map(|id| hint(&id.rule().hint)).collect::<Vec<_>>().join(between)
        };
        Text::new(
            format!("{}と、レベル{level}が +{points}点", said(|hint| &hint.ja, "、")),
            format!("level {level} gains {points} points: {}", said(|hint| &hint.en, "; ")),
        )
    }
}

impl Readability {
    /// What `level` (1 to 3) comes to; `None` where nothing of it was judged.
    pub fn level(&self, level: u8) -> Option<LevelScore> {
        let judged = || self.of_level(level).filter(|verdict| verdict.outcome != Outcome::NotJudged);
        let mut failed: Vec<_> = judged()
            .filter(|verdict| verdict.outcome == Outcome::Broken)
            .map(|verdict| (verdict.rule, verdict.weight))
            .collect();
        failed.sort_by_key(|(rule, _)| *rule);
        let (judged, kept) = (judged().count(), judged().count() - failed.len());
        (judged > 0).then(|| LevelScore { points: points(level, &failed), kept, judged, failed })
    }

    /// What can be gained, most points first; of equal gains, the lower level and the earlier rule.
    pub fn gains(&self) -> Vec<Gain> {
        let mut gains: Vec<Gain> = (1..=3).flat_map(|level| self.gains_of(level)).collect();
        gains.sort_by_key(|gain| (std::cmp::Reverse(gain.points), gain.level));
        gains
    }

    fn gains_of(&self, level: u8) -> Vec<Gain> {
        let Some(score) = self.level(level) else { return Vec::new() };
        let without = |mended: &[RuleId]| {
            let rest: Vec<_> =
                score.failed.iter().filter(|(rule, _)| !mended.contains(rule)).copied().collect();
            points(level, &rest).saturating_sub(score.points)
        };
        let mut fatal: Vec<RuleId> = score
            .failed
            .iter()
            .filter(|(_, weight)| *weight == Weight::Fatal)
            .map(|(rule, _)| *rule)
            .collect();
        fatal.dedup();
        let mut ways: Vec<Vec<RuleId>> = score.failed.iter().map(|(rule, _)| vec![*rule]).collect();
        ways.dedup();
        if fatal.len() > 1 {
            ways.push(fatal);
        }
        ways.into_iter()
            .map(|rules| Gain { points: without(&rules), level, rules })
            .filter(|gain| gain.points > 0)
            .collect()
    }

    fn of_level(&self, level: u8) -> impl Iterator<Item = &Verdict> {
        let verdicts = self.tables.iter().flat_map(|table| &table.verdicts);
        verdicts.filter(move |verdict| verdict.rule.level() == level)
    }
}

/// What is left of 100 points.
fn points(level: u8, failed: &[(RuleId, Weight)]) -> u8 {
    failed.iter().fold(100, |left: u8, (_, weight)| left.saturating_sub(cost(level, *weight)))
}

/// What a breach costs on a level.
fn cost(level: u8, weight: Weight) -> u8 {
    match (weight, level) {
        (Weight::Fatal, _) => 100,
        (Weight::Critical, 1) => 10,
        (Weight::Critical, 2) => 40,
        (Weight::Critical, _) => 15,
        (Weight::Major, 1) => 5,
        (Weight::Major, 2) => 30,
        (Weight::Major, _) => 10,
        (Weight::Minor, 1) => 2,
        (Weight::Minor, 2) => 10,
        (Weight::Minor, _) => 5,
        (Weight::Info, _) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::verdict::JudgedTable;
    use super::*;

    /// A file of one table in which only `broken` (rule, weight) and the not judged rules stand out.
    fn file(tables: &[&[(&str, Weight)]]) -> Readability {
        let id = |name: &str| RuleId::try_from(name).expect("the tests name rules");
        let table = |broken: &&[(&str, Weight)]| JudgedTable {
            area: None,
            certainty: 1000,
            header_rows: vec![1],
            columns: Vec::new(),
            verdicts: super::super::rule::rules()
                .iter()
                .filter(|rule| rule.speaks_of(false))
                .map(|rule| {
                    let weight =
                        broken.iter().find(|(name, _)| id(name) == rule.id).map(|(_, weight)| *weight);
                    let outcome = if weight.is_some() { Outcome::Broken } else { Outcome::Kept };
                    let weight = weight.unwrap_or(rule.weight);
                    Verdict {
                        rule: rule.id,
                        outcome,
                        weight,
                        confidence: 100,
                        count: 0,
                        breaches: Vec::new(),
                    }
                })
                .collect(),
        };
        Readability { tables: tables.iter().map(table).collect(), ..Readability::none() }
    }

    #[track_caller]
    fn comes_to(broken: &[(&str, Weight)], expected: [u8; 3]) {
        let file = file(&[broken]);
        let points: Vec<_> = (1..=3).filter_map(|level| file.level(level)).map(|it| it.points).collect();
        assert_eq!(points, expected);
    }

    #[test]
    fn a_file_that_keeps_all_rules_has_100_on_every_level() {
        comes_to(&[], [100, 100, 100]);
    }

    #[test]
    fn what_a_breach_costs_depends_on_its_level() {
        comes_to(
            &[("L1-03", Weight::Critical), ("L2-04", Weight::Critical), ("L3-06", Weight::Critical)],
            [90, 60, 85],
        );
        comes_to(
            &[("L1-04", Weight::Major), ("L2-05", Weight::Major), ("L3-04", Weight::Major)],
            [95, 70, 90],
        );
        comes_to(&[("L1-09", Weight::Minor)], [98, 100, 100]);
    }

    #[test]
    fn one_fatal_breach_costs_the_whole_level_and_no_other() {
        comes_to(&[("L1-02", Weight::Fatal), ("L3-04", Weight::Major)], [0, 100, 90]);
    }

    #[test]
    fn a_level_does_not_fall_below_zero() {
        let all: Vec<_> =
            [("L2-04", Weight::Critical), ("L2-05", Weight::Major), ("L2-01", Weight::Critical)].to_vec();
        comes_to(&all, [100, 0, 100]);
    }

    #[test]
    fn a_rule_that_two_tables_break_costs_twice() {
        let broken = [("L3-04", Weight::Major)];
        let score = file(&[&broken, &broken]).level(3).expect("level 3 was judged");
        assert_eq!((score.points, score.failed.len(), score.judged, score.kept), (80, 2, 18, 16));
    }

    #[test]
    fn a_level_of_which_nothing_was_judged_has_no_score() {
        assert_eq!(Readability::none().level(1), None);
    }

    #[track_caller]
    fn gains(broken: &[(&str, Weight)], expected: &[(&str, u8)]) {
        let gains = file(&[broken]).gains();
        let told: Vec<_> = gains
            .iter()
            .map(|gain| {
                let rules: Vec<_> = gain.rules.iter().map(RuleId::to_string).collect();
                (rules.join("+"), gain.points)
            })
            .collect();
        let told: Vec<_> = told.iter().map(|(rules, points)| (rules.as_str(), *points)).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn what_gains_most_comes_first() {
        gains(
            &[("L1-04", Weight::Major), ("L3-04", Weight::Major), ("L3-06", Weight::Critical)],
            &[("L3-06", 15), ("L3-04", 10), ("L1-04", 5)],
        );
    }

    #[test]
    fn mending_the_only_fatal_breach_gains_what_the_others_leave() {
        gains(&[("L2-01", Weight::Fatal), ("L2-05", Weight::Major)], &[("L2-01", 70)]);
    }

    #[test]
    fn two_fatal_breaches_gain_only_together() {
        gains(
            &[("L1-14", Weight::Fatal), ("L1-15", Weight::Fatal), ("L1-06", Weight::Critical)],
            &[("L1-14+L1-15", 90)],
        );
    }

    #[test]
    fn a_gain_says_what_to_do() {
        let gains = file(&[&[("L3-04", Weight::Major)]]).gains();
        let said = gains.first().map(Gain::describe).expect("there is something to gain");
        assert_eq!(said.ja, "単位を項目名の後ろに（円）のように書くと、レベル3が +10点");
        assert!(said.en.starts_with("level 3 gains 10 points: write the unit"));
    }
}
