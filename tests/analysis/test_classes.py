"""Class breaks: every value in exactly one class, whatever the values."""

from __future__ import annotations

import itertools
import math
import random
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from territoires.analysis.classes import MAX_SHARE, Classes, classify, rounded_breaks
from territoires.domain.classification import MAX_CLASSES, ClassChoice, Method, Palette

#: Values as published: percentages, scores, populations, never more than three decimals.
published_values = st.one_of(
    st.integers(0, 100).map(float),
    st.integers(-10_000_000, 10_000_000).map(lambda n: n / 1000),
    st.integers(0, 3_000_000).map(float),
)
unknown = st.sampled_from([None, math.nan, math.inf, -math.inf])
columns = st.lists(st.one_of(published_values, unknown), max_size=40)
#: Shares worked out from two counts, with all their digits.
computed_values = st.builds(lambda n, d: 100 * (n / d), st.integers(0, 999), st.integers(1, 999))


def nine_digits(value: float) -> float:
    """Give a value as it is compared: what differs beyond is an artefact of binary numbers."""
    return float(f"{value:.9g}")


def is_known(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def check(values: list[float | None], result: Classes, most: int = MAX_CLASSES) -> None:
    """Hold a result to every rule at once."""
    known = [nine_digits(v) for v in values if v is not None and math.isfinite(v)]
    assert len(result.members) == len(values)
    assert result.count == len(result.counts) <= most
    assert sum(result.counts) == len(known)
    for value, member in zip(values, result.members, strict=True):
        assert (member is not None) == is_known(value)
        if member is None or value is None:
            continue
        low, high = result.bounds[member], result.bounds[member + 1]
        if member == 0:
            assert low <= nine_digits(value) <= high
        else:
            assert low < nine_digits(value) <= high
    for number, size in enumerate(result.counts):
        assert result.members.count(number) == size
    if not known:
        assert result == Classes((), (), tuple(None for _ in values))
        return
    assert len(result.bounds) == result.count + 1
    assert result.bounds[0] <= min(known)
    assert max(known) <= result.bounds[-1]
    if result.method is not Method.UNIQUE:
        assert all(low < high for low, high in itertools.pairwise(result.bounds))


@given(columns)
@settings(max_examples=200, deadline=None)
@example([0.0, 100.0])
@example([77.0, 77.0, 100.0])
@example([None, math.nan, 0.0])
@example([-5.0, -5.0, 5.0])
@example([0.0, 0.001])
def test_every_published_value_is_in_exactly_one_class(values: list[float | None]) -> None:
    check(values, classify(values))


@given(columns, st.integers(2, 6))
@settings(max_examples=100, deadline=None)
def test_there_are_never_more_classes_than_asked(values: list[float | None], most: int) -> None:
    choice = ClassChoice(count=most, palette=Palette.VIRIDIS)
    check(values, classify(values, choice), most)


@given(published_values, st.integers(1, 10))
@settings(deadline=None)
def test_equal_values_make_one_class(value: float, times: int) -> None:
    result = classify([value] * times)
    assert result.bounds == (value, value)
    assert result.counts == (times,)
    assert result.members == (0,) * times


@given(st.lists(computed_values, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
@example([100 * 0.29, 33.0])
def test_any_computed_share_is_in_exactly_one_class(values: list[float]) -> None:
    check(list(values), classify(values))


@pytest.mark.parametrize(
    "values",
    [
        [0.1, 0.2, 0.1 + 0.2, 1 - 0.9],
        [0.0, 0.1 + 0.2, 0.3],
        [1 / 3, 2 / 3, 33.3 * 3, 99.9],
        [100 * 0.29, 29.0, 100 * 0.58],
        [0.9999999999, 2.0],
        [77.0, 77.00000000001],
    ],
)
def test_the_noise_of_computed_values_moves_none_out_of_its_class(values: list[float]) -> None:
    check(list(values), classify(values))


@pytest.mark.parametrize(
    "values", [[1e-12, 5e-12], [1e-7, 3e-7], [-1e300, 1e300], [0.0, 67_000_000_000_000.0]]
)
def test_tiny_or_huge_values_are_classed_too(values: list[float]) -> None:
    check(list(values), classify(values))


@pytest.mark.parametrize("values", [[], [None], [math.nan], [None, math.nan, None]])
def test_no_value_no_class(values: list[float | None]) -> None:
    result = classify(values)
    assert (result.bounds, result.counts, result.count) == ((), (), 0)
    assert result.members == (None,) * len(values)


def test_a_value_on_a_bound_goes_to_the_lower_class_and_the_minimum_to_the_first() -> None:
    result = classify([0, 20, 20.5, 40, 60, 80, 100])
    assert result.bounds == (0, 20, 40, 60, 80, 100)
    assert result.members == (0, 0, 1, 1, 2, 3, 4)
    assert result.counts == (2, 2, 1, 1, 1)


def test_a_class_without_any_value_is_kept_and_counted_zero() -> None:
    result = classify([77, 77, 100])
    assert result.bounds == (75, 80, 85, 90, 95, 100)
    assert result.counts == (2, 0, 0, 0, 1)


def test_zero_and_a_hundred_are_values_like_any_other() -> None:
    assert classify([0.0, None]).members == (0, None)
    result = classify([0, 100])
    assert result.members == (0, result.count - 1)
    assert result.bounds[0] == 0
    assert result.bounds[-1] == 100


def test_negative_values_are_classed() -> None:
    result = classify([-30, -12, 8])
    assert result.bounds == (-30, -20, -10, 0, 10)
    assert result.members == (0, 1, 3)


def test_missing_values_do_not_move_those_of_others() -> None:
    assert classify([None, 0, math.nan, 100]).members == (None, 0, None, 4)


@given(published_values, published_values)
@settings(deadline=None)
def test_bounds_are_round_multiples_of_one_step(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    bounds = rounded_breaks(low, high)
    if low == high:
        assert bounds == (low, high)
        return
    step = bounds[1] - bounds[0]
    leading = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert any(math.isclose(leading, nice, rel_tol=1e-6) for nice in (1, 2, 2.5, 5))
    assert all(math.isclose(b - a, step, rel_tol=1e-6) for a, b in itertools.pairwise(bounds))
    assert len(bounds) - 1 <= MAX_CLASSES


#: Populations: most are small, a few are a thousand times larger.
skewed_columns = st.lists(
    st.one_of(st.integers(0, 3000).map(float), st.integers(500_000, 3_000_000).map(float)),
    min_size=6,
    max_size=60,
)
POPULATIONS = [float(50 + 7 * i) for i in range(95)] + [20_000.0, 80_000.0, 300_000.0, 2_100_000.0]


def test_values_that_rounded_bounds_would_not_tell_apart_are_classed_by_quantiles() -> None:
    rounded = rounded_breaks(min(POPULATIONS), max(POPULATIONS))
    assert sum(value <= rounded[1] for value in POPULATIONS) > MAX_SHARE * len(POPULATIONS)
    result = classify(POPULATIONS)
    assert result.method is Method.QUANTILES
    assert result.count == MAX_CLASSES
    check(list(POPULATIONS), result)


@given(
    st.lists(st.integers(0, 2000), min_size=30, max_size=80, unique=True),
    st.integers(1_000_000, 3_000_000),
)
@settings(max_examples=100, deadline=None)
def test_classes_by_quantiles_hold_about_as_many_values_each(small: list[int], large: int) -> None:
    values = [*map(float, small), float(large)]
    result = classify(values)
    assert result.method is Method.QUANTILES
    check(list(values), result)
    assert result.count == MAX_CLASSES
    assert max(result.counts) - min(result.counts) <= 2
    assert (result.bounds[0], result.bounds[-1]) == (min(values), max(values))


@given(skewed_columns)
@settings(max_examples=200, deadline=None)
def test_every_skewed_value_is_in_exactly_one_class_whatever_the_method(
    values: list[float],
) -> None:
    result = classify(values)
    check(list(values), result)
    if result.method is Method.ARRONDIES and len(set(values)) > MAX_CLASSES:
        quantiles = classify(values, ClassChoice(Method.QUANTILES)).counts
        is_spread = max(result.counts) <= MAX_SHARE * len(values)
        is_finer = sum(map(bool, result.counts)) > len(quantiles)
        assert is_spread or is_finer or max(quantiles) >= max(result.counts)


@pytest.mark.parametrize(
    "values",
    [
        [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1000.0],
        [*[1.0] * 30, 2.0, 3.0, 4.0, 1000.0],
        [77.0, 77.0, 100.0],
        [0.0, 50.0, 100.0],
        [float(n) for n in range(101)],
    ],
)
def test_few_distinct_or_well_spread_values_keep_rounded_bounds(values: list[float]) -> None:
    assert classify(values).method is Method.ARRONDIES


def test_quantiles_never_tell_fewer_values_apart_than_rounded_bounds() -> None:
    """Many equal values (zeros) make quantiles meet: all colours but one would be lost."""
    values = [*[0.0] * 100, 1.0, 2.0, 30.0, 50.0, 70.0, 100.0]
    result = classify(values)
    check(list(values), result)
    assert result.count > 1


def test_missing_values_do_not_move_those_of_others_by_quantiles_either() -> None:
    holes = [None, *POPULATIONS[:50], math.nan, *POPULATIONS[50:], None]
    result, whole = classify(holes), classify(POPULATIONS)
    assert (result.bounds, result.counts, result.method) == (
        whole.bounds,
        whole.counts,
        Method.QUANTILES,
    )
    assert tuple(m for m in result.members if m is not None) == whole.members
    assert (result.members[0], result.members[51], result.members[-1]) == (None, None, None)


def test_values_that_differ_beyond_nine_digits_are_one_value() -> None:
    result = classify([0.3, 0.1 + 0.2])
    assert result.bounds == (0.3, 0.3)
    assert result.members == (0, 0)
    assert classify([77.0, 77.0001]).count > 1


#: What a reader may ask for, « automatique » included.
METHODS = (None, *(method for method in Method if method is not Method.UNIQUE))
choices = st.builds(
    ClassChoice,
    st.sampled_from(METHODS),
    st.one_of(st.none(), st.integers(1, 7)),
    st.lists(st.one_of(published_values, st.sampled_from([math.nan, math.inf])), max_size=9).map(
        tuple
    ),
    st.sampled_from(Palette),
)
any_value = st.one_of(published_values, computed_values, st.sampled_from([0.0, 100.0]), unknown)
#: Many values of which few differ, as scores and shares of small samples are.
tied_columns = st.lists(st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0, 33.3, None]), max_size=200)
nationals = st.one_of(published_values, unknown)


def most_asked(choice: ClassChoice) -> int:
    """Give the largest number of classes that a choice allows."""
    limit = 6 if choice.palette is Palette.VIRIDIS else MAX_CLASSES
    if choice.method is Method.MANUELLES and any(map(math.isfinite, choice.bounds)):
        return min(limit, len(choice.bounds) + 1)
    return min(limit, max(2, choice.count or MAX_CLASSES))


@given(
    st.one_of(st.lists(any_value, max_size=60), tied_columns, columns, skewed_columns),
    choices,
    st.integers(0, 9),
    nationals,
    columns,
)
@settings(max_examples=600, deadline=None)
def test_by_any_method_every_value_is_in_exactly_one_class(
    values: list[float | None],
    choice: ClassChoice,
    decimals: int,
    national: float | None,
    shared: list[float | None],
) -> None:
    result = classify(values, choice, decimals=decimals, national=national, shared=shared)
    check(values, result, most_asked(choice))
    if result.method is Method.DIVERGENTES and result.below is not None:
        assert result.count <= MAX_CLASSES
        (*_, bound) = result.bounds[: result.below + 1]
        assert bound == nine_digits(national or 0)
    else:
        assert result.below is None


@given(st.one_of(st.lists(any_value, max_size=40), tied_columns), choices, nationals, st.randoms())
@settings(max_examples=200, deadline=None)
def test_the_order_of_the_territories_has_no_effect(
    values: list[float | None], choice: ClassChoice, national: float | None, chance: random.Random
) -> None:
    places = list(range(len(values)))
    chance.shuffle(places)
    one = classify(values, choice, national=national)
    other = classify([values[place] for place in places], choice, national=national)
    assert (other.bounds, other.counts, other.below) == (one.bounds, one.counts, one.below)
    assert other.members == tuple(one.members[place] for place in places)


def communes(kind: str) -> list[float | None]:
    """Give one value per commune: populations, shares of one decimal, numbers all different."""
    chance = random.Random(kind)  # noqa: S311 - the same values every time
    draw = {
        "populations": lambda: float(round(chance.lognormvariate(6, 1.3))),
        "shares": lambda: round(chance.uniform(0, 100), 1),
        "different": lambda: chance.gauss(50, 15),
    }[kind]
    return [None if chance.random() < 0.01 else draw() for _ in range(34_875)]


@pytest.mark.parametrize("kind", ["populations", "shares", "different"])
@pytest.mark.parametrize("method", METHODS)
def test_all_communes_are_classed_by_any_method(method: Method | None, kind: str) -> None:
    values = communes(kind)
    choice = ClassChoice(method, 5, (40.0, 60.0))
    started = time.perf_counter()
    result = classify(values, choice, decimals=1, national=52.3)
    seconds = time.perf_counter() - started
    check(values, result)
    assert result.method is method or method is None
    assert len(result.counts) > 1
    # Some 0.05 s where nothing else runs: what is caught here is a time growing with the square.
    assert seconds < 2


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("values", [[50.0], [50.0, None, 50.0], [0.0, 0.0], [100.0]])
def test_equal_values_make_one_class_by_any_method(
    values: list[float | None], method: Method | None
) -> None:
    result = classify(values, ClassChoice(method, bounds=(20.0,)), national=87.0)
    assert (result.method, result.count, result.below) == (Method.UNIQUE, 1, None)
    check(values, result)


@pytest.mark.parametrize("method", [m for m in METHODS if m is not Method.MANUELLES])
@pytest.mark.parametrize(
    "values", [[2.0, 3.0], [0.0, 100.0], [*[0.0] * 50, 1.0], [0.0, *[5.0] * 50]]
)
def test_two_values_are_told_apart_by_any_method(
    values: list[float], method: Method | None
) -> None:
    national = (min(values) + max(values)) / 2
    result = classify(values, ClassChoice(method), decimals=0, national=national)
    assert result.members[0] != result.members[-1]
    check(list(values), result)


@pytest.mark.parametrize(
    ("method", "bounds", "counts"),
    [
        (Method.ARRONDIES, (50, 60, 70, 80, 90, 100), (1, 4, 3, 1, 1)),
        (Method.QUANTILES, (52, 63, 69, 74, 80, 94), (2, 2, 2, 2, 2)),
        (Method.EGALES, (52, 60, 69, 77, 86, 94), (1, 3, 3, 2, 1)),
        (Method.NATURELLES, (52, 53, 64, 73, 83, 94), (1, 2, 3, 3, 1)),
        (Method.ECART_TYPE, (52, 54, 66, 78, 90, 94), (1, 2, 4, 2, 1)),
        (Method.DIVERGENTES, (52, 65, 70, 75, 80, 94), (3, 2, 1, 2, 2)),
        (Method.MANUELLES, (52, 60, 75, 90, 94), (1, 5, 3, 1)),
    ],
)
def test_each_method_on_ten_values_worked_out_by_hand(
    method: Method, bounds: tuple[float, ...], counts: tuple[int, ...]
) -> None:
    """Mean 72, standard deviation 12.1; an upper bound belongs to its class."""
    values = [52, 61, 64, 68, 70, 73, 76, 79, 83, 94]
    choice = ClassChoice(method, bounds=(60.0, 75.0, 90.0))
    result = classify(values, choice, decimals=0, national=75)
    assert (result.method, result.bounds, result.counts) == (method, bounds, counts)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=60), choices)
