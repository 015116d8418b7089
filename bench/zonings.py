"""Measure a zoning from its file to its boundaries and figures: ``python -m bench.zonings``.

Prints a Markdown table. The file is drawn here, of the size of the CRTE: 1,253 of the 1,255 EPCI
in 854 zones of one or two, always the same; no real zoning is meant.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

from bench.report import Row, number
from bench.views import describe, measure
from territoires.analysis.dissolve import dissolve
from territoires.domain.directory import Directory, Territory
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.zonings import Zoning
from territoires.tables.boundaries import read_boundaries
from territoires.tables.directory import read_directory
from territoires.tables.profiles import add_profiles
from territoires.tables.published import read_dataset
from territoires.tables.zonings import read_zoning

ROWS, ZONES = 1_253, 854
NAME = "Zonage d’essai"
FILE_BUDGET, PROFILE_BUDGET = 5_000, 500
CHILDREN_BUDGET_US, MEMORY_BUDGET_MB = 20, 25


def build_file(directory: Directory) -> bytes:
    """Write a file of ROWS rows and ZONES zones: neighbours in code order, two by two at first."""
    epci = sorted(directory.of_level(Level.EPCI), key=lambda e: (e.departement_code, e.id.code))
    zones: list[list[Territory]] = []
    pairs = ROWS - ZONES
    for territory in epci[:ROWS]:
        alone = zones and len(zones[-1]) == 1
        if pairs and alone and zones[-1][0].departement_code == territory.departement_code:
            zones[-1].append(territory)
            pairs -= 1
        else:
            zones.append([territory])
    rows = [
        f"{member.id.code};{code:04};Zone {code}"
        for code, zone in enumerate(zones, start=1)
        for member in zone
    ]
    assert (len(rows), len(zones)) == (ROWS, ZONES)
    return "\n".join(["siren;code_zone;nom_zone", *rows]).encode()


def read_and_merge(content: bytes, directory: Directory) -> Zoning:
    """Do all that a file that was never seen asks for."""
    zoning, issues = read_zoning(content, NAME, directory)
    assert zoning is not None, issues
    members = {zone.id.code: [m.code for m in zone.members] for zone in zoning.zones}
    shapes = dissolve(read_boundaries(zoning.member_level), members)
    assert len(shapes) == ZONES
    return zoning


def added_megabytes(action: Callable[[], object]) -> float:
    """Weigh what an action leaves in memory."""
    gc.collect()
    tracemalloc.start()
    kept = action()
    gc.collect()
    weight = tracemalloc.get_traced_memory()[0] / 1_000_000
    tracemalloc.stop()
    del kept
    return weight


def build_rows() -> list[Row]:
    """Measure everything."""
    frame = read_directory()
    directory = Directory(frame)
    content = build_file(directory)
    zoning = read_and_merge(content, directory)
    published = read_dataset(Dataset.PUBLIE, directory.known_codes())
    zoned = replace(published, zonings={zoning.zoning_id: zoning})
    agglomeration = TerritoryId(Level.EPCI, "200083392")
    children = [
        1000 * duration / 10_000
        for duration in measure(
            lambda: [directory.children(agglomeration, Level.COMMUNE) for _ in range(10_000)]
        )
    ]
    for level in (Level.EPCI, Level.COMMUNE):
        directory.of_level(level)
    memory = added_megabytes(lambda: add_profiles(published, directory))
    zone_memory = added_megabytes(lambda: add_profiles(zoned, directory)) - memory
    middle = sorted(children)[len(children) // 2]
    return [
        describe(
            f"Zonage de {ROWS} lignes et {ZONES} zones, du fichier aux contours fusionnés",
            measure(lambda: read_and_merge(content, directory)),
            FILE_BUDGET,
        ),
        describe("Annuaire avec ces zones", measure(lambda: directory.with_zonings([zoning]))),
        describe(
            "Profils des EPCI et des communes",
            measure(lambda: add_profiles(published, directory)),
            PROFILE_BUDGET,
        ),
        describe("Les mêmes, et ceux des zones", measure(lambda: add_profiles(zoned, directory))),
        Row(
            "Mémoire prise par ces profils",
            f"{number(memory, 1)} Mo",
            f"≤ {MEMORY_BUDGET_MB} Mo",
            memory <= MEMORY_BUDGET_MB,
        ),
        Row(f"De plus, pour les {ZONES} zones", f"{number(zone_memory, 1)} Mo"),
        Row(
            "Communes d’un EPCI (annuaire)",
            f"{number(middle, 1)} µs",
            f"≤ {CHILDREN_BUDGET_US} µs",
            middle <= CHILDREN_BUDGET_US,
        ),
    ]


def main() -> None:
    """Print the table."""
    print("| Mesure | Résultat | Exigé | Atteint |", "|---|---|---|---|", sep="\n")
    for row in build_rows():
        print(row)


if __name__ == "__main__":
    main()
