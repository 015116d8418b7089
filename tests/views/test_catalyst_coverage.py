"""People near an actor: only of a complete list, each counted at the point of their commune."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from territoires.analysis.distances import great_circle_km
from territoires.domain.catalysts import Precision
from territoires.domain.directory import Directory
from territoires.domain.selection import ActorFilter
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.catalyst_coverage import (
    FAR_KM,
    CommunePoints,
    Coverage,
    build_commune_points,
    build_coverage,
    say_share,
)
from territoires.views.catalyst_index import build_catalyst_index
from territoires.views.catalyst_places import build_actor_places

BRETAGNE = TerritoryId(Level.REGION, "53")
EVERYONE = ActorFilter()


@pytest.fixture(scope="module")
def communes(directory: Directory) -> CommunePoints:
    return build_commune_points(directory)


@pytest.fixture(scope="module")
def cover(directory: Directory, communes: CommunePoints):
    def build(
        data: Published, asked: ActorFilter = EVERYONE, within: TerritoryId | None = None
    ) -> Coverage | None:
        index = build_catalyst_index(data, directory, build_actor_places(data, directory))
        return build_coverage(
            asked,
            directory.get(within) if within else None,
            published=data,
            directory=directory,
            index=index,
            communes=communes,
        )

    return build


def with_list(data: Published, *, exhaustive: bool) -> Published:
    note = replace(data.lists["catalysts"], exhaustive=exhaustive)
    return replace(data, lists={**data.lists, "catalysts": note})


def test_nothing_is_said_of_a_partial_list(cover, published, demonstration) -> None:
    assert not published.lists["catalysts"].exhaustive
    assert cover(published) is None
    assert cover(with_list(demonstration, exhaustive=False)) is None
    assert cover(with_list(published, exhaustive=True)) is not None


def test_nothing_is_measured_where_no_commune_has_a_position(
    cover, demonstration, directory
) -> None:
    collectivity = TerritoryId(Level.DEPARTEMENT, "975")
    if collectivity in directory:
        assert cover(demonstration, within=collectivity) is None


def test_everyone_of_the_18_regions_is_counted_once(cover, demonstration, directory) -> None:
    found = cover(demonstration)
    assert found.population == directory.get(FRANCE).population
    assert [reach.distance_km for reach in found.reaches] == [10, 30, 60]
    people = [reach.population for reach in found.reaches]
    assert people == sorted(people)
    assert people[-1] <= found.population
    regions = [cover(demonstration, within=r.id) for r in directory.of_level(Level.REGION)]
    assert sum(region.population for region in regions) == found.population
    for rank, reach in enumerate(found.reaches):
        assert sum(region.reaches[rank].population for region in regions) == reach.population


def test_people_near_are_those_whose_commune_is(cover, demonstration, directory) -> None:
    near = 0
    actors = [directory.get(c.territory) for c in demonstration.catalysts]
    lon, lat = [a.longitude for a in actors], [a.latitude for a in actors]
    for commune_id in directory.children(BRETAGNE, Level.COMMUNE):
        commune = directory.get(commune_id)
        if great_circle_km(commune.longitude, commune.latitude, lon, lat).min() <= 30:
            near += commune.population
    found = cover(demonstration, within=BRETAGNE)
    assert found.reaches[1].population == near
    assert found.reaches[1].share_pct == pytest.approx(100 * near / found.population)


def test_actors_of_neighbouring_territories_count_too(cover, demonstration) -> None:
    inside = tuple(c for c in demonstration.catalysts if c.region_code == "53")
    alone = cover(replace(demonstration, catalysts=inside), within=BRETAGNE)
    assert (
        alone.reaches[2].population <= cover(demonstration, within=BRETAGNE).reaches[2].population
    )
    nobody = tuple(c for c in demonstration.catalysts if c.region_code != "53")
    around = cover(replace(demonstration, catalysts=nobody), within=BRETAGNE)
    assert around.reaches[2].population > 0


def test_the_least_covered_come_first_with_their_rate(cover, demonstration, directory) -> None:
    found = cover(demonstration)
    assert len(found.departements) == 101
    shares = [line.far_share_pct for line in found.departements]
    assert shares == sorted(shares, reverse=True)
    far = sum(line.far_share_pct * line.population / 100 for line in found.departements)
    beyond = found.population - found.reaches[1].population
    assert found.reaches[1].distance_km == FAR_KM
    assert far == pytest.approx(beyond, rel=1e-9)
    assert sum(line.actors for line in found.departements) == len(demonstration.catalysts)
    for line in found.departements:
        assert line.population == directory.get(line.territory.id).population
        assert line.density == pytest.approx(100_000 * line.actors / line.population)


@pytest.mark.parametrize(
    ("within", "number"),
    [
        (BRETAGNE, 4),
        (TerritoryId(Level.DEPARTEMENT, "29"), 1),
        (TerritoryId(Level.EPCI, "200067981"), 0),
    ],
)
def test_a_limit_has_its_own_departements(cover, demonstration, within, number) -> None:
    found = cover(demonstration, within=within)
    assert len(found.departements) == number
    assert found.within.id == within


def test_a_kind_covers_less_than_all_and_words_are_left_aside(cover, demonstration) -> None:
    everyone = cover(demonstration)
    kind = cover(demonstration, ActorFilter(kind="demo_fondation_territoriale"))
    assert kind.measured < everyone.measured
    for less, more in zip(kind.reaches, everyone.reaches, strict=True):
        assert less.population < more.population
    assert cover(demonstration, ActorFilter(text="zzzz")).reaches == everyone.reaches


def test_an_actor_without_a_place_brings_nobody_near(cover, demonstration) -> None:
    wide = tuple(
        replace(c, precision=Precision.REGION, insee_commune="", epci_code="", departement_code="")
        for c in demonstration.catalysts
    )
    found = cover(replace(demonstration, catalysts=wide))
    assert (found.measured, found.unplaced) == (0, len(wide))
    assert all(reach.population == 0 for reach in found.reaches)
    assert {line.far_share_pct for line in found.departements} == {100.0}


def test_communes_stand_at_their_own_points(communes: CommunePoints, directory: Directory) -> None:
    assert len(communes.codes) == len(directory.of_level(Level.COMMUNE))
    assert np.isfinite(communes.longitudes).all()
    assert np.isfinite(communes.latitudes).all()


def test_the_sentence_bears_the_mark_and_the_shares(cover, demonstration) -> None:
    found = cover(demonstration)
    assert found.sentence.startswith("Démonstration, données simulées – Dans les 18 régions")
    for reach in found.reaches:
        assert say_share(reach.share_pct) in found.sentence


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0,0\u00a0%"),
        (100, "100,0\u00a0%"),
        (99.96, "99,9\u00a0%"),
        (0.01, "0,1\u00a0%"),
        (50, "50,0\u00a0%"),
    ],
)
def test_only_everyone_is_a_hundred_and_nobody_zero(share: float, words: str) -> None:
    assert say_share(share) == words
