//! Rows taken together: groups of those that say the same, and what is computed of each.

use sea_orm::QueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order as Way, Query};

use super::{Rows, Table, ask, condition, layout};
use crate::asking::{Ask, ColumnKind, Function, Grouping, Scalar};
use crate::error::CatalogError;

/// Groups in the order that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Groups {
    /// Of each group the values that make it and then what was computed.
    pub rows: Vec<Vec<Option<Scalar>>>,
    /// Whether there are more than were asked for.
    pub more: bool,
}

impl Rows {
    /// The groups that the rows make that `ask` asks for.
    pub(crate) async fn groups(
        &self,
        table: &Table,
        ask: &Ask,
        grouping: &Grouping,
    ) -> Result<Groups, CatalogError> {
        let open = self.open().await?;
        let by = grouping.by.iter().map(|place| (layout::value(*place), kind(table, *place)));
        let computed = grouping.aggregates.iter().map(|aggregate| computed(aggregate.function, table));
        let told: Vec<(Expr, ColumnKind)> = by.chain(computed).collect();

        let mut select = Query::select();
        select.exprs(told.iter().map(|(value, _)| value.clone())).from(layout::values(table.id));
        if let Some(condition) = condition::of(ask, table, open.backend()) {
            select.and_where(condition);
        }
        select.add_group_by(grouping.by.iter().map(|place| layout::value(*place)));
        let wanted = grouping.sort.iter().map(|order| (order.place, order.descending));
        for (place, descending) in wanted.chain((0..grouping.by.len()).map(|place| (place, false))) {
            if let Some((value, _)) = told.get(place) {
                select.order_by_expr(value.clone().is_null(), Way::Asc);
                select.order_by_expr(value.clone(), if descending { Way::Desc } else { Way::Asc });
            }
        }
        let limit = u64::from(grouping.limit);
        select.limit(limit + 1);
        let found = open.readers.ask(&select).await?;
        let more = found.len() as u64 > limit;
        let rows = found.iter().take(grouping.limit as usize).map(|row| values(row, &told));
        Ok(Groups { rows: rows.collect::<Result<_, _>>()?, more })
    }
}

fn values(row: &QueryResult, told: &[(Expr, ColumnKind)]) -> Result<Vec<Option<Scalar>>, CatalogError> {
    let values = told.iter().enumerate().map(|(place, (_, kind))| ask::scalar(row, place, *kind));
    Ok(values.collect::<Result<_, _>>()?)
}

fn kind(table: &Table, place: usize) -> ColumnKind {
    table.shape.kinds.get(place).copied().unwrap_or(ColumnKind::Text)
}

/// What is computed, and of what kind it is. Both databases are made to count alike: a sum of integers is one as long
/// as no sum of these rows can leave their 64 bits, and one of numbers is null where it could leave the doubles.
fn computed(function: Function, table: &Table) -> (Expr, ColumnKind) {
    let double = |place: usize| layout::value(place).cast_as("double precision");
    match function {
        Function::Count => (Func::count(Expr::cust("*")).into(), ColumnKind::Integer),
        Function::CountDistinct(place) => (layout::value(place).count_distinct(), ColumnKind::Integer),
        Function::Sum(place) => match (kind(table, place), largest(table, place)) {
            (ColumnKind::Integer, largest) if largest < i64::MAX as f64 / 2.0 => {
                (layout::value(place).sum().cast_as("bigint"), ColumnKind::Integer)
            }
            (_, largest) if largest < f64::MAX / 2.0 => (double(place).sum(), ColumnKind::Number),
            _ => (Expr::null().cast_as("double precision"), ColumnKind::Number),
        },
        Function::Avg(place) => match largest(table, place) {
            largest if largest < f64::MAX / 2.0 => (double(place).avg(), ColumnKind::Number),
            _ => (Expr::null().cast_as("double precision"), ColumnKind::Number),
        },
        Function::Min(place) => (layout::value(place).min(), kind(table, place)),
        Function::Max(place) => (layout::value(place).max(), kind(table, place)),
    }
}

/// No sum of values of the column is larger, whichever rows are taken.
fn largest(table: &Table, place: usize) -> f64 {
    let facts = table.shape.facts.get(place);
    let ends = facts.iter().flat_map(|facts| [&facts.least, &facts.greatest]).flatten();
    let sizes = ends.map(|end| match end {
        Scalar::Integer(value) => (*value as f64).abs(),
        Scalar::Number(value) => value.abs(),
        Scalar::Text(_) => 0.0,
    });
    sizes.fold(0.0, f64::max) * table.shape.rows as f64
}
