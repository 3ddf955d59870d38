//! The address under which the catalog is found from outside.
//!
//! A setting comes in as text, a base that every IRI can begin with goes out; making IRIs of it is
//! [`super::Iris`]' business.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

/// Where the catalog is found from outside: the base of every IRI.
///
/// It holds no query, fragment or password, and ends without a slash: `https://data.example.jp`, or
/// `https://www.example.jp/opendata` where a proxy puts the catalog below a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

/// Why a text cannot be the base of IRIs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPublicUrl {
    /// Neither `http://` nor `https://`.
    #[error("`{0}` is no public URL: begin with http:// or https://")]
    Scheme(String),
    /// Nothing that could be a host.
    #[error("`{0}` names no host: write for example https://data.example.jp")]
    Host(String),
    /// A port that is not a number from 1 to 65535.
    #[error("`{0}` is no port: write a number from 1 to 65535, or none")]
    Port(String),
    /// A name or password before the host.
    #[error("a public URL holds no user name or password: leave out all before the `@`")]
    UserInfo,
    /// A query or a fragment.
    #[error("a public URL ends with its path: leave out all from the `{0}` on")]
    Tail(char),
    /// An empty, `.` or `..` segment: two texts would name one place.
    #[error("the path `{0}` has a segment that is empty or made of dots: write each name once")]
    Segment(String),
    /// A character that IRIs would have to encode.
    #[error(
        "`{0}` cannot stand in a public URL: write the host in ASCII (xn--…) and percent-encode the path"
    )]
    Character(char),
}

impl PublicUrl {
    /// Reads the base of every IRI; scheme and host are lowered, slashes at the end dropped.
    ///
    /// # Errors
    /// [`BadPublicUrl`] names what is wrong first.
    pub fn parse(text: &str) -> Result<PublicUrl, BadPublicUrl> {
        let (scheme, rest) = text
            .split_once("://")
            .map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest))
            .filter(|(scheme, _)| matches!(scheme.as_str(), "http" | "https"))
            .ok_or_else(|| BadPublicUrl::Scheme(text.to_owned()))?;
        if let Some(tail) = rest.chars().find(|c| matches!(c, '?' | '#')) {
            return Err(BadPublicUrl::Tail(tail));
        }
        let rest = rest.trim_end_matches('/');
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if authority.contains('@') {
            return Err(BadPublicUrl::UserInfo);
        }
        let authority = authority.to_ascii_lowercase();
        check_authority(&authority)?;
        check_path(path)?;
        let slash = if path.is_empty() { "" } else { "/" };
        Ok(PublicUrl(format!("{scheme}://{authority}{slash}{path}")))
    }

    /// The base without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path that everything lives under: empty at the root of a host, else such as `/opendata`.
    pub fn path(&self) -> &str {
        let after_scheme = self.0.find("://").map_or(0, |at| at + 3);
        let host_and_path = self.0.get(after_scheme..).unwrap_or_default();
        host_and_path.find('/').and_then(|at| host_and_path.get(at..)).unwrap_or_default()
    }
}

/// A host (a name, an IPv4 address, or an IPv6 address in brackets), perhaps with a port.
fn check_authority(authority: &str) -> Result<(), BadPublicUrl> {
    let bad_host = || BadPublicUrl::Host(authority.to_owned());
    let port = if let Some(rest) = authority.strip_prefix('[') {
        let (address, after) = rest.split_once(']').ok_or_else(bad_host)?;
        address.parse::<Ipv6Addr>().map_err(|_| bad_host())?;
        if after.is_empty() { None } else { Some(after.strip_prefix(':').ok_or_else(bad_host)?) }
    } else {
        let (name, port) =
            authority.split_once(':').map_or((authority, None), |(name, port)| (name, Some(port)));
        if let Some(odd) = name.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-' | '.')) {
            return Err(BadPublicUrl::Character(odd));
        }
        if name.split('.').any(str::is_empty) {
            return Err(bad_host());
        }
        port
    };
    let is_good = |port: &str| {
        port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|number| number > 0)
    };
    match port.filter(|port| !is_good(port)) {
        Some(odd) => Err(BadPublicUrl::Port(odd.to_owned())),
        None => Ok(()),
    }
}

