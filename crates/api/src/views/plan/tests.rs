//! That nothing of the plan's records is left out of what we show. The plan is the real one of `datasets/plan`;
//! the item and its reports are made up.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use ::plan::folder::PlanFolder;
use ::plan::{
    Baseline, Bpr, Change, ChangeKind, Counting, Ebpm, Evidence, FiscalYear, Indicator, IndicatorKind,
    Initiative, InitiativeKind, Item, Measurement, Origin, Pillar, Plan, ProgressReport, ProgressStatus,
    Stage, State, Target, YearStage,
};
use catalog::Slug;
use catalog::iri::{Iris, PublicUrl};
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::Value;

use super::*;

/// The addresses of a server of our own.
pub(crate) fn iris() -> Iris {
    Iris::new(PublicUrl::parse("http://127.0.0.1:8080").unwrap())
}

/// The plan that a fresh start loads, before any item is on record.
pub(crate) fn plan() -> Plan {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/plan");
    let folder = PlanFolder::read(&folder).unwrap();
    let pillars = folder.pillars.iter().map(|pillar| Pillar::on_record(pillar, &folder.facts.notes, &[]));
    Plan { pillars: pillars.collect(), facts: folder.facts }
}

/// The 項目 of `plan`, before anything is reported.
pub(crate) fn headings(plan: &Plan) -> Vec<Initiative> {
    let of = |pillar: &Pillar| {
        let (code, title) = (pillar.code, pillar.title.clone());
        let heading = move |heading: &::plan::HeadingOnRecord| Initiative {
            code: heading.code,
            kind: InitiativeKind::Heading,
            parent: None,
            pillar: code,
            pillar_title: title.clone(),
            mark: heading.mark.clone(),
            title: heading.title.clone(),
            notes: plan.facts.notes.iter().filter(|note| note.on.contains(&heading.code)).cloned().collect(),
            item: None,
            state: State::of_heading([]),
        };
        pillar.initiatives.iter().map(heading).collect::<Vec<_>>()
    };
    plan.pillars.iter().flat_map(of).collect()
}

/// A made-up report of `status` on [`item`].
pub(crate) fn report(status: ProgressStatus) -> ProgressReport {
    ProgressReport {
        number: 1,
        initiative: "A-5-1".parse().unwrap(),
        fiscal_year: year(2025),
        as_of: date(2025, 9, 30),
        status,
        text: "【見本】一覧を公開した。".to_owned(),
        issues: Some("【見本】担当者が少ない。".to_owned()),
        next: Some("【見本】様式をそろえる。".to_owned()),
        measurements: vec![Measurement {
            indicator: 1,
            fiscal_year: year(2025),
            value: 12.5,
            as_of: date(2025, 9, 29),
            note: Some("【見本】速報".to_owned()),
            evidence: Some(Evidence {
                dataset: Slug::parse("open-data-list").unwrap(),
                revision: 7,
                query: "【見本】行を数える".to_owned(),
            }),
        }],
        by: "mihon".to_owned(),
        at: "2025-10-01T00:00:00Z".parse::<Timestamp>().unwrap(),
    }
}

/// A made-up item with everything that an item can have.
pub(crate) fn item() -> Initiative {
    let reports = [report(ProgressStatus::Behind)];
    let text = |text: &str| Some(format!("【見本】{text}"));
    let slug = |slug: &str| Slug::parse(slug).unwrap();
    let indicator = Indicator {
        number: 1,
        title: "【見本】公開したデータセットの数".to_owned(),
        unit: "件".to_owned(),
        kind: IndicatorKind::Activity,
        counting: Counting::PerYear,
        baseline: Some(Baseline { value: 8.25, on: date(2025, 3, 31) }),
        targets: vec![Target { fiscal_year: year(2026), value: 20.0 }],
        measurements: Vec::new(),
    };
    let changed =
        |what| Change {
            on: date(2026, 4, 1), what, reason: Some("【見本】組織の見直し".to_owned())
        };
    Initiative {
        code: "A-5-1".parse().unwrap(),
        kind: InitiativeKind::Item,
        parent: Some("A-5".parse().unwrap()),
        pillar: "A".parse().unwrap(),
        pillar_title: "【見本】柱".to_owned(),
        mark: "A-⑤-1".to_owned(),
        title: "【見本】一覧の公開".to_owned(),
        notes: Vec::new(),
        item: Some(Item {
            origin: Origin::Added { on: date(2025, 5, 1) },
            in_force: false,
            overview: text("概要"),
            current_issues: text("現状"),
            lead: slug("dx"),
            others: vec![slug("mihon")],
            stages: vec![YearStage {
                fiscal_year: year(2027),
                stage: Stage::Continuation,
                note: text("続ける"),
            }],
            indicators: vec![indicator.measured(&reports)],
            bpr: Some(Bpr { before: "【見本】紙".to_owned(), after: "【見本】画面".to_owned() }),
            ebpm: Some(Ebpm { dataset: slug("public-toilets"), note: text("根拠") }),
            history: vec![
                changed(ChangeKind::Retitled { from: "【見本】旧題".to_owned() }),
                changed(ChangeKind::Renumbered { from: "A-4-9".parse().unwrap() }),
                changed(ChangeKind::Dropped),
            ],
            recorded_by: "operator".to_owned(),
            recorded_at: "2025-05-01T01:02:03Z".parse().unwrap(),
        }),
        state: State::of_item(&reports),
    }
}

