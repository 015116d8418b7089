"""Whether a difference is more than chance: with a benchmark, between waves, between territories.

One rule for all: nothing is claimed where a sample size is unknown, and the level is divided by
the number of comparisons made on the same view (Bonferroni), so that at most 5 % of the views
without any real difference claim one. Exact tests want whole counts: see ``analysis.effective``.

With a design effect the tests are cautious, not exact: clustered answers have no one law. Summed
over beta-binomial answers (10 to 60 people, shares of 30 to 98 %, 13 or 18 régions), the benchmark
test flags under 5 % of maps, for every size, up to deff 1.5. At deff 2 to 3 it reaches 6.3 % from
95 % on, for the least lucky size alone; over all sizes it stays under 2.5 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from territoires import settings
from territoires.analysis.effective import effective_columns, effective_counts
from territoires.analysis.precision import check_share, check_shares, effective_size, is_known

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

DEFAULT_ALPHA = settings.SIGNIFICANCE_LEVEL
_QUADRATURE_NODES = 100
#: Both parameters of a Beta law.
_Beta = tuple[float, float]


class Flag(StrEnum):
    """What may be said of a difference."""

    PLUS_HAUT = "plus haut"
    PLUS_BAS = "plus bas"
    NON_SIGNIFICATIF = "non significatif"
    INCONNU = "effectif non communiqué"


class Order(StrEnum):
    """What may be said of the order of two territories."""

    PRESQUE_SUR = "ordre presque sûr"
    PROBABLE = "ordre probable"
    INCERTAIN = "ordre incertain"
    INCONNU = "effectif non communiqué"


@dataclass(frozen=True, slots=True)
class Difference:
    """The outcome of a test; ``p_value`` is that of the one comparison, before correction."""

    flag: Flag
    p_value: float | None


@dataclass(frozen=True, slots=True)
class OrderConfidence:
    """How sure the order of two territories is; ``probability`` is None where it is unknown."""

    wording: Order
    probability: float | None


_UNKNOWN = Difference(Flag.INCONNU, None)
#: Found by the sign of the difference: 0, 1 and, from the end, -1.
_FLAGS_BY_SIGN = np.array([Flag.NON_SIGNIFICATIF, Flag.PLUS_HAUT, Flag.PLUS_BAS], dtype=object)


def differs_from(
    national_share: float,
    share: float,
    respondents: float | None,
    deff: float,
    *,
    comparisons: int,
    alpha: float = DEFAULT_ALPHA,
) -> Difference:
    """Test one share against the national one, exactly, at ``alpha / comparisons``.

    The flag is raised when the national share lies outside the Clopper–Pearson interval of the
    effective counts, that is when twice the binomial tail beyond the share is
    under the level.

    Parameters
    ----------
    national_share, share
        Percentages, 0 to 100.
    respondents
        People who answered in the territory, unweighted; None where unknown.
    deff
        Design effect of the territory's sample.
    comparisons
        Number of territories of the view whose sample is known, this one included.

    Notes
    -----
    Clopper, C. J. and Pearson, E. S. (1934), Biometrika 26, 404–413. ``scipy.stats.binomtest``
    orders two-sided outcomes by likelihood, which can disagree with that interval: hence the
    doubled tail. The national share is taken as known. Where it comes from the same survey it
    includes the territory, which makes the test more cautious still (the variance of the gap is
    that of the territory less that of the country); where it comes from another survey, its own
    sampling error is left out.
    """
    level = _level(alpha, comparisons)
    check_share(national_share)
    check_share(share)
    if respondents is None or not is_known(respondents):
        return _UNKNOWN
    count, size = effective_counts(share, respondents, deff, national_share)
    above = share > national_share
    tails = _binomial_tails(
        np.array([count]), np.array([size]), national_share / 100, np.array([above])
    )
    return _conclude(float(tails[0]), level, share - national_share)


def differences_from(
    national_share: float,
    shares: ArrayLike,
    respondents: ArrayLike,
    deff: ArrayLike = 1.0,
    *,
    alpha: float = DEFAULT_ALPHA,
) -> list[Flag | None]:
    """Test every share of a view against the national one, as ``differs_from`` does one by one.

    The comparisons are the territories whose share and sample are both known. Without a share
    (NaN) nothing is tested (None); without a sample (NaN) the flag is INCONNU. Arguments are
    numbers or arrays that broadcast.

    Raises
    ------
    ValueError
        When a share is not between 0 and 100, or, beside a share, a sample size is not a positive
        number or a design effect is not one.
    """
    check_share(national_share)
    columns = (np.asarray(column, dtype=np.float64) for column in (shares, respondents, deff))
    share, size, effect = (np.ravel(column) for column in np.broadcast_arrays(*columns))
    published = ~np.isnan(share)
    tested = published & ~np.isnan(size)
    check_shares(share)
    flags = np.full(share.shape, None, dtype=object)
    flags[published] = Flag.INCONNU
    level = _level(alpha, max(1, int(tested.sum())))
    gap, above = share[tested] - national_share, share[tested] > national_share
    counts, kept = effective_columns(share[tested], size[tested], effect[tested], national_share)
    tails = _binomial_tails(counts, kept, national_share / 100, above)
    claimed = np.where(2 * tails < level, np.sign(gap), 0).astype(int)
    flags[tested] = _FLAGS_BY_SIGN[claimed]
    return list(flags)


def change_between(
    share_1: float,
    n_1: float | None,
    share_2: float,
    n_2: float | None,
    deff: float,
    *,
    comparisons: int,
    alpha: float = DEFAULT_ALPHA,
) -> Difference:
    """Test the change of one territory from a first wave to a second, at ``alpha / comparisons``.

    Fisher's exact test on effective counts, each rounded towards the other share, its one-sided
    tail doubled: PLUS_HAUT means that the second wave is higher. Comparable questions and
    independent samples are the caller's to ensure; people asked twice (a panel) make the test too
    cautious when answers persist.

    Parameters
    ----------
    share_1, share_2
        Percentages, 0 to 100, of the first and the second wave.
    n_1, n_2
        People who answered, unweighted; None where unknown.
    deff
        Design effect of both samples: the larger one where they differ.
    comparisons
        Number of territories of the view with both samples known, this one included.

    Notes
    -----
    Fisher, R. A. (1935), JRSS 98, 39–82. Chosen because its level holds for any share and any
    sample; the score test (``chi2_contingency``) claims twice too much at 0.05 / 18 for 12 and
    200 people at 87 %. Boschloo's test is exact and more powerful (Mehrotra, Chan and Berger 2003,
    Biometrics 59, 441–450) but takes seconds per territory from samples of 500 on.
    """
    from scipy import stats  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415 - slow to load

    level = _level(alpha, comparisons)
    check_share(share_1)
    check_share(share_2)
    if n_1 is None or n_2 is None or not (is_known(n_1) and is_known(n_2)):
        return _UNKNOWN
    count_1, size_1 = effective_counts(share_1, n_1, deff, share_2)
    count_2, size_2 = effective_counts(share_2, n_2, deff, share_1)
    table = [[count_1, size_1 - count_1], [count_2, size_2 - count_2]]
    side = "less" if share_2 > share_1 else "greater"
    tail = float(stats.fisher_exact(table, alternative=side).pvalue)
    return _conclude(tail, level, share_2 - share_1)


def order_confidence(
    share_1: float, n_1: float | None, share_2: float, n_2: float | None, deff: float
) -> OrderConfidence:
    """Give the chance that the territory with the higher share really is the higher of the two.

    Posterior probability under independent Jeffreys priors, Beta(½, ½), on the effective counts
    (fractions kept). Two equal shares have no order: one half. It concerns one pair: the chance
    that a whole ranking is real is far lower, and no wording may be given for it from here.

    Notes
    -----
    Prior: Brown, Cai and DasGupta (2001), Statistical Science 16, 101–133. The chance that one
    Beta variable exceeds another is integrated over the quantiles of the narrower one, where the
    integrand is smooth (Gauss–Legendre, error below 1e-4).
    """
    check_share(share_1)
    check_share(share_2)
    if n_1 is None or n_2 is None or not (is_known(n_1) and is_known(n_2)):
        return OrderConfidence(Order.INCONNU, None)
    if share_1 == share_2:
        return OrderConfidence(Order.INCERTAIN, 0.5)
    (share_high, n_high), (share_low, n_low) = sorted(
        ((share_1, n_1), (share_2, n_2)), reverse=True
    )
    probability = _chance_above(
        _posterior(share_high, effective_size(n_high, deff)),
        _posterior(share_low, effective_size(n_low, deff)),
    )
    if probability >= settings.ALMOST_SURE:
        return OrderConfidence(Order.PRESQUE_SUR, probability)
    if probability >= settings.PROBABLE:
        return OrderConfidence(Order.PROBABLE, probability)
    return OrderConfidence(Order.INCERTAIN, probability)


def _binomial_tails(
    counts: NDArray[np.float64],
    sizes: NDArray[np.float64],
    probability: float,
    above: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Give the chances of counts at least as far, each on its own side, itself included."""
    # Not scipy.stats, whose hundred laws take forty megabytes.
    from scipy.special import (  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415
        bdtr,
        bdtrc,
    )

    tails, people = np.empty(counts.shape), sizes.astype(np.int64)
    tails[above] = bdtrc(counts[above] - 1, people[above], probability)
    tails[~above] = bdtr(counts[~above], people[~above], probability)
    return tails


