"""Territories side by side and two waves: nothing is compared beyond what the samples allow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag, Order, change_between, order_confidence
from territoires.domain.classification import ClassChoice, Method
from territoires.domain.directory import Directory
from territoires.domain.indicators import UNDATED_WAVE, Kind, Observation
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.caveats import OTHER_QUESTION
from territoires.views.comparison import (
    DEFAULT_COMPARED,
    MAX_SMALL_MAPS,
    Comparison,
    build_comparison,
    small_map_selections,
    wave_to_compare,
)
from territoires.views.comparison_sentence import UNKNOWN_SAMPLES, drawn_value, why_not_drawn
from territoires.views.comparison_waves import UNDATED, UNKNOWN, Changes, Verdict, build_changes
from territoires.views.datasets import mark_of
from territoires.views.figure import displayed_value
from territoires.views.french import format_wave
from territoires.views.link_values import MAX_COMPARED
from territoires.views.map_view import MapView, build_map_view
from territoires.views.selection import mappable_indicators, waves_of
from territoires.views.shared_classes import share_classes

Names = Mapping[TerritoryId, NameForms]
Build = Callable[[Selection], Comparison]
BuildChanges = Callable[[Selection], Changes]

DEMO = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION)
KNOWN = Selection("adhesion_maires_region", "2016-11")
COMPARING = re.compile(
    r"\b(?:plus (?:haut|bas)|avant|après|hausse|baisse|diffère|supérieur|inférieur|recouvrent|"
    r"au-delà|différence)",
)
SURE = (Precision.PRECISE, Precision.CORRECTE)
SAMPLE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def region(*codes: str) -> tuple[TerritoryId, ...]:
    return tuple(TerritoryId(Level.REGION, code) for code in codes)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:,\d+)?", re.sub(r"(?<=\d)[\u202f\u00a0 ](?=\d{3}\b)", "", text))


@pytest.fixture(scope="module")
def maps(
    datasets: tuple[Published, Published], directory: Directory, names: Names
) -> Callable[[Selection], MapView]:
    """Build each map once."""
    built: dict[Selection, MapView] = {}
    by_name = {data.dataset: data for data in datasets}

    def view(selection: Selection) -> MapView:
        seen = replace(selection, territory=None, compared=(), other_wave="")
        if seen not in built:
            built[seen] = build_map_view(seen, by_name[seen.dataset], directory, names)
        return built[seen]

    return view


@pytest.fixture(scope="module")
def build(maps: Callable[[Selection], MapView], names: Names) -> Build:
    return lambda selection: build_comparison(selection, maps(selection), names)


@pytest.fixture(scope="module")
def build_waves(
    maps: Callable[[Selection], MapView], build: Build, names: Names, demonstration: Published
) -> BuildChanges:
    def changes(selection: Selection) -> Changes:
        other = maps(replace(selection, wave=wave_to_compare(selection, demonstration)))
        return build_changes(build(selection), other, demonstration, names)

    return changes


@pytest.fixture(scope="module")
def questions(datasets: tuple[Published, Published]) -> list[Selection]:
    """Every indicator and wave published by région, in both sets."""
    found = [
        Selection(indicator.indicator_id, wave, data.dataset)
        for data in datasets
        for indicator in mappable_indicators(data)
        for wave in waves_of(data, indicator.indicator_id, Level.REGION)
    ]
    assert len({selection.dataset for selection in found}) == 2
    return found


@st.composite
def chosen(draw: st.DrawFn, codes: tuple[str, ...]) -> tuple[TerritoryId, ...]:
    size = st.lists(st.sampled_from(codes), min_size=1, max_size=MAX_COMPARED, unique=True)
    return region(*sorted(draw(size)))


def body(view: Comparison) -> str:
    """Give what the sentence says, without the indicator's own name and wave."""
    indicator = view.indicator
    start = (
        f"{mark_of(view.dataset, indicator.nature)}{indicator.label} "
        f"({indicator.actor_label}, {format_wave(view.wave)}) : "
    )
    assert view.sentence.startswith(start)
    return view.sentence.removeprefix(start)


# -- territories ---------------------------------------------------------------


