"""Statistical neighbours: which territories look most alike on a few measures.

Each measure is told in « usual gaps »: its distance to the median, over the spread of the middle
half of the territories. Ordinary territories then weigh the same whatever the units, and a few
extreme ones (Paris, Mayotte) do not crush the others, as a standard deviation would let them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

#: Interquartile range of a normal law of standard deviation 1.
_NORMAL_IQR = 1.349


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A territory by its row, and its distance in usual gaps (see ``distances_from``)."""

    row: int
    distance: float


def standardise(values: ArrayLike) -> NDArray[np.float64]:
    """Give each column in usual gaps from its median; a missing value (NaN) stays missing.

    A column whose middle half is one and the same value is told in standard deviations; one
    without any spread tells nothing apart: zero.
    """
    columns = np.atleast_2d(np.asarray(values, dtype=np.float64))
    points = np.full(columns.shape, np.nan)
    for i in range(columns.shape[1]):
        known = columns[~np.isnan(columns[:, i]), i]
        if not known.size:
            continue
        low, middle, high = np.quantile(known, (0.25, 0.5, 0.75))
        spread = (high - low) / _NORMAL_IQR or float(known.std())
        points[:, i] = (columns[:, i] - middle) / (spread or 1.0)
    return points


def gaps_from(points: NDArray[np.float64], row: int) -> NDArray[np.float64]:
    """Give how far every territory stands from one, measure by measure, in usual gaps."""
    gaps: NDArray[np.float64] = np.abs(points - points[row])
    return gaps


def distances_from(
    points: NDArray[np.float64], row: int, *, min_shared: int
) -> NDArray[np.float64]:
    """Give the distance of every territory to one: the root mean square of their gaps.

    It is the Euclidean distance on the measures known on both sides, over the square root of their
    number, so that distances on fewer measures stay comparable. Infinite where fewer than
    ``min_shared`` measures are known on both sides.
    """
    gaps = gaps_from(points, row)
    shared = (~np.isnan(gaps)).sum(axis=1)
    squares = np.nansum(gaps * gaps, axis=1)
    distances = np.full(len(points), np.inf)
    enough = shared >= max(1, min_shared)
    distances[enough] = np.sqrt(squares[enough] / shared[enough])
    return distances


def nearest(
    points: NDArray[np.float64],
    row: int,
    *,
    limit: int,
    min_shared: int,
    allowed: NDArray[np.bool_] | None = None,
    groups: NDArray[np.int64] | None = None,
) -> tuple[Neighbour, ...]:
    """Find the territories nearest to one, itself apart; the first row wins a tie.

    Parameters
    ----------
    points
        One row per territory, in usual gaps (``standardise``).
    min_shared
        Measures that both territories must have.
    allowed
        Rows that may be found; all of them by default.
    groups
        Group of each row: none of the territory's own, and one at most of each other group.
    """
    distances = distances_from(points, row, min_shared=min_shared)
    distances[row] = np.inf
    if allowed is not None:
        distances[~allowed] = np.inf
    if groups is not None:
        distances[groups == groups[row]] = np.inf
    found: list[Neighbour] = []
    while len(found) < min(limit, len(points)):
        best = int(np.argmin(distances))
        if not np.isfinite(distances[best]):
            break
        found.append(Neighbour(best, float(distances[best])))
        distances[best] = np.inf
        if groups is not None:
            distances[groups == groups[best]] = np.inf
    return tuple(found)
