"""COG figures below the département: those of the shipped profiles, computed the same way."""

from __future__ import annotations

import statistics
from dataclasses import replace
from pathlib import Path

import pytest

from territoires.domain.directory import Directory
from territoires.domain.indicators import Kind, Nature, Reading
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.profiles import SIZE_CLASSES, add_profiles, count_profile
from territoires.tables.published import Published, read_dataset, read_published
from tools import build_profiles

LAVAL = TerritoryId(Level.COMMUNE, "53130")
AGGLOMERATION = TerritoryId(Level.EPCI, "200083392")
SHARES = [f"{name}_part" for name in SIZE_CLASSES]
COUNTS = ["communes_nombre", *(f"{name}_nombre" for name in SIZE_CLASSES)]


def values(published: Published, territory: TerritoryId) -> dict[str, float | None]:
    """Give the COG figures of a territory by indicator."""
    return {
        o.indicator_id: o.value
        for o in published.of_territory(territory)
        if published.catalogue[o.indicator_id].nature is Nature.COG
    }


@pytest.mark.parametrize("level", [Level.PAYS, Level.REGION, Level.DEPARTEMENT])
def test_the_same_count_gives_the_shipped_profiles(
    level: Level, published: Published, directory: Directory
) -> None:
    everyone = (FRANCE,) if level is Level.PAYS else [t.id for t in directory.of_level(level)]
    for territory in everyone:
        communes = map(directory.get, directory.children(territory, Level.COMMUNE))
        shipped = values(published, territory)
        counted = count_profile(communes)
        assert counted == {name: shipped[name] for name in counted}


def test_the_classes_are_those_of_the_builder() -> None:
    assert SIZE_CLASSES == build_profiles.SIZE_CLASSES


def test_an_epci_and_a_commune_have_their_figures(
    published: Published, directory: Directory
) -> None:
    found = values(published, AGGLOMERATION)
    assert set(found) == {*COUNTS, *SHARES, "population_municipale", "commune_population_mediane"}
    communes = [directory.get(c) for c in directory.children(AGGLOMERATION, Level.COMMUNE)]
    populations = [c.population or 0 for c in communes]
    assert found["communes_nombre"] == len(communes)
    assert found["population_municipale"] == directory.get(AGGLOMERATION).population
    assert found["commune_population_mediane"] == statistics.median(populations)
    assert values(published, LAVAL) == {"population_municipale": directory.get(LAVAL).population}


def test_every_epci_and_commune_has_a_profile_the_overseas_collectivities_none(
    published: Published, directory: Directory
) -> None:
    for level in (Level.EPCI, Level.COMMUNE):
        found = published.of_indicator("population_municipale", level)
        assert [o.territory for o in found] == [t.id for t in directory.of_level(level)]
        assert sum(o.value or 0 for o in found) == pytest.approx(68_350_798, rel=1e-4)
    assert published.of_territory(TerritoryId(Level.COMMUNE, "97502")) == ()


def test_counts_of_a_zone_are_summed_and_its_shares_counted_again(
    demonstration: Published, zoned: Directory
) -> None:
    zones = demonstration.zonings["demo_pays_petr"].zones
    assert len(zones) == 59
    differing = 0
    for zone in zones:
        own = values(demonstration, zone.id)
        parts = [values(demonstration, member) for member in zone.members]
        for name in (*COUNTS, "population_municipale"):
            assert own[name] == sum(part[name] or 0 for part in parts)
        for name in SIZE_CLASSES:
            share = 100 * (own[f"{name}_nombre"] or 0) / (own["communes_nombre"] or 1)
            assert own[f"{name}_part"] == pytest.approx(share, abs=0.05 + 1e-9)
            mean = statistics.fmean(part[f"{name}_part"] or 0 for part in parts)
            differing += abs(mean - share) > 0.1
        assert own["epci_nombre"] == zoned.children_count(zone.id, Level.EPCI)
    # An average of rates would have been another figure, nearly everywhere.
    assert differing > len(zones)


def test_no_rate_below_the_departement_but_those_recounted(demonstration: Published) -> None:
    """Survey and context figures are never given to a zone, an EPCI or a commune."""
    for indicator in demonstration.catalogue.values():
        fine = {Level.ZONE, Level.EPCI, Level.COMMUNE} & set(indicator.levels)
        if fine:
            assert indicator.nature is Nature.COG
        if indicator.kind is Kind.RATE and fine:
            assert indicator.indicator_id in SHARES


