//! A description as it grows: node after node, each told once and as a whole.
//!
//! Texts and links come in from people; what goes out is always good RDF without blank nodes. A text is
//! cleaned, a link that is no IRI is left out, and neither spoils the rest of the page. What to tell, and in
//! which order, is the business of the callers.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use foldhash::fast::RandomState;
use jiff::Timestamp;
use jiff::civil::Date;
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{LiteralRef, NamedNodeRef, TermRef, TripleRef};

/// The nodes told so far.
#[derive(Debug, Default)]
pub struct Description {
    statements: Vec<Statement>,
    told: Iris,
    /// Those that were found good.
    iris: Iris,
}

/// IRIs are long and looked up for every triple: what hashes them matters.
type Iris = HashSet<Arc<str>, RandomState>;

/// A triple that shares its IRIs with the others of its description: a page of the catalog has ten thousand.
#[derive(Debug, Clone)]
pub struct Statement {
    subject: Arc<str>,
    predicate: Iri,
    object: Object,
}

/// An IRI that others share.
#[derive(Debug, Clone)]
enum Iri {
    /// One of a vocabulary.
    Word(NamedNodeRef<'static>),
    Own(Arc<str>),
}

/// What is told of a subject.
#[derive(Debug, Clone)]
enum Object {
    Iri(Iri),
    Plain(String),
    /// A text and its language.
    Text(String, &'static str),
    Typed(String, NamedNodeRef<'static>),
}

/// One node of a [`Description`], to be told in the order a person reads.
#[derive(Debug)]
pub struct Node<'d> {
    subject: Option<Arc<str>>,
    description: &'d mut Description,
}

impl Statement {
    /// It as a triple.
    pub fn triple(&self) -> TripleRef<'_> {
        let object: TermRef<'_> = match &self.object {
            Object::Iri(iri) => iri.node().into(),
            Object::Plain(text) => LiteralRef::new_simple_literal(text).into(),
            Object::Text(text, language) => {
                LiteralRef::new_language_tagged_literal_unchecked(text, language).into()
            }
            Object::Typed(text, datatype) => LiteralRef::new_typed_literal(text, *datatype).into(),
        };
        TripleRef::new(NamedNodeRef::new_unchecked(&self.subject), self.predicate.node(), object)
    }
}

impl Iri {
    fn node(&self) -> NamedNodeRef<'_> {
        match self {
            Iri::Word(word) => *word,
            Iri::Own(iri) => NamedNodeRef::new_unchecked(iri),
        }
    }
}

impl Description {
    /// Begins the node `iri`. When it was told before, or can be no IRI, what follows is dropped.
    pub fn node(&mut self, iri: &str) -> Node<'_> {
        let subject = self.iri(iri).filter(|subject| self.told.insert(Arc::clone(subject)));
        Node { subject, description: self }
    }

    /// All that was told.
    pub fn into_statements(self) -> Vec<Statement> {
        self.statements
    }

    /// `text` as an IRI of the web; `None` when a harvester would stumble over it.
    fn iri(&mut self, text: &str) -> Option<Arc<str>> {
        if let Some(known) = self.iris.get(text) {
            return Some(Arc::clone(known));
        }
        is_web_iri(text).then(|| {
            let iri: Arc<str> = text.into();
            self.iris.insert(Arc::clone(&iri));
            iri
        })
    }
}

