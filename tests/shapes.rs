//! The catalog against the DCAT-AP shapes, where `HIYORI_SHAPES` names their folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::city::City;
use crate::desk::{Desk, slugs};

/// Prints every violation of the core and range shapes, a line each.
const CHECK: &str = r#"
import sys
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH
data, folder = sys.argv[1:]
shapes = Graph()
for name in ("shapes.ttl", "range.ttl"):
    shapes.parse(f"{folder}/{name}", format="turtle")
_, results, _ = validate(Graph().parse(data, format="turtle"), shacl_graph=shapes, advanced=True)
for r in results.subjects(SH.resultSeverity, SH.Violation):
    print(*(results.value(r, p) for p in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)), sep=" | ")
"#;

/// The folder of the shapes; without it the test says that it was left out.
fn shapes() -> Option<PathBuf> {
    let shapes = std::env::var_os("HIYORI_SHAPES").map(PathBuf::from);
    if shapes.is_none() {
        eprintln!("left out: HIYORI_SHAPES names no folder with the DCAT-AP shapes");
    }
    shapes
}

/// What in `turtle` breaks the shapes. `HIYORI_PYTHON` names a Python that has pyshacl (default: `python3`).
#[track_caller]
fn violations(turtle: &Path, shapes: &Path) -> String {
    let python = std::env::var_os("HIYORI_PYTHON").unwrap_or_else(|| "python3".into());
    let checked = Command::new(python).args(["-c", CHECK]).args([turtle, shapes]).output().unwrap();
    assert!(checked.status.success(), "the check did not run:\n{}", String::from_utf8_lossy(&checked.stderr));
    String::from_utf8(checked.stdout).unwrap()
}

/// `turtle` breaks none of the shapes.
#[track_caller]
fn fits(turtle: &Path, shapes: &Path) {
    assert_eq!(violations(turtle, shapes), "");
}

#[tokio::test]
async fn the_catalog_fits_the_core_and_range_shapes_of_dcat_ap() {
    let Some(shapes) = shapes() else { return };
    let city = City::shared().await;
    let desk = Desk::new();
    let catalog = city.visitor().gets("/catalog.ttl").await;
    fits(&desk.file("catalog.ttl", catalog.is(200).body()), &shapes);
}

#[tokio::test]
async fn every_dataset_by_itself_fits_them_too() {
    let Some(shapes) = shapes() else { return };
    let city = City::shared().await;
    let desk = Desk::new();
    let mut together = Vec::new();
    for slug in slugs() {
        let dataset = city.visitor().gets(&format!("/datasets/{slug}.ttl")).await;
        together.extend_from_slice(dataset.is(200).body());
        together.push(b'\n');
    }
    fits(&desk.file("datasets.ttl", together), &shapes);
}

#[test]
fn what_lacks_a_title_does_not_fit() {
    let Some(shapes) = shapes() else { return };
    let desk = Desk::new();
    let bare = desk.file("bare.ttl", "<http://example.jp/d> a <http://www.w3.org/ns/dcat#Dataset> .");
    let broken = violations(&bare, &shapes);
    assert!(broken.contains("http://purl.org/dc/terms/title"), "the check lets everything through: {broken}");
}
