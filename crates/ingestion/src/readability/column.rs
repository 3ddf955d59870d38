//! One column from top to bottom: what most of its cells are, and what stands out.
//!
//! What it is asked is settled by its name and its field before the first row of data; a good cell then costs
//! a few comparisons and no memory.

use super::breach::What;
use super::choices::Choices;
use super::classes::Classes;
use super::figures::{self, TimeForm};
use super::names;
use super::regions::{self, Region};
use super::rule::RuleId;
use super::standard::{Standard, Wanted};
use super::verdict::ColumnKind;
use crate::personal;

/// Of one kind and column, this many rows are kept.
const ROWS_MAX: usize = 20;
/// The rules on units and regions look at this many of the first rows.
const FIRST_ROWS: u64 = 30;
/// While a column has fewer cells than this, nothing is said about what it is.
const CELLS_TO_SETTLE: u64 = 100;

/// Rows in which the same thing was found: all are counted, the first are kept.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub count: u64,
    pub rows: Vec<(u64, What)>,
}

impl Places {
    fn add(&mut self, row: u64, what: What) {
        self.count += 1;
        if self.rows.len() < ROWS_MAX {
            self.rows.push((row, what));
        }
    }
}

/// A column of a table.
#[derive(Debug)]
pub(super) struct Column {
    /// The cells of the header rows, without blanks around them.
    pub names: Vec<String>,
    /// What a national schema says of it, where it is a field of one.
    pub standard: Option<Standard>,
    /// Its cells are addresses.
    pub of_addresses: bool,
    /// Its cells are regions by its name.
    pub of_regions: bool,
    of_times: bool,
    /// Cells that hold anything.
    pub filled: u64,
    numbers: u64,
    dates: u64,
    /// Cells that hold a mark for something missing.
    pub marks: u64,
    zeros: u64,
    first_filled: u64,
    first_numbers: u64,
    first_regions: u64,
    /// Cells with a digit that are no plain numbers, but for those with a per cent sign.
    beside_numbers: Places,
    percents: Places,
    /// Those of both that look like a number.
    looks_like_number: u64,
    choices: Option<Choices>,
    learns: bool,
    time_forms: u16,
    /// Dates of an era, or without a certain year.
    pub odd_times: Places,
    /// Regions cut short.
    pub short_regions: Places,
    /// The first row with the official name of a region.
    pub first_official: Option<u64>,
    last_region: (Vec<u8>, Region),
    /// Cells that leave out what another cell says.
    pub omissions: Places,
    /// The last row of which the reader told something, and the rules that its cell breaks.
    heard: (u64, u32),
}

impl Column {
    /// The column under `names`, with what a schema says of it.
    pub fn new(names: Vec<String>, standard: Option<Standard>) -> Column {
        let any = |of: fn(&str) -> bool| names.iter().any(|name| of(name));
        let last = names.last().map(String::as_str).unwrap_or_default();
        let tracks_choices = standard.is_none();
        Column {
            of_addresses: any(names::is_of_addresses),
            of_regions: names::is_of_regions(last),
            of_times: names::is_of_times(last),
            names,
            standard,
            filled: 0,
            numbers: 0,
            dates: 0,
            marks: 0,
            zeros: 0,
            first_filled: 0,
            first_numbers: 0,
            first_regions: 0,
            beside_numbers: Places::default(),
            percents: Places::default(),
            looks_like_number: 0,
            choices: tracks_choices.then(Choices::default),
            learns: true,
            time_forms: 0,
            odd_times: Places::default(),
            short_regions: Places::default(),
            first_official: None,
            last_region: (Vec::new(), Region::Unknown),
            omissions: Places::default(),
            heard: (0, 0),
        }
    }

    /// The name in the last header row.
    pub fn name(&self) -> &str {
        self.names.last().map(String::as_str).unwrap_or_default()
    }

    /// What it is called where it is shown: the names of all header rows, not too long.
    pub fn label(&self) -> String {
        const CHARS_MAX: usize = 100;
        personal::masked(&self.full_name(" / ")).chars().take(CHARS_MAX).collect()
    }

