//! Items are added, progress is reported, states follow; what does not fit is refused with its reason.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use jiff::civil::{Date, date};
use plan::{
    Baseline, Bpr, Change, ChangeKind, Counting, Ebpm, Evidence, FiscalYear, IndicatorKind, Initiative,
    InitiativeCode, InitiativeFilter, NewIndicator, NewItem, NewMeasurement, NewReport, PlanError, Plans,
    ProgressStatus, Stage, Target, YearStage,
};
use support::{datasets, the_city, the_city_in};

fn code(text: &str) -> InitiativeCode {
    text.parse().unwrap()
}

fn year(year: i16) -> FiscalYear {
    FiscalYear::new(year).unwrap()
}

fn item(text: &str) -> NewItem {
    NewItem::titled(code(text), &format!("【見本】取組 {text}"), "mihon".parse().unwrap())
}

/// An item with everything that one can have.
fn full_item(text: &str) -> NewItem {
    let stage = |year, stage| YearStage { fiscal_year: year, stage, note: None };
    NewItem {
        overview: Some("【見本】概要".to_owned()),
        current_issues: Some("【見本】課題".to_owned()),
        others: vec!["dx".parse().unwrap()],
        stages: vec![stage(year(2025), Stage::Study), stage(year(2027), Stage::Implementation)],
        indicators: vec![NewIndicator {
            title: "【見本】件数".to_owned(),
            unit: "件".to_owned(),
            kind: IndicatorKind::Outcome,
            counting: Counting::Cumulative,
            baseline: Some(Baseline { value: 1.5, on: date(2025, 3, 31) }),
            targets: vec![
                Target { fiscal_year: year(2026), value: 20.0 },
                Target { fiscal_year: year(2025), value: 10.0 },
            ],
        }],
        bpr: Some(Bpr { before: "【見本】紙".to_owned(), after: "【見本】電子".to_owned() }),
        ebpm: Some(Ebpm { dataset: "initiatives".parse().unwrap(), note: None }),
        ..item(text)
    }
}

fn says(as_of: Date, status: ProgressStatus) -> NewReport {
    NewReport {
        fiscal_year: FiscalYear::of(as_of).unwrap(),
        as_of,
        status,
        text: "【見本】報告".to_owned(),
        issues: None,
        next: None,
        measurements: Vec::new(),
    }
}

fn measures(as_of: Date, value: f64) -> NewReport {
    let evidence = Evidence {
        dataset: "initiatives".parse().unwrap(),
        revision: 3,
        query: "/api/v1/datasets/initiatives/records?状態=完了".to_owned(),
    };
    let measurement = NewMeasurement { indicator: 1, value, note: None, evidence: Some(evidence) };
    NewReport { measurements: vec![measurement], ..says(as_of, ProgressStatus::OnTrack) }
}

async fn find(plans: &Plans, text: &str) -> Initiative {
    plan::initiative(plans, &code(text)).await.unwrap()
}

async fn listed(plans: &Plans, filter: InitiativeFilter) -> Vec<String> {
    let found = plan::initiatives(plans, &filter).await.unwrap();
    found.into_iter().map(|initiative| initiative.code.to_string()).collect()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, PlanError>, expected: &str) {
    assert_eq!(answer.unwrap_err().to_string(), expected);
}

#[tokio::test]
async fn an_item_comes_back_as_it_was_handed_in() {
    let plans = the_city().await;
    let added = plan::add_item(&plans, "operator", full_item("A-1-1")).await.unwrap();
    assert_eq!((added.mark.as_str(), added.parent), ("A-①-1", Some(code("A-1"))));
    assert_eq!(added, find(&plans, "A-1-1").await);

    let kept = added.item.unwrap();
    let asked = full_item("A-1-1");
    assert_eq!((kept.stages, kept.bpr, kept.ebpm), (asked.stages, asked.bpr, asked.ebpm));
    assert_eq!(
        (kept.overview, kept.others, kept.recorded_by),
        (asked.overview, asked.others, "operator".to_owned())
    );
    let indicator = &kept.indicators[0];
    assert_eq!((indicator.number, indicator.baseline), (1, asked.indicators[0].baseline));
    assert_eq!((indicator.target(year(2025)), indicator.target(year(2027))), (Some(10.0), None));
}

