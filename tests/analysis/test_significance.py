"""Significance: exact, corrected, silent without a sample size, and held by simulation."""

from __future__ import annotations

import itertools
import math
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import integrate, stats

from territoires.analysis.effective import effective_counts
from territoires.analysis.significance import (
    Difference,
    Flag,
    Order,
    OrderConfidence,
    change_between,
    differences_from,
    differs_from,
    order_confidence,
)

NATIONAL = 87.0
MAPS = 2_000
SIZES = range(10, 61)
RAISED = (Flag.PLUS_HAUT, Flag.PLUS_BAS)
#: Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 5 (Clopper–Pearson).
NEWCOMBE_EXACT = [
    (81, 263, 25.27, 36.76),
    (15, 148, 5.78, 16.17),
    (0, 20, 0.0, 16.84),
    (1, 29, 0.09, 17.76),
]

shares = st.floats(0, 100)
sizes = st.integers(1, 3_000)
deffs = st.floats(0.5, 5)
no_deadline = hypothesis_settings(deadline=None)


def answers(size: int, deff: float, share: float = NATIONAL) -> NDArray[np.float64]:
    """Give the chance of each count of « yes » when the true share is the national one.

    With a design effect, answers are clustered: a beta-binomial whose intra-cluster correlation
    is ``(deff - 1) / (size - 1)``, so that its variance is ``deff`` times the binomial one.
    """
    counts = np.arange(size + 1)
    p = share / 100
    if deff == 1:
        return np.asarray(stats.binom.pmf(counts, size, p))
    weight = (size - 1) / (deff - 1) - 1
    return np.asarray(stats.betabinom.pmf(counts, size, p * weight, (1 - p) * weight))


@cache
def raised(size: int, deff: float, regions: int, share: float = NATIONAL) -> NDArray[np.bool_]:
    """Tell for each count of « yes » whether the territory is flagged."""
    results = (
        differs_from(share, 100 * count / size, size, deff, comparisons=regions)
        for count in range(size + 1)
    )
    return np.array([result.flag in RAISED for result in results])


def flagged_maps(regions: int, deff: float, deff_declared: float, corrected: bool = True) -> float:
    """Draw maps without any real difference and give the share of them that flag a territory."""
    rng = np.random.default_rng([regions, int(10 * deff)])
    sample_sizes = rng.integers(SIZES.start, SIZES.stop, size=(MAPS, regions))
    found = np.zeros(MAPS, dtype=bool)
    for size in SIZES:
        rows, _ = np.nonzero(sample_sizes == size)
        counts = rng.choice(size + 1, size=rows.size, p=answers(size, deff))
        table = raised(size, deff_declared, regions if corrected else 1)
        np.logical_or.at(found, rows, table[counts])
    return float(found.mean())


@pytest.mark.parametrize("deff", [1.0, 1.5])
@pytest.mark.parametrize("regions", [13, 18])
def test_at_most_5_percent_of_simulated_maps_without_difference_flag_one(
    regions: int, deff: float
) -> None:
    assert flagged_maps(regions, deff, deff_declared=deff) <= 0.05


@pytest.mark.parametrize("regions", [13, 18])
def test_the_simulation_would_show_a_missing_correction(regions: int) -> None:
    assert flagged_maps(regions, 1.0, deff_declared=1.0, corrected=False) > 0.25
    assert flagged_maps(regions, 1.5, deff_declared=1.0) > 0.05


@pytest.mark.parametrize(
    ("deff", "share"),
    list(itertools.product([1.0, 1.2, 1.5], [30.0, 50.0, 70.0, NATIONAL, 95.0, 98.0])),
)
@pytest.mark.parametrize("regions", [13, 18])
def test_the_level_holds_for_every_sample_size_by_exact_calculation(
    regions: int, deff: float, share: float
) -> None:
    """No luck of the draw: chances are summed, on maps whose territories all have one size."""
    worst = max(
        answers(size, deff, share)[raised(size, deff, regions, share)].sum() for size in SIZES
    )
    assert 1 - (1 - worst) ** regions <= 0.05


