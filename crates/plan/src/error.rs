//! Our trade saying no (refusals), and what goes wrong beneath it (faults).

use jiff::civil::Date;

use crate::code::InitiativeCode;
use crate::misfit::Misfit;

/// Why the plan's records did not do what they were asked.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Where a plan was expected there is none.
    #[error("there is no plan in this database: load one first")]
    NoPlan,
    /// A plan is on record; a second one is not loaded over it.
    #[error("there is a plan in this database already: nothing was changed")]
    PlanExists,
    /// No such 項目 and no such item.
    #[error("there is no initiative `{0}`")]
    NoSuchInitiative(InitiativeCode),
    /// An item was handed in under the code of a 項目.
    #[error("`{0}` is the code of a 項目: an individual item has a number under it, such as {example}", example = .0.item_numbered(1))]
    NotAnItem(InitiativeCode),
    /// An item was handed in under a 項目 that the plan does not have.
    #[error("`{code}` cannot be added: the plan has no `{parent}`")]
    NoSuchParent {
        /// The item's code.
        code: InitiativeCode,
        /// The missing 項目.
        parent: InitiativeCode,
    },
    /// The code is taken.
    #[error("there is an initiative `{0}` already")]
    CodeTaken(InitiativeCode),
    /// Items under a 項目 are numbered without gaps, dropped ones included.
    #[error("`{code}` would leave a gap: the next item here is `{next}`")]
    WrongNumber {
        /// The code given.
        code: InitiativeCode,
        /// The code that is next.
        next: InitiativeCode,
    },
    /// A report was handed in on a 項目.
    #[error(
        "`{0}` is a 項目: progress is reported on the individual items under it, and its state is their summary"
    )]
    ProgressGoesToItems(InitiativeCode),
    /// A report was handed in on an item that is out of force.
    #[error("`{code}` was dropped on {on}: nothing is reported on it any more")]
    Dropped {
        /// The item.
        code: InitiativeCode,
        /// The day of the decision.
        on: Date,
    },
    /// Something in what was handed in does not fit.
    #[error("{0}")]
    Misfit(Misfit),
    /// A file of `datasets/plan` that does not read, or contradicts another.
    #[error("{path}: {why}")]
    BadData {
        /// The file.
        path: String,
        /// Why, with line and column where they are known.
        why: String,
    },
    /// A record in the database that does not read. It is our fault, not the asker's.
    #[error("a record of the plan is damaged: {what}: {why}")]
    Damaged {
        /// Which record.
        what: String,
        /// Why.
        why: String,
    },
    /// The tables could not be made, or brought up to date.
    #[error(transparent)]
    Tables(#[from] catalog::CatalogError),
    /// The database did not answer.
    #[error("the database did not answer")]
    Database(#[from] sea_orm::DbErr),
}

impl From<Misfit> for PlanError {
    fn from(misfit: Misfit) -> PlanError {
        PlanError::Misfit(misfit)
    }
}
