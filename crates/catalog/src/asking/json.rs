//! Reads CQL2-JSON: `{"op": "=", "args": [{"property": "地区"}, "大街道"]}`. The same language as [`super::text`].
//!
//! Rule: OGC 21-065r2, annex C (JSON Schema of CQL2).

use serde_json::{Map, Value};

use super::bounds::FILTER_LETTERS_MAX;
use super::build::{Builder, GEOMETRY, Written};
use super::columns::Columns;
use super::filter::{Comparison, Filter};
use super::misread::{At, Misread, Much, NotTaken, Wanted, Why, short};
use super::place::{Point, Region};

/// The filter that `text` is, on `columns`.
///
/// # Errors
/// Where it stops to read, and why.
pub fn read(text: &str, columns: &Columns) -> Result<Filter, Misread> {
    if text.chars().nth(FILTER_LETTERS_MAX).is_some() {
        let why = Why::TooMuch { what: Much::Letters, max: FILTER_LETTERS_MAX };
        return Err(Misread::letters(FILTER_LETTERS_MAX, 0, why));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| no_json(text, &error))?;
    let mut reader = Reader { builder: Builder::of(columns) };
    reader.condition(&value, &Path::root(), 0)
}

/// Where a text stops to be JSON.
fn no_json(text: &str, error: &serde_json::Error) -> Misread {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    // The column counts bytes, and stands on the last that was read.
    let bytes = before + error.column().saturating_sub(1);
    let from = text.char_indices().take_while(|(at, _)| *at < bytes).count();
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default().to_owned();
    let count = usize::from(text.chars().nth(from).is_some());
    Misread::letters(from, count, Why::NotJson(words))
}

/// The way to a member: `args[1].op`.
struct Path<'a> {
    above: Option<&'a Path<'a>>,
    step: Step<'a>,
}

enum Step<'a> {
    Root,
    Member(&'a str),
    Item(usize),
}

impl<'a> Path<'a> {
    fn root() -> Path<'a> {
        Path { above: None, step: Step::Root }
    }

    fn member(&'a self, name: &'a str) -> Path<'a> {
        Path { above: Some(self), step: Step::Member(name) }
    }

    fn item(&'a self, place: usize) -> Path<'a> {
        Path { above: Some(self), step: Step::Item(place) }
    }

    fn written(&self) -> String {
        let above = self.above.map(Path::written).unwrap_or_default();
        match self.step {
            Step::Root => above,
            Step::Member(name) if above.is_empty() => name.to_owned(),
            Step::Member(name) => format!("{above}.{name}"),
            Step::Item(place) => format!("{above}[{place}]"),
        }
    }

    fn says(&self, why: Why) -> Misread {
        Misread { at: At::Member(self.written()), why }
    }

    fn is_not(&self, wanted: Wanted, found: &Value) -> Misread {
        let found = Some(short(&found.to_string()));
        self.says(Why::Wanted { wanted, found })
    }
}

struct Reader<'c> {
    builder: Builder<'c>,
}

