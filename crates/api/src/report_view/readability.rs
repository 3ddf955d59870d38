//! How the machine readability of a file looks in JSON.

use ingestion::readability::{Gain, Outcome, Readability, RuleId, Verdict, Weight};
use ingestion::{Code, Language};
use serde::Serialize;
use utoipa::ToSchema;

/// Of each rule, this many places are shown.
const PLACES_MAX: usize = 10;

/// How well a machine can read the file, by 「行政データにおける機械可読性に関するルール」 (デジタル庁):
/// from 0 to 100 on each of its three levels. Scores never stand in the way of publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MachineReadabilityView {
    /// Level 1; null where nothing of it was judged.
    #[schema(required, example = 100, minimum = 0, maximum = 100)]
    pub l1: Option<u8>,
    /// Level 2; null where nothing of it was judged.
    #[schema(required, example = 100, minimum = 0, maximum = 100)]
    pub l2: Option<u8>,
    /// Level 3; null where nothing of it was judged.
    #[schema(required, example = 90, minimum = 0, maximum = 100)]
    pub l3: Option<u8>,
    /// The rules the file does not keep.
    #[schema(example = json!(["L3-04"]))]
    pub failed: Vec<String>,
    /// The rules that the file alone does not settle.
    #[schema(example = json!(["L1-09", "L3-02"]))]
    pub not_judged: Vec<String>,
    /// What each of the failed rules asks, and where the file breaks it.
    pub violations: Vec<ViolationView>,
    /// What gains most points; null where there is nothing to gain.
    #[schema(required)]
    pub best_hint: Option<HintView>,
}

/// A rule the file does not keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ViolationView {
    /// The rule.
    #[schema(example = "L3-04")]
    pub rule: String,
    /// The rule's title; the official one in Japanese.
    #[schema(example = "データの単位を記載しているか")]
    pub title: String,
    /// `fatal`, `critical`, `major` or `minor`: what the breach weighs.
    #[schema(example = "major")]
    pub weight: String,
    /// How many places there are.
    #[schema(example = 1)]
    pub count: u64,
    /// The first of them, each with what stands there.
    pub places: Vec<PlaceView>,
    /// The codes of findings that tell the same thing.
    #[schema(value_type = Vec<String>, example = json!([]))]
    pub findings: Vec<Code>,
    /// How to mend it.
    #[schema(example = "単位を項目名の後ろに（円）のように書く")]
    pub hint: String,
}

/// A place where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlaceView {
    /// The place, as a spreadsheet shows it.
    #[schema(example = "C1")]
    pub at: String,
    /// What stands there.
    #[schema(example = "数値の列に単位がありません")]
    pub what: String,
}

/// What mending gains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HintView {
    /// The rules to keep; several where one alone gains nothing.
    #[schema(example = json!(["L3-04"]))]
    pub rules: Vec<String>,
    /// The level that gains.
    #[schema(example = 3, minimum = 1, maximum = 3)]
    pub level: u8,
    /// How many points.
    #[schema(example = 10, minimum = 1, maximum = 100)]
    pub points: u8,
    /// What to do, and what it gains.
    #[schema(example = "単位を項目名の後ろに（円）のように書くと、レベル3が +10点")]
    pub text: String,
}

impl MachineReadabilityView {
    /// `readability` in `language`.
    pub fn new(readability: &Readability, language: Language) -> MachineReadabilityView {
        let points = |level| readability.level(level).map(|level| level.points);
        let names = |rules: Vec<RuleId>| rules.iter().map(RuleId::to_string).collect();
        let failed = readability.failed();
        let violations = failed.iter().map(|rule| ViolationView::new(*rule, readability, language)).collect();
        MachineReadabilityView {
            l1: points(1),
            l2: points(2),
            l3: points(3),
            failed: names(failed),
            not_judged: names(readability.not_judged()),
            violations,
            best_hint: readability.gains().first().map(|gain| HintView::new(gain, language)),
        }
    }
}

impl ViolationView {
    fn new(rule: RuleId, readability: &Readability, language: Language) -> ViolationView {
        let broken = || readability.verdicts(rule).filter(|verdict| verdict.outcome == Outcome::Broken);
        let places = broken().flat_map(|verdict: &Verdict| &verdict.breaches);
        let about = rule.rule();
        ViolationView {
            rule: rule.to_string(),
            title: about.title.in_language(language).to_owned(),
            weight: broken().map(|verdict| verdict.weight).max().unwrap_or(Weight::Info).to_string(),
            count: broken().map(|verdict| verdict.count).sum(),
            places: places
                .take(PLACES_MAX)
                .map(|breach| PlaceView {
                    at: breach.place.describe().in_language(language).to_owned(),
                    what: breach.what.describe().in_language(language).to_owned(),
                })
                .collect(),
            findings: about.findings.clone(),
            hint: about.hint.in_language(language).to_owned(),
        }
    }
}

impl HintView {
    fn new(gain: &Gain, language: Language) -> HintView {
        HintView {
            rules: gain.rules.iter().map(RuleId::to_string).collect(),
            level: gain.level,
            points: gain.points,
            text: gain.describe().in_language(language).to_owned(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::report_view::sample;

    #[test]
    fn scores_rules_places_and_the_best_hint_are_shown() {
        let view = MachineReadabilityView::new(&sample::report().readability, Language::Ja);
        insta::assert_json_snapshot!(view);
    }

    #[test]
    fn they_are_shown_in_english_too() {
        let view = MachineReadabilityView::new(&sample::report().readability, Language::En);
        let violation = view.violations.first().unwrap();
        assert_eq!(violation.title, "Units are given");
        assert!(view.best_hint.unwrap().text.starts_with("level 3 gains 10 points"));
    }

    #[test]
    fn a_photograph_fails_the_first_rule_and_has_no_other_score() {
        let view = MachineReadabilityView::new(&sample::photograph().readability, Language::Ja);
        assert_eq!((view.l1, view.l2, view.l3, view.failed), (Some(0), None, None, vec!["L1-01".to_owned()]));
    }
}
