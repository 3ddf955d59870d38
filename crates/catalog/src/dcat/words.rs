//! The words of our own: what no vocabulary in wide use has a term for. `/vocabulary` tells them all.
//!
//! Here are their definitions as data, and how one is told in linked data. The crates to the right have words of their
//! own and tell them in the same way.

use oxrdf::NamedNodeRef;
use oxrdf::vocab::{rdf, rdfs};

use super::Scope;
use super::description::Description;
use super::vocab::{dcat, dct, dqv, foaf, owl, skos};

/// A word of our own.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Its name in addresses: `/vocabulary#rows`.
    pub name: &'static str,
    /// What kind of word it is.
    pub kind: WordKind,
    /// Its Japanese label.
    pub label: &'static str,
    /// Its English label.
    pub label_en: &'static str,
    /// What it means, in a Japanese sentence.
    pub definition: &'static str,
}

/// What kind of word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// A class, more special than the classes named.
    Class(&'static [NamedNodeRef<'static>]),
    /// A property.
    Property,
    /// Something that is measured of a file, as a value of the datatype, in the dimension of quality.
    Metric(NamedNodeRef<'static>, Dimension),
    /// What a dataset is to that which it is related with.
    Role,
    /// A point of a scale, or a kind.
    Concept,
}

/// A dimension of quality, of [those of linked data](https://www.w3.org/2016/05/ldqd).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// Whether everything is there.
    Completeness,
    /// Whether it is written as it should be.
    SyntacticValidity,
    /// Whether machines of others can read it.
    Interoperability,
}

/// What a dataset is that shows how far something has come.
pub const EVIDENCE: Word = Word {
    name: "evidence",
    kind: WordKind::Role,
    label: "裏付けるデータ",
    label_en: "evidence",
    definition: "計画の取組事項の数値や判断を裏付けるデータセットであることを表す役割です。",
};

/// Tells `/vocabulary` with those of our words that `words` holds.
pub fn tell_vocabulary(out: &mut Description, scope: &Scope<'_>, words: &[Word]) {
    out.node(&scope.iris.vocabulary())
        .is_a(owl::ONTOLOGY)
        .is_a(foaf::DOCUMENT)
        .ja(dct::TITLE, &format!("{}　語彙", scope.city.catalog_title))
        .en(dct::TITLE, &format!("{}: vocabulary", scope.city.catalog_title_en))
        .link(dct::PUBLISHER, &scope.iris.publisher())
        .link(dct::LICENSE, scope.city.catalog_licence.iri());
    for word in words {
        tell(out, scope, *word);
    }
}

/// Tells one word.
pub fn tell(out: &mut Description, scope: &Scope<'_>, word: Word) {
    let mut node = out.node(&scope.iris.term(word.name));
    match word.kind {
        WordKind::Class(above) => {
            node.is_a(rdfs::CLASS);
            for class in above {
                node.link(rdfs::SUB_CLASS_OF, class.as_str());
            }
        }
        WordKind::Property => {
            node.is_a(rdf::PROPERTY);
        }
        WordKind::Metric(datatype, dimension) => {
            node.is_a(dqv::METRIC)
                .link(dqv::EXPECTED_DATA_TYPE, datatype.as_str())
                .link(dqv::IN_DIMENSION, dimension.iri());
        }
        WordKind::Role => {
            node.is_a(dcat::ROLE);
        }
        WordKind::Concept => {
            node.is_a(skos::CONCEPT);
        }
    }
    node.ja(skos::PREF_LABEL, word.label)
        .en(skos::PREF_LABEL, word.label_en)
        .ja(skos::DEFINITION, word.definition)
        .link(rdfs::IS_DEFINED_BY, &scope.iris.vocabulary());
    if let WordKind::Metric(_, dimension) = word.kind {
        out.node(dimension.iri()).is_a(dqv::DIMENSION).en(skos::PREF_LABEL, dimension.label());
    }
}

impl Word {
    /// What kind of word it is, in one word of each language.
    pub fn kind_label(&self) -> (&'static str, &'static str) {
        match self.kind {
            WordKind::Class(_) => ("クラス", "class"),
            WordKind::Property => ("プロパティ", "property"),
            WordKind::Metric(..) => ("測定項目", "metric"),
            WordKind::Role => ("役割", "role"),
            WordKind::Concept => ("区分", "concept"),
        }
    }
}

impl Dimension {
    fn iri(self) -> &'static str {
        match self {
            Dimension::Completeness => "http://www.w3.org/2016/05/ldqd#completeness",
            Dimension::SyntacticValidity => "http://www.w3.org/2016/05/ldqd#syntacticValidity",
            Dimension::Interoperability => "http://www.w3.org/2016/05/ldqd#interoperability",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Dimension::Completeness => "Completeness",
            Dimension::SyntacticValidity => "Syntactic validity",
            Dimension::Interoperability => "Interoperability",
        }
    }
}
