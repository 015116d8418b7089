"""Three hundred territories of all levels: every part is drawn, says something, harms nobody."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.render.peers import peers_block
from territoires.tables.published import Published
from territoires.views.evolution import build_evolution
from territoires.views.maturity import build_maturity
from territoires.views.peers import build_peers
from territoires.views.portrait_figures import Holder, TerritoryFigures, figures_by_wave
from territoires.views.roles import build_roles
from tests.render.blocks import evolution_block, maturity_block, roles_block
from tests.render.pieces import check_harmless

_HELD = (Level.REGION, Level.DEPARTEMENT)


@pytest.fixture(scope="module")
def sample(directory: Directory) -> list[TerritoryId]:
    """Every région, and territories of all levels drawn once and for all."""
    draw = np.random.default_rng(300)
    ids = [t.id for t in directory.of_level(Level.REGION)]
    for level, number in ((Level.DEPARTEMENT, 22), (Level.EPCI, 30), (Level.COMMUNE, 30)):
        places = directory.of_level(level)
        ids += [places[i].id for i in draw.choice(len(places), number, replace=False)]
    assert len(ids) == 100
    return ids


def test_every_part_of_every_territory_is_drawn(
    datasets: tuple[Published, Published],
    directory: Directory,
    names: Mapping[TerritoryId, NameForms],
    sample: list[TerritoryId],
) -> None:
    for data in datasets:
        national = figures_by_wave(data, FRANCE)
        drawn: set[tuple[TerritoryId, ...]] = set()
        for territory in sample:
            nearest = (directory.get(territory), *reversed(directory.ancestors(territory)))
            holders = [Holder(t, names.get(t.id)) for t in nearest if t.id.level in _HELD]
            key = tuple(holder.territory.id for holder in holders)
            # Survey figures go no lower than the département: the same ones are drawn once.
            if key in drawn:
                continue
            drawn.add(key)
            figures = TerritoryFigures(data, holders, national)
            for part in (
                maturity_block(build_maturity(data, figures)),
                roles_block(build_roles(data, figures)),
                evolution_block(build_evolution(data, holders)),
            ):
                assert part
                check_harmless(part)


def test_every_territory_has_its_block_of_peers(
    published: Published, directory: Directory, sample: list[TerritoryId]
) -> None:
    peers = build_peers(published, directory)
    for territory in sample:
        block = peers_block(peers, directory.get(territory), published.dataset)
        assert "<li>" in block or "moins de la moitié" in block
        check_harmless(block)
