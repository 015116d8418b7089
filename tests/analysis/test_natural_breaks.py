"""Natural breaks: the least spread there is, found without trying everything."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from territoires.analysis.natural_breaks import natural_breaks

numbers = st.one_of(
    st.integers(0, 20).map(float),
    st.integers(-10_000_000, 10_000_000).map(lambda n: n / 1000),
)


def spread(values: list[float], breaks: tuple[float, ...]) -> float:
    """Sum the squared distances of the values to the mean of their class."""
    total = 0.0
    for low, high in pairwise((-math.inf, *breaks, math.inf)):
        members = [value for value in values if low < value <= high]
        mean = math.fsum(members) / len(members)
        total += math.fsum((value - mean) ** 2 for value in members)
    return total


@given(st.lists(numbers, min_size=1, max_size=12), st.integers(1, 6))
@settings(max_examples=300, deadline=None)
@example([1.0, 1.0, 1.0, 2.0, 9.0, 9.0], 2)
def test_no_other_classes_have_less_spread(values: list[float], classes: int) -> None:
    found = natural_breaks(values, classes)
    distinct = sorted(set(values))
    parts = min(classes, len(distinct))
    assert len(found) == parts - 1
    assert set(found) <= set(distinct[:-1])
    assert list(found) == sorted(set(found))
    least = min(spread(values, breaks) for breaks in combinations(distinct[:-1], parts - 1))
    assert spread(values, found) <= least + 1e-9 * max(1.0, spread(values, ()))


@given(st.lists(st.integers(0, 1000).map(float), min_size=20, max_size=60), st.integers(2, 6))
@settings(max_examples=25, deadline=None)
@pytest.mark.filterwarnings("ignore")
def test_mapclassify_finds_nothing_better(values: list[float], classes: int) -> None:
    import mapclassify
    import numpy as np

    if len(set(values)) < 2 * classes:
        return
    theirs = tuple(map(float, mapclassify.FisherJenks(np.array(values), k=classes).bins[:-1]))
    assert spread(values, natural_breaks(values, classes)) <= spread(values, theirs) + 1e-6


def test_three_groups_are_found() -> None:
    values = [1.0, 2.0, 3.0, 40.0, 41.0, 42.0, 43.0, 90.0, 91.0]
    assert natural_breaks(values, 3) == (3.0, 43.0)


def test_a_thousand_equal_values_weigh_as_much() -> None:
    """One value far away is a class of its own only if it is alone to gain from it."""
    assert natural_breaks([0.0, *[10.0] * 1000, *[11.0] * 1000], 2) == (10.0,)
    assert natural_breaks([0.0, 10.0, 11.0], 2) == (0.0,)


@pytest.mark.parametrize("values", [[], [5.0], [5.0, 5.0, 5.0]])
def test_nothing_to_part_gives_no_break(values: list[float]) -> None:
    assert natural_breaks(values, 5) == ()
    assert natural_breaks([1.0, 2.0], 1) == ()


@pytest.mark.parametrize("scale", [1e-300, 1e-12, 1.0, 1e12, 1e300])
def test_the_unit_of_the_values_has_no_effect(scale: float) -> None:
    values = [1.0, 2.0, 3.0, 40.0, 41.0, 42.0, 90.0, 91.0]
    assert natural_breaks([v * scale for v in values], 3) == (3.0 * scale, 42.0 * scale)
