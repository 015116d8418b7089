"""Territories by identifier: names, population, parents and children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.errors import UnknownTerritoryError

if TYPE_CHECKING:
    import pandas as pd

_COUNTRY_NAME = "France"
_PARENT_COLUMNS = {
    Level.REGION: "region_code",
    Level.DEPARTEMENT: "departement_code",
    Level.EPCI: "epci_code",
}
_WIDEST_FIRST = (Level.REGION, Level.DEPARTEMENT, Level.EPCI)


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory as the directory knows it; what does not apply to it is None.

    ``kind`` is the type of an EPCI (CC, CA, CU, METRO, MET69), or « com » for a commune of an
    overseas collectivity. ``departement_code`` of an EPCI is that of most of its inhabitants;
    ``departement_codes`` lists all those it touches. The point is in degrees (WGS 84).
    """

    id: TerritoryId
    name: str
    kind: str | None
    region_code: str | None
    departement_code: str | None
    epci_code: str | None
    population: int | None
    postcodes: tuple[str, ...]
    longitude: float | None
    latitude: float | None
    departement_codes: tuple[str, ...] = ()


class Directory:
    """Every territory, found by its identifier in constant time."""

    def __init__(self, frame: pd.DataFrame) -> None:
        """Index the table given by ``tables.directory.read_directory``."""
        self.frame = frame
        # Plain lists, with one kind of nothing: None.
        columns = {
            str(name): column.astype(object).where(column.notna(), None).to_list()
            for name, column in frame.items()
        }
        self._columns: dict[str, list[Any]] = columns
        self._rows = {
            (level, code): row
            for row, (level, code) in enumerate(zip(columns["level"], columns["code"], strict=True))
        }
        #: Asked at every change of the map; a directory never changes.
        self._of_level: dict[Level, tuple[Territory, ...]] = {}

    def __contains__(self, territory_id: object) -> bool:
        return isinstance(territory_id, TerritoryId) and (
            territory_id == FRANCE or (str(territory_id.level), territory_id.code) in self._rows
        )

    def __len__(self) -> int:
        """Count the territories, the country included."""
        return len(self._rows) + 1

    def get(self, territory_id: TerritoryId) -> Territory:
        """Give a territory.

        Raises
        ------
        UnknownTerritoryError
            When the directory does not hold it.
        """
        if territory_id == FRANCE:
            return self._country()
        row = self._rows.get((str(territory_id.level), territory_id.code))
        if row is None:
            raise UnknownTerritoryError(
                f"« {territory_id} » n’existe pas dans le Code officiel géographique 2026.",
                remedy="Vérifiez le niveau et le code, ou cherchez le territoire par son nom.",
            )
        return self._territory(territory_id, row)

    def parse(self, text: str) -> Territory:
        """Give the territory named by a typed identifier: « region-53 »."""
        return self.get(TerritoryId.parse(text))

    def ancestors(self, territory_id: TerritoryId) -> tuple[Territory, ...]:
        """List the wider territories, from the country down: France, région, département, EPCI.

        Those of an EPCI are the région and département of most of its inhabitants.
        """
        territory = self.get(territory_id)
        if territory_id == FRANCE:
            return ()
        wider = [self._country()]
        for level in _WIDEST_FIRST[: list(Level).index(territory_id.level) - 1]:
            code = getattr(territory, _PARENT_COLUMNS[level])
            parent = TerritoryId(level, code) if code else None
            if parent in self:
                wider.append(self.get(parent))  # type: ignore[arg-type]
        return tuple(wider)

    def children(self, territory_id: TerritoryId, level: Level) -> tuple[TerritoryId, ...]:
        """List the territories of a finer level that lie in a territory, in code order.

        An EPCI is listed in every département and région it touches. The country is its 18 régions: the
        communes of the overseas collectivities are not counted in it, nor in its population.
        """
        self.get(territory_id)
        if list(Level).index(level) <= list(Level).index(territory_id.level):
            return ()
        rows = [row for (name, _), row in self._rows.items() if name == level]
        codes = self._columns["code"]
        return tuple(TerritoryId(level, codes[r]) for r in rows if self._lies_in(r, territory_id))

    def of_level(self, level: Level) -> tuple[Territory, ...]:
        """List the territories of a level, in code order, as the boundary files do."""
        if level not in self._of_level:
            self._of_level[level] = tuple(self.get(t) for t in self.children(FRANCE, level))
        return self._of_level[level]

    def region_of(self, territory_id: TerritoryId) -> Territory | None:
        """Give the région a territory belongs to, itself if it is one; None for the country."""
        territory = self.get(territory_id)
        if territory.region_code is None:
            return None
        region = TerritoryId(Level.REGION, territory.region_code)
        return self.get(region) if region in self else None

    def known_codes(self) -> frozenset[tuple[str, str]]:
        """Give every (level, code) that exists, the country included."""
        return frozenset({*self._rows, (str(FRANCE.level), FRANCE.code)})

    def children_count(self, territory_id: TerritoryId, level: Level) -> int:
        """Count the territories of a finer level that lie in a territory."""
        return len(self.children(territory_id, level))

    def _lies_in(self, row: int, territory_id: TerritoryId) -> bool:
        if territory_id == FRANCE:
            return self._columns["region_code"][row] is not None
        if territory_id.level == Level.EPCI:
            return bool(self._columns["epci_code"][row] == territory_id.code)
        home = self._rows[str(territory_id.level), territory_id.code]
        touched = self._columns["departement_codes"]
        return not set(touched[home].split()).isdisjoint(touched[row].split())

    def _territory(self, territory_id: TerritoryId, row: int) -> Territory:
        values = {name: column[row] for name, column in self._columns.items()}
        return Territory(
            id=territory_id,
            name=values["name"],
            kind=values["kind"],
            region_code=values["region_code"],
            departement_code=values["departement_code"],
            epci_code=values["epci_code"],
            population=values["population"],
            postcodes=tuple((values["postcodes"] or "").split()),
            longitude=values["longitude"],
            latitude=values["latitude"],
            departement_codes=tuple((values["departement_codes"] or "").split()),
        )

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
