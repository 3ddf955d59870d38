//! A token as the API shows it: without its secret, but for the one answer that gives it.

use catalog::{Secret, TokenRecord};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a new token is made of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewToken)]
pub struct NewTokenView {
    /// Whose it will be: 1 to 100 characters. A name is one person.
    #[schema(example = "見本 太郎", min_length = 1, max_length = 100)]
    pub name: String,
    /// The slug of the department they act for.
    #[schema(example = "mihon")]
    pub department: String,
    /// `editor` (作成者), `approver` (承認者) or `admin` (管理者).
    #[schema(example = "editor")]
    pub role: String,
    /// Days that it is good for, 1 to 3,650; a year unless the city set it otherwise.
    #[schema(example = 365, minimum = 1, maximum = 3650)]
    pub days: Option<u16>,
}

/// トークン: what is known of one, which is everything but the secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenView {
    /// Its number, by which it is revoked.
    #[schema(example = 1)]
    pub id: u64,
    /// Whose it is.
    #[schema(example = "見本 太郎")]
    pub name: String,
    /// The slug of the department they act for.
    #[schema(example = "mihon")]
    pub department: String,
    /// `editor`, `approver` or `admin`.
    #[schema(example = "editor")]
    pub role: &'static str,
    /// When it was made.
    #[schema(value_type = String, format = DateTime, example = "2026-11-25T00:00:00Z")]
    pub created: Timestamp,
    /// From when on it is good for nothing.
    #[schema(value_type = String, format = DateTime, example = "2027-11-25T00:00:00Z")]
    pub expires: Timestamp,
    /// When it was revoked; null while it was not.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub revoked: Option<Timestamp>,
}

/// A new token with its secret, which is shown here and never again.
#[derive(Serialize, ToSchema)]
#[schema(as = MadeToken)]
pub struct MadeTokenView {
    /// What its owner sends as `Authorization: Bearer`. Nobody can show it a second time.
    #[schema(example = "hiyori_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    pub token: String,
    /// What is known of it from now on.
    #[serde(flatten)]
    pub record: TokenView,
}

impl From<TokenRecord> for TokenView {
    fn from(record: TokenRecord) -> TokenView {
        TokenView {
            id: record.id,
            name: record.name,
            department: record.department.to_string(),
            role: record.role.as_str(),
            created: record.created,
            expires: record.expires,
            revoked: record.revoked,
        }
    }
}

impl MadeTokenView {
    /// The one answer that shows `secret`.
    pub fn new(secret: &Secret, record: TokenRecord) -> MadeTokenView {
        MadeTokenView { token: secret.reveal().to_owned(), record: record.into() }
    }
}
