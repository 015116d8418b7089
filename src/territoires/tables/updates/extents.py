"""Waves and levels of the catalogue: what the observations hold, no more and no less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from territoires.domain.indicators import Reading, wave_order
from territoires.domain.territories import Level
from territoires.domain.updates import Row

#: Columns of indicators.csv that follow from the observations.
DERIVED = ("waves", "levels")
_LEVELS = tuple(level.value for level in Level)


def with_extents(
    indicators: Iterable[Row],
    observations: Iterable[Row],
    touched: Collection[str] | None = None,
) -> tuple[Row, ...]:
    """Give the rows of the catalogue with the waves and levels that their observations hold.

    A row that tells them already, in any order, stays as it is, and so does one without any
    observation (its figures may be those of profils.csv, which nobody brings).

    Parameters
    ----------
    touched
        Indicators to look at; all of them by default.
    """
    waves: dict[str, set[str]] = defaultdict(set)
    levels: dict[str, set[str]] = defaultdict(set)
    for row in observations:
        indicator = row["indicator_id"]
        levels[indicator].add(row["level"])
        if row["reading"] != Reading.REPRISE:
            waves[indicator].add(row["wave"])
    return tuple(
        row
        if touched is not None and row["indicator_id"] not in touched
        else _with_extents(row, waves[row["indicator_id"]], levels[row["indicator_id"]])
        for row in indicators
    )


def _with_extents(row: Row, waves: set[str], levels: set[str]) -> Row:
    if not levels or (set(row["waves"].split()) == waves and set(row["levels"].split()) == levels):
        return row
    return {
        **row,
        "waves": " ".join(sorted(waves, key=wave_order)),
        "levels": " ".join(level for level in _LEVELS if level in levels),
    }
