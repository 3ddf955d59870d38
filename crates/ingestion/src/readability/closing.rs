//! What a table comes to once all its rows were seen: the rules on whole columns and on their names.

use super::breach::{Area, Breach, Place, What};
use super::column::{Column, Places};
use super::described::{Described, alike};
use super::names;
use super::rule::{RuleId, Weight};
use super::sheet::{self, SheetFacts};
use super::table::{LABEL_COLUMNS_MAX, Table, column_number, place};
use super::tally::Tally;
use super::verdict::{ColumnKind, JudgedColumn, JudgedTable};

/// What a table is judged by beside its own cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside<'a> {
    /// What the catalog knows.
    pub described: Option<&'a Described>,
    /// What the reader of a workbook saw of its sheet.
    pub sheet: Option<&'a SheetFacts>,
}

impl Table {
    /// The verdicts on all rules. `file` is what was found in the file as a whole and counts with this table.
    pub fn close(mut self, file: Option<Tally>, beside: Beside<'_>) -> JudgedTable {
        self.trim();
        let workbook = !self.is_text;
        let area = self.area();
        self.look_at_names();
        self.look_at_start();
        self.look_at_numbers();
        self.look_at_times();
        self.look_at_regions();
        self.look_for_blank_columns();
        self.look_at_labels();
        self.look_at_choices();
        self.hold_against(beside.described);
        let merged = match beside.sheet {
            Some(facts) => sheet::judge(facts, area, &self.header_rows, &mut self.tally),
            None => {
                sheet::leave(&mut self.tally);
                Vec::new()
            }
        };
        if let Some(file) = file {
            self.tally.merge(file);
        }
        let columns = (self.left..)
            .zip(&self.columns)
            .map(|(index, column)| JudgedColumn {
                number: column_number(index),
                label: column.label(),
                merged: merged.contains(&column_number(index)),
                kind: column.kind(),
            })
            .collect();
        JudgedTable {
            area: Some(area),
            certainty: self.certainty(),
            header_rows: self.header_rows,
            columns,
            verdicts: self.tally.finish(workbook),
        }
    }

    /// Leaves off columns at the right edge that hold nothing at all.
    fn trim(&mut self) {
        let holds = |column: &Column| column.filled > 0 || column.names.iter().any(|name| !name.is_empty());
        let width = self.columns.iter().rposition(holds).map_or(0, |last| last + 1);
        self.columns.truncate(width);
    }

    /// Where it stands.
    pub fn area(&self) -> Area {
        Area {
            top: self.top,
            left: column_number(self.left),
            bottom: self.bottom,
            right: column_number((self.left + self.columns.len()).saturating_sub(1)),
        }
    }

    /// The cell of the column `index` in the last header row, or in the first row where there is none.
    fn name_place(&self, index: usize) -> Place {
        place(self.header_rows.last().copied().unwrap_or(self.top), self.left + index)
    }

    fn tell_names(&mut self, which: impl Fn(&Column) -> bool, what: What) {
        for index in 0..self.columns.len() {
            if self.columns.get(index).is_some_and(&which) {
                self.tally.add(self.name_place(index), what);
            }
        }
    }

    fn tell_places(&mut self, index: usize, places: &Places) {
        let left = self.left;
        let breaches =
            places.rows.iter().map(|(row, what)| Breach { place: place(*row, left + index), what: *what });
        self.tally.add_many(places.count, breaches);
    }

    /// L1-05, L2-03, L3-09.
    fn look_at_names(&mut self) {
        let no_header = self.header_rows.is_empty();
        self.tell_names(
            |column| column.filled > 0 && column.names.iter().all(String::is_empty),
            What::NoName,
        );
        if no_header {
            [RuleId::new(2, 3), RuleId::new(3, 4), RuleId::new(3, 5), RuleId::new(3, 6), RuleId::new(3, 9)]
                .into_iter()
                .for_each(|rule| self.tally.leave(rule));
            return;
        }
        let names: Vec<String> = self.columns.iter().map(|column| column.name().to_owned()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if names::only_count(&names) {
            self.tell_names(|_| true, What::SerialName);
        }
        self.tell_names(|column| names::says_nothing(column.name()), What::EmptyWord);
        let full: Vec<String> = self.columns.iter().map(|column| column.full_name("_")).collect();
        self.tell_names(|column| column.filled > 0 && column.full_name("_").is_empty(), What::EmptyName);
        let mut sorted: Vec<&str> = full.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        sorted.sort_unstable();
        let repeated: Vec<&str> = sorted
            .iter()
            .zip(sorted.iter().skip(1))
            .filter(|(one, next)| one == next)
            .map(|(one, _)| *one)
            .collect();
        for (index, _) in
            full.iter().enumerate().filter(|(_, name)| repeated.binary_search(&name.as_str()).is_ok())
        {
            self.tally.add(self.name_place(index), What::SameName);
        }
        let standard = |index: usize| self.columns.get(index).is_some_and(|column| column.standard.is_some());
        if let Some((what, first, last)) = names::across(&names, standard) {
            let row = self.header_rows.last().copied().unwrap_or(self.top);
            let column = |index: usize| column_number(self.left + index);
            let area = Area { top: row, left: column(first), bottom: row, right: column(last) };
            self.tally.add(Place::Area(area), what);
        }
    }

    /// L3-01.
    fn look_at_start(&mut self) {
        if self.top > 1 {
            let above = Area { top: 1, left: 1, bottom: self.top - 1, right: 1 };
            self.tally.add(Place::Area(above), What::StartsBelow);
        }
        if let [first, _, _, ..] = self.header_rows.as_slice() {
            let last = self.header_rows.last().copied().unwrap_or(*first);
            let header = Area { top: *first, left: 1, bottom: last, right: 1 };
            let only_this = self.top == 1 && !self.tally.has(What::Gap);
            self.tally.add(Place::Area(header), What::ManyHeaderRows);
            if only_this {
                self.tally.weigh(What::ManyHeaderRows.rule(), Weight::Major);
            }
        }
    }

    /// L2-01, L3-04.
    fn look_at_numbers(&mut self) {
        let columns = std::mem::take(&mut self.columns);
        for (index, column) in columns.iter().enumerate() {
            column.not_plain().into_iter().for_each(|places| self.tell_places(index, places));
            if column.lacks_unit() {
                self.tally.add(self.name_place(index), What::NoUnit);
            }
        }
        self.columns = columns;
    }

    /// L3-05.
    fn look_at_times(&mut self) {
        let columns = std::mem::take(&mut self.columns);
        for (index, column) in columns.iter().enumerate() {
            if names::is_of_era(column.name()) {
                self.tally.add(self.name_place(index), What::EraName);
            }
            self.tell_places(index, &column.odd_times);
            if column.mixes_times() {
                self.tally.add(self.name_place(index), What::MixedDates);
            }
        }
        self.columns = columns;
    }

    /// L3-06.
    fn look_at_regions(&mut self) {
        const CONFIDENCE_WITHOUT_REGIONS: u8 = 60;
        let named = self.columns.iter().any(|column| column.of_regions);
        let columns = std::mem::take(&mut self.columns);
        let of_regions: Vec<(usize, &Column)> = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| if named { column.of_regions } else { column.seems_of_regions() })
            .collect();
        if of_regions.is_empty() {
            self.tally.trust(What::NoRegionCode.rule(), CONFIDENCE_WITHOUT_REGIONS);
        }
        for (index, column) in &of_regions {
            self.tell_places(*index, &column.short_regions);
        }
        let has_codes = columns.iter().any(|column| names::is_of_codes(column.name()));
        let official = of_regions.iter().find_map(|(index, column)| Some((column.first_official?, *index)));
        if let (false, Some((row, index))) = (has_codes, official) {
            self.tally.add(place(row, self.left + index), What::NoRegionCode);
        }
        self.columns = columns;
    }

