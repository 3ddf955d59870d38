//! 版: one state of a dataset's rows, numbered from 1 and never changed.

use ingestion::{Accepted, Counts, Report, Sha256};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::distribution::{Distribution, Form, Format};
use crate::forms::xlsx;

/// 版: one state of a dataset's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// From 1; numbers may have gaps.
    pub number: u32,
    /// How far it has come.
    pub state: RevisionState,
    /// The name of the file it was made from.
    pub file_name: String,
    /// Length of the original in bytes.
    pub bytes: u64,
    /// Digest of the original's bytes.
    pub sha256: Sha256,
    /// Rows of data.
    pub rows: u64,
    /// What its report counted.
    pub counts: Counts,
    /// Who made it.
    pub made_by: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was opened to everybody.
    pub published_at: Option<Timestamp>,
    /// The forms in which it can be fetched; of a published one they never change.
    pub distributions: Vec<Distribution>,
    /// Forms that the revision before it came in and that are being made of this one.
    pub awaited: Vec<Format>,
    /// What was done with it on its way; only its department and DX推進課 see this.
    pub review: Review,
}

/// 審査の記録: what was asked and answered, and who decided what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// Answers to what only a person knows about the file.
    pub answers: Vec<Answer>,
    /// Who handed it in for review.
    pub submitted: Option<Signature>,
    /// Who published, scheduled or returned it.
    pub decided: Option<Signature>,
    /// Why it was returned.
    pub reason: Option<String>,
    /// When it is to be published, if that was set.
    pub publish_at: Option<Timestamp>,
}

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The person's name.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// An answer to one question about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's key ([`ingestion::Question::key`]).
    pub question: String,
    /// The Japanese text of the choice.
    pub choice: String,
    /// The revision whose answer is given again, where nobody has answered anew.
    pub carried_from: Option<u32>,
}

/// How far a revision has come: 下書き, 審査待ち, 差し戻し, 公開予定, 公開.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisionState {
    /// 下書き
    Draft,
    /// 審査待ち
    Submitted,
    /// 差し戻し
    Returned,
    /// 公開予定
    Scheduled,
    /// 公開
    Published,
}

impl Revision {
    /// Revision `number`, published at `at`: what it says of its file is what was accepted.
    pub fn published(
        number: u32,
        accepted: &Accepted,
        made_by: &Actor,
        at: Timestamp,
        distributions: Vec<Distribution>,
    ) -> Revision {
        Revision {
            state: RevisionState::Published,
            published_at: Some(at),
            ..Revision::draft(number, accepted.report(), made_by, at, distributions)
        }
    }

    /// Revision `number`, made at `at` and seen by nobody outside yet: what it says of its file is what was found.
    pub fn draft(
        number: u32,
        report: &Report,
        made_by: &Actor,
        at: Timestamp,
        distributions: Vec<Distribution>,
    ) -> Revision {
        Revision {
            number,
            state: RevisionState::Draft,
            file_name: report.file.name.clone(),
            bytes: report.file.bytes,
            sha256: report.file.sha256,
            rows: report.rows,
            counts: report.counts,
            made_by: made_by.as_str().to_owned(),
            made_at: at,
            published_at: None,
            distributions,
            awaited: Vec::new(),
            review: Review::default(),
        }
    }

    /// The forms that others are told of, in the order of [`Format::ALL`]: those that are made, and those that are awaited. A portal
    /// that looked in between would take what is not told for withdrawn, and what comes back for something new.
    pub fn forms(&self) -> Vec<Form<'_>> {
        let made = self.distributions.iter().map(|made| Form { format: made.format, made: Some(made) });
        let mut forms: Vec<Form<'_>> = made.collect();
        forms.extend(self.awaited.iter().map(|format| Form { format: *format, made: None }));
        forms.sort_by_key(|form| form.format);
        forms
    }

    /// Whether all its forms are there, as far as can be told from those that are: a table that might come in a form and does not is
    /// never sure to be settled.
    pub fn is_settled(&self) -> bool {
        let last = if self.rows <= xlsx::ROWS_MAX { Format::Xlsx } else { Format::Parquet };
        self.distributions.iter().any(|form| form.format == last)
    }
}

impl RevisionState {
    /// All of them.
    pub const ALL: [RevisionState; 5] = [
        RevisionState::Draft,
        RevisionState::Submitted,
        RevisionState::Returned,
        RevisionState::Scheduled,
        RevisionState::Published,
    ];

    /// The name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            RevisionState::Draft => "draft",
            RevisionState::Submitted => "submitted",
            RevisionState::Returned => "returned",
            RevisionState::Scheduled => "scheduled",
            RevisionState::Published => "published",
        }
    }

    /// The state named `name` in the API.
    pub fn from_name(name: &str) -> Option<RevisionState> {
        RevisionState::ALL.into_iter().find(|state| state.as_str() == name)
    }
}
