//! The staff are known by their tokens, and only by them.

use std::fs;
use std::path::Path;

use reqwest::Method;
use reqwest::header::AUTHORIZATION;
use serde_json::json;

use crate::city::City;

const TOKENS: &str = "/api/v1/tokens";
/// Has the form of a token, and is nobody's.
const NOBODYS: &str = "hiyori_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn a_token_stands_alone_on_standard_output_and_works_at_once() {
    let city = City::open().await;
    let made = city
        .types(&["token", "create", "--department", "dx", "--role", "admin", "--name", "管理 花子"])
        .await;
    let token = made.exits(0).says("管理 花子").out().strip_suffix('\n').unwrap();
    assert_eq!(token.len(), NOBODYS.len());
    assert!(token.starts_with("hiyori_") && !made.stderr.contains(token), "{}", made.stderr);

    let listed = city.visitor().showing(token).gets(TOKENS).await;
    assert_eq!(listed.is(200).each("name"), ["管理 花子"]);
    listed.says("cache-control", "private, no-store");
    assert!(!listed.text().contains(token));
    city.types(&["token", "list"]).await.exits(0).says("管理 花子");
    city.close().await;
}

#[tokio::test]
async fn a_revoked_token_is_refused_from_its_next_use_on() {
    let city = City::open().await;
    let admin = city.staff("dx", "admin", "管理 花子").await;
    admin.gets(TOKENS).await.is(200);
    city.types(&["token", "revoke", "1"]).await.exits(0);
    admin.gets(TOKENS).await.problem(401, "unauthorized").says("www-authenticate", "Bearer");
    // Also where a visitor would be answered.
    city.types(&["token", "revoke", "99"]).await.exits(2);
    city.close().await;
}

#[tokio::test]
async fn whoever_shows_no_good_token_is_told_how_to_show_one() {
    let city = City::open().await;
    let visitor = city.visitor();
    visitor.gets(TOKENS).await.problem(401, "unauthorized").says("www-authenticate", "Bearer");
    visitor.clone().showing(NOBODYS).gets(TOKENS).await.problem(401, "unauthorized");
    for odd in ["Bearer", "Bearer x", "Basic YTpi", NOBODYS, "Bearer hiyori_"] {
        visitor.clone().sending(AUTHORIZATION, odd).gets(TOKENS).await.problem(401, "unauthorized");
    }
    let english = visitor.reading_english().gets(TOKENS).await.json();
    assert!(english["detail"].as_str().unwrap().contains("Authorization: Bearer"), "{english}");
    city.close().await;
}

#[tokio::test]
async fn an_admin_makes_lists_and_revokes_tokens() {
    let city = City::open().await;
    let admin = city.staff("dx", "admin", "管理 花子").await;
    let new = json!({"name": "見本 太郎", "department": "mihon", "role": "editor", "days": 30});
    let made = admin.tells(TOKENS, &new).await;
    made.is(201).says("location", "/api/v1/tokens/2").says("cache-control", "private, no-store");
    let token = made.json();
    assert_eq!(
        (&token["id"], &token["role"], &token["revoked"]),
        (&2.into(), &"editor".into(), &json!(null))
    );

    let editor = city.visitor().showing(token["token"].as_str().unwrap());
    editor.gets(TOKENS).await.problem(403, "forbidden");
    editor.tells(TOKENS, &new).await.problem(403, "forbidden");
    editor.asks(Method::DELETE, "/api/v1/tokens/1", None).await.problem(403, "forbidden");

    admin.asks(Method::DELETE, "/api/v1/tokens/2", None).await.is(204);
    admin.asks(Method::DELETE, "/api/v1/tokens/2", None).await.is(204);
    editor.gets(TOKENS).await.problem(401, "unauthorized");
    for missing in ["3", "0", "-1", "x", "99999999999999999999"] {
        admin.asks(Method::DELETE, &format!("{TOKENS}/{missing}"), None).await.problem(404, "no-such-token");
    }
    assert!(admin.gets(TOKENS).await.json()["items"][1]["revoked"].is_string());
    city.close().await;
}

