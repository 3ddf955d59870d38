//! Published datasets as a CKAN portal is asked for them: which, in which order, how many, and how they spread.
//!
//! Columns and operators are a closed list; whatever strangers send is a bound value.

use sea_orm::sea_query::{
    Alias, BinOper, Expr, ExprTrait, Func, JoinType, LikeExpr, Order as Way, Query, SelectStatement,
};
use sea_orm::{Condition, ConnectionTrait, DbBackend, FromQueryResult};

use super::listing::{all, bound, same};
use super::{distribution, search, time};
use crate::asking::Pattern;
use crate::asking::pattern::Part;
use crate::ckan::asked::{Moment, Name, Span, Wanted};
use crate::ckan::query::{ResourceKey, ResourceQuery, ResourceTerm};
use crate::ckan::{Asked, By, Order, SortKey};
use crate::distribution::Format;
use crate::error::CatalogError;
use crate::search::DocumentKind;
use crate::slug::Slug;

const DATASET: &str = "catalog_dataset";
const DISTRIBUTION: &str = "catalog_distribution";
const TAG: &str = "catalog_tag";

#[derive(FromQueryResult)]
struct Named {
    slug: String,
}

#[derive(FromQueryResult)]
struct Total {
    total: i64,
}

#[derive(FromQueryResult)]
struct Counted {
    value: String,
    count: i64,
}

/// The packages that are asked for, from place `start` (counted from 0) on, at most `rows`.
pub(crate) async fn page(
    db: &impl ConnectionTrait,
    asked: &Asked,
    sort: &[Order],
    start: u64,
    rows: u32,
) -> Result<Vec<Slug>, CatalogError> {
    let mut select = matching(db.get_database_backend(), asked);
    select.column((DATASET, "slug"));
    for order in sort {
        let column = match order.by {
            SortKey::Id | SortKey::Created => "issued_ms",
            SortKey::Name => "slug",
            SortKey::Title => "title",
            SortKey::Modified => "modified_ms",
        };
        select.order_by((DATASET, column), way(order.descending));
    }
    select.order_by((DATASET, "slug"), Way::Asc).limit(u64::from(rows)).offset(within_bounds(start));
    slugs(all(db, &select).await?)
}

/// How many packages are asked for, on all pages.
pub(crate) async fn total(db: &impl ConnectionTrait, asked: &Asked) -> Result<u64, CatalogError> {
    let mut select = matching(db.get_database_backend(), asked);
    select.expr_as(Func::count(Expr::col((DATASET, "slug"))), "total");
    let totals: Vec<Total> = all(db, &select).await?;
    Ok(totals.first().map_or(0, |total| total.total.unsigned_abs()))
}

/// The names of all packages, in their order, from place `start` on; at most `limit` where that is said.
pub(crate) async fn names(
    db: &impl ConnectionTrait,
    start: u64,
    limit: Option<u64>,
) -> Result<Vec<Slug>, CatalogError> {
    let mut select = matching(db.get_database_backend(), &Asked::ANYTHING);
    select.column((DATASET, "slug")).order_by((DATASET, "slug"), Way::Asc);
    select.limit(within_bounds(limit.unwrap_or(u64::MAX))).offset(within_bounds(start));
    slugs(all(db, &select).await?)
}

/// How the packages that are asked for spread: each value with its number, the most frequent first.
pub(crate) async fn facet(
    db: &impl ConnectionTrait,
    asked: &Asked,
    by: By,
    limit: Option<u32>,
    least: u32,
) -> Result<Vec<(String, u64)>, CatalogError> {
    let mut select = matching(db.get_database_backend(), asked);
    let value = match by {
        By::Organization => (DATASET, "department"),
        By::Group => (DATASET, "theme"),
        By::Licence => (DATASET, "licence"),
        By::Format => {
            join_forms(&mut select);
            (DISTRIBUTION, "format")
        }
        By::Tag => {
            select.join(JoinType::InnerJoin, TAG, same((TAG, "dataset"), (DATASET, "slug")));
            (TAG, "tag")
        }
    };
    let count = || Func::count(Expr::col((DATASET, "slug")));
    select
        .expr_as(Expr::col(value), "value")
        .expr_as(count(), "count")
        .and_where(Expr::col(value).is_not_null())
        .group_by_col(value)
        .and_having(Expr::from(count()).gte(i64::from(least)))
        .order_by(Alias::new("count"), Way::Desc)
        .order_by(value, Way::Asc);
    if let Some(limit) = limit {
        select.limit(u64::from(limit));
    }
    let lines: Vec<Counted> = all(db, &select).await?;
    Ok(lines.into_iter().map(|line| (line.value, line.count.unsigned_abs())).collect())
}

