//! Orders: how rows follow one another, and which come after a given one.
//!
//! Blanks come last whichever way, so rows are found in phases, each of which follows an index where there is one,
//! backwards too. Rows that are equal follow one another by their numbers, in the direction of the last column named.

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
    /// Whether there is an index.
    indexed: bool,
    /// Whether no two rows have the same value.
    unique: bool,
    descending: bool,
}

/// Where a row stands in an order: its values, and its number.
#[derive(Debug, Clone)]
pub(super) struct Position {
    pub values: Vec<Option<Value>>,
    pub number: u64,
}

/// A part of the rows, by their value of the first term: the parts follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// All with a value, or all there are where nothing is sorted by.
    Said,
    /// Those with the same value as the row that is gone on from: an index finds them by this and their number.
    Same,
    /// Those with a later value.
    Later,
    /// Both together, where no index finds them.
    Rest,
    /// Those without a value.
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
                indexed: false,
                unique: false,
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
                indexed: table.indexed.contains(&order.column),
                unique: facts.is_some_and(|facts| facts.distinct == Some(table.shape.rows - blank)),
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

    /// The phases in which rows are found, from `after` on.
    pub(super) fn phases(&self, after: Option<&Position>) -> Vec<Phase> {
        let Some(first) = self.terms.first() else { return vec![Phase::Said] };
        let mut phases = match after.and_then(|after| after.values.first()) {
            _ if !first.is_said => Vec::new(),
            None => vec![Phase::Said],
            Some(None) => Vec::new(),
            Some(Some(_)) if !first.indexed => vec![Phase::Rest],
            Some(Some(_)) if first.unique => vec![Phase::Later],
            Some(Some(_)) => vec![Phase::Same, Phase::Later],
        };
        if first.nullable.is_some() {
            phases.push(Phase::Blank);
        }
        phases
    }

    /// Sorts what `select` finds among the rows of `phase`, and leaves out what does not come after `after`.
    pub(super) fn apply(&self, select: &mut SelectStatement, phase: Phase, after: Option<&Position>) {
        let Some((first, others)) = self.terms.split_first() else {
            if let Some(after) = after {
                select.and_where(Expr::col(layout::N).gt(after.number));
            }
            select.order_by(layout::N, Way::Asc);
            return;
        };
        let said = after.and_then(|after| Some((after, after.values.first()?.clone())));
        let rest = after.map(|after| after.values.get(1..).unwrap_or_default());
        let behind = || Some(self.follows(others, rest?, after?.number));
        let first_value = first.value.clone();
        let (condition, follows) = match (phase, said) {
            (Phase::Blank, said) => {
                let blank = first.nullable.clone().map(|value| value.is_null());
                (blank, said.filter(|(_, value)| value.is_none()).and_then(|_| behind()))
            }
            (Phase::Same, Some((_, Some(value)))) => (Some(first_value.eq(value)), behind()),
            (Phase::Later, Some((_, Some(value)))) => {
                (Some(beyond(first_value, Expr::val(value), first.descending)), None)
            }
            (Phase::Rest, Some((_, Some(value)))) => {
                let later = beyond(first_value.clone(), Expr::val(value.clone()), first.descending);
                let same = behind().map(|behind| first_value.eq(value).and(behind));
                (Some(same.map_or(later.clone(), |same| later.or(same))), None)
            }
            _ => (first.nullable.clone().map(|value| value.is_not_null()), None),
        };
        select.and_where_option(condition).and_where_option(follows);
        if !matches!(phase, Phase::Same | Phase::Blank) {
            select.order_by_expr(first.value.clone(), way(first.descending));
        }
        for term in others {
            if let Some(value) = term.nullable.clone() {
                select.order_by_expr(value.is_null(), Way::Asc);
            }
            select.order_by_expr(term.value.clone(), way(term.descending));
        }
        select.order_by(layout::N, way(self.descending));
    }

    /// Whether a row comes after the one with these values and this number.
    fn follows(&self, terms: &[Term], values: &[Option<Value>], number: u64) -> Expr {
        let (Some((term, terms)), Some((value, values))) = (terms.split_first(), values.split_first()) else {
            return beyond(Expr::col(layout::N), Expr::val(number), self.descending);
        };
        let rest = self.follows(terms, values, number);
        let is_null = term.nullable.clone().map(|value| value.is_null());
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
