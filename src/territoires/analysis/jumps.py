"""Which new shares are too far from the published ones to be the same people answering again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from territoires.analysis.effective import effective_columns
from territoires.analysis.significance import Flag, change_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Chance, for a whole file, of telling a jump where there is none.
JUMP_LEVEL = 0.01
#: Points from which a gap is told although no sample size says what it is worth.
WIDE_GAP = 20.0
_ALL_ABOVE, _BETWEEN = 1, 0


class Jump(StrEnum):
    """What is said of a gap between a published share and a new one."""

    BEYOND_CHANCE = "au-delà du hasard"
    UNVERIFIABLE = "invérifiable sans effectif"


@dataclass(frozen=True, slots=True)
class Pair:
    """A published share and the new one, in percent; sample sizes are None where unknown.

    ``deff`` is the larger design effect of the two.
    """

    before: float
    n_before: float | None
    after: float
    n_after: float | None
    deff: float = 1.0

    @property
    def is_testable(self) -> bool:
        """Tell whether both sample sizes are known."""
        return self.n_before is not None and self.n_after is not None


def find_jumps(
    pairs: Sequence[Pair], alpha: float = JUMP_LEVEL, wide_gap: float = WIDE_GAP
) -> list[Jump | None]:
    """Tell the gaps that sampling does not explain, and the wide ones that nothing can test.

    Fisher's exact test as in ``significance.change_between``, at ``alpha`` divided by the number
    of pairs tested (Bonferroni): at most one file in a hundred without any real change tells one.

    Notes
    -----
    The tail of the hypergeometric law holds its first term and, the terms being log-concave, is
    less than the sum of the geometric series that begins with its first two. Most pairs are
    settled by these bounds, which cost no sum; the exact test is made of the others alone.
    """
    found: list[Jump | None] = [
        Jump.UNVERIFIABLE
        if not pair.is_testable and abs(pair.after - pair.before) > wide_gap
        else None
        for pair in pairs
    ]
    tested = [place for place, pair in enumerate(pairs) if pair.is_testable]
    if not tested:
        return found
    level = alpha / len(tested)
    verdicts = _bound([pairs[place] for place in tested], level)
    for place, verdict in zip(tested, verdicts, strict=True):
        if verdict == _ALL_ABOVE or (
            verdict == _BETWEEN and _is_beyond(pairs[place], len(tested), alpha)
        ):
            found[place] = Jump.BEYOND_CHANCE
    return found


def _bound(pairs: Sequence[Pair], level: float) -> NDArray[np.int64]:
    """Settle what can be without the exact test: 1 a jump, -1 none, 0 not settled."""
    before, n_before, after, n_after, deff = np.array(
        [(p.before, p.n_before, p.after, p.n_after, p.deff) for p in pairs], dtype=np.float64
    ).T
    first, size_1 = effective_columns(before, n_before, deff, after)
    second, size_2 = effective_columns(after, n_after, deff, before)
    # The tail goes away from the other share: the second count grows where it is the higher.
    step = np.where(after > before, 1.0, -1.0)
    term = _log_term(second, first + second, size_1, size_2)
    beyond = _log_term(second + step, first + second, size_1, size_2)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.exp(beyond - term)
        ceiling = np.where(ratio < 1, np.exp(term) / (1 - ratio), np.inf)
    verdict = np.zeros(len(pairs), dtype=np.int64)
    verdict[2 * np.exp(term) >= level] = -1
    verdict[2 * ceiling < level] = 1
    verdict[(after == before) | (size_1 < 1) | (size_2 < 1)] = -1
    return verdict


def _log_term(
    count: NDArray[np.float64],
    total: NDArray[np.float64],
    size_1: NDArray[np.float64],
    size_2: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Give the log of the chance of ``count`` among the second sample; -inf where it is none."""
    rest = total - count
    possible = (count >= 0) & (rest >= 0) & (count <= size_2) & (rest <= size_1)
    safe, left = np.where(possible, count, 0), np.where(possible, rest, 0)
    whole = np.where(possible, total, 0)
    log = (
        _log_choose(size_2, safe) + _log_choose(size_1, left) - _log_choose(size_1 + size_2, whole)
    )
    return np.where(possible, log, -np.inf)


def _log_choose(size: NDArray[np.float64], count: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.special import (  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415 - slow to load
        gammaln,
    )

    result: NDArray[np.float64] = gammaln(size + 1) - gammaln(count + 1) - gammaln(size - count + 1)
    return result


def _is_beyond(pair: Pair, comparisons: int, alpha: float) -> bool:
    change = change_between(
        pair.before,
        pair.n_before,
        pair.after,
        pair.n_after,
        pair.deff,
        comparisons=comparisons,
        alpha=alpha,
    )
    return change.flag in {Flag.PLUS_HAUT, Flag.PLUS_BAS}
