//! The encodings a CSV download comes in, made from the kept UTF-8 while it streams.
//!
//! CP932 lacks many letters. One that is lacking is never replaced: [`measure`] finds it, with its cell, before
//! the first byte is answered.

use std::io;
use std::str::FromStr;

use bytes::Bytes;
use catalog::CatalogError;
use encoding_rs::{CoderResult, Encoder, EncoderResult, SHIFT_JIS, UTF_8};
use futures_util::{Stream, StreamExt, stream};
use ingestion::place::column_letter;
use serde_json::json;

use crate::problem::{Kind, Problem};

/// Cells that are named when an encoding lacks their letters.
const CELLS_NAMED: usize = 20;

/// The letters in which a CSV is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a BOM, as it is kept.
    #[default]
    Utf8,
    /// UTF-8 with a BOM, by which Excel knows it.
    Utf8Bom,
    /// Windows-31J, called Shift_JIS.
    Cp932,
}

/// The text names no encoding.
#[derive(Debug, thiserror::Error)]
#[error("not an encoding of downloads")]
pub struct BadEncoding;

impl FromStr for Encoding {
    type Err = BadEncoding;

    fn from_str(text: &str) -> Result<Encoding, BadEncoding> {
        match text {
            "utf-8" => Ok(Encoding::Utf8),
            "utf-8-bom" => Ok(Encoding::Utf8Bom),
            "cp932" => Ok(Encoding::Cp932),
            _ => Err(BadEncoding),
        }
    }
}

impl Encoding {
    /// The `Content-Type` of a CSV in it.
    pub fn content_type(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Bom => "text/csv; charset=utf-8",
            Encoding::Cp932 => "text/csv; charset=Shift_JIS",
        }
    }

    /// The tag of the bytes in it, from the tag of the kept bytes.
    pub fn mark(self, tag: &str) -> String {
        let plain = tag.trim_matches('"');
        match self {
            Encoding::Utf8 => tag.to_owned(),
            Encoding::Utf8Bom => format!("\"{plain}-bom\""),
            Encoding::Cp932 => format!("\"{plain}-cp932\""),
        }
    }
}

/// What says that a file is UTF-8.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// How many bytes `kept` has in `encoding`.
///
/// # Errors
/// [`Kind::NotEncodable`] naming the first cells with letters that it lacks.
pub async fn measure(
    encoding: Encoding,
    kept: impl Stream<Item = Result<Bytes, CatalogError>>,
) -> Result<u64, Problem> {
    let mut kept = std::pin::pin!(kept);
    let mut writer = Writer::new(encoding);
    let mut place = Place::default();
    let mut length = 0;
    let mut lacking = Vec::new();
    let mut count = 0_u64;
    loop {
        let chunk = kept.next().await.transpose()?;
        let text = writer.decode(chunk.as_deref());
        let (bytes, lost) = writer.write(&text);
        length += bytes.len() as u64;
        let mut lost = lost.into_iter().peekable();
        for (at, letter) in text.char_indices() {
            if lost.next_if_eq(&at).is_some() {
                count += 1;
                if lacking.len() < CELLS_NAMED {
                    lacking.push(json!({
                        "row": place.row, "column": place.column,
                        "column_letter": column_letter(place.column), "character": letter,
                    }));
                }
            }
            place.pass(letter);
        }
        if chunk.is_none() {
            break;
        }
    }
    if count == 0 {
        return Ok(length);
    }
    let cells = lacking
        .iter()
        .filter_map(|cell| {
            Some(format!(
                "{}{}「{}」",
                cell["column_letter"].as_str()?,
                cell["row"],
                cell["character"].as_str()?
            ))
        })
        .collect::<Vec<_>>()
        .join("、");
    Err(Problem::new(
        Kind::NotEncodable,
        format!(
            "CP932 では表せない文字が{count}字あります（{cells}）。UTF-8 か utf-8-bom をお使いください。"
        ),
        format!("CP932 lacks {count} letters of the data ({cells}). Use utf-8 or utf-8-bom."),
    )
    .with("cells", lacking))
}

/// `kept` in `encoding`. Call [`measure`] first.
pub fn encode(
    encoding: Encoding,
    kept: impl Stream<Item = Result<Bytes, CatalogError>> + 'static,
) -> impl Stream<Item = Result<Bytes, CatalogError>> + 'static {
    let state = (Box::pin(kept), Writer::new(encoding), false);
    stream::unfold(state, |(mut kept, mut writer, ended)| async move {
        if ended {
            return None;
        }
        let chunk = match kept.next().await.transpose() {
            Ok(chunk) => chunk,
            Err(error) => return Some((Err(error), (kept, writer, true))),
        };
        let text = writer.decode(chunk.as_deref());
        let (bytes, lost) = writer.write(&text);
        let made = if lost.is_empty() {
            Ok(Bytes::from(bytes))
        } else {
            Err(CatalogError::Disk(io::Error::other("a measured text has a letter that its encoding lacks")))
        };
        Some((made, (kept, writer, chunk.is_none())))
    })
}

