//! Puts rows into a table that nobody reads yet: many short transactions, then the indexes, then one that says it is
//! ready. A table that was cut short is swept some time later.

use std::time::Instant;

use sea_orm::sea_query::{Alias, Expr, InsertStatement, Value};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement, StatementBuilder,
};

use tokio::sync::mpsc;

use super::super::{at_length, unreadable, writing};
use super::tree::Places;
use super::{Rows, Table, indexes, layout, registry};
use crate::asking::{ColumnKind, Scalar};
use crate::error::CatalogError;
use crate::tabled::{Keyed, Origin, Prepared, Shape, Spread, on_ball};

/// Rows of one transaction: so many are put in before others may write.
const TRANSACTION_ROWS: u64 = 8_192;

/// Parameters of one statement: SQLite takes 32,766, PostgreSQL 65,535.
const PARAMETERS_MAX: usize = 30_000;

/// Columns of which the values are counted in one statement.
const COUNTED_TOGETHER: usize = 50;

/// A table that is being filled.
pub(crate) struct Loading {
    writer: DatabaseConnection,
    id: i64,
    shape: Shape,
    values: Insert,
    texts: Insert,
    /// Where the rows are, for SQLite's tree.
    places: Places,
    write: Option<DatabaseTransaction>,
    /// Rows that were put in since the transaction began.
    rows: u64,
    begun: Instant,
}

impl Rows {
    /// Makes an empty table for what `origin` holds.
    pub(crate) async fn begin(&self, origin: &Origin, shape: Shape) -> Result<Loading, CatalogError> {
        let writer = self.open().await?.writer.clone();
        let write = at_length(writing(&writer).await?).await?;
        let id = registry::enter(&write, origin, &shape).await?;
        layout::make(&write, id, &shape).await?;
        let backend = writer.get_database_backend();
        let values = Insert::into(backend, &layout::values(id), layout::value_columns(&shape));
        let texts = [layout::N, layout::JSON, layout::CSV].map(Alias::new);
        let texts = Insert::into(backend, &layout::texts(id), texts.to_vec());
        let (places, write, begun) = (Places::default(), Some(write), Instant::now());
        Ok(Loading { writer, id, shape, values, texts, places, write, rows: 0, begun })
    }
}

impl Loading {
    /// Puts some rows in.
    pub(crate) async fn put(&mut self, rows: Vec<Prepared>) -> Result<(), CatalogError> {
        let write = match self.write.take() {
            Some(write) => write,
            None => at_length(writing(&self.writer).await?).await?,
        };
        self.rows += rows.len() as u64;
        let keeps_places = self.keeps_places();
        let (mut values, mut texts) = (Vec::new(), Vec::new());
        let count = rows.len();
        for row in rows {
            let number = i64::try_from(row.number).map_err(|error| unreadable("rows_table", error))?;
            if let Some(point) = row.point.filter(|_| keeps_places) {
                self.places.add(number, point);
            }
            let number = Value::from(number);
            texts.extend([number.clone(), row.json.into(), row.csv.into()]);
            values.push(number);
            if self.shape.keyed == Keyed::Joined {
                values.push(row.key.into());
            }
            let mut cells = row.values.into_iter();
            for kind in self.shape.kinds.iter().take(self.shape.asked()) {
                values.push(value(*kind, cells.next().flatten()));
            }
            if self.shape.places.is_some() {
                let [u, v, w] = row.point.map_or([None; 3], |point| on_ball(point).map(Some));
                values.extend([Value::Double(u), Value::Double(v), Value::Double(w)]);
            }
            values.push(row.folded.into());
        }
        self.values.execute(&write, count, values).await?;
        self.texts.execute(&write, count, texts).await?;
        if self.rows < TRANSACTION_ROWS {
            self.write = Some(write);
            return Ok(());
        }
        registry::used(&write, self.id).await?;
        write.commit().await?;
        self.rows = 0;
        Ok(())
    }

    /// Makes the indexes, counts what there is, and lets the table be asked from now on.
    pub(crate) async fn end(mut self, spread: Option<Spread>) -> Result<Table, CatalogError> {
        if let Some(write) = self.write.take() {
            write.commit().await?;
        }
        let (loaded, begun) = (self.begun.elapsed(), Instant::now());
        self.shape.spread = spread;
        let indexed = indexes::chosen(&self.shape);
        self.index_and_count(&indexed).await?;
        registry::complete(&self.writer, self.id, &self.shape, &indexed).await?;
        tracing::debug!(
            rows = self.shape.rows,
            loaded_ms = loaded.as_millis() as u64,
            indexed_ms = begun.elapsed().as_millis() as u64,
            "table {} of rows is ready",
            self.id
        );
        Ok(Table { id: self.id, shape: self.shape, indexed })
    }

