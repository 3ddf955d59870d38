//! Made-up datasets with the words of a municipal catalog, and questions about them. A word is as frequent among many as
//! among few.

use catalog::search::{Document, DocumentKind, Facts, Shown, Tier};

const THINGS: [&str; 40] = [
    "公衆トイレ",
    "指定避難所",
    "緊急避難場所",
    "ＡＥＤ設置箇所",
    "公衆無線LAN",
    "保育所",
    "幼稚園",
    "小学校",
    "中学校",
    "図書館",
    "都市公園",
    "橋りょう",
    "市道",
    "バス停留所",
    "駐車場",
    "人口",
    "世帯数",
    "ごみ収集",
    "消防水利施設",
    "医療機関",
    "介護事業所",
    "障害福祉事業所",
    "文化財",
    "イベント",
    "観光施設",
    "水揚量",
    "農地",
    "学校給食",
    "投票所",
    "議会日程",
    "予算",
    "財政指標",
    "雨量観測",
    "河川水位",
    "浸水想定区域",
    "犯罪発生件数",
    "交通事故",
    "水質検査",
    "下水道",
    "職員数",
];
const AREAS: [&str; 25] = [
    "東部",
    "西部",
    "南部",
    "北部",
    "中央",
    "港町",
    "浜辺",
    "山手",
    "川沿い",
    "駅前",
    "本町",
    "新町",
    "大橋",
    "高台",
    "田園",
    "島部",
    "湾岸",
    "丘陵",
    "河口",
    "温泉",
    "学園",
    "市場",
    "工業",
    "住宅",
    "城下",
];
const FORMS: [&str; 8] = ["一覧", "台帳", "統計", "年次報告", "位置情報", "月別集計", "地区別", "基礎データ"];
const THEMES: [&str; 10] = [
    "disaster",
    "health",
    "welfare",
    "education",
    "tourism",
    "traffic",
    "environment",
    "industry",
    "government",
    "culture",
];
const SENTENCES: [&str; 6] = [
    "市の担当課が毎年度更新する。",
    "所在地と緯度・経度を含む。",
    "利用できる時間と連絡先を示す。",
    "住民と来訪者の安全のために公開する。",
    "数値は年度末の現在高で、概数を含む。",
    "様式は自治体標準オープンデータセットに準拠する。",
];
const COLUMNS: [&[&str]; 4] = [
    &["番号", "名称", "所在地", "緯度", "経度", "備考"],
    &["年度", "地区", "件数", "前年度比"],
    &["施設名", "住所", "電話番号", "開館時間", "休館日"],
    &["観測所", "時刻", "観測値", "単位"],
];

fn one_of<'a>(all: &[&'a str], place: usize) -> &'a str {
    all.get(place % all.len()).copied().unwrap_or_default()
}

/// The made-up dataset of that number.
pub fn document(number: usize) -> Document {
    // Primes apart, so that the words meet in every combination.
    let (thing, area) = (one_of(&THINGS, number), one_of(&AREAS, number / 40));
    let (form, other) = (one_of(&FORMS, number / 7), one_of(&THINGS, number * 17 + 3));
    let title = format!("【見本】{area}{thing}{form} 第{number}号");
    let description = format!(
        "{area}地区の{thing}。{}{}{other}と合わせて使える。",
        one_of(&SENTENCES, number / 3),
        one_of(&SENTENCES, number / 11 + 1)
    );
    let columns = COLUMNS.get(number % COLUMNS.len()).copied().unwrap_or_default();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    Document {
        kind: DocumentKind::Dataset,
        name: format!("mihon-{number}"),
        shown: Shown::ToAll,
        facts: Facts {
            title: title.clone(),
            department: Some(format!("ka-{}", number % 30)),
            theme: Some(one_of(&THEMES, number).to_owned()),
            schema: None,
            licence: Some("CC-BY-4.0".to_owned()),
            revision: Some(1),
            formats: catalog::Format::ALL.to_vec(),
        },
        texts: vec![
            (Tier::Title, vec![title]),
            (Tier::Keywords, words(&[thing, area, "見本"])),
            (Tier::Description, vec![description]),
            (Tier::About, vec![format!("見本第{}課", number % 30), format!("mihon-{number}")]),
            (Tier::Fields, words(columns)),
        ],
    }
}

/// What is asked: each thing, each area, both together, parts of words of one and two letters, phrases, words that nobody has.
pub fn questions() -> Vec<String> {
    let mut questions: Vec<String> = THINGS.iter().chain(&AREAS).map(|word| (*word).to_owned()).collect();
    for (place, thing) in THINGS.iter().enumerate() {
        questions.push(format!("{} {thing}", one_of(&AREAS, place * 3)));
        questions.push(format!("{thing} {} 第{place}号", one_of(&FORMS, place)));
    }
    for word in [
        "避難", "公園", "学校", "道路", "津波", "福祉", "水質", "橋", "川", "島", "湾", "温泉", "牡蠣",
        "雪崩",
    ] {
        questions.push(word.to_owned());
    }
    questions.push("\"所在地と緯度\" 医療".to_owned());
    questions.push("避難 -緊急".to_owned());
    questions
}
