//! JSON-LD as a person would write it: short names, texts by language, lists where there can be many.
//!
//! Triples in their order come in; one document goes out, a flat `@graph` behind its own `@context`, so that a
//! reader needs no network. What a name stands for is written in the table below; a term that is not in it is
//! written in full, so nothing is ever lost.
//!
//! Every name is an expanded definition, which JSON-LD 1.1 never takes for a prefix: no IRI can be misread.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, TermRef, TripleRef};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::vocab::{
    adms, dcat, dcatap, dct, dqv, eli, foaf, geo, hydra, oa, org, owl, prov, sacs, schema, skos, spdx, vcard,
};

/// How the values of a name are written.
#[derive(Clone, Copy)]
enum Form {
    /// It names a class, and stands in `@type`.
    Class,
    /// An IRI.
    Link,
    /// A list of IRIs.
    Links,
    /// Texts by their language.
    Languages,
    /// A list of Japanese texts.
    Words,
    /// A text without a language.
    Plain,
    /// A value of a datatype.
    Typed(NamedNodeRef<'static>),
}

use Form::{Class, Languages, Link, Links, Plain, Typed, Words};

/// The names of the context.
const NAMES: &[(&str, NamedNodeRef<'_>, Form)] = &[
    ("Catalog", dcat::CATALOG, Class),
    ("CatalogRecord", dcat::CATALOG_RECORD, Class),
    ("DataService", dcat::DATA_SERVICE, Class),
    ("Dataset", dcat::DATASET, Class),
    ("Distribution", dcat::DISTRIBUTION, Class),
    ("Relationship", dcat::RELATIONSHIP, Class),
    ("Role", dcat::ROLE, Class),
    ("Frequency", dct::FREQUENCY, Class),
    ("LicenseDocument", dct::LICENSE_DOCUMENT, Class),
    ("LinguisticSystem", dct::LINGUISTIC_SYSTEM, Class),
    ("Location", dct::LOCATION, Class),
    ("IMT", dct::IMT, Class),
    ("MediaType", dct::MEDIA_TYPE, Class),
    ("MediaTypeOrExtent", dct::MEDIA_TYPE_OR_EXTENT, Class),
    ("PeriodOfTime", dct::PERIOD_OF_TIME, Class),
    ("ProvenanceStatement", dct::PROVENANCE_STATEMENT, Class),
    ("RightsStatement", dct::RIGHTS_STATEMENT, Class),
    ("Standard", dct::STANDARD, Class),
    ("Dimension", dqv::DIMENSION, Class),
    ("Metric", dqv::METRIC, Class),
    ("QualityAnnotation", dqv::QUALITY_ANNOTATION, Class),
    ("QualityMeasurement", dqv::QUALITY_MEASUREMENT, Class),
    ("LegalResource", eli::LEGAL_RESOURCE, Class),
    ("Agent", foaf::AGENT, Class),
    ("Document", foaf::DOCUMENT, Class),
    ("PagedCollection", hydra::PAGED_COLLECTION, Class),
    ("PartialCollectionView", hydra::PARTIAL_COLLECTION_VIEW, Class),
    ("FormalOrganization", org::FORMAL_ORGANIZATION, Class),
    ("OrganizationalUnit", org::ORGANIZATIONAL_UNIT, Class),
    ("Ontology", owl::ONTOLOGY, Class),
    ("Activity", prov::ACTIVITY, Class),
    ("Plan", prov::PLAN, Class),
    ("Property", rdf::PROPERTY, Class),
    ("Class", rdfs::CLASS, Class),
    ("StandardAreaCode", sacs::STANDARD_AREA_CODE, Class),
    ("Observation", schema::OBSERVATION, Class),
    ("Project", schema::PROJECT, Class),
    ("QuantitativeValue", schema::QUANTITATIVE_VALUE, Class),
    ("StatisticalVariable", schema::STATISTICAL_VARIABLE, Class),
    ("Concept", skos::CONCEPT, Class),
    ("ConceptScheme", skos::CONCEPT_SCHEME, Class),
    ("Checksum", spdx::CHECKSUM, Class),
    ("Kind", vcard::KIND, Class),
    ("Organization", vcard::ORGANIZATION, Class),
    ("status", adms::STATUS, Link),
    ("versionNotes", adms::VERSION_NOTES, Languages),
    ("accessService", dcat::ACCESS_SERVICE, Links),
    ("accessURL", dcat::ACCESS_URL, Link),
    ("bbox", dcat::BBOX, Typed(geo::WKT_LITERAL)),
    ("byteSize", dcat::BYTE_SIZE, Typed(xsd::NON_NEGATIVE_INTEGER)),
    ("centroid", dcat::CENTROID, Typed(geo::WKT_LITERAL)),
    ("contactPoint", dcat::CONTACT_POINT, Link),
    ("dataset", dcat::HAS_DATASET, Links),
    ("distribution", dcat::HAS_DISTRIBUTION, Links),
    ("downloadURL", dcat::DOWNLOAD_URL, Link),
    ("endDate", dcat::END_DATE, Typed(xsd::DATE)),
    ("endpointDescription", dcat::ENDPOINT_DESCRIPTION, Link),
    ("endpointURL", dcat::ENDPOINT_URL, Link),
    ("hadRole", dcat::HAD_ROLE, Link),
    ("hasCurrentVersion", dcat::HAS_CURRENT_VERSION, Link),
    ("hasVersion", dcat::HAS_VERSION, Links),
    ("isVersionOf", dcat::IS_VERSION_OF, Link),
    ("keyword", dcat::KEYWORD, Words),
    ("landingPage", dcat::LANDING_PAGE, Link),
    ("mediaType", dcat::MEDIA_TYPE, Link),
    ("previousVersion", dcat::PREVIOUS_VERSION, Link),
    ("qualifiedRelation", dcat::QUALIFIED_RELATION, Links),
    ("record", dcat::RECORD, Links),
    ("servesDataset", dcat::SERVES_DATASET, Links),
    ("service", dcat::SERVICE, Links),
    ("startDate", dcat::START_DATE, Typed(xsd::DATE)),
    ("theme", dcat::THEME, Links),
    ("themeTaxonomy", dcat::THEME_TAXONOMY, Links),
    ("version", dcat::VERSION, Plain),
    ("applicableLegislation", dcatap::APPLICABLE_LEGISLATION, Links),
    ("availability", dcatap::AVAILABILITY, Link),
    ("accessRights", dct::ACCESS_RIGHTS, Link),
    ("accrualPeriodicity", dct::ACCRUAL_PERIODICITY, Link),
    ("alternative", dct::ALTERNATIVE, Languages),
    ("conformsTo", dct::CONFORMS_TO, Links),
    ("contributor", dct::CONTRIBUTOR, Links),
    ("creator", dct::CREATOR, Link),
    ("description", dct::DESCRIPTION, Languages),
    ("format", dct::FORMAT, Link),
    ("hasPart", dct::HAS_PART, Links),
    ("identifier", dct::IDENTIFIER, Plain),
    ("isPartOf", dct::IS_PART_OF, Link),
    ("isReferencedBy", dct::IS_REFERENCED_BY, Links),
    ("issued", dct::ISSUED, Typed(xsd::DATE_TIME)),
    ("language", dct::LANGUAGE, Link),
    ("license", dct::LICENSE, Link),
    ("modified", dct::MODIFIED, Typed(xsd::DATE_TIME)),
    ("provenance", dct::PROVENANCE, Link),
    ("publisher", dct::PUBLISHER, Link),
    ("relation", dct::RELATION, Links),
    ("rights", dct::RIGHTS, Link),
    ("source", dct::SOURCE, Links),
    ("spatial", dct::SPATIAL, Link),
    ("temporal", dct::TEMPORAL, Link),
    ("title", dct::TITLE, Languages),
    ("type", dct::TYPE, Link),
    ("valid", dct::VALID, Typed(xsd::DATE)),
    ("computedOn", dqv::COMPUTED_ON, Link),
    ("expectedDataType", dqv::EXPECTED_DATA_TYPE, Link),
    ("hasQualityAnnotation", dqv::HAS_QUALITY_ANNOTATION, Links),
    ("hasQualityMeasurement", dqv::HAS_QUALITY_MEASUREMENT, Links),
    ("inDimension", dqv::IN_DIMENSION, Link),
    ("isMeasurementOf", dqv::IS_MEASUREMENT_OF, Link),
    ("qualityValue", dqv::VALUE, Plain),
    ("homepage", foaf::HOMEPAGE, Link),
    ("name", foaf::NAME, Languages),
    ("primaryTopic", foaf::PRIMARY_TOPIC, Link),
    ("first", hydra::FIRST, Link),
    ("last", hydra::LAST, Link),
    ("next", hydra::NEXT, Link),
    ("previous", hydra::PREVIOUS, Link),
    ("totalItems", hydra::TOTAL_ITEMS, Typed(xsd::INTEGER)),
    ("view", hydra::VIEW, Link),
    ("hasBody", oa::HAS_BODY, Link),
    ("hasTarget", oa::HAS_TARGET, Link),
    ("motivatedBy", oa::MOTIVATED_BY, Link),
    ("unitOf", org::UNIT_OF, Link),
    ("versionInfo", owl::VERSION_INFO, Plain),
    ("generatedAtTime", prov::GENERATED_AT_TIME, Typed(xsd::DATE_TIME)),
    ("wasAttributedTo", prov::WAS_ATTRIBUTED_TO, Link),
    ("wasDerivedFrom", prov::WAS_DERIVED_FROM, Links),
    ("isDefinedBy", rdfs::IS_DEFINED_BY, Link),
    ("label", rdfs::LABEL, Plain),
    ("subClassOf", rdfs::SUB_CLASS_OF, Links),
    ("observationDate", schema::OBSERVATION_DATE, Typed(xsd::DATE)),
    ("unitText", schema::UNIT_TEXT, Languages),
    ("value", schema::VALUE, Typed(xsd::DECIMAL)),
    ("variableMeasured", schema::VARIABLE_MEASURED, Link),
    ("broader", skos::BROADER, Link),
    ("definition", skos::DEFINITION, Languages),
    ("hasTopConcept", skos::HAS_TOP_CONCEPT, Links),
    ("inScheme", skos::IN_SCHEME, Link),
    ("narrower", skos::NARROWER, Links),
    ("notation", skos::NOTATION, Plain),
    ("note", skos::NOTE, Languages),
    ("prefLabel", skos::PREF_LABEL, Languages),
    ("topConceptOf", skos::TOP_CONCEPT_OF, Link),
    ("algorithm", spdx::ALGORITHM, Link),
    ("checksum", spdx::HAS_CHECKSUM, Link),
    ("checksumValue", spdx::CHECKSUM_VALUE, Typed(xsd::HEX_BINARY)),
    ("fn", vcard::FN, Languages),
    ("hasURL", vcard::HAS_URL, Link),
];

/// The names by what they stand for.
type Names = HashMap<&'static str, (&'static str, Form)>;

/// Writes triples in their order as one JSON-LD document, indented. Its context holds the names that it uses.
pub fn write(triples: &[TripleRef<'_>]) -> Vec<u8> {
    let used: HashSet<&str> = triples.iter().flat_map(names_of).collect();
    let used: Vec<_> = NAMES.iter().filter(|(_, iri, _)| used.contains(iri.as_str())).copied().collect();
    let names = &used.iter().map(|(name, iri, form)| (iri.as_str(), (*name, *form))).collect();
    serde_json::to_vec_pretty(&Document { context: context(&used), graph: Graph { triples, names } })
        .expect("texts, numbers and maps with texts for keys are always written")
}

/// What in a triple may have a short name: its predicate, and the class that it tells.
fn names_of<'a>(triple: &TripleRef<'a>) -> impl Iterator<Item = &'a str> {
    let class = match triple.object {
        TermRef::NamedNode(class) if triple.predicate == rdf::TYPE => Some(class.as_str()),
        _ => None,
    };
    std::iter::once(triple.predicate.as_str()).chain(class)
}

