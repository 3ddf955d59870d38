//! Where the two databases differ: how grams are kept, and how a word is asked for.
//!
//! SQLite's FTS5 finds grams that stand one behind the other, and that is exact. PostgreSQL's `tsvector` keeps the
//! set of a text's grams (its positions end at 16,383), and the folded text beside it decides. What goes to
//! either as syntax is made of grams alone, which are digits and small letters.

use sea_orm::sea_query::extension::postgres::PgExpr;
use sea_orm::sea_query::extension::sqlite::SqliteExpr;
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, OnConflict, Order, Query, SelectStatement, SubQueryStatement,
};
use sea_orm::{Condition, ConnectionTrait, DbBackend, Statement, StatementBuilder};

use super::super::unreadable;
use super::state;
use crate::error::CatalogError;
use crate::search::{DocumentKind, Question, Word, grams};

/// One of the two indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Index {
    /// Of the texts of documents.
    Texts,
    /// Of the rows of revisions.
    Rows,
}

impl Index {
    /// The table of grams on SQLite, whose column of numbers is `rowid`.
    fn on_sqlite(self) -> &'static str {
        match self {
            Index::Texts => "search_grams",
            Index::Rows => "search_cells",
        }
    }

    /// The table with grams on PostgreSQL, whose column of numbers is `id`.
    fn on_postgres(self) -> &'static str {
        match self {
            Index::Texts => "search_text",
            Index::Rows => "search_row",
        }
    }

    fn table(self, backend: DbBackend) -> &'static str {
        match backend {
            DbBackend::Postgres => self.on_postgres(),
            _ => self.on_sqlite(),
        }
    }

    fn id(self, backend: DbBackend) -> &'static str {
        match backend {
            DbBackend::Postgres => "id",
            _ => "rowid",
        }
    }
}

/// The folded text as PostgreSQL's `tsvector`: its grams without positions.
pub(super) fn vector(folded: &str) -> Expr {
    let set: Vec<String> = grams::set_of_text(folded).into_iter().collect();
    Expr::val(set.join(" ")).cast_as("tsvector")
}

/// Puts the grams of a document's folded texts into the index, in place of what was there.
pub(super) async fn put_text(db: &impl ConnectionTrait, id: i64, folded: &str) -> Result<(), CatalogError> {
    let backend = db.get_database_backend();
    let mut insert = Query::insert();
    insert.into_table(Index::Texts.table(backend));
    let values = match backend {
        DbBackend::Postgres => {
            let replace =
                OnConflict::column("id").update_columns(["folded", "grams"].map(Alias::new)).to_owned();
            insert.columns(["id", "folded", "grams"].map(Alias::new)).on_conflict(replace);
            vec![Expr::val(id), Expr::val(folded), vector(folded)]
        }
        _ => {
            insert.replace().columns(["rowid", "grams"].map(Alias::new));
            vec![Expr::val(id), Expr::val(grams::of_text(folded))]
        }
    };
    insert.values(values).map_err(|error| unreadable("search_text", error))?;
    db.execute(&insert).await?;
    Ok(())
}

/// What puts the grams of folded rows into SQLite's index. On PostgreSQL they stand with the rows already.
pub(super) fn of_rows(backend: DbBackend, rows: &[(i64, String)]) -> Result<Statement, CatalogError> {
    let mut insert = Query::insert();
    insert.into_table(Index::Rows.on_sqlite()).columns(["rowid", "grams"].map(Alias::new));
    for (id, folded) in rows {
        insert
            .values([Expr::val(*id), Expr::val(grams::of_text(folded))])
            .map_err(|error| unreadable("search_cells", error))?;
    }
    Ok(StatementBuilder::build(&insert, &backend))
}

/// Takes the grams of the rows numbered `first` to `last` out of the index. On PostgreSQL they go with the rows.
pub(super) async fn remove_rows(
    db: &impl ConnectionTrait,
    first: i64,
    last: i64,
) -> Result<(), CatalogError> {
    if db.get_database_backend() != DbBackend::Postgres {
        let mut delete = Query::delete();
        delete.from_table(Index::Rows.on_sqlite()).and_where(Expr::col("rowid").between(first, last));
        db.execute(&delete).await?;
    }
    Ok(())
}

/// Forgets all texts, or all rows.
pub(super) async fn empty(db: &impl ConnectionTrait, index: Index) -> Result<(), CatalogError> {
    let backend = db.get_database_backend();
    db.execute(Query::delete().from_table(index.table(backend))).await?;
    Ok(())
}

/// Words of which one must stand there, for FTS5: the grams of each one behind the other.
fn any_phrase<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let phrases = words.into_iter().map(|word| format!("\"{}\"", grams::of_word(word).join(" ")));
    phrases.collect::<Vec<_>>().join(" OR ")
}

/// Holds where a text of `index` has one of `words`.
fn has_any<'a>(backend: DbBackend, index: Index, words: impl IntoIterator<Item = &'a str>) -> Condition {
    if backend != DbBackend::Postgres {
        return Condition::all().add(SqliteExpr::matches(Expr::col(index.on_sqlite()), any_phrase(words)));
    }
    words.into_iter().fold(Condition::any(), |any, word| {
        let grams = grams::of_word(word);
        let all = Expr::val(grams.join(" & ")).cast_as("tsquery");
        let has = Condition::all().add(PgExpr::matches(Expr::col("grams"), all));
        any.add(match grams.len() {
            1 => has,
            _ => has.add(Expr::expr(Func::cust("strpos").args([Expr::col("folded"), Expr::val(word)])).gt(0)),
        })
    })
}

