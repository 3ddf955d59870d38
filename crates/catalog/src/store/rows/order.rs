//! Orders: how rows follow one another, and which come after a given one.
//!
//! Blanks come last whichever way, so rows are found in two phases: those that have a value to be sorted by first, and then
//! those that have none. Each phase follows an index where there is one, backwards too: rows that are equal follow one
//! another by their numbers, in the direction of the last column named.

use sea_orm::sea_query::{Expr, ExprTrait, Order as Way, SelectStatement, Value};

use super::{Table, condition, layout, place};
use crate::asking::{Ask, Point, Scalar};

/// By what rows are sorted.
#[derive(Debug, Clone)]
pub(super) struct Order {
    terms: Vec<Term>,
    /// The distance from here is one of the terms, and the only one.
    pub from: Option<Point>,
    descending: bool,
}

#[derive(Debug, Clone)]
struct Term {
    value: Expr,
    /// What is null where there is no value, unless there is one in every row.
    nullable: Option<Expr>,
    /// Whether any row has a value.
    is_said: bool,
    descending: bool,
}

/// Where a row stands in an order: its values, and its number.
#[derive(Debug, Clone)]
pub(super) struct Position {
    pub values: Vec<Option<Value>>,
    pub number: u64,
}

/// Rows that have a value of the first term, or those that have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// There is nothing to be sorted by, or something in every row.
    All,
    /// Those with a value.
    Said,
    /// Those without.
    Blank,
}

impl Order {
    /// The order that `ask` wants.
    pub(super) fn of(ask: &Ask, table: &Table) -> Order {
        if let Some(from) = ask.by_distance() {
            let [u, ..] = layout::PLACE;
            let terms = table.shape.places.map(|_| Term {
                value: place::distance(from),
                nullable: Some(Expr::col(u)),
                is_said: table.shape.spread.is_some(),
                descending: false,
            });
            return Order { terms: terms.into_iter().collect(), from: Some(from), descending: false };
        }
        let term = |order: &crate::asking::Order| {
            let (value, facts) = (layout::value(order.column), table.shape.facts.get(order.column));
            let blank = facts.map_or(table.shape.rows, |facts| facts.blank);
            Term {
                nullable: (blank > 0).then(|| value.clone()),
                value,
                is_said: blank < table.shape.rows,
                descending: order.descending,
            }
        };
        Order {
            terms: ask.sort.iter().map(term).collect(),
            from: None,
            descending: ask.sort.last().is_some_and(|order| order.descending),
        }
    }

    /// Whether rows come as in the file.
    pub(super) fn is_as_in_file(&self) -> bool {
        self.terms.is_empty()
    }

    /// The phases, of which the first has rows, from `after` on.
    pub(super) fn phases(&self, after: Option<&Position>) -> Vec<Phase> {
        let Some(Term { nullable: Some(_), is_said, .. }) = self.terms.first() else { return vec![Phase::All] };
        let is_past = after.is_some_and(|after| matches!(after.values.first(), Some(None)));
        match *is_said && !is_past {
            true => vec![Phase::Said, Phase::Blank],
            false => vec![Phase::Blank],
        }
    }

    /// Sorts what `select` finds among the rows of `phase`, and leaves out what does not come after `after`.
    pub(super) fn apply(&self, select: &mut SelectStatement, phase: Phase, after: Option<&Position>) {
        let first = self.terms.first().and_then(|term| term.nullable.clone());
        let skipped = usize::from(phase == Phase::Blank);
        match (phase, first) {
            (Phase::Said, Some(first)) => select.and_where(first.is_not_null()),
            (Phase::Blank, Some(first)) => select.and_where(first.is_null()),
            _ => select,
        };
        let terms: Vec<(&Term, bool)> = self
            .terms
            .iter()
            .enumerate()
            .skip(skipped)
            .map(|(place, term)| (term, place > 0 && term.nullable.is_some()))
            .collect();
        for (term, nullable) in &terms {
            if let Some(value) = term.nullable.clone().filter(|_| *nullable) {
                select.order_by_expr(value.is_null(), Way::Asc);
            }
            select.order_by_expr(term.value.clone(), way(term.descending));
        }
        select.order_by(layout::N, way(self.descending));
        // In the phase of the blanks nothing is left out for a row that has a value.
        let begins = |after: &&Position| phase != Phase::Blank || matches!(after.values.first(), Some(None));
        let Some(after) = after.filter(begins) else { return };
        let values = after.values.get(skipped..).unwrap_or_default();
        if let ([(term, _)], [Some(value)]) = (terms.as_slice(), values) {
            let (own, other) = (
                Expr::tuple([term.value.clone(), Expr::col(layout::N)]),
                Expr::tuple([Expr::val(value.clone()), Expr::val(after.number)]),
            );
            select.and_where(beyond(own, other, self.descending));
            return;
        }
        // What an index can begin with; the rest is looked at row by row.
        if let (Some((term, false)), Some(Some(value))) = (terms.first(), values.first()) {
            let (own, value) = (term.value.clone(), value.clone());
            select.and_where(if term.descending { own.lte(value) } else { own.gte(value) });
        }
        select.and_where(self.follows(&terms, values, after.number));
    }

    /// Whether a row comes after the one with these values and this number.
    fn follows(&self, terms: &[(&Term, bool)], values: &[Option<Value>], number: u64) -> Expr {
        let (Some(((term, nullable), terms)), Some((value, values))) = (terms.split_first(), values.split_first())
        else {
            return beyond(Expr::col(layout::N), Expr::val(number), self.descending);
        };
        let rest = self.follows(terms, values, number);
        let is_null = term.nullable.clone().filter(|_| *nullable).map(|value| value.is_null());
        match value {
            None => is_null.map_or(rest.clone(), |is_null| is_null.and(rest)),
            Some(value) => {
                let own = || term.value.clone();
                let equal = own().eq(value.clone()).and(rest);
                let later = beyond(own(), Expr::val(value.clone()), term.descending).or(equal);
                is_null.map_or(later.clone(), |is_null| is_null.or(later))
            }
        }
    }
}

impl Position {
    /// Where a row stands that has these values.
    pub(super) fn of(values: Vec<Option<Scalar>>, number: u64) -> Position {
        let values = values.iter().map(|value| value.as_ref().map(condition::bound)).collect();
        Position { values, number }
    }
}

fn beyond(own: Expr, other: Expr, descending: bool) -> Expr {
    if descending { own.lt(other) } else { own.gt(other) }
}

fn way(descending: bool) -> Way {
    if descending { Way::Desc } else { Way::Asc }
}
