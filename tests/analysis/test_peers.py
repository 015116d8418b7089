"""Statistical neighbours: units that crush nobody, missing values that cheat nobody."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from territoires.analysis.peers import distances_from, nearest, standardise

values = st.one_of(st.just(math.nan), st.floats(-1e6, 1e6, allow_nan=False))
matrices = arrays(np.float64, st.tuples(st.integers(2, 12), st.integers(1, 4)), elements=values)


def test_a_usual_gap_is_the_spread_of_the_middle_half() -> None:
    points = standardise([[float(i)] for i in range(101)])
    assert points[50, 0] == 0
    # The middle half goes from 25 to 75: 1.349 usual gaps.
    assert points[75, 0] - points[25, 0] == pytest.approx(1.349)


def test_an_extreme_territory_does_not_crush_the_others() -> None:
    ordinary = [[float(i)] for i in range(11)]
    alone = standardise([*ordinary, [1e9]])
    assert np.ptp(alone[:11, 0]) == pytest.approx(np.ptp(standardise(ordinary)[:, 0]), rel=0.2)


def test_a_column_that_tells_nothing_apart_counts_for_nothing() -> None:
    points = standardise([[1.0, 7.0], [2.0, 7.0], [3.0, 7.0]])
    assert (points[:, 1] == 0).all()


def test_a_column_whose_middle_half_is_one_value_still_tells_the_others_apart() -> None:
    points = standardise([[0.0]] * 9 + [[5.0]])
    assert points[9, 0] > 1
    assert (points[:9, 0] == 0).all()


def test_a_missing_value_stays_missing() -> None:
    points = standardise([[1.0, math.nan], [2.0, math.nan], [math.nan, math.nan]])
    assert np.isnan(points[:, 1]).all()
    assert np.isnan(points[2, 0])


def test_the_distance_is_euclidean_over_the_root_of_the_measures() -> None:
    points = np.array([[0.0, 0.0, 0.0], [3.0, 4.0, 0.0]])
    assert distances_from(points, 0, min_shared=1)[1] == pytest.approx(5 / math.sqrt(3))


def test_a_missing_measure_is_left_out_on_both_sides() -> None:
    points = np.array([[1.0, 1.0, math.nan], [3.0, math.nan, 0.0], [3.0, 3.0, 9.0]])
    distances = distances_from(points, 0, min_shared=1)
    # One shared gap of 2, two shared gaps of 2: as far on average.
    assert distances[1] == pytest.approx(2)
    assert distances[2] == pytest.approx(2)


def test_too_few_measures_in_common_is_no_distance() -> None:
    points = np.array([[1.0, 1.0, math.nan], [3.0, math.nan, 0.0], [3.0, 3.0, 9.0]])
    assert math.isinf(distances_from(points, 0, min_shared=2)[1])
    assert math.isfinite(distances_from(points, 0, min_shared=2)[2])


def test_a_territory_is_never_its_own_neighbour() -> None:
    points = np.zeros((4, 1))
    assert [n.row for n in nearest(points, 1, limit=9, min_shared=1)] == [0, 2, 3]


def test_only_allowed_rows_are_found() -> None:
    points = np.array([[0.0], [0.1], [0.2], [5.0]])
    allowed = np.array([True, False, True, True])
    found = nearest(points, 0, limit=2, min_shared=1, allowed=allowed)
    assert [n.row for n in found] == [2, 3]


def test_one_neighbour_per_group_and_none_of_its_own() -> None:
    points = np.array([[0.0], [0.1], [0.2], [0.3], [0.4]])
    groups = np.array([0, 0, 1, 1, 2])
    found = nearest(points, 0, limit=3, min_shared=1, groups=groups)
    assert [n.row for n in found] == [2, 4]


@given(matrices)
def test_neighbours_come_nearest_first_without_twins(matrix: np.ndarray) -> None:
    points = standardise(matrix)
    found = nearest(points, 0, limit=5, min_shared=1)
    distances = [one.distance for one in found]
    assert distances == sorted(distances)
    assert len({one.row for one in found}) == len(found)
    assert 0 not in {one.row for one in found}
    others = distances_from(points, 0, min_shared=1)
    left = [others[i] for i in range(1, len(points)) if i not in {one.row for one in found}]
    assert all(math.isfinite(distance) for distance in distances)
    if distances:
        assert not any(distance < distances[-1] for distance in left)


@given(matrices)
def test_a_distance_is_the_same_both_ways(matrix: np.ndarray) -> None:
    points = standardise(matrix)
    one, other = (distances_from(points, i, min_shared=1) for i in (0, 1))
    assert one[1] == other[0] or math.isclose(one[1], other[0])
