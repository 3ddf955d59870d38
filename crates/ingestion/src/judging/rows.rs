//! Judges the rows of data against the columns of the header.
//!
//! One cell in its column is [`crate::judging::watch`]'s business, what the cells of a row say together [`crate::judging::together`]'s;
//! here are the row as a whole, and what a column shows from top to bottom. Every row goes to the sink as it was
//! repaired: one in which nothing is an error as a row, any other as a refused one.

use std::borrow::Cow;

use crate::finding::Code;
use crate::gather::Gather;
use crate::judging::rejoin::{self, CutRow};
use crate::judging::together::Together;
use crate::judging::usual::Usual;
use crate::judging::watch::Watch;
use crate::reading::cells::Cells;
use crate::reading::records::Record;
use crate::reading::writing::{self, about};
use crate::recognising::header::Header;
use crate::sentence::{About, Detail};
use crate::sink::{Cell, Row, Sink, Value};
use crate::validate::Options;

/// The rows of a file, one after the other.
pub(crate) struct Rows<'h, 's> {
    header: &'h Header<'s>,
    together: Together<'h, 's>,
    /// One for each column.
    watches: Vec<Watch<'s>>,
    usual: Usual,
    /// The cells of a row in which a sign stands, from 0.
    marked: Vec<usize>,
    /// The cells of a row that are to be judged, from 0.
    doubtful: Vec<usize>,
    /// Whether somebody takes the rows.
    wanted: bool,
    /// The row before, where it had too few cells.
    cut: Option<CutRow>,
    rows: u64,
    judged: u64,
}

impl<'h, 's> Rows<'h, 's> {
    /// The rows below `header`; `wanted` where somebody takes them.
    pub fn new(header: &'h Header<'s>, options: &'h Options<'_>, wanted: bool) -> Rows<'h, 's> {
        let together = Together::of(header, options);
        let columns = header.columns.iter().enumerate();
        Rows {
            watches: columns
                .map(|(index, column)| Watch::of(column, together.places.holds(index), options))
                .collect(),
            usual: Usual::of(header.columns.len()),
            header,
            together,
            marked: Vec::new(),
            doubtful: Vec::new(),
            wanted,
            cut: None,
            rows: 0,
            judged: 0,
        }
    }

