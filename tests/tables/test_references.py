"""What one table names, another must hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from territoires import settings

from .conftest import Change, issues, read_cells, set_cell, write_cells

DIRECTORY = settings.GEO / "directory.parquet"


def test_the_shipped_folder_is_consistent(indicators: Path) -> None:
    assert issues(indicators) == []


def test_every_territory_code_exists(indicators: Path) -> None:
    directory = pd.read_parquet(DIRECTORY, columns=["level", "code"]).astype("str")
    known = set(zip(directory["level"], directory["code"], strict=True))
    assert issues(indicators, territories=known) == []


def test_an_unknown_territory_code_is_told(indicators: Path) -> None:
    known = {("region", "53"), ("departement", "29")}
    found = issues(indicators, territories=known)
    assert ("observations.csv", 2, "code", "code") in found
    assert ("catalysts.csv", 2, "insee_commune", "code") in found


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        ("observations.indicator_id", "inconnu", "foreign-key"),
        ("observations.source_id", "inconnue", "foreign-key"),
        ("observations.contradictions", "inconnue", "foreign-key"),
        ("observations.value", "", "missing-value"),
        ("indicators.domain_id", "lien_social inconnu", "foreign-key"),
        ("indicators.comparable_with", "inconnu", "foreign-key"),
        ("indicators.waves", "2016-11 2020-11", "extent"),
        ("indicators.levels", "region", "extent"),
        ("catalysts.kind", "inconnue", "foreign-key"),
        ("catalysts.insee_commune", "", "missing-code"),
        ("programme_experience.parent", "phase-99", "foreign-key"),
        ("profils.source_id", "inconnue", "foreign-key"),
    ],
)
def test_a_broken_reference_is_told(
    indicators: Path, alter: Change, cell: str, text: str, code: str
) -> None:
    table, name = cell.split(".")
    alter(table, set_cell(2, name, text))
    assert (f"{table}.csv", 2, name, code) in issues(indicators)


def test_a_second_main_reading_is_told(indicators: Path, alter: Change) -> None:
    cells = read_cells(indicators / "observations.csv")
    row = next(n for n, line in enumerate(cells, start=1) if line[0] == "PC15-07")
    alter("observations", set_cell(row, "reading", "principale"))
    assert issues(indicators) == [("observations.csv", row, "reading", "second-reading")]


def test_an_indicator_without_observation_is_told(indicators: Path, alter: Change) -> None:
    alter("observations", lambda cells: cells.__delitem__(-1))
    alter("observations", lambda cells: cells.__delitem__(slice(1, 5)))
    found = issues(indicators)
    assert ("indicators.csv", 2, "waves", "extent") in found


ZONES = [
    ["zoning_id", "zoning_name", "zone_code", "zone_name", "level", "code"],
    ["pays", "Pays et PETR", "1", "Pays d’essai", "epci", "200041622"],
    ["pays", "Pays et PETR", "1", "Pays d’essai", "epci", "200041630"],
    ["pays", "Pays et PETR", "2", "Autre pays", "epci", "200041630"],
    ["bassins", "Bassins de vie", "1", "Bassin d’essai", "commune", "08105"],
]
KNOWN = {("epci", "200041622"), ("epci", "200041630"), ("commune", "08105")}


def test_a_folder_may_have_no_zoning_and_an_epci_may_be_in_two_zones(indicators: Path) -> None:
    assert not (indicators / "zonages.csv").exists()
    assert issues(indicators) == []
    write_cells(indicators / "zonages.csv", ZONES[:1])
    assert issues(indicators) == []
    write_cells(indicators / "zonages.csv", ZONES)
    assert [issue for issue in issues(indicators, territories=KNOWN) if "zonages" in issue[0]] == []


def test_the_demonstration_must_have_its_zoning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demonstration"
    shutil.copytree(settings.DEMONSTRATION, folder)
    monkeypatch.setattr(settings, "DEMONSTRATION", folder)
    assert issues(folder) == []
    write_cells(folder / "zonages.csv", ZONES[:1])
    assert issues(folder) == [("zonages.csv", 0, "", "empty-file")]
    (folder / "zonages.csv").unlink()
    assert issues(folder) == [("zonages.csv", 0, "", "missing-file")]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("code", "200041623", "code"),
        ("code", "20004162", "pattern"),
        ("code", "97502", "pattern"),
        ("code", "200041622", "primary-key"),
        ("level", "commune", "zoning"),
        ("level", "pays", "enum"),
        ("zoning_name", "Zonage rebaptisé", "zoning"),
        ("zone_name", "Pays rebaptisé", "zoning"),
        ("zone_name", "", "required"),
        ("zone_code", "pays n° 1", "pattern"),
        ("zoning_id", "Pays et PETR", "pattern"),
    ],
)
def test_a_wrong_zone_is_told(indicators: Path, name: str, text: str, code: str) -> None:
    write_cells(indicators / "zonages.csv", ZONES)
    cells = read_cells(indicators / "zonages.csv")
    set_cell(3, name, text)(cells)
    write_cells(indicators / "zonages.csv", cells)
    found = [issue for issue in issues(indicators, territories=KNOWN) if "zonages" in issue[0]]
    column = "zoning_id + zone_code + code" if code == "primary-key" else name
    assert ("zonages.csv", 3, column, code) in found
    # A level that is not that of the other rows also makes a code that does not exist.
    assert {issue[1] for issue in found} == {3}
