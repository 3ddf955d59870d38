//! The European authority tables that harvesters read: the codes a description may name, and no others.
//!
//! The city's own lists give a code ([`crate::Term::eu`]); a code that is not in its table is not written, for
//! an IRI that is nearly right costs a portal the field or the page.

use super::description::Description;
use super::vocab::{dct, skos};

/// What the IRIs begin with: http, since strict readers compare the text.
const BASE: &str = "http://publications.europa.eu/resource/authority/";

/// The [data themes](https://op.europa.eu/en/web/eu-vocabularies/concept-scheme/-/resource?uri=http://publications.europa.eu/resource/authority/data-theme),
/// with the labels that the table gives.
pub const THEMES: [(&str, &str); 14] = [
    ("AGRI", "Agriculture, fisheries, forestry and food"),
    ("ECON", "Economy and finance"),
    ("EDUC", "Education, culture and sport"),
    ("ENER", "Energy"),
    ("ENVI", "Environment"),
    ("GOVE", "Government and public sector"),
    ("HEAL", "Health"),
    ("INTR", "International issues"),
    ("JUST", "Justice, legal system and public safety"),
    ("OP_DATPRO", "Provisional data"),
    ("REGI", "Regions and cities"),
    ("SOCI", "Population and society"),
    ("TECH", "Science and technology"),
    ("TRAN", "Transport"),
];

/// The [frequencies](https://op.europa.eu/en/web/eu-vocabularies/concept-scheme/-/resource?uri=http://publications.europa.eu/resource/authority/frequency)
/// that a city can mean.
pub const FREQUENCIES: [&str; 19] = [
    "ANNUAL",
    "ANNUAL_2",
    "AS_NEEDED",
    "BIENNIAL",
    "BIMONTHLY",
    "BIWEEKLY",
    "CONT",
    "DAILY",
    "IRREG",
    "MONTHLY",
    "NEVER",
    "NOT_PLANNED",
    "OTHER",
    "QUARTERLY",
    "QUINQUENNIAL",
    "TRIENNIAL",
    "UNKNOWN",
    "UPDATE_CONT",
    "WEEKLY",
];

/// The scheme of the data themes.
pub fn theme_taxonomy() -> String {
    format!("{BASE}data-theme")
}

/// A data theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    code: &'static str,
    label: &'static str,
}

/// The theme `code`, if the table holds it.
pub fn theme(code: &str) -> Option<Theme> {
    THEMES.iter().find(|(known, _)| *known == code).map(|&(code, label)| Theme { code, label })
}

impl Theme {
    /// Its IRI.
    pub fn iri(self) -> String {
        format!("{BASE}data-theme/{}", self.code)
    }
}

/// Of what nobody has put under a theme yet.
pub fn provisional_theme() -> Theme {
    Theme { code: "OP_DATPRO", label: "Provisional data" }
}

/// The IRI of the frequency `code`, if the table holds it.
pub fn frequency(code: &str) -> Option<String> {
    FREQUENCIES.contains(&code).then(|| format!("{BASE}frequency/{code}"))
}

/// How often is not known.
pub fn unknown_frequency() -> String {
    format!("{BASE}frequency/UNKNOWN")
}

/// The IRI of the file type `code`, as [`crate::Format::eu`] gives it.
pub fn file_type(code: &str) -> String {
    format!("{BASE}file-type/{code}")
}

/// Japanese.
pub fn japanese() -> String {
    format!("{BASE}language/JPN")
}

/// Open to everybody.
pub fn public() -> String {
    format!("{BASE}access-right/PUBLIC")
}

/// Here to stay.
pub fn stable() -> String {
    format!("{BASE}planned-availability/STABLE")
}

/// How far a thing has come, from the [ADMS status vocabulary](http://purl.org/adms/status/).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Done, and in force.
    Completed,
    /// Followed by something newer.
    Deprecated,
    /// On its way.
    UnderDevelopment,
}

impl Status {
    /// Its IRI.
    pub fn iri(self) -> &'static str {
        match self {
            Status::Completed => "http://purl.org/adms/status/Completed",
            Status::Deprecated => "http://purl.org/adms/status/Deprecated",
            Status::UnderDevelopment => "http://purl.org/adms/status/UnderDevelopment",
        }
    }
}

/// Tells a status.
pub fn tell_status(out: &mut Description, status: Status) {
    let label = match status {
        Status::Completed => "Completed",
        Status::Deprecated => "Deprecated",
        Status::UnderDevelopment => "Under development",
    };
    out.node(status.iri()).is_a(skos::CONCEPT).en(skos::PREF_LABEL, label);
}

/// Tells the scheme of the themes.
pub fn tell_theme_taxonomy(out: &mut Description) {
    out.node(&theme_taxonomy()).is_a(skos::CONCEPT_SCHEME).en(dct::TITLE, "Data theme");
}

/// Tells a theme and the scheme it belongs to.
pub fn tell_theme(out: &mut Description, theme: Theme) {
    out.node(&theme.iri())
        .is_a(skos::CONCEPT)
        .en(skos::PREF_LABEL, theme.label)
        .link(skos::IN_SCHEME, &theme_taxonomy());
    tell_theme_taxonomy(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_the_table_has_an_iri() {
        assert_eq!(
            theme("GOVE").map(Theme::iri).as_deref(),
            Some("http://publications.europa.eu/resource/authority/data-theme/GOVE")
        );
        assert_eq!(
            frequency("ANNUAL_2").as_deref(),
            Some("http://publications.europa.eu/resource/authority/frequency/ANNUAL_2")
        );
    }

    #[test]
    fn a_code_that_is_nearly_right_has_none() {
        for code in ["gove", "GOV", "", "GOVE ", "ANNUAL"] {
            assert_eq!(theme(code), None, "{code}");
        }
        for code in ["annual", "YEARLY", "", "GOVE"] {
            assert_eq!(frequency(code), None, "{code}");
        }
    }

    #[test]
    fn what_has_no_theme_yet_has_one_of_the_table() {
        assert_eq!(theme("OP_DATPRO"), Some(provisional_theme()));
    }

    #[test]
    fn the_tables_are_in_order_and_hold_each_code_once() {
        assert!(THEMES.is_sorted_by(|(a, _), (b, _)| a < b));
        assert!(FREQUENCIES.is_sorted_by(|a, b| a < b));
    }
}
