"""Zones as territories: what a zone is worth is what its members add up to."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from territoires.domain.territories import Level, Territory, TerritoryId
from territoires.domain.zonings import Zone, Zoning

if TYPE_CHECKING:
    from territoires.domain.directory import Directory


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones a directory knows, by zoning then by code, with what lies in each.

    ``communes`` and ``epci`` list, in code order, the communes of each zone and the EPCI it
    touches; ``of_commune`` lists the zones of each commune.
    """

    zonings: Mapping[str, Zoning]
    territories: Mapping[TerritoryId, Territory]
    communes: Mapping[TerritoryId, tuple[TerritoryId, ...]]
    epci: Mapping[TerritoryId, tuple[TerritoryId, ...]]
    of_commune: Mapping[TerritoryId, tuple[TerritoryId, ...]]

    def of_zoning(self, zoning_id: str | None) -> tuple[Territory, ...]:
        """List the zones of a zoning, or all of them; an unknown zoning has none."""
        if zoning_id is None:
            return tuple(self.territories.values())
        zoning = self.zonings.get(zoning_id)
        return tuple(self.territories[zone.id] for zone in zoning.zones) if zoning else ()

    def holding(self, communes: Sequence[TerritoryId]) -> tuple[Territory, ...]:
        """List the zones that hold all of some communes."""
        held = [self.of_commune.get(commune, ()) for commune in communes]
        if not held:
            return ()
        return tuple(
            self.territories[zone] for zone in held[0] if all(zone in others for others in held[1:])
        )


_NOTHING: Mapping[TerritoryId, tuple[TerritoryId, ...]] = MappingProxyType({})
NO_ZONES = Zones({}, {}, _NOTHING, _NOTHING, _NOTHING)


def build_zones(zonings: Iterable[Zoning], directory: Directory) -> Zones:
    """Make a territory of each zone: sums of its members, places of most of its inhabitants.

    A member that is in several zones counts in each.

    Raises
    ------
    UnknownTerritoryError
        When a member does not exist.
    """
    known = {zoning.zoning_id: zoning for zoning in zonings}
    territories: dict[TerritoryId, Territory] = {}
    communes: dict[TerritoryId, tuple[TerritoryId, ...]] = {}
    epci: dict[TerritoryId, tuple[TerritoryId, ...]] = {}
    of_commune: dict[TerritoryId, list[TerritoryId]] = defaultdict(list)
    for zone in (zone for zoning in known.values() for zone in zoning.zones):
        members = [directory.get(member) for member in zone.members]
        inside = _communes(members, directory)
        codes = {c.epci_code for c in inside if c.epci_code}
        communes[zone.id] = tuple(c.id for c in inside)
        epci[zone.id] = tuple(TerritoryId(Level.EPCI, code) for code in sorted(codes))
        territories[zone.id] = _to_territory(zone, members, inside)
        for commune in inside:
            of_commune[commune.id].append(zone.id)
    return Zones(
        known,
        territories,
        communes,
        epci,
        {commune: tuple(zones) for commune, zones in of_commune.items()},
    )


def _communes(members: Iterable[Territory], directory: Directory) -> list[Territory]:
    """List the communes of a zone, in code order: those of its EPCI, or its own."""
    found: set[TerritoryId] = set()
    for member in members:
        inside = directory.children(member.id, Level.COMMUNE)
        found.update(inside if member.id.level is Level.EPCI else (member.id,))
    return [directory.get(commune) for commune in sorted(found)]


def _to_territory(zone: Zone, members: list[Territory], communes: list[Territory]) -> Territory:
    people: Counter[tuple[str, str]] = Counter()
    for commune in communes:
        home = (commune.departement_code or "", commune.region_code or "")
        people[home] += commune.population or 0
    # As for an EPCI: the département of most of the inhabitants, then its région.
    departement, region = min(people, key=lambda home: (-people[home], home))
    longitude, latitude = _middle(members)
    counted = [member.population for member in members if member.population is not None]
    return Territory(
        id=zone.id,
        name=zone.name,
        kind=None,
        region_code=region or None,
        departement_code=departement or None,
        epci_code=None,
        population=sum(counted) if counted else None,
        postcodes=(),
        longitude=longitude,
        latitude=latitude,
        departement_codes=tuple(sorted({code for code, _ in people if code})),
    )


def _middle(members: Iterable[Territory]) -> tuple[float | None, float | None]:
    """Choose the point of the member nearest to where people live on average.

    The average itself may fall outside a zone in two parts; the point of a member lies in it.
    """
    placed = [
        (m.longitude, m.latitude, m.population or 0)
        for m in members
        if m.longitude is not None and m.latitude is not None
    ]
    if not placed:
        return None, None
    total = sum(people for *_, people in placed)
    weights = [people / total if total else 1 / len(placed) for *_, people in placed]
    x = sum(point[0] * weight for point, weight in zip(placed, weights, strict=True))
    y = sum(point[1] * weight for point, weight in zip(placed, weights, strict=True))
    narrowing = math.cos(math.radians(y))
    nearest = min(placed, key=lambda point: (narrowing * (point[0] - x)) ** 2 + (point[1] - y) ** 2)
    return nearest[0], nearest[1]
