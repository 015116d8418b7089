"""Where a territory stands among the others: what it is, what it holds, what holds it."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.domain.directory import Directory, Territory
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.views.french import LEVEL_LABELS, LEVEL_PLURALS, NBSP, format_number

_EPCI_KINDS = {
    "CC": "communauté de communes",
    "CA": "communauté d’agglomération",
    "CU": "communauté urbaine",
    "METRO": "métropole",
    "MET69": "métropole, collectivité à statut particulier",
}
#: Kind of what lies in an overseas collectivity.
OVERSEAS = "com"
#: Level listed under each level: the next one that a reader would look for.
_NEXT_LEVEL = {
    Level.PAYS: Level.REGION,
    Level.REGION: Level.DEPARTEMENT,
    Level.DEPARTEMENT: Level.EPCI,
    Level.EPCI: Level.COMMUNE,
}
#: Levels a map can show inside each level, widest first.
_INNER_LEVELS = {
    Level.PAYS: (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE),
    Level.REGION: (Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE),
    Level.DEPARTEMENT: (Level.EPCI, Level.COMMUNE),
    Level.ZONE: (Level.EPCI, Level.COMMUNE),
    Level.EPCI: (Level.COMMUNE,),
}


#: Level of the parts on the map of each level; communes elsewhere.
_MAPPED = {Level.PAYS: Level.DEPARTEMENT, Level.REGION: Level.EPCI, Level.DEPARTEMENT: Level.EPCI}
#: What a commune's map shows: its EPCI, else its département.
_AROUND = (Level.DEPARTEMENT, Level.EPCI)
#: Of the municipal populations of the COG 2026; Mayotte has not been counted since.
CENSUS, MAYOTTE_CENSUS, _MAYOTTE = "2023", "2017", "06"
SMALL_COMMUNES, POPULATION = "communes_moins_500_part", "population_municipale"


@dataclass(frozen=True, slots=True)
class InnerMap:
    """A map of the parts of a territory (all of them where ``within`` is None)."""

    level: Level
    within: TerritoryId | None
    within_name: str
    indicator_id: str


@dataclass(frozen=True, slots=True)
class Place:
    """A territory among the others.

    ``ancestors`` go from the country down; ``zones`` are those of the zonings that gather it.
    ``children`` are the territories listed under it, of ``children_level``; ``inner_counts`` tells
    how many territories of each finer level it holds.
    """

    territory: Territory
    kind: str
    ancestors: tuple[Territory, ...]
    zones: tuple[Territory, ...]
    children_level: Level | None
    children: tuple[Territory, ...]
    inner_counts: tuple[tuple[Level, int], ...]
    #: Those it lies in where there are several: only the main one is among its ancestors.
    departements: tuple[Territory, ...] = ()

    @property
    def is_overseas_collectivity(self) -> bool:
        """Tell whether it lies outside the 18 régions, hence outside the boundaries shipped."""
        return self.territory.kind == OVERSEAS

    @property
    def is_outside_epci(self) -> bool:
        """Tell whether it is one of the communes that belong to no EPCI."""
        territory = self.territory
        return (
            territory.id.level is Level.COMMUNE
            and not territory.epci_code
            and not self.is_overseas_collectivity
        )


def build_place(territory_id: TerritoryId, directory: Directory) -> Place:
    """Gather what stands above and below a territory."""
    territory = directory.get(territory_id)
    inner = {
        level: directory.children(territory_id, level)
        for level in _INNER_LEVELS.get(territory_id.level, ())
    }
    listed = _listed(territory_id, inner)
    children = [directory.get(child) for child in inner.get(listed, ())] if listed else []
    return Place(
        territory=territory,
        kind=_kind(territory),
        ancestors=tuple(directory.ancestors(territory_id)),
        zones=directory.zones_of(territory_id),
        children_level=listed,
        children=tuple(sorted(children, key=lambda t: (-(t.population or 0), t.name))),
        inner_counts=tuple((level, len(found)) for level, found in inner.items() if found),
        departements=_departements(territory, directory),
    )


def _departements(territory: Territory, directory: Directory) -> tuple[Territory, ...]:
    codes = territory.departement_codes
    if territory.id.level not in {Level.EPCI, Level.ZONE} or len(codes) < 2:  # noqa: PLR2004
        return ()
    return tuple(directory.get(TerritoryId(Level.DEPARTEMENT, code)) for code in codes)


def _listed(territory_id: TerritoryId, inner: dict[Level, tuple[TerritoryId, ...]]) -> Level | None:
    """Choose the level listed: a zone drawn from communes has no EPCI of its own."""
    if territory_id.level is Level.ZONE:
        return next((level for level, found in inner.items() if found), None)
    level = _NEXT_LEVEL.get(territory_id.level)
    return level if level and inner.get(level) else None


def _kind(territory: Territory) -> str:
    """Name what a territory is, as its own law does: « communauté de communes »."""
    if territory.id.level is Level.EPCI and territory.kind:
        return _EPCI_KINDS.get(territory.kind, LEVEL_LABELS[Level.EPCI])
    if territory.kind == OVERSEAS:
        if territory.id.level is Level.COMMUNE:
            return "commune d’une collectivité d’outre-mer"
        return "collectivité d’outre-mer"
    return "pays" if territory.id == FRANCE else LEVEL_LABELS[territory.id.level]


def inner_map(place: Place) -> InnerMap | None:
    """Choose what the territory's own map shows: what it holds, else its EPCI's communes.

    The share of small communes where its parts are made of communes; else their population.
    """
    territory = place.territory
    if place.is_overseas_collectivity:
        return None
    within, level = territory, _MAPPED.get(territory.id.level, Level.COMMUNE)
    if territory.id.level is Level.COMMUNE:
        wider = [t for t in place.ancestors if t.id.level in _AROUND]
        if not wider:
            return None
        within = wider[-1]
    indicator = POPULATION if level is Level.COMMUNE else SMALL_COMMUNES
    return InnerMap(level, None if within.id == FRANCE else within.id, within.name, indicator)


def level_name(level: Level, number: int) -> str:
    """Name a level with the number that goes with it: « commune », « communes »."""
    return LEVEL_LABELS[level] if number < 2 else LEVEL_PLURALS[level]  # noqa: PLR2004


def say_population(territory: Territory) -> str:
    """Write its inhabitants and the year they were counted; empty where no number is known.

    Overseas collectivities were counted in years that the source does not give.
    """
    if territory.population is None:
        return ""
    told = f"{format_number(territory.population)}{NBSP}habitants"
    if territory.kind == OVERSEAS:
        return told
    if territory.id == FRANCE:
        return f"{told} en {CENSUS} (Mayotte{NBSP}: {MAYOTTE_CENSUS})"
    codes = {territory.region_code, territory.id.code if territory.id.level is Level.REGION else ""}
    return f"{told} en {MAYOTTE_CENSUS if _MAYOTTE in codes else CENSUS}"


def identity_facts(place: Place) -> list[str]:
    """Say what it holds: inhabitants, territories of each finer level, its code."""
    territory, facts = place.territory, []
    if territory.population is not None:
        facts.append(say_population(territory))
    facts += [
        f"{format_number(number)}{NBSP}{level_name(level, number)}"
        for level, number in place.inner_counts
    ]
    if territory.id.level is Level.EPCI:
        facts.append(f"SIREN {territory.id.code}")
    elif territory.id.level not in {Level.ZONE, Level.PAYS}:
        facts.append(f"code officiel {territory.id.code}")
    if place.is_overseas_collectivity:
        facts.append("hors des 18 régions que couvrent les enquêtes")
    return facts
