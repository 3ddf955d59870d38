//! Guesses which schema a table is meant to follow, from the names of its columns alone.
//!
//! A name that many schemas share (名称, 緯度) says little; one of few says much. Columns that no schema knows
//! speak against all of them, so that a kind of table we have no schema for is not taken for a near one.

use std::collections::{BTreeSet, HashMap};

use crate::schema::Schema;
use crate::schemas::Schemas;

/// Of the file's columns with a name, what a schema must know.
const OF_COLUMNS_MIN: f64 = 0.5;
/// Below this a schema is not meant. It asks for a third of the schema's names by weight, or for more where the
/// file has names that the schema does not know.
const CONFIDENCE_MIN: f64 = 0.5;
/// What a name weighs that no schema knows. Cities put columns of their own beside the standard's (a tourism
/// list with 19 beside its 30), so it weighs less than a name that only another schema knows.
const WEIGHT_OF_UNKNOWN: f64 = 0.25;

/// A schema that may be meant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guess<'s> {
    /// The schema.
    pub schema: &'s Schema,
    /// How sure it is, from 0 to 1: 1 where the file has its columns and no others.
    pub confidence: f64,
    matched: usize,
}

/// The schema that a table with the columns `names` fits best, if it fits one.
pub(crate) fn schema<'s>(names: &BTreeSet<&str>, schemas: &'s Schemas) -> Option<Guess<'s>> {
    let mut schemas_with: HashMap<&str, u32> = HashMap::new();
    for field in schemas.iter().flat_map(|schema| &schema.fields) {
        *schemas_with.entry(&field.name).or_default() += 1;
    }
    let weight =
        |name: &str| schemas_with.get(name).map_or(WEIGHT_OF_UNKNOWN, |schemas| 1.0 / f64::from(*schemas));
    schemas
        .iter()
        .filter_map(|schema| {
            let known: BTreeSet<&str> = schema
                .fields
                .iter()
                .map(|field| field.name.as_str())
                .filter(|name| names.contains(name))
                .collect();
            // Columns that may or may not belong to the schema speak neither for nor against it.
            let extra = |name: &str| schema.optional_extra_columns.iter().any(|extra| extra == name);
            let named = || names.iter().copied().filter(|name| !extra(name));
            let of_file: f64 = named().map(weight).sum();
            let of_schema: f64 = schema.fields.iter().map(|field| weight(&field.name)).sum();
            let shared: f64 = known.iter().copied().map(weight).sum();
            let confidence = in_hundredths(2.0 * shared / (of_file + of_schema));
            let fits = known.len() as f64 >= OF_COLUMNS_MIN * named().count() as f64;
            (fits && confidence >= CONFIDENCE_MIN).then_some(Guess {
                schema,
                confidence,
                matched: known.len(),
            })
        })
        .max_by(|a, b| a.confidence.total_cmp(&b.confidence).then(a.matched.cmp(&b.matched)))
}

/// `share` with two decimals.
pub(crate) fn in_hundredths(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn guesses(names: &[&str], expected: Option<&str>) {
        let schemas = Schemas::embedded();
        let guess = schema(&names.iter().copied().collect(), &schemas);
        assert_eq!(guess.map(|guess| guess.schema.id.to_string()).as_deref(), expected, "{names:?}");
    }

    #[test]
    fn the_columns_of_a_schema_are_that_schema_for_certain() {
        let schemas = Schemas::embedded();
        for meant in schemas.iter() {
            let names = meant.fields.iter().map(|field| field.name.as_str()).collect();
            let guess = schema(&names, &schemas).map(|guess| (&guess.schema.id, guess.confidence));
            assert_eq!(guess, Some((&meant.id, 1.0)));
        }
    }

    #[test]
    fn columns_of_the_citys_own_beside_the_standards_do_not_hide_it() {
        let schemas = Schemas::embedded();
        let id = "suisho/tourism".parse().expect("an id");
        let tourism = schemas.get(&id).expect("it is embedded");
        let own: Vec<String> = (1..20).map(|number| format!("区分{number}")).collect();
        let names = tourism.fields.iter().map(|field| &field.name).chain(&own).map(String::as_str);
        assert_eq!(schema(&names.collect(), &schemas).map(|guess| &guess.schema.id), Some(&id));
    }

    #[test]
    fn a_kind_of_table_that_has_no_schema_is_not_taken_for_a_near_one() {
        let shared =
            ["全国地方公共団体コード", "ID", "地方公共団体名", "所在地_連結表記", "緯度", "経度", "備考"];
        let own = ["収集曜日", "収集区分", "管理町内会", "設置年", "ネットの有無"];
        guesses(&[&shared[..], &own[..]].concat(), None);
    }

    #[test]
    fn names_that_every_schema_shares_fit_none() {
        guesses(&["名称", "名称_カナ", "緯度", "経度", "電話番号", "URL", "備考"], None);
        guesses(&[], None);
    }

    #[test]
    fn an_own_layout_fits_none() {
        guesses(&["農園名", "区画数", "所在地", "料金"], None);
    }
}