@SAMPLE
@given(st.data())
def test_the_sentence_has_only_the_numbers_of_the_table(
    questions: list[Selection], build: Build, directory: Directory, data: st.DataObject
) -> None:
    codes = tuple(t.id.code for t in directory.of_level(Level.REGION))
    selection = data.draw(st.sampled_from(questions))
    view = build(replace(selection, compared=data.draw(chosen(codes))))
    told = [row.figure.text for row in view.rows if row.figure]
    told += [view.national.text] if view.national else []
    known = [number for text in told for number in numbers(text)]
    assert [number for number in numbers(body(view)) if number not in known] == []
    for row in view.rows:
        if row.figure and row.figure.value is not None and not row.figure.suppression:
            imprecise = row.figure.precision is Precision.TROP_IMPRECISE
            assert (row.figure.text in view.sentence) or imprecise


@SAMPLE
@given(st.data())
def test_nothing_is_compared_without_a_known_sample(
    questions: list[Selection], build: Build, directory: Directory, data: st.DataObject
) -> None:
    codes = tuple(t.id.code for t in directory.of_level(Level.REGION))
    selection = data.draw(st.sampled_from(questions))
    view = build(replace(selection, compared=data.draw(chosen(codes))))
    if not any(row.figure and row.figure.interval for row in view.rows):
        assert not COMPARING.search(body(view))
        assert not view.is_ranked
        assert view.pairs == ()
    unknown = any(r.figure and r.figure.precision is Precision.INCONNUE for r in view.rows)
    assert (UNKNOWN_SAMPLES in view.sentence_caveat) is unknown


@SAMPLE
@given(st.data())
def test_a_superlative_needs_an_interval_clear_of_every_other(
    questions: list[Selection], build: Build, directory: Directory, data: st.DataObject
) -> None:
    codes = tuple(t.id.code for t in directory.of_level(Level.REGION))
    selection = data.draw(st.sampled_from([q for q in questions if q.indicator_id[:5] == "demo_"]))
    view = build(replace(selection, compared=data.draw(chosen(codes))))
    text = body(view)
    intervals = [row.figure.interval if row.figure else None for row in view.rows]
    known = [interval for interval in intervals if interval]
    clear_top = any(
        all(one.low > other.high for other in known if other is not one) for one in known
    )
    clear_bottom = any(
        all(one.high < other.low for other in known if other is not one) for one in known
    )
    complete = len(known) == len(intervals) >= 2
    assert ("la plus haute" in text or "plus haute" in text) is (complete and clear_top)
    if len(known) > 2:
        assert ("plus basse" in text) is (complete and clear_bottom)


def test_the_published_values_are_shown_without_a_verdict(build: Build) -> None:
    view = build(replace(KNOWN, compared=region("28", "76", "84")))
    assert body(view) == (
        "77\u00a0% en Normandie, 100\u00a0% en Occitanie et 77\u00a0% en Auvergne-Rhône-Alpes ; "
        "France : 87\u00a0%, dans une autre formulation."
    )
    assert view.benchmark is None
    assert OTHER_QUESTION in view.caveats
    assert view.sentence_caveat == UNKNOWN_SAMPLES
    assert {row.difference for row in view.rows} == {Flag.INCONNU}


def test_places_follow_the_grammar_of_their_name(build: Build) -> None:
    text = body(build(replace(KNOWN, compared=region("04", "32", "53"))))
    assert "aucun chiffre à La Réunion, dans les Hauts-de-France et en Bretagne" in text


def test_what_is_hidden_is_told_as_hidden(build: Build) -> None:
    view = build(replace(DEMO, compared=region("06", "53")))
    assert "chiffre masqué à Mayotte (effectif insuffisant)" in view.sentence
    assert drawn_value(view.rows[0].figure) is None
    assert not view.is_ranked


def test_two_territories_whose_intervals_are_apart_are_compared(build: Build) -> None:
    assert "la part est plus haute en Bretagne qu’en Normandie" in body(
        build(replace(DEMO, compared=region("28", "53")))
    )


# -- order ---------------------------------------------------------------------