impl Node<'_> {
    /// It is one of `class`.
    pub fn is_a(&mut self, class: NamedNodeRef<'static>) -> &mut Self {
        self.push(rdf::TYPE, Object::Iri(Iri::Word(class)))
    }

    /// It is one of the class named `iri`, a class of our own.
    pub fn is_one_of(&mut self, iri: &str) -> &mut Self {
        self.link(rdf::TYPE, iri)
    }

    /// A text in Japanese.
    pub fn ja(&mut self, predicate: NamedNodeRef<'static>, text: &str) -> &mut Self {
        self.text(predicate, "ja", text)
    }

    /// A text in English.
    pub fn en(&mut self, predicate: NamedNodeRef<'static>, text: &str) -> &mut Self {
        self.text(predicate, "en", text)
    }

    /// A text in no language: an identifier, a version.
    pub fn plain(&mut self, predicate: NamedNodeRef<'static>, text: &str) -> &mut Self {
        match self.clean(text) {
            Some(text) => self.push(predicate, Object::Plain(text)),
            None => self,
        }
    }

    /// A link to `iri`, which is told elsewhere; left out when it can be no IRI.
    pub fn link(&mut self, predicate: NamedNodeRef<'static>, iri: &str) -> &mut Self {
        match self.iri(iri) {
            Some(object) => self.push(predicate, Object::Iri(Iri::Own(object))),
            None => self,
        }
    }

    /// A link to `iri` by the predicate `word`, one of our own.
    pub fn own_link(&mut self, word: &str, iri: &str) -> &mut Self {
        if let (Some(predicate), Some(object)) = (self.iri(word), self.iri(iri)) {
            self.tell(Iri::Own(predicate), Object::Iri(Iri::Own(object)));
        }
        self
    }

    /// A moment, in UTC and whole seconds, with its zone.
    pub fn moment(&mut self, predicate: NamedNodeRef<'static>, moment: Timestamp) -> &mut Self {
        let text = moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        self.push(predicate, Object::Typed(text, xsd::DATE_TIME))
    }

    /// A day.
    pub fn day(&mut self, predicate: NamedNodeRef<'static>, day: Date) -> &mut Self {
        self.push(predicate, Object::Typed(day.to_string(), xsd::DATE))
    }

    /// A value whose text is good for `datatype` as it stands.
    pub fn typed(
        &mut self,
        predicate: NamedNodeRef<'static>,
        text: String,
        datatype: NamedNodeRef<'static>,
    ) -> &mut Self {
        self.push(predicate, Object::Typed(text, datatype))
    }

    fn text(&mut self, predicate: NamedNodeRef<'static>, language: &'static str, text: &str) -> &mut Self {
        match self.clean(text) {
            Some(text) => self.push(predicate, Object::Text(text, language)),
            None => self,
        }
    }

    /// As [`Description::iri`]; `None` as well where nothing is told of this node any more. A page of the catalog comes to the
    /// nodes that its datasets share a hundred times, and tells them once.
    fn iri(&mut self, text: &str) -> Option<Arc<str>> {
        self.subject.is_some().then(|| self.description.iri(text)).flatten()
    }

    /// As [`clean`]; `None` as well where nothing is told of this node any more.
    fn clean(&self, text: &str) -> Option<String> {
        self.subject.is_some().then(|| clean(text)).flatten()
    }

    fn push(&mut self, predicate: NamedNodeRef<'static>, object: Object) -> &mut Self {
        self.tell(Iri::Word(predicate), object);
        self
    }

    fn tell(&mut self, predicate: Iri, object: Object) {
        if let Some(subject) = &self.subject {
            self.description.statements.push(Statement { subject: Arc::clone(subject), predicate, object });
        }
    }
}

/// Whether `text` is an IRI of the web, over which no harvester stumbles.
fn is_web_iri(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']))
        && NamedNodeRef::new(text).is_ok()
}

/// `text` as every syntax can carry it: line ends as `\n`, no control characters, none at either end blank;
/// `None` when nothing remains.
///
/// Rule: [XML 1.0, Char](https://www.w3.org/TR/xml/#charsets) and its
/// [line ends](https://www.w3.org/TR/xml/#sec-line-ends), the narrowest of the three syntaxes.
pub fn clean(text: &str) -> Option<String> {
    let is_clean = text.chars().all(|letter| letter != '\r' && is_carried(letter));
    let cleaned: Cow<'_, str> = match is_clean {
        true => text.into(),
        false => text.replace("\r\n", "\n").replace('\r', "\n").replace(|it| !is_carried(it), "").into(),
    };
    let trimmed = cleaned.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

fn is_carried(letter: char) -> bool {
    matches!(letter, '\n' | '\t') || !(letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}'))
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
            assert!(is_web_iri(good), "{good}");
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
            assert!(!is_web_iri(bad), "{bad}");
        }
    }
}
