//! 評価内容: the verdict on one rule, and the places that break it.

use ingestion::readability::{Breach, Gravity, Outcome, RuleId, Verdict};
use serde::Serialize;

/// With more places than this, they are grouped.
pub(super) const PLACES_MAX: u64 = 20;
/// Of a group, this many places stand for all.
const PLACES_OF_GROUP: usize = 3;

/// The verdict on one rule.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Check {
    #[serde(rename = "ルールID")]
    pub rule: String,
    #[serde(rename = "ルール名")]
    pub title: &'static str,
    #[serde(rename = "ルール説明")]
    pub about: &'static str,
    #[serde(rename = "合否")]
    pub passes: bool,
    #[serde(rename = "判定対象外")]
    pub not_judged: bool,
    #[serde(rename = "重大度")]
    pub weight: String,
    #[serde(rename = "信頼度")]
    pub confidence: f64,
    #[serde(rename = "違反")]
    pub places: Vec<Violation>,
    #[serde(rename = "違反グループ", skip_serializing_if = "Option::is_none")]
    pub groups: Option<Groups>,
    #[serde(rename = "メッセージ")]
    pub message: String,
    /// How many places there are; as many as listed, or more.
    #[serde(skip)]
    pub count: u64,
}

/// One place that breaks a rule.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Violation {
    #[serde(rename = "シート")]
    pub sheet: String,
    #[serde(rename = "セル範囲")]
    pub range: String,
    #[serde(rename = "説明")]
    pub description: String,
    #[serde(rename = "違反重大度")]
    pub gravity: Gravity,
}

/// Many places, in groups.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Groups {
    #[serde(rename = "合計件数")]
    count: u64,
    #[serde(rename = "グループ")]
    pub groups: Vec<Group>,
}

/// Places of one gravity.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Group {
    #[serde(rename = "シート")]
    pub sheet: String,
    #[serde(rename = "重大度")]
    pub gravity: Gravity,
    #[serde(rename = "件数")]
    pub count: u64,
    #[serde(rename = "代表セル範囲")]
    ranges: Vec<String>,
}

impl Check {
    /// What was found of one rule on the sheet named `sheet`.
    pub fn of(verdict: &Verdict, sheet: &str) -> Check {
        let places = verdict.breaches.iter().map(|breach| Violation::of(breach, sheet)).collect();
        let outcome = (verdict.outcome, verdict.weight.to_string(), verdict.confidence);
        Check::new(verdict.rule, outcome, places, verdict.count)
    }

    /// A verdict of its own: its outcome, weight and confidence, and `count` places, the first of which are
    /// `places`.
    pub fn new(
        rule: RuleId,
        (outcome, weight, confidence): (Outcome, String, u8),
        places: Vec<Violation>,
        count: u64,
    ) -> Check {
        let about = rule.rule();
        let listed = places.len() as u64;
        Check {
            rule: rule.to_string(),
            title: &about.title.ja,
            about: &about.about.ja,
            passes: outcome != Outcome::Broken,
            not_judged: outcome == Outcome::NotJudged,
            weight,
            confidence: f64::from(confidence) / 100.0,
            groups: (count > PLACES_MAX).then(|| Groups::of(&places, count)),
            places,
            message: message(outcome, count, listed),
            count,
        }
    }
}

impl Violation {
    fn of(breach: &Breach, sheet: &str) -> Violation {
        Violation {
            sheet: sheet.to_owned(),
            range: breach.place.to_string(),
            description: breach.what.describe().ja,
            gravity: breach.what.gravity(),
        }
    }
}

impl Groups {
    /// `count` places, the first of which are `places`; those that are not listed are taken for the most frequent
    /// kind.
    fn of(places: &[Violation], count: u64) -> Groups {
        let mut groups: Vec<Group> = Vec::new();
        for place in places {
            match groups.iter_mut().find(|group| group.gravity == place.gravity) {
                Some(group) => {
                    group.count += 1;
                    if group.ranges.len() < PLACES_OF_GROUP {
                        group.ranges.push(place.range.clone());
                    }
                }
                None => groups.push(Group {
                    sheet: place.sheet.clone(),
                    gravity: place.gravity,
                    count: 1,
                    ranges: vec![place.range.clone()],
                }),
            }
        }
        groups.sort_by_key(|group| std::cmp::Reverse(group.count));
        if let Some(first) = groups.first_mut() {
            first.count += count.saturating_sub(places.len() as u64);
        }
        Groups { count, groups }
    }
}

fn message(outcome: Outcome, count: u64, listed: u64) -> String {
    match outcome {
        Outcome::NotJudged => "このファイルだけでは判定できません。".to_owned(),
        _ if count > listed => format!("{count}件のうち{listed}件を示しています。"),
        _ if count > 0 => format!("{count}件あります。"),
        _ => String::new(),
    }
}
