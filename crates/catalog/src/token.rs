//! 職員のトークン: how one of the staff is known to the program. The secret is shown once; only its hash is kept.

use std::fmt;
use std::io;

use ingestion::Sha256;
use jiff::Timestamp;
use unicode_normalization::UnicodeNormalization;

use crate::slug::Slug;
use crate::staff::Role;

/// What every token begins with, so that people and scanners of leaked secrets know one when they see it.
const PREFIX: &str = "hiyori_";

/// How many random bytes follow: 256 bits, which nobody guesses.
const RANDOM_BYTES: usize = 32;

/// The longest name of a person, in characters.
pub const NAME_MAX: usize = 100;

/// The token itself: `hiyori_` and 64 hexadecimal digits. Neither [`fmt::Debug`] nor anything else shows it but
/// [`Secret::reveal`].
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one, from the randomness of the operating system.
    ///
    /// # Errors
    /// The operating system gives none.
    pub(crate) fn draw() -> io::Result<Secret> {
        let mut random = [0; RANDOM_BYTES];
        getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
        let digits = random.iter().map(|byte| format!("{byte:02x}"));
        Ok(Secret(digits.fold(PREFIX.to_owned(), |text, digits| text + &digits)))
    }

    /// What somebody sent as their token; `None` when it has not the form of one.
    pub fn parse(text: &str) -> Option<Secret> {
        let digits = text.strip_prefix(PREFIX)?;
        let is_one = digits.len() == 2 * RANDOM_BYTES
            && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'));
        is_one.then(|| Secret(text.to_owned()))
    }

    /// The token as its owner needs it. Whoever calls this shows it to that person and to nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it. A fast hash is enough: nobody tries out 256 random bits.
    pub(crate) fn hash(&self) -> Sha256 {
        Sha256::of(self.0.as_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is known of a token, which is everything but the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRecord {
    /// Its number, by which it is revoked.
    pub id: u64,
    /// Whose it is.
    pub name: String,
    /// The department they act for with it.
    pub department: Slug,
    /// What they may do there.
    pub role: Role,
    /// When it was made.
    pub created: Timestamp,
    /// From when on it is good for nothing.
    pub expires: Timestamp,
    /// When it was revoked, if it was.
    pub revoked: Option<Timestamp>,
}

impl TokenRecord {
    /// Whether it opens anything at `time`.
    pub fn is_good(&self, time: Timestamp) -> bool {
        self.revoked.is_none() && time < self.expires
    }
}

/// The name of one person, as revisions and the audit remember it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

/// Why a text names no person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    /// Nothing, or too much.
    #[error("a name has 1 to 100 characters, not {0}")]
    Length(usize),
    /// Blanks around it would make two names that look the same.
    #[error("a name neither begins nor ends with a blank")]
    Blank,
    /// A character that is not seen.
    #[error("a name holds no invisible character (U+{0:04X})")]
    Invisible(u32),
    /// The names under which the program and its operator act.
    #[error("`operator` and `hiyori` are no names of people")]
    Reserved,
}

impl PersonName {
    /// Reads a name.
    ///
    /// # Errors
    /// [`BadName`] names what is wrong first.
    pub fn parse(text: &str) -> Result<PersonName, BadName> {
        let length = text.chars().count();
        if !(1..=NAME_MAX).contains(&length) {
            return Err(BadName::Length(length));
        }
        if let Some(hidden) = text.chars().find(|c| is_invisible(*c)) {
            return Err(BadName::Invisible(hidden.into()));
        }
        if text.trim() != text {
            return Err(BadName::Blank);
        }
        let plain: String = text.nfkc().collect();
        if ["operator", "hiyori"].contains(&plain.to_lowercase().as_str()) {
            return Err(BadName::Reserved);
        }
        Ok(PersonName(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters, and those that change how a text looks without being seen.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: Result<(), BadName>) {
        assert_eq!(PersonName::parse(text).map(|_| ()), expected, "{text:?}");
    }

    #[test]
    fn people_are_named_as_they_write_themselves() {
        reads("石巻 太郎", Ok(()));
        reads("𠮷田 花子", Ok(()));
        reads(&"名".repeat(NAME_MAX), Ok(()));
    }

    #[test]
    fn a_name_that_could_be_taken_for_another_is_refused() {
        reads("", Err(BadName::Length(0)));
        reads(&"名".repeat(NAME_MAX + 1), Err(BadName::Length(NAME_MAX + 1)));
        reads("太郎 ", Err(BadName::Blank));
        reads("太\n郎", Err(BadName::Invisible(0x0a)));
        reads("太\u{202e}郎", Err(BadName::Invisible(0x202e)));
        reads("operator", Err(BadName::Reserved));
        reads("Ｈｉｙｏｒｉ", Err(BadName::Reserved));
    }

    #[test]
    fn a_secret_reads_back_and_no_two_are_the_same() {
        let (one, other) = (Secret::draw().unwrap(), Secret::draw().unwrap());
        assert_ne!(one.reveal(), other.reveal());
        assert_eq!(Secret::parse(one.reveal()), Some(one));
    }

    #[test]
    fn what_has_not_the_form_of_a_secret_is_none() {
        let good = Secret::draw().unwrap();
        for odd in
            ["", "hiyori_", &good.reveal().to_uppercase(), &good.reveal().replace("hiyori_", ""), "hiyori_あ"]
        {
            assert_eq!(Secret::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_secret_is_not_shown_by_accident() {
        let secret = Secret::draw().unwrap();
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
