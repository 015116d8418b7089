"""Zonings that somebody drew (Pays, PETR, CRTE, bassins de vie): zones made of whole territories."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.domain.territories import Level, TerritoryId


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone and the territories it gathers, in code order, each once."""

    id: TerritoryId
    name: str
    members: tuple[TerritoryId, ...]


@dataclass(frozen=True, slots=True)
class Zoning:
    """Zones of one kind, in code order, all made of EPCI or all of communes.

    A territory may be in no zone, or in several: ``notes`` says so, in French sentences.
    """

    zoning_id: str
    name: str
    zones: tuple[Zone, ...]
    notes: tuple[str, ...] = ()

    @property
    def member_level(self) -> Level:
        """Give the level of the territories its zones are made of."""
        return self.zones[0].members[0].level


def zone_id(zoning_id: str, zone_code: str) -> TerritoryId:
    """Name a zone of a zoning: « zone-demo_pays_petr.001 »."""
    return TerritoryId(Level.ZONE, f"{zoning_id}.{zone_code}")