    /// The names of all header rows, repeats dropped, with `between` between them.
    pub fn full_name(&self, between: &str) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for name in self.names.iter().filter(|name| !name.is_empty()) {
            if !parts.contains(&name.as_str()) {
                parts.push(name);
            }
        }
        parts.join(between)
    }

    /// Takes the cell in the row `row`, which is the `nth` of the data; `classes` are those of its bytes.
    #[inline]
    pub fn take(&mut self, cell: &[u8], classes: Classes, row: u64, nth: u64) {
        if self.is_date_by_standard() {
            // What is not written so is heard from the reader.
            if figures::is_iso_date(cell) {
                self.sees_time(TimeForm::Iso);
            }
            return;
        }
        let (mut cell, mut classes) = (cell, classes);
        if classes.meet(Classes::SPACE | Classes::BREAK | Classes::SIGN) {
            let text = trimmed(cell);
            if text.len() < cell.len() {
                (cell, classes) = (text, Classes::of(text));
            }
            if cell.is_empty() {
                return;
            }
        }
        self.filled += 1;
        let in_first = nth <= FIRST_ROWS;
        self.first_filled += u64::from(in_first);
        let figures = Classes::DIGIT | Classes::POINT | Classes::COMMA;
        if classes.are_within(Classes::DIGIT) || (classes.are_within(figures) && figures::is_number(cell)) {
            self.numbers += 1;
            self.first_numbers += u64::from(in_first);
            self.zeros += u64::from(cell == b"0");
            if classes.meet(Classes::COMMA) {
                self.beside_numbers.add(row, What::Separators);
            }
        } else if classes.are_within(figures) && figures::is_date(cell) {
            self.dates += 1;
        } else {
            self.text(cell, classes, row, in_first);
        }
        if self.learns && self.choices.as_mut().is_some_and(|choices| !choices.add(cell, row)) {
            self.choices = None;
        }
        if self.of_times && classes.meet(Classes::DIGIT | Classes::BEYOND) {
            self.time(cell, row);
        }
    }

    /// What `cell` is when it is neither number nor date.
    fn text(&mut self, cell: &[u8], classes: Classes, row: u64, in_first: bool) {
        if figures::is_missing_mark(cell) {
            self.marks += 1;
            return;
        }
        // The rest is looked at only where the column may yet be one of numbers, and where regions may stand.
        let may_be_of_numbers =
            self.filled < CELLS_TO_SETTLE || self.numbers * 8 >= self.filled || self.wants_numbers();
        if classes.meet(Classes::DIGIT) && may_be_of_numbers {
            self.beside_number(cell, row, in_first);
        }
        if (self.of_regions || in_first)
            && cell.len() <= regions::NAME_BYTES_MAX
            && classes.meet(Classes::BEYOND)
        {
            self.region(cell, row, in_first);
        }
    }

    fn beside_number(&mut self, cell: &[u8], row: u64, in_first: bool) {
        let Some(what) = std::str::from_utf8(cell).ok().and_then(figures::beside_number) else { return };
        self.looks_like_number += u64::from(what != What::NotANumber);
        self.first_numbers += u64::from(in_first && what == What::Triangle);
        let places = if what == What::Percent { &mut self.percents } else { &mut self.beside_numbers };
        places.add(row, what);
    }

    fn region(&mut self, cell: &[u8], row: u64, in_first: bool) {
        if self.last_region.0 != cell {
            let region = std::str::from_utf8(cell).map(Region::of).unwrap_or_default();
            self.last_region.0.clear();
            self.last_region.0.extend_from_slice(cell);
            self.last_region.1 = region;
        }
        let region = self.last_region.1;
        self.first_regions += u64::from(in_first && region != Region::Unknown);
        match region {
            Region::Unknown => {}
            Region::Official => {
                self.first_official.get_or_insert(row);
            }
            Region::Short => self.short_regions.add(row, What::ShortPrefecture),
        }
    }

    fn time(&mut self, cell: &[u8], row: u64) {
        let Some(form) = std::str::from_utf8(cell).ok().and_then(TimeForm::of) else { return };
        match form {
            TimeForm::Era => self.odd_times.add(row, What::EraDate),
            TimeForm::Odd => self.odd_times.add(row, What::OddDate),
            form => self.time_forms |= 1 << form as u16,
        }
    }

    /// Remembers the form in which a time is written, where it is one that is allowed.
    pub fn sees_time(&mut self, form: TimeForm) {
        if !matches!(form, TimeForm::Era | TimeForm::Odd) {
            self.time_forms |= 1 << form as u16;
        }
    }

    /// Whether the cell in `row` breaks `rule` for the first time, as far as the reader told.
    pub fn hears(&mut self, row: u64, rule: RuleId) -> bool {
        let bit = 1 << rule.index();
        if self.heard.0 != row {
            self.heard = (row, 0);
        }
        let is_first = self.heard.1 & bit == 0;
        self.heard.1 |= bit;
        is_first
    }

    /// Tells that the cell in `row` leaves out what another cell says.
    pub fn omits(&mut self, row: u64, what: What) {
        self.omissions.add(row, what);
    }

    /// Whether dates are written in more than one of the forms that are allowed.
    pub fn mixes_times(&self) -> bool {
        self.time_forms.count_ones() > 1
    }

    /// Whether its cells are to be [taken](Column::take) at first.
    ///
    /// What a schema settles, the reader judges; that is [heard](super::heard) in the end.
    pub fn asks(&self) -> bool {
        self.standard.is_none() || self.wants_numbers() || self.of_regions || self.is_date_by_standard()
    }

    /// Whether its cells are to be taken on when it is known what it is: only those in which one cell breaks a
    /// rule.
    pub fn asks_on(&self) -> bool {
        let one_cell_counts = self.of_times
            || self.of_regions
            || self.names.iter().all(String::is_empty)
            || matches!(self.kind(), ColumnKind::Numeric | ColumnKind::Mixed);
        self.standard.is_none() && one_cell_counts
    }

    /// No more values are learnt.
    pub fn settle(&mut self) {
        self.learns = false;
    }

    /// What most of the cells are.
    pub fn kind(&self) -> ColumnKind {
        match self.standard.as_ref().map(|standard| standard.wanted) {
            Some(Wanted::Number) => ColumnKind::Numeric,
            Some(Wanted::Date) => ColumnKind::Date,
            Some(Wanted::Text | Wanted::Other) => ColumnKind::Text,
            None => self.kind_by_cells(),
        }
    }

    fn kind_by_cells(&self) -> ColumnKind {
        let cells = self.filled - self.marks;
        let most = |count: u64| count * 10 >= cells * 8;
        if cells == 0 {
            ColumnKind::Empty
        } else if most(self.numbers) {
            ColumnKind::Numeric
        } else if most(self.dates) {
            ColumnKind::Date
        } else if most(cells - self.numbers - self.dates) {
            ColumnKind::Text
        } else {
            ColumnKind::Mixed
        }
    }

    /// Whether it is a column of numbers as far as is known by now.
    pub fn is_of_numbers(&self) -> bool {
        self.wants_numbers() || self.kind() == ColumnKind::Numeric
    }

    fn is_date_by_standard(&self) -> bool {
        self.standard.as_ref().is_some_and(|it| it.wanted == Wanted::Date)
    }

    fn wants_numbers(&self) -> bool {
        self.standard.as_ref().is_some_and(|it| it.wanted == Wanted::Number)
    }

    /// The cells that are no plain numbers in a column of numbers; none where it is another column.
    ///
    /// It is one of numbers where most cells are, or more than half of them look like it. In a column of per cent,
    /// the sign is the unit of all. Where a schema knows the column, the reader judges.
    pub fn not_plain(&self) -> Vec<&Places> {
        let cells = self.filled - self.marks;
        let of_numbers = match (&self.standard, self.kind()) {
            (Some(_), _) => false,
            (None, ColumnKind::Numeric) => true,
            (None, ColumnKind::Mixed) => (self.numbers + self.looks_like_number) * 2 > cells,
            (None, _) => false,
        };
        let of_percent = self.percents.count * 2 >= cells;
        let percents = Some(&self.percents).filter(|_| !of_percent);
        if of_numbers { percents.into_iter().chain([&self.beside_numbers]).collect() } else { Vec::new() }
    }

    /// Whether its first cells are numbers whose unit nothing tells.
    pub fn lacks_unit(&self) -> bool {
        let name = self.name();
        let first_are_numbers = self.first_filled > 0 && self.first_numbers * 10 >= self.first_filled * 7;
        let settled = self.standard.as_ref().is_some_and(Standard::tells_unit);
        first_are_numbers && !name.is_empty() && !settled && names::lacks_unit(name)
    }

    /// Whether half of its first cells or more are names of regions.
    pub fn seems_of_regions(&self) -> bool {
        self.first_filled > 0 && self.first_regions * 2 >= self.first_filled
    }

    /// The rows of choices in another spelling and of その他 with details; `None` where these are no choices.
    ///
    /// A schema that is sure of its list settles which spellings are right, and the reader tells the others.
    pub fn choices(&self) -> Option<Vec<(u64, What)>> {
        if self.standard.as_ref().is_some_and(|standard| standard.has_sure_values) {
            return Some(Vec::new());
        }
        match self.kind() {
            ColumnKind::Numeric | ColumnKind::Date | ColumnKind::Empty => None,
            ColumnKind::Text | ColumnKind::Mixed => self.choices.as_ref()?.finish(),
        }
    }

    /// Whether blanks stand beside two zeros or more in a column of numbers of `rows` rows.
    pub fn blanks_beside_zeros(&self, rows: u64) -> bool {
        self.is_of_numbers() && self.filled < rows && self.zeros > 1
    }
}

