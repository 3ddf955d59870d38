//! Questions: a page, rows one by one, all rows in pieces, how many there are, one row.
//!
//! A page is asked for in one statement that gives one row: the texts of its rows in one. Every row that the database
//! hands over costs more than finding it.

use sea_orm::sea_query::{
    Asterisk, Expr, ExprTrait, Func, FunctionCall, IntoTableRef, Order as Way, Query, SelectStatement,
    SubQueryStatement,
};
use sea_orm::{DbBackend, DbErr, QueryResult};

use super::order::{Order, Phase, Position};
use super::{Readers, Rows, Table, condition, layout, place, registry};
use crate::asking::{Ask, ColumnKind, Point, Scalar, key};
use crate::error::CatalogError;
use crate::tabled::{Keyed, Origin};

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// What it is called ([`crate::asking::key`]).
    pub key: String,
    /// Its JSON, as in the JSON form of its revision.
    pub json: String,
    /// Its line in the canonical CSV, without its end.
    pub csv: String,
    /// How far it is from the point that was asked about, in metres.
    pub distance: Option<f64>,
}

/// The texts of some rows in one.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Texts {
    /// The texts.
    pub texts: String,
    /// The number of each row.
    pub numbers: Vec<u64>,
}

/// Which texts, and what stands between two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Joined {
    /// CSV instead of JSON.
    pub csv: bool,
    /// What stands between.
    pub between: &'static str,
}

/// How many rows at most, and whether they are a piece of everything there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Rows.
    pub rows: u64,
    /// A piece.
    pub is_piece: bool,
}

impl Limit {
    /// A page.
    pub(crate) fn page(rows: u64) -> Limit {
        Limit { rows, is_piece: false }
    }

    /// A piece of everything.
    pub(crate) fn piece(rows: u64) -> Limit {
        Limit { rows, is_piece: true }
    }

    async fn put(
        self,
        readers: &Readers,
        question: &SelectStatement,
    ) -> Result<Vec<QueryResult>, CatalogError> {
        if self.is_piece { readers.go_through(question).await } else { readers.ask(question).await }
    }
}

const IDS: &str = "i";
const TEXTS: &str = "t";

impl Rows {
    /// The table that was made from `origin`, if it is ready.
    pub(crate) async fn find(&self, origin: &Origin) -> Result<Option<Table>, CatalogError> {
        let found = self.open().await?.readers.ask(&registry::ready(origin)).await?;
        found.first().map(registry::table).transpose()
    }

    /// The texts of at most `limit` of the rows that `ask` asks for.
    pub(crate) async fn texts(
        &self,
        table: &Table,
        ask: &Ask,
        limit: Limit,
        joined: Joined,
    ) -> Result<Texts, CatalogError> {
        let open = self.open().await?;
        let (order, Some(after)) = self.position(table, ask).await? else { return Ok(Texts::default()) };
        let mut all = Texts::default();
        for phase in order.phases(after.as_ref()) {
            let left = limit.rows - all.numbers.len() as u64;
            if left == 0 {
                break;
            }
            let ids = ids(table, ask, &order, phase, after.as_ref(), left, open.backend());
            let (mut select, text) = with_texts(ids, table, open.backend());
            let number = Expr::col((IDS, layout::N)).cast_as("text");
            let wanted = text(if joined.csv { layout::CSV } else { layout::JSON });
            select.expr_as(together(wanted, joined.between, open.backend()), "texts");
            select.expr_as(together(number, ",", open.backend()), "numbers");
            let Some(row) = limit.put(&open.readers, &select).await?.into_iter().next() else { continue };
            let (texts, numbers): (Option<String>, Option<String>) =
                (row.try_get("", "texts")?, row.try_get("", "numbers")?);
            let (Some(texts), Some(numbers)) = (texts, numbers) else { continue };
            if all.numbers.is_empty() {
                all.texts = texts;
            } else {
                all.texts.push_str(joined.between);
                all.texts.push_str(&texts);
            }
            all.numbers.extend(numbers.split(',').filter_map(|number| number.parse::<u64>().ok()));
        }
        Ok(all)
    }

    /// At most `limit` of the rows that `ask` asks for, one by one.
    pub(crate) async fn lines(
        &self,
        table: &Table,
        ask: &Ask,
        limit: Limit,
    ) -> Result<Vec<Line>, CatalogError> {
        let open = self.open().await?;
        let (order, Some(after)) = self.position(table, ask).await? else { return Ok(Vec::new()) };
        let mut lines = Vec::new();
        for phase in order.phases(after.as_ref()) {
            let left = limit.rows - lines.len() as u64;
            if left == 0 {
                break;
            }
            let mut ids = ids(table, ask, &order, phase, after.as_ref(), left, open.backend());
            whole(&mut ids, table);
            let (mut select, text) = with_texts(ids, table, open.backend());
            select.column((IDS, Asterisk)).expr_as(text(layout::JSON), layout::JSON);
            select.expr_as(text(layout::CSV), layout::CSV);
            for row in limit.put(&open.readers, &select).await? {
                lines.push(line(&row, table, ask.near.map(|near| near.of))?);
            }
        }
        Ok(lines)
    }

