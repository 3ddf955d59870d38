//! The way of a revision: made, answered, submitted, published or returned, withdrawn, and who is refused what.

use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan};
use reqwest::Method;
use serde_json::{Value, json};

use crate::city::City;
use crate::desk::rows_of;
use crate::office::api;

const TABLE: &str = "名称,数\r\n見本一号,1\r\n見本二号,20\r\n";
/// Only a person knows what `-` stands for, and whether the number may be published.
const WITH_QUESTIONS: &str =
    "名称,電話番号,備考\r\n見本一号,-,担当 090-1234-5678\r\n見本二号,0225-00-0000,\r\n";

#[tokio::test]
async fn a_file_goes_from_a_desk_to_the_public_and_readers_see_only_the_end() {
    let city = City::open().await;
    let (office, visitor) = (city.office("mihon").await, city.visitor());
    let made = office.creates("toilets", "hyojun/public_toilet").await;
    made.is(201).says("location", &format!("{}{}", city.address(), api("toilets")));
    let dataset = made.json();
    assert_eq!((&dataset["state"], &dataset["department"]), (&"draft".into(), &"mihon".into()));
    for filled in ["description", "theme", "frequency", "license"] {
        assert!(dataset[filled].is_string(), "{filled} is not filled in: {dataset}");
    }
    assert!(dataset["keywords"].as_array().unwrap().contains(&"公衆トイレ".into()), "{dataset}");
    assert_eq!(made.tag(), office.editor().tag_of("toilets").await);

    let rows = String::from_utf8(rows_of("sample-public-toilets")).unwrap();
    let draft = office.uploads("toilets", &rows).await;
    draft.is(201).says("location", &format!("{}{}/revisions/1", city.address(), api("toilets")));
    let draft = draft.json();
    assert_eq!((&draft["number"], &draft["state"]), (&1.into(), &"draft".into()));
    assert_eq!(draft["report"]["accepted"], true, "{draft}");
    assert_eq!(draft["made_by"], "mihon 作成");
    let submitted = office.submits("toilets", 1).await;
    assert_eq!(submitted.is(200).json()["state"], "submitted");
    visitor.gets(&api("toilets")).await.problem(404, "no-such-dataset");

    let published = office.publishes("toilets", 1).await;
    let published = published.is(200).json();
    assert_eq!((&published["state"], &published["decided_by"]), (&"published".into(), &"mihon 承認".into()));
    let seen = visitor.gets(&api("toilets")).await.is(200).json();
    assert_eq!((&seen["state"], &seen["revision"]), (&"published".into(), &1.into()));
    assert!(seen["version"].is_null() && seen["issued"].is_string());
    let original = visitor.gets(&format!("{}/revisions/1/original", api("toilets"))).await;
    assert_eq!(original.is(200).body(), rows.as_bytes());
    let csv = visitor.gets(&format!("{}/download.csv", api("toilets"))).await;
    csv.is(200).says("content-location", &format!("{}/revisions/1/download.csv", api("toilets")));
    let revision = visitor.gets(&format!("{}/revisions/1", api("toilets"))).await.is(200).json();
    for private in ["submitted_by", "decided_by", "answers"] {
        assert!(revision.get(private).is_none(), "{private} is shown to everybody");
    }
    city.close().await;
}

#[tokio::test]
async fn a_file_with_errors_says_why_and_keeps_nothing() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.creates("toilets", "hyojun/public_toilet").await.is(201);
    let refused =
        office.uploads("toilets", "ID,名称,所在地_連結表記\r\nLL0420210001,,宮城県石巻市見本町1\r\n").await;
    refused.problem(422, "findings").finding("required-missing", 2, "名称");
    let revisions = office.editor().gets(&format!("{}/revisions", api("toilets"))).await;
    assert_eq!(revisions.is(200).json()["total"], 0);

    let place = format!("{}/revisions", api("toilets"));
    office.editor().posts(&place, "").await.problem(400, "no-file");
    city.close().await;
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_and_others_are_taken_again() {
    let city = City::opening().setting("HIYORI_UPLOAD_BYTES_MAX", "1000").open().await;
    let office = city.office("mihon").await;
    office.creates("counts", "").await.is(201);
    office.uploads("counts", &"名称,数\r\n".repeat(1_000)).await.problem(413, "too-large");
    assert_eq!(office.uploads("counts", TABLE).await.is(201).json()["number"], 1);
    city.close().await;
}

