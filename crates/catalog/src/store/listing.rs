//! The list of published datasets: one query over several tables, its order, its count and its facets.
//!
//! Everything here looks only at what is published, unless whoever asks sees more ([`Sees`]). Datasets themselves are
//! [`super::dataset`]'s.

use jiff::Timestamp;
use sea_orm::sea_query::{
    Alias, CaseStatement, Expr, ExprTrait, Func, IntoColumnRef, JoinType, Order, Query as Sql,
    SelectStatement, SimpleExpr,
};
use sea_orm::{Condition, ConnectionTrait, DbBackend, FromQueryResult};

use super::{distribution, keyword, search, time};
use crate::error::CatalogError;
use crate::query::{BadCursor, Cursor, Key, Query, Sort};
use crate::search::{DocumentKind, Question};
use crate::slug::Slug;

const DATASET: &str = "catalog_dataset";
const FACET_VALUES_MAX: u64 = 100;

/// Whose datasets are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sees {
    /// What is published, and no more.
    Published,
    /// Also everything of this department.
    Of(Slug),
    /// Everything.
    All,
}

/// What a list can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Department,
    Theme,
    Schema,
    Licence,
    Format,
    Keyword,
}

/// The datasets of one page, and where the next begins.
pub(crate) async fn page(
    db: &impl ConnectionTrait,
    query: &Query,
    sees: &Sees,
) -> Result<(Vec<Slug>, Option<Cursor>), CatalogError> {
    #[derive(FromQueryResult)]
    struct Line {
        slug: String,
        title: String,
        issued_ms: Option<i64>,
        modified_ms: i64,
    }
    let limit = query.limit.clamp(1, 100);
    let mut select = matching(db.get_database_backend(), query, sees);
    for column in ["slug", "title", "issued_ms", "modified_ms"] {
        select.column((DATASET, column));
    }
    if let Some(after) = &query.after {
        select.cond_where(beyond(after, query.sort)?);
    }
    let order = match query.sort {
        Sort::Slug | Sort::Title => Order::Asc,
        Sort::ModifiedDesc | Sort::IssuedDesc => Order::Desc,
    };
    select.order_by_expr(sorted_by(query.sort), order).order_by((DATASET, "slug"), Order::Asc);
    select.limit(u64::from(limit) + 1);
    let lines: Vec<Line> = all(db, &select).await?;
    let more = lines.len() > limit as usize;
    let mut slugs = Vec::new();
    let mut last = None;
    for line in lines.into_iter().take(limit as usize) {
        let slug = Slug::parse(&line.slug).map_err(|error| super::unreadable(DATASET, error))?;
        let key = match query.sort {
            Sort::Slug => Key::Text(line.slug),
            Sort::Title => Key::Text(line.title),
            Sort::ModifiedDesc => Key::Time(line.modified_ms),
            Sort::IssuedDesc => Key::Time(line.issued_ms.unwrap_or(line.modified_ms)),
        };
        last = Some(Cursor { sort: query.sort, key, slug: slug.clone() });
        slugs.push(slug);
    }
    Ok((slugs, last.filter(|_| more)))
}

/// How many datasets there are on all pages together.
pub(crate) async fn total(
    db: &impl ConnectionTrait,
    query: &Query,
    sees: &Sees,
) -> Result<u64, CatalogError> {
    #[derive(FromQueryResult)]
    struct Total {
        total: i64,
    }
    let mut select = matching(db.get_database_backend(), query, sees);
    select.expr_as(Func::count(Expr::col((DATASET, "slug"))), "total");
    let totals: Vec<Total> = all(db, &select).await?;
    Ok(totals.first().map_or(0, |total| total.total.unsigned_abs()))
}

/// Where a page of the datasets by slug begins.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Begin<'a> {
    /// At this place, counted from 0.
    At(u64),
    /// With the first whose slug stands behind this one.
    Behind(&'a Slug),
}

