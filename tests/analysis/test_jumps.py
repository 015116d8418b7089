"""Gaps between published and new shares: told when chance does not explain them, and only then."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.analysis.jumps import JUMP_LEVEL, Jump, Pair, find_jumps
from territoires.analysis.significance import Flag, change_between

SHARES = st.floats(0, 100)
SIZES = st.integers(1, 3_000).map(float)
PAIRS = st.builds(Pair, SHARES, SIZES, SHARES, SIZES, st.floats(1, 3))


@settings(max_examples=60, deadline=None)
@given(st.lists(PAIRS, min_size=1, max_size=12))
def test_the_bounds_never_disagree_with_the_exact_test(pairs: list[Pair]) -> None:
    exact = [
        change_between(
            pair.before,
            pair.n_before,
            pair.after,
            pair.n_after,
            pair.deff,
            comparisons=len(pairs),
            alpha=JUMP_LEVEL,
        ).flag
        for pair in pairs
    ]
    told = [flag in {Flag.PLUS_HAUT, Flag.PLUS_BAS} for flag in exact]
    assert [jump is Jump.BEYOND_CHANCE for jump in find_jumps(pairs)] == told


def test_a_gap_of_large_samples_is_told_and_that_of_small_ones_is_not() -> None:
    large, small = Pair(60, 1_000, 80, 1_000), Pair(60, 10, 80, 10)
    assert find_jumps([large, small]) == [Jump.BEYOND_CHANCE, None]


@pytest.mark.parametrize(("after", "told"), [(80.0, None), (80.1, Jump.UNVERIFIABLE)])
def test_without_a_sample_only_a_gap_over_twenty_points_is_told(
    after: float, told: Jump | None
) -> None:
    for sizes in ((None, 500.0), (500.0, None), (None, None)):
        assert find_jumps([Pair(60, sizes[0], after, sizes[1])]) == [told]


def test_the_design_effect_counts_fewer_people() -> None:
    assert find_jumps([Pair(60, 200, 75, 200)]) == [Jump.BEYOND_CHANCE]
    assert find_jumps([Pair(60, 200, 75, 200, deff=3)]) == [None]


def test_many_comparisons_ask_for_more() -> None:
    pair, same = Pair(60, 200, 75, 200), Pair(60, 200, 60, 200)
    assert find_jumps([pair])[0] is Jump.BEYOND_CHANCE
    assert find_jumps([pair, *[same] * 40])[0] is None


def test_nothing_is_told_of_nothing() -> None:
    assert find_jumps([]) == []
    assert find_jumps([Pair(60, 200, 60, 200)]) == [None]


def test_at_most_one_file_in_a_hundred_without_change_tells_a_jump() -> None:
    generator = np.random.default_rng(5)
    files = 300
    told = 0
    for _ in range(files):
        before, after = generator.binomial(80, 0.8, (2, 18)) / 80 * 100
        pairs = [Pair(a, 80, b, 80) for a, b in zip(before, after, strict=True)]
        told += any(find_jumps(pairs))
    assert told <= files * 0.03


def test_a_file_of_communes_is_settled_without_a_test_for_each() -> None:
    random.seed(3)
    pairs = [
        Pair(random.uniform(0, 100), 60, random.uniform(0, 100), 60)  # noqa: S311 - no secret
        for _ in range(35_000)
    ]
    found = find_jumps(pairs)
    assert 0 < sum(jump is not None for jump in found) < len(pairs)
