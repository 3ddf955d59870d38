//! Everything that is published at a glance, kept for as long as nothing changes.
//!
//! The change counter is looked at for every reader, so a change is seen at once, whoever made it. Which rows a box
//! holds is read from the registry of their tables, once for each canonical file.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ingestion::Sha256;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query as Sql};
use sea_orm::{Condition, ConnectionTrait, FromQueryResult};
use tokio::sync::Mutex;

use super::{Store, change, time};
use crate::asking::Scalar;
use crate::asking::times::day_in_japan;
use crate::dataset::Metadata;
use crate::distribution::Format;
use crate::error::CatalogError;
use crate::overview::{Entry, Overview, TYPE, Whereabouts};
use crate::search::fold;
use crate::slug::Slug;

const DATASET: &str = "catalog_dataset";
const DEPARTMENT: &str = "catalog_department";
const DISTRIBUTION: &str = "catalog_distribution";

/// How often rows are looked for that were not loaded yet.
const PACE: Duration = Duration::from_secs(1);

/// The overview as it was last made.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Option<Made>>);

#[derive(Debug)]
struct Made {
    /// The change counter it was made at.
    change: u64,
    looked: Instant,
    overview: Arc<Overview>,
}

impl Made {
    /// Whether it holds at `change`. Rows that are being loaded are looked for again after a while.
    fn holds(&self, change: u64) -> bool {
        let is_complete =
            || self.overview.entries().iter().all(|entry| entry.whereabouts != Whereabouts::Unknown);
        self.change == change && (self.looked.elapsed() < PACE || is_complete())
    }
}

impl Store {
    /// Everything that is published.
    pub(crate) async fn overview(&self) -> Result<Arc<Overview>, CatalogError> {
        let now = change::read(&self.database).await?.number;
        let mut kept = self.overview.0.lock().await;
        if let Some(made) = kept.as_ref().filter(|made| made.holds(now)) {
            return Ok(Arc::clone(&made.overview));
        }
        let before = kept.as_ref().map(|made| Arc::clone(&made.overview)).unwrap_or_default();
        let read = self.reading().await?;
        let change = change::read(&read).await?.number;
        let mut entries = published(&read).await?;
        drop(read);
        self.find(&mut entries, &before).await?;
        let overview = Arc::new(Overview::of(entries));
        *kept = Some(Made { change, looked: Instant::now(), overview: Arc::clone(&overview) });
        Ok(overview)
    }

    /// Tells where the rows of `entries` are: as it was known `before`, a file being the same for ever.
    async fn find(&self, entries: &mut [Entry], before: &Overview) -> Result<(), CatalogError> {
        let mut known: HashMap<Sha256, Whereabouts> = before
            .entries()
            .iter()
            .filter(|entry| entry.whereabouts != Whereabouts::Unknown)
            .map(|entry| (entry.content, entry.whereabouts))
            .collect();
        let missing: BTreeSet<Sha256> = entries
            .iter()
            .map(|entry| entry.content)
            .filter(|content| !known.contains_key(content))
            .collect();
        known.extend(self.rows.whereabouts(&missing).await?);
        for entry in entries {
            entry.whereabouts = known.get(&entry.content).copied().unwrap_or(Whereabouts::Unknown);
        }
        Ok(())
    }
}

async fn published(db: &impl ConnectionTrait) -> Result<Vec<Entry>, CatalogError> {
    #[derive(FromQueryResult)]
    struct Line {
        slug: String,
        metadata: String,
        issued_ms: Option<i64>,
        modified_ms: i64,
        department: String,
        office: String,
        content: String,
    }
    let is =
        |table: &'static str, column: &'static str, value: &'static str| Expr::col((table, column)).eq(value);
    let same = |one: (&'static str, &'static str), other: (&'static str, &'static str)| {
        Expr::col(one).eq(Expr::col(other))
    };
    let csv = Condition::all()
        .add(same((DISTRIBUTION, "dataset"), (DATASET, "slug")))
        .add(same((DISTRIBUTION, "number"), (DATASET, "current")))
        .add(is(DISTRIBUTION, "format", Format::Csv.extension()));
    let mut select = Sql::select();
    select
        .from(DATASET)
        .join(JoinType::InnerJoin, DEPARTMENT, same((DEPARTMENT, "slug"), (DATASET, "department")))
        .join(JoinType::InnerJoin, DISTRIBUTION, csv)
        .columns(["slug", "metadata", "issued_ms", "modified_ms", "department"].map(|name| (DATASET, name)))
        .expr_as(Expr::col((DEPARTMENT, "title")), "office")
        .expr_as(Expr::col((DISTRIBUTION, "sha256")), "content")
        .and_where(is(DATASET, "state", "published"));
    let mut entries = Vec::new();
    for row in db.query_all(&select).await? {
        let line = Line::from_query_result(&row, "")?;
        let unreadable = |why: &dyn std::fmt::Display| super::unreadable(DATASET, why);
        let said: Metadata = serde_json::from_str(&line.metadata).map_err(|error| unreadable(&error))?;
        let searched = [line.slug.as_str(), &said.title, &said.description, &line.office].into_iter();
        let searched = searched.chain(said.title_en.as_deref());
        let text = |text: &str| Some(Scalar::Text(text.to_owned()));
        let day =
            |ms: i64| Ok::<_, CatalogError>(text(&day_in_japan(time::from_ms(DATASET, ms)?).to_string()));
        let values = vec![
            text(&line.slug),
            text(TYPE),
            text(&said.title),
            text(&line.department),
            said.theme.as_deref().and_then(text),
            text(said.licence.id()),
            said.schema.as_ref().and_then(|schema| text(&schema.to_string())),
            line.issued_ms.map(day).transpose()?.flatten(),
            day(line.modified_ms)?,
        ];
        entries.push(Entry {
            slug: Slug::parse(&line.slug).map_err(|error| unreadable(&error))?,
            temporal: said.temporal,
            whereabouts: Whereabouts::Unknown,
            folded: fold(searched.chain(said.keywords.iter().map(String::as_str))),
            values,
            content: line.content.parse().map_err(|error| unreadable(&error))?,
        });
    }
    Ok(entries)
}
