//! What the catalog knows of a dataset, where the file alone settles no rule on machine readability
//! (L1-09, L3-02, L3-03, L3-07, L3-08).
//!
//! The rules ask for what is written beside the file: so it is looked up in the words of the description, those
//! that [`ingestion::readability::Rule::hint`] asks for. What they come to is [`ingestion`]'s business.

use ingestion::Described;

use crate::dataset::{Dataset, Metadata};
use crate::error::CatalogError;
use crate::store::{self, Store};

/// What is known of the dataset that `before` was, and that `metadata` describes from now on.
///
/// # Errors
/// What the database cannot do.
pub(crate) async fn of(
    store: &Store,
    before: Option<&Dataset>,
    metadata: &Metadata,
) -> Result<Described, CatalogError> {
    let published = before.and_then(|dataset| dataset.current.as_ref().map(|it| (&dataset.slug, it.number)));
    let earlier_columns = match published {
        Some((slug, number)) => {
            let report = store::report::find(store.database(), slug, number).await?;
            let columns = report.readability.tables.into_iter().next().map(|table| table.columns);
            columns.unwrap_or_default().into_iter().map(|column| column.label).collect()
        }
        None => Vec::new(),
    };
    Ok(Described { earlier_columns, ..by_words(metadata) })
}

/// What is written. Who publishes, when and how often it changes, and the encoding are always part of a dataset;
/// a national schema defines its items.
fn by_words(metadata: &Metadata) -> Described {
    let says = |words: &[&str]| words.iter().any(|word| metadata.description.contains(word));
    Described {
        codes: says(&["コード表", "コード一覧"]),
        blanks: says(&["空欄", "空白"]),
        signs: says(&["「-」", "「－」", "「*」", "「…」", "「×」", "記号", "凡例", "秘匿"]),
        definitions: metadata.schema.is_some() || says(&["項目"]),
        earlier_columns: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::metadata;

    fn described(description: &str) -> Described {
        by_words(&Metadata { description: description.to_owned(), ..metadata("counts") })
    }

    #[test]
    fn the_words_of_the_description_settle_what_is_described() {
        assert_eq!(described("見本です。"), Described::default());
        let all =
            "項目の定義は次のとおりです。空欄は調査なし、「-」は該当なしです。区分はコード表を見てください。";
        let expected = Described {
            codes: true,
            blanks: true,
            signs: true,
            definitions: true,
            earlier_columns: Vec::new(),
        };
        assert_eq!(described(all), expected);
    }

    #[test]
    fn a_national_schema_defines_the_items() {
        let schema = "hyojun/public_toilet".parse().ok();
        assert!(by_words(&Metadata { schema, ..metadata("toilets") }).definitions);
    }
}
