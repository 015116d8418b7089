"""Files that tell what is wrong: the list of problems, and the analyst's file annotated."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.domain.updates import Dialect, FileKind
from territoires.tables.matching import match_columns
from territoires.tables.sheets import Sheet, read_sheet
from territoires.tables.updates.problems import block, note, warn
from territoires.tables.updates.report_files import (
    ADDED_HEADING,
    to_annotated_copy,
    to_problem_list,
)
from tests.tables.updates.files import to_csv, to_sheet

CONTENT = "\r\n\r\nRégion;Taux\r\nBretagne;abc\r\n\r\nNormandie;77,5\r\n".encode("cp1252")
PROBLEMS = (
    block("number", "un nombre", "Corrigez la cellule.", row=4, column="Taux", read="abc"),
    warn("odd", "autre chose", "Vérifiez.", row=4, column="Région", read="Bretagne"),
    note("whole", "rien d’autre", "C’est dit."),
)


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Chiffres"
    for row in (["Région", "Taux"], ["Bretagne", "abc"], ["Normandie", 77.5], ["Corse", "=1+1"]):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def same(one: Sheet, other: Sheet) -> None:
    kept = len(one.headings)
    assert other.headings[:kept] == one.headings
    assert other.heading_row == one.heading_row
    assert [(row.number, row.cells[:kept]) for row in other.rows] == [
        (row.number, row.cells) for row in one.rows
    ]


def test_the_list_tells_every_problem_on_its_own_line() -> None:
    content = to_problem_list(PROBLEMS, "essai.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [
        ["Fichier", "Gravité", "Ligne", "Colonne", "Ce qui a été lu", "Ce qui était attendu", "Comment corriger"],
        ["essai.csv", "bloquant", "4", "Taux", "abc", "un nombre", "Corrigez la cellule."],
        ["essai.csv", "à vérifier", "4", "Région", "Bretagne", "autre chose", "Vérifiez."],
        ["essai.csv", "information", "", "", "", "rien d’autre", "C’est dit."],
    ]  # fmt: skip


def test_the_list_runs_no_formula() -> None:
    hostile = block("x", "y", "z", row=1, column="+A", read="=CMD()")
    (_, row) = read(to_problem_list([hostile], "@nom.csv"))
    assert (row[0], row[3], row[4]) == ("’@nom.csv", "’+A", "’=CMD()")


def test_a_copy_keeps_rows_cells_and_separator_and_adds_what_was_found() -> None:
    sheet = to_sheet(CONTENT)
    name, content = to_annotated_copy(sheet, PROBLEMS, CONTENT)
    assert name == "fichier_annote.csv"
    rows = read(content)
    assert rows[2] == ["Région", "Taux", ADDED_HEADING]
    assert [part.replace("\u00a0", " ") for part in rows[3][2].split(" | ")] == [
        "Bloquant, Taux : lu « abc », attendu un nombre. Corrigez la cellule.",
        "À vérifier, Région : lu « Bretagne », attendu autre chose. Vérifiez.",
        "Information, fichier entier : attendu rien d’autre. C’est dit.",
    ]
    assert rows[5] == ["Normandie", "77,5", ""]
    same(sheet, to_sheet(content))


def test_a_copy_brought_back_is_read_without_the_added_column() -> None:
    _, content = to_annotated_copy(to_sheet(CONTENT), PROBLEMS, CONTENT)
    roles = {
        m.heading: m.role.field for m in match_columns(to_sheet(content), FileKind.OBSERVATIONS, {})
    }
    assert roles[ADDED_HEADING] == "ignored"


def test_a_copy_of_a_copy_has_one_added_column() -> None:
    sheet = to_sheet(to_annotated_copy(to_sheet(CONTENT), PROBLEMS, CONTENT)[1])
    _, content = to_annotated_copy(sheet, (), CONTENT)
    assert read(content)[2:4] == [["Région", "Taux", ADDED_HEADING], ["Bretagne", "abc", ""]]


def test_a_workbook_is_copied_with_its_cells_marked() -> None:
    from openpyxl import load_workbook

    original = workbook()
    sheet = to_sheet(original, "../../chiffres.xlsx")
    problems = (
        block("number", "un nombre", "Corrigez la cellule.", row=2, column="Taux", read="abc"),
        note("seen", "rien", "Vu.", row=3, column="Taux", read="77,5"),
    )
    name, content = to_annotated_copy(sheet, problems, original)
    assert name == "chiffres_annote.xlsx"
    copy = load_workbook(io.BytesIO(content)).active
    assert copy is not None
    assert copy.title == "Chiffres"
    assert copy["C1"].value == ADDED_HEADING
    assert copy["B2"].fill.start_color.rgb == "00F8C8C4"
    assert copy["B2"].comment.text == copy["C2"].value
    assert "B4" not in {c.coordinate for row in copy.iter_rows() for c in row if c.data_type == "f"}
    again, _ = read_sheet(content, name)
    assert again is not None
    same(sheet, again)


@pytest.mark.parametrize("text", ["=1+1", "@x", "-x", "+x"])
def test_formulas_of_the_file_become_text(text: str) -> None:
    content = to_csv(("Nom", "Note"), ("Bretagne", text))
    _, copy = to_annotated_copy(to_sheet(content), (), content)
    assert read(copy)[1][1] == f"’{text}"


@settings(max_examples=50, deadline=None)
@given(
    rows=st.lists(st.tuples(*[st.text(max_size=12)] * 2), min_size=1, max_size=5),
    told=st.lists(
        st.tuples(st.integers(0, 9), st.text(max_size=8), st.text(max_size=8)), max_size=4
    ),
    is_workbook=st.booleans(),
)
def test_any_file_read_can_be_annotated(
    rows: list[tuple[str, str]], told: list[tuple[int, str, str]], is_workbook: bool
) -> None:
    content = to_csv(("Région", "Taux"), *rows)
    sheet, _ = read_sheet(content, "f.csv")
    if sheet is None:
        return
    problems = [block("x", "y", "z", row=row, column=c, read=read) for row, c, read in told]
    name, copy = to_annotated_copy(sheet, problems, b"PK" if is_workbook else content)
    again, _ = read_sheet(copy, name)
    assert again is not None or not sheet.rows


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("a:b", "a-b"), ("a/b", "a-b"), ("[x]", "-x-"), ("*?", "--"), ("", "Données"),
        ("\\", "-"), ("'a'b'", "a'b"), (" ' ", "Données"), ("a\x00\u202eb", "a b"),
        ("é" * 40, "é" * 31), ("a" * 30 + "' b", "a" * 30),
    ],
)  # fmt: skip
def test_a_copy_names_its_sheet_as_a_workbook_may(written: str, title: str) -> None:
    from openpyxl import load_workbook

    sheet = replace(to_sheet(CONTENT), dialect=Dialect(sheet=written))
    _, content = to_annotated_copy(sheet, PROBLEMS, b"PK")
    assert load_workbook(io.BytesIO(content)).sheetnames == [title]
