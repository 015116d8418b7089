"""Each caveat of a map is there exactly when it should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from territoires.analysis.precision import Interval, Precision
from territoires.domain.classification import DEFAULT_CHOICE, ClassChoice, Method
from territoires.domain.indicators import Indicator, Kind, Nature, Status
from territoires.domain.selection import Mode, Selection
from territoires.domain.territories import Level
from territoires.tables.published import Published
from territoires.views import caveats as views
from territoires.views.figure import Figure, build_figure

INDICATOR = "adhesion_maires_region"
COUNT = "Un nombre ne se colore pas"
NO_SAMPLE = "ne vient pas d’un pourcentage d’échantillon"
NO_FRANCE = "La valeur de la France n’est pas publiée"
FRANCE_UNKNOWN = "La France elle-même est un échantillon"
OPTIMISTIC = "Effet de plan non communiqué"
UNMATCHED = "Codes sans territoire"
PROVISIONAL = "Valeurs provisoires"
OWN = "réserve propre"
EVERY = (
    COUNT,
    NO_SAMPLE,
    NO_FRANCE,
    FRANCE_UNKNOWN,
    OPTIMISTIC,
    UNMATCHED,
    PROVISIONAL,
    OWN,
    "France : ",
)


def map_caveats(
    indicator: Indicator,
    figures: Sequence[Figure],
    national: Figure | None,
    unmatched: Sequence[str],
    *,
    wanted: Mode,
    classes: ClassChoice = DEFAULT_CHOICE,
) -> tuple[str, ...]:
    """List the caveats of figures of territories called « Lieu 0 », « Lieu 1 »…"""
    named = [(f"Lieu {i}", figure) for i, figure in enumerate(figures)]
    asked = Selection(INDICATOR, "2016-11", mode=wanted, classes=classes)
    return views.map_caveats(indicator, named, national, unmatched, wanted=asked)


@pytest.fixture(scope="module")
def rate(published: Published) -> Indicator:
    """A survey's percentage, about which nothing need be said."""
    return replace(published.catalogue[INDICATOR], caveat="", status=Status.PUBLIE)


@pytest.fixture(scope="module")
def figure(published: Published) -> Figure:
    """A value of a known sample, whose design effect is given: nothing to be said."""
    observation = published.of_indicator(INDICATOR, Level.REGION)[0]
    known = replace(observation, respondents=400, deff=1.2, caveat="")
    return build_figure(known, published)


def told(caveats: Sequence[str]) -> set[str]:
    """Tell which of the known sentences are among the caveats; each is said once at most."""
    found = [name for name in EVERY for caveat in caveats if name in caveat]
    assert len(found) == len(set(found))
    return set(found)


def test_nothing_is_said_where_nothing_need_be(rate: Indicator, figure: Figure) -> None:
    for mode in Mode:
        assert map_caveats(rate, [figure] * 3, figure, (), wanted=mode) == ()


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("kind", Kind)
def test_a_count_says_why_it_is_not_coloured(
    rate: Indicator, figure: Figure, kind: Kind, mode: Mode
) -> None:
    indicator = replace(rate, kind=kind)
    found = told(map_caveats(indicator, [figure], figure, (), wanted=mode))
    assert (COUNT in found) == (kind is Kind.COUNT)


def test_an_amount_of_people_is_not_coloured_either(rate: Indicator, figure: Figure) -> None:
    people = replace(rate, kind=Kind.AMOUNT, unit_label="habitants")
    assert COUNT in told(map_caveats(people, [figure], figure, (), wanted=Mode.VALEUR))


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    ("nature", "kind", "unit", "sampled"),
    [
        (Nature.ENQUETE, Kind.RATE, "%", True),
        (Nature.ENQUETE, Kind.SCORE, "sur 10", False),
        (Nature.CONTEXTE, Kind.RATE, "%", False),
        (Nature.COG, Kind.RATE, "%", False),
    ],
)
def test_a_mode_without_a_sample_to_judge_says_so(
    *,
    rate: Indicator,
    figure: Figure,
    mode: Mode,
    nature: Nature,
    kind: Kind,
    unit: str,
    sampled: bool,
) -> None:
    indicator = replace(rate, nature=nature, kind=kind, unit_label=unit)
    for national in (figure, None):
        found = told(map_caveats(indicator, [figure], national, (), wanted=mode))
        assert (NO_SAMPLE in found) == (mode is not Mode.VALEUR and not sampled)
        assert (NO_FRANCE in found) == (mode is Mode.DIFFERENCE and sampled and national is None)


@pytest.mark.parametrize("mode", Mode)
def test_france_without_a_number_or_a_known_sample_is_said_only_where_compared(
    rate: Indicator, figure: Figure, mode: Mode
) -> None:
    def found(national: Figure | None) -> set[str]:
        return told(map_caveats(rate, [figure], national, (), wanted=mode))

    compared = mode is Mode.DIFFERENCE
    worded = replace(figure, value=None, text="en majorité")
    unknown = replace(figure, respondents=None, interval=None, precision=Precision.INCONNUE)
    assert (NO_FRANCE in found(None)) == compared
    assert (NO_FRANCE in found(worded)) == compared
    assert (FRANCE_UNKNOWN in found(unknown)) == compared
    assert not {NO_FRANCE, FRANCE_UNKNOWN} & found(figure)
    assert FRANCE_UNKNOWN not in found(None)


