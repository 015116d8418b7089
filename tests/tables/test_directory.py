"""The directory file, and the territories found in it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.errors import DataFileError, UnknownTerritoryError
from territoires.tables.directory import read_directory


@cache
def directory() -> Directory:
    return Directory(read_directory())


@cache
def identifiers() -> list[TerritoryId]:
    frame = directory().frame
    return [
        TerritoryId(Level(level), code)
        for level, code in zip(frame["level"], frame["code"], strict=True)
    ]


territory_ids = st.integers(min_value=0, max_value=36_350).map(lambda i: identifiers()[i])


def test_every_level_is_whole() -> None:
    counts = directory().frame["level"].value_counts().to_dict()
    assert counts == {"region": 18, "departement": 101 + 8, "epci": 1255, "commune": 34969}
    assert len(directory()) == sum(counts.values()) + 1
    assert (directory().frame["kind"] == "com").sum() == 94 + 8


def test_codes_are_text_and_populations_whole_numbers() -> None:
    types = directory().frame.dtypes
    assert all(types[c] == "str" for c in ("level", "code", "region_code", "epci_code"))
    assert str(types["population"]) == "Int64"


def test_the_country_is_its_eighteen_regions() -> None:
    france = directory().get(FRANCE)
    assert france.population == 68_350_798
    assert directory().ancestors(FRANCE) == ()
    assert directory().children_count(FRANCE, Level.REGION) == 18
    assert directory().children_count(FRANCE, Level.COMMUNE) == 34_875
    assert directory().children(FRANCE, Level.PAYS) == ()


def test_a_commune_and_its_family() -> None:
    laval = directory().parse("commune-53130")
    assert (laval.name, laval.postcodes, laval.kind) == ("Laval", ("53000",), None)
    names = [wider.name for wider in directory().ancestors(laval.id)]
    assert names == ["France", "Pays de la Loire", "Mayenne", "CA Laval Agglomération"]
    assert laval.id in directory().children(
        TerritoryId(Level.EPCI, laval.epci_code or ""), Level.COMMUNE
    )


def test_region_and_departement_codes_are_not_mixed_up() -> None:
    assert directory().parse("region-01").name == "Guadeloupe"
    assert directory().parse("departement-01").name == "Ain"
    assert directory().children(TerritoryId(Level.REGION, "01"), Level.DEPARTEMENT) == (
        TerritoryId(Level.DEPARTEMENT, "971"),
    )


def test_an_epci_is_in_every_departement_it_touches() -> None:
    redon = next(t for t in map(directory().get, identifiers()) if "Redon Agglomération" in t.name)
    assert set(redon.departement_codes) == {"35", "44", "56"}
    assert redon.departement_code == "35"
    for code in redon.departement_codes:
        parent = TerritoryId(Level.DEPARTEMENT, code)
        assert redon.id in directory().children(parent, Level.EPCI)
    for code in ("52", "53"):
        assert redon.id in directory().children(TerritoryId(Level.REGION, code), Level.EPCI)


def test_overseas_collectivities_have_a_name_and_nothing_more() -> None:
    saint_pierre = directory().parse("commune-97502")
    assert saint_pierre.kind == "com"
    assert saint_pierre.region_code is None
    assert saint_pierre.longitude is None
    wider = [wider.name for wider in directory().ancestors(saint_pierre.id)]
    assert wider == ["France", "Saint-Pierre-et-Miquelon"]


def test_overseas_collectivities_are_known_and_counted_nowhere() -> None:
    codes = directory().frame.query("level == 'departement' and kind == 'com'")["code"].to_list()
    assert codes == ["975", "977", "978", "984", "986", "987", "988", "989"]
    everyone = directory().of_level(Level.DEPARTEMENT)
    assert len(everyone) == 101
    assert not {territory.id.code for territory in everyone} & set(codes)
    polynesia = directory().parse("departement-987")
    assert polynesia.region_code is None
    assert directory().region_of(polynesia.id) is None
    assert [wider.name for wider in directory().ancestors(polynesia.id)] == ["France"]
    assert directory().children_count(polynesia.id, Level.COMMUNE) == 48
    assert directory().children(polynesia.id, Level.EPCI) == ()
    populations = {code: directory().parse(f"departement-{code}").population for code in codes}
    assert [code for code, people in populations.items() if people is None] == ["984", "989"]
    assert populations["975"] == 5790


@given(territory_ids)
def test_every_territory_is_found_and_belongs_somewhere(territory_id: TerritoryId) -> None:
    territory = directory().get(territory_id)
    assert territory_id in directory()
    assert directory().parse(str(territory_id)) == territory
    assert territory.name.strip() == territory.name != ""
    ancestors = directory().ancestors(territory_id)
    assert ancestors[0].id == FRANCE
    order = list(Level)
    levels = [order.index(wider.id.level) for wider in ancestors]
    assert levels == sorted(set(levels))
    assert all(level < order.index(territory_id.level) for level in levels)
    if territory.kind != "com":
        assert (territory.longitude is None) is False
        needed = {Level.REGION: 1, Level.DEPARTEMENT: 2, Level.EPCI: 3, Level.COMMUNE: 3}
        assert len(ancestors) >= needed[territory_id.level]


@given(st.text(alphabet="0123456789AB", min_size=2, max_size=9))
def test_unknown_territories_are_refused_in_french(code: str) -> None:
    territory_id = TerritoryId(Level.REGION, code)
    if territory_id not in directory():
        with pytest.raises(UnknownTerritoryError, match="n’existe pas"):
            directory().get(territory_id)
    assert "region-53" not in directory()


def test_missing_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(settings.GEO / "manifest.json", tmp_path)
    monkeypatch.setattr(settings, "GEO", tmp_path)
    with pytest.raises(DataFileError, match=r"data/geo/directory\.parquet est absent"):
        read_directory()
    (tmp_path / "directory.parquet").write_bytes(b"PAR1")
    with pytest.raises(DataFileError, match="tronqué"):
        read_directory()
