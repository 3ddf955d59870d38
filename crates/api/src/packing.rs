//! In which coding a reader takes an answer (RFC 9110 §12.5.3), and packing it so.

use std::io::{self, Write};

use actix_web::http::header::{self, HeaderMap};
use brotli::enc::BrotliEncoderParams;
use catalog::Packing;
use flate2::write::GzEncoder;

/// A coding of answers. Where a reader likes several equally, the first wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Brotli (RFC 7932)
    Brotli,
    /// Zstandard (RFC 8878)
    Zstd,
    /// gzip (RFC 1952)
    Gzip,
}

/// Texts up to this size are packed thoroughly; of larger ones the first reader would wait too long.
const THOROUGH_BYTES_MAX: usize = 64 << 10;

/// Weights are in thousandths; this is the least.
const LEAST: u16 = 1;

impl Coding {
    /// All of them.
    pub const ALL: [Coding; 3] = [Coding::Brotli, Coding::Zstd, Coding::Gzip];

    /// Its name in `Accept-Encoding` and `Content-Encoding`.
    pub fn as_str(self) -> &'static str {
        match self {
            Coding::Brotli => "br",
            Coding::Zstd => "zstd",
            Coding::Gzip => "gzip",
        }
    }

    /// The coding in which something is kept.
    pub fn of(packing: Packing) -> Coding {
        match packing {
            Packing::Gzip => Coding::Gzip,
            Packing::Brotli => Coding::Brotli,
        }
    }

    /// The one of `offered`, which are in our order, that a reader likes best; `None` where they take none of them, or would
    /// rather have the plain answer.
    pub fn liked(headers: &HeaderMap, offered: &[Coding]) -> Option<Coding> {
        let likes = Likes::of(headers)?;
        let mut best: Option<(Coding, u16)> = None;
        for coding in offered.iter().copied() {
            let weight = likes.weight(coding);
            if weight > best.map_or(0, |(_, most)| most) {
                best = Some((coding, weight));
            }
        }
        best.filter(|(_, weight)| *weight >= likes.plain()).map(|(coding, _)| coding)
    }

    /// `bytes` in this coding.
    ///
    /// # Errors
    /// What the packer says; memory takes everything.
    pub fn pack(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let thorough = bytes.len() <= THOROUGH_BYTES_MAX;
        let mut packed = Vec::with_capacity(bytes.len() / 4);
        match self {
            Coding::Brotli => {
                // 9 would save another hundredth of the bytes, and take 32 MB for its tables, of however short a text.
                let (quality, lgwin) = if thorough { (7, 17) } else { (4, 18) };
                let params = BrotliEncoderParams {
                    quality,
                    lgwin,
                    size_hint: bytes.len(),
                    ..BrotliEncoderParams::default()
                };
                brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
            }
            Coding::Zstd => packed = zstd::bulk::compress(bytes, if thorough { 12 } else { 3 })?,
            Coding::Gzip => {
                let level = flate2::Compression::new(if thorough { 9 } else { 4 });
                let mut packer = GzEncoder::new(&mut packed, level);
                packer.write_all(bytes)?;
                packer.finish()?;
            }
        }
        Ok(packed)
    }
}

/// Whether `Accept-Encoding` excludes every coding, and the plain answer as well.
pub fn takes_nothing(headers: &HeaderMap) -> bool {
    let is_out =
        |likes: Likes| likes.plain() == 0 && Coding::ALL.iter().all(|coding| likes.weight(*coding) == 0);
    Likes::of(headers).is_some_and(is_out)
}

/// What `Accept-Encoding` says: the weight of each coding it names, and of those it does not.
#[derive(Debug, Default)]
struct Likes {
    brotli: Option<u16>,
    zstd: Option<u16>,
    gzip: Option<u16>,
    identity: Option<u16>,
    any: Option<u16>,
}

impl Likes {
    /// `None` where nothing is said.
    fn of(headers: &HeaderMap) -> Option<Likes> {
        let mut likes = None;
        for value in headers.get_all(header::ACCEPT_ENCODING) {
            let likes = likes.get_or_insert_with(Likes::default);
            for word in value.to_str().unwrap_or_default().split(',') {
                let (name, parameters) = word.split_once(';').unwrap_or((word, ""));
                let name = name.trim();
                let place = if name.eq_ignore_ascii_case("br") {
                    &mut likes.brotli
                } else if name.eq_ignore_ascii_case("zstd") {
                    &mut likes.zstd
                } else if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
                    &mut likes.gzip
                } else if name.eq_ignore_ascii_case("identity") {
                    &mut likes.identity
                } else if name == "*" {
                    &mut likes.any
                } else {
                    continue;
                };
                *place = Some(weight(parameters));
            }
        }
        likes
    }

    fn weight(&self, coding: Coding) -> u16 {
        let named = match coding {
            Coding::Brotli => self.brotli,
            Coding::Zstd => self.zstd,
            Coding::Gzip => self.gzip,
        };
        named.or(self.any).unwrap_or(0)
    }

    /// The plain answer is taken unless it is excluded, but liked least where nothing is said of it.
    fn plain(&self) -> u16 {
        match (self.identity, self.any) {
            (Some(named), _) => named,
            (None, Some(0)) => 0,
            (None, _) => LEAST,
        }
    }
}

