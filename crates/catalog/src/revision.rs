//! 版: one state of a dataset's rows, numbered from 1 and never changed.

use ingestion::{Counts, Sha256};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::distribution::Distribution;

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
    /// The forms in which it can be fetched; made once, when it is published.
    pub distributions: Vec<Distribution>,
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