    /// L1-03, within the table.
    fn look_for_blank_columns(&mut self) {
        const ROWS_MIN: u64 = 3;
        if self.rows + (self.header_rows.len() as u64) < ROWS_MIN {
            return;
        }
        for (index, column) in self.columns.iter().enumerate() {
            if column.filled == 0 && column.names.iter().all(String::is_empty) {
                let number = column_number(self.left + index);
                self.tally.add(Place::Columns(number, number), What::BlankColumn);
            }
        }
    }

    /// L2-02: only columns of text on the left label the rows, and never all columns do.
    fn look_at_labels(&mut self) {
        let labels = LABEL_COLUMNS_MAX.min(self.columns.len().saturating_sub(1));
        let columns = std::mem::take(&mut self.columns);
        let of_text: Vec<(usize, &Column)> = columns
            .iter()
            .enumerate()
            .take(labels)
            .filter(|(_, column)| column.kind() == ColumnKind::Text)
            .collect();
        if of_text.is_empty() {
            self.tally.leave(What::Ditto.rule());
        }
        of_text.iter().for_each(|(index, column)| self.tell_places(*index, &column.omissions));
        self.columns = columns;
    }

    /// L2-04, L2-05.
    fn look_at_choices(&mut self) {
        let mut found = false;
        for (index, column) in self.columns.iter().enumerate() {
            let Some(choices) = column.choices() else { continue };
            found = true;
            for (row, what) in choices {
                self.tally.add(place(row, self.left + index), what);
            }
        }
        if !found {
            self.tally.leave(What::Spelling.rule());
            self.tally.leave(What::DetailOfOther.rule());
        }
    }

    /// L1-09, L3-02, L3-03, L3-07, L3-08: what no file settles alone.
    fn hold_against(&mut self, described: Option<&Described>) {
        let of_numbers = |column: &&Column| column.is_of_numbers();
        let tells_blank = |column: &Column| column.standard.as_ref().is_some_and(|it| it.tells_blank);
        let Some(described) = described else {
            let settled = self.columns.iter().any(|column| column.is_of_numbers())
                && self.columns.iter().filter(of_numbers).all(tells_blank);
            if !settled {
                self.tally.leave(What::BlankBesideZero.rule());
            }
            [What::NoCodeList, What::NoLegend, What::OtherColumns, What::NotDescribed]
                .into_iter()
                .for_each(|what| self.tally.leave(what.rule()));
            return;
        };
        let mut found = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            let number = column_number(self.left + index);
            let column_place = Place::Columns(number, number);
            if column.blanks_beside_zeros(self.rows_of(index)) && !described.blanks && !tells_blank(column) {
                found.push((column_place, What::BlankBesideZero));
            }
            if column.standard.is_none() && names::is_of_codes(column.name()) && !described.codes {
                found.push((column_place, What::NoCodeList));
            }
            if column.is_of_numbers() && column.marks > 0 && !described.signs {
                found.push((column_place, What::NoLegend));
            }
        }
        if !described.definitions {
            found.push((Place::File, What::NotDescribed));
        }
        found.into_iter().for_each(|(place, what)| self.tally.add(place, what));
        if described.earlier_columns.is_empty() {
            self.tally.leave(What::OtherColumns.rule());
            return;
        }
        let names: Vec<String> = self.columns.iter().map(Column::label).collect();
        for what in alike(&[&names, &described.earlier_columns]) {
            self.tally.add(Place::File, what);
        }
    }
}
