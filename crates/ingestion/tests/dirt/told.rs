//! Defects that nobody mends without a person, each put into a clean table: what the report must tell, and where.
//!
//! Of the list, those that the policy tells: 4, 8, 12, 13, of 11 the rows that fell apart, of 14 what one file shows
//! (columns that came, went and were renamed). What only two revisions or two addresses show (the rest of 14, 15) is no
//! defect of a file.

use ingestion::{Code, Field, Kind, Need, QuestionCode, Report, Schema};
use rust_xlsxwriter::{Format, Workbook};

use crate::common::table::Table;
use crate::dice::Dice;

/// What must be told.
#[derive(Debug)]
pub enum Told {
    /// A finding in a row and a column, with this proposal where there is one.
    Finding { code: Code, row: Option<usize>, column: Option<usize>, proposal: Option<String> },
    /// A finding about the field of this name.
    About(Code, String),
    /// A question, about the column of this name and in this row.
    Question(QuestionCode, Option<String>, Option<usize>),
}

/// A defect: its number in the list, its name, and the file that it makes of a table with what must be told of it;
/// `None` where the table has no place for it.
pub type ToldDefect = (u8, &'static str, fn(&Schema, Table, &mut Dice) -> Option<(Vec<u8>, Vec<Told>)>);

pub const TOLD: [ToldDefect; 15] = [
    (4, "header in two rows", two_row_header),
    (4, "merged cells", merged),
    (4, "〃 for the value above", ditto),
    (8, "key missing", key_missing),
    (8, "key doubled", key_doubled),
    (11, "row cut by a comma", cut_by_comma),
    (11, "row cut by a line break", cut_by_line_break),
    (12, "hidden row and column", hidden),
    (12, "hidden sheet, other sheet", sheets),
    (13, "mobile number, mail of a person", persons),
    (13, "マイナンバー", my_number),
    (14, "column gone", column_gone),
    (14, "column added", column_added),
    (14, "column renamed", column_renamed),
    (14, "column twice", column_twice),
];

impl Told {
    /// Whether `report` tells it.
    pub fn is_in(&self, report: &Report) -> bool {
        match self {
            Told::Finding { code, row, column, proposal } => report.findings.iter().any(|found| {
                found.code == *code
                    && found.row == row.map(|row| row as u64)
                    && found.column == column.map(|column| column as u32)
                    && (proposal.is_none() || found.proposal.is_none() || found.proposal == *proposal)
            }),
            Told::About(code, field) => {
                report.findings.iter().any(|it| it.code == *code && it.field.as_ref() == Some(field))
            }
            Told::Question(code, field, row) => report.questions.iter().any(|it| {
                it.code == *code
                    && it.field == *field
                    && row.is_none_or(|row| it.rows.contains(&(row as u64)))
            }),
        }
    }

    /// Whether `report` says how the row was before it fell apart.
    pub fn is_proposed_in(&self, report: &Report) -> Option<bool> {
        let Told::Finding { code, proposal: Some(_), .. } = self else { return None };
        Some(report.findings.iter().any(|found| found.code == *code && found.proposal.is_some()))
    }
}

/// A finding in the row of data `row` and the column `column`, both from 0.
fn at(code: Code, row: usize, column: usize) -> Told {
    Told::Finding { code, row: Some(row + 2), column: Some(column + 1), proposal: None }
}

fn field<'s>(schema: &'s Schema, name: &str) -> &'s Field {
    schema.fields.iter().find(|field| field.name == name).unwrap()
}

/// A column whose field `fits`, from 0.
fn a_column(schema: &Schema, table: &Table, dice: &mut Dice, fits: impl Fn(&Field) -> bool) -> Option<usize> {
    let columns: Vec<usize> =
        (0..table.header.len()).filter(|column| fits(field(schema, &table.header[*column]))).collect();
    (!columns.is_empty()).then(|| *dice.one_of(&columns))
}

fn a_row(table: &Table, dice: &mut Dice) -> usize {
    dice.below(table.rows.len())
}

/// The columns of the key, all of them in the table and filled.
fn key(schema: &Schema, table: &Table) -> Option<Vec<usize>> {
    let place = |name: &String| table.header.iter().position(|header| header == name);
    let columns: Option<Vec<usize>> = schema.key.iter().map(place).collect();
    let filled = |columns: &Vec<usize>| {
        !columns.is_empty()
            && table.rows.iter().all(|row| columns.iter().all(|column| !row[*column].is_empty()))
    };
    columns.filter(filled)
}

