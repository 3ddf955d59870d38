//! The one way a file is judged.

use std::io::Read;

use crate::city::CityArea;
use crate::finding::Code;
use crate::gather::Gather;
use crate::judge::Judge;
use crate::readability::{Described, Readability};
use crate::reading::decode::Text;
use crate::reading::encoding::Encoding;
use crate::reading::form::{Form, HEAD_BYTES};
use crate::reading::source::{BLOCK_BYTES, Source};
use crate::repair::RepairSet;
use crate::report::{FileFacts, Report};
use crate::schema::Schema;
use crate::schemas::Schemas;
use crate::sentence::{About, Detail};
use crate::sink::Sink;

/// What the caller knows of a file, and how much of it may be held at a time.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// The name it was handed in under; it decides nothing.
    pub file_name: String,
    /// What the file is held against.
    pub expected: Expected<'a>,
    /// What is too much.
    pub limits: Limits,
    /// The kinds of repair that are made.
    pub repairs: RepairSet,
    /// What was answered to questions, by [`Question::key`](crate::Question::key): the text of a choice, or
    /// its number from 1.
    pub answers: &'a [(String, String)],
    /// The city whose files these are: a place far from it is a warning in rows that carry its code.
    pub city: Option<&'a CityArea>,
    /// What the catalog knows of the dataset it belongs to; some rules on machine readability ask for it.
    pub described: Option<&'a Described>,
    /// What is looked at beside the rules of the schema.
    pub looks: Looks,
}

/// What is looked at beside the rules of a schema; all of it, unless somebody says otherwise. What is not looked at
/// stands in no report: nobody should publish by such a one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    /// Data about persons.
    pub personal_data: bool,
    /// The rules on machine readability.
    pub readability: bool,
}

impl Looks {
    /// The schema's rules alone.
    pub const NONE: Looks = Looks { personal_data: false, readability: false };
}

impl Default for Looks {
    fn default() -> Looks {
        Looks { personal_data: true, readability: true }
    }
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
    /// Of a workbook: of its bytes, and of what it takes in memory when it is opened.
    pub workbook_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            cell_bytes_max: 1 << 20,
            row_bytes_max: 10 << 20,
            columns_max: 2_000,
            workbook_bytes_max: 200 << 20,
        }
    }
}

/// Reads `input` to its end, judges it, and hands its good rows to `sink`.
///
/// What is wrong with the file is in the report, whatever it is, and a failure of `input` as well. Memory is
/// bounded by [`Limits`] but for the key of each row. A large text is read on one core and judged on another, where
/// there are two; that changes nothing.
pub fn validate(
    input: impl Read + Send,
    schemas: &Schemas,
    options: &Options<'_>,
    sink: &mut impl Sink,
) -> Report {
    in_blocks(input, schemas, options, sink, BLOCK_BYTES)
}

