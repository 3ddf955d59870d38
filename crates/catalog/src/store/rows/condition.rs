//! Conditions: what is asked of rows, as an expression of SQL whose columns are numbers and whose values are bound.
//!
//! Where rows are is [`super::place`]'s business. What is null is null as in [`crate::asking::holds`].

use sea_orm::DbBackend;
use sea_orm::sea_query::extension::sqlite::SqliteExpr;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, LikeExpr, Value};

use super::{Table, layout, place};
use crate::asking::pattern::Part;
use crate::asking::{Ask, Comparison, Filter, Pattern, Scalar};

/// What has to be true of the rows that `ask` asks for; `None` where all are.
pub(super) fn of(ask: &Ask, table: &Table, backend: DbBackend) -> Option<Expr> {
    let filter = (!ask.filter.is_anything()).then(|| expression(&ask.filter, table, backend));
    let words = ask.words.iter().map(|word| stands(word, backend));
    let hint = place::hint(&ask.filter, table, backend);
    let all: Vec<Expr> = hint.into_iter().chain(filter).chain(words).collect();
    (!all.is_empty()).then(|| Expr::from(all.into_iter().fold(Condition::all(), Condition::add)))
}

fn expression(filter: &Filter, table: &Table, backend: DbBackend) -> Expr {
    let several = |parts: &[Filter], begin: Condition| {
        let parts = parts.iter().map(|part| expression(part, table, backend));
        Expr::from(parts.fold(begin, Condition::add))
    };
    match filter {
        Filter::All(parts) if parts.is_empty() => Expr::cust("TRUE"),
        Filter::All(parts) => several(parts, Condition::all()),
        Filter::Any(parts) if parts.is_empty() => Expr::cust("FALSE"),
        Filter::Any(parts) => several(parts, Condition::any()),
        Filter::Not(part) => expression(part, table, backend).not(),
        Filter::Compare { column, with, value } => compare(layout::value(*column), *with, bound(value)),
        Filter::In { column, values } => layout::value(*column).is_in(values.iter().map(bound)),
        Filter::Between { column, low, high } => layout::value(*column).between(bound(low), bound(high)),
        Filter::Like { column, pattern } => like(layout::value(*column), pattern, backend),
        Filter::IsNull { column } => layout::value(*column).is_null(),
        Filter::Intersects(region) => place::within(region, table),
        Filter::Within { of, metres } => place::near(*of, *metres, table),
    }
}

fn compare(column: Expr, with: Comparison, value: Value) -> Expr {
    match with {
        Comparison::Equal => column.eq(value),
        Comparison::NotEqual => column.ne(value),
        Comparison::Less => column.lt(value),
        Comparison::AtMost => column.lte(value),
        Comparison::Greater => column.gt(value),
        Comparison::AtLeast => column.gte(value),
    }
}

/// A value to be bound.
pub(super) fn bound(value: &Scalar) -> Value {
    match value {
        Scalar::Integer(value) => (*value).into(),
        Scalar::Number(value) => (*value).into(),
        Scalar::Text(value) => text(value),
    }
}

/// A text to be bound. No row has a NUL, and PostgreSQL takes none.
pub(super) fn text(value: &str) -> Value {
    value.replace('\0', "\u{FFFD}").into()
}

/// In both databases the case of letters counts: SQLite's own `LIKE` takes no notice of it, its `GLOB` does.
fn like(column: Expr, pattern: &Pattern, backend: DbBackend) -> Expr {
    let mut written = String::new();
    for part in pattern.parts() {
        match (backend, part) {
            (DbBackend::Postgres, Part::Any) => written.push('%'),
            (DbBackend::Postgres, Part::One) => written.push('_'),
            (DbBackend::Postgres, Part::Letter(letter @ ('%' | '_' | '\\'))) => {
                written.extend(['\\', *letter]);
            }
            (_, Part::Any) => written.push('*'),
            (_, Part::One) => written.push('?'),
            (DbBackend::Sqlite, Part::Letter(letter @ ('*' | '?' | '['))) => {
                written.extend(['[', *letter, ']'])
            }
            (_, Part::Letter(letter)) => written.push(*letter),
        }
    }
    let written = text(&written);
    let fits = match backend {
        DbBackend::Postgres => column.clone().like(LikeExpr::new(as_text(written)).escape('\\')),
        _ => column.clone().glob(written),
    };
    // An index finds what begins alike.
    let begins = pattern.begins();
    match after_all_with(&begins) {
        Some(end) => fits.and(column.clone().gte(text(&begins))).and(column.lt(text(&end))),
        None => fits,
    }
}

fn as_text(value: Value) -> String {
    match value {
        Value::String(Some(text)) => text,
        _ => String::new(),
    }
}

/// The first text in the order of code points that comes after all that begin with `begins`, where there is one.
fn after_all_with(begins: &str) -> Option<String> {
    let mut letters: Vec<char> = begins.chars().collect();
    while let Some(last) = letters.pop() {
        // Between the letters before and after the surrogates, which are no letters, there is none.
        let next = (u32::from(last) + 1..=u32::from(char::MAX)).find_map(char::from_u32);
        if let Some(next) = next {
            letters.push(next);
            return Some(letters.into_iter().collect());
        }
    }
    None
}

/// Whether `word`, which is folded, stands in any cell.
fn stands(word: &str, backend: DbBackend) -> Expr {
    let function = match backend {
        DbBackend::Postgres => "strpos",
        _ => "instr",
    };
    Expr::from(Func::cust(function).args([Expr::col(layout::FOLDED), Expr::val(text(word))])).gt(0)
}

#[cfg(test)]
mod tests {
    use super::after_all_with;

    #[track_caller]
    fn ends(begins: &str, expected: Option<&str>) {
        assert_eq!(after_all_with(begins).as_deref(), expected, "{begins:?}");
    }

    #[test]
    fn what_begins_alike_comes_before_the_next_letter() {
        ends("公園", Some("公圓"));
        ends("a", Some("b"));
        ends("\u{D7FF}", Some("\u{E000}"));
        ends("a\u{10FFFF}", Some("b"));
    }

    #[test]
    fn nothing_ends_what_begins_with_nothing() {
        ends("", None);
        ends("\u{10FFFF}", None);
    }
}
