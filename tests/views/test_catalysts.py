"""Who is near a territory: inside, nearest outside, without a place; nothing across the sea."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from pyproj import Geod

from territoires.domain.catalysts import Precision
from territoires.domain.directory import Directory
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.catalyst_places import ActorPlaces, build_actor_places
from territoires.views.catalysts import (
    PARTIAL,
    Nearby,
    nearest_actors,
    of_commune,
    say_distance,
)

LAVAL = TerritoryId(Level.COMMUNE, "53130")
STRASBOURG = TerritoryId(Level.COMMUNE, "67482")
REUNION = TerritoryId(Level.REGION, "04")
SAINT_DENIS = TerritoryId(Level.COMMUNE, "97411")
NOUMEA = TerritoryId(Level.COMMUNE, "98818")
DROM = {"01", "02", "03", "04", "06"}


@pytest.fixture(scope="module")
def places(published: Published, directory: Directory) -> ActorPlaces:
    return build_actor_places(published, directory)


@pytest.fixture(scope="module")
def simulated_places(demonstration: Published, directory: Directory) -> ActorPlaces:
    return build_actor_places(demonstration, directory)


@pytest.fixture(scope="module")
def sample(directory: Directory) -> list[TerritoryId]:
    """Give territories of every level, drawn once and for all."""
    draw = np.random.default_rng(20261122)
    return [
        territory.id
        for level in (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)
        for every in [directory.of_level(level)]
        for territory in draw.choice(np.array(every, dtype=object), min(60, len(every)), False)
    ]


def test_distances_are_those_of_the_ellipsoid_within_half_a_percent(
    demonstration: Published, directory: Directory, simulated_places: ActorPlaces
) -> None:
    laval = directory.get(LAVAL)
    found = nearest_actors(demonstration, directory, LAVAL, limit=50, places=simulated_places)
    assert len(found.outside) == 50
    for near in found.outside:
        there = directory.get(near.catalyst.territory)
        *_, metres = Geod(ellps="WGS84").inv(
            laval.longitude, laval.latitude, there.longitude, there.latitude
        )
        assert near.distance_km == pytest.approx(metres / 1000, rel=0.005)
        assert near.place_name == there.name


def test_the_nearest_come_first_and_none_is_nearer(
    demonstration: Published, directory: Directory, simulated_places: ActorPlaces
) -> None:
    few = nearest_actors(demonstration, directory, LAVAL, limit=5, places=simulated_places)
    many = nearest_actors(demonstration, directory, LAVAL, limit=999, places=simulated_places)
    distances = [near.distance_km for near in many.outside]
    assert distances == sorted(distances)
    assert few.outside == many.outside[:5]


def test_every_actor_is_counted_once_and_in_the_right_place(
    datasets: tuple[Published, Published], directory: Directory, sample: list[TerritoryId]
) -> None:
    for data in datasets:
        built = build_actor_places(data, directory)
        for territory in sample:
            found = nearest_actors(data, directory, territory, limit=999, places=built)
            inside = {c.actor_id for c in found.inside}
            outside = {near.catalyst.actor_id for near in found.outside}
            without = {c.actor_id for c in found.without_place}
            assert not inside & outside
            assert not inside & without
            assert not outside & without
            assert all(near.catalyst.is_point for near in found.outside)
            assert not any(c.is_point for c in found.without_place)


def test_an_actor_known_only_by_a_wider_territory_is_without_a_place(
    published: Published, directory: Directory, places: ActorPlaces
) -> None:
    found = nearest_actors(published, directory, STRASBOURG, places=places)
    assert {c.precision for c in found.without_place} <= {Precision.REGION, Precision.DEPARTEMENT}
    assert {c.region_code for c in found.without_place} == {"44"}
    grand_est = nearest_actors(published, directory, TerritoryId(Level.REGION, "44"), places=places)
    assert set(found.without_place) <= set(grand_est.inside)
    assert grand_est.without_place == ()


def test_an_actor_of_an_epci_is_near_its_communes_and_its_distance_is_approximate(
    published: Published, directory: Directory, places: ActorPlaces
) -> None:
    found = nearest_actors(published, directory, STRASBOURG, places=places)
    first = found.outside[0]
    assert first.catalyst.precision is Precision.EPCI
    assert first.is_approximate
    eurometropole = nearest_actors(published, directory, first.catalyst.territory, places=places)
    assert first.catalyst in eurometropole.inside


def test_no_distance_is_measured_across_the_sea(
    demonstration: Published,
    directory: Directory,
    simulated_places: ActorPlaces,
    sample: list[TerritoryId],
) -> None:
    for territory in [*sample, REUNION, SAINT_DENIS, *(TerritoryId(Level.REGION, c) for c in DROM)]:
        found = nearest_actors(
            demonstration, directory, territory, limit=999, places=simulated_places
        )
        region = directory.get(territory).region_code
        homes = {near.catalyst.region_code for near in found.outside}
        assert homes <= {region} if region in DROM else homes.isdisjoint(DROM)


def test_overseas_says_why_nobody_is_proposed(
    published: Published, directory: Directory, places: ActorPlaces
) -> None:
    found = nearest_actors(published, directory, SAINT_DENIS, places=places)
    assert found.outside == ()
    assert "de ce côté de la mer" in found.sentence
    assert found.without_place


def test_a_territory_without_a_position_has_no_distance(
    datasets: tuple[Published, Published], directory: Directory
) -> None:
    for data in datasets:
        found = nearest_actors(data, directory, NOUMEA)
        assert found.outside == ()
        if directory.get(NOUMEA).longitude is None:
            assert found.origin == ""
            assert "Aucune distance" in found.sentence


def test_france_lists_everyone_and_measures_nothing(
    datasets: tuple[Published, Published], directory: Directory
) -> None:
    for data in datasets:
        found = nearest_actors(data, directory, FRANCE)
        assert len(found.inside) == len(data.catalysts)
        assert (found.outside, found.without_place, found.origin) == ((), (), "")


def test_the_origin_is_the_town_hall_only_where_the_point_is_one(
    published: Published, directory: Directory, places: ActorPlaces
) -> None:
    def origin(territory: TerritoryId) -> str:
        return nearest_actors(published, directory, territory, places=places).origin

    assert origin(LAVAL) == "la mairie de Laval"
    elsewhere = next(
        commune.id
        for commune in directory.of_level(Level.COMMUNE)
        if commune.id.code not in places.town_halls
    )
    assert origin(elsewhere).startswith("un point intérieur ")
    assert origin(REUNION) == "un point intérieur de la région"


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d,]*(?=\u00a0km)", text)


def test_the_sentence_says_the_distances_of_the_list(
    demonstration: Published, directory: Directory, simulated_places: ActorPlaces
) -> None:
    found = nearest_actors(demonstration, directory, LAVAL, places=simulated_places)
    said = [say_distance(near.distance_km).split("\u00a0")[0] for near in found.outside[:3]]
    assert numbers(found.sentence) == said
    assert "À vol d’oiseau, depuis la mairie de Laval" in found.sentence


def test_only_a_list_that_is_not_complete_warns_of_it(
    datasets: tuple[Published, Published], directory: Directory
) -> None:
    for data in datasets:
        found = nearest_actors(data, directory, LAVAL)
        assert (PARTIAL in found.sentence) is not data.lists["catalysts"].exhaustive
        simulated = found.sentence.startswith("Démonstration, données simulées – ")
        assert simulated is data.lists["catalysts"].exhaustive
        assert "parmi les acteurs recensés ici" in found.sentence


def test_an_empty_list_has_its_sentence(published: Published, directory: Directory) -> None:
    nobody = replace(published, catalysts=())
    found = nearest_actors(nobody, directory, LAVAL)
    assert found == Nearby((), (), (), "la mairie de Laval", found.sentence)
    assert found.sentence.startswith("Aucun acteur recensé dans la commune.")


def test_an_actor_of_a_zone_is_inside_it(demonstration: Published, directory: Directory) -> None:
    knowing = directory.with_zonings(demonstration.zonings.values())
    built = build_actor_places(demonstration, knowing)
    zone = knowing.of_level(Level.ZONE)[0]
    communes = set(knowing.children(zone.id, Level.COMMUNE))
    expected = {c.actor_id for c in demonstration.catalysts if c.territory in communes}
    found = nearest_actors(demonstration, knowing, zone.id, places=built)
    assert {c.actor_id for c in found.inside} == expected


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Laval", "de Laval"),
        ("Angers", "d’Angers"),
        ("Épinal", "d’Épinal"),
        ("Œuilly", "d’Œuilly"),
        ("Le Mans", "du Mans"),
        ("Les Sables-d’Olonne", "des Sables-d’Olonne"),
        ("La Rochelle", "de La Rochelle"),
        ("L’Haÿ-les-Roses", "de L’Haÿ-les-Roses"),
        ("Hyères", "(Hyères)"),
        ("Yvetot", "(Yvetot)"),
    ],
)
def test_the_name_of_a_commune_follows_its_preposition(name: str, words: str) -> None:
    assert of_commune(name) == words


@pytest.mark.parametrize(
    ("distance_km", "words"),
    [
        (0, "0,0\u00a0km"),
        (4.23, "4,2\u00a0km"),
        (9.94, "9,9\u00a0km"),
        (9.96, "10\u00a0km"),
        (37.5, "38\u00a0km"),
        (1234, "1\u202f234\u00a0km"),
    ],
)
def test_a_distance_has_a_decimal_only_when_near(distance_km: float, words: str) -> None:
    assert say_distance(distance_km) == words
