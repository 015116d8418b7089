"""« Repères »: every national figure once, one wording per axis, nothing compared blindly."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.domain.directory import Directory
from territoires.domain.indicators import Kind, Nature, Observation, Reading, Status, Usage
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE
from territoires.tables.published import Published, read_dataset
from territoires.views.datasets import EDITIONS
from territoires.views.landmarks import (
    METHOD_THEME,
    Landmark,
    ThemeView,
    build_theme_view,
    period_label,
    themes_of,
)

_COMPARISONS = re.compile(
    r"\b(plus|moins|davantage|supérieur|inférieur|hausse|baisse|progress\w+|recul\w*|premier"
    r"|première|dernier|dernière|meilleur\w*|record|tête)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def simulated(directory: Directory, published: Published) -> Published:
    return read_dataset(Dataset.DEMONSTRATION, directory.known_codes(), published)


@pytest.fixture(scope="module", params=[Dataset.PUBLIE, Dataset.DEMONSTRATION])
def data(request: pytest.FixtureRequest, published: Published, simulated: Published) -> Published:
    return published if request.param is Dataset.PUBLIE else simulated


@pytest.fixture(scope="module")
def views(data: Published) -> list[ThemeView]:
    return [build_theme_view(data, theme.slug) for theme in themes_of(data)]


def national(data: Published) -> list[Observation]:
    return [
        o
        for o in data.of_territory(FRANCE)
        if data.catalogue[o.indicator_id].nature is Nature.ENQUETE
    ]


def identity(landmark: Landmark) -> tuple[object, ...]:
    figure = landmark.figure
    return (
        landmark.indicator.indicator_id,
        figure.wave,
        figure.value,
        figure.statement,
        landmark.reading,
        figure.source.source_id,
    )


def test_every_national_survey_figure_stands_once_in_one_theme(
    data: Published, views: list[ThemeView]
) -> None:
    shown = Counter(identity(one) for view in views for one in view.landmarks)
    expected = Counter(
        (o.indicator_id, o.wave, o.value, o.statement, o.reading, o.source_id)
        for o in national(data)
    )
    assert shown == expected
    assert shown.total() > 60


def test_what_describes_a_study_stands_apart_from_results(views: list[ThemeView]) -> None:
    for view in views:
        usages = {one.indicator.usage for one in view.landmarks}
        expected = Usage.METHODE if view.theme.label == METHOD_THEME else Usage.RESULTAT
        assert usages == {expected}
        if view.theme.label == METHOD_THEME:
            assert view.questions == ()
            assert all(one.figure.interval is None for one in view.landmarks)
        else:
            assert {one.indicator.theme for one in view.landmarks} == {view.theme.label}


def test_an_axis_holds_only_what_the_catalogue_declares_comparable(
    views: list[ThemeView],
) -> None:
    for view in views:
        for question in view.questions:
            indicators = [one.indicator for one in question.landmarks]
            for indicator in indicators:
                assert all(indicator.is_comparable_with(other) for other in indicators)
                assert indicator.kind in {Kind.RATE, Kind.SCORE}
            assert len({indicator.unit_label for indicator in indicators}) == 1
            assert sum(one.is_main for one in question.landmarks) > 1
            values = [one.figure.value for one in question.landmarks]
            assert all(v is not None and 0 <= v <= question.scale for v in values)


def test_without_the_catalogue_s_word_nothing_shares_an_axis(published: Published) -> None:
    severed = {
        name: replace(indicator, comparable_with=())
        for name, indicator in published.catalogue.items()
    }
    data = replace(published, catalogue=severed)
    for theme in themes_of(data):
        for question in build_theme_view(data, theme.slug).questions:
            assert len({one.indicator.indicator_id for one in question.landmarks}) == 1


def test_a_word_of_one_side_only_is_not_enough(published: Published) -> None:
    name = "innovation_maires"
    catalogue = {
        **published.catalogue,
        name: replace(published.catalogue[name], comparable_with=()),
    }
    view = build_theme_view(replace(published, catalogue=catalogue), "adhesion-aux-alliances")
    (with_mayors,) = [
        question
        for question in view.questions
        if any(one.indicator.indicator_id == name for one in question.landmarks)
    ]
    assert {one.indicator.indicator_id for one in with_mayors.landmarks} == {name}


def test_simulated_and_published_figures_never_stand_together(
    data: Published, views: list[ThemeView]
) -> None:
    simulated = {one.indicator.status is Status.SIMULE for view in views for one in view.landmarks}
    assert simulated == {data.dataset is Dataset.DEMONSTRATION}
    for view in views:
        mark = EDITIONS[data.dataset].mark
        assert view.dataset is data.dataset
        assert view.sentence.startswith(f"{mark}«")


def test_the_matrix_counts_each_main_figure_once(views: list[ThemeView]) -> None:
    for view in views:
        main = view.counted
        assert sum(sum(counts) for _, counts in view.matrix.rows) == len(main)
        for actor, counts in view.matrix.rows:
            own = sum(one.indicator.actor_label == actor for one in main)
            assert sum(counts) == own > 0
            assert len(counts) == len(view.matrix.periods)


def test_the_numbers_of_the_sentence_are_those_of_the_tables(views: list[ThemeView]) -> None:
    for view in views:
        main = view.counted
        body = view.sentence.replace(view.theme.label, "")
        numbers = re.findall(r"\d+", body)
        assert numbers[0] == str(len(main))
        if view.theme.label == METHOD_THEME:
            continue
        known = sum(one.figure.respondents is not None for one in main)
        alone = {
            one.indicator.indicator_id
            for line in view.lines
            if not line.drawn_in
            for one in line.landmarks
        }
        questions = len(view.questions) + len(alone)
        expected = [len(view.matrix.rows), questions]
        expected = [number for number in expected if number > 1]
        if 0 < known < len(main):
            expected.append(known)
        assert numbers[1:] == [str(number) for number in expected]


def test_no_sentence_compares(views: list[ThemeView]) -> None:
    for view in views:
        assert _COMPARISONS.findall(view.sentence) == []


def test_unknown_samples_are_told_in_the_sentence(published: Published) -> None:
    view = build_theme_view(published, "adhesion-aux-alliances")
    assert {one.figure.respondents for one in view.landmarks} == {None}
    assert "aucun effectif n’est communiqué, d’où ni classement ni comparaison" in view.sentence


def test_the_two_homogeneous_waves_stand_on_one_axis(published: Published) -> None:
    """The display that mixes both cycles is a reprint, never a wave."""
    view = build_theme_view(published, "adhesion-aux-alliances")
    (question,) = [q for q in view.questions if "innovation" in q.title]
    main = {"PHARE": [], "IMPACT": []}
    for one in question.landmarks:
        if one.is_main:
            main[one.period].append(one)
        else:
            assert one.reading is Reading.REPRISE
            assert one.period not in main
    assert {len(found) for found in main.values()} == {4}
    assert [answer.label for answer in question.answers] == [
        "maires",
        "habitants",
        "entreprises",
        "associations",
    ]


def test_one_figure_under_several_wordings_is_told_once(published: Published) -> None:
    view = build_theme_view(published, "adhesion-aux-alliances")
    texts = Counter(
        (line.landmarks[0].figure.text, line.landmarks[0].indicator.actor) for line in view.lines
    )
    (shared,) = [
        line for line in view.lines if len({o.indicator.indicator_id for o in line.landmarks}) > 1
    ]
    key = (shared.landmarks[0].figure.text, shared.landmarks[0].indicator.actor)
    assert texts[key] == 1
    for one in shared.landmarks:
        assert set(one.contradictions) & set(shared.landmarks[0].contradictions)


def test_a_figure_published_once_is_counted_once_under_its_two_questions(
    views: list[ThemeView], data: Published
) -> None:
    again = 0
    for view in views:
        charts = {
            (identity(one)[1:], one.indicator.actor): question.title
            for question in view.questions
            for one in question.landmarks
            if one.is_main
        }
        for line in view.lines:
            first = line.landmarks[0]
            title = charts.get((identity(first)[1:], first.indicator.actor), "")
            assert line.drawn_in == (title if len(line.landmarks) == 1 else "")
            again += bool(line.drawn_in)
        assert len(view.counted) == sum(one.is_main for one in view.landmarks) - sum(
            bool(line.drawn_in) for line in view.lines
        )
    assert again == (data.dataset is Dataset.PUBLIE)


def test_equal_figures_without_a_known_link_stay_apart(published: Published) -> None:
    unlinked = tuple(replace(o, contradictions=()) for o in published.of_territory(FRANCE))
    by_indicator = {
        key: tuple(replace(o, contradictions=()) for o in group)
        for key, group in published.by_indicator.items()
    }
    data = replace(
        published,
        by_territory={**published.by_territory, FRANCE: unlinked},
        by_indicator=by_indicator,
    )
    for line in build_theme_view(data, "adhesion-aux-alliances").lines:
        assert len({one.indicator.indicator_id for one in line.landmarks}) == 1


def test_every_contradiction_of_a_figure_is_shown_in_its_theme(data: Published) -> None:
    for theme in themes_of(data):
        view = build_theme_view(data, theme.slug)
        wanted = {name for one in view.landmarks for name in one.contradictions}
        table = data.contradictions
        topics = set(table[table["contradiction_id"].isin(wanted)]["topic"])
        assert {item.topic for item in view.contradictions} == topics
        assert all(all(item.readings) for item in view.contradictions)


def test_answers_stand_in_the_order_of_the_catalogue(
    data: Published, views: list[ThemeView]
) -> None:
    order = {name: i for i, name in enumerate(data.catalogue)}
    for view in views:
        for question in view.questions:
            places = [order[a.landmarks[0].indicator.indicator_id] for a in question.answers]
            assert places == sorted(places)
        firsts = [order[line.landmarks[0].indicator.indicator_id] for line in view.lines]
        assert firsts == sorted(firsts)


def test_a_title_and_its_answers_give_back_the_labels(views: list[ThemeView]) -> None:
    def letters(text: str) -> str:
        return re.sub(r"[\W_]", "", text)

    for view in views:
        for question in view.questions:
            for answer in question.answers:
                label = letters(answer.landmarks[0].indicator.label)
                assert label in letters(question.title + answer.label)
                assert answer.label


def test_themes_have_distinct_names_in_a_link_and_method_comes_last(data: Published) -> None:
    themes = themes_of(data)
    assert len({theme.slug for theme in themes}) == len(themes) >= 4
    assert all(re.fullmatch(r"[a-z0-9-]{1,60}", theme.slug) for theme in themes)
    labels = [theme.label for theme in themes]
    assert METHOD_THEME not in labels[:-1]


@given(slug=st.text(max_size=30))
@settings(max_examples=25, deadline=None)
def test_an_unknown_theme_gives_way_to_the_first(published: Published, slug: str) -> None:
    themes = themes_of(published)
    expected = next((theme for theme in themes if theme.slug == slug), themes[0])
    assert build_theme_view(published, slug).theme == expected


def test_without_any_national_figure_there_is_no_theme(published: Published) -> None:
    empty = replace(published, by_territory={})
    assert themes_of(empty) == ()
    assert build_theme_view(empty, "") is None


def test_a_period_is_named_with_the_dates_of_its_figures(published: Published) -> None:
    view = build_theme_view(published, "adhesion-aux-alliances")
    for period in view.questions[0].periods:
        label = period_label(period, view.questions[0].landmarks)
        waves = {one.figure.wave for one in view.questions[0].landmarks if one.period == period}
        assert label.startswith(period)
        for wave in waves:
            assert ("sans date" if wave == "non_precisee" else wave[:4]) in label


def test_waves_of_the_simulated_set_are_its_periods(simulated: Published) -> None:
    for theme in themes_of(simulated):
        view = build_theme_view(simulated, theme.slug)
        waves = sorted({one.figure.wave for one in view.landmarks})
        assert list(view.matrix.periods) == waves
        assert len(waves) == 2
        for one in view.landmarks:
            assert one.figure.interval is not None
            assert one.figure.respondents > 0
