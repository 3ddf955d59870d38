//! An assembly member asks how the plan is going: every fact of the city's memo, and nothing beyond it.

use serde_json::Value;

use crate::city::{City, Visitor};

/// Every text and number that is reachable from `GET /api/v1/plan`, a line each.
async fn everything(visitor: &Visitor) -> String {
    let mut said = String::new();
    for path in ["/api/v1/plan", "/api/v1/plan/pillars", "/api/v1/plan/pillars/A", "/api/v1/plan/pillars/B"] {
        note(&visitor.gets(path).await.is(200).json(), &mut said);
    }
    let initiatives = visitor.gets("/api/v1/plan/initiatives").await;
    for code in initiatives.is(200).each("code") {
        note(&visitor.gets(&format!("/api/v1/plan/initiatives/{code}")).await.is(200).json(), &mut said);
    }
    said
}

fn note(value: &Value, said: &mut String) {
    match value {
        Value::String(text) => said.push_str(&format!("{text}\n")),
        Value::Number(number) => said.push_str(&format!("{number}\n")),
        Value::Array(items) => items.iter().for_each(|item| note(item, said)),
        Value::Object(members) => members.values().for_each(|member| note(member, said)),
        Value::Bool(_) | Value::Null => {}
    }
}

/// The plan says each of `facts`, in these words.
async fn says(facts: &[&str]) {
    let city = City::shared().await;
    let said = everything(&city.visitor()).await;
    for fact in facts {
        assert!(said.contains(fact), "nothing says 「{fact}」");
    }
}

#[tokio::test]
async fn the_plan_says_what_it_is_for() {
    says(&[
        "石巻市ＤＸ推進計画",
        "『仕組やルールの変革にいとわず取り組み、デジタル技術やデータの徹底活用による「最適」なサービスや仕事の実現』",
        "令和７年度から令和９年度まで（３年間）",
        "国が目指すデジタル社会形成の考え方を、本市が抱える多種多様な課題解決の視点を取り入れながら、組織一丸となりＤＸを推進していくために行う具体的な取組について、目標やスケジュール、取組の方向性を示すもの。",
        "国は「デジタル社会の実現に向けた改革の基本方針」において目指すべきデジタル社会のビジョンを示し",
        "限られた人的資源を効果的に再配分し、サービスの質を高めることが求められており",
        "情報通信技術の急速な進展や社会情勢の変化、国のＤＸ推進計画の改定があり",
    ])
    .await;
}

#[tokio::test]
async fn the_plan_says_where_it_stands_in_law() {
    says(&[
        "市町村官民データ活用推進計画",
        "官民データ活用推進基本法",
        "平成２８年法律第１０３号",
        "第９条第３項",
        "デジタル社会形成基本法",
        "令和３年法律第３５号",
        "情報通信技術を活用した行政の推進等に関する法律",
        "平成１４年法律第１５１号",
        "自治体ＤＸ推進計画",
        "令和６年４月２４日",
    ])
    .await;
}

#[tokio::test]
async fn its_legal_bases_are_the_three_of_the_memo_and_its_position_is_none_of_them() {
    let city = City::shared().await;
    let plan = city.visitor().gets("/api/v1/plan").await.is(200).json();
    assert_eq!(plan["legal_bases"].as_array().unwrap().len(), 3, "{:#}", plan["legal_bases"]);
    assert!(!plan["legal_bases"].to_string().contains("官民データ活用推進基本法"));
    assert!(plan["position"].to_string().contains("官民データ活用推進基本法"));
}

#[tokio::test]
async fn the_plan_says_its_place_in_the_comprehensive_plan_and_that_the_box_is_unmarked() {
    says(&[
        "市民の声が共鳴し市民と行政が共に創るまち",
        "市民に寄り添い信頼される行財政運営の推進",
        "市民サービスの利便性の向上を図る",
        "〔有・無〕",
        "印が付いていません",
    ])
    .await;
}