    /// Judges one row, blank or not.
    pub fn judge<S: Sink>(&mut self, record: &Record<'_>, gather: &mut Gather<'_, S>) {
        let cells = Cells::of(record);
        if record.is_whole() && cells.are_blank() {
            gather.warning(Code::BlankRow, &About { row: Some(record.row), ..About::default() });
            return;
        }
        self.rows += 1;
        let errors = gather.errors();
        self.look(&cells);
        let is_cut_well = record.is_whole() && record.cells == self.header.width;
        if is_cut_well && self.doubtful.is_empty() && !self.wanted {
            self.judged += 1;
            let watches = &self.watches;
            let read = |index: usize| {
                watches.get(index).zip(cells.get(index)).map(|(watch, raw)| watch.read_good(raw))
            };
            self.cut = None;
            self.together.judge(record.row, read, gather);
            return;
        }
        if !(is_cut_well && self.doubtful.is_empty()) {
            writing::tell(record, &cells, &self.header.columns, gather);
        }
        // What an open quote swallowed belongs to other columns and rows.
        let swallows = record.slips.iter().any(|slip| slip.code == Code::UnterminatedQuote);
        if record.too_long || swallows || !self.stands_in_columns(record, &cells, gather) {
            let cells: Vec<Cell<'_>> =
                cells.iter().map(|raw| Cell { raw, value: Value::Text(raw) }).collect();
            gather.sink().refused_row(&Row { number: record.row, cells: &cells });
            return;
        }
        self.judged += 1;
        let (mut judged, mut mended, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
        for index in &self.doubtful {
            let (Some(watch), Some(raw)) = (self.watches.get_mut(*index), cells.get(*index)) else {
                continue;
            };
            let becomes =
                watch.judge(&about(record.row, column_number(*index), &self.header.columns, raw), gather);
            waiting.extend(becomes.waits.map(|fault| (*index, fault)));
            match becomes.text {
                Cow::Borrowed(raw) => judged.push((*index, Cell { raw, value: becomes.value })),
                Cow::Owned(text) => mended.push((*index, text)),
            }
        }
        if !waiting.is_empty() {
            let read = |index| read(&self.watches, &cells, &judged, index);
            mended.extend(self.together.places.mend(record.row, &read, &mended, waiting, gather));
        }
        for (index, text) in &mended {
            let Some(watch) = self.watches.get(*index) else { continue };
            let cell = Cell { raw: text, value: watch.value(text) };
            match judged.binary_search_by_key(index, |(index, _)| *index) {
                Ok(at) => judged.get_mut(at).into_iter().for_each(|(_, other)| *other = cell),
                Err(at) => judged.insert(at, (*index, cell)),
            }
        }
        let read = |index| read(&self.watches, &cells, &judged, index);
        self.together.judge(record.row, read, gather);
        if !self.wanted {
            return;
        }
        let all: Vec<Cell<'_>> = (0..cells.len()).map_while(read).collect();
        let row = Row { number: record.row, cells: &all };
        if gather.errors() == errors {
            gather.sink().row(&row);
        } else {
            gather.sink().refused_row(&row);
        }
    }

    /// Looks at each cell of a row, and remembers those that are to be judged.
    fn look(&mut self, cells: &Cells<'_>) {
        let Rows { watches, usual, marked, doubtful, .. } = self;
        let marked = cells.marked(marked);
        doubtful.clear();
        usual.pass_over(cells, |index, raw| {
            let is_marked = marked.binary_search(&index).is_ok();
            let passes = watches.get_mut(index).is_some_and(|watch| watch.passes(raw, is_marked));
            if !passes {
                doubtful.push(index);
            }
            passes
        });
        doubtful.sort_unstable();
    }

    /// How many rows of data there were, and what their columns show from top to bottom.
    pub fn finish<S: Sink>(self, gather: &mut Gather<'_, S>) -> u64 {
        if self.rows == 0 {
            gather.error(Code::NoData, &About::default());
        }
        for index in self.together.unfilled.iter().filter(|_| self.judged > 0) {
            gather.note(
                Code::EmptyColumn,
                &about(self.header.row, column_number(*index), &self.header.columns, ""),
            );
        }
        self.rows
    }

    /// Whether the cells are as many as the columns, so that each is sure of its own; tells where not.
    ///
    /// In a row with more, a comma without quotes has most likely moved the rest to the right: judging it would
    /// bury the one mistake under many. In a row with fewer, those that are there still stand in their columns.
    fn stands_in_columns<S: Sink>(
        &mut self,
        record: &Record<'_>,
        cells: &Cells<'_>,
        gather: &mut Gather<'_, S>,
    ) -> bool {
        let cut = self.cut.take();
        let (found, expected) = (record.cells, self.header.width);
        if found == expected {
            return true;
        }
        let first = found.min(expected);
        let column = u32::try_from(first).unwrap_or(u32::MAX).saturating_add(1);
        let surplus = || cells.iter().skip(usize::try_from(first).unwrap_or(usize::MAX));
        let at = about(record.row, column, &self.header.columns, surplus().next().unwrap_or_default());
        let at = About { detail: Detail::Cells { found, expected }, ..at };
        if found < expected {
            let joined = cut.and_then(|cut| cut.goes_on(record.row, cells, expected));
            gather.error(Code::TooFewCells, &About { proposal: joined.as_deref(), ..at });
            self.cut = joined.is_none().then(|| CutRow::of(record.row, cells));
            return true;
        }
        let kept_all = cells.len() as u64 == found;
        if kept_all && surplus().all(|cell| cell.trim().is_empty()) {
            // Columns that the header has and that were left out are no surplus.
            if found > expected + self.header.left_out {
                gather.warning(Code::TooManyCells, &at);
            }
            return true;
        }
        let joined = if kept_all { rejoin::cut_by_commas(&self.header.columns, cells) } else { None };
        gather.error(Code::TooManyCells, &About { proposal: joined.as_deref(), ..at });
        false
    }
}

/// The cell at `index`, from 0: as it was `judged`, or good as it stands.
fn read<'c>(
    watches: &[Watch<'_>],
    cells: &'c Cells<'_>,
    judged: &[(usize, Cell<'c>)],
    index: usize,
) -> Option<Cell<'c>> {
    let at = judged.binary_search_by_key(&index, |(index, _)| *index).ok();
    match at.and_then(|at| judged.get(at)) {
        Some((_, cell)) => Some(*cell),
        None => watches.get(index).zip(cells.get(index)).map(|(watch, raw)| watch.read_good(raw)),
    }
}

pub(crate) fn column_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}
