"""Slides of the ladder, the sizes, the programme and the dates; actors on the slide of a map."""

from __future__ import annotations

from dataclasses import replace
from math import dist

import pytest

from territoires.domain.selection import Dataset
from territoires.domain.territories import TerritoryId
from territoires.render import slides
from territoires.render.drawn_actors import draw_actors
from territoires.render.drawn_map import DrawnPoint, build_drawn_map
from territoires.render.slides.map_actors import MAX_SIGNS, gather
from territoires.render.slides.markup import plain
from territoires.render.slides.tables import split_rows
from territoires.views.actors import place_actors
from territoires.views.programme import build_programme
from territoires.views.timeline import build_timeline
from tests.render.slides.conftest import texts, write

DEMO = Dataset.DEMONSTRATION


@pytest.fixture(scope="module")
def decks(simulated_portraits, published):
    """Write one deck of each kind."""
    portrait = simulated_portraits.build(TerritoryId.parse("region-28"))
    assert portrait.profile
    programme, timeline = build_programme(published.kit), build_timeline(published.kit)
    assert programme
    return {
        "échelle": slides.ladder_slides(portrait.shared.maturity, "Échelle"),
        "tailles": slides.size_slides(portrait.profile, DEMO, "Tailles"),
        "entonnoir": slides.funnel_slides(programme, Dataset.PUBLIE, "Parcours"),
        "dates": slides.timeline_slides(timeline, Dataset.PUBLIE, "Chronologie"),
    }


def test_each_has_a_native_chart_or_table_its_sources_and_its_mark(decks) -> None:
    for name, some in decks.items():
        file = write(*some, dataset=DEMO)
        for slide in file.slides:
            assert any(shape.has_chart or shape.has_table for shape in slide.shapes), name
            assert "Source" in slide.notes_slide.notes_text_frame.text
    assert {slide.about.mark for slide in decks["échelle"]} == {"DÉMONSTRATION – données simulées"}
    assert all("Donnée réelle" in slide.about.mark for slide in decks["tailles"])
    assert not any(slide.about.mark for slide in decks["entonnoir"])


def test_the_ladder_has_its_highest_rung_on_top_beside_france(decks) -> None:
    (slide,) = decks["échelle"]
    assert [row[0] for row in slide.chart.rows] == ["5", "4", "3", "2", "1"]
    assert [series.name for series in slide.chart.series] == ["Normandie", "France"]


def test_what_was_aimed_at_is_apart_and_a_doubtful_number_is_hollow(decks, published) -> None:
    chart, table = decks["entonnoir"]
    funnel = build_programme(published.kit).funnel
    assert chart.chart.rows[-1] == funnel.target.label
    assert [bar.value for bar in chart.chart.series[0].bars[:-1]] == [
        item.value for item in funnel.levels
    ]
    assert any(bar.is_hollow for bar in chart.chart.series[0].bars)
    assert "Barre creuse" in chart.key
    assert len(table.rows) == len(funnel.items)


def test_every_date_is_listed_once_and_shared_evenly_among_slides(decks, published) -> None:
    rows = [row for slide in decks["dates"] for row in slide.rows]
    assert len(rows) == len(published.kit.milestones)
    longest = max(decks["dates"], key=lambda slide: len(slide.rows))
    sizes = [len(part) for part in split_rows(longest, 200)]
    assert len(sizes) > 1
    assert max(sizes) - min(sizes) <= 2


def test_actors_on_a_map_are_shapes_that_do_not_touch_and_all_are_counted(
    simulated, demonstration, zoned
) -> None:
    drawn = build_drawn_map(simulated, slides.read_slide_drawing(simulated, {}))
    points = place_actors(demonstration, zoned)
    actors = draw_actors(points, demonstration.catalyst_kinds, drawn.bounds)
    slide = write(*slides.map_slides(replace(drawn, actors=actors))).slides[0]
    told = " ".join(texts(slide.shapes))
    assert "Acteurs placés" in told
    group = next(shape for shape in slide.shapes if shape.name == "Carte")
    numbers = [shape for shape in group.shapes if shape.name.endswith(" acteurs")]
    assert numbers
    # A sign alone is named after its actor, in the text of its point.
    alone = {plain(point.text) for point in actors.points}
    shown = sum(int(shape.name.split()[0]) for shape in numbers)
    shown += sum(shape.name in alone for shape in group.shapes)
    assert shown == sum(point.number for point in actors.points) == len(points)
    assert "Acteurs placés" in slide.notes_slide.notes_text_frame.text


def test_signs_are_gathered_until_a_room_can_read_them() -> None:
    signs = [DrawnPoint(7.0 * (i % 40), 7.0 * (i // 40), "M0", "#000", "") for i in range(1_200)]
    kept = gather(signs, 5)
    assert len(kept) <= MAX_SIGNS
    assert sum(point.number for point in kept) == len(signs)
    places = [(point.x, point.y) for point in kept]
    assert all(dist(a, b) >= 5 for i, a in enumerate(places) for b in places[:i])
