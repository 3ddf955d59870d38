//! Reads an オープンデータ一覧, of the new national layout or of the old, in any encoding and form that files come in.
//!
//! It is judged as every file is ([`ingestion::validate()`]). A dataset of which a row has an error is not made: mended,
//! the same file may come again.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use ingestion::{
    Column, Finding, Looks, Options, Report, Row, Schema, SchemaId, Schemas, Severity, Sink, Text, validate,
};

use super::Listed;
use crate::origin::Source;

/// What the columns of the old layout are called in the new one.
const OLD: [(&str, &str); 13] = [
    ("NO", "データセット_ID"),
    ("都道府県コード又は市区町村コード", "全国地方公共団体コード"),
    ("データ名称", "データセット_タイトル"),
    ("データ概要", "データセット_概要"),
    ("分類", "データセット_分類"),
    ("更新頻度", "データセット_更新頻度"),
    ("URL", "データセット_URL"),
    ("登録日", "データセット_公開日"),
    ("最終更新日", "データセット_最終更新日"),
    ("備考", "データセット_備考"),
    ("データ形式", "ファイル形式"),
    ("ライセンス", "ファイル_ライセンス"),
    ("API対応有無", "ファイル_API対応有無"),
];

/// Why a file is no list.
#[derive(Debug, thiserror::Error)]
#[error("the file is no オープンデータ一覧")]
pub struct NoList(pub Box<Report>);

/// The datasets that the list in `input` tells of, in their order.
///
/// # Errors
/// [`NoList`] when the file fits neither layout, or is no table.
pub fn read(input: impl Read + Send, file_name: &str, schemas: &Schemas) -> Result<Vec<Listed>, NoList> {
    let options = Options { file_name: file_name.to_owned(), looks: Looks::NONE, ..Options::default() };
    let mut rows = Rows::default();
    let report = validate(input, schemas, &options, &mut rows);
    let is_list = |id: &SchemaId| id.slug() == "open_data_list";
    if !report.schema.as_ref().is_some_and(|fit| is_list(&fit.id)) {
        return Err(NoList(Box::new(report)));
    }
    Ok(rows.datasets())
}

/// The rows of a list as they come.
#[derive(Default)]
struct Rows {
    names: Vec<String>,
    is_list: bool,
    rows: Vec<(u64, BTreeMap<String, String>)>,
    errors: HashMap<u64, Vec<Text>>,
}

impl Rows {
    fn take(&mut self, row: &Row<'_>) {
        if !self.is_list {
            return;
        }
        let cells = self.names.iter().zip(row.cells).map(|(name, cell)| (name.clone(), cell.raw.to_owned()));
        self.rows.push((row.number, cells.collect()));
    }

    /// The datasets, each with the files of all its rows.
    fn datasets(self) -> Vec<Listed> {
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut datasets: Vec<Listed> = Vec::new();
        for (number, row) in self.rows {
            let text = |column: &str| row.get(column).map_or("", |text| text.trim()).to_owned();
            let key = match text("データセット_ID").as_str() {
                "" => format!("\n{}\n{}", text("データセット_タイトル"), text("データセット_URL")),
                id => id.to_owned(),
            };
            let place = *places.entry(key).or_insert_with(|| {
                datasets.push(Listed {
                    place: Text::new(format!("{number}行目"), format!("row {number}")),
                    from: Source::OpenDataList,
                    columns: row.iter().filter(|(name, _)| !is_of_file(name)).map(own).collect(),
                    files: Vec::new(),
                    wrong: Vec::new(),
                    remarks: Vec::new(),
                });
                datasets.len() - 1
            });
            let Some(dataset) = datasets.get_mut(place) else { continue };
            let file: BTreeMap<String, String> =
                row.iter().filter(|(name, text)| is_of_file(name) && !text.is_empty()).map(own).collect();
            if !file.is_empty() {
                dataset.files.push(file);
            }
            let errors = self.errors.get(&number).into_iter().flatten();
            dataset.wrong.extend(errors.map(|message| {
                Text::new(format!("{number}行目: {}", message.ja), format!("row {number}: {}", message.en))
            }));
        }
        datasets
    }
}

fn own((name, text): (&String, &String)) -> (String, String) {
    (name.clone(), text.clone())
}