/// Segments as [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.3) has them, each of them a name.
fn check_path(path: &str) -> Result<(), BadPublicUrl> {
    let is_good = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%".contains(c);
    if let Some(odd) = path.chars().find(|c| *c != '/' && !is_good(*c)) {
        return Err(BadPublicUrl::Character(odd));
    }
    let encoded = |part: &str| part.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if !path.split('%').skip(1).all(encoded) {
        return Err(BadPublicUrl::Character('%'));
    }
    if !path.is_empty() && path.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
        return Err(BadPublicUrl::Segment(path.to_owned()));
    }
    Ok(())
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PublicUrl {
    type Err = BadPublicUrl;

    fn from_str(text: &str) -> Result<PublicUrl, BadPublicUrl> {
        PublicUrl::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: Result<&str, BadPublicUrl>) {
        let read = PublicUrl::parse(text);
        assert_eq!(read.as_ref().map(PublicUrl::as_str), expected.as_ref().copied(), "{text:?}");
    }

    #[test]
    fn a_host_with_or_without_port_and_path_is_a_base() {
        reads("https://data.example.jp", Ok("https://data.example.jp"));
        reads("https://data.example.jp/", Ok("https://data.example.jp"));
        reads("HTTPS://Data.Example.JP//", Ok("https://data.example.jp"));
        reads("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080"));
        reads("http://[::1]:8080/", Ok("http://[::1]:8080"));
        reads("https://www.example.jp/opendata/", Ok("https://www.example.jp/opendata"));
        reads("https://www.example.jp/%E7%9F%B3", Ok("https://www.example.jp/%E7%9F%B3"));
    }

    #[test]
    fn the_path_it_lives_under_is_empty_at_the_root_of_a_host() {
        let path = |text| PublicUrl::parse(text).map(|url| url.path().to_owned());
        assert_eq!(path("http://127.0.0.1:8080/").as_deref(), Ok(""));
        assert_eq!(path("https://www.example.jp/opendata/").as_deref(), Ok("/opendata"));
    }

    #[test]
    fn what_is_not_http_is_refused() {
        for text in ["", "data.example.jp", "ftp://data.example.jp", "//data.example.jp", "/opendata"] {
            reads(text, Err(BadPublicUrl::Scheme(text.to_owned())));
        }
    }

    #[test]
    fn a_missing_or_broken_host_is_refused() {
        reads("https://", Err(BadPublicUrl::Host(String::new())));
        reads("https:///path", Err(BadPublicUrl::Host(String::new())));
        reads("https://a..b", Err(BadPublicUrl::Host("a..b".to_owned())));
        reads("http://[::1", Err(BadPublicUrl::Host("[::1".to_owned())));
        reads("http://a]", Err(BadPublicUrl::Character(']')));
        reads("http://[::1]x", Err(BadPublicUrl::Host("[::1]x".to_owned())));
        reads("http://[1::2::3]", Err(BadPublicUrl::Host("[1::2::3]".to_owned())));
        reads("https://石巻.example.jp", Err(BadPublicUrl::Character('石')));
        reads("https://a b", Err(BadPublicUrl::Character(' ')));
    }

    #[test]
    fn a_port_is_a_number_that_exists() {
        for port in ["", "0", "65536", "+80", "http"] {
            reads(&format!("http://localhost:{port}"), Err(BadPublicUrl::Port(port.to_owned())));
        }
    }

    #[test]
    fn passwords_queries_and_fragments_are_refused() {
        reads("https://me:secret@data.example.jp", Err(BadPublicUrl::UserInfo));
        reads("https://data.example.jp/?a", Err(BadPublicUrl::Tail('?')));
        reads("https://data.example.jp#a", Err(BadPublicUrl::Tail('#')));
    }

    #[test]
    fn a_path_names_each_segment_once() {
        reads("https://example.jp/a//b", Err(BadPublicUrl::Segment("a//b".to_owned())));
        reads("https://example.jp/a/../b", Err(BadPublicUrl::Segment("a/../b".to_owned())));
        reads("https://example.jp/データ", Err(BadPublicUrl::Character('デ')));
        reads("https://example.jp/100%", Err(BadPublicUrl::Character('%')));
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_reads_back_and_starts_iris(text in "https?://\\PC{0,20}") {
            if let Ok(base) = PublicUrl::parse(&text) {
                prop_assert_eq!(PublicUrl::parse(base.as_str()), Ok(base.clone()));
                prop_assert!(oxrdf::NamedNode::new(format!("{base}/catalog.ttl?page=1")).is_ok(), "{}", base);
            }
        }
    }
}
