"""Each caveat of a map is there exactly when it should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from territoires.analysis.precision import Interval, Precision
from territoires.domain.indicators import Indicator, Kind, Nature, Status
from territoires.domain.selection import Mode
from territoires.domain.territories import Level
from territoires.tables.published import Published
from territoires.views.caveats import map_caveats
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
    ("caveats", "shared", "own"),
    [
        (["", "", ""], [], ""),
        (["a", "", ""], [], "1 valeur porte une réserve propre"),
        (["a", "b", "", ""], [], "2 valeurs portent une réserve propre"),
        (["a", "a", "", ""], [], "2 valeurs portent une réserve propre"),
        (["a", "a", "a", ""], ["a"], ""),
        (["a", "a", "a", "b"], ["a"], "1 valeur porte une réserve propre"),
    ],
)
def test_what_more_than_half_share_is_said_the_rest_is_counted(
    rate: Indicator, figure: Figure, caveats: list[str], shared: list[str], own: str
) -> None:
    figures = [replace(figure, caveat=caveat) for caveat in caveats]
    found = [
        caveat.replace("\u00a0", " ")
        for caveat in map_caveats(rate, figures, figure, (), wanted=Mode.VALEUR)
    ]
    assert [caveat for caveat in found if OWN not in caveat] == shared
    counted = [caveat.partition(" :")[0] for caveat in found if OWN in caveat]
    assert counted == ([own] if own else [])


def test_the_caveat_of_france_is_said_unless_all_share_it(rate: Indicator, figure: Figure) -> None:
    france = replace(figure, caveat="Base différente.")
    alone = map_caveats(rate, [figure], france, (), wanted=Mode.VALEUR)
    assert alone == ("France : Base différente.",)
    shared = map_caveats(rate, [france, france], france, (), wanted=Mode.VALEUR)
    assert shared == ("Base différente.",)


def test_a_level_without_any_figure_has_only_what_concerns_all(rate: Indicator) -> None:
    assert map_caveats(rate, [], None, (), wanted=Mode.VALEUR) == ()
    assert told(map_caveats(rate, [], None, (), wanted=Mode.DIFFERENCE)) == {NO_FRANCE}
