//! A text form, packed once so that nobody packs it while a reader waits.

use std::io::{self, Read, Write};

use brotli::enc::BrotliEncoderParams;
use flate2::write::GzEncoder;

use crate::distribution::Packing;

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
    match packing {
        Packing::Gzip => {
            let level = if thorough { 9 } else { 6 };
            let mut packer = GzEncoder::new(out, flate2::Compression::new(level));
            io::copy(from, &mut packer)?;
            packer.finish()?;
        }
        Packing::Brotli => {
            let quality = if thorough { 9 } else { 5 };
            let params = BrotliEncoderParams { quality, lgwin: 22, ..BrotliEncoderParams::default() };
            brotli::BrotliCompress(from, out, &params)?;
        }
    }
    Ok(())
}
