//! The examples that are workbooks, made of a small table.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use serde::Deserialize;

/// What is special about a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Book {
    /// A password locks it.
    Locked,
    /// The cells A2 and A3 are merged.
    Merged,
    /// A second sheet holds something.
    OtherSheet,
    /// Its row 3 is hidden.
    HiddenRow,
    /// Its column B is hidden.
    HiddenColumn,
    /// Its second sheet is hidden.
    HiddenSheet,
}

impl Book {
    /// The workbook with the table of `csv`, a simple one without quotes.
    pub fn of(self, csv: &str) -> Vec<u8> {
        if self == Book::Locked {
            let mut container =
                cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory takes everything");
            let mut stream = container.create_stream("/EncryptedPackage").expect("memory takes everything");
            stream.write_all(b"mihon").expect("memory takes everything");
            drop(stream);
            return container.into_inner().into_inner();
        }
        self.made_of(csv).expect("a small table fits a workbook")
    }

    fn made_of(self, csv: &str) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        write(sheet, csv)?;
        match self {
            Book::Merged => drop(sheet.merge_range(1, 0, 2, 0, "見本地区", &Format::new())?),
            Book::HiddenRow => drop(sheet.set_row_hidden(2)?),
            Book::HiddenColumn => drop(sheet.set_column_hidden(1)?),
            Book::OtherSheet => write(book.add_worksheet().set_name("控え")?, csv)?,
            Book::HiddenSheet => write(book.add_worksheet().set_name("控え")?.set_hidden(true), csv)?,
            Book::Locked => {}
        }
        book.save_to_buffer()
    }
}

fn write(sheet: &mut Worksheet, csv: &str) -> Result<(), XlsxError> {
    for (row, line) in (0_u32..).zip(csv.lines()) {
        for (column, cell) in (0_u16..).zip(line.split(',')) {
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(())
}
