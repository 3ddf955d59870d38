//! Judges what the cells of one row say together, and with those of other rows: its key, its place, its relations.
//!
//! They come here as they were repaired, each good or bad as [`crate::judging::watch`] found it.

use crate::finding::Code;
use crate::gather::Gather;
use crate::judging::identity::Identity;
use crate::judging::key::Keys;
use crate::judging::places::Places;
use crate::judging::relation::Relations;
use crate::judging::rows::column_number;
use crate::judging::watch::tell;
use crate::reading::cells::without_blanks;
use crate::reading::writing::about;
use crate::recognising::header::Header;
use crate::schema::Need;
use crate::sentence::{About, Detail};
use crate::sink::{Cell, Column, Sink, Value};
use crate::validate::Options;

/// What is known of the columns together, and of the rows so far.
pub(crate) struct Together<'h, 's> {
    columns: &'h [Column<'s>],
    /// The columns of the key, from 0; not `complete` where the file lacks one.
    key: Vec<usize>,
    key_is_complete: bool,
    keys: Keys,
    identity: Identity,
    relations: Relations,
    /// Where the rows lie.
    pub places: Places<'h, 's>,
    /// Recommended columns in which no cell was filled so far, from 0.
    pub unfilled: Vec<usize>,
}

impl<'h, 's> Together<'h, 's> {
    /// What the columns of `header` say together.
    pub fn of(header: &'h Header<'s>, options: &'h Options<'_>) -> Together<'h, 's> {
        let columns = || header.columns.iter().enumerate();
        let names = header.schema.map(|schema| schema.key.as_slice()).unwrap_or_default();
        let column_of = |name: &String| {
            columns()
                .find(|(_, column)| column.field.is_some_and(|field| field.name == *name))
                .map(|(index, _)| index)
        };
        let key: Vec<usize> = names.iter().filter_map(column_of).collect();
        Together {
            columns: &header.columns,
            key_is_complete: !names.is_empty() && key.len() == names.len(),
            key,
            keys: Keys::default(),
            identity: Identity::of(&header.columns),
            relations: header
                .schema
                .map(|schema| Relations::resolve(schema, &header.columns))
                .unwrap_or_default(),
            places: Places::of(&header.columns, options),
            unfilled: columns()
                .filter(|(_, column)| is_recommended(column))
                .map(|(index, _)| index)
                .collect(),
        }
    }

    /// Judges the row `row`, whose cells `read` gives by their column, from 0.
    pub fn judge<'c, S: Sink>(
        &mut self,
        row: u64,
        read: impl Fn(usize) -> Option<Cell<'c>>,
        gather: &mut Gather<'_, S>,
    ) {
        self.places.judge(row, &read, gather);
        self.unfilled.retain(|index| read(*index).is_none_or(|cell| cell.value == Value::Blank));
        let said = |index: usize| read(index).map(|cell| cell.raw).unwrap_or_default();
        for (index, fault) in self.relations.faults(&said) {
            tell(&about(row, column_number(index), self.columns, said(index)), &fault, gather);
        }
        self.judge_key(row, &read, gather);
    }

    /// Finds the row that repeats a key. Where a cell of the key is empty, the row number is the key.
    fn judge_key<'c, S: Sink>(
        &mut self,
        row: u64,
        read: &impl Fn(usize) -> Option<Cell<'c>>,
        gather: &mut Gather<'_, S>,
    ) {
        let columns = self.columns;
        let mut complete = self.key_is_complete;
        for index in &self.key {
            let Some(cell) = read(*index) else {
                complete = false;
                continue;
            };
            if cell.value != Value::Blank {
                continue;
            }
            complete = false;
            // A required cell that is empty is told as such.
            if let Some(column) = columns.get(*index).filter(|column| is_recommended(column)) {
                let proposal = self.identity.propose(column, read);
                let at = about(row, column_number(*index), columns, cell.raw);
                gather.warning(Code::KeyMissing, &About { proposal: proposal.as_deref(), ..at });
            }
        }
        let key = || self.key.iter().filter_map(|index| read(*index)).map(|cell| without_blanks(cell.raw));
        let (true, Some(last)) = (complete, self.key.last()) else { return };
        if let Some(earlier) = self.keys.add(key(), row) {
            let at = about(row, column_number(*last), columns, key().next_back().unwrap_or_default());
            gather.error(Code::DuplicateKey, &About { detail: Detail::EarlierRow(earlier), ..at });
        }
    }
}

fn is_recommended(column: &Column<'_>) -> bool {
    column.field.is_some_and(|field| field.need == Need::Recommended)
}