/// `cell` without blanks of any width around it.
fn trimmed(cell: &[u8]) -> &[u8] {
    let ascii = cell.trim_ascii();
    match (ascii.first(), ascii.last()) {
        (Some(0xc2 | 0xe2 | 0xe3), _) | (_, Some(0x80 | 0xa0)) => {
            std::str::from_utf8(ascii).map_or(ascii, |text| text.trim().as_bytes())
        }
        _ => ascii,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, cells: &[&str]) -> Column {
        let mut column = Column::new(vec![name.to_owned()], None);
        for (nth, cell) in (1..).zip(cells) {
            column.take(cell.as_bytes(), Classes::of(cell.as_bytes()), nth + 1, nth);
        }
        column
    }

    #[test]
    fn four_fifths_decide_what_a_column_is() {
        assert_eq!(column("a", &["1", "2", "3", "4", "x?"]).kind(), ColumnKind::Numeric);
        assert_eq!(column("a", &["1", "2", "3", "x?"]).kind(), ColumnKind::Mixed);
        assert_eq!(column("a", &["2024-01-01", "2024/2/1"]).kind(), ColumnKind::Date);
        assert_eq!(column("a", &["石巻", "女川"]).kind(), ColumnKind::Text);
        assert_eq!(column("a", &[" ", "\u{3000}", "-"]).kind(), ColumnKind::Empty);
        assert_eq!(column("a", &["1", "-", "…", "×"]).kind(), ColumnKind::Numeric);
    }

    #[track_caller]
    fn is_not_plain(cells: &[&str], expected: &[(u64, What)]) {
        let column = column("費用", cells);
        let told: Vec<_> = column.not_plain().into_iter().flat_map(|places| places.rows.clone()).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn what_stands_beside_numbers_is_told_at_its_row() {
        is_not_plain(&["1", "2", "350000円", "450000円"], &[(4, What::Unit), (5, What::Unit)]);
        is_not_plain(&["1", "2", "3", "▲4"], &[(5, What::Triangle)]);
        is_not_plain(&["1", "2", "3", "1,000"], &[(5, What::Separators)]);
        is_not_plain(&["1", "2", "3", "-", "なし"], &[]);
    }

    #[test]
    fn a_text_with_digits_is_no_column_of_numbers() {
        is_not_plain(&["1丁目2", "A棟3", "12", "第4"], &[]);
    }

    #[test]
    fn in_a_column_of_per_cent_the_sign_is_good() {
        is_not_plain(&["1%", "2%", "3％", "4"], &[]);
        is_not_plain(&["1", "2", "3", "4%"], &[(5, What::Percent)]);
    }

    #[test]
    fn dates_of_two_forms_are_mixed() {
        assert!(column("更新日", &["2024-04-01", "2024/4/1"]).mixes_times());
        assert!(!column("更新日", &["2024-04-01", "2024-04-02"]).mixes_times());
        assert!(!column("名称", &["2024-04-01", "2024/4/1"]).mixes_times());
    }

    #[test]
    fn an_era_in_a_column_of_times_is_told() {
        assert_eq!(
            column("開始年月日", &["令和6年4月1日", "2024-04-01"]).odd_times.rows,
            [(2, What::EraDate)]
        );
    }

    #[test]
    fn regions_are_known_by_the_name_of_the_column_or_by_its_first_cells() {
        let named = column("都道府県", &["宮城", "青森県"]);
        assert_eq!(
            (named.short_regions.rows.as_slice(), named.first_official),
            (&[(2, What::ShortPrefecture)][..], Some(3))
        );
        assert!(column("場所", &["宮城県", "石巻市"]).seems_of_regions());
        assert!(!column("場所", &["宮城県", "あそこ", "ここ"]).seems_of_regions());
    }

    #[test]
    fn blanks_beside_zeros_are_told_in_columns_of_numbers() {
        assert!(column("件", &["0", "0", "1"]).blanks_beside_zeros(4));
        assert!(!column("件", &["0", "0", "1"]).blanks_beside_zeros(3));
        assert!(!column("件", &["0", "1"]).blanks_beside_zeros(4));
    }
}