    /// The number of the `count`th of the rows that `ask` asks for, counted from 1, where there are so many.
    pub(crate) async fn nth(
        &self,
        table: &Table,
        ask: &Ask,
        count: u64,
    ) -> Result<Option<u64>, CatalogError> {
        let open = self.open().await?;
        let order = Order::of(ask, table);
        let mut before = Ord::min(count.saturating_sub(1), i64::MAX.unsigned_abs());
        for phase in order.phases(None) {
            let mut one = ids(table, ask, &order, phase, None, 1, open.backend());
            one.offset(before);
            if let Some(row) = open.readers.ask(&one).await?.first() {
                return Ok(Some(row.try_get::<i64>("", layout::N)?.unsigned_abs()));
            }
            let all = ids(table, ask, &order, phase, None, i64::MAX.unsigned_abs(), open.backend());
            let mut counted = Query::select();
            counted.expr_as(Func::count(Expr::cust("*")), "counted").from_subquery(all, IDS);
            let row = open.readers.ask(&counted).await?.into_iter().next();
            let rows = row.map(|row| row.try_get::<i64>("", "counted")).transpose()?.unwrap_or(0);
            before = before.saturating_sub(rows.unsigned_abs());
        }
        Ok(None)
    }

    /// How many rows `ask` asks for, on all pages.
    pub(crate) async fn total(&self, table: &Table, ask: &Ask) -> Result<u64, CatalogError> {
        let open = self.open().await?;
        let Some(condition) = condition::of(ask, table, open.backend()) else { return Ok(table.shape.rows) };
        let mut count = Query::select();
        count
            .expr_as(Func::count(Expr::cust("*")), "counted")
            .from(layout::values(table.id))
            .and_where(condition);
        let counting = async {
            let row = open.readers.ask(&count).await?.into_iter().next();
            Ok(row.map(|row| row.try_get::<i64>("", "counted")).transpose()?.unwrap_or(0).unsigned_abs())
        };
        self.counted(table, format!("{:?} {:?}", ask.filter, ask.words), counting).await
    }

