//! Every fact of the city's paper is in the plan that we ship, in the city's own words, and nothing else is.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use jiff::civil::date;
use plan::{Certainty, Handling, InitiativeFilter, Plan};
use support::{datasets, the_city};

async fn the_plan() -> Plan {
    plan::plan(&the_city().await).await.unwrap()
}

#[tokio::test]
async fn the_plan_has_its_title_policy_and_period() {
    let outline = the_plan().await.facts.outline;
    assert_eq!(outline.title, "石巻市ＤＸ推進計画");
    assert_eq!(
        outline.policy,
        "『仕組やルールの変革にいとわず取り組み、デジタル技術やデータの徹底活用による「最適」なサービスや仕事の実現』"
    );
    let period = outline.period;
    assert_eq!((period.first.label(), period.last.label()), ("令和7年度".to_owned(), "令和9年度".to_owned()));
    assert_eq!((period.years, period.text.as_str()), (3, "令和７年度から令和９年度まで（３年間）"));
    assert!(period.note.contains("２年間延伸"));
}

#[tokio::test]
async fn purpose_and_background_are_there_in_full() {
    let outline = the_plan().await.facts.outline;
    assert!(outline.purpose.starts_with("国が目指すデジタル社会形成の考え方を、"));
    assert!(outline.purpose.ends_with("目標やスケジュール、取組の方向性を示すもの。"));
    let begins = ["国は「デジタル社会の実現に", "本市は、令和３年１２月に、", "ＤＸ推進方針を策定後、"];
    let ends = ["が期待されている。", "取組を開始した。", "策定することとした。"];
    assert_eq!(outline.background.len(), 3);
    for (paragraph, (begin, end)) in outline.background.iter().zip(begins.into_iter().zip(ends)) {
        assert!(paragraph.starts_with(begin) && paragraph.ends_with(end), "{paragraph}");
    }
}

#[tokio::test]
async fn the_position_stands_apart_from_the_three_legal_bases() {
    let facts = the_plan().await.facts;
    assert_eq!(facts.position.stands_as, "市町村官民データ活用推進計画");
    assert_eq!(facts.position.law, "官民データ活用推進基本法");
    assert_eq!(facts.position.law_number, "平成２８年法律第１０３号");
    assert_eq!(facts.position.article, "第９条第３項");
    let bases: Vec<_> = facts.legal_bases.iter().map(|basis| basis.text.as_str()).collect();
    assert_eq!(
        bases,
        [
            "デジタル社会形成基本法（令和３年法律第３５号）",
            "情報通信技術を活用した行政の推進等に関する法律（平成１４年法律第１５１号）",
            "自治体ＤＸ推進計画【第 3.0 版】（令和６年４月２４日）",
        ]
    );
    assert!(facts.legal_bases.iter().all(|basis| basis.title != facts.position.law));
}

#[tokio::test]
async fn the_box_of_the_comprehensive_plan_is_left_unmarked() {
    let place = the_plan().await.facts.comprehensive_plan;
    let headings = [place.chapter, place.section, place.item].map(|p| format!("{} {}", p.number, p.title));
    assert_eq!(
        headings,
        [
            "第６章 市民の声が共鳴し市民と行政が共に創るまち",
            "第１節 市民に寄り添い信頼される行財政運営の推進",
            "４ 市民サービスの利便性の向上を図る",
        ]
    );
    assert_eq!(place.marked, None);
    assert!(place.box_text.contains("〔有・無〕") && place.remark.contains("どちらにも印が付いていません"));
}

#[tokio::test]
async fn the_predecessor_is_absorbed_and_the_citys_own_items_stand_beside_it() {
    let before = the_plan().await.facts.predecessor;
    assert_eq!(before.title, "石巻市デジタル・トランスフォーメーション（ＤＸ）推進方針");
    assert_eq!((before.made.to_string(), before.period_last.label()), ("2021-12".into(), "令和7年度".into()));
    assert_eq!(before.extended_years, 2);
    assert!(before.absorbed_text.contains("一体化（包含）"));
    let own = before.own_initiatives;
    assert_eq!((own.fields, own.items, own.part_of_predecessor), (3, 20, false));
    assert!(own.text.starts_with("さらに独自の取組事項（３分野２０項目）"));
}

