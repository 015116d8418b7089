"""Maturity: no rung is invented, readings stay side by side, the simulated one is marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pytest

from territoires.domain.assessment import STAGES
from territoires.domain.directory import Directory
from territoires.domain.indicators import Observation
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.maturity import MATURITY_THEME, Maturity, build_maturity
from territoires.views.portrait_figures import Holder, TerritoryFigures

Build = Callable[..., Maturity]
MARK = EDITIONS[Dataset.DEMONSTRATION].mark


def holders_of(
    directory: Directory, names: Mapping[TerritoryId, NameForms], text: str
) -> list[Holder]:
    territory = directory.parse(text)
    nearest = (territory, *reversed(directory.ancestors(territory.id)))
    levels = (Level.REGION, Level.DEPARTEMENT)
    return [Holder(one, names.get(one.id)) for one in nearest if one.id.level in levels]


@pytest.fixture(scope="module")
def build(directory: Directory, names: Mapping[TerritoryId, NameForms]) -> Build:
    def maturity(data: Published, text: str) -> Maturity:
        return build_maturity(data, TerritoryFigures(data, holders_of(directory, names, text)))

    return maturity


def changed(data: Published, change: Callable[[Observation], Observation]) -> Published:
    by_territory = {
        place: tuple(change(one) for one in found) for place, found in data.by_territory.items()
    }
    return replace(data, by_territory=by_territory)


def test_every_territory_has_five_rungs_in_order(
    build: Build, datasets: tuple[Published, Published], directory: Directory
) -> None:
    draw = np.random.default_rng(5)
    some = [
        str(directory.of_level(level)[i].id)
        for level in (Level.EPCI, Level.COMMUNE)
        for i in draw.choice(len(directory.of_level(level)), 40, replace=False)
    ]
    for data in datasets:
        for text in (
            *(str(t.id) for t in directory.of_level(Level.REGION)),
            *(str(t.id) for t in directory.of_level(Level.DEPARTEMENT)),
            *some,
            "pays-FR",
            "commune-97502",
        ):
            maturity = build(data, text)
            assert {rung.number: rung.label for rung in maturity.rungs} == STAGES
            assert maturity.dataset is data.dataset
            assert maturity.sentence.startswith(EDITIONS[data.dataset].mark)


@pytest.mark.parametrize("text", ["region-53", "departement-29", "pays-FR"])
def test_no_rung_is_invented_for_the_published_set(
    build: Build, published: Published, text: str
) -> None:
    maturity = build(published, text)
    assert all(rung.line is None for rung in maturity.rungs)
    assert not maturity.has_ladder
    assert "n’est publiée" in maturity.sentence
    assert not re.search(r"\d\s*%", maturity.sentence)
    values = {line.indicator.indicator_id: line.national.value for line in maturity.readings}
    assert values["dynamique_initiee_maires"] == 76
    assert values["dynamique_debutante_maires"] == 46


def test_readings_that_differ_stand_side_by_side(build: Build, published: Published) -> None:
    maturity = build(published, "pays-FR")
    readings = {line.indicator.indicator_id: line.national for line in maturity.readings}
    assert len(readings["dynamique_debutante_maires"].other_readings) >= 2
    topics = [item.topic for item in maturity.contradictions]
    assert any(topic.startswith("46") for topic in topics)
    assert any(topic.startswith("76") for topic in topics)
    assert all(len(item.readings) == 2 and all(item.readings) for item in maturity.contradictions)


def test_the_sentence_has_the_shares_of_the_table(build: Build, demonstration: Published) -> None:
    for text in ("region-53", "departement-29", "region-28", "region-01", "pays-FR"):
        maturity = build(demonstration, text)
        assert maturity.has_ladder
        known = {
            figure.text
            for rung in maturity.rungs
            if rung.line
            for figure in (rung.line.local, rung.line.national)
            if figure
        }
        assert set(re.findall(r"\d+\u00a0%", maturity.sentence)) <= known
        for rung in maturity.rungs:
            assert f"« {rung.label} »" in maturity.sentence


def test_a_departement_that_was_asked_has_its_own_ladder(
    build: Build, demonstration: Published
) -> None:
    assert str(build(demonstration, "departement-29").holder.territory.id) == "departement-29"
    assert str(build(demonstration, "commune-29232").holder.territory.id) == "departement-29"
    assert str(build(demonstration, "departement-14").holder.territory.id) == "region-28"


def test_a_hidden_ladder_is_not_replaced_nor_told(build: Build, demonstration: Published) -> None:
    maturity = build(demonstration, "region-06")
    assert "à Mayotte, répartition non montrée (effectif insuffisant)" in maturity.sentence
    assert all(rung.line.local.value is None for rung in maturity.rungs)
    assert maturity.has_ladder


def test_rungs_of_two_places_make_no_distribution(build: Build, demonstration: Published) -> None:
    data = changed(
        demonstration,
        lambda o: (
            replace(o, indicator_id="demo_adhesion", wave="1999")
            if str(o.territory) == "departement-29" and o.indicator_id == "demo_maturite_3"
            else o
        ),
    )
    maturity = build(data, "departement-29")
    assert maturity.holder is None
    assert all(rung.line.local is None for rung in maturity.rungs)
    assert "en France" in maturity.sentence


def test_an_unknown_sample_is_not_compared(build: Build, demonstration: Published) -> None:
    data = changed(demonstration, lambda o: replace(o, respondents=None, deff=None))
    maturity = build(data, "region-53")
    assert "que la France" not in maturity.sentence
    assert "différence" not in maturity.sentence
    assert any("ne se comparent pas" in text for text in maturity.caveats)


def test_rounded_shares_that_do_not_add_up_are_said_so(
    build: Build, demonstration: Published
) -> None:
    maturity = build(demonstration, "region-53")
    shares = [round(rung.line.local.value) for rung in maturity.rungs]
    france = [round(rung.line.national.value) for rung in maturity.rungs]
    off = sum(shares) != 100 or sum(france) != 100
    assert any("arrondies" in text for text in maturity.caveats) is off


def test_the_other_figures_of_the_theme_are_readings(
    build: Build, datasets: tuple[Published, Published]
) -> None:
    for data in datasets:
        maturity = build(data, "region-53")
        names = [line.indicator.indicator_id for line in maturity.readings]
        assert names
        assert not any("maturite_" in name for name in names)
        assert {line.indicator.theme for line in maturity.readings} == {MATURITY_THEME}
