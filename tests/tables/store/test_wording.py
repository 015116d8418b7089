"""Texts people give are kept as they read them, and cleaning them twice changes nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.tables.store.wording import clean, clean_lines, read_date, say_now

texts = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ana Lyste", "Ana Lyste"),
        ("L’Île-de-France\u00a0: 77\u202f%", "L’Île-de-France\u00a0: 77\u202f%"),
        (" a\t b\r\nc ", "a b c"),
        ("a\u200b \u200bb", "a b"),
        ("a\x00\x1b[0mb", "a[0mb"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\ud800", ""),
    ],
)
def test_what_does_not_show_is_left_out(written: str, kept: str) -> None:
    assert clean(written) == kept


@given(texts)
def test_a_clean_text_is_on_one_line_shows_whole_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert len(once.splitlines()) <= 1
    assert not {unicodedata.category(character) for character in once} & {"Cc", "Cf", "Cs"}
    once.encode()


@given(texts, st.integers(0, 20))
def test_a_text_cut_is_clean_too(text: str, limit: int) -> None:
    cut = clean(text, limit)
    assert len(cut) <= limit
    assert clean(cut) == cut


@given(texts)
def test_lines_cleaned_twice_are_the_same(text: str) -> None:
    assert clean_lines(clean_lines(text)) == clean_lines(text)


def test_an_instant_comes_back_with_its_zone() -> None:
    assert read_date(say_now()).utcoffset() is not None
    assert read_date(say_now()) >= read_date("2026-01-01T00:00:00+00:00")
