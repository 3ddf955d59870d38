//! Real files that municipalities have published, where `HIYORI_SAMPLES` names their folder: each is recognised,
//! and every defect that is known of it is found in its cell.
//!
//! The rows are those of the folder's `SOURCES.md`, counted without this program.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::terminal::hiyori;

/// One published file with everything that was found in it.
struct Sample {
    name: &'static str,
    report: Value,
    findings: Vec<Finding>,
}

/// One line of `--format csv`: a finding, or a repair under the severity `repair`.
#[derive(Debug)]
struct Finding {
    severity: String,
    code: String,
    row: u64,
    letter: String,
    field: String,
}

/// The published file `name`, held against the `schema` that its header fits; without the folder the test says
/// that it was left out.
#[track_caller]
fn sample(name: &'static str, schema: Option<&str>) -> Option<Sample> {
    let Some(folder) = std::env::var_os("HIYORI_SAMPLES").map(PathBuf::from) else {
        eprintln!("left out: HIYORI_SAMPLES names no folder with {name}");
        return None;
    };
    let file = folder.join(name);
    let file = file.to_str().unwrap();
    let report = hiyori(&["validate", "--format", "json", file]).json();
    assert_eq!(report["schema"]["id"].as_str(), schema, "{name}: {:#}", report["schema"]);
    let csv = hiyori(&["validate", "--format", "csv", file]).stdout;
    let findings = csv::Reader::from_reader(csv.as_slice())
        .records()
        .map(Result::unwrap)
        .map(|line| Finding {
            severity: line[1].to_owned(),
            code: line[2].to_owned(),
            row: line[3].parse().unwrap_or(0),
            letter: line[5].to_owned(),
            field: line[6].to_owned(),
        })
        .collect();
    Some(Sample { name, report, findings })
}

impl Sample {
    /// The rows in which something is to be mended at `field`, or was.
    fn bad_rows(&self, field: &str) -> BTreeSet<u64> {
        let to_mend =
            |finding: &&Finding| finding.field == field && finding.row > 1 && finding.severity != "note";
        self.findings.iter().filter(to_mend).map(|finding| finding.row).collect()
    }

    /// At `field` something is to be mended, or was, in these rows and in no other.
    #[track_caller]
    fn bad(&self, field: &str, rows: impl IntoIterator<Item = u64>) -> &Sample {
        assert_eq!(self.bad_rows(field), rows.into_iter().collect(), "{}: {field}", self.name);
        self
    }

    /// At `field` something is to be mended, or was, in so many rows, from `first` to `last`.
    #[track_caller]
    fn bad_in(&self, field: &str, count: usize, first: u64, last: u64) -> &Sample {
        let rows = self.bad_rows(field);
        assert_eq!(
            (rows.len(), rows.first(), rows.last()),
            (count, Some(&first), Some(&last)),
            "{}: {field}",
            self.name
        );
        self
    }

    /// The cell in column `letter` of `row` has the finding `code`.
    #[track_caller]
    fn has(&self, code: &str, letter: &str, row: u64) -> &Sample {
        let found = self.findings.iter().any(|it| it.code == code && it.letter == letter && it.row == row);
        let there: Vec<_> = self.findings.iter().filter(|it| it.row == row && it.letter == letter).collect();
        assert!(found, "{}: no {code} at {letter}{row}, but {there:#?}", self.name);
        self
    }

    /// The cell in column `letter` of `row` has the repair `code`.
    #[track_caller]
    fn repaired(&self, code: &str, letter: &str, row: u64) -> &Sample {
        let there: Vec<_> = self.findings.iter().filter(|it| it.row == row && it.letter == letter).collect();
        let is_it = |it: &&Finding| it.code == code && it.severity == "repair";
        assert!(there.iter().any(is_it), "{}: no {code} at {letter}{row}, but {there:#?}", self.name);
        self
    }

    /// A member of `file`, or the number of rows.
    #[track_caller]
    fn is(&self, member: &str, value: impl Into<Value>) -> &Sample {
        let said = if member == "rows" { &self.report["rows"] } else { &self.report["file"][member] };
        assert_eq!(*said, value.into(), "{}: {member}", self.name);
        self
    }