/// The published datasets by slug from `begin` on, at most `size`, and whether there are more.
pub(crate) async fn by_slug(
    db: &impl ConnectionTrait,
    begin: Begin<'_>,
    size: u32,
) -> Result<(Vec<Slug>, bool), CatalogError> {
    #[derive(FromQueryResult)]
    struct Line {
        slug: String,
    }
    let mut select = matching(db.get_database_backend(), &Query::default(), &Sees::Published);
    select.column((DATASET, "slug")).order_by((DATASET, "slug"), Order::Asc);
    select.limit(u64::from(size) + 1);
    match begin {
        Begin::At(place) => select.offset(place),
        Begin::Behind(slug) => select.and_where(Expr::col((DATASET, "slug")).gt(slug.as_str())),
    };
    let lines: Vec<Line> = all(db, &select).await?;
    let more = lines.len() > size as usize;
    let slugs = lines.iter().take(size as usize).map(|line| Slug::parse(&line.slug));
    let slugs = slugs.collect::<Result<Vec<_>, _>>().map_err(|error| super::unreadable(DATASET, error))?;
    Ok((slugs, more))
}

/// Which of the published datasets changed when: those by slug from place `first` (counted from 0) on, at most `count`.
pub(crate) async fn changed(
    db: &impl ConnectionTrait,
    first: u64,
    count: u64,
) -> Result<Vec<(Slug, Timestamp)>, CatalogError> {
    #[derive(FromQueryResult)]
    struct Line {
        slug: String,
        modified_ms: i64,
    }
    let mut select = matching(db.get_database_backend(), &Query::default(), &Sees::Published);
    select.column((DATASET, "slug")).column((DATASET, "modified_ms"));
    select.order_by((DATASET, "slug"), Order::Asc).limit(count).offset(first);
    let lines: Vec<Line> = all(db, &select).await?;
    let read = |line: &Line| {
        let slug = Slug::parse(&line.slug).map_err(|error| super::unreadable(DATASET, error))?;
        Ok((slug, time::from_ms(DATASET, line.modified_ms)?))
    };
    lines.iter().map(read).collect()
}

/// What is told of all datasets together.
#[derive(Debug, Default)]
pub(crate) struct Extent {
    /// How many are published.
    pub total: u64,
    /// When the first one was published.
    pub issued: Option<Timestamp>,
    /// When one that ever was published last changed.
    pub modified: Option<Timestamp>,
}

/// The extent of the catalog, in one look at all of it.
pub(crate) async fn extent(db: &impl ConnectionTrait) -> Result<Extent, CatalogError> {
    #[derive(FromQueryResult)]
    struct Line {
        total: i64,
        issued_ms: Option<i64>,
        modified_ms: Option<i64>,
    }
    let column = |name: &'static str| Expr::col((DATASET, name));
    let published = CaseStatement::new().case(column("state").eq("published"), column("slug"));
    let mut select = Sql::select();
    select
        .from(DATASET)
        .expr_as(Func::count(published), "total")
        .expr_as(Func::min(column("issued_ms")), "issued_ms")
        .expr_as(Func::max(column("modified_ms")), "modified_ms")
        .and_where(column("issued_ms").is_not_null());
    let lines: Vec<Line> = all(db, &select).await?;
    let Some(line) = lines.first() else { return Ok(Extent::default()) };
    let moment = |ms: Option<i64>| ms.map(|ms| time::from_ms(DATASET, ms)).transpose();
    Ok(Extent {
        total: line.total.unsigned_abs(),
        issued: moment(line.issued_ms)?,
        modified: moment(line.modified_ms)?,
    })
}

/// How the datasets of all pages spread: each value with its number, the most frequent first.
pub(crate) async fn facet(
    db: &impl ConnectionTrait,
    query: &Query,
    sees: &Sees,
    by: By,
) -> Result<Vec<(String, u64)>, CatalogError> {
    #[derive(FromQueryResult)]
    struct Line {
        value: String,
        count: i64,
    }
    let mut select = matching(db.get_database_backend(), query, sees);
    let value = match by {
        By::Department => (DATASET, "department"),
        By::Theme => (DATASET, "theme"),
        By::Schema => (DATASET, "schema"),
        By::Licence => (DATASET, "licence"),
        By::Format => {
            select.join(
                JoinType::InnerJoin,
                "catalog_distribution",
                Condition::all()
                    .add(same(("catalog_distribution", "dataset"), (DATASET, "slug")))
                    .add(same(("catalog_distribution", "number"), (DATASET, "current"))),
            );
            ("catalog_distribution", "format")
        }
        By::Keyword => {
            select.join(
                JoinType::InnerJoin,
                "catalog_keyword",
                same(("catalog_keyword", "dataset"), (DATASET, "slug")),
            );
            ("catalog_keyword", "keyword")
        }
    };
    select
        .expr_as(Expr::col(value), "value")
        .expr_as(Func::count(Expr::col((DATASET, "slug"))), "count")
        .and_where(Expr::col(value).is_not_null())
        .group_by_col(value)
        .order_by(Alias::new("count"), Order::Desc)
        .order_by(value, Order::Asc)
        .limit(FACET_VALUES_MAX);
    let mut lines: Vec<Line> = all(db, &select).await?;
    lines.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
    Ok(lines.into_iter().map(|line| (line.value, line.count.unsigned_abs())).collect())
}

