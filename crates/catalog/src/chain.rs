//! The chain of the audit: each entry carries a hash over itself and the hash of the entry before it.
//!
//! An entry's hash is the SHA-256, in lower-case hexadecimal, of the UTF-8 bytes of one JSON array without blanks:
//!
//! ```json
//! [id,at_ms,who,action,dataset,revision,result,before,after,previous]
//! ```
//!
//! `at_ms` is milliseconds since 1970-01-01T00:00:00Z; `before` and `after` are the kept documents as strings, not
//! read again; what is missing is `null`; strings are escaped only where JSON must (`"`, `\` and control
//! characters). `previous` is the hash of the entry before, and [`BEGINNING`] for the first one. Whoever has the
//! export can do the sum again with any language's JSON library.

use ingestion::Sha256;

/// What stands as `previous` of the first entry.
pub(crate) const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One entry as it is kept, with the hash of the one before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link<'a> {
    pub id: i64,
    pub at_ms: i64,
    pub who: &'a str,
    pub action: &'a str,
    pub dataset: Option<&'a str>,
    pub revision: Option<i64>,
    pub result: &'a str,
    pub before: Option<&'a str>,
    pub after: Option<&'a str>,
    pub previous: &'a str,
}

impl Link<'_> {
    /// The entry's hash.
    pub(crate) fn hash(&self) -> String {
        let Link { id, at_ms, who, action, dataset, revision, result, before, after, previous } = *self;
        let parts = (id, at_ms, who, action, dataset, revision, result, before, after, previous);
        let text = serde_json::to_vec(&parts).expect("numbers and strings are JSON");
        Sha256::of(&text).to_string()
    }
}

/// Why a link of the chain does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The entry does not give the hash that it carries.
    Changed,
    /// It carries another hash than that of the entry before it: one was removed, put in or replaced there.
    OutOfPlace,
    /// The newest entry is missing, or is not the one that was written last.
    Missing,
}

/// The chain as far as it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chain {
    /// How many entries hold.
    pub entries: u64,
    /// The number of the last of them; 0 before the first.
    pub last: i64,
    /// Its hash.
    pub hash: String,
}

impl Default for Chain {
    fn default() -> Chain {
        Chain { entries: 0, last: 0, hash: BEGINNING.to_owned() }
    }
}

impl Chain {
    /// Adds `link`, which carries `hash`.
    pub(crate) fn add(&mut self, link: &Link<'_>, hash: &str) -> Result<(), Misfit> {
        if link.previous != self.hash {
            return Err(Misfit::OutOfPlace);
        }
        let own = link.hash();
        if own != hash {
            return Err(Misfit::Changed);
        }
        *self = Chain { entries: self.entries + 1, last: link.id, hash: own };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sum was done once with another program over the array that the heading of this file shows.
    #[test]
    fn the_hash_is_the_one_that_the_description_gives() {
        let link = Link {
            id: 1,
            at_ms: 1_764_000_000_000,
            who: "石巻 \"太郎\"",
            action: "publish",
            dataset: Some("toilets"),
            revision: None,
            result: "done",
            before: None,
            after: Some("{\"a\":\"\\n\"}"),
            previous: BEGINNING,
        };
        assert_eq!(link.hash(), "58b4d07a2df446b1f2ad4d77de74a46b624db8a033e018513faa8eb8d7774b99");
    }
}
