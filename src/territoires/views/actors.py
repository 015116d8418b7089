"""Actors of co-construction, counted where they are known and placed only where they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from territoires.analysis.composition import to_map_points
from territoires.domain.catalysts import Catalyst
from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature, Source
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import mark_of
from territoires.views.french import LEVEL_LABELS, agree, count, format_number
from territoires.views.limits import Layer, is_of_layer, territories_within

_CODE_FIELDS = {
    Level.REGION: "region_code",
    Level.DEPARTEMENT: "departement_code",
    Level.EPCI: "epci_code",
    Level.COMMUNE: "insee_commune",
}


@dataclass(frozen=True, slots=True)
class ActorPoint:
    """An actor placed on the map, in map coordinates (km)."""

    x_km: float
    y_km: float
    kind: str
    name: str
    place: str
    actor_id: str = ""


@dataclass(frozen=True, slots=True)
class ActorCount:
    """Actors known in a territory: all of them, those on the map, the names of the others."""

    territory: TerritoryId
    name: str
    total: int
    on_map: int
    not_on_map: tuple[str, ...]


def say_actors(
    published: Published,
    counts: Sequence[ActorCount],
    level: Level,
    total: int,
    *,
    inside: Sequence[Catalyst] | None = None,
    place: str = "",
) -> str:
    """Write the sentence of the list of actors: how many, where, and what absence means.

    ``total`` is the number of territories in view; ``inside`` are the actors where the map is
    limited to ``place``. Territories are not ranked: the number of actors follows the number of
    communes and inhabitants.
    """
    note = published.lists["catalysts"]
    known = published.catalysts if inside is None else inside
    placed = sum(actor.is_point for actor in known)
    where = f"{count(len(counts), LEVEL_LABELS[level])} sur {format_number(total)}"
    mark = mark_of(published.dataset, Nature.ENQUETE)
    label = f"{note.label}{f' {place}' if place else ''}"
    if not known:
        text = f"{mark}{label[:1].upper()}{label[1:]} : aucun"
    else:
        text = (
            f"{mark}{label[:1].upper()}{label[1:]} : {format_number(len(known))}, "
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
        ActorPoint(
            float(x),
            float(y),
            catalyst.kind,
            catalyst.name,
            catalyst.place_name,
            catalyst.actor_id,
        )
        for (catalyst, *_), x, y in zip(placed, xs, ys, strict=True)
        if isfinite(x)  # an overseas collectivity has no place on the map
    )


def sources_of_actors(points: Sequence[ActorPoint], published: Published) -> tuple[Source, ...]:
    """List the sources of the actors on a map, each once."""
    shown = {point.actor_id for point in points}
    found = (published.sources[a.source_id] for a in published.catalysts if a.actor_id in shown)
    return tuple(dict.fromkeys(found))


def count_actors(
    published: Published,
    directory: Directory,
    level: Level,
    zoning_id: str = "",
    within: TerritoryId | None = None,
) -> tuple[ActorCount, ...]:
    """Count actors per territory of a level, most first; territories without any are left out.

    An actor whose place is wider than the level is in none of its territories; one whose place is
    in several zones counts in each. ``within`` keeps the territories that lie in a wider one.
    """
    layer = Layer(level, zoning_id)
    kept = set(territories_within(directory, layer, within)) if within else None
    groups: dict[TerritoryId, list[Catalyst]] = {}
    for catalyst in published.catalysts:
        for territory in places_of(catalyst, directory, layer):
            if kept is None or territory in kept:
                groups.setdefault(territory, []).append(catalyst)
    counts = [
        ActorCount(
            territory,
            directory.get(territory).name,
            len(group),
            sum(catalyst.is_point for catalyst in group),
            tuple(catalyst.name for catalyst in group if not catalyst.is_point),
        )
        for territory, group in groups.items()
    ]
    return tuple(sorted(counts, key=lambda c: (-c.total, c.name)))


def places_of(catalyst: Catalyst, directory: Directory, layer: Layer) -> tuple[TerritoryId, ...]:
    """List the territories of a layer an actor is known in: one, several zones, or none."""
    if layer.level is Level.ZONE:
        zones = directory.zones_of(catalyst.territory) if catalyst.is_point else ()
        return tuple(zone.id for zone in zones if is_of_layer(zone.id, layer))
    code = getattr(catalyst, _CODE_FIELDS[layer.level])
    if layer.level is Level.EPCI and catalyst.territory.level is Level.COMMUNE:
        # A source that names the commune need not name its EPCI.
        code = directory.get(catalyst.territory).epci_code or ""
    place = TerritoryId(layer.level, code)
    # The source may name an EPCI that has merged since.
    return (place,) if place in directory else ()


def list_actors_inside(
    published: Published, directory: Directory, layer: Layer, within: TerritoryId
) -> tuple[Catalyst, ...]:
    """List the actors of a map limited to a territory.

    They are those of the territories it shows, some of which go beyond the limit, and those known
    in the limit by no finer place.
    """
    shown = set(territories_within(directory, layer, within))
    around = Layer(within.level, within.code.partition(".")[0])
    kept = []
    for catalyst in published.catalysts:
        own = places_of(catalyst, directory, layer)
        if own:
            is_inside = not shown.isdisjoint(own)
        else:
            is_inside = within in places_of(catalyst, directory, around)
        if is_inside:
            kept.append(catalyst)
    return tuple(kept)
