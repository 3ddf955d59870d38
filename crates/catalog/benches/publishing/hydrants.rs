//! Files of 消防水利施設一覧, all 16 columns, as large as wanted and each time the same: 【見本】, no hydrant of any city.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

const HEADER: [&str; 16] = [
    "全国地方公共団体コード",
    "ID",
    "地方公共団体名",
    "種別",
    "所在地_全国地方公共団体コード",
    "町字ID",
    "所在地_連結表記",
    "所在地_都道府県",
    "所在地_市区町村",
    "所在地_町字",
    "所在地_番地以下",
    "建物名等(方書)",
    "緯度",
    "経度",
    "口径",
    "備考",
];

const TOWNS: [&str; 6] = ["見本町一丁目", "見本町二丁目", "例示町", "架空字浜", "架空字山", "試作が丘一丁目"];
const KINDS: [&str; 4] = ["消火栓", "消火栓", "防火水そう", "プール"];
const REMARKS: [&str; 4] = ["", "", "", "見本（架空のデータ）"];

/// Writes a file of `rows` rows, in which every rule is kept.
pub fn write(path: &Path, rows: u64) -> io::Result<()> {
    let file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut lines = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
    lines.write_record(HEADER)?;
    for number in 1..=rows {
        let town = one(&TOWNS, number, 1);
        let block = format!("{}-{}", 1 + below(number, 90, 2), 1 + below(number, 40, 3));
        lines.write_record([
            "042021",
            &format!("H{number:07}"),
            "宮城県石巻市",
            one(&KINDS, number, 4),
            "042021",
            &format!("{:04}-{:03}", 1 + below(number, 900, 5), below(number, 10, 6)),
            &format!("宮城県石巻市{town}{block}"),
            "宮城県",
            "石巻市",
            town,
            &block,
            "",
            &format!("38.{:06}", 400_000 + below(number, 150_000, 7)),
            &format!("141.{:06}", 200_000 + below(number, 250_000, 8)),
            one(&["75", "100", "150", ""], number, 9),
            one(&REMARKS, number, 10),
        ])?;
    }
    lines.flush()
}

fn one<'a>(choices: &[&'a str], number: u64, salt: u64) -> &'a str {
    let place = below(number, choices.len() as u64, salt) as usize;
    choices.get(place).copied().unwrap_or_default()
}

/// A number below `limit` that looks like chance (splitmix64).
fn below(number: u64, limit: u64, salt: u64) -> u64 {
    let mut z = (number ^ (salt << 40)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) % limit
}
