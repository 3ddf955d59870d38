//! What a catalog knows of a dataset: it settles the rules that no file settles alone (L1-09, L3-02, L3-03,
//! L3-07, L3-08).

use std::collections::BTreeSet;

use super::breach::What;

/// What the catalog knows of the dataset to which a file belongs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// A list of the codes that are used, with their meaning, is attached.
    pub codes: bool,
    /// It is written what a blank means.
    pub blanks: bool,
    /// It is written what signs in columns of numbers mean.
    pub signs: bool,
    /// Definitions of the items, the source and the changes are written.
    pub definitions: bool,
    /// The names of the columns of the revision before; empty where there is none.
    pub earlier_columns: Vec<String>,
}

/// What differs between the columns of several files (L3-07); nothing where they are alike.
///
/// The sets of names have a Jaccard index of 0.8 or more, each two of them; the numbers of columns a standard
/// deviation of 1.5 or less; the names that all have stand in one order.
pub fn alike(files: &[&[String]]) -> Vec<What> {
    let sets: Vec<BTreeSet<&str>> =
        files.iter().map(|names| names.iter().map(String::as_str).collect()).collect();
    let is_near = |one: &BTreeSet<&str>, other: &BTreeSet<&str>| {
        one.intersection(other).count() * 10 >= one.union(other).count() * 8
    };
    let near = sets
        .iter()
        .enumerate()
        .all(|(index, one)| sets.iter().skip(index + 1).all(|other| is_near(one, other)));
    let widths: Vec<f64> = files.iter().map(|names| names.len() as f64).collect();
    let mean = widths.iter().sum::<f64>() / widths.len().max(1) as f64;
    let variance =
        widths.iter().map(|width| (width - mean).powi(2)).sum::<f64>() / widths.len().max(1) as f64;
    let common: Option<BTreeSet<&str>> =
        sets.iter().cloned().reduce(|all, one| all.intersection(&one).copied().collect());
    let common = common.unwrap_or_default();
    let mut orders = files.iter().map(|names| {
        names.iter().map(String::as_str).filter(|name| common.contains(name)).collect::<Vec<_>>()
    });
    let first = orders.next();
    let one_order = common.len() < 2 || orders.all(|order| Some(&order) == first.as_ref());
    [(near, What::OtherColumns), (variance.sqrt() <= 1.5, What::OtherWidth), (one_order, What::OtherOrder)]
        .into_iter()
        .filter(|(is_good, _)| !is_good)
        .map(|(_, what)| what)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn differ(one: &str, other: &str, expected: &[What]) {
        let names = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(alike(&[&names(one), &names(other)]), expected);
    }

    #[test]
    fn the_same_columns_in_one_order_are_alike() {
        differ("ID 名称 住所", "ID 名称 住所", &[]);
        differ("a b c d e f g h i", "a b c d e f g h i j", &[]);
    }

    #[test]
    fn other_names_more_columns_and_another_order_are_told() {
        differ("ID 名称 住所", "ID 施設名 所在地", &[What::OtherColumns]);
        differ("ID 名称 住所", "名称 ID 住所", &[What::OtherOrder]);
        differ("a b", "a b c d e f", &[What::OtherColumns, What::OtherWidth]);
    }
}