@settings(max_examples=200, deadline=None)
def test_quantiles_and_natural_breaks_leave_no_class_empty(
    whole: list[int], choice: ClassChoice
) -> None:
    for method in (Method.QUANTILES, Method.NATURELLES):
        asked = ClassChoice(method, choice.count, palette=choice.palette)
        assert all(classify(list(map(float, whole)), asked, decimals=0).counts)


@given(st.lists(st.integers(0, 1000).map(lambda n: n / 10), min_size=30, max_size=80, unique=True))
@settings(max_examples=100, deadline=None)
def test_a_bound_has_the_decimals_of_the_data_where_these_part_the_values(
    values: list[float],
) -> None:
    for method in (Method.QUANTILES, Method.ECART_TYPE, Method.EGALES):
        inner = classify(values, ClassChoice(method), decimals=1).bounds[1:-1]
        first = sorted(values)[1] - min(values)
        assert all(round(b, 1) == b for b in inner) or first < 0.2


def test_values_with_more_digits_than_shown_have_short_bounds() -> None:
    values = [100 * n / 997 for n in range(5, 990, 7)]
    for method in METHODS:
        result = classify(values, ClassChoice(method, bounds=(20.0, 60.0)), decimals=1, national=50)
        assert all(round(bound, 1) == bound for bound in result.bounds)
        check(list(values), result)


