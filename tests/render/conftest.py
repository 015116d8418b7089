"""Real views of both sets of data, in every mode, to be drawn."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Mode, Selection
from territoires.domain.territories import TerritoryId
from territoires.tables.published import Published
from territoires.views.map_view import MapView, build_map_view
from territoires.views.selection import MAP_LEVELS, mappable_indicators, waves_of


@pytest.fixture(scope="session")
def views(
    datasets: tuple[Published, Published],
    directory: Directory,
    names: Mapping[TerritoryId, NameForms],
) -> list[MapView]:
    """Every map a reader can ask for with the classes proposed."""
    return [
        build_map_view(
            Selection(i.indicator_id, wave, data.dataset, level, mode=mode), data, directory, names
        )
        for data in datasets
        for i in mappable_indicators(data)
        for level in MAP_LEVELS
        for wave in waves_of(data, i.indicator_id, level)
        for mode in Mode
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
