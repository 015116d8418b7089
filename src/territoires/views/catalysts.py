"""Who can help near a territory: actors inside it, the nearest outside, those without a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from territoires.analysis.distances import great_circle_km
from territoires.domain.catalysts import Catalyst, Precision
from territoires.domain.directory import Directory, Territory
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.catalyst_places import (
    ActorPlaces,
    build_actor_places,
    is_overseas,
    shore_of,
)
from territoires.views.datasets import EDITIONS
from territoires.views.french import NBSP, agree, count, format_number

#: Actors named in the sentence; the tables hold the others.
_NAMED = 3
#: What a list that is not complete never says.
PARTIAL = "La liste est partielle : elle ne dit pas où il n’y a personne."
#: Below this distance a decimal says something.
_NEAR_KM = 10
_WHERE = {
    Level.COMMUNE: "dans la commune",
    Level.EPCI: "dans l’intercommunalité",
    Level.ZONE: "dans la zone",
    Level.DEPARTEMENT: "dans le département",
    Level.REGION: "dans la région",
    Level.PAYS: "en France",
}
_OF_LEVEL = {
    Level.COMMUNE: "de la commune",
    Level.EPCI: "de l’intercommunalité",
    Level.ZONE: "de la zone",
    Level.DEPARTEMENT: "du département",
    Level.REGION: "de la région",
}


@dataclass(frozen=True, slots=True)
class NearActor:
    """An actor and its distance, as the crow flies, to the point of a territory.

    ``place_name`` is the commune or EPCI it is placed at; ``is_approximate`` where that is an EPCI:
    the distance goes to a point inside it.
    """

    catalyst: Catalyst
    distance_km: float
    place_name: str
    is_approximate: bool


@dataclass(frozen=True, slots=True)
class Nearby:
    """Who is known in a territory and around it.

    ``inside`` are the actors surely in the territory; ``outside`` the nearest others, nearest
    first; ``without_place`` those known only by the département or the région it lies in: they may
    be inside it or not. ``origin`` says where distances start from, empty where none is measured.
    """

    inside: tuple[Catalyst, ...]
    outside: tuple[NearActor, ...]
    without_place: tuple[Catalyst, ...]
    origin: str
    sentence: str


def nearest_actors(
    published: Published,
    directory: Directory,
    territory_id: TerritoryId,
    *,
    limit: int = 5,
    places: ActorPlaces | None = None,
) -> Nearby:
    """Find the actors of a territory and the nearest ones around it.

    Distances are great-circle, between true positions: from the town hall of a commune (else from
    a point inside it), from a point inside any wider territory. None is measured across the sea:
    an overseas région has its own actors only.

    Parameters
    ----------
    places
        What ``build_actor_places`` gives; built here where it is not given, which is slow.
    """
    places = places or build_actor_places(published, directory)
    territory = directory.get(territory_id)
    everyone = places.catalysts
    if territory_id == FRANCE:
        mark = EDITIONS[published.dataset].mark
        said = f"{mark}{count(len(everyone), 'acteur recensé', 'acteurs recensés')} en France."
        return Nearby(_in_order(everyone, published), (), (), "", said)
    rows = places.inside.get(territory_id, frozenset())
    inside = _in_order((everyone[row] for row in rows), published)
    outside = _nearest(territory, places, rows, limit)
    without = _in_order(
        (
            everyone[row]
            for wider in wider_territories(territory)
            for row in places.wide.get(wider, ())
            if row not in rows
        ),
        published,
    )
    nearby = Nearby(inside, outside, without, say_origin(territory, places), "")
    return replace(nearby, sentence=_say_nearby(nearby, territory, published))


def say_origin(territory: Territory, places: ActorPlaces) -> str:
    """Say which point distances start from: « la mairie de Laval »; empty without any point."""
    if territory.longitude is None:
        return ""
    level = territory.id.level
    if level is not Level.COMMUNE:
        return f"un point intérieur {_OF_LEVEL[level]}"
    what = "la mairie" if territory.id.code in places.town_halls else "un point intérieur"
    return f"{what} {of_commune(territory.name)}"


def say_distance(distance_km: float) -> str:
    """Write a distance: « 4,2 km », « 38 km »."""
    decimals = 1 if round(distance_km, 1) < _NEAR_KM else 0
    return f"{format_number(round(distance_km, decimals), decimals)}{NBSP}km"


def say_near(near: NearActor) -> str:
    """Write how far an actor is: « environ 12 km » where it is placed at an EPCI only."""
    return f"{'environ ' if near.is_approximate else ''}{say_distance(near.distance_km)}"


def of_commune(name: str) -> str:
    """Write a commune as a complement: « de Laval », « d’Angers », « du Mans », « (Hyères) ».

    Whether an h is aspirated or a y a vowel is not written in a name: those stand in brackets.
    """
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    first = name[:1].lower()
    if first in "hy":
        return f"({name})"
    return f"d’{name}" if first in "aàâeéèêëiîïoôœuùû" else f"de {name}"


def where_in(level: Level) -> str:
    """Say that something lies in a territory of a level: « dans la commune »."""
    return _WHERE[level]


def wider_territories(territory: Territory | None) -> tuple[TerritoryId, ...]:
    """List the départements and the région that hold a territory, or that it touches."""
    if territory is None or territory.id.level is Level.REGION:
        return ()
    departements = territory.departement_codes or (territory.departement_code,)
    known = [TerritoryId(Level.DEPARTEMENT, code) for code in departements if code]
    if territory.region_code:
        known.append(TerritoryId(Level.REGION, territory.region_code))
    return tuple(wider for wider in known if wider != territory.id)


def _nearest(
    territory: Territory, places: ActorPlaces, inside: frozenset[int], limit: int
) -> tuple[NearActor, ...]:
    """Find the nearest actors that are not surely in the territory, on its side of the sea."""
    shore = places.shores.get(shore_of(territory))
    if shore is None or territory.longitude is None or territory.latitude is None:
        return ()
    distances = great_circle_km(
        territory.longitude, territory.latitude, shore.longitudes, shore.latitudes
    )
    others = np.array([row not in inside for row in shore.rows.tolist()])
    distances = np.where(others, distances, np.inf)
    wanted = min(limit, int(others.sum()))
    found = np.argsort(distances, kind="stable")[:wanted]
    return tuple(
        NearActor(
            catalyst=places.catalysts[row],
            distance_km=float(distances[rank]),
            place_name=places.point_names[row],
            is_approximate=places.catalysts[row].precision is not Precision.COMMUNE,
        )
        for rank, row in zip(found, shore.rows[found].tolist(), strict=True)
    )


def _in_order(catalysts: Iterable[Catalyst], published: Published) -> tuple[Catalyst, ...]:
    """Sort actors by kind, as the list of kinds goes, then by name."""
    ranks: Mapping[str, int] = {kind: rank for rank, kind in enumerate(published.catalyst_kinds)}
    return tuple(sorted(catalysts, key=lambda c: (ranks[c.kind], c.name)))


def _say_nearby(nearby: Nearby, territory: Territory, published: Published) -> str:
    """Say how many are inside, which are nearest and from where, and how many have no place."""
    where = _WHERE[territory.id.level]
    parts = [f"{count(len(nearby.inside), 'acteur recensé', 'acteurs recensés')} {where}."]
    if not nearby.inside:
        parts = [f"Aucun acteur recensé {where}."]
    parts.append(_say_outside(territory, nearby.outside, nearby.origin))
    if number := len(nearby.without_place):
        known = agree(number, "autre est connu", "autres sont connus")
        parts.append(
            f"{format_number(number)}{NBSP}{known} seulement par le département ou la région : "
            "sans lieu précis, ni distance."
        )
    if not published.lists["catalysts"].exhaustive:
        parts.append(PARTIAL)
    return EDITIONS[published.dataset].mark + " ".join(parts)


def _say_outside(territory: Territory, outside: tuple[NearActor, ...], origin: str) -> str:
    """Name the nearest actors, or say why no distance is given."""
    if not origin:
        return "Aucune distance : la position de ce territoire n’est pas connue ici."
    if not outside:
        if is_overseas(territory):
            return (
                "Aucun autre acteur n’est placé de ce côté de la mer ; ceux d’au-delà ne sont pas "
                "proposés."
            )
        return "Aucun autre acteur n’est placé."
    named = " ; ".join(
        f"{near.catalyst.name}, à {say_distance(near.distance_km)} ({near.place_name})"
        for near in outside[:_NAMED]
    )
    lead = "les plus proches parmi les acteurs recensés ici"
    if len(outside) == 1:
        lead = "le plus proche parmi les acteurs recensés ici"
    return f"À vol d’oiseau, depuis {origin}, {lead} : {named}."
