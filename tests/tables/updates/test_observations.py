"""Rows of figures as rows of observations.csv."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import TerritoryId
from territoires.domain.updates import Choices, ColumnRole, Problem, Row
from territoires.tables.updates.matched import MatchedFile
from territoires.tables.updates.observations import Update, build_update
from tests.tables.updates.conftest import Rows
from tests.tables.updates.files import to_csv, to_sheet

SAID = Choices(
    indicator_id="adhesion_maires_region",
    wave="2024-11",
    source_id="cog-2026",
    fiabilite="claire",
)
ROLES = (ColumnRole(0, "name"), ColumnRole(1, "value"), ColumnRole(2, "respondents"))
BRETAGNE, CORSE = TerritoryId.parse("region-53"), TerritoryId.parse("region-94")
PLACES = {"Bretagne": BRETAGNE, "Corse": CORSE, "Ailleurs": None}


def update(  # noqa: PLR0917 - a file and everything around it
    content: bytes,
    tables: Rows,
    directory: Directory,
    choices: Choices = SAID,
    columns: Sequence[ColumnRole] = ROLES,
    name: str = "f.csv",
) -> Update:
    return build_update(
        MatchedFile(to_sheet(content, name), choices, tables, directory, columns, PLACES)
    )


def new_rows(built: Update, tables: Rows) -> list[Row]:
    known = {row["observation_id"] for row in tables["observations"]}
    rows = built.tables.get("observations", ())
    return [row for row in rows if row["observation_id"] not in known]


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_new_row_is_whole_and_last(tables: Rows, directory: Directory) -> None:
    built = update(to_csv(("Région", "Taux", "n"), ("Bretagne", "77,50", "120")), tables, directory)
    assert built.problems == ()
    assert built.tables["observations"][:-1] == tables["observations"]
    assert built.tables["observations"][-1] == {
        "observation_id": "adhesion_maires_region-2024-11-region-53",
        "indicator_id": "adhesion_maires_region",
        "wave": "2024-11",
        "cycle": "",
        "study": "PHARE-Institutions",
        "level": "region",
        "code": "53",
        "value": "77.5",
        "value_text": "",
        "respondents": "120",
        "deff": "",
        "fiabilite": "claire",
        "reading": "principale",
        "contradictions": "",
        "caveat": "",
        "statement": "Adhèrent à la dynamique partenariale",
        "source_id": "cog-2026",
        "fact_id": "",
    }


def test_an_identifier_in_use_is_not_taken_twice(tables: Rows, directory: Directory) -> None:
    other = {
        **tables["observations"][-1],
        "observation_id": "adhesion_maires_region-2024-11-region-53",
    }
    known = {**tables, "observations": (*tables["observations"], other)}
    built = update(to_csv(("Région", "Taux", "n"), ("Bretagne", "77", "120")), known, directory)
    (row,) = new_rows(built, known)
    assert row["observation_id"] == "adhesion_maires_region-2024-11-region-53-2"


def test_a_place_that_is_not_settled_or_left_out_makes_nothing(
    tables: Rows, directory: Directory
) -> None:
    built = update(
        to_csv(("Région", "Taux", "n"), ("Ailleurs", "abc", "x"), ("Atlantide", "3", "1")),
        tables,
        directory,
    )
    assert built.problems == ()
    assert built.tables == {}


def test_what_can_be_read_is_given_beside_what_blocks(tables: Rows, directory: Directory) -> None:
    built = update(
        to_csv(("Région", "Taux", "n"), ("Bretagne", "77", "120"), ("Corse", "abc", "30")),
        tables,
        directory,
    )
    assert codes(built.problems) == ["not-a-number"]
    assert [row["code"] for row in new_rows(built, tables)] == ["53"]


def test_rows_left_out_by_a_person_are_not_even_read(tables: Rows, directory: Directory) -> None:
    said = Choices(**{**_asdict(SAID), "excluded": (3,)})
    built = update(
        to_csv(("Région", "Taux", "n"), ("Bretagne", "77", "120"), ("Bretagne", "=9", "x")),
        tables,
        directory,
        said,
    )
    assert built.problems == ()


def test_words_of_the_source_are_a_value(tables: Rows, directory: Directory) -> None:
    roles = (ColumnRole(0, "name"), ColumnRole(1, "value"), ColumnRole(2, "value_text"))
    built = update(
        to_csv(("Région", "Taux", "Mots"), ("Bretagne", "", "près de la moitié")),
        tables,
        directory,
        columns=roles,
    )
    (row,) = new_rows(built, tables)
    assert (row["value"], row["value_text"]) == ("", "près de la moitié")


def test_constants_hold_where_a_row_says_nothing(tables: Rows, directory: Directory) -> None:
    said = Choices(**{**_asdict(SAID), "caveat": "Provisoire.\x00", "study": "Essai"})
    roles = (ColumnRole(0, "name"), ColumnRole(1, "value"), ColumnRole(2, "caveat"))
    built = update(
        to_csv(
            ("Région", "Taux", "Réserve"), ("Bretagne", "77", "La sienne."), ("Corse", "66", "")
        ),
        tables,
        directory,
        said,
        roles,
    )
    texts = [(row["caveat"], row["study"]) for row in new_rows(built, tables)]
    assert texts == [("La sienne.", "Essai"), ("Provisoire.", "Essai")]


@pytest.mark.parametrize(("change", "code"), [({"study": "Autre étude"}, "study-changed")])
def test_another_study_for_a_published_figure_is_told(
    change: dict[str, str], code: str, tables: Rows, directory: Directory
) -> None:
    roles = (ColumnRole(0, "name"), ColumnRole(1, "value"), ColumnRole(2, "study"))
    file = MatchedFile(
        to_sheet(to_csv(("Région", "Taux", "Étude"), ("Normandie", "77", change["study"]))),
        Choices(**{**_asdict(SAID), "wave": "2016-11"}),
        tables,
        directory,
        roles,
        {"Normandie": TerritoryId.parse("region-28")},
    )
    assert code in codes(build_update(file).problems)


def test_a_published_contradiction_is_recalled_when_its_value_changes(
    tables: Rows, directory: Directory
) -> None:
    row = next(
        row
        for row in tables["observations"]
        if row["contradictions"] and row["reading"] == "principale" and row["level"] == "pays"
    )
    said = Choices(**{**_asdict(SAID), "indicator_id": row["indicator_id"], "wave": row["wave"]})
    file = MatchedFile(
        to_sheet(to_csv(("Pays", "Taux"), ("France", "1"))),
        said,
        tables,
        directory,
        (ColumnRole(0, "name"), ColumnRole(1, "value")),
        {"France": TerritoryId.parse("pays-FR")},
    )
    assert "contradiction" in codes(build_update(file).problems)


def test_the_computed_value_of_a_workbook_formula_is_read_and_told(
    tables: Rows, directory: Directory
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (("Région", "Taux", "n"), ("Bretagne", 77, 120), ("Corse", "=60+6", 30)):
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    built = update(stream.getvalue(), tables, directory, name="f.xlsx")
    # Never computed by a spreadsheet: there is no value to read, and none is made up.
    assert [row["code"] for row in new_rows(built, tables)] == ["53"]
    (problem,) = [one for one in built.problems if one.code == "formula"]
    assert (problem.row, problem.column, problem.read) == (3, "Taux", "=60+6")


def _asdict(choices: Choices) -> dict[str, object]:
    return {name: getattr(choices, name) for name in choices.__slots__}
