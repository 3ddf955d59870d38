//! Reads any bytes behind a text that has settled the encoding: where a block ends must change nothing.
//!
//! The first byte chooses the encoding, the second how much is read at a time.

#![no_main]

use fuzz::{Rows, SCHEMAS, holds};
use ingestion::{Expected, Options, in_blocks};
use libfuzzer_sys::fuzz_target;

/// The first bytes are looked at as a whole; what comes behind them comes in blocks.
const HEAD_BYTES: usize = 64 << 10;

/// 名称 and a line end, in each encoding that is read.
const SETTLES: [&[u8]; 8] = [
    b"name\n",
    b"\xe5\x90\x8d\xe7\xa7\xb0\n",
    b"\xef\xbb\xbf\xe5\x90\x8d\xe7\xa7\xb0\n",
    b"\x96\xbc\x8f\xcc\n",
    b"\xcc\xbe\xbe\xce\n",
    b"\x1b$BL>>N\x1b(B\n",
    b"\xff\xfe\x0d\x54\xf0\x79\n\0",
    b"\xfe\xff\x54\x0d\x79\xf0\0\n",
];

fuzz_target!(|data: &[u8]| {
    let [encoding, block_bytes, rest @ ..] = data else { return };
    let encoding = usize::from(encoding % 8);
    let filler: &[u8] = match encoding {
        6 => b"x\0",
        7 => b"\0x",
        _ => b"x",
    };
    let mut file = SETTLES[encoding].to_vec();
    // How far the rest is from the edge is the input's length.
    while file.len() + filler.len() <= HEAD_BYTES + rest.len() % 4 {
        file.extend_from_slice(filler);
    }
    file.extend_from_slice(rest);
    let options = Options { expected: Expected::AnyTable, ..Options::default() };
    let (mut once, mut in_pieces) = (Rows::default(), Rows::default());
    let report = in_blocks(&file[..], &SCHEMAS, &options, &mut once, 1 << 20);
    holds(&file, &report, &once);
    let again = in_blocks(&file[..], &SCHEMAS, &options, &mut in_pieces, usize::from(block_bytes % 16) + 1);
    assert_eq!((report, once), (again, in_pieces));
});
