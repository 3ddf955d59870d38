"""Reads the catalog as a CKAN does that harvests DCAT (ckanext-dcat), and holds what arrives to what was published.

Of the harvester only its parser runs here: what it does with the result needs a portal with its database. Its way through the
pages is written again below, as it is in `DCATRDFHarvester.gather_stage`: no Accept header, the parser by Content-Type, `hydra:next`.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import portal
from ckanext.dcat.processors import RDFParser

PROFILES = [["euro_dcat_ap_3"], ["euro_dcat_ap_2"]]
SYNTAXES = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
CONTENT_TYPES = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/ld+json": "json-ld"}
AUTHORITY = "http://publications.europa.eu/resource/authority/"
# What a stock CKAN calls the licence, by our name of it. It does not know the third, and says so.
LICENCES = {"CC-BY-4.0": "cc-by", "CC0-1.0": "cc-zero", "PDL-1.0": ""}
FORMATS = {"csv": "CSV", "json": "JSON", "geojson": "GeoJSON", "parquet": None, "xlsx": "XLSX"}

address, folder = sys.argv[1], Path(sys.argv[2])
failures = []


def expect(held, what):
    if not held:
        failures.append(what)


def get(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read(), answer.headers


def api(path):
    return json.loads(get(f"{address}/api/v1{path}")[0])


def published():
    """Every dataset as the catalog's own API shows it, by IRI."""
    found, path = {}, "/datasets?limit=100&sort=slug"
    while path:
        page = api(path)
        found.update({item["urls"]["html"]: item for item in page["items"]})
        path = page["next"] and page["next"].split("/api/v1", 1)[1]
    return found


def harvest(syntax, profiles):
    """What CKAN makes of all pages, by the IRI of the dataset."""
    url, found, first = f"{address}/catalog.{syntax}", {}, None
    while url:
        content, headers = get(url)
        kind = CONTENT_TYPES[headers.get_content_type()]
        expect(kind == SYNTAXES[syntax], f"{url} is {kind}")
        expect(len(content) < 50_000_000, f"{url} is too big")
        expect(content != first, f"{url} is the first page again")
        first = first or content
        parser = RDFParser(profiles=profiles)
        parser.parse(content.decode("utf-8"), _format=kind)
        for dataset in parser.datasets():
            iri = extras(dataset)["uri"]
            expect(iri not in found, f"{iri} comes twice")
            found[iri] = dataset
        url = parser.next_page()
    return found


def extras(dataset):
    return {extra["key"]: extra["value"] for extra in dataset["extras"]}


def compare(ours, theirs, profiles):
    """Each field that the portal shows has arrived."""
    at = f"{ours['slug']} ({profiles[0]})"
    extra = extras(theirs)
    expect(theirs["title"] in (ours["title"], ours["title_en"]), f"{at}: title {theirs['title']!r}")
    expect(theirs["notes"] == ours["description"].strip(), f"{at}: notes {theirs['notes']!r}")
    expect(theirs["url"] == ours["urls"]["html"], f"{at}: url {theirs['url']}")
    expect(theirs.get("license_id") == LICENCES[ours["license"]], f"{at}: license {theirs.get('license_id')!r}")
    expect(extra["identifier"] == ours["urls"]["html"], f"{at}: identifier")
    for date in ("issued", "modified"):
        expect(moment(extra[date]) == moment(ours[date]), f"{at}: {date} {extra[date]} {ours[date]}")
    expect(extra.get("contact_name") == ours["contact"]["name"], f"{at}: contact {extra.get('contact_name')}")
    expect(extra.get("contact_uri") == ours["contact"]["url"], f"{at}: contact {extra.get('contact_uri')}")
    expect(extra.get("publisher_name") in ("石巻市", "Ishinomaki City"), f"{at}: publisher {extra.get('publisher_name')}")
    expect(extra["frequency"].startswith(f"{AUTHORITY}frequency/"), f"{at}: frequency {extra['frequency']}")
    theme = json.loads(extra["theme"])
    expect(len(theme) == 1 and theme[0].startswith(f"{AUTHORITY}data-theme/"), f"{at}: theme {theme}")
    expect(json.loads(extra["language"]) == [f"{AUTHORITY}language/JPN"], f"{at}: language {extra['language']}")
    expect(extra.get("spatial_uri") == ours["spatial"]["uri"], f"{at}: place {extra.get('spatial_uri')}")
    expect(extra.get("spatial_text"), f"{at}: the place has no name")
    if ours["temporal"]:
        expect(extra.get("temporal_start") == ours["temporal"]["start"], f"{at}: {extra.get('temporal_start')}")
        expect(extra.get("temporal_end") == ours["temporal"]["end"], f"{at}: {extra.get('temporal_end')}")
    if ours["schema"]:
        expect(f"{address}/schemas/{ours['schema']}" in extra["conforms_to"], f"{at}: conforms to {extra['conforms_to']}")
    expect(extra.get("access_rights"), f"{at}: access rights")
    for tag in theirs["tags"]:
        expect(portal.takes_tag(tag["name"]), f"{at}: tag {tag['name']!r}")
    expect(theirs["tags"], f"{at}: no tags")

    resources = {resource["uri"]: resource for resource in theirs["resources"]}
    expect(len(resources) == len(ours["distributions"]), f"{at}: {len(resources)} resources")
    for form in ours["distributions"]:
        iri = f"{address}/distributions/{ours['slug']}/{form['format']}"
        resource = resources.get(iri)
        if resource is None:
            failures.append(f"{at}: no resource {iri}")
            continue
        at_form = f"{at} {form['format']}"
        expect(resource["url"] == form["url"], f"{at_form}: url {resource['url']}")
        expect(resource["mimetype"] == form["media_type"], f"{at_form}: {resource['mimetype']}")
        expect("http" not in resource["format"], f"{at_form}: format {resource['format']}")
        wanted = FORMATS[form["format"]]
        expect(wanted in (None, resource["format"]), f"{at_form}: format {resource['format']}")
        expect(int(resource["size"]) == form["bytes"], f"{at_form}: size {resource['size']}")
        expect(resource["hash"] == form["sha256"], f"{at_form}: hash {resource['hash']}")
        expect("sha256" in resource["hash_algorithm"], f"{at_form}: {resource['hash_algorithm']}")
        expect(resource["license"] == ours["license_url"], f"{at_form}: {resource['license']}")
        for field in ("name", "description", "issued", "modified", "rights", "availability", "access_services"):
            expect(resource.get(field), f"{at_form}: no {field}")