/// Writes text in an encoding, piece by piece.
struct Writer {
    decoder: encoding_rs::Decoder,
    encoder: Option<Encoder>,
    bom: &'static [u8],
}

impl Writer {
    fn new(encoding: Encoding) -> Writer {
        Writer {
            decoder: UTF_8.new_decoder_without_bom_handling(),
            encoder: (encoding == Encoding::Cp932).then(|| SHIFT_JIS.new_encoder()),
            bom: if encoding == Encoding::Utf8Bom { BOM } else { b"" },
        }
    }

    /// The text of the next chunk, or of what is left at the end. What we keep is UTF-8, so nothing is replaced.
    fn decode(&mut self, chunk: Option<&[u8]>) -> String {
        let bytes = chunk.unwrap_or_default();
        let room = self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len());
        let mut text = String::with_capacity(room);
        let (result, _, _) = self.decoder.decode_to_string(bytes, &mut text, chunk.is_none());
        debug_assert_eq!(result, CoderResult::InputEmpty, "there is room for all of it");
        text
    }

    /// `text` in the encoding, and where in it stand letters that the encoding lacks (which are left out).
    fn write(&mut self, text: &str) -> (Vec<u8>, Vec<usize>) {
        let mut bytes = std::mem::take(&mut self.bom).to_vec();
        let Some(encoder) = &mut self.encoder else {
            bytes.extend_from_slice(text.as_bytes());
            return (bytes, Vec::new());
        };
        let mut lost = Vec::new();
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            bytes.reserve(
                encoder.max_buffer_length_from_utf8_without_replacement(rest.len()).unwrap_or(rest.len()),
            );
            let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, false);
            at += read;
            if let EncoderResult::Unmappable(letter) = result {
                lost.push(at - letter.len_utf8());
            }
        }
        (bytes, lost)
    }
}

/// The cell of a canonical CSV in which a letter stands: quotes there only enclose cells and double inside.
struct Place {
    row: u64,
    column: u32,
    quoted: bool,
}

impl Default for Place {
    fn default() -> Place {
        Place { row: 1, column: 1, quoted: false }
    }
}

impl Place {
    fn pass(&mut self, letter: char) {
        match letter {
            '"' => self.quoted = !self.quoted,
            ',' if !self.quoted => self.column += 1,
            '\n' if !self.quoted => {
                self.row += 1;
                self.column = 1;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str, size: usize) -> impl Stream<Item = Result<Bytes, CatalogError>> + 'static {
        let chunks: Vec<_> =
            text.as_bytes().chunks(size).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
        stream::iter(chunks)
    }

    #[actix_web::test]
    async fn every_chunk_size_gives_the_same_bytes() {
        let text = "名称,備考\r\n日和山,\"表,予\"\r\n";
        let (expected, _, _) = SHIFT_JIS.encode(text);
        for size in 1..=text.len() {
            let length = measure(Encoding::Cp932, kept(text, size)).await.unwrap();
            let pieces: Vec<_> = encode(Encoding::Cp932, kept(text, size)).collect().await;
            let bytes: Vec<u8> = pieces.into_iter().flat_map(|piece| piece.unwrap().to_vec()).collect();
            assert_eq!(bytes, expected.as_ref(), "chunks of {size}");
            assert_eq!(length, bytes.len() as u64, "chunks of {size}");
        }
    }

    #[actix_web::test]
    async fn a_bom_stands_once_at_the_start() {
        let pieces: Vec<_> = encode(Encoding::Utf8Bom, kept("a,b\r\n", 1)).collect().await;
        let bytes: Vec<u8> = pieces.into_iter().flat_map(|piece| piece.unwrap().to_vec()).collect();
        assert_eq!(bytes, b"\xEF\xBB\xBFa,b\r\n");
    }

    #[actix_web::test]
    async fn a_letter_that_is_lacking_is_named_with_its_cell() {
        let text = "名称,備考\r\n\"改\r\n行\",𠮷野家\r\n";
        let problem = measure(Encoding::Cp932, kept(text, 3)).await.unwrap_err();
        assert_eq!(problem.kind(), Kind::NotEncodable);
        assert!(problem.to_string().contains("B2「𠮷」"), "{problem}");
    }
}