#[tokio::test]
async fn the_pillars_have_five_headings_each() {
    let pillars = the_plan().await.pillars;
    let titles: Vec<_> =
        pillars.iter().map(|pillar| (pillar.code.to_string(), pillar.title.as_str())).collect();
    assert_eq!(
        titles,
        [
            ("A".to_owned(), "「市民サービスの利便性向上」実現のための取組事項"),
            ("B".to_owned(), "「効率的・効果的な行財政運営」実現のための取組事項"),
        ]
    );
    let headings: Vec<String> = pillars
        .iter()
        .flat_map(|pillar| &pillar.initiatives)
        .map(|h| format!("{} {}{}{}", h.code, h.mark, h.title, h.notes.concat()))
        .collect();
    assert_eq!(
        headings,
        [
            "A-1 ①デジタル技術やデータを活用した市民サービスの利便性向上",
            "A-2 ②自治体フロントヤード改革の推進※１",
            "A-3 ③行政手続に関する押印、書面規制等の見直し※２",
            "A-4 ④マイナンバーカードの普及促進・利活用推進※１",
            "A-5 ⑤オープンデータの推進",
            "B-1 ①効率的・効果的な行財政運営実現のためのデジタル技術やデータの活用",
            "B-2 ②情報システムの標準化・共通化",
            "B-3 ③デジタル環境の充実",
            "B-4 ④デジタル人材の確保・育成",
            "B-5 ⑤セキュリティ対策の徹底",
        ]
    );
}

#[tokio::test]
async fn nine_and_fourteen_items_are_declared_and_none_is_on_record() {
    let plans = the_city().await;
    let pillars = plan::plan(&plans).await.unwrap().pillars;
    let told: Vec<_> =
        pillars.iter().map(|p| (p.declared_items, p.items_on_record, p.difference.as_str())).collect();
    assert_eq!(
        told,
        [
            (9, 0, "個別の取組事項は9項目と示されていますが、題名が公開されていないため、記録は0項目です。"),
            (
                14,
                0,
                "個別の取組事項は14項目と示されていますが、題名が公開されていないため、記録は0項目です。"
            ),
        ]
    );
    let all = plan::initiatives(&plans, &InitiativeFilter::default()).await.unwrap();
    assert_eq!(all.len(), 10);
    assert!(all.iter().all(|heading| heading.item.is_none() && heading.state.items_on_record == 0));
}

#[tokio::test]
async fn two_headings_had_another_name_and_one_is_done_before_the_plan_begins() {
    let facts = the_plan().await.facts;
    let crosswalk: Vec<_> = facts
        .crosswalk
        .iter()
        .map(|c| format!("{} {}{} {}", c.initiative, c.predecessor_mark, c.predecessor_title, c.note))
        .collect();
    assert_eq!(crosswalk, ["A-2 ②行政手続のオンライン化 ※１", "A-4 ④マイナンバーカードの普及促進 ※１"]);
    let due = &facts.notes[1];
    assert_eq!((due.mark.as_str(), due.text.as_str()), ("※２", "令和６年度末完了予定"));
    assert!(due.remark.as_ref().unwrap().contains("計画期間（令和７年度から）が始まる前"));
}

#[tokio::test]
async fn promotion_names_its_headquarters_people_improvements_and_viewpoints() {
    let promotion = the_plan().await.facts.promotion;
    assert_eq!(promotion.headquarters.title, "石巻市ＤＸ推進本部");
    for words in ["審議、報告等", "検討段階にあるものを含め", "進捗管理"] {
        assert!(promotion.headquarters.text.contains(words), "{words}");
    }
    assert_eq!(promotion.people.names, ["次期石巻市人材育成基本方針等"]);
    assert!(promotion.people.text.contains("中・長期的な視点"));
    assert_eq!(promotion.improvement.names, ["業務改善報告制度"]);
    assert!(promotion.improvement.text.contains("成功事例の横展開を通じた組織全体の意識改革"));
    assert_eq!(promotion.viewpoints.names, ["ＢＰＲ", "ＥＢＰＭ"]);
}

