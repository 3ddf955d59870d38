"""Harvests a catalog as CKAN's harvester and ckanapi do, and compares what arrives with the catalog's own API.

usage: ckan_api.py ADDRESS full STATE          every package, page by page; remembers when
       ckan_api.py ADDRESS since STATE NAME…   only what has changed since STATE was written: the packages NAME
"""

import csv
import io
import json
import sys
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

from ckanapi import RemoteCKAN
from ckanapi.errors import NotAuthorized, NotFound, ValidationError


def fetch(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read()


def walk(address, conditions):
    """As ckanext-harvest's `_search_for_datasets` walks."""
    packages, start = [], 0
    while True:
        params = {"rows": "2", "start": str(start), "sort": "id asc"}
        if conditions:
            params["fq"] = " ".join(conditions)
        url = f"{address}/api/3/action/package_search?{urllib.parse.urlencode(params)}"
        page = json.loads(fetch(url))["result"]["results"]
        if not page:
            return packages
        packages.extend(page)
        start += len(page)


def moment(text):
    """CKAN's moments are in UTC and do not say so."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc, microsecond=0)


def compare(package, dataset):
    """Everything that a harvester takes has arrived."""
    extras = {extra["key"]: extra["value"] for extra in package["extras"]}
    same = {
        "title": (package["title"], dataset["title"]),
        "notes": (package["notes"], dataset["description"]),
        "licence": (package["license_url"], dataset["license_url"]),
        "issued": (moment(package["metadata_created"]), datetime.fromisoformat(dataset["issued"])),
        "modified": (moment(package["metadata_modified"]), datetime.fromisoformat(dataset["modified"])),
        "contact": (extras["contact_name"], dataset["contact"]["name"]),
        "organization": (package["organization"]["name"], dataset["department"]),
        "theme": ([group["name"] for group in package["groups"]], [dataset["theme"]] if dataset["theme"] else []),
        "identifier": (extras["identifier"], dataset["urls"]["html"]),
        "files": (
            [(it["url"], it["size"], it["hash"], it["mimetype"]) for it in package["resources"]],
            [(it["url"], it["bytes"], it["sha256"], it["media_type"]) for it in dataset["distributions"]],
        ),
    }
    for what, (arrived, expected) in same.items():
        assert arrived == expected, f"{package['name']}: {what}: {arrived!r} is not {expected!r}"
    assert bool(dataset["frequency"]) == ("frequency" in extras), package["name"]
    assert package["license_id"] in ("cc-by", "cc-zero", "other-at") and package["isopen"], package["name"]


def full(address):
    listed = json.loads(fetch(f"{address}/api/v1/datasets?limit=100"))
    datasets = {dataset["slug"]: dataset for dataset in listed["items"]}
    packages = walk(address, [])
    names = [package["name"] for package in packages]
    assert sorted(names) == sorted(datasets), names
    assert len({package["id"] for package in packages}) == len(packages)
    for package in packages:
        compare(package, datasets[package["name"]])

    for portal in (RemoteCKAN(address), RemoteCKAN(address, get_only=True)):
        assert portal.action.site_read() is True
        assert sorted(portal.action.package_list()) == sorted(datasets)
        for package in packages:
            assert portal.action.package_show(id=package["id"]) == package
            for resource in package["resources"]:
                assert portal.action.resource_show(id=resource["id"]) == resource
            owner = portal.action.organization_show(id=package["owner_org"])
            assert owner["name"] == package["organization"]["name"]
            for group in package["groups"]:
                assert portal.action.group_show(id=group["name"])["id"] == group["id"]
        for wrong, error in [
            (lambda: portal.action.package_show(id="no-such-thing"), NotFound),
            (lambda: portal.action.package_show(), ValidationError),
            (lambda: portal.action.package_search(fq="no_such_field:x"), ValidationError),
            (lambda: portal.action.package_create(name="x"), NotAuthorized),
        ]:
            try:
                wrong()
            except error:
                pass
            else:
                raise AssertionError(f"{error.__name__} was not raised")
        rows(address, portal, packages)
    print(f"{len(packages)} packages, {sum(len(package['resources']) for package in packages)} resources")


def rows(address, portal, packages):
    """The rows of every CSV come through the datastore as they stand in it."""
    for package in packages:
        for resource in package["resources"]:
            if not resource["datastore_active"]:
                continue
            lines = list(csv.DictReader(io.StringIO(fetch(resource["url"]).decode())))
            records, offset = [], 0
            while True:
                page = portal.action.datastore_search(resource_id=resource["id"], limit=7, offset=offset)
                assert page["total"] == len(lines), package["name"]
                if not page["records"]:
                    break
                records.extend(page["records"])
                offset += len(page["records"])
            assert [record["_id"] for record in records] == list(range(1, len(lines) + 1)), package["name"]
            for record, line in zip(records, lines):
                for name, text in line.items():
                    value = record[name]
                    told = "" if value is None else value if isinstance(value, str) else float(value)
                    assert told == (text if isinstance(told, str) else float(text)), (package["name"], name)


def since(address, state, names):
    # An hour earlier, as CKAN's harvester goes back, would find everything here: what was taken is taken exactly.
    moments = [state["at"] + "Z", state["at"]]
    for at in moments:
        packages = walk(address, [f"metadata_modified:[{at} TO *]"])
        assert [package["name"] for package in packages if package["name"] != "open-data-list"] == names, packages
        by_owner = walk(address, ["organization:mihon OR organization:dx", f"metadata_modified:[{at} TO *]"])
        assert len(by_owner) == len(packages)
    print(f"{', '.join(names)} and nothing else")


def main():
    address, what, place, *names = sys.argv[1:]
    if what == "full":
        at = datetime.now(timezone.utc) + timedelta(microseconds=1)
        full(address)
        with open(place, "w") as state:
            json.dump({"at": at.replace(tzinfo=None).isoformat(timespec="microseconds")}, state)
    else:
        with open(place) as state:
            since(address, json.load(state), names)


main()
