//! An office of the city: two people with tokens of their own, and the moves of the way from a file to its publication.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, IF_MATCH};
use serde_json::{Value, json};

use crate::answers::Answer;
use crate::city::{City, Visitor};

/// One department with somebody who makes and somebody who approves.
pub struct Office {
    editor: Visitor,
    approver: Visitor,
}

impl City {
    /// The office `department`, with a new editor and a new approver.
    pub async fn office(&self, department: &str) -> Office {
        Office {
            editor: self.staff(department, "editor", &format!("{department} 作成")).await,
            approver: self.staff(department, "approver", &format!("{department} 承認")).await,
        }
    }
}

impl Office {
    /// Who makes and submits.
    pub fn editor(&self) -> &Visitor {
        &self.editor
    }

    /// Who publishes, returns and withdraws.
    pub fn approver(&self) -> &Visitor {
        &self.approver
    }

    /// Makes a dataset; without a schema where `schema` is empty.
    pub async fn creates(&self, slug: &str, schema: &str) -> Answer {
        let schema = if schema.is_empty() { Value::Null } else { schema.into() };
        let new = json!({"slug": slug, "title": format!("【見本】{slug}"), "schema": schema});
        self.editor.tells("/api/v1/datasets", &new).await
    }

    /// Hands in a CSV as the next revision.
    pub async fn uploads(&self, slug: &str, csv: &str) -> Answer {
        self.editor.hands_in(&format!("{}/revisions", api(slug)), &format!("{slug}.csv"), csv).await
    }

    /// Submits revision `number`.
    pub async fn submits(&self, slug: &str, number: u32) -> Answer {
        self.editor.acts(slug, &format!("revisions/{number}/submit"), &Value::Null).await
    }

    /// Publishes revision `number`.
    pub async fn publishes(&self, slug: &str, number: u32) -> Answer {
        self.approver.acts(slug, &format!("revisions/{number}/publish"), &Value::Null).await
    }

    /// The whole way: a dataset without a schema whose first revision is `csv`.
    pub async fn opens(&self, slug: &str, csv: &str) {
        self.creates(slug, "").await.is(201);
        self.uploads(slug, csv).await.is(201);
        self.submits(slug, 1).await.is(200);
        self.publishes(slug, 1).await.is(200);
    }
}

impl Visitor {
    /// The dataset's tag as this person sees it.
    pub async fn tag_of(&self, slug: &str) -> String {
        self.gets(&api(slug)).await.is(200).tag().to_owned()
    }

    /// The same person, who has read the state tagged `tag`.
    pub fn having_read(&self, tag: &str) -> Visitor {
        self.clone().sending(IF_MATCH, tag)
    }

    /// POST of `value` (null: no body) to a place of the dataset, as somebody who has just read it.
    pub async fn acts(&self, slug: &str, place: &str, value: &Value) -> Answer {
        let asker = self.having_read(&self.tag_of(slug).await);
        asker.does(Method::POST, &format!("{}/{place}", api(slug)), value).await
    }

    /// Any method, with `value` as JSON (null: no body).
    pub async fn does(&self, method: Method, path: &str, value: &Value) -> Answer {
        if value.is_null() {
            return self.asks(method, path, None).await;
        }
        let asker = self.clone().sending(CONTENT_TYPE, "application/json");
        asker.asks(method, path, Some(value.to_string().into())).await
    }

    /// Answers a question about revision `number`, as somebody who has just read the dataset.
    pub async fn answers(&self, slug: &str, number: u32, answers: Value) -> Answer {
        let asker = self.having_read(&self.tag_of(slug).await);
        let path = format!("{}/revisions/{number}/answers", api(slug));
        asker.does(Method::PUT, &path, &json!({ "answers": answers })).await
    }
}

/// Where the API shows a dataset.
pub fn api(slug: &str) -> String {
    format!("/api/v1/datasets/{slug}")
}