def test_rounding_the_count_alone_would_break_the_level() -> None:
    """Say why ``k_eff`` is not ``round(share × n / deff)`` against ``n_eff = floor(n / deff)``."""
    size, deff, regions, share = 13, 1.5, 18, 30.0
    kept = math.floor(size / deff)
    counts = np.round(np.arange(size + 1) / deff)
    assert counts.max() > kept  # more « yes » than people
    counts = np.minimum(counts, kept)
    tails = (
        stats.binom.cdf(counts, kept, share / 100),
        stats.binom.sf(counts - 1, kept, share / 100),
    )
    wrong = answers(size, deff, share)[2 * np.minimum(*tails) < 0.05 / regions].sum()
    assert 1 - (1 - wrong) ** regions > 0.09


@pytest.mark.parametrize("deff", [1.0, 1.5])
@pytest.mark.parametrize("regions", [13, 18])
def test_whole_maps_tested_at_once_hold_the_level_too(regions: int, deff: float) -> None:
    """Some territories of each map have no known sample, or no share: they are not compared."""
    rng = np.random.default_rng([2, regions, int(10 * deff)])
    found = 0
    for _ in range(MAPS):
        size = rng.integers(SIZES.start, SIZES.stop, size=regions)
        if deff == 1:
            chance = np.full(regions, NATIONAL / 100)
        else:
            weight = (size - 1) / (deff - 1) - 1
            chance = rng.beta(weight * NATIONAL / 100, weight * (1 - NATIONAL / 100))
        share = 100 * rng.binomial(size, chance) / size
        known = np.where(rng.random(regions) < 0.1, np.nan, size)
        share[rng.random(regions) < 0.1] = np.nan
        found += any(flag in RAISED for flag in differences_from(NATIONAL, share, known, deff))
    assert found / MAPS <= 0.05


rows = st.lists(
    st.tuples(
        shares | st.just(NATIONAL) | st.just(math.nan), sizes.map(float) | st.just(math.nan), deffs
    ),
    max_size=30,
)


@no_deadline
@given(national=shares, territories=rows)
@example(national=99.9, territories=[(99.95, 20.0, 2.0), (50.0, 1.0, 2.0), (99.9, 20.0, 1.0)])
def test_a_whole_map_has_the_flags_of_its_territories_one_by_one(
    national: float, territories: list[tuple[float, float, float]]
) -> None:
    comparisons = sum(not math.isnan(p) and not math.isnan(n) for p, n, _ in territories)
    expected = [
        None
        if math.isnan(p)
        else differs_from(national, p, n, deff, comparisons=max(1, comparisons)).flag
        for p, n, deff in territories
    ]
    found = differences_from(national, *np.reshape(territories, (-1, 3)).T)
    assert found == expected
    assert [type(flag) for flag in found] == [type(flag) for flag in expected]


def test_a_map_where_nothing_can_be_tested_has_no_flag() -> None:
    assert differences_from(NATIONAL, [], []) == []
    assert differences_from(NATIONAL, [math.nan, 77], [23, math.nan]) == [None, Flag.INCONNU]
    # Hidden: neither share nor people, even where these were nobody.
    assert differences_from(NATIONAL, [math.nan], [0]) == [None]


def test_only_tested_territories_count_as_comparisons() -> None:
    """At 5 % ÷ 18 these 65 % of 30 people are no difference; alone they are one."""
    alone = [Flag.PLUS_BAS, *[Flag.INCONNU] * 17]
    among = [Flag.NON_SIGNIFICATIF] * 18
    share = [65.0, *[NATIONAL] * 17]
    assert differences_from(NATIONAL, share, [30, *[math.nan] * 17]) == alone
    assert differences_from(NATIONAL, share, [30] * 18) == among


def test_impossible_maps_are_refused() -> None:
    with pytest.raises(ValueError, match="share"):
        differences_from(101, [77], [23])
    with pytest.raises(ValueError, match="share"):
        differences_from(NATIONAL, [77, -1], [23, math.nan])
    with pytest.raises(ValueError, match="respondents"):
        differences_from(NATIONAL, [77, 50], [23, 0])
    with pytest.raises(ValueError, match="deff"):
        differences_from(NATIONAL, [77, 50], [23, 23], [1, math.nan])
    with pytest.raises(ValueError, match="alpha"):
        differences_from(NATIONAL, [77], [23], alpha=1)