/// A column of remarks.
fn remarks(schema: &Schema, table: &Table) -> Option<usize> {
    table.header.iter().position(|name| name.contains("備考") && field(schema, name).kind == Kind::Text)
}

fn two_row_header(_: &Schema, mut table: Table, _: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let groups = table.header.iter().filter_map(|name| name.split_once('_')).map(|(group, _)| group);
    let group = groups.into_iter().find(|group| table.header.iter().all(|name| name != group))?.to_owned();
    let grouped =
        |name: &str| name.split_once('_').filter(|(above, _)| *above == group).map(|it| it.1.to_owned());
    let run: Vec<usize> =
        (0..table.header.len()).filter(|at| grouped(&table.header[*at]).is_some()).collect();
    let is_one_run = run.len() > 1 && run.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    if !is_one_run {
        return None;
    }
    let mut lower = vec![String::new(); table.header.len()];
    for at in &run {
        lower[*at] = grouped(&table.header[*at])?;
        table.header[*at] = if *at == run[0] { group.clone() } else { String::new() };
    }
    table.rows.insert(0, lower);
    let told = Told::Finding { code: Code::TwoRowHeader, row: Some(2), column: None, proposal: None };
    Some((table.write(), vec![told]))
}

fn ditto(schema: &Schema, mut table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let column = a_column(schema, &table, dice, |field| {
        field.kind == Kind::Text && !schema.key.contains(&field.name)
    })?;
    let row = 1 + dice.below(table.rows.len() - 1);
    table.rows[row][column] = (*dice.one_of(&["〃", "同上"])).to_owned();
    Some((table.write(), vec![at(Code::Ditto, row, column)]))
}

fn key_missing(schema: &Schema, mut table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let column = *dice.one_of(&key(schema, &table)?);
    let field = field(schema, &table.header[column]);
    let code = match field.need {
        Need::Required if field.blank.is_none() => Code::RequiredMissing,
        Need::Recommended => Code::KeyMissing,
        _ => return None,
    };
    let row = a_row(&table, dice);
    table.rows[row][column].clear();
    Some((table.write(), vec![at(code, row, column)]))
}

fn key_doubled(schema: &Schema, mut table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let columns = key(schema, &table)?;
    let later = 1 + dice.below(table.rows.len() - 1);
    let earlier = dice.below(later);
    for column in &columns {
        table.rows[later][*column] = table.rows[earlier][*column].clone();
    }
    Some((table.write(), vec![at(Code::DuplicateKey, later, *columns.last()?)]))
}

/// The table as text, in which the cell at `row` and `column` is `cell`, without quotes.
fn unquoted(mut table: Table, row: usize, column: usize, cell: &str) -> Vec<u8> {
    const PLACE: &str = "HERE";
    table.rows[row][column] = PLACE.to_owned();
    String::from_utf8(table.write()).unwrap().replace(PLACE, cell).into_bytes()
}

/// A column of texts in the midst of the table, and a row that has one below.
fn text_in_the_midst(schema: &Schema, table: &Table, dice: &mut Dice) -> Option<(usize, usize)> {
    let last = table.header.len() - 1;
    let names: Vec<&String> = table.header[1..last.min(8)].iter().collect();
    let column = a_column(schema, table, dice, |field| {
        field.kind == Kind::Text && names.contains(&&field.name) && !schema.key.contains(&field.name)
    })?;
    Some((dice.below(table.rows.len() - 1), column))
}

fn cut_by_comma(schema: &Schema, table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let (row, column) = text_in_the_midst(schema, &table, dice)?;
    let told = Told::Finding {
        code: Code::TooManyCells,
        row: Some(row + 2),
        column: Some(table.header.len() + 1),
        proposal: Some("見本,その1".to_owned()),
    };
    Some((unquoted(table, row, column, "見本,その1"), vec![told]))
}

fn cut_by_line_break(schema: &Schema, table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let (row, column) = text_in_the_midst(schema, &table, dice)?;
    let told = Told::Finding {
        code: Code::TooFewCells,
        row: Some(row + 3),
        column: Some(table.header.len() - column + 1),
        proposal: Some("見本\nその1".to_owned()),
    };
    Some((unquoted(table, row, column, "見本\nその1"), vec![told]))
}

