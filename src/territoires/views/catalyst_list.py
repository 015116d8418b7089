"""The directory of actors as a reader filters it: those with a place, those without, and the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from territoires.analysis.composition import to_map_points
from territoires.analysis.distances import great_circle_km
from territoires.domain.catalysts import Catalyst, ListNote, Precision
from territoires.domain.directory import Directory, Territory
from territoires.domain.selection import ActorFilter, Dataset, Selection
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.catalyst_index import CatalystIndex, matching_rows
from territoires.views.catalyst_places import ActorPlaces, is_overseas, shore_of
from territoires.views.catalysts import say_origin, wider_territories
from territoires.views.french import quote_short
from territoires.views.search_index import normalize

#: West, south, east, north in map kilometres.
Bounds = tuple[float, float, float, float]
#: Nearest actors that the map shows with the place distances start from.
_SHOWN_NEAR = 5
#: The map goes no closer than this, in kilometres across.
_LEAST_WIDTH_KM = 60.0


@dataclass(frozen=True, slots=True)
class PlacedActor:
    """An actor that has a point, and its distance to the place in view.

    ``distance_km`` is None where no place is in view, or where the sea lies between;
    ``is_inside`` tells that it lies in the territory in view.
    """

    catalyst: Catalyst
    departement: str
    region: str
    distance_km: float | None
    is_inside: bool

    @property
    def is_approximate(self) -> bool:
        """Tell whether the point is one inside an EPCI, for want of a commune."""
        return self.catalyst.precision is Precision.EPCI


@dataclass(frozen=True, slots=True)
class WideGroup:
    """Actors known by one département or one région alone."""

    territory: Territory
    catalysts: tuple[Catalyst, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where distances start from: the territory in view, its point in words and on the map."""

    territory: Territory
    point: str
    x_km: float
    y_km: float

    @property
    def is_overseas(self) -> bool:
        """Tell whether the sea lies between it and the mainland."""
        return is_overseas(self.territory)


@dataclass(frozen=True, slots=True)
class CatalystsView:
    """The list of actors for what is in view.

    ``maybe`` counts the actors known by a territory wider than the one the list is limited to: they
    may lie in it or not, and are left out. ``visible`` are the ranks of the points shown,
    None for all of them; ``focus`` is what the map goes to around the place in view, where it is
    not limited to a territory already.
    """

    dataset: Dataset
    note: ListNote
    total: int
    asked: ActorFilter
    within: Territory | None
    territory: Territory | None
    origin: Origin | None
    placed: tuple[PlacedActor, ...]
    wide: tuple[WideGroup, ...]
    maybe: int
    #: Actors found in each région and département, with or without a place.
    counts: Mapping[TerritoryId, int]
    metiers: tuple[str, ...]
    visible: tuple[int, ...] | None
    focus: Bounds | None
    notices: tuple[str, ...]

    @property
    def found(self) -> int:
        """Count the actors listed, with or without a place."""
        return len(self.placed) + sum(len(group.catalysts) for group in self.wide)

    @property
    def listed(self) -> tuple[Catalyst, ...]:
        """Give the actors found: those that have a place first, in the order of the page."""
        wide = (catalyst for group in self.wide for catalyst in group.catalysts)
        return (*(actor.catalyst for actor in self.placed), *wide)

    @property
    def is_filtered(self) -> bool:
        """Tell whether something limits the list."""
        return self.within is not None or self.asked != ActorFilter()


def build_catalysts_view(
    selection: Selection, published: Published, directory: Directory, index: CatalystIndex
) -> CatalystsView:
    """Filter and sort the list of actors for what is in view.

    What the link asks for and the list does not hold (a kind, a métier) is left out, with a notice.
    Actors are sorted by distance where a place is in view, else by région, département and name.
    """
    asked, notices = _check_filter(selection.actor_filter, published, index)
    within = directory.get(selection.within) if selection.within else None
    kept = matching_rows(asked, index)
    inside = index.places.inside.get(within.id, frozenset()) if within else None
    rows = [row for row in kept if inside is None or row in inside]
    listed = frozenset(rows)
    asked_for = selection.territory if selection.territory != FRANCE else None
    territory = directory.get(asked_for) if asked_for else None
    origin = _origin(territory, index.places)
    placed = _placed(rows, index, territory, origin)
    maybe = {row for wider in wider_territories(within) for row in index.places.wide.get(wider, ())}
    return CatalystsView(
        dataset=published.dataset,
        note=published.lists["catalysts"],
        total=len(published.catalysts),
        asked=asked,
        within=within,
        territory=territory,
        origin=origin,
        placed=placed,
        wide=_wide_groups(rows, index, directory),
        maybe=len(maybe.intersection(kept).difference(rows)),
        counts={t: len(listed & actors) for t, actors in index.counted.items()},
        metiers=index.metiers,
        visible=_visible(rows, index),
        focus=None if within else _focus(placed, index, origin),
        notices=tuple(notices),
    )


