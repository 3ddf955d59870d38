//! A text form, packed once so that nobody packs it while a reader waits.

use std::io::{self, Read, Write};

use brotli::enc::BrotliEncoderParams;
use flate2::write::GzEncoder;

use crate::distribution::Packing;
use crate::gently::Passing;

/// Texts up to this size are packed as small as they get; of larger ones, what is gained is not worth the hours.
const THOROUGH_BYTES_MAX: u64 = 4 << 20;

/// Writes what `from` reads (`bytes` of it) into `out`, packed. The same bytes in, the same bytes out.
pub(crate) fn write(
    packing: Packing,
    from: &mut impl Read,
    bytes: u64,
    out: &mut impl Write,
) -> io::Result<()> {
    let thorough = bytes <= THOROUGH_BYTES_MAX;
    let mut from = Passing(from);
    match packing {
        Packing::Gzip => {
            let level = if thorough { 9 } else { 6 };
            let mut packer = GzEncoder::new(out, flate2::Compression::new(level));
            io::copy(&mut from, &mut packer)?;
            packer.finish()?;
        }
        Packing::Brotli => {
            // 9 would save another hundredth of the bytes, and take 32 MB for its tables, of however short a text.
            let quality = if thorough { 7 } else { 5 };
            let params = BrotliEncoderParams { quality, lgwin: 22, ..BrotliEncoderParams::default() };
            brotli::BrotliCompress(&mut from, out, &params)?;
        }
    }
    Ok(())
}
