//! Questions about rows that do not read: refused with the place and the names there are; whatever is sent, nothing of the
//! inside comes out.

use serde_json::{Value, json};

use crate::city::City;

const TOILETS: &str = "/api/v1/datasets/sample-public-toilets/records";

#[tokio::test]
async fn a_filter_that_does_not_read_is_shown_with_its_place() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let refused = visitor.asks_with(TOILETS, &[("filter", "名称 == 'x'")]).await;
    let problem = refused.problem(400, "bad-filter").json();
    assert_eq!((&problem["position"], &problem["extract"]), (&json!(5), &json!("名称 =▶=◀ 'x'")));
    assert_eq!(problem["parameter"], "filter");
    let english = visitor.clone().reading_english().asks_with(TOILETS, &[("filter", "名称 == 'x'")]).await;
    let detail = english.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("letter 5"), "{detail}");
    let tree =
        json!({"op": "and", "args": [true, {"op": "=", "args": [{"property": "名称"}, 5]}]}).to_string();
    let refused = visitor.asks_with(TOILETS, &[("filter", &tree), ("filter-lang", "cql2-json")]).await;
    assert_eq!(refused.problem(400, "bad-filter").json()["path"], "args[1].args[1]");
}

#[tokio::test]
async fn a_name_that_is_no_field_is_answered_with_those_there_are() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for (name, value) in [
        ("名称＿カナ", "x"),
        ("field.名称＿カナ", "x"),
        ("select", "ID,名称＿カナ"),
        ("sort", "-名称＿カナ"),
        ("group_by", "名称＿カナ"),
        ("aggregate", "max(名称＿カナ)"),
        ("filter", "名称＿カナ is null"),
    ] {
        let problem = visitor.asks_with(TOILETS, &[(name, value)]).await.problem(400, "unknown-field").json();
        assert_eq!(problem["near"][0], "名称_カナ", "{name}={value}: {problem}");
        let fields = problem["fields"].as_array().unwrap();
        assert!(fields.contains(&json!("ID")) && fields.len() == 39, "{problem}");
    }
    let misspelt = visitor.gets(&format!("{TOILETS}?limt=5")).await.problem(400, "unknown-field").json();
    assert!(misspelt["parameters"].as_array().unwrap().contains(&json!("limit")), "{misspelt}");
}

#[tokio::test]
async fn what_a_parameter_cannot_be_is_refused() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for (name, value, code) in [
        ("男性トイレ総数", "三", "bad-filter"),
        ("緯度", "38.4x", "bad-filter"),
        ("利用開始時間", "9時", "bad-filter"),
        ("filter", "男性トイレ総数 = '三'", "bad-filter"),
        ("filter", "名称 > 5", "bad-filter"),
        ("filter", "男性トイレ総数 like '3%'", "bad-filter"),
        ("filter-lang", "sql", "bad-parameter"),
        ("bbox", "1,2,3", "bad-parameter"),
        ("bbox", "a,b,c,d", "bad-parameter"),
        ("bbox", "38.4,141.2,38.5,141.4", "bad-filter"),
        ("bbox", "141.4,38.5,141.2,38.4", "bad-filter"),
        ("bbox", "NaN,1,2,3", "bad-parameter"),
        ("near", "141.3", "bad-parameter"),
        ("near", "38.4,141.3", "bad-filter"),
        ("radius", "500", "bad-parameter"),
        ("limit", "0", "bad-parameter"),
        ("limit", "10001", "bad-parameter"),
        ("cursor", "x", "bad-parameter"),
        ("cursor", "0000000000000000ffffffffffffffff", "bad-parameter"),
        ("count", "yes", "bad-parameter"),
        ("select", ",", "bad-filter"),
        ("sort", "\"ID", "bad-filter"),
        ("aggregate", "median(緯度)", "bad-filter"),
        ("aggregate", "sum(名称)", "bad-filter"),
        ("as_of", "yesterday", "bad-parameter"),
    ] {
        let refused = visitor.asks_with(TOILETS, &[(name, value)]).await;
        assert_eq!(refused.is(400).json()["code"], code, "{name}={value}");
        refused.problem(400, code);
    }
    for pairs in [
        [("near", "141.3,38.4"), ("radius", "-1")],
        [("near", "141.3,38.4"), ("radius", "1e99")],
        [("group_by", "ID"), ("select", "ID")],
        [("group_by", "ID"), ("cursor", "00000000000000000000000000000000")],
        [("limit", "1"), ("limit", "2")],
    ] {
        visitor.asks_with(TOILETS, &pairs).await.problem(400, "bad-parameter");
    }
    let deep = format!("{}TRUE{}", "(".repeat(17), ")".repeat(17));
    visitor.asks_with(TOILETS, &[("filter", &deep)]).await.problem(400, "bad-filter");
    visitor.asks_with(TOILETS, &[("filter", &"x".repeat(20_001))]).await.problem(400, "bad-filter");
    for ending in ["geojson", "parquet", "xlsx"] {
        visitor.gets(&format!("{TOILETS}.{ending}?aggregate=count")).await.problem(404, "no-such-format");
    }
}

