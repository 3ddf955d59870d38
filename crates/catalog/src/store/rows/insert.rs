//! Statements that put many rows into one table.

use sea_orm::sea_query::{Alias, Expr, InsertStatement, Value};
use sea_orm::{DbBackend, Statement, StatementBuilder};

use super::super::unreadable;
use crate::error::CatalogError;

/// Parameters of one statement: SQLite takes 32,766, PostgreSQL 65,535.
const PARAMETERS_MAX: usize = 30_000;

/// A statement that puts rows into one table, written once for as many rows as usually come together.
pub(super) struct Insert {
    backend: DbBackend,
    table: Alias,
    columns: Vec<Alias>,
    usual: Option<(usize, String)>,
}

impl Insert {
    pub(super) fn into(backend: DbBackend, table: &Alias, columns: Vec<Alias>) -> Insert {
        Insert { backend, table: table.clone(), columns, usual: None }
    }

    /// What puts in rows whose `values` follow one another: one statement, or several where they have more values than it takes.
    pub(super) fn statements(&mut self, values: Vec<Value>) -> Result<Vec<Statement>, CatalogError> {
        let columns = self.columns.len().max(1);
        let mut left = values.len() / columns;
        let together = (PARAMETERS_MAX / columns).max(1);
        let mut statements = Vec::with_capacity(left.div_ceil(together));
        let mut values = values.into_iter();
        while left > 0 {
            let some = left.min(together);
            let sql = self.sql(some)?;
            let values: Vec<Value> = values.by_ref().take(some * columns).collect();
            statements.push(Statement::from_sql_and_values(self.backend, sql, values));
            left -= some;
        }
        Ok(statements)
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