/// Holds where a row of the index is what `question` asks for.
fn rows_hold(backend: DbBackend, question: &Question) -> Condition {
    if backend == DbBackend::Postgres {
        let has = |word: &Word| has_any(backend, Index::Rows, word.all());
        let all = question.words().fold(Condition::all(), |all, word| all.add(has(word)));
        return question.unwanted().fold(all, |all, word| all.add(has(word).not()));
    }
    let wanted: Vec<String> = question.words().map(|word| format!("({})", any_phrase(word.all()))).collect();
    let mut asked = format!("({})", wanted.join(" AND "));
    let unwanted: Vec<String> = question.unwanted().map(|word| any_phrase(word.all())).collect();
    if !unwanted.is_empty() {
        asked = format!("{asked} NOT ({})", unwanted.join(" OR "));
    }
    Condition::all().add(SqliteExpr::matches(Expr::col(Index::Rows.on_sqlite()), asked))
}

/// The numbers that `which` finds in `index`, with commas between, as one value.
fn listed(backend: DbBackend, which: SelectStatement) -> SelectStatement {
    let list = match backend {
        DbBackend::Postgres => {
            Func::cust("string_agg").args([Expr::col("id").cast_as("text"), Expr::val(",")])
        }
        _ => Func::cust("group_concat").arg(Expr::col("id")),
    };
    Query::select().expr(list).from_subquery(which, "found").take()
}

/// The documents that have `word` or one of its synonyms.
fn documents_with(backend: DbBackend, word: &Word) -> SelectStatement {
    let index = Index::Texts;
    Query::select()
        .expr_as(Expr::col(index.id(backend)), "id")
        .from(index.table(backend))
        .cond_where(has_any(backend, index, word.all()))
        .take()
}

/// The first rows, at most `most`, behind row `after` that are what `question` asks for, by number.
fn rows_with(backend: DbBackend, question: &Question, after: i64, most: u64) -> SelectStatement {
    let index = Index::Rows;
    Query::select()
        .expr_as(Expr::col(index.id(backend)), "id")
        .from(index.table(backend))
        .cond_where(rows_hold(backend, question))
        .and_where(Expr::col(index.id(backend)).gt(after))
        .order_by(index.id(backend), Order::Asc)
        .limit(most)
        .take()
}

/// What the index is asked for at once.
#[derive(Debug, Clone)]
pub(crate) struct Asked<'q> {
    /// The words.
    pub question: &'q Question,
    /// Whether documents are looked for.
    pub documents: bool,
    /// For each list of rows: behind which row it begins, and how many at most.
    pub rows: Vec<(i64, u64)>,
}

/// What the index answers, as of one moment.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The number of the last change of the index.
    pub number: i64,
    /// For each word of the question, wanted or not, the documents that have it or one of its synonyms, by number; where
    /// documents were looked for.
    pub documents: Option<Vec<Vec<i64>>>,
    /// The lists of rows.
    pub rows: Vec<Vec<i64>>,
}

/// Asks the index: one statement, and one row comes back.
pub(crate) async fn find(db: &impl ConnectionTrait, asked: &Asked<'_>) -> Result<Found, CatalogError> {
    let backend = db.get_database_backend();
    let mut select = Query::select();
    select.expr(Expr::col(state::Column::Value));
    select.from(state::Entity).and_where(Expr::col(state::Column::Name).eq(state::NUMBER));
    let mut lists = 0;
    let mut add = |which: SelectStatement| {
        lists += 1;
        let list = SubQueryStatement::SelectStatement(listed(backend, which));
        select.expr_as(Expr::SubQuery(None, Box::new(list)), Alias::new(format!("list_{lists}")));
    };
    if asked.documents {
        asked.question.wanted.iter().for_each(|wanted| add(documents_with(backend, &wanted.word)));
    }
    for (after, most) in &asked.rows {
        add(rows_with(backend, asked.question, *after, *most));
    }
    let row = db.query_one(&select).await?;
    let row = row.ok_or_else(|| unreadable("search_state", "its number is missing"))?;

    let mut columns = 1..;
    let mut next = || -> Result<Vec<i64>, CatalogError> {
        let column = columns.next().unwrap_or(usize::MAX);
        let list: Option<String> = row.try_get_by_index(column)?;
        numbers(list.as_deref().unwrap_or_default()).ok_or_else(|| unreadable("search_text", "a number"))
    };
    let documents = match asked.documents {
        true => Some(asked.question.wanted.iter().map(|_| next()).collect::<Result<_, _>>()?),
        false => None,
    };
    let rows = asked.rows.iter().map(|_| next()).collect::<Result<_, _>>()?;
    Ok(Found { number: row.try_get_by_index(0)?, documents, rows })
}

/// Numbers with commas between, sorted. `None` when something else stands there.
fn numbers(listed: &str) -> Option<Vec<i64>> {
    let numbers = listed.split(',').filter(|number| !number.is_empty()).map(|number| number.parse().ok());
    let mut numbers = numbers.collect::<Option<Vec<i64>>>()?;
    if !numbers.is_sorted() {
        numbers.sort_unstable();
    }
    Some(numbers)
}

/// The names of the documents of `kind` that have `word` or one of its synonyms.
pub(crate) fn names_with(backend: DbBackend, kind: DocumentKind, word: &Word) -> SelectStatement {
    Query::select()
        .column("name")
        .from("search_document")
        .and_where(Expr::col("kind").eq(kind.as_str()))
        .and_where(Expr::col("id").in_subquery(documents_with(backend, word)))
        .take()
}