@pytest.mark.parametrize(
    ("interval", "deff", "expected"),
    [
        (Interval(70, 80), None, True),
        (Interval(70, 80), 1.0, False),
        (Interval(70, 80), 1.5, False),
        (None, None, False),
    ],
)
def test_an_interval_without_design_effect_is_said_optimistic(
    rate: Indicator, figure: Figure, interval: Interval | None, deff: float | None, expected: bool
) -> None:
    one = replace(figure, interval=interval, deff=deff)
    found = told(map_caveats(rate, [figure, one], figure, (), wanted=Mode.VALEUR))
    assert (OPTIMISTIC in found) == expected


def test_codes_that_are_no_territory_are_listed(rate: Indicator, figure: Figure) -> None:
    (caveat,) = map_caveats(rate, [figure], figure, ("98", "99"), wanted=Mode.VALEUR)
    assert caveat == "Codes sans territoire à ce niveau, non dessinés : 98, 99."


@pytest.mark.parametrize("status", Status)
def test_values_not_read_again_are_said_provisional(
    rate: Indicator, figure: Figure, status: Status
) -> None:
    found = told(
        map_caveats(replace(rate, status=status), [figure], figure, (), wanted=Mode.VALEUR)
    )
    assert (PROVISIONAL in found) == (status is Status.PROVISOIRE)


def test_the_caveat_of_the_indicator_is_said_once(rate: Indicator, figure: Figure) -> None:
    indicator = replace(rate, caveat="Réserve commune.")
    assert "Réserve commune." not in map_caveats(rate, [figure], figure, (), wanted=Mode.VALEUR)
    same = replace(figure, caveat="Réserve commune.")
    found = map_caveats(indicator, [same, same], figure, (), wanted=Mode.VALEUR)
    assert found == ("Réserve commune.",)


@pytest.mark.parametrize(
    ("caveats", "told_lines"),
    [
        (["", "", ""], []),
        (["a", "", ""], ["Lieu 0 : a"]),
        (["a", "b", "", ""], ["Lieu 0 : a", "Lieu 1 : b"]),
        (["a", "a", "a", ""], ["a"]),
        (["a", "a", "a", "b"], ["a", "Lieu 3 : b"]),
        # What most share is not said again of the one that adds to it.
        (["a.", "a.", "a. b"], ["a.", "Lieu 2 : b"]),
        ([*"abcd", *[""] * 5], ["4 valeurs portent une réserve propre, dans leur fiche."]),
    ],
)
def test_what_more_than_half_share_is_said_once_the_rest_by_name_or_counted(
    rate: Indicator, figure: Figure, caveats: list[str], told_lines: list[str]
) -> None:
    figures = [replace(figure, caveat=caveat) for caveat in caveats]
    found = map_caveats(rate, figures, figure, (), wanted=Mode.VALEUR)
    assert [caveat.replace("\u00a0", " ") for caveat in found] == told_lines


@pytest.mark.parametrize(
    ("respondents", "words"),
    [(None, "Sans effectif communiqué, aucune valeur ne se situe"), (400, "écarts bruts")],
)
def test_sides_of_the_national_value_are_raw_gaps_or_nothing(
    published: Published, rate: Indicator, figure: Figure, respondents: int | None, words: str
) -> None:
    observation = published.of_indicator(INDICATOR, Level.REGION)[0]
    sampled = build_figure(
        replace(observation, respondents=respondents, deff=1.2, caveat=""), published
    )
    choice = ClassChoice(method=Method.DIVERGENTES)
    (caveat,) = map_caveats(rate, [sampled], figure, (), wanted=Mode.VALEUR, classes=choice)
    assert words in caveat


def test_manual_classes_wait_for_their_bounds(rate: Indicator, figure: Figure) -> None:
    for bounds, said in (((), True), ((50.0,), False)):
        choice = ClassChoice(Method.MANUELLES, bounds=bounds)
        found = map_caveats(rate, [figure], figure, (), wanted=Mode.VALEUR, classes=choice)
        assert any("Tapez vos bornes" in caveat for caveat in found) == said


def test_another_wording_of_france_is_said(rate: Indicator, figure: Figure) -> None:
    france = replace(figure, statement="Une tout autre question")
    (caveat,) = map_caveats(rate, [figure], france, (), wanted=Mode.VALEUR)
    assert "n’est pas la même" in caveat


def test_the_caveat_of_france_is_said_unless_all_share_it(rate: Indicator, figure: Figure) -> None:
    france = replace(figure, caveat="Base différente.")
    alone = map_caveats(rate, [figure], france, (), wanted=Mode.VALEUR)
    assert alone == ("France : Base différente.",)
    shared = map_caveats(rate, [france, france], france, (), wanted=Mode.VALEUR)
    assert shared == ("Base différente.",)


def test_a_level_without_any_figure_has_only_what_concerns_all(rate: Indicator) -> None:
    assert map_caveats(rate, [], None, (), wanted=Mode.VALEUR) == ()
    assert told(map_caveats(rate, [], None, (), wanted=Mode.DIFFERENCE)) == {NO_FRANCE}


def test_what_is_said_of_the_territories_themselves_comes_with_the_rest(
    rate: Indicator, figure: Figure
) -> None:
    asked = Selection(INDICATOR, "2016-11")
    notes = ("Une zone déborde.", "Zones simulées.")
    named = [("Lieu", figure)]
    assert views.map_caveats(rate, named, figure, (), wanted=asked, notes=notes) == notes
