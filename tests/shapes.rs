//! The catalog against the DCAT-AP shapes, where `HIYORI_SHAPES` names their folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::city::City;
use crate::desk::{Desk, slugs};

/// Prints what breaks the shapes in the files that are named, a line each.
const CHECK: &str = r#"
import sys
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH
data, folder, *names = sys.argv[1:]
shapes = Graph()
for name in names:
    shapes.parse(f"{folder}/{name}", format="turtle")
_, results, _ = validate(Graph().parse(data, format="turtle"), shacl_graph=shapes, advanced=True)
for r in results.subjects(SH.resultSeverity):
    print(*(results.value(r, p) for p in (SH.resultPath, SH.focusNode, SH.value, SH.resultMessage)), sep=" | ")
"#;

/// Core and range: what a catalog must keep to.
const NEEDED: [&str; 2] = ["shapes.ttl", "range.ttl"];
/// What a catalog should have.
const RECOMMENDED: [&str; 1] = ["shapes_recommended.ttl"];
/// What is told where it is known, and is not known here: the span of time of most datasets, an end that is open, the box
/// around the city.
const WHERE_KNOWN: [&str; 5] = [
    "http://purl.org/dc/terms/temporal",
    "http://www.w3.org/ns/dcat#bbox",
    "http://www.w3.org/ns/dcat#centroid",
    "http://www.w3.org/ns/dcat#endDate",
    "http://www.w3.org/ns/dcat#startDate",
];

/// The folder of the shapes; without it the test says that it was left out.
fn shapes() -> Option<PathBuf> {
    let shapes = std::env::var_os("HIYORI_SHAPES").map(PathBuf::from);
    if shapes.is_none() {
        eprintln!("left out: HIYORI_SHAPES names no folder with the DCAT-AP shapes");
    }
    shapes
}

/// What in `turtle` breaks the shapes `names`. `HIYORI_PYTHON` names a Python that has pyshacl (default: `python3`).
#[track_caller]
fn breaches(turtle: &Path, shapes: &Path, names: &[&str]) -> Vec<String> {
    let python = std::env::var_os("HIYORI_PYTHON").unwrap_or_else(|| "python3".into());
    let checked =
        Command::new(python).args(["-c", CHECK]).args([turtle, shapes]).args(names).output().unwrap();
    assert!(checked.status.success(), "the check did not run:\n{}", String::from_utf8_lossy(&checked.stderr));
    String::from_utf8(checked.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// `turtle` keeps to the core and range shapes.
#[track_caller]
fn fits(turtle: &Path, shapes: &Path) {
    assert_eq!(breaches(turtle, shapes, &NEEDED), [""; 0]);
}

/// `turtle` has all that is recommended, but what is not known.
#[track_caller]
fn is_complete(turtle: &Path, shapes: &Path) {
    let lacks = breaches(turtle, shapes, &RECOMMENDED);
    let lacks = lacks.iter().filter(|line| !WHERE_KNOWN.iter().any(|known| line.starts_with(known)));
    assert_eq!(lacks.collect::<Vec<_>>(), [""; 0]);
}

/// The Turtle of all of `paths` in one file on `desk`.
async fn together(city: &City, desk: &Desk, paths: &[String]) -> PathBuf {
    let mut together = Vec::new();
    for path in paths {
        let turtle = city.visitor().gets(path).await;
        together.extend_from_slice(turtle.is(200).body());
        together.push(b'\n');
    }
    desk.file("together.ttl", together)
}

#[tokio::test]
async fn the_catalog_fits_the_core_and_range_shapes_of_dcat_ap() {
    let Some(shapes) = shapes() else { return };
    let city = City::shared().await;
    let desk = Desk::new();
    let catalog = together(&city, &desk, &["/catalog.ttl".to_owned()]).await;
    fits(&catalog, &shapes);
    is_complete(&catalog, &shapes);
}

#[tokio::test]
async fn every_dataset_by_itself_fits_them_too() {
    let Some(shapes) = shapes() else { return };
    let city = City::shared().await;
    let desk = Desk::new();
    let paths: Vec<_> = slugs().iter().map(|slug| format!("/datasets/{slug}.ttl")).collect();
    let datasets = together(&city, &desk, &paths).await;
    fits(&datasets, &shapes);
    is_complete(&datasets, &shapes);
}

#[tokio::test]
async fn so_does_every_other_thing() {
    let Some(shapes) = shapes() else { return };
    let city = City::shared().await;
    let desk = Desk::new();
    for path in [
        "/datasets/sample-aed/revisions/1.ttl",
        "/distributions/sample-aed/geojson.ttl",
        "/distributions/sample-aed/1/csv.ttl",
        "/departments/dx.ttl",
        "/schemas/hyojun/aed.ttl",
        "/plan.ttl",
        "/plan/initiatives/A-5.ttl",
        "/vocabulary.ttl",
    ] {
        fits(&together(&city, &desk, &[path.to_owned()]).await, &shapes);
    }
}

#[test]
fn what_lacks_a_title_does_not_fit() {
    let Some(shapes) = shapes() else { return };
    let desk = Desk::new();
    let bare = desk.file("bare.ttl", "<http://example.jp/d> a <http://www.w3.org/ns/dcat#Dataset> .");
    let broken = breaches(&bare, &shapes, &NEEDED);
    let title = broken.iter().any(|line| line.starts_with("http://purl.org/dc/terms/title"));
    assert!(title, "the check lets everything through: {broken:?}");
    let lacks = breaches(&bare, &shapes, &RECOMMENDED);
    assert!(lacks.iter().any(|line| line.starts_with("http://www.w3.org/ns/dcat#keyword")), "{lacks:?}");
}
