//! Parquet: typed columns, for notebooks and databases.
//!
//! The schema's kinds give the types: whole numbers are INT64, numbers DOUBLE, dates DATE, everything else UTF8. A
//! blank cell is null. A column with a cell that its type cannot hold is a column of texts: nothing is lost.

use std::io::{self, Write};
use std::sync::Arc;

use ingestion::{Cell, Value};
use jiff::civil::{Date, date};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::Table;
use crate::asking::ColumnKind;
use crate::gently;

/// Rows of a group at most, and bytes of their texts: what is held in memory at a time.
const GROUP_ROWS_MAX: usize = 64 << 10;
const GROUP_TEXT_BYTES_MAX: usize = 32 << 20;

/// Rows of which a column is written at a time: in between others pass.
const WRITTEN_TOGETHER: usize = 1 << 10;

/// Writes `table` into `out`, which says `notes` of itself, and gives `out` back. The table is read twice: the types are
/// settled first.
pub(crate) fn write<W: Write + Send>(table: &Table<'_>, out: W, notes: &[(String, String)]) -> io::Result<W> {
    let types = types(table)?;
    let schema = schema(table, &types).map_err(into_io)?;
    let said = notes.iter().map(|(name, value)| KeyValue::new(name.clone(), value.clone())).collect();
    let properties = WriterProperties::builder()
        .set_key_value_metadata(Some(said).filter(|said: &Vec<KeyValue>| !said.is_empty()))
        .set_created_by("hiyori".to_owned())
        .set_compression(Compression::SNAPPY)
        .build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(into_io)?;
    let mut group = Group::of(&types);
    table.each_row(|cells| {
        group.hold(cells)?;
        if group.is_full() { group.write(&mut writer) } else { Ok(()) }
    })?;
    if group.rows > 0 {
        group.write(&mut writer)?;
    }
    writer.into_inner().map_err(into_io)
}

/// What the cells of a column are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum As {
    Integers,
    Numbers,
    Days,
    Texts,
}

impl As {
    fn of(kind: ColumnKind) -> As {
        match kind {
            ColumnKind::Integer => As::Integers,
            ColumnKind::Number => As::Numbers,
            ColumnKind::Date => As::Days,
            // A time keeps the spelling of its cell.
            ColumnKind::Time | ColumnKind::Text => As::Texts,
        }
    }
}

/// `YYYY-MM-DD` as days since 1970-01-01.
fn day(text: &str) -> Option<i32> {
    let day: Date = Some(text).filter(|text| text.len() == 10)?.parse().ok()?;
    i32::try_from(day.duration_since(date(1970, 1, 1)).as_hours() / 24).ok()
}

fn types(table: &Table<'_>) -> io::Result<Vec<As>> {
    let mut kinds: Vec<ColumnKind> = table.kinds().map(ColumnKind::of).collect();
    table.each_row(|cells| {
        for (kind, cell) in kinds.iter_mut().zip(cells) {
            if !kind.takes(cell) {
                *kind = ColumnKind::Text;
            }
        }
        Ok(())
    })?;
    Ok(kinds.into_iter().map(As::of).collect())
}

fn schema(table: &Table<'_>, types: &[As]) -> Result<TypePtr, ParquetError> {
    let column = |(name, it): (&String, &As)| {
        let (physical, logical) = match it {
            As::Integers => (Physical::INT64, None),
            As::Numbers => (Physical::DOUBLE, None),
            As::Days => (Physical::INT32, Some(LogicalType::Date)),
            As::Texts => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let column = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        column.build().map(Arc::new)
    };
    let columns = table.names().iter().zip(types).map(column).collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(Type::group_type_builder("table").with_fields(columns).build()?))
}

/// The rows of one group, column by column.
struct Group {
    columns: Vec<Held>,
    rows: usize,
    text_bytes: usize,
}

struct Held {
    values: Values,
    /// 1 where a row has a value, 0 where it is null.
    levels: Vec<i16>,
}

enum Values {
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    Days(Vec<i32>),
    Texts(Vec<ByteArray>),
}

impl Group {
    fn of(types: &[As]) -> Group {
        let held = |it: &As| Held {
            values: match it {
                As::Integers => Values::Integers(Vec::new()),
                As::Numbers => Values::Numbers(Vec::new()),
                As::Days => Values::Days(Vec::new()),
                As::Texts => Values::Texts(Vec::new()),
            },
            levels: Vec::new(),
        };
        Group { columns: types.iter().map(held).collect(), rows: 0, text_bytes: 0 }
    }

    fn hold(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.levels.push(i16::from(cell.value != Value::Blank));
            match (&mut column.values, cell.value) {
                (_, Value::Blank) => {}
                (Values::Integers(values), Value::Integer(value)) => values.push(value),
                (Values::Numbers(values), Value::Number(value)) => values.push(value),
                (Values::Days(values), _) => values.extend(day(cell.raw)),
                (Values::Texts(values), _) => {
                    self.text_bytes += cell.raw.len();
                    values.push(ByteArray::from(cell.raw));
                }
                _ => return Err(io::Error::other("the table changed while it was written")),
            }
        }
        self.rows += 1;
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.rows >= GROUP_ROWS_MAX || self.text_bytes >= GROUP_TEXT_BYTES_MAX
    }

    /// Writes the group, and forgets its rows.
    fn write<W: Write + Send>(&mut self, writer: &mut SerializedFileWriter<W>) -> io::Result<()> {
        self.written(writer).map_err(into_io)?;
        (self.rows, self.text_bytes) = (0, 0);
        Ok(())
    }

    fn written<W: Write + Send>(&mut self, writer: &mut SerializedFileWriter<W>) -> Result<(), ParquetError> {
        let mut group = writer.next_row_group()?;
        for held in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            match &mut held.values {
                Values::Integers(values) => put::<Int64Type>(&mut column, values, &held.levels)?,
                Values::Numbers(values) => put::<DoubleType>(&mut column, values, &held.levels)?,
                Values::Days(values) => put::<Int32Type>(&mut column, values, &held.levels)?,
                Values::Texts(values) => put::<ByteArrayType>(&mut column, values, &held.levels)?,
            }
            held.levels.clear();
            column.close()?;
        }
        group.close()?;
        Ok(())
    }
}

fn put<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    levels: &[i16],
) -> Result<(), ParquetError> {
    let writer: &mut ColumnWriterImpl<'_, T> = column.typed::<T>();
    let mut rest = values.as_slice();
    for levels in levels.chunks(WRITTEN_TOGETHER) {
        let written = writer.write_batch(rest, Some(levels), None)?;
        rest = rest.get(written..).unwrap_or_default();
        gently::let_others_pass();
    }
    values.clear();
    Ok(())
}

/// A failing disk is told as such.
fn into_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(cause) => io::Error::other(cause),
        },
        other => io::Error::other(other),
    }
}