/// The tags of packages, in the order of their letters, from place `start` on: those that hold `query`.
pub(crate) async fn tags(
    db: &impl ConnectionTrait,
    query: Option<&str>,
    start: u64,
    limit: Option<u64>,
) -> Result<Vec<String>, CatalogError> {
    #[derive(FromQueryResult)]
    struct Line {
        tag: String,
    }
    let mut select = matching(db.get_database_backend(), &Asked::ANYTHING);
    select.join(JoinType::InnerJoin, TAG, same((TAG, "dataset"), (DATASET, "slug")));
    select.column((TAG, "tag")).distinct().order_by((TAG, "tag"), Way::Asc);
    select.limit(within_bounds(limit.unwrap_or(u64::MAX))).offset(within_bounds(start));
    if let Some(query) = query {
        let holds = Pattern::of(&format!("%{}%", crate::ckan::asked::escaped(query)));
        select.and_where(fits((TAG, "tag"), &holds));
    }
    Ok(all(db, &select).await?.into_iter().map(|line: Line| line.tag).collect())
}

/// The resources that are asked for, and how many there are on all pages; `download` is what their addresses begin with.
pub(crate) async fn resources(
    db: &impl ConnectionTrait,
    query: &ResourceQuery,
    download: &str,
    rows_max: u32,
) -> Result<(Vec<(Slug, Format)>, u64), CatalogError> {
    #[derive(FromQueryResult)]
    struct Line {
        slug: String,
        format: String,
    }
    let mut select = matching(db.get_database_backend(), &Asked::ANYTHING);
    join_forms(&mut select);
    for term in &query.terms {
        select.cond_where(of_resource(term, download));
    }
    let mut count = select.clone();
    count.expr_as(Func::count(Expr::col((DATASET, "slug"))), "total");
    let totals: Vec<Total> = all(db, &count).await?;
    match query.order {
        Some(ResourceKey::Name) => select.order_by((DATASET, "title"), Way::Asc),
        Some(ResourceKey::Format) => select.order_by((DISTRIBUTION, "format"), Way::Asc),
        Some(ResourceKey::Size) => select.order_by((DISTRIBUTION, "bytes"), Way::Asc),
        Some(ResourceKey::Modified) => select.order_by((DATASET, "modified_ms"), Way::Asc),
        None => &mut select,
    };
    select.column((DATASET, "slug")).column((DISTRIBUTION, "format"));
    select.order_by((DATASET, "slug"), Way::Asc).order_by((DISTRIBUTION, "format"), Way::Asc);
    select.limit(u64::from(Ord::min(query.limit, rows_max))).offset(within_bounds(query.offset));
    let lines: Vec<Line> = all(db, &select).await?;
    let read = |line: Line| {
        let slug = Slug::parse(&line.slug).map_err(|error| super::unreadable(DATASET, error))?;
        let format = line.format.parse().map_err(|error| super::unreadable(DISTRIBUTION, error))?;
        Ok((slug, format))
    };
    let found = lines.into_iter().map(read).collect::<Result<_, CatalogError>>()?;
    Ok((found, totals.first().map_or(0, |total| total.total.unsigned_abs())))
}

/// The published datasets of which `asked` is true; columns are to be named.
fn matching(backend: DbBackend, asked: &Asked) -> SelectStatement {
    let mut select = Query::select();
    select.from(DATASET).cond_where(
        Condition::all().add(Expr::col((DATASET, "state")).eq("published")).add(condition(backend, asked)),
    );
    select
}

fn condition(backend: DbBackend, asked: &Asked) -> Condition {
    let of = |expression: Expr| Condition::all().add(expression);
    let column = |name: &'static str| Expr::col((DATASET, name));
    match asked {
        Asked::All(parts) if parts.is_empty() => of(Expr::cust("1 = 1")),
        Asked::Any(parts) if parts.is_empty() => of(Expr::cust("1 = 0")),
        Asked::All(parts) => {
            parts.iter().fold(Condition::all(), |all, part| all.add(condition(backend, part)))
        }
        Asked::Any(parts) => {
            parts.iter().fold(Condition::any(), |any, part| any.add(condition(backend, part)))
        }
        Asked::Not(part) => condition(backend, part).not(),
        Asked::Says(word) => {
            of(column("slug").in_subquery(search::names_with(backend, DocumentKind::Dataset, word)))
        }
        Asked::Title(pattern) => of(fits((DATASET, "title"), pattern)),
        Asked::Is(name, wanted) => match name {
            Name::Package => of(is((DATASET, "slug"), wanted)),
            Name::Organization => of(is((DATASET, "department"), wanted)),
            // A dataset without a theme is in no group: that is not unknown, but false.
            Name::Group => of(column("theme").is_not_null().and(is((DATASET, "theme"), wanted))),
            Name::Tag => {
                let mut tagged = Query::select();
                tagged.column((TAG, "dataset")).from(TAG).and_where(is((TAG, "tag"), wanted));
                of(column("slug").in_subquery(tagged))
            }
            // Ids are made of names elsewhere, and put in their words before they come here.
            Name::Id | Name::OwnerOrg => of(Expr::cust("1 = 0")),
        },
        Asked::Format(formats) => {
            let in_one = |format: &Format| column("slug").in_subquery(distribution::datasets_in(*format));
            formats
                .iter()
                .map(in_one)
                .fold(of(Expr::cust("1 = 0")), |any, one| Condition::any().add(any).add(one))
        }
        Asked::Licence(licences) if licences.is_empty() => of(Expr::cust("1 = 0")),
        Asked::Licence(licences) => of(column("licence").is_in(licences.iter().map(|licence| licence.id()))),
        Asked::Within(moment, span) => within(*moment, span),
    }
}

