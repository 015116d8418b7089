"""How precise a figure is: its 95 % interval, its grade in words, and what must stay hidden."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from territoires import settings

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class Precision(StrEnum):
    """How much a figure can carry, in the words shown beside it."""

    PRECISE = "précise"
    CORRECTE = "correcte"
    INDICATIVE = "indicative"
    TROP_IMPRECISE = "trop imprécise"
    SUPPRIMEE = "effectif insuffisant"
    INCONNUE = "effectif non communiqué"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Largest half-width of each grade (in points, itself included) and smallest sample shown.

    ``minimum_respondents`` counts people, before any design effect: it protects their answers.
    """

    precise: float = settings.PRECISE
    correcte: float = settings.CORRECTE
    indicative: float = settings.INDICATIVE
    minimum_respondents: int = settings.MINIMUM_RESPONDENTS
    confidence: float = settings.CONFIDENCE

    def __post_init__(self) -> None:
        if not 0 < self.precise <= self.correcte <= self.indicative:
            raise ValueError(f"half-widths must be positive and ascending: {self}")
        if self.minimum_respondents < 1:
            raise ValueError(f"at least one respondent is needed: {self}")


DEFAULT_THRESHOLDS = Thresholds()
_WHOLE = 100
_GRADES = (
    Precision.PRECISE,
    Precision.CORRECTE,
    Precision.INDICATIVE,
    Precision.TROP_IMPRECISE,
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval, in percent (0 to 100)."""

    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the length of the interval, in points; the estimate need not be in the middle."""
        return (self.high - self.low) / 2


def check_share(share: float) -> None:
    """Raise ValueError where a percentage is not between 0 and 100."""
    if not 0 <= share <= _WHOLE:
        raise ValueError(f"share must be between 0 and 100, {share} given")


def check_shares(shares: NDArray[np.float64]) -> None:
    """Refuse a column where a known percentage is not between 0 and 100."""
    if ((shares < 0) | (shares > _WHOLE)).any():
        raise ValueError("shares must be between 0 and 100")


def is_known(respondents: float | None) -> bool:
    """Tell whether a sample size was published (neither None nor NaN)."""
    return respondents is not None and not math.isnan(respondents)


def effective_size(respondents: float, deff: float = 1.0) -> float:
    """Give the size of the simple random sample that would tell as much: ``n / deff``.

    A design effect below 1 counts as 1: what stratification gains is not credited.

    Raises
    ------
    ValueError
        When there is no respondent, or the design effect is not a positive number.
    """
    if not (math.isfinite(respondents) and respondents > 0):
        raise ValueError(f"respondents must be a positive number, {respondents} given")
    if not (math.isfinite(deff) and deff > 0):
        raise ValueError(f"deff must be a positive number, {deff} given")
    return respondents / max(deff, 1.0)


def wilson_interval(
    share: float, respondents: float, deff: float = 1.0, confidence: float = settings.CONFIDENCE
) -> Interval:
    """Give the Wilson score interval of one share (percent), on the effective sample size.

    Parameters
    ----------
    share
        Percentage, 0 to 100, as published (weighted or not).
    respondents
        People who answered the question, unweighted.
    deff
        Design effect; 1 (an unweighted simple random sample) makes the interval of a weighted
        one too short, which the caller must say.

    Raises
    ------
    ValueError
        When the share is not between 0 and 100, or as ``effective_size``.

    Notes
    -----
    Wilson, E. B. (1927), JASA 22, 209–212; method 3 of Newcombe, R. G. (1998), Statistics in
    Medicine 17, 857–872. ``scipy.stats.binomtest`` gives the same interval for whole counts
    only, which ``n / deff`` is not: only the normal quantile is taken from scipy.
    """
    check_share(share)
    low, high = _wilson(np.float64(share), effective_size(respondents, deff), confidence)
    return Interval(float(low), float(high))


def wilson_intervals(
    shares: ArrayLike,
    respondents: ArrayLike,
    deff: ArrayLike = 1.0,
    confidence: float = settings.CONFIDENCE,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the bounds of many Wilson intervals at once: low and high, in percent.

    Arguments are numbers or arrays that broadcast, as for ``wilson_interval``. Where the share or
    the sample size is NaN, or nobody answered, both bounds are NaN.

    Raises
    ------
    ValueError
        When a share is not between 0 and 100, a sample size is negative or infinite, or a design
        effect is not a positive number.
    """
    p, n, effect = np.broadcast_arrays(
        *(np.asarray(values, dtype=np.float64) for values in (shares, respondents, deff))
    )
    check_shares(p)
    if ((n < 0) | np.isinf(n)).any():
        raise ValueError("respondents must be positive numbers")
    if not (np.isfinite(effect) & (effect > 0)).all():
        raise ValueError("deff must be positive numbers")
    low, high = _wilson(p, n / np.maximum(effect, 1.0), confidence)
    unknown = np.isnan(p) | np.isnan(n) | (n == 0)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def grade(
    share: float,
    respondents: float | None,
    deff: float = 1.0,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Precision:
    """Grade one figure by the half-width of its interval, once its sample is known and allowed."""
    if respondents is None or math.isnan(respondents):
        return Precision.INCONNUE
    if respondents < thresholds.minimum_respondents:
        return Precision.SUPPRIMEE
    interval = wilson_interval(share, respondents, deff, thresholds.confidence)
    return _GRADES[bisect_left(_limits(thresholds), interval.half_width)]


def grades(
    shares: ArrayLike,
    respondents: ArrayLike,
    deff: ArrayLike = 1.0,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> list[Precision | None]:
    """Grade many figures at once, as ``grade``; NaN is an unknown sample size or an absent share.

    A territory without a share has no grade (None), unless its sample is known to be too small.
    """
    low, high = wilson_intervals(shares, respondents, deff, thresholds.confidence)
    p, n, _ = np.broadcast_arrays(np.asarray(shares, dtype=float), respondents, low)
    ranks = np.searchsorted(_limits(thresholds), (high - low) / 2, side="left")
    labels = np.array([*_GRADES, None], dtype=object)[np.minimum(ranks, len(_GRADES))]
    n = np.asarray(n, dtype=float)
    labels[np.isnan(n)] = Precision.INCONNUE
    labels[np.isnan(p)] = None
    labels[n < thresholds.minimum_respondents] = Precision.SUPPRIMEE
    return list(labels)


def suppress(
    respondents: Sequence[float | None],
    total: float | None,
    minimum: int = DEFAULT_THRESHOLDS.minimum_respondents,
) -> list[bool]:
    """Tell which figures of a group must be hidden so that no small sample can be read or deduced.

    A sample below ``minimum`` is hidden. Where the total of the group is published and exactly one
    non-empty sample is hidden, the smallest other one (the first of equals) is hidden with it, or
    a subtraction would give it away. An empty sample shows no figure but protects no other one:
    there is nobody behind it.

    Parameters
    ----------
    respondents
        Sample of each territory of the group; None (or NaN) where unknown. An unknown sample is
        not hidden, nor does it protect another: its source may have published it elsewhere.
    total
        Published sample of the group; None where it is not published. Its value is not used: a
        total that disagrees with the parts hides nothing reliably.

    Notes
    -----
    Limits. One table, one level: linked tables (crossed questions, two waves, nested territories,
    two levels that share a boundary) need one call each, and can still be crossed. The sum of the
    two hidden samples stays readable, and bounds each; it may itself be under the minimum.
    A share printed with many decimals betrays its sample. A territory alone in its group cannot
    be protected here: its total must be withheld too.
    """
    sizes = [None if n is None or math.isnan(n) else n for n in respondents]
    hidden = [n is not None and n < minimum for n in sizes]
    exposed = [n for n, is_hidden in zip(sizes, hidden, strict=True) if is_hidden and n]
    if total is None or len(exposed) != 1:
        return hidden
    others = [(n, i) for i, n in enumerate(sizes) if n is not None and not hidden[i]]
    if others:
        hidden[min(others)[1]] = True
    return hidden


def _limits(thresholds: Thresholds) -> tuple[float, float, float]:
    return thresholds.precise, thresholds.correcte, thresholds.indicative


@cache
def _quantile(confidence: float) -> float:
    from scipy.special import (  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415 - slow to load
        ndtri,
    )

    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be between 0 and 1, {confidence} given")
    return float(ndtri((1 + confidence) / 2))


def _wilson(
    share: NDArray[np.float64] | np.float64,
    size: NDArray[np.float64] | float,
    confidence: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give both bounds in percent; written without dividing by the size, which may be 0 here."""
    z = _quantile(confidence)
    p = share / 100
    centre = size * p + z * z / 2
    spread = z * np.sqrt(size * p * (1 - p) + z * z / 4)
    low, high = ((centre + side) / (size + z * z) * 100 for side in (-spread, spread))
    # Binary rounding must not push the estimate out of its own interval at 0 or 100.
    return np.clip(low, 0, share), np.clip(high, share, 100)
