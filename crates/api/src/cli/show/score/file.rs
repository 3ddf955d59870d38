//! The scores of one file.

use std::collections::BTreeMap;

use ingestion::Report;
use ingestion::place::column_letter;
use ingestion::readability::{ColumnKind, JudgedColumn, JudgedTable, LevelScore, Outside, Readability, What};
use serde::Serialize;

use super::check::Check;

/// The scores of one file.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FileScore {
    #[serde(rename = "inputファイル名")]
    pub name: String,
    #[serde(rename = "ファイルサイズ")]
    bytes: u64,
    #[serde(rename = "フォーマット")]
    format: String,
    #[serde(rename = "Sheet数")]
    sheet_count: usize,
    #[serde(rename = "レベル別スコア")]
    levels: BTreeMap<u8, Option<LevelView>>,
    pub sheets: Vec<Sheet>,
}

/// What one level comes to.
#[derive(Debug, Clone, Serialize)]
struct LevelView {
    #[serde(rename = "スコア")]
    points: u8,
    #[serde(rename = "合格")]
    kept: usize,
    #[serde(rename = "合計")]
    judged: usize,
    #[serde(rename = "強制0点")]
    is_forced_to_zero: bool,
    #[serde(rename = "強制0点ルール")]
    fatal: Vec<FailedRule>,
    #[serde(rename = "失敗ルール")]
    failed: Vec<FailedRule>,
}

#[derive(Debug, Clone, Serialize)]
struct FailedRule {
    #[serde(rename = "ルールID")]
    rule: String,
    #[serde(rename = "ルール名")]
    title: &'static str,
    #[serde(rename = "重大度")]
    weight: String,
}

/// One sheet; a CSV is one.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Sheet {
    #[serde(rename = "シート名")]
    pub name: String,
    #[serde(rename = "使用範囲")]
    used: String,
    #[serde(rename = "非表示")]
    hidden: bool,
    #[serde(rename = "評価対象エリア")]
    pub tables: Vec<Table>,
    #[serde(rename = "sheetProperty")]
    property: SheetProperty,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<Other>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct SheetProperty {
    sheet_name: String,
    max_row: u64,
    max_col: u32,
    hidden: bool,
}

/// A cell outside of the tables.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Other {
    row: u64,
    col: u32,
    value: String,
    region_type: &'static str,
}

/// One table.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Table {
    #[serde(rename = "範囲")]
    pub range: String,
    #[serde(rename = "信頼度")]
    certainty: f64,
    #[serde(rename = "ヘッダー行")]
    header_rows: Vec<u64>,
    #[serde(rename = "ヘッダー範囲")]
    pub header_range: Option<String>,
    #[serde(rename = "列数")]
    pub width: u32,
    #[serde(rename = "評価内容")]
    pub checks: Vec<Check>,
    #[serde(rename = "columnHeaders", skip_serializing_if = "Vec::is_empty")]
    headers: Vec<ColumnHeader>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    columns: Vec<Column>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ColumnHeader {
    col_index: u32,
    header_rows: Vec<u64>,
    label: String,
    is_merged: bool,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Column {
    col_index: u32,
    inferred_type: &'static str,
    has_header: bool,
}

impl FileScore {
    /// The scores of the file of `report`.
    pub fn of(report: &Report) -> FileScore {
        let readability = &report.readability;
        let name = file_name(report);
        let levels = (1..=3).map(|level| (level, readability.level(level).map(LevelView::from))).collect();
        FileScore {
            bytes: report.file.bytes,
            format: match (report.file.kind.as_str(), report.file.delimiter) {
                ("csv", Some('\t')) => "tsv".to_owned(),
                (kind, _) => kind.to_owned(),
            },
            sheet_count: 1,
            levels,
            sheets: vec![Sheet::of(report.file.sheet.as_deref().unwrap_or_else(|| stem(&name)), readability)],
            name,
        }
    }

    /// The rounded mean of the levels that have a score.
    pub fn average(&self) -> Option<i64> {
        let points: Vec<f64> = self.levels.values().flatten().map(|level| f64::from(level.points)).collect();
        (!points.is_empty())
            .then(|| (points.iter().sum::<f64>() / points.len() as f64).round_ties_even() as i64)
    }
}

/// The name of the file, without its folder.
pub(super) fn file_name(report: &Report) -> String {
    report.file.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

impl From<LevelScore> for LevelView {
    fn from(level: LevelScore) -> LevelView {
        let is_forced_to_zero = level.is_forced_to_zero();
        let failed: Vec<FailedRule> = level
            .failed
            .iter()
            .map(|(rule, weight)| FailedRule {
                rule: rule.to_string(),
                title: &rule.rule().title.ja,
                weight: weight.to_string(),
            })
            .collect();
        LevelView {
            points: level.points,
            kept: level.kept,
            judged: level.judged,
            is_forced_to_zero,
            fatal: failed.iter().filter(|rule| rule.weight == "fatal").cloned().collect(),
            failed,
        }
    }
}

impl Sheet {
    fn of(name: &str, readability: &Readability) -> Sheet {
        let (max_row, max_col) = readability.extent;
        let mut tables: Vec<Table> =
            readability.tables.iter().filter_map(|table| Table::of(table, name)).collect();
        tables.sort_by(|one, other| other.certainty.total_cmp(&one.certainty));
        let used =
            if max_row == 0 { String::new() } else { format!("A1:{}{max_row}", column_letter(max_col)) };
        Sheet {
            name: name.to_owned(),
            used,
            hidden: false,
            tables,
            property: SheetProperty { sheet_name: name.to_owned(), max_row, max_col, hidden: false },
            others: readability.outside.iter().map(Other::from).collect(),
        }
    }
}

impl From<&Outside> for Other {
    fn from(cell: &Outside) -> Other {
        let region_type = match cell.what {
            What::Title => "title",
            What::Total => "total",
            What::Note => "note",
            What::Source => "source",
            _ => "isolated",
        };
        Other { row: cell.row, col: cell.column, value: cell.value.clone(), region_type }
    }
}

impl Table {
    fn of(table: &JudgedTable, sheet: &str) -> Option<Table> {
        let area = table.area?;
        let header = table.header_rows.first().zip(table.header_rows.last());
        let header_range = header.map(|(first, last)| {
            format!("{}{first}:{}{last}", column_letter(area.left), column_letter(area.right))
        });
        Some(Table {
            range: area.to_string(),
            certainty: f64::from(table.certainty) / 1000.0,
            header_rows: table.header_rows.clone(),
            header_range,
            width: area.right + 1 - area.left,
            checks: table.verdicts.iter().map(|verdict| Check::of(verdict, sheet)).collect(),
            headers: table
                .columns
                .iter()
                .filter(|column| !column.label.is_empty())
                .map(|column| ColumnHeader::of(column, &table.header_rows))
                .collect(),
            columns: table.columns.iter().map(Column::from).collect(),
        })
    }
}

impl ColumnHeader {
    fn of(column: &JudgedColumn, header_rows: &[u64]) -> ColumnHeader {
        ColumnHeader {
            col_index: column.number,
            header_rows: header_rows.to_vec(),
            label: column.label.clone(),
            is_merged: column.merged,
        }
    }
}

impl From<&JudgedColumn> for Column {
    fn from(column: &JudgedColumn) -> Column {
        let inferred_type = match column.kind {
            ColumnKind::Empty => "empty",
            ColumnKind::Numeric => "numeric",
            ColumnKind::Date => "date",
            ColumnKind::Text => "text",
            ColumnKind::Mixed => "mixed",
        };
        Column { col_index: column.number, inferred_type, has_header: !column.label.is_empty() }
    }
}
