//! The 30 rules as data: `rules.toml`, embedded.
//!
//! What a rule looks at is its neighbours' business; what its breach costs is [`super::score`]'s.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::finding::Code;
use crate::text::Text;

static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(include_str!("rules.toml")).expect("a test reads the embedded rules"));

/// The name of a rule: `L1-02`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId {
    level: u8,
    number: u8,
}

/// The text names no rule.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no rule: they are written L1-01 to L1-15, L2-01 to L2-06 and L3-01 to L3-09")]
pub struct BadRuleId(String);

/// One of the 30 rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name.
    pub id: RuleId,
    /// The official title, and ours in English.
    #[serde(deserialize_with = "pair")]
    pub title: Text,
    /// What it asks, in a sentence of ours.
    #[serde(deserialize_with = "pair")]
    pub about: Text,
    /// How to keep it: an order without a full stop.
    #[serde(deserialize_with = "pair")]
    pub hint: Text,
    /// What a breach weighs, where nothing particular was found.
    pub weight: Weight,
    /// Which files it speaks of.
    pub applies_to: AppliesTo,
    /// How sure the verdict is where the rule is kept and where it is broken, in hundredths.
    pub confidence: [u8; 2],
    /// The findings that tell the same thing at its place.
    pub findings: Vec<Code>,
}

/// 重大度: what the breach of a rule weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Costs nothing.
    Info,
    /// Costs little.
    Minor,
    /// Costs something.
    Major,
    /// Costs much.
    Critical,
    /// Costs the whole level.
    Fatal,
}

/// Which files a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AppliesTo {
    /// All.
    Any,
    /// CSV and the like.
    Text,
    /// Workbooks.
    Workbook,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    source: String,
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

/// All 30 rules, in the order of their ids.
pub fn rules() -> &'static [Rule] {
    &RULES.rules
}

/// Where the rules are published.
pub fn source() -> &'static str {
    &RULES.source
}

impl Rule {
    /// Whether it speaks of workbooks (`true`) or of texts.
    pub(super) fn speaks_of(&self, workbook: bool) -> bool {
        match self.applies_to {
            AppliesTo::Any => true,
            AppliesTo::Text => !workbook,
            AppliesTo::Workbook => workbook,
        }
    }
}

impl RuleId {
    /// The rule `number` of `level`; whoever writes one names a rule that exists.
    pub(super) const fn new(level: u8, number: u8) -> RuleId {
        RuleId { level, number }
    }

    /// Its place among all rules, from 0.
    pub(super) fn index(self) -> usize {
        let of_lower_levels = match self.level {
            1 => 0,
            2 => 15,
            _ => 21,
        };
        of_lower_levels + usize::from(self.number) - 1
    }

    /// Its level, 1 to 3.
    pub fn level(self) -> u8 {
        self.level
    }

    /// What it says.
    pub fn rule(self) -> &'static Rule {
        rules().get(self.index()).expect("a test finds a rule for every id")
    }
}

impl TryFrom<&str> for RuleId {
    type Error = BadRuleId;

    fn try_from(text: &str) -> Result<RuleId, BadRuleId> {
        (1..=3)
            .flat_map(|level| (1..=15).map(move |number| RuleId { level, number }))
            .take_while(|id| *id <= RuleId::new(3, 9))
            .filter(|id| id.number <= [15, 6, 9].get(usize::from(id.level) - 1).copied().unwrap_or(0))
            .find(|id| id.to_string() == text)
            .ok_or_else(|| BadRuleId(text.to_owned()))
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "L{}-{:02}", self.level, self.number)
    }
}

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RuleId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RuleId, D::Error> {
        let text = String::deserialize(deserializer)?;
        RuleId::try_from(text.as_str()).map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

fn pair<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
    let [ja, en] = <[String; 2]>::deserialize(deserializer)?;
    Ok(Text { ja, en })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_30_rules_are_here_in_their_order() {
        let ids: Vec<String> = rules().iter().map(|rule| rule.id.to_string()).collect();
        assert_eq!((ids.len(), ids.is_sorted()), (30, true));
        let of = |level: &str| ids.iter().filter(|id| id.starts_with(level)).count();
        assert_eq!([of("L1-"), of("L2-"), of("L3-")], [15, 6, 9]);
        assert!(source().starts_with("https://"));
    }

    #[test]
    fn a_csv_has_25_rules_and_a_workbook_28() {
        let count = |workbook| rules().iter().filter(|rule| rule.speaks_of(workbook)).count();
        assert_eq!((count(false), count(true)), (25, 28));
    }

    #[test]
    fn a_name_that_is_no_rule_is_refused() {
        for name in ["L1-16", "L2-07", "L3-10", "L4-01", "L1-1", "l1-01", ""] {
            assert!(RuleId::try_from(name).is_err(), "{name}");
        }
        for rule in rules() {
            assert_eq!(RuleId::try_from(rule.id.to_string().as_str()).ok(), Some(rule.id));
            assert_eq!(rule.id.rule().id, rule.id);
        }
    }
}
