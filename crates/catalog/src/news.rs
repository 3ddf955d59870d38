//! 新着: what changed for readers, the latest first.
//!
//! Only what everybody may see is told: publications of datasets that are published still, and that one was withdrawn, not
//! what it was. オープンデータ一覧 is left out, as it changes with everything else.

use jiff::Timestamp;

use crate::error::CatalogError;
use crate::slug::Slug;
use crate::store::{self, Store};

/// A change that readers see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The dataset.
    pub slug: Slug,
    /// When it was.
    pub at: Timestamp,
    /// What it was.
    pub what: What,
}

/// What can happen to a dataset before everybody's eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// 公開・更新: a revision was opened to everybody.
    Published(Publication),
    /// 取下げ: it was taken back.
    Withdrawn {
        /// Why.
        reason: String,
    },
}

/// A revision that was opened to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its number.
    pub number: u32,
    /// When. [`News::at`] is later where what is said of the dataset has changed since.
    pub published: Timestamp,
    /// Whether the dataset was published for the first time.
    pub is_first: bool,
    /// The dataset's title, as it is now.
    pub title: String,
    /// Its description, as it is now.
    pub description: String,
    /// Its 担当課.
    pub department: String,
}

/// The latest `count` changes.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn latest(store: &Store, count: u32) -> Result<Vec<News>, CatalogError> {
    let read = store.reading().await?;
    let mut all = store::news::published(&read, count).await?;
    all.extend(store::news::withdrawn(&read, count).await?);
    all.sort_by(|one, other| other.at.cmp(&one.at).then_with(|| one.slug.cmp(&other.slug)));
    all.truncate(count as usize);
    Ok(all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;
    use crate::actor::Actor;
    use crate::review;
    use crate::testing::{TABLE, Town};

    #[tokio::test]
    async fn a_publication_and_a_revision_are_told_the_latest_first_and_a_draft_never() {
        let town = Town::open().await;
        town.drafts("hidden").await;
        town.publishes("toilets", TABLE).await.unwrap();
        town.publishes("toilets", &format!("{TABLE}見本三号,3\r\n")).await.unwrap();
        let news = latest(&town.store, 10).await.unwrap();
        let told: Vec<_> = news
            .iter()
            .map(|news| match &news.what {
                What::Published(it) => (news.slug.as_str(), it.number, it.is_first),
                What::Withdrawn { .. } => panic!("nobody withdrew anything"),
            })
            .collect();
        assert_eq!(told, [("toilets", 2, false), ("toilets", 1, true)]);
        assert_eq!(latest(&town.store, 1).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn of_a_withdrawn_dataset_only_that_is_told() {
        let town = Town::open().await;
        let published = town.publishes("toilets", TABLE).await.unwrap();
        let reason = "座標の誤り".to_owned();
        review::bury(&town.store, &Actor::Operator, &published.dataset, reason.clone()).await.unwrap();
        let news = latest(&town.store, 10).await.unwrap();
        let told: Vec<_> = news.iter().map(|news| (news.slug.as_str(), news.what.clone())).collect();
        assert_eq!(told, [("toilets", What::Withdrawn { reason })]);
    }
}