/// [`validate`], with a choice of how much is read at a time; it changes nothing.
pub fn in_blocks(
    input: impl Read + Send,
    schemas: &Schemas,
    options: &Options<'_>,
    sink: &mut impl Sink,
    block_bytes: usize,
) -> Report {
    let mut gather = Gather::new(sink);
    if options.looks.readability {
        gather.listen();
    }
    let mut source = Source::new(input, block_bytes);
    let mut head = Vec::new();
    source.fill(&mut head, HEAD_BYTES);
    let beginning = head.get(..HEAD_BYTES).unwrap_or(&head);
    let form = Form::of(beginning);
    let judge = Judge::new(schemas, options);
    let facts = match form {
        Form::Text => {
            let encoding = Encoding::of_nul_pattern(beginning);
            judge.text(Text::new(source, head, encoding), &mut gather)
        }
        Form::Workbook(kind) => judge.workbook(kind, source, head, &mut gather),
        Form::Empty | Form::Other(_) => judge.refuse(form, source, &mut gather),
    };
    if let Some(failure) = &facts.arrived.failure {
        let reason = failure.to_string();
        gather.error(Code::Unreadable, &About { detail: Detail::Name(&reason), ..About::default() });
    }
    let gathered = gather.finish(options.answers);
    Report {
        file: FileFacts {
            name: options.file_name.clone(),
            bytes: facts.arrived.bytes,
            sha256: facts.arrived.sha256,
            kind: facts.kind.to_owned(),
            encoding: facts.encoding.map(str::to_owned),
            delimiter: facts.delimiter.map(char::from),
            line_ending: facts.line_ending.map(str::to_owned),
            sheet: facts.sheet,
            header_row: facts.judged.header_row,
        },
        schema: facts.judged.schema,
        rows: facts.judged.rows,
        counts: gathered.counts,
        findings: gathered.findings,
        repairs: gathered.repairs,
        questions: gathered.questions,
        truncated: gathered.truncated,
        readability: match facts.judged.witness {
            _ if !options.looks.readability => Readability::none(),
            Some(witness) => witness.finish(options.described),
            None => Readability::refused(),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::sink::Discard;

    static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);

    fn report(file: &[u8], schema: Option<&str>, block_bytes: usize) -> Report {
        let schema = schema.map(|id| SCHEMAS.get(&id.parse().expect("an id")).expect("it is embedded"));
        let expected = schema.map_or(Expected::AnyTable, Expected::Schema);
        let options = Options { file_name: String::new(), expected, ..Options::default() };
        in_blocks(file, &SCHEMAS, &options, &mut Discard, block_bytes)
    }

    /// What an encoding is called, and what writes a text in it.
    type Writes = (&'static str, fn(&str) -> Vec<u8>);

    const ENCODINGS: [Writes; 6] = [
        ("utf-8", |text| text.as_bytes().to_vec()),
        ("cp932", |text| encoding_rs::SHIFT_JIS.encode(text).0.into_owned()),
        ("euc-jp", |text| encoding_rs::EUC_JP.encode(text).0.into_owned()),
        ("iso-2022-jp", |text| encoding_rs::ISO_2022_JP.encode(text).0.into_owned()),
        ("utf-16le", |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("utf-16be", |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ];

    /// What stands between cells, rows and quotes, letters whose second byte in CP932 is a backslash or a bar, and
    /// cells that are repaired, asked about or wrong.
    fn pieces() -> impl Strategy<Value = String> {
        let pieces = vec![
            ",",
            ",",
            "\t",
            ";",
            "\n",
            "\r\n",
            "\r",
            "\"",
            "\"\"",
            "\"表,\r\nソ\"",
            "名称",
            "表",
            "能ソ",
            "ポ",
            "𠮷",
            "①",
            "\0",
            "\u{feff}",
            "\x1b",
            "x",
            " ",
            "１２",
            "ｶﾅ",
            "38.4",
            "141.3",
            "令和6年4月1日",
            "090-1234-5678",
            "あり",
            "-",
            "※注",
        ];
        prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

        /// Letters, quotes and line ends that lie across the edge of a block are read all the same: the head of
        /// a file is filled with ASCII so that the rest comes in blocks of a few bytes. What settles the encoding
        /// stands before it, or in the rest.
        #[test]
        fn where_a_block_ends_changes_nothing(
            header in prop::sample::select(vec!["a,b,c\n", "名称,緯度,経度,電話番号,男性トイレ総数,備考\n"]),
            schema in prop::sample::select(vec![None, Some("hyojun/public_toilet")]),
            in_front in HEAD_BYTES - 3..HEAD_BYTES + 3,
            rest in pieces(),
            raw in prop::collection::vec(any::<u8>(), 0..4),
            last in pieces(),
            (_, write) in prop::sample::select(ENCODINGS.to_vec()),
            block_bytes in 1_usize..6,
        ) {
            let mut file = write(header);
            let ascii = write("x");
            while file.len() + ascii.len() <= in_front {
                file.extend_from_slice(&ascii);
            }
            file.extend(write(&rest));
            file.extend(raw);
            file.extend(write(&last));
            prop_assert_eq!(report(&file, schema, block_bytes), report(&file, schema, 4 * HEAD_BYTES));
        }
    }

    /// The test above would show little if it settled on another encoding than it means to.
    #[test]
    fn the_encoding_is_settled_by_the_header() {
        for (encoding, write) in ENCODINGS {
            let file = write("名称,緯度,経度,電話番号,備考\n見本,38.4,141.3,,表\n");
            assert_eq!(report(&file, None, 3).file.encoding.as_deref(), Some(encoding));
        }
    }
}
