"""The drawings of a sheet: the map alone with its words, and where the territory is."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import Level, TerritoryId
from territoires.render.drawn_map import build_drawn_map, read_drawing_of
from territoires.render.fiche_map import locator_codes, to_locator, to_sheet_map
from territoires.tables.drawings import Drawing, read_drawing, thin
from territoires.tables.published import Published
from territoires.views.map_view import MapView


@pytest.fixture(scope="module")
def departements() -> Drawing:
    return thin(read_drawing(Level.DEPARTEMENT))


def test_a_map_keeps_its_legend_with_counts_and_what_must_be_known(
    view: MapView, published: Published
) -> None:
    chosen = TerritoryId(Level.REGION, "28")
    drawn = build_drawn_map(view, read_drawing_of(view, published.zonings), selected=chosen)
    found = to_sheet_map(drawn)
    assert found.title == drawn.title
    assert [key.label for key in found.legend if "(15)" in key.label]
    assert all(key.swatch_svg.startswith("<svg") for key in found.legend)
    assert found.notes[0] == "Trait épais : Normandie."
    assert set(drawn.caveats) <= set(found.notes)
    assert drawn.title in found.alt
    assert ET.fromstring(found.svg).attrib["viewBox"]  # noqa: S314 - our own drawing
    assert found.height_px > 0


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("pays-FR", ()),
        ("region-53", ()),
        ("departement-976", ("976",)),
        ("commune-53130", ("53",)),
        ("epci-200083392", ("53",)),
        ("commune-97502", ()),
    ],
)
def test_a_territory_is_placed_in_its_departement(
    directory: Directory, name: str, codes: tuple[str, ...]
) -> None:
    found = locator_codes(directory.get(TerritoryId.parse(name)))
    assert [code for code in found if not code.startswith("975")] == list(codes)


def test_the_locator_fills_the_departement_alone(departements: Drawing) -> None:
    svg = ET.fromstring(to_locator(departements, ("53",)))  # noqa: S314 - our own drawing
    land, here = svg.findall("{http://www.w3.org/2000/svg}path")
    assert land.attrib["fill"] != here.attrib["fill"]
    assert len(here.attrib["d"]) < len(land.attrib["d"]) / 20


def test_there_is_no_locator_for_what_no_map_shows(departements: Drawing) -> None:
    assert to_locator(departements, ()) == ""
    assert to_locator(departements, ("975",)) == ""
