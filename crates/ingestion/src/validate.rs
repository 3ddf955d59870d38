//! The one way a file is judged.

use std::io::Read;

use crate::cells::Cells;
use crate::decode::Text;
use crate::finding::Code;
use crate::form::{Form, HEAD_BYTES};
use crate::gather::Gather;
use crate::header::{self, Header};
use crate::records::Records;
use crate::report::{FileFacts, Report, SchemaMatch};
use crate::rows::Rows;
use crate::schema::Schema;
use crate::schemas::Schemas;
use crate::sentence::{About, Detail};
use crate::sink::Sink;
use crate::source::{Arrived, BLOCK_BYTES, Source};

/// What the caller knows of a file, and how much of it may be held at a time.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// The name it was handed in under; it decides nothing.
    pub file_name: String,
    /// What the file is held against.
    pub expected: Expected<'a>,
    /// What is too much.
    pub limits: Limits,
}

/// What a file is held against.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Expected<'a> {
    /// The schema its header fits best, if it fits one.
    #[default]
    Guess,
    /// This schema.
    Schema(&'a Schema),
    /// None: any table will do.
    AnyTable,
}

/// What is too much. Exceeding one is a finding; what lies beyond is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of one cell, in bytes of UTF-8.
    pub cell_bytes_max: usize,
    /// Of one row, in bytes of UTF-8.
    pub row_bytes_max: usize,
    /// Of one row.
    pub columns_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { cell_bytes_max: 1 << 20, row_bytes_max: 10 << 20, columns_max: 2_000 }
    }
}

/// Reads `input` to its end, judges it, and hands its good rows to `sink`.
///
/// What is wrong with the file is in the report, whatever it is, and a failure of `input` as well. Memory is
/// bounded by [`Limits`] but for the key of each row.
pub fn validate(input: impl Read, schemas: &Schemas, options: &Options<'_>, sink: &mut impl Sink) -> Report {
    in_blocks(input, schemas, options, sink, BLOCK_BYTES)
}

/// [`validate`], with a choice of how much is read at a time; it changes nothing.
fn in_blocks(
    input: impl Read,
    schemas: &Schemas,
    options: &Options<'_>,
    sink: &mut impl Sink,
    block_bytes: usize,
) -> Report {
    let mut gather = Gather::new(sink);
    let mut source = Source::new(input, block_bytes);
    let mut head = Vec::new();
    source.fill(&mut head, HEAD_BYTES);
    let form = Form::of(&head);
    let table = match form {
        Form::Text => judge(Text::new(source, head), schemas, options, &mut gather),
        _ => {
            refuse(form, &mut gather);
            Table::none(source.finish(), form)
        }
    };
    if let Some(failure) = &table.arrived.failure {
        let reason = failure.to_string();
        gather.error(Code::Unreadable, &About { detail: Detail::Name(&reason), ..About::default() });
    }
    let gathered = gather.finish();
    Report {
        file: FileFacts {
            name: options.file_name.clone(),
            bytes: table.arrived.bytes,
            sha256: table.arrived.sha256,
            kind: form.as_str().to_owned(),
            encoding: table.encoding.map(str::to_owned),
            delimiter: table.header_row.map(|_| ','),
            line_ending: table.line_ending.map(str::to_owned),
            sheet: None,
            header_row: table.header_row,
        },
        schema: table.schema,
        rows: table.rows,
        counts: gathered.counts,
        findings: gathered.findings,
        repairs: Vec::new(),
        questions: Vec::new(),
        truncated: gathered.truncated,
    }
}

/// What is known of a table once it was read.
struct Table {
    arrived: Arrived,
    encoding: Option<&'static str>,
    line_ending: Option<&'static str>,
    header_row: Option<u64>,
    schema: Option<SchemaMatch>,
    rows: u64,
}

impl Table {
    /// A file that is no table.
    fn none(arrived: Arrived, form: Form) -> Table {
        let encoding = if let Form::Utf16(name) = form { Some(name) } else { None };
        Table { arrived, encoding, line_ending: None, header_row: None, schema: None, rows: 0 }
    }
}

