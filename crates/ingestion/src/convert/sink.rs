//! Writes the rows of a file under the new schema while it is judged, and counts what could not be carried.

use std::io::{self, Write};

use super::columns::Plan;
use super::{Carried, Conversion, NotCarried, ROWS_NAMED_MAX, ToFill};
use crate::cell;
use crate::drift::Drift;
use crate::finding::Severity;
use crate::judging::key::Keys;
use crate::reading::cells::without_blanks;
use crate::report::Report;
use crate::schema::{Need, Schema};
use crate::sink::{Column, Row, Sink};
use crate::text::Text;
use crate::writer;

/// A sink that converts. `find` gives the map from a schema, and the schema it leads to.
pub(super) struct Converter<'s, F, W: Write> {
    find: F,
    map: Option<(&'s Drift, &'s Schema)>,
    out: Option<W>,
    made: Option<Made<'s, W>>,
    failed: Option<io::Error>,
}

/// A conversion that is under way.
pub(super) struct Made<'s, W: Write> {
    drift: &'s Drift,
    to: &'s Schema,
    plan: Plan<'s>,
    /// The names of the old file's columns.
    names: Vec<String>,
    csv: csv::Writer<W>,
    keys: Keys,
    rows: u64,
    rows_left: Vec<u64>,
    rows_left_count: u64,
    /// Of each column that cannot be carried, the rows in which it says something.
    left: Vec<u64>,
    /// Of each column of the new file, the rows in which a cell does not fit, and in which it is empty.
    unfit: Vec<u64>,
    blank: Vec<u64>,
    /// Rows whose key another row has already, under another municipality.
    doubled: u64,
    cell: String,
}

impl<'s, F, W> Converter<'s, F, W>
where
    F: Fn(&Schema) -> Option<(&'s Drift, &'s Schema)>,
    W: Write,
{
    pub fn new(find: F, out: W) -> Converter<'s, F, W> {
        Converter { find, map: None, out: Some(out), made: None, failed: None }
    }

    /// What was made; `None` where there was nothing to convert.
    ///
    /// # Errors
    /// The first failure of the output; nothing was written after it.
    pub fn finish(self) -> io::Result<Option<Made<'s, W>>> {
        if let Some(failed) = self.failed {
            return Err(failed);
        }
        let Some(mut made) = self.made else { return Ok(None) };
        made.csv.flush()?;
        Ok(Some(made))
    }

    fn write(&mut self, row: &Row<'_>, is_good: bool) {
        if let (Some(made), None) = (&mut self.made, &self.failed)
            && let Err(error) = made.row(row, is_good)
        {
            self.failed = Some(error);
        }
    }
}

