"""Text that goes to a spreadsheet and comes back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.tables.plain_text import clean, guard, neutralise, restore


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+33 (0)1",
        "-cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\t1",
        "\r1",
        " =1",
        "\u00a0=1",
        "\u202f=1",
        "\u3000=1",
        "\u200b=1",
        "\ufeff=1",
        "\x0b=1",
        "\uffff=1",
        " \u200b +1+cmd",
        "＝1+1",
        "＋1",
        "－1+1",
        "＠x",
        "﹦1",
    ],
)
def test_what_a_spreadsheet_would_run_is_neutralised(text: str) -> None:
    assert neutralise(text) == f"’{text}"
    assert guard(text) == f"’{text}"


@pytest.mark.parametrize(
    "text",
    [
        "-5",
        "-5,2 %",
        "+3",
        "-",
        "--",
        "1 234,5",
        "−3",
        "",
        " -5",
        "\u00a0-5,2",
        " - ",
        "’été",
        "  a=1",
    ],
)
def test_a_number_or_a_dash_stays_as_it_is(text: str) -> None:
    assert guard(text) == text


HOSTILE = st.text() | st.text("’ \t\r\n\u00a0\u200b\ufeff=+-@＝－1a'", max_size=8)


@given(HOSTILE)
def test_a_neutralised_text_comes_back_the_same(text: str) -> None:
    assert restore(neutralise(text)) == text
    assert restore(guard(text)) == text
    assert not neutralise(text).startswith(("\t", "\r", "\n"))
    shown = "".join(one for one in neutralise(text) if one.isprintable() and not one.isspace())
    assert not unicodedata.normalize("NFKC", shown[:1]).startswith(("=", "+", "-", "@"))


@given(st.text())
def test_a_cleaned_text_is_one_line_that_can_be_seen(text: str) -> None:
    assert all(c.isprintable() or c in "\u00a0\u202f" for c in clean(text))
