//! Reads what a `datastore_search` asks for into a question about rows.

use catalog::CatalogError;
use catalog::asking::bounds::ORDERS_MAX;
use catalog::asking::{Ask, ColumnKind, Columns, Filter, Order, Pattern, ask, simple};
use catalog::records::Rows;
use serde_json::{Map, Value};

use crate::handlers::ckan::params::{Params, TextOrMembers, plain};
use crate::problem::Problem;
use crate::problem::asking::no_value;
use crate::views::ckan::records::{FieldView, ID, RecordsForm};

/// What `datastore_search` takes. How words are parted and how totals are estimated is CKAN's own business and changes
/// nothing here.
pub(super) const PARAMETERS: [&str; 16] = [
    "resource_id",
    "id",
    "filters",
    "q",
    "distinct",
    "plain",
    "language",
    "limit",
    "offset",
    "fields",
    "sort",
    "include_total",
    "total_estimation_threshold",
    "records_format",
    "full_text",
    "rank",
];

/// Rows that come, unless told otherwise. Rule: CKAN's `datastore_search`.
const ROWS_DEFAULT: u32 = 100;

/// Rows that come at most. Rule: CKAN's `ckan.datastore.search.rows_max`.
const ROWS_MAX: u32 = 32_000;

/// A question about rows, and how they are shown.
pub(super) struct Question {
    pub ask: Ask,
    pub limit: u32,
    pub offset: u64,
    pub form: RecordsForm,
    /// Whether the number of each row is shown.
    pub shows_id: bool,
    /// Whether anything else is.
    pub shows_columns: bool,
}

impl Question {
    pub(super) fn read(params: &Params, columns: &Columns) -> Result<Question, Problem> {
        if params.flag("distinct", false)? {
            let (ja, en) = (
                "使えません。集計は /api/v1/datasets/…/records の group_by でできます。",
                "it is not offered",
            );
            return Err(Problem::bad_parameter("distinct", ja, en));
        }
        let form = match params.text("records_format")? {
            None => RecordsForm::default(),
            Some(name) => name.parse().map_err(|()| {
                let (ja, en) =
                    ("objects, lists, csv, tsv のどれかです。", "it is objects, lists, csv or tsv");
                Problem::bad_parameter("records_format", ja, en)
            })?,
        };
        let mut filter = filters(params, columns)?;
        let mut words = Vec::new();
        match params.text_or_members("q")? {
            TextOrMembers::Text(text) => words = ask::words(&text),
            TextOrMembers::Members(members) => filter = filter.and(each_holds(&members, columns)?),
        }
        let (select, shows_id, shows_columns) = fields(params, columns)?;
        let limit =
            params.count("limit")?.map_or(ROWS_DEFAULT, |limit| u32::try_from(limit).unwrap_or(u32::MAX));
        Ok(Question {
            ask: Ask {
                filter,
                words,
                select,
                sort: orders(params, columns)?,
                wants_total: params.flag("include_total", true)?,
                ..Ask::default()
            },
            limit: limit.min(ROWS_MAX),
            offset: params.count("offset")?.unwrap_or(0),
            form,
            shows_id,
            shows_columns,
        })
    }

    /// The rows behind those that are passed over; `None` where there are none.
    pub(super) async fn behind_offset(&self, rows: &Rows) -> Result<Option<Ask>, CatalogError> {
        let limit = Some(self.limit);
        if self.offset == 0 {
            return Ok(Some(Ask { limit, ..self.ask.clone() }));
        }
        let after = rows.nth(&self.ask, self.offset).await?;
        Ok(after.map(|after| Ask { limit, after: Some(after), ..self.ask.clone() }))
    }

    /// The fields that are shown, in their order.
    pub(super) fn fields(&self, columns: &Columns) -> Vec<FieldView> {
        let id = self.shows_id.then(FieldView::id);
        let shown: Vec<FieldView> = match self.ask.select.as_slice() {
            _ if !self.shows_columns => Vec::new(),
            [] => columns.all().iter().map(FieldView::new).collect(),
            some => some.iter().filter_map(|place| columns.get(*place)).map(FieldView::new).collect(),
        };
        id.into_iter().chain(shown).collect()
    }
}

fn filters(params: &Params, columns: &Columns) -> Result<Filter, Problem> {
    let mut filter = Filter::ANYTHING;
    for (name, value) in params.members("filters")?.into_iter().flatten() {
        let column = columns.asked(&name).map_err(|why| no_value("filters", &why, columns))?;
        let values = match &value {
            Value::Array(values) => values.iter().map(text).collect::<Result<Vec<_>, _>>()?,
            one => vec![text(one)?],
        };
        if values.is_empty() {
            return Err(Problem::bad_parameter(
                "filters",
                "空の一覧は使えません。",
                "an empty list matches nothing",
            ));
        }
        let equals = simple::equals(columns, column, &values);
        filter = filter.and(equals.map_err(|why| no_value("filters", &why, columns))?);
    }
    Ok(filter)
}

