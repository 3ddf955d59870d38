//! Which field of a schema a column is meant to be, however its name is spelt.
//!
//! Exactly, under another name it has been seen under ([`Field::aliases`]), with the same letters in another
//! width or with other signs between, or nearly. Which schema is meant is [`crate::recognising::guess`]'s business; what is
//! said of a name that is not the schema's own is [`crate::recognising::header`]'s.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::schema::{Field, Schema};

/// How a name was recognised, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    /// Letter by letter.
    Exact,
    /// With the same letters, but for their width, blanks and signs.
    Normalised,
    /// As another name of the field.
    Alias,
    /// With one or two letters that differ, or with something more in brackets behind.
    Near,
}

impl How {
    /// What a name that was recognised so is worth, from 0 to 1.
    pub fn worth(self) -> f64 {
        match self {
            How::Exact => 1.0,
            How::Normalised => 0.95,
            How::Alias => 0.9,
            How::Near => 0.8,
        }
    }
}

/// The names of all fields of some schemas.
pub(crate) struct Vocabulary<'s> {
    schemas: Vec<&'s Schema>,
    exact: HashMap<&'s str, Vec<Entry<'s>>>,
    /// By [`key`]; made when a name is not found as it stands.
    loose: OnceCell<HashMap<String, Vec<Entry<'s>>>>,
}

/// One meaning of a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'s> {
    /// Which of the schemas, from 0.
    pub schema: usize,
    /// The field it is there.
    pub field: &'s Field,
    /// How it was recognised.
    pub how: How,
}

impl<'s> Vocabulary<'s> {
    pub fn of(schemas: impl IntoIterator<Item = &'s Schema>) -> Vocabulary<'s> {
        let schemas: Vec<&Schema> = schemas.into_iter().collect();
        let mut exact: HashMap<&str, Vec<Entry<'_>>> = HashMap::new();
        for (number, schema) in schemas.iter().enumerate() {
            for field in &schema.fields {
                let entry = Entry { schema: number, field, how: How::Exact };
                exact.entry(&field.name).or_default().push(entry);
            }
        }
        Vocabulary { schemas, exact, loose: OnceCell::new() }
    }

    /// The schemas whose names these are.
    pub fn schemas(&self) -> &[&'s Schema] {
        &self.schemas
    }

    /// What `name` means as it stands.
    pub fn exact(&self, name: &str) -> &[Entry<'s>] {
        self.exact.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// What `name` may mean, spelt otherwise, where no schema has it as it stands.
    pub fn loose_if_unknown(&self, name: &str) -> &[Entry<'s>] {
        if self.exact.contains_key(name) {
            return &[];
        }
        let loose = self.loose.get_or_init(|| self.make_loose());
        loose.get(&key(name)).map(Vec::as_slice).unwrap_or_default()
    }

    fn make_loose(&self) -> HashMap<String, Vec<Entry<'s>>> {
        let mut loose: HashMap<String, Vec<Entry<'_>>> = HashMap::new();
        for (number, schema) in self.schemas.iter().enumerate() {
            for (key, meaning) in keys(schema) {
                if let Some((field, how)) = meaning {
                    loose.entry(key).or_default().push(Entry { schema: number, field, how });
                }
            }
        }
        loose
    }
}

/// The field of `schema` that each of the columns `names` is, and how it was recognised. No field is two columns:
/// it is the one that is surest, or that comes first.
pub(crate) fn fields<'s>(schema: &'s Schema, names: &[&str]) -> Vec<Option<(&'s Field, How)>> {
    let mut found = vec![None; names.len()];
    let mut taken: HashSet<&str> = HashSet::new();
    let mut assign = |meaning: &dyn Fn(&str) -> Option<(&'s Field, How)>| {
        let free = names.iter().zip(&mut found).filter(|(name, found)| found.is_none() && !name.is_empty());
        let mut all = true;
        for (name, found) in free {
            *found = meaning(name).filter(|(field, _)| taken.insert(&field.name));
            all &= found.is_some();
        }
        all
    };
    let by_name: HashMap<&str, &Field> =
        schema.fields.iter().map(|field| (field.name.as_str(), field)).collect();
    if assign(&|name| by_name.get(name).map(|field| (*field, How::Exact))) {
        return found;
    }
    let loose = keys(schema);
    for how in [How::Normalised, How::Alias] {
        assign(&|name| loose.get(&key(name)).copied().flatten().filter(|(_, by)| *by == how));
    }
    assign(&|name| {
        let bare = without_brackets(name)?;
        loose.get(&key(bare)).copied().flatten().map(|(field, _)| (field, How::Near))
    });
    assign(&|name| near(schema, name).map(|field| (field, How::Near)));
    found
}

/// What each [`key`] means within a schema; `None` where it may mean two fields.
fn keys(schema: &Schema) -> HashMap<String, Option<(&Field, How)>> {
    let mut keys: HashMap<String, Option<(&Field, How)>> = HashMap::new();
    let own = schema.fields.iter().map(|field| (&field.name, field, How::Normalised));
    let others = schema
        .fields
        .iter()
        .flat_map(|field| field.aliases.iter().map(move |alias| (alias, field, How::Alias)));
    for (name, field, how) in own.chain(others) {
        keys.entry(key(name))
            .and_modify(|meaning| {
                *meaning = meaning.filter(|(known, by)| known.name == field.name || *by < how)
            })
            .or_insert(Some((field, how)));
    }
    keys
}

