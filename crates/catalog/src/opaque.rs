//! Places in lists as texts that nobody should read anything into: hexadecimal of a JSON document.

use std::fmt::{self, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes `place`.
pub(crate) fn write(f: &mut impl Write, place: &impl Serialize) -> fmt::Result {
    let json = serde_json::to_vec(place).map_err(|_| fmt::Error)?;
    json.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

/// Reads a place; `None` when `text` is none.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let digit = |b: u8| char::from(b).to_digit(16);
    let json: Vec<u8> = text
        .as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
            _ => None,
        })
        .collect::<Option<_>>()?;
    serde_json::from_slice(&json).ok()
}
