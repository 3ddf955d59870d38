//! Clean files are made dirty in the ways in which staff's files arrive, alone and together, and read: what comes out is
//! held against what they were, cell by cell.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod clean;
#[path = "../common/mod.rs"]
mod common;
mod defects;
mod dice;
mod told;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use common::table::{Kept, Table, good_tables};
use common::{SCHEMAS, changes, places};
use defects::{Defect, Dirty, OF_CELLS, OF_TABLES, Writing, write};
use dice::Dice;
use ingestion::{Canonical, Discard, Expected, Options, Report, Schema, Severity, validate};

/// Rows of a generated table.
const ROWS: usize = 8;
/// Generated tables of each schema.
const VARIANTS: u64 = 1;
/// Of the cells that were made dirty, so many come back.
const RECOVERED_MIN: f64 = 0.99;

/// The good tables, and variants of them.
static CLEAN: LazyLock<Vec<(&Schema, Table)>> = LazyLock::new(|| {
    let mut all = good_tables();
    for (at, (schema, good)) in good_tables().into_iter().enumerate() {
        for variant in 0..VARIANTS {
            let mut dice = Dice(1_000 * at as u64 + variant);
            all.push((schema, clean::variant(schema, &good, ROWS, &mut dice)));
        }
    }
    all
});

/// The canonical table that `file` becomes.
fn read(file: &[u8], schema: &Schema, answers: &[(String, String)]) -> (Report, Table) {
    let options = Options { expected: Expected::Schema(schema), answers, ..Options::default() };
    let mut kept = Canonical::new(Kept::default());
    let report = validate(file, &SCHEMAS, &options, &mut kept);
    (report, kept.into_inner().0)
}

/// The file read as a clerk has it read: the marks for no value are said to be just that.
fn read_and_answered(file: &[u8], schema: &Schema) -> (Report, Table) {
    let (report, table) = read(file, schema, &[]);
    let answers: Vec<(String, String)> =
        report.questions.iter().map(|question| (question.key(), "1".to_owned())).collect();
    if answers.is_empty() { (report, table) } else { read(file, schema, &answers) }
}

/// What came of some files: how many there were, how many of their cells were changed, how many came back.
#[derive(Default)]
struct Figures {
    files: usize,
    changed: usize,
    recovered: usize,
    lost: Vec<String>,
}

