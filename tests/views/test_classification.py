"""Classes asked for by a link: good choices kept, bad ones left out with one French notice."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.domain.classification import (
    DEFAULT_CHOICE,
    MAX_CLASSES,
    MIN_CLASSES,
    ClassChoice,
    Method,
    Palette,
    most_classes,
)
from territoires.domain.selection import Selection
from territoires.views.classification import (
    DIVERGING_PALETTES,
    METHOD_LABELS,
    METHOD_NAMES,
    PALETTE_NAMES,
    offered_palettes,
    read_choice,
    with_method,
    with_palette,
)

HOSTILE = "<script>alert(1)</script>"
PARAMS = ("methode", "nombre", "bornes", "couleurs")


def read(**params: str) -> tuple[ClassChoice, list[str]]:
    notices: list[str] = []
    return read_choice(params, notices), notices


def test_a_link_without_any_choice_is_automatic() -> None:
    assert read() == (DEFAULT_CHOICE, [])
    assert read(**dict.fromkeys(PARAMS, "")) == (DEFAULT_CHOICE, [])


def test_every_choice_offered_is_read_back_from_its_link() -> None:
    for method in (None, *METHOD_NAMES):
        for palette in offered_palettes(method):
            bounds = (-5.0, 20.0, 40.5, 60.0) if method is Method.MANUELLES else ()
            for count in (None, *range(MIN_CLASSES, most_classes(palette) + 1)):
                choice = ClassChoice(method, count, bounds, palette)
                params = Selection("indicateur", "2024", classes=choice).to_params()
                assert read(**params) == (choice, [])


def test_every_method_and_every_palette_has_its_words() -> None:
    assert set(METHOD_LABELS) == set(Method)
    assert set(METHOD_NAMES) == set(Method) - {Method.UNIQUE}
    assert set(PALETTE_NAMES) == set(Palette)
    assert next(iter(PALETTE_NAMES)) is Palette.AUTO
    for words in (METHOD_LABELS, METHOD_NAMES, PALETTE_NAMES):
        assert len(set(words.values())) == len(words)


def test_two_hues_are_offered_for_two_sides_only() -> None:
    for method in (None, *Method):
        offered = offered_palettes(method)
        assert offered[0] is Palette.AUTO
        is_split = method is Method.DIVERGENTES
        assert set(offered[1:]) == {
            palette
            for palette in Palette
            if palette is not Palette.AUTO and (palette in DIVERGING_PALETTES) is is_split
        }


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("20 40 60", (20.0, 40.0, 60.0)),
        ("20;40;60", (20.0, 40.0, 60.0)),
        (" 20 ; 40,5;  60.25 ; ", (20.0, 40.5, 60.25)),
        ("20, 40, 60", (20.0, 40.0, 60.0)),
        ("60 20 40 20 20,0", (20.0, 40.0, 60.0)),
        ("-5 −2,5 0 +3", (-5.0, -2.5, 0.0, 3.0)),
        ("-0", (0.0,)),
        ("1\u00a0000 20\u202f000", (1000.0, 20_000.0)),
        ("1e+06 2.5e6", (1_000_000.0, 2_500_000.0)),
        ("0,1234567891", (0.123457,)),
        ("1000000000000", (1e12,)),
    ],
)
def test_bounds_are_read_as_french_readers_write_them(text: str, bounds: tuple[float, ...]) -> None:
    choice, notices = read(methode="manuelles", bornes=text)
    assert choice == ClassChoice(Method.MANUELLES, bounds=bounds)
    assert notices == []
    assert all(math.copysign(1, bound) > 0 for bound in choice.bounds if bound == 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("abc", "ce ne sont pas des nombres lisibles"),
        ("20 abc 60", "ce ne sont pas des nombres lisibles"),
        ("20,40,60", "ce ne sont pas des nombres lisibles"),
        ("NaN", "ce ne sont pas des nombres lisibles"),
        ("inf", "ce ne sont pas des nombres lisibles"),
        ("-Infinity 20", "ce ne sont pas des nombres lisibles"),
        ("1e999", "ce ne sont pas des nombres lisibles"),
        ("1e13", "ce ne sont pas des nombres lisibles"),
        ("1000000000001", "ce ne sont pas des nombres lisibles"),
        ("0x10", "ce ne sont pas des nombres lisibles"),
        ("1_000", "ce ne sont pas des nombres lisibles"),
        ("٢٠", "ce ne sont pas des nombres lisibles"),
        (";", "ce ne sont pas des nombres lisibles"),
        (HOSTILE, f"« {HOSTILE} » sont laissées de côté"),
        ("1 2 3 4 5", "il y en a 5. Possible : de 1 à 4 nombres"),
        (" ".join(map(str, range(10_000))), "il y en a 10000"),
        ("9" * 100_000, "ce ne sont pas des nombres lisibles"),
    ],
)
def test_bounds_that_cannot_be_used_are_left_out_and_told(text: str, words: str) -> None:
    choice, notices = read(methode="manuelles", bornes=text)
    assert choice == ClassChoice(Method.MANUELLES)
    assert len(notices) == 1
    assert words in notices[0]
    assert len(notices[0]) < 400


def test_manual_classes_may_wait_for_their_bounds() -> None:
    assert read(methode="manuelles") == (ClassChoice(Method.MANUELLES), [])


def test_viridis_takes_one_class_more() -> None:
    bounds = (1.0, 2.0, 3.0, 4.0, 5.0)
    choice, notices = read(methode="manuelles", bornes="1 2 3 4 5", couleurs="viridis", nombre="6")
    assert choice == ClassChoice(Method.MANUELLES, 6, bounds, Palette.VIRIDIS)
    assert notices == []


@pytest.mark.parametrize(
    ("params", "kept", "words"),
    [
        ({"methode": "jenks"}, DEFAULT_CHOICE, "La méthode de classes « jenks » n’existe pas"),
        ({"methode": "unique"}, DEFAULT_CHOICE, "La méthode de classes « unique » n’existe pas"),
        ({"methode": HOSTILE}, DEFAULT_CHOICE, f"« {HOSTILE} » n’existe pas"),
        ({"methode": "QUANTILES"}, DEFAULT_CHOICE, "arrondies, quantiles, egales, naturelles"),
        ({"nombre": "2"}, DEFAULT_CHOICE, "Le nombre de classes « 2 » n’est pas possible"),
        ({"nombre": "6"}, DEFAULT_CHOICE, "de 3 à 5 (6 avec les couleurs viridis)"),
        ({"nombre": "7", "couleurs": "viridis"}, ClassChoice(palette=Palette.VIRIDIS), "« 7 »"),
        ({"nombre": "5.0"}, DEFAULT_CHOICE, "« 5.0 »"),
        ({"nombre": "-3"}, DEFAULT_CHOICE, "« -3 »"),
        ({"nombre": "٣"}, DEFAULT_CHOICE, "« ٣ »"),
        ({"nombre": "NaN"}, DEFAULT_CHOICE, "« NaN »"),
        ({"nombre": HOSTILE}, DEFAULT_CHOICE, HOSTILE),
        ({"couleurs": "rdylgn"}, DEFAULT_CHOICE, "« rdylgn » n’existent pas"),
        ({"couleurs": HOSTILE}, DEFAULT_CHOICE, HOSTILE),
        ({"couleurs": "puor"}, DEFAULT_CHOICE, "ne servent que de part et d’autre"),
        (
            {"methode": "divergentes", "couleurs": "blues"},
            ClassChoice(Method.DIVERGENTES),
            "ne distinguent pas les deux côtés de la valeur nationale",
        ),
        (
            {"methode": "divergentes", "couleurs": "blues", "nombre": "4"},
            ClassChoice(Method.DIVERGENTES, 4),
            "Possibles : auto, puor, rdbu.",
        ),
        (
            {"methode": "quantiles", "bornes": "20 40"},
            ClassChoice(Method.QUANTILES),
            "elles ne servent qu’avec methode=manuelles",
        ),
        ({"bornes": "20 40"}, DEFAULT_CHOICE, "elles ne servent qu’avec methode=manuelles"),
    ],
)
def test_a_bad_value_is_left_out_and_told(
    params: dict[str, str], kept: ClassChoice, words: str
) -> None:
    choice, notices = read(**params)
    assert choice == kept
    assert len(notices) == 1
    assert words in notices[0]


def test_all_bad_values_are_told_at_once_and_quoted_short() -> None:
    choice, notices = read(**dict.fromkeys(PARAMS, "x" * 100_000))
    assert choice == DEFAULT_CHOICE
    assert len(notices) == len(PARAMS)
    assert all(len(notice) < 400 for notice in notices)


words = st.one_of(
    st.text(max_size=30),
    st.sampled_from([*Method, *Palette, "3", "4", "5", "6", "NaN", "1e999", HOSTILE]),
    st.lists(st.floats(), max_size=8).map(lambda found: " ".join(map(str, found))),
)


@given(st.dictionaries(st.sampled_from(PARAMS), words))
@settings(max_examples=300, deadline=None)
def test_any_link_gives_a_choice_that_is_offered(params: dict[str, str]) -> None:
    choice, notices = read(**params)
    assert len(notices) <= len(params)
    assert choice.method in {None, *METHOD_NAMES}
    assert choice.palette in offered_palettes(choice.method)
    assert choice.count is None or MIN_CLASSES <= choice.count <= most_classes(choice.palette)
    assert len(choice.bounds) < most_classes(choice.palette)
    assert list(choice.bounds) == sorted(set(choice.bounds))
    assert all(math.isfinite(bound) for bound in choice.bounds)
    assert not choice.bounds or choice.method is Method.MANUELLES


@given(
    st.sampled_from([None, *METHOD_NAMES]),
    st.sampled_from([None, *METHOD_NAMES]),
    st.data(),
)
def test_a_change_of_method_or_colours_makes_a_link_without_a_notice(
    first: Method | None, second: Method | None, data: st.DataObject
) -> None:
    palette = data.draw(st.sampled_from(offered_palettes(first)))
    count = data.draw(st.sampled_from([None, 3, 4, 5, most_classes(palette)]))
    bounds = (1.0, 2.0, 3.0, 4.0, 5.0)[: most_classes(palette) - 1]
    choice = ClassChoice(first, count, bounds if first is Method.MANUELLES else (), palette)
    changed = with_method(choice, second)
    assert changed.method is second
    for colours in offered_palettes(second):
        wanted = with_palette(changed, colours)
        assert wanted.palette is colours
        params = Selection("indicateur", "2024", classes=wanted).to_params()
        assert read(**params) == (wanted, [])


def test_a_change_drops_only_what_no_longer_fits() -> None:
    six = ClassChoice(Method.QUANTILES, 6, palette=Palette.VIRIDIS)
    assert with_method(six, Method.EGALES) == ClassChoice(Method.EGALES, 6, palette=Palette.VIRIDIS)
    assert with_method(six, Method.DIVERGENTES) == ClassChoice(Method.DIVERGENTES)
    assert with_palette(six, Palette.BLUES) == ClassChoice(Method.QUANTILES, palette=Palette.BLUES)
    four = ClassChoice(Method.DIVERGENTES, 4, palette=Palette.RDBU)
    assert with_method(four, None) == ClassChoice(None, 4)
    manual = ClassChoice(Method.MANUELLES, bounds=(20.0,))
    assert with_method(manual, Method.MANUELLES) == manual
    assert with_method(manual, Method.EGALES) == ClassChoice(Method.EGALES)
    assert most_classes(Palette.BLUES) == MAX_CLASSES
