//! That people read on the pages what the records say.

#![allow(clippy::unwrap_used)]

use catalog::{City, Slug};

use crate::views::plan::tests::{headings, iris, item, plan};

fn city() -> City {
    City {
        code: "042021".parse().unwrap(),
        name: "【見本】市".to_owned(),
        name_en: "Sample City".to_owned(),
        prefecture: "【見本】県".to_owned(),
        corporate_number: "0000000000000".to_owned(),
        catalog_title: "【見本】カタログ".to_owned(),
        catalog_title_en: "Sample Catalog".to_owned(),
        catalog_description: "【見本】".to_owned(),
        catalog_licence: catalog::Licence::CcBy4,
        department: Slug::parse("dx").unwrap(),
        bbox: None,
    }
}

/// The page of the plan, with one made-up item under A-⑤.
fn page_of_plan() -> String {
    let plan = plan();
    let mut initiatives = headings(&plan);
    initiatives.push(item());
    super::plan(&iris(), &city(), &plan, &initiatives)
}

#[track_caller]
fn reads(page: &str, expected: &[&str]) {
    for text in expected {
        assert!(page.contains(text), "{text:?} is not in\n{page}");
    }
}

#[test]
fn the_plan_is_read_in_the_citys_own_words() {
    let plan = plan();
    let (page, facts) = (page_of_plan(), &plan.facts);
    let outline = &facts.outline;
    reads(&page, &[&outline.title, &outline.policy, &outline.period.text, &outline.purpose]);
    reads(&page, &outline.background.iter().map(String::as_str).collect::<Vec<_>>());
    reads(&page, &outline.expected_effects.iter().map(String::as_str).collect::<Vec<_>>());
    reads(&page, &outline.not_stated.iter().map(String::as_str).collect::<Vec<_>>());
    reads(&page, &facts.legal_bases.iter().map(|basis| basis.text.as_str()).collect::<Vec<_>>());
    reads(&page, &facts.timeline.iter().map(|milestone| milestone.text.as_str()).collect::<Vec<_>>());
    let promotion = &facts.promotion;
    reads(&page, &[&promotion.headquarters.text, &promotion.people.text, &promotion.improvement.text]);
}

#[test]
fn the_plan_tells_declared_counts_and_records_and_how_they_differ() {
    reads(
        &page_of_plan(),
        &["9項目（資料の表記：Ａ－①～⑤…９項目）", "14項目（資料の表記：Ｂ－①～⑤…１４項目）"],
    );
    reads(&page_of_plan(), &["題名が公開されていないため、記録は0項目です。"]);
}

#[test]
fn the_plan_tells_that_dates_contradict_each_other_or_are_not_stated() {
    reads(&page_of_plan(), &["令和６年４月", "６月４日開催（2024年6月4日）", "一致していません"]);
    reads(&page_of_plan(), &["資料に記載がありません", "印：なし"]);
}

#[test]
fn the_plan_compares_the_municipalities_by_kind() {
    let counts = r#"<td class="number">12</td><td class="number">9</td><td class="number">1</td><td class="number">22</td>"#;
    reads(&page_of_plan(), &[counts, "全部で35市町村"]);
}

#[test]
fn every_heading_stands_with_its_notes_its_state_and_its_items() {
    reads(
        &page_of_plan(),
        &[
            "自治体フロントヤード改革の推進</a>※１",
            "個別の取組事項の記録はまだありません。",
            "A-⑤-1　【見本】一覧の公開</a>　遅れている　廃止",
        ],
    );
}

#[test]
fn a_heading_has_a_page_that_says_there_is_nothing_on_record_yet() {
    let heading = headings(&plan()).into_iter().nth(2).unwrap();
    reads(
        &super::initiative(&iris(), &city(), &heading),
        &[
            "<h1>A-③　行政手続に関する押印、書面規制等の見直し</h1>",
            "令和６年度末完了予定",
            "個別の取組事項の記録はまだありません。",
        ],
    );
}

#[test]
fn an_item_has_a_page_with_its_schedule_and_its_indicators() {
    reads(
        &super::initiative(&iris(), &city(), &item()),
        &[
            "<h1>A-⑤-1　【見本】一覧の公開</h1>",
            "2025年9月30日時点で「遅れている」と報告されています。",
            r#"<th scope="row">令和9年度</th><td>継続</td>"#,
            "基準値：8.25件（2025年3月31日）",
            r#"<td class="number">12.5</td>"#,
            r#"<td class="number">20</td>"#,
            "第7版</a>から　<code>【見本】行を数える</code>",
            "番号変更（変更前：A-4-9）",
        ],
    );
}

#[test]
fn what_people_wrote_cannot_become_markup() {
    let mut item = item();
    item.title = "<script>【見本】</script>".to_owned();
    let page = super::initiative(&iris(), &city(), &item);
    assert!(!page.contains("<script>"), "{page}");
}
