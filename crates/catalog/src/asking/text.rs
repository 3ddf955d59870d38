//! Reads CQL2-Text: `地区 = '大街道' and 階数 > 2`.
//!
//! Taken are Basic CQL2, the advanced comparison operators, and `S_INTERSECTS` with points, boxes and polygons; to these
//! comes `S_DWITHIN(geometry, POINT(141.3 38.4), 500)`, the last in metres. A name is a field's, bare or in double
//! quotation marks.
//!
//! Written by hand rather than taken from a crate: that of the name knows neither the place of a fault nor a bound, and
//! names fields by letters and digits alone, which `収容人数（人）` is not made of.
//!
//! Rule: OGC 21-065r2, annex B (BNF of CQL2-Text).

use super::bounds::FILTER_LETTERS_MAX;
use super::build::{Builder, GEOMETRY, Written, finite};
use super::columns::Columns;
use super::filter::{Comparison, Filter};
use super::misread::{Misread, Much, NotTaken, Wanted, Why};
use super::place::{Point, Region};
use super::token::{Token, Tokens, What};

/// The filter that `text` is, on `columns`.
///
/// # Errors
/// Where it stops to read, and why.
pub fn read(text: &str, columns: &Columns) -> Result<Filter, Misread> {
    if text.chars().nth(FILTER_LETTERS_MAX).is_some() {
        let why = Why::TooMuch { what: Much::Letters, max: FILTER_LETTERS_MAX };
        return Err(Misread::letters(FILTER_LETTERS_MAX, 0, why));
    }
    let mut reader = Reader { tokens: Tokens::of(text), builder: Builder::of(columns) };
    let filter = reader.any(0)?;
    match reader.tokens.next()? {
        Token { what: What::End, .. } => Ok(filter),
        other => Err(other.is_not(Wanted::AndOr)),
    }
}

struct Reader<'c> {
    tokens: Tokens,
    builder: Builder<'c>,
}

