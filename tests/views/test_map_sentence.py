"""The map's sentence: the numbers of its table, no claim that the samples do not carry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.french import NBSP, format_number
from territoires.views.map_view import MapView, build_map_view
from tests.views.selections import all_selections

Names = Mapping[TerritoryId, NameForms]
#: Words that rank or compare; none may be said of values whose number of answers is unknown.
COMPARING = re.compile(
    r"\b(?:plus|moins) (?:élevée?s?|forte?s?|faibles?|bas(?:se)?s?|haute?s?)\b|\b(?:meilleure?s?|"
    r"pires?|premiers?|première|derniers?|dernière|en tête|devance\w*|domine\w*|record|"
    r"supérieure?s?|inférieure?s?|dépasse\w*|champion\w*|maximum|minimum|top|diffèr\w*)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def views(datasets: tuple[Published, Published], zoned: Directory, names: Names) -> list[MapView]:
    return [
        build_map_view(selection, data, zoned, names)
        for data in datasets
        for selection in all_selections(data)
    ]


def said(view: MapView) -> str:
    """Give what the sentence says, without its mark, the indicator's name and the wave."""
    about = f"{view.mark}{view.indicator.label} ("
    assert view.sentence.startswith(about)
    place = f", {view.place}" if view.place else ""
    _, _, text = view.sentence.removeprefix(about).partition(f"){place} : ")
    assert text
    return text


def numbers(text: str) -> list[str]:
    return re.findall(r"-?\d[\d\u202f\u00a0]*(?:,\d+)?", text.replace(f"{NBSP}%", " %"))


def stripped(found: list[str]) -> set[str]:
    return {number.strip("\u00a0\u202f") for number in found}


def test_every_number_of_the_sentence_is_in_the_table(views: list[MapView]) -> None:
    for view in views:
        figures = [row.figure for row in view.rows if row.figure]
        texts = [figure.text for figure in figures]
        if view.national:
            texts.append(view.national.text)
        counts = {len(view.rows)}
        counts |= {sum(f.value is not None for f in figures)}
        for grade in Precision:
            counts |= {sum(figure.precision is grade for figure in figures)}
        coloured = [f for f in figures if f.value is not None]
        counts |= {sum(f.precision is not Precision.TROP_IMPRECISE for f in coloured)}
        flags = [row.difference for row in view.rows]
        tested = [f for f in flags if f not in {None, Flag.INCONNU}]
        counts |= {len(tested), sum(f is not Flag.NON_SIGNIFICATIF for f in tested)}
        counts |= {flags.count(Flag.PLUS_HAUT), flags.count(Flag.PLUS_BAS)}
        allowed = stripped(numbers(" ; ".join(texts))) | {format_number(count) for count in counts}
        found = stripped(numbers(said(view)))
        assert found
        assert found <= allowed, view.sentence


def test_nothing_is_compared_where_answers_are_unknown(views: list[MapView]) -> None:
    checked = 0
    for view in views:
        grades = {row.figure.precision for row in view.rows if row.figure}
        if view.indicator.nature is not Nature.ENQUETE or grades & {
            Precision.PRECISE,
            Precision.CORRECTE,
            Precision.INDICATIVE,
            Precision.TROP_IMPRECISE,
        }:
            continue
        checked += 1
        assert COMPARING.search(said(view)) is None, view.sentence
    assert checked > 30


def test_a_superlative_needs_an_interval_clear_of_all_others(views: list[MapView]) -> None:
    for view in views:
        intervals = {
            row.figure.text: row.figure.interval
            for row in view.rows
            if row.figure and row.figure.interval
        }
        for words, clear in (
            (r"la part la plus haute est .*?\((.*?)\)", lambda a, b: a.low > b.high),
            (r"la plus basse .*?\((.*?)\)", lambda a, b: a.high < b.low),
        ):
            for text in re.findall(words, said(view)):
                others = [
                    row.figure.interval
                    for row in view.rows
                    if row.figure
                    and row.figure.interval
                    and row.figure.text != text
                    and row.figure.precision is not Precision.TROP_IMPRECISE
                ]
                assert others
                assert all(clear(intervals[text], other) for other in others)


def test_an_extreme_is_named_when_its_interval_is_clear_of_all_others(
    published: Published, directory: Directory, names: Names
) -> None:
    selection = Selection("adhesion_maires_region", "2016-11")
    key = (selection.indicator_id, Level.REGION)

    def sentence(respondents: int) -> str:
        known = tuple(replace(o, respondents=respondents) for o in published.of_indicator(*key))
        data = replace(published, by_indicator={**published.by_indicator, key: known})
        return build_map_view(selection, data, directory, names).sentence

    assert f"la part la plus haute est en Occitanie (100{NBSP}%)" in sentence(400)
    assert "plus haute" not in sentence(12)


def test_differences_are_named_with_their_preposition(
    demonstration: Published, directory: Directory, names: Names
) -> None:
    view = build_map_view(
        Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION, mode=Mode.DIFFERENCE),
        demonstration,
        directory,
        names,
    )
    for row in view.rows:
        named = names[row.id].en in view.sentence
        assert named == (row.difference in {Flag.PLUS_BAS, Flag.PLUS_HAUT}), row.name
    assert "« Pas de différence établie » ne veut pas dire « pareil »." in view.sentence_caveat


def test_a_map_without_any_difference_says_so(
    demonstration: Published, directory: Directory, names: Names
) -> None:
    view = build_map_view(
        Selection("demo_devoir_alliance", "2025", Dataset.DEMONSTRATION, mode=Mode.DIFFERENCE),
        demonstration,
        directory,
        names,
    )
    assert "aucune ne diffère de la France" in view.sentence
    assert "au-delà du hasard" in view.sentence


def test_the_caveat_is_there_as_long_as_one_sample_is_unknown(
    published: Published, directory: Directory
) -> None:
    selection = Selection("adhesion_maires_region", "2016-11")
    key = (selection.indicator_id, Level.REGION)
    first, *others = published.of_indicator(*key)

    def caveat(*changed: object) -> str:
        data = replace(published, by_indicator={**published.by_indicator, key: tuple(changed)})
        return build_map_view(selection, data, directory).sentence_caveat

    known = [replace(o, respondents=400) for o in others]
    assert "Effectif non communiqué" in caveat(first, *others)
    assert "Effectif non communiqué" in caveat(first, *known)
    assert "Effectif non communiqué" not in caveat(replace(first, respondents=400), *known)


def test_simulated_and_real_figures_are_told_apart_in_the_sentence(views: list[MapView]) -> None:
    for view in views:
        simulated = view.sentence.startswith("Démonstration, données simulées – ")
        real = view.sentence.startswith("Donnée réelle – ")
        survey = view.indicator.nature is Nature.ENQUETE or view.level is Level.ZONE
        assert simulated == (view.dataset is Dataset.DEMONSTRATION and survey)
        assert real == (view.dataset is Dataset.DEMONSTRATION and not survey)


def test_hidden_and_vague_values_are_counted_with_the_right_gender(
    demonstration: Published, directory: Directory, names: Names
) -> None:
    view = build_map_view(
        Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION),
        demonstration,
        directory,
        names,
    )
    assert "2 masquées (effectif insuffisant)" in view.sentence
    assert re.search(r"\d (?:trop imprécise\b|trop imprécises\b)", view.sentence)
