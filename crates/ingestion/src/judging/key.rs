//! The key of every row that was seen, to find the row that repeats one.
//!
//! This is the only thing that grows with the number of rows: less than 24 bytes each, whatever their number.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

/// So many parts there are. A table of hashes doubles when it is full: were it one, it would take 32 bytes a row just
/// after, and half as much again while it is copied. Each part gets a little more of the keys than the one before, the
/// last twice as much as the first, so that they double one after the other.
const PARTS: u8 = 32;

/// Between the cells of a key; a byte that UTF-8 never holds.
const BETWEEN: u8 = 0xfe;

/// The keys seen so far, with the row that had each first.
#[derive(Debug)]
pub(crate) struct Keys {
    parts: Vec<HashSet<Name, BuildHasherDefault<Same>>>,
    /// Which of them has the keys whose hash ends in this byte.
    part_of: [u8; 256],
    joined: Vec<u8>,
}

/// A key by 64 bits of its hash, and the row that had it first; a row beyond the 4 294 967 295th is called that.
///
/// Two keys of one name would make a false `duplicate-key`. With so many bits (and those that choose the part) that
/// happens in one of 10⁹ files of a million rows, and then in each reading of it alike: the hash is the same
/// everywhere.
#[derive(Debug, Clone, Copy)]
struct Name {
    hash: [u8; 8],
    row: [u8; 4],
}

impl Default for Keys {
    fn default() -> Keys {
        let mut part_of = [0; 256];
        for (byte, part) in (0_u8..=0xff).zip(&mut part_of) {
            *part = (f64::from(PARTS) * (1.0 + f64::from(byte) / 256.0).log2()) as u8;
        }
        Keys { parts: vec![HashSet::default(); usize::from(PARTS)], part_of, joined: Vec::new() }
    }
}

impl Keys {
    /// Takes the key of `row`, and gives the earlier row that has the same.
    pub fn add<'a>(&mut self, cells: impl Iterator<Item = &'a str>, row: u64) -> Option<u64> {
        self.joined.clear();
        for cell in cells {
            self.joined.extend_from_slice(cell.as_bytes());
            self.joined.push(BETWEEN);
        }
        let (name, last) = name(&self.joined, row);
        let part = self.part_of.get(usize::from(last)).copied().unwrap_or_default();
        let seen = self.parts.get_mut(usize::from(part))?;
        match seen.get(&name) {
            Some(earlier) => Some(u32::from_le_bytes(earlier.row).into()),
            None => {
                seen.insert(name);
                None
            }
        }
    }
}

/// The name of `key`, and a byte more of its hash.
fn name(key: &[u8], row: u64) -> (Name, u8) {
    let mut hasher = DefaultHasher::new();
    hasher.write(key);
    let hash = hasher.finish().to_le_bytes();
    hasher.write_u8(BETWEEN);
    let [last, ..] = hasher.finish().to_le_bytes();
    let row = u32::try_from(row).unwrap_or(u32::MAX).to_le_bytes();
    (Name { hash, row }, last)
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        self.hash == other.hash
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(u64::from_le_bytes(self.hash));
    }
}

/// The hash of what is one already.
#[derive(Debug, Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = (self.0 << 8) | u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
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

    #[test]
    fn a_key_is_a_few_bytes_whatever_the_number_of_rows() {
        // A table of hashes is never fuller than seven eighths, and has one more byte for each place.
        let place = size_of::<Name>() + 1;
        let mut keys = Keys::default();
        for row in 2_u64..200_000 {
            let key = format!("AA042021{row:07}");
            assert_eq!(keys.add([key.as_str()].into_iter(), row), None);
            if row % 1_000 == 0 && row > 20_000 {
                let places: usize = keys.parts.iter().map(|part| (part.capacity() * 8).div_ceil(7)).sum();
                assert!((places * place) as u64 <= 24 * row, "{} bytes at row {row}", places * place);
            }
        }
    }
}
