"""Decks of real territories, written once and read back by many tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import TerritoryId
from territoires.render import slides
from territoires.render.drawn_map import DrawnMap, build_drawn_map
from territoires.render.slides import Deck
from territoires.tables.published import Published
from territoires.views.citation import Taken
from territoires.views.fiche_map import choose_fiche_map
from territoires.views.map_view import MapView, build_map_view
from territoires.views.portrait import Portrait, Portraits
from territoires.views.portrait_steps import build_portrait_steps

DAY = date(2026, 1, 5)
TERRITORIES = ("region-28", "region-53", "departement-976", "commune-53130")


@dataclass(frozen=True, slots=True)
class Written:
    """A deck, what it was made from, its bytes and the same read back."""

    portrait: Portrait
    view: MapView
    drawn: DrawnMap
    deck: Deck
    data: bytes
    file: Any

    @property
    def name(self) -> str:
        return f"{self.portrait.dataset} {self.portrait.territory.id}"


def read_back(data: bytes) -> Any:
    return Presentation(BytesIO(data))


def write(*some: slides.Slide, dataset: Dataset = Dataset.PUBLIE) -> Any:
    """Write a few slides and read them back."""
    return read_back(slides.build_slides(Deck("Essai", (dataset,), some, DAY)))


def texts(shapes: Any) -> list[str]:
    """Give every text of some shapes, those of groups and tables included."""
    found = []
    for shape in shapes:
        if shape.shape_type is not None and hasattr(shape, "shapes"):
            found += texts(shape.shapes)
        elif getattr(shape, "has_table", False) and shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
        elif shape.has_text_frame:
            found.append(shape.text_frame.text)
    return found


@pytest.fixture(scope="session")
def decks(  # noqa: PLR0917 - fixtures of the two sets
    published: Published,
    demonstration: Published,
    portraits: Portraits,
    simulated_portraits: Portraits,
    directory: Directory,
    zoned: Directory,
    names: Mapping[TerritoryId, NameForms],
) -> list[Written]:
    """The four territories in both sets of data."""
    written = []
    for data, makers, places in (
        (published, portraits, directory),
        (demonstration, simulated_portraits, zoned),
    ):
        for name in TERRITORIES:
            portrait = makers.build(TerritoryId.parse(name))
            steps = build_portrait_steps(portrait, data.kit)
            seen = choose_fiche_map(portrait, data)
            assert seen
            view = build_map_view(seen, data, places, names)
            drawing = slides.read_slide_drawing(view, data.zonings)
            drawn = build_drawn_map(view, drawing, selected=portrait.territory.id)
            deck = slides.territory_deck(
                portrait, data, steps, Taken(DAY, 3, date(2025, 11, 22)), drawn
            )
            content = slides.build_slides(deck)
            written.append(Written(portrait, view, drawn, deck, content, read_back(content)))
    return written


@pytest.fixture(scope="session")
def simulated_deck(decks: list[Written]) -> Written:
    """Normandie in the demonstration: charts, intervals, a map where every state occurs."""
    return next(one for one in decks if one.name == "demonstration region-28")
