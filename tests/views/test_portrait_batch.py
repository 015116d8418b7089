"""Portraits of many territories of every kind, built in one batch."""

from __future__ import annotations

import random

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.portrait import Portraits

SAMPLE, SEED = 2_000, 20261122


def drawn(directory: Directory, number: int) -> list[TerritoryId]:
    """Draw territories of every level, those of the widest levels and the zones all of them."""
    known = sorted(TerritoryId(Level(level), code) for level, code in directory.known_codes())
    wide = [t for t in known if t.level not in {Level.EPCI, Level.COMMUNE}]
    return [*wide, *random.Random(SEED).sample(known, number - len(wide))]  # noqa: S311 - no secret


def test_two_thousand_territories_have_a_portrait(
    portraits: Portraits, directory: Directory
) -> None:
    for territory in drawn(directory, SAMPLE):
        portrait = portraits.build(territory)
        assert portrait.territory.id == territory
        assert portrait.territory.name in portrait.sentence
        assert len(portrait.answers) == 3
        assert all(answer.text or answer.words for answer in portrait.answers)


def test_so_they_have_in_the_demonstration_zones_included(
    simulated_portraits: Portraits, zoned: Directory
) -> None:
    territories = drawn(zoned, SAMPLE)
    assert {t.level for t in territories} == set(Level)
    for territory in territories:
        portrait = simulated_portraits.build(territory)
        assert portrait.sentence.startswith("Démonstration, données simulées – ")


@pytest.mark.parametrize("level", [Level.REGION, Level.DEPARTEMENT, Level.EPCI])
def test_a_territory_is_reached_from_the_page_above_it(
    portraits: Portraits, directory: Directory, level: Level
) -> None:
    """The way down and the way up are the same: what is listed names its holder first above it."""
    above = {Level.REGION: FRANCE}
    for territory in directory.of_level(level)[:120]:
        place = portraits.build(territory.id).place
        wider = above.get(level) or place.ancestors[-1].id
        assert territory.id in {child.id for child in portraits.build(wider).place.children}


def test_the_figures_of_a_page_name_the_territory_they_are_of(
    portraits: Portraits, directory: Directory, published: Published
) -> None:
    for territory in drawn(directory, 400):
        portrait = portraits.build(territory)
        for line in (*portrait.shared.surveys, *portrait.shared.context):
            if line.local is None:
                continue
            holder = line.holder.territory.id
            values = {
                o.value
                for o in published.of_territory(holder)
                if o.indicator_id == line.indicator.indicator_id
            }
            assert line.local.value in values
            wider = {portrait.territory.id, *(t.id for t in portrait.place.ancestors)}
            assert holder in wider
