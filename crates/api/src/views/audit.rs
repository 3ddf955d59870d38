//! An entry of the audit as the API shows it.

use catalog::audit::Recorded;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// 監査記録: who did what, when, and what came of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct AuditView {
    /// Its number; later entries have greater ones.
    #[schema(example = 42)]
    pub id: u64,
    /// When.
    #[schema(value_type = String, format = DateTime, example = "2026-11-25T00:00:00Z")]
    pub at: Timestamp,
    /// A person's name, `operator` (on the server's own machine) or `hiyori` (the program itself).
    #[schema(example = "operator")]
    pub who: String,
    /// What was asked for.
    #[schema(example = "publish")]
    pub action: String,
    /// The dataset it was about, if it was about one.
    #[schema(example = "public-toilets")]
    pub dataset: Option<String>,
    /// The revision that came of it, if one did.
    #[schema(example = 3)]
    pub revision: Option<u32>,
    /// `done`, or the code of the refusal.
    #[schema(example = "done")]
    pub result: String,
    /// What was there before, as far as it was changed.
    #[schema(value_type = Option<Object>)]
    pub before: Option<Value>,
    /// What is there now, or why it was refused.
    #[schema(value_type = Option<Object>)]
    pub after: Option<Value>,
    /// SHA-256 over the entry and `previous`.
    #[schema(example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    pub hash: String,
    /// The hash of the entry before it.
    #[schema(example = "0000000000000000000000000000000000000000000000000000000000000000")]
    pub previous: String,
}

impl AuditView {
    /// The columns of the export.
    pub const COLUMNS: [&str; 11] =
        ["id", "at", "who", "action", "dataset", "revision", "result", "before", "after", "hash", "previous"];

    /// The cells of the export, in the order of its columns.
    pub fn cells(&self) -> [String; 11] {
        let document = |value: &Option<Value>| value.as_ref().map(Value::to_string).unwrap_or_default();
        [
            self.id.to_string(),
            self.at.to_string(),
            self.who.clone(),
            self.action.clone(),
            self.dataset.clone().unwrap_or_default(),
            self.revision.map(|number| number.to_string()).unwrap_or_default(),
            self.result.clone(),
            document(&self.before),
            document(&self.after),
            self.hash.clone(),
            self.previous.clone(),
        ]
    }
}

impl From<Recorded> for AuditView {
    fn from(recorded: Recorded) -> AuditView {
        let Recorded { id, entry, hash, previous } = recorded;
        AuditView {
            id,
            at: entry.at,
            who: entry.who,
            action: entry.action,
            dataset: entry.dataset.map(String::from),
            revision: entry.revision,
            result: entry.result,
            before: entry.before,
            after: entry.after,
            hash,
            previous,
        }
    }
}
