//! A description as it grows: node after node, each told once and as a whole.
//!
//! Texts and links come in from people; what goes out is always good RDF without blank nodes. A text is
//! cleaned, a link that is no IRI is left out, and neither spoils the rest of the page. What to tell, and in
//! which order, is the business of the callers.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};

/// The nodes told so far.
#[derive(Debug, Default)]
pub struct Description {
    triples: Vec<Triple>,
    told: HashSet<NamedNode>,
}

/// One node of a [`Description`], to be told in the order a person reads.
#[derive(Debug)]
pub struct Node<'d> {
    subject: Option<NamedNode>,
    triples: &'d mut Vec<Triple>,
}

impl Description {
    /// Begins the node `iri`. When it was told before, or can be no IRI, what follows is dropped.
    pub fn node(&mut self, iri: &str) -> Node<'_> {
        let subject = web_iri(iri).filter(|subject| self.told.insert(subject.clone()));
        Node { subject, triples: &mut self.triples }
    }

    /// All that was told.
    pub fn into_triples(self) -> Vec<Triple> {
        self.triples
    }
}

impl Node<'_> {
    /// It is one of `class`.
    pub fn is_a(&mut self, class: NamedNodeRef<'_>) -> &mut Self {
        self.push(rdf::TYPE, class.into_owned())
    }

    /// It is one of the class named `iri`, a class of our own.
    pub fn is_one_of(&mut self, iri: &str) -> &mut Self {
        self.link(rdf::TYPE, iri)
    }

    /// A text in Japanese.
    pub fn ja(&mut self, predicate: NamedNodeRef<'_>, text: &str) -> &mut Self {
        self.text(predicate, "ja", text)
    }

    /// A text in English.
    pub fn en(&mut self, predicate: NamedNodeRef<'_>, text: &str) -> &mut Self {
        self.text(predicate, "en", text)
    }

    /// A text in no language: an identifier, a version.
    pub fn plain(&mut self, predicate: NamedNodeRef<'_>, text: &str) -> &mut Self {
        match clean(text) {
            Some(text) => self.push(predicate, Literal::new_simple_literal(text)),
            None => self,
        }
    }

    /// A link to `iri`, which is told elsewhere; left out when it can be no IRI.
    pub fn link(&mut self, predicate: NamedNodeRef<'_>, iri: &str) -> &mut Self {
        match web_iri(iri) {
            Some(object) => self.push(predicate, object),
            None => self,
        }
    }

    /// A moment, in UTC and whole seconds, with its zone.
    pub fn moment(&mut self, predicate: NamedNodeRef<'_>, moment: Timestamp) -> &mut Self {
        let text = moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        self.push(predicate, Literal::new_typed_literal(text, xsd::DATE_TIME))
    }

    /// A day.
    pub fn day(&mut self, predicate: NamedNodeRef<'_>, day: Date) -> &mut Self {
        self.push(predicate, Literal::new_typed_literal(day.to_string(), xsd::DATE))
    }

    /// A value whose text is good for `datatype` as it stands.
    pub fn typed(
        &mut self,
        predicate: NamedNodeRef<'_>,
        text: String,
        datatype: NamedNodeRef<'_>,
    ) -> &mut Self {
        self.push(predicate, Literal::new_typed_literal(text, datatype))
    }

    fn text(&mut self, predicate: NamedNodeRef<'_>, language: &str, text: &str) -> &mut Self {
        match clean(text) {
            Some(text) => {
                self.push(predicate, Literal::new_language_tagged_literal_unchecked(text, language))
            }
            None => self,
        }
    }

    fn push(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> &mut Self {
        if let Some(subject) = &self.subject {
            self.triples.push(Triple::new(subject.clone(), predicate.into_owned(), object));
        }
        self
    }
}

/// `text` as an IRI of the web; `None` when a harvester would stumble over it.
pub fn web_iri(text: &str) -> Option<NamedNode> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    if rest.is_empty() || rest.starts_with(['/', '?', '#']) {
        return None;
    }
    NamedNode::new(text).ok()
}

/// `text` as every syntax can carry it: line ends as `\n`, no control characters, none at either end blank;
/// `None` when nothing remains.
///
/// Rule: [XML 1.0, Char](https://www.w3.org/TR/xml/#charsets) and its
/// [line ends](https://www.w3.org/TR/xml/#sec-line-ends), the narrowest of the three syntaxes.
pub fn clean(text: &str) -> Option<String> {
    let cleaned: String = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}')))
        .collect();
    let trimmed = cleaned.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cleans(text: &str, expected: Option<&str>) {
        assert_eq!(clean(text).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn line_ends_become_one_kind() {
        cleans("一行目\r\n二行目\r三行目", Some("一行目\n二行目\n三行目"));
    }

    #[test]
    fn control_characters_go() {
        cleans("公衆\u{0}トイレ\u{1b}[31m\u{85}\u{ffff}", Some("公衆トイレ[31m"));
    }

    #[test]
    fn a_text_of_blanks_is_none() {
        cleans(" \u{3000}\n\u{7}", None);
    }

    #[test]
    fn only_iris_of_the_web_become_links() {
        for good in ["https://example.jp/a", "http://example.jp", "https://example.jp/データ"] {
            assert!(web_iri(good).is_some(), "{good}");
        }
        for bad in [
            "annuel",
            "/relative",
            "https://",
            "https:///a",
            "https://a b",
            "https://a https://b",
            "dcat:Dataset",
            "javascript:alert(1)",
            "https://a/\"><script>",
            "https://a/\n",
        ] {
            assert!(web_iri(bad).is_none(), "{bad}");
        }
    }
}