/// Whether a column tells of a file; the others tell of the dataset.
fn is_of_file(name: &str) -> bool {
    name.starts_with("ファイル")
}

impl Sink for Rows {
    fn table(&mut self, _header_row: u64, schema: Option<&Schema>) {
        self.is_list = schema.is_some_and(|schema| schema.id.slug() == "open_data_list");
    }

    fn header(&mut self, columns: &[Column<'_>]) {
        let new_name =
            |name: &str| OLD.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| *new).to_owned();
        let name = |column: &Column<'_>| match column.field {
            Some(field) => new_name(&field.name),
            None => column.name.clone(),
        };
        self.names = columns.iter().map(name).collect();
    }

    fn row(&mut self, row: &Row<'_>) {
        self.take(row);
    }

    fn refused_row(&mut self, row: &Row<'_>) {
        self.take(row);
    }

    fn finding(&mut self, finding: &Finding) {
        if finding.severity == Severity::Error
            && let Some(row) = finding.row
        {
            self.errors.entry(row).or_default().push(finding.message.clone());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(csv: &str) -> Vec<Listed> {
        read(csv.as_bytes(), "list.csv", &Schemas::embedded()).unwrap()
    }

    const NEW: &str = "データセット_ID,全国地方公共団体コード,地方公共団体名,データセット_タイトル,データセット_概要,データセット_キーワード,\
                       データセット_分類,データセット_公開日,データセット_最終更新日,データセット_URL,データセット_更新頻度,データセット_準拠する標準,\
                       データセット_連絡先名称,ファイル_タイトル,ファイル_ダウンロードURL,ファイル形式,ファイル_ライセンス\n";

    #[test]
    fn rows_of_one_id_are_the_files_of_one_dataset() {
        let list = format!(
            "{NEW}aed,042021,宮城県石巻市,AED,説明,,,2025-01-01,2025-01-02,https://x.example.jp/aed,,,,AED CSV,https://x.example.jp/aed.csv,CSV,CC BY 4.0\n\
             aed,042021,宮城県石巻市,AED,説明,,,2025-01-01,2025-01-02,https://x.example.jp/aed,,,,AED PDF,https://x.example.jp/aed.pdf,PDF,CC BY 4.0\n\
             toilets,042021,宮城県石巻市,トイレ,説明,,,2025-01-01,2025-01-02,https://x.example.jp/t,,,,,,,\n"
        );
        let [aed, toilets] = reads(&list).try_into().unwrap();
        assert_eq!((aed.place.ja.as_str(), aed.files.len()), ("2行目", 2));
        assert_eq!(aed.columns["データセット_タイトル"], "AED");
        assert_eq!(aed.files[1]["ファイル_ダウンロードURL"], "https://x.example.jp/aed.pdf");
        assert_eq!(toilets.files.len(), 0);
    }

    #[test]
    fn a_dataset_with_an_error_in_a_row_says_where() {
        let list = format!(
            "{NEW}aed,042021,宮城県石巻市,AED,説明,,,きのう,2025-01-02,https://x.example.jp/aed,,,,,,,\n"
        );
        let [aed] = reads(&list).try_into().unwrap();
        assert!(aed.wrong[0].ja.starts_with("2行目"), "{:?}", aed.wrong);
    }

    #[test]
    fn the_old_layout_is_read_under_the_names_of_the_new() {
        let old = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,データ名称,データ概要,データ形式,分類,更新頻度,URL,API対応有無,\
                   ライセンス,登録日,最終更新日,備考\n\
                   042021,1,宮城県,石巻市,見本一覧,説明,CSV,行財政,,https://x.example.jp/1,無,CC BY 4.0,2022-05-17,2022-07-14,\n";
        let [one] = reads(old).try_into().unwrap();
        assert_eq!(one.columns["データセット_ID"], "1");
        assert_eq!(one.columns["データセット_最終更新日"], "2022-07-14");
        assert_eq!(one.columns["データセット_URL"], "https://x.example.jp/1");
        assert_eq!(one.files[0]["ファイル_ライセンス"], "CC BY 4.0");
    }

    #[test]
    fn another_table_is_no_list() {
        for file in ["名称,数\n見本,1\n", "", "\u{0}\u{1}"] {
            assert!(read(file.as_bytes(), "x.csv", &Schemas::embedded()).is_err(), "{file:?}");
        }
    }
}