impl<'s, F, W> Sink for Converter<'s, F, W>
where
    F: Fn(&Schema) -> Option<(&'s Drift, &'s Schema)>,
    W: Write,
{
    fn table(&mut self, _header_row: u64, schema: Option<&Schema>) {
        self.map = schema.and_then(&self.find);
    }

    fn header(&mut self, columns: &[Column<'_>]) {
        let (Some((drift, to)), Some(out)) = (self.map, self.out.take()) else { return };
        match Made::begin(columns, drift, to, out) {
            Ok(made) => self.made = Some(made),
            Err(error) => self.failed = Some(error),
        }
    }

    fn row(&mut self, row: &Row<'_>) {
        self.write(row, true);
    }

    fn refused_row(&mut self, row: &Row<'_>) {
        self.write(row, false);
    }

    fn wants_findings(&self) -> bool {
        false
    }
}

impl<'s, W: Write> Made<'s, W> {
    fn begin(columns: &[Column<'_>], drift: &'s Drift, to: &'s Schema, out: W) -> io::Result<Made<'s, W>> {
        let plan = Plan::of(columns, drift, to);
        let mut csv = writer::to(out);
        csv.write_record(plan.columns.iter().map(|target| &target.name))?;
        Ok(Made {
            drift,
            to,
            names: columns.iter().map(|column| column.name.clone()).collect(),
            csv,
            keys: Keys::default(),
            rows: 0,
            rows_left: Vec::new(),
            rows_left_count: 0,
            left: vec![0; plan.left.len()],
            unfit: vec![0; plan.columns.len()],
            blank: vec![0; plan.columns.len()],
            doubled: 0,
            cell: String::new(),
            plan,
        })
    }

    fn row(&mut self, row: &Row<'_>, is_good: bool) -> io::Result<()> {
        if row.cells.len() != self.names.len() {
            self.rows_left_count += 1;
            if self.rows_left.len() < ROWS_NAMED_MAX {
                self.rows_left.push(row.number);
            }
            return Ok(());
        }
        let said = |place: usize| row.cells.get(place).map_or("", |cell| without_blanks(cell.raw));
        self.rows += 1;
        for (left, rows) in self.plan.left.iter().zip(&mut self.left) {
            *rows += u64::from(!said(left.column).is_empty());
        }
        let counts = self.unfit.iter_mut().zip(&mut self.blank);
        for ((place, target), (unfit, blank)) in self.plan.columns.iter().enumerate().zip(counts) {
            self.cell.clear();
            for part in target.from.iter().map(|place| said(*place)).filter(|part| !part.is_empty()) {
                if !self.cell.is_empty() {
                    self.cell.push_str(target.between);
                }
                self.cell.push_str(part);
            }
            let is_refused = |cell: &str| {
                let fault = target.field.and_then(|field| cell::read(field, cell).1);
                fault.is_some_and(|fault| fault.severity == Severity::Error)
            };
            if target.is_to_be_checked && is_good && !self.cell.is_empty() && is_refused(&self.cell) {
                self.cell.clear();
                *unfit += 1;
            }
            if self.plan.key == Some(place)
                && is_good
                && !self.cell.is_empty()
                && self.keys.add(std::iter::once(self.cell.as_str()), row.number).is_some()
            {
                self.cell.clear();
                self.doubled += 1;
            }
            *blank += u64::from(self.cell.is_empty());
            self.csv.write_field(&self.cell)?;
        }
        Ok(self.csv.write_record(None::<&[u8]>)?)
    }

    /// The account of what was made of the file of which `report` tells.
    pub fn into_conversion(self, report: Report) -> Conversion {
        let name = |place: &usize| self.names.get(*place).cloned().unwrap_or_default();
        let names = |from: &[usize]| from.iter().map(name).collect::<Vec<_>>();
        let targets = || self.plan.columns.iter();
        let carried = targets().filter(|target| !target.from.is_empty() && target.field.is_some());
        let left = self.plan.left.iter().zip(&self.left).map(|(left, rows)| NotCarried {
            field: name(&left.column),
            reason: Text::new(&left.leave.ja, &left.leave.en),
            rows: *rows,
        });
        let unfit = targets().zip(&self.unfit).map(|(target, rows)| NotCarried {
            field: names(&target.from).join("、"),
            reason: Text::new(
                format!("新しい様式の「{}」の書き方に合わない値です。", target.name),
                format!("The value does not fit the new field \"{}\".", target.name),
            ),
            rows: *rows,
        });
        let key = self.plan.key.and_then(|key| self.plan.columns.get(key));
        let doubled = key.map(|target| NotCarried {
            field: names(&target.from).join("、"),
            reason: Text::new(
                format!("新しい様式の「{}」は、団体が違っても同じ値を使えません。", target.name),
                format!("\"{}\" may not repeat in the new schema, even across municipalities.", target.name),
            ),
            rows: self.doubled,
        });
        let not_carried = left.chain(unfit).chain(doubled).filter(|not_carried| not_carried.rows > 0);
        let to_fill =
            targets().zip(&self.blank).filter(|(_, rows)| **rows > 0).filter_map(|(target, rows)| {
                let required = target.is_wanted()? == Need::Required;
                Some(ToFill { field: target.name.clone(), required, rows: *rows })
            });
        Conversion {
            report,
            from: self.drift.from.clone(),
            to: self.to.id.clone(),
            edition: self.drift.edition.clone(),
            rows: self.rows,
            carried: carried
                .map(|target| Carried { to: target.name.clone(), from: names(&target.from) })
                .collect(),
            not_carried: not_carried.collect(),
            to_fill: to_fill.collect(),
            rows_left: self.rows_left.clone(),
            rows_left_count: self.rows_left_count,
        }
    }
}
