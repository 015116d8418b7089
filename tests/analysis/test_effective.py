"""Effective counts: whole, never more people than asked, never further from the benchmark."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from territoires.analysis.effective import effective_counts

shares = st.floats(0, 100)
sizes = st.integers(1, 3_000)
no_deadline = hypothesis_settings(deadline=None)


@no_deadline
@given(national=shares, share=shares, size=sizes, deff=st.floats(1, 5))
@example(national=99.9, share=99.95, size=20, deff=2.0)
def test_rounding_is_towards_the_benchmark(
    national: float, share: float, size: int, deff: float
) -> None:
    count, kept = effective_counts(share, size, deff, national)
    assert 0 <= count <= kept <= size / deff + 1e-6
    if kept < size:
        moved = count - share * kept / 100
        assert abs(moved) < 1
        assert moved <= 1e-6 if share > national else moved >= -1e-6


@pytest.mark.parametrize("count", range(24))
def test_a_printed_percentage_gives_its_count_back(count: int) -> None:
    assert effective_counts(round(100 * count / 23), 23, 1, 50.0) == (count, 23)


@pytest.mark.parametrize(
    ("respondents", "deff"),
    [(0, 1), (-3, 1), (math.inf, 1), (math.nan, 1), (23, 0), (23, math.nan)],
)
def test_impossible_samples_are_refused(respondents: float, deff: float) -> None:
    with pytest.raises(ValueError, match="given"):
        effective_counts(50, respondents, deff, 50)


def test_a_design_effect_below_one_is_not_credited() -> None:
    assert effective_counts(50, 20, 0.5, 30) == effective_counts(50, 20, 1, 30) == (10, 20)