fn year(year: i16) -> FiscalYear {
    FiscalYear::new(year).unwrap()
}

/// Every text, number and truth value in `value`; a moment in whatever zone as the same text. A count of nothing
/// is passed over: it is null where there is nothing to count.
fn leaves(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Null => {}
        Value::Number(number) if number.as_u64() == Some(0) => {}
        Value::Array(values) => values.iter().for_each(|value| leaves(value, found)),
        Value::Object(members) => members.values().for_each(|value| leaves(value, found)),
        Value::String(text) => {
            let moment = text.parse::<Timestamp>();
            found.insert(moment.map_or_else(|_| text.clone(), |moment| moment.to_string()));
        }
        number_or_bool => {
            found.insert(number_or_bool.to_string());
        }
    }
}

#[track_caller]
fn shows_all_of(view: &impl Serialize, recorded: &impl Serialize) {
    let [shown, meant] = [serde_json::to_value(view), serde_json::to_value(recorded)].map(|value| {
        let mut found = BTreeSet::new();
        leaves(&value.unwrap(), &mut found);
        found
    });
    let left_out: Vec<_> = meant.difference(&shown).collect();
    assert!(left_out.is_empty(), "left out: {left_out:#?}");
}

/// What the JSON of the plan says at `pointer` (RFC 6901).
#[track_caller]
fn says(pointer: &str, expected: impl Into<Value>) {
    let plan = serde_json::to_value(PlanView::new(&plan(), &iris())).unwrap();
    assert_eq!(plan.pointer(pointer), Some(&expected.into()), "{pointer}");
}

#[test]
fn nothing_of_the_plan_is_left_out() {
    shows_all_of(&PlanView::new(&plan(), &iris()), &plan());
}

#[test]
fn nothing_of_an_initiative_is_left_out() {
    shows_all_of(&InitiativeView::new(&item(), &iris()), &item());
    for heading in headings(&plan()) {
        shows_all_of(&InitiativeView::new(&heading, &iris()), &heading);
    }
}

#[test]
fn nothing_of_a_report_is_left_out() {
    let report = report(ProgressStatus::CannotBeJudged);
    shows_all_of(&ProgressReportView::new(&report, &iris()), &report);
}

#[test]
fn declared_counts_stand_beside_the_items_on_record() {
    for (pillar, declared) in [("0", 9), ("1", 14)] {
        says(&format!("/pillars/{pillar}/declared_items"), declared);
        says(&format!("/pillars/{pillar}/items_on_record"), 0);
    }
    says(
        "/pillars/0/difference",
        "個別の取組事項は9項目と示されていますが、題名が公開されていないため、記録は0項目です。",
    );
}

#[test]
fn a_year_is_told_as_a_number_and_in_words() {
    says("/period/first", serde_json::json!({ "year": 2025, "label": "令和7年度" }));
    says("/predecessor/period_last/year", 2025);
}

#[test]
fn what_is_contradictory_or_not_stated_is_kept_so() {
    says("/meetings/0/listed_under", "2024-04");
    says("/meetings/0/held_on", "2024-06-04");
    says("/meetings/1/held_on", Value::Null);
    says("/meetings/1/submitted_on", "2025-01-28");
    says("/comprehensive_plan/marked", Value::Null);
    says("/timeline/1/certainty", "scheduled");
}

#[test]
fn the_position_is_no_legal_basis() {
    says("/position/law", "官民データ活用推進基本法");
    says("/legal_bases/2/title", "自治体ＤＸ推進計画");
    let plan = PlanView::new(&plan(), &iris());
    assert!(plan.legal_bases.iter().all(|basis| basis.title != plan.position.law));
}

#[test]
fn old_names_stand_beside_new_ones() {
    says("/crosswalk/0/title", "自治体フロントヤード改革の推進");
    says("/crosswalk/0/predecessor_title", "行政手続のオンライン化");
    says("/pillars/0/initiatives/2/notes/0", "※２");
}

#[test]
fn every_heading_leads_to_its_page_and_to_its_json() {
    says("/pillars/0/initiatives/4/url", "http://127.0.0.1:8080/plan/initiatives/A-5");
    says("/pillars/0/initiatives/4/api_url", "http://127.0.0.1:8080/api/v1/plan/initiatives/A-5");
    says("/urls/initiatives", "http://127.0.0.1:8080/api/v1/plan/initiatives");
}

#[test]
fn a_code_comes_with_its_japanese_label() {
    let view = serde_json::to_value(InitiativeView::new(&item(), &iris())).unwrap();
    let expected = [
        ("/state/status", "behind"),
        ("/state/status_label", "遅れている"),
        ("/item/stages/0/stage_label", "継続"),
        ("/item/indicators/0/counting_label", "単年度"),
        ("/item/history/2/kind_label", "廃止"),
        ("/item/origin/kind_label", "追加"),
        ("/item/lead/url", "http://127.0.0.1:8080/departments/dx"),
        ("/progress_url", "http://127.0.0.1:8080/api/v1/plan/initiatives/A-5-1/progress"),
    ];
    for (pointer, expected) in expected {
        assert_eq!(view.pointer(pointer), Some(&Value::from(expected)), "{pointer}");
    }
}
