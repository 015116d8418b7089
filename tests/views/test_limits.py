"""The limit of a map: only what holds territories of the level, said with its article, left by steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.limits import (
    Layer,
    at_layer,
    crumbs,
    descents,
    is_of_layer,
    layer_of,
    limit_of,
    name_limit,
    offered_limits,
    say_place,
    say_straddling,
    territories_within,
)
from territoires.views.selection import offered_layers

FINISTERE, MAYENNE = TerritoryId(Level.DEPARTEMENT, "29"), TerritoryId(Level.DEPARTEMENT, "53")
BRETAGNE = TerritoryId(Level.REGION, "53")
LAVAL = TerritoryId(Level.EPCI, "200083392")
PAYS = Layer(Level.ZONE, "demo_pays_petr")
ZONE = TerritoryId(Level.ZONE, "demo_pays_petr.001")
SELECTION = Selection("population_municipale", "2026")


def test_the_layer_in_view_is_a_level_or_a_zoning() -> None:
    assert layer_of(replace(SELECTION, level=Level.EPCI, zoning="z")) == Layer(Level.EPCI)
    assert layer_of(replace(SELECTION, level=Level.ZONE, zoning="z")) == Layer(Level.ZONE, "z")
    assert is_of_layer(ZONE, PAYS)
    assert not is_of_layer(ZONE, Layer(Level.ZONE, "autre"))
    assert not is_of_layer(LAVAL, Layer(Level.COMMUNE))


def test_zones_within_a_territory_are_those_of_the_zoning_alone(zoned: Directory) -> None:
    inside = territories_within(zoned, PAYS, BRETAGNE)
    assert inside
    assert all(zone.code.startswith("demo_pays_petr.") for zone in inside)
    assert territories_within(zoned, Layer(Level.ZONE, "autre"), BRETAGNE) == ()
    assert set(inside) < set(territories_within(zoned, PAYS, None))


@pytest.mark.parametrize(
    ("level", "within", "kept"),
    [
        (Level.REGION, BRETAGNE, False),
        (Level.REGION, FINISTERE, False),
        (Level.DEPARTEMENT, BRETAGNE, True),
        (Level.DEPARTEMENT, FINISTERE, False),
        (Level.EPCI, FINISTERE, True),
        (Level.EPCI, LAVAL, False),
        (Level.COMMUNE, LAVAL, True),
        (Level.COMMUNE, ZONE, True),
        (Level.EPCI, ZONE, True),
    ],
)
def test_a_limit_is_kept_where_it_holds_territories_of_the_level(
    zoned: Directory, level: Level, within: TerritoryId, kept: bool
) -> None:
    selection = replace(SELECTION, level=level, within=within)
    assert limit_of(selection, zoned) == (within if kept else None)


def test_every_limit_offered_holds_something_and_epci_only_communes(zoned: Directory) -> None:
    sizes = {}
    for layer in (Layer(Level.DEPARTEMENT), PAYS, Layer(Level.EPCI), Layer(Level.COMMUNE)):
        offered = offered_limits(zoned, layer)
        assert all(territories_within(zoned, layer, territory.id) for territory in offered)
        assert len({territory.id for territory in offered}) == len(offered)
        sizes[layer] = {territory.id.level for territory in offered}
    assert sizes[Layer(Level.DEPARTEMENT)] == {Level.REGION}
    assert sizes[PAYS] == {Level.REGION, Level.DEPARTEMENT}
    assert sizes[Layer(Level.EPCI)] == {Level.REGION, Level.DEPARTEMENT, Level.ZONE}
    assert sizes[Layer(Level.COMMUNE)] == {*sizes[Layer(Level.EPCI)], Level.EPCI}
    assert offered_limits(zoned, Layer(Level.REGION)) == ()


def test_no_two_limits_of_one_list_have_the_same_name(directory: Directory) -> None:
    names = [name_limit(t) for t in offered_limits(directory, Layer(Level.EPCI))]
    assert len(set(names)) == len(names)
    assert "La Réunion (région)" in names
    assert "La Réunion (département 974)" in names


@pytest.mark.parametrize(
    ("within", "words"),
    [
        (None, ""),
        (FINISTERE, "dans le Finistère"),
        (BRETAGNE, "en Bretagne"),
        (TerritoryId(Level.REGION, "04"), "à La Réunion"),
        (LAVAL, "dans l’intercommunalité CA Laval Agglomération"),
        (ZONE, "dans la zone Pays de démonstration n°\u00a01 (simulé)"),
    ],
)
def test_the_limit_is_said_as_a_place(
    zoned: Directory,
    names: Mapping[TerritoryId, NameForms],
    within: TerritoryId | None,
    words: str,
) -> None:
    assert say_place(within, zoned, names) == words


def test_what_goes_beyond_the_limit_is_counted(directory: Directory) -> None:
    epci = directory.children(BRETAGNE, Level.EPCI)
    over = [
        t
        for t in epci
        if {c.code[:2] for c in directory.children(t, Level.COMMUNE)} - {"22", "29", "35", "56"}
    ]
    assert len(over) == 2
    assert say_straddling(epci, BRETAGNE, directory).startswith(
        "2\u00a0intercommunalités débordent"
    )
    alone = say_straddling(over[:1], BRETAGNE, directory)
    assert alone.endswith("elle est montrée et comptée entière.")
    assert say_straddling(epci, None, directory) == ""
    assert say_straddling((), BRETAGNE, directory) == ""
    communes = directory.children(BRETAGNE, Level.COMMUNE)
    assert say_straddling(communes, BRETAGNE, directory) == ""


def test_the_way_out_goes_by_the_territories_around(directory: Directory) -> None:
    steps = [str(territory.id) for territory in crumbs(LAVAL, directory)]
    assert steps == ["pays-FR", "region-52", "departement-53", "epci-200083392"]


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (Layer(Level.COMMUNE), "epci-200083392"),
        (Layer(Level.EPCI), "departement-53"),
        (Layer(Level.DEPARTEMENT), "region-52"),
        (Layer(Level.REGION), None),
    ],
)
def test_a_limit_too_narrow_for_a_level_gives_way_to_the_one_around_it(
    directory: Directory, layer: Layer, expected: str | None
) -> None:
    selection = replace(SELECTION, level=Level.COMMUNE, within=LAVAL)
    changed = at_layer(selection, layer, directory)
    assert (changed.level, str(changed.within or "") or None) == (layer.level, expected)


def test_a_change_of_layer_without_a_limit_sets_none(zoned: Directory) -> None:
    changed = at_layer(replace(SELECTION, dataset=Dataset.DEMONSTRATION), PAYS, zoned)
    assert (changed.level, changed.zoning, changed.within) == (Level.ZONE, PAYS.zoning_id, None)
    back = at_layer(changed, Layer(Level.REGION), zoned)
    assert (back.level, back.zoning) == (Level.REGION, "")


def test_ways_down_lead_to_each_finer_layer_that_has_something(
    zoned: Directory, demonstration: Published
) -> None:
    layers = offered_layers(demonstration)

    def down(territory: TerritoryId) -> dict[str, int]:
        return {d.layer.level.value: d.number for d in descents(territory, layers, zoned)}

    assert list(down(BRETAGNE)) == ["departement", "zone", "epci", "commune"]
    assert down(MAYENNE) == {"epci": 10, "commune": 240}
    assert list(down(ZONE)) == ["epci", "commune"]
    assert list(down(LAVAL)) == ["commune"]
    assert down(TerritoryId(Level.COMMUNE, "53130")) == {}
