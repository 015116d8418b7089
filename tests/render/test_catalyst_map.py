"""The map of the directory: ground without values, the points of the list, the place in view."""

from __future__ import annotations

import json
import re

import pytest

from territoires.domain.directory import Directory
from territoires.domain.selection import ActorFilter, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render.catalyst_map import build_actors_paint, level_of_map
from territoires.tables.published import Published
from territoires.views.catalyst_index import build_catalyst_index
from territoires.views.catalyst_list import build_catalysts_view
from territoires.views.catalyst_places import build_actor_places

LAVAL = TerritoryId(Level.COMMUNE, "53130")
BRETAGNE = TerritoryId(Level.REGION, "53")


@pytest.fixture
def draw(directory: Directory):
    """Give what the two calls of the map receive."""

    def paint(data: Published, **asked: object) -> tuple[dict, dict | None]:
        index = build_catalyst_index(data, directory, build_actor_places(data, directory, ()))
        view = build_catalysts_view(
            Selection("", "", data.dataset, **asked), data, directory, index
        )
        level = level_of_map(view)
        shapes = directory.of_level(level)
        inside = (
            directory.children(view.within.id, level)
            if view.within
            else tuple(shape.id for shape in shapes)
        )
        group = build_actors_paint(view, shapes, inside, len(data.catalyst_kinds))
        script = "".join(
            child._template.module.script(child, {}) for child in group._children.values()
        )
        painted = re.search(r"Territoires\.paint\((.*?)\);Territoires", script, re.DOTALL)
        start = re.search(r"startFrom\((.*)\);", script, re.DOTALL)
        return json.loads(painted[1]), json.loads(start[1])

    return paint


def test_the_ground_has_no_value_and_every_region_keeps_its_name(draw, published) -> None:
    paint, start = draw(published)
    assert paint["classes"] == "p" * 18
    assert set(paint["sizes"]) == {0.0}
    assert start is None
    assert "actors" not in paint
    assert paint["points"] == list(range(len(published.catalyst_kinds)))


def test_a_filter_travels_as_ranks_of_points(draw, published) -> None:
    paint, _ = draw(published, actor_filter=ActorFilter(text="lille"))
    assert len(paint["actors"]) == 2
    nobody, _ = draw(published, actor_filter=ActorFilter(text="zzzz"))
    assert nobody["actors"] == []


def test_a_limit_shows_its_departements_and_leaves_the_others_plain(draw, demonstration) -> None:
    paint, _ = draw(demonstration, within=BRETAGNE)
    assert len(paint["classes"]) == 101
    assert paint["classes"].count("p") == 4
    assert paint["classes"].count("o") == 97
    assert paint["within"] == "region-53"


def test_absence_is_told_only_by_a_complete_list(draw, datasets) -> None:
    for data in datasets:
        paint, _ = draw(data, actor_filter=ActorFilter(text="zzzz"))
        words = paint["texts"].replace("|", "") + paint["suffix"]
        assert ("0" in words) is data.lists["catalysts"].exhaustive


def test_the_place_in_view_is_marked_and_framed(draw, demonstration) -> None:
    paint, start = draw(demonstration, territory=LAVAL)
    assert start["name"] == "Laval"
    west, south, east, north = start["frame"]
    x, y = start["place"]
    assert west <= x <= east
    assert south <= y <= north
    _, limited = draw(demonstration, territory=LAVAL, within=BRETAGNE)
    assert limited["frame"] is None
    assert "watermark" in paint


def test_the_published_map_has_no_watermark(draw, published) -> None:
    paint, _ = draw(published)
    assert "watermark" not in paint
