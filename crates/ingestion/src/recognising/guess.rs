//! Guesses which schema a table is meant to follow, from the names of its columns alone.
//!
//! A name that many schemas share (名称, 緯度) says little; one of few says much. Columns that no schema knows
//! speak against all of them, so that a kind of table we have no schema for is not taken for a near one.

use std::collections::{BTreeMap, BTreeSet};

use crate::recognising::recognise::Vocabulary;
use crate::schema::Schema;

/// Of the file's columns with a name, what a schema must know.
const OF_COLUMNS_MIN: f64 = 0.5;
/// Below this a schema is not meant. It asks for a third of the schema's names by weight, or for more where the
/// file has names that the schema does not know.
const CONFIDENCE_MIN: f64 = 0.5;
/// A table with only some of a schema's columns is meant for it all the same where by weight so much of what it has is
/// the schema's,
const OF_FILE_MIN: f64 = 0.8;
/// and where that weighs so much: two names that only the old and the new edition share, or one that no other has.
const DISTINCT_MIN: f64 = 0.9;
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

/// The schema of `vocabulary` that a table with the columns `names` fits best, if it fits one.
pub(crate) fn schema<'s>(names: &BTreeSet<&str>, vocabulary: &Vocabulary<'s>) -> Option<Guess<'s>> {
    let weight = |name: &str| match vocabulary.exact(name).len() {
        0 => WEIGHT_OF_UNKNOWN,
        schemas => 1.0 / schemas as f64,
    };
    let of_names: f64 = names.iter().copied().map(weight).sum();
    let mut met: Vec<Met> = vocabulary.schemas().iter().map(|_| Met::default()).collect();
    for name in names {
        let meanings = vocabulary.exact(name).iter().chain(vocabulary.loose_if_unknown(name));
        for meaning in meanings {
            let Some(met) = met.get_mut(meaning.schema) else { continue };
            // A field that is there as it stands is not there again under another name.
            let worth = met.fields.entry(&meaning.field.name).or_default();
            let (before, after) = (*worth, worth.max(meaning.how.worth()));
            *worth = after;
            let weight_of_field = weight(&meaning.field.name);
            met.shared += (after - before) * weight_of_field;
            if before == 0.0 {
                met.of_file += weight_of_field - weight(name);
            }
        }
    }
    let guesses = vocabulary.schemas().iter().zip(met).filter_map(|(schema, met)| {
        let matched = met.fields.len();
        // Columns that may or may not belong to the schema speak neither for nor against it.
        let extra = schema.optional_extra_columns.iter().filter(|extra| names.contains(extra.as_str()));
        let (extras, of_extras) =
            extra.fold((0, 0.0), |(count, sum), extra| (count + 1, sum + weight(extra)));
        let of_file = of_names + met.of_file - of_extras;
        let of_schema: f64 = schema.fields.iter().map(|field| weight(&field.name)).sum();
        let confidence = in_hundredths(2.0 * met.shared / (of_file + of_schema));
        let fits = matched as f64 >= OF_COLUMNS_MIN * (names.len() - extras) as f64;
        let is_part = met.shared >= DISTINCT_MIN && met.shared >= OF_FILE_MIN * of_file;
        let is_meant = fits && (confidence >= CONFIDENCE_MIN || is_part);
        is_meant.then_some(Guess { schema, confidence, matched })
    });
    guesses.max_by(|a, b| a.confidence.total_cmp(&b.confidence).then(a.matched.cmp(&b.matched)))
}

/// What a table shares with one schema.
#[derive(Debug, Clone, Default)]
struct Met<'s> {
    /// The fields that are there, with what their names are worth.
    fields: BTreeMap<&'s str, f64>,
    /// What those weigh together.
    shared: f64,
    /// How much more the file's names weigh as the schema has them.
    of_file: f64,
}

/// `share` with two decimals.
pub(crate) fn in_hundredths(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schemas::Schemas;

    #[track_caller]
    fn guesses(names: &[&str], expected: Option<&str>) {
        let schemas = Schemas::embedded();
        let guess = schema(&names.iter().copied().collect(), &Vocabulary::of(schemas.iter()));
        assert_eq!(guess.map(|guess| guess.schema.id.to_string()).as_deref(), expected, "{names:?}");
    }

    #[test]
    fn the_columns_of_a_schema_are_that_schema_for_certain() {
        let schemas = Schemas::embedded();
        for meant in schemas.iter() {
            let names = meant.fields.iter().map(|field| field.name.as_str()).collect();
            let guess = schema(&names, &Vocabulary::of(schemas.iter()))
                .map(|guess| (&guess.schema.id, guess.confidence));
            assert_eq!(guess, Some((&meant.id, 1.0)));
        }
    }

    #[test]
    fn some_columns_of_a_schema_are_enough_where_they_are_its_own() {
        guesses(
            &["ID", "名称", "所在地_連結表記", "緯度", "経度", "男性トイレ総数", "女性トイレ総数", "備考"],
            Some("hyojun/public_toilet"),
        );
        guesses(&["ID", "名称", "所在地_連結表記", "緯度", "経度", "備考"], None);
        guesses(
            &["ID", "名称", "男性トイレ総数", "女性トイレ総数", "設計者", "工事費", "施工年", "入札番号"],
            None,
        );
    }

    #[test]
    fn names_spelt_otherwise_count_a_little_less() {
        let schemas = Schemas::embedded();
        let vocabulary = Vocabulary::of(schemas.iter());
        let id = "hyojun/public_toilet".parse().expect("an id");
        let toilets = schemas.get(&id).expect("it is embedded");
        let spelt: Vec<String> = toilets
            .fields
            .iter()
            .map(|field| field.name.chars().flat_map(|it| [it, '　']).collect())
            .collect();
        let guess = schema(&spelt.iter().map(String::as_str).collect(), &vocabulary);
        let guess = guess.map(|guess| (&guess.schema.id, guess.confidence));
        assert!(guess.is_some_and(|(found, sure)| *found == id && (0.95..1.0).contains(&sure)), "{guess:?}");
    }

    #[test]
    fn columns_of_the_citys_own_beside_the_standards_do_not_hide_it() {
        let schemas = Schemas::embedded();
        let id = "suisho/tourism".parse().expect("an id");
        let tourism = schemas.get(&id).expect("it is embedded");
        let own: Vec<String> = (1..20).map(|number| format!("区分{number}")).collect();
        let names = tourism.fields.iter().map(|field| &field.name).chain(&own).map(String::as_str);
        let guess = schema(&names.collect(), &Vocabulary::of(schemas.iter()));
        assert_eq!(guess.map(|guess| &guess.schema.id), Some(&id));
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
