//! The rows of a revision in memory: one that is asked for by its name is found and written without the database.
//!
//! What is held is the canonical file, from which tables are made as well, and where in it each row stands. What
//! [`AtHand::one`] gives is what [`Rows::one`] gives.

use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};
use std::sync::Arc;

use ingestion::{Cell, Schema, Value};
use tokio::task::spawn_blocking;

use super::Rows;
use crate::asking::key;
use crate::distribution::Format;
use crate::error::CatalogError;
use crate::forms::json::Objects;
use crate::gently;
use crate::store::rows::Line;

/// All rows of a revision, in memory.
#[derive(Debug)]
pub struct AtHand {
    csv: String,
    /// Where each row begins, and at last where the file ends.
    bounds: Vec<usize>,
    /// The hash of each row's name, and its place from 0.
    names: Vec<(u32, u32)>,
    hasher: RandomState,
    /// Which columns name a row.
    key: Vec<usize>,
    schema: Option<Arc<Schema>>,
    /// Which field of the schema each column is.
    fields: Vec<Option<usize>>,
    objects: Objects,
}

impl Rows {
    /// These rows in memory; `None` where their file takes more than `bytes_max`.
    ///
    /// # Errors
    /// What the file store or the disk says.
    pub async fn at_hand(&self, bytes_max: u64) -> Result<Option<AtHand>, CatalogError> {
        let csv = self.revision().distributions.iter().find(|form| form.format == Format::Csv);
        if csv.is_none_or(|csv| csv.bytes > bytes_max) {
            return Ok(None);
        }
        let source = &self.subject.source;
        let file = self.store.files().fetch(&source.csv).await?;
        let (schema, key) = (source.schema.clone(), self.columns.key().to_vec());
        // Readers wait for it: it takes its share of the processor, and lets others pass.
        Ok(spawn_blocking(move || AtHand::read(file, schema, key)).await.map_err(io::Error::other)??)
    }
}

impl AtHand {
    /// Reads a canonical file from its first byte. One with a NUL is left to the database, which keeps none.
    fn read(mut file: File, schema: Option<Arc<Schema>>, key: Vec<usize>) -> io::Result<Option<AtHand>> {
        let mut csv = String::new();
        file.read_to_string(&mut csv)?;
        if csv.contains('\0') {
            return Ok(None);
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv.as_bytes());
        let columns = reader.headers()?.clone();
        let (mut bounds, mut names, hasher) = (Vec::new(), Vec::new(), RandomState::new());
        let mut record = csv::StringRecord::new();
        let mut begin = place_of(reader.position());
        while reader.read_record(&mut record)? {
            let place = u32::try_from(bounds.len()).map_err(io::Error::other)?;
            let name = key::of(cells_at(&key, |column| record.get(column)), u64::from(place) + 1);
            names.push((hash(&hasher, &name), place));
            bounds.push(begin);
            begin = place_of(reader.position());
            gently::let_others_pass();
        }
        bounds.push(begin);
        names.sort_unstable();
        let field = |name: &str| schema.as_ref()?.fields.iter().position(|field| field.name == name);
        let fields = columns.iter().map(field).collect();
        let objects = Objects::named(&columns)?;
        Ok(Some(AtHand { csv, bounds, names, hasher, key, schema, fields, objects }))
    }

    /// What they take in memory, in bytes.
    pub fn weight(&self) -> usize {
        self.csv.capacity()
            + self.bounds.capacity() * size_of::<usize>()
            + self.names.capacity() * size_of::<(u32, u32)>()
    }

    /// The row that is called `name` ([`crate::asking::key`]).
    pub fn one(&self, name: &str) -> Option<Line> {
        let hash = hash(&self.hasher, name);
        let first = self.names.partition_point(|(other, _)| *other < hash);
        let alike = self.names.get(first..)?.iter().take_while(|(other, _)| *other == hash);
        let rows = alike.filter_map(|(_, place)| self.called(*place as usize, name));
        // A row without a key is called by its number only where none has that for its key.
        rows.min_by_key(|(has_key, line)| (!has_key, line.number)).map(|(_, line)| line)
    }

    /// The row at `place` if it is called `name`, and whether that is its key.
    fn called(&self, place: usize, name: &str) -> Option<(bool, Line)> {
        let line = self.csv.get(*self.bounds.get(place)?..*self.bounds.get(place + 1)?)?;
        let line = line.trim_matches(['\r', '\n']);
        let number = place as u64 + 1;
        if !line.contains('"') {
            return self.line(line, &line.split(',').collect::<Vec<_>>(), number, name);
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
        let record = reader.records().next()?.ok()?;
        self.line(line, &record.iter().collect::<Vec<_>>(), number, name)
    }

    fn line(&self, csv: &str, cells: &[&str], number: u64, name: &str) -> Option<(bool, Line)> {
        let of_key = || cells_at(&self.key, |column| cells.get(column).copied());
        if key::of(of_key(), number) != name {
            return None;
        }
        let has_key = of_key().all(|cell| !cell.trim().is_empty());
        let field = |place: &Option<usize>| self.schema.as_ref()?.fields.get((*place)?);
        let cells: Vec<Cell<'_>> = cells
            .iter()
            .zip(&self.fields)
            .map(|(raw, place)| Cell { raw, value: Value::of(field(place), raw) })
            .collect();
        let mut json = Vec::with_capacity(4 * csv.len());
        self.objects.write(&cells, &mut json).ok()?;
        let json = String::from_utf8(json).ok()?;
        Some((has_key, Line { number, key: name.to_owned(), json, csv: csv.to_owned(), distance: None }))
    }
}

fn cells_at<'c>(key: &[usize], cell: impl Fn(usize) -> Option<&'c str>) -> impl Iterator<Item = &'c str> {
    key.iter().map(move |column| cell(*column).unwrap_or_default())
}

fn hash(hasher: &RandomState, name: &str) -> u32 {
    hasher.hash_one(name) as u32 // half of it tells nearly all names apart
}

fn place_of(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