#[tokio::test]
async fn a_token_that_cannot_be_is_refused_with_what_is_wrong() {
    let city = City::open().await;
    let admin = city.staff("dx", "admin", "管理 花子").await;
    let good = json!({"name": "見本 太郎", "department": "mihon", "role": "editor"});
    let with = |member: &str, value: serde_json::Value| {
        let mut new = good.clone();
        new[member] = value;
        new
    };
    for (member, value) in [
        ("name", json!("")),
        ("name", json!("operator")),
        ("name", json!("太\u{0}郎")),
        ("name", json!("名".repeat(101))),
        ("department", json!("nowhere")),
        ("department", json!("../x")),
        ("role", json!("king")),
        ("days", json!(0)),
        ("days", json!(3651)),
    ] {
        let refused = admin.tells(TOKENS, &with(member, value)).await;
        assert_eq!(refused.problem(422, "bad-value").json()["member"], member);
    }
    for odd in
        [json!([]), json!({}), with("days", json!(-1)), with("colour", json!("blue")), with("name", json!(1))]
    {
        admin.tells(TOKENS, &odd).await.problem(400, "bad-request");
    }
    admin.posts(TOKENS, r#"{"name": "\ud800"}"#).await.problem(400, "bad-request");
    admin.posts(TOKENS, "[".repeat(200_000)).await.problem(400, "bad-request");
    admin.posts(TOKENS, " ".repeat(2 << 20)).await.problem(413, "too-large");
    let form = admin.clone().sending(reqwest::header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    form.posts(TOKENS, "name=x").await.problem(415, "unsupported-body");
    assert_eq!(admin.gets(TOKENS).await.json()["total"], 1);
    city.close().await;
}

#[tokio::test]
async fn a_name_is_one_person_of_one_department() {
    let city = City::open().await;
    let admin = city.staff("dx", "admin", "管理 花子").await;
    let new = |department: &str| json!({"name": "見本 太郎", "department": department, "role": "editor"});
    admin.tells(TOKENS, &new("mihon")).await.is(201);
    admin.tells(TOKENS, &new("mihon")).await.is(201);
    admin.tells(TOKENS, &new("dx")).await.problem(409, "name-taken");
    let typed = ["token", "create", "--department", "dx", "--role", "editor", "--name", "見本 太郎"];
    city.types(&typed).await.exits(2).prints_nothing().says("見本 太郎");
    city.close().await;
}

#[tokio::test]
async fn guessing_is_slowed_and_the_real_token_still_works() {
    let city = City::open().await;
    let admin = city.staff("dx", "admin", "管理 花子").await;
    let (guesser, mut slowed) = (city.visitor(), 0);
    for guess in 0..300 {
        let token = format!("hiyori_{guess:064x}");
        let refused = guesser.clone().showing(&token).gets(TOKENS).await;
        match refused.status() {
            401 => refused.problem(401, "unauthorized"),
            _ => {
                slowed += 1;
                let seconds = refused.header("retry-after").parse::<u64>();
                assert!(seconds.is_ok_and(|seconds| (1..=60).contains(&seconds)));
                refused.problem(429, "too-many-requests")
            }
        };
    }
    assert!(slowed >= 150, "{slowed} of 300");
    admin.gets(TOKENS).await.is(200);
    city.visitor().gets("/api/v1/datasets").await.is(200);
    city.close().await;
}

#[tokio::test]
async fn a_token_is_neither_kept_nor_logged_nor_taken_from_an_address() {
    let city = City::open().await;
    let token = city.token("dx", "admin", "管理 花子").await;
    let admin = city.visitor().showing(&token);
    admin.gets(TOKENS).await.is(200);
    admin.gets("/nowhere").await.is(404);
    for name in ["token", "access_token"] {
        let visitor = city.visitor();
        let address = format!("/api/v1/datasets?{name}={token}");
        let refused = visitor.gets(&address).await;
        refused.problem(400, "unknown-parameter");
        assert!(!refused.text().contains(&token));
        visitor.gets(&format!("{TOKENS}?{name}={token}")).await.problem(401, "unauthorized");
    }
    assert!(!city.has_said(&token));
    let data = city.close().await;
    let secret = token.trim_start_matches("hiyori_").as_bytes();
    assert_nowhere(data.path(), secret);
}

/// No file in `folder` holds `secret`.
fn assert_nowhere(folder: &Path, secret: &[u8]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_nowhere(&path, secret);
        } else {
            let bytes = fs::read(&path).unwrap();
            let held = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!held, "{} holds the secret", path.display());
        }
    }
}
