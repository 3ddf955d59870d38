//! What the 検証結果 of a file comes to, as measurements in the [Data Quality Vocabulary](https://www.w3.org/TR/vocab-dqv/).
//!
//! They belong to the canonical CSV, which is what was judged. They are told at the IRIs of the things themselves and
//! left out of the catalog's pages, which they would make twice as long.

use ingestion::{Code, Need, Report, Schema};
use jiff::Timestamp;
use oxrdf::NamedNodeRef;
use oxrdf::vocab::xsd;

use super::Scope;
use super::description::{Description, Node};
use super::vocab::{dct, dqv, foaf, oa, prov};
use super::words::{self, Dimension, Word, WordKind};

const ROWS: Word = metric(
    "rows",
    xsd::NON_NEGATIVE_INTEGER,
    Dimension::Completeness,
    ["行数", "rows"],
    "見出しを除いたデータの行の数です。空の行は数えません。",
);
const REQUIRED_CELLS: Word = metric(
    "required-cells",
    xsd::DECIMAL,
    Dimension::Completeness,
    ["必須項目の記入率", "share of required cells that are filled"],
    "様式の必須項目のセルのうち、記入されているものの割合（0から1）です。",
);
const ERRORS: Word = metric(
    "errors",
    xsd::NON_NEGATIVE_INTEGER,
    Dimension::SyntacticValidity,
    ["誤りの数", "errors"],
    "公開の妨げになる指摘の数です。公開されたデータでは常に0です。",
);
const WARNINGS: Word = metric(
    "warnings",
    xsd::NON_NEGATIVE_INTEGER,
    Dimension::SyntacticValidity,
    ["注意の数", "warnings"],
    "直すことが望ましい指摘の数です。",
);
const REPAIRS: Word = metric(
    "repairs",
    xsd::NON_NEGATIVE_INTEGER,
    Dimension::SyntacticValidity,
    ["直した数", "repairs"],
    "全角の数字など、意味を変えずに直した箇所の数です。",
);
const ENCODING: Word = metric(
    "encoding",
    xsd::STRING,
    Dimension::Interoperability,
    ["元の文字コード", "encoding of the original"],
    "受け取ったファイルの文字コードです。配信はUTF-8です。",
);
const MATCHED_FIELDS: Word = metric(
    "matched-fields",
    xsd::DECIMAL,
    Dimension::SyntacticValidity,
    ["様式との一致", "share of the schema's fields that are there"],
    "様式の項目のうち、ファイルの見出しに見つかったものの割合（0から1）です。",
);
const MACHINE_READABILITY_1: Word = metric(
    "machine-readability-1",
    xsd::NON_NEGATIVE_INTEGER,
    Dimension::Interoperability,
    ["機械可読性レベル1", "machine readability, level 1"],
    "「行政データにおける機械可読性に関するルール」のレベル1の点数（0から100）です。",
);
const MACHINE_READABILITY_2: Word = metric(
    "machine-readability-2",
    xsd::NON_NEGATIVE_INTEGER,
    Dimension::Interoperability,
    ["機械可読性レベル2", "machine readability, level 2"],
    "「行政データにおける機械可読性に関するルール」のレベル2の点数（0から100）です。",
);
const MACHINE_READABILITY_3: Word = metric(
    "machine-readability-3",
    xsd::NON_NEGATIVE_INTEGER,
    Dimension::Interoperability,
    ["機械可読性レベル3", "machine readability, level 3"],
    "「行政データにおける機械可読性に関するルール」のレベル3の点数（0から100）です。",
);

/// What is measured of a file, in the order in which it is told.
pub const METRICS: [Word; 10] = [
    ROWS,
    REQUIRED_CELLS,
    ERRORS,
    WARNINGS,
    REPAIRS,
    ENCODING,
    MATCHED_FIELDS,
    MACHINE_READABILITY_1,
    MACHINE_READABILITY_2,
    MACHINE_READABILITY_3,
];

