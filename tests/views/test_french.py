"""Numbers, dates and lists as French readers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.domain.indicators import Kind
from territoires.domain.territories import Level
from territoires.tables.published import Published
from territoires.views.french import (
    ATTRIBUTION,
    LEVEL_LABELS,
    LEVEL_PLURALS,
    NBSP,
    actor_label,
    agree,
    count,
    format_number,
    format_source_date,
    format_value,
    format_wave,
    join_words,
    say_of,
    short_unit,
    singular,
)

THIN = "\u202f"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (77.0, 0, "77"),
        (34875, 0, f"34{THIN}875"),
        (68_094_000, 0, f"68{THIN}094{THIN}000"),
        (12.5, 1, "12,5"),
        (12, 1, "12,0"),
        (-3.25, 2, "-3,25"),
        (100, 0, "100"),
    ],
)
def test_a_number_has_a_comma_and_thin_spaces(value: float, decimals: int, text: str) -> None:
    # Babel's narrow space has changed between versions of CLDR: any no-break space is French.
    assert format_number(value, decimals).replace(NBSP, THIN) == text


@given(st.integers(-(10**9), 10**9))
def test_a_number_is_never_cut_by_an_ordinary_space(value: int) -> None:
    text = format_number(value)
    assert " " not in text
    assert int(text.replace(THIN, "").replace(NBSP, "")) == value


def test_a_value_holds_to_its_unit_by_a_no_break_space() -> None:
    assert format_value(77, 0, "%") == f"77{NBSP}%"
    assert format_value(7.1, 1, "sur 10") == f"7,1{NBSP}sur 10"
    assert format_value(77, 0, "") == "77"


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("%", "%"),
        ("sur 10", "sur 10"),
        ("12345678", "12345678"),
        ("123456789", "123456789"),
        ("€ par habitant", "€"),
        ("", ""),
    ],
)
def test_a_long_unit_is_cut_at_its_first_word(unit: str, text: str) -> None:
    assert short_unit(unit) == text


@pytest.mark.parametrize(
    ("wave", "text"),
    [
        ("2016-11", "novembre 2016"),
        ("2015-09", "septembre 2015"),
        ("2026-01", "janvier 2026"),
        ("2025-T1", "1er trimestre 2025"),
        ("2025-T4", "4e trimestre 2025"),
        ("2026", "2026"),
        ("non_precisee", "vague non précisée"),
    ],
)
def test_a_wave_is_written_in_french(wave: str, text: str) -> None:
    assert format_wave(wave) == text


@pytest.mark.parametrize("wave", ["2025-T5", "20-11", "<script>", "2016-11-03", ""])
def test_a_wave_of_another_form_stays_as_it_is(wave: str) -> None:
    assert format_wave(wave) == wave


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 région"), (1, "1 région"), (2, "2 régions"), (18, "18 régions")]
)
def test_the_french_plural_begins_at_two(number: int, text: str) -> None:
    assert count(number, "région").replace(NBSP, " ") == text


def test_an_irregular_plural_is_given() -> None:
    assert count(2, "acteur nommé", "acteurs nommés").endswith("acteurs nommés")
    assert count(1, "acteur nommé", "acteurs nommés").endswith("acteur nommé")


@pytest.mark.parametrize(("number", "form"), [(0, "un"), (1, "un"), (2, "des"), (350, "des")])
def test_none_and_one_are_singular(number: int, form: str) -> None:
    assert agree(number, "un", "des") == form


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("communes", "commune"),
        ("habitants", "habitant"),
        ("communautés de communes", "communauté de communes"),
        ("communautés d’agglomération", "communauté d’agglomération"),
        ("communautés urbaines", "communauté urbaine"),
        ("structures locales d’appui", "structure locale d’appui"),
        ("unions d’acteurs", "union d’acteurs"),
        ("€", "€"),
        ("", ""),
    ],
)
def test_the_singular_touches_the_noun_and_its_adjectives_not_its_complement(
    plural: str, expected: str
) -> None:
    assert singular(plural) == expected


def test_every_unit_of_a_count_has_a_singular(datasets: tuple[Published, Published]) -> None:
    """A unit that French writes alike for one and for several would need a word of its own."""
    units = {
        indicator.unit_label
        for data in datasets
        for indicator in data.catalogue.values()
        if indicator.kind is Kind.COUNT
    }
    assert len(units) > 5
    for unit in units:
        head = unit.split(" de ")[0].split(" d’")[0]
        assert all(word.endswith("s") for word in head.split()), unit
        assert not {"pays", "mois", "fois", "temps"} & set(head.split()), unit
        assert singular(unit) != unit


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("citoyens", "habitants"),
        ("elus", "élus"),
        ("non_precise", "acteur non précisé"),
        ("maires", "maires"),
        ("cadres_territoriaux", "cadres territoriaux"),
    ],
)
def test_an_actor_is_named_without_its_code(code: str, name: str) -> None:
    assert actor_label(code) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-10-17", "17 octobre 2024"),
        ("2023-10-01", "1er octobre 2023"),
        ("2023-10-11", "11 octobre 2023"),
        ("2023-10", "octobre 2023"),
        ("2021", "2021"),
        ("non datée", "non datée"),
        ("2024-10-17T00:00", "2024-10-17T00:00"),
    ],
)
def test_the_date_of_a_source_is_written_as_far_as_it_is_known(text: str, expected: str) -> None:
    assert format_source_date(text) == expected


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_words_are_joined_as_a_french_list(words: list[str], text: str) -> None:
    assert join_words(words) == text


def test_every_level_has_a_name_and_a_plural() -> None:
    assert set(LEVEL_LABELS) == set(LEVEL_PLURALS) == set(Level)


def test_the_attribution_names_its_sources_and_licence() -> None:
    for name in ("IGN", "ADMIN EXPRESS", "INSEE", "Licence Ouverte 2.0"):
        assert name in ATTRIBUTION


def test_a_day_that_does_not_exist_is_shown_as_written() -> None:
    assert format_source_date("2024-02-30") == "2024-02-30"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Laval", "de Laval"),
        ("Angers", "d’Angers"),
        ("Le Mans", "du Mans"),
        ("Les Herbiers", "des Herbiers"),
        ("La Rochelle", "de La Rochelle"),
        ("Lens", "de Lens"),
    ],
)
def test_a_name_melts_into_the_preposition_as_it_is_said(name: str, said: str) -> None:
    assert say_of(name) == said
