"""Cells of numbers: what they are worth, and how they are written for the contract."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.domain.updates import Row
from territoires.tables.updates.values import (
    MAX_DECIMALS,
    Value,
    bounds_of,
    is_share,
    read_value,
    round_off,
    same_number,
    to_french,
    to_text,
)


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "n.d.", "ND", "nd", "N/A", "n.c.", "s.o.", "-", "–", "—", "..", "…", "(nd)"),
        *("#N/A", "ns", "Non disponible", "non communiqué", "Secret statistique", "manquant", "*"),
    ],
)
def test_words_that_say_there_is_no_value_are_missing(text: str) -> None:
    assert read_value(text, ",") == Value(None, is_missing=True)


@pytest.mark.parametrize(
    "text", ["abc", "77,5,2", "1e5", "=1+1", "environ 50", "50-60", "<5", "12 sur 20", "0x10"]
)
def test_what_is_neither_a_number_nor_missing_is_wrong(text: str) -> None:
    value = read_value(text, ",")
    assert value.number is None
    assert not value.is_missing


@pytest.mark.parametrize(
    ("text", "number", "decimals", "has_percent"),
    [
        ("77", "77", 0, False),
        ("77,5", "77.5", 1, False),
        ("77,50 %", "77.50", 2, True),
        ("77%", "77", 0, True),
        ("1 234,5", "1234.5", 1, False),
        ("−3,25", "-3.25", 2, False),
        ("0,29", "0.29", 2, False),
    ],
)
def test_a_number_is_read_as_written(
    text: str, number: str, decimals: int, has_percent: bool
) -> None:
    value = read_value(text, ",")
    assert value.number == Decimal(number)
    assert (value.decimals, value.has_percent) == (decimals, has_percent)


@given(st.integers(0, 10_000))
def test_a_proportion_times_a_hundred_is_exact(ten_thousandths: int) -> None:
    written = f"{ten_thousandths // 10_000},{ten_thousandths % 10_000:04}"
    number = read_value(written, ",").number
    assert number is not None
    assert number * 100 == Decimal(ten_thousandths) / 100


@given(st.decimals(-(10**9), 10**9, places=6))
def test_a_number_written_for_the_contract_is_the_same_number(number: Decimal) -> None:
    text = to_text(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert not text.endswith(".")
    assert text != "-0"
    assert same_number(text, str(number)) or "E" in str(number)


@pytest.mark.parametrize(
    ("text", "kept"), [("77.123456", "77.1235"), ("77.12", "77.12"), ("33.33335", "33.3334")]
)
def test_a_value_keeps_few_decimals(text: str, kept: str) -> None:
    assert round_off(Decimal(text)) == Decimal(kept)
    assert len(to_text(round_off(Decimal(text))).partition(".")[2]) <= MAX_DECIMALS


def test_nothing_is_the_same_as_nothing_alone() -> None:
    assert same_number("", "")
    assert not same_number("", "0")
    assert same_number("1.00", "1")


def test_a_number_in_a_message_is_french() -> None:
    assert to_french(Decimal("-77.50")) == "−77,5"


@pytest.mark.parametrize(
    ("unit", "kind", "low", "high"),
    [
        ("%", "rate", 0, 100),
        ("note_sur_10", "score", 0, 10),
        ("sur_4", "ratio", 0, 4),
        ("nombre", "count", 0, None),
        ("rapport", "ratio", 0, None),
        ("% par an", "rate", None, None),
        ("€ par habitant", "amount", None, None),
    ],
)
def test_an_indicator_says_what_is_possible(
    unit: str, kind: str, low: int | None, high: int | None
) -> None:
    indicator: Row = {"unit": unit, "kind": kind}
    assert bounds_of(indicator) == (low, high)
    assert is_share(indicator) is (unit == "%")


def test_a_number_that_nothing_counts_is_no_number() -> None:
    assert read_value("9" * 40, ",").number is None
    assert read_value("1" + "0" * 15, ",").number == Decimal(10**15)
    assert read_value("1" + "0" * 16, ",").number is None
