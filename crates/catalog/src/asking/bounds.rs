//! How large a question may be. What is larger is refused, and the OpenAPI document tells the numbers.

/// Characters of a filter.
pub const FILTER_LETTERS_MAX: usize = 20_000;

/// Levels of parentheses, `not`, `and` and `or` in one another.
pub const DEPTH_MAX: usize = 16;

/// Conditions, and words between them.
pub const NODES_MAX: usize = 256;

/// Values of one `in`.
pub const VALUES_MAX: usize = 1_000;

/// Points of all the places in a filter together.
pub const POINTS_MAX: usize = 2_000;

/// Characters of a pattern of `like`.
pub const PATTERN_LETTERS_MAX: usize = 1_000;

/// Columns that can be asked about: those beyond are given with their rows, but nothing is compared with them.
///
/// A row of PostgreSQL has to fit a page of 8 kB, where each text takes up to 25 bytes.
pub const COLUMNS_MAX: usize = 300;

/// Fields that rows are sorted by, or groups made of.
pub const ORDERS_MAX: usize = 8;

/// What is computed of each group.
pub const AGGREGATES_MAX: usize = 16;

/// Rows on a page, and groups in an answer.
pub const ROWS_MAX: u32 = 10_000;

/// Rows on a page, unless told otherwise.
pub const ROWS_DEFAULT: u32 = 100;

/// Metres: half the way around the Earth, beyond which nothing is.
pub const RADIUS_MAX: f64 = 20_038_000.0;