/// A value as the cells of a file write it; null is a blank cell.
fn text(value: &Value) -> Result<String, Problem> {
    match value {
        Value::Null => Ok(String::new()),
        other => plain(other).ok_or_else(|| {
            let (ja, en) = ("値か、値の一覧です。", "each is a value, or a list of values");
            Problem::bad_parameter("filters", ja, en)
        }),
    }
}

/// Every field holds its words: a text somewhere, any other as its value.
fn each_holds(members: &Map<String, Value>, columns: &Columns) -> Result<Filter, Problem> {
    let mut filter = Filter::ANYTHING;
    for (name, value) in members {
        let column = columns.asked(name).map_err(|why| no_value("q", &why, columns))?;
        let written = plain(value).unwrap_or_default();
        let kind = columns.get(column).map(|column| column.kind);
        let holds = match kind {
            Some(ColumnKind::Text) => Filter::Like { column, pattern: anywhere(&written) },
            _ => simple::equals(columns, column, &[written]).map_err(|why| no_value("q", &why, columns))?,
        };
        filter = filter.and(holds);
    }
    Ok(filter)
}

fn anywhere(text: &str) -> Pattern {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    Pattern::of(&pattern)
}

/// The places of the fields that are wanted, whether the number of each row is, and whether anything else is.
fn fields(params: &Params, columns: &Columns) -> Result<(Vec<usize>, bool, bool), Problem> {
    let names = params.texts("fields", true)?;
    if names.is_empty() {
        return Ok((Vec::new(), true, true));
    }
    let mut places = Vec::new();
    for name in names.iter().filter(|name| *name != ID) {
        let place = match columns.find(name) {
            Some(place) => place,
            None => columns.asked(name).map_err(|why| no_value("fields", &why, columns))?,
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let shows_columns = !places.is_empty();
    Ok((places, names.iter().any(|name| name == ID), shows_columns))
}

/// `name asc, "another name" desc`; blanks come last whichever way.
fn orders(params: &Params, columns: &Columns) -> Result<Vec<Order>, Problem> {
    let bad = |ja: &str, en: &str| Problem::bad_parameter("sort", ja, en);
    let mut orders = Vec::new();
    for part in params.texts("sort", false)?.iter().flat_map(|text| parts(text)) {
        let (name, descending) = named(&part);
        if name == ID {
            if descending {
                return Err(bad("_id の逆順には並べられません。", "rows cannot be sorted by _id backwards"));
            }
            continue; // as they stand
        }
        let column = columns.asked(&name).map_err(|why| no_value("sort", &why, columns))?;
        orders.push(Order { column, descending });
    }
    if orders.len() > ORDERS_MAX {
        return Err(bad("項目が多すぎます（8個まで）。", "at most 8 fields are taken"));
    }
    Ok(orders)
}

/// The pieces between commas that are not in quotation marks.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    for letter in text.chars() {
        is_quoted ^= letter == '"';
        match letter {
            ',' if !is_quoted => parts.push(String::new()),
            letter => parts.iter_mut().last().into_iter().for_each(|part| part.push(letter)),
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The name of a field, and whether the greatest comes first.
fn named(part: &str) -> (String, bool) {
    let mut rest = part;
    let mut descending = false;
    for (ending, is_descending) in
        [(" nulls first", None), (" nulls last", None), (" asc", Some(false)), (" desc", Some(true))]
    {
        let begin = rest.len().saturating_sub(ending.len());
        if rest.get(begin..).is_some_and(|end| end.eq_ignore_ascii_case(ending)) {
            rest = rest.get(..begin).unwrap_or_default().trim_end();
            descending = is_descending.unwrap_or(descending);
        }
    }
    let bare = rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(rest);
    (bare.to_owned(), descending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &[(&str, bool)]) {
        let read: Vec<_> = parts(text).iter().map(|part| named(part)).collect();
        let expected: Vec<_> = expected.iter().map(|(name, way)| ((*name).to_owned(), *way)).collect();
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn orders_are_read_as_ckan_writes_them() {
        reads("名称", &[("名称", false)]);
        reads("名称 desc, ID ASC", &[("名称", true), ("ID", false)]);
        reads("\"a, b\" desc nulls last", &[("a, b", true)]);
        reads(" , ", &[]);
        reads("desc", &[("desc", false)]);
    }
}
