//! Puts rows into a table that nobody reads yet: many short transactions, then the indexes, then one that says it is
//! ready. A table that was cut short is swept some time later.

use std::time::Instant;

use sea_orm::sea_query::{Alias, Value};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement};
use tokio::sync::mpsc;

use super::super::connection::copy_log;
use super::super::{at_length, unreadable, writing};
use super::insert::Insert;
use super::tree::Places;
use super::{Rows, Table, indexes, layout, registry};
use crate::asking::{ColumnKind, Scalar};
use crate::error::CatalogError;
use crate::tabled::{Keyed, Origin, Prepared, Shape, Spread, on_ball};

/// Rows of one transaction: so many are put in before others may write. A server waits for its disk at the end of each; SQLite, which
/// does not, writes all pages of one without letting others pass, so that its transactions are short.
const SERVER_TRANSACTION_ROWS: usize = 8_192;
const FILE_TRANSACTION_ROWS: usize = 1_024;

/// Columns of which the values are counted in one statement.
const COUNTED_TOGETHER: usize = 50;

/// A table that is being filled.
pub(crate) struct Loading {
    writer: DatabaseConnection,
    loader: DatabaseConnection,
    id: i64,
    shape: Shape,
    /// Where the rows are, for SQLite's tree.
    places: Places,
    write: Option<DatabaseTransaction>,
    /// Rows that were put in since the transaction began.
    rows: usize,
    begun: Instant,
}

/// Makes statements of rows. It is work for the thread that reads them: the database has enough to do.
pub(crate) struct Binder {
    shape: Shape,
    values: Insert,
    texts: Insert,
    keeps_places: bool,
}

/// Some rows, ready to be put in.
pub(crate) struct Bound {
    rows: usize,
    statements: Vec<Statement>,
    places: Places,
}

impl Rows {
    /// Makes an empty table for what `origin` holds.
    pub(crate) async fn begin(&self, origin: &Origin, shape: Shape) -> Result<Loading, CatalogError> {
        let open = self.open().await?;
        let (writer, loader) = match shape.rows < indexes::INDEXED_FROM {
            true => (open.loader_of_few.clone(), open.loader_of_few.clone()),
            false => (open.writer.clone(), open.loader.clone()),
        };
        let write = at_length(writing(&loader).await?).await?;
        let id = registry::enter(&write, origin, &shape).await?;
        layout::make(&write, id, &shape).await?;
        let (places, write, begun) = (Places::default(), Some(write), Instant::now());
        Ok(Loading { writer, loader, id, shape, places, write, rows: 0, begun })
    }
}

impl Binder {
    /// Makes some rows ready.
    pub(crate) fn bind(&mut self, rows: Vec<Prepared>) -> Result<Bound, CatalogError> {
        let mut places = Places::default();
        let (mut values, mut texts) = (Vec::new(), Vec::with_capacity(3 * rows.len()));
        let count = rows.len();
        for row in rows {
            let number = i64::try_from(row.number).map_err(|error| unreadable("rows_table", error))?;
            if let Some(point) = row.point.filter(|_| self.keeps_places) {
                places.add(number, point);
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
        let mut statements = self.values.statements(values)?;
        statements.extend(self.texts.statements(texts)?);
        Ok(Bound { rows: count, statements, places })
    }
}

impl Loading {
    /// What makes rows ready for this table.
    pub(crate) fn binder(&self) -> Binder {
        let backend = self.loader.get_database_backend();
        let texts = [layout::N, layout::JSON, layout::CSV].map(Alias::new);
        Binder {
            values: Insert::into(backend, &layout::values(self.id), layout::value_columns(&self.shape)),
            texts: Insert::into(backend, &layout::texts(self.id), texts.to_vec()),
            keeps_places: backend == DbBackend::Sqlite && self.shape.rows >= indexes::INDEXED_FROM,
            shape: self.shape.clone(),
        }
    }

    /// Puts some rows in.
    pub(crate) async fn put(&mut self, rows: Bound) -> Result<(), CatalogError> {
        let write = match self.write.take() {
            Some(write) => write,
            None => at_length(writing(&self.loader).await?).await?,
        };
        self.places.append(rows.places);
        for statement in rows.statements {
            write.execute_raw(statement).await?;
        }
        self.rows += rows.rows;
        let together = match self.loader.get_database_backend() {
            DbBackend::Sqlite => FILE_TRANSACTION_ROWS,
            _ => SERVER_TRANSACTION_ROWS,
        };
        if self.rows < together {
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
        // On SQLite, where there are many rows, the only commit that waits for the disk; what was loaded before is in the same log.
        registry::complete(&self.writer, self.id, &self.shape, &indexed).await?;
        if self.shape.rows >= indexes::INDEXED_FROM {
            copy_log(&self.loader);
        }
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
        let (writer, loader, id, shape) = (&self.writer, &self.loader, self.id, &self.shape);
        let (tell, mut told) = mpsc::unbounded_channel();
        let places = std::mem::take(&mut self.places);
        let making = async move {
            // Where the counting has failed nobody is told any more.
            let done = |place| {
                let _ = tell.send(place);
            };
            indexes::make(loader, id, shape, indexed, places, done).await
        };
        let counting = async move {
            let mut counted = Vec::new();
            while let Some(place) = told.recv().await {
                counted.extend(indexes::distinct(writer, id, &[place]).await?);
            }
            let others = shape.facts.iter().enumerate().take(shape.asked());
            let others = others.filter(|(place, _)| !indexed.contains(place));
            let (constant, others): (Vec<_>, Vec<_>) = others.partition(|(_, facts)| facts.is_constant());
            counted.extend(constant.iter().map(|(place, facts)| (*place, u64::from(facts.least.is_some()))));
            let others: Vec<usize> = others.iter().map(|(place, _)| *place).collect();
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

    /// Drops what was made so far.
    pub(crate) async fn give_up(mut self) -> Result<(), CatalogError> {
        if let Some(write) = self.write.take() {
            write.rollback().await?;
        }
        layout::drop(&self.loader, self.id).await?;
        registry::remove(&self.writer, self.id).await
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
