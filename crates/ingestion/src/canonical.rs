//! The columns of the canonical file: the schema's fields in the schema's order, then those it does not know.
//!
//! Rows come from [`crate::validate()`] in the order of the file; what is written of them is the business of the sink
//! behind. Rule: the policy table of the ingestion engine (other order: accepted; unknown columns: kept at the end).

use std::mem;

use crate::finding::Finding;
use crate::report::Repair;
use crate::schema::Schema;
use crate::sink::{Cell, Column, Row, Sink, Value};

/// Hands the columns of each row to another sink in the order of the canonical file.
///
/// What a row has beyond its columns stays at its end; a cell that it lacks is empty where others change their
/// places. Findings and repairs name the places of the file as it came.
#[derive(Debug)]
pub struct Canonical<S> {
    sink: S,
    /// The names of the schema's fields.
    fields: Vec<String>,
    /// Where the columns stand in the file, from 0; empty where they stand in order.
    places: Vec<usize>,
}

impl<S: Sink> Canonical<S> {
    /// Hands everything to `sink`.
    pub fn new(sink: S) -> Canonical<S> {
        Canonical { sink, fields: Vec::new(), places: Vec::new() }
    }

    /// The sink behind.
    pub fn into_inner(self) -> S {
        self.sink
    }

    fn hand(&mut self, row: &Row<'_>, to: fn(&mut S, &Row<'_>)) {
        if self.places.is_empty() {
            return to(&mut self.sink, row);
        }
        let missing = Cell { raw: "", value: Value::Blank };
        let known = self.places.iter().map(|place| row.cells.get(*place).copied().unwrap_or(missing));
        let cells: Vec<Cell<'_>> = known.chain(row.cells.iter().skip(self.places.len()).copied()).collect();
        to(&mut self.sink, &Row { number: row.number, cells: &cells });
    }
}

impl<S: Sink> Sink for Canonical<S> {
    fn table(&mut self, header_row: u64, schema: Option<&Schema>) {
        let fields = schema.map(|schema| schema.fields.as_slice()).unwrap_or_default();
        self.fields = fields.iter().map(|field| field.name.clone()).collect();
        self.sink.table(header_row, schema);
    }

    fn header(&mut self, columns: &[Column<'_>]) {
        let fields = mem::take(&mut self.fields);
        let rank = |column: &Column<'_>| {
            let field = column.field.and_then(|field| fields.iter().position(|name| *name == field.name));
            field.unwrap_or(fields.len())
        };
        let mut ordered: Vec<(usize, &Column<'_>)> = columns.iter().enumerate().collect();
        ordered.sort_by_key(|(_, column)| rank(column));
        if ordered.is_sorted_by_key(|(place, _)| *place) {
            return self.sink.header(columns);
        }
        self.places = ordered.iter().map(|(place, _)| *place).collect();
        let columns: Vec<Column<'_>> = ordered.into_iter().map(|(_, column)| column.clone()).collect();
        self.sink.header(&columns);
    }

    fn row(&mut self, row: &Row<'_>) {
        self.hand(row, S::row);
    }

    fn refused_row(&mut self, row: &Row<'_>) {
        self.hand(row, S::refused_row);
    }

    fn finding(&mut self, finding: &Finding) {
        self.sink.finding(finding);
    }

    fn repair(&mut self, repair: &Repair) {
        self.sink.repair(repair);
    }

    fn wants_findings(&self) -> bool {
        self.sink.wants_findings()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Options, Schemas, validate};

    /// Keeps names and texts.
    #[derive(Default)]
    struct Kept(Vec<Vec<String>>);

    impl Sink for Kept {
        fn header(&mut self, columns: &[Column<'_>]) {
            self.0.push(columns.iter().map(|column| column.name.clone()).collect());
        }

        fn row(&mut self, row: &Row<'_>) {
            self.0.push(row.cells.iter().map(|cell| cell.raw.to_owned()).collect());
        }

        fn refused_row(&mut self, row: &Row<'_>) {
            self.row(row);
        }
    }

    #[track_caller]
    fn becomes(file: &str, expected: &[&[&str]]) {
        let schemas = Schemas::embedded();
        let schema = schemas.get(&"hyojun/public_toilet".parse().unwrap()).unwrap();
        let options = Options { expected: crate::Expected::Schema(schema), ..Options::default() };
        let mut kept = Canonical::new(Kept::default());
        validate(file.as_bytes(), &schemas, &options, &mut kept);
        assert_eq!(kept.into_inner().0, expected);
    }

    #[test]
    fn fields_stand_in_the_schemas_order_and_unknown_columns_last() {
        becomes(
            "管理者メモ,名称,ID,別のメモ\n甲,見本,T1,乙\n丙,見本2,T2,丁\n",
            &[
                &["ID", "名称", "管理者メモ", "別のメモ"],
                &["T1", "見本", "甲", "乙"],
                &["T2", "見本2", "丙", "丁"],
            ],
        );
    }

    #[test]
    fn a_row_with_more_or_fewer_cells_keeps_each_in_its_column() {
        becomes(
            "名称,ID\n見本,T1,あ,い\n見本2\n",
            &[&["ID", "名称"], &["T1", "見本", "あ", "い"], &["", "見本2"]],
        );
    }

    #[test]
    fn columns_in_order_stay_as_they_are() {
        becomes("ID,名称\nT1,見本\n", &[&["ID", "名称"], &["T1", "見本"]]);
    }
}