def test_real_differences_are_found() -> None:
    chance = answers(60, 1.0, share=50.0)[raised(60, 1.0, 18)].sum()
    assert chance > 0.95


@pytest.mark.parametrize(("count", "size", "low", "high"), NEWCOMBE_EXACT)
def test_flag_starts_at_the_published_exact_bounds(
    count: int, size: int, low: float, high: float
) -> None:
    def flag(national: float) -> Flag:
        return differs_from(national, 100 * count / size, size, 1, comparisons=1).flag

    assert flag(high - 0.01) == Flag.NON_SIGNIFICATIF
    assert flag(high + 0.01) == Flag.PLUS_BAS
    assert flag(low + 0.01) == Flag.NON_SIGNIFICATIF
    if low > 0:
        assert flag(low - 0.01) == Flag.PLUS_HAUT


@no_deadline
@given(
    size=st.integers(1, 500),
    data=st.data(),
    national=st.integers(0, 1000).map(lambda tenth: tenth / 10),
    comparisons=st.integers(1, 18),
)
def test_flag_is_the_corrected_clopper_pearson_interval(
    size: int, data: st.DataObject, national: float, comparisons: int
) -> None:
    count = data.draw(st.integers(0, size))
    result = differs_from(national, 100 * count / size, size, 1, comparisons=comparisons)
    low, high = stats.binomtest(count, size).proportion_ci(1 - 0.05 / comparisons, method="exact")
    if 100 * low < national < 100 * high:
        assert result.flag == Flag.NON_SIGNIFICATIF
    elif national < 100 * low - 1e-6:
        assert result.flag == Flag.PLUS_HAUT
    elif national > 100 * high + 1e-6:
        assert result.flag == Flag.PLUS_BAS


@no_deadline
@given(national=shares, share=shares, size=sizes, deff=deffs)
@example(national=99.9, share=99.95, size=20, deff=2.0)
def test_flag_names_the_side_and_its_chance_is_one(
    national: float, share: float, size: int, deff: float
) -> None:
    result = differs_from(national, share, size, deff, comparisons=1)
    assert result.p_value is not None
    assert 0 <= result.p_value <= 1
    assert (result.flag in RAISED) == (result.p_value < 0.05)
    if result.flag == Flag.PLUS_HAUT:
        assert share > national
    if result.flag == Flag.PLUS_BAS:
        assert share < national


def test_a_rounding_that_steps_over_the_benchmark_proves_nothing() -> None:
    """9 of 10 would be significantly under 99.9 %, but 99.95 % was published."""
    assert effective_counts(99.95, 20, 2.0, 99.9) == (9, 10)
    assert differs_from(99.9, 99.95, 20, 2.0, comparisons=1) == Difference(
        Flag.NON_SIGNIFICATIF, 1.0
    )


@no_deadline
@given(national=shares, share=shares, size=sizes, low=deffs, comparisons=st.integers(1, 18))
def test_more_comparisons_never_raise_a_flag(
    national: float, share: float, size: int, low: float, comparisons: int
) -> None:
    alone = differs_from(national, share, size, low, comparisons=1)
    among = differs_from(national, share, size, low, comparisons=comparisons)
    assert among.p_value == alone.p_value
    assert among.flag in (alone.flag, Flag.NON_SIGNIFICATIF)


def test_the_correction_changes_the_outcome_at_its_limit() -> None:
    p_value = differs_from(NATIONAL, 65, 23, 1, comparisons=1).p_value
    assert p_value is not None
    allowed = int(0.05 / p_value)
    flags = [differs_from(NATIONAL, 65, 23, 1, comparisons=m).flag for m in (allowed, allowed + 1)]
    assert flags == [Flag.PLUS_BAS, Flag.NON_SIGNIFICATIF]


def test_the_published_regions_could_not_be_told_from_france_with_23_mayors() -> None:
    for share in (77, 100):
        result = differs_from(NATIONAL, share, 23, 1, comparisons=3)
        assert result.flag == Flag.NON_SIGNIFICATIF


def test_a_sample_that_the_design_effect_empties_proves_nothing() -> None:
    assert differs_from(NATIONAL, 0, 1, 2, comparisons=1) == Difference(Flag.NON_SIGNIFICATIF, 1.0)
    assert change_between(0, 1, 100, 1, 2, comparisons=1) == Difference(Flag.NON_SIGNIFICATIF, 1.0)


