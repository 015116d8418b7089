"""The slides of a presentation: its steps in order, each with its words, its mark, its sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.story import Step, StepKind, Story
from territoires.domain.territories import TerritoryId
from territoires.render.file_names import name_story_file
from territoires.render.slides.markup import plain
from territoires.render.story_slides import story_slides
from territoires.render.story_views import NO_TERRITORY, OTHER_SET, only
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS, REAL_WATERMARK
from tests.render.kit import press_of
from tests.render.slides.conftest import texts

DAY = date(2026, 1, 5)
REAL, DEMO = {"jeu": "publie"}, {"jeu": "demonstration", "indicateur": "demo_adhesion"}
STORY = Story(
    "Un récit <b>",
    (
        Step(
            StepKind.CARTE,
            "Deux vagues",
            "À lire.",
            DEMO | {"vague": "2023"},
            DEMO | {"vague": "2025"},
        ),
        Step(StepKind.CARTE, params=REAL | {"indicateur": "part_75_ans_plus"}),
        Step(StepKind.TERRITOIRE, "Chez nous", "Un mot.", REAL | {"territoire": "region-53"}),
        Step(StepKind.COMPARER, params=DEMO | {"vague2": "2023"}),
        Step(StepKind.REPERES, "Un thème", "Premier.\nSecond", REAL),
        Step(StepKind.CATALYSEURS, params=REAL | {"territoire": "commune-53130"}),
        Step(StepKind.AGIR, "Lundi", "Trois choses.", REAL),
        Step(StepKind.TERRITOIRE, params=REAL | {"territoire": "region-99"}),
        Step(StepKind.TEXTE, "Texte", "Un\nDeux"),
        Step(StepKind.TEXTE, "Texte"),
    ),
)


@pytest.fixture(scope="module")
def presses(
    published: Published,
    demonstration: Published,
    directory: Directory,
    zoned: Directory,
    names: Mapping[TerritoryId, NameForms],
) -> Mapping[str, Any]:
    return {
        "publie": press_of(published, directory, names),
        "demonstration": press_of(demonstration, zoned, names),
    }


@pytest.fixture(scope="module")
def deck(presses: Mapping[str, Any]) -> Any:
    return Presentation(BytesIO(story_slides(STORY, lambda p: presses[p["jeu"]], DAY)))


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def slide_of(deck: Any, start: str) -> Any:
    return next(s for s in deck.slides if s.shapes.title.text_frame.text.startswith(start))


def test_steps_keep_their_order_and_titles_are_real_and_unlike(deck: Any) -> None:
    found = titles(deck)
    assert found[0] == "Un récit <b>"
    starts = ("Deux vagues", "Part des 75", "Chez nous", "Un thème", "Catalyseurs", "Lundi")
    order = [next(i for i, t in enumerate(found) if t.startswith(start)) for start in starts]
    assert order == sorted(order)
    assert found[-1].startswith("Sources de cette présentation")
    assert {"Texte", "Texte (2)"} <= set(found)
    assert len(set(found)) == len(found)
    assert len(found) <= 2 * len(STORY.steps)


def test_what_stands_beside_is_a_slide_of_its_own_in_the_same_classes(deck: Any) -> None:
    sides = [s for s in deck.slides if s.shapes.title.text_frame.text.startswith("Deux vagues")]
    assert ["2023" in titles(deck)[1], "2025" in titles(deck)[2]] == [True, True]
    keys = []
    for slide in sides:
        legend = next(shape for shape in slide.shapes if shape.name == "Légende")
        keys.append([s.name for s in legend.shapes if s.name.startswith("Clé : de ")])
    assert keys[0] == keys[1]


def test_the_words_of_a_step_stand_on_its_first_slide(deck: Any) -> None:
    for title, words in (
        ("Deux vagues", "À lire."),
        ("Chez nous", "Un mot."),
        ("Un thème", "Premier. Second."),
        ("Lundi", "Trois choses."),
    ):
        assert words in " ".join(texts(slide_of(deck, title).shapes)), title
    assert "À lire." not in " ".join(texts(deck.slides[2].shapes))
    assert NO_TERRITORY in " ".join(texts(slide_of(deck, "Aucun territoire").shapes))


def test_a_slide_bears_the_mark_of_its_own_set_and_says_what_to_cite(deck: Any) -> None:
    mark = EDITIONS[Dataset.DEMONSTRATION].watermark
    marked = [mark in texts(slide.shapes) for slide in deck.slides]
    by_title = dict(zip(titles(deck), marked, strict=True))
    assert all(value for title, value in by_title.items() if "simul" in title)
    assert not any(by_title[t] for t in by_title if t.startswith(("Part des 75", "Chez", "Lundi")))
    assert by_title["Un récit <b>"]
    assert not any(REAL_WATERMARK in texts(slide.shapes) for slide in deck.slides)
    for start in ("Deux vagues", "Part des 75", "Chez nous", "Un thème", "Catalyseurs"):
        assert "Territoires" in notes(slide_of(deck, start))
        assert "Source" in notes(slide_of(deck, start))


def test_a_step_of_a_set_that_is_not_at_hand_is_said_not_shown(
    presses: Mapping[str, Any],
) -> None:
    story = Story("", (STORY.steps[0],))
    made = Presentation(BytesIO(story_slides(story, only(presses["publie"]), DAY)))
    assert titles(made) == ["Deux vagues"]
    assert plain(OTHER_SET) in texts(made.slides[0].shapes)


def test_the_file_is_named_after_the_story_and_marked(presses: Mapping[str, Any]) -> None:
    assert name_story_file(STORY, "pptx") == "DEMO_territoires_presentation_un-recit-b.pptx"
    assert name_story_file(Story("../x"), "json") == "territoires_presentation_x.json"
    empty = Presentation(BytesIO(story_slides(Story(""), only(presses["publie"]), DAY)))
    assert titles(empty) == ["Sans titre"]
