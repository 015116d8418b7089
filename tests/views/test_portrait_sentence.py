"""The sentence of a territory's page: its numbers are the table's, and it claims no more."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.figure import interval_text
from territoires.views.portrait import Portrait, Portraits
from territoires.views.portrait_sentence import choose_lead, say_caveat

Names = Mapping[TerritoryId, NameForms]
Build = Callable[[Published, str], Portrait]
COMPARES = re.compile(r"(plus|moins) que|différence établie")


@pytest.fixture(scope="module")
def build(
    directory: Directory,
    names: Names,
    datasets: tuple[Published, Published],
    portraits: Portraits,
    simulated_portraits: Portraits,
) -> Build:
    known = zip(datasets, (portraits, simulated_portraits), strict=True)
    kept = {id(data): built for data, built in known}

    def portrait(data: Published, text: str) -> Portrait:
        if id(data) not in kept:
            kept[id(data)] = Portraits(data, directory, names)
        return kept[id(data)].build(TerritoryId.parse(text))

    return portrait


@pytest.fixture(scope="module")
def pages(directory: Directory) -> list[str]:
    wide = [*directory.of_level(Level.REGION), *directory.of_level(Level.DEPARTEMENT)[::3]]
    return [*(str(t.id) for t in wide), "commune-29232", "commune-53130", "pays-FR"]


def test_every_sentence_says_what_its_table_says(
    build: Build, datasets: tuple[Published, Published], pages: list[str]
) -> None:
    told = set()
    for data in datasets:
        for text in pages:
            portrait = build(data, text)
            assert portrait.sentence.startswith(EDITIONS[data.dataset].mark)
            lead = choose_lead(portrait.shared.surveys, EDITIONS[data.dataset].default_indicator)
            flag = lead.difference if lead else None
            if lead is None:
                assert "%" not in portrait.sentence
            else:
                assert lead.local.text in portrait.sentence
                assert lead.holder.forms.en in portrait.sentence
                if lead.local.interval:
                    assert interval_text(lead.local.interval) in portrait.sentence
            compares = flag in {Flag.PLUS_HAUT, Flag.PLUS_BAS, Flag.NON_SIGNIFICATIF}
            assert bool(COMPARES.search(portrait.sentence)) is compares, portrait.sentence
            told.add(flag)
    assert told >= {None, Flag.INCONNU, Flag.PLUS_HAUT, Flag.NON_SIGNIFICATIF}


@pytest.mark.parametrize(
    ("flag", "words"),
    [(Flag.PLUS_HAUT, "plus que la France"), (Flag.PLUS_BAS, "moins que la France")],
)
def test_the_side_is_that_of_the_test(
    build: Build, demonstration: Published, pages: list[str], flag: Flag, words: str
) -> None:
    found = 0
    for text in pages:
        portrait = build(demonstration, text)
        lead = choose_lead(
            portrait.shared.surveys, EDITIONS[demonstration.dataset].default_indicator
        )
        if lead and lead.difference is flag:
            assert f"{words} ({lead.national.text})" in portrait.sentence
            assert (lead.local.value > lead.national.value) is (flag is Flag.PLUS_HAUT)
            found += 1
    assert found


def test_an_unknown_sample_is_told_and_never_compared(build: Build, published: Published) -> None:
    portrait = build(published, "region-28")
    assert "77\u00a0% des maires (effectif non communiqué)" in portrait.sentence
    assert "ne se compare pas" in portrait.sentence_caveat


def test_a_score_has_no_share_of_people(build: Build, published: Published) -> None:
    sentence = build(published, "region-75").sentence
    assert "sur 10 (entreprises, effectif non communiqué)" in sentence


def test_hidden_figures_are_counted_and_none_is_told(
    build: Build, demonstration: Published
) -> None:
    portrait = build(demonstration, "region-06")
    assert all(line.local.suppression for line in portrait.shared.surveys)
    assert "tous masqués (effectif insuffisant)" in portrait.sentence
    assert "%" not in portrait.sentence


def test_the_lead_is_never_too_imprecise(build: Build, demonstration: Published) -> None:
    lines = build(demonstration, "region-53").shared.surveys
    default = EDITIONS[demonstration.dataset].default_indicator
    first = choose_lead(lines, default)
    assert first.indicator.indicator_id == default
    rough = replace(first.local, precision=Precision.TROP_IMPRECISE)
    others = [replace(line, local=rough) if line == first else line for line in lines]
    assert choose_lead(others, default).indicator.indicator_id != default
    assert choose_lead([replace(first, local=rough)], default) is None
    assert choose_lead([], default) is None


def test_a_small_sample_and_a_missing_design_effect_are_told(
    build: Build, demonstration: Published
) -> None:
    line = choose_lead(build(demonstration, "region-53").shared.surveys, "demo_mandat_collectif")
    assert say_caveat([line], demonstration.dataset) == ""
    rough = replace(line.local, precision=Precision.INDICATIVE, deff=None)
    caveat = say_caveat([replace(line, local=rough)], demonstration.dataset)
    assert "indicatif" in caveat
    assert "optimiste" in caveat


def test_the_list_of_actors_is_called_partial_only_where_it_is(
    build: Build, published: Published, demonstration: Published
) -> None:
    assert "liste non exhaustive" in build(published, "region-53").sentence
    assert "liste non exhaustive" not in build(demonstration, "region-53").sentence
