//! Making, listing and revoking the tokens of the staff, and knowing people by them.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::audit::{self, Entry};
use crate::error::CatalogError;
use crate::rules::{Deed, Forbidden, may_at_all};
use crate::slug::Slug;
use crate::staff::{Role, Staff};
use crate::store::{self, Store, now};
use crate::token::{PersonName, Secret, TokenRecord};

/// A token that is to be made.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Whose it will be.
    pub name: PersonName,
    /// The department they act for.
    pub department: Slug,
    /// What they may do there.
    pub role: Role,
    /// From when on it is good for nothing.
    pub expires: Timestamp,
}

/// Whether `actor` may manage tokens, asked before anything else they sent is read.
///
/// # Errors
/// [`CatalogError::Forbidden`] for anybody but admins and the operator, which the audit remembers.
pub async fn may_manage(store: &Store, actor: &Actor) -> Result<(), CatalogError> {
    audit::refusals(store, actor, "manage-tokens", None, may(actor)).await
}

/// Makes a token. The secret is given here and never again. One person may have several, so that one can be
/// replaced before it expires.
///
/// # Errors
/// [`CatalogError::UnknownWord`] for a department that is not there; [`CatalogError::NameTaken`] when the name has a good token in another
/// department, as a name is one person; [`CatalogError::Forbidden`] for anybody but admins and the operator.
pub async fn create(
    store: &Store,
    actor: &Actor,
    new: NewToken,
) -> Result<(Secret, TokenRecord), CatalogError> {
    let made = make(store, actor, new).await;
    audit::refusals(store, actor, "create-token", None, made).await
}

async fn make(store: &Store, actor: &Actor, new: NewToken) -> Result<(Secret, TokenRecord), CatalogError> {
    may(actor)?;
    let secret = Secret::draw()?;
    let write = store.writing().await?;
    store::audit::lock(&write).await?; // so that two do not give one name to two departments at once
    store::department::find(&write, &new.department).await.map_err(|error| match error {
        CatalogError::NoSuchDepartment(slug) => {
            CatalogError::UnknownWord { what: "department", value: slug.into() }
        }
        other => other,
    })?;
    let created = now();
    let elsewhere = store::token::of(&write, new.name.as_str()).await?;
    let elsewhere =
        elsewhere.into_iter().find(|token| token.is_good(created) && token.department != new.department);
    if let Some(token) = elsewhere {
        return Err(CatalogError::NameTaken { name: token.name, department: token.department });
    }
    let record = store::token::insert(&write, &secret.hash(), &new, created).await?;
    store::audit::append(&write, done(actor, created, "create-token", None, &record)).await?;
    write.commit().await?;
    tracing::info!(token.id = record.id, "made token {}", record.id);
    Ok((secret, record))
}

/// All tokens, the first made first; expired and revoked ones too.
///
/// # Errors
/// [`CatalogError::Forbidden`] for anybody but admins and the operator.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<TokenRecord>, CatalogError> {
    let listed = match may(actor) {
        Ok(()) => store::token::all(store.database()).await,
        Err(refusal) => Err(refusal),
    };
    audit::refusals(store, actor, "list-tokens", None, listed).await
}

/// Makes a token good for nothing, from its next use on. Revoking it again changes nothing.
///
/// # Errors
/// [`CatalogError::NoSuchToken`]; [`CatalogError::Forbidden`] for anybody but admins and the operator.
pub async fn revoke(store: &Store, actor: &Actor, id: u64) -> Result<TokenRecord, CatalogError> {
    let revoked = take_back(store, actor, id).await;
    audit::refusals(store, actor, "revoke-token", None, revoked).await
}

async fn take_back(store: &Store, actor: &Actor, id: u64) -> Result<TokenRecord, CatalogError> {
    may(actor)?;
    let write = store.writing().await?;
    store::audit::lock(&write).await?; // so that it is revoked once
    let before = store::token::find(&write, id).await?;
    if before.revoked.is_some() {
        return Ok(before);
    }
    let at = now();
    store::token::revoke(&write, id, at).await?;
    let record = TokenRecord { revoked: Some(at), ..before.clone() };
    store::audit::append(&write, done(actor, at, "revoke-token", Some(&before), &record)).await?;
    write.commit().await?;
    tracing::info!(token.id = id, "revoked token {id}");
    Ok(record)
}

/// Whose token `secret` is; `None` when it is nobody's, expired or revoked.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn who(store: &Store, secret: &Secret) -> Result<Option<Staff>, CatalogError> {
    let record = store::token::by_hash(store.database(), &secret.hash()).await?;
    let good = record.filter(|record| record.is_good(now()));
    Ok(good.map(|record| Staff { name: record.name, department: record.department, role: record.role }))
}

fn may(actor: &Actor) -> Result<(), CatalogError> {
    match actor {
        Actor::Operator | Actor::Hiyori => Ok(()),
        Actor::Staff(staff) => may_at_all(staff, Deed::ManageTokens),
        Actor::Named(_) => Err(Forbidden::Role { needed: Deed::ManageTokens.least_role() }.into()),
    }
}

/// The audit's entry of a token; neither the secret nor its hash stands in it.
fn done(
    actor: &Actor,
    at: Timestamp,
    action: &str,
    before: Option<&TokenRecord>,
    after: &TokenRecord,
) -> Entry {
    let picture = |record: &TokenRecord| -> Value {
        json!({
            "token": record.id,
            "name": record.name,
            "department": record.department,
            "role": record.role,
            "expires": record.expires,
            "revoked": record.revoked,
        })
    };
    Entry {
        at,
        who: actor.as_str().to_owned(),
        action: action.to_owned(),
        dataset: None,
        revision: None,
        result: "done".to_owned(),
        before: before.map(picture),
        after: Some(picture(after)),
    }
}

#[cfg(test)]
mod tests;
