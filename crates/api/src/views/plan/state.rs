//! The state of an initiative as the API shows it, in figures and in a Japanese sentence.

use catalog::iri::Iris;
use serde::Serialize;
use utoipa::ToSchema;

use ::plan::{InitiativeKind, State, StatusCount};

use super::progress::ProgressReportView;

/// What follows from the progress reports: an item's own status, or the summary of a 項目's items.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InitiativeState)]
pub struct StateView {
    /// What the latest report of an item says: `not_started`, `on_track`, `behind`, `completed`,
    /// `cannot_be_judged` or `out_of_scope`; null without one, and always for a 項目.
    pub status: Option<&'static str>,
    /// 未着手, 予定どおり, 遅れている, 完了, 判断できない, 対象外
    pub status_label: Option<&'static str>,
    /// The state in a sentence.
    #[schema(example = "個別の取組事項の記録はまだありません。")]
    pub text: String,
    /// Of a 項目: how many of its items stand where. Only what occurs is listed.
    pub summary: Vec<StatusCountView>,
    /// Of a 項目: how many individual items are on record and in force; null for an item.
    #[schema(example = 0)]
    pub items_on_record: Option<u32>,
    /// Of a 項目: how many of them nobody has reported on yet; null for an item.
    #[schema(example = 0)]
    pub items_without_report: Option<u32>,
    /// How many reports there are, of a 項目 on all its items.
    #[schema(example = 0)]
    pub reports: u32,
    /// The latest of them.
    pub latest: Option<ProgressReportView>,
}

/// How many items stand at one point of the scale.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StatusCount)]
pub struct StatusCountView {
    /// The point.
    #[schema(example = "on_track")]
    pub status: &'static str,
    /// Its name in Japanese.
    #[schema(example = "予定どおり")]
    pub status_label: &'static str,
    /// The items there.
    #[schema(example = 3)]
    pub items: u32,
}

impl StateView {
    /// The state of an initiative of `kind`, with addresses under `iris`.
    pub fn new(state: &State, kind: InitiativeKind, iris: &Iris) -> StateView {
        let of_heading = |count: u32| (kind == InitiativeKind::Heading).then_some(count);
        StateView {
            status: state.status.map(|status| status.as_str()),
            status_label: state.status.map(|status| status.label()),
            text: match kind {
                InitiativeKind::Heading => of_items(state),
                InitiativeKind::Item => of_latest(state),
            },
            summary: state.summary.iter().map(StatusCountView::from).collect(),
            items_on_record: of_heading(state.items_on_record),
            items_without_report: of_heading(state.items_without_report),
            reports: state.reports,
            latest: state.latest.as_ref().map(|report| ProgressReportView::new(report, iris)),
        }
    }
}

impl From<&StatusCount> for StatusCountView {
    fn from(count: &StatusCount) -> StatusCountView {
        StatusCountView {
            status: count.status.as_str(),
            status_label: count.status.label(),
            items: count.items,
        }
    }
}

/// How the items of a 項目 stand.
fn of_items(state: &State) -> String {
    if state.items_on_record == 0 {
        return "個別の取組事項の記録はまだありません。".to_owned();
    }
    let stand = state.summary.iter().map(|count| (count.status.label(), count.items));
    let silent = ("進捗報告なし", state.items_without_report);
    let parts: Vec<String> = stand
        .chain([silent])
        .filter(|(_, items)| *items > 0)
        .map(|(label, items)| format!("「{label}」{items}項目"))
        .collect();
    format!("個別の取組事項は{}項目で、内訳は{}です。", state.items_on_record, parts.join("、"))
}

/// How an item stands.
fn of_latest(state: &State) -> String {
    match &state.latest {
        None => "進捗報告はまだありません。".to_owned(),
        Some(report) => {
            let day = report.as_of;
            let (year, month, date) = (day.year(), day.month(), day.day());
            format!("{year}年{month}月{date}日時点で「{}」と報告されています。", report.status.label())
        }
    }
}

#[cfg(test)]
mod tests {
    use ::plan::ProgressStatus::{Behind, CannotBeJudged, OnTrack};
    use ::plan::{InitiativeKind, State};

    use super::StateView;
    use crate::views::plan::tests::{iris, report};

    #[track_caller]
    fn says(state: &State, kind: InitiativeKind, expected: &str) {
        assert_eq!(StateView::new(state, kind, &iris()).text, expected);
    }

    #[test]
    fn a_heading_without_items_says_so() {
        says(&State::of_heading([]), InitiativeKind::Heading, "個別の取組事項の記録はまだありません。");
    }

    #[test]
    fn a_heading_counts_its_items_and_keeps_the_unjudged_and_the_silent_apart() {
        let items = [
            State::of_item(&[report(OnTrack)]),
            State::of_item(&[report(Behind)]),
            State::of_item(&[report(CannotBeJudged)]),
            State::of_item(&[report(OnTrack)]),
            State::of_item(&[]),
        ];
        says(
            &State::of_heading(&items),
            InitiativeKind::Heading,
            "個別の取組事項は5項目で、内訳は「予定どおり」2項目、「遅れている」1項目、「判断できない」1項目、「進捗報告なし」1項目です。",
        );
    }

    #[test]
    fn an_item_says_what_its_latest_report_says() {
        says(&State::of_item(&[]), InitiativeKind::Item, "進捗報告はまだありません。");
        says(
            &State::of_item(&[report(Behind)]),
            InitiativeKind::Item,
            "2025年9月30日時点で「遅れている」と報告されています。",
        );
    }
}
