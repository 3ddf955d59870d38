//! The examples of the pages: small files, judged as any other.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::LazyLock;

use ingestion::{
    Bbox, CityArea, Code, Discard, Expected, Finding, Limits, Options, Question, QuestionCode, Repair,
    RepairCode, RepairSet, Report, Schema, SchemaId, Schemas, validate,
};
use serde::Deserialize;

use super::books::Book;

/// The national schemas, read once.
static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);

/// The example of every finding.
static FINDINGS: LazyLock<BTreeMap<String, Example>> =
    LazyLock::new(|| toml::from_str(include_str!("examples.toml")).expect("examples.toml reads"));
/// The example of every repair.
static REPAIRS: LazyLock<BTreeMap<String, Example>> =
    LazyLock::new(|| toml::from_str(include_str!("repairs.toml")).expect("repairs.toml reads"));
/// The example of every question.
static QUESTIONS: LazyLock<BTreeMap<String, Example>> =
    LazyLock::new(|| toml::from_str(include_str!("questions.toml")).expect("questions.toml reads"));

/// A file in which a code is found, and the same file once mended.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    schema: Option<SchemaId>,
    #[serde(default)]
    before: String,
    hex: Option<String>,
    repeat: Option<(String, usize)>,
    #[serde(default)]
    breaks_off: bool,
    /// The file is a workbook made of the table in `before`.
    book: Option<Book>,
    /// What was answered, by the key of the question.
    #[serde(default)]
    answers: Vec<(String, String)>,
    /// False where repairs are switched off.
    mends: Option<bool>,
    /// The bytes that a workbook may have; a real one has far more.
    workbook_bytes_max: Option<u64>,
    /// The file once mended.
    pub after: Option<String>,
    /// What is said of the file where its text says nothing, in Japanese and in English.
    pub shown: Option<(String, String)>,
    /// The field that the finding is about, where several are found.
    field: Option<String>,
}

impl Example {
    /// The example of the finding `code`, if there is one.
    pub fn of_finding(code: Code) -> Option<&'static Example> {
        FINDINGS.get(&code.to_string())
    }

    /// The example of the repair `code`.
    pub fn of_repair(code: RepairCode) -> Option<&'static Example> {
        REPAIRS.get(&code.to_string())
    }

    /// The example of the question `code`.
    pub fn of_question(code: QuestionCode) -> Option<&'static Example> {
        QUESTIONS.get(&code.to_string())
    }

    /// The schema it is held against, where it names one.
    pub fn schema(&self) -> Option<&'static Schema> {
        self.schema.as_ref().map(|id| SCHEMAS.get(id).unwrap_or_else(|| panic!("there is no schema {id}")))
    }

    /// The file as it is shown: its text, with what nobody sees made visible.
    pub fn text(&self) -> &str {
        &self.before
    }

    /// The finding of `code` in the file.
    pub fn finding(&self, code: Code) -> Option<Finding> {
        self.found(code, &self.report())
    }

    /// The finding of `code` in the file once it was mended; there should be none.
    pub fn finding_after(&self, code: Code) -> Option<Finding> {
        let after = self.after.as_ref()?;
        self.found(code, &self.judge(after.as_bytes(), &[]))
    }

    /// The repair of `code` that is made in the file.
    pub fn repair(&self, code: RepairCode) -> Option<Repair> {
        self.report().repairs.into_iter().find(|repair| repair.code == code)
    }

    /// The question of `code` that the file raises.
    pub fn question(&self, code: QuestionCode) -> Option<Question> {
        self.report().questions.into_iter().find(|question| question.code == code)
    }

    fn found(&self, code: Code, report: &Report) -> Option<Finding> {
        let is_meant =
            |found: &&Finding| found.code == code && (self.field.is_none() || found.field == self.field);
        report.findings.iter().find(is_meant).cloned()
    }

    fn report(&self) -> Report {
        let bytes = self.bytes();
        match self.breaks_off {
            true => self.judge(bytes.chain(Torn), &self.answers),
            false => self.judge(&bytes[..], &self.answers),
        }
    }

    fn judge(&self, input: impl Read + Send, answers: &[(String, String)]) -> Report {
        let expected = self.schema().map_or(Expected::Guess, Expected::Schema);
        let known = Limits::default();
        let workbook_bytes_max = self.workbook_bytes_max.unwrap_or(known.workbook_bytes_max);
        let bbox = Bbox { south: 38.2, west: 141.0, north: 38.7, east: 141.6 };
        let city = CityArea { code: "042021".to_owned(), bbox: Some(bbox) };
        let options = Options {
            file_name: "見本.csv".to_owned(),
            expected,
            limits: Limits { workbook_bytes_max, ..known },
            answers,
            repairs: if self.mends == Some(false) { RepairSet::NONE } else { RepairSet::ALL },
            city: Some(&city),
            ..Options::default()
        };
        validate(input, &SCHEMAS, &options, &mut Discard)
    }

    fn bytes(&self) -> Vec<u8> {
        if let Some(book) = self.book {
            return book.of(&self.before);
        }
        if let Some(hex) = &self.hex {
            let digits: Vec<u32> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
            return digits
                .chunks(2)
                .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | *digit as u8))
                .collect();
        }
        match &self.repeat {
            Some((text, times)) => self.before.replace('…', &text.repeat(*times)).into_bytes(),
            None => self.before.clone().into_bytes(),
        }
    }
}

/// A line that goes dead.
struct Torn;

impl Read for Torn {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::ConnectionReset.into())
    }
}
