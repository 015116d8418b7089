"""Actors: a point only where a source says the commune or the EPCI; counted, never ranked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from territoires.analysis.composition import map_bounds
from territoires.domain.catalysts import Catalyst, Precision
from territoires.domain.directory import Directory
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.actors import (
    count_actors,
    list_actors_inside,
    place_actors,
    places_of,
    say_actors,
)
from territoires.views.limits import Layer, territories_within

WIDE = (Precision.REGION, Precision.DEPARTEMENT)


def test_an_actor_known_by_its_region_or_departement_is_never_a_point(
    published: Published, directory: Directory
) -> None:
    wide = [c for c in published.catalysts if c.precision in WIDE]
    assert wide
    assert place_actors(replace(published, catalysts=tuple(wide)), directory) == ()


def test_a_fine_code_does_not_make_a_point_of_an_actor_known_widely(
    published: Published, directory: Directory
) -> None:
    fine = next(c for c in published.catalysts if c.precision is Precision.COMMUNE)
    for precision in WIDE:
        wide = replace(fine, precision=precision)
        assert wide.insee_commune
        assert place_actors(replace(published, catalysts=(wide,)), directory) == ()


def test_every_actor_of_a_commune_or_an_epci_is_placed_once_on_the_map(
    datasets: tuple[Published, Published], directory: Directory
) -> None:
    west, south, east, north = map_bounds()
    for data in datasets:
        placed = place_actors(data, directory)
        fine = [c for c in data.catalysts if c.precision not in WIDE]
        assert [p.name for p in placed] == [c.name for c in fine]
        for point in placed:
            assert west <= point.x_km <= east
            assert south <= point.y_km <= north
            assert point.kind in data.catalyst_kinds


def test_no_actor_no_point(published: Published, directory: Directory) -> None:
    nobody = replace(published, catalysts=())
    assert place_actors(nobody, directory) == ()
    assert count_actors(nobody, directory, Level.REGION) == ()


def test_a_point_tells_which_actor_it_is(published: Published, directory: Directory) -> None:
    placed = place_actors(published, directory)
    names = {actor.actor_id: actor.name for actor in published.catalysts}
    assert [names[point.actor_id] for point in placed] == [point.name for point in placed]


@pytest.mark.parametrize(
    ("level", "field"),
    [
        (Level.REGION, "region_code"),
        (Level.DEPARTEMENT, "departement_code"),
        (Level.EPCI, "epci_code"),
        (Level.COMMUNE, "insee_commune"),
    ],
)
def test_actors_are_counted_once_per_territory_points_and_others(
    published: Published, directory: Directory, level: Level, field: str
) -> None:
    counts = count_actors(published, directory, level)
    codes = {t.id.code for t in directory.of_level(level)}

    def code_of(actor: Catalyst) -> str:
        code = getattr(actor, field)
        if level is Level.EPCI and actor.territory.level is Level.COMMUNE:
            return directory.get(actor.territory).epci_code or ""
        return code

    known = [c for c in published.catalysts if code_of(c) in codes]
    assert sum(count.total for count in counts) == len(known)
    assert len({count.territory for count in counts}) == len(counts)
    for count in counts:
        here = [c for c in known if code_of(c) == count.territory.code]
        assert count.total == len(here) == count.on_map + len(count.not_on_map)
        assert count.on_map == sum(c.is_point for c in here)
        assert count.name == directory.get(count.territory).name
        assert count.territory.level is level


def test_an_epci_that_is_no_more_is_the_place_of_nobody(
    published: Published, directory: Directory
) -> None:
    """A source may name one that has merged, or a part of a métropole."""
    placed = next(c for c in published.catalysts if c.precision is Precision.EPCI)
    lost = replace(placed, epci_code="200057941")
    data = replace(published, catalysts=(lost,))
    assert count_actors(data, directory, Level.EPCI) == ()
    assert places_of(lost, directory, Layer(Level.EPCI)) == ()


PAYS = Layer(Level.ZONE, "demo_pays_petr")
BRETAGNE, ILLE_ET_VILAINE = TerritoryId(Level.REGION, "53"), TerritoryId(Level.DEPARTEMENT, "35")


def test_an_actor_is_in_the_zones_of_its_commune_or_its_epci(
    demonstration: Published, zoned: Directory
) -> None:
    counts = count_actors(demonstration, zoned, Level.ZONE, PAYS.zoning_id)
    assert counts
    for count in counts:
        (zone,) = [
            z for z in demonstration.zonings[PAYS.zoning_id].zones if z.id == count.territory
        ]
        members = {member.code for member in zone.members}
        here = [c for c in demonstration.catalysts if c.is_point and c.epci_code in members]
        assert (count.name, count.total, count.on_map) == (zone.name, len(here), len(here))
    assert count_actors(demonstration, zoned, Level.ZONE, "autre") == ()


def test_an_actor_known_by_its_departement_is_in_no_zone(
    demonstration: Published, zoned: Directory
) -> None:
    fine = next(c for c in demonstration.catalysts if places_of(c, zoned, PAYS))
    wide = replace(fine, precision=Precision.DEPARTEMENT)
    assert places_of(wide, zoned, PAYS) == ()


@pytest.mark.parametrize("within", [BRETAGNE, ILLE_ET_VILAINE])
@pytest.mark.parametrize("layer", [PAYS, Layer(Level.EPCI), Layer(Level.COMMUNE)])
def test_the_counts_of_a_limit_are_those_of_its_territories(
    demonstration: Published, zoned: Directory, layer: Layer, within: TerritoryId
) -> None:
    everywhere = count_actors(demonstration, zoned, layer.level, layer.zoning_id)
    inside = territories_within(zoned, layer, within)
    found = count_actors(demonstration, zoned, layer.level, layer.zoning_id, within)
    assert found == tuple(count for count in everywhere if count.territory in inside)
    actors = list_actors_inside(demonstration, zoned, layer, within)
    ids = {actor.actor_id for actor in actors}
    for actor in demonstration.catalysts:
        own = places_of(actor, zoned, layer)
        around = places_of(actor, zoned, Layer(within.level))
        expected = bool(set(own) & set(inside)) if own else within in around
        assert (actor.actor_id in ids) == expected
    assert actors


def test_the_sentence_of_a_limit_counts_its_actors_and_names_its_place(
    published: Published, directory: Directory
) -> None:
    layer = Layer(Level.DEPARTEMENT)
    inside = list_actors_inside(published, directory, layer, BRETAGNE)
    counts = count_actors(published, directory, layer.level, within=BRETAGNE)
    text = say_actors(published, counts, layer.level, 4, inside=inside, place="en Bretagne")
    placed = sum(actor.is_point for actor in inside)
    assert numbers(text) == [len(inside), placed, len(counts), 4]
    label = published.lists["catalysts"].label
    assert text.startswith(f"{label[0].upper()}{label[1:]} en Bretagne : ")


def test_territories_with_most_actors_come_first(
    published: Published, directory: Directory
) -> None:
    totals = [count.total for count in count_actors(published, directory, Level.REGION)]
    assert totals == sorted(totals, reverse=True)
    assert min(totals) >= 1


def numbers(text: str) -> list[int]:
    return [int(re.sub(r"\D", "", found)) for found in re.findall(r"\d[\d\u202f\u00a0]*", text)]


@pytest.mark.parametrize("level", [Level.REGION, Level.DEPARTEMENT])
def test_the_sentence_counts_what_the_list_and_the_map_hold(
    datasets: tuple[Published, Published], directory: Directory, level: Level
) -> None:
    total = len(directory.of_level(level))
    for data in datasets:
        counts = count_actors(data, directory, level)
        text = say_actors(data, counts, level, total)
        placed = len(place_actors(data, directory))
        assert numbers(text) == [len(data.catalysts), placed, len(counts), total]
        assert data.lists["catalysts"].label in text.lower()


def test_absence_says_nothing_unless_the_list_is_declared_complete(
    datasets: tuple[Published, Published], directory: Directory
) -> None:
    seen = set()
    for data in datasets:
        text = say_actors(data, count_actors(data, directory, Level.REGION), Level.REGION, 18)
        exhaustive = data.lists["catalysts"].exhaustive
        assert ("une absence ne dit rien du territoire" in text) == (not exhaustive)
        assert ("déclarée complète" in text) == exhaustive
        seen.add(exhaustive)
    assert seen == {True, False}


def test_simulated_actors_are_said_simulated_first(
    datasets: tuple[Published, Published],
) -> None:
    for data in datasets:
        text = say_actors(data, (), Level.REGION, 18)
        marked = text.startswith("Démonstration, données simulées – ")
        assert marked == (data.dataset is Dataset.DEMONSTRATION)


def test_no_territory_is_named_or_ranked(published: Published, directory: Directory) -> None:
    counts = count_actors(published, directory, Level.REGION)
    text = say_actors(published, counts, Level.REGION, 18)
    assert not [count.name for count in counts if count.name in text]
    assert not re.search(r"\b(?:plus|moins|premi\w+|derni\w+|meilleur\w*|tête)\b", text)


@pytest.mark.parametrize(
    ("points", "words"), [(0, "0 placé sur"), (1, "1 placé sur"), (2, "2 placés sur")]
)
def test_the_number_placed_agrees(published: Published, points: int, words: str) -> None:
    fine = next(c for c in published.catalysts if c.is_point)
    wide = replace(fine, precision=Precision.REGION)
    some = replace(published, catalysts=(wide, wide, *[fine] * points))
    assert words in say_actors(some, (), Level.REGION, 18)
