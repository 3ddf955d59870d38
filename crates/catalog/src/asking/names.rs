//! Reads lists of names, as `select`, `sort`, `group_by` and `aggregate` have them: `地区,-階数`, `count,sum(階数)`.
//!
//! A name stands bare, or in double quotation marks where it holds a comma, a quotation mark or parentheses, or begins with a
//! minus.

use super::ask::Order;
use super::bounds::{AGGREGATES_MAX, ORDERS_MAX};
use super::columns::{ColumnKind, Columns};
use super::grouping::{Aggregate, Function, GroupOrder};
use super::misread::{Misread, Much, Wanted, Why, short};

/// Columns that are given, each once however often it is named.
///
/// # Errors
/// Which is none, and what it may have been meant for.
pub fn select(text: &str, columns: &Columns) -> Result<Vec<usize>, Misread> {
    once(text, |item| match columns.find(&item.name) {
        Some(place) => Ok(place),
        None => item.column(columns),
    })
}

fn once(text: &str, column: impl Fn(&Item) -> Result<usize, Misread>) -> Result<Vec<usize>, Misread> {
    let mut places = Vec::new();
    for item in items(text)? {
        let place = column(&item)?;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Ok(places)
}

/// Columns to group by.
///
/// # Errors
/// As [`select`], and where there are too many.
pub fn group_by(text: &str, columns: &Columns) -> Result<Vec<usize>, Misread> {
    let places = once(text, |item| item.column(columns))?;
    match places.len() > ORDERS_MAX {
        true => Err(Misread::letters(0, 0, Why::TooMuch { what: Much::Fields, max: ORDERS_MAX })),
        false => Ok(places),
    }
}

/// Columns to sort by; a minus before a name is the greatest first.
///
/// # Errors
/// Which is none, and what it may have been meant for; or that there are too many.
pub fn sort(text: &str, columns: &Columns) -> Result<Vec<Order>, Misread> {
    let mut orders: Vec<Order> = Vec::new();
    for item in items(text)? {
        let (item, descending) = item.directed();
        let column = item.column(columns)?;
        if orders.len() >= ORDERS_MAX {
            return Err(item.says(Why::TooMuch { what: Much::Fields, max: ORDERS_MAX }));
        }
        // What is equal in a column is equal in it again.
        if !orders.iter().any(|order| order.column == column) {
            orders.push(Order { column, descending });
        }
    }
    Ok(orders)
}

/// What to compute of groups.
///
/// # Errors
/// Which cannot be computed.
pub fn aggregates(text: &str, columns: &Columns) -> Result<Vec<Aggregate>, Misread> {
    let mut aggregates: Vec<Aggregate> = Vec::new();
    for item in items(text)? {
        if aggregates.len() >= AGGREGATES_MAX {
            return Err(item.says(Why::TooMuch { what: Much::Aggregates, max: AGGREGATES_MAX }));
        }
        let function = item.function(columns)?;
        let name = match function.column().and_then(|column| columns.get(column)) {
            Some(column) => format!("{}({})", function.as_str(), column.name),
            None => columns.free_name(function.as_str()),
        };
        if !aggregates.iter().any(|aggregate| aggregate.function == function) {
            aggregates.push(Aggregate { function, name });
        }
    }
    Ok(aggregates)
}

/// By what to sort groups: the names of their columns or of what is computed, as it is asked for.
///
/// # Errors
/// Which is neither.
pub fn group_sort(
    text: &str,
    columns: &Columns,
    by: &[usize],
    aggregates: &[Aggregate],
) -> Result<Vec<GroupOrder>, Misread> {
    let mut orders: Vec<GroupOrder> = Vec::new();
    for item in items(text)? {
        let (item, descending) = item.directed();
        let of_column = columns.find(&item.name).and_then(|column| by.iter().position(|by| *by == column));
        let of_aggregate = || {
            let function = item.function(columns).ok()?;
            let place = aggregates.iter().position(|aggregate| aggregate.function == function)?;
            Some(by.len() + place)
        };
        let place = of_column.or_else(of_aggregate).ok_or_else(|| {
            let names = by.iter().filter_map(|by| columns.get(*by)).map(|column| &column.name);
            let near = names.chain(aggregates.iter().map(|aggregate| &aggregate.name)).cloned().collect();
            item.says(Why::NoField { name: short(&item.name), near })
        })?;
        if orders.len() >= ORDERS_MAX {
            return Err(item.says(Why::TooMuch { what: Much::Fields, max: ORDERS_MAX }));
        }
        if !orders.iter().any(|order| order.place == place) {
            orders.push(GroupOrder { place, descending });
        }
    }
    Ok(orders)
}

/// One thing of a list.
#[derive(Debug, Clone, PartialEq)]
struct Item {
    /// As it is written, quotation marks taken off where they stand around all of it.
    name: String,
    quoted: bool,
    from: usize,
    count: usize,
}

impl Item {
    fn says(&self, why: Why) -> Misread {
        Misread::letters(self.from, self.count, why)
    }

    /// The column of that name, if it can be asked about.
    fn column(&self, columns: &Columns) -> Result<usize, Misread> {
        columns.asked(&self.name).map_err(|why| self.says(why))
    }

    /// Without the sign before it, and whether that is a minus.
    fn directed(self) -> (Item, bool) {
        let signed = |sign: char| self.name.strip_prefix(sign).filter(|_| !self.quoted).map(unquoted);
        match (signed('-'), signed('+')) {
            (Some((name, quoted)), _) => (Item { name, quoted, ..self }, true),
            (None, Some((name, quoted))) => (Item { name, quoted, ..self }, false),
            (None, None) => (self, false),
        }
    }

    /// What is computed: `count`, or a function of a column in parentheses.
    fn function(&self, columns: &Columns) -> Result<Function, Misread> {
        let no = || {
            let found = Some(short(&self.name));
            self.says(Why::Wanted { wanted: Wanted::Aggregate, found })
        };
        if self.name == "count" {
            return Ok(Function::Count);
        }
        let (function, of) =
            self.name.strip_suffix(')').and_then(|text| text.split_once('(')).ok_or_else(no)?;
        let (name, quoted) = unquoted(of);
        let of = Item { name, quoted, from: self.from, count: self.count };
        let column = match function {
            "count_distinct" | "sum" | "avg" | "min" | "max" => of.column(columns)?,
            _ => return Err(no()),
        };
        let numbers = |function: Function| match columns.get(column) {
            Some(field) if !matches!(field.kind, ColumnKind::Integer | ColumnKind::Number) => {
                let what = function.as_str().to_owned();
                Err(self.says(Why::NotOfKind { field: field.name.clone(), kind: field.kind, what }))
            }
            _ => Ok(function),
        };
        match function {
            "count_distinct" => Ok(Function::CountDistinct(column)),
            "sum" => numbers(Function::Sum(column)),
            "avg" => numbers(Function::Avg(column)),
            "min" => Ok(Function::Min(column)),
            _ => Ok(Function::Max(column)),
        }
    }
}

impl Function {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Function::Count => "count",
            Function::CountDistinct(_) => "count_distinct",
            Function::Sum(_) => "sum",
            Function::Avg(_) => "avg",
            Function::Min(_) => "min",
            Function::Max(_) => "max",
        }
    }
}

