//! What one table breaks: every place is counted, the first of each rule are kept.

use super::breach::{Breach, Place, What};
use super::rule::{Rule, RuleId, Weight, rules};
use super::verdict::{Outcome, Verdict};

/// What was found of each rule so far.
#[derive(Debug)]
pub(super) struct Tally {
    found: Vec<Found>,
    listed_max: usize,
}

#[derive(Debug, Default, Clone)]
struct Found {
    count: u64,
    breaches: Vec<Breach>,
    is_broken: bool,
    not_judged: bool,
    weight: Option<Weight>,
    confidence: Option<u8>,
}

impl Tally {
    /// Keeps up to `listed_max` places of each rule.
    pub fn new(listed_max: usize) -> Tally {
        Tally { found: vec![Found::default(); rules().len()], listed_max }
    }

    /// One place.
    pub fn add(&mut self, place: Place, what: What) {
        self.add_many(1, [Breach { place, what }]);
    }

    /// `count` places of one rule, the first of which are `breaches`.
    pub fn add_many(&mut self, count: u64, breaches: impl IntoIterator<Item = Breach>) {
        let mut breaches = breaches.into_iter().peekable();
        let Some(first) = breaches.peek().copied() else { return };
        let listed_max = self.listed_max;
        let found = self.of(first.what.rule());
        found.count += count;
        for breach in breaches {
            found.is_broken |= breach.what.breaks_its_rule();
            if found.breaches.len() < listed_max {
                found.breaches.push(breach);
            }
        }
    }

    /// Takes over what `other` found.
    pub fn merge(&mut self, other: Tally) {
        for found in other.found {
            self.add_many(found.count, found.breaches);
        }
    }

    /// Whether `what` was found.
    pub fn has(&mut self, what: What) -> bool {
        self.of(what.rule()).breaches.iter().any(|breach| breach.what == what)
    }

    /// Leaves `rule` unjudged.
    pub fn leave(&mut self, rule: RuleId) {
        self.of(rule).not_judged = true;
    }

    /// Gives the verdict on `rule` another weight than the usual.
    pub fn weigh(&mut self, rule: RuleId, weight: Weight) {
        self.of(rule).weight = Some(weight);
    }

    /// Gives the verdict on `rule` another confidence than the usual, in hundredths.
    pub fn trust(&mut self, rule: RuleId, confidence: u8) {
        self.of(rule).confidence = Some(confidence);
    }

    /// The verdicts on the rules for workbooks or for texts, in the order of the rules.
    pub fn finish(self, workbook: bool) -> Vec<Verdict> {
        let all = rules().iter().zip(self.found);
        all.filter(|(rule, _)| rule.speaks_of(workbook)).map(|(rule, found)| verdict(rule, found)).collect()
    }

    fn of(&mut self, rule: RuleId) -> &mut Found {
        self.found.get_mut(rule.index()).expect("there is a place for each rule")
    }
}

fn verdict(rule: &Rule, found: Found) -> Verdict {
    let [kept, broken] = rule.confidence;
    let (outcome, confidence) = match (found.is_broken, found.not_judged) {
        (true, _) => (Outcome::Broken, found.confidence.unwrap_or(broken)),
        (false, true) => (Outcome::NotJudged, 0),
        (false, false) => (Outcome::Kept, found.confidence.unwrap_or(kept)),
    };
    Verdict {
        rule: rule.id,
        outcome,
        weight: found.weight.unwrap_or(rule.weight),
        confidence,
        count: found.count,
        breaches: found.breaches,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict_of(tally: Tally, rule: RuleId) -> Verdict {
        tally
            .finish(false)
            .into_iter()
            .find(|verdict| verdict.rule == rule)
            .expect("the rule speaks of texts")
    }

    #[test]
    fn all_places_are_counted_and_the_first_kept() {
        let mut tally = Tally::new(2);
        for row in 1..=5 {
            tally.add(Place::Rows(row, row), What::BlankRow);
        }
        let verdict = verdict_of(tally, What::BlankRow.rule());
        assert_eq!((verdict.outcome, verdict.count, verdict.breaches.len()), (Outcome::Broken, 5, 2));
    }

    #[test]
    fn what_is_only_good_to_know_breaks_no_rule() {
        let mut tally = Tally::new(2);
        tally.add(Place::Rows(1, 1), What::HeaderMerge);
        let verdicts = tally.finish(true);
        let verdict = verdicts.iter().find(|verdict| verdict.rule == What::HeaderMerge.rule());
        assert_eq!(verdict.map(|verdict| (verdict.outcome, verdict.count)), Some((Outcome::Kept, 1)));
    }

    #[test]
    fn what_is_not_judged_has_no_confidence() {
        let mut tally = Tally::new(2);
        tally.leave(RuleId::new(3, 7));
        let verdict = verdict_of(tally, RuleId::new(3, 7));
        assert_eq!((verdict.outcome, verdict.confidence), (Outcome::NotJudged, 0));
    }
}
