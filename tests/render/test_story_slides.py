"""The slides of a presentation: its steps in order, each with its words, its mark, its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
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
from territoires.render.kit_story import story_parts
from territoires.render.slides.markup import plain
from territoires.render.story_slides import story_deck, story_slides
from territoires.render.story_views import (
    NO_TERRITORY,
    NO_THEME,
    OTHER_SET,
    marked_sets,
    only,
    read_sides,
)
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


def test_actors_around_a_region_are_those_of_the_region(presses: Mapping[str, Any]) -> None:
    def read(**params: str) -> Any:
        (side,) = read_sides(
            Step(StepKind.CATALYSEURS, params=REAL | params), only(presses["publie"])
        )
        return side.selection

    assert read(territoire="region-53") == read(dans="region-53")
    # Around a commune, the nearest ones.
    assert read(territoire="commune-53130").territory


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
    assert f"À lire. {plain(OTHER_SET)}" in texts(made.slides[0].shapes)


def test_a_theme_without_any_figure_is_said_in_the_slides_and_in_the_page(
    presses: Mapping[str, Any],
) -> None:
    own = presses["publie"]
    press = replace(own, published=replace(own.published, by_territory={}))
    story = Story("", (Step(StepKind.REPERES, params=REAL),))
    (slide,) = story_deck(story, only(press), DAY).slides
    assert (slide.title, slide.lead) == ("Repères nationaux", NO_THEME)
    (part,) = story_parts(press, story, 1000)
    assert NO_THEME in part.content


def test_a_side_of_another_set_is_said_whichever_it_is_and_the_words_are_kept(
    presses: Mapping[str, Any],
) -> None:
    here, elsewhere = REAL | {"territoire": "region-53"}, DEMO | {"territoire": "region-28"}
    for sides in ((here, elsewhere), (elsewhere, here)):
        story = Story("", (Step(StepKind.TERRITOIRE, "Chez nous", "Un mot.", *sides),))
        slides = story_deck(story, only(presses["publie"]), DAY).slides
        told = [f"{getattr(one, 'lead', '')} {getattr(one, 'sentence', '')}" for one in slides]
        assert sum(OTHER_SET in text for text in told) == 1
        assert "Un mot." in told[0]
        assert not any("Un mot." in text for text in told[1:])


def test_a_step_without_a_set_is_of_the_published_one_everywhere(
    presses: Mapping[str, Any],
) -> None:
    step = Step(StepKind.REPERES, params={"theme": ""})
    assert read_sides(step, only(presses["publie"]))[0]
    assert read_sides(step, only(presses["demonstration"])) == [None]


def test_the_marks_of_a_story_are_those_of_all_its_sets_whatever_their_order(
    presses: Mapping[str, Any],
) -> None:
    own = presses["publie"]
    draft = replace(own, published=replace(own.published, dataset=Dataset.BROUILLON))
    views = {**presses, "brouillon": draft}.get
    steps = [Step(StepKind.REPERES, params={"jeu": jeu}) for jeu in ("brouillon", "demonstration")]
    for told in (steps, steps[::-1]):
        story = Story("Réunion", (*told, Step(StepKind.TEXTE, "Texte", "Un mot.")))
        marks = marked_sets(story, lambda params: Dataset(params["jeu"]))
        made = story_deck(story, lambda params: views(params["jeu"]), DAY)
        assert made.datasets == marks == (Dataset.DEMONSTRATION, Dataset.BROUILLON)
        name = name_story_file(story.title, marks, "pptx")
        assert name == "BROUILLON_DEMO_territoires_presentation_reunion.pptx"
        words = next(slide for slide in made.slides if slide.title == "Texte")
        assert words.about.mark == " · ".join(EDITIONS[one].watermark for one in marks)
        assert made.terms.startswith("Brouillon non publié")
        assert "Données simulées" in made.terms


def test_the_file_is_named_after_the_story_and_marked(presses: Mapping[str, Any]) -> None:
    marks = marked_sets(STORY, lambda params: Dataset(params["jeu"]))
    assert name_story_file(STORY.title, marks, "pptx") == (
        "DEMO_territoires_presentation_un-recit-b.pptx"
    )
    assert name_story_file("../x", (), "json") == "territoires_presentation_x.json"
    empty = Presentation(BytesIO(story_slides(Story(""), only(presses["publie"]), DAY)))
    assert titles(empty) == ["Sans titre"]
