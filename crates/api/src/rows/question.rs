//! What the parameters ask of rows. Each part can be read alone, for other addresses with parameters of their own.

use catalog::CatalogError;
use catalog::asking::bounds::{RADIUS_MAX, ROWS_DEFAULT, ROWS_MAX};
use catalog::asking::{
    Aggregate, Ask, Bbox, Columns, Cursor, Filter, Function, Grouping, Misread, Near, Point, Region, Why,
    json, names, simple, text, words,
};
use ingestion::Sha256;

use crate::ask::{limit, read};
use crate::problem::Problem;
use crate::problem::asking::{misread, no_parameter, no_value};
use crate::rows::query::RecordsQuery;

/// What is asked of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Which rows, and what of each.
    pub ask: Ask,
    /// What is asked of them together, instead of each.
    pub grouping: Option<Grouping>,
    /// What a cursor of the list has to be of.
    pub list: u64,
}

/// How many rows are given where no `limit` says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unless {
    /// A page of them.
    Page,
    /// All of them.
    Everything,
}

impl Question {
    /// What `query` asks of rows with `columns`; `of` names the revision they are of.
    ///
    /// # Errors
    /// The problem with the first parameter that does not read.
    pub fn read(
        query: &RecordsQuery,
        columns: &Columns,
        of: &str,
        unless: Unless,
    ) -> Result<Question, Problem> {
        let given =
            |value: &Option<String>| value.as_deref().filter(|value| !value.is_empty()).map(str::to_owned);
        let language = Language::read(query.filter_lang.as_deref())?;
        let mut ask =
            Ask { filter: fields(&query.fields, &RecordsQuery::PARAMETERS, columns)?, ..Ask::default() };
        if let Some(text) = given(&query.filter) {
            ask.filter = ask.filter.and(filter(&text, language, columns)?);
        }
        if let Some(edges) = given(&query.bbox) {
            ask.filter = ask.filter.and(bbox(&edges, columns)?);
        }
        let near = given(&query.near).map(|near| point(&near, columns)).transpose()?;
        let radius = given(&query.radius).map(|radius| metres(&radius)).transpose()?;
        match (near, radius) {
            (Some(of), Some(metres)) => ask.filter = ask.filter.and(Filter::Within { of, metres }),
            (None, Some(_)) => {
                return Err(Problem::bad_parameter(
                    "radius",
                    "near と一緒に使います。",
                    "it goes with `near`",
                ));
            }
            (_, None) => {}
        }
        ask.near = near.map(|of| Near { of });
        ask.words = query.q.as_deref().map(words).unwrap_or_default();
        ask.wants_total = total(query.count.as_deref())?;
        let grouping = grouping(query, columns)?;
        if let Some(select) = given(&query.select) {
            ask.select =
                names::select(&select, columns).map_err(|why| misread("select", &select, &why, columns))?;
        }
        if let (Some(sort), None) = (given(&query.sort), &grouping) {
            ask.sort = names::sort(&sort, columns).map_err(|why| misread("sort", &sort, &why, columns))?;
        }
        ask.limit = match (given(&query.limit), unless) {
            (None, Unless::Everything) => None,
            (given, _) => Some(limit(given.as_deref(), ROWS_DEFAULT, ROWS_MAX)?),
        };
        let digest = digest(of, &ask);
        if let Some(cursor) = given(&query.cursor) {
            ask.after = Some(after(&cursor, digest)?);
        }
        Ok(Question { ask, grouping, list: digest })
    }
}

/// The languages of filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// CQL2-Text
    Text,
    /// CQL2-JSON
    Json,
}

impl Language {
    /// The language that `filter-lang` names.
    ///
    /// # Errors
    /// [`crate::problem::Kind::BadParameter`] where it names another.
    pub fn read(name: Option<&str>) -> Result<Language, Problem> {
        match name.unwrap_or_default() {
            "" | "cql2-text" => Ok(Language::Text),
            "cql2-json" => Ok(Language::Json),
            _ => {
                let (ja, en) = ("cql2-text か cql2-json です。", "it is cql2-text or cql2-json");
                Err(Problem::bad_parameter("filter-lang", ja, en))
            }
        }
    }
}

/// The condition `filter`.
///
/// # Errors
/// Where it stops to read, and why.
pub fn filter(filter: &str, language: Language, columns: &Columns) -> Result<Filter, Problem> {
    let read = match language {
        Language::Text => text::read(filter, columns),
        Language::Json => json::read(filter, columns),
    };
    read.map_err(|why| misread("filter", filter, &why, columns))
}

/// The condition that each field has one of the values that stand beside its name; `parameters` are the other names that
/// there may be.
///
/// # Errors
/// Which name is no field, or which value the field cannot have.
pub fn fields(pairs: &[(String, String)], parameters: &[&str], columns: &Columns) -> Result<Filter, Problem> {
    let mut asked: Vec<(usize, &str, Vec<String>)> = Vec::new();
    for (name, value) in pairs {
        let known = columns.asked(name).or_else(|why| match name.strip_prefix("field.") {
            Some(name) => columns.asked(name),
            None => Err(why),
        });
        let column = known.map_err(|why| no_parameter(&why, parameters, columns))?;
        match asked.iter_mut().find(|(known, ..)| *known == column) {
            Some((_, _, values)) => values.push(value.clone()),
            None => asked.push((column, name, vec![value.clone()])),
        }
    }
    let mut filter = Filter::ANYTHING;
    for (column, name, values) in asked {
        let equals = simple::equals(columns, column, &values);
        filter = filter.and(equals.map_err(|why| no_value(name, &why, columns))?);
    }
    Ok(filter)
}