#[tokio::test]
async fn nothing_is_submitted_before_every_question_is_answered() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.creates("clubs", "").await.is(201);
    let draft = office.uploads("clubs", WITH_QUESTIONS).await.is(201).json();
    let questions = draft["report"]["questions"].as_array().unwrap().clone();
    assert!(questions.len() >= 2, "{questions:#?}");
    let open = office.submits("clubs", 1).await;
    let named = open.problem(409, "open-questions").json()["questions"].as_array().unwrap().len();
    assert_eq!(named, questions.len());

    let editor = office.editor();
    editor.answers("clubs", 1, json!({"q99": "1"})).await.problem(422, "bad-value");
    editor.answers("clubs", 1, json!({"q1": "いいえ"})).await.problem(422, "bad-value");
    let all: Value = questions.iter().map(|it| (it["id"].as_str().unwrap().to_owned(), json!(1))).collect();
    let answered = editor.answers("clubs", 1, all).await.is(200).json();
    let all_answered = answered["report"]["questions"].as_array().unwrap().iter();
    assert!(all_answered.clone().all(|question| question["answer"].is_string()), "{answered:#}");
    assert_eq!(answered["sha256"], draft["sha256"], "the file stays as it came");
    let csv = editor.gets(&format!("{}/revisions/1/download.csv", api("clubs"))).await;
    assert!(!csv.is(200).text().contains("見本一号,-"), "the sign is gone: {}", csv.text());
    office.submits("clubs", 1).await.is(200);
    editor.answers("clubs", 1, json!({"q1": 2})).await.problem(409, "wrong-state");

    // The habit is known the next time, and what may be published is asked again.
    let again = office.uploads("clubs", &WITH_QUESTIONS.replace("二号", "三号")).await.is(201).json();
    for question in again["report"]["questions"].as_array().unwrap() {
        assert_eq!(question["answer"].is_string(), question["code"] == "missing-value", "{question}");
    }
    assert_eq!(again["answers"][0]["carried_from"], 1, "{again:#}");
    city.close().await;
}

#[tokio::test]
async fn an_answer_that_something_must_not_be_published_stands_in_the_way() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.creates("clubs", "").await.is(201);
    let draft = office.uploads("clubs", WITH_QUESTIONS).await.is(201).json();
    let withheld = |question: &Value| {
        let choices = question["choices"].as_array().unwrap();
        let last = if question["code"] == "personal-data" { choices.len() } else { 1 };
        (question["id"].as_str().unwrap().to_owned(), json!(last))
    };
    let answers: Value = draft["report"]["questions"].as_array().unwrap().iter().map(withheld).collect();
    let answered = office.editor().answers("clubs", 1, answers).await.is(200).json();
    assert_eq!(answered["report"]["accepted"], false, "{answered:#}");
    office.submits("clubs", 1).await.problem(422, "findings");
    city.close().await;
}

#[tokio::test]
async fn refusals_come_in_their_order() {
    let city = City::open().await;
    let (office, other) = (city.office("mihon").await, city.office("dx").await);
    office.creates("toilets", "").await.is(201);
    office.uploads("toilets", TABLE).await.is(201);
    let acts = ["revisions/1/submit", "revisions/1/publish", "revisions/1/return", "withdraw"];
    for act in acts {
        let path = format!("{}/{act}", api("toilets"));
        let does = async |who: &crate::city::Visitor| who.does(Method::POST, &path, &json!({"x": 1})).await;
        does(&city.visitor()).await.problem(401, "unauthorized");
        let nobodys = path.replace("toilets", "no-such-thing");
        let random = other.approver().does(Method::POST, &nobodys, &json!({"x": 1})).await;
        let theirs = does(other.approver()).await;
        assert_eq!(
            theirs.problem(404, "no-such-dataset").text().replace("toilets", "no-such-thing"),
            random.text(),
            "another department's is the same as a random name"
        );
        if act != "revisions/1/submit" {
            does(office.editor()).await.problem(403, "forbidden");
        }
        does(office.approver()).await.problem(428, "if-match-required");
        does(&office.approver().having_read("\"stale\"")).await.problem(412, "stale-revision");
    }
    let approver = office.approver();
    approver.acts("toilets", "revisions/1/publish", &Value::Null).await.problem(409, "wrong-state");
    approver.acts("toilets", "revisions/1/return", &json!({"reason": "x"})).await.problem(409, "wrong-state");
    approver.acts("toilets", "withdraw", &json!({"reason": "x"})).await.problem(409, "wrong-state");
    approver.acts("toilets", "revisions/9/publish", &Value::Null).await.problem(404, "no-such-revision");
    office.submits("toilets", 1).await.is(200);
    approver.acts("toilets", "revisions/1/return", &json!({"reason": " "})).await.problem(422, "bad-value");
    approver.acts("toilets", "revisions/1/publish", &json!({"at": "soon"})).await.problem(422, "bad-value");
    approver.acts("toilets", "revisions/1/publish", &json!({"when": 1})).await.problem(400, "bad-request");
    other.creates("toilets", "").await.problem(409, "exists");
    city.close().await;
}