fn context(names: &[(&str, NamedNodeRef<'_>, Form)]) -> Value {
    let mut context = Map::new();
    context.insert("@version".to_owned(), json!(1.1));
    for &(name, iri, form) in names {
        let iri = iri.as_str();
        let definition = match form {
            Class | Plain => json!({ "@id": iri }),
            Link => json!({ "@id": iri, "@type": "@id" }),
            Links => json!({ "@id": iri, "@type": "@id", "@container": "@set" }),
            Languages => json!({ "@id": iri, "@container": "@language" }),
            Words => json!({ "@id": iri, "@language": "ja", "@container": "@set" }),
            Typed(datatype) => json!({ "@id": iri, "@type": datatype.as_str() }),
        };
        context.insert(name.to_owned(), definition);
    }
    Value::Object(context)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "@context")]
    context: Value,
    #[serde(rename = "@graph")]
    graph: Graph<'a>,
}

struct Graph<'a> {
    triples: &'a [TripleRef<'a>],
    names: &'a Names,
}

impl Serialize for Graph<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let nodes = self.triples.chunk_by(|one, next| one.subject == next.subject);
        serializer.collect_seq(nodes.map(|triples| Node { triples, names: self.names }))
    }
}

/// One node: the triples of one subject, each predicate once, in the order of their first.
struct Node<'a> {
    triples: &'a [TripleRef<'a>],
    names: &'a Names,
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut properties: Vec<(NamedNodeRef<'_>, Vec<TermRef<'_>>)> = Vec::new();
        for triple in self.triples {
            match properties.iter_mut().find(|(predicate, _)| *predicate == triple.predicate) {
                Some((_, objects)) => objects.push(triple.object),
                None => properties.push((triple.predicate, vec![triple.object])),
            }
        }
        let mut node = serializer.serialize_map(None)?;
        if let Some(first) = self.triples.first() {
            node.serialize_entry("@id", &subject_id(first.subject))?;
        }
        for (predicate, objects) in &properties {
            if *predicate == rdf::TYPE {
                let classes: Vec<_> = objects.iter().map(|class| class_name(*class, self.names)).collect();
                node.serialize_entry("@type", &OneOrMany(&classes))?;
                continue;
            }
            match self.names.get(predicate.as_str()) {
                Some((name, form)) => node.serialize_entry(name, &Objects { objects, form: Some(*form) })?,
                None => node.serialize_entry(predicate.as_str(), &Objects { objects, form: None })?,
            }
        }
        node.end()
    }
}

