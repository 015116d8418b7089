"""Where the actors of a list are: true points, and the territories each one surely lies in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from territoires.analysis.composition import INSETS
from territoires.domain.catalysts import Catalyst, Precision
from territoires.domain.directory import Directory, Territory
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.tables.town_halls import read_town_halls

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Régions beyond the sea: no distance is measured between two of them, nor with the mainland.
_OVERSEAS = frozenset(inset.region_code for inset in INSETS)
#: Nobody crosses to Corse for a meeting either.
_CORSE = "94"
#: The shore of the mainland.
MAINLAND = "metropole"
_FIELDS = {
    Level.REGION: "region_code",
    Level.DEPARTEMENT: "departement_code",
    Level.EPCI: "epci_code",
}


@dataclass(frozen=True, slots=True)
class Shore:
    """The actors that have a point on one side of the sea: their ranks and true positions."""

    rows: NDArray[np.intp]
    longitudes: NDArray[np.float64]
    latitudes: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ActorPlaces:
    """Where each actor of a list is known to be; built once for a list (``build_actor_places``).

    ``catalysts`` keeps the order of the list, to which all ranks refer. ``inside`` gives the actors
    that surely lie in a territory; ``wide`` those known by a région or a département alone.
    """

    catalysts: tuple[Catalyst, ...]
    inside: Mapping[TerritoryId, frozenset[int]]
    wide: Mapping[TerritoryId, tuple[int, ...]]
    shores: Mapping[str, Shore]
    #: True longitude and latitude (degrees, WGS 84) of the actors that have a point.
    positions: Mapping[int, tuple[float, float]]
    #: Official name of the commune or EPCI at whose point an actor is placed; empty without one.
    point_names: tuple[str, ...]
    town_halls: frozenset[str]


def build_actor_places(
    published: Published, directory: Directory, town_halls: Collection[str] | None = None
) -> ActorPlaces:
    """Find the point and the territories of every actor of a list.

    Parameters
    ----------
    town_halls
        Codes of the communes whose point is their town hall, read from the boundaries where they
        are not given (a tenth of a second).
    """
    inside: dict[TerritoryId, set[int]] = defaultdict(set)
    wide: dict[TerritoryId, list[int]] = defaultdict(list)
    names, positions, points = [], {}, defaultdict(list)
    for row, catalyst in enumerate(published.catalysts):
        home = directory.get(catalyst.territory)
        for territory in homes_of(catalyst, home, directory):
            inside[territory].add(row)
        if not catalyst.is_point:
            wide[home.id].append(row)
        lon, lat = (home.longitude, home.latitude) if catalyst.is_point else (None, None)
        names.append("" if lon is None else home.name)
        if lon is not None and lat is not None:
            positions[row] = (lon, lat)
            points[shore_of(home)].append((row, lon, lat))
    halls = read_town_halls() if town_halls is None else frozenset(town_halls)
    return ActorPlaces(
        catalysts=published.catalysts,
        inside={territory: frozenset(rows) for territory, rows in inside.items()},
        wide={territory: tuple(rows) for territory, rows in wide.items()},
        shores={name: _shore(found) for name, found in points.items()},
        positions=positions,
        point_names=tuple(names),
        town_halls=halls,
    )


def shore_of(territory: Territory) -> str:
    """Tell which side of the sea a territory lies on: the mainland, or its own."""
    region = territory.region_code
    if region is None:
        return territory.departement_code or territory.id.code
    return region if region in _OVERSEAS or region == _CORSE else MAINLAND


def inside_of(
    within: Territory | None, level: Level, directory: Directory
) -> tuple[TerritoryId, ...]:
    """List the shapes of a level that a list is limited to: that a narrower place lies in, too."""
    if within is None:
        return tuple(shape.id for shape in directory.of_level(level))
    if within.id.level is Level.REGION:
        return directory.children(within.id, level)
    codes = within.departement_codes or (within.departement_code or "",)
    return tuple(TerritoryId(Level.DEPARTEMENT, code) for code in codes)


def is_overseas(territory: Territory) -> bool:
    """Tell whether a territory lies beyond the sea: Corse, overseas région or collectivity."""
    return shore_of(territory) != MAINLAND


def homes_of(catalyst: Catalyst, home: Territory, directory: Directory) -> set[TerritoryId]:
    """List the territories an actor surely lies in: the finest known and the wider ones."""
    homes = {home.id}
    for level, field in _FIELDS.items():
        # The source's own words first; of a straddling EPCI, the directory tells the main parent.
        code = getattr(catalyst, field) or getattr(home, field)
        if code and list(Level).index(level) <= list(Level).index(home.id.level):
            homes.add(TerritoryId(level, code))
    if catalyst.precision in {Precision.COMMUNE, Precision.EPCI}:
        homes.update(zone.id for zone in directory.zones_of(home.id))
    return homes


def _shore(points: list[tuple[int, float, float]]) -> Shore:
    rows, longitudes, latitudes = zip(*points, strict=True)
    return Shore(np.array(rows), np.array(longitudes), np.array(latitudes))