const fn metric(
    name: &'static str,
    datatype: NamedNodeRef<'static>,
    dimension: Dimension,
    [label, label_en]: [&'static str; 2],
    definition: &'static str,
) -> Word {
    Word { name, kind: WordKind::Metric(datatype, dimension), label, label_en, definition }
}

/// What was measured of one file, and where its report is.
pub struct Quality {
    values: Vec<(Word, String)>,
    report: String,
    at: Timestamp,
}

impl Quality {
    /// What `report`, to be had at `address`, says of a file that was judged `at` and held against `schema`.
    pub fn of(report: &Report, schema: Option<&Schema>, address: String, at: Timestamp) -> Quality {
        let fit = report.schema.as_ref().filter(|held| held.fields > 0);
        let counts = report.counts;
        let values = [
            (ROWS, Some(report.rows.to_string())),
            (REQUIRED_CELLS, schema.and_then(|schema| filled(report, schema)).map(share)),
            (ERRORS, Some(counts.error.to_string())),
            (WARNINGS, Some(counts.warning.to_string())),
            (REPAIRS, Some(counts.repair.to_string())),
            (ENCODING, report.file.encoding.clone()),
            (MATCHED_FIELDS, fit.map(|held| share(held.matched as f64 / held.fields as f64))),
            (MACHINE_READABILITY_1, points(report, 1)),
            (MACHINE_READABILITY_2, points(report, 2)),
            (MACHINE_READABILITY_3, points(report, 3)),
        ];
        let values = values.into_iter().filter_map(|(metric, value)| Some((metric, value?)));
        Quality { values: values.collect(), report: address, at }
    }

    /// Leads from the node of the file to its measurements.
    pub fn lead(&self, node: &mut Node<'_>, file: &str) {
        for (metric, _) in &self.values {
            node.link(dqv::HAS_QUALITY_MEASUREMENT, &measurement(file, metric));
        }
        node.link(dqv::HAS_QUALITY_ANNOTATION, &annotation(file));
    }

    /// Tells the measurements of the file `file`, and what was measured.
    pub fn tell(&self, out: &mut Description, scope: &Scope<'_>, file: &str) {
        for (metric, value) in &self.values {
            let WordKind::Metric(datatype, _) = metric.kind else { continue };
            let mut node = out.node(&measurement(file, metric));
            node.is_a(dqv::QUALITY_MEASUREMENT)
                .link(dqv::COMPUTED_ON, file)
                .link(dqv::IS_MEASUREMENT_OF, &scope.iris.term(metric.name));
            if datatype == xsd::STRING {
                node.plain(dqv::VALUE, value);
            } else {
                node.typed(dqv::VALUE, value.clone(), datatype);
            }
            node.moment(prov::GENERATED_AT_TIME, self.at);
        }
        out.node(&annotation(file))
            .is_a(dqv::QUALITY_ANNOTATION)
            .link(oa::HAS_TARGET, file)
            .link(oa::HAS_BODY, &self.report)
            .link(oa::MOTIVATED_BY, dqv::QUALITY_ASSESSMENT.as_str())
            .moment(prov::GENERATED_AT_TIME, self.at);
        out.node(&self.report)
            .is_a(foaf::DOCUMENT)
            .ja(dct::TITLE, "検証結果")
            .en(dct::TITLE, "Validation report");
        for (metric, _) in &self.values {
            words::tell(out, scope, *metric);
        }
    }
}

fn measurement(file: &str, metric: &Word) -> String {
    format!("{file}#{}", metric.name)
}

fn annotation(file: &str) -> String {
    format!("{file}#report")
}

fn points(report: &Report, level: u8) -> Option<String> {
    report.readability.level(level).map(|score| score.points.to_string())
}

/// A share, in thousandths.
fn share(share: f64) -> String {
    format!("{share:.3}")
}

/// The share of cells of required fields that are filled; `None` when there are none, or when the report lists not all
/// that was found.
///
/// A required field whose cells may be blank by the schema is left out; a column that the file lacks is empty in every row.
fn filled(report: &Report, schema: &Schema) -> Option<f64> {
    if report.truncated || report.rows == 0 {
        return None;
    }
    let required = |name: &str| {
        let field = schema.fields.iter().find(|field| field.name == name);
        field.is_some_and(|field| field.need == Need::Required && field.blank.is_none())
    };
    let fields = schema.fields.iter().filter(|field| required(&field.name)).count() as u64;
    let empty = report.findings.iter().filter(|finding| finding.field.as_deref().is_some_and(required)).fold(
        0,
        |empty: u64, finding| match finding.code {
            Code::RequiredMissing | Code::KeyMissing => empty + 1,
            Code::MissingColumn => empty + report.rows,
            _ => empty,
        },
    );
    let cells = fields.checked_mul(report.rows).filter(|cells| *cells > 0)?;
    Some(cells.saturating_sub(empty) as f64 / cells as f64)
}
