//! The syntaxes of RDF in which a description is given, and writing them.

use std::io;

use oxrdf::TripleRef;
use oxrdfxml::RdfXmlSerializer;
use oxttl::TurtleSerializer;

use super::description::Statement;
use super::jsonld;
use super::vocab::PREFIXES;

/// A syntax of RDF. All three say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Syntax {
    /// [Turtle](https://www.w3.org/TR/turtle/)
    Turtle,
    /// [RDF/XML](https://www.w3.org/TR/rdf-syntax-grammar/)
    RdfXml,
    /// [JSON-LD 1.1](https://www.w3.org/TR/json-ld11/), compact, with its context inside.
    JsonLd,
}

impl Syntax {
    /// All of them.
    pub const ALL: [Syntax; 3] = [Syntax::Turtle, Syntax::RdfXml, Syntax::JsonLd];

    /// The extension in addresses.
    pub fn extension(self) -> &'static str {
        match self {
            Syntax::Turtle => "ttl",
            Syntax::RdfXml => "rdf",
            Syntax::JsonLd => "jsonld",
        }
    }

    /// The IANA media type, without parameters. The bytes are UTF-8.
    pub fn media_type(self) -> &'static str {
        match self {
            Syntax::Turtle => "text/turtle",
            Syntax::RdfXml => "application/rdf+xml",
            Syntax::JsonLd => "application/ld+json",
        }
    }

    /// The syntax whose addresses end in `extension`.
    pub fn from_extension(extension: &str) -> Option<Syntax> {
        Syntax::ALL.into_iter().find(|syntax| syntax.extension() == extension)
    }
}

/// Writes what is told in its order; neighbours with one subject are written as one node.
pub fn write(statements: &[Statement], syntax: Syntax) -> Vec<u8> {
    let triples: Vec<TripleRef<'_>> = statements.iter().map(Statement::triple).collect();
    write_triples(&triples, syntax)
}

pub(super) fn write_triples(triples: &[TripleRef<'_>], syntax: Syntax) -> Vec<u8> {
    match syntax {
        Syntax::Turtle => turtle(triples).expect("a Vec takes every byte"),
        Syntax::RdfXml => rdf_xml(triples).expect("a Vec takes every byte"),
        Syntax::JsonLd => jsonld::write(triples),
    }
}

/// What a triple takes, about.
const TRIPLE_BYTES: usize = 80;

fn turtle(triples: &[TripleRef<'_>]) -> io::Result<Vec<u8>> {
    let mut serializer = TurtleSerializer::new();
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(prefix, namespace).expect("a namespace is an IRI");
    }
    let mut writer = serializer.for_writer(Vec::with_capacity(triples.len() * TRIPLE_BYTES));
    for triple in triples {
        writer.serialize_triple(*triple)?;
    }
    writer.finish()
}

fn rdf_xml(triples: &[TripleRef<'_>]) -> io::Result<Vec<u8>> {
    let mut serializer = RdfXmlSerializer::new();
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(prefix, namespace).expect("a namespace is an IRI");
    }
    let mut writer = serializer.for_writer(Vec::with_capacity(triples.len() * TRIPLE_BYTES));
    for triple in triples {
        writer.serialize_triple(*triple)?;
    }
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::Syntax;

    #[test]
    fn an_extension_leads_back_to_its_syntax() {
        for syntax in Syntax::ALL {
            assert_eq!(Syntax::from_extension(syntax.extension()), Some(syntax));
        }
        assert_eq!(Syntax::from_extension("xml"), None);
    }
}