/// The values of one name; without a form, those of a predicate that has no name. What a form cannot say is written in full.
struct Objects<'a> {
    objects: &'a [TermRef<'a>],
    form: Option<Form>,
}

impl Serialize for Objects<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let in_short = |form| self.objects.iter().map(move |object| Short { object: *object, form });
        match self.form {
            Some(Languages) => {
                if let Some(languages) = by_language(self.objects) {
                    let texts = languages.iter().map(|(language, texts)| (language, OneOrMany(texts)));
                    return serializer.collect_map(texts);
                }
                serializer.collect_seq(self.objects.iter().map(|object| Full(*object)))
            }
            Some(form @ (Links | Words)) => serializer.collect_seq(in_short(form)),
            Some(form) => OneOrMany(&in_short(form).collect::<Vec<_>>()).serialize(serializer),
            None => serializer.collect_seq(self.objects.iter().map(|object| Full(*object))),
        }
    }
}

/// A list of one is written as the one.
struct OneOrMany<'a, T>(&'a [T]);

impl<T: Serialize> Serialize for OneOrMany<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            [only] => only.serialize(serializer),
            many => serializer.collect_seq(many),
        }
    }
}

/// Texts by their language; `None` when one of them has none.
fn by_language<'a>(objects: &[TermRef<'a>]) -> Option<Vec<(&'a str, Vec<&'a str>)>> {
    let mut languages: Vec<(&str, Vec<&str>)> = Vec::new();
    for object in objects {
        let TermRef::Literal(literal) = object else { return None };
        let language = literal.language()?;
        match languages.iter_mut().find(|(known, _)| *known == language) {
            Some((_, texts)) => texts.push(literal.value()),
            None => languages.push((language, vec![literal.value()])),
        }
    }
    Some(languages)
}

