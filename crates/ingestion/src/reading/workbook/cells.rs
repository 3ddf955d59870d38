//! The cells of a sheet that hold something, one after the other, as text.

use calamine::{Data, DataRef, Range, XlsxCellReader};

use super::value;
use super::{Bytes, Refusal, guarded};

/// The cells of a sheet, by row and column.
pub(crate) struct Cells<'a>(From<'a>);

enum From<'a> {
    /// As they come out of the file.
    Stream(Box<XlsxCellReader<'a, Bytes>>),
    /// All of them, in a rectangle, and the one that comes next.
    Range(Range<Data>, usize),
}

impl<'a> Cells<'a> {
    /// The cells that `reader` gives.
    pub fn streamed(reader: XlsxCellReader<'a, Bytes>) -> Cells<'a> {
        Cells(From::Stream(Box::new(reader)))
    }

    /// The cells of `range`.
    pub fn held(range: Range<Data>) -> Cells<'a> {
        Cells(From::Range(range, 0))
    }

    /// Puts the next cell that holds something into `text`, and gives its row and column from 0.
    pub fn next(&mut self, text: &mut String) -> Result<Option<(u32, u32)>, Refusal> {
        loop {
            text.clear();
            let place = match &mut self.0 {
                From::Stream(reader) => {
                    match guarded(|| reader.next_cell())?.map_err(|_| Refusal::Damaged)? {
                        None => return Ok(None),
                        Some(cell) => {
                            write_ref(cell.get_value(), text);
                            cell.get_position()
                        }
                    }
                }
                From::Range(range, next) => {
                    let ((top, left), width) = (range.start().unwrap_or_default(), range.width());
                    let (row, column) = (next.checked_div(width), next.checked_rem(width));
                    let (Some(row), Some(column)) = (row, column) else { return Ok(None) };
                    let Some(value) = range.get((row, column)) else { return Ok(None) };
                    *next += 1;
                    write(value, text);
                    (top.saturating_add(row as u32), left.saturating_add(column as u32))
                }
            };
            if !text.is_empty() {
                return Ok(Some(place));
            }
        }
    }
}

fn write(value: &Data, text: &mut String) {
    match value {
        Data::Empty => {}
        Data::String(string) => text.push_str(string),
        Data::Int(number) => text.push_str(&number.to_string()),
        Data::Float(number) => value::number(*number, text),
        Data::Bool(truth) => value::truth(*truth, text),
        Data::DateTime(moment) => value::moment(moment, text),
        Data::DateTimeIso(moment) => value::iso_moment(moment, text),
        Data::DurationIso(duration) => value::iso_duration(duration, text),
        Data::Error(error) => text.push_str(&error.to_string()),
    }
}

fn write_ref(value: &DataRef<'_>, text: &mut String) {
    match value {
        DataRef::Empty => {}
        DataRef::SharedString(string) => text.push_str(string),
        DataRef::String(string) => text.push_str(string),
        DataRef::Int(number) => text.push_str(&number.to_string()),
        DataRef::Float(number) => value::number(*number, text),
        DataRef::Bool(truth) => value::truth(*truth, text),
        DataRef::DateTime(moment) => value::moment(moment, text),
        DataRef::DateTimeIso(moment) => value::iso_moment(moment, text),
        DataRef::DurationIso(duration) => value::iso_duration(duration, text),
        DataRef::Error(error) => text.push_str(&error.to_string()),
    }
}
