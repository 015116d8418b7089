"""The whole counts an exact test may use where a sample has a design effect.

Exact tests want whole counts; a design effect gives fractions. Here ``n_eff = floor(n / deff)``,
and ``k_eff`` is ``share × n_eff`` rounded *towards the benchmark* (nearest whole count where there
is no design effect: the real count, hidden only by the printing of the share). Both roundings
remove evidence: fewer people, and a share moved only towards the benchmark. Only the tail on the
side of the published share is read, then doubled, so that a rounding that steps over the benchmark
proves nothing. Flags are thus rarer than with the fractional counts of Korn and Graubard (1998,
Survey Methodology 24, 193–201), the usual practice. ``round(share × n / deff)`` would not do: set
against a size rounded down it inflates the share, even above 100 %.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What binary numbers may add to or take from a whole count.
_TOLERANCE = 1e-9


def effective_counts(
    share: float, respondents: float, deff: float, benchmark: float
) -> tuple[int, int]:
    """Give the whole ``(k_eff, n_eff)`` that an exact test may use without gaining evidence.

    ``share`` and ``benchmark`` in percent; the count is rounded towards the benchmark, as the
    module explains.
    """
    counts, sizes = effective_columns(
        np.array([share]), np.array([respondents]), np.array([deff]), benchmark
    )
    return int(counts[0]), int(sizes[0])


def effective_columns(
    share: NDArray[np.float64],
    respondents: NDArray[np.float64],
    deff: NDArray[np.float64],
    benchmark: float | NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the effective counts and sizes of many shares, as ``effective_counts`` does of one.

    Raises
    ------
    ValueError
        When a sample size or a design effect is not a positive number.
    """
    for name, column in (("respondents", respondents), ("deff", deff)):
        wrong = column[~(np.isfinite(column) & (column > 0))]
        if wrong.size:
            raise ValueError(f"{name} must be a positive number, {wrong[0]} given")
    size = np.floor(respondents / np.maximum(deff, 1.0) + _TOLERANCE)
    expected = share * size / 100
    # Without a design effect the nearest count is the real one; a half goes to the benchmark.
    margin = np.where(size == respondents, 0.5 - _TOLERANCE, _TOLERANCE)
    above = share > benchmark
    return np.where(above, np.floor(expected + margin), np.ceil(expected - margin)), size
