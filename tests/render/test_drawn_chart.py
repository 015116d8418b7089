"""Charts that leave the screen: the marks, intervals and words of those on it, and no others."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from PIL import Image

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import TerritoryId
from territoires.render.chart_svg import chart_to_svg
from territoires.render.drawn_chart import DrawnChart, draw_changes, draw_comparison, draw_trends
from territoires.render.images import chart_to_png, chart_to_svg_file
from territoires.tables.published import Published
from territoires.views.comparison import Comparison, build_comparison
from territoires.views.comparison_waves import build_changes
from territoires.views.datasets import EDITIONS
from territoires.views.figure import has_sampling_error
from territoires.views.map_view import MapView, build_map_view
from territoires.views.portrait import Portraits
from tests.render.pieces import HOSTILE
from tests.render.test_drawn_map import SVG, parse

SEEN = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION)
EDITION = EDITIONS[Dataset.DEMONSTRATION]


@pytest.fixture(scope="module")
def compared(simulated: MapView, names: Mapping[TerritoryId, NameForms]) -> Comparison:
    return build_comparison(SEEN, simulated, names)


@pytest.fixture(scope="module")
def changes(
    compared: Comparison,
    demonstration: Published,
    directory: Directory,
    names: Mapping[TerritoryId, NameForms],
) -> DrawnChart:
    earlier = build_map_view(replace(SEEN, wave="2023"), demonstration, directory, names)
    return draw_changes(build_changes(compared, earlier, demonstration, names))


def words(chart: DrawnChart) -> str:
    texts = parse(chart_to_svg(chart)).iter(f"{SVG}text")
    return " ".join(text.text or "" for text in texts)


def test_an_unknown_sample_has_a_hollow_mark_and_no_interval(
    view: MapView, names: Mapping[TerritoryId, NameForms]
) -> None:
    chart = draw_comparison(
        build_comparison(Selection("adhesion_maires_region", "2016-11"), view, names)
    )
    marks = [mark for line in chart.lines for mark in line.marks if mark]
    assert marks
    assert all(mark.is_hollow and mark.low == mark.value == mark.high for mark in marks)
    assert chart.benchmark is None
    assert "la France a répondu à une autre formulation" in chart.key
    assert "effectif non communiqué" in words(chart)
    assert not chart.watermark


def test_a_known_sample_has_the_interval_of_its_figure(compared: Comparison) -> None:
    chart = draw_comparison(compared)
    for line, row in zip(chart.lines, compared.rows, strict=True):
        (mark,) = line.marks
        assert mark
        assert row.figure
        assert row.figure.interval
        assert (mark.low, mark.value, mark.high) == (
            row.figure.interval.low,
            row.figure.value,
            row.figure.interval.high,
        )
        assert row.name in words(chart)


def test_both_waves_are_told_apart_by_form_and_named(changes: DrawnChart) -> None:
    assert [name for name, _ in changes.series] == ["2023", "2025"]
    assert len({series.symbol for _, series in changes.series}) == 2
    assert all(len(line.marks) == 2 for line in changes.lines)
    assert changes.lines[-1].label == "France"


def test_an_evolution_draws_only_what_may_be_compared(
    simulated_portraits: Portraits,
) -> None:
    evolution = simulated_portraits.build(TerritoryId.parse("region-28")).shared.evolution
    drawn = 0
    for group in evolution.groups:
        chart = draw_trends(group, evolution.dataset, evolution.caveats)
        comparable = [
            t for t in group.trends if has_sampling_error(t.indicator) and not t.change.reason
        ]
        assert len(chart.lines) == len(comparable)
        drawn += len(chart.lines)
        assert chart_to_svg(chart).startswith("<svg")
    assert drawn


def test_a_simulated_chart_is_marked_and_says_its_source(changes: DrawnChart) -> None:
    assert changes.title.startswith(EDITION.mark)
    shown = words(changes)
    assert EDITION.watermark in shown
    assert "Source" in shown
    assert "2023 puis 2025" in shown


def test_the_watermark_is_behind_the_marks_on_their_freer_side(changes: DrawnChart) -> None:
    drawn = chart_to_svg(changes)
    assert drawn.index(f"{EDITION.watermark}</text>") < drawn.index("<g ")
    places = {
        float(text.get("transform", "").partition("(")[2].split()[0])
        for text in parse(drawn).iter(f"{SVG}text")
        if text.text == EDITION.watermark
    }
    (x,) = places
    figures = [text for g in parse(drawn).iter(f"{SVG}g") for text in g]
    assert x < min(float(figure.get("x", 0)) for figure in figures)


def test_every_mark_stays_on_the_sheet(changes: DrawnChart) -> None:
    root = parse(chart_to_svg(changes))
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for circle in root.iter(f"{SVG}circle"):
        assert 0 < float(circle.get("cx", 0)) < width
        assert 0 < float(circle.get("cy", 0)) < height


def test_hostile_texts_stay_texts_and_nothing_is_loaded(changes: DrawnChart) -> None:
    lines = tuple(replace(line, label=HOSTILE, words=HOSTILE) for line in changes.lines)
    poisoned = replace(
        changes, title=HOSTILE, sentence=HOSTILE, lines=lines, key=HOSTILE, unit=HOSTILE
    )
    root = parse(chart_to_svg(poisoned))
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "path",
        "circle",
        "text",
        "g",
    }
    assert not re.search(r"(?:href|src)=|url\((?!#|data:)", chart_to_svg_file(changes).decode())


def test_a_chart_without_any_mark_is_still_a_sheet(changes: DrawnChart) -> None:
    empty = replace(changes, lines=(), span=(0.0, 0.0), unit="communes", series=())
    assert parse(chart_to_svg(empty)).tag == f"{SVG}svg"


def test_a_png_of_a_chart_is_wide(changes: DrawnChart) -> None:
    with Image.open(io.BytesIO(chart_to_png(changes))) as image:
        assert image.width == 2400
