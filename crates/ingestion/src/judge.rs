//! Judges a file of each form: a text, a workbook, or what is no table.
//!
//! What they have in common is a [`Table`]: its header, what stands above and below, and the rows of data between.

use std::io::Read;

use crate::finding::Code;
use crate::gather::Gather;
use crate::judging::rows::Rows;
use crate::readability::Witness;
use crate::reading::ahead::{Ahead, Kept, Table};
use crate::reading::cells::Cells;
use crate::reading::decode::Text;
use crate::reading::delimiter::{BEGINNING_BYTES, Delimiter};
use crate::reading::form::Form;
use crate::reading::records::Records;
use crate::reading::relay;
use crate::reading::source::{Arrived, Source};
use crate::reading::workbook::{Refusal, SheetRows, Workbook};
use crate::reading::writing;
use crate::recognising::caption;
use crate::recognising::header::{self, Header};
use crate::recognising::recognise::Vocabulary;
use crate::recognising::remarks::Remarks;
use crate::repair::RepairCode;
use crate::report::SchemaMatch;
use crate::schemas::Schemas;
use crate::sentence::{About, Detail};
use crate::sink::{Column, Sink};
use crate::validate::{Expected, Options};

/// What is known of a file once it was read.
pub(crate) struct Facts<'s> {
    /// Its bytes.
    pub arrived: Arrived,
    /// The word for what it is.
    pub kind: &'static str,
    /// How it is written; `None` where it is no text.
    pub encoding: Option<&'static str>,
    /// What stands between its cells.
    pub delimiter: Option<u8>,
    /// How its lines end.
    pub line_ending: Option<&'static str>,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// What it holds.
    pub judged: Judged<'s>,
}

/// What is known of a table once it was judged.
pub(crate) struct Judged<'s> {
    /// The row of its header; the second of two.
    pub header_row: Option<u64>,
    /// Its columns.
    pub columns: Vec<Column<'s>>,
    /// The schema it was held against.
    pub schema: Option<SchemaMatch>,
    /// Its rows of data.
    pub rows: u64,
    /// Who looked on, to tell how well a machine can read it; `None` where the file is no table of any form.
    pub witness: Option<Witness>,
}

/// What a file is held against.
pub(crate) struct Judge<'s, 'o> {
    schemas: &'s Schemas,
    options: &'o Options<'s>,
    vocabulary: Vocabulary<'s>,
}

impl<'s, 'o> Judge<'s, 'o> {
    pub fn new(schemas: &'s Schemas, options: &'o Options<'s>) -> Judge<'s, 'o> {
        let vocabulary = match options.expected {
            Expected::Guess => Vocabulary::of(schemas.iter()),
            Expected::Schema(schema) => Vocabulary::of([schema]),
            Expected::AnyTable => Vocabulary::of([]),
        };
        Judge { schemas, options, vocabulary }
    }

