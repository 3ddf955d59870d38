//! What a CKAN-compatible API says of itself, and the licences it knows.

use catalog::ckan::licences;
use catalog::{City, Iris, Licence};
use serde::Serialize;

/// The CKAN whose API is kept to.
const CKAN: &str = "2.11.0";

/// `status_show`
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "they are called as CKAN calls them")]
pub struct StatusView {
    pub ckan_version: &'static str,
    pub site_url: String,
    pub site_title: String,
    pub site_description: String,
    pub error_emails_to: Option<String>,
    pub locale_default: &'static str,
    pub extensions: [&'static str; 2],
    /// The program that keeps to CKAN's API.
    pub software: String,
}

impl StatusView {
    /// The catalog of `city`.
    pub fn new(city: &City, iris: &Iris) -> StatusView {
        StatusView {
            ckan_version: CKAN,
            site_url: iris.base().to_string(),
            site_title: city.catalog_title.clone(),
            site_description: city.catalog_description.clone(),
            error_emails_to: None,
            locale_default: "ja",
            extensions: ["datastore", "hiyori"],
            software: concat!("hiyori ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// A licence, as `license_list` shows it.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "they are called as CKAN calls them")]
pub struct LicenceView {
    pub domain_content: bool,
    pub domain_data: bool,
    pub domain_software: bool,
    pub family: &'static str,
    pub id: &'static str,
    pub is_generic: bool,
    pub is_okd_compliant: bool,
    pub is_osi_compliant: bool,
    pub maintainer: &'static str,
    pub od_conformance: &'static str,
    pub osd_conformance: &'static str,
    pub status: &'static str,
    pub title: &'static str,
    pub url: &'static str,
}

impl LicenceView {
    /// `licence`
    pub fn new(licence: Licence) -> LicenceView {
        LicenceView {
            domain_content: true,
            domain_data: true,
            domain_software: false,
            family: "",
            id: licences::id(licence),
            is_generic: false,
            is_okd_compliant: true,
            is_osi_compliant: false,
            maintainer: "",
            od_conformance: "approved",
            osd_conformance: "not reviewed",
            status: "active",
            title: licence.title(),
            url: licence.iri(),
        }
    }
}
