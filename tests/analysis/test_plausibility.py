"""Numbers that can be what they say they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.analysis.plausibility import is_reachable, rounding_slack, weighted_mean


@given(st.integers(1, 300), st.integers(0, 3), st.data())
def test_every_true_share_is_reachable_however_it_is_rounded(
    size: int, decimals: int, data: st.DataObject
) -> None:
    people = data.draw(st.integers(0, size))
    share = 100 * people / size
    for printed in (round(share, decimals), float(f"{share + 1e-12:.{decimals}f}")):
        assert is_reachable(min(printed, 100.0), size, decimals)


@pytest.mark.parametrize(
    ("share", "size", "decimals", "reachable"),
    [
        (77, 13, 0, True),
        (76.9, 13, 1, True),
        (77.3, 13, 1, False),
        (50, 7, 0, False),
        (12.5, 8, 1, True),
        (12, 8, 0, True),
        (13, 8, 0, True),
        (0, 5, 0, True),
        (100, 5, 0, True),
        (99, 5, 0, False),
    ],
)
def test_a_share_that_no_number_of_people_makes_is_found(
    share: float, size: int, decimals: int, reachable: bool
) -> None:
    assert is_reachable(share, size, decimals) is reachable


def test_rounded_parts_may_miss_a_hundred_by_half_a_unit_each() -> None:
    assert rounding_slack([0, 0, 0]) == pytest.approx(1.5)
    assert rounding_slack([1] * 5) == pytest.approx(0.25)


def test_a_mean_counts_each_value_as_its_weight_says() -> None:
    assert weighted_mean([10, 20], [1, 3]) == 17.5
    with pytest.raises(ValueError, match="positive"):
        weighted_mean([10.0], [0])