/// The things between commas that stand in no quotation marks.
fn items(text: &str) -> Result<Vec<Item>, Misread> {
    let mut items = Vec::new();
    let (mut raw, mut from, mut opened) = (String::new(), 0, None);
    for (at, letter) in text.chars().chain([',']).enumerate() {
        match (letter, opened) {
            (',', None) => {
                items.push(item(&raw, from));
                raw.clear();
                from = at + 1;
                continue;
            }
            ('"', None) => opened = Some(at),
            ('"', Some(_)) => opened = None,
            _ => {}
        }
        raw.push(letter);
    }
    if let Some(at) = opened {
        return Err(Misread::letters(at, 1, Why::Unclosed('"')));
    }
    match items.iter().find(|item| item.name.is_empty()) {
        Some(item) => Err(item.says(Why::Wanted { wanted: Wanted::Field, found: None })),
        None => Ok(items),
    }
}

fn item(raw: &str, from: usize) -> Item {
    let trimmed = raw.trim();
    let before = raw.chars().take_while(|letter| letter.is_whitespace()).count();
    let (name, quoted) = unquoted(trimmed);
    Item { name, quoted, from: from + before, count: trimmed.chars().count() }
}

/// The text without the quotation marks around it, if there are any, and whether there are.
fn unquoted(text: &str) -> (String, bool) {
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(inner) => (inner.replace("\"\"", "\""), true),
        None => (text.to_owned(), false),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::asking::testing;

    #[track_caller]
    fn is_cut(text: &str, expected: &[&str]) {
        let names = items(text).map(|items| items.into_iter().map(|item| item.name).collect::<Vec<_>>());
        assert_eq!(names, Ok(expected.iter().map(|name| (*name).to_owned()).collect()), "{text}");
    }

    #[test]
    fn names_stand_between_commas() {
        is_cut("名称, 階数", &["名称", "階数"]);
        is_cut("\"a,b\",\"c \"\"d\"\"\"", &["a,b", "c \"d\""]);
    }

    #[test]
    fn a_minus_is_the_greatest_first() {
        let columns = testing::columns();
        let orders = sort("-階数,名称,\"階数\"", &columns);
        let expected = [Order { column: 1, descending: true }, Order { column: 0, descending: false }];
        assert_eq!(orders, Ok(expected.to_vec()));
    }

    #[test]
    fn a_name_that_is_none_is_told_with_its_place() {
        let why = sort("名称,-階", &testing::columns()).map_err(|misread| misread.to_string());
        assert_eq!(why, Err("letter 4: there is no field `階`".to_owned()));
        let why = select("名称,,階数", &testing::columns()).map_err(|misread| misread.to_string());
        assert_eq!(why, Err("letter 4: the name of a field should stand here, not the end".to_owned()));
    }

    #[test]
    fn groups_are_computed_of() {
        let columns = testing::columns();
        let read = aggregates("count,sum(階数),max(\"名称\")", &columns);
        let names = read.map(|read| read.into_iter().map(|aggregate| aggregate.name).collect::<Vec<_>>());
        assert_eq!(names, Ok(["count", "sum(階数)", "max(名称)"].map(str::to_owned).to_vec()));
        for bad in ["sum", "sum()", "sum(名称)", "median(階数)", "sum(階数", "count(階数)"] {
            assert!(aggregates(bad, &columns).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let columns = testing::columns();
            let _ = (sort(&text, &columns), aggregates(&text, &columns), group_sort(&text, &columns, &[0], &[]));
        }
    }
}
