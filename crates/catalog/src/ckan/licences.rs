//! Licences by the names that a stock CKAN knows: one of another name counts there as not open.

use unicode_normalization::UnicodeNormalization;

use crate::licence::Licence;

/// The id of `licence` among those of a stock CKAN.
///
/// A stock CKAN has no id for PDL 1.0; `other-at` (others that ask for attribution) is what it counts among the open
/// ones. Title and address tell which it is. Rule: CKAN's `model/license.py`.
pub fn id(licence: Licence) -> &'static str {
    match licence {
        Licence::CcBy4 => "cc-by",
        Licence::Cc0 => "cc-zero",
        Licence::Pdl1 => "other-at",
    }
}

/// How a licence that another portal tells of was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recognised {
    /// The licence.
    pub licence: Licence,
    /// Whether the portal named its version; otherwise it is taken for the one that is usual now.
    pub is_sure: bool,
}

/// The licence that a portal or a list means by any of `texts`: an id, an address or a title. The first that reads counts.
pub fn recognised<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Recognised> {
    let mut unsure = None;
    for text in texts {
        match read(&plain(text)) {
            Some(known) if known.is_sure => return Some(known),
            other => unsure = unsure.or(other),
        }
    }
    unsure
}

/// Letters and digits alone, in one width and case: `Creative　Commons Attribution 4.0` is `creativecommonsattribution40`.
fn plain(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()).collect()
}

fn read(plain: &str) -> Option<Recognised> {
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let sure = |licence| Some(Recognised { licence, is_sure: true });
    if has(&["pdl1", "公共データ利用規約", "publicdatalicense"]) {
        return sure(Licence::Pdl1);
    }
    if has(&["cczero", "cc0", "publicdomainzero"]) {
        return sure(Licence::Cc0);
    }
    // What forbids something, or asks for more, is none of ours: `by-sa`, `by-nc`, `by-nd`, 継承, 非営利, 改変禁止.
    if has(&["bysa", "bync", "bynd", "sharealike", "noncommercial", "noderiv", "継承", "非営利", "改変禁止"])
    {
        return None;
    }
    let is_by = has(&[
        "ccby",
        "licensesby",
        "creativecommonsattribution",
        "クリエイティブコモンズ表示",
        "creativecommons表示",
    ]);
    if !is_by {
        return None;
    }
    match plain.chars().find(char::is_ascii_digit) {
        Some('4') => sure(Licence::CcBy4),
        Some(_) => None, // another version: 2.1 JP, 3.0
        None => Some(Recognised { licence: Licence::CcBy4, is_sure: false }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: Option<(Licence, bool)>) {
        let read = recognised([text]).map(|known| (known.licence, known.is_sure));
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn licences_are_known_by_id_address_and_title() {
        for text in [
            "CC-BY-4.0",
            "CC BY 4.0",
            "https://creativecommons.org/licenses/by/4.0/",
            "Creative　Commons　Attribution　4.0　International",
            "クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）",
            "ＣＣ－ＢＹ　４．０",
        ] {
            reads(text, Some((Licence::CcBy4, true)));
        }
        for text in [
            "cc-zero",
            "CC0-1.0",
            "https://creativecommons.org/publicdomain/zero/1.0/",
            "Creative Commons CCZero",
        ] {
            reads(text, Some((Licence::Cc0, true)));
        }
        for text in ["PDL1.0", "公共データ利用規約（第1.0版）"] {
            reads(text, Some((Licence::Pdl1, true)));
        }
    }

    #[test]
    fn a_licence_without_a_version_is_taken_for_the_usual_one_and_says_so() {
        reads("cc-by", Some((Licence::CcBy4, false)));
        reads("Creative Commons Attribution", Some((Licence::CcBy4, false)));
        let known = recognised(["cc-by", "", "https://creativecommons.org/licenses/by/4.0/"]);
        assert_eq!(known, Some(Recognised { licence: Licence::CcBy4, is_sure: true }));
    }

    #[test]
    fn other_versions_and_other_licences_are_not_taken_for_ours() {
        for text in [
            "CC BY 2.1 JP",
            "CC BY-SA 4.0",
            "cc-by-nc",
            "CC BY-ND 4.0",
            "other-closed",
            "政府標準利用規約（第2.0版）",
            "",
        ] {
            reads(text, None);
        }
    }

    #[test]
    fn our_own_names_are_known_again() {
        for licence in Licence::ALL {
            for text in [licence.id(), licence.iri(), licence.title(), licence.short()] {
                reads(text, Some((licence, true)));
            }
        }
    }
}
