from __future__ import annotations

import csv
import io
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.domain.updates import Dialect, Severity
from territoires.tables.sheets import Sheet, SheetRow, read_sheet, to_plain_csv
from territoires.tables.sheets.sheet import ENCODINGS, MAX_FORMULAS, SEPARATORS

HEADINGS = ("Région", "Part des élus", "Effectif", "Précision")
ROWS = (
    ("Île-de-France", "77{d}5", "1 234", "d’un œil à l’autre"),
    ("Bretagne", "8{d}25", "56", "« très » sûr ; à 95 %, dit-on"),
    ("Provence-Alpes-Côte d’Azur", "0{d}5", "7", "sur\ndeux lignes"),
    ("Grand Est", "", "12", 'dit "le Grand Est"'),
)
WITHOUT = {"latin-1": str.maketrans({"’": "'", "œ": "o"})}
FOUND = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1252": "cp1252",
    "latin-1": "cp1252",
}


def to_text(separator: str, line_end: str, decimal: str) -> str:
    text = io.StringIO(newline="")
    # The writer leaves bare the line ends that are not its own.
    quoting = csv.QUOTE_MINIMAL if line_end == "\r\n" else csv.QUOTE_ALL
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end, quoting=quoting)
    writer.writerow(HEADINGS)
    writer.writerows([[cell.format(d=decimal) for cell in row] for row in ROWS])
    return text.getvalue()


def read(content: bytes, dialect: Dialect | None = None) -> Sheet:
    sheet, problems = read_sheet(content, "essai.csv", dialect or Dialect())
    assert sheet is not None, [str(problem) for problem in problems]
    assert [str(p) for p in problems if p.severity is not Severity.NOTE] == []
    return sheet


@pytest.mark.parametrize(
    ("encoding", "separator", "line_end", "decimal"),
    list(product(FOUND, SEPARATORS, ["\n", "\r\n", "\r"], [",", "."])),
)
def test_the_same_table_reads_the_same_in_every_dialect(
    encoding: str, separator: str, line_end: str, decimal: str
) -> None:
    table = WITHOUT.get(encoding, {})
    content = to_text(separator, line_end, decimal).translate(table).encode(encoding)
    sheet = read(content)
    assert sheet.dialect == Dialect(FOUND[encoding], separator, decimal, "", 1)
    assert sheet.headings == HEADINGS
    assert [row.number for row in sheet.rows] == [2, 3, 4, 5]
    assert [row.cells for row in sheet.rows] == [
        tuple(cell.format(d=decimal).translate(table) for cell in row) for row in ROWS
    ]
    assert sheet.separators[0] == (separator, 4)
    # What was found, asked for, reads the same: the page sends it back.
    again = read(content, sheet.dialect)
    assert (again.headings, again.rows, again.dialect) == (
        sheet.headings,
        sheet.rows,
        sheet.dialect,
    )


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_old_encodings_are_told_and_read_when_asked_for(encoding: str) -> None:
    content = "Région;Taux\nFranche-Comté;5\nRhône;3\n".encode(encoding)
    sheet, problems = read_sheet(content, "essai.csv")
    assert sheet is not None
    (problem,) = problems
    assert (problem.severity, problem.code) == (Severity.WARNING, "accents")
    assert problem.mend == (
        f"Choisissez l’encodage du fichier\u00a0: {ENCODINGS[encoding]} semble convenir."
    )
    assert read(content, Dialect(encoding=encoding)).headings == ("Région", "Taux")


def test_a_byte_that_is_no_letter_blocks_since_what_it_stood_for_would_be_lost() -> None:
    content = "Région;Taux\nMünster;5\n".encode("cp850")
    _, (problem,) = read_sheet(content, "essai.csv")
    assert (problem.severity, problem.code) == (Severity.BLOCKING, "accents")
    assert read_sheet(content, "essai.csv", Dialect(encoding="cp850"))[1] == ()


def test_a_file_of_formulas_is_refused_whole() -> None:
    rows = "\n".join(f"r{i};=A{i}" for i in range(MAX_FORMULAS))
    sheet, problems = read_sheet(f"Région;Taux\n{rows}\n".encode(), "essai.csv")
    assert sheet is None
    assert problems[-1].code == "formulas"
    assert problems[-1].read.startswith("au moins 20")


def test_the_first_line_that_tells_excel_the_separator_is_obeyed_and_is_no_row() -> None:
    sheet = read(b"sep=|\r\nNom;court|Taux\r\nA;B|1\r\n")
    assert (sheet.heading_row, sheet.headings) == (1, ("Nom;court", "Taux"))
    assert sheet.rows == (SheetRow(2, ("A;B", "1")),)
    assert read('\ufeff"sep=;"\nA;B\n1;2\n'.encode()).rows == (SheetRow(2, ("1", "2")),)


