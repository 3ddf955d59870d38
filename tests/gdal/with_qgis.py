"""QGIS reads every collection through its own OAPIF provider, without a plug-in: count, places and values are those of the CSV.

    with_qgis.py ADDRESS FOLDER      ADDRESS is the program's (http://127.0.0.1:8080), FOLDER is for QGIS' profile and cache

Needs QGIS' Python module (Debian: python3-qgis, qgis-providers), and no screen. Exits 1 where something differs.
"""

import csv
import io
import json
import os
import sys
import urllib.request

ADDRESS, FOLDER = sys.argv[1:3]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("XDG_RUNTIME_DIR", FOLDER)

from qgis.core import NULL, Qgis, QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, Qt, QTime


def get(path):
    with urllib.request.urlopen(ADDRESS + path) as answer:
        return answer.read().decode()


def layer_of(name):
    """The layer as QGIS' dialogue makes it, in small pages, so that `next` is followed; a box is asked of the server."""
    source = f"url='{ADDRESS}/ogc' typename='{name}' pagingEnabled='true' pageSize='5' restrictToRequestBBOX='1'"
    layer = QgsVectorLayer(source, name, "OAPIF")
    assert layer.isValid(), f"{name}: {layer.error().message()}"
    return layer


def same(value, cell):
    """Whether QGIS says what the cell says: numbers are compared as numbers, days and times as ISO 8601, all else letter by letter."""
    if value is None or value == NULL:
        return cell == ""
    if isinstance(value, QDate):
        return value.toString(Qt.ISODate) == cell
    if isinstance(value, QTime):
        return value.toString("HH:mm:ss") in (cell, f"{cell}:00")
    if isinstance(value, (int, float)):
        return cell != "" and float(cell) == value
    return value == cell


def ids(layer, request=None):
    """The features' `ID`s. QGIS has a field `id` beside it, whose name differs in case only."""
    place = layer.fields().indexOf("ID")
    return sorted(feature.attributes()[place] for feature in layer.getFeatures(request or QgsFeatureRequest()))


said = []
application = QgsApplication([], False, FOLDER)
application.messageLog().messageReceived.connect(lambda text, tag, level: said.append(f"{tag}: {text}"))
QgsApplication.initQgis()

collections = json.loads(get("/ogc/collections?f=json"))["collections"]
names = [it["id"] for it in collections if it["itemType"] == "feature"]
assert names, "no collection of features"

for name in names:
    rows = list(csv.DictReader(io.StringIO(get(f"/api/v1/datasets/{name}/download.csv"), newline="")))
    layer = layer_of(name)
    assert layer.crs().authid() in ("EPSG:4326", "OGC:CRS84"), layer.crs().authid()
    assert layer.featureCount() == len(rows), f"{name}: {layer.featureCount()} of {len(rows)} rows"
    fields = [field.name() for field in layer.fields()]
    assert set(rows[0]) <= set(fields), f"{name}: no {set(rows[0]) - set(fields)} among {fields}"
    found = list(layer.getFeatures())
    assert len(found) == len(rows), f"{name}: {len(found)} of {len(rows)} rows"
    differences = []
    for number, (row, feature) in enumerate(zip(rows, found), 1):
        values = dict(zip(fields, feature.attributes()))
        for field, cell in row.items():
            if not same(values[field], cell):
                differences.append(f"{name} row {number} {field}: {values[field]!r}, not {cell!r}")
        if row["緯度"] and row["経度"]:
            place = feature.geometry().asPoint()
            if (place.x(), place.y()) != (float(row["経度"]), float(row["緯度"])):
                differences.append(f"{name} row {number}: at {place}, not {row['経度']} {row['緯度']}")
        elif feature.hasGeometry():
            differences.append(f"{name} row {number}: has a place, and no coordinates")
    assert not differences, "\n".join(differences[:20])

    # A layer that has read nothing yet hands a box on to the server; the same rows come.
    places = {row["ID"]: (float(row["経度"]), float(row["緯度"])) for row in rows if row["緯度"] and row["経度"]}
    west, south = min(x for x, _ in places.values()), min(y for _, y in places.values())
    middle = (west + max(x for x, _ in places.values())) / 2, (south + max(y for _, y in places.values())) / 2
    inside = sorted(it for it, (x, y) in places.items() if west <= x <= middle[0] and south <= y <= middle[1])
    box = QgsFeatureRequest().setFilterRect(QgsRectangle(west, south, *middle))
    assert ids(layer_of(name), box) == inside, f"{name}: {inside} in {box}"

    # What a layer is filtered by, and what is selected in it.
    first = rows[0]["ID"]
    filters = [
        (f"\"ID\" = '{first}'", [first]),
        (f'"緯度" <= {middle[1]}', sorted(it for it, (_, y) in places.items() if y <= middle[1])),
        (f"\"ID\" like '%1' and \"経度\" > {middle[0]}", sorted(it for it, (x, _) in places.items() if it.endswith("1") and x > middle[0])),
    ]
    if "終了日" in rows[0]:  # QGIS makes `datetime` of a day, with an end in the year 9999
        day = sorted(row["終了日"] for row in rows)[len(rows) // 2]
        filters.append((f"\"終了日\" >= '{day}'", sorted(row["ID"] for row in rows if row["終了日"] >= day)))
    for expression, expected in filters:
        filtered = layer_of(name)
        assert filtered.setSubsetString(expression), expression
        assert ids(filtered) == expected, f"{name}: {ids(filtered)}, not {expected} by {expression}"
        assert ids(layer, QgsFeatureRequest().setFilterExpression(expression)) == expected, f"{name}: {expression}"
    print(f"QGIS {Qgis.QGIS_VERSION}: {name}: {len(rows)} rows, {len(rows[0])} fields, {len(inside)} in a box, {len(filters)} filters")

del layer, filtered
application.processEvents()
QgsApplication.exitQgis()
assert not said, said
