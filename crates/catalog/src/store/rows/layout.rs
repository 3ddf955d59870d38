//! How a table of rows is laid out: names, and the statements that make and drop it.
//!
//! Every name is made here from a number: no word of a file or of a reader is ever one.

use sea_orm::sea_query::{Alias, ColumnDef, Expr, Table as Make};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::asking::ColumnKind;
use crate::error::CatalogError;
use crate::tabled::{Keyed, Shape};

/// The row's number.
pub(super) const N: &str = "n";
/// The row's name, where it is kept apart.
pub(super) const KEY: &str = "k";
/// All cells, folded.
pub(super) const FOLDED: &str = "folded";
/// Where the row is, on a ball of radius 1.
pub(super) const PLACE: [&str; 3] = ["u", "v", "w"];
/// The row's JSON.
pub(super) const JSON: &str = "json";
/// The row's line.
pub(super) const CSV: &str = "csv";

/// The values of table `id`.
pub(super) fn values(id: i64) -> Alias {
    Alias::new(format!("rows_{id}"))
}

/// The texts of table `id`.
pub(super) fn texts(id: i64) -> Alias {
    Alias::new(format!("rows_{id}_texts"))
}

/// The R*Tree of table `id`.
pub(super) fn places(id: i64) -> String {
    format!("rows_{id}_places")
}

/// The index of `table` by what is called `what`.
pub(super) fn index(table: &Alias, what: &str) -> String {
    format!("{}_by_{what}", table.0)
}

/// The name of the column at `place`.
pub(super) fn column(place: usize) -> Alias {
    Alias::new(format!("c{}", place + 1))
}

/// The column at `place`.
pub(super) fn value(place: usize) -> Expr {
    Expr::col(column(place))
}

/// The columns of the values, in their order.
pub(super) fn value_columns(shape: &Shape) -> Vec<Alias> {
    let key = (shape.keyed == Keyed::Joined).then(|| Alias::new(KEY));
    let places = shape.places.iter().flat_map(|_| PLACE).map(Alias::new);
    let columns = (0..shape.asked()).map(column);
    [Alias::new(N)].into_iter().chain(key).chain(columns).chain(places).chain([Alias::new(FOLDED)]).collect()
}

/// Makes both tables, without an index but the one for the row's number.
pub(super) async fn make(db: &impl ConnectionTrait, id: i64, shape: &Shape) -> Result<(), CatalogError> {
    let backend = db.get_database_backend();
    let text = |name: Alias| by_code_point(backend, name);
    let mut made = Make::create();
    made.table(values(id)).col(number(backend));
    if shape.keyed == Keyed::Joined {
        made.col(text(Alias::new(KEY)));
    }
    for (place, kind) in shape.kinds.iter().enumerate().take(shape.asked()) {
        made.col(match kind {
            ColumnKind::Integer => ColumnDef::new(column(place)).big_integer().to_owned(),
            ColumnKind::Number => ColumnDef::new(column(place)).double().to_owned(),
            ColumnKind::Date | ColumnKind::Time | ColumnKind::Text => text(column(place)),
        });
    }
    for name in shape.places.iter().flat_map(|_| PLACE) {
        made.col(ColumnDef::new(name).double());
    }
    made.col(text(Alias::new(FOLDED)));
    db.execute(&made).await?;
    let mut made = Make::create();
    made.table(texts(id)).col(number(backend)).col(text(Alias::new(JSON))).col(text(Alias::new(CSV)));
    db.execute(&made).await?;
    Ok(())
}

/// Drops whatever there is of table `id`.
pub(super) async fn drop(db: &impl ConnectionTrait, id: i64) -> Result<(), CatalogError> {
    for table in [Alias::new(places(id)), texts(id), values(id)] {
        db.execute(Make::drop().table(table).if_exists()).await?;
    }
    Ok(())
}

/// SQLite keeps its tables by this number from the start; PostgreSQL gets its key when all rows are there.
fn number(backend: DbBackend) -> ColumnDef {
    let mut column = ColumnDef::new(N);
    column.big_integer().not_null();
    if backend == DbBackend::Sqlite {
        column.primary_key();
    }
    column
}

fn by_code_point(backend: DbBackend, name: Alias) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.text();
    if backend == DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}
