"""Simulated catalysts placed on real communes, and a simulated zoning made of real EPCI."""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, product

import geopandas as gpd
import pandas as pd

from tools.demonstration.design import PREFIX, SOURCE_ID

Row = dict[str, str]

CATALYSTS = 350
#: A commune is drawn in proportion to its population to this power.
POPULATION_POWER = 0.8
#: Kinds and métiers with their share of the draws.
KINDS = {
    "catalyseur": ("Catalyseur territorial (simulé)", 0.5),
    "ingenierie_territoriale": ("Structure d’ingénierie territoriale (simulée)", 0.2),
    "fondation_territoriale": ("Fondation territoriale (simulée)", 0.1),
    "territoire_experimentation": ("Territoire d’expérimentation (simulé)", 0.1),
    "pionnier": ("Territoire ou structure pionnière (simulé)", 0.1),
}
METIERS = {
    "Dialogue territorial": 0.25,
    "Expérimentation collective": 0.15,
    "Accompagnement de projets": 0.25,
    "Animation d’un lieu": 0.15,
    "Mise en réseau": 0.12,
    "Observation et évaluation": 0.08,
}
ZONED_REGIONS = ("44", "53")
ZONING_ID = f"{PREFIX}pays_petr"
ZONING_NAME = "Pays et PETR de démonstration (simulés)"
#: A zone aims at 3.5 EPCI, which gives groups of 2 to 5.
_EPCI_BY_ZONE = 3.5
_EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Territories:
    """The real communes and EPCI that the simulation stands on."""

    communes: tuple[Row, ...]
    epci: tuple[Row, ...]
    #: Pairs of EPCI codes that share a border, both ways round.
    borders: frozenset[tuple[str, str]]

    @property
    def communes_by_region(self) -> dict[str, int]:
        """Count the communes, that is the mayors, of each région."""
        return Counter(row["region_code"] for row in self.communes)

    @property
    def departements_by_region(self) -> dict[str, list[str]]:
        """List the département of each commune, by région."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.communes:
            found[row["region_code"]].append(row["departement_code"])
        return found


def to_territories(directory: pd.DataFrame, boundaries: gpd.GeoDataFrame) -> Territories:
    """Keep the communes and EPCI of the 18 régions, in code order, as text.

    Parameters
    ----------
    boundaries
        Those of the EPCI.
    """
    kept = directory[directory["region_code"].notna()].sort_values("code")
    columns = [
        "code", "name", "region_code", "departement_code", "epci_code", "population",
        "longitude", "latitude",
    ]  # fmt: skip

    def rows(level: str) -> tuple[Row, ...]:
        frame = kept.loc[kept["level"] == level, columns].astype(object)
        frame = frame.where(frame.notna(), "")
        return tuple(
            {str(name): str(value) for name, value in row.items()}
            for row in frame.to_dict("records")
        )

    shapes = boundaries[boundaries["region_code"].isin(ZONED_REGIONS)]
    codes = [str(code) for code in shapes["code"]]
    touching = shapes.sindex.query(shapes.geometry, predicate="intersects")
    borders = frozenset((codes[one], codes[other]) for one, other in touching.T)
    return Territories(rows("commune"), rows("epci"), borders)


def simulate_catalysts(communes: Sequence[Row], draw: random.Random) -> list[Row]:
    """Draw the catalysts; a commune may hold several."""
    weights = [float(row["population"] or 0) ** POPULATION_POWER for row in communes]
    reached = list(accumulate(weights))
    kinds = list(accumulate(share for _, share in KINDS.values()))
    metiers = list(accumulate(METIERS.values()))
    catalysts = []
    for number in range(1, CATALYSTS + 1):
        commune = communes[_pick(reached, draw)]
        catalysts.append(
            {
                "actor_id": f"{PREFIX}catalyseur_{number:03}",
                "name": f"Catalyseur simulé n°\u00a0{number:03}",
                "kind": PREFIX + list(KINDS)[_pick(kinds, draw)],
                "metier": list(METIERS)[_pick(metiers, draw)],
                "place_name": commune["name"],
                "insee_commune": commune["code"],
                "epci_code": commune["epci_code"],
                "departement_code": commune["departement_code"],
                "region_code": commune["region_code"],
                "precision": "commune",
                "status_in_source": "Acteur simulé, qui n’existe pas",
                "note": "Commune réelle tirée au sort ; tout le reste est simulé.",
                "fiabilite": "sans_objet",
                "source_id": SOURCE_ID,
            }
        )
    return catalysts


def kind_rows() -> list[Row]:
    """Give the kinds of simulated actors, in display order."""
    return [
        {"kind": PREFIX + kind, "label": label, "order": str(order)}
        for order, (kind, (label, _)) in enumerate(KINDS.items(), start=1)
    ]


def build_zoning(epci: Sequence[Row], borders: frozenset[tuple[str, str]]) -> list[Row]:
    """Group every EPCI of the zoned régions with its neighbours of the same département.

    Parameters
    ----------
    borders
        Pairs of EPCI codes that share a border, both ways round.
    """
    rows = []
    number = 0
    for region in ZONED_REGIONS:
        members = [row for row in epci if row["region_code"] == region]
        for departement in sorted({row["departement_code"] for row in members}):
            points = {
                row["code"]: (float(row["longitude"]), float(row["latitude"]))
                for row in members
                if row["departement_code"] == departement
            }
            for zone in _group(points, borders):
                number += 1
                rows += [
                    {
                        "zoning_id": ZONING_ID,
                        "zoning_name": ZONING_NAME,
                        "zone_code": f"{number:03}",
                        "zone_name": f"Pays de démonstration n°\u00a0{number} (simulé)",
                        "level": "epci",
                        "code": code,
                    }
                    for code in zone
                ]
    return rows


def _pick(reached: Sequence[float], draw: random.Random) -> int:
    return min(bisect_right(reached, draw.random() * reached[-1]), len(reached) - 1)


def _group(
    points: dict[str, tuple[float, float]], borders: frozenset[tuple[str, str]]
) -> list[list[str]]:
    """Group points by proximity: from the outermost inwards, then swapped while it tightens."""
    steps = _count_steps(sorted(points), borders)
    distances: dict[tuple[str, str], float] = {
        (one, other): _square_km(points[one], points[other]) * steps[one, other] ** 2
        for one, other in product(points, repeat=2)
    }
    count = max(1, round(len(points) / _EPCI_BY_ZONE))
    small, larger = divmod(len(points), count)
    left, zones = sorted(points), []
    for position in range(count):
        seed = max(left, key=lambda code: sum(distances[code, other] for other in left))
        nearest = sorted(left, key=lambda code: (distances[seed, code], code))
        zones.append(nearest[: small + (position < larger)])
        left = [code for code in left if code not in zones[-1]]
    while (swap := next(_better_swaps(zones, distances), None)) is not None:
        one, other, first, second = swap
        zones[one][first], zones[other][second] = zones[other][second], zones[one][first]
    return sorted(sorted(zone) for zone in zones)


def _better_swaps(
    zones: list[list[str]], distances: dict[tuple[str, str], float]
) -> Iterator[tuple[int, int, int, int]]:
    def cost(code: str, zone: list[str], without: str) -> float:
        return sum(distances[code, member] for member in zone if member != without)

    for one, other in combinations(range(len(zones)), 2):
        for first, second in product(range(len(zones[one])), range(len(zones[other]))):
            a, b = zones[one][first], zones[other][second]
            now = cost(a, zones[one], a) + cost(b, zones[other], b)
            # A margin, so that rounding never turns the search round in circles.
            if cost(a, zones[other], b) + cost(b, zones[one], a) < now - 1e-6:
                yield one, other, first, second


def _count_steps(
    codes: Sequence[str], borders: frozenset[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """Count the borders to cross between two EPCI of a département (islands: as many as can be)."""
    steps = {
        (one, other): 0 if one == other else 1 if (one, other) in borders else len(codes)
        for one, other in product(codes, repeat=2)
    }
    for middle, one, other in product(codes, repeat=3):
        through = steps[one, middle] + steps[middle, other]
        steps[one, other] = min(steps[one, other], through)
    return steps


def _square_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    (x1, y1), (x2, y2) = one, other
    east = math.radians(x2 - x1) * math.cos(math.radians((y1 + y2) / 2))
    north = math.radians(y2 - y1)
    return _EARTH_RADIUS_KM**2 * (east**2 + north**2)