@pytest.mark.parametrize("unknown", [None, math.nan])
def test_nothing_is_said_without_a_sample_size(unknown: float | None) -> None:
    nothing = Difference(Flag.INCONNU, None)
    assert differs_from(NATIONAL, 10, unknown, 1, comparisons=3) == nothing
    assert change_between(10, unknown, 90, 500, 1, comparisons=3) == nothing
    assert change_between(10, 500, 90, unknown, 1, comparisons=3) == nothing
    assert order_confidence(10, unknown, 90, 500, 1) == OrderConfidence(Order.INCONNU, None)
    assert order_confidence(10, 500, 90, unknown, 1) == OrderConfidence(Order.INCONNU, None)


def test_impossible_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match="share"):
        differs_from(NATIONAL, 101, 23, 1, comparisons=1)
    with pytest.raises(ValueError, match="share"):
        change_between(50, 23, math.nan, 23, 1, comparisons=1)
    with pytest.raises(ValueError, match="comparison"):
        differs_from(NATIONAL, 77, 23, 1, comparisons=0)
    with pytest.raises(ValueError, match="alpha"):
        differs_from(NATIONAL, 77, 23, 1, comparisons=1, alpha=0)
    with pytest.raises(ValueError, match="respondents"):
        differs_from(NATIONAL, 77, 0, 1, comparisons=1)
    with pytest.raises(ValueError, match="deff"):
        order_confidence(50, 23, 60, 23, 0)


def test_change_is_fishers_own_example() -> None:
    """Convicted twins of convicts: 10 of 13 identical ones, 2 of 17 others; P = 1/2 150, one side.

    Fisher (1934), Statistical Methods for Research Workers, 5th ed., § 21.02: 619/1 330 665.
    """
    result = change_between(100 * 2 / 17, 17, 100 * 10 / 13, 13, 1, comparisons=1)
    assert result.flag == Flag.PLUS_HAUT
    assert result.p_value == pytest.approx(2 * 619 / 1_330_665, rel=1e-9)


def test_change_is_the_tea_tasting_example() -> None:
    """3 of 4 against 1 of 4: P = 17/70 on one side (Fisher 1935, The Design of Experiments)."""
    result = change_between(75, 4, 25, 4, 1, comparisons=1)
    assert result.flag == Flag.NON_SIGNIFICATIF
    assert result.p_value == pytest.approx(2 * 17 / 70, rel=1e-9)


@no_deadline
@given(share_1=shares, n_1=sizes, share_2=shares, n_2=sizes, deff=deffs)
@example(share_1=99.9, n_1=20_000, share_2=99.95, n_2=20, deff=2.0)
def test_change_read_backwards_is_the_opposite(
    share_1: float, n_1: int, share_2: float, n_2: int, deff: float
) -> None:
    forwards = change_between(share_1, n_1, share_2, n_2, deff, comparisons=1)
    backwards = change_between(share_2, n_2, share_1, n_1, deff, comparisons=1)
    assert forwards.p_value == pytest.approx(backwards.p_value, rel=1e-6)
    if forwards.flag == Flag.PLUS_HAUT:
        assert share_2 > share_1
        assert backwards.flag == Flag.PLUS_BAS


@cache
def changed(size_1: int, size_2: int, deff: float, regions: int) -> NDArray[np.bool_]:
    """Tell for each pair of counts whether the change is flagged; impossible ones are skipped."""
    found = np.zeros((size_1 + 1, size_2 + 1), dtype=bool)
    likely = (np.flatnonzero(answers(n, deff) > 1e-7) for n in (size_1, size_2))
    for one, two in itertools.product(*likely):
        result = change_between(
            100 * one / size_1, size_1, 100 * two / size_2, size_2, deff, comparisons=regions
        )
        found[one, two] = result.flag in RAISED
    return found