def _check_filter(
    asked: ActorFilter, published: Published, index: CatalystIndex
) -> tuple[ActorFilter, list[str]]:
    """Keep of a filter what the list holds."""
    notices = []
    kind, metier = asked.kind, asked.metier
    if kind and kind not in published.catalyst_kinds:
        notices.append(
            f"La nature d’acteur « {quote_short(kind)} » n’existe pas dans cette liste : "
            "toutes sont montrées."
        )
        kind = ""
    if metier and metier not in index.metiers:
        reason = (
            f"Le métier « {quote_short(metier)} » n’existe pas dans cette liste"
            if index.metiers
            else "Aucun métier n’est attribué aux acteurs de cette liste par les sources"
        )
        notices.append(f"{reason} : tous sont montrés.")
        metier = ""
    return ActorFilter(kind, metier, asked.text.strip()), notices


def _origin(territory: Territory | None, places: ActorPlaces) -> Origin | None:
    """Find where distances start from; None where the map has no place for the territory."""
    if territory is None or territory.longitude is None or territory.latitude is None:
        return None
    code = territory.departement_code or next(iter(territory.departement_codes), "")
    (x,), (y,) = to_map_points([territory.longitude], [territory.latitude], [code])
    if not isfinite(x):
        return None
    return Origin(territory, say_origin(territory, places), float(x), float(y))


def _placed(
    rows: Sequence[int],
    index: CatalystIndex,
    territory: Territory | None,
    origin: Origin | None,
) -> tuple[PlacedActor, ...]:
    """List the actors that have a point, nearest first where distances are known."""
    inside = index.places.inside.get(territory.id, frozenset()) if territory else frozenset()
    distances = _distances(origin, index.places)
    far = float("inf")
    ordered = sorted(
        (row for row in rows if row in index.point_ranks),
        key=lambda row: (distances.get(row, far), index.orders[row]),
    )
    return tuple(
        PlacedActor(
            index.places.catalysts[row],
            index.departements[row],
            index.regions[row],
            distances.get(row),
            row in inside,
        )
        for row in ordered
    )


def _distances(origin: Origin | None, places: ActorPlaces) -> dict[int, float]:
    """Measure the distance of every actor on the same side of the sea, by rank, in kilometres."""
    if origin is None:
        return {}
    territory = origin.territory
    shore = places.shores.get(shore_of(territory))
    if shore is None or territory.longitude is None or territory.latitude is None:
        return {}
    found = great_circle_km(
        territory.longitude, territory.latitude, shore.longitudes, shore.latitudes
    )
    return dict(zip(shore.rows.tolist(), found.tolist(), strict=True))


def _wide_groups(
    rows: Sequence[int], index: CatalystIndex, directory: Directory
) -> tuple[WideGroup, ...]:
    """Group the actors without a place by what they are known by: régions first, by name."""
    groups: dict[TerritoryId, list[Catalyst]] = {}
    for row in rows:
        catalyst = index.places.catalysts[row]
        if row not in index.point_ranks:
            groups.setdefault(catalyst.territory, []).append(catalyst)
    found = [
        WideGroup(directory.get(territory), tuple(sorted(group, key=lambda c: normalize(c.name))))
        for territory, group in groups.items()
    ]
    levels = list(Level)
    return tuple(
        sorted(
            found,
            key=lambda g: (levels.index(g.territory.id.level), normalize(g.territory.name)),
        )
    )


def _visible(rows: Sequence[int], index: CatalystIndex) -> tuple[int, ...] | None:
    """Give the ranks of the points shown; None where all are."""
    shown = tuple(index.point_ranks[row] for row in rows if row in index.point_ranks)
    return None if len(shown) == len(index.points) else shown


def _focus(
    placed: Sequence[PlacedActor], index: CatalystIndex, origin: Origin | None
) -> Bounds | None:
    """Frame the place in view with its nearest actors."""
    if origin is None:
        return None
    near = {a.catalyst.actor_id for a in placed[:_SHOWN_NEAR] if a.distance_km is not None}
    shown = [point for point in index.points if point.actor_id in near]
    xs = [origin.x_km, *(point.x_km for point in shown)]
    ys = [origin.y_km, *(point.y_km for point in shown)]
    west, south, east, north = min(xs), min(ys), max(xs), max(ys)
    dx = max(0.0, _LEAST_WIDTH_KM - (east - west)) / 2
    dy = max(0.0, _LEAST_WIDTH_KM - (north - south)) / 2
    return west - dx, south - dy, east + dx, north + dy
