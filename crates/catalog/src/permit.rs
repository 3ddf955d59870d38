//! Whether somebody may do what they want to do, looked up before anything else is: what is not theirs to see is
//! not there, what is beyond their role is forbidden ([`crate::rules`]).
//!
//! A [`Permit`] is the proof, and holds what it was given for as it was then; the acts ([`crate::draft`],
//! [`crate::review`]) take one, and none of them begins without.

use crate::actor::Actor;
use crate::audit;
use crate::dataset::{Dataset, DatasetState};
use crate::error::CatalogError;
use crate::revision::{Revision, RevisionState};
use crate::rules::{self, Deed, Forbidden, Rules};
use crate::slug::Slug;
use crate::staff::Staff;
use crate::store::{self, Store};

/// The proof that somebody may do one thing to one dataset, or to one revision of it.
#[derive(Debug, Clone)]
pub struct Permit {
    actor: Actor,
    deed: Deed,
    dataset: Dataset,
    revision: Option<Revision>,
}

/// Lets `staff` do `deed` to the dataset `slug`, or to its revision `number`.
///
/// # Errors
/// [`CatalogError::NoSuchDataset`], for what is another department's, too; [`CatalogError::NoSuchRevision`];
/// [`CatalogError::Forbidden`]. The refusal is written into the audit.
#[tracing::instrument(skip_all, fields(dataset.slug = %slug))]
pub async fn permit(
    store: &Store,
    rules: Rules,
    staff: &Staff,
    deed: Deed,
    slug: &Slug,
    number: Option<u32>,
) -> Result<Permit, CatalogError> {
    let actor = Actor::Staff(staff.clone());
    let permitted = looked_up(store, rules, staff, deed, slug, number).await;
    let (dataset, revision) = audit::refusals(store, &actor, action(deed), slug, permitted).await?;
    Ok(Permit { actor, deed, dataset, revision })
}

async fn looked_up(
    store: &Store,
    rules: Rules,
    staff: &Staff,
    deed: Deed,
    slug: &Slug,
    number: Option<u32>,
) -> Result<(Dataset, Option<Revision>), CatalogError> {
    let dataset = store::dataset::find(store.database(), slug).await?;
    let dataset = dataset
        .filter(|dataset| rules::sees_drafts(Some(staff), dataset))
        .ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?;
    let revision = match number {
        Some(number) => Some(store::revision::find(store.database(), slug, number).await?),
        None => None,
    };
    let made_by = revision.as_ref().map(|revision| revision.made_by.as_str());
    rules.may(staff, deed, &dataset, made_by)?;
    Ok((dataset, revision))
}

impl Permit {
    /// The dataset as it was when this was given.
    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// Writes into the audit that it was refused for `why` before it began.
    ///
    /// # Errors
    /// `why`, or what the database says.
    pub async fn refused(&self, store: &Store, why: CatalogError) -> Result<(), CatalogError> {
        audit::refusals(store, &self.actor, self.action(), &self.dataset.slug, Err(why)).await
    }

    /// What the audit calls it.
    pub(crate) fn action(&self) -> &'static str {
        action(self.deed)
    }

    /// Who may.
    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The dataset, when this is a permit for `deed` and the dataset was not taken back.
    pub(crate) fn for_dataset(&self, deed: Deed) -> Result<&Dataset, CatalogError> {
        if self.deed != deed {
            return Err(Forbidden::Role { needed: deed.least_role() }.into());
        }
        match &self.dataset.state {
            DatasetState::Draft | DatasetState::Published => Ok(&self.dataset),
            DatasetState::Withdrawn(tombstone) => Err(CatalogError::Withdrawn {
                slug: self.dataset.slug.clone(),
                tombstone: Box::new(tombstone.clone()),
            }),
        }
    }

    /// The dataset and the revision, when this is a permit for `deed`, the revision is in one of the states `wanted`, and
    /// readers do not get a later one already.
    pub(crate) fn for_revision(
        &self,
        deed: Deed,
        wanted: &'static [RevisionState],
    ) -> Result<(&Dataset, &Revision), CatalogError> {
        let dataset = self.for_dataset(deed)?;
        let slug = || dataset.slug.clone();
        let revision =
            self.revision.as_ref().ok_or_else(|| CatalogError::NoSuchRevision { slug: slug(), number: 0 })?;
        let Revision { number, state, .. } = *revision;
        if !wanted.contains(&state) {
            return Err(CatalogError::NotThen { slug: slug(), number, state, wanted });
        }
        match &dataset.current {
            Some(current) if current.number > number => {
                Err(CatalogError::Superseded { slug: slug(), number, current: current.number })
            }
            _ => Ok((dataset, revision)),
        }
    }
}

fn action(deed: Deed) -> &'static str {
    match deed {
        Deed::Create => "create",
        Deed::Describe => "describe",
        Deed::Upload => "upload",
        Deed::Answer => "answer",
        Deed::Submit => "submit",
        Deed::Publish => "publish",
        Deed::Return => "return",
        Deed::Withdraw => "withdraw",
        Deed::SeeDrafts => "see-drafts",
        Deed::SeeAudit => "see-audit",
        Deed::ManageTokens => "manage-tokens",
    }
}