WAVES = ([61.0, 72.5, 80.0, None], [55.0, 66.0, 93.0, 70.0], [77.0, 77.0, 77.0, 77.0])


@pytest.mark.parametrize("method", [None, Method.ARRONDIES, Method.MANUELLES])
def test_all_waves_share_the_same_bounds(method: Method | None) -> None:
    found = set()
    for wave in WAVES:
        others = [value for other in WAVES if other is not wave for value in other]
        result = classify(wave, ClassChoice(method, bounds=(60.0, 70.0)), shared=others)
        assert sum(result.counts) == sum(is_known(value) for value in wave)
        check(wave, result)
        found.add((result.bounds, result.method))
    assert len(found) == 1


def test_waves_of_populations_share_their_quantiles() -> None:
    later = [value * 1.1 for value in POPULATIONS]
    one = classify(POPULATIONS, decimals=0, shared=later)
    other = classify(later, decimals=0, shared=POPULATIONS)
    assert one.method is other.method is Method.QUANTILES
    assert one.bounds == other.bounds
    assert one.bounds != classify(POPULATIONS, decimals=0).bounds


def test_other_waves_without_any_value_here_make_no_class() -> None:
    assert classify([None, math.nan], shared=[10.0, 20.0]) == Classes((), (), (None, None))


