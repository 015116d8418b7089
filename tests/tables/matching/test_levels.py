from __future__ import annotations

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.tables.matching import PlaceCell, PlaceNames, propose_level
from territoires.tables.matching.former_regions import FORMER_REGIONS

R, D, E, C = Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE
_FORMER = [region.code for region in FORMER_REGIONS]


def codes(*texts: str) -> list[PlaceCell]:
    return [PlaceCell(row, code=text) for row, text in enumerate(texts, start=2)]


def names(*texts: str) -> list[PlaceCell]:
    return [PlaceCell(row, name=text) for row, text in enumerate(texts, start=2)]


@pytest.mark.parametrize(
    ("cells", "level"),
    [
        (codes("11", "24", "27", "28", "53", "FR"), R),
        (codes("1", "2", "3", "4", "6", "11", "24"), R),
        (codes(*_FORMER, "11", "24"), R),
        (codes("FR-BRE", "FR-IDF"), R),
        (codes("R53"), R),
        (codes("01", "02", "05", "35", "53"), D),
        (codes("2A", "53"), D),
        (codes("200067981", "243500139"), E),
        (codes("35238", "1001"), C),
        (names("Bretagne", "Normandie", "Total"), R),
        (names("Alsace", "Lorraine", "Bretagne"), R),
        (names("Ille-et-Vilaine", "Ain", "France"), D),
        (names("Rennes", "Brest", "Le Mans"), C),
        (names("CC du Pays de Bray", "Rennes Métropole"), E),
        (names("53 – Bretagne", "11 – Île-de-France"), R),
        ([PlaceCell(2, "53", "Bretagne")], R),
        ([PlaceCell(2, "53", "Mayenne")], D),
        ([PlaceCell(2, "53", "", "région"), PlaceCell(3, "FR", "", "pays")], R),
        ([PlaceCell(3, "FR", "", "pays")], Level.PAYS),
        (names("France"), Level.PAYS),
        # Nothing tells, or several levels.
        (codes("53"), None),
        (codes("11", "24"), None),
        ([PlaceCell(2, "53", "", "région"), PlaceCell(3, "53", "", "département")], None),
        (names("xx", "yy"), None),
        (codes("99", "12345678901"), None),
        ([], None),
        (codes("", ""), None),
    ],
)
def test_the_level_is_proposed_from_codes_and_names(
    cells: list[PlaceCell], level: Level | None, directory: Directory, place_names: PlaceNames
) -> None:
    assert propose_level(cells, directory, place_names) is level


def test_a_heading_says_what_a_code_is(directory: Directory, place_names: PlaceNames) -> None:
    cells = codes("53", "11")
    assert propose_level(cells, directory, place_names, ["Région"]) is R
    assert propose_level(cells, directory, place_names, ["Code du département"]) is D
    # It does not make régions of départements.
    assert propose_level(codes("01", "05", "35"), directory, place_names, ["Région"]) is D


def test_no_names_need_be_given(directory: Directory) -> None:
    assert propose_level(names("Bretagne", "Corse"), directory) is R