/// Tells why a file of this form is not read.
fn refuse<S: Sink>(form: Form, gather: &mut Gather<'_, S>) {
    let (code, detail) = match form {
        Form::Empty | Form::Text => (Code::EmptyFile, Detail::None),
        Form::Utf16(name) => (Code::Undecodable, Detail::Encoding(name)),
        Form::Workbook(kind) => (Code::Workbook, Detail::Kind(kind)),
        Form::Other(kind) => (Code::NotATable, Detail::Kind(kind)),
    };
    gather.error(code, &About { detail, ..About::default() });
}

/// Reads a text as a table: a header in its first row that is not blank, and rows of data below.
fn judge<S: Sink>(
    text: Text<impl Read>,
    schemas: &Schemas,
    options: &Options<'_>,
    gather: &mut Gather<'_, S>,
) -> Table {
    let mut records = Records::new(text, options.limits);
    let header = read_header(&mut records, schemas, options, gather);
    let mut rows = 0;
    if let Some(header) = &header {
        gather.sink().header(&header.columns);
        let mut judged = Rows::new(header);
        while let Some(record) = records.next() {
            judged.judge(&record, gather);
        }
        rows = judged.finish(gather);
    } else {
        gather.error(Code::EmptyFile, &About::default());
    }
    let line_ends = records.line_ends();
    if line_ends.are_mixed() {
        gather.warning(Code::MixedLineEndings, &About::default());
    }
    Table {
        encoding: Some(records.encoding()),
        line_ending: line_ends.name(),
        header_row: header.as_ref().map(|header| header.row),
        schema: header.and_then(|header| header.fit),
        rows,
        arrived: records.finish(),
    }
}

/// The header, and what is wrong with it and above it; `None` where there is nothing but blanks.
fn read_header<'s, S: Sink>(
    records: &mut Records<impl Read>,
    schemas: &'s Schemas,
    options: &Options<'s>,
    gather: &mut Gather<'_, S>,
) -> Option<Header<'s>> {
    while let Some(record) = records.next() {
        if record.is_whole() && Cells::of(&record).are_blank() {
            continue;
        }
        for row in 1..record.row {
            gather.warning(Code::BlankRow, &About { row: Some(row), ..About::default() });
        }
        let columns_max = options.limits.columns_max as u64;
        if record.cells > columns_max {
            let column = u32::try_from(columns_max + 1).ok();
            let detail = Detail::Limit(columns_max);
            gather.error(
                Code::TooManyColumns,
                &About { row: Some(record.row), column, detail, ..About::default() },
            );
        }
        return Some(header::read(&record, options.expected, schemas, gather));
    }
    None
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::sink::Discard;

    static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);

    fn report(file: &[u8], block_bytes: usize) -> Report {
        let options =
            Options { file_name: String::new(), expected: Expected::AnyTable, ..Options::default() };
        in_blocks(file, &SCHEMAS, &options, &mut Discard, block_bytes)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

        /// Letters, quotes and line ends that lie across the edge of a block are read all the same: the head of
        /// a file is filled with ASCII so that the rest comes in blocks of a few bytes.
        #[test]
        fn where_a_block_ends_changes_nothing(
            in_front in HEAD_BYTES - 3..HEAD_BYTES + 3,
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    ",", "\n", "\r\n", "\r", "\"", "\"\"", "名称", "表", "\0", "\u{feff}", "x",
                ]),
                0..40,
            ),
            cp932 in any::<bool>(),
            block_bytes in 1_usize..5,
        ) {
            let text = "x".repeat(in_front) + &pieces.concat();
            let file = if cp932 { encoding_rs::SHIFT_JIS.encode(&text).0.into_owned() } else { text.into_bytes() };
            prop_assert_eq!(report(&file, block_bytes), report(&file, 4 * HEAD_BYTES));
        }
    }
}
