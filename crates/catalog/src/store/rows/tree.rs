//! The R*Tree of a table's places, filled in one go.
//!
//! SQLite puts one place after the other into its tree and looks each time where it fits best; that takes longer than loading
//! the rows themselves. All places are known here, so the nodes of the tree are written as they are to be: points that are
//! near each other into one leaf, leaves that follow one another into one node above, up to the root. `rtreecheck`
//! agrees (see the tests).
//!
//! Rule: the form of the tables `_node`, `_rowid` and `_parent`, SQLite's `ext/rtree/rtree.c`, "Database Format of R-Tree Tables";
//! the way of packing: Leutenegger, Lopez and Edgington, STR: A simple and efficient algorithm for R-tree packing, 1997.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, Value};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction};

use super::super::writing;
use super::insert::Insert;
use super::layout;
use crate::asking::Point;
use crate::error::CatalogError;
use crate::gently;

/// Cells of a node at most: `RTREE_MAXCELLS`.
const CELLS_MAX: usize = 51;

/// Bytes of a cell: a number of 64 bits and four coordinates of 32.
const CELL_BYTES: usize = 24;

/// The root's number.
const ROOT: i64 = 1;

/// Rows that go into one statement.
const NODES_TOGETHER: usize = 200;
const PAIRS_TOGETHER: usize = 1_000;

/// A box in the precision of the tree, which holds what it is made from.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    /// The row, or the node below.
    id: i64,
    west: f32,
    east: f32,
    south: f32,
    north: f32,
}

/// The places of a table's rows.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<Cell>);

/// A tree as its tables keep it.
#[derive(Debug, Default)]
struct Packed {
    /// Number and bytes of each node.
    nodes: Vec<(i64, Vec<u8>)>,
    /// Each row, and the leaf it is in.
    leaves: Vec<(i64, i64)>,
    /// Each node but the root, and the one above.
    parents: Vec<(i64, i64)>,
}

impl Places {
    /// Adds where row `number` is.
    pub(super) fn add(&mut self, number: i64, point: Point) {
        let (west, east) = around(point.longitude);
        let (south, north) = around(point.latitude);
        self.0.push(Cell { id: number, west, east, south, north });
    }

