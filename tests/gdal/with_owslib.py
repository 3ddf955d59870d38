"""owslib reads every collection, and the catalog as records: count and values are those of the CSV.

    with_owslib.py ADDRESS      ADDRESS is the program's (http://127.0.0.1:8080)

Needs `owslib` (PyPI). Exits 1 where something differs.
"""

import csv
import io
import sys
import urllib.request

from owslib.ogcapi.features import Features
from owslib.ogcapi.records import Records

ADDRESS = sys.argv[1]


def rows_of(name):
    with urllib.request.urlopen(f"{ADDRESS}/api/v1/datasets/{name}/download.csv") as answer:
        return list(csv.DictReader(io.TextIOWrapper(answer, "utf-8", newline="")))


def same(value, cell):
    if value is None:
        return cell == ""
    if isinstance(value, (int, float)):
        return cell != "" and float(cell) == value
    return value == cell


features = Features(f"{ADDRESS}/ogc")
assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in features.conformance()["conformsTo"]
assert features.api()["openapi"].startswith("3.0"), features.api()["openapi"]
names = features.feature_collections()
assert names and "catalog" not in names, names
for name in names:
    rows = rows_of(name)
    assert features.collection(name)["id"] == name
    found = features.collection_items(name, limit=10_000)
    assert found["numberMatched"] == len(found["features"]) == len(rows), name
    for row, feature in zip(rows, found["features"]):
        for field, cell in row.items():
            assert same(feature["properties"][field], cell), f"{name} {field}: {feature['properties'][field]!r}, not {cell!r}"
        if row["緯度"] and row["経度"]:
            assert feature["geometry"]["coordinates"] == [float(row["経度"]), float(row["緯度"])], feature
    first = found["features"][0]
    assert features.collection_item(name, first["id"])["properties"] == first["properties"]
    queryables = features.collection_queryables(name)["properties"]
    assert set(rows[0]) <= set(queryables), set(rows[0]) - set(queryables)
    x, y = next(it["geometry"]["coordinates"] for it in found["features"] if it["geometry"])
    around = features.collection_items(name, bbox=[x, y, x, y], limit=10_000)
    assert first["id"] in [it["id"] for it in around["features"]] or around["numberMatched"] > 0
    filtered = features.collection_items(name, filter=f"\"ID\" = '{first['properties']['ID']}'")
    assert [it["id"] for it in filtered["features"]] == [first["id"]]
    print(f"owslib: {name}: {len(rows)} rows")

records = Records(f"{ADDRESS}/ogc")
assert records.records() == ["catalog"], records.records()
found = records.collection_items("catalog", limit=1_000)
assert set(names) <= {it["id"] for it in found["features"]}
assert records.collection_item("catalog", names[0])["properties"]["type"] == "dataset"
assert "title" in records.collection_queryables("catalog")["properties"]
print(f"owslib: catalog: {found['numberMatched']} records")