/// A value as its name's definition lets it be written; in full when that would say something else.
struct Short<'a> {
    object: TermRef<'a>,
    form: Form,
}

impl Serialize for Short<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.form, self.object) {
            (Link | Links, TermRef::NamedNode(iri)) => serializer.serialize_str(iri.as_str()),
            (Words, TermRef::Literal(text)) if text.language() == Some("ja") => {
                serializer.serialize_str(text.value())
            }
            (Plain, TermRef::Literal(text)) if text.datatype() == xsd::STRING => {
                serializer.serialize_str(text.value())
            }
            (Typed(datatype), TermRef::Literal(value)) if value.datatype() == datatype => {
                match exact_number(value) {
                    Some(number) => serializer.serialize_u64(number),
                    None => serializer.serialize_str(value.value()),
                }
            }
            _ => Full(self.object).serialize(serializer),
        }
    }
}

/// A whole number that every JSON reader takes exactly.
fn exact_number(value: LiteralRef<'_>) -> Option<u64> {
    let is_integer = [xsd::INTEGER, xsd::NON_NEGATIVE_INTEGER].contains(&value.datatype());
    let number = value.value().parse::<u64>().ok().filter(|_| is_integer)?;
    (number < 1 << 53 && number.to_string() == value.value()).then_some(number)
}

/// A value that says by itself what it is.
struct Full<'a>(TermRef<'a>);

impl Serialize for Full<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut value = serializer.serialize_map(None)?;
        match self.0 {
            TermRef::NamedNode(iri) => value.serialize_entry("@id", iri.as_str())?,
            TermRef::BlankNode(node) => value.serialize_entry("@id", &node.to_string())?,
            TermRef::Literal(literal) => {
                value.serialize_entry("@value", literal.value())?;
                if let Some(language) = literal.language() {
                    value.serialize_entry("@language", language)?;
                } else if literal.datatype() != xsd::STRING {
                    value.serialize_entry("@type", literal.datatype().as_str())?;
                }
            }
        }
        value.end()
    }
}

fn subject_id(subject: NamedOrBlankNodeRef<'_>) -> Cow<'_, str> {
    match subject {
        NamedOrBlankNodeRef::NamedNode(iri) => iri.as_str().into(),
        NamedOrBlankNodeRef::BlankNode(node) => node.to_string().into(),
    }
}

fn class_name<'a>(class: TermRef<'a>, names: &Names) -> Cow<'a, str> {
    match class {
        TermRef::NamedNode(iri) => match names.get(iri.as_str()) {
            Some((name, _)) => (*name).into(),
            None => iri.as_str().into(),
        },
        other => other.to_string().into(),
    }
}
