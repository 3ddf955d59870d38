//! 取組事項: a 項目 of the plan, or an individual item under it with schedule, departments and indicators.
//!
//! How an item is handed in is [`crate::new_item`]'s business, its progress [`crate::progress`]'s.

use catalog::Slug;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::code::{InitiativeCode, PillarCode};
use crate::fiscal_year::FiscalYear;
use crate::indicator::Indicator;
use crate::pillar::Note;
use crate::state::State;

/// 取組事項: a 項目 or an individual item, with the state that follows from the reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Initiative {
    /// `A-1` or `A-1-1`
    pub code: InitiativeCode,
    /// 項目 or 個別.
    pub kind: InitiativeKind,
    /// The 項目 above an item.
    pub parent: Option<InitiativeCode>,
    /// The pillar.
    pub pillar: PillarCode,
    /// The pillar's title.
    pub pillar_title: String,
    /// As the plan prints it: ①, A-①-1.
    pub mark: String,
    /// Its title.
    pub title: String,
    /// The plan's notes on it.
    pub notes: Vec<Note>,
    /// Of an item: schedule, departments and the rest.
    pub item: Option<Item>,
    /// What follows from the reports.
    pub state: State,
}

/// 項目 or 個別の取組事項.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InitiativeKind {
    /// 項目: a heading; progress is the summary of its items.
    Heading,
    /// 個別の取組事項
    Item,
}

/// What an individual item has and a 項目 has not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Whether it was there when the plan was made.
    pub origin: Origin,
    /// Whether it has not been dropped.
    pub in_force: bool,
    /// 概要
    pub overview: Option<String>,
    /// 現状・課題
    pub current_issues: Option<String>,
    /// 主担当課
    pub lead: Slug,
    /// 関係課
    pub others: Vec<Slug>,
    /// 年度別の段階, by fiscal year.
    pub stages: Vec<YearStage>,
    /// 成果指標
    pub indicators: Vec<Indicator>,
    /// ＢＰＲ
    pub bpr: Option<Bpr>,
    /// ＥＢＰＭ
    pub ebpm: Option<Ebpm>,
    /// 変更の経過, oldest first.
    pub history: Vec<Change>,
    /// Who put it on record.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Timestamp,
}

/// How an item came into the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    /// 策定時
    #[default]
    Plan,
    /// 追加
    Added {
        /// The day it was added.
        on: Date,
    },
}

/// 段階: how far an item should be in a fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 検討
    Study,
    /// 準備
    Preparation,
    /// 実施
    Implementation,
    /// 継続
    Continuation,
    /// 完了
    Completion,
}

/// The stage planned for one fiscal year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearStage {
    /// The fiscal year.
    pub fiscal_year: FiscalYear,
    /// The stage.
    pub stage: Stage,
    /// What is to be done in it.
    pub note: Option<String>,
}

/// ＢＰＲ: the work before and after its redesign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bpr {
    /// The work before.
    pub before: String,
    /// The work after.
    pub after: String,
}

/// ＥＢＰＭ: the evidence that the item goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ebpm {
    /// A dataset of this catalog.
    pub dataset: Slug,
    /// What it shows.
    pub note: Option<String>,
}

/// One change of an item since it was put into the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The day of the decision.
    pub on: Date,
    /// What changed.
    pub what: ChangeKind,
    /// Why.
    pub reason: Option<String>,
}

/// What can happen to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChangeKind {
    /// 題名変更
    Retitled {
        /// The title before.
        from: String,
    },
    /// 番号変更
    Renumbered {
        /// The code before.
        from: InitiativeCode,
    },
    /// 廃止: it stays on record, out of force.
    Dropped,
    /// 再開: in force again.
    Resumed,
}

/// The day since which an item with this `history`, oldest first, is out of force; `None` while it is in force.
pub(crate) fn dropped_on(history: &[Change]) -> Option<Date> {
    history.iter().fold(None, |dropped, change| match change.what {
        ChangeKind::Dropped => Some(change.on),
        ChangeKind::Resumed => None,
        ChangeKind::Retitled { .. } | ChangeKind::Renumbered { .. } => dropped,
    })
}

impl Initiative {
    /// Whether it counts: a 項目 always does, an item until it is dropped.
    pub fn in_force(&self) -> bool {
        self.item.as_ref().is_none_or(|item| item.in_force)
    }
}

impl InitiativeKind {
    /// 項目, 個別
    pub fn label(self) -> &'static str {
        match self {
            InitiativeKind::Heading => "項目",
            InitiativeKind::Item => "個別",
        }
    }
}

impl Stage {
    /// The name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Study => "study",
            Stage::Preparation => "preparation",
            Stage::Implementation => "implementation",
            Stage::Continuation => "continuation",
            Stage::Completion => "completion",
        }
    }

    /// 検討, 準備, 実施, 継続, 完了
    pub fn label(self) -> &'static str {
        match self {
            Stage::Study => "検討",
            Stage::Preparation => "準備",
            Stage::Implementation => "実施",
            Stage::Continuation => "継続",
            Stage::Completion => "完了",
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn counts(history: &[ChangeKind], expected: bool) {
        let day = date(2026, 4, 1);
        let history: Vec<_> =
            history.iter().map(|what| Change { on: day, what: what.clone(), reason: None }).collect();
        assert_eq!(dropped_on(&history).is_none(), expected, "{history:?}");
    }

    #[test]
    fn an_item_counts_until_it_is_dropped_and_again_when_it_is_resumed() {
        counts(&[], true);
        counts(&[ChangeKind::Retitled { from: "【見本】旧".to_owned() }], true);
        counts(&[ChangeKind::Dropped], false);
        counts(&[ChangeKind::Dropped, ChangeKind::Renumbered { from: "A-1-1".parse().unwrap() }], false);
        counts(&[ChangeKind::Dropped, ChangeKind::Resumed], true);
    }
}
