"""A figure: the interval and grade of its sample, nothing of a hidden one, units that agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from territoires.analysis.precision import Interval, Precision, grade, wilson_interval
from territoires.domain.indicators import (
    Indicator,
    Kind,
    Nature,
    Observation,
    Reading,
    Suppression,
    Usage,
)
from territoires.domain.territories import FRANCE, Level
from territoires.settings import MINIMUM_RESPONDENTS
from territoires.tables.published import Published
from territoires.views.figure import (
    SUPPRESSION_TEXTS,
    build_figure,
    build_figures,
    has_sampling_error,
    interval_text,
    national_figure,
    short_value_text,
    value_text,
)
from territoires.views.french import NBSP

INDICATOR = "adhesion_maires_region"


@pytest.fixture(scope="module")
def rate(published: Published) -> Indicator:
    return published.catalogue[INDICATOR]


@pytest.fixture(scope="module")
def observation(published: Published) -> Observation:
    """A published rate: 77 %, number of answers unknown."""
    return published.of_indicator(INDICATOR, Level.REGION)[0]


def with_indicator(published: Published, indicator: Indicator) -> Published:
    return replace(published, catalogue={**published.catalogue, indicator.indicator_id: indicator})


samples = st.builds(
    lambda share, size, deff: (share, size, deff),
    st.one_of(st.sampled_from([0.0, 50.0, 100.0]), st.floats(0, 100)),
    st.one_of(st.none(), st.integers(MINIMUM_RESPONDENTS, 5000)),
    st.one_of(st.none(), st.floats(0.5, 4)),
)


@given(st.lists(samples, min_size=1, max_size=30))
@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_many_figures_at_once_are_those_one_by_one_and_wilson_intervals(
    published: Published,
    observation: Observation,
    drawn: list[tuple[float, int | None, float | None]],
) -> None:
    column = [
        replace(observation, value=share, respondents=size, deff=deff)
        for share, size, deff in drawn
    ]
    together = build_figures(column, published)
    assert together == [build_figure(o, published) for o in column]
    for figure, (share, size, deff) in zip(together, drawn, strict=True):
        assert (figure.value, figure.respondents, figure.deff) == (share, size, deff)
        assert figure.precision is grade(share, size, deff or 1.0)
        if size is None:
            assert figure.interval is None
            continue
        expected = wilson_interval(share, size, deff or 1.0)
        assert figure.interval is not None
        assert figure.interval.low == pytest.approx(expected.low, abs=1e-9)
        assert figure.interval.high == pytest.approx(expected.high, abs=1e-9)


def test_every_figure_of_both_sets_has_the_interval_of_its_own_sample(
    datasets: tuple[Published, Published],
) -> None:
    checked = 0
    for data in datasets:
        for (name, _), column in data.by_indicator.items():
            indicator = data.catalogue[name]
            for o, figure in zip(column, build_figures(column, data), strict=True):
                if not has_sampling_error(indicator) or o.value is None or o.respondents is None:
                    assert figure.interval is None
                    continue
                assert figure.interval == wilson_interval(o.value, o.respondents, o.deff or 1.0)
                checked += 1
    assert checked > 1000


def test_a_design_effect_widens_the_interval(
    published: Published, observation: Observation
) -> None:
    plain, same, wider = (
        build_figure(replace(observation, respondents=100, deff=deff), published).interval
        for deff in (None, 1.0, 2.0)
    )
    assert plain == same
    assert wider == build_figure(replace(observation, respondents=50), published).interval
    assert wider.half_width > plain.half_width


@pytest.mark.parametrize("reason", Suppression)
def test_a_hidden_figure_is_words_without_value_interval_or_sample(
    demonstration: Published, reason: Suppression
) -> None:
    hidden = [o for o in demonstration.observations if o.suppression is reason]
    assert hidden
    for o in hidden:
        figure = build_figure(o, demonstration)
        assert figure.text == figure.short_text == SUPPRESSION_TEXTS[reason]
        assert not any(character.isdigit() for character in figure.text)
        nothing = (figure.value, figure.respondents, figure.interval, figure.deff)
        assert nothing == (None,) * 4
        assert (figure.precision, figure.suppression) == (Precision.SUPPRIMEE, reason)


def test_suppression_hides_even_what_an_observation_still_holds(
    published: Published, observation: Observation
) -> None:
    held = replace(observation, respondents=400, suppression=Suppression.EFFECTIF)
    figure = build_figure(held, published)
    assert (figure.text, figure.short_text) == ("effectif insuffisant",) * 2
    assert (figure.interval, figure.precision) == (None, Precision.SUPPRIMEE)


@pytest.mark.parametrize(
    ("nature", "kind", "unit", "expected"),
    [
        (Nature.ENQUETE, Kind.RATE, "%", True),
        (Nature.ENQUETE, Kind.RATE, "% par an", False),
        (Nature.ENQUETE, Kind.SCORE, "sur 10", False),
        (Nature.ENQUETE, Kind.COUNT, "priorités", False),
        (Nature.CONTEXTE, Kind.RATE, "%", False),
        (Nature.COG, Kind.RATE, "%", False),
    ],
)
def test_only_the_share_of_a_sample_has_an_interval(
    *,
    published: Published,
    observation: Observation,
    rate: Indicator,
    nature: Nature,
    kind: Kind,
    unit: str,
    expected: bool,
) -> None:
    indicator = replace(rate, nature=nature, kind=kind, unit_label=unit)
    assert has_sampling_error(indicator) is expected
    data = with_indicator(published, indicator)
    figure = build_figure(replace(observation, value=7.0, respondents=400), data)
    assert (figure.interval is not None) is expected
    unknown = build_figure(replace(observation, value=7.0), data)
    survey = nature is Nature.ENQUETE
    assert unknown.precision is (Precision.INCONNUE if survey else None)
    assert (figure.precision is not None) is expected


def test_what_describes_a_sample_is_counted_not_estimated(
    published: Published, observation: Observation, rate: Indicator
) -> None:
    assert not has_sampling_error(replace(rate, usage=Usage.METHODE))
    data = with_indicator(published, replace(rate, usage=Usage.METHODE))
    assert build_figure(replace(observation, respondents=400), data).interval is None


def test_words_published_instead_of_a_number_are_shown_as_they_are(
    published: Published, observation: Observation
) -> None:
    worded = replace(observation, value=None, value_text="en majorité", respondents=400)
    figure = build_figure(worded, published)
    assert (figure.text, figure.short_text) == ("en majorité", "en majorité")
    assert (figure.value, figure.interval, figure.precision) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0, "habitants", "0 habitant"),
        (1, "communes", "1 commune"),
        (1, "communautés de communes", "1 communauté de communes"),
        (1, "communautés d’agglomération", "1 communauté d’agglomération"),
        (0, "communautés urbaines", "0 communauté urbaine"),
        (2, "communes", "2 communes"),
        (2, "communautés urbaines", "2 communautés urbaines"),
        (34_875, "communes", "34 875 communes"),
    ],
)
def test_the_unit_of_a_count_agrees(rate: Indicator, value: float, unit: str, text: str) -> None:
    indicator = replace(rate, kind=Kind.COUNT, unit_label=unit)
    found = value_text(value, indicator)
    assert " " not in found.removesuffix(unit).split(NBSP)[0]
    assert found.replace(NBSP, " ").replace("\u202f", " ") == text


@pytest.mark.parametrize(
    ("unit", "decimals", "text", "short"),
    [
        ("%", 0, "7 %", "7 %"),
        ("%", 1, "7,0 %", "7,0 %"),
        ("sur 10", 1, "7,0 sur 10", "7,0"),
        ("€ par habitant", 0, "7 € par habitant", "7 €"),
        ("% par an", 1, "7,0 % par an", "7,0"),
        ("", 0, "7", "7"),
    ],
)
def test_a_table_repeats_only_a_symbol(
    rate: Indicator, unit: str, decimals: int, text: str, short: str
) -> None:
    indicator = replace(rate, kind=Kind.AMOUNT, unit_label=unit, decimals=decimals)
    assert value_text(7.0, indicator).replace(NBSP, " ") == text
    assert short_value_text(7.0, indicator).replace(NBSP, " ") == short


def test_an_interval_is_written_without_decimals() -> None:
    assert interval_text(Interval(70.6, 83.4)).replace(NBSP, " ") == "de 71 à 83 %"
    assert interval_text(Interval(0.0, 100.0)).replace(NBSP, " ") == "de 0 à 100 %"


def test_france_is_the_main_published_reading_of_the_wave(
    published: Published, rate: Indicator, observation: Observation
) -> None:
    key = (INDICATOR, FRANCE.level)
    (own, *_) = published.of_indicator(*key)
    aside = replace(own, reading=Reading.AUTRE, value=1.0)
    older = replace(own, wave="2000-01", value=2.0)
    data = replace(
        published, by_indicator={**published.by_indicator, key: (aside, older, own, aside)}
    )
    assert national_figure(data, rate, own.wave).value == own.value != aside.value
    assert national_figure(data, rate, "2000-01").value == 2.0
    assert national_figure(data, rate, "1999-01") is None
    only_regions = replace(published, by_indicator={(INDICATOR, Level.REGION): (observation,)})
    assert national_figure(only_regions, rate, observation.wave) is None


def test_other_readings_are_those_of_the_same_question_place_and_wave(
    published: Published, observation: Observation
) -> None:
    other = replace(observation, reading=Reading.AUTRE, value=64.0, statement="Autre énoncé")
    worded = replace(other, value=None, value_text="en majorité", statement="")
    strangers = (
        replace(other, wave="2000-01"),
        replace(other, code="53"),
        replace(other, reading=Reading.PRINCIPALE),
    )
    key = (INDICATOR, Level.REGION)
    elsewhere = {(INDICATOR, Level.DEPARTEMENT): (replace(other, level=Level.DEPARTEMENT),)}
    every = (observation, other, worded, *strangers)
    here = tuple(o for o in every if o.territory == observation.territory)
    data = replace(
        published,
        by_indicator={key: every, **elsewhere},
        by_territory={observation.territory: here},
    )
    readings = build_figure(observation, data).other_readings
    # One figure looks at its territory, several at their level: both find the same.
    assert build_figures((observation, observation), data)[0].other_readings == readings
    assert [reading.replace(NBSP, " ") for reading in readings] == [
        "64 % – Autre énoncé",
        "en majorité",
    ]


def test_a_hidden_reading_is_not_told_beside_another(
    published: Published, observation: Observation
) -> None:
    hidden = replace(observation, reading=Reading.AUTRE, suppression=Suppression.EFFECTIF)
    data = replace(published, by_indicator={(INDICATOR, Level.REGION): (observation, hidden)})
    assert build_figure(observation, data).other_readings == ()


def test_no_figures_of_no_observations(published: Published) -> None:
    assert build_figures((), published) == []