/// The datasets that a query asks for, of those that are seen; columns are to be named.
fn matching(backend: DbBackend, query: &Query, sees: &Sees) -> SelectStatement {
    let is = |column: &'static str, value: &str| Expr::col((DATASET, column)).eq(bound(value));
    let mut which = match sees {
        Sees::Published => Condition::all().add(is("state", "published")),
        Sees::Of(department) => {
            Condition::all().add(is("state", "published").or(is("department", department.as_str())))
        }
        Sees::All => Condition::all(),
    };
    if let Some(state) = &query.state {
        which = which.add(is("state", state));
    }
    if let Some(department) = &query.department {
        which = which.add(is("department", department.as_str()));
    }
    if let Some(theme) = &query.theme {
        which = which.add(is("theme", theme));
    }
    if let Some(schema) = &query.schema {
        which = which.add(is("schema", &schema.to_string()));
    }
    if let Some(licence) = query.licence {
        which = which.add(is("licence", licence.id()));
    }
    if let Some(frequency) = &query.frequency {
        which = which.add(is("frequency", frequency));
    }
    if let Some(since) = query.modified_since {
        let since = super::time::to_ms(since);
        which = which.add(Expr::col((DATASET, "modified_ms")).gte(since));
    }
    if let Some(keyword) = &query.keyword {
        let with = keyword::datasets_with(&bound(keyword));
        which = which.add(Expr::col((DATASET, "slug")).in_subquery(with));
    }
    if let Some(format) = query.format {
        which = which.add(Expr::col((DATASET, "slug")).in_subquery(distribution::datasets_in(format)));
    }
    for wanted in Question::read(query.q.as_deref().unwrap_or("")).wanted {
        let with = search::names_with(backend, DocumentKind::Dataset, &wanted.word);
        let slug = Expr::col((DATASET, "slug"));
        which =
            which.add(if wanted.is_unwanted { slug.not_in_subquery(with) } else { slug.in_subquery(with) });
    }
    Sql::select().from(DATASET).cond_where(which).take()
}

/// What a list is sorted by before its slugs. A draft, which was never issued, stands where it last changed.
fn sorted_by(sort: Sort) -> SimpleExpr {
    let column = |name: &'static str| Expr::col((DATASET, name));
    match sort {
        Sort::Slug => column("slug"),
        Sort::Title => column("title"),
        Sort::ModifiedDesc => column("modified_ms"),
        Sort::IssuedDesc => Func::coalesce([column("issued_ms"), column("modified_ms")]).into(),
    }
}

/// Everything that stands after `cursor` in the order `sort`.
fn beyond(cursor: &Cursor, sort: Sort) -> Result<Condition, CatalogError> {
    if cursor.sort != sort {
        return Err(BadCursor.into());
    }
    let key = || sorted_by(sort);
    let (further, equal) = match &cursor.key {
        Key::Text(text) => (key().gt(bound(text)), key().eq(bound(text))),
        Key::Time(ms) => (key().lt(*ms), key().eq(*ms)),
    };
    let later_slug = Expr::col((DATASET, "slug")).gt(cursor.slug.as_str());
    Ok(Condition::any().add(further).add(equal.and(later_slug)))
}

pub(super) fn same(one: impl IntoColumnRef, other: impl IntoColumnRef) -> SimpleExpr {
    Expr::col(one).eq(Expr::col(other))
}

/// A text as a database takes it: PostgreSQL refuses NUL, which no stored text holds.
pub(super) fn bound(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

pub(super) async fn all<M: FromQueryResult>(
    db: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Vec<M>, CatalogError> {
    let rows = db.query_all(select).await?;
    Ok(rows.iter().map(|row| M::from_query_result(row, "")).collect::<Result<_, _>>()?)
}
