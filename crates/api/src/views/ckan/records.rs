//! Rows as CKAN's datastore shows them: each with its number as `_id`, as objects, lists, or lines of a table.

use std::io;
use std::str::FromStr;

use catalog::asking::{Ask, Column, ColumnKind};
use catalog::export::{Shown, Text};
use catalog::records::{Line, Rows};
use serde::Serialize;
use serde_json::{Map, Value};

/// What the number of a row is called.
pub const ID: &str = "_id";

/// The forms of records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RecordsForm {
    /// Objects.
    #[default]
    Objects,
    /// Lists of values.
    Lists,
    /// One text: lines of comma-separated values.
    Csv,
    /// One text: lines of values with tabs between.
    Tsv,
}

impl RecordsForm {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            RecordsForm::Objects => "objects",
            RecordsForm::Lists => "lists",
            RecordsForm::Csv => "csv",
            RecordsForm::Tsv => "tsv",
        }
    }

    /// Whether all records are one text.
    fn is_text(self) -> bool {
        matches!(self, RecordsForm::Csv | RecordsForm::Tsv)
    }
}

impl FromStr for RecordsForm {
    type Err = ();

    fn from_str(text: &str) -> Result<RecordsForm, ()> {
        let all = [RecordsForm::Objects, RecordsForm::Lists, RecordsForm::Csv, RecordsForm::Tsv];
        all.into_iter().find(|form| form.as_str() == text).ok_or(())
    }
}

/// Writes records.
pub struct Records {
    form: RecordsForm,
    /// What is shown of the columns, if anything is.
    shown: Option<Shown>,
    /// Whether the number of each row is shown.
    with_id: bool,
}

impl Records {
    /// What `ask` wants to be shown of `rows`; `with_id` where the numbers of rows are, `with_columns` where anything else
    /// is.
    ///
    /// # Errors
    /// None that comes up: names are texts.
    pub fn of(
        rows: &Rows,
        ask: &Ask,
        form: RecordsForm,
        with_id: bool,
        with_columns: bool,
    ) -> io::Result<Records> {
        let shown = with_columns.then(|| Shown::of(rows, ask)).transpose()?;
        Ok(Records { form, shown, with_id })
    }

    /// What stands before the first record.
    pub fn begin(&self) -> &'static str {
        if self.form.is_text() { "\"" } else { "[" }
    }

    /// What stands behind the last one.
    pub fn end(&self) -> &'static str {
        if self.form.is_text() { "\"" } else { "]" }
    }

    /// `lines` as records, of which some were written before where these are not the `first`.
    ///
    /// # Errors
    /// When a line is none that could have been kept.
    pub fn written(&self, lines: &[Line], mut first: bool) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        for line in lines {
            if !first && !self.form.is_text() {
                out.push(b',');
            }
            first = false;
            match self.form {
                RecordsForm::Objects => self.object(line, &mut out)?,
                RecordsForm::Lists => self.list(line, &mut out)?,
                RecordsForm::Csv => self.text(line, b',', &mut out)?,
                RecordsForm::Tsv => self.text(line, b'\t', &mut out)?,
            }
        }
        Ok(out)
    }

    /// The columns of `line` that are shown, as one text.
    fn columns(&self, line: &Line, text: Text) -> io::Result<Vec<u8>> {
        match (&self.shown, text) {
            (Some(shown), text) => shown.written(std::slice::from_ref(line), text),
            (None, Text::Csv) => Ok(Vec::new()),
            (None, _) => Ok(b"{}".to_vec()),
        }
    }

    fn object(&self, line: &Line, out: &mut Vec<u8>) -> io::Result<()> {
        let object = self.columns(line, Text::Items)?;
        if !self.with_id {
            out.extend(object);
            return Ok(());
        }
        let rest = object.strip_prefix(b"{").unwrap_or(&object);
        let comma = if rest.first() == Some(&b'}') { "" } else { "," };
        out.extend_from_slice(format!("{{\"{ID}\":{}{comma}", line.number).as_bytes());
        out.extend_from_slice(rest);
        Ok(())
    }

    fn list(&self, line: &Line, out: &mut Vec<u8>) -> io::Result<()> {
        let object = self.columns(line, Text::Items)?;
        let object: Map<String, Value> = serde_json::from_slice(&object)?;
        let id = self.with_id.then(|| Value::from(line.number));
        let values: Vec<Value> = id.into_iter().chain(object.into_iter().map(|(_, value)| value)).collect();
        serde_json::to_writer(out, &values).map_err(io::Error::from)
    }

    /// A line of a table, as a piece of a JSON text.
    fn text(&self, line: &Line, delimiter: u8, out: &mut Vec<u8>) -> io::Result<()> {
        let csv = self.columns(line, Text::Csv)?;
        let mut cells = csv::StringRecord::new();
        csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_slice()).read_record(&mut cells)?;
        let number = self.with_id.then(|| line.number.to_string());
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(number.as_deref().into_iter().chain(&cells))?;
        let written = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        let json = serde_json::to_string(&String::from_utf8_lossy(&written))?;
        out.extend_from_slice(json.trim_start_matches('"').strip_suffix('"').unwrap_or_default().as_bytes());
        Ok(())
    }
}

/// A field of records.
#[derive(Debug, Serialize)]
pub struct FieldView {
    /// Its name.
    pub id: String,
    /// What its values are, as PostgreSQL calls it.
    pub r#type: &'static str,
    /// What is said about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub info: Option<FieldInfoView>,
}

/// What is said about a field.
#[derive(Debug, Serialize)]
pub struct FieldInfoView {
    /// Its English name, where one is known; otherwise its name.
    pub label: String,
    /// What it means and how its values are written.
    pub notes: String,
}

impl FieldView {
    /// The number of a row.
    pub fn id() -> FieldView {
        FieldView { id: ID.to_owned(), r#type: "int", info: None }
    }

    /// `column`
    pub fn new(column: &Column) -> FieldView {
        FieldView { id: column.name.clone(), r#type: kind(column.kind), info: None }
    }

    /// `column` with what is said about it.
    pub fn told(column: &Column) -> FieldView {
        let name_en = column.field.as_ref().and_then(|field| field.name_en.clone());
        let info = column.meaning().map(|meaning| FieldInfoView {
            label: name_en.unwrap_or_else(|| column.name.clone()),
            notes: meaning.ja,
        });
        FieldView { info, ..FieldView::new(column) }
    }
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        ColumnKind::Integer => "int8",
        ColumnKind::Number => "numeric",
        ColumnKind::Date => "date",
        ColumnKind::Time => "time",
    }
}
