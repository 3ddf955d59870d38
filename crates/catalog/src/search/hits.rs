//! What the words of a question hit, put together: numbers of documents, which ascend.

use std::cmp::Ordering;

/// What stands in both.
pub(crate) fn both(mut one: Vec<i64>, other: &[i64]) -> Vec<i64> {
    let mut rest = other;
    one.retain(|number| passed(&mut rest, *number));
    one
}

/// What stands in `one` and not in `other`.
pub(crate) fn without(mut one: Vec<i64>, other: &[i64]) -> Vec<i64> {
    let mut rest = other;
    one.retain(|number| !passed(&mut rest, *number));
    one
}

/// Passes over whatever stands before `number`, and tells whether it stands there.
fn passed(rest: &mut &[i64], number: i64) -> bool {
    while let [first, behind @ ..] = rest {
        match first.cmp(&number) {
            Ordering::Less => *rest = behind,
            Ordering::Equal => return true,
            Ordering::Greater => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn some() -> impl Strategy<Value = BTreeSet<i64>> {
        prop::collection::btree_set(0i64..30, 0..20)
    }

    proptest! {
        #[test]
        fn they_are_put_together_as_sets_are(one in some(), two in some()) {
            let list = |set: &BTreeSet<i64>| set.iter().copied().collect::<Vec<_>>();
            prop_assert_eq!(both(list(&one), &list(&two)), one.intersection(&two).copied().collect::<Vec<_>>());
            prop_assert_eq!(without(list(&one), &list(&two)), one.difference(&two).copied().collect::<Vec<_>>());
        }
    }
}