/// What has broken other catalogs, and what could break this one.
const ATTEMPTS: [&str; 44] = [
    "'",
    "\"",
    "''",
    "\\",
    "\\'",
    ";",
    "--",
    "/*",
    "' OR '1'='1",
    "\" OR \"1\"=\"1",
    "1 OR 1=1",
    "名称 = '' OR 1=1 --",
    "名称'; DROP TABLE catalog_dataset; --",
    "名称 = 'x' UNION SELECT sql FROM sqlite_master",
    "1; SELECT pg_sleep(10)",
    "' || (SELECT token FROM catalog_token) || '",
    "(SELECT 1)",
    "n",
    "c1",
    "rows_1",
    "folded",
    "rowid",
    "ctid",
    "count(*)",
    "sum(c1)",
    "count(ID) FROM catalog_dataset",
    "ID COLLATE nocase",
    "ID desc nulls first",
    "-ID;--",
    "名称 LIKE '%' ESCAPE 'x'",
    "名称 LIKE '%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%a'",
    "名称 GLOB '*'",
    "名称 MATCH 'x'",
    "%",
    "_",
    "\u{0}",
    "名\u{0}称",
    "\u{202e}",
    "𠮷𠮷𠮷",
    "<script>alert(1)</script>",
    "{\"op\":\"=\",\"args\":[{\"property\":\"名称' OR 1=1\"},\"x\"]}",
    "{\"op\":\"drop\",\"args\":[]}",
    "../../../etc/passwd",
    "9223372036854775808",
];

/// What stands in no answer: words of the database and of the program.
const INSIDE: [&str; 14] = [
    "sqlite",
    "SQLITE",
    "postgres",
    "sqlx",
    "sea_orm",
    "syntax error",
    "near \"",
    "no such column",
    "no such table",
    "rows_",
    "catalog_",
    "panicked",
    "src/",
    "SELECT \"",
];

#[tokio::test]
async fn no_parameter_lets_anything_in_or_out() {
    let city = City::open().await;
    let visitor = city.visitor();
    let whole = visitor.gets(TOILETS).await.is(200).json()["items"].clone();
    let parameters = [
        "filter",
        "filter-lang",
        "q",
        "bbox",
        "near",
        "radius",
        "select",
        "sort",
        "limit",
        "cursor",
        "count",
        "group_by",
        "aggregate",
        "as_of",
        "名称",
        "男性トイレ総数",
        "緯度",
        "利用開始時間",
        "field.名称",
        "field.",
    ];
    let mut asked = 0;
    for attempt in ATTEMPTS {
        let mut questions: Vec<Vec<(&str, &str)>> =
            parameters.iter().map(|name| vec![(*name, attempt)]).collect();
        questions.push(vec![(attempt, "1")]);
        questions.push(vec![("filter", attempt), ("filter-lang", "cql2-json")]);
        questions.push(vec![("near", "141.3,38.4"), ("radius", attempt)]);
        questions.push(vec![("aggregate", "count"), ("sort", attempt)]);
        for question in questions {
            let answer = visitor.asks_with(TOILETS, &question).await;
            let sent = format!("{question:?}");
            assert!(matches!(answer.status(), 200 | 400), "{sent}: {} {}", answer.status(), answer.text());
            // What was sent may come back; what is inside may not.
            let text = answer.text().replace(&attempt.escape_debug().to_string(), "").replace(attempt, "");
            let leak = INSIDE.iter().find(|word| text.contains(**word) && !attempt.contains(**word));
            assert_eq!(leak, None, "{sent}: {text}");
            asked += 1;
        }
        for place in [
            format!("{TOILETS}/"),
            format!("{TOILETS}."),
            "/api/v1/datasets/sample-public-toilets/revisions/1/records/".to_owned(),
        ] {
            let escaped: String = attempt.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let answer = visitor.gets(&format!("{place}{escaped}")).await;
            assert!(matches!(answer.status(), 200 | 400 | 404), "{place}{attempt}: {}", answer.status());
        }
    }
    assert!(asked > 1_000);
    let after = visitor.gets(TOILETS).await.is(200).json()["items"].clone();
    assert_eq!(whole, after, "and nothing was changed");
    city.close().await;
}

#[tokio::test]
async fn a_pattern_is_taken_by_its_letters() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let total = async |filter: &str| {
        visitor.asks_with(TOILETS, &[("filter", filter)]).await.is(200).json()["total"].clone()
    };
    assert_eq!(total("名称 like '見本%トイレ'").await, 12);
    assert_eq!(total("名称_英語 like '%park%'").await, 0, "case counts");
    assert_eq!(total("名称 like '見本第_公園トイレ'").await, 2);
    for letters in ["*", "?", "[見]%", "\\%", "見本\\_%", "%[%"] {
        assert_eq!(total(&format!("名称 like '{letters}'")).await, Value::from(0), "{letters}");
    }
}
