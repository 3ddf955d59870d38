//! The key of every row that was seen, to find the row that repeats one.
//!
//! This is the only thing that grows with the number of rows: about 40 bytes each.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use sha2::{Digest, Sha256};

/// The keys seen so far, with the row that had each first.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    seen: HashMap<Name, u64>,
    joined: Vec<u8>,
}

/// A key in 16 bytes. Up to 15 bytes it stands as it is, with its length behind it; a longer one is the first
/// 15 bytes of its SHA-256 behind [`HASHED`]. Two keys of one name would make a false `duplicate-key`: with
/// 120 bits of a hash for which nobody can find two such texts, that does not happen.
type Name = [u8; 16];

const HASHED: u8 = 0xff;

/// Between the cells of a key; a byte that UTF-8 never holds.
const BETWEEN: u8 = 0xfe;

impl Keys {
    /// Takes the key of `row`, and gives the earlier row that has the same.
    pub fn add<'a>(&mut self, cells: impl Iterator<Item = &'a str>, row: u64) -> Option<u64> {
        self.joined.clear();
        for cell in cells {
            self.joined.extend_from_slice(cell.as_bytes());
            self.joined.push(BETWEEN);
        }
        match self.seen.entry(name(&self.joined)) {
            Entry::Occupied(earlier) => Some(*earlier.get()),
            Entry::Vacant(free) => {
                free.insert(row);
                None
            }
        }
    }
}

fn name(key: &[u8]) -> Name {
    let mut name = [0; 16];
    let [short @ .., mark] = &mut name;
    if let Some(room) = short.get_mut(..key.len()) {
        room.copy_from_slice(key);
        *mark = key.len() as u8;
    } else {
        let digest = Sha256::digest(key);
        short.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
        *mark = HASHED;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn differ(one: &[&str], other: &[&str]) {
        let mut keys = Keys::default();
        assert_eq!(keys.add(one.iter().copied(), 2), None);
        assert_eq!(keys.add(other.iter().copied(), 3), None, "{one:?} and {other:?}");
        assert_eq!(keys.add(one.iter().copied(), 4), Some(2), "{one:?} again");
    }

    #[test]
    fn a_repeated_key_names_the_row_that_had_it_first() {
        differ(&["LL0420210001"], &["LL0420210002"]);
        differ(&["a key of more than fifteen bytes, 1"], &["a key of more than fifteen bytes, 2"]);
    }

    #[test]
    fn cells_of_a_key_do_not_run_into_each_other() {
        differ(&["1", "23"], &["12", "3"]);
        differ(&["", "1"], &["1", ""]);
    }
}
