//! Files of 公共施設一覧, all 56 columns, as large as wanted and each time the same: 【見本】, no facility of any city.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use ingestion::{Schema, Schemas};

/// What is not as it should be in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dirt {
    /// Nothing.
    None,
    /// One row of a hundred has a bad cell.
    Some,
    /// Every row has a bad cell.
    All,
    /// Nothing; the file is in CP932.
    Cp932,
}

impl Dirt {
    /// The name of its file.
    pub fn file_name(self) -> &'static str {
        match self {
            Dirt::None => "clean.csv",
            Dirt::Some => "some.csv",
            Dirt::All => "all.csv",
            Dirt::Cp932 => "cp932.csv",
        }
    }

    /// Every how many rows one is bad.
    fn every(self) -> Option<u64> {
        match self {
            Dirt::None | Dirt::Cp932 => None,
            Dirt::Some => Some(100),
            Dirt::All => Some(1),
        }
    }
}

/// The schema the files are held against.
pub fn schema(schemas: &Schemas) -> &Schema {
    let id = "hyojun/public_facility".parse().expect("it is the name of a schema");
    schemas.get(&id).expect("the schema is embedded")
}

/// Writes a file of `rows` rows.
pub fn write(path: &Path, rows: u64, dirt: Dirt) -> io::Result<()> {
    let schemas = Schemas::embedded();
    let names: Vec<&str> = schema(&schemas).fields.iter().map(|field| field.name.as_str()).collect();
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    line.write_record(&names)?;
    for number in 1..=rows {
        let mut row = row(number);
        if dirt.every().is_some_and(|every| number % every == 0) {
            spoil(&mut row, &names, number / dirt.every().unwrap_or(1));
        }
        line.write_record(&row)?;
        if number % 1000 == 0 || number == rows {
            let text = line.into_inner().map_err(|error| error.into_error())?;
            match dirt {
                Dirt::Cp932 => {
                    let text = String::from_utf8_lossy(&text);
                    file.write_all(&encoding_rs::SHIFT_JIS.encode(&text).0)?;
                }
                _ => file.write_all(&text)?,
            }
            line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        }
    }
    file.flush()
}

/// One of `choices`, as `number` and `salt` have it.
fn one<'a>(choices: &[&'a str], number: u64, salt: u64) -> &'a str {
    let mixed = mix(number, salt) % choices.len() as u64;
    choices.iter().cycle().nth(mixed as usize).copied().unwrap_or_default()
}

/// A number that looks like none (splitmix64).
fn mix(number: u64, salt: u64) -> u64 {
    let mut z = (number ^ (salt << 40)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The cells of a good row, in the order of the schema.
fn row(number: u64) -> Vec<String> {
    const TOWNS: [&str; 8] = [
        "見本町一丁目",
        "見本町二丁目",
        "見本町三丁目",
        "例示町",
        "架空字浜",
        "架空字山",
        "試作が丘一丁目",
        "試作が丘二丁目",
    ];
    const KINDS: [(&str, &str, &str); 6] = [
        ("図書館", "トショカン", "Library"),
        ("公民館", "コウミンカン", "Community Center"),
        ("体育館", "タイイクカン", "Gymnasium"),
        ("市民会館", "シミンカイカン", "Citizens Hall"),
        ("児童館", "ジドウカン", "Children's Center"),
        ("駐車場", "チュウシャジョウ", "Parking"),
    ];
    const DAYS: [&str; 4] = ["月火水木金", "月火水木金土日", "火水木金土日", "月水金"];
    const REMARKS: [&str; 5] =
        ["", "", "見本（架空のデータ）", "年末年始は休館", "利用には事前の申し込みが必要です"];
    let pick = |choices: &[&'static str], salt: u64| one(choices, number, salt).to_owned();
    let below = |limit: u64, salt: u64| mix(number, salt) % limit;
    let yes = |salt: u64| pick(&["有", "無", "無", ""], salt);
    let (kind, kana, english) = KINDS.iter().cycle().nth(below(6, 1) as usize).copied().unwrap_or_default();
    let town = one(&TOWNS, number, 2);
    let block = format!("{}-{}", 1 + below(60, 3), 1 + below(30, 4));
    let empty = String::new;
    let mut row = vec![
        "042021".to_owned(),
        format!("AA042021{number:07}"),
        "宮城県石巻市".to_owned(),
        format!("見本{kind}{number}"),
        format!("ミホン{kana}"),
        format!("Mihon {english} {number}"),
        empty(),
        pick(&["1003", "1005", "1401", "1402"], 5),
        empty(),
        empty(),
        "042021".to_owned(),
        format!("{:04}-{:03}", 1 + below(200, 6), 1 + below(9, 7)),
        format!("宮城県石巻市{town}{block}"),
        "宮城県".to_owned(),
        "石巻市".to_owned(),
        town.to_owned(),
        block,
        pick(&["", "", "", "見本ビル3階"], 8),
        format!("38.{:06}", 300_000 + below(250_000, 9)),
        format!("141.{:06}", 150_000 + below(250_000, 10)),
        pick(&["階数", "標高", ""], 11),
        below(30, 12).to_string(),
        format!("0225-{:02}-{:04}", below(100, 13), below(10_000, 14)),
        empty(),
        pick(&["mihon@city.example.jp", "info@example.jp", "", ""], 15),
        pick(&["https://www.example.jp/contact/", "", ""], 16),
        empty(),
        format!("986{:04}", below(10_000, 17)),
        "1000020042021".to_owned(),
        "石巻市".to_owned(),
        pick(&DAYS, 18),
        pick(&["09:00", "08:30", "10:00"], 19),
        pick(&["17:00", "17:15", "21:30", "22:00"], 20),
        pick(&["祝日と年末年始を除く", "月曜は休館", ""], 21),
        format!("架空の{kind}。会議室{}室、駐車場{}台。", 1 + below(9, 22), below(80, 23)),
        pick(&["可", "否"], 24),
    ];
    row.extend((25..31).map(yes));
    row.push(pick(&["可", "有", "無"], 31));
    row.extend((32..38).map(yes));
    row.push(pick(&["可", "否"], 39));
    row.extend([yes(40), pick(&["可", "有", "無"], 41)]);
    row.push(format!("https://www.example.jp/facilities/{number}/"));
    row.push(format!("https://www.example.jp/facilities/{number}/photo.jpg"));
    row.extend([pick(&["CC BY 4.0", ""], 42), pick(&REMARKS, 43)]);
    row
}

/// Makes one cell of `row` bad: half of the kinds can be repaired.
fn spoil(row: &mut [String], names: &[&str], number: u64) {
    const SPOILT: [(&str, &str); 10] = [
        ("全国地方公共団体コード", "042022"),
        ("電話番号", "０２２５－９５－１１１１"),
        ("終了時間", "25:70"),
        ("開始時間", "9:00"),
        ("名称", ""),
        ("車椅子貸出", "○"),
        ("URL", "www.example.jp"),
        ("郵便番号", "986-8501"),
        ("緯度", "381.5"),
        ("高度の値", "１２"),
    ];
    let spoilt = SPOILT.iter().cycle().nth((number % 10) as usize);
    let Some((name, text)) = spoilt else { return };
    let place = names.iter().position(|other| other == name).and_then(|at| row.get_mut(at));
    if let Some(cell) = place {
        *cell = (*text).to_owned();
    }
}
