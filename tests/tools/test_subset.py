"""The communes of a département, cut out of the national drawing without moving a point."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.analysis.composition import INSETS, map_bounds
from territoires.domain.territories import Level
from territoires.tables.boundaries import read_manifest, topojson_path
from tools import build_commune_drawings
from tools.boundaries import outputs, topojson
from tools.boundaries.subset import Drawing, draw_departements, subset

FINE = topojson.Detail(tolerance=0.0, grid=0.01, islet=0.0)
WEST, SOUTH, _, _ = map_bounds()
SIZE = 4


def tiny() -> dict[str, Any]:
    """Draw a square of sixteen communes around one with an enclave, in départements 01 and 972."""
    boxes = [
        shapely.box(500 + x, 6200 + y, 501 + x, 6201 + y) for x in range(SIZE) for y in range(SIZE)
    ]
    enclave = shapely.box(500.2, 6200.2, 500.8, 6200.8)
    boxes[0] = shapely.difference(boxes[0], enclave)
    places = ["01" if i % 3 else "972" for i in range(len(boxes) + 1)]
    attributes = [(f"{i:02}", {"p": place}) for i, place in enumerate(places)]
    return topojson.topology(np.array([*boxes, enclave]), attributes, FINE)


TINY = tiny()
IDS = [g["id"] for g in TINY["objects"]["territories"]["geometries"]]


@cache
def national() -> dict[str, Any]:
    return json.loads(topojson_path(Level.COMMUNE).read_bytes())


def rings(topology: dict[str, Any]) -> dict[str, Any]:
    """Give the points of every ring, in grid steps, by territory or inset."""
    arcs = topology["arcs"]

    def points(number: int) -> list[tuple[int, ...]]:
        line = [tuple(p) for p in np.cumsum(arcs[max(number, ~number)], axis=0).tolist()]
        return line if number >= 0 else line[::-1]

    def walk(item: list[Any]) -> list[Any]:
        if isinstance(item[0], int):
            return [points(number) for number in item]
        return [walk(one) for one in item]

    return {
        g.get("id") or g["properties"]["n"]: (g["type"], walk(g["arcs"]))
        for collection in topology["objects"].values()
        for g in collection["geometries"]
    }


def used(arcs: Any) -> set[int]:
    if isinstance(arcs, int):
        return {max(arcs, ~arcs)}
    return set().union(*(used(item) for item in arcs))


@given(
    st.sets(st.sampled_from(IDS), min_size=1), st.sets(st.sampled_from([i.name for i in INSETS]))
)
@settings(deadline=None)
def test_no_ring_moves_and_no_arc_is_left_over(ids: set[str], insets: set[str]) -> None:
    before = copy.deepcopy(TINY)
    part = subset(TINY, ids, insets)
    assert before == TINY
    whole = rings(TINY)
    assert rings(part) == {name: whole[name] for name in ids | insets}
    assert [g["id"] for g in part["objects"]["territories"]["geometries"]] == sorted(ids)
    assert ("insets" in part["objects"]) == bool(insets)
    geometries = [g for c in part["objects"].values() for g in c["geometries"]]
    assert used([g["arcs"] for g in geometries]) == set(range(len(part["arcs"])))
    assert part["transform"] == TINY["transform"]


def test_a_border_inside_stays_one_arc_taken_both_ways() -> None:
    around, enclave = subset(TINY, {"00", "16"})["objects"]["territories"]["geometries"]
    assert around["arcs"][1] == [~enclave["arcs"][0][0]]


def test_an_unknown_territory_is_refused() -> None:
    with pytest.raises(KeyError, match="98 99"):
        subset(TINY, {"00", "99", "98"})


def test_a_departement_is_its_communes_with_their_names_and_its_own_frame() -> None:
    mainland, overseas = draw_departements(TINY, [f"Là-{i}" for i in IDS])
    assert (mainland.key, overseas.key) == ("commune-01", "commune-972")
    assert mainland.features + overseas.features == len(IDS)
    assert "insets" not in json.loads(mainland.content)["objects"]
    objects = json.loads(overseas.content)["objects"]
    assert [g["properties"]["n"] for g in objects["insets"]["geometries"]] == ["Martinique"]
    first = objects["territories"]["geometries"][0]
    assert (first["id"], first["properties"]) == ("00", {"p": "972", "n": "Là-00"})


def test_names_must_be_as_many_as_communes() -> None:
    with pytest.raises(ValueError, match="zip"):
        draw_departements(TINY, ["Ici"])


@pytest.mark.parametrize("departement", ["01", "2A", "53", "75", "92", "971", "973"])
def test_the_shipped_files_have_the_rings_of_the_national_one(departement: str) -> None:
    found = rings(json.loads(topojson_path(Level.COMMUNE, departement).read_bytes()))
    ids = {
        g["id"]
        for g in national()["objects"]["territories"]["geometries"]
        if g["properties"]["p"] == departement
    }
    insets = {inset.name for inset in INSETS if inset.departement_code == departement}
    assert set(found) == ids | insets
    assert found == rings({**national(), "objects": only(national(), ids | insets)})


def only(topology: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {
        key: {
            "geometries": [
                g for g in c["geometries"] if (g.get("id") or g["properties"]["n"]) in names
            ]
        }
        for key, c in topology["objects"].items()
    }


def test_the_shipped_files_are_those_the_command_writes() -> None:
    """Same national drawing, same bytes; nothing else of the manifest changes."""
    path = topojson_path(Level.COMMUNE)
    names = json.loads(path.with_name(national()["names"]).read_bytes())
    drawings = draw_departements(national(), names)
    manifest = read_manifest()
    contents = build_commune_drawings.replace_drawings(manifest, drawings)
    assert json.loads(contents[outputs.MANIFEST]) == manifest
    assert all((path.parent / d.name).read_bytes() == d.content for d in drawings)


def test_former_drawings_leave_the_manifest() -> None:
    manifest = {
        "contours": {},
        "files": {"static/geo/communes-01.old.json": {}, "static/geo/communes.x.json": {}},
        "search": "s.json",
        "sources": [],
        "topojson": {"commune": "communes.x.json", "commune-01": "communes-01.old.json"},
    }
    new = Drawing("01", outputs.departement_name("01", b"{}"), b"{}", 3)
    contents = build_commune_drawings.replace_drawings(manifest, [new])
    written = json.loads(contents.pop(outputs.MANIFEST))
    assert contents == {new.path: b"{}"}
    assert written["topojson"] == {"commune": "communes.x.json", "commune-01": new.name}
    assert set(written["files"]) == {new.path, "static/geo/communes.x.json"}
    assert written["files"][new.path]["features"] == 3
