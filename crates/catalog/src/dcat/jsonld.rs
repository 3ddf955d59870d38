//! JSON-LD as a person would write it: short names, texts by language, lists where there can be many.
//!
//! Triples in their order come in; one document goes out, a flat `@graph` behind its own `@context`, so that a
//! reader needs no network. What a name stands for is written in the table below; a term that is not in it is
//! written in full, so nothing is ever lost.
//!
//! Every name is an expanded definition, which JSON-LD 1.1 never takes for a prefix: no IRI can be misread.

use std::collections::{HashMap, HashSet};

use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{Literal, NamedNodeRef, NamedOrBlankNode, Term, Triple};
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
    ("accessService", dcat::ACCESS_SERVICE, Link),
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
pub fn write(triples: &[Triple]) -> Vec<u8> {
    let used: HashSet<&str> = triples.iter().flat_map(names_of).collect();
    let used: Vec<_> = NAMES.iter().filter(|(_, iri, _)| used.contains(iri.as_str())).copied().collect();
    let names: Names = used.iter().map(|(name, iri, form)| (iri.as_str(), (*name, *form))).collect();
    let graph: Vec<Value> = triples
        .chunk_by(|one, next| one.subject == next.subject)
        .map(|node| write_node(node, &names))
        .collect();
    serde_json::to_vec_pretty(&json!({ "@context": context(&used), "@graph": graph }))
        .expect("a JSON value with texts for keys is always written")
}

/// What in a triple may have a short name: its predicate, and the class that it tells.
fn names_of(triple: &Triple) -> impl Iterator<Item = &str> {
    let class = match &triple.object {
        Term::NamedNode(class) if triple.predicate == rdf::TYPE => Some(class.as_str()),
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

/// One node: the triples of one subject, each predicate once, in the order of their first.
fn write_node(triples: &[Triple], names: &Names) -> Value {
    let mut node = Map::new();
    if let Some(first) = triples.first() {
        node.insert("@id".to_owned(), Value::String(subject_id(&first.subject)));
    }
    let mut properties: Vec<(NamedNodeRef<'_>, Vec<&Term>)> = Vec::new();
    for triple in triples {
        match properties.iter_mut().find(|(predicate, _)| *predicate == triple.predicate.as_ref()) {
            Some((_, objects)) => objects.push(&triple.object),
            None => properties.push((triple.predicate.as_ref(), vec![&triple.object])),
        }
    }
    for (predicate, objects) in properties {
        if predicate == rdf::TYPE {
            let classes = objects.iter().map(|class| Value::String(class_name(class, names))).collect();
            node.insert("@type".to_owned(), one_or_many(classes));
            continue;
        }
        match names.get(predicate.as_str()) {
            Some((name, form)) => node.insert((*name).to_owned(), write_objects(&objects, *form)),
            None => node.insert(
                predicate.as_str().to_owned(),
                Value::Array(objects.iter().map(|object| in_full(object)).collect()),
            ),
        };
    }
    Value::Object(node)
}

/// The values of one name. What its form cannot say is written in full.
fn write_objects(objects: &[&Term], form: Form) -> Value {
    if let Languages = form {
        return by_language(objects)
            .unwrap_or_else(|| Value::Array(objects.iter().map(|object| in_full(object)).collect()));
    }
    let values =
        objects.iter().map(|object| in_short(object, form).unwrap_or_else(|| in_full(object))).collect();
    match form {
        Links | Words => Value::Array(values),
        _ => one_or_many(values),
    }
}

/// Texts by their language; `None` when one of them has none.
fn by_language(objects: &[&Term]) -> Option<Value> {
    let mut languages: Vec<(&str, Vec<Value>)> = Vec::new();
    for object in objects {
        let Term::Literal(literal) = object else { return None };
        let language = literal.language()?;
        let text = Value::String(literal.value().to_owned());
        match languages.iter_mut().find(|(known, _)| *known == language) {
            Some((_, texts)) => texts.push(text),
            None => languages.push((language, vec![text])),
        }
    }
    let by_language =
        languages.into_iter().map(|(language, texts)| (language.to_owned(), one_or_many(texts)));
    Some(Value::Object(by_language.collect()))
}

/// A value as its name's definition lets it be written; `None` when that would say something else.
fn in_short(object: &Term, form: Form) -> Option<Value> {
    match (form, object) {
        (Link | Links, Term::NamedNode(iri)) => Some(Value::String(iri.as_str().to_owned())),
        (Words, Term::Literal(text)) if text.language() == Some("ja") => {
            Some(Value::String(text.value().to_owned()))
        }
        (Plain, Term::Literal(text)) if text.datatype() == xsd::STRING => {
            Some(Value::String(text.value().to_owned()))
        }
        (Typed(datatype), Term::Literal(value)) if value.datatype() == datatype => {
            Some(number_or_text(value))
        }
        _ => None,
    }
}

/// A whole number that every JSON reader takes exactly is written as one, all else as text.
fn number_or_text(value: &Literal) -> Value {
    let text = value.value();
    let is_integer = [xsd::INTEGER, xsd::NON_NEGATIVE_INTEGER].contains(&value.datatype());
    match text.parse::<u64>() {
        Ok(number) if is_integer && number < 1 << 53 && number.to_string() == text => json!(number),
        _ => Value::String(text.to_owned()),
    }
}

/// A value that says by itself what it is.
fn in_full(object: &Term) -> Value {
    match object {
        Term::NamedNode(iri) => json!({ "@id": iri.as_str() }),
        Term::BlankNode(node) => json!({ "@id": node.to_string() }),
        Term::Literal(literal) => match literal.language() {
            Some(language) => json!({ "@value": literal.value(), "@language": language }),
            None if literal.datatype() == xsd::STRING => json!({ "@value": literal.value() }),
            None => json!({ "@value": literal.value(), "@type": literal.datatype().as_str() }),
        },
    }
}

fn subject_id(subject: &NamedOrBlankNode) -> String {
    match subject {
        NamedOrBlankNode::NamedNode(iri) => iri.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

fn class_name(class: &Term, names: &Names) -> String {
    match class {
        Term::NamedNode(iri) => match names.get(iri.as_str()) {
            Some((name, _)) => (*name).to_owned(),
            None => iri.as_str().to_owned(),
        },
        other => other.to_string(),
    }
}

/// A list of one is written as the one.
fn one_or_many(mut values: Vec<Value>) -> Value {
    match values.pop() {
        Some(only) if values.is_empty() => only,
        Some(last) => {
            values.push(last);
            Value::Array(values)
        }
        None => Value::Array(values),
    }
}
