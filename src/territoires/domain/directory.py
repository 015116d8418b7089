"""Territories by identifier: names, population, parents and children."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from territoires.domain.territories import FRANCE, Level, Territory, TerritoryId
from territoires.domain.zones import NO_ZONES, Zones, build_zones
from territoires.domain.zonings import Zoning
from territoires.errors import UnknownTerritoryError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Directory", "Territory"]

_COUNTRY_NAME = "France"
_RANKS = {level: rank for rank, level in enumerate(Level)}
_PARENT_COLUMNS = {
    Level.REGION: "region_code",
    Level.DEPARTEMENT: "departement_code",
    Level.EPCI: "epci_code",
}

#: Rows by the code of what they lie in.
_Index = Mapping[str, list[int]]


class Directory:
    """Every territory, found by its identifier in constant time.

    The zones of ``with_zonings`` are territories too; the table ``frame`` is without them.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        """Index the table given by ``tables.directory.read_directory``."""
        self.frame = frame
        # Plain lists, with one kind of nothing: None.
        known: dict[str, str] = {}
        columns = {
            str(name): _share(column.astype(object).where(column.notna(), None).to_list(), known)
            for name, column in frame.items()
        }
        self._columns: dict[str, list[Any]] = columns
        self._rows = {
            (level, code): row
            for row, (level, code) in enumerate(zip(columns["level"], columns["code"], strict=True))
        }
        self._france = self._country()
        self._zones: Zones = NO_ZONES
        # A directory never changes: what was asked once is kept, for all that share its columns.
        self._known: list[Territory | None] = [None] * len(frame)
        self._lists: dict[str | None, tuple[str, ...]] = {}
        self._by_departement: dict[Level, _Index] = {}
        self._by_epci: dict[str, list[int]] = {}
        self._children: dict[tuple[TerritoryId, Level], tuple[TerritoryId, ...]] = {}
        self._of_level: dict[Level, tuple[Territory, ...]] = {}

    def __contains__(self, territory_id: object) -> bool:
        return isinstance(territory_id, TerritoryId) and (
            (territory_id.level.value, territory_id.code) in self._rows
            or territory_id == FRANCE
            or territory_id in self._zones.territories
        )

    def __len__(self) -> int:
        """Count the territories, the country and the zones included."""
        return len(self._rows) + 1 + len(self._zones.territories)

    def with_zonings(self, zonings: Iterable[Zoning]) -> Directory:
        """Give a directory that also knows some zones, in the place of those it knew.

        Everything else is shared with this one, not copied.

        Raises
        ------
        UnknownTerritoryError
            When a zone is made of a territory that does not exist.
        """
        other = copy.copy(self)
        other._zones = build_zones(zonings, self)
        return other

    @property
    def zonings(self) -> Mapping[str, Zoning]:
        """Give the zonings whose zones it knows, by identifier."""
        return self._zones.zonings

    def get(self, territory_id: TerritoryId) -> Territory:
        """Give a territory.

        Raises
        ------
        UnknownTerritoryError
            When the directory does not hold it.
        """
        row = self._rows.get((territory_id.level.value, territory_id.code))
        if row is not None:
            known = self._known[row]
            if known is None:
                known = self._known[row] = self._territory(territory_id, row)
            return known
        if territory_id == FRANCE:
            return self._france
        zone = self._zones.territories.get(territory_id)
        if zone is not None:
            return zone
        where = (
            "les zonages connus"
            if territory_id.level is Level.ZONE
            else ("le Code officiel géographique 2026")
        )
        raise UnknownTerritoryError(
            f"« {territory_id} » n’existe pas dans {where}.",
            remedy="Vérifiez le niveau et le code, ou cherchez le territoire par son nom.",
        )

    def parse(self, text: str) -> Territory:
        """Give the territory named by a typed identifier: « region-53 »."""
        return self.get(TerritoryId.parse(text))

    def ancestors(self, territory_id: TerritoryId) -> tuple[Territory, ...]:
        """List the wider territories, from the country down: France, région, département, EPCI.

        Those of an EPCI or a zone are the région and département of most of its inhabitants. No
        zone is among them: see ``zones_of``.
        """
        territory = self.get(territory_id)
        if territory_id == FRANCE:
            return ()
        wider = [self._france]
        for level, column in _PARENT_COLUMNS.items():
            code = getattr(territory, column)
            if code and _RANKS[level] < _RANKS[territory_id.level]:
                parent = TerritoryId(level, code)
                if parent in self:
                    wider.append(self.get(parent))
        return tuple(wider)

    def children(self, territory_id: TerritoryId, level: Level) -> tuple[TerritoryId, ...]:
        """List the territories of a finer level that lie in a territory, in code order.

        An EPCI is listed in every département, région and zone it touches, a zone in every
        département and région. The country is its 18 régions: the overseas collectivities and
        their communes are not counted in it, nor in its population.
        """
        self._check(territory_id)
        if _RANKS[level] <= _RANKS[territory_id.level]:
            return ()
        if level is Level.ZONE or territory_id.level is Level.ZONE:
            return self._zone_children(territory_id, level)
        found = self._children.get((territory_id, level))
        if found is None:
            codes = self._columns["code"]
            rows = self._rows_in(territory_id, level)
            found = tuple(TerritoryId(level, codes[row]) for row in rows)
            self._children[territory_id, level] = found
        return found

    def of_level(self, level: Level, zoning_id: str | None = None) -> tuple[Territory, ...]:
        """List the territories of a level, in code order, as the boundary files do.

        Parameters
        ----------
        zoning_id
            Keep the zones of this zoning alone; every zone is listed without it.
        """
        if level is Level.ZONE:
            return self._zones.of_zoning(zoning_id)
        if level not in self._of_level:
            self._of_level[level] = tuple(self.get(t) for t in self.children(FRANCE, level))
        return self._of_level[level]

    def zones_of(self, territory_id: TerritoryId) -> tuple[Territory, ...]:
        """List the zones that hold a commune or a whole EPCI; there may be several, or none."""
        self._check(territory_id)
        if territory_id.level is Level.COMMUNE:
            return self._zones.holding((territory_id,))
        if territory_id.level is Level.EPCI:
            return self._zones.holding(self.children(territory_id, Level.COMMUNE))
        return ()

    def region_of(self, territory_id: TerritoryId) -> Territory | None:
        """Give the région a territory belongs to, itself if it is one; None for the country."""
        territory = self.get(territory_id)
        if territory.region_code is None:
            return None
        region = TerritoryId(Level.REGION, territory.region_code)
        return self.get(region) if region in self else None

    def known_codes(self) -> frozenset[tuple[str, str]]:
        """Give every (level, code) that exists, the country and the zones included."""
        zones = ((str(zone.level), zone.code) for zone in self._zones.territories)
        return frozenset({*self._rows, (str(FRANCE.level), FRANCE.code), *zones})

    def children_count(self, territory_id: TerritoryId, level: Level) -> int:
        """Count the territories of a finer level that lie in a territory."""
        return len(self.children(territory_id, level))

    def _check(self, territory_id: TerritoryId) -> None:
        """Refuse a territory that does not exist, as ``get`` does."""
        if territory_id not in self:
            self.get(territory_id)

    def _zone_children(self, territory_id: TerritoryId, level: Level) -> tuple[TerritoryId, ...]:
        if territory_id.level is Level.ZONE:
            held = self._zones.epci if level is Level.EPCI else self._zones.communes
            return held[territory_id]
        if territory_id == FRANCE:
            return tuple(self._zones.territories)
        touched = set(self.get(territory_id).departement_codes)
        return tuple(
            zone.id
            for zone in self._zones.territories.values()
            if not touched.isdisjoint(zone.departement_codes)
        )

    def _rows_in(self, territory_id: TerritoryId, level: Level) -> list[int]:
        """Find the rows of a finer level that lie in a territory, in code order."""
        if level not in self._by_departement:
            self._index(level)
        by_departement = self._by_departement[level]
        if territory_id.level is Level.EPCI:
            return self._by_epci.get(territory_id.code, [])
        if territory_id == FRANCE:
            regions = self._columns["region_code"]
            every = {row for rows in by_departement.values() for row in rows}
            return sorted(row for row in every if regions[row] is not None)
        home = self._rows[str(territory_id.level), territory_id.code]
        touched = (self._columns["departement_codes"][home] or "").split()
        return sorted({row for code in touched for row in by_departement.get(code, ())})

    def _index(self, level: Level) -> None:
        """Group the rows of a level by the départements they touch; communes also by EPCI."""
        by_departement: dict[str, list[int]] = defaultdict(list)
        by_epci: dict[str, list[int]] = defaultdict(list)
        columns = self._columns
        for row, name in enumerate(columns["level"]):
            if name == level:
                for code in (columns["departement_codes"][row] or "").split():
                    by_departement[code].append(row)
                if level is Level.COMMUNE and columns["epci_code"][row]:
                    by_epci[columns["epci_code"][row]].append(row)
        if level is Level.COMMUNE:
            # In place: shared with the directories made by ``with_zonings``.
            self._by_epci.update(by_epci)
        self._by_departement[level] = dict(by_departement)

    def _territory(self, territory_id: TerritoryId, row: int) -> Territory:
        columns = self._columns
        return Territory(
            id=territory_id,
            name=columns["name"][row],
            kind=columns["kind"][row],
            region_code=columns["region_code"][row],
            departement_code=columns["departement_code"][row],
            epci_code=columns["epci_code"][row],
            population=columns["population"][row],
            postcodes=self._split(columns["postcodes"][row]),
            longitude=columns["longitude"][row],
            latitude=columns["latitude"][row],
            departement_codes=self._split(columns["departement_codes"][row]),
        )

    def _split(self, codes: str | None) -> tuple[str, ...]:
        """Give codes written together, one object for all the territories that have the same."""
        if codes not in self._lists:
            self._lists[codes] = tuple((codes or "").split())
        return self._lists[codes]

    def _country(self) -> Territory:
        """Describe France: its population is that of the 18 régions."""
        levels, populations = self._columns["level"], self._columns["population"]
        return Territory(
            id=FRANCE,
            name=_COUNTRY_NAME,
            kind=None,
            region_code=None,
            departement_code=None,
            epci_code=None,
            population=sum(
                int(population)
                for level, population in zip(levels, populations, strict=True)
                if level == Level.REGION
            ),
            postcodes=(),
            longitude=None,
            latitude=None,
        )


def _share(cells: list[Any], known: dict[str, str]) -> list[Any]:
    """Keep one object for the codes and words that thousands of rows have in common."""
    return [known.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in cells]
