//! Who may do what. The one place that says so; the acts ask here before they do anything.
//!
//! | | editor | approver | admin |
//! |---|---|---|---|
//! | make, describe, upload, answer, submit, see drafts | own department | own department | everywhere |
//! | publish, return, withdraw | – | own department | everywhere |
//! | see the audit, manage tokens | – | – | yes |
//!
//! What belongs to another department is answered as if it were not there. Nobody publishes what they made.

use crate::dataset::Dataset;
use crate::error::CatalogError;
use crate::staff::{Role, Staff};

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Make a dataset.
    Create,
    /// Change what is said about one.
    Describe,
    /// Hand in a file.
    Upload,
    /// Answer what was asked about it.
    Answer,
    /// Ask for its publication.
    Submit,
    /// 公開
    Publish,
    /// 差戻し
    Return,
    /// 取下げ
    Withdraw,
    /// Look at what is not public.
    SeeDrafts,
    /// Read the audit.
    SeeAudit,
    /// Make, list and revoke tokens.
    ManageTokens,
}

impl Deed {
    /// The lowest role that may do it.
    pub fn least_role(self) -> Role {
        match self {
            Deed::Create | Deed::Describe | Deed::Upload | Deed::Answer | Deed::Submit | Deed::SeeDrafts => {
                Role::Editor
            }
            Deed::Publish | Deed::Return | Deed::Withdraw => Role::Approver,
            Deed::SeeAudit | Deed::ManageTokens => Role::Admin,
        }
    }
}

/// Why somebody may not do what they asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// Their role is too low.
    #[error("this is for the role `{needed}`")]
    Role {
        /// The lowest role that may.
        needed: Role,
    },
    /// It is their own work.
    #[error("nobody publishes what they made themselves")]
    OwnWork,
}

/// What the city decided about its own office.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules {
    /// An office of one: who made a revision may publish it.
    pub maker_may_publish: bool,
}

impl Rules {
    /// Whether `staff` may do `deed` to `dataset`, or to that revision of it which was made by `made_by`.
    ///
    /// # Errors
    /// [`CatalogError::NoSuchDataset`] when it is another department's, whatever the role; then
    /// [`CatalogError::Forbidden`].
    pub fn may(
        self,
        staff: &Staff,
        deed: Deed,
        dataset: &Dataset,
        made_by: Option<&str>,
    ) -> Result<(), CatalogError> {
        if !is_of(staff, dataset) {
            return Err(CatalogError::NoSuchDataset(dataset.slug.clone()));
        }
        may_at_all(staff, deed)?;
        let own = made_by == Some(staff.name.as_str());
        if deed == Deed::Publish && own && !self.maker_may_publish {
            return Err(Forbidden::OwnWork.into());
        }
        Ok(())
    }
}

/// Whether `staff` has the role for `deed`, of whichever department; for what is about no dataset.
///
/// # Errors
/// [`CatalogError::Forbidden`].
pub fn may_at_all(staff: &Staff, deed: Deed) -> Result<(), CatalogError> {
    let needed = deed.least_role();
    if staff.role < needed { Err(Forbidden::Role { needed }.into()) } else { Ok(()) }
}

/// Whether `asker` sees what of `dataset` is not public.
pub fn sees_drafts(asker: Option<&Staff>, dataset: &Dataset) -> bool {
    asker.is_some_and(|staff| is_of(staff, dataset))
}

fn is_of(staff: &Staff, dataset: &Dataset) -> bool {
    staff.role == Role::Admin || staff.department == dataset.department.slug
}

#[cfg(test)]
mod tests;
