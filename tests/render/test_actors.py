"""Actors on the map: each kind its own look, a legend and a list that count what is drawn."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.render.actors import (
    actors_by_territory,
    build_actors_legend,
    to_map_kinds,
    to_map_points,
)
from territoires.render.choropleth import POINT_SHAPES
from territoires.tables.published import Published
from territoires.views.actors import ActorPoint, count_actors, place_actors
from tests.render.pieces import HOSTILE, cells, check_harmless, poison, read, rows, tags

SENTENCE = "Une phrase."


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def legend_lines(legend: str) -> list[tuple[str, str, str, int]]:
    """Give (colour, form, label, count) of each kind."""
    found = re.findall(
        r"<li><i class=\"repere\" style=\"background:(#\w{6});clip-path:path\('([^']+)'\)\"></i>"
        r"(.*?)<b>(\d+)</b></li>",
        legend,
    )
    return [(colour, form, read(label).text, int(number)) for colour, form, label, number in found]


def test_each_kind_looks_different_without_its_colour(
    datasets: tuple[Published, Published],
) -> None:
    for data in datasets:
        kinds = to_map_kinds(data.catalyst_kinds)
        assert [kind.label for kind in kinds] == list(data.catalyst_kinds.values())
        assert len({kind.shape for kind in kinds}) == len(kinds) > 1
        assert {kind.shape for kind in kinds} <= set(POINT_SHAPES)


def test_looks_that_run_out_start_again() -> None:
    number = len(POINT_SHAPES)
    kinds = to_map_kinds({str(i): str(i) for i in range(2 * number + 1)})
    assert kinds[0].shape == kinds[number].shape == kinds[2 * number].shape
    assert len({kind.shape for kind in kinds[:number]}) == number


def test_points_keep_their_place_and_the_rank_of_their_kind(
    datasets: tuple[Published, Published], directory: Directory
) -> None:
    for data in datasets:
        placed = place_actors(data, directory)
        points = to_map_points(placed, data.catalyst_kinds)
        labels = [kind.label for kind in to_map_kinds(data.catalyst_kinds)]
        for actor, point in zip(placed, points, strict=True):
            assert (point.x, point.y, point.name) == (actor.x_km, actor.y_km, actor.name)
            assert point.place == actor.place
            assert labels[point.kind] == data.catalyst_kinds[actor.kind]


def test_the_legend_counts_the_points_of_each_kind_and_looks_like_them(
    datasets: tuple[Published, Published], directory: Directory
) -> None:
    for data in datasets:
        placed = place_actors(data, directory)
        legend = build_actors_legend(data.catalyst_kinds, placed)
        check_harmless(legend)
        drawn = Counter(point.kind for point in to_map_points(placed, data.catalyst_kinds))
        looks = to_map_kinds(data.catalyst_kinds)
        assert legend_lines(legend) == [
            (look.colour, POINT_SHAPES[look.shape], look.label, drawn[rank])
            for rank, look in enumerate(looks)
            if drawn[rank]
        ]
        assert sum(number for *_, number in legend_lines(legend)) == len(placed)


def test_a_kind_that_is_not_on_the_map_is_not_in_its_legend() -> None:
    kinds = {"a": "Premier", "b": HOSTILE, "c": "Absent"}
    placed = [ActorPoint(0, 0, "b", "x", "y"), ActorPoint(1, 1, "a", "x", "y")]
    legend = build_actors_legend(kinds, [*placed, placed[0]])
    check_harmless(legend)
    lines = legend_lines(legend)
    assert [(label, number) for *_, label, number in lines] == [("Premier", 1), (HOSTILE, 2)]
    # The look is that of the kind's place in the whole list, as on the map.
    assert lines[1][0] == to_map_kinds(kinds)[1].colour


@pytest.mark.parametrize(
    ("level", "label"), [(Level.REGION, "région"), (Level.DEPARTEMENT, "département")]
)
def test_the_list_has_the_counts_of_every_territory(
    datasets: tuple[Published, Published], directory: Directory, level: Level, label: str
) -> None:
    for data in datasets:
        counts = count_actors(data, directory, level)
        body = actors_by_territory(counts, label, data, SENTENCE)
        check_harmless(body)
        # One heading of row each, told by its role: the table is read as cards on a phone.
        assert rows(body) == len(counts)
        for cell, count in zip(cells(body), counts, strict=True):
            names = ", ".join(count.not_on_map) or "–"
            expected = [count.name, str(count.total), str(count.on_map), names]
            assert plain("|".join(cell)) == plain("|".join(expected))
        links = [link["href"] for link in tags(body, "a")]
        assert links == [f"/territoire?territoire={count.territory}" for count in counts]


def test_the_list_is_marked_and_says_what_it_is_worth(
    datasets: tuple[Published, Published],
) -> None:
    for data in datasets:
        body = actors_by_territory((), "région", data, SENTENCE)
        text = plain(read(body).text)
        (title,) = re.findall(r"<caption>(.*?)</caption>", body)
        simulated = title.startswith("Démonstration, données simulées – ")
        assert simulated == (data.dataset is Dataset.DEMONSTRATION)
        assert title.endswith(", par région")
        assert SENTENCE in text
        assert plain(data.lists["catalysts"].caveat) in text
        assert [e["class"] for e in tags(body, "p")] == ["", "reserve"]


def test_hostile_names_are_only_text(published: Published, directory: Directory) -> None:
    counts = [poison(count) for count in count_actors(published, directory, Level.REGION)]
    counts = [replace(count, not_on_map=(HOSTILE,)) for count in counts]
    note = replace(published.lists["catalysts"], label=HOSTILE, caveat=HOSTILE)
    hostile = replace(published, lists={"catalysts": note})
    body = actors_by_territory(counts, "région", hostile, HOSTILE)
    check_harmless(body)
    assert all(cell[0] == cell[3] == HOSTILE for cell in cells(body))
