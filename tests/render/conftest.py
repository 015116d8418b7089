"""Real views of both sets of data, in every mode, to be drawn."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Selection
from territoires.domain.territories import TerritoryId
from territoires.tables.published import Published
from territoires.views.map_view import MapView, build_map_view
from tests.views.selections import all_selections


@pytest.fixture(scope="session")
def views(
    datasets: tuple[Published, Published],
    zoned: Directory,
    names: Mapping[TerritoryId, NameForms],
) -> list[MapView]:
    """Every map of few territories a reader can ask for, and some of each finer level."""
    return [
        build_map_view(selection, data, zoned, names)
        for data in datasets
        for selection in all_selections(data)
    ]


@pytest.fixture(scope="session")
def view(published: Published, directory: Directory) -> MapView:
    """The default map: three régions of eighteen."""
    return build_map_view(Selection("adhesion_maires_region", "2016-11"), published, directory)


@pytest.fixture(scope="session")
def simulated(demonstration: Published, directory: Directory) -> MapView:
    """A map where every state occurs."""
    return build_map_view(
        Selection("demo_mandat_collectif", "2025", demonstration.dataset), demonstration, directory
    )