fn within(moment: Moment, span: &Span) -> Condition {
    let column = || {
        Expr::col((
            DATASET,
            match moment {
                Moment::Modified => "modified_ms",
                Moment::Created => "issued_ms",
            },
        ))
    };
    // Times are kept in whole milliseconds: what is finer is cut off, so that nothing is missed.
    let from = span.from.map(|(time, belongs)| match (time::to_ms(time), belongs) {
        (ms, true) => column().gte(ms),
        (ms, false) => column().gt(ms),
    });
    let to = span.to.map(|(time, belongs)| match (time::to_ms(time), belongs) {
        (ms, true) => column().lte(ms),
        (ms, false) => column().lt(ms),
    });
    from.into_iter().chain(to).fold(Condition::all().add(column().is_not_null()), Condition::add)
}

fn of_resource(term: &ResourceTerm, download: &str) -> Condition {
    let of = |expression: Expr| Condition::all().add(expression);
    match term {
        ResourceTerm::Name(pattern) => of(fits((DATASET, "title"), pattern)),
        ResourceTerm::Url(pattern) => {
            let joined = |one: Expr, other: Expr| one.binary(BinOper::Custom("||"), other);
            let slug = joined(Expr::val(download).cast_as("text"), Expr::col((DATASET, "slug")));
            let format = joined(Expr::val("/download.").cast_as("text"), Expr::col((DISTRIBUTION, "format")));
            of(Expr::from(Func::lower(joined(slug, format))).like(like(pattern)))
        }
        ResourceTerm::Format(formats) if formats.is_empty() => of(Expr::cust("1 = 0")),
        ResourceTerm::Format(formats) => {
            let names = formats.iter().map(|format| format.extension());
            of(Expr::col((DISTRIBUTION, "format")).is_in(names))
        }
        ResourceTerm::Hash(begins) => {
            let pattern = Pattern::of(&format!("{}%", crate::ckan::asked::escaped(begins)));
            of(Expr::col((DISTRIBUTION, "sha256")).like(like(&pattern)))
        }
    }
}

fn is(column: (&'static str, &'static str), wanted: &Wanted) -> Expr {
    match wanted {
        Wanted::Exactly(text) => Expr::col(column).eq(bound(text)),
        Wanted::Like(pattern) => fits(column, pattern),
        Wanted::Some => Expr::col(column).is_not_null(),
    }
}

/// Whether a column fits a pattern. The case of Latin letters does not count: SQLite's `LIKE` takes no notice of it.
fn fits(column: (&'static str, &'static str), pattern: &Pattern) -> Expr {
    lower(column).like(like(pattern))
}

fn lower(column: (&'static str, &'static str)) -> Expr {
    Expr::from(Func::lower(Expr::col(column)))
}

fn like(pattern: &Pattern) -> LikeExpr {
    let mut written = String::new();
    for part in pattern.parts() {
        match part {
            Part::Any => written.push('%'),
            Part::One => written.push('_'),
            Part::Letter(letter) => {
                if matches!(letter, '%' | '_' | '\\') {
                    written.push('\\');
                }
                written.push(letter.to_ascii_lowercase());
            }
        }
    }
    LikeExpr::new(bound(&written)).escape('\\')
}

/// Joins the forms in which the current revisions come.
fn join_forms(select: &mut SelectStatement) {
    let current = same((DISTRIBUTION, "number"), (DATASET, "current"));
    let own = Condition::all().add(same((DISTRIBUTION, "dataset"), (DATASET, "slug"))).add(current);
    select.join(JoinType::InnerJoin, DISTRIBUTION, own);
}

fn way(descending: bool) -> Way {
    if descending { Way::Desc } else { Way::Asc }
}

/// A number as both databases take it.
fn within_bounds(number: u64) -> u64 {
    Ord::min(number, i64::MAX.unsigned_abs())
}

fn slugs(lines: Vec<Named>) -> Result<Vec<Slug>, CatalogError> {
    let read = |line: &Named| Slug::parse(&line.slug).map_err(|error| super::unreadable(DATASET, error));
    lines.iter().map(read).collect()
}
