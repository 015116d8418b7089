"""The map's answer: joined by code only, counted, told in one sentence without comparison."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature, Observation, Reading
from territoires.domain.selection import Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.boundaries import read_boundaries
from territoires.tables.published import Published
from territoires.views.figure import value_text
from territoires.views.french import NBSP
from territoires.views.map_view import MapView, State, build_map_view
from territoires.views.selection import (
    DEFAULT_INDICATOR,
    MAP_LEVELS,
    mappable_indicators,
    waves_of,
)

DEFAULT = Selection(DEFAULT_INDICATOR, "2016-11")
NORMANDIE, OCCITANIE, BRETAGNE = "28", "76", "53"
#: Words that rank or compare; none may be said of values whose number of answers is unknown.
COMPARING = re.compile(
    r"\b(?:plus|moins) (?:élevée?s?|forte?s?|faibles?|bas|haute?s?)\b|\b(?:meilleure?s?|pires?|"
    r"premiers?|première|derniers?|dernière|en tête|devance\w*|domine\w*|record|supérieure?s?|"
    r"inférieure?s?|dépasse\w*|champion\w*|maximum|minimum|top)\b",
    re.IGNORECASE,
)


def all_selections(published: Published) -> Iterator[Selection]:
    for indicator in mappable_indicators(published):
        for level in MAP_LEVELS:
            for wave in waves_of(published, indicator.indicator_id, level):
                yield Selection(indicator.indicator_id, wave, level=level)


@pytest.fixture(scope="module")
def views(published: Published, directory: Directory) -> list[MapView]:
    built = [build_map_view(s, published, directory) for s in all_selections(published)]
    assert len(built) > 30
    return built


@pytest.fixture(scope="module")
def view(published: Published, directory: Directory) -> MapView:
    return build_map_view(DEFAULT, published, directory)


def with_observations(published: Published, changed: list[Observation]) -> Published:
    """Give the published data with other regional figures for the default indicator."""
    key = (DEFAULT_INDICATOR, Level.REGION)
    return replace(published, by_indicator={**published.by_indicator, key: tuple(changed)})


def regional(published: Published) -> list[Observation]:
    return list(published.of_indicator(DEFAULT_INDICATOR, Level.REGION))


def about(view: MapView) -> str:
    return f"{view.indicator.label} ({view.indicator.actor_label}"


def said(view: MapView) -> str:
    """Give what the sentence says, without the indicator's own name and wave."""
    assert view.sentence.startswith(about(view))
    _, _, text = view.sentence.removeprefix(about(view)).partition(") : ")
    assert text
    return text


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d\u202f\u00a0]*(?:,\d+)?", text.replace(f"{NBSP}", " "))


@pytest.mark.parametrize("level", MAP_LEVELS)
def test_rows_stand_in_the_order_of_the_boundary_file(views: list[MapView], level: Level) -> None:
    codes = read_boundaries(level)["code"].tolist()
    for built in views:
        if built.level is level:
            assert [row.id for row in built.rows] == [TerritoryId(level, code) for code in codes]


def test_every_value_stands_beside_its_own_code(
    views: list[MapView], published: Published, directory: Directory
) -> None:
    for built in views:
        expected = {
            o.territory: o.value
            for o in published.of_indicator(built.indicator.indicator_id, built.level)
            if o.wave == built.wave and o.reading is Reading.PRINCIPALE
        }
        found = {row.id: row.figure.value for row in built.rows if row.figure}
        assert found == expected
        assert all(row.name == directory.get(row.id).name for row in built.rows)
        assert not any("Codes sans territoire" in caveat for caveat in built.caveats)


def test_an_observation_whose_code_is_unknown_is_listed_not_placed(
    published: Published, directory: Directory
) -> None:
    first, *others = regional(published)
    strange = with_observations(published, [replace(first, code="99"), *others])
    built = build_map_view(DEFAULT, strange, directory)
    (told,) = [caveat for caveat in built.caveats if "Codes sans territoire" in caveat]
    assert "99" in told
    assert built.row(TerritoryId(Level.REGION, first.code)).state is State.MANQUANT


