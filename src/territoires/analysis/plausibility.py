"""Whether published numbers can be what they say they are, whatever the truth."""

from __future__ import annotations

import math
from collections.abc import Sequence

#: What binary numbers may add to or take from a decimal one.
_TOLERANCE = 1e-9
_WHOLE = 100.0


def is_reachable(share: float, respondents: int, decimals: int) -> bool:
    """Tell whether some number of people among ``respondents`` makes this share, as printed.

    Both ways of rounding a half are accepted. With weights nearly any share can be reached: the
    caller must know that there are none.

    Parameters
    ----------
    share
        Percentage, 0 to 100, printed with ``decimals`` decimals.

    Notes
    -----
    The GRIM test of Brown and Heathers (2017), Social Psychological and Personality Science 8,
    363–369, on a share instead of a mean.
    """
    half = 0.5 * 10.0**-decimals + _TOLERANCE
    low = math.ceil((share - half) * respondents / _WHOLE - _TOLERANCE)
    high = math.floor((share + half) * respondents / _WHOLE + _TOLERANCE)
    return max(low, 0) <= min(high, respondents)


def rounding_slack(decimals: Sequence[int]) -> float:
    """Give how far from 100 the sum of rounded parts may stand, each printed with its decimals."""
    return sum(0.5 * 10.0**-digits for digits in decimals) + _TOLERANCE


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Give the mean of values, each counted as often as its weight says.

    Raises
    ------
    ValueError
        When the weights add up to nothing.
    """
    total = sum(weights)
    if total <= 0:
        raise ValueError(f"weights must add up to a positive number, {total} given")
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / total
