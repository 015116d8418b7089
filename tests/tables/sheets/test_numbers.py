from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.tables.sheets import find_decimal, read_number

SPACES = [" ", "\u00a0", "\u202f", "\u2009"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("77", 77.0),
        (" 77 ", 77.0),
        ("+77", 77.0),
        ("-3", -3.0),
        ("\u22123,5", -3.5),
        ("\u20133,5", -3.5),
        ("77,5", 77.5),
        ("77.5", 77.5),
        ("77\u00a0%", 77.0),
        ("77,5%", 77.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0),
        ("1,234,567", 1234567.0),
        (",5", 0.5),
        (".5", 0.5),
        ("0.123", 0.123),
        # Nothing tells: French first.
        ("1,234", 1.234),
        ("1.234", 1234.0),
        *((f"1{space}234{space}567,5", 1234567.5) for space in SPACES),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "nan", "NaN", "inf", "-inf", "1e5", "1E5", "1_000", "0x10", "12 34", "1 23 456",
        "1,2,3", "1.2.3", "1,23.4", "1.23,4", "--5", "+-5", "- 5", "%", "-", "+", ",", ".", "5,",
        "5.", "77 %%", "٧٧", "²", "１２", "12a", "=1+1", "2024-11", "12/5", "1'234", "9" * 400,
        "0.123.456", "01.234,5",
    ],
)  # fmt: skip
def test_what_is_not_plainly_a_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_with_a_decimal_sign_the_other_one_parts_thousands_only() -> None:
    assert read_number("1.234", ",") == 1234.0
    assert read_number("1.234", ".") == 1.234
    assert read_number("1,234", ".") == 1234.0
    assert read_number("77.5", ",") is None
    assert read_number("77,5", ".") is None
    assert read_number("0.123", ",") is None


def test_an_unknown_decimal_sign_is_found_in_the_cell() -> None:
    assert read_number("77.5", "x") == 77.5


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["77,5", "12"], ","),
        (["77.5", "12"], "."),
        (["1.234,5"], ","),
        (["1,234.5"], "."),
        (["1.234", "77.5"], "."),
        (["1.234.567", "1.234"], ","),
        (["77,5", "8,1", "7.5"], ","),
        (["0.123"], "."),
        (["texte, avec. des signes", "2024.11.01"], ","),
        (["1.234", "1,234"], ","),
        ([], ","),
    ],
)
def test_the_decimal_sign_is_the_one_most_cells_need(cells: list[str], sign: str) -> None:
    assert find_decimal(cells) == sign


@given(st.text(max_size=60), st.sampled_from(["", ",", "."]))
def test_any_text_is_read_or_is_none(text: str, decimal: str) -> None:
    value = read_number(text, decimal)
    assert value is None or abs(value) < 1e41


@given(
    st.integers(-(10**12), 10**12),
    st.integers(0, 999_999),
    st.sampled_from([",", "."]),
    st.sampled_from(["", *SPACES]),
)
def test_a_number_written_in_french_or_english_is_read_back(
    whole: int, part: int, sign: str, space: str
) -> None:
    text = f"{whole:,}".replace(",", space) + f"{sign}{part:06}"
    minus = -1 if whole < 0 else 1
    assert read_number(text, sign) == pytest.approx(whole + minus * part / 1e6, rel=1e-12)
