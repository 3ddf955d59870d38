//! How often one address and one token may ask.
//!
//! Addresses and tokens are counted in a fixed number of buckets, so that nobody can fill the memory by coming from
//! everywhere; which bucket is theirs, nobody outside can work out.

use std::hash::{BuildHasher, Hash, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::limits::{Limits, set};

/// What may be asked at once, in seconds' worth.
const BURST_SECONDS: u64 = 10;

/// The counts of everybody who asks.
pub struct Rates {
    reads: Counter,
    writes: Counter,
    tokens: Counter,
}

impl Rates {
    /// Nobody has asked yet.
    pub fn new(limits: &Limits) -> Rates {
        Rates {
            reads: Counter::new(limits.reads_per_second),
            writes: Counter::new(limits.writes_per_second),
            tokens: Counter::new(limits.token_requests_per_second),
        }
    }

    /// Counts a request from `client`, who shows `authorization` or nothing.
    ///
    /// # Errors
    /// How long to wait, when there were too many.
    pub fn count(&self, client: IpAddr, reads: bool, authorization: Option<&[u8]>) -> Result<(), Duration> {
        let counter = if reads { &self.reads } else { &self.writes };
        counter.count(network(client))?;
        authorization.map_or(Ok(()), |token| self.tokens.count(token))
    }
}

/// The network of one household: an IPv6 line has a /64 of its own, and as many addresses as it likes.
fn network(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

struct Counter {
    buckets: Option<DefaultKeyedRateLimiter<u16>>,
    key: RandomState,
}

impl Counter {
    fn new(per_second: u64) -> Counter {
        let number = |count: u64| NonZeroU32::new(u32::try_from(count).unwrap_or(u32::MAX));
        let quota = set(per_second).and_then(number).zip(number(per_second.saturating_mul(BURST_SECONDS)));
        let quota = quota.map(|(rate, burst)| Quota::per_second(rate).allow_burst(burst));
        Counter { buckets: quota.map(RateLimiter::keyed), key: RandomState::new() }
    }

    fn count(&self, who: impl Hash) -> Result<(), Duration> {
        let Some(buckets) = &self.buckets else { return Ok(()) };
        let [first, second, ..] = self.key.hash_one(who).to_le_bytes();
        let asked = buckets.check_key(&u16::from_le_bytes([first, second]));
        asked.map_err(|not_until| not_until.wait_time_from(DefaultClock::default().now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> IpAddr {
        network(text.parse().unwrap())
    }

    #[test]
    fn all_addresses_of_an_ipv6_line_count_as_one() {
        assert_eq!(at("2001:db8:1:2::1"), at("2001:db8:1:2:ffff::9"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
        assert_ne!(at("192.0.2.1"), at("192.0.2.2"));
    }

    #[test]
    fn ten_seconds_worth_may_come_at_once_and_then_one_waits() {
        let counter = Counter::new(1);
        for _ in 0..BURST_SECONDS {
            assert_eq!(counter.count("somebody"), Ok(()));
        }
        assert!(counter.count("somebody").is_err());
    }

    #[test]
    fn a_limit_that_is_off_counts_nobody() {
        let counter = Counter::new(0);
        assert!((0..10_000).all(|_| counter.count("somebody").is_ok()));
    }
}