def test_blank_rows_and_a_title_above_the_headings_are_left_out_and_told() -> None:
    content = (
        "\n\nTaux d’adhésion en 2024;;\n\nRégion;Taux;Effectif\nBretagne;77;12\n\n;;\nCorse;8;9\n"
    )
    sheet, problems = read_sheet(content.encode(), "essai.csv")
    assert sheet is not None
    assert (sheet.heading_row, sheet.dialect.heading_row) == (5, 5)
    assert [row.number for row in sheet.rows] == [6, 9]
    assert [str(problem) for problem in problems] == [
        "ligne 5\u00a0: lu «\u00a0Région ; Taux ; Effectif\u00a0», attendu des titres sur la "
        "première ligne. Les lignes au-dessus de la ligne 5 sont laissées de côté\u00a0; "
        "choisissez une autre ligne de titres si ce n’est pas la bonne."
    ]
    asked, problems = read_sheet(content.encode(), "essai.csv", Dialect(heading_row=6))
    assert asked is not None
    assert (asked.headings, problems) == (("Bretagne", "77", "12"), ())


@pytest.mark.parametrize(
    ("content", "headings"),
    [
        ("Région;2016;2018\nBretagne;n.d.;n.d.\n", ("Région", "2016", "2018")),
        ("Région;2016-11;2018-11\nBretagne;5;6\n", ("Région", "2016-11", "2018-11")),
        ("Code\n53\n11\n", ("Code",)),
        ("Nom;;Taux;\nA;x;1;\nB;y;2;\n", ("Nom", "colonne B", "Taux")),
        (" Nom \n;complet\n", None),
        ('"Nom\n du  lieu";Taux\nA;1\n', ("Nom du lieu", "Taux")),
        ("Taux;Taux\n1;2\n", ("Taux", "Taux")),
    ],
)
def test_headings_are_found_and_named(content: str, headings: tuple[str, ...] | None) -> None:
    sheet, _ = read_sheet(content.encode(), "essai.csv")
    assert headings is None or (sheet is not None and sheet.headings == headings)


def test_a_column_beyond_z_has_two_letters() -> None:
    content = ";".join([*["t"] * 27, "", "t"]) + "\n" + ";".join(["1"] * 29)
    assert read(content.encode()).headings[26:] == ("t", "colonne AB", "t")


def test_the_separator_is_chosen_on_many_rows_not_on_the_first() -> None:
    content = "Nom, prénom et titre; Taux\n" + "Le Goff, Anne, maire;5\n" * 3
    assert read(content.encode()).dialect.separator == ";"
    content = "id,types,nom\n" + "1,a;b;c;d,x\n" * 5
    assert read(content.encode()).dialect.separator == ","


def test_cells_that_a_spreadsheet_would_run_are_listed_numbers_and_dashes_are_not() -> None:
    sheet = read(b"a;b;c\n=1+1;-12,5;-\n@x;+33 6 12;+5\n--;\xe2\x88\x925;\tA\n")
    assert [(found.row, found.position, found.text) for found in sheet.formulas] == [
        (2, 0, "=1+1"),
        (3, 0, "@x"),
        (3, 1, "+33 6 12"),
        (4, 2, "\tA"),
    ]


def test_plain_csv_keeps_the_number_of_every_row() -> None:
    sheet = read(b'\n\nTitre\n\nCode;Nom\n\n1;"a,b"\n\n2;"c\nd"\n')
    records = list(csv.reader(io.StringIO(to_plain_csv(sheet).decode(), newline="")))
    assert [(number, row) for number, row in enumerate(records, 1) if row] == [
        (5, ["Code", "Nom"]),
        (7, ["1", "a,b"]),
        (9, ["2", "c\nd"]),
    ]


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\r\t"),
    max_size=12,
)


@settings(deadline=None, max_examples=150)
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12),
    separator=st.sampled_from(list(SEPARATORS)),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
)
def test_what_a_csv_writer_wrote_is_read_back_cell_for_cell(
    rows: list[list[str]], separator: str, line_end: str, encoding: str
) -> None:
    text = io.StringIO(newline="")
    # The writer leaves bare the line ends that are not its own.
    quoting = csv.QUOTE_MINIMAL if line_end == "\r\n" else csv.QUOTE_ALL
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end, quoting=quoting)
    writer.writerows([["Un", "Deux", "Trois"], *rows])
    asked = Dialect(encoding.removesuffix("-sig"), separator, ",", "", 1)
    sheet, problems = read_sheet(text.getvalue().encode(encoding), "essai.csv", asked)
    kept = [(number, row) for number, row in enumerate(rows, 2) if any(c.strip() for c in row)]
    if not kept:
        assert sheet is None
        assert [problem.code for problem in problems] == ["no-rows"]
        return
    assert sheet is not None, problems
    assert [(row.number, [*row.cells]) for row in sheet.rows] == [
        # A cell of blanks at the end of a row is as good as none.
        (number, [*_without_blank_end(row)]) for number, row in kept
    ]  # fmt: skip


def _without_blank_end(row: list[str]) -> list[str]:
    last = max(place for place, cell in enumerate(row) if cell.strip())
    return [cell if place <= last else "" for place, cell in enumerate(row)]


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"a;b\n1;2\n"]))
def test_random_bytes_never_raise(content: bytes, start: bytes) -> None:
    sheet, problems = read_sheet(start + content, "essai")
    assert sheet is not None or any(p.severity is Severity.BLOCKING for p in problems)
    for problem in problems:
        assert str(problem)
