//! The bytes of a file as they come: read in whole blocks, counted and hashed.
//!
//! What the bytes mean is [`crate::reading::decode`]'s business. A source that fails ends there; why it failed is kept
//! for the report.

use std::io::{self, Read};

use sha2::Digest;

use crate::sha256::Sha256;

/// How much is read at a time.
pub(crate) const BLOCK_BYTES: usize = 64 << 10;

/// The bytes of a file, block by block.
pub(crate) struct Source<R> {
    input: R,
    block_bytes: usize,
    hasher: sha2::Sha256,
    bytes: u64,
    failure: Option<io::Error>,
    ended: bool,
}

/// What is known of the bytes once all have come.
pub(crate) struct Arrived {
    /// How many came.
    pub bytes: u64,
    /// Their digest.
    pub sha256: Sha256,
    /// Why no more came, where that was not the end.
    pub failure: Option<io::Error>,
}

impl<R: Read> Source<R> {
    /// The bytes of `input`, `block_bytes` at a time however `input` portions them.
    pub fn new(input: R, block_bytes: usize) -> Source<R> {
        let hasher = sha2::Sha256::new();
        Source { input, block_bytes: block_bytes.max(1), hasher, bytes: 0, failure: None, ended: false }
    }

    /// Appends the next block to `block`. False when nothing is left.
    pub fn read_into(&mut self, block: &mut Vec<u8>) -> bool {
        if self.ended {
            return false;
        }
        let before = block.len();
        let result = self.input.by_ref().take(self.block_bytes as u64).read_to_end(block);
        let fresh = block.get(before..).unwrap_or_default();
        self.hasher.update(fresh);
        self.bytes += fresh.len() as u64;
        self.ended = fresh.len() < self.block_bytes;
        self.failure = result.err();
        !fresh.is_empty()
    }

    /// Appends blocks until `block` holds at least `bytes`. False when the file ends before.
    pub fn fill(&mut self, block: &mut Vec<u8>, bytes: usize) -> bool {
        while block.len() < bytes {
            if !self.read_into(block) {
                return false;
            }
        }
        true
    }

    /// Reads what is left, keeping nothing of it, and tells what came.
    pub fn finish(mut self) -> Arrived {
        let mut block = Vec::with_capacity(self.block_bytes);
        while self.read_into(&mut block) {
            block.clear();
        }
        Arrived { bytes: self.bytes, sha256: self.hasher.into(), failure: self.failure }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives what it has and then fails.
    struct Torn<'a>(&'a [u8]);

    impl Read for Torn<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Err(io::Error::other("the line went dead"));
            }
            self.0.read(to)
        }
    }

    #[test]
    fn what_came_before_a_failure_is_counted_and_hashed() {
        let arrived = Source::new(Torn(b"abc"), 2).finish();
        assert_eq!((arrived.bytes, arrived.sha256), (3, Sha256::of(b"abc")));
        assert_eq!(arrived.failure.map(|error| error.to_string()), Some("the line went dead".to_owned()));
    }

    #[test]
    fn a_block_is_whole_however_the_input_portions_it() {
        let mut source = Source::new(b"ab".chain(&b"cde"[..]), 4);
        let mut block = Vec::new();
        assert!(source.read_into(&mut block));
        assert_eq!(block, b"abcd");
        assert!(!source.fill(&mut block, 6));
        assert_eq!(block, b"abcde");
    }
}