def test_only_the_main_reading_is_on_the_map(published: Published, directory: Directory) -> None:
    first, *others = regional(published)
    aside = replace(first, reading=Reading.AUTRE, value=1.0)
    built = build_map_view(
        DEFAULT, with_observations(published, [aside, first, *others, aside]), directory
    )
    assert built.row(first.territory).figure.value == first.value


def test_counts_are_those_of_the_map(views: list[MapView]) -> None:
    for built in views:
        assert sum(built.state_counts.values()) == len(built.rows)
        assert set(built.state_counts) == set(State)
        coloured = [row.class_index for row in built.rows if row.class_index is not None]
        assert sum(built.classes.counts) == len(coloured)
        for number, size in enumerate(built.classes.counts):
            assert coloured.count(number) == size
        for state, size in built.state_counts.items():
            assert sum(row.state is state for row in built.rows) == size
        assert len(built.classes.members) == len(built.rows)


def test_a_territory_has_a_class_only_with_a_number(views: list[MapView]) -> None:
    for built in views:
        for row in built.rows:
            has_number = row.figure is not None and row.figure.value is not None
            assert (row.class_index is not None) == has_number
            assert (row.state is State.MANQUANT) == (not has_number)


def test_the_default_map_shows_three_regions_of_eighteen(view: MapView) -> None:
    assert view.state_counts[State.CLASSE] == 3
    assert view.state_counts[State.MANQUANT] == 15
    assert view.row(TerritoryId(Level.REGION, NORMANDIE)).figure.value == 77
    assert view.row(TerritoryId(Level.REGION, OCCITANIE)).figure.value == 100
    assert view.row(TerritoryId(Level.REGION, BRETAGNE)).state is State.MANQUANT
    assert view.row(TerritoryId(Level.COMMUNE, "53130")) is None
    assert view.row(None) is None
    assert view.sentence == (
        "Adhésion à la dynamique partenariale (maires, novembre 2016) : 3\u00a0régions sur 18 ont "
        "une valeur publiée, de 77\u00a0% à 100\u00a0% ; France : 87\u00a0%."
    )


def test_france_is_published_or_absent_never_worked_out(
    views: list[MapView], published: Published
) -> None:
    for built in views:
        own = [
            o.value
            for o in published.of_indicator(built.indicator.indicator_id, Level.PAYS)
            if o.wave == built.wave and o.reading is Reading.PRINCIPALE
        ]
        assert [built.national.value] == own if built.national else own == []
    assert any(built.national is None for built in views)


def test_france_stays_the_same_when_regional_values_change(
    published: Published, directory: Directory
) -> None:
    zero = with_observations(published, [replace(o, value=0.0) for o in regional(published)])
    assert build_map_view(DEFAULT, zero, directory).national.value == 87
    assert "France : 87" in build_map_view(DEFAULT, zero, directory).sentence


def test_every_number_of_the_sentence_is_in_the_table(views: list[MapView]) -> None:
    for built in views:
        values = [r.figure.value for r in built.rows if r.figure and r.figure.value is not None]
        allowed = set(numbers(f"{len(values)} ; {len(built.rows)}"))
        if built.national:
            allowed |= set(numbers(built.national.text))
        for value in values:
            allowed |= set(numbers(value_text(value, built.indicator)))
        found = numbers(said(built))
        assert found
        assert set(found) <= allowed, built.sentence


def test_the_sentence_gives_both_ends_and_the_number_of_values(views: list[MapView]) -> None:
    for built in views:
        values = [r.figure.value for r in built.rows if r.figure and r.figure.value is not None]
        if not values:
            assert said(built).startswith(f"0{NBSP}")
            assert "a une valeur publiée" in said(built)
            continue
        for end in (min(values), max(values)):
            assert value_text(end, built.indicator) in said(built)
        assert str(len(values)) in said(built)


def test_a_sentence_without_national_value_says_so(views: list[MapView]) -> None:
    for built in views:
        assert ("valeur nationale non disponible" in built.sentence) == (built.national is None)


def test_no_sentence_ranks_or_compares(views: list[MapView]) -> None:
    for built in views:
        assert COMPARING.search(said(built)) is None, built.sentence


