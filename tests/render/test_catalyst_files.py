"""Files of the list: the French dialect, no formula, only true points, and where they come from."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.selection import ActorFilter, Dataset, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render.catalyst_files import file_name, to_csv, to_geojson
from territoires.tables.published import Published
from territoires.views.catalyst_index import build_catalyst_index
from territoires.views.catalyst_list import build_catalysts_view
from territoires.views.catalyst_places import build_actor_places

LAVAL = TerritoryId(Level.COMMUNE, "53130")


@pytest.fixture
def ask(directory: Directory):
    def view(data: Published, **asked: object):
        index = build_catalyst_index(data, directory, build_actor_places(data, directory))
        selection = Selection("", "", data.dataset, **asked)
        return build_catalysts_view(selection, data, directory, index), data, index

    return view


def read(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_csv_holds_every_actor_found_with_or_without_a_place(ask, datasets) -> None:
    for data in datasets:
        view, *rest = ask(data)
        rows = read(to_csv(view, *rest))
        assert {row["identifiant"] for row in rows} == {c.actor_id for c in data.catalysts}
        for row in rows:
            placed = row["precision"] in {"commune", "epci"}
            assert bool(row["longitude"]) is bool(row["latitude"]) is placed
            assert row["source"]
            assert row["reserve_de_la_liste"] == data.lists["catalysts"].caveat


def test_numbers_have_a_decimal_comma(ask, demonstration) -> None:
    view, *rest = ask(demonstration, territory=LAVAL)
    rows = read(to_csv(view, *rest))
    assert all("." not in row["longitude"] + row["latitude"] + row["distance_km"] for row in rows)
    nearest = rows[0]
    assert float(nearest["distance_km"].replace(",", ".")) == pytest.approx(37, abs=0.5)
    assert nearest["distance_depuis"] == "Laval, la mairie de Laval"
    assert any(row["longitude"].startswith("-") for row in rows)


def test_the_set_of_data_is_named_in_every_row_and_in_the_name(ask, datasets) -> None:
    for data in datasets:
        view, *rest = ask(data)
        simulated = data.lists["catalysts"].exhaustive
        names = {row["jeu"] for row in read(to_csv(view, *rest))}
        assert names == {"Démonstration (simulée)" if simulated else "Données publiées"}
        assert file_name(view, "csv").startswith("DEMO_") is simulated
        assert "territoires_catalyseurs" in file_name(view, "csv")


def test_the_files_of_a_draft_say_that_nothing_of_it_is_published(ask, published) -> None:
    view, *rest = ask(replace(published, dataset=Dataset.BROUILLON))
    assert file_name(view, "csv").startswith("BROUILLON_territoires_catalyseurs")
    assert {row["jeu"] for row in read(to_csv(view, *rest))} == {"Brouillon (non publié)"}
    assert json.loads(to_geojson(view, *rest))["jeu"] == "Brouillon (non publié)"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_would_run_as_a_formula_begins_with_an_apostrophe(ask, published, start) -> None:
    hostile = start + "cmd|' /C calc'!A0"
    first = replace(published.catalysts[0], name=hostile, note=hostile, place_name=hostile)
    data = replace(published, catalysts=(first, *published.catalysts[1:]))
    view, *rest = ask(data)
    row = next(row for row in read(to_csv(view, *rest)) if row["identifiant"] == first.actor_id)
    assert row["nom"] == row["note"] == row["lieu"] == "’" + hostile


def test_separators_and_quotes_survive(ask, published) -> None:
    odd = 'a;b "c"\nd'
    first = replace(published.catalysts[0], note=odd)
    view, *rest = ask(replace(published, catalysts=(first, *published.catalysts[1:])))
    row = next(row for row in read(to_csv(view, *rest)) if row["identifiant"] == first.actor_id)
    assert row["note"] == odd


def test_the_geojson_holds_true_points_only(ask, datasets, directory) -> None:
    for data in datasets:
        view, *rest = ask(data)
        collection = json.loads(to_geojson(view, *rest))
        assert collection["type"] == "FeatureCollection"
        assert collection["reserve"] == data.lists["catalysts"].caveat
        by_id = {c.actor_id: c for c in data.catalysts}
        assert len(collection["features"]) == len(view.placed)
        for feature in collection["features"]:
            home = directory.get(by_id[feature["id"]].territory)
            assert feature["geometry"] == {
                "type": "Point",
                "coordinates": [home.longitude, home.latitude],
            }
            assert feature["properties"]["source"]
            assert feature["properties"]["jeu"] == collection["jeu"]
            assert feature["properties"]["reserve_de_la_liste"]


def test_files_hold_what_is_in_view(ask, published) -> None:
    view, *rest = ask(published, actor_filter=ActorFilter(text="lille"))
    assert len(read(to_csv(view, *rest))) == 2
    assert len(json.loads(to_geojson(view, *rest))["features"]) == 2
    assert file_name(view, "csv") == "territoires_catalyseurs_lille.csv"


def test_a_hostile_text_makes_a_plain_file_name(ask, published) -> None:
    view, *_ = ask(published, actor_filter=ActorFilter(text="../../<x>\n\x00é" + "y" * 80))
    name = file_name(view, "geojson")
    assert name.isascii()
    assert len(name) < 140
    assert not set(name) & set("/\\<>\n\x00 ")