    /// Nothing in it stands in the way.
    #[track_caller]
    fn is_accepted(&self) -> &Sample {
        assert_eq!(self.report["accepted"], true, "{}: {:#}", self.name, self.report["findings"]);
        self
    }
}

#[test]
fn ishinomakis_public_toilets() {
    let Some(file) = sample("042021_public_toilet_thirdparty_normalized.csv", Some("hyojun/public_toilet"))
    else {
        return;
    };
    file.is("rows", 8).is("encoding", "utf-8").is("line_ending", "lf");
    file.bad("所在地_全国地方公共団体コード", 2..=9);
    (2..=9).for_each(|row| {
        file.repaired("lost-zero", "G", row).has("key-missing", "B", row).has("same-times", "AI", row);
    });
    file.has("empty-column", "A", 1);
    file.bad("所在地_連結表記", [2, 6]).has("incomplete-address", "I", 2).has("incomplete-address", "I", 6);
}

#[test]
fn wakuyas_public_toilets() {
    let Some(file) = sample("045012_public_toilet_thirdparty_normalized.csv", Some("hyojun/public_toilet"))
    else {
        return;
    };
    file.is("rows", 15).bad("設置位置", 2..=16).has("required-missing", "O", 2);
}

#[test]
fn ishikawas_public_toilets() {
    let Some(file) = sample("170003_public_toilet.csv", Some("hyojun/public_toilet")) else { return };
    file.is("rows", 103).is("encoding", "utf-8-bom").is("line_ending", "lf");
    file.bad("名称_英語", [6, 7, 22, 23, 24]).has("not-ascii", "F", 6);
    file.bad("設置位置", [90, 101]).has("required-missing", "O", 90);
    file.bad("緯度", 81..=88).has("surrounding-blank", "P", 81);
    file.bad_in("利用開始時間", 101, 2, 104).repaired("time-form", "AH", 2);
    file.repaired("trailing-empty-column", "AN", 1);
}

#[test]
fn ishikawas_public_facilities() {
    let Some(file) = sample("170003_public_facility.csv", Some("hyojun/public_facility")) else { return };
    file.is("rows", 83);
    (85..=88).for_each(|row| {
        assert!(
            file.findings.iter().any(|it| it.code == "blank-row" && it.row == row),
            "row {row} is wholly blank"
        );
    });
    file.bad("名称", [5].into_iter().chain(69..=81));
    file.bad("名称_通称", [52, 53]).bad("建物名等(方書)", [52, 53]).bad("団体名", [60, 65, 66]);
    file.bad("名称_英字", [20, 40, 41, 52, 55]);
    file.bad("電話番号", [63, 64, 65, 66]);
    file.bad("法人番号", [5, 28, 29, 30, 45, 51, 60, 64, 83]);
    file.bad_in("開始時間", 83, 2, 84);
    file.bad("終了時間", [18, 20, 23, 57, 58, 59]);
    file.bad("車椅子貸出", [83]).bad("字幕", [6]);
    file.bad("スロープ、エレベータ、エスカレータ", [15, 16, 51, 63, 65, 66, 77, 79, 80]);
    file.bad("URL", [55, 66]);
}

#[test]
fn ishikawas_open_data_list() {
    let Some(file) = sample("170003_open_data_list.csv", Some("hyojun/open_data_list")) else { return };
    file.is("rows", 115);
    file.bad("データセット_概要", [25, 81, 82, 102]).has("surrounding-blank", "F", 25);
    file.bad("データセット_公開日", 2..=116).repaired("date-form", "J", 2);
    file.bad("データセット_最終更新日", 2..=116).repaired("date-form", "K", 2);
}

#[test]
fn yamaguchis_aeds() {
    let Some(file) = sample("352039_aed.csv", Some("hyojun/aed")) else { return };
    file.is("rows", 217).is("line_ending", "crlf");
    file.bad("町字ID", 2..=218);
    file.bad_in("電話番号", 21, 77, 217);
    file.bad("郵便番号", [182, 187, 188, 189, 190]);
    file.bad("利用可能曜日", (97..=104).chain([179, 180, 198, 203]));
    file.bad_in("開始時間", 131, 2, 218);
    file.bad("終了時間", 2..=8);
    file.bad("URL", [214]);
}

