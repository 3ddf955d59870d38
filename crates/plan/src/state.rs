//! The state of an initiative: what follows from its progress reports. It is computed, never kept.

use serde::Serialize;

use crate::progress::{ProgressReport, ProgressStatus};

/// What follows from the reports: an item's own status, or the summary of a 項目's items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct State {
    /// What the latest report of an item says; `None` without one, and always for a 項目.
    pub status: Option<ProgressStatus>,
    /// Of a 項目: how many of its items stand where. Only what occurs is listed, in the order of the scale.
    pub summary: Vec<StatusCount>,
    /// Of a 項目: the individual items on record and in force.
    pub items_on_record: u32,
    /// Of a 項目: those among them that nobody has reported on yet.
    pub items_without_report: u32,
    /// The reports, of a 項目 those of all its items.
    pub reports: u32,
    /// The latest report, of a 項目 the latest among its items.
    pub latest: Option<ProgressReport>,
}

/// How many items stand at one point of the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StatusCount {
    /// The point.
    pub status: ProgressStatus,
    /// The items there.
    pub items: u32,
}

impl State {
    /// The state of an item. The latest report is the one that holds for the latest day; of one day, the one
    /// that arrived last (so a correction counts, and a late report about an earlier year does not).
    pub fn of_item(reports: &[ProgressReport]) -> State {
        let latest = reports.iter().max_by_key(|report| report.standing()).cloned();
        State {
            status: latest.as_ref().map(|report| report.status),
            summary: Vec::new(),
            items_on_record: 0,
            items_without_report: 0,
            reports: u32::try_from(reports.len()).unwrap_or(u32::MAX),
            latest,
        }
    }

    /// The state of a 項目: the summary of its `items` in force.
    pub fn of_heading<'a>(items: impl IntoIterator<Item = &'a State>) -> State {
        let mut summary: Vec<StatusCount> = Vec::new();
        let mut state = State::of_item(&[]);
        for item in items {
            state.items_on_record += 1;
            state.reports = state.reports.saturating_add(item.reports);
            match item.status {
                None => state.items_without_report += 1,
                Some(status) => match summary.iter_mut().find(|count| count.status == status) {
                    Some(count) => count.items += 1,
                    None => summary.push(StatusCount { status, items: 1 }),
                },
            }
            let holds_for = |state: &State| state.latest.as_ref().map(|report| (report.as_of, report.at));
            if holds_for(item) > holds_for(&state) {
                state.latest = item.latest.clone();
            }
        }
        summary.sort_by_key(|count| count.status);
        State { summary, ..state }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::{Date, date};

    use super::*;

    /// A report that arrived as the `number`th.
    fn report(number: u32, as_of: Date, status: ProgressStatus) -> ProgressReport {
        ProgressReport {
            number,
            initiative: "A-1-1".parse().unwrap(),
            fiscal_year: crate::FiscalYear::of(as_of).unwrap(),
            as_of,
            status,
            text: "【見本】".to_owned(),
            issues: None,
            next: None,
            measurements: Vec::new(),
            by: "mihon".to_owned(),
            at: Timestamp::from_second(i64::from(number)).unwrap(),
        }
    }

    #[track_caller]
    fn stands(reports: &[ProgressReport], expected: Option<ProgressStatus>) {
        assert_eq!(State::of_item(reports).status, expected);
    }

    #[test]
    fn an_item_nobody_reported_on_has_no_status() {
        stands(&[], None);
    }

    #[test]
    fn the_report_for_the_latest_day_counts_whenever_it_arrives() {
        let autumn = report(1, date(2025, 9, 30), ProgressStatus::Behind);
        let late_word_about_summer = report(2, date(2025, 6, 30), ProgressStatus::OnTrack);
        stands(&[autumn, late_word_about_summer], Some(ProgressStatus::Behind));
    }

    #[test]
    fn a_correction_of_the_same_day_counts() {
        let day = date(2025, 9, 30);
        let slip = report(1, day, ProgressStatus::Behind);
        let correction = report(2, day, ProgressStatus::CannotBeJudged);
        stands(&[correction, slip], Some(ProgressStatus::CannotBeJudged));
    }

    #[test]
    fn a_heading_without_items_says_that_there_are_none() {
        let state = State::of_heading([]);
        assert_eq!((state.status, state.items_on_record, state.summary.as_slice()), (None, 0, [].as_slice()));
    }

    #[test]
    fn a_heading_sums_up_its_items_and_keeps_unjudged_apart_from_behind() {
        let day = date(2025, 9, 30);
        let of = |status| State::of_item(&[report(1, day, status)]);
        let items = [
            of(ProgressStatus::OutOfScope),
            of(ProgressStatus::Behind),
            of(ProgressStatus::CannotBeJudged),
            of(ProgressStatus::Behind),
            State::of_item(&[]),
        ];
        let state = State::of_heading(&items);
        let summary: Vec<_> =
            state.summary.iter().map(|count| (count.status.as_str(), count.items)).collect();
        assert_eq!(summary, [("behind", 2), ("cannot_be_judged", 1), ("out_of_scope", 1)]);
        assert_eq!((state.items_on_record, state.items_without_report, state.reports), (5, 1, 4));
        assert_eq!(state.status, None);
    }
}
