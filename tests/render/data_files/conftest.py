"""Tables of both sets of data, ready to be written: one of each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render.data_files import DataTable, map_table
from territoires.tables.published import Published
from territoires.views.citation import Taken
from territoires.views.map_view import MapView, build_map_view

TAKEN = Taken(date(2026, 6, 1), 3, date(2026, 5, 12))
KNOWN = Selection("adhesion_maires_region", "2016-11")
DEMO = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION)
ISLAND = Selection(
    "population_municipale",
    "2026",
    level=Level.COMMUNE,
    within=TerritoryId(Level.DEPARTEMENT, "974"),
)


def zones_of(data: Published) -> Selection:
    """Ask for the zones of the first zoning of a set."""
    zoning = next(iter(data.zonings))
    return Selection("communes_nombre", "2026", data.dataset, Level.ZONE, zoning=zoning)


@pytest.fixture(scope="session")
def draw(published, demonstration, zoned, names) -> Callable[[Selection], MapView]:
    sets = {Dataset.PUBLIE: published, Dataset.DEMONSTRATION: demonstration}
    return lambda selection: build_map_view(selection, sets[selection.dataset], zoned, names)


@pytest.fixture(scope="session")
def maps(draw, demonstration) -> Mapping[str, MapView]:
    asked = {"connue": KNOWN, "simulée": DEMO, "île": ISLAND, "zones": zones_of(demonstration)}
    return {name: draw(selection) for name, selection in asked.items()}


@pytest.fixture(scope="session")
def tables(maps, demonstration, zoned) -> Mapping[str, DataTable]:
    catalogue = demonstration.catalogue
    return {name: map_table(view, catalogue, zoned, TAKEN) for name, view in maps.items()}