impl Reader<'_> {
    fn condition(&mut self, value: &Value, path: &Path<'_>, depth: usize) -> Result<Filter, Misread> {
        self.builder.count(depth).map_err(|why| path.says(why))?;
        let object = match value {
            Value::Bool(true) => return Ok(Filter::ANYTHING),
            Value::Bool(false) => return Ok(Filter::Any(Vec::new())),
            Value::Object(object) => object,
            other => return Err(path.is_not(Wanted::Operation, other)),
        };
        let (Some(Value::String(op)), Some(Value::Array(args))) = (object.get("op"), object.get("args"))
        else {
            return Err(path.is_not(Wanted::Operation, value));
        };
        let at_args = path.member("args");
        match (op.as_str(), args.as_slice()) {
            ("and", [_, _, ..]) => self.conditions(args, &at_args, depth).map(Filter::All),
            ("or", [_, _, ..]) => self.conditions(args, &at_args, depth).map(Filter::Any),
            ("not", [negated]) => {
                let negated = self.condition(negated, &at_args.item(0), depth + 1)?;
                Ok(Filter::Not(Box::new(negated)))
            }
            ("isNull", [arg]) => {
                let at = at_args.item(0);
                match (self.column(arg, &at), property(arg)) {
                    (Err(_), Some(GEOMETRY)) => {
                        self.builder.nowhere(GEOMETRY).map_err(|why| at.member("property").says(why))
                    }
                    (column, _) => Ok(Filter::IsNull { column: column? }),
                }
            }
            ("between", [property, low, high]) => {
                let column = self.column(property, &at_args.item(0))?;
                let end = |with, value, place| {
                    let at = at_args.item(place);
                    let written = self.value(value, &at)?;
                    self.builder.end(column, with, &written).map_err(|why| at.says(why))
                };
                let (low, high) = (end(Comparison::AtLeast, low, 1)?, end(Comparison::AtMost, high, 2)?);
                Ok(Filter::Between { column, low, high })
            }
            ("in", [property, values]) => {
                let column = self.column(property, &at_args.item(0))?;
                self.is_among(column, values, &at_args.item(1))
            }
            ("like", [property, pattern]) => {
                let column = self.column(property, &at_args.item(0))?;
                let at = at_args.item(1);
                match pattern {
                    Value::String(pattern) => self.builder.like(column, pattern).map_err(|why| at.says(why)),
                    other => Err(at.is_not(Wanted::Text, other)),
                }
            }
            ("s_intersects", [first, second]) => self.intersects(first, second, &at_args),
            ("s_dwithin", [place, of, metres]) => self.within(place, of, metres, &at_args),
            (op, args) => match (Comparison::of_sign(op), args) {
                (Some(with), [property, value]) => {
                    let column = self.column(property, &at_args.item(0))?;
                    let at = at_args.item(1);
                    let written = self.value(value, &at)?;
                    self.builder.compare(column, with, &written).map_err(|why| at.says(why))
                }
                (None, _) if !OPERATIONS.contains(&op) => Err(path.member("op").says(unknown(op))),
                _ => Err(at_args.is_not(Wanted::Arguments, &Value::from(args.len()))),
            },
        }
    }

    fn conditions(&mut self, args: &[Value], at: &Path<'_>, depth: usize) -> Result<Vec<Filter>, Misread> {
        let each = args.iter().enumerate();
        each.map(|(place, arg)| self.condition(arg, &at.item(place), depth + 1)).collect()
    }

    fn column(&self, value: &Value, at: &Path<'_>) -> Result<usize, Misread> {
        match property(value) {
            Some(name) => self.builder.column(name).map_err(|why| at.member("property").says(why)),
            None if value.is_object() => Err(at.is_not(Wanted::Property, value)),
            None => Err(at.says(Why::NotTaken(NotTaken::ValueFirst))),
        }
    }

    fn is_among(&self, column: usize, values: &Value, at: &Path<'_>) -> Result<Filter, Misread> {
        let list = values.as_array().filter(|list| !list.is_empty());
        let list = list.ok_or_else(|| at.is_not(Wanted::Array, values))?;
        let mut scalars = Vec::with_capacity(list.len().min(super::bounds::VALUES_MAX));
        for (place, value) in list.iter().enumerate() {
            let at = at.item(place);
            let written = self.value(value, &at)?;
            scalars.push(self.builder.one_more(place, column, &written).map_err(|why| at.says(why))?);
        }
        Ok(self.builder.is_among(column, scalars))
    }

    fn value(&self, value: &Value, at: &Path<'_>) -> Result<Written, Misread> {
        match value {
            Value::String(text) => Ok(Written::Text(text.clone())),
            Value::Number(number) => Ok(Written::Number(number.to_string())),
            Value::Bool(truth) => Ok(Written::Truth(*truth)),
            Value::Null => Ok(Written::Null),
            Value::Object(object) => match (object.get("date"), object.len()) {
                (Some(Value::String(day)), 1) => Ok(Written::Day(day.clone())),
                _ if object.contains_key("timestamp") || object.contains_key("interval") => {
                    Ok(Written::Moment)
                }
                _ if object.contains_key("property") => Err(at.says(Why::NotTaken(NotTaken::TwoFields))),
                _ if object.contains_key("op") => Err(at.says(Why::NotTaken(NotTaken::Arithmetic))),
                _ => Err(at.is_not(Wanted::Value, value)),
            },
            Value::Array(_) => Err(at.is_not(Wanted::Value, value)),
        }
    }

    fn intersects(&mut self, first: &Value, second: &Value, at: &Path<'_>) -> Result<Filter, Misread> {
        let (one, other) = (self.place(first, &at.item(0))?, self.place(second, &at.item(1))?);
        match (one, other) {
            (Some(region), None) | (None, Some(region)) => Ok(Filter::Intersects(region)),
            _ => Err(at.item(1).is_not(Wanted::Place, second)),
        }
    }

    fn within(
        &mut self,
        place: &Value,
        of: &Value,
        metres: &Value,
        at: &Path<'_>,
    ) -> Result<Filter, Misread> {
        if self.place(place, &at.item(0))?.is_some() {
            return Err(at.item(0).is_not(Wanted::Property, place));
        }
        let point = match self.place(of, &at.item(1))? {
            Some(Region::Points(points)) if points.len() == 1 => points.first().copied(),
            _ => None,
        };
        let point = point.ok_or_else(|| at.item(1).is_not(Wanted::Point, of))?;
        let at = at.item(2);
        let metres = metres.as_f64().ok_or_else(|| at.is_not(Wanted::Number, metres))?;
        self.builder.within(point, metres).map_err(|why| at.says(why))
    }

    /// A place, or `None` for that of the row.
    fn place(&mut self, value: &Value, at: &Path<'_>) -> Result<Option<Region>, Misread> {
        if let Some(name) = property(value) {
            return self.builder.geometry(name).map(|()| None).map_err(|why| at.member("property").says(why));
        }
        let object = value.as_object().ok_or_else(|| at.is_not(Wanted::Place, value))?;
        if let Some(bbox) = object.get("bbox").filter(|_| !object.contains_key("type")) {
            let at = at.member("bbox");
            let edges = self.list(bbox, &at, |_, edge, at| number(edge, at))?;
            return self.builder.bbox(&edges).map(Some).map_err(|why| at.says(why));
        }
        let at_coordinates = at.member("coordinates");
        let coordinates = object.get("coordinates").unwrap_or(&Value::Null);
        let region = match object.get("type").and_then(Value::as_str) {
            Some("Point") => Region::Points(vec![self.point(coordinates, &at_coordinates)?]),
            Some("MultiPoint") => Region::Points(self.list(coordinates, &at_coordinates, Reader::point)?),
            Some("Polygon") => Region::Polygons(vec![self.polygon(coordinates, &at_coordinates)?]),
            Some("MultiPolygon") => {
                Region::Polygons(self.list(coordinates, &at_coordinates, Reader::polygon)?)
            }
            Some("LineString" | "MultiLineString" | "GeometryCollection") => {
                return Err(at.member("type").says(Why::NotTaken(NotTaken::Lines)));
            }
            _ => return Err(at.is_not(Wanted::Place, value)),
        };
        Ok(Some(region))
    }

    fn polygon(&mut self, value: &Value, at: &Path<'_>) -> Result<super::place::Polygon, Misread> {
        let rings = self.list(value, at, |reader, ring, at| reader.list(ring, at, Reader::point))?;
        self.builder.polygon(rings).map_err(|why| at.says(why))
    }

    /// A height behind the coordinates is passed over.
    fn point(&mut self, value: &Value, at: &Path<'_>) -> Result<Point, Misread> {
        match value.as_array().map(Vec::as_slice) {
            Some([longitude, latitude] | [longitude, latitude, _]) => {
                let (longitude, latitude) = (number(longitude, at)?, number(latitude, at)?);
                self.builder.point(longitude, latitude).map_err(|why| at.says(why))
            }
            _ => Err(at.is_not(Wanted::Point, value)),
        }
    }

    /// What an array, of one thing at least, holds.
    fn list<T>(
        &mut self,
        value: &Value,
        at: &Path<'_>,
        one: impl Fn(&mut Self, &Value, &Path<'_>) -> Result<T, Misread>,
    ) -> Result<Vec<T>, Misread> {
        let list = value.as_array().filter(|list| !list.is_empty());
        let list = list.ok_or_else(|| at.is_not(Wanted::Array, value))?;
        list.iter().enumerate().map(|(place, value)| one(self, value, &at.item(place))).collect()
    }
}

/// The operations that are taken, comparisons aside.
const OPERATIONS: [&str; 9] =
    ["and", "or", "not", "isNull", "between", "in", "like", "s_intersects", "s_dwithin"];

fn unknown(op: &str) -> Why {
    let is_known = |kind: &&str| op.starts_with(*kind);
    match op {
        "+" | "-" | "*" | "/" | "%" | "^" | "div" => Why::NotTaken(NotTaken::Arithmetic),
        "casei" | "accenti" => Why::NotTaken(NotTaken::Function),
        _ if ["s_", "t_", "a_"].iter().any(is_known) => Why::NotTaken(NotTaken::Function),
        _ => Why::NoFunction(short(op)),
    }
}

fn property(value: &Value) -> Option<&str> {
    value.as_object().and_then(|object: &Map<String, Value>| object.get("property")).and_then(Value::as_str)
}

fn number(value: &Value, at: &Path<'_>) -> Result<f64, Misread> {
    value.as_f64().filter(|number| number.is_finite()).ok_or_else(|| at.is_not(Wanted::Number, value))
}
