//! Why a text that asks does not read, and where it stops to.

use super::columns::ColumnKind;

/// A text that does not read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{at}: {why}")]
pub struct Misread {
    /// Where.
    pub at: At,
    /// Why.
    pub why: Why,
}

/// A place in what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// Letters of the text, counted from 0.
    Letters {
        /// The first.
        from: usize,
        /// How many; none where something is missing at the end.
        count: usize,
    },
    /// A member of a JSON text that reads as JSON: `args[1].op`; empty for the whole.
    Member(String),
}

/// Why a text does not read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Why {
    /// Something else should stand here.
    #[error("{wanted} should stand here, not {}", found.as_deref().map_or("the end".to_owned(), |found| format!("`{found}`")))]
    Wanted {
        /// What.
        wanted: Wanted,
        /// What stands here instead; nothing at the end.
        found: Option<String>,
    },
    /// A quotation mark without its partner.
    #[error("the quotation mark {0} has no partner")]
    Unclosed(char),
    /// There is no such column.
    #[error("there is no field `{name}`")]
    NoField {
        /// The name.
        name: String,
        /// What it may have been meant for.
        near: Vec<String>,
    },
    /// The column stands behind those that can be asked about.
    #[error("the field `{field}` is given, but only the first {max} can be asked about")]
    Beyond {
        /// The field.
        field: String,
        /// How many can.
        max: usize,
    },
    /// There is no such function.
    #[error("there is no function `{0}`")]
    NoFunction(String),
    /// CQL2 has it, but it is not taken here.
    #[error("{0} is not taken")]
    NotTaken(NotTaken),
    /// The value is none that the field could have.
    #[error("`{value}` is no value of the field `{field}`, which has values of kind {}", kind.as_str())]
    OtherKind {
        /// The field.
        field: String,
        /// What its values are.
        kind: ColumnKind,
        /// The value as it was written.
        value: String,
    },
    /// Only texts are compared with patterns, summed are only numbers.
    #[error("the field `{field}` has values of kind {}, of which {what} is not taken", kind.as_str())]
    NotOfKind {
        /// The field.
        field: String,
        /// What its values are.
        kind: ColumnKind,
        /// What was asked of it.
        what: String,
    },
    /// A text with the letter 0, which no cell has and no database takes.
    #[error("no text holds the letter U+0000")]
    Nul,
    /// A position is asked for by another name than `geometry`.
    #[error("a place is asked for as `geometry`")]
    NoGeometry,
    /// The rows have no coordinates.
    #[error("the rows of this dataset have no coordinates")]
    NoPlaces,
    /// Not degrees on the Earth.
    #[error("these are no degrees on the Earth: the longitude comes first")]
    NoPoint,
    /// A box whose south is north of its north.
    #[error("the south of a box is not north of its north")]
    NoBox,
    /// A ring of fewer than four points, or one that does not end where it begins.
    #[error("a ring has at least four points and ends where it begins")]
    NoRing,
    /// No metres.
    #[error("a distance is from 0 to {} metres", super::bounds::RADIUS_MAX)]
    NoDistance,
    /// More than is taken.
    #[error("{what}: at most {max}")]
    TooMuch {
        /// Of what.
        what: Much,
        /// How much is.
        max: usize,
    },
    /// No JSON at all.
    #[error("this is no JSON: {0}")]
    NotJson(String),
}

/// What should stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each is its sentence")]
pub enum Wanted {
    #[error("a condition")]
    Condition,
    #[error("a comparison (=, <>, <, <=, >, >=, in, between, like, is null)")]
    Comparison,
    #[error("`and`, `or` or the end")]
    AndOr,
    #[error("`and`")]
    And,
    #[error("a value")]
    Value,
    #[error("a text in quotation marks ('…')")]
    Text,
    #[error("a number")]
    Number,
    #[error("`null`")]
    Null,
    #[error("`(`")]
    Open,
    #[error("`)`")]
    Close,
    #[error("`,`")]
    Comma,
    #[error("`geometry` or a place (POINT, MULTIPOINT, POLYGON, MULTIPOLYGON, BBOX)")]
    Place,
    #[error("a point")]
    Point,
    #[error("the name of a field")]
    Field,
    #[error("an object with `op` and `args`, or true or false")]
    Operation,
    #[error("so many arguments as the operation has")]
    Arguments,
    #[error("{{\"property\": \"…\"}}")]
    Property,
    #[error("an array")]
    Array,
    #[error("count, count_distinct(…), sum(…), avg(…), min(…) or max(…)")]
    Aggregate,
}

/// What CQL2 has and is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each is its sentence")]
pub enum NotTaken {
    #[error("arithmetic")]
    Arithmetic,
    #[error("a field compared with another field")]
    TwoFields,
    #[error("a value before the comparison (write the field first)")]
    ValueFirst,
    #[error("a line or a collection of places")]
    Lines,
    #[error("a moment (TIMESTAMP, INTERVAL): the fields have days (DATE) and times of day")]
    Moments,
    #[error("this function (taken are S_INTERSECTS and S_DWITHIN)")]
    Function,
    #[error("a comparison with null (write `is null`)")]
    Null,
}

/// Of what there was too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each is its sentence")]
pub enum Much {
    #[error("letters of the filter")]
    Letters,
    #[error("levels in one another")]
    Depth,
    #[error("conditions")]
    Nodes,
    #[error("values of one `in`")]
    Values,
    #[error("points of places")]
    Points,
    #[error("letters of a pattern")]
    PatternLetters,
    #[error("fields")]
    Fields,
    #[error("things to compute")]
    Aggregates,
}

impl Misread {
    /// `why` the letters from `from` do not read.
    pub(crate) fn letters(from: usize, count: usize, why: Why) -> Misread {
        Misread { at: At::Letters { from, count }, why }
    }
}

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            At::Letters { from, .. } => write!(f, "letter {}", from + 1),
            At::Member(path) if path.is_empty() => write!(f, "the filter"),
            At::Member(path) => write!(f, "{path}"),
        }
    }
}

/// A text as it may stand in a message: its first letters, without controls.
pub(crate) fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(80).collect()
}
