"""Which map stands on a sheet."""

from __future__ import annotations

import pytest

from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.fiche_map import choose_fiche_map, choose_region_map
from territoires.views.portrait import Portraits
from territoires.views.portrait_places import POPULATION, SMALL_COMMUNES, inner_map


@pytest.mark.parametrize("name", ["pays-FR", "region-28", "region-53"])
def test_the_country_and_a_region_stand_on_the_survey_map_of_the_regions(
    portraits: Portraits, published: Published, name: str
) -> None:
    seen = choose_fiche_map(portraits.build(TerritoryId.parse(name)), published)
    assert seen is not None
    assert (seen.level, seen.within, str(seen.territory)) == (Level.REGION, None, name)
    assert seen.indicator_id == EDITIONS[published.dataset].default_indicator


@pytest.mark.parametrize(
    ("name", "level", "indicator"),
    [
        ("departement-53", Level.EPCI, SMALL_COMMUNES),
        ("epci-200083392", Level.EPCI, SMALL_COMMUNES),
    ],
)
def test_an_intercommunalite_stands_in_its_departement(
    portraits: Portraits,
    published: Published,
    name: str,
    level: Level,
    indicator: str,
) -> None:
    seen = choose_fiche_map(portraits.build(TerritoryId.parse(name)), published)
    assert seen is not None
    assert (seen.level, str(seen.within), seen.indicator_id) == (level, "departement-53", indicator)
    assert str(seen.territory) == name


@pytest.mark.parametrize(
    ("name", "within"), [("commune-53130", "epci-200083392"), ("commune-97608", "epci-200050532")]
)
def test_a_commune_stands_among_those_of_its_intercommunalite_as_on_its_page(
    portraits: Portraits, published: Published, name: str, within: str
) -> None:
    portrait = portraits.build(TerritoryId.parse(name))
    seen, drawn = choose_fiche_map(portrait, published), inner_map(portrait.place)
    assert seen is not None
    assert drawn is not None
    assert (seen.level, seen.within, seen.indicator_id) == (
        drawn.level,
        drawn.within,
        drawn.indicator_id,
    )
    assert (str(seen.within), str(seen.territory)) == (within, name)


def test_parts_that_are_all_alike_give_way_to_the_populations_of_the_communes(
    portraits: Portraits, published: Published
) -> None:
    # No commune of Mayotte is small: the shares would draw one colour.
    seen = choose_fiche_map(portraits.build(TerritoryId.parse("departement-976")), published)
    assert seen is not None
    assert (seen.level, seen.indicator_id) == (Level.COMMUNE, POPULATION)
    assert (str(seen.within), str(seen.territory)) == ("departement-976", "departement-976")


def test_the_map_of_the_regions_shows_the_region_of_a_finer_territory(
    portraits: Portraits, published: Published
) -> None:
    seen = choose_region_map(portraits.build(TerritoryId.parse("commune-53130")), published)
    assert seen is not None
    assert (seen.level, str(seen.territory)) == (Level.REGION, "region-52")


def test_a_zone_stands_on_the_map_of_what_it_gathers(
    simulated_portraits: Portraits, demonstration: Published
) -> None:
    zone = next(iter(demonstration.zonings.values())).zones[0].id
    seen = choose_fiche_map(simulated_portraits.build(zone), demonstration)
    assert seen is not None
    assert seen.within == zone


def test_what_lies_outside_the_boundaries_has_no_map(
    portraits: Portraits, published: Published
) -> None:
    assert choose_fiche_map(portraits.build(TerritoryId.parse("commune-97502")), published) is None
