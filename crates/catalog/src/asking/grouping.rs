//! What is asked of rows taken together.

/// Groups of rows that have the same values, and what is computed of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// The columns whose values make a group; blank cells are one value. Of none, all rows are one group.
    pub by: Vec<usize>,
    /// What is computed.
    pub aggregates: Vec<Aggregate>,
    /// In which order the groups come; what is equal, and everything where this is empty, by the values of
    /// [`Grouping::by`], blanks last.
    pub sort: Vec<GroupOrder>,
    /// Groups at most.
    pub limit: u32,
}

/// Something that is computed of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// What.
    pub function: Function,
    /// Its name in the answer: as it was asked for, `sum(面積)`.
    pub name: String,
}

/// What can be computed of a group. Blank cells count for nothing; of none but blanks it is null, or 0 where it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// How many rows.
    Count,
    /// How many different values the column has.
    CountDistinct(usize),
    /// The sum of the column, which is one of integers (then the sum is one) or numbers.
    Sum(usize),
    /// The mean of the column, which is one of integers or numbers: a number.
    Avg(usize),
    /// The least value of the column, of any kind.
    Min(usize),
    /// The greatest value of the column, of any kind.
    Max(usize),
}

impl Function {
    /// The column it is computed of.
    pub fn column(self) -> Option<usize> {
        match self {
            Function::Count => None,
            Function::CountDistinct(column)
            | Function::Sum(column)
            | Function::Avg(column)
            | Function::Min(column)
            | Function::Max(column) => Some(column),
        }
    }
}

/// Something that groups are sorted by. Nulls come last, whichever way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupOrder {
    /// Counted from 0 over [`Grouping::by`] and then [`Grouping::aggregates`].
    pub place: usize,
    /// The greatest first.
    pub descending: bool,
}