impl Reader<'_> {
    /// Conditions with `or` between them.
    fn any(&mut self, depth: usize) -> Result<Filter, Misread> {
        let mut parts = vec![self.all(depth)?];
        while self.tokens.takes("or")? {
            parts.push(self.all(depth)?);
        }
        Ok(alone(parts, Filter::Any))
    }

    /// Conditions with `and` between them.
    fn all(&mut self, depth: usize) -> Result<Filter, Misread> {
        let mut parts = vec![self.one(depth)?];
        while self.tokens.takes("and")? {
            parts.push(self.one(depth)?);
        }
        Ok(alone(parts, Filter::All))
    }

    /// One condition, or several in parentheses.
    fn one(&mut self, depth: usize) -> Result<Filter, Misread> {
        let token = self.tokens.next()?;
        let counted = self.builder.count(depth);
        counted.map_err(|why| token.says(why))?;
        match &token.what {
            What::Sign("(") => {
                let within = self.any(depth + 1)?;
                self.sign(")", Wanted::Close)?;
                Ok(within)
            }
            What::Name { text, quoted } => {
                let (text, quoted) = (text.clone(), *quoted);
                self.named(&token, text, quoted, depth)
            }
            What::Text(_) | What::Number(_) => Err(token.says(Why::NotTaken(NotTaken::ValueFirst))),
            _ => Err(token.is_not(Wanted::Condition)),
        }
    }

    /// A condition that begins with a name.
    fn named(&mut self, token: &Token, name: String, quoted: bool, depth: usize) -> Result<Filter, Misread> {
        if !quoted {
            match name.to_ascii_lowercase().as_str() {
                "not" => return Ok(Filter::Not(Box::new(self.one(depth + 1)?))),
                "true" => return Ok(Filter::ANYTHING),
                "false" => return Ok(Filter::Any(Vec::new())),
                function if self.tokens.peek()?.is("(") => return self.function(token, function),
                _ => {}
            }
        }
        match self.builder.column(&name) {
            Ok(column) => self.compared(column),
            Err(_) if name == GEOMETRY => self.placed(token, &name),
            Err(why) => Err(token.says(why)),
        }
    }

    /// What is said of the place of a row without a function: whether it has one.
    fn placed(&mut self, token: &Token, name: &str) -> Result<Filter, Misread> {
        let nowhere = self.builder.nowhere(name).map_err(|why| token.says(why))?;
        let is = self.tokens.next()?;
        if is.word() != "is" {
            return Err(is.is_not(Wanted::Comparison));
        }
        self.null(nowhere)
    }

    /// `null` or `not null`, of which the former means `blank`.
    fn null(&mut self, blank: Filter) -> Result<Filter, Misread> {
        let negated = self.tokens.takes("not")?;
        let null = self.tokens.next()?;
        if null.word() != "null" {
            return Err(null.is_not(Wanted::Null));
        }
        Ok(maybe_not(negated, blank))
    }

    /// What is said of a column.
    fn compared(&mut self, column: usize) -> Result<Filter, Misread> {
        let token = self.tokens.next()?;
        if let What::Sign(sign) = token.what {
            return match Comparison::of_sign(sign) {
                Some(with) => {
                    let (value, at) = self.value()?;
                    self.builder.compare(column, with, &value).map_err(|why| at.says(why))
                }
                None if matches!(sign, "+" | "-" | "*" | "/" | "%" | "^") => {
                    Err(token.says(Why::NotTaken(NotTaken::Arithmetic)))
                }
                None => Err(token.is_not(Wanted::Comparison)),
            };
        }
        match token.word().as_str() {
            "is" => self.null(Filter::IsNull { column }),
            "not" => {
                let token = self.tokens.next()?;
                self.ranged(column, &token).map(|filter| maybe_not(true, filter))
            }
            _ => self.ranged(column, &token),
        }
    }

    /// `in`, `between` or `like`, which may have a `not` before them.
    fn ranged(&mut self, column: usize, token: &Token) -> Result<Filter, Misread> {
        match token.word().as_str() {
            "in" => {
                self.sign("(", Wanted::Open)?;
                let mut values = Vec::new();
                loop {
                    let (value, at) = self.value()?;
                    let value = self.builder.one_more(values.len(), column, &value);
                    values.push(value.map_err(|why| at.says(why))?);
                    if !self.comma()? {
                        return Ok(self.builder.is_among(column, values));
                    }
                }
            }
            "between" => {
                let (low, at) = self.value()?;
                let low = self.builder.end(column, Comparison::AtLeast, &low).map_err(|why| at.says(why))?;
                if !self.tokens.takes("and")? {
                    return Err(self.tokens.next()?.is_not(Wanted::And));
                }
                let (high, at) = self.value()?;
                let high = self.builder.end(column, Comparison::AtMost, &high).map_err(|why| at.says(why))?;
                Ok(Filter::Between { column, low, high })
            }
            "like" => {
                let token = self.tokens.next()?;
                match &token.what {
                    What::Text(pattern) => self.builder.like(column, pattern).map_err(|why| token.says(why)),
                    _ => Err(token.is_not(Wanted::Text)),
                }
            }
            _ => Err(token.is_not(Wanted::Comparison)),
        }
    }

    /// A value, and where it stands.
    fn value(&mut self) -> Result<(Written, Token), Misread> {
        let token = self.tokens.next()?;
        let value = match &token.what {
            What::Text(text) => Written::Text(text.clone()),
            What::Number(digits) => Written::Number(digits.clone()),
            What::Sign(sign @ ("+" | "-")) => {
                let digits = self.tokens.next()?;
                match &digits.what {
                    What::Number(number) if digits.follows(&token) => {
                        Written::Number(format!("{sign}{number}"))
                    }
                    _ => return Err(digits.is_not(Wanted::Number)),
                }
            }
            What::Name { text, quoted: false } => match text.to_ascii_lowercase().as_str() {
                "true" => Written::Truth(true),
                "false" => Written::Truth(false),
                "null" => Written::Null,
                "date" => {
                    self.sign("(", Wanted::Open)?;
                    let day = self.tokens.next()?;
                    let What::Text(text) = &day.what else { return Err(day.is_not(Wanted::Text)) };
                    let written = Written::Day(text.clone());
                    self.sign(")", Wanted::Close)?;
                    return Ok((written, day));
                }
                "timestamp" | "interval" => Written::Moment,
                _ => return Err(self.no_value(&token, text)),
            },
            What::Name { text, .. } => return Err(self.no_value(&token, text)),
            _ => return Err(token.is_not(Wanted::Value)),
        };
        Ok((value, token))
    }

    fn no_value(&self, token: &Token, name: &str) -> Misread {
        match self.builder.column(name) {
            Ok(_) => token.says(Why::NotTaken(NotTaken::TwoFields)),
            Err(_) => token.is_not(Wanted::Value),
        }
    }

    /// A function that is a condition.
    fn function(&mut self, token: &Token, name: &str) -> Result<Filter, Misread> {
        match name {
            "s_intersects" => {
                self.sign("(", Wanted::Open)?;
                let first = self.place()?;
                self.sign(",", Wanted::Comma)?;
                let at = self.tokens.peek()?.clone();
                let second = self.place()?;
                self.sign(")", Wanted::Close)?;
                match (first, second) {
                    (Some(region), None) | (None, Some(region)) => Ok(Filter::Intersects(region)),
                    _ => Err(at.is_not(Wanted::Place)),
                }
            }
            "s_dwithin" => {
                self.sign("(", Wanted::Open)?;
                let at = self.tokens.peek()?.clone();
                if self.place()?.is_some() {
                    return Err(at.is_not(Wanted::Place));
                }
                self.sign(",", Wanted::Comma)?;
                let at = self.tokens.peek()?.clone();
                let of = match self.place()? {
                    Some(Region::Points(points)) if points.len() == 1 => points.first().copied(),
                    _ => None,
                };
                let of = of.ok_or_else(|| at.is_not(Wanted::Point))?;
                self.sign(",", Wanted::Comma)?;
                let at = self.tokens.peek()?.clone();
                let metres = self.number()?;
                let filter = self.builder.within(of, metres).map_err(|why| at.says(why))?;
                self.sign(")", Wanted::Close)?;
                Ok(filter)
            }
            "casei" | "accenti" => Err(token.says(Why::NotTaken(NotTaken::Function))),
            other if ["s_", "t_", "a_"].iter().any(|kind| other.starts_with(kind)) => {
                Err(token.says(Why::NotTaken(NotTaken::Function)))
            }
            _ => Err(token.says(Why::NoFunction(super::misread::short(name)))),
        }
    }

    /// A place, or `None` for that of the row.
    fn place(&mut self) -> Result<Option<Region>, Misread> {
        let token = self.tokens.next()?;
        let What::Name { text, quoted } = &token.what else { return Err(token.is_not(Wanted::Place)) };
        if *quoted || !self.tokens.peek()?.is("(") {
            return self.builder.geometry(text).map(|()| None).map_err(|why| token.says(why));
        }
        let region = match text.to_ascii_lowercase().as_str() {
            "point" => {
                let points = self.ring()?;
                match points.len() {
                    1 => Region::Points(points),
                    _ => return Err(token.says(Why::NoPoint)),
                }
            }
            "multipoint" => Region::Points(self.several(Reader::one_point)?),
            "polygon" => Region::Polygons(vec![self.polygon(&token)?]),
            "multipolygon" => Region::Polygons(self.several(|reader| reader.polygon(&token))?),
            "bbox" => {
                let edges = self.several(Reader::number)?;
                self.builder.bbox(&edges).map_err(|why| token.says(why))?
            }
            "linestring" | "multilinestring" | "geometrycollection" => {
                return Err(token.says(Why::NotTaken(NotTaken::Lines)));
            }
            _ => return Err(token.is_not(Wanted::Place)),
        };
        Ok(Some(region))
    }

    fn polygon(&mut self, at: &Token) -> Result<super::place::Polygon, Misread> {
        let rings = self.several(Reader::ring)?;
        self.builder.polygon(rings).map_err(|why| at.says(why))
    }

    /// `(141.3 38.4, 141.4 38.5)`
    fn ring(&mut self) -> Result<Vec<Point>, Misread> {
        self.several(Reader::bare_point)
    }

    /// A point of a `MULTIPOINT`, which may have parentheses of its own.
    fn one_point(&mut self) -> Result<Point, Misread> {
        if !self.tokens.peek()?.is("(") {
            return self.bare_point();
        }
        self.sign("(", Wanted::Open)?;
        let point = self.bare_point()?;
        self.sign(")", Wanted::Close)?;
        Ok(point)
    }

    /// `141.3 38.4`; a height behind it is passed over.
    fn bare_point(&mut self) -> Result<Point, Misread> {
        let at = self.tokens.peek()?.clone();
        let (longitude, latitude) = (self.number()?, self.number()?);
        if matches!(self.tokens.peek()?.what, What::Number(_) | What::Sign("-")) {
            self.number()?;
        }
        self.builder.point(longitude, latitude).map_err(|why| at.says(why))
    }

    fn number(&mut self) -> Result<f64, Misread> {
        let token = self.tokens.peek()?.clone();
        match self.value() {
            Ok((Written::Number(digits), _)) => finite(&digits).ok_or_else(|| token.is_not(Wanted::Number)),
            _ => Err(token.is_not(Wanted::Number)),
        }
    }

    /// Things in parentheses, a comma between each and the next.
    fn several<T>(&mut self, one: impl Fn(&mut Self) -> Result<T, Misread>) -> Result<Vec<T>, Misread> {
        self.sign("(", Wanted::Open)?;
        let mut things = vec![one(self)?];
        while self.comma()? {
            things.push(one(self)?);
        }
        Ok(things)
    }

    /// Whether a comma follows rather than the closing parenthesis; takes either.
    fn comma(&mut self) -> Result<bool, Misread> {
        let token = self.tokens.next()?;
        match token.what {
            What::Sign(",") => Ok(true),
            What::Sign(")") => Ok(false),
            _ => Err(token.is_not(Wanted::Comma)),
        }
    }

    fn sign(&mut self, sign: &str, wanted: Wanted) -> Result<(), Misread> {
        let token = self.tokens.next()?;
        if token.is(sign) { Ok(()) } else { Err(token.is_not(wanted)) }
    }
}

fn alone(mut parts: Vec<Filter>, several: fn(Vec<Filter>) -> Filter) -> Filter {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            several(parts)
        }
    }
}

fn maybe_not(negated: bool, filter: Filter) -> Filter {
    if negated { Filter::Not(Box::new(filter)) } else { filter }
}
