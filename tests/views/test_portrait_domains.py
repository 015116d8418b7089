"""The domains are ranked where every figure carries an order, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from territoires.analysis.precision import Precision
from territoires.domain.directory import Directory
from territoires.domain.indicators import Observation
from territoires.domain.names import NameForms
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.portrait import Portraits
from territoires.views.portrait_domains import Domains

BRETAGNE = TerritoryId(Level.REGION, "53")
Names = Mapping[TerritoryId, NameForms]
Build = Callable[[Published, TerritoryId], Domains]


@pytest.fixture(scope="module")
def build(directory: Directory, names: Names) -> Build:
    def domains(data: Published, territory: TerritoryId) -> Domains:
        return Portraits(data, directory, names).build(territory).shared.domains

    return domains


def source_order(data: Published) -> list[str]:
    return data.domains.sort_values("source_order")["label"].tolist()


def changed(
    data: Published, change: Callable[[Observation], Observation], *, number: int
) -> Published:
    """Change the first figures of Bretagne on domains, and leave all the others."""
    left = number
    observations = []
    for o in data.of_territory(BRETAGNE):
        about = data.catalogue[o.indicator_id].domain_ids and o.indicator_id.startswith("demo_")
        if about and o.wave == "2025" and left:
            left -= 1
            observations.append(change(o))
        else:
            observations.append(o)
    assert not left
    return replace(data, by_territory={**data.by_territory, BRETAGNE: tuple(observations)})


def test_precise_figures_of_one_question_are_ranked(build: Build, demonstration: Published) -> None:
    domains = build(demonstration, BRETAGNE)
    assert domains.is_ranked
    values = [line.perceived[0].local.value for line in domains.lines]
    assert len(values) == 16
    assert values == sorted(values, reverse=True)
    assert "de Bretagne" in domains.order
    assert "hasard" in domains.order


def test_one_imprecise_figure_keeps_the_order_of_the_source(
    build: Build, demonstration: Published
) -> None:
    data = changed(demonstration, lambda o: replace(o, value=50.0, respondents=40), number=1)
    domains = build(data, BRETAGNE)
    grades = {line.perceived[0].local.precision for line in domains.lines}
    assert Precision.INDICATIVE in grades
    assert not domains.is_ranked
    assert [line.label for line in domains.lines] == source_order(data)
    assert "trop petits" in domains.order


def test_one_unknown_sample_keeps_the_order_of_the_source(
    build: Build, demonstration: Published
) -> None:
    data = changed(demonstration, lambda o: replace(o, respondents=None), number=1)
    domains = build(data, BRETAGNE)
    assert not domains.is_ranked
    assert "effectifs n’étant pas communiqués" in domains.order


def test_two_waves_are_not_ranked_together(build: Build, demonstration: Published) -> None:
    data = changed(demonstration, lambda o: replace(o, wave="2026"), number=3)
    domains = build(data, BRETAGNE)
    assert not domains.is_ranked
    assert "même question" in domains.order


def test_two_questions_are_not_ranked_together(build: Build, demonstration: Published) -> None:
    name = "demo_domaine_emploi"
    alone = replace(demonstration.catalogue[name], comparable_with=())
    data = replace(demonstration, catalogue={**demonstration.catalogue, name: alone})
    domains = build(data, BRETAGNE)
    assert not domains.is_ranked
    assert "même question" in domains.order


@pytest.mark.parametrize("text", ["region-53", "region-28", "region-75", "pays-FR"])
def test_published_figures_of_unknown_sample_are_never_ranked(
    build: Build, published: Published, text: str
) -> None:
    domains = build(published, TerritoryId.parse(text))
    assert not domains.is_ranked
    assert [line.label for line in domains.lines] == source_order(published)
    assert "effectifs n’étant pas communiqués" in domains.order