/// The weight that `parameters` give: `q=0.5` is 500. One that does not read is none at all.
fn weight(parameters: &str) -> u16 {
    let parameters = parameters.trim();
    if parameters.is_empty() {
        return 1_000;
    }
    let value = parameters.strip_prefix("q=").or_else(|| parameters.strip_prefix("Q=")).unwrap_or_default();
    let (whole, part) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let thousandths = format!("{part:0<3}");
    match (whole, thousandths.parse::<u16>()) {
        ("0", Ok(part)) if thousandths.len() == 3 => part,
        ("1", Ok(0)) if thousandths.len() == 3 => 1_000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::test::TestRequest;

    use super::*;

    #[track_caller]
    fn gives(accepts: Option<&str>, expected: Option<Coding>) {
        let request = TestRequest::default();
        let request = match accepts {
            Some(accepts) => request.insert_header(("Accept-Encoding", accepts)),
            None => request,
        };
        let liked = Coding::liked(request.to_http_request().headers(), &Coding::ALL);
        assert_eq!(liked, expected, "{accepts:?}");
    }

    #[test]
    fn a_browser_gets_the_smallest() {
        gives(Some("gzip, deflate, br, zstd"), Some(Coding::Brotli));
        gives(Some("gzip, deflate"), Some(Coding::Gzip));
        gives(Some("*"), Some(Coding::Brotli));
    }

    #[test]
    fn weights_are_heeded() {
        gives(Some("br;q=0.1, gzip"), Some(Coding::Gzip));
        gives(Some("br;q=0.1, gzip;q=0.25, zstd;q=0.375"), Some(Coding::Zstd));
        gives(Some("br;q=0, *"), Some(Coding::Zstd));
        gives(Some("GZIP; q=0.001"), Some(Coding::Gzip));
        gives(Some("x-gzip"), Some(Coding::Gzip));
        gives(Some("gzip;q=0.5, identity"), None);
        gives(Some("identity;q=0.5, gzip;q=1.0"), Some(Coding::Gzip));
        gives(Some("identity;q=0, gzip"), Some(Coding::Gzip));
    }

    #[test]
    fn whoever_takes_nothing_packed_gets_the_plain_text() {
        gives(None, None);
        gives(Some(""), None);
        gives(Some("identity"), None);
        gives(Some("deflate"), None);
        gives(Some("gzip;q=0, br;q=0"), None);
        gives(Some("*;q=0"), None);
    }

    #[test]
    fn a_weight_that_does_not_read_is_none() {
        for odd in ["gzip;q=2", "gzip;q=x", "gzip;q=0.1234", "gzip;level=9", "gzip;q=-1", "gzip;q=0.９"] {
            gives(Some(odd), None);
        }
    }

    #[test]
    fn only_what_is_offered_is_chosen() {
        let request = TestRequest::default().insert_header(("Accept-Encoding", "br, gzip;q=0.5"));
        let request = request.to_http_request();
        assert_eq!(Coding::liked(request.headers(), &[Coding::Gzip]), Some(Coding::Gzip));
        assert_eq!(Coding::liked(request.headers(), &[]), None);
    }

    #[test]
    fn what_was_packed_unpacks() {
        for text in [String::new(), "公衆トイレ一覧".to_owned(), "公衆トイレ一覧,".repeat(10_000)]
        {
            for coding in Coding::ALL {
                let packed = coding.pack(text.as_bytes()).unwrap();
                let mut plain = Vec::new();
                match coding {
                    Coding::Brotli => {
                        brotli::BrotliDecompress(&mut packed.as_slice(), &mut plain).map(drop).unwrap();
                    }
                    Coding::Zstd => plain = zstd::decode_all(packed.as_slice()).unwrap(),
                    Coding::Gzip => {
                        flate2::read::GzDecoder::new(packed.as_slice())
                            .read_to_end(&mut plain)
                            .map(drop)
                            .unwrap();
                    }
                }
                assert_eq!(plain, text.as_bytes(), "{coding:?}");
            }
        }
    }
}