#[tokio::test]
async fn the_plan_says_what_came_before_it() {
    says(&[
        "石巻市デジタル・トランスフォーメーション（ＤＸ）推進方針",
        "令和３年１２月",
        "さらに独自の取組事項（３分野２０項目）を決定して様々な取組を開始した。",
        "２年間延伸し、ＤＸ推進方針と一体化（包含）するものとして策定",
        "推進方針の一部ではありません",
    ])
    .await;
    let city = City::shared().await;
    let plan = city.visitor().gets("/api/v1/plan").await.is(200).json();
    assert_eq!(plan["predecessor"]["extended_years"], 2);
    assert_eq!(plan["predecessor"]["own_initiatives"]["items"], 20);
    assert_eq!(plan["predecessor"]["own_initiatives"]["fields"], 3);
    let crossings: Vec<_> =
        plan["crosswalk"].as_array().unwrap().iter().map(|crossing| &crossing["initiative"]).collect();
    assert_eq!(crossings, ["A-2", "A-4"]);
    says(&["行政手続のオンライン化", "マイナンバーカードの普及促進"]).await;
}

#[tokio::test]
async fn the_two_pillars_have_their_five_headings_each() {
    let city = City::shared().await;
    let initiatives = city.visitor().gets("/api/v1/plan/initiatives").await;
    assert_eq!(
        initiatives.is(200).each("code"),
        ["A-1", "A-2", "A-3", "A-4", "A-5", "B-1", "B-2", "B-3", "B-4", "B-5"]
    );
    assert_eq!(
        initiatives.each("title"),
        [
            "デジタル技術やデータを活用した市民サービスの利便性向上",
            "自治体フロントヤード改革の推進",
            "行政手続に関する押印、書面規制等の見直し",
            "マイナンバーカードの普及促進・利活用推進",
            "オープンデータの推進",
            "効率的・効果的な行財政運営実現のためのデジタル技術やデータの活用",
            "情報システムの標準化・共通化",
            "デジタル環境の充実",
            "デジタル人材の確保・育成",
            "セキュリティ対策の徹底",
        ]
    );
    says(&[
        "「市民サービスの利便性向上」実現のための取組事項",
        "「効率的・効果的な行財政運営」実現のための取組事項",
        "令和６年度末完了予定",
    ])
    .await;
}

#[tokio::test]
async fn how_many_items_are_declared_and_how_many_are_on_record_is_said_openly() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for (code, declared) in [("A", 9), ("B", 14)] {
        let pillar = visitor.gets(&format!("/api/v1/plan/pillars/{code}")).await.is(200).json();
        assert_eq!(pillar["declared_items"], declared, "{code}");
        assert_eq!(pillar["items_on_record"], 0, "{code}");
        let words = format!(
            "個別の取組事項は{declared}項目と示されていますが、題名が公開されていないため、記録は0項目です。"
        );
        assert_eq!(pillar["difference"], words, "{code}");
    }
}

#[tokio::test]
async fn no_title_of_an_individual_item_is_made_up() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for code in ["A-1-1", "B-5-1"] {
        visitor.gets(&format!("/api/v1/plan/initiatives/{code}")).await.problem(404, "no-such-initiative");
    }
    let items = visitor.gets("/api/v1/plan/initiatives?parent=A-1").await.is(200).json();
    assert_eq!(items["total"], 0);
}

#[tokio::test]
async fn a_heading_without_items_has_no_progress_and_says_none() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let initiative = visitor.gets("/api/v1/plan/initiatives/A-5").await.is(200).json();
    assert_eq!(initiative["state"]["status"], Value::Null);
    assert_eq!(initiative["state"]["items_on_record"], 0);
    assert_eq!(visitor.gets("/api/v1/plan/initiatives/A-5/progress").await.is(200).json()["total"], 0);
}

#[tokio::test]
async fn the_list_is_narrowed_down_by_pillar() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let of_b = visitor.gets("/api/v1/plan/initiatives?pillar=B").await;
    assert_eq!(of_b.is(200).each("code"), ["B-1", "B-2", "B-3", "B-4", "B-5"]);
    visitor.gets("/api/v1/plan/initiatives?pillar=Z").await.problem(400, "bad-parameter");
    visitor.gets("/api/v1/plan/initiatives?status=late").await.problem(400, "bad-parameter");
}

