//! Where a request comes from, as far as the proxies in front of the server are to be believed.

use std::net::IpAddr;
use std::str::FromStr;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{FORWARDED, HeaderMap, HeaderName};
use clap::Args;
use ipnet::IpNet;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Whose word counts, and who may look at the metrics.
#[derive(Debug, Clone, Args)]
pub struct Neighbours {
    /// 信頼するプロキシ: addresses and networks (with commas between them) whose X-Forwarded-For, Forwarded and
    /// X-Request-Id count
    #[arg(long, env = "HIYORI_TRUSTED_PROXIES", value_name = "NETWORKS", default_value = "")]
    pub trusted_proxies: Networks,
    /// /metrics を見てよい相手: addresses and networks that /metrics answers [default: this machine and private networks]
    #[arg(
        long,
        env = "HIYORI_METRICS_FROM",
        value_name = "NETWORKS",
        default_value = "127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7",
        hide_default_value = true
    )]
    pub metrics_from: Networks,
}

/// Addresses and networks: `10.0.0.0/8, ::1`.
#[derive(Debug, Clone, Default)]
pub struct Networks(Vec<IpNet>);

/// What is neither an address nor a network.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is neither an address (192.0.2.1) nor a network (192.0.2.0/24)")]
pub struct NoNetwork(String);

impl FromStr for Networks {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Networks, NoNetwork> {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        let one = |word: &str| {
            let address = word.parse::<IpAddr>().map(IpNet::from);
            address.or_else(|_| word.parse()).map_err(|_| NoNetwork(word.to_owned()))
        };
        words.map(one).collect::<Result<_, _>>().map(Networks)
    }
}

impl Networks {
    /// Whether `address` is among them.
    pub fn hold(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The client: the nearest address that is no trusted proxy.
    pub client: IpAddr,
    /// Whether a trusted proxy brought it.
    pub by_proxy: bool,
    /// Whether somebody who is not trusted says that it was brought from elsewhere.
    pub by_stranger: bool,
}

impl Origin {
    /// Of `request`, with the word of `trusted` proxies. A request that came through no socket comes from nowhere.
    pub fn of(request: &ServiceRequest, trusted: &Networks) -> Option<Origin> {
        Some(Origin::of_headers(request.peer_addr()?.ip(), request.headers(), trusted))
    }

    /// Of a request with these `headers` that `peer` sends.
    pub fn of_headers(peer: IpAddr, headers: &HeaderMap, trusted: &Networks) -> Origin {
        origin(peer, headers, trusted)
    }
}

/// The nearest address that is not trusted, going back from the peer through those that trusted proxies name
/// (RFC 7239 §5.2; the rightmost was written by the nearest proxy).
fn origin(peer: IpAddr, headers: &HeaderMap, trusted: &Networks) -> Origin {
    let mut client = peer.to_canonical();
    let by_proxy = trusted.hold(client);
    let forwarded = forwarded(headers);
    for named in forwarded.iter().rev() {
        if !trusted.hold(client) {
            break;
        }
        let Some(named) = named else { break };
        client = *named;
    }
    Origin { client, by_proxy, by_stranger: !by_proxy && !forwarded.is_empty() }
}

/// The addresses that the headers name, the client's first; `None` for a word that is no address.
fn forwarded(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let words = |name: &HeaderName| {
        let values = headers.get_all(name).map(|value| value.to_str().unwrap_or_default().to_owned());
        values.flat_map(|value| value.split(',').map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let simple = words(&X_FORWARDED_FOR);
    if !simple.is_empty() {
        return simple.iter().map(|word| address(word)).collect();
    }
    let is_for = |pair: &str| pair.trim().get(..4).is_some_and(|name| name.eq_ignore_ascii_case("for="));
    let named = |element: &String| {
        let pair = element.split(';').find(|pair| is_for(pair))?;
        address(pair.split_once('=')?.1)
    };
    words(&FORWARDED).iter().map(named).collect()
}

/// An address as a proxy writes it: bare, with a port, in brackets, in quotes.
fn address(word: &str) -> Option<IpAddr> {
    let word = word.trim().trim_matches('"');
    let bare = match word.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None if word.matches(':').count() == 1 => word.split(':').next().unwrap_or_default(),
        None => word,
    };
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    /// A request from `peer` with `header: value` comes from `client`, where 10.0.0.0/8 is trusted.
    #[track_caller]
    fn comes_from(peer: &str, header: HeaderName, value: &str, client: &str) {
        let mut headers = HeaderMap::new();
        headers.append(header, HeaderValue::from_str(value).unwrap());
        let trusted = "10.0.0.0/8".parse().unwrap();
        let origin = origin(peer.parse().unwrap(), &headers, &trusted);
        assert_eq!(origin.client, client.parse::<IpAddr>().unwrap(), "{peer} {value}");
    }

    #[test]
    fn nobody_speaks_for_himself() {
        comes_from("192.0.2.9", X_FORWARDED_FOR, "198.51.100.1", "192.0.2.9");
        comes_from("192.0.2.9", FORWARDED, "for=198.51.100.1", "192.0.2.9");
    }

    #[test]
    fn a_trusted_proxy_names_the_client() {
        comes_from("10.1.1.1", X_FORWARDED_FOR, "198.51.100.1", "198.51.100.1");
        comes_from("10.1.1.1", FORWARDED, "for=198.51.100.1;proto=https", "198.51.100.1");
        comes_from("10.1.1.1", FORWARDED, "proto=https;For=\"[2001:db8::7]:4711\"", "2001:db8::7");
        comes_from("::ffff:10.1.1.1", X_FORWARDED_FOR, "198.51.100.1:4711", "198.51.100.1");
    }

    #[test]
    fn what_the_client_wrote_before_its_own_address_does_not_count() {
        comes_from("10.1.1.1", X_FORWARDED_FOR, "203.0.113.5, 198.51.100.1", "198.51.100.1");
        comes_from("10.1.1.1", X_FORWARDED_FOR, "203.0.113.5, 198.51.100.1, 10.2.2.2", "198.51.100.1");
        comes_from("10.1.1.1", X_FORWARDED_FOR, "203.0.113.5, unknown", "10.1.1.1");
    }

    #[test]
    fn a_word_that_is_no_network_is_named() {
        let refused = "10.0.0.0/8, proxy.example".parse::<Networks>().unwrap_err();
        assert!(refused.to_string().contains("proxy.example"), "{refused}");
    }
}