def test_a_ranking_holds_the_territories_precise_enough_and_no_other(
    questions: list[Selection], build: Build, maps: Callable[[Selection], MapView]
) -> None:
    seen = set()
    for selection in questions:
        graded = [row for row in maps(selection).rows if row.figure and row.figure.interval]
        known = [r for r in graded if r.figure and r.figure.precision in SURE]
        for rows in (graded[:4], graded[6:10], known[:3], graded[:1]):
            view = build(replace(selection, compared=tuple(row.id for row in rows)))
            sure = [row for row in view.rows if row.figure and row.figure.precision in SURE]
            assert view.is_ranked is (len(sure) > 1)
            ranked = view.rows[: len(view.rows) - len(view.unranked)]
            assert list(ranked) == (sure if view.is_ranked else [])
            values = [row.figure.value for row in ranked if row.figure]
            assert values == sorted(values, key=lambda v: -(v or 0))
            assert len(view.pairs) == len(ranked) * (len(ranked) - 1) // 2
            told = {row.id for pair in view.pairs for row in (pair.higher, pair.lower)}
            assert not told & {row.id for row in view.unranked}
            assert [row.id for row in view.unranked] == sorted(row.id for row in view.unranked)
            seen.add((view.is_ranked, bool(view.unranked)))
    assert seen >= {(True, False), (True, True), (False, True)}


def test_each_pair_is_worded_by_its_own_confidence(build: Build) -> None:
    view = build(replace(DEMO, compared=region("11", "24", "27")))
    wordings = set()
    for pair in view.pairs:
        one, other = pair.higher.figure, pair.lower.figure
        assert one is not None
        assert other is not None
        assert one.value is not None
        assert other.value is not None
        assert one.value >= other.value
        deff = max(one.deff or 1.0, other.deff or 1.0)
        confidence = order_confidence(
            one.value, one.respondents, other.value, other.respondents, deff
        )
        assert pair.order is confidence.wording
        wordings.add(pair.order)
    assert wordings == {Order.PRESQUE_SUR, Order.INCERTAIN}


def test_the_verdict_against_france_is_that_of_the_map(
    build: Build, maps: Callable[[Selection], MapView]
) -> None:
    """It must not change with the company a territory is shown in."""
    on_map = {row.id: row.difference for row in maps(DEMO).rows}
    assert Flag.PLUS_BAS in on_map.values()
    for company in (("24",), ("24", "53"), ("24", "11", "93", "76", "53")):
        for row in build(replace(DEMO, compared=region(*company))).rows:
            assert row.difference is on_map[row.id]


# -- choice --------------------------------------------------------------------


def test_without_a_choice_the_territory_in_view_comes_with_some_that_have_a_figure(
    build: Build,
) -> None:
    (normandie,) = region("28")
    view = build(replace(DEMO, territory=normandie))
    assert normandie in {row.id for row in view.rows}
    assert len(view.rows) == DEFAULT_COMPARED
    assert all(row.figure and row.figure.value is not None for row in view.rows)
    assert view.notes == (
        "Exemple : le territoire en vue et deux régions dont le chiffre est assez précis. "
        "Retirez-les et choisissez les vôtres.",
    )
    assert build(replace(DEMO, compared=(normandie, *region("53")))).notes == ()


@pytest.mark.parametrize(
    ("selection", "words"),
    [(DEMO, "trois régions dont le chiffre est assez précis"), (KNOWN, "trois régions qui ont")],
)
def test_an_example_is_told_precise_only_where_it_is(
    build: Build, selection: Selection, words: str
) -> None:
    view = build(selection)
    assert words in view.notes[0]
    sure = all(row.figure and row.figure.precision in SURE for row in view.rows)
    assert ("assez précis" in view.notes[0]) is sure


def test_why_a_territory_is_not_drawn_is_its_own_reason(
    maps: Callable[[Selection], MapView],
) -> None:
    reasons = {
        (why_not_drawn(row.figure), row.figure.precision if row.figure else None)
        for selection in (DEMO, KNOWN)
        for row in maps(selection).rows
    }
    assert reasons >= {
        ("trop imprécis", Precision.TROP_IMPRECISE),
        ("effectif insuffisant", Precision.SUPPRIMEE),
        ("pas de chiffre", None),
        ("", Precision.INCONNUE),
        ("", Precision.PRECISE),
    }
    for selection in (DEMO, KNOWN):
        for row in maps(selection).rows:
            assert bool(why_not_drawn(row.figure)) is (drawn_value(row.figure) is None)


def test_a_territory_of_another_level_is_left_aside_and_told(build: Build) -> None:
    finistere = TerritoryId(Level.DEPARTEMENT, "29")
    view = build(replace(DEMO, compared=(finistere, *region("53", "28"))))
    assert {row.id for row in view.rows} == set(region("28", "53"))
    assert view.notes == (
        "1\u00a0territoire d’un autre niveau est laissé de côté : ici se comparent des régions.",
    )


