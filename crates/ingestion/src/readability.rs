//! 機械可読性: how well a machine can read a file, by the 30 rules of
//! 「行政データにおける機械可読性に関するルール」 (令和8年3月31日), in points as デジタル庁's sample checker counts them.
//!
//! A `Witness` looks on while a file is read; out comes [`Readability`], what was found of each rule in each
//! table. Nothing here stands in the way of publication: that is [`crate::finding`]'s business.
//!
//! ```text
//! record ──────────────▶ witness ─▶ layout ─▶ table ─▶ column ─▶ closing ─▶ Readability ─▶ score
//! finding, repair ─▶ heard ─▲                   └─▶ odd ─▶ writing
//! ```

mod breach;
mod choices;
mod classes;
mod closing;
mod column;
mod described;
mod figures;
mod heard;
mod layout;
mod names;
mod odd;
mod outside;
mod regions;
mod rule;
mod score;
mod sheet;
mod standard;
mod table;
mod tally;
#[cfg(test)]
mod tests;
mod verdict;
mod witness;
mod writing;

pub use breach::{Area, Breach, Gravity, Place, What};
pub use described::{Described, alike};
pub(crate) use heard::Heard;
pub use rule::{AppliesTo, BadRuleId, Rule, RuleId, Weight, rules, source};
pub use score::{Gain, LevelScore};
pub(crate) use sheet::{Look, LookRun, SheetFacts};
pub use verdict::{ColumnKind, JudgedColumn, JudgedTable, Outcome, Outside, Readability, Verdict};
pub(crate) use witness::Witness;
