//! One row as it is answered, and what stands around every row of its revision.

use actix_web::http::header;
use catalog::Iris;
use catalog::records::{Line, Subject};
use serde_json::json;

use crate::answer::Answer;
use crate::named::escape;
use crate::rows::head::{self, HeadView};

/// What stands around each row of a revision.
#[derive(Debug)]
pub struct Frame {
    /// An answer without a row.
    empty: Answer,
    /// What comes behind a row.
    end: String,
    /// What the addresses of rows begin with, as the world sees them.
    place: String,
}

impl Frame {
    /// Around the rows of `subject`.
    pub fn of(subject: &Subject, iris: &Iris) -> Frame {
        let head = HeadView::of(subject, iris);
        let empty = Answer::new("application/json", Vec::new());
        let place = head::of_revision(&subject.dataset.slug, subject.revision.number);
        Frame {
            empty: head::told(empty, subject, &head, iris),
            end: json!(head).to_string().trim_start_matches('{').to_owned(),
            place: head::outside(&format!("{place}/records/"), iris),
        }
    }

    /// The answer that shows `line`: the row as it is kept, since read and written again, 36.40 would be 36.4.
    pub fn around(&self, line: &Line) -> Answer {
        let Line { key, number, json, .. } = line;
        let text = format!("{{\"key\":{},\"row\":{number},\"record\":{json},{}", json!(key), self.end);
        let location = format!("{}{}", self.place, escape(&line.key));
        let answer = Answer { bytes: text.into_bytes(), ..self.empty.clone() };
        answer.header(header::CONTENT_LOCATION, &location)
    }
}