#[tokio::test]
async fn the_pillar_counts_what_is_on_record() {
    let plans = the_city().await;
    plan::add_item(&plans, "operator", item("A-1-1")).await.unwrap();
    plan::add_item(&plans, "operator", item("A-5-1")).await.unwrap();
    let pillars = plan::plan(&plans).await.unwrap().pillars;
    assert_eq!((pillars[0].items_on_record, pillars[1].items_on_record), (2, 0));
    assert_eq!(pillars[0].initiatives[4].items_on_record, 1);
    assert!(pillars[0].difference.ends_with("記録は2項目です。"));
}

#[tokio::test]
async fn an_item_stands_under_a_heading_of_the_plan_at_its_next_number() {
    let plans = the_city().await;
    let add = |item| plan::add_item(&plans, "operator", item);
    refused(add(item("C-1-1")).await, "`C-1-1` cannot be added: the plan has no `C-1`");
    refused(add(item("A-1-2")).await, "`A-1-2` would leave a gap: the next item here is `A-1-1`");
    refused(
        add(item("A-1")).await,
        "`A-1` is the code of a 項目: an individual item has a number under it, such as A-1-1",
    );
    add(item("A-1-1")).await.unwrap();
    refused(add(item("A-1-1")).await, "there is an initiative `A-1-1` already");
    add(item("A-1-2")).await.unwrap();
}

#[tokio::test]
async fn a_refused_item_leaves_nothing_behind() {
    let plans = the_city().await;
    let before = plan::change(&plans).await.unwrap();
    let unfit = NewItem { title: " ".to_owned(), ..full_item("A-1-1") };
    refused(plan::add_item(&plans, "operator", unfit).await, "`title` is blank: say something");
    assert_eq!(plan::change(&plans).await.unwrap(), before);
    refused(plan::initiative(&plans, &code("A-1-1")).await, "there is no initiative `A-1-1`");
}

#[tokio::test]
async fn every_write_moves_the_change_counter_and_no_read_does() {
    let plans = the_city().await;
    let loaded = plan::change(&plans).await.unwrap();
    plan::add_item(&plans, "operator", item("A-1-1")).await.unwrap();
    let added = plan::change(&plans).await.unwrap();
    plan::plan(&plans).await.unwrap();
    assert_eq!(plan::change(&plans).await.unwrap(), added);
    let report = says(date(2025, 6, 30), ProgressStatus::OnTrack);
    plan::report(&plans, "見本", &code("A-1-1"), report).await.unwrap();
    assert!(loaded < added && added < plan::change(&plans).await.unwrap());
}

#[tokio::test]
async fn reports_are_kept_in_the_order_of_arrival_and_the_state_follows() {
    let plans = the_city().await;
    let item_code = code("A-1-1");
    plan::add_item(&plans, "operator", item("A-1-1")).await.unwrap();
    assert_eq!(find(&plans, "A-1-1").await.state.status, None);

    let autumn = says(date(2025, 9, 30), ProgressStatus::CannotBeJudged);
    let late_word = says(date(2025, 6, 30), ProgressStatus::Behind);
    let first = plan::report(&plans, "見本", &item_code, autumn).await.unwrap();
    let second = plan::report(&plans, "見本", &item_code, late_word).await.unwrap();
    assert_eq!(plan::reports(&plans, &item_code).await.unwrap(), [first.clone(), second]);

    let state = find(&plans, "A-1-1").await.state;
    assert_eq!((state.status, state.reports), (Some(ProgressStatus::CannotBeJudged), 2));
    assert_eq!(state.latest, Some(first));
}