#[test]
fn komaes_aeds_in_the_old_layout() {
    let Some(file) = sample("132195_aed.csv", Some("suisho/aed")) else { return };
    file.is("rows", 57);
    file.bad("名称_カナ", 2..=58);
    file.bad("電話番号", [57]).bad("利用可能曜日", [57]);
    file.bad_in("開始時間", 16, 2, 58);
}

#[test]
fn yaizus_evacuation_spaces_in_the_old_layout() {
    let Some(file) = sample("222127_evacuation_space.csv", Some("suisho/evacuation_space")) else { return };
    file.is("rows", 31);
    file.bad("災害種別_崖崩れ、土石流及び地滑り", 27..=31).bad("指定避難所との重複", 27..=31);
    file.bad_in("災害種別_地震", 26, 2, 32).bad_in("災害種別_津波", 26, 2, 32);
}

#[test]
fn oyamas_public_toilets_in_the_old_layout() {
    let Some(file) = sample("092088_public_toilet.csv", Some("suisho/public_toilet")) else { return };
    file.is("rows", 100).bad_in("設置位置", 75, 7, 101);
}

#[test]
fn yaizus_tourist_map_in_cp932() {
    let Some(file) = sample("222127_tourism_cp932.csv", Some("suisho/tourism")) else { return };
    file.is("rows", 217).is("encoding", "cp932");
    file.bad("利用可能曜日", 2..=14);
    file.bad("開始時間", [2, 5, 6, 7, 10, 11]);
    file.bad("連絡先電話番号", [62, 65, 76, 125, 160, 168, 178]);
    file.bad("URL", [14]);
    file.bad("駐車場情報", [55, 62, 65, 124, 137, 147, 196, 197, 217]);
    let blanks = file.findings.iter().filter(|it| it.code == "surrounding-blank").count();
    assert_eq!(blanks, 49 + 17, "blanks and line breaks at cell ends");
    for letter in ["AE", "AF", "AG", "AH", "AI", "AJ", "AK", "AL"] {
        file.has("unknown-column", letter, 1);
    }
}

#[test]
fn wakayamas_open_data_list_in_the_old_layout() {
    let Some(file) = sample("300004_open_data_list.csv", Some("suisho/open_data_list")) else { return };
    file.is("rows", 92).bad("データ形式", [19]);
}

#[test]
fn chinos_public_facilities_in_the_old_layout() {
    let Some(file) = sample("202142_public_facility.csv", Some("suisho/public_facility")) else { return };
    file.is("rows", 93).is("encoding", "utf-8-bom").is("line_ending", "crlf");
    file.bad("POIコード", [69, 70, 92]).bad("法人番号", 2..=94).has("lost-digits", "O", 2);
    file.bad_in("開始時間", 71, 15, 94);
    file.bad("名称", [70]).bad("住所", [74]);
}

#[test]
fn iidas_child_care_facilities() {
    let Some(file) = sample("202053_preschool.csv", Some("hyojun/preschool")) else { return };
    file.is("rows", 75).bad("町字ID", 2..=76);
    assert_eq!(file.bad_rows("法人番号").len(), 5);
    assert_eq!(file.bad_rows("団体名").len(), 3);
}

#[test]
fn clean_files_but_for_blanks_at_cell_ends() {
    for (name, schema, blanks) in [
        ("170003_public_wireless_lan.csv", "hyojun/public_wireless_lan", 1),
        ("222127_fire_hydrant.csv", "hyojun/fire_hydrant", 11),
        ("222127_public_wireless_lan.csv", "suisho/public_wireless_lan", 1),
    ] {
        let Some(file) = sample(name, Some(schema)) else { return };
        file.is_accepted();
        let found = file.findings.iter().filter(|it| it.severity != "note" && it.row > 1);
        let codes: Vec<_> = found.map(|it| it.code.as_str()).collect();
        assert_eq!(codes, vec!["surrounding-blank"; blanks], "{name}");
    }
}

#[test]
fn files_of_a_citys_own_layout_are_taken_for_no_national_one() {
    for name in [
        "372013_population_202305_cp932.csv",
        "222127_yohairyosya_cp932.csv",
        "222127_nouen_cp932.csv",
        "112011_event.csv",
    ] {
        let Some(file) = sample(name, None) else { return };
        assert!(file.findings.iter().any(|it| it.code == "no-schema"), "{name}");
        if name.contains("cp932") {
            file.is("encoding", "cp932");
        }
    }
}
