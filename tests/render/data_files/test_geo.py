"""Maps as data: GeoJSON and GeoPackage read back hold the table and its true outlines."""

from __future__ import annotations

import io
import json
import sqlite3

import geopandas as gpd
import pyogrio
import pytest
import shapely
from shapely.geometry import shape

from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.render.data_files import read_shapes, to_geojson, to_geopackage
from territoires.render.data_files.geo_files import NOTES_LAYER, layer_name
from territoires.tables.boundaries import read_boundaries, read_outlines
from territoires.views.datasets import EDITIONS
from territoires.views.french import ATTRIBUTION

NAMES = ["connue", "simulée", "île", "zones"]


@pytest.fixture(scope="module")
def shapes(maps, demonstration):
    return {name: read_shapes(view, demonstration.zonings) for name, view in maps.items()}


@pytest.fixture(scope="module")
def collections(tables, shapes):
    return {name: json.loads(to_geojson(tables[name], shapes[name])) for name in NAMES}


@pytest.fixture(scope="module")
def packages(tables, shapes, tmp_path_factory):
    folder = tmp_path_factory.mktemp("paquets")
    paths = {}
    for name in NAMES:
        paths[name] = folder / f"{NAMES.index(name)}.gpkg"
        paths[name].write_bytes(to_geopackage(tables[name], shapes[name]))
    return paths


@pytest.mark.parametrize("name", NAMES)
def test_a_geojson_holds_every_row_and_what_rows_share_once(collections, tables, name) -> None:
    collection, table = collections[name], tables[name]
    kept = table.without(table.constants())
    assert [feature["id"] for feature in collection["features"]] == list(table.keys)
    for feature, row in zip(collection["features"], kept.rows, strict=True):
        expected = {c.name: cell for c, cell in zip(kept.columns, row, strict=True)}
        found = feature["properties"]
        assert found == {n: v for n, v in expected.items() if v not in (None, "") or n == "valeur"}
        assert found["jeu"] == EDITIONS[table.citation.dataset].name
    assert collection["communs"] == table.constants()


@pytest.mark.parametrize("name", NAMES)
def test_outlines_turn_as_rfc_7946_asks_and_stay_true(collections, shapes, name) -> None:
    drawn = [shape(feature["geometry"]) for feature in collections[name]["features"]]
    true = shapely.from_wkb(list(shapes[name]))
    assert shapely.equals(shapely.normalize(drawn), shapely.normalize(true)).all()
    for one in drawn:
        for polygon in getattr(one, "geoms", [one]):
            assert polygon.exterior.is_ccw
            assert not any(ring.is_ccw for ring in polygon.interiors)
    west, south, east, north = collections[name]["bbox"]
    assert shapely.box(west, south, east, north).buffer(1e-4).covers(shapely.union_all(drawn))


def test_a_geojson_cites_its_figures_and_its_outlines(collections, tables) -> None:
    for name, collection in collections.items():
        assert collection["citation"] == tables[name].citation.line
        assert ATTRIBUTION in collection["licence"]
        assert collection["notes"]
        assert set(collection["colonnes"]) == {column.name for column in tables[name].columns}
    assert collections["simulée"]["mention"] == EDITIONS[Dataset.DEMONSTRATION].watermark
    assert "mention" not in collections["connue"]


def test_a_geojson_opens_as_a_layer_in_degrees(tables, shapes) -> None:
    frame = gpd.read_file(io.BytesIO(to_geojson(tables["simulée"], shapes["simulée"])))
    assert frame.crs.to_epsg() == 4326
    assert frame["code"].tolist() == [key.partition("-")[2] for key in tables["simulée"].keys]


@pytest.mark.parametrize("name", NAMES)
def test_a_geopackage_read_back_is_the_table(packages, tables, shapes, name) -> None:
    table = tables[name]
    kept = table.without(table.constants())
    frame = gpd.read_file(packages[name], layer=layer_name(table))
    assert frame.crs.to_epsg() == 4326
    assert [c for c in frame.columns if c != "geometry"] == [c.name for c in kept.columns]
    for i, column in enumerate(kept.columns):
        wanted = [row[i] for row in kept.rows]
        found = [
            None if missing else value
            for value, missing in zip(frame[column.name], frame[column.name].isna(), strict=True)
        ]
        assert found == [None if cell == "" else cell for cell in wanted]
    assert shapely.equals(frame.geometry.to_numpy(), shapely.from_wkb(list(shapes[name]))).all()


def test_a_geopackage_has_one_layer_and_one_table_of_notes(packages, tables) -> None:
    layers = pyogrio.list_layers(packages["simulée"])
    assert layers.tolist() == [["DEMO_regions", "MultiPolygon"], [NOTES_LAYER, None]]
    assert layer_name(tables["connue"]) == "regions"
    notes = pyogrio.read_dataframe(packages["simulée"], layer=NOTES_LAYER)
    told = dict(zip(notes["sujet"], notes["texte"], strict=True))
    assert told["Citation"] == tables["simulée"].citation.line
    assert ATTRIBUTION in told["Licence"]
    assert "EPSG:4326" in told["Coordonnées"]
    with sqlite3.connect(packages["simulée"]) as base:
        (title,) = base.execute(
            "select identifier from gpkg_contents where data_type = 'features'"
        ).fetchone()
    assert title == tables["simulée"].citation.marked_title


def test_a_territory_without_boundary_keeps_its_row(tables, shapes, tmp_path) -> None:
    table, cut = tables["connue"], (None, *shapes["connue"][1:])
    collection = json.loads(to_geojson(table, cut))
    assert collection["features"][0]["geometry"] is None
    assert len(collection["features"]) == len(table.rows)
    path = tmp_path / "trou.gpkg"
    path.write_bytes(to_geopackage(table, cut))
    assert gpd.read_file(path, layer="regions").geometry.isna().tolist()[:2] == [True, False]
    nothing = (None,) * len(cut)
    assert "bbox" not in json.loads(to_geojson(table, nothing))


def test_zones_are_the_union_of_their_members(maps, shapes, demonstration) -> None:
    zoning = demonstration.zonings[maps["zones"].zoning]
    members = read_outlines(zoning.member_level)
    zone = zoning.zones[0]
    whole = shapely.union_all(shapely.from_wkb([members[m.code] for m in zone.members]))
    assert shapely.equals(whole, shapely.from_wkb(shapes["zones"][0]))


def test_outlines_alone_are_those_of_the_boundaries() -> None:
    frame, outlines = read_boundaries(Level.REGION), read_outlines(Level.REGION)
    assert list(outlines) == frame["code"].tolist()
    assert shapely.equals(
        shapely.from_wkb(list(outlines.values())), frame.geometry.to_numpy()
    ).all()