def test_derived_figures_bear_the_source_of_the_shipped_ones(published: Published) -> None:
    for name in (*SHARES, "population_municipale"):
        (model,) = published.of_indicator(name, FRANCE.level)
        for figure in published.of_indicator(name, Level.EPCI)[:20]:
            assert figure.observation_id == f"cog-{name}-2026-epci-{figure.code}"
            assert figure.reading is Reading.PRINCIPALE
            assert figure.respondents is None
            assert (
                replace(
                    figure,
                    observation_id=model.observation_id,
                    level=model.level,
                    code=model.code,
                    value=model.value,
                )
                == model
            )


def test_the_catalogue_says_the_levels_from_the_widest_to_the_finest(
    published: Published, demonstration: Published
) -> None:
    wide = (Level.PAYS, Level.REGION, Level.DEPARTEMENT)
    assert published.catalogue["communes_nombre"].levels == (*wide, Level.EPCI)
    assert published.catalogue["population_municipale"].levels == (
        *wide,
        Level.EPCI,
        Level.COMMUNE,
    )
    assert demonstration.catalogue["epci_nombre"].levels == (*wide, Level.ZONE)
    assert demonstration.catalogue["epci_cc_nombre"].levels == wide
    assert demonstration.catalogue["communes_nombre"].levels == (*wide, Level.ZONE, Level.EPCI)


def test_what_is_published_is_counted_as_before(directory: Directory, published: Published) -> None:
    read = read_dataset(Dataset.PUBLIE, directory.known_codes())
    assert published.observations == read.observations
    for cell, figures in read.by_indicator.items():
        assert published.by_indicator[cell] == figures
    for territory, figures in read.by_territory.items():
        assert published.by_territory[territory] == figures


def test_the_demonstration_shares_the_figures_of_the_published_set(
    published: Published, demonstration: Published
) -> None:
    """One object for each of the 34,875 communes, not two."""
    for territory in (LAVAL, AGGLOMERATION):
        assert demonstration.of_territory(territory) is published.of_territory(territory)
    cell = ("population_municipale", Level.COMMUNE)
    assert demonstration.by_indicator[cell] is published.by_indicator[cell]


def test_a_real_zoning_has_its_profiles_and_its_notes(
    indicators: Path, directory: Directory
) -> None:
    rows = ["zoning_id,zoning_name,zone_code,zone_name,level,code"]
    rows += [f"pays,Pays,1,Le Pays,epci,{code}" for code in ("243500741", "243500139")]
    (indicators / "zonages.csv").write_text("\n".join(rows), encoding="utf-8")
    read = read_published(directory.known_codes(), indicators)
    assert read.zonings["pays"].notes == ()
    full = add_profiles(read, directory)
    assert len(full.zonings["pays"].notes) == 2
    own = values(full, TerritoryId(Level.ZONE, "pays.1"))
    assert own["epci_nombre"] == 2
    assert own["population_municipale"] == sum(
        directory.parse(f"epci-{code}").population or 0 for code in ("243500741", "243500139")
    )


def test_profiles_are_added_once(directory: Directory, demonstration: Published) -> None:
    again = add_profiles(demonstration, directory)
    assert again.by_territory == demonstration.by_territory
    assert again.by_indicator == demonstration.by_indicator
    assert again.catalogue == demonstration.catalogue


def test_an_indicator_that_the_catalogue_does_not_hold_is_not_derived(
    directory: Directory,
) -> None:
    read = read_dataset(Dataset.PUBLIE, directory.known_codes())
    catalogue = {n: i for n, i in read.catalogue.items() if n != "communes_moins_500_part"}
    fewer = add_profiles(replace(read, catalogue=catalogue), directory)
    assert "communes_moins_500_part" not in values_of(fewer, AGGLOMERATION)
    assert "communes_moins_500_nombre" in values_of(fewer, AGGLOMERATION)
    none = add_profiles(replace(read, catalogue={}, by_indicator={}), directory)
    assert none.by_territory == read.by_territory


def values_of(published: Published, territory: TerritoryId) -> set[str]:
    return {o.indicator_id for o in published.of_territory(territory)}


def test_a_profile_without_any_known_population_has_no_share(directory: Directory) -> None:
    laval = replace(directory.get(LAVAL), population=None)
    assert set(count_profile([laval])) == {*COUNTS, "population_municipale"}
    assert count_profile([laval])["communes_nombre"] == 1