def test_unknown_answers_are_told_wherever_they_are_unknown(views: list[MapView]) -> None:
    checked = 0
    for built in views:
        figures = [row.figure for row in built.rows if row.figure]
        unknown = built.indicator.nature is Nature.ENQUETE and any(
            figure.respondents is None for figure in figures
        )
        told = any("Effectif non communiqué" in caveat for caveat in built.caveats)
        assert told == unknown
        checked += unknown
    assert checked > 10


def test_known_answers_take_the_caveat_away(published: Published, directory: Directory) -> None:
    known = with_observations(published, [replace(o, respondents=400) for o in regional(published)])
    caveats = build_map_view(DEFAULT, known, directory).caveats
    assert not any("Effectif non communiqué" in caveat for caveat in caveats)


def test_one_unknown_among_known_answers_keeps_the_caveat(
    published: Published, directory: Directory
) -> None:
    first, *others = regional(published)
    mixed = with_observations(published, [first, *(replace(o, respondents=400) for o in others)])
    caveats = build_map_view(DEFAULT, mixed, directory).caveats
    assert any("Effectif non communiqué" in caveat for caveat in caveats)


def test_every_view_names_its_wave_its_actors_and_its_sources(views: list[MapView]) -> None:
    for built in views:
        assert built.indicator.label in built.title
        assert built.indicator.actor_label in built.title
        figures = [row.figure for row in built.rows if row.figure]
        assert figures
        assert {figure.source for figure in figures} <= set(built.sources)
        assert len(set(built.sources)) == len(built.sources)
        if built.national:
            assert built.national.source in built.sources


def test_words_published_instead_of_a_number_stay_as_they_are(
    published: Published, directory: Directory
) -> None:
    """No indicator told only in words is offered, but a link or a new file may still lead there."""
    told = 0
    for indicator in published.catalogue.values():
        worded = {
            o.territory: o
            for o in published.of_indicator(indicator.indicator_id, Level.REGION)
            if o.value is None and o.reading is Reading.PRINCIPALE
        }
        for wave in {o.wave for o in worded.values()}:
            built = build_map_view(Selection(indicator.indicator_id, wave), published, directory)
            for row in built.rows:
                if row.figure and row.figure.value is None:
                    assert row.figure.text == row.figure.short_text == worded[row.id].value_text
                    assert row.class_index is None
                    told += 1
    assert told


def test_words_among_numbers_stay_as_they_are(published: Published, directory: Directory) -> None:
    first, *others = regional(published)
    worded = replace(first, value=None, value_text="en majorité")
    built = build_map_view(DEFAULT, with_observations(published, [worded, *others]), directory)
    row = built.row(first.territory)
    assert (row.figure.text, row.figure.short_text) == ("en majorité", "en majorité")
    assert (row.state, row.class_index) == (State.MANQUANT, None)
    assert built.state_counts[State.CLASSE] == len(others)


def test_building_a_view_changes_nothing_of_what_is_shared(
    published: Published, directory: Directory
) -> None:
    before = directory.frame.copy()
    assert build_map_view(DEFAULT, published, directory) == build_map_view(
        DEFAULT, published, directory
    )
    assert directory.frame.equals(before)


@pytest.mark.parametrize(
    ("values", "sizes"),
    [
        ([0.0, 0.0, 0.0], [3]),
        ([100.0, 100.0, 100.0], [3]),
        ([None, None, None], []),
        ([None, 50.0, None], [1]),
        ([0.0, 50.0, 100.0], [1, 0, 1, 0, 1]),
    ],
)
def test_few_or_equal_values_make_fewer_classes(
    published: Published,
    directory: Directory,
    values: list[float | None],
    sizes: list[int],
) -> None:
    changed = [
        replace(o, value=value, value_text="" if value is not None else "en majorité")
        for o, value in zip(regional(published), values, strict=True)
    ]
    built = build_map_view(DEFAULT, with_observations(published, changed), directory)
    assert sum(built.classes.counts) == sum(sizes)
    assert [n for n in built.classes.counts if n] == [n for n in sizes if n]
    assert built.state_counts[State.CLASSE] == sum(sizes)
