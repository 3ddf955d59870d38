//! Which part of a file a reader asks for (RFC 9110 §14).

use actix_web::http::header::{self, HeaderMap};

use crate::answer::date;

/// What a reader gets of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it: they ask for no part, for several, for one of another content, or in words that do not read.
    Whole,
    /// The bytes from `first` to `last`, counted from 0, both included.
    Some {
        /// The first.
        first: u64,
        /// The last.
        last: u64,
    },
    /// None of it: they ask for what lies beyond its end.
    Nothing,
}

impl Part {
    /// The value of `Content-Range`.
    pub fn content_range(self, length: u64) -> String {
        match self {
            Part::Some { first, last } => format!("bytes {first}-{last}/{length}"),
            Part::Whole | Part::Nothing => format!("bytes */{length}"),
        }
    }
}

/// The part that is asked for of `length` bytes tagged `tag`, which are so since the second `modified`.
pub fn asked(headers: &HeaderMap, tag: &str, modified: Option<i64>, length: u64) -> Part {
    let mut ranges = headers.get_all(header::RANGE);
    let (Some(range), None) = (ranges.next(), ranges.next()) else { return Part::Whole };
    if !is_of_this(headers, tag, modified) {
        return Part::Whole;
    }
    range.to_str().ok().and_then(|range| read(range, length)).unwrap_or(Part::Whole)
}

/// Whether the part is wanted of this content: what `If-Range` names is compared letter by letter.
fn is_of_this(headers: &HeaderMap, tag: &str, modified: Option<i64>) -> bool {
    match headers.get(header::IF_RANGE) {
        None => true,
        Some(value) if value.as_bytes() == tag.as_bytes() => true,
        Some(value) => modified.is_some() && date(value) == modified,
    }
}

/// One range of bytes: `0-499`, `500-`, or the last ones as `-500`.
fn read(range: &str, length: u64) -> Option<Part> {
    let (first, last) = range.trim().strip_prefix("bytes=")?.trim().split_once('-')?;
    let number = |text: &str| -> Option<u64> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let (first, last) = match (first.is_empty(), last.is_empty()) {
        (true, _) => {
            let count = number(last)?;
            if count == 0 || length == 0 {
                return Some(Part::Nothing);
            }
            (length.saturating_sub(count), length - 1)
        }
        (false, true) => (number(first)?, length.saturating_sub(1)),
        (false, false) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            (first, last.min(length.saturating_sub(1)))
        }
    };
    Some(if first >= length { Part::Nothing } else { Part::Some { first, last } })
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[track_caller]
    fn gives(range: &str, expected: Part) {
        let request = TestRequest::default().insert_header(("Range", range)).to_http_request();
        assert_eq!(asked(request.headers(), "\"tag\"", None, 1_000), expected, "{range}");
    }

    fn some(first: u64, last: u64) -> Part {
        Part::Some { first, last }
    }

    #[test]
    fn one_range_of_bytes_is_given() {
        gives("bytes=0-499", some(0, 499));
        gives("bytes=500-", some(500, 999));
        gives("bytes=-500", some(500, 999));
        gives("bytes=0-0", some(0, 0));
        gives("bytes=999-999", some(999, 999));
    }

    #[test]
    fn what_reaches_beyond_the_end_ends_there() {
        gives("bytes=900-5000", some(900, 999));
        gives("bytes=-5000", some(0, 999));
        gives("bytes=0-99999999999999999999999999", some(0, 999));
    }

    #[test]
    fn what_begins_beyond_the_end_is_nothing() {
        gives("bytes=1000-", Part::Nothing);
        gives("bytes=1000-2000", Part::Nothing);
        gives("bytes=99999999999999999999999999-", Part::Nothing);
        gives("bytes=-0", Part::Nothing);
    }

    #[test]
    fn what_does_not_read_is_passed_over() {
        for odd in [
            "",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=5-2",
            "bytes=0-1,5-9",
            "rows=0-9",
            "bytes=+1-2",
            "0-9",
        ] {
            gives(odd, Part::Whole);
        }
    }

    #[test]
    fn of_an_empty_file_there_is_no_part() {
        for range in ["bytes=0-", "bytes=0-0", "bytes=-1"] {
            assert_eq!(read(range, 0), Some(Part::Nothing), "{range}");
        }
    }

    #[test]
    fn a_part_of_another_content_is_not_wanted() {
        let with = |condition: &str| {
            let request = TestRequest::default().insert_header(("Range", "bytes=0-9"));
            let request = request.insert_header(("If-Range", condition)).to_http_request();
            asked(request.headers(), "\"tag\"", Some(784_111_777), 1_000)
        };
        assert_eq!(with("\"tag\""), some(0, 9));
        assert_eq!(with("Sun, 06 Nov 1994 08:49:37 GMT"), some(0, 9));
        for other in ["\"other\"", "W/\"tag\"", "\"tag-gzip\"", "Sun, 06 Nov 1994 08:49:38 GMT", "nonsense"] {
            assert_eq!(with(other), Part::Whole, "{other}");
        }
    }
}
