//! A canonical CSV in which one can go to and fro.

use std::io::{self, Read, Seek, SeekFrom};

/// A canonical CSV: UTF-8, its columns' names first, every name once.
pub struct CsvFile<R> {
    file: R,
    names: Vec<String>,
}

/// One row of it.
pub(super) struct Row<'a> {
    record: &'a csv::StringRecord,
    number: u64,
}

impl<R: Read + Seek> CsvFile<R> {
    /// Opens it.
    ///
    /// # Errors
    /// What reading the names says.
    pub fn open(mut file: R) -> io::Result<CsvFile<R>> {
        file.rewind()?;
        let names = reader(&mut file, true).headers()?.iter().map(str::to_owned).collect();
        Ok(CsvFile { file, names })
    }

    /// The names of its columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Where the columns named `key` stand; `None` where one is missing.
    pub(super) fn places_of(&self, key: &[String]) -> Option<Vec<usize>> {
        key.iter().map(|name| self.names.iter().position(|other| other == name)).collect()
    }

    /// Hands every row to `take`, from the first on.
    pub(super) fn each_row(&mut self, mut take: impl FnMut(&Row<'_>) -> io::Result<()>) -> io::Result<()> {
        self.file.rewind()?;
        let mut reader = reader(&mut self.file, true);
        let mut record = csv::StringRecord::new();
        let mut number = 0;
        while reader.read_record(&mut record)? {
            number += 1;
            take(&Row { record: &record, number })?;
        }
        Ok(())
    }

    /// Reads the row that begins at `offset`.
    pub(super) fn read_at(&mut self, offset: u64, record: &mut csv::StringRecord) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(offset))?;
        // Most rows are short: little is read ahead for nothing.
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(4 << 10)
            .from_reader(&mut self.file);
        match reader.read_record(record)? {
            true => Ok(()),
            false => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

fn reader<R: Read>(file: R, has_headers: bool) -> csv::Reader<R> {
    csv::ReaderBuilder::new().has_headers(has_headers).flexible(true).from_reader(file)
}

impl<'a> Row<'a> {
    /// From 1, without the header.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Where it begins in the file.
    pub(super) fn offset(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::byte)
    }

    pub(super) fn get(&self, place: usize) -> Option<&'a str> {
        self.record.get(place)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.record.iter()
    }

    pub(super) fn record(&self) -> &'a csv::StringRecord {
        self.record
    }

    /// The cells at `places`.
    pub(super) fn pick(&self, places: &[usize]) -> impl Iterator<Item = &'a str> {
        places.iter().map(|place| self.record.get(*place).unwrap_or_default())
    }
}
