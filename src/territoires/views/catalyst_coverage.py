"""How many people live near the actors of a list, where that list is declared complete.

Of a partial list nothing is said here: a territory without any actor in it may have some.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from territoires.analysis.distances import nearest_km
from territoires.domain.directory import Directory, Territory
from territoires.domain.selection import ActorFilter, Dataset
from territoires.domain.territories import Level
from territoires.tables.published import Published
from territoires.views.catalyst_index import CatalystIndex, matching_rows
from territoires.views.datasets import EDITIONS
from territoires.views.french import NBSP, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

#: Distances of the bands, in kilometres.
REACHES_KM = (10, 30, 60)
#: Beyond this distance, in kilometres, people are counted as far from any actor.
FAR_KM = 30
PER_INHABITANTS = 100_000


@dataclass(frozen=True, slots=True)
class CommunePoints:
    """The communes of France: true points, populations, what they belong to; in code order."""

    codes: NDArray[np.str_]
    longitudes: NDArray[np.float64]
    latitudes: NDArray[np.float64]
    populations: NDArray[np.float64]
    departements: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Reach:
    """People within a distance of at least one actor."""

    distance_km: int
    population: int
    share_pct: float


@dataclass(frozen=True, slots=True)
class DepartementCover:
    """A département: how many live far from any actor, how many actors for its inhabitants."""

    territory: Territory
    population: int
    far_share_pct: float
    actors: int
    density: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """People near the actors of a complete list, in France or in a part of it.

    ``measured`` actors have a point; ``unplaced`` ones have none and bring nobody near.
    ``departements`` go from the least covered to the best; those that share a value, by name.
    """

    dataset: Dataset
    within: Territory | None
    population: int
    reaches: tuple[Reach, ...]
    departements: tuple[DepartementCover, ...]
    measured: int
    unplaced: int
    sentence: str


def build_commune_points(directory: Directory) -> CommunePoints:
    """Gather the communes of the 18 régions, each at its own point."""
    communes = directory.of_level(Level.COMMUNE)
    return CommunePoints(
        codes=np.array([c.id.code for c in communes]),
        longitudes=np.array([c.longitude for c in communes], float),
        latitudes=np.array([c.latitude for c in communes], float),
        populations=np.array([c.population or 0 for c in communes], float),
        departements=np.array([c.departement_code for c in communes]),
    )


def build_coverage(
    asked: ActorFilter,
    within: Territory | None,
    *,
    published: Published,
    directory: Directory,
    index: CatalystIndex,
    communes: CommunePoints,
    place: str = "",
) -> Coverage | None:
    """Measure how many live within 10, 30 and 60 km of an actor; None for a list not complete.

    Nothing is measured either where no commune has a known position (overseas collectivities).
    All the actors of the kind and métier asked for count, wherever they are: those of a
    neighbouring territory serve this one too. The words looked for are left aside. Everyone is
    counted at the point of their commune; distances are great-circle, between true positions.

    Parameters
    ----------
    place
        ``within`` as a place in a sentence: « dans la Sarthe ».
    """
    if not published.lists["catalysts"].exhaustive:
        return None
    rows = frozenset(matching_rows(ActorFilter(asked.kind, asked.metier), index))
    positions = [point for row, point in index.places.positions.items() if row in rows]
    targets = zip(*positions, strict=True) if positions else ((), ())
    distances = nearest_km(communes.longitudes, communes.latitudes, *targets)
    here = _here(within, directory, communes)
    population = communes.populations[here].sum()
    if not population:
        return None
    near = [communes.populations[here & (distances <= limit)].sum() for limit in REACHES_KM]
    reaches = tuple(
        Reach(limit, round(people), _share(people, population))
        for limit, people in zip(REACHES_KM, near, strict=True)
    )
    far = communes.populations * (distances > FAR_KM)
    covers = [
        _cover(departement, rows & index.places.inside.get(departement.id, frozenset()), share)
        for departement, share in _far_shares(far, within, directory, communes)
    ]
    return Coverage(
        dataset=published.dataset,
        within=within,
        population=round(population),
        reaches=reaches,
        departements=tuple(sorted(covers, key=lambda c: (-c.far_share_pct, c.territory.name))),
        measured=len(positions),
        unplaced=len(rows) - len(positions),
        sentence=_say_coverage(reaches, place, published.dataset),
    )


def _here(
    within: Territory | None, directory: Directory, communes: CommunePoints
) -> NDArray[np.bool_]:
    """Tell which communes lie in a territory; all of them without one."""
    if within is None:
        return np.ones(len(communes.codes), dtype=bool)
    codes = [commune.code for commune in directory.children(within.id, Level.COMMUNE)]
    return np.asarray(np.isin(communes.codes, codes))


def _far_shares(
    far: NDArray[np.float64],
    within: Territory | None,
    directory: Directory,
    communes: CommunePoints,
) -> list[tuple[Territory, float]]:
    """Give the share of people far from any actor in each département of what is in view.

    A territory that cuts across départements (EPCI, zone) has none of them.
    """
    if within is None:
        departements: Iterable[Territory] = directory.of_level(Level.DEPARTEMENT)
    elif within.id.level is Level.REGION:
        departements = map(directory.get, directory.children(within.id, Level.DEPARTEMENT))
    else:
        departements = (within,) if within.id.level is Level.DEPARTEMENT else ()
    codes, rows = np.unique(communes.departements, return_inverse=True)
    people, total = np.bincount(rows, far), np.bincount(rows, communes.populations)
    shares = {
        str(code): _share(people[rank], total[rank])
        for rank, code in enumerate(codes)
        if total[rank]
    }
    return [(d, shares[d.id.code]) for d in departements if d.id.code in shares]


def _cover(
    departement: Territory, actors: frozenset[int], far_share_pct: float
) -> DepartementCover:
    population = departement.population or 0
    return DepartementCover(
        departement,
        population,
        far_share_pct,
        len(actors),
        len(actors) * PER_INHABITANTS / population,
    )


def _share(people: float, population: float) -> float:
    return float(100 * people / population) if population else 0.0


def say_share(share_pct: float) -> str:
    """Write a share: « 86,2 % »; only what is whole, or nothing, is written 100 or 0."""
    shown = share_pct if share_pct in {0, 100} else min(99.9, max(0.1, share_pct))
    return f"{format_number(shown, 1)}{NBSP}%"


def _say_coverage(reaches: tuple[Reach, ...], place: str, dataset: Dataset) -> str:
    """Say what share of the population lives within each distance of an actor."""
    where = place or "dans les 18 régions"
    first, *others = reaches
    rest = " ; ".join(f"{say_share(r.share_pct)} à {r.distance_km}{NBSP}km au plus" for r in others)
    return (
        f"{EDITIONS[dataset].mark}{where[0].upper()}{where[1:]}, à vol d’oiseau, "
        f"{say_share(first.share_pct)} de la population vit à {first.distance_km}{NBSP}km au plus "
        f"d’un acteur de la liste ; {rest}."
    )