    /// Adds what was gathered elsewhere.
    pub(super) fn append(&mut self, mut others: Places) {
        self.0.append(&mut others.0);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Makes the tree of table `id`.
    pub(super) async fn make(self, db: &DatabaseConnection, id: i64) -> Result<(), CatalogError> {
        let tree = layout::places(id);
        let sql = format!("CREATE VIRTUAL TABLE \"{tree}\" USING rtree (n, west, east, south, north)");
        db.execute_unprepared(&sql).await?;
        let packed = gently::run(|| Ok(pack(self.0))).await?;
        let part = |part: &str| Alias::new(format!("{tree}_{part}"));
        let write = writing(db).await?;
        // An empty root is there from the start.
        write
            .execute(
                &Query::delete().from_table(part("node")).and_where(Expr::col("nodeno").eq(ROOT)).to_owned(),
            )
            .await?;
        let nodes = packed.nodes.into_iter().map(|(number, bytes)| [Value::from(number), Value::from(bytes)]);
        put(&write, part("node"), ["nodeno", "data"], nodes, NODES_TOGETHER).await?;
        for (name, columns, pairs) in [
            ("rowid", ["rowid", "nodeno"], packed.leaves),
            ("parent", ["nodeno", "parentnode"], packed.parents),
        ] {
            let pairs = pairs.into_iter().map(|(one, other)| [Value::from(one), Value::from(other)]);
            put(&write, part(name), columns, pairs, PAIRS_TOGETHER).await?;
        }
        write.commit().await?;
        Ok(())
    }
}

/// Puts rows into `table`, so many `together`.
async fn put(
    write: &DatabaseTransaction,
    table: Alias,
    columns: [&'static str; 2],
    mut rows: impl Iterator<Item = [Value; 2]>,
    together: usize,
) -> Result<(), CatalogError> {
    let mut insert = Insert::into(write.get_database_backend(), &table, columns.map(Alias::new).to_vec());
    loop {
        let values: Vec<Value> = rows.by_ref().take(together).flatten().collect();
        if values.is_empty() {
            return Ok(());
        }
        for statement in insert.statements(values)? {
            write.execute_raw(statement).await?;
        }
    }
}

/// The nearest values of the tree's precision on both sides.
fn around(value: f64) -> (f32, f32) {
    let near = value as f32;
    let below = if f64::from(near) > value { near.next_down() } else { near };
    let above = if f64::from(near) < value { near.next_up() } else { near };
    (below, above)
}

fn pack(mut cells: Vec<Cell>) -> Packed {
    let mut packed = Packed::default();
    in_tiles(&mut cells);
    let (mut depth, mut next) = (0_u16, ROOT + 1);
    // The level that is done last is the root.
    while cells.len() > CELLS_MAX {
        let mut above = Vec::with_capacity(cells.len().div_ceil(CELLS_MAX));
        for together in cells.chunks(CELLS_MAX) {
            packed.close(next, together, 0, depth);
            above.push(Cell { id: next, ..bounds(together) });
            next += 1;
        }
        (cells, depth) = (above, depth + 1);
    }
    packed.close(ROOT, &cells, depth, depth);
    packed.leaves.sort_unstable();
    packed
}

impl Packed {
    /// Writes a node; `told` is the depth that stands in it, which only the root's has.
    fn close(&mut self, number: i64, cells: &[Cell], told: u16, depth: u16) {
        let mut bytes = Vec::with_capacity(4 + CELLS_MAX * CELL_BYTES);
        bytes.extend_from_slice(&told.to_be_bytes());
        bytes.extend_from_slice(&(cells.len() as u16).to_be_bytes());
        for cell in cells {
            bytes.extend_from_slice(&cell.id.to_be_bytes());
            for edge in [cell.west, cell.east, cell.south, cell.north] {
                bytes.extend_from_slice(&edge.to_be_bytes());
            }
        }
        bytes.resize(4 + CELLS_MAX * CELL_BYTES, 0);
        self.nodes.push((number, bytes));
        let pairs = cells.iter().map(|cell| (cell.id, number));
        if depth == 0 { self.leaves.extend(pairs) } else { self.parents.extend(pairs) }
    }
}

/// Sorts points into stripes from west to east, each from south to north: as many stripes as leaves in each.
fn in_tiles(cells: &mut [Cell]) {
    let leaves = cells.len().div_ceil(CELLS_MAX);
    let stripe = ((leaves as f64).sqrt().ceil() as usize).max(1) * CELLS_MAX;
    let mut pass = gently::now_and_then();
    cells.sort_unstable_by(|one, other| {
        pass();
        one.west.total_cmp(&other.west)
    });
    for stripe in cells.chunks_mut(stripe) {
        stripe.sort_unstable_by(|one, other| {
            pass();
            one.south.total_cmp(&other.south)
        });
    }
}

fn bounds(cells: &[Cell]) -> Cell {
    let none = Cell { id: 0, west: f32::MAX, east: f32::MIN, south: f32::MAX, north: f32::MIN };
    cells.iter().fold(none, |all, cell| Cell {
        id: 0,
        west: all.west.min(cell.west),
        east: all.east.max(cell.east),
        south: all.south.min(cell.south),
        north: all.north.max(cell.north),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that failed")]
mod tests {
    use proptest::prelude::*;
    use sea_orm::{Database, DbBackend, Statement};

    use super::*;

    /// A tree of these points in a database of its own, and what a box finds in it.
    async fn finds(
        points: &[(f64, f64)],
        west: f64,
        east: f64,
        south: f64,
        north: f64,
    ) -> (String, Vec<i64>) {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        let mut places = Places::default();
        for (number, (longitude, latitude)) in (1..).zip(points) {
            places.add(number, Point { longitude: *longitude, latitude: *latitude });
        }
        places.make(&db, 7).await.unwrap();
        let ask = |sql: String| db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql));
        let check = ask("SELECT rtreecheck('rows_7_places') AS said".to_owned()).await.unwrap();
        let found = ask(format!(
            "SELECT n FROM rows_7_places WHERE east >= {west:?} AND west <= {east:?} AND north >= {south:?} AND south <= {north:?}"
        ));
        let mut found: Vec<i64> =
            found.await.unwrap().iter().map(|row| row.try_get("", "n").unwrap()).collect();
        found.sort_unstable();
        (check.first().unwrap().try_get("", "said").unwrap(), found)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 50, ..ProptestConfig::default() })]

        #[test]
        fn sqlite_finds_the_tree_sound_and_every_point_in_it(
            // None, one leaf, two levels, three.
            count in prop_oneof![Just(0_usize), 1..52_usize, 52..400_usize, Just(2_601), Just(2_700)],
            seed in 0..1_000_u32,
            (x, y, side) in (0..900_u32, 0..900_u32, 0..300_u32),
        ) {
            let at = |number: u32| f64::from(number.wrapping_mul(2_654_435_761).wrapping_add(seed) % 1_000) / 1_000.0;
            let points: Vec<(f64, f64)> =
                (0..count as u32).map(|it| (141.0 + at(it), 38.0 + at(it * 7 + 3))).collect();
            let corner = |start: f64, step: u32| start + f64::from(step) / 1_000.0;
            let (west, east) = (corner(141.0, x), corner(141.0, x + side));
            let (south, north) = (corner(38.0, y), corner(38.0, y + side));
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let (check, found) = runtime.block_on(finds(&points, west, east, south, north));
            prop_assert_eq!(check, "ok");
            for (number, (x, y)) in (1..).zip(points) {
                if west <= x && x <= east && south <= y && y <= north {
                    prop_assert!(found.binary_search(&number).is_ok(), "{} at {}, {}", number, x, y);
                }
            }
        }
    }
}
