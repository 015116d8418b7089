"""HTML and chart of the maturity: « non publié » where nothing is, readings side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level, TerritoryId
from territoires.render import maturity as render
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.maturity import UNPUBLISHED, Maturity, build_maturity
from territoires.views.portrait_figures import Holder, TerritoryFigures
from tests.render.blocks import maturity_block
from tests.render.pieces import (
    HOSTILE,
    behind,
    cells,
    check_harmless,
    poison,
    read,
    rows,
    tags,
    without_cards,
)

Build = Callable[..., Maturity]
TEXTS = ("region-53", "region-06", "region-01", "departement-29", "commune-35238", "pays-FR")


@pytest.fixture(scope="module")
def build(directory: Directory, names: Mapping[TerritoryId, NameForms]) -> Build:
    def maturity(data: Published, text: str) -> Maturity:
        territory = directory.parse(text)
        nearest = (territory, *reversed(directory.ancestors(territory.id)))
        levels = (Level.REGION, Level.DEPARTEMENT)
        holders = [Holder(one, names.get(one.id)) for one in nearest if one.id.level in levels]
        return build_maturity(data, TerritoryFigures(data, holders))

    return maturity


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("text", TEXTS)
def test_every_page_is_harmless_and_holds_its_sentence(
    build: Build, datasets: tuple[Published, Published], text: str
) -> None:
    for data in datasets:
        maturity = build(data, text)
        block = maturity_block(maturity)
        check_harmless(block)
        assert plain(maturity.sentence) in plain(read(block).text)


def test_no_share_of_a_rung_is_shown_where_none_is_published(
    build: Build, published: Published
) -> None:
    ladder = render.ladder_table(build(published, "region-53"))
    assert plain(read(ladder).text).count(UNPUBLISHED) == 5
    assert "%" not in read(ladder).text


def test_the_ladder_has_the_shares_their_intervals_and_the_verdicts(
    build: Build, demonstration: Published
) -> None:
    maturity = build(demonstration, "region-53")
    table = without_cards(render.ladder_table(maturity))
    assert rows(table) == 5
    for line, rung in zip(cells(table), maturity.rungs[::-1], strict=True):
        assert plain(line[0]) == plain(rung.title)
        assert line[1].startswith(rung.line.local.text)
        assert re.search(r"de \d+ à \d+\s%", line[1])
        assert line[2].startswith(rung.line.national.text)
        assert line[3]
    assert EDITIONS[Dataset.DEMONSTRATION].mark.strip(" –") in plain(read(table).text)
    for caveat in maturity.caveats:
        assert plain(caveat) in plain(read(table).text)


def test_a_hidden_share_has_its_reason_and_no_number(
    build: Build, demonstration: Published
) -> None:
    table = without_cards(render.ladder_table(build(demonstration, "region-06")))
    for line in cells(table):
        assert plain(line[1]) == "effectif insuffisant"
        assert line[3] == "–"


def test_each_figure_opens_its_card(build: Build, datasets: tuple[Published, Published]) -> None:
    for data in datasets:
        block = maturity_block(build(data, "region-53"))
        assert block.count("chiffre-lien") == block.count("<template") > 0


def test_both_readings_of_a_figure_stand_side_by_side(build: Build, published: Published) -> None:
    block = without_cards(maturity_block(build(published, "region-53")))
    said = plain(read(block).text)
    for words in (
        "La dynamique émerge tout juste",
        "Ne savent pas encore comment animer concrètement la dynamique",
        "La co-construction est ancrée dans leur territoire",
        "Leur territoire a initié une dynamique de co-construction",
        "effectif non communiqué",
        "source ambiguë ou contredite",
    ):
        assert words in said
    assert len(tags(block, "summary")) == 1


def test_the_chart_draws_the_rungs_from_the_top_with_its_mark(
    build: Build, demonstration: Published
) -> None:
    maturity = build(demonstration, "region-53")
    chart = render.build_ladder_chart(maturity)
    labels = [a.text for a in chart.layout.annotations if a.text.startswith("<b>")]
    assert [label[3] for label in labels] == ["5", "4", "3", "2", "1"]
    drawn = sorted(x for trace in chart.data if trace.mode == "markers" for x in trace.x)
    values = [f.value for r in maturity.rungs for f in (r.line.local, r.line.national)]
    assert drawn == sorted(values)
    assert "DÉMONSTRATION" in plain(" ".join(behind(chart)))
    assert "intervalle" in render.ladder_key(maturity)


def test_hostile_texts_are_only_text(build: Build, datasets: tuple[Published, Published]) -> None:
    for data in datasets:
        maturity = poison(build(data, "region-53"))
        block = maturity_block(maturity)
        check_harmless(block)
        assert HOSTILE in read(block).text
