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
    /// [Data Catalog Vocabulary](https://www.w3.org/TR/vocab-dcat-3/)
    dcat = "http://www.w3.org/ns/dcat#" {
        ACCESS_SERVICE = "accessService",
        ACCESS_URL = "accessURL",
        BYTE_SIZE = "byteSize",
        CATALOG = "Catalog",
        CATALOG_RECORD = "CatalogRecord",
        CONTACT_POINT = "contactPoint",
        DATA_SERVICE = "DataService",
        DATASET = "Dataset",
        DISTRIBUTION = "Distribution",
        DOWNLOAD_URL = "downloadURL",
        END_DATE = "endDate",
        ENDPOINT_DESCRIPTION = "endpointDescription",
        ENDPOINT_URL = "endpointURL",
        HAS_DATASET = "dataset",
        HAS_DISTRIBUTION = "distribution",
        KEYWORD = "keyword",
        LANDING_PAGE = "landingPage",
        MEDIA_TYPE = "mediaType",
        RECORD = "record",
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
        AVAILABILITY = "availability",
    }
}

vocabulary! {
    /// [DCMI Metadata Terms](https://www.dublincore.org/specifications/dublin-core/dcmi-terms/)
    dct = "http://purl.org/dc/terms/" {
        ACCESS_RIGHTS = "accessRights",
        ACCRUAL_PERIODICITY = "accrualPeriodicity",
        CONFORMS_TO = "conformsTo",
        CREATOR = "creator",
        DESCRIPTION = "description",
        FORMAT = "format",
        FREQUENCY = "Frequency",
        IDENTIFIER = "identifier",
        ISSUED = "issued",
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
        RIGHTS_STATEMENT = "RightsStatement",
        SOURCE = "source",
        SPATIAL = "spatial",
        STANDARD = "Standard",
        TEMPORAL = "temporal",
        TITLE = "title",
        TYPE = "type",
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
    /// [Hydra Core](http://www.hydra-cg.com/spec/latest/core/)
    hydra = "http://www.w3.org/ns/hydra/core#" {
        FIRST = "first",
        LAST = "last",
        NEXT = "next",
        PARTIAL_COLLECTION_VIEW = "PartialCollectionView",
        PREVIOUS = "previous",
        TOTAL_ITEMS = "totalItems",
        VIEW = "view",
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
        VERSION_INFO = "versionInfo",
    }
}

vocabulary! {
    /// [統計LOD](http://data.e-stat.go.jp/lodw/outline/): 標準地域コード
    sacs = "http://data.e-stat.go.jp/lod/terms/sacs#" {
        STANDARD_AREA_CODE = "StandardAreaCode",
    }
}

vocabulary! {
    /// [SKOS](https://www.w3.org/TR/skos-reference/)
    skos = "http://www.w3.org/2004/02/skos/core#" {
        CONCEPT = "Concept",
        CONCEPT_SCHEME = "ConceptScheme",
        IN_SCHEME = "inScheme",
        PREF_LABEL = "prefLabel",
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
pub const PREFIXES: [(&str, &str); 14] = [
    ("dcat", dcat::NAMESPACE),
    ("dcatap", dcatap::NAMESPACE),
    ("dct", dct::NAMESPACE),
    ("foaf", foaf::NAMESPACE),
    ("hydra", hydra::NAMESPACE),
    ("org", org::NAMESPACE),
    ("owl", owl::NAMESPACE),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("sacs", sacs::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("spdx", spdx::NAMESPACE),
    ("vcard", vcard::NAMESPACE),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];
