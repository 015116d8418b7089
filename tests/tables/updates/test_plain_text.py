"""Text that goes to a spreadsheet and comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.tables.updates.plain_text import clean, guard, neutralise, restore


@pytest.mark.parametrize(
    "text", ["=1+1", "+33 (0)1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]
)
def test_what_a_spreadsheet_would_run_is_neutralised(text: str) -> None:
    assert neutralise(text) == f"’{text}"
    assert guard(text) == f"’{text}"


@pytest.mark.parametrize("text", ["-5", "-5,2 %", "+3", "-", "--", "1 234,5", "−3", ""])
def test_a_number_or_a_dash_stays_as_it_is(text: str) -> None:
    assert guard(text) == text


@given(st.text() | st.from_regex(r"’*[=+@-].{0,5}", fullmatch=True))
def test_a_neutralised_text_comes_back_the_same(text: str) -> None:
    assert restore(neutralise(text)) == text
    assert not neutralise(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.text())
def test_a_cleaned_text_is_one_line_that_can_be_seen(text: str) -> None:
    assert all(c.isprintable() or c in "\u00a0\u202f" for c in clean(text))
