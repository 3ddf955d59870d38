//! The way of a file to its readers, as its department goes it over HTTP.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Outcome;
use crate::http::{Answer, Connection, get};
use crate::server::Server;

/// CSV, JSON, GeoJSON, Parquet and xlsx.
const FORMS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(10);

const JSON: &str = "application/json";

/// Who uploads, and who approves of it.
pub struct Department {
    port: u16,
    editor: String,
    approver: String,
}

/// A dataset that has no file yet.
pub struct Publication<'a> {
    department: &'a Department,
    path: String,
    tag: String,
}

impl Department {
    /// Those of a department at `server`.
    pub fn at(server: &Server) -> Outcome<Department> {
        let (editor, approver) = (server.token("editor", "甲")?, server.token("approver", "乙")?);
        Ok(Department { port: server.port, editor, approver })
    }

    /// Makes a dataset for a file.
    pub fn prepare(&self, number: u64) -> Outcome<Publication<'_>> {
        let slug = format!("hydrants-{number}");
        let dataset = json!({
            "slug": slug,
            "title": format!("【見本】消防水利施設一覧{number}"),
            "description": "速さを測るための架空の行です。",
            "keywords": ["見本"],
            "theme": "health",
            "frequency": "irregular",
            "license": "CC-BY-4.0",
            "schema": "hyojun/fire_hydrant",
        });
        self.posts(&self.editor, "/api/v1/datasets", JSON, None, dataset.to_string().as_bytes())?;
        let path = format!("/api/v1/datasets/{slug}");
        let tag = self.asks(&self.editor, "GET", &path, "", b"")?.tag()?.to_owned();
        Ok(Publication { department: self, path, tag })
    }

    fn posts(
        &self,
        token: &str,
        path: &str,
        media_type: &str,
        tag: Option<&str>,
        body: &[u8],
    ) -> Outcome<Answer> {
        let tag = tag.map(|tag| format!("If-Match: {tag}\r\n")).unwrap_or_default();
        self.asks(token, "POST", path, &format!("Content-Type: {media_type}\r\n{tag}"), body)
    }

    fn asks(&self, token: &str, method: &str, path: &str, headers: &str, body: &[u8]) -> Outcome<Answer> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n{headers}\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        let mut answer = Answer::default();
        Connection::open(self.port)?
            .ask(head.as_bytes(), body, &mut answer)
            .map_err(|error| format!("{method} {path}: {error}"))?;
        Ok(answer)
    }
}

impl Publication<'_> {
    /// Uploads `file`, submits it and publishes it.
    pub fn publish(&self, file: &[u8]) -> Outcome<()> {
        let Department { editor, approver, .. } = self.department;
        let revisions = format!("{}/revisions", self.path);
        let draft = self.department.posts(editor, &revisions, "text/csv", Some(&self.tag), file)?;
        let submit = format!("{revisions}/1/submit");
        let submitted = self.department.posts(editor, &submit, JSON, Some(draft.tag()?), b"{}")?;
        let publish = format!("{revisions}/1/publish");
        self.department.posts(approver, &publish, JSON, Some(submitted.tag()?), b"{}")?;
        Ok(())
    }

    /// Waits for the forms that follow a publish, as long as it has patience; tells how many there are.
    pub fn wait_for_forms(&self) -> Outcome<usize> {
        let mut connection = Connection::open(self.department.port)?;
        let (request, mut answer) = (get(&self.path), Answer::default());
        let begun = Instant::now();
        loop {
            connection.ask(&request, b"", &mut answer)?;
            let dataset: Value = serde_json::from_slice(&answer.body)?;
            let forms = dataset.get("distributions").and_then(Value::as_array).map_or(0, Vec::len);
            if forms >= FORMS || begun.elapsed() > PATIENCE {
                return Ok(forms);
            }
            // Often enough to know when, and seldom beside the readers.
            sleep(Duration::from_millis(50));
        }
    }
}