@pytest.mark.parametrize(
    ("indicator", "codes", "words"),
    [
        ("leviers_region_maires", (), "1\u00a0région seulement a un chiffre"),
        ("adhesion_maires_region", ("53", "28"), "ajoutez-en un (3\u00a0régions en ont un)"),
    ],
)
def test_fewer_than_two_figures_say_what_to_do(
    build: Build, published: Published, indicator: str, codes: tuple[str, ...], words: str
) -> None:
    wave = waves_of(published, indicator, Level.REGION)[0]
    assert words in build(Selection(indicator, wave, compared=region(*codes))).notes[-1]


def test_an_indicator_without_any_figure_is_an_honest_empty_state(
    maps: Callable[[Selection], MapView], names: Names
) -> None:
    view = maps(KNOWN)
    empty = replace(view, rows=tuple(replace(row, figure=None) for row in view.rows))
    comparison = build_comparison(KNOWN, empty, names)
    assert comparison.rows == ()
    assert comparison.notes == (
        "Aucune région n’a de chiffre pour cet indicateur et cette vague : il n’y a rien à "
        "comparer. Choisissez un autre indicateur.",
    )


# -- two waves -----------------------------------------------------------------


def test_every_change_is_tested_and_corrected_for_those_of_the_view(
    build_waves: BuildChanges, questions: list[Selection]
) -> None:
    verdicts = set()
    for selection in questions:
        if selection.dataset is Dataset.PUBLIE or not selection.indicator_id.startswith("demo_"):
            continue
        view = build_waves(replace(selection, compared=region("06", "11", "24", "53", "76")))
        assert (view.earlier, view.later) == ("2023", "2025")
        assert view.lines[-1].territory == FRANCE
        for line in view.lines:
            verdicts.add(line.verdict)
            if line.verdict is Verdict.NON_COMPARABLE:
                assert line.gap is None
                assert line.reason
                continue
            one, other = line.before, line.after
            assert one is not None
            assert other is not None
            assert one.value is not None
            assert other.value is not None
            found = change_between(
                one.value,
                one.respondents,
                other.value,
                other.respondents,
                max(one.deff or 1.0, other.deff or 1.0),
                comparisons=view.comparisons,
            )
            is_flag = {Verdict.HAUSSE: Flag.PLUS_HAUT, Verdict.BAISSE: Flag.PLUS_BAS}
            assert found.flag is is_flag.get(line.verdict, Flag.NON_SIGNIFICATIF)
            if drawn_value(one) is None or drawn_value(other) is None:
                assert line.gap is None
            else:
                assert line.gap == other.value - one.value
            known = one.respondents is not None and other.respondents is not None
            assert known
    assert {Verdict.NON_ETABLIE, Verdict.NON_COMPARABLE} <= verdicts


def test_the_earlier_wave_comes_first_whichever_is_in_view(build_waves: BuildChanges) -> None:
    later = build_waves(replace(DEMO, compared=region("11", "53")))
    earlier = build_waves(replace(DEMO, wave="2023", compared=region("11", "53")))
    assert [(x.name, x.verdict, x.gap) for x in later.lines] == [
        (x.name, x.verdict, x.gap) for x in earlier.lines
    ]


def test_the_sentence_of_the_changes_has_the_numbers_of_its_table(
    build_waves: BuildChanges, questions: list[Selection]
) -> None:
    for selection in questions:
        if not selection.indicator_id.startswith("demo_"):
            continue
        view = build_waves(replace(selection, compared=region("01", "06", "28", "93")))
        told = [f.text for line in view.lines for f in (line.before, line.after) if f]
        known = [number for text in told for number in numbers(text)]
        _, _, said = view.sentence.partition(" : " if " : " not in view.title else view.title)
        assert [number for number in numbers(said) if number not in known] == []


def with_second_wave(published: Published, **changes: object) -> Published:
    """Publish the default indicator again in 2020, as a survey could have."""
    key = ("adhesion_maires_region", Level.REGION)
    first = published.by_indicator[key]
    again = tuple(
        replace(o, observation_id=f"{o.observation_id}-2", **{"wave": "2020-11", **changes})  # type: ignore[arg-type]
        for o in first
    )
    return replace(published, by_indicator={**published.by_indicator, key: (*first, *again)})


