"""GDAL reads every collection through OAPIF, without a plug-in: count and values are those of the CSV.

    with_gdal.py ADDRESS FOLDER      ADDRESS is the program's (http://127.0.0.1:8080), FOLDER is for scratch

Needs `ogrinfo` and `ogr2ogr` (Debian: gdal-bin) and nothing but Python itself. Exits 1 where something differs.
"""

import csv
import io
import json
import sqlite3
import struct
import subprocess
import sys
import urllib.parse
import urllib.request

ADDRESS, FOLDER = sys.argv[1:3]
ROOT = f"{ADDRESS}/ogc"
PAGE = ["-oo", "PAGE_SIZE=5"]  # small pages, so that `next` is followed


def run(*line):
    done = subprocess.run(line, capture_output=True, text=True)
    if done.returncode or "ERROR" in done.stderr:
        sys.exit(f"{' '.join(line)}\n{done.stderr}{done.stdout}")
    if done.stderr.strip():
        print(done.stderr.strip(), file=sys.stderr)
    return done.stdout


def get(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read()


def point(blob):
    """The point of a GeoPackage geometry: a header whose flags tell the length of the envelope, then WKB."""
    flags = blob[3]
    envelope = (0, 32, 48, 48, 64)[(flags >> 1) & 7]
    wkb = blob[8 + envelope:]
    order = "<" if wkb[0] == 1 else ">"
    kind, x, y = struct.unpack(order + "Idd", wkb[1:21])
    assert kind == 1, kind
    return x, y


def same(value, cell):
    """Whether GDAL says what the cell says: numbers are compared as numbers, times with their seconds, all else letter by letter."""
    if value is None:
        return cell == ""
    if isinstance(value, (int, float)):
        return cell != "" and float(cell) == value
    return value == cell or value == f"{cell}:00"


collections = json.loads(get(f"{ROOT}/collections?f=json"))["collections"]
features = [it["id"] for it in collections if it["itemType"] == "feature"]
assert features, "no collection of features"

listed = run("ogrinfo", "-ro", "-q", f"OAPIF:{ROOT}")
for name in features:
    assert name in listed, f"ogrinfo does not list {name}:\n{listed}"

for name in features:
    rows = list(csv.DictReader(io.StringIO(get(f"{ADDRESS}/api/v1/datasets/{name}/download.csv").decode())))
    gpkg = f"{FOLDER}/{name}.gpkg"
    run("ogr2ogr", *PAGE, "-f", "GPKG", "-nln", "rows", gpkg, f"OAPIF:{ROOT}", name)
    database = sqlite3.connect(gpkg)
    columns = [column[1] for column in database.execute("PRAGMA table_info(rows)")]
    geometry = database.execute("SELECT column_name, srs_id FROM gpkg_geometry_columns").fetchone()
    assert geometry[1] == 4326, geometry
    found = [dict(zip(columns, row)) for row in database.execute("SELECT * FROM rows ORDER BY 1")]
    assert len(found) == len(rows), f"{name}: {len(found)} of {len(rows)} rows"
    differences = []
    for number, (row, feature) in enumerate(zip(rows, found), 1):
        for field, cell in row.items():
            # GeoPackage takes no two columns that differ in case only: GDAL has put the feature's `id` beside our `ID`.
            field = field if field in feature else f"{field}2"
            if field not in feature:
                differences.append(f"{name} row {number}: no {field} among {list(feature)}")
            elif not same(feature[field], cell):
                differences.append(f"{name} row {number} {field}: {feature[field]!r}, not {cell!r}")
        blob = feature[geometry[0]]
        if row["緯度"] and row["経度"]:
            x, y = point(blob)
            if (x, y) != (float(row["経度"]), float(row["緯度"])):
                differences.append(f"{name} row {number}: at {x} {y}, not {row['経度']} {row['緯度']}")
        elif blob is not None:
            differences.append(f"{name} row {number}: has a place, and no coordinates")
    assert not differences, "\n".join(differences[:20])

    # GDAL hands a box on to the server; the same rows come.
    places = [(float(row["経度"]), float(row["緯度"])) for row in rows if row["緯度"] and row["経度"]]
    west, south = min(x for x, _ in places), min(y for _, y in places)
    middle = (west + max(x for x, _ in places)) / 2, (south + max(y for _, y in places)) / 2
    box = [str(edge) for edge in (west, south, *middle)]
    told = run("ogrinfo", "-ro", "-so", "-spat", *box, f"OAPIF:{ROOT}", name)
    expected = sum(west <= x <= middle[0] and south <= y <= middle[1] for x, y in places)
    assert f"Feature Count: {expected}" in told, f"{name}: {expected} in {box}\n{told}"
    print(f"GDAL: {name}: {len(rows)} rows, {len(rows[0])} fields, {expected} in a box")