/// The condition that a row is in the box `text`: west, south, east, north.
///
/// # Errors
/// When it is no box, or rows have no coordinates.
pub fn bbox(text: &str, columns: &Columns) -> Result<Filter, Problem> {
    columns.places().ok_or_else(|| no_value("bbox", &Why::NoPlaces, columns))?;
    edges(text, columns).map(|bbox| Filter::Intersects(Region::Box(bbox)))
}

/// The box `text`: west, south, east, north; or six numbers with heights.
///
/// # Errors
/// When it is none.
pub fn edges(text: &str, columns: &Columns) -> Result<Bbox, Problem> {
    let why = |why: Why| no_value("bbox", &why, columns);
    let wanted = || {
        let ja = "西,南,東,北 の順に、経度と緯度を10進の度で書きます。例: 141.2,38.4,141.4,38.5";
        Problem::bad_parameter(
            "bbox",
            ja,
            "it is west,south,east,north in decimal degrees: 141.2,38.4,141.4,38.5",
        )
    };
    let edges = numbers(text).ok_or_else(wanted)?;
    let (west, south, east, north) = match *edges.as_slice() {
        // The heights of a box with some are passed over.
        [west, south, east, north] | [west, south, _, east, north, _] => (west, south, east, north),
        _ => return Err(wanted()),
    };
    Point::of(west, south).zip(Point::of(east, north)).ok_or_else(|| why(Why::NoPoint))?;
    Bbox::of(west, south, east, north).ok_or_else(|| why(Why::NoBox))
}

fn point(text: &str, columns: &Columns) -> Result<Point, Problem> {
    let why = |why: Why| no_value("near", &why, columns);
    columns.places().ok_or_else(|| why(Why::NoPlaces))?;
    match numbers(text).as_deref() {
        Some([longitude, latitude]) => Point::of(*longitude, *latitude).ok_or_else(|| why(Why::NoPoint)),
        _ => Err(Problem::bad_parameter(
            "near",
            "経度,緯度 を10進の度で書きます。例: 141.3,38.43",
            "it is longitude,latitude in decimal degrees: 141.3,38.43",
        )),
    }
}

fn metres(text: &str) -> Result<f64, Problem> {
    let wanted = ("0 以上の、メートルの数です。", "it is a number of metres, from 0");
    let metres = read::<f64>("radius", Some(text), wanted)?.unwrap_or_default();
    match (0.0..=RADIUS_MAX).contains(&metres) {
        true => Ok(metres),
        false => Err(Problem::bad_parameter("radius", wanted.0, wanted.1)),
    }
}

/// Finite numbers with commas between them.
fn numbers(text: &str) -> Option<Vec<f64>> {
    let number = |part: &str| part.trim().parse().ok().filter(|number: &f64| number.is_finite());
    // No box or point has more.
    text.split(',').take(7).map(number).collect()
}

fn total(count: Option<&str>) -> Result<bool, Problem> {
    let wanted = ("true か false です。", "it is true or false");
    Ok(read::<bool>("count", count, wanted)?.unwrap_or(true))
}

fn grouping(query: &RecordsQuery, columns: &Columns) -> Result<Option<Grouping>, Problem> {
    let given = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
    let (by, aggregate) = (given(&query.group_by), given(&query.aggregate));
    if by.is_none() && aggregate.is_none() {
        return Ok(None);
    }
    let unfit = [("select", &query.select), ("cursor", &query.cursor), ("near", &query.near)];
    if let Some((name, _)) = unfit.into_iter().find(|(_, value)| given(value).is_some()) {
        return Err(Problem::bad_parameter(
            name,
            "集計（group_by, aggregate）とは一緒に使えません。",
            "it does not go with group_by and aggregate",
        ));
    }
    let say = |name: &'static str, value: &str, why: Misread| misread(name, value, &why, columns);
    let by = by.unwrap_or_default();
    let by = match by.as_str() {
        "" => Vec::new(),
        named => names::group_by(named, columns).map_err(|why| say("group_by", named, why))?,
    };
    let aggregates = match aggregate.as_deref() {
        None => vec![Aggregate { function: Function::Count, name: columns.free_name("count") }],
        Some(named) => names::aggregates(named, columns).map_err(|why| say("aggregate", named, why))?,
    };
    let sort = match given(&query.sort).as_deref() {
        None => Vec::new(),
        Some(sort) => {
            names::group_sort(sort, columns, &by, &aggregates).map_err(|why| say("sort", sort, why))?
        }
    };
    let limit = limit(given(&query.limit).as_deref(), ROWS_MAX, ROWS_MAX)?;
    Ok(Some(Grouping { by, aggregates, sort, limit }))
}

/// The row that the page begins behind, of the list that has the digest `list`.
///
/// # Errors
/// When the cursor is of another list.
pub fn after(cursor: &str, list: u64) -> Result<u64, Problem> {
    let after = cursor.parse::<Cursor>().and_then(|cursor| cursor.after(list));
    after.map_err(|why| CatalogError::BadCursor(why).into())
}

/// A digest of the list that `ask` is of, wherever a page of it begins and whatever is shown of each row.
pub fn digest(of: &str, ask: &Ask) -> u64 {
    let Ask { filter, words, near, sort, .. } = ask;
    let list = format!("{of} {filter:?} {words:?} {near:?} {sort:?}");
    let digits: String = Sha256::of(list.as_bytes()).to_string().chars().take(16).collect();
    u64::from_str_radix(&digits, 16).unwrap_or_default()
}
