"""Measure what a page asks of the server before anything is drawn: ``python -m bench.views``.

Prints a Markdown table: the reading of both sets of data, statistical secrecy, and the view of the
map for each level. The budgets are those of a change of indicator that nobody notices. No set of
data has figures for every département, EPCI or commune: theirs are drawn here, on the real codes.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bench.report import Row, number
from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.indicators import Observation
from territoires.domain.selection import Selection
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.directory import read_directory
from territoires.tables.published import Published, read_published
from territoires.views.disclosure import protect
from territoires.views.french import LEVEL_PLURALS, format_number
from territoires.views.map_view import build_map_view

TURNS = 7
SEED = 20_251_121
INDICATOR, WAVE = "demo_adhesion", "2025"
#: Milliseconds allowed to a view, by level.
BUDGETS = {Level.REGION: 50, Level.DEPARTEMENT: 50, Level.EPCI: 50, Level.COMMUNE: 300}
SECRECY_BUDGET = 50


def measure(action: Callable[[], object]) -> list[float]:
    """Time an action, in milliseconds, once what is loaded on first use is loaded."""
    action()
    durations = []
    for _ in range(TURNS):
        start = time.perf_counter()
        action()
        durations.append(1000 * (time.perf_counter() - start))
    return durations


def describe(what: str, durations: list[float], budget: int | None = None) -> Row:
    """Write a measure: the median, the extremes, and the budget it is held to."""
    middle, low, high = statistics.median(durations), min(durations), max(durations)
    result = f"{number(middle, 1)} ms ({number(low, 1)}–{number(high, 1)})"
    if budget is None:
        return Row(what, result)
    return Row(what, result, f"≤ {budget} ms", middle <= budget)


def simulate(published: Published, directory: Directory, level: Level) -> Published:
    """Give every territory of a level a figure of the measured indicator, and an indicator it has.

    One in ten has none, one in ten no known sample; the others have from 5 to 500 people.
    """
    draw = np.random.default_rng(SEED)
    national = next(o for o in published.of_territory(FRANCE) if _is_measured(o))
    territories = [t.id for t in directory.of_level(level)]
    values = draw.integers(500, 1_001, len(territories)) / 10
    samples = draw.integers(5, 501, len(territories))
    missing, unknown = draw.random((2, len(territories))) < 0.1
    drawn = [
        replace(
            national,
            observation_id=f"{INDICATOR}-{WAVE}-{territory}",
            level=level,
            code=territory.code,
            value=float(values[row]),
            respondents=None if unknown[row] else int(samples[row]),
            deff=1.0,
        )
        for row, territory in enumerate(territories)
        if not missing[row]
    ]
    others = tuple(o for o in published.observations if o.level is not level)
    return with_observations(published, (*others, *drawn), level)


def with_observations(
    published: Published, observations: tuple[Observation, ...], level: Level
) -> Published:
    """Give the same set with these figures, the measured indicator existing at the level."""
    by_indicator: dict[tuple[str, Level], list[Observation]] = defaultdict(list)
    by_territory: dict[TerritoryId, list[Observation]] = defaultdict(list)
    for observation in observations:
        by_indicator[observation.indicator_id, observation.level].append(observation)
        by_territory[observation.territory].append(observation)
    indicator = published.catalogue[INDICATOR]
    levels = tuple(dict.fromkeys((*indicator.levels, level)))
    return replace(
        published,
        catalogue={**published.catalogue, INDICATOR: replace(indicator, levels=levels)},
        observations=observations,
        by_indicator={key: tuple(group) for key, group in by_indicator.items()},
        by_territory={key: tuple(group) for key, group in by_territory.items()},
    )


def measure_reading(directory: Directory) -> tuple[Published, list[Row]]:
    """Read and protect both sets; give the demonstration set, as read."""
    codes = directory.known_codes()
    rows = [describe("Lecture de l’annuaire", measure(lambda: Directory(read_directory())))]
    sets = {"données publiées": settings.INDICATORS, "démonstration": settings.DEMONSTRATION}
    for name, folder in sets.items():
        reading = measure(lambda folder=folder: read_published(codes, folder))  # type: ignore[misc]
        published = read_published(codes, folder)
        secrecy = measure(lambda published=published: protect(published, directory))  # type: ignore[misc]
        lines = f"{name} ({format_number(len(published.observations))} chiffres)"
        rows.append(describe(f"Lecture et vérification : {lines}", reading))
        rows.append(describe(f"Secret statistique : {lines}", secrecy, SECRECY_BUDGET))
    return published, rows


def measure_views(demonstration: Published, directory: Directory) -> list[Row]:
    """Build the view of the map of each level, all but the régions on drawn figures."""
    rows = []
    for level, budget in BUDGETS.items():
        simulated = level is not Level.REGION
        published = simulate(demonstration, directory, level) if simulated else demonstration
        # As the application does once its data are read (ui/cache.py).
        gc.collect()
        gc.freeze()
        name = f"{format_number(len(directory.of_level(level)))} {LEVEL_PLURALS[level]}"
        if simulated:
            secrecy = measure(lambda published=published: protect(published, directory))  # type: ignore[misc]
            rows.append(describe(f"Secret statistique : {name} (tirés au sort)", secrecy))
        published = protect(published, directory)
        selection = Selection(INDICATOR, WAVE, level=level, dataset=published.dataset)
        view = measure(
            lambda selection=selection, published=published: build_map_view(  # type: ignore[misc]
                selection, published, directory
            )
        )
        rows.append(describe(f"Vue de la carte : {name}", view, budget))
    return rows


def _is_measured(observation: Observation) -> bool:
    return (observation.indicator_id, observation.wave) == (INDICATOR, WAVE)


def main() -> None:
    """Run every measure and print the table."""
    directory = Directory(read_directory())
    demonstration, rows = measure_reading(directory)
    rows += measure_views(demonstration, directory)
    heading = ["| mesure | médiane (minimum–maximum) | exigé | atteint |", "|---|---|---|---|"]
    print("\n".join([*heading, *map(str, rows)]))


if __name__ == "__main__":
    main()
