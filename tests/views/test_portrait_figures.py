"""Figures beside France's: the nearest ones, and the same verdicts as on the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from territoires.analysis.significance import Flag
from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature
from territoires.domain.names import NameForms
from territoires.domain.selection import Selection
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.figure import has_sampling_error
from territoires.views.map_view import build_map_view
from territoires.views.portrait_figures import Holder, TerritoryFigures

BRETAGNE = TerritoryId(Level.REGION, "53")
Names = Mapping[TerritoryId, NameForms]


def figures_of(data: Published, directory: Directory, *codes: str) -> TerritoryFigures:
    holders = [Holder(directory.get(TerritoryId.parse(code))) for code in codes]
    return TerritoryFigures(data, holders)


@pytest.mark.parametrize("level", [Level.REGION, Level.DEPARTEMENT])
def test_the_verdict_is_that_of_the_map(
    datasets: tuple[Published, Published], directory: Directory, names: Names, level: Level
) -> None:
    """Two pages that answered differently would both be doubted."""
    flags = set()
    for data in datasets:
        pages = {t.id: figures_of(data, directory, str(t.id)) for t in directory.of_level(level)}
        surveys = [
            i
            for i in data.catalogue.values()
            if i.nature is Nature.ENQUETE and level in i.levels and has_sampling_error(i)
        ]
        for indicator in surveys[:12]:
            for row in build_map_view(
                Selection(indicator.indicator_id, indicator.waves[-1], data.dataset, level),
                data,
                directory,
                names,
            ).rows:
                if row.figure is None:
                    continue
                line = pages[row.id].comparison(indicator)
                assert line.local == row.figure
                expected = None if row.figure.suppression else row.difference
                assert line.difference is expected, (indicator.indicator_id, row.id)
                flags.add(line.difference)
    assert flags >= {Flag.PLUS_HAUT, Flag.NON_SIGNIFICATIF}


def test_an_unknown_sample_has_no_verdict(published: Published, directory: Directory) -> None:
    line = figures_of(published, directory, "region-28").comparison(
        published.catalogue["adhesion_maires_region"]
    )
    assert line.local.respondents is None
    assert line.national is not None
    assert line.difference is Flag.INCONNU


def test_there_is_nothing_to_test_without_france_of_the_same_wave(
    demonstration: Published, directory: Directory
) -> None:
    indicator = demonstration.catalogue["demo_mandat_collectif"]
    france = tuple(
        replace(o, wave="1999")
        for o in demonstration.of_territory(FRANCE)
        if o.indicator_id == indicator.indicator_id
    )
    data = replace(demonstration, by_territory={**demonstration.by_territory, FRANCE: france})
    line = figures_of(data, directory, "region-53").comparison(indicator)
    assert line.local is not None
    assert line.national is None
    assert line.difference is None


def test_the_nearest_figures_come_first_and_alone(
    demonstration: Published, directory: Directory
) -> None:
    indicator = demonstration.catalogue["demo_mandat_collectif"]
    near = figures_of(demonstration, directory, "departement-29", "region-53").comparison(indicator)
    wide = figures_of(demonstration, directory, "region-53").comparison(indicator)
    assert str(near.holder.territory.id) == "departement-29"
    assert wide.holder.territory.id == BRETAGNE
    assert near.local != wide.local
    assert near.national == wide.national


def test_a_hidden_figure_is_not_replaced_by_that_of_a_wider_territory(
    demonstration: Published, directory: Directory
) -> None:
    hidden = next(o for o in demonstration.observations if o.suppression and o.wave == "2025")
    indicator = demonstration.catalogue[hidden.indicator_id]
    codes = (str(hidden.territory), "region-53")
    line = figures_of(demonstration, directory, *codes).comparison(indicator)
    assert line.local.suppression is hidden.suppression
    assert line.difference is None