#[tokio::test]
async fn nobody_publishes_what_they_made_unless_the_office_is_of_one() {
    for (setting, status) in [("false", 403), ("true", 200)] {
        let city = City::opening().setting("HIYORI_OFFICE_OF_ONE", setting).open().await;
        let alone = city.staff("mihon", "approver", "ひとり").await;
        let new = json!({"slug": "toilets", "title": "【見本】トイレ", "schema": null});
        alone.tells("/api/v1/datasets", &new).await.is(201);
        alone.posts(&format!("{}/revisions", api("toilets")), TABLE).await.is(201);
        alone.acts("toilets", "revisions/1/submit", &Value::Null).await.is(200);
        alone.acts("toilets", "revisions/1/publish", &Value::Null).await.is(status);
        city.close().await;
    }
}

#[tokio::test]
async fn a_returned_revision_tells_its_maker_why_and_may_come_again() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.creates("toilets", "").await.is(201);
    office.uploads("toilets", TABLE).await.is(201);
    office.submits("toilets", 1).await.is(200);
    let why = json!({"reason": "所在地が古い行があります。"});
    let returned = office.approver().acts("toilets", "revisions/1/return", &why).await;
    assert_eq!(returned.is(200).json()["state"], "returned");
    let seen = office.editor().gets(&format!("{}/revisions/1", api("toilets"))).await.is(200).json();
    assert_eq!(seen["reason"], why["reason"]);
    office.publishes("toilets", 1).await.problem(409, "wrong-state");
    office.submits("toilets", 1).await.is(200);
    office.publishes("toilets", 1).await.is(200);
    city.close().await;
}

#[tokio::test]
async fn a_number_below_the_current_one_comes_too_late() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.creates("toilets", "").await.is(201);
    for number in 1..=2 {
        office.uploads("toilets", &format!("名称,数\r\n見本,{number}\r\n")).await.is(201);
        office.submits("toilets", number).await.is(200);
    }
    office.publishes("toilets", 2).await.is(200);
    assert_eq!(office.publishes("toilets", 1).await.problem(409, "superseded").json()["current"], 2);
    let numbers = city.visitor().gets(&format!("{}/revisions", api("toilets"))).await.is(200).json();
    assert_eq!(numbers["items"][0]["number"], 2, "numbers may have gaps");
    city.close().await;
}

#[tokio::test]
async fn what_is_scheduled_is_published_at_its_time_also_after_a_restart() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.creates("toilets", "").await.is(201);
    office.uploads("toilets", TABLE).await.is(201);
    office.submits("toilets", 1).await.is(200);
    let at = Timestamp::now() + 8.seconds();
    let at = json!({"at": at.to_string()});
    let scheduled = office.approver().acts("toilets", "revisions/1/publish", &at).await.is(200).json();
    assert_eq!((&scheduled["state"], scheduled["publish_at"].is_string()), (&"scheduled".into(), true));
    city.visitor().gets(&api("toilets")).await.is(404);

    let city = City::opening().on(city.close().await).open().await;
    let began = Instant::now();
    while city.visitor().gets(&api("toilets")).await.status() != 200 {
        assert!(began.elapsed() < Duration::from_secs(60), "it is not published");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let admin = city.staff("dx", "admin", "管理 花子").await;
    let entries = admin.gets("/api/v1/audit?dataset=toilets&action=publish&result=done").await.is(200).json();
    let (first, last) = (&entries["items"][1], &entries["items"][0]);
    assert_eq!(entries["total"], 2, "set once, done once: {entries:#}");
    assert_eq!((&first["who"], &last["who"]), (&"mihon 承認".into(), &"mihon 承認".into()));
    assert!(last["after"]["scheduled_for"].is_string(), "{last:#}");
    city.close().await;
}