    /// Reads a text as a table.
    pub fn text<S: Sink>(&self, mut text: Text<impl Read + Send>, gather: &mut Gather<'_, S>) -> Facts<'s> {
        let (beginning, whole) = text.look_ahead(BEGINNING_BYTES);
        let delimiter = Delimiter::of(beginning, whole, self.schemas);
        let (_, is_short) = text.look_ahead(relay::BYTES_MIN);
        let records = Records::new(text, delimiter, self.options.limits);
        let witness = Witness::of_text();
        let (judged, records) = if is_short || !relay::has_room() {
            self.table(records, witness, gather)
        } else {
            relay::read_apart(records, |records| self.table(records, witness, gather).0)
        };
        let line_ends = records.line_ends();
        if line_ends.are_mixed() {
            gather.warning(Code::MixedLineEndings, &About::default());
        }
        Facts {
            kind: Form::Text.as_str(),
            encoding: Some(records.encoding()),
            delimiter: judged.header_row.map(|_| delimiter.byte()),
            line_ending: line_ends.name(),
            sheet: None,
            judged,
            arrived: records.finish(),
        }
    }

    /// Reads the best sheet of a workbook as a table. It begins with `head` and goes on in `source`; a workbook
    /// cannot be read before its last byte has come.
    pub fn workbook<S: Sink>(
        &self,
        kind: &'static str,
        mut source: Source<impl Read>,
        head: Vec<u8>,
        gather: &mut Gather<'_, S>,
    ) -> Facts<'s> {
        let limits = self.options.limits;
        let mut bytes = head;
        let whole = loop {
            if bytes.len() as u64 > limits.workbook_bytes_max {
                break false;
            }
            if !source.read_into(&mut bytes) {
                break true;
            }
        };
        let read = match whole {
            true => Workbook::open(kind, bytes, limits).and_then(|workbook| self.sheet(workbook, gather)),
            false => Err(Refusal::TooLarge),
        };
        let (judged, sheet) = read.unwrap_or_else(|refusal| {
            let (code, detail) = match refusal {
                Refusal::TooLarge => (Code::WorkbookTooLarge, Detail::Limit(limits.workbook_bytes_max)),
                Refusal::Locked => (Code::LockedWorkbook, Detail::None),
                Refusal::Damaged => (Code::DamagedWorkbook, Detail::None),
                Refusal::NoWorkbook => (Code::NotATable, Detail::Kind("unknown")),
            };
            gather.error(code, &About { detail, ..About::default() });
            let witness = (refusal != Refusal::NoWorkbook).then(Witness::of_text);
            (Judged::nothing(witness), None)
        });
        Facts { sheet, ..Facts::no_text(source.finish(), kind, judged) }
    }