#[tokio::test]
async fn the_expected_effects_are_told() {
    let effects = the_plan().await.facts.outline.expected_effects;
    assert_eq!(
        effects,
        [
            "ＤＸ推進に関する全体像が把握できるようになり、庁内での推進体制が整いやすくなる。",
            "職員が方針や進捗を再確認し積極的に取り組む意識が高まることで、着実なＤＸの推進が図られる。",
        ]
    );
}

#[tokio::test]
async fn the_first_meeting_keeps_both_of_its_dates() {
    let first = the_plan().await.facts.meetings[0].clone();
    assert_eq!((first.fiscal_year.label(), first.number), ("令和6年度".to_owned(), 1));
    assert_eq!(first.listed_under.unwrap().to_string(), "2024-04");
    assert_eq!(first.held_on, Some(date(2024, 6, 4)));
    assert!(first.remark.unwrap().contains("一致していません"));
    assert!(first.matters.iter().all(|matter| matter.handling == Handling::Reported));
    assert!(first.matters[0].text.contains("（３分野２０項目）に関する令和５年度末までの進捗状況"));
    assert_eq!(first.matters[1].text, "「ＤＸ推進計画」の策定予定");
}

#[tokio::test]
async fn of_the_fifth_meeting_only_the_day_of_submission_is_known() {
    let fifth = the_plan().await.facts.meetings[1].clone();
    assert_eq!((fifth.number, fifth.held_on, fifth.submitted_on), (5, None, Some(date(2025, 1, 28))));
    assert_eq!(fifth.matters[0].handling, Handling::Deliberated);
    assert_eq!(fifth.reviews, []);
}

#[tokio::test]
async fn the_plans_making_is_scheduled_not_done() {
    let timeline = the_plan().await.facts.timeline;
    let told: Vec<_> = timeline.iter().map(|m| (m.month.to_string(), m.certainty)).collect();
    assert_eq!(told, [("2021-12".to_owned(), Certainty::Done), ("2025-02".to_owned(), Certainty::Scheduled)]);
    assert_eq!(timeline[1].text, "石巻市ＤＸ推進計画策定");
}

#[tokio::test]
async fn the_comparison_counts_35_municipalities() {
    let comparison = the_plan().await.facts.comparison;
    let rows: Vec<_> = comparison.rows.iter().map(|row| (row.status.as_str(), row.text.as_str())).collect();
    assert_eq!(
        rows,
        [("策定済み", "１２市９町１村"), ("令和６年度以降に策定予定", "５町"), ("未定", "２市６町")]
    );
    assert_eq!((comparison.municipalities, comparison.total()), (35, 35));
    assert!(comparison.source.contains("行政情報化の推進状況調査（令和５年１２月）"));
}

#[tokio::test]
async fn the_dataset_of_the_comparison_holds_the_same_counts() {
    let comparison = the_plan().await.facts.comparison;
    let file = datasets().join(comparison.dataset.as_str()).join("data.csv");
    let expected = comparison.rows.iter().flat_map(|row| {
        [("市", row.cities), ("町", row.towns), ("村", row.villages)]
            .map(|(kind, count)| format!("{},{kind},{count}", row.status))
    });
    let text = std::fs::read_to_string(file).unwrap();
    assert_eq!(text.split_terminator("\r\n").skip(1).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

#[tokio::test]
async fn the_whole_plan_is_one_flat_object_in_the_api() {
    let json = serde_json::to_value(the_plan().await).unwrap();
    assert_eq!(json["title"], "石巻市ＤＸ推進計画");
    assert_eq!(json["period"]["last"], 2027);
    assert_eq!(json["pillars"][1]["declared_items"], 14);
    assert_eq!(json["comprehensive_plan"]["marked"], serde_json::Value::Null);
    assert_eq!(json["meetings"][0]["matters"][0]["handling"], "reported");
}
