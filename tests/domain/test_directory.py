"""Territories of a directory that knows zones: sums, parents, children, and nothing copied."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.domain.directory import Directory
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.domain.zonings import Zone, Zoning, zone_id
from territoires.errors import UnknownTerritoryError
from territoires.tables.directory import read_directory

REDON = "epci-243500741"
BRITTANY = TerritoryId(Level.REGION, "53")
LEVELS = (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)


@pytest.fixture(scope="module")
def plain() -> Directory:
    return Directory(read_directory())


def zoning(name: str, **zones: str) -> Zoning:
    """Make a zoning of identifiers separated by spaces, by code of zone."""
    return Zoning(
        name,
        f"Zonage {name}",
        tuple(
            Zone(
                zone_id(name, code),
                f"Zone {code}",
                tuple(sorted(TerritoryId.parse(member) for member in members.split())),
            )
            for code, members in sorted(zones.items())
        ),
    )


def zone(code: str) -> TerritoryId:
    return TerritoryId(Level.ZONE, code)


@pytest.fixture(scope="module")
def zoned(plain: Directory) -> Directory:
    made_of_epci = zoning(
        "pays", a=f"{REDON} epci-243500139", b=f"{REDON} epci-200039022", c="epci-249740119"
    )
    made_of_communes = zoning("bassins", x="commune-35236 commune-44067", y="commune-56092")
    return plain.with_zonings([made_of_epci, made_of_communes])


def test_a_zone_is_worth_the_sum_of_its_members(zoned: Directory) -> None:
    found = zoned.get(zone("pays.a"))
    members = [zoned.parse(REDON), zoned.parse("epci-243500139")]
    assert found.name == "Zone a"
    assert found.population == sum(m.population or 0 for m in members)
    assert (found.kind, found.epci_code, found.postcodes) == (None, None, ())
    assert found.departement_code == "35"
    assert found.region_code == "53"
    assert set(found.departement_codes) == {"35", "44", "56"}
    assert (found.longitude, found.latitude) in {(m.longitude, m.latitude) for m in members}


def test_a_member_of_two_zones_counts_in_each(zoned: Directory) -> None:
    redon = zoned.parse(REDON)
    for code, other in (("pays.a", "epci-243500139"), ("pays.b", "epci-200039022")):
        expected = (redon.population or 0) + (zoned.parse(other).population or 0)
        assert zoned.get(zone(code)).population == expected
    assert [z.id.code for z in zoned.zones_of(redon.id)] == ["pays.a", "pays.b"]


def test_zones_are_listed_by_zoning_then_by_code(zoned: Directory) -> None:
    names = [z.id.code for z in zoned.of_level(Level.ZONE)]
    assert names == ["pays.a", "pays.b", "pays.c", "bassins.x", "bassins.y"]
    assert [z.id.code for z in zoned.of_level(Level.ZONE, "bassins")] == ["bassins.x", "bassins.y"]
    assert zoned.of_level(Level.ZONE, "inconnu") == ()
    assert zoned.of_level(Level.EPCI) == zoned.of_level(Level.EPCI, "pays")


def test_children_of_a_zone(zoned: Directory) -> None:
    redon, rennes = TerritoryId.parse(REDON), TerritoryId(Level.EPCI, "243500139")
    assert zoned.children(zone("pays.a"), Level.EPCI) == (rennes, redon)
    communes = zoned.children(zone("pays.a"), Level.COMMUNE)
    inside = zoned.children(redon, Level.COMMUNE) + zoned.children(rennes, Level.COMMUNE)
    assert communes == tuple(sorted(inside))
    # A zone made of communes lists the EPCI it touches.
    communes = zoned.children(zone("bassins.x"), Level.COMMUNE)
    assert [c.code for c in communes] == ["35236", "44067"]
    touched = {zoned.get(c).epci_code for c in communes}
    assert {e.code for e in zoned.children(zone("bassins.x"), Level.EPCI)} == touched
    assert zoned.children(zone("pays.a"), Level.ZONE) == ()
    assert zoned.children(zone("pays.a"), Level.DEPARTEMENT) == ()
    assert zoned.children(redon, Level.ZONE) == ()


def test_zones_of_what_is_wider(zoned: Directory) -> None:
    assert len(zoned.children(FRANCE, Level.ZONE)) == 5
    reunion = TerritoryId(Level.REGION, "04")
    assert zoned.children(reunion, Level.ZONE) == (zone("pays.c"),)
    morbihan = zoned.children(TerritoryId(Level.DEPARTEMENT, "56"), Level.ZONE)
    assert zone("pays.a") in morbihan
    assert zone("pays.c") not in morbihan
    assert zoned.children_count(BRITTANY, Level.ZONE) == 4


def test_a_commune_is_in_the_zones_of_its_epci_and_in_its_own(zoned: Directory) -> None:
    found = zoned.zones_of(TerritoryId(Level.COMMUNE, "35236"))
    assert [z.id.code for z in found] == ["pays.a", "pays.b", "bassins.x"]
    assert zoned.zones_of(BRITTANY) == ()
    assert zoned.zones_of(zone("pays.a")) == ()
    assert zoned.zones_of(TerritoryId(Level.COMMUNE, "75056")) == ()


def test_an_epci_is_in_a_zone_of_communes_only_when_it_is_whole(plain: Directory) -> None:
    communes = plain.children(TerritoryId.parse(REDON), Level.COMMUNE)
    whole = zoning("z", tout=" ".join(map(str, communes)), part=" ".join(map(str, communes[1:])))
    found = plain.with_zonings([whole]).zones_of(TerritoryId.parse(REDON))
    assert [z.id.code for z in found] == ["z.tout"]


def test_ancestors_of_a_zone_are_those_of_most_of_its_inhabitants(zoned: Directory) -> None:
    wider = [t.name for t in zoned.ancestors(zone("pays.a"))]
    assert wider == ["France", "Bretagne", "Ille-et-Vilaine"]
    assert zoned.region_of(zone("pays.a")) == zoned.get(BRITTANY)


def test_no_zone_is_an_ancestor(plain: Directory, zoned: Directory) -> None:
    for text in (REDON, "commune-35236", "departement-35"):
        territory = TerritoryId.parse(text)
        assert zoned.ancestors(territory) == plain.ancestors(territory)
    levels = [t.id.level for t in zoned.ancestors(TerritoryId.parse(REDON))]
    assert levels == [Level.PAYS, Level.REGION, Level.DEPARTEMENT]


def test_zones_are_added_to_a_directory_that_stays_as_it_was(
    plain: Directory, zoned: Directory
) -> None:
    assert zone("pays.a") in zoned
    assert zone("pays.a") not in plain
    assert len(zoned) == len(plain) + 5
    assert zoned.known_codes() - plain.known_codes() == {
        ("zone", f"{name}") for name in ("pays.a", "pays.b", "pays.c", "bassins.x", "bassins.y")
    }
    assert set(zoned.zonings) == {"pays", "bassins"}
    assert plain.zonings == {}
    # What is not a zone is the same object in both: a commune's name is held once.
    assert zoned.frame is plain.frame
    commune = TerritoryId(Level.COMMUNE, "35236")
    assert zoned.get(commune) is plain.get(commune)
    again = zoned.with_zonings([zoning("autre", z=REDON)])
    assert set(again.zonings) == {"autre"}
    assert zone("pays.a") not in again


def test_an_index_built_through_a_directory_with_zones_serves_the_plain_one() -> None:
    fresh = Directory(read_directory())
    other = fresh.with_zonings([])
    redon = TerritoryId.parse(REDON)
    assert other.children(redon, Level.COMMUNE)
    assert fresh.children(redon, Level.COMMUNE) == other.children(redon, Level.COMMUNE)


def test_an_unknown_zone_or_member_is_refused_in_french(plain: Directory, zoned: Directory) -> None:
    with pytest.raises(UnknownTerritoryError, match=r"« zone-pays\.z » n’existe pas"):
        zoned.get(zone("pays.z"))
    with pytest.raises(UnknownTerritoryError):
        zoned.children(zone("pays.z"), Level.COMMUNE)
    with pytest.raises(UnknownTerritoryError):
        zoned.zones_of(TerritoryId(Level.COMMUNE, "99999"))
    with pytest.raises(UnknownTerritoryError):
        plain.with_zonings([zoning("z", a="commune-99999")])


def test_overseas_collectivities_are_known_and_left_out_of_counts() -> None:
    frame = read_directory()
    kept = frame[~((frame["level"] == "departement") & (frame["kind"] == "com"))]
    row = frame[(frame["level"] == "departement") & (frame["code"] == "01")].assign(
        code="975",
        name="Saint-Pierre-et-Miquelon",
        kind="com",
        region_code=None,
        departement_code="975",
        departement_codes="975",
    )
    places = Directory(pd.concat([kept, row], ignore_index=True))
    collectivity = TerritoryId(Level.DEPARTEMENT, "975")
    assert places.get(collectivity).kind == "com"
    assert len(places.of_level(Level.DEPARTEMENT)) == 101
    assert places.children_count(FRANCE, Level.DEPARTEMENT) == 101
    assert places.children_count(FRANCE, Level.COMMUNE) == 34_875
    assert [c.code for c in places.children(collectivity, Level.COMMUNE)] == ["97501", "97502"]
    assert places.children(collectivity, Level.EPCI) == ()


def lies_in(plain: Directory, inner: TerritoryId, outer: TerritoryId) -> bool:
    """Tell, without any index, whether a territory lies in another one."""
    one, other = plain.get(inner), plain.get(outer)
    if one.region_code is None:
        return False
    if outer == FRANCE:
        return True
    if outer.level is Level.EPCI:
        return one.epci_code == outer.code
    return not set(one.departement_codes).isdisjoint(other.departement_codes)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_the_index_finds_what_a_look_at_every_territory_finds(
    plain: Directory, data: st.DataObject
) -> None:
    outer = data.draw(st.sampled_from(LEVELS[:3]))
    level = data.draw(st.sampled_from(LEVELS[LEVELS.index(outer) + 1 :]))
    parent = data.draw(st.sampled_from(plain.of_level(outer))).id
    expected = [t.id for t in plain.of_level(level) if lies_in(plain, t.id, parent)]
    assert list(plain.children(parent, level)) == expected


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_zones_of_a_partition_add_up_to_the_whole(
    plain: Directory, data: st.DataObject
) -> None:
    """Counts are summed: whatever the partition, nothing is lost nor counted twice."""
    level = data.draw(st.sampled_from([Level.EPCI, Level.COMMUNE]))
    departement = data.draw(st.sampled_from(plain.of_level(Level.DEPARTEMENT))).id
    members = plain.children(departement, level)
    draws = st.lists(st.integers(0, 4), min_size=len(members), max_size=len(members))
    numbers = data.draw(draws)
    zones: dict[str, str] = {}
    for member, number in zip(members, numbers, strict=True):
        zones[f"z{number}"] = f"{zones.get(f'z{number}', '')} {member}"
    places = plain.with_zonings([zoning("essai", **zones)])
    found = places.of_level(Level.ZONE, "essai")
    everyone = [plain.get(member) for member in members]
    assert sum(z.population or 0 for z in found) == sum(t.population or 0 for t in everyone)
    communes = [c for z in found for c in places.children(z.id, Level.COMMUNE)]
    whole = [c for m in members for c in (plain.children(m, Level.COMMUNE) or (m,))]
    assert sorted(communes) == sorted(whole)


def test_a_zone_without_any_known_population_has_none(plain: Directory) -> None:
    frame = plain.frame.assign(
        population=plain.frame["population"].mask(plain.frame["code"] == "35236")
    )
    places = Directory(frame).with_zonings([zoning("z", a="commune-35236")])
    found = places.get(zone("z.a"))
    assert found.population is None
    assert found == replace(found, departement_code="35", region_code="53")