    /// Tells why a file of this form is not read.
    pub fn refuse<S: Sink>(
        &self,
        form: Form,
        source: Source<impl Read>,
        gather: &mut Gather<'_, S>,
    ) -> Facts<'s> {
        let (code, detail, witness) = match form {
            // The rule on the form of a file allows XML; we read no table in it.
            Form::Other("xml") => (Code::NotATable, Detail::Kind("xml"), Some(Witness::of_text())),
            Form::Other(kind) => (Code::NotATable, Detail::Kind(kind), None),
            _ => (Code::EmptyFile, Detail::None, Some(Witness::of_text())),
        };
        gather.error(code, &About { detail, ..About::default() });
        Facts::no_text(source.finish(), form.as_str(), Judged::nothing(witness))
    }

    /// Judges the sheet that is the table of `workbook`, and tells what stands beside it.
    fn sheet<S: Sink>(
        &self,
        mut workbook: Workbook,
        gather: &mut Gather<'_, S>,
    ) -> Result<(Judged<'s>, Option<String>), Refusal> {
        let limits = self.options.limits;
        let fit = |rows: SheetRows<'_>| {
            caption::fit_of_best(Ahead::of(rows).kept(), self.options.expected, &self.vocabulary)
        };
        let Some(chosen) = workbook.choose(limits, fit)? else {
            gather.error(Code::EmptyFile, &About::default());
            workbook.tell_other_sheets(None, gather);
            return Ok((Judged::nothing(Some(Witness::of_text())), None));
        };
        let before = workbook.columns_before(chosen);
        let witness = Witness::of_sheet(workbook.facts(chosen), before as usize);
        gather.read_behind(before);
        gather.sink().stands_behind(before);
        let (judged, _) = self.table(workbook.rows(chosen, limits)?, witness, gather);
        gather.read_behind(0);
        workbook.tell_beside(chosen, judged.header_row, &judged.columns, gather);
        Ok((judged, workbook.name(chosen)))
    }

    /// Judges a table while `witness` looks on.
    fn table<T: Table, S: Sink>(
        &self,
        table: T,
        mut witness: Witness,
        gather: &mut Gather<'_, S>,
    ) -> (Judged<'s>, T) {
        let mut table = Ahead::of(table);
        let Some(header) = self.header(&mut table, &mut witness, gather) else {
            gather.error(Code::EmptyFile, &About::default());
            return (Judged::nothing(Some(Witness::of_text())), table.into_inner());
        };
        witness.header(&header);
        witness.hear(gather.heard());
        let looks_on = self.options.looks.readability;
        gather.sink().table(header.row, header.schema);
        gather.sink().header(&header.columns);
        let wanted = gather.sink().wants_rows();
        let mut rows = Rows::new(&header, self.options, wanted);
        let mut remarks = Remarks::default();
        while let Some(record) = table.next() {
            let record = record.looked_at();
            if looks_on {
                witness.row(&record);
            }
            if remarks.hold(&record, header.width) {
                continue;
            }
            if remarks.are_held() && !record.is_blank() {
                for row in remarks.release() {
                    rows.judge(&row.record(), gather);
                }
            }
            rows.judge(&record, gather);
            if gather.has_heard() {
                witness.hear(gather.heard());
            }
        }
        let rows = rows.finish(gather);
        remarks.tell(gather);
        let Header { row, columns, fit, .. } = header;
        let witness = Some(witness);
        (Judged { header_row: Some(row), columns, schema: fit, rows, witness }, table.into_inner())
    }

    /// The header, and what is wrong with it and above it; `None` where there is nothing but blanks.
    fn header<T: Table, S: Sink>(
        &self,
        table: &mut Ahead<T>,
        witness: &mut Witness,
        gather: &mut Gather<'_, S>,
    ) -> Option<Header<'s>> {
        let first = table.kept().front()?.row();
        for row in 1..first {
            gather.warning(Code::BlankRow, &About { row: Some(row), ..About::default() });
        }
        let found = caption::find(table.kept(), self.options.expected, &self.vocabulary);
        for _ in 0..found.above {
            let above = table.take()?;
            witness.row(&above.record());
            caption::tell_above(&above.record(), gather);
        }
        let mut header = table.take()?;
        witness.row(&header.record());
        if let Some(names) = &found.joined {
            writing::tell(&header.record(), &Cells::of(&header.record()), &[], gather);
            writing::pass_beside(&header.record(), gather);
            let lower = table.take()?;
            witness.row(&lower.record());
            header = lower.with_texts(names);
            gather.note(Code::TwoRowHeader, &About { row: Some(header.row()), ..About::default() });
        }
        let left_out = self.leave_out_blank_columns(&header, table, gather);
        let header = header.without_last(left_out);
        let record = header.record();
        let columns_max = self.options.limits.columns_max as u64;
        if record.cells > columns_max {
            let column = u32::try_from(columns_max + 1).ok();
            let detail = Detail::Limit(columns_max);
            let about = About { row: Some(record.row), column, detail, ..About::default() };
            gather.error(Code::TooManyColumns, &about);
        }
        let header = header::read(&record, self.options, &self.vocabulary, gather);
        Some(Header { left_out: left_out as u64, ..header })
    }

    /// How many columns at the right end are left out: those without a name in which the first rows have no
    /// value. Should one come later, it stands beyond the header and is told there.
    fn leave_out_blank_columns<T: Table, S: Sink>(
        &self,
        header: &Kept,
        table: &Ahead<T>,
        gather: &mut Gather<'_, S>,
    ) -> usize {
        if !self.options.repairs.has(RepairCode::TrailingEmptyColumn) {
            return 0;
        }
        let columns = header.blank_to_the_right(table.kept());
        let width = header.record().ends.len();
        for number in (width - columns + 1)..=width {
            let column = u32::try_from(number).ok();
            let about = About { row: Some(header.row()), column, ..About::default() };
            gather.repair(RepairCode::TrailingEmptyColumn, &about);
        }
        columns
    }
}

impl<'s> Facts<'s> {
    /// A file that is no text.
    fn no_text(arrived: Arrived, kind: &'static str, judged: Judged<'s>) -> Facts<'s> {
        Facts { arrived, kind, encoding: None, delimiter: None, line_ending: None, sheet: None, judged }
    }
}

impl<'s> Judged<'s> {
    /// There is no table.
    fn nothing(witness: Option<Witness>) -> Judged<'s> {
        Judged { header_row: None, columns: Vec::new(), schema: None, rows: 0, witness }
    }
}
