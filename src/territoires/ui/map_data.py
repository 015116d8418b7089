"""What the map page draws beside the view of its map: limits, zones, actors in view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from territoires.domain.catalysts import Catalyst
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import FRANCE, Level, Territory, TerritoryId
from territoires.render.choropleth import Zones
from territoires.render.map_paint import to_zones
from territoires.ui import cache
from territoires.views.actors import (
    ActorCount,
    ActorPoint,
    count_actors,
    list_actors_inside,
    say_actors,
)
from territoires.views.limits import Descent, Layer, crumbs, name_limit, offered_limits
from territoires.views.limits import descents as list_descents
from territoires.views.map_view import MapView
from territoires.views.selection import offered_layers, to_overview

#: First choice of the limits: none.
WHOLE = "France entière"


def overview(selection: Selection) -> MapView:
    """Give the view of a small map of the country: régions or départements, without limit."""
    return cache.map_view(to_overview(selection, cache.published(selection.dataset)))


def limits(dataset: Dataset, layer: Layer) -> Mapping[TerritoryId, str]:
    """Give the territories that the map of a layer may be limited to, with their names in a list."""
    places = cache.directory(dataset)
    return {FRANCE: WHOLE} | {t.id: name_limit(t) for t in offered_limits(places, layer)}


def trail(view: MapView) -> tuple[Territory, ...]:
    """Give the way out of a limited map, from the country down to the limit."""
    return crumbs(view.within, cache.directory(view.dataset)) if view.within else ()


def descents(view: MapView, territory: TerritoryId | None) -> tuple[Descent, ...]:
    """Give the finer layers to see inside a territory of the map."""
    if view.row(territory) is None or territory is None:
        return ()
    layers = offered_layers(cache.published(view.dataset))
    return list_descents(territory, layers, cache.directory(view.dataset))


def of_departements(view: MapView) -> tuple[MapView, tuple[str, ...]]:
    """Bring a map of communes, limited to a territory, to the files of its départements.

    Returns
    -------
    tuple
        The view, whose ranks are those of the communes in these files, one after the other, and
        the codes of the départements; the view as it is and no code for any other map.
    """
    if view.level is not Level.COMMUNE or view.within is None:
        return view, ()
    places = cache.directory(view.dataset)
    limit = places.get(view.within)
    codes = tuple(sorted(limit.departement_codes))
    drawn = [
        commune
        for code in codes
        for commune in places.children(TerritoryId(Level.DEPARTEMENT, code), Level.COMMUNE)
    ]
    ranks = {commune: rank for rank, commune in enumerate(drawn)}
    inside = tuple(ranks[row.id] for row in view.rows)
    return replace(view, ranks=inside, total=len(drawn)), codes


def zones(view: MapView) -> Zones | None:
    """Give what the browser merges to draw the zones of a map; None where it has no zones."""
    zoning = cache.zoning(view.dataset, view.zoning) if view.zoning else None
    return to_zones(zoning, cache.directory(view.dataset)) if zoning else None


def shapes_level(view: MapView) -> Level:
    """Give the level whose boundaries are sent: zones are merged from those of their members."""
    zoning = cache.zoning(view.dataset, view.zoning) if view.zoning else None
    return zoning.member_level if zoning else view.level


def actors_inside(view: MapView) -> tuple[Catalyst, ...] | None:
    """Give the actors of a map limited to a territory; None for the whole country."""
    if view.within is None:
        return None
    data, places = cache.published(view.dataset), cache.directory(view.dataset)
    return list_actors_inside(data, places, Layer(view.level, view.zoning), view.within)


def placed_actors(view: MapView) -> tuple[ActorPoint, ...]:
    """Give the actors that stand on a map."""
    placed = cache.placed_actors(view.dataset)
    return tuple(placed[rank] for rank in _ranks(view, placed))


def actor_ranks(view: MapView) -> tuple[int, ...] | None:
    """Give the ranks of the actors of a limited map among all those placed; None for all."""
    if view.within is None:
        return None
    return _ranks(view, cache.placed_actors(view.dataset))


def _ranks(view: MapView, placed: tuple[ActorPoint, ...]) -> tuple[int, ...]:
    inside = actors_inside(view)
    known = None if inside is None else {actor.actor_id for actor in inside}
    return tuple(
        rank for rank, actor in enumerate(placed) if known is None or actor.actor_id in known
    )


def actor_counts(view: MapView) -> tuple[ActorCount, ...]:
    """Give the number of actors known in each territory of a map."""
    data, places = cache.published(view.dataset), cache.directory(view.dataset)
    return count_actors(data, places, view.level, view.zoning, view.within)


def actors_sentence(view: MapView, counts: tuple[ActorCount, ...]) -> str:
    """Say how many actors are known on a map and where."""
    data, inside = cache.published(view.dataset), actors_inside(view)
    return say_actors(data, counts, view.level, len(view.rows), inside=inside, place=view.place)
