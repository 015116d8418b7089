"""A list of actors made ready to be searched: its words, its places, its points on the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from territoires.domain.catalysts import Catalyst, Precision
from territoires.domain.directory import Directory
from territoires.domain.selection import ActorFilter
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.actors import ActorPoint, place_actors
from territoires.views.catalyst_places import ActorPlaces
from territoires.views.search_index import normalize


@dataclass(frozen=True, slots=True)
class CatalystIndex:
    """A list of actors, ready to be filtered; built once (``build_catalyst_index``).

    ``points`` are those of the map engine, in its order; ``point_ranks`` gives the rank of the
    actors that have one.
    """

    places: ActorPlaces
    keys: tuple[str, ...]
    #: Order of the list without a place: région, département, name.
    orders: tuple[tuple[str, str, str], ...]
    departements: tuple[str, ...]
    regions: tuple[str, ...]
    point_ranks: Mapping[int, int]
    points: tuple[ActorPoint, ...]
    metiers: tuple[str, ...]
    #: Actors of each région and département, with or without a place.
    counted: Mapping[TerritoryId, frozenset[int]]


def build_catalyst_index(
    published: Published, directory: Directory, places: ActorPlaces
) -> CatalystIndex:
    """Prepare a list of actors: what may be searched in, where each one is, what may be chosen."""
    keys, departements, regions = [], [], []
    for catalyst, point_name in zip(places.catalysts, places.point_names, strict=True):
        names = [
            directory.get(TerritoryId(level, code)).name if code else ""
            for level, code in _parents(catalyst, directory)
        ]
        departements.append(names[0])
        regions.append(names[1])
        words = (catalyst.name, catalyst.place_name, point_name, *names)
        keys.append(normalize(" ".join(words)))
    points = place_actors(published, directory)
    ranks = {catalyst.actor_id: row for row, catalyst in enumerate(places.catalysts)}
    return CatalystIndex(
        places=places,
        keys=tuple(keys),
        orders=tuple(
            (normalize(region), normalize(departement), catalyst.name)
            for region, departement, catalyst in zip(
                regions, departements, places.catalysts, strict=True
            )
        ),
        departements=tuple(departements),
        regions=tuple(regions),
        point_ranks={ranks[point.actor_id]: rank for rank, point in enumerate(points)},
        points=points,
        counted={
            territory: rows
            for territory, rows in places.inside.items()
            if territory.level in {Level.REGION, Level.DEPARTEMENT}
        },
        metiers=tuple(sorted({c.metier for c in places.catalysts if c.metier}, key=normalize)),
    )


def matching_rows(asked: ActorFilter, index: CatalystIndex) -> list[int]:
    """List the actors of a kind, a métier and some words, wherever they are."""
    words = normalize(asked.text).split()
    return [
        row
        for row, catalyst in enumerate(index.places.catalysts)
        if (not asked.kind or catalyst.kind == asked.kind)
        and (not asked.metier or catalyst.metier == asked.metier)
        and all(word in index.keys[row] for word in words)
    ]


def _parents(catalyst: Catalyst, directory: Directory) -> tuple[tuple[Level, str | None], ...]:
    """Give the département and the région of an actor, as far as known."""
    home = directory.get(catalyst.territory)
    departement = catalyst.departement_code or home.departement_code
    if catalyst.precision is Precision.REGION:
        departement = None
    return (
        (Level.DEPARTEMENT, departement),
        (Level.REGION, catalyst.region_code or home.region_code),
    )
