//! What was found of each rule, table by table.
//!
//! What it comes to in points is [`super::score`]'s business.

use serde::{Deserialize, Serialize};

use super::breach::{Area, Breach, Place, What};
use super::rule::{RuleId, Weight, rules};
use super::tally::Tally;

/// 機械可読性: how well a machine can read a file, rule by rule.
///
/// Rules of the other kind of file (workbook or text) are not in it at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Readability {
    /// The tables that were judged, in the order of the file; none where there is none. A file that is no table
    /// has one without an area.
    pub tables: Vec<JudgedTable>,
    /// How many tables there are, judged or not.
    pub tables_found: u64,
    /// Cells outside of the tables, as far as they are listed.
    pub outside: Vec<Outside>,
    /// The last cell that holds anything: its row and its column.
    pub extent: (u64, u32),
}

/// One table and what was found of each rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JudgedTable {
    /// Where it stands.
    pub area: Option<Area>,
    /// How sure it is that this is a table, in thousandths.
    pub certainty: u16,
    /// The rows that name the columns.
    pub header_rows: Vec<u64>,
    /// Its columns.
    pub columns: Vec<JudgedColumn>,
    /// What was found, in the order of the rules.
    pub verdicts: Vec<Verdict>,
}

/// A column, as it was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgedColumn {
    /// From 1, as the spreadsheet counts.
    pub number: u32,
    /// Its name, cut at 100 characters; several header rows are joined with ` / `.
    pub label: String,
    /// Whether a merged cell names it.
    pub merged: bool,
    /// What most of its cells are.
    pub kind: ColumnKind,
}

/// What most cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Nothing.
    Empty,
    /// Numbers.
    Numeric,
    /// Dates.
    Date,
    /// Anything else.
    Text,
    /// No four fifths of them are of one kind.
    Mixed,
}

/// A cell outside of the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outside {
    /// Its row.
    pub row: u64,
    /// Its column.
    pub column: u32,
    /// What it holds, cut at 200 characters.
    pub value: String,
    /// [`What::Title`], [`What::Total`], [`What::Note`], [`What::Source`] or [`What::Isolated`].
    pub what: What,
}

/// What was found of one rule in one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The rule.
    pub rule: RuleId,
    /// Whether it is kept.
    pub outcome: Outcome,
    /// What its breach weighs here.
    pub weight: Weight,
    /// How sure that is, in hundredths; 0 where it is not judged.
    pub confidence: u8,
    /// How many places are told of it. Those of a rule that is kept are good to know.
    pub count: u64,
    /// The first of these places.
    pub breaches: Vec<Breach>,
}

/// Whether a rule is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 合格
    Kept,
    /// 不合格
    Broken,
    /// 判定対象外: the file alone does not settle it, or has nothing it speaks of.
    NotJudged,
}

impl Readability {
    /// Of a file in which no table was found: nothing is judged.
    pub(crate) fn none() -> Readability {
        Readability { tables: Vec::new(), tables_found: 0, outside: Vec::new(), extent: (0, 0) }
    }

    /// Of a file that is no table, and no form of one: the first rule is broken, the others have nothing to judge.
    pub(crate) fn refused() -> Readability {
        let mut tally = Tally::new(1);
        tally.add(Place::File, What::NotATable);
        rules().iter().filter(|rule| rule.id != What::NotATable.rule()).for_each(|rule| tally.leave(rule.id));
        let verdicts = tally.finish(false);
        let table =
            JudgedTable { area: None, certainty: 0, header_rows: Vec::new(), columns: Vec::new(), verdicts };
        Readability { tables: vec![table], ..Readability::none() }
    }

    /// The rules that some table does not keep, in their order.
    pub fn failed(&self) -> Vec<RuleId> {
        self.ids(|outcomes| outcomes.contains(&Outcome::Broken))
    }

    /// The rules that no table settles, in their order.
    pub fn not_judged(&self) -> Vec<RuleId> {
        self.ids(|outcomes| outcomes.iter().all(|outcome| *outcome == Outcome::NotJudged))
    }

    /// What was found of `rule`, in each table.
    pub fn verdicts(&self, rule: RuleId) -> impl Iterator<Item = &Verdict> {
        self.tables.iter().flat_map(|table| &table.verdicts).filter(move |verdict| verdict.rule == rule)
    }

    fn ids(&self, wanted: impl Fn(&[Outcome]) -> bool) -> Vec<RuleId> {
        let outcomes = |id| self.verdicts(id).map(|verdict| verdict.outcome).collect::<Vec<_>>();
        rules()
            .iter()
            .map(|rule| (rule.id, outcomes(rule.id)))
            .filter(|(_, outcomes)| !outcomes.is_empty() && wanted(outcomes))
            .map(|(id, _)| id)
            .collect()
    }
}
