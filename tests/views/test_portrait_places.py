"""Where a territory stands: what it is, what it holds, what its own map shows."""

from __future__ import annotations

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.portrait_places import (
    CENSUS,
    MAYOTTE_CENSUS,
    POPULATION,
    SMALL_COMMUNES,
    build_place,
    inner_map,
    say_population,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("commune-53130", "commune"),
        ("epci-200046977", "métropole, collectivité à statut particulier"),
        ("epci-200054781", "métropole"),
        ("region-94", "région"),
        ("departement-976", "département"),
        ("commune-97502", "commune d’une collectivité d’outre-mer"),
        ("departement-975", "collectivité d’outre-mer"),
    ],
)
def test_a_territory_is_named_as_its_law_does(directory: Directory, text: str, kind: str) -> None:
    assert build_place(TerritoryId.parse(text), directory).kind == kind


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("commune-53130", " en 2023"),
        ("commune-97608", " en 2017"),
        ("region-06", " en 2017"),
        ("pays-FR", " en 2023 (Mayotte\u00a0: 2017)"),
        # The source does not say when they were counted.
        ("commune-97501", ""),
    ],
)
def test_inhabitants_are_told_with_the_year_of_the_census(
    directory: Directory, published: Published, text: str, year: str
) -> None:
    told = say_population(directory.get(TerritoryId.parse(text)))
    assert told.partition("habitants")[2] == year
    caveat = published.catalogue[POPULATION].caveat
    assert CENSUS in caveat
    assert MAYOTTE_CENSUS in caveat


def test_a_commune_outside_any_epci_is_known_as_such(directory: Directory) -> None:
    for code in ("22016", "29083", "29155", "85113"):
        place = build_place(TerritoryId(Level.COMMUNE, code), directory)
        assert place.is_outside_epci
        assert not place.is_overseas_collectivity
    assert not build_place(TerritoryId(Level.COMMUNE, "53130"), directory).is_outside_epci
    assert not build_place(TerritoryId(Level.COMMUNE, "97502"), directory).is_outside_epci


def test_counts_are_those_of_the_children(directory: Directory) -> None:
    place = build_place(TerritoryId(Level.REGION, "53"), directory)
    counts = dict(place.inner_counts)
    assert counts[Level.DEPARTEMENT] == len(place.children) == 4
    assert counts[Level.COMMUNE] == directory.children_count(place.territory.id, Level.COMMUNE)


@pytest.mark.parametrize(
    ("text", "level", "within", "indicator"),
    [
        ("pays-FR", Level.DEPARTEMENT, None, SMALL_COMMUNES),
        ("region-53", Level.EPCI, "region-53", SMALL_COMMUNES),
        ("departement-53", Level.EPCI, "departement-53", SMALL_COMMUNES),
        ("epci-200083392", Level.COMMUNE, "epci-200083392", POPULATION),
        ("commune-53130", Level.COMMUNE, "epci-200083392", POPULATION),
        ("commune-29155", Level.COMMUNE, "departement-29", POPULATION),
    ],
)
def test_the_map_of_a_territory_shows_its_parts_else_its_neighbours(
    directory: Directory, text: str, level: Level, within: str | None, indicator: str
) -> None:
    drawn = inner_map(build_place(TerritoryId.parse(text), directory))
    assert drawn is not None
    assert (drawn.level, drawn.indicator_id) == (level, indicator)
    assert str(drawn.within) == str(within)


@pytest.mark.parametrize("text", ["departement-975", "commune-97502"])
def test_outside_the_boundaries_there_is_no_map(directory: Directory, text: str) -> None:
    assert inner_map(build_place(TerritoryId.parse(text), directory)) is None


def test_a_zone_lists_its_members_and_names_its_zoning(zoned: Directory) -> None:
    zone = zoned.of_level(Level.ZONE)[0]
    place = build_place(zone.id, zoned)
    assert place.children_level is Level.EPCI
    assert place.ancestors[0].id == FRANCE
    member = build_place(place.children[0].id, zoned)
    assert zone.id in {z.id for z in member.zones}