#[tokio::test]
async fn the_plan_says_who_drives_it_and_what_comes_of_it() {
    says(&[
        "取組事項は、石巻市ＤＸ推進本部で審議、報告等を行い、検討段階にあるものを含め全体的な進捗管理を行う。",
        "次期石巻市人材育成基本方針等に明記した上で、中・長期的な視点でＤＸを推進する人材育成を行う。",
        "業務改善報告制度を活用し、成功事例の横展開を通じた組織全体の意識改革を進め、取組を加速させていく。",
        "取組事項の実施に当たっては、ＢＰＲ及びＥＢＰＭを重要な視点として踏まえる。",
        "ＤＸ推進に関する全体像が把握できるようになり、庁内での推進体制が整いやすくなる。",
        "職員が方針や進捗を再確認し積極的に取り組む意識が高まることで、着実なＤＸの推進が図られる。",
    ])
    .await;
}

#[tokio::test]
async fn the_plan_says_which_meetings_there_were_and_keeps_the_two_dates_of_the_first() {
    says(&[
        "令和６年４月",
        "６月４日開催",
        "ＤＸ推進方針及びＤＸ推進方針に基づく本市独自の取組（３分野２０項目）に関する令和５年度末までの進捗状況について",
        "「ＤＸ推進計画」の策定予定",
        "石巻市ＤＸ推進計画の策定について",
        "令和７年１月２８日",
        "一致していません",
    ])
    .await;
    let city = City::shared().await;
    let plan = city.visitor().gets("/api/v1/plan").await.is(200).json();
    let fifth = plan["meetings"].as_array().unwrap().iter().find(|meeting| meeting["number"] == 5).unwrap();
    assert_eq!(fifth["submitted_on"], "2025-01-28");
    assert_eq!(fifth["held_on"], Value::Null, "the memo does not say when it was held");
}

#[tokio::test]
async fn the_plan_says_what_was_scheduled_as_scheduled() {
    let city = City::shared().await;
    let plan = city.visitor().gets("/api/v1/plan").await.is(200).json();
    let timeline = plan["timeline"].as_array().unwrap();
    assert_eq!(timeline.len(), 2, "{timeline:#?}");
    assert_eq!((&timeline[0]["month"], &timeline[0]["certainty"]), (&"2021-12".into(), &"done".into()));
    assert_eq!((&timeline[1]["month"], &timeline[1]["certainty"]), (&"2025-02".into(), &"scheduled".into()));
}

#[tokio::test]
async fn the_plan_compares_the_thirty_five_municipalities_and_so_does_a_dataset() {
    says(&[
        "地方公共団体における行政情報化の推進状況調査（令和５年１２月）",
        "１２市９町１村",
        "５町",
        "２市６町",
        "令和６年度以降に策定予定",
    ])
    .await;
    let city = City::shared().await;
    let path = "/api/v1/datasets/municipality-dx-policies/download.json";
    let rows = city.visitor().gets(path).await.is(200).json();
    let counts = rows.as_array().unwrap().iter().map(|row| {
        let count = &row["団体数"];
        count.as_u64().or_else(|| count.as_str()?.parse().ok()).unwrap()
    });
    assert_eq!(counts.sum::<u64>(), 35);
}

#[tokio::test]
async fn the_initiatives_are_a_dataset_of_their_own() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let rows = visitor.gets("/api/v1/datasets/initiatives/download.json").await.is(200).json();
    let text = rows.to_string();
    for title in visitor.gets("/api/v1/plan/initiatives").await.is(200).each("title") {
        assert!(text.contains(&title), "no {title} in the dataset");
    }
}

#[tokio::test]
async fn the_pages_of_the_plan_show_it_to_people() {
    let city = City::shared().await;
    let visitor = city.visitor().taking("text/html");
    let plan = visitor.gets("/plan").await;
    for words in [
        "石巻市ＤＸ推進計画",
        "市町村官民データ活用推進計画",
        "令和７年度から令和９年度まで",
        "オープンデータの推進",
        "記録は0項目です",
    ] {
        assert!(plan.is(200).text().contains(words), "/plan does not show {words}");
    }
    let initiative = visitor.gets("/plan/initiatives/A-5").await;
    assert!(initiative.is(200).text().contains("オープンデータの推進"));
}