    /// The row that is called `name`.
    pub(crate) async fn one(&self, table: &Table, name: &str) -> Result<Option<Line>, CatalogError> {
        let named = match table.shape.keyed {
            Keyed::Number => None,
            Keyed::Column(place) => Some(layout::value(place)),
            Keyed::Joined => Some(Expr::col(layout::KEY)),
        };
        let number = |text: &str| {
            let number = text.parse::<i64>().ok().filter(|number| *number > 0 && number.to_string() == text);
            number.map(|number| Expr::col(layout::N).eq(number))
        };
        let by_number = match &named {
            None => number(name),
            Some(named) => {
                let number = name.strip_prefix('@').and_then(number);
                number.map(|number| number.and(named.clone().is_null()))
            }
        };
        let by_name = named.map(|named| named.eq(condition::text(name)));
        for which in by_name.into_iter().chain(by_number) {
            if let Some(line) = self.first(table, which).await? {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    async fn first(&self, table: &Table, which: Expr) -> Result<Option<Line>, CatalogError> {
        let open = self.open().await?;
        let mut ids = Query::select();
        ids.column(layout::N)
            .from(layout::values(table.id))
            .and_where(which)
            .order_by(layout::N, Way::Asc)
            .limit(1);
        whole(&mut ids, table);
        let (mut select, text) = with_texts(ids, table, open.backend());
        select.column((IDS, Asterisk)).expr_as(text(layout::JSON), layout::JSON);
        select.expr_as(text(layout::CSV), layout::CSV);
        open.readers.ask(&select).await?.first().map(|row| line(row, table, None)).transpose()
    }

    /// The order that `ask` wants, and where the row stands that the answer begins after: `None` where there is no
    /// such row, `Some(None)` where it begins with the first.
    async fn position(
        &self,
        table: &Table,
        ask: &Ask,
    ) -> Result<(Order, Option<Option<Position>>), CatalogError> {
        let order = Order::of(ask, table);
        let Some(number) = ask.after else { return Ok((order, Some(None))) };
        if order.is_as_in_file() {
            return Ok((order, Some(Some(Position { values: Vec::new(), number }))));
        }
        let mut select = Query::select();
        select.from(layout::values(table.id)).and_where(Expr::col(layout::N).eq(number));
        if order.from.is_some() {
            select.columns(layout::PLACE);
        } else {
            select.exprs(ask.sort.iter().map(|order| layout::value(order.column)));
        }
        let found = self.open().await?.readers.ask(&select).await?;
        let Some(row) = found.first() else { return Ok((order, None)) };
        let position = match order.from {
            Some(from) => {
                let place = unit(row)?;
                let distance = place.map(|place| place::distance_between(place, from));
                Position::of(vec![distance.map(Scalar::Number)], number)
            }
            None => {
                let kinds = ask.sort.iter().map(|order| kind(table, order.column));
                let values = kinds.enumerate().map(|(place, kind)| scalar(row, place, kind));
                Position::of(values.collect::<Result<_, _>>()?, number)
            }
        };
        Ok((order, Some(Some(position))))
    }
}

/// The numbers of the rows of one phase, in their order.
fn ids(
    table: &Table,
    ask: &Ask,
    order: &Order,
    phase: Phase,
    after: Option<&Position>,
    limit: u64,
    backend: DbBackend,
) -> SelectStatement {
    let mut ids = Query::select();
    ids.column(layout::N).from(layout::values(table.id)).limit(limit);
    if let Some(condition) = condition::of(ask, table, backend) {
        ids.and_where(condition);
    }
    order.apply(&mut ids, phase, after);
    ids
}

/// Adds to the numbers what is told of a row besides its texts.
fn whole(ids: &mut SelectStatement, table: &Table) {
    match table.shape.keyed {
        Keyed::Number => {}
        Keyed::Column(place) => {
            ids.expr_as(layout::value(place), layout::KEY);
        }
        Keyed::Joined => {
            ids.column(layout::KEY);
        }
    }
    if table.shape.places.is_some() {
        ids.columns(layout::PLACE);
        if let Some((latitude, longitude)) = table.shape.places {
            ids.expr_as(layout::value(longitude), "x").expr_as(layout::value(latitude), "y");
        }
    }
}

/// A question for the rows of `ids` with their texts, in the order of `ids`; and what a text is in it.
///
/// SQLite takes the tables of a cross join in their order. PostgreSQL chooses its own way to join, so there each text
/// is asked for by itself.
fn with_texts(
    ids: SelectStatement,
    table: &Table,
    backend: DbBackend,
) -> (SelectStatement, impl Fn(&'static str) -> Expr) {
    let texts = layout::texts(table.id);
    let same = || Expr::col((TEXTS, layout::N)).equals((IDS, layout::N));
    let mut select = Query::select();
    select.from_subquery(ids, IDS);
    if backend != DbBackend::Postgres {
        select.cross_join(texts.clone().into_table_ref().alias(TEXTS)).and_where(same());
    }
    let text = move |column: &'static str| match backend {
        DbBackend::Postgres => {
            let mut one = Query::select();
            one.column((TEXTS, column)).from_as(texts.clone(), TEXTS);
            one.and_where(same());
            Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(one)))
        }
        _ => Expr::col((TEXTS, column)),
    };
    (select, text)
}

/// All texts in one, in the order in which they come.
fn together(text: Expr, between: &'static str, backend: DbBackend) -> FunctionCall {
    let function = match backend {
        DbBackend::Postgres => "string_agg",
        _ => "group_concat",
    };
    Func::cust(function).args([text, Expr::val(between)])
}

fn line(row: &QueryResult, table: &Table, from: Option<Point>) -> Result<Line, CatalogError> {
    let number = row.try_get::<i64>("", layout::N)?.unsigned_abs();
    let named = match table.shape.keyed {
        Keyed::Number => Some(number.to_string()),
        Keyed::Column(_) | Keyed::Joined => row.try_get::<Option<String>>("", layout::KEY)?,
    };
    let mut csv = row.try_get::<String>("", layout::CSV)?;
    if csv.ends_with("\r\n") {
        csv.truncate(csv.len() - 2);
    }
    let distance = match from.filter(|_| table.shape.places.is_some()) {
        Some(from) => {
            let (x, y) = (row.try_get::<Option<f64>>("", "x")?, row.try_get::<Option<f64>>("", "y")?);
            x.zip(y).and_then(|(x, y)| Point::of(x, y)).map(|own| from.metres_to(own))
        }
        None => None,
    };
    // A blank cell makes a row that is called by its number.
    let key = named.unwrap_or_else(|| key::of([""], number));
    Ok(Line { number, key, json: row.try_get("", layout::JSON)?, csv, distance })
}

fn unit(row: &QueryResult) -> Result<Option<[f64; 3]>, DbErr> {
    let [u, v, w] = layout::PLACE.map(|name| row.try_get::<Option<f64>>("", name));
    Ok(u?.zip(v?).zip(w?).map(|((u, v), w)| [u, v, w]))
}

fn kind(table: &Table, column: usize) -> ColumnKind {
    table.shape.kinds.get(column).copied().unwrap_or(ColumnKind::Text)
}

/// The value at `place` of an answer, of a column of `kind`.
pub(super) fn scalar(row: &QueryResult, place: usize, kind: ColumnKind) -> Result<Option<Scalar>, DbErr> {
    Ok(match kind {
        ColumnKind::Integer => row.try_get_by_index::<Option<i64>>(place)?.map(Scalar::Integer),
        ColumnKind::Number => row.try_get_by_index::<Option<f64>>(place)?.map(Scalar::Number),
        _ => row.try_get_by_index::<Option<String>>(place)?.map(Scalar::Text),
    })
}
