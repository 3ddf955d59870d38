//! The revisions of a dataset: which there are, which came before which, which is current.
//!
//! A page of the catalog names only the current one. The others stand at the dataset's own IRI, without a type: a
//! harvester would take each `dcat:Dataset` there for a dataset of its own. What each is, it tells at its own IRI.

use super::Scope;
use super::description::{Description, Node};
use super::edition::Edition;
use super::vocab::{adms, dcat, dct, owl};
use crate::dataset::Dataset;
use crate::revision::Revision;

/// Revisions that a description names: the newest. A dataset that changes each minute has thousands.
const NAMED_MAX: usize = 100;

/// Leads from the node of a dataset, or of one of its revisions, to those around it.
pub fn lead(node: &mut Node<'_>, scope: &Scope<'_>, edition: &Edition<'_>, revisions: &[Revision]) {
    let slug = &edition.dataset.slug;
    let Some(revision) = edition.revision else { return };
    let number = revision.number.to_string();
    // Portals of DCAT-AP 2 look for the version under its name in OWL.
    node.plain(dcat::VERSION, &number).plain(owl::VERSION_INFO, &number);
    if edition.frozen().is_some() {
        node.link(dcat::IS_VERSION_OF, &scope.iris.dataset(slug));
        lead_back(node, scope, edition.dataset, revision, revisions);
    } else {
        node.link(dcat::HAS_CURRENT_VERSION, &scope.iris.dataset_revision(slug, revision.number));
        for known in named(revisions) {
            node.link(dcat::HAS_VERSION, &scope.iris.dataset_revision(slug, known.number));
        }
        if let Some(before) = before(revision, revisions) {
            node.link(dcat::PREVIOUS_VERSION, &scope.iris.dataset_revision(slug, before.number));
        }
    }
    if let Some(notes) = notes(revision, revisions) {
        node.ja(adms::VERSION_NOTES, &notes);
    }
}

/// Tells the revisions that the dataset's node leads to.
pub fn tell(out: &mut Description, scope: &Scope<'_>, dataset: &Dataset, revisions: &[Revision]) {
    for revision in named(revisions) {
        let mut node = out.node(&scope.iris.dataset_revision(&dataset.slug, revision.number));
        node.plain(dcat::VERSION, &revision.number.to_string())
            .link(dcat::IS_VERSION_OF, &scope.iris.dataset(&dataset.slug));
        lead_back(&mut node, scope, dataset, revision, revisions);
        if let Some(published_at) = revision.published_at {
            node.moment(dct::ISSUED, published_at);
        }
        if let Some(notes) = notes(revision, revisions) {
            node.ja(adms::VERSION_NOTES, &notes);
        }
    }
}

fn lead_back(
    node: &mut Node<'_>,
    scope: &Scope<'_>,
    dataset: &Dataset,
    revision: &Revision,
    revisions: &[Revision],
) {
    if let Some(before) = before(revision, revisions) {
        node.link(dcat::PREVIOUS_VERSION, &scope.iris.dataset_revision(&dataset.slug, before.number));
    }
}

fn named(revisions: &[Revision]) -> impl Iterator<Item = &Revision> {
    revisions.iter().take(NAMED_MAX)
}

/// The published revision before `revision`. Numbers may have gaps.
fn before<'a>(revision: &Revision, revisions: &'a [Revision]) -> Option<&'a Revision> {
    revisions.iter().filter(|known| known.number < revision.number).max_by_key(|known| known.number)
}

/// What changed in numbers; nothing where the revisions are not at hand.
fn notes(revision: &Revision, revisions: &[Revision]) -> Option<String> {
    let known = revisions.iter().any(|known| known.number == revision.number);
    known.then(|| match before(revision, revisions) {
        None => format!("最初の版です。{}行。", revision.rows),
        Some(before) => {
            format!("第{}版に続く版です。{}行（前の版は{}行）。", before.number, revision.rows, before.rows)
        }
    })
}