@pytest.fixture
def of_two_waves(
    published: Published, directory: Directory, names: Names
) -> Callable[..., Changes]:
    def changes(**observed: object) -> Changes:
        data = with_second_wave(published, **observed)
        wave = str(observed.get("wave", "2020-11"))
        selection = replace(KNOWN, compared=region("28", "76"))
        first = build_map_view(selection, data, directory, names)
        other = build_map_view(replace(selection, wave=wave), data, directory, names)
        return build_changes(build_comparison(selection, first, names), other, data, names)

    return changes


def test_unknown_samples_are_not_comparable_between_waves(
    of_two_waves: Callable[..., Changes],
) -> None:
    view = of_two_waves(value=12.0)
    assert view.comparisons == 0
    assert {(x.verdict, x.reason) for x in view.lines if x.territory != FRANCE} == {
        (Verdict.NON_COMPARABLE, UNKNOWN)
    }
    assert not re.search("hausse|baisse", view.sentence)


def test_an_undated_wave_is_not_comparable(of_two_waves: Callable[..., Changes]) -> None:
    view = of_two_waves(wave=UNDATED_WAVE)
    assert UNDATED in {line.reason for line in view.lines}
    assert {line.verdict for line in view.lines} == {Verdict.NON_COMPARABLE}


def test_another_study_is_told(of_two_waves: Callable[..., Changes]) -> None:
    assert not any("études différentes" in text for text in of_two_waves().caveats)
    view = of_two_waves(study="Une autre étude")
    assert any("études différentes" in t and "Une autre étude" in t for t in view.caveats)


def test_a_large_change_between_known_samples_is_a_rise(
    demonstration: Published, directory: Directory, names: Names
) -> None:
    def observed(observation: Observation) -> Observation:
        share = 20.0 if observation.wave == "2023" else 80.0
        return replace(observation, value=share, respondents=400, deff=1.0, suppression=None)

    key = ("demo_mandat_collectif", Level.REGION)
    rows = tuple(observed(o) for o in demonstration.by_indicator[key])
    data = replace(demonstration, by_indicator={**demonstration.by_indicator, key: rows})
    selection = replace(DEMO, compared=region("28", "53"))
    first = build_map_view(selection, data, directory, names)
    other = build_map_view(replace(selection, wave="2023"), data, directory, names)
    view = build_changes(build_comparison(selection, first, names), other, data, names)
    assert [x.verdict for x in view.lines[:2]] == [Verdict.HAUSSE, Verdict.HAUSSE]
    assert [x.gap for x in view.lines[:2]] == [60.0, 60.0]
    assert "hausse en Normandie (20\u00a0% puis 80\u00a0%)" in view.sentence


# -- small maps ----------------------------------------------------------------


def test_small_maps_are_few_comparable_and_in_the_same_classes(
    questions: list[Selection],
    datasets: tuple[Published, Published],
    maps: Callable[[Selection], MapView],
) -> None:
    by_name = {data.dataset: data for data in datasets}
    kinds = set()
    for selection in questions:
        data = by_name[selection.dataset]
        chosen_maps = small_map_selections(selection, data)
        assert len(chosen_maps) == 0 or 2 <= len(chosen_maps) <= MAX_SMALL_MAPS
        indicator = data.catalogue[selection.indicator_id]
        if indicator.kind is Kind.COUNT:
            assert chosen_maps == ()
        if not chosen_maps:
            continue
        assert selection in chosen_maps
        for other in chosen_maps:
            assert indicator.is_comparable_with(data.catalogue[other.indicator_id])
        kinds.add(len({other.wave for other in chosen_maps}) > 1)
        for choice in (ClassChoice(), ClassChoice(Method.QUANTILES)):
            views = share_classes([maps(other) for other in chosen_maps], choice)
            assert len({view.classes.bounds for view in views}) == 1
            assert len({view.palette for view in views}) == 1
            for view in views:
                bounds = view.classes.bounds
                for row in view.rows:
                    value = row.figure.value if row.figure else None
                    if row.class_index is not None and value is not None:
                        value = displayed_value(value, view.indicator)
                        low, high = bounds[row.class_index], bounds[row.class_index + 1]
                        assert low <= value <= high
                assert sum(view.classes.counts) == sum(
                    row.class_index is not None for row in view.rows
                )
    assert kinds == {True, False}