/// The one field whose name differs from `name` in one or two letters; short names and letters that turn the
/// meaning round (男性トイレ, 女性トイレ) are not guessed at.
fn near<'s>(schema: &'s Schema, name: &str) -> Option<&'s Field> {
    let name = key(name);
    let length = name.chars().count();
    let distance_max = match length {
        0..6 => return None,
        6..8 => 1,
        _ => 2,
    };
    let likely = schema.fields.iter().filter_map(|field| {
        let other = key(&field.name);
        // A cell of a megabyte must not be measured letter by letter.
        if other.chars().count().abs_diff(length) > distance_max {
            return None;
        }
        let distance = strsim::osa_distance(&name, &other);
        (distance <= distance_max && !turns_round(&name, &other)).then_some((distance, field))
    });
    let likely: Vec<(usize, &Field)> = likely.collect();
    let least = likely.iter().map(|(distance, _)| *distance).min()?;
    let mut nearest = likely.iter().filter(|(distance, _)| *distance == least).map(|(_, field)| *field);
    nearest.next().filter(|_| nearest.next().is_none())
}

/// A name without what stands in brackets behind it (a unit, another word for it), unless that makes it mean
/// something else.
fn without_brackets(name: &str) -> Option<&str> {
    let (bare, _) =
        name.strip_suffix([')', '）', '］', ']', '】'])?.split_once(['(', '（', '［', '[', '【'])?;
    Some(bare).filter(|bare| !bare.trim().is_empty() && !turns_round(name, bare))
}

/// Whether a letter that only one of the two has makes it mean something else.
fn turns_round(one: &str, other: &str) -> bool {
    const OTHER_THINGS: &str = "男女始終開閉緯経有無可否大小上下東西南北左右新旧前後入出児幼内外最未不非";
    let differs = |letter: char| letter.is_ascii_digit() || OTHER_THINGS.contains(letter);
    let lacks = |from: &str, in_that: &str| {
        from.chars()
            .filter(|letter| differs(*letter))
            .any(|letter| from.matches(letter).count() != in_that.matches(letter).count())
    };
    lacks(one, other) || lacks(other, one)
}

/// The letters of `name` whatever their width and case, without blanks, brackets, dots and dashes; 「ー」 goes too,
/// as other dashes are often typed for it.
fn key(name: &str) -> String {
    name.nfkc()
        .filter(|letter| letter.is_alphanumeric() && *letter != 'ー')
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schemas::Schemas;

    /// `name` in a table of `schema` is taken for `expected`.
    #[track_caller]
    fn takes(schema: &str, name: &str, expected: Option<(&str, How)>) {
        let schemas = Schemas::embedded();
        let schema = schemas.get(&schema.parse().expect("an id")).expect("it is embedded");
        let found = fields(schema, &[name]);
        let found = found.first().copied().flatten().map(|(field, how)| (field.name.as_str(), how));
        assert_eq!(found, expected, "{name:?}");
    }

    #[test]
    fn signs_blanks_and_width_do_not_hide_a_name() {
        let toilet = "hyojun/public_toilet";
        takes(toilet, "名称", Some(("名称", How::Exact)));
        takes(toilet, "名　称", Some(("名称", How::Normalised)));
        takes(toilet, "ＩＤ", Some(("ID", How::Normalised)));
        takes(toilet, "建物名等（方書）", Some(("建物名等(方書)", How::Normalised)));
        takes(toilet, "所在地＿都道府県", Some(("所在地_都道府県", How::Normalised)));
        let code = "都道府県コード又は市区町村コード";
        takes("suisho/preschool", "都道府県コ―ド又は市区町村コ―ド", Some((code, How::Normalised)));
    }

    #[test]
    fn other_names_of_a_field_are_known() {
        takes("hyojun/public_toilet", "住所", Some(("所在地_連結表記", How::Alias)));
        takes("suisho/public_toilet", "所在地", Some(("住所", How::Alias)));
        takes("suisho/public_facility", "電話", Some(("電話番号", How::Alias)));
        let field = "利用可能日時特記事項";
        takes("suisho/public_facility", "利用可能時間特記事項", Some((field, How::Alias)));
    }

    #[test]
    fn a_long_name_with_a_slip_is_recognised_and_a_short_one_is_not() {
        takes("hyojun/evacuation_space", "災害種別_大規模火事", Some(("災害種別_大規模な火事", How::Near)));
        takes("hyojun/public_toilet", "性別", None);
        takes("hyojun/public_toilet", "名前", None);
    }

    #[test]
    fn what_stands_in_brackets_behind_a_name_may_be_more_than_the_name() {
        takes("hyojun/public_toilet", "緯度（度）", Some(("緯度", How::Near)));
        takes("hyojun/public_toilet", "名称\n(施設の名称)", Some(("名称", How::Near)));
        takes("hyojun/public_toilet", "住所【番地まで】", Some(("所在地_連結表記", How::Near)));
        takes("hyojun/public_toilet", "名称（旧）", None);
        takes("hyojun/public_toilet", "（名称）", Some(("名称", How::Normalised)));
    }

    #[test]
    fn a_letter_that_turns_the_meaning_round_is_no_slip() {
        takes("hyojun/public_toilet", "女子トイレ総数", Some(("女性トイレ総数", How::Near)));
        takes("hyojun/public_toilet", "男児トイレ総数", None);
        takes("hyojun/evacuation_space", "画像2_ライセンス", None);
    }

    #[test]
    fn no_field_is_two_columns() {
        let schemas = Schemas::embedded();
        let schema = schemas.get(&"hyojun/public_toilet".parse().expect("an id")).expect("it is embedded");
        let hows = |names: &[&str]| -> Vec<Option<How>> {
            fields(schema, names).into_iter().map(|found| found.map(|(_, how)| how)).collect()
        };
        assert_eq!(hows(&["名 称", "名称", "名称", ""]), [None, Some(How::Exact), None, None]);
        assert_eq!(hows(&["住所", "所在地"]), [Some(How::Alias), None]);
    }
}