#[tokio::test]
async fn what_is_said_changes_at_once_and_only_by_those_who_have_read_it() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.opens("toilets", TABLE).await;
    let editor = office.editor();
    let tag = editor.tag_of("toilets").await;
    let says = async |tag: &str, changes: Value| {
        editor.having_read(tag).does(Method::PATCH, &api("toilets"), &changes).await
    };
    let described =
        says(&tag, json!({"title": "【見本】市のトイレ", "theme": null, "keywords": ["トイレ"]})).await;
    described.is(200);
    assert_eq!(described.tag(), editor.tag_of("toilets").await);
    let seen = city.visitor().gets(&api("toilets")).await.is(200).json();
    assert_eq!((&seen["title"], &seen["theme"]), (&"【見本】市のトイレ".into(), &Value::Null));
    says(&tag, json!({"title": "古い"})).await.problem(412, "stale-revision");
    let tag = described.tag();
    says(tag, json!({"title": " "})).await.problem(422, "bad-value");
    says(tag, json!({"theme": "no-such-theme"})).await.problem(422, "bad-value");
    says(tag, json!({"schema": "hyojun/aed"})).await.problem(409, "other-schema");
    says(tag, json!({"department": "dx"})).await.problem(400, "bad-request");
    city.close().await;
}

#[tokio::test]
async fn a_withdrawn_dataset_leaves_a_tombstone_and_stays_with_its_department() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.opens("toilets", TABLE).await;
    office.approver().acts("toilets", "withdraw", &json!({"reason": "座標の誤り"})).await.is(200);
    for place in
        ["", "/revisions", "/revisions/1", "/revisions/1/report", "/download.csv", "/revisions/1/original"]
    {
        let gone = city.visitor().gets(&format!("{}{place}", api("toilets"))).await;
        let gone = gone.problem(410, "withdrawn").json();
        assert_eq!(
            (&gone["tombstone"]["reason"], &gone["tombstone"]["by"]),
            (&"座標の誤り".into(), &"mihon 承認".into())
        );
    }
    let kept = office.editor().gets(&api("toilets")).await.is(200).json();
    assert_eq!((&kept["state"], &kept["tombstone"]["reason"]), (&"withdrawn".into(), &"座標の誤り".into()));
    let original = office.editor().gets(&format!("{}/revisions/1/original", api("toilets"))).await;
    assert_eq!(original.is(200).body(), TABLE.as_bytes());
    office.uploads("toilets", TABLE).await.problem(410, "withdrawn");
    city.close().await;
}

#[tokio::test]
async fn the_sheet_tells_whoever_decides_what_they_should_know() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.opens("toilets", TABLE).await;
    office.uploads("toilets", &format!("{TABLE}見本三号,300\r\n")).await.is(201);
    office.submits("toilets", 2).await.is(200);
    let path = format!("{}/revisions/2/sheet", api("toilets"));
    city.visitor().gets(&path).await.problem(401, "unauthorized");
    let sheet = office.approver().gets(&path).await.is(200).json();
    assert_eq!((&sheet["difference"]["from"], &sheet["revision"]["state"]), (&1.into(), &"submitted".into()));
    let changes = ["added", "removed", "changed"].map(|kind| sheet["difference"][kind].as_u64().unwrap());
    assert_eq!(changes, [1, 0, 0]);
    assert!(sheet["machine_readability"]["l1"].is_number(), "{sheet:#}");
    let page = office.approver().gets(&format!("{path}.html")).await;
    assert_eq!(page.is(200).media_type(), "text/html");
    for words in ["決裁欄", "【見本】toilets", "mihon 作成", sheet["revision"]["sha256"].as_str().unwrap()]
    {
        assert!(page.text().contains(words), "no {words} on the sheet");
    }
    let liked = office.approver().clone().taking("text/html").gets(&path).await;
    assert_eq!(liked.is(200).text(), page.text());
    city.close().await;
}
