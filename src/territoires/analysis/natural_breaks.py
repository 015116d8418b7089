"""Natural breaks: the classes whose values differ least from their mean (Fisher, Jenks).

The optimum itself, for any number of values. ``mapclassify.FisherJenks`` seeks it too, but without
a compiler (numba) its time grows with the square of the number of values: many minutes for all communes.
Its sampled form draws other bounds at every call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float64]
_Ranks = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Sums:
    """Running sums over the distinct values: how many, their sum, the sum of their squares."""

    weights: _Floats
    values: _Floats
    squares: _Floats

    def spread(self, start: _Ranks | int, stop: _Ranks | int) -> _Floats:
        """Sum the squared distances to their mean of the values from ``start``, before ``stop``."""
        total = self.values[stop] - self.values[start]
        weight = self.weights[stop] - self.weights[start]
        spread: _Floats = self.squares[stop] - self.squares[start] - total * total / weight
        return spread


def natural_breaks(values: Sequence[float], classes: int) -> tuple[float, ...]:
    """Give the greatest value of each class but the last, ascending.

    Fewer distinct values than classes make one class each. The order of the values has no effect.

    Notes
    -----
    Fisher, W. D. (1958), JASA 53, 789–798. The first value of the best last class never comes
    earlier when a value is added at the end, so each search is bounded by those on both sides:
    n log n sums per class instead of n².
    """
    distinct, numbers = np.unique(np.asarray(values, dtype=np.float64), return_counts=True)
    classes = min(classes, len(distinct))
    if classes < 2:  # noqa: PLR2004 - nothing to part
        return ()
    sums = _running_sums(distinct, numbers)
    last = len(distinct)
    costs = np.zeros(last + 1)
    costs[1:] = sums.spread(0, np.arange(1, last + 1))
    layers = []
    for number in range(2, classes):
        costs, starts = _add_class(costs, sums, number)
        layers.append(starts)
    candidates = np.arange(classes - 1, last)
    cut = int(candidates[np.argmin(costs[candidates] + sums.spread(candidates, last))])
    cuts = [cut]
    for starts in reversed(layers):
        cut = int(starts[cut])
        cuts.append(cut)
    return tuple(float(distinct[cut - 1]) for cut in reversed(cuts))


def _running_sums(distinct: _Floats, numbers: NDArray[np.intp]) -> _Sums:
    """Sum values brought around 0 and within 1: squares must neither overflow nor swamp each other."""
    scaled = distinct / np.abs(distinct).max()
    scaled -= np.average(scaled, weights=numbers)
    columns = (numbers, numbers * scaled, numbers * scaled * scaled)
    weights, values, squares = (np.concatenate(([0.0], np.cumsum(column))) for column in columns)
    return _Sums(weights, values, squares)


def _add_class(costs: _Floats, sums: _Sums, classes: int) -> tuple[_Floats, _Ranks]:
    """Give the least spread of the first values in ``classes`` classes, and where the last starts.

    ``costs[i]`` is the least spread of the first ``i`` values in one class less. Ranks are found
    at every second, then fourth… place between two found before, all those of a step at once.
    """
    first, size = classes - 1, len(costs)
    rows = size - classes
    half = 1 << (rows.bit_length() - 1)
    starts = np.full(first + 4 * half, size - 2)
    starts[first] = first
    best = np.full(size, np.inf)
    while half:
        stops = first + np.arange(half, rows + 1, 2 * half)
        low = starts[stops - half]
        high = np.minimum(starts[stops + half], stops - 1)
        best[stops], starts[stops] = _best_starts(costs, sums, stops, low, high)
        half //= 2
    return best, starts


def _best_starts(
    costs: _Floats, sums: _Sums, stops: _Ranks, low: _Ranks, high: _Ranks
) -> tuple[_Floats, _Ranks]:
    """Try for each stop every start from ``low`` to ``high``; of equal ones the first is kept."""
    lengths = high - low + 1
    offsets = np.cumsum(lengths) - lengths
    starts = np.arange(lengths.sum()) - np.repeat(offsets - low, lengths)
    tried = costs[starts] + sums.spread(starts, np.repeat(stops, lengths))
    least = np.minimum.reduceat(tried, offsets)
    hits = np.flatnonzero(tried == np.repeat(least, lengths))
    return least, starts[hits[np.searchsorted(hits, offsets)]]