/// A workbook of the table, and its first sheet.
fn book(table: &Table) -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("一覧").unwrap();
    for (row, cells) in [&table.header].into_iter().chain(&table.rows).enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row as u32, column as u16, cell).unwrap();
        }
    }
    book
}

fn merged(_: &Schema, table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let (row, column) = (dice.below(table.rows.len() - 1), dice.below(table.header.len()));
    let text = table.rows[row][column].clone();
    let mut book = book(&table);
    let sheet = book.worksheet_from_index(0).unwrap();
    let [first, last] = [row as u32 + 1, row as u32 + 2];
    sheet.merge_range(first, column as u16, last, column as u16, &text, &Format::new()).unwrap();
    Some((book.save_to_buffer().unwrap(), vec![at(Code::MergedCells, row, column)]))
}

fn hidden(_: &Schema, table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let (row, column) = (a_row(&table, dice), dice.below(table.header.len()));
    let mut book = book(&table);
    let sheet = book.worksheet_from_index(0).unwrap();
    sheet.set_row_hidden(row as u32 + 1).unwrap().set_column_hidden(column as u16).unwrap();
    let told = vec![
        Told::Question(QuestionCode::HiddenRows, None, Some(row + 2)),
        Told::Question(QuestionCode::HiddenColumns, Some(table.header[column].clone()), None),
    ];
    Some((book.save_to_buffer().unwrap(), told))
}

fn sheets(_: &Schema, table: Table, _: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let mut book = book(&table);
    book.add_worksheet().write_string(0, 0, "見本").unwrap();
    book.add_worksheet().set_hidden(true).write_string(0, 0, "見本").unwrap();
    let other = Told::Finding { code: Code::OtherSheets, row: None, column: None, proposal: None };
    let told = vec![other, Told::Question(QuestionCode::HiddenSheets, None, None)];
    Some((book.save_to_buffer().unwrap(), told))
}

fn persons(schema: &Schema, mut table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let (row, column) = (a_row(&table, dice), remarks(schema, &table)?);
    let written =
        ["夜間は090-1234-5678へ", "連絡は mihon@gmail.com まで", "連絡は０８０ー１２３４ー５６７８"];
    table.rows[row][column] = (*dice.one_of(&written)).to_owned();
    let told = Told::Question(QuestionCode::PersonalData, Some(table.header[column].clone()), Some(row + 2));
    Some((table.write(), vec![told]))
}

fn my_number(schema: &Schema, mut table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let (row, column) = (a_row(&table, dice), remarks(schema, &table)?);
    table.rows[row][column] = (*dice.one_of(&["123456789018", "番号は1234 5678 9018"])).to_owned();
    Some((table.write(), vec![at(Code::MyNumber, row, column)]))
}

fn without(mut table: Table, column: usize) -> Table {
    table.rows.iter_mut().chain([&mut table.header]).for_each(|row| {
        row.remove(column);
    });
    table
}

fn column_gone(schema: &Schema, table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let column = a_column(schema, &table, dice, |field| !schema.key.contains(&field.name))?;
    let told = vec![Told::About(Code::MissingColumn, table.header[column].clone())];
    Some((without(table, column).write(), told))
}

fn column_added(_: &Schema, mut table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let column = dice.below(table.header.len());
    table.header.insert(column, "見本課の控え".to_owned());
    table.rows.iter_mut().for_each(|row| row.insert(column, "見本".to_owned()));
    let told =
        Told::Finding { code: Code::UnknownColumn, row: Some(1), column: Some(column + 1), proposal: None };
    Some((table.write(), vec![told]))
}

fn column_renamed(_: &Schema, mut table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let column = dice.below(table.header.len());
    table.header[column].push_str("（見本）");
    let told =
        Told::Finding { code: Code::HeaderAssumed, row: Some(1), column: Some(column + 1), proposal: None };
    Some((table.write(), vec![told]))
}

fn column_twice(_: &Schema, mut table: Table, dice: &mut Dice) -> Option<(Vec<u8>, Vec<Told>)> {
    let (first, at) = (dice.below(table.header.len()), table.header.len());
    for row in table.rows.iter_mut().chain([&mut table.header]) {
        row.push(row[first].clone());
    }
    let told =
        Told::Finding { code: Code::DuplicateHeader, row: Some(1), column: Some(at + 1), proposal: None };
    Some((table.write(), vec![told]))
}