@pytest.mark.parametrize("deff", [1.0, 1.5])
@pytest.mark.parametrize(("size_1", "size_2"), [(12, 60), (23, 23), (40, 25), (60, 60)])
def test_at_most_5_percent_of_maps_without_change_flag_one(
    size_1: int, size_2: int, deff: float
) -> None:
    regions = 18
    chances = np.outer(answers(size_1, deff), answers(size_2, deff))
    wrong = chances[changed(size_1, size_2, deff, regions)].sum()
    assert 1 - (1 - wrong) ** regions <= 0.05
    rng = np.random.default_rng([size_1, size_2, int(10 * deff)])
    draws = [rng.choice(n + 1, size=(MAPS, regions), p=answers(n, deff)) for n in (size_1, size_2)]
    assert changed(size_1, size_2, deff, regions)[draws[0], draws[1]].any(axis=1).mean() <= 0.05


def test_the_score_test_would_break_the_level_of_changes() -> None:
    """Say why change is not tested by ``chi2_contingency``: 12 and 200 people, 18 régions."""
    one, two = np.arange(13)[:, None], np.arange(201)[None, :]
    pooled = (one + two) / 212
    variance = pooled * (1 - pooled) * (1 / 12 + 1 / 200)
    with np.errstate(invalid="ignore", divide="ignore"):
        score = np.where(variance > 0, (one / 12 - two / 200) ** 2 / variance, 0.0)
    wrong = np.outer(answers(12, 1), answers(200, 1))[stats.chi2.sf(score, 1) < 0.05 / 18].sum()
    assert wrong > 2 * 0.05 / 18


@pytest.mark.parametrize(
    ("one", "two"),
    [((87, 23), (77, 23)), ((100, 11), (0, 11)), ((60, 5000), (59, 12)), ((0, 20), (3, 400))],
)
@pytest.mark.parametrize("deff", [1.0, 1.5])
def test_order_is_the_integral_of_both_posteriors(
    one: tuple[float, int], two: tuple[float, int], deff: float
) -> None:
    high, low = sorted((one, two), reverse=True)
    posteriors = [
        stats.beta(p * n / deff / 100 + 0.5, (100 - p) * n / deff / 100 + 0.5)
        for p, n in (high, low)
    ]
    expected, _ = integrate.quad(
        lambda p: posteriors[0].pdf(p) * posteriors[1].cdf(p),
        0,
        1,
        points=[float(law.mean()) for law in posteriors],
        limit=500,
    )
    found = order_confidence(*one, *two, deff).probability
    assert found == pytest.approx(expected, abs=1e-4)


@no_deadline
@given(share_1=shares, n_1=sizes, share_2=shares, n_2=sizes, deff=deffs)
def test_order_does_not_depend_on_who_comes_first(
    share_1: float, n_1: int, share_2: float, n_2: int, deff: float
) -> None:
    result = order_confidence(share_1, n_1, share_2, n_2, deff)
    assert result == order_confidence(share_2, n_2, share_1, n_1, deff)
    assert result.probability is not None
    assert 0 <= result.probability <= 1


@no_deadline
@given(share_1=shares, share_2=shares, size=sizes, deff=deffs)
def test_order_of_equal_samples_is_better_than_heads_or_tails(
    share_1: float, share_2: float, size: int, deff: float
) -> None:
    probability = order_confidence(share_1, size, share_2, size, deff).probability
    assert probability is not None
    assert probability >= 0.5 - 1e-4


@pytest.mark.parametrize(
    ("share_2", "n", "wording"),
    [
        (77, 200, Order.PRESQUE_SUR),
        (77, 23, Order.PROBABLE),
        (85, 23, Order.INCERTAIN),
        (87, 5000, Order.INCERTAIN),
    ],
)
def test_order_has_a_wording(share_2: float, n: int, wording: Order) -> None:
    assert order_confidence(NATIONAL, n, share_2, n, 1).wording == wording


def test_a_design_effect_makes_an_order_less_sure() -> None:
    chances = [order_confidence(87, 60, 77, 60, deff).probability or 0 for deff in (1, 1.5, 3)]
    assert chances == sorted(chances, reverse=True)
    assert len(set(chances)) == 3


def test_labels_are_those_shown_to_people() -> None:
    assert [flag.value for flag in Flag] == [
        "plus haut",
        "plus bas",
        "non significatif",
        "effectif non communiqué",
    ]
    assert [order.value for order in Order] == [
        "ordre presque sûr",
        "ordre probable",
        "ordre incertain",
        "effectif non communiqué",
    ]
