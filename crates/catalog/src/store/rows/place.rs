//! Where rows are, in SQL.
//!
//! A row has a point where the columns of its place on a ball are filled ([`crate::tabled::on_ball`]); everything said of a
//! place is null where it has none. The arithmetic is that of [`crate::asking::place`], in doubles.

use sea_orm::DbBackend;
use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, Expr, ExprTrait, Func, Query, SubQueryStatement, Value, ValueTuple,
};

use super::{Table, indexes, layout};
use crate::asking::{Bbox, Filter, Point, Polygon, Region};
use crate::tabled::{on_ball, straight};

/// Where a box holds more rows than this part of the table, reading the table through finds them sooner.
const SHARE_MAX: u64 = 20;

/// Whether a row's point is in `region` or on its edge.
pub(super) fn within(region: &Region, table: &Table) -> Expr {
    let Some((latitude, longitude)) = table.shape.places else { return Expr::null() };
    let (x, y) = (layout::value(longitude), layout::value(latitude));
    let holds = match region {
        Region::Points(points) => is_one_of(points, x, y),
        Region::Box(bbox) => is_in_box(*bbox, x, y),
        Region::Polygons(polygons) => Expr::from(
            polygons.iter().map(|it| is_in_polygon(it, &x, &y)).fold(Condition::any(), Condition::add),
        ),
    };
    let [u, ..] = layout::PLACE;
    CaseStatement::new().case(Expr::col(u).is_not_null(), holds).into()
}

/// Whether a row's point is at most `metres` from `of`.
pub(super) fn near(of: Point, metres: f64, table: &Table) -> Expr {
    match table.shape.places {
        Some(_) => distance(of).lte(straight(metres)),
        None => Expr::null(),
    }
}

/// What distances from `of` are compared by: the square of the straight line through the ball.
pub(super) fn distance(of: Point) -> Expr {
    let of = on_ball(of);
    let squares = layout::PLACE.into_iter().zip(of).map(|(name, value)| {
        let apart = || Expr::col(name).sub(value);
        apart().mul(apart())
    });
    squares.reduce(|sum, square| sum.add(square)).unwrap_or_else(Expr::null)
}

/// The same of a row whose place is known.
pub(super) fn distance_between(place: [f64; 3], of: Point) -> f64 {
    let squares = place.into_iter().zip(on_ball(of)).map(|(one, other)| (one - other) * (one - other));
    squares.reduce(|sum, square| sum + square).unwrap_or_default()
}

/// A condition that an index answers and that holds for every row for which `filter` does, where `filter` asks for
/// a place that few rows are in.
pub(super) fn hint(filter: &Filter, table: &Table, backend: DbBackend) -> Option<Expr> {
    let (latitude, longitude) = table.shape.places?;
    let spread = table.shape.spread.as_ref().filter(|_| table.shape.rows >= indexes::INDEXED_FROM)?;
    let counted = boxes(filter).into_iter().map(|bbox| (spread.at_most(bbox), bbox));
    let (rows, bbox) = counted.min_by_key(|(rows, _)| *rows)?;
    if rows > table.shape.rows / SHARE_MAX || bbox.crosses() {
        return None;
    }
    let Bbox { west, south, east, north } = bbox;
    if backend == DbBackend::Postgres {
        let point = |x: Expr, y: Expr| Expr::from(Func::cust("point").args([x, y]));
        let corners = [point(Expr::val(west), Expr::val(south)), point(Expr::val(east), Expr::val(north))];
        let own = point(layout::value(longitude), layout::value(latitude));
        let bbox = Expr::from(Func::cust("box").args(corners));
        return Some(own.binary(sea_orm::sea_query::BinOper::Custom("<@"), bbox));
    }
    let mut found = Query::select();
    found
        .column(layout::N)
        .from(Alias::new(layout::places(table.id)))
        .and_where(Expr::col("east").gte(west))
        .and_where(Expr::col("west").lte(east))
        .and_where(Expr::col("north").gte(south))
        .and_where(Expr::col("south").lte(north));
    Some(Expr::col(layout::N).in_subquery(found))
}

/// Boxes outside of which nothing passes `filter`.
fn boxes(filter: &Filter) -> Vec<Bbox> {
    match filter {
        Filter::All(parts) => parts.iter().flat_map(boxes).collect(),
        Filter::Intersects(region) => vec![region.bounds()],
        Filter::Within { of, metres } => vec![of.around(*metres)],
        _ => Vec::new(),
    }
}

fn is_one_of(points: &[Point], x: Expr, y: Expr) -> Expr {
    if points.is_empty() {
        return Expr::cust("FALSE");
    }
    let mut all = Query::select();
    all.exprs([1, 2].map(listed))
        .from_values(points.iter().map(|point| (point.longitude, point.latitude)), LIST);
    Expr::tuple([x, y]).in_subquery(all)
}

fn is_in_box(bbox: Bbox, x: Expr, y: Expr) -> Expr {
    let (from_west, to_east) = (x.clone().gte(bbox.west), x.lte(bbox.east));
    let across = if bbox.crosses() { from_west.or(to_east) } else { from_west.and(to_east) };
    y.between(bbox.south, bbox.north).and(across)
}

/// The name of a list of values, and the columns that both databases give it.
const LIST: &str = "list";

fn listed(column: usize) -> Expr {
    Expr::col((LIST, Alias::new(format!("column{column}"))))
}

/// Looks at all edges in one go: whether the point is on one of them, and how many are crossed eastwards.
fn is_in_polygon(polygon: &Polygon, x: &Expr, y: &Expr) -> Expr {
    let edges: Vec<ValueTuple> = polygon.edges().map(edge).collect();
    if edges.is_empty() {
        return Expr::cust("FALSE");
    }
    let [ax, ay, bx, by, dx, dy] = [1, 2, 3, 4, 5, 6].map(listed);
    let between = |value: &Expr, one: &Expr, other: &Expr| {
        let (rising, falling) = (
            value.clone().between(one.clone(), other.clone()),
            value.clone().between(other.clone(), one.clone()),
        );
        rising.or(falling)
    };
    let on_line = dx.clone().mul(y.clone().sub(ay.clone())).eq(x.clone().sub(ax.clone()).mul(dy.clone()));
    let on_edge = on_line.and(between(x, &ax, &bx)).and(between(y, &ay, &by));
    let is_above = |edge: &Expr| one_if(edge.clone().gt(y.clone()));
    // A level edge is never crossed, and nothing is divided by its height.
    let height = Expr::from(Func::cust("nullif").args([dy, Expr::val(0.0)]));
    let crossing = dx.mul(y.clone().sub(ay.clone())).div(height).add(ax);
    let crossed = is_above(&ay).ne(is_above(&by)).and(x.clone().lt(crossing));
    let counted = |what: Expr| Expr::from(Func::sum(one_if(what)));
    let mut look = Query::select();
    look.expr(counted(on_edge).gt(0).or(counted(crossed).modulo(2).eq(1))).from_values(edges, LIST);
    Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(look)))
}

fn one_if(what: Expr) -> Expr {
    CaseStatement::new().case(what, 1).finally(0).into()
}

fn edge((a, b): (Point, Point)) -> ValueTuple {
    let (dx, dy) = (b.longitude - a.longitude, b.latitude - a.latitude);
    let all = [a.longitude, a.latitude, b.longitude, b.latitude, dx, dy];
    ValueTuple::Many(all.map(Value::from).to_vec())
}
