"""The list of actors as data: every actor, no formula, only true points, whence and under what terms."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import geopandas as gpd
import pyogrio
import pytest

from territoires.domain.directory import Directory
from territoires.domain.selection import ActorFilter, Dataset, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render.data_files import (
    catalysts_layer,
    catalysts_table,
    to_csv,
    to_geojson,
    to_geopackage,
)
from territoires.render.data_files.geo_files import NOTES_LAYER, layer_name
from territoires.tables.published import Published
from territoires.views.catalyst_index import build_catalyst_index
from territoires.views.catalyst_list import build_catalysts_view
from territoires.views.catalyst_places import build_actor_places

from .conftest import TAKEN

LAVAL = TerritoryId(Level.COMMUNE, "53130")


@pytest.fixture(scope="module")
def ask(directory: Directory):
    """Give the list in view and what its files are made from."""

    def asked(data: Published, **asked: object):
        index = build_catalyst_index(data, directory, build_actor_places(data, directory))
        selection = Selection("", "", data.dataset, **asked)
        return build_catalysts_view(selection, data, directory, index), data, index, TAKEN

    return asked


def read(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def rows_of(asked) -> list[dict[str, str]]:
    return read(to_csv(catalysts_table(*asked)))


def test_the_csv_holds_every_actor_with_its_set_source_citation_and_licence(ask, datasets) -> None:
    for data in datasets:
        simulated = data.lists["catalysts"].exhaustive
        rows = rows_of(ask(data))
        assert {row["identifiant"] for row in rows} == {c.actor_id for c in data.catalysts}
        for row in rows:
            placed = row["precision"] in {"commune", "epci"}
            assert bool(row["longitude"]) is bool(row["latitude"]) is placed
            assert row["source"]
            assert row["reserve_de_la_liste"] == data.lists["catalysts"].caveat
            assert "Territoires" in row["citation"]
            assert row["licence"]
            wanted = "Démonstration (simulée)" if simulated else "Données publiées"
            assert row["jeu"] == wanted


def test_numbers_have_a_decimal_comma(ask, demonstration) -> None:
    rows = rows_of(ask(demonstration, territory=LAVAL))
    assert all("." not in row["longitude"] + row["latitude"] + row["distance_km"] for row in rows)
    assert float(rows[0]["distance_km"].replace(",", ".")) == pytest.approx(37, abs=0.5)
    assert rows[0]["distance_depuis"] == "Laval, la mairie de Laval"
    assert any(row["longitude"].startswith("-") for row in rows)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_would_run_as_a_formula_begins_with_an_apostrophe(ask, published, start) -> None:
    hostile = start + "cmd|' /C calc'!A0"
    first = replace(published.catalysts[0], name=hostile, note=hostile, place_name=hostile)
    data = replace(published, catalysts=(first, *published.catalysts[1:]))
    row = next(row for row in rows_of(ask(data)) if row["identifiant"] == first.actor_id)
    assert row["nom"] == row["note"] == row["lieu"] == "’" + hostile


def test_separators_and_quotes_survive(ask, published) -> None:
    odd = 'a;b "c"\nd'
    first = replace(published.catalysts[0], note=odd)
    asked = ask(replace(published, catalysts=(first, *published.catalysts[1:])))
    row = next(row for row in rows_of(asked) if row["identifiant"] == first.actor_id)
    assert row["note"] == odd


def test_the_files_of_a_draft_say_that_nothing_of_it_is_published(ask, published) -> None:
    asked = ask(replace(published, dataset=Dataset.BROUILLON))
    assert {row["jeu"] for row in rows_of(asked)} == {"Brouillon (non publié)"}
    collection = json.loads(to_geojson(*catalysts_layer(*asked)))
    assert collection["jeu"] == "Brouillon (non publié)"
    assert "ne citez" in collection["licence"]


def test_the_layers_hold_true_points_only(ask, datasets, directory, tmp_path) -> None:
    for data in datasets:
        asked = ask(data)
        table, points = catalysts_layer(*asked)
        collection = json.loads(to_geojson(table, points))
        assert collection["citation"] == table.citation.line
        assert "Contours" not in collection["licence"]
        by_id = {c.actor_id: c for c in data.catalysts}
        assert len(collection["features"]) == len(asked[0].placed)
        for feature in collection["features"]:
            home = directory.get(by_id[feature["id"]].territory)
            point = {"type": "Point", "coordinates": [home.longitude, home.latitude]}
            assert feature["geometry"] == point
        path = tmp_path / f"{data.dataset}.gpkg"
        path.write_bytes(to_geopackage(table, points))
        read_back = gpd.read_file(path, layer=layer_name(table))
        assert set(read_back.geometry.geom_type) == {"Point"}
        assert read_back.crs.to_epsg() == 4326
        assert len(read_back) == len(table.rows)
        notes = pyogrio.read_dataframe(path, layer=NOTES_LAYER)
        assert {"Citation", "Licence"} <= set(notes["sujet"])


def test_files_hold_what_is_in_view(ask, published) -> None:
    asked = ask(published, actor_filter=ActorFilter(text="lille"))
    assert len(rows_of(asked)) == 2
    assert len(catalysts_layer(*asked)[0].rows) == 2
