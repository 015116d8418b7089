"""Actors of co-construction, counted where they are known and placed only where they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from territoires.analysis.composition import to_map_points
from territoires.domain.catalysts import Catalyst
from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import mark_of
from territoires.views.french import LEVEL_LABELS, NBSP, agree, count, format_number


@dataclass(frozen=True, slots=True)
class ActorPoint:
    """An actor placed on the map, in map coordinates (km)."""

    x_km: float
    y_km: float
    kind: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class ActorCount:
    """Actors known in a territory: all of them, those on the map, the names of the others."""

    territory: TerritoryId
    name: str
    total: int
    on_map: int
    not_on_map: tuple[str, ...]


def say_actors(published: Published, counts: Sequence[ActorCount], level: Level, total: int) -> str:
    """Write the sentence of the list of actors: how many, where, and what absence means.

    ``total`` is the number of territories of the level. Territories are not ranked: the number of
    actors follows the number of communes and inhabitants.
    """
    note = published.lists["catalysts"]
    known = published.catalysts
    placed = sum(actor.is_point for actor in known)
    where = f"{count(len(counts), LEVEL_LABELS[level])} sur {format_number(total)}"
    text = (
        f"{mark_of(published.dataset, Nature.ENQUETE)}{format_number(len(known))}{NBSP}{note.label}, "
        f"dont {format_number(placed)} {agree(placed, 'placé', 'placés')} sur la carte, "
        f"dans {where}"
    )
    if note.exhaustive:
        return f"{text} ; la liste est déclarée complète."
    return f"{text} ; la liste n’est pas complète : une absence ne dit rien du territoire."


def place_actors(published: Published, directory: Directory) -> tuple[ActorPoint, ...]:
    """Place the actors whose commune or EPCI is known, at its town hall or inner point.

    An actor known only by its région or département is no point: see ``count_actors``.
    """
    placed: list[tuple[Catalyst, float, float, str]] = []
    for catalyst in published.catalysts:
        territory = directory.get(catalyst.territory) if catalyst.is_point else None
        if territory and territory.longitude is not None and territory.latitude is not None:
            departement = territory.departement_code or ""
            placed.append((catalyst, territory.longitude, territory.latitude, departement))
    if not placed:
        return ()
    xs, ys = to_map_points(
        [lon for _, lon, _, _ in placed],
        [lat for _, _, lat, _ in placed],
        [departement for _, _, _, departement in placed],
    )
    return tuple(
        ActorPoint(float(x), float(y), catalyst.kind, catalyst.name, catalyst.place_name)
        for (catalyst, *_), x, y in zip(placed, xs, ys, strict=True)
        if isfinite(x)  # an overseas collectivity has no place on the map
    )


def count_actors(
    published: Published, directory: Directory, level: Level
) -> tuple[ActorCount, ...]:
    """Count actors per territory of a level, most first; territories without any are left out."""
    field = {
        Level.REGION: "region_code",
        Level.DEPARTEMENT: "departement_code",
        Level.EPCI: "epci_code",
        Level.COMMUNE: "insee_commune",
    }[level]
    groups: dict[str, list[Catalyst]] = {}
    for catalyst in published.catalysts:
        if code := getattr(catalyst, field):
            groups.setdefault(code, []).append(catalyst)
    counts = [
        ActorCount(
            TerritoryId(level, code),
            directory.get(TerritoryId(level, code)).name,
            len(group),
            sum(catalyst.is_point for catalyst in group),
            tuple(catalyst.name for catalyst in group if not catalyst.is_point),
        )
        for code, group in groups.items()
    ]
    return tuple(sorted(counts, key=lambda c: (-c.total, c.name)))
