"""Measure the sheets and the atlas: ``python -m bench.fiche`` (about 1 min, no browser).

Writes bench/results/DATE-fiches.md: sheets of 36 territories of both sets, from the portrait to the bytes of
the PDF, map included; the atlas of the régions, and that of the départements of one région; the
pages to carry. A first sheet is made before, whose time is told apart: it reads the outlines.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable

from bench.report import Row, number, write_report
from territoires.cli.base import read_territories
from territoires.cli.kit import build_press
from territoires.domain.directory import Directory
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.render.kit_page import build_kit_page
from territoires.render.press import Press

#: Every région, a few territories of each finer level.
SAMPLE = {Level.DEPARTEMENT: 6, Level.EPCI: 6, Level.COMMUNE: 5}
FICHE_SECONDS, ATLAS_SECONDS, KIT_BYTES = 1.5, 20, 3_000_000
REGION_OF_ATLAS = TerritoryId(Level.REGION, "76")


WORDS = "Du portrait aux octets du fichier, carte comprise ; médiane (minimum–maximum)"


def sample(directory: Directory) -> list[TerritoryId]:
    """Choose 36 territories: the country, the régions, and some of each finer level."""
    chosen = [FRANCE, *(t.id for t in directory.of_level(Level.REGION))]
    for level, wanted in SAMPLE.items():
        every = sorted((t.id for t in directory.of_level(level)), key=str)
        chosen += every[:: len(every) // wanted][:wanted]
    return chosen


def processor_seconds() -> float:
    """Give the processor time spent so far, that of the programs started included."""
    return sum(os.times()[:4])


def timed(make: Callable[[], object]) -> tuple[float, object]:
    """Give the seconds that something takes, and what it gives."""
    start = time.perf_counter()
    made = make()
    return time.perf_counter() - start, made


def measure_sheets(press: Press, places: list[TerritoryId]) -> list[Row]:
    """Make each sheet once, the first one apart."""
    dataset = press.published.dataset
    first, _ = timed(lambda: press.fiche(press.portraits.build(places[0])))
    spent = [timed(lambda p=p: press.fiche(press.portraits.build(p)))[0] for p in places]
    middle = statistics.median(spent)
    told = (
        f"{number(middle, 2)} s ({number(min(spent), 2)}–{number(max(spent), 2)} ; "
        f"la toute première : {number(first, 2)} s)"
    )
    name = f"Fiche, {len(places)} territoires, jeu « {dataset} »"
    return [Row(name, told, "≤ 1,5 s", middle <= FICHE_SECONDS)]


def measure_atlas(press: Press, places: list[TerritoryId], name: str) -> Row:
    """Make an atlas, from the first portrait to its last byte."""
    before = processor_seconds()
    spent, made = timed(lambda: press.atlas(places, name))
    weight = len(made) / 1e6 if isinstance(made, bytes) else 0.0
    own = processor_seconds() - before
    told = f"{number(spent, 1)} s (processeur : {number(own, 1)} s), {number(weight, 1)} Mo"
    title = f"Atlas, {name}, {len(places)} territoires, jeu « {press.published.dataset} »"
    return Row(title, told, "≤ 20 s", spent <= ATLAS_SECONDS)


def measure_kits(press: Press, places: list[TerritoryId]) -> Row:
    """Write the pages to carry of the same territories."""
    spent, sizes = [], []
    for place in places:
        seconds, page = timed(lambda p=place: build_kit_page(press, press.portraits.build(p)))
        spent.append(seconds)
        sizes.append(len(str(page).encode()))
    told = f"{number(statistics.median(spent), 2)} s, au plus {number(max(sizes) / 1e6, 2)} Mo"
    name = f"Page à emporter, {len(places)} territoires, jeu « {press.published.dataset} »"
    return Row(name, told, "≤ 3 Mo", max(sizes) <= KIT_BYTES)


def main() -> int:
    """Run every measure and print the table."""
    directory = read_territories()
    rows: list[Row] = []
    places = sample(directory)
    regions = [place for place in places if place.level is Level.REGION]
    below = list(directory.children(REGION_OF_ATLAS, Level.DEPARTEMENT))
    for dataset in (Dataset.PUBLIE, Dataset.DEMONSTRATION):
        press = build_press(directory, dataset)
        rows += measure_sheets(press, places)
        rows.append(measure_atlas(press, regions, "régions"))
        rows.append(measure_atlas(press, below, "départements d’Occitanie"))
        rows.append(measure_kits(press, places))
    print(write_report("Fiches, atlas, pages à emporter", WORDS, rows, "fiches"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
