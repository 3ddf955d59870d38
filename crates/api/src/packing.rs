//! Which of the texts that are kept packed a reader takes (RFC 9110 §12.5.3). Nothing is packed here.

use actix_web::HttpRequest;
use actix_web::http::header::{AcceptEncoding, Encoding, Header};
use catalog::{Packed, Packing};

/// The one of `packed` that `request` likes best; `None` where it would rather have the plain text.
pub fn choose<'a>(request: &HttpRequest, packed: &'a [Packed]) -> Option<&'a Packed> {
    let accepts = AcceptEncoding::parse(request).ok().filter(|accepts| !accepts.is_empty())?;
    let offered = packed.iter().map(|packed| coding(packed.packing)).chain([Encoding::identity()]);
    let liked = accepts.negotiate(offered.collect::<Vec<_>>().iter())?;
    packed.iter().find(|packed| coding(packed.packing) == liked)
}

fn coding(packing: Packing) -> Encoding {
    match packing {
        Packing::Gzip => Encoding::gzip(),
        Packing::Brotli => Encoding::brotli(),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use catalog::Format;
    use ingestion::Sha256;

    use super::*;

    #[track_caller]
    fn gives(accepts: Option<&str>, expected: Option<Packing>) {
        let packed = Packing::ALL.map(|packing| Packed {
            format: Format::Csv,
            packing,
            bytes: 1,
            sha256: Sha256::of(packing.as_str().as_bytes()),
        });
        let request = TestRequest::default();
        let request = match accepts {
            Some(accepts) => request.insert_header(("Accept-Encoding", accepts)),
            None => request,
        };
        let chosen = choose(&request.to_http_request(), &packed).map(|packed| packed.packing);
        assert_eq!(chosen, expected, "{accepts:?}");
    }

    #[test]
    fn a_browser_gets_the_smallest() {
        gives(Some("gzip, deflate, br, zstd"), Some(Packing::Brotli));
        gives(Some("br;q=0.1, gzip"), Some(Packing::Gzip));
    }

    #[test]
    fn whoever_takes_nothing_packed_gets_the_plain_text() {
        gives(None, None);
        gives(Some("identity"), None);
        gives(Some("deflate"), None);
        gives(Some("gzip;q=0, br;q=0"), None);
    }
}