#[tokio::test]
async fn a_heading_is_the_summary_of_its_items_in_force() {
    let plans = the_city().await;
    let dropped = Change { on: date(2025, 10, 1), what: ChangeKind::Dropped, reason: None };
    for new in [item("A-1-1"), item("A-1-2"), NewItem { history: vec![dropped], ..item("A-1-3") }] {
        plan::add_item(&plans, "operator", new).await.unwrap();
    }
    let behind = says(date(2025, 9, 30), ProgressStatus::Behind);
    plan::report(&plans, "見本", &code("A-1-1"), behind).await.unwrap();

    let heading = find(&plans, "A-1").await.state;
    assert_eq!(heading.status, None);
    assert_eq!((heading.items_on_record, heading.items_without_report, heading.reports), (2, 1, 1));
    assert_eq!((heading.summary[0].status, heading.summary[0].items), (ProgressStatus::Behind, 1));
    let late = says(date(2025, 10, 31), ProgressStatus::OnTrack);
    refused(
        plan::report(&plans, "見本", &code("A-1-3"), late).await,
        "`A-1-3` was dropped on 2025-10-01: nothing is reported on it any more",
    );
}

#[tokio::test]
async fn progress_is_not_reported_on_a_heading() {
    let plans = the_city().await;
    let report = || says(date(2025, 6, 30), ProgressStatus::OnTrack);
    refused(
        plan::report(&plans, "見本", &code("A-1"), report()).await,
        "`A-1` is a 項目: progress is reported on the individual items under it, and its state is their summary",
    );
    refused(plan::report(&plans, "見本", &code("C-1"), report()).await, "there is no initiative `C-1`");
    refused(plan::report(&plans, "見本", &code("A-1-1"), report()).await, "there is no initiative `A-1-1`");
}

#[tokio::test]
async fn a_report_that_does_not_fit_is_refused_with_its_place() {
    let plans = the_city().await;
    plan::add_item(&plans, "operator", full_item("A-1-1")).await.unwrap();
    let item_code = code("A-1-1");
    let hand_in = |report| plan::report(&plans, "見本", &item_code, report);
    let good = || measures(date(2025, 6, 30), 4.0);

    refused(
        hand_in(says(date(2025, 3, 31), ProgressStatus::OnTrack)).await,
        "`fiscal_year` names fiscal year 2024, but the plan goes from 2025 to 2027",
    );
    refused(
        hand_in(NewReport { fiscal_year: year(2026), ..good() }).await,
        "`as_of` is 2025-06-30, outside fiscal year 2026: choose a day from 2026-04-01 to 2027-03-31",
    );
    refused(hand_in(NewReport { text: String::new(), ..good() }).await, "`text` is blank: say something");
    let mut stray = good();
    stray.measurements[0].indicator = 2;
    refused(
        hand_in(stray).await,
        "`measurements[0].indicator` names indicator 2, which the item does not have",
    );
    let mut endless = good();
    endless.measurements[0].value = f64::INFINITY;
    refused(hand_in(endless).await, "`measurements[0].value` is not a finite number");
    let mut doubled = good();
    doubled.measurements.push(doubled.measurements[0].clone());
    refused(hand_in(doubled).await, "`measurements` has indicator 1 twice: once is enough");
    assert_eq!(plan::reports(&plans, &item_code).await.unwrap(), []);
}

#[tokio::test]
async fn a_number_is_shown_with_the_dataset_revision_and_query_that_prove_it() {
    let plans = the_city().await;
    plan::add_item(&plans, "operator", full_item("A-1-1")).await.unwrap();
    for (day, value) in [(date(2026, 3, 31), 12.5), (date(2025, 9, 30), 4.0), (date(2026, 3, 31), 13.0)] {
        plan::report(&plans, "見本", &code("A-1-1"), measures(day, value)).await.unwrap();
    }
    let measured = find(&plans, "A-1-1").await.item.unwrap().indicators[0].measurements.clone();
    let told: Vec<_> = measured.iter().map(|m| (m.fiscal_year.year(), m.value, m.as_of)).collect();
    assert_eq!(told, [(2025, 13.0, date(2026, 3, 31))], "the correction of the latest day counts");
    let evidence = measured[0].evidence.as_ref().unwrap();
    assert_eq!((evidence.dataset.as_str(), evidence.revision), ("initiatives", 3));
}

