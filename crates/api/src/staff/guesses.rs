//! How often one address may send a token that is nobody's.
//!
//! Only wrong ones count, and they are counted after they were looked up: whoever shares an address with a guesser
//! is still known by their own. Addresses are counted in a fixed number of buckets, so that nobody fills the memory by
//! coming from everywhere; which bucket is theirs, nobody outside can work out.

use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// The wrong tokens of everybody.
pub struct Guesses {
    buckets: Option<DefaultKeyedRateLimiter<u16>>,
    key: RandomState,
}

impl Guesses {
    /// Nobody has guessed yet; `per_minute` wrong tokens of one address are answered plainly, and any number where
    /// it is 0.
    pub fn new(per_minute: u64) -> Guesses {
        let quota = NonZeroU32::new(u32::try_from(per_minute).unwrap_or(u32::MAX)).map(Quota::per_minute);
        Guesses { buckets: quota.map(RateLimiter::keyed), key: RandomState::new() }
    }

    /// Counts a wrong token from `address`.
    ///
    /// # Errors
    /// How long to wait, when there were too many.
    pub fn count(&self, address: Option<IpAddr>) -> Result<(), Duration> {
        let Some(buckets) = &self.buckets else { return Ok(()) };
        let [first, second, ..] = self.key.hash_one(address.map(line)).to_le_bytes();
        let counted = buckets.check_key(&u16::from_le_bytes([first, second]));
        counted.map_err(|not_until| not_until.wait_time_from(DefaultClock::default().now()))
    }
}

/// The line of one household: an IPv6 line has a /64 of its own, and as many addresses as it likes.
fn line(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(address: &str) -> Option<IpAddr> {
        Some(address.parse().unwrap())
    }

    #[test]
    fn a_minutes_worth_is_answered_and_then_one_waits() {
        let guesses = Guesses::new(30);
        assert!((0..30).all(|_| guesses.count(from("192.0.2.1")).is_ok()));
        assert!(guesses.count(from("192.0.2.1")).is_err());
        assert!(guesses.count(from("::ffff:192.0.2.1")).is_err());
    }

    #[test]
    fn all_addresses_of_an_ipv6_line_count_as_one() {
        let guesses = Guesses::new(1);
        guesses.count(from("2001:db8:1:2::1")).unwrap();
        assert!(guesses.count(from("2001:db8:1:2:ffff::9")).is_err());
    }

    #[test]
    fn a_limit_that_is_off_counts_nobody() {
        let guesses = Guesses::new(0);
        assert!((0..10_000).all(|_| guesses.count(from("192.0.2.1")).is_ok()));
    }
}