    /// Makes the indexes, and counts the different values of each column as soon as there is its index.
    async fn index_and_count(&mut self, indexed: &[usize]) -> Result<(), CatalogError> {
        let (writer, id, shape) = (&self.writer, self.id, &self.shape);
        let (tell, mut told) = mpsc::unbounded_channel();
        let places = std::mem::take(&mut self.places);
        let making = async move {
            // Where the counting has failed nobody is told any more.
            let done = |place| {
                let _ = tell.send(place);
            };
            indexes::make(writer, id, shape, indexed, places, done).await
        };
        let counting = async move {
            let mut counted = Vec::new();
            while let Some(place) = told.recv().await {
                counted.extend(indexes::distinct(writer, id, &[place]).await?);
            }
            let others: Vec<usize> = (0..shape.asked()).filter(|place| !indexed.contains(place)).collect();
            for some in others.chunks(COUNTED_TOGETHER) {
                counted.extend(indexes::distinct(writer, id, some).await?);
            }
            Ok(counted)
        };
        let ((), counted): ((), Vec<(usize, u64)>) = tokio::try_join!(making, counting)?;
        for (place, distinct) in counted {
            if let Some(facts) = self.shape.facts.get_mut(place) {
                facts.distinct = Some(distinct);
            }
        }
        Ok(())
    }

    fn keeps_places(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Sqlite && self.shape.rows >= indexes::INDEXED_FROM
    }

    /// Drops what was made so far.
    pub(crate) async fn give_up(mut self) -> Result<(), CatalogError> {
        if let Some(write) = self.write.take() {
            write.rollback().await?;
        }
        layout::drop(&self.writer, self.id).await?;
        registry::remove(&self.writer, self.id).await
    }
}

/// A statement that puts rows into one table, written once for as many rows as usually come together.
struct Insert {
    backend: DbBackend,
    table: Alias,
    columns: Vec<Alias>,
    usual: Option<(usize, String)>,
}

impl Insert {
    fn into(backend: DbBackend, table: &Alias, columns: Vec<Alias>) -> Insert {
        Insert { backend, table: table.clone(), columns, usual: None }
    }

    /// Puts in `rows` rows, whose values follow one another.
    async fn execute(
        &mut self,
        write: &DatabaseTransaction,
        rows: usize,
        values: Vec<Value>,
    ) -> Result<(), CatalogError> {
        let together = (PARAMETERS_MAX / self.columns.len().max(1)).clamp(1, rows.max(1));
        let mut values = values.into_iter();
        let mut left = rows;
        while left > 0 {
            let some = left.min(together);
            let sql = self.sql(some)?;
            let values: Vec<Value> = values.by_ref().take(some * self.columns.len()).collect();
            write.execute_raw(Statement::from_sql_and_values(self.backend, sql, values)).await?;
            left -= some;
        }
        Ok(())
    }

    fn sql(&mut self, rows: usize) -> Result<String, CatalogError> {
        if let Some((usual, sql)) = &self.usual
            && *usual == rows
        {
            return Ok(sql.clone());
        }
        let mut insert = InsertStatement::new();
        insert.into_table(self.table.clone()).columns(self.columns.clone());
        for _ in 0..rows {
            let nothing = self.columns.iter().map(|_| Expr::val(0));
            insert.values(nothing).map_err(|error| unreadable("rows_table", error))?;
        }
        let sql = StatementBuilder::build(&insert, &self.backend).sql;
        self.usual = Some((rows, sql.clone()));
        Ok(sql)
    }
}

fn value(kind: ColumnKind, value: Option<Scalar>) -> Value {
    match (kind, value) {
        (ColumnKind::Integer, Some(Scalar::Integer(value))) => value.into(),
        (ColumnKind::Integer, _) => Value::BigInt(None),
        (ColumnKind::Number, Some(Scalar::Number(value))) => value.into(),
        (ColumnKind::Number, _) => Value::Double(None),
        (_, Some(Scalar::Text(value))) => value.into(),
        (_, _) => Value::String(None),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that failed")]
impl Loading {
    /// Keeps what was put in so far, and ends as a program does that is killed.
    pub(super) async fn commits(mut self) {
        self.write.take().unwrap().commit().await.unwrap();
    }
}