impl Figures {
    /// Puts the defects into `clean`, reads the file and counts. Where only the table as a whole has a defect, every
    /// cell counts as changed; else the cells that nobody touched must stay as they are.
    fn count(
        &mut self,
        (schema, clean): &(&'static Schema, Table),
        [of_cells, of_table]: [&[&Defect]; 2],
        dice: &mut Dice,
    ) {
        let (above, below, writing) = (Vec::new(), Vec::new(), Writing::Utf8);
        let mut dirty = Dirty { schema, table: clean.clone(), above, below, writing };
        of_cells.iter().for_each(|(_, _, dirties)| dirties(&mut dirty, dice));
        let touched = dirty.table.clone();
        of_table.iter().for_each(|(_, _, dirties)| dirties(&mut dirty, dice));
        let file = write(&dirty);
        if file == clean.write() || (touched == *clean && !of_cells.is_empty()) {
            return;
        }
        self.files += 1;
        let (report, read) = read_and_answered(&file, schema);
        let names = of_cells.iter().chain(of_table).map(|(_, name, _)| *name).collect::<Vec<_>>().join(" + ");
        let about = || format!("{} ({names}): {:?}", schema.id, places(&report));
        assert_eq!(read.rows.len(), clean.rows.len(), "{}", about());
        for (column, name) in clean.header.iter().enumerate() {
            let now = read.header.iter().position(|header| header == name);
            for (row, cells) in clean.rows.iter().enumerate() {
                let (was, is) = (&cells[column], now.and_then(|column| read.rows[row].get(column)));
                if touched.rows[row][column] != *was || of_cells.is_empty() {
                    self.changed += 1;
                    self.recovered += usize::from(is == Some(was));
                    if is != Some(was) {
                        let came = &touched.rows[row][column];
                        self.lost.push(format!("{}: {was:?} came as {came:?} and is {is:?}", about()));
                    }
                } else {
                    assert_eq!(is, Some(was), "nobody touched {name}; {}", about());
                }
            }
        }
        let (again, twice) = read_and_answered(&read.write(), schema);
        assert_eq!((again.counts.repair, changes(&again)), (0, Vec::new()), "{}", about());
        assert_eq!(twice, read, "{}", about());
    }

    fn add(&mut self, other: Figures) {
        self.files += other.files;
        self.changed += other.changed;
        self.recovered += other.recovered;
        self.lost.extend(other.lost);
    }

    fn share(&self) -> f64 {
        self.recovered as f64 / self.changed.max(1) as f64
    }

    #[track_caller]
    fn print(&self, number: &str, name: &str) {
        let Figures { files, changed, recovered, .. } = self;
        println!(
            "{number:>3}  {files:>5}  {changed:>7}  {recovered:>9}  {:>7.2} %  {name}",
            100.0 * self.share()
        );
        let lost = self.lost.iter().take(5).cloned().collect::<Vec<_>>().join("\n");
        assert!(self.files > 0 && self.share() >= RECOVERED_MIN, "{name}:\n{lost}");
    }
}

#[test]
fn what_was_clean_comes_back_cell_by_cell() {
    println!("  #  files    cells  recovered    share  defect");
    let (mut of_cells, mut of_tables) = (Figures::default(), Figures::default());
    for (at, defect) in OF_CELLS.iter().chain(&OF_TABLES).enumerate() {
        let mut figures = Figures::default();
        let is_of_cells = at < OF_CELLS.len();
        for (number, clean) in CLEAN.iter().enumerate() {
            let alone: &[&Defect] = &[defect];
            let defects = if is_of_cells { [alone, &[]] } else { [&[], alone] };
            figures.count(clean, defects, &mut Dice((at * 10_000 + number) as u64));
        }
        figures.print(&defect.0.to_string(), defect.1);
        if is_of_cells { of_cells.add(figures) } else { of_tables.add(figures) }
    }
    let mut together = Figures::default();
    for (number, clean) in CLEAN.iter().enumerate() {
        let mut dice = Dice(7_000_000 + number as u64);
        let mut some = |all: &'static [Defect]| all.iter().filter(|_| dice.once_in(2)).collect::<Vec<_>>();
        let (cells, table) = (some(&OF_CELLS), some(&OF_TABLES));
        together.count(clean, [&cells, &table], &mut dice);
    }
    together.print("", "several of them together");
    of_cells.add(together);
    of_cells.print("", "ALL that change cells");
    of_tables.print("", "ALL that change the table alone");
    assert!(of_cells.files + of_tables.files >= 200);
}

#[test]
fn what_nobody_may_mend_is_told_at_its_place() {
    println!("  #  files  to tell   told  proposals  defect");
    for (at, (number, name, dirties)) in told::TOLD.iter().enumerate() {
        let (mut files, mut wanted, mut silent, mut proposals) = (0, 0, Vec::new(), None);
        for (at_table, (schema, clean)) in
            CLEAN.iter().enumerate().filter(|(_, (_, it))| it.rows.len() == ROWS)
        {
            let mut dice = Dice((at * 10_000 + at_table) as u64);
            let Some((file, told)) = dirties(schema, clean.clone(), &mut dice) else { continue };
            let (report, _) = read(&file, schema, &[]);
            files += 1;
            wanted += told.len();
            for it in &told {
                if let Some(proposed) = it.is_proposed_in(&report) {
                    *proposals.get_or_insert(0) += usize::from(proposed);
                }
                if !it.is_in(&report) {
                    silent.push(format!("{}: {it:?} is not in {:?}", schema.id, places(&report)));
                }
            }
        }
        let proposals = proposals.map_or(String::new(), |count: usize| count.to_string());
        let told = wanted - silent.len();
        println!("{number:>3}  {files:>5}  {wanted:>7}  {told:>5}  {proposals:>9}  {name}");
        assert!(files > 0 && silent.is_empty(), "{name}:\n{}", silent.join("\n"));
    }
}

#[test]
fn clean_files_get_no_repair_no_warning_and_no_question() {
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets");
    let published = fs::read_dir(published)
        .unwrap()
        .filter_map(|entry| fs::read(entry.unwrap().path().join("data.csv")).ok());
    let published: Vec<Vec<u8>> = published.collect();
    assert!(!published.is_empty());
    let options = Options::default();
    let guessed = published.iter().map(|file| validate(file.as_slice(), &SCHEMAS, &options, &mut Discard));
    let clean = CLEAN.iter().map(|(schema, table)| read(&table.write(), schema, &[]).0);
    let mut files = 0;
    for report in guessed.chain(clean) {
        let worse = report.findings.iter().filter(|found| found.severity != Severity::Note).count();
        let found = (worse, report.counts.repair, report.counts.question);
        assert_eq!(found, (0, 0, 0), "{:?}: {:?} {:?}", report.schema, places(&report), changes(&report));
        files += 1;
    }
    println!("{files} clean files: no repair, no warning, no error, no question");
}
