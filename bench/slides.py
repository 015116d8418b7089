"""Measure the slides: ``python -m bench.slides``.

Writes bench/results/DATE-diapositives.md: the PPTX of a story of twelve steps in each set of data, everything read
again as it is on the first press of a button, then once the outlines are kept; and the slide of one
map, its outlines cut to more and more vertices, which says why a slide has about sixty a territory;
and every form of the largest map, that of the communes of France.
Nothing else should run meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bench.report import Row, number, spread, write_report
from territoires.cli.base import read_territories
from territoires.cli.kit import build_press
from territoires.domain.selection import Dataset
from territoires.domain.story import Step, StepKind, Story
from territoires.domain.territories import Level
from territoires.render.drawn_map import build_drawn_map
from territoires.render.file_names import Form
from territoires.render.press import Press
from territoires.render.slides import Deck, build_slides, map_slides
from territoires.render.story_slides import story_slides
from territoires.render.story_views import only
from territoires.tables.drawings import read_drawing, thin
from territoires.views.selection import resolve_selection
from territoires.views.stories import build_story

TURNS = 5
#: Seconds allowed to twelve slides.
BUDGET = 8.0
#: Seconds allowed to an image of the largest map.
IMAGE_BUDGET = 3.0
STEPS = 12
DAY = date(2026, 1, 5)
WORDS = "Médiane de cinq (minimum–maximum)"
VERTICES = (15, 30, 60, 120, 240, 480)


def twelve(press: Press) -> Story:
    """Make a story of twelve steps: the ready-made one, then maps, which take longest."""
    story = build_story("france", press.published, press.directory, press.names)
    steps = list(story.steps if story else ())
    jeu = press.published.dataset.value
    for level in (Level.REGION, Level.DEPARTEMENT) * STEPS:
        params = {"jeu": jeu, "niveau": level.value, "indicateur": "population_municipale"}
        steps.append(Step(StepKind.CARTE, params=params))
    return Story("Mesure", tuple(steps[:STEPS]))


def measure(action: Callable[[], object]) -> list[float]:
    """Time an action, in seconds."""
    durations = []
    for _ in range(TURNS):
        start = time.perf_counter()
        action()
        durations.append(time.perf_counter() - start)
    return durations


def measure_story(press: Press, name: str) -> list[Row]:
    """Time the slides of a story, outlines read again or kept."""
    story = twelve(press)
    story_slides(story, only(press), DAY)  # what is loaded on first use is loaded
    first = measure(lambda: story_slides(story, only(replace(press)), DAY))
    again = measure(lambda: story_slides(story, only(press), DAY))
    ask = f"≤ {number(BUDGET, 0)} s"
    return [
        Row(f"{STEPS} étapes, {name}", spread(first), ask, sorted(first)[TURNS // 2] <= BUDGET),
        Row(f"{STEPS} étapes, {name}, contours gardés", spread(again)),
    ]


def measure_vertices(press: Press) -> list[Row]:
    """Time the slide of the map of the départements, by the vertices of each."""
    asked: Mapping[str, str] = {"niveau": "departement", "indicateur": "population_municipale"}
    selection = resolve_selection(asked, press.published, press.directory).selection
    view = press.map_view(selection)
    drawing = read_drawing(Level.DEPARTEMENT)
    rows = []
    for vertices in VERTICES:
        drawn = build_drawn_map(view, thin(drawing, vertices))
        deck = Deck("Mesure", (view.dataset,), map_slides(drawn), DAY)
        points = sum(len(r) for shape in drawn.shapes for part in shape.polygons for r in part)
        size = len(build_slides(deck)) / 1000
        durations = measure(lambda deck=deck: build_slides(deck))  # type: ignore[misc]
        told = f"{spread(durations, 's', 3)} ; {number(size, 0)} Ko"
        rows.append(Row(f"{vertices} sommets par département ({points} en tout)", told))
    return rows


def measure_communes(press: Press) -> list[Row]:
    """Time the files of the map of all communes, outlines read again."""
    asked: Mapping[str, str] = {"niveau": "commune", "indicateur": "population_municipale"}
    view = press.map_view(resolve_selection(asked, press.published, press.directory).selection)
    rows = []
    for form in (Form.SVG, Form.PNG, Form.PPTX):
        size = len(press.map_file(view, form)) / 1e6
        durations = measure(lambda form=form: press.map_file(view, form))  # type: ignore[misc]
        middle = sorted(durations)[TURNS // 2]
        told = f"{spread(durations)} ; {number(size, 1)} Mo"
        what = f"Carte des communes de France ({form})"
        rows.append(Row(what, told, f"≤ {number(IMAGE_BUDGET, 0)} s", middle <= IMAGE_BUDGET))
    return rows


def main() -> None:
    """Measure, and print the table."""
    directory = read_territories()
    rows: list[Row] = []
    for dataset, name in (
        (Dataset.PUBLIE, "données publiées"),
        (Dataset.DEMONSTRATION, "démonstration"),
    ):
        press = build_press(directory, dataset)
        rows += measure_story(press, name)
        if dataset is Dataset.PUBLIE:
            rows += measure_vertices(press)
            rows += measure_communes(press)
    print(write_report("Diapositives", WORDS, rows, "diapositives"))


if __name__ == "__main__":
    main()
