//! Groups of rows as text: what they have in common, and what was computed of each.

use std::io;

use super::shown::{record, scalar};
use crate::asking::{Columns, Grouping, Scalar};

/// The names of what a group shows: its columns', then what was computed.
fn names<'a>(columns: &'a Columns, grouping: &'a Grouping) -> Vec<&'a str> {
    let by = grouping.by.iter().filter_map(|place| columns.get(*place)).map(|column| column.name.as_str());
    by.chain(grouping.aggregates.iter().map(|aggregate| aggregate.name.as_str())).collect()
}

/// Each group as a JSON object.
pub fn groups_objects(
    columns: &Columns,
    grouping: &Grouping,
    groups: &[Vec<Option<Scalar>>],
) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let names = names(columns, grouping);
    let object = |values: &Vec<Option<Scalar>>| {
        let members = names.iter().zip(values);
        members.map(|(name, value)| ((*name).to_owned(), scalar(value.as_ref()))).collect()
    };
    groups.iter().map(object).collect()
}

/// The groups as a CSV with its header.
///
/// # Errors
/// None that comes up: it is written in memory.
pub fn groups_csv(
    columns: &Columns,
    grouping: &Grouping,
    groups: &[Vec<Option<Scalar>>],
) -> io::Result<Vec<u8>> {
    let mut csv = record(names(columns, grouping))?;
    for values in groups {
        let cells: Vec<String> = values.iter().map(|value| cell(value.as_ref())).collect();
        csv.extend(record(cells.iter().map(String::as_str))?);
    }
    Ok(csv)
}

fn cell(value: Option<&Scalar>) -> String {
    match value {
        None => String::new(),
        Some(Scalar::Integer(value)) => value.to_string(),
        Some(Scalar::Number(value)) => value.to_string(),
        Some(Scalar::Text(text)) => text.clone(),
    }
}
