//! 職員: the people who make, review and answer for what is published.
//!
//! Who somebody is comes from their token; what is read from a request never decides it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::slug::Slug;

/// 職員: one person, of one department, in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The person's name, which revisions and the audit remember; it names one person only.
    pub name: String,
    /// The department they act for.
    pub department: Slug,
    /// What they may do there.
    pub role: Role,
}

/// What a person may do: an editor makes and submits, an approver also publishes, returns and withdraws for their own
/// department, an admin does so for all of them and sees the audit ([`crate::rules`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 作成者
    Editor,
    /// 承認者
    Approver,
    /// 管理者 (DX推進課)
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 3] = [Role::Editor, Role::Approver, Role::Admin];

    /// The name in the API and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Editor => "editor",
            Role::Approver => "approver",
            Role::Admin => "admin",
        }
    }
}

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a role: editor, approver or admin")]
pub struct BadRole(String);

impl FromStr for Role {
    type Err = BadRole;

    fn from_str(text: &str) -> Result<Role, BadRole> {
        Role::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| BadRole(text.to_owned()))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
