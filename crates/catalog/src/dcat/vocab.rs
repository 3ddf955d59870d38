//! The terms that descriptions are made of. Each constant's IRI, shown in its documentation, leads to its
//! definition.

/// Declares one vocabulary: its namespace, its usual prefix and those of its terms that are used here.
macro_rules! vocabulary {
    ($(#[$about:meta])* $prefix:ident = $namespace:literal { $($name:ident = $local:literal,)+ }) => {
        $(#[$about])*
        pub mod $prefix {
            use oxrdf::NamedNodeRef;

            /// The namespace.
            pub const NAMESPACE: &str = $namespace;
            $(
                #[doc = concat!("<", $namespace, $local, ">")]
                pub const $name: NamedNodeRef<'_> = NamedNodeRef::new_unchecked(concat!($namespace, $local));
            )+
        }
    };
}

vocabulary! {
    /// [ADMS](https://www.w3.org/TR/vocab-adms/)
    adms = "http://www.w3.org/ns/adms#" {
        IDENTIFIER = "Identifier",
        OTHER_IDENTIFIER = "identifier",
        STATUS = "status",
        VERSION_NOTES = "versionNotes",
    }
}

vocabulary! {
    /// [Data Catalog Vocabulary](https://www.w3.org/TR/vocab-dcat-3/)
    dcat = "http://www.w3.org/ns/dcat#" {
        ACCESS_SERVICE = "accessService",
        ACCESS_URL = "accessURL",
        BBOX = "bbox",
        BYTE_SIZE = "byteSize",
        CATALOG = "Catalog",
        CATALOG_RECORD = "CatalogRecord",
        CENTROID = "centroid",
        CONTACT_POINT = "contactPoint",
        DATASET = "Dataset",
        DATA_SERVICE = "DataService",
        DISTRIBUTION = "Distribution",
        DOWNLOAD_URL = "downloadURL",
        ENDPOINT_DESCRIPTION = "endpointDescription",
        ENDPOINT_URL = "endpointURL",
        END_DATE = "endDate",
        HAD_ROLE = "hadRole",
        HAS_CURRENT_VERSION = "hasCurrentVersion",
        HAS_DATASET = "dataset",
        HAS_DISTRIBUTION = "distribution",
        HAS_VERSION = "hasVersion",
        IS_VERSION_OF = "isVersionOf",
        KEYWORD = "keyword",
        LANDING_PAGE = "landingPage",
        MEDIA_TYPE = "mediaType",
        PREVIOUS_VERSION = "previousVersion",
        QUALIFIED_RELATION = "qualifiedRelation",
        RECORD = "record",
        RELATIONSHIP = "Relationship",
        ROLE = "Role",
        SERVES_DATASET = "servesDataset",
        SERVICE = "service",
        START_DATE = "startDate",
        THEME = "theme",
        THEME_TAXONOMY = "themeTaxonomy",
        VERSION = "version",
    }
}

vocabulary! {
    /// [DCAT-AP](https://semiceu.github.io/DCAT-AP/releases/3.0.1/)
    dcatap = "http://data.europa.eu/r5r/" {
        APPLICABLE_LEGISLATION = "applicableLegislation",
        AVAILABILITY = "availability",
    }
}

vocabulary! {
    /// [DCMI Metadata Terms](https://www.dublincore.org/specifications/dublin-core/dcmi-terms/)
    dct = "http://purl.org/dc/terms/" {
        ACCESS_RIGHTS = "accessRights",
        ACCRUAL_PERIODICITY = "accrualPeriodicity",
        ALTERNATIVE = "alternative",
        CONFORMS_TO = "conformsTo",
        CONTRIBUTOR = "contributor",
        CREATOR = "creator",
        DESCRIPTION = "description",
        FORMAT = "format",
        FREQUENCY = "Frequency",
        HAS_PART = "hasPart",
        IMT = "IMT",
        IDENTIFIER = "identifier",
        ISSUED = "issued",
        IS_PART_OF = "isPartOf",
        IS_REFERENCED_BY = "isReferencedBy",
        LANGUAGE = "language",
        LICENSE = "license",
        LICENSE_DOCUMENT = "LicenseDocument",
        LINGUISTIC_SYSTEM = "LinguisticSystem",
        LOCATION = "Location",
        MEDIA_TYPE = "MediaType",
        MEDIA_TYPE_OR_EXTENT = "MediaTypeOrExtent",
        MODIFIED = "modified",
        PERIOD_OF_TIME = "PeriodOfTime",
        PROVENANCE = "provenance",
        PROVENANCE_STATEMENT = "ProvenanceStatement",
        PUBLISHER = "publisher",
        RELATION = "relation",
        RIGHTS = "rights",
        RIGHTS_STATEMENT = "RightsStatement",
        SOURCE = "source",
        SPATIAL = "spatial",
        STANDARD = "Standard",
        TEMPORAL = "temporal",
        TITLE = "title",
        TYPE = "type",
        VALID = "valid",
    }
}

vocabulary! {
    /// [Data Quality Vocabulary](https://www.w3.org/TR/vocab-dqv/)
    dqv = "http://www.w3.org/ns/dqv#" {
        COMPUTED_ON = "computedOn",
        DIMENSION = "Dimension",
        EXPECTED_DATA_TYPE = "expectedDataType",
        HAS_QUALITY_ANNOTATION = "hasQualityAnnotation",
        HAS_QUALITY_MEASUREMENT = "hasQualityMeasurement",
        IN_DIMENSION = "inDimension",
        IS_MEASUREMENT_OF = "isMeasurementOf",
        METRIC = "Metric",
        QUALITY_ANNOTATION = "QualityAnnotation",
        QUALITY_ASSESSMENT = "qualityAssessment",
        QUALITY_MEASUREMENT = "QualityMeasurement",
        VALUE = "value",
    }
}

vocabulary! {
    /// [European Legislation Identifier](https://eur-lex.europa.eu/eli-register/about.html)
    eli = "http://data.europa.eu/eli/ontology#" {
        LEGAL_RESOURCE = "LegalResource",
    }
}

vocabulary! {
    /// [FOAF](http://xmlns.com/foaf/spec/)
    foaf = "http://xmlns.com/foaf/0.1/" {
        AGENT = "Agent",
        DOCUMENT = "Document",
        HOMEPAGE = "homepage",
        NAME = "name",
        PRIMARY_TOPIC = "primaryTopic",
    }
}

vocabulary! {
    /// [GeoSPARQL](https://www.ogc.org/standard/geosparql/)
    geo = "http://www.opengis.net/ont/geosparql#" {
        WKT_LITERAL = "wktLiteral",
    }
}

vocabulary! {
    /// [Hydra Core](http://www.hydra-cg.com/spec/latest/core/)
    hydra = "http://www.w3.org/ns/hydra/core#" {
        FIRST = "first",
        LAST = "last",
        NEXT = "next",
        PAGED_COLLECTION = "PagedCollection",
        PARTIAL_COLLECTION_VIEW = "PartialCollectionView",
        PREVIOUS = "previous",
        TOTAL_ITEMS = "totalItems",
        VIEW = "view",
    }
}

vocabulary! {
    /// [Web Annotation Vocabulary](https://www.w3.org/TR/annotation-vocab/)
    oa = "http://www.w3.org/ns/oa#" {
        HAS_BODY = "hasBody",
        HAS_TARGET = "hasTarget",
        MOTIVATED_BY = "motivatedBy",
    }
}

vocabulary! {
    /// [The Organization Ontology](https://www.w3.org/TR/vocab-org/)
    org = "http://www.w3.org/ns/org#" {
        FORMAL_ORGANIZATION = "FormalOrganization",
        ORGANIZATIONAL_UNIT = "OrganizationalUnit",
        UNIT_OF = "unitOf",
    }
}

vocabulary! {
    /// [OWL](https://www.w3.org/TR/owl2-syntax/)
    owl = "http://www.w3.org/2002/07/owl#" {
        ONTOLOGY = "Ontology",
        VERSION_INFO = "versionInfo",
    }
}

vocabulary! {
    /// [PROV-O](https://www.w3.org/TR/prov-o/)
    prov = "http://www.w3.org/ns/prov#" {
        ACTIVITY = "Activity",
        ENTITY = "Entity",
        GENERATED_AT_TIME = "generatedAtTime",
        PLAN = "Plan",
        STARTED_AT_TIME = "startedAtTime",
        WAS_ATTRIBUTED_TO = "wasAttributedTo",
        WAS_DERIVED_FROM = "wasDerivedFrom",
    }
}

vocabulary! {
    /// [統計LOD](http://data.e-stat.go.jp/lodw/outline/): 標準地域コード
    sacs = "http://data.e-stat.go.jp/lod/terms/sacs#" {
        STANDARD_AREA_CODE = "StandardAreaCode",
    }
}

vocabulary! {
    /// [schema.org](https://schema.org/)
    schema = "http://schema.org/" {
        OBSERVATION = "Observation",
        OBSERVATION_DATE = "observationDate",
        PROJECT = "Project",
        QUANTITATIVE_VALUE = "QuantitativeValue",
        STATISTICAL_VARIABLE = "StatisticalVariable",
        UNIT_TEXT = "unitText",
        VALUE = "value",
        VARIABLE_MEASURED = "variableMeasured",
    }
}

vocabulary! {
    /// [SKOS](https://www.w3.org/TR/skos-reference/)
    skos = "http://www.w3.org/2004/02/skos/core#" {
        BROADER = "broader",
        CONCEPT = "Concept",
        CONCEPT_SCHEME = "ConceptScheme",
        DEFINITION = "definition",
        HAS_TOP_CONCEPT = "hasTopConcept",
        IN_SCHEME = "inScheme",
        NARROWER = "narrower",
        NOTATION = "notation",
        NOTE = "note",
        PREF_LABEL = "prefLabel",
        TOP_CONCEPT_OF = "topConceptOf",
    }
}

vocabulary! {
    /// [SPDX](https://spdx.org/rdf/terms/)
    spdx = "http://spdx.org/rdf/terms#" {
        ALGORITHM = "algorithm",
        CHECKSUM = "Checksum",
        CHECKSUM_VALUE = "checksumValue",
        HAS_CHECKSUM = "checksum",
        SHA256 = "checksumAlgorithm_sha256",
    }
}

vocabulary! {
    /// [vCard](https://www.w3.org/TR/vcard-rdf/)
    vcard = "http://www.w3.org/2006/vcard/ns#" {
        FN = "fn",
        HAS_URL = "hasURL",
        KIND = "Kind",
        ORGANIZATION = "Organization",
    }
}

/// The prefixes under which the vocabularies are written in Turtle and RDF/XML.
pub const PREFIXES: [(&str, &str); 21] = [
    ("adms", adms::NAMESPACE),
    ("dcat", dcat::NAMESPACE),
    ("dcatap", dcatap::NAMESPACE),
    ("dct", dct::NAMESPACE),
    ("dqv", dqv::NAMESPACE),
    ("eli", eli::NAMESPACE),
    ("foaf", foaf::NAMESPACE),
    ("geo", geo::NAMESPACE),
    ("hydra", hydra::NAMESPACE),
    ("oa", oa::NAMESPACE),
    ("org", org::NAMESPACE),
    ("owl", owl::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("sacs", sacs::NAMESPACE),
    ("schema", schema::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("spdx", spdx::NAMESPACE),
    ("vcard", vcard::NAMESPACE),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];
