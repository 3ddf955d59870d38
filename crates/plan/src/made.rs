//! The list of initiatives as a table: what the dataset `initiatives` of the catalog holds.
//!
//! Publishing it is the catalog's business.

use std::collections::BTreeSet;

use crate::fiscal_year::FiscalYear;
use crate::initiative::Initiative;

/// The columns before the fiscal years.
const COLUMNS: [&str; 14] = [
    "コード",
    "区分",
    "柱",
    "柱の名称",
    "親コード",
    "番号",
    "名称",
    "注記",
    "主担当課",
    "関係課",
    "進捗状況",
    "報告対象日",
    "登録済みの個別取組事項数",
    "現行・廃止の別",
];

/// The list of `initiatives` as CSV: without BOM, CRLF, Japanese headers, one row per initiative in the order
/// given, and one column per fiscal year for which any of them plans a stage (`令和7年度の段階`).
///
/// A 項目 has no progress of its own; its number of items on record stands instead. Departments stand by their slug.
pub fn initiatives_csv(initiatives: &[Initiative]) -> String {
    let items = || initiatives.iter().filter_map(|initiative| initiative.item.as_ref());
    let years: BTreeSet<FiscalYear> = items().flat_map(|item| &item.stages).map(|s| s.fiscal_year).collect();

    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let header =
        COLUMNS.map(str::to_owned).into_iter().chain(years.iter().map(|y| format!("{}の段階", y.label())));
    let rows = initiatives.iter().map(|initiative| row(initiative, &years));
    for record in std::iter::once(header.collect()).chain(rows) {
        table
            .write_record(&record)
            .expect("every row has the header's columns, and memory takes all of them");
    }
    let bytes = table.into_inner().expect("memory takes every row");
    String::from_utf8(bytes).expect("texts and commas are UTF-8")
}

fn row(initiative: &Initiative, years: &BTreeSet<FiscalYear>) -> Vec<String> {
    let item = initiative.item.as_ref();
    let state = &initiative.state;
    let notes = initiative.notes.iter().map(|note| format!("{} {}", note.mark, note.text));
    let others = item.map(|item| item.others.iter().map(ToString::to_string).collect::<Vec<_>>());
    let stages = years.iter().map(|year| {
        let stage = item.and_then(|item| item.stages.iter().find(|stage| stage.fiscal_year == *year));
        stage.map(|stage| stage.stage.label().to_owned()).unwrap_or_default()
    });
    let columns = [
        initiative.code.to_string(),
        initiative.kind.label().to_owned(),
        initiative.pillar.to_string(),
        initiative.pillar_title.clone(),
        initiative.parent.map(|parent| parent.to_string()).unwrap_or_default(),
        initiative.mark.clone(),
        initiative.title.clone(),
        notes.collect::<Vec<_>>().join("；"),
        item.map(|item| item.lead.to_string()).unwrap_or_default(),
        others.map(|others| others.join("；")).unwrap_or_default(),
        state.status.map(|status| status.label().to_owned()).unwrap_or_default(),
        item.and(state.latest.as_ref()).map(|latest| latest.as_of.to_string()).unwrap_or_default(),
        if item.is_some() { String::new() } else { state.items_on_record.to_string() },
        if initiative.in_force() { "現行" } else { "廃止" }.to_owned(),
    ];
    columns.into_iter().chain(stages).collect()
}