def moment(text):
    from datetime import datetime

    return datetime.fromisoformat(text.replace("Z", "+00:00")).replace(microsecond=0)


def hiyori(*words):
    return subprocess.run([os.environ["HIYORI"], *words], check=True, capture_output=True, text=True).stdout


def withdraw(slug):
    """As an admin, who has just read the dataset."""
    token = hiyori("token", "create", "--department", "dx", "--role", "admin", "--name", "harvest-test").strip()
    signed = {"Authorization": f"Bearer {token}"}
    path = f"{address}/api/v1/datasets/{slug}"
    with urllib.request.urlopen(urllib.request.Request(path, headers=signed)) as answer:
        tag = answer.headers["ETag"]
    headers = {**signed, "If-Match": tag, "Content-Type": "application/json"}
    body = json.dumps({"reason": "試験のため"}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{path}/withdraw", data=body, headers=headers)).close()


def the_list_tells(new, gone, forms):
    """Waits for オープンデータ一覧, which is made anew at most once a minute, and for its forms, which come after it: nothing is to
    change while all is read and compared."""
    for _ in range(180):
        content = get(f"{address}/042021_open_data_list.csv")[0].decode("utf-8")
        is_told = f"/datasets/{new}/" in content and f"/datasets/{gone}/" not in content
        if is_told and len(api("/datasets/open-data-list")["distributions"]) == forms:
            return
        time.sleep(1)
    expect(False, f"the list tells of {gone} still, or not yet of {new}")


def everything_arrives(what):
    ours = published()
    for profiles in PROFILES:
        by_syntax = {syntax: harvest(syntax, profiles) for syntax in SYNTAXES}
        for syntax, theirs in by_syntax.items():
            expect(theirs.keys() == ours.keys(), f"{syntax}: lost {ours.keys() - theirs.keys()}, dead {theirs.keys() - ours.keys()}")
            for iri in theirs.keys() & ours.keys():
                compare(ours[iri], theirs[iri], profiles)
    resources = sum(len(dataset["distributions"]) for dataset in ours.values())
    print(f"{what}: {len(ours)} datasets, {resources} resources, {len(SYNTAXES)} syntaxes, {len(PROFILES)} profiles")
    return harvest("ttl", PROFILES[0])


def changed(before, after):
    return {iri for iri in before.keys() & after.keys() if stable(before[iri]) != stable(after[iri])}


def stable(dataset):
    """A dataset without the list of all that the API serves, which a page of the catalog tells of every one of them."""
    kept = json.loads(json.dumps(dataset))
    for resource in kept["resources"]:
        resource.pop("access_services", None)
    kept["tags"].sort(key=lambda tag: tag["name"])
    kept["resources"].sort(key=lambda resource: resource["uri"])
    kept["extras"].sort(key=lambda extra: extra["key"])
    return kept


first = everything_arrives("full harvest")
again = harvest("ttl", PROFILES[0])
expect(changed(first, again) == set(), f"without a change something changed: {changed(first, again)}")

# Something is revised, something new is published, something is withdrawn.
revised = folder / "table-007"
(revised / "data.csv").write_text("番号,名称\r\n7,改めた見本\r\n", encoding="utf-8", newline="")
hiyori("publish", str(revised))
new = folder / "table-050-new"
new.mkdir()
(new / "data.csv").write_text("番号,名称\r\n1,見本\r\n", encoding="utf-8", newline="")
(new / "dataset.toml").write_text((folder / "table-050" / "dataset.toml").read_text(encoding="utf-8"), encoding="utf-8")
hiyori("publish", str(new))
withdraw("table-009")
the_list_tells("table-050-new", "table-009", len(first[f"{address}/datasets/open-data-list"]["resources"]))

second = everything_arrives("harvest after changes")
iri = lambda slug: f"{address}/datasets/{slug}"
made = {iri("open-data-list"), iri("initiatives")}
expect(changed(first, second) - made == {iri("table-007")}, f"changed: {changed(first, second)}")
expect(second.keys() - first.keys() == {iri("table-050-new")}, f"new: {second.keys() - first.keys()}")
expect(first.keys() - second.keys() == {iri("table-009")}, f"gone: {first.keys() - second.keys()}")
for dataset in first.keys() & second.keys():
    uris = lambda harvested: {resource["uri"] for resource in harvested[dataset]["resources"]}
    expect(uris(first) == uris(second), f"{dataset}: its resources have other IRIs")

for failure in failures[:40]:
    print("✗", failure)
if failures:
    sys.exit(f"{len(failures)} things did not arrive as they should")
print("everything arrived")
