//! Where the rows of a table are, by their key, in as little memory as it takes.

use sha2::Digest as _;

/// 128 bits of a SHA-256: whoever can make two texts with the same ones deserves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Digest([u8; 16]);

impl Digest {
    /// Of cells, each told from the next.
    pub(super) fn of_cells<'a>(cells: impl Iterator<Item = &'a str>) -> Digest {
        Digest::of_maybe(cells.map(Some))
    }

    /// Of cells of which some are missing; a missing one is as good as a blank one.
    pub(super) fn of_maybe<'a>(cells: impl Iterator<Item = Option<&'a str>>) -> Digest {
        let mut hasher = sha2::Sha256::new();
        for cell in cells {
            let cell = cell.unwrap_or_default();
            hasher.update((cell.len() as u64).to_le_bytes());
            hasher.update(cell);
        }
        let whole: [u8; 32] = hasher.finalize().into();
        let mut half = [0; 16];
        half.iter_mut().zip(whole).for_each(|(half, whole)| *half = whole);
        Digest(half)
    }
}

/// A row: 56 bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    key: Digest,
    /// Its cells.
    pub(super) cells: Digest,
    /// From 1.
    pub(super) number: u64,
    /// Where it begins in the file.
    pub(super) offset: u64,
    /// At the first of a key: how many of the key were taken.
    taken: u64,
}

/// The rows of a table by their key; of one key the first first.
#[derive(Debug, Default)]
pub(super) struct Index(Vec<Place>);

impl Index {
    /// Adds the next row.
    pub(super) fn add(&mut self, key: Digest, cells: Digest, offset: u64) {
        let number = self.0.len() as u64 + 1;
        self.0.push(Place { key, cells, number, offset, taken: 0 });
    }

    /// To be called once all rows are added.
    pub(super) fn sort(&mut self) {
        self.0.sort_unstable_by_key(|place| (place.key, place.number));
    }

    /// The first row of `key` that was not taken yet.
    pub(super) fn take(&mut self, key: Digest) -> Option<Place> {
        let start = self.0.partition_point(|place| place.key < key);
        let first = self.0.get_mut(start).filter(|place| place.key == key)?;
        let at = start.checked_add(usize::try_from(first.taken).ok()?)?;
        first.taken += 1;
        let found = self.0.get(at).filter(|place| place.key == key).copied();
        if found.is_none() {
            self.0.get_mut(start)?.taken -= 1;
        }
        found
    }

    /// The rows that nobody took, in the table's order.
    pub(super) fn rest(mut self) -> impl Iterator<Item = Place> {
        let (mut key, mut taken) = (None, 0);
        self.0.retain(|place| {
            if key != Some(place.key) {
                (key, taken) = (Some(place.key), place.taken);
            }
            let is_taken = taken > 0;
            taken = taken.saturating_sub(1);
            !is_taken
        });
        self.0.sort_unstable_by_key(|place| place.number);
        self.0.into_iter()
    }
}