def _conclude(tail: float, level: float, difference: float) -> Difference:
    if difference == 0:
        return Difference(Flag.NON_SIGNIFICATIF, 1.0)
    p_value = min(1.0, 2 * tail)
    if p_value >= level:
        return Difference(Flag.NON_SIGNIFICATIF, p_value)
    return Difference(Flag.PLUS_HAUT if difference > 0 else Flag.PLUS_BAS, p_value)


def _level(alpha: float, comparisons: int) -> float:
    if not 0 < alpha < 1:
        raise ValueError(f"alpha must be between 0 and 1, {alpha} given")
    if comparisons < 1:
        raise ValueError(f"at least one comparison is made, {comparisons} given")
    return alpha / comparisons


def _posterior(share: float, size: float) -> _Beta:
    count = share * size / 100
    return count + 0.5, size - count + 0.5


def _variance(law: _Beta) -> float:
    a, b = law
    return a * b / ((a + b) ** 2 * (a + b + 1))


def _chance_above(one: _Beta, other: _Beta) -> float:
    """Integrate the chance that ``one`` exceeds ``other`` over the quantiles of the narrower."""
    from scipy.integrate import (  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415
        fixed_quad,
    )
    from scipy.special import (  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415
        betainc,
        betaincinv,
    )

    narrow, wide = sorted((one, other), key=_variance)
    below, _ = fixed_quad(
        lambda u: betainc(*wide, betaincinv(*narrow, u)), 0, 1, n=_QUADRATURE_NODES
    )
    chance = below if narrow is one else 1 - below
    return min(max(float(chance), 0.0), 1.0)
