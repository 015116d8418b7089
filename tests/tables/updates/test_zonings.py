"""Files of zones: the zoning they make, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from territoires.domain.directory import Directory
from territoires.domain.updates import FileKind, Severity
from territoires.tables.matching import PlaceNames
from tests.tables.updates.conftest import Rows
from tests.tables.updates.files import Built, as_kind, build, to_csv, told

HEADINGS = ("epci", "zone", "nom_zone")
ROWS = (("242900314", "29-1", "Pays de Brest"), ("200067981", "29-2", "Autre pays"))

Make = Callable[..., Built]


@pytest.fixture
def make(tables: Rows, directory: Directory, place_names: PlaceNames) -> Make:
    def build_file(
        *rows: Sequence[str],
        headings: Sequence[str] = HEADINGS,
        held: Rows = tables,
        zoning_name: str = "Pays",
        **choices: object,
    ) -> Built:
        asked = as_kind(FileKind.ZONING, zoning_name=zoning_name, **choices)
        return build(to_csv(headings, *rows), asked, held, directory, place_names)

    return build_file


def test_a_new_zoning_is_added(make: Make) -> None:
    built = make(*ROWS)
    assert [row["zone_code"] for row in built[0]["zonages"]] == ["29-1", "29-2"]
    assert built[0]["zonages"][0] == {
        "zoning_id": "pays",
        "zoning_name": "Pays",
        "zone_code": "29-1",
        "zone_name": "Pays de Brest",
        "level": "epci",
        "code": "242900314",
    }
    assert {p.severity for p in built[1]} == {Severity.NOTE}


def test_the_zoning_of_that_name_is_replaced_and_the_others_kept(
    make: Make, simulated_tables: Rows
) -> None:
    both = {**simulated_tables, **make(*ROWS, held=simulated_tables)[0]}
    assert len(both["zonages"]) == len(simulated_tables["zonages"]) + 2
    again = make(ROWS[0], held=both)[0]["zonages"]
    assert [row for row in again if row["zoning_id"] != "pays"] == list(simulated_tables["zonages"])
    assert [row["zone_code"] for row in again if row["zoning_id"] == "pays"] == ["29-1"]


def test_the_same_zoning_changes_nothing(make: Make, tables: Rows) -> None:
    held = {**tables, **make(*ROWS)[0]}
    assert make(*reversed(ROWS), held=held)[0] == {}


def test_a_published_zoning_keeps_its_identifier(make: Make, simulated_tables: Rows) -> None:
    name = simulated_tables["zonages"][0]["zoning_name"]
    built = make(ROWS[0], held=simulated_tables, zoning_name=name)
    assert {row["zoning_id"] for row in built[0]["zonages"]} == {"demo_pays_petr"}


def test_a_name_that_differs_by_its_writing_alone_is_told(make: Make, tables: Rows) -> None:
    held = {**tables, **make(*ROWS)[0]}
    built = make(*ROWS, held=held, zoning_name="PAYS !")
    assert ("a_verifier", "zoning-renamed", 0, "") in told(built[1])
    assert {row["zoning_name"] for row in built[0]["zonages"]} == {"PAYS !"}


def test_columns_are_found_whatever_their_order(make: Make) -> None:
    built = make(
        *((name, code, zone) for code, zone, name in ROWS),
        headings=("nom de la zone", "siren", "code zone"),
    )
    assert [row["zone_name"] for row in built[0]["zonages"]] == ["Pays de Brest", "Autre pays"]


def test_territories_in_no_zone_are_left_out_and_counted(make: Make) -> None:
    built = make(*ROWS, ("200072452", "", ""))
    assert len(built[0]["zonages"]) == 2
    assert "1\u00a0ligne sans zone est laissée de côté." in [p.mend for p in built[1]]


def test_lost_zeros_of_published_zones_are_given_back(make: Make, tables: Rows) -> None:
    held = {**tables, **make(("242900314", "001", "Un"), ("200067981", "002", "Deux"))[0]}
    built = make(("242900314", "1", "Un"), ("200067981", "2", "Deux"), held=held)
    assert built[0] == {}
    assert ("information", "lost-zeros", 2, "zone") in told(built[1])


BROKEN = {
    "unknown code": (
        ("999999999", "1", "Un"), ("code", 2, "epci"),
        "un code d’EPCI (9 chiffres) ou de commune (5 caractères) du Code officiel géographique "
        "2026 : il a peut-être changé dans une fusion",
    ),
    "no code": (
        ("", "1", "Un"), ("required", 2, "epci"),
        "un code d’EPCI (9 chiffres) ou de commune (5 caractères) du Code officiel géographique "
        "2026 (ou pas de ligne du tout)",
    ),
    "zone of signs": (
        ("242900314", "***", "Un"), ("pattern", 2, "zone"),
        "un code de zone fait de lettres ou de chiffres",
    ),
    "overseas collectivity": (
        ("98735", "1", "Un"), ("no-boundary", 2, "epci"),
        "une commune des 18 régions : les collectivités d’outre-mer n’ont pas de contour ici",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_row_is_told_exactly_and_nothing_is_made(make: Make, case: str) -> None:
    row, place, expected = BROKEN[case]
    changed_tables, problems = make(row)
    assert changed_tables == {}
    assert [(p.code, p.row, p.column) for p in problems] == [place]
    assert problems[0].expected.replace("\u00a0", " ") == expected
    assert problems[0].mend


def test_two_names_for_one_zone_and_two_levels_are_told_together(make: Make) -> None:
    changed_tables, problems = make(
        ("242900314", "1", "Un"), ("200067981", "1", "Deux"), ("29019", "2", "Trois")
    )
    assert changed_tables == {}
    assert {(p.code, p.row) for p in problems} == {("zone-name", 3), ("mixed-levels", 0)}


@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_a_zoning_needs_a_name(make: Make, name: str) -> None:
    changed_tables, problems = make(*ROWS, zoning_name=name)
    assert changed_tables == {}
    assert told(problems) == [("bloquant", "zoning-name", 0, "")]


def test_a_file_without_zones_is_told(make: Make) -> None:
    assert told(make(("242900314", "", ""))[1]) == [("bloquant", "no-zone", 0, "zone")]
    changed_tables, problems = make(("242900314",), headings=("epci",))
    assert (changed_tables, told(problems)) == ({}, [("bloquant", "columns", 0, "")])
