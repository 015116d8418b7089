"""HTML and charts of the changes: both waves, the verdict, never a gap that is not comparable."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.render import evolution as render
from territoires.tables.published import Published
from territoires.views.comparison_waves import Verdict
from territoires.views.datasets import EDITIONS
from territoires.views.evolution import Evolution, build_evolution
from territoires.views.portrait_figures import Holder
from tests.render.blocks import evolution_block
from tests.render.pieces import (
    HOSTILE,
    behind,
    cells,
    check_harmless,
    poison,
    read,
    rows,
    without_cards,
)

Build = Callable[..., Evolution]


@pytest.fixture(scope="module")
def build(directory: Directory, names: Mapping[TerritoryId, NameForms]) -> Build:
    def evolution(data: Published, text: str) -> Evolution:
        territory = directory.parse(text)
        nearest = (territory, *reversed(directory.ancestors(territory.id)))
        levels = (Level.REGION, Level.DEPARTEMENT)
        holders = [Holder(one, names.get(one.id)) for one in nearest if one.id.level in levels]
        return build_evolution(data, [Holder(territory)] if territory.id == FRANCE else holders)

    return evolution


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("text", ["region-52", "region-03", "departement-29", "pays-FR"])
def test_every_page_is_harmless_and_holds_its_sentences(
    build: Build, datasets: tuple[Published, Published], text: str
) -> None:
    for data in datasets:
        evolution = build(data, text)
        block = evolution_block(evolution)
        check_harmless(block)
        said = plain(read(block).text)
        texts = (evolution.sentence, *(g.sentence for g in evolution.groups), *evolution.caveats)
        for text_said in texts:
            assert plain(text_said) in said
        assert block.count("chiffre-lien") == block.count("<template")


def test_nothing_to_compare_is_one_sentence(build: Build, published: Published) -> None:
    evolution = build(published, "region-53")
    block = evolution_block(evolution)
    assert block == render.evolution_head(evolution)
    assert "vide-explique" in block
    assert "<table" not in block
    assert render.evolution_notes(evolution) == ""


def test_the_table_has_both_waves_the_gap_and_the_verdict(
    build: Build, demonstration: Published
) -> None:
    for group in build(demonstration, "region-52").groups:
        table = without_cards(render.group_table(group, Dataset.DEMONSTRATION))
        assert rows(table) == len(group.trends)
        assert EDITIONS[Dataset.DEMONSTRATION].mark.strip(" –") in plain(read(table).text)
        for line, trend in zip(cells(table), group.trends, strict=True):
            change = trend.change
            assert line[1].startswith(change.before.text)
            assert line[2].startswith(change.after.text)
            assert line[4].startswith(str(change.verdict))
            sign = "−" if change.after.value < change.before.value else "+"
            assert line[3][0] == sign or set(line[3]) == {"0"}


def test_what_is_not_comparable_has_neither_gap_nor_axis(
    build: Build, published: Published, demonstration: Published
) -> None:
    for data, text in ((published, "pays-FR"), (demonstration, "region-03")):
        for group in build(data, text).groups:
            assert {t.change.verdict for t in group.trends} == {Verdict.NON_COMPARABLE}
            table = without_cards(render.group_table(group, data.dataset))
            assert all(line[3] == "–" for line in cells(table))
            assert "Aucune évolution ne peut être testée" in plain(read(table).text)
            assert not render.has_chart(group)


def test_the_chart_draws_both_waves_with_its_mark(build: Build, demonstration: Published) -> None:
    for group in build(demonstration, "region-52").groups:
        assert render.has_chart(group)
        chart = render.build_evolution_chart(group, Dataset.DEMONSTRATION)
        assert {t.name for t in chart.data if t.showlegend} == {"2023", "2025"}
        assert "DÉMONSTRATION" in plain(" ".join(behind(chart)))
        assert "intervalle" in render.evolution_key(group)


def test_hostile_texts_are_only_text(build: Build, demonstration: Published) -> None:
    evolution = poison(build(demonstration, "region-52"))
    block = evolution_block(evolution)
    check_harmless(block)
    assert HOSTILE in read(block).text