@given(
    st.lists(st.integers(0, 1000).map(lambda n: n / 10), min_size=2, max_size=60),
    st.integers(0, 1000).map(lambda n: n / 10),
    st.integers(3, 5),
)
@settings(max_examples=300, deadline=None)
def test_diverging_classes_have_the_national_value_between_their_arms(
    values: list[float], national: float, count: int
) -> None:
    result = classify(values, ClassChoice(Method.DIVERGENTES, count), decimals=1, national=national)
    if result.below is None:
        assert len(set(values)) == 1
        return
    assert result.bounds[result.below] == national
    assert (result.below > 0) == (min(values) < national)
    assert (result.below < result.count) == (max(values) > national)
    for value, member in zip(values, result.members, strict=True):
        assert member is not None
        if value != national:
            assert (member < result.below) == (value < national)
    distances = [abs(bound - national) for bound in result.bounds[1:-1] if bound != national]
    if distances:
        steps = [distance / min(distances) for distance in distances]
        assert all(math.isclose(step, round(step), rel_tol=1e-6) for step in steps)


@pytest.mark.parametrize("national", [40, 50, 60])
@pytest.mark.parametrize("palette", [Palette.AUTO, Palette.VIRIDIS])
@pytest.mark.parametrize(("asked", "made"), [(3, 3), (4, 4), (5, 5), (6, 5)])
def test_the_arms_are_even_where_values_lie_on_both_sides(
    national: float, palette: Palette, asked: int, made: int
) -> None:
    values = [float(n) for n in range(101)]
    choice = ClassChoice(Method.DIVERGENTES, asked, palette=palette)
    result = classify(values, choice, decimals=0, national=national)
    assert result.count == made
    assert result.below in {made // 2, made - made // 2}


def test_a_short_side_leaves_its_classes_to_the_other() -> None:
    values = [float(n) for n in range(40, 91)]
    result = classify(values, ClassChoice(Method.DIVERGENTES), decimals=0, national=87)
    assert (result.count, result.below) == (5, 4)


@pytest.mark.parametrize("national", [None, math.nan, math.inf, -math.inf])
def test_without_a_national_value_diverging_classes_are_rounded(national: float | None) -> None:
    values = [60.0, 70.0, 95.0]
    result = classify(values, ClassChoice(Method.DIVERGENTES), national=national)
    assert (result.method, result.below) == (Method.ARRONDIES, None)
    assert result == classify(values, ClassChoice(Method.ARRONDIES))


@pytest.mark.parametrize(
    ("values", "asked", "bounds", "counts"),
    [
        ([10.0, 90.0], (20.0, 60.0), (10, 20, 60, 90), (1, 0, 1)),
        ([30.0, 50.0], (20.0, 60.0), (20, 60), (2,)),
        ([30.0, 90.0], (20.0, 60.0), (20, 60, 90), (1, 1)),
        ([70.0, 90.0], (20.0, 60.0), (20, 60, 90), (0, 2)),
        ([20.0, 60.0], (60.0, 20.0, 20.0), (20, 60), (2,)),
        ([1.25, 9.75], (5.0,), (1, 5, 10), (1, 1)),
    ],
)
def test_manual_bounds_are_kept_and_the_values_give_the_outer_ones(
    values: list[float | None],
    asked: tuple[float, ...],
    bounds: tuple[float, ...],
    counts: tuple[int, ...],
) -> None:
    result = classify(values, ClassChoice(Method.MANUELLES, bounds=asked), decimals=0)
    assert (result.bounds, result.counts, result.method) == (bounds, counts, Method.MANUELLES)


@pytest.mark.parametrize("bounds", [(), (math.nan,), (math.inf, -math.inf)])
def test_manual_classes_without_a_bound_are_automatic(bounds: tuple[float, ...]) -> None:
    for values in ([60.0, 70.0, 95.0], POPULATIONS):
        assert classify(values, ClassChoice(Method.MANUELLES, bounds=bounds)) == classify(values)


def test_only_viridis_makes_six_classes() -> None:
    values = [float(n) for n in range(100)]
    for palette in Palette:
        result = classify(values, ClassChoice(Method.QUANTILES, 6, palette=palette))
        assert result.count == (6 if palette is Palette.VIRIDIS else 5)