#[tokio::test]
async fn the_list_is_asked_by_pillar_parent_status_and_department() {
    let plans = the_city().await;
    plan::add_item(&plans, "operator", item("A-1-1")).await.unwrap();
    plan::add_item(&plans, "operator", full_item("A-1-2")).await.unwrap();
    let behind = says(date(2025, 9, 30), ProgressStatus::Behind);
    plan::report(&plans, "見本", &code("A-1-2"), behind).await.unwrap();

    let any = InitiativeFilter::default;
    assert_eq!(
        listed(&plans, any()).await,
        ["A-1", "A-1-1", "A-1-2", "A-2", "A-3", "A-4", "A-5", "B-1", "B-2", "B-3", "B-4", "B-5"]
    );
    let of_b = InitiativeFilter { pillar: Some("B".parse().unwrap()), ..any() };
    assert_eq!(listed(&plans, of_b).await, ["B-1", "B-2", "B-3", "B-4", "B-5"]);
    let under = InitiativeFilter { parent: Some(code("A-1")), ..any() };
    assert_eq!(listed(&plans, under).await, ["A-1-1", "A-1-2"]);
    let late = InitiativeFilter { status: Some(ProgressStatus::Behind), ..any() };
    assert_eq!(listed(&plans, late).await, ["A-1-2"]);
    let with_dx = InitiativeFilter { department: Some("dx".parse().unwrap()), ..any() };
    assert_eq!(listed(&plans, with_dx).await, ["A-1-2"]);
}

#[tokio::test]
async fn reports_from_several_servers_at_once_each_get_their_number() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("plan.sqlite").display());
    let one = the_city_in(&url).await;
    plan::add_item(&one, "operator", item("A-1-1")).await.unwrap();
    let other = Plans::open(&sea_orm::Database::connect(&url).await.unwrap()).await.unwrap();

    let item_code = code("A-1-1");
    let report = || says(date(2025, 6, 30), ProgressStatus::OnTrack);
    let hand_in = |plans| plan::report(plans, "見本", &item_code, report());
    let answers = tokio::join!(hand_in(&one), hand_in(&other), hand_in(&one), hand_in(&other));
    let mut numbers = [answers.0, answers.1, answers.2, answers.3].map(|answer| answer.unwrap().number);
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4]);
}

#[tokio::test]
async fn a_second_plan_is_not_loaded_over_the_first() {
    let plans = the_city().await;
    let before = plan::change(&plans).await.unwrap();
    let again = plan::load(&plans, &datasets().join("plan")).await;
    refused(again, "there is a plan in this database already: nothing was changed");
    assert_eq!(plan::change(&plans).await.unwrap(), before);
}

#[tokio::test]
async fn the_list_of_initiatives_is_a_table() {
    let plans = the_city().await;
    let table = plan::initiatives_csv;
    let shipped = table(&plan::initiatives(&plans, &InitiativeFilter::default()).await.unwrap());
    assert_eq!(shipped.split_terminator("\r\n").count(), 11);
    assert!(shipped.contains("\r\nA-3,項目,A,「市民サービスの利便性向上」実現のための取組事項,,③,行政手続に関する押印、書面規制等の見直し,※２ 令和６年度末完了予定,,,,,0,現行\r\n"));

    plan::add_item(&plans, "operator", full_item("A-1-1")).await.unwrap();
    plan::report(&plans, "見本", &code("A-1-1"), says(date(2025, 6, 30), ProgressStatus::OutOfScope))
        .await
        .unwrap();
    let with_item = table(&plan::initiatives(&plans, &InitiativeFilter::default()).await.unwrap());
    let mut lines = with_item.split_terminator("\r\n");
    assert!(
        lines
            .next()
            .unwrap()
            .ends_with("登録済みの個別取組事項数,現行・廃止の別,令和7年度の段階,令和9年度の段階")
    );
    assert_eq!(
        lines.nth(1).unwrap(),
        "A-1-1,個別,A,「市民サービスの利便性向上」実現のための取組事項,A-1,A-①-1,【見本】取組 A-1-1,,mihon,dx,対象外,2025-06-30,,現行,検討,実施"
    );
}
