from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from territoires.domain.updates import Dialect, Problem, Severity
from territoires.tables.sheets import Formula, Sheet, SheetRow, read_sheet
from tests.tables.sheets.files import SHEET, to_book, to_parts, to_rows, to_zip


def save(book: Workbook) -> bytes:
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def make(*rows: list[object]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "Données"
    for row in rows:
        page.append(row)
    return book, page


def read(content: bytes, **asked: object) -> tuple[Sheet, tuple[Problem, ...]]:
    sheet, problems = read_sheet(content, "essai.xlsx", Dialect(**asked))  # type: ignore[arg-type]
    assert sheet is not None, [str(problem) for problem in problems]
    return sheet, problems


def column(sheet: Sheet, position: int = 0) -> list[str]:
    return [row.cells[position] for row in sheet.rows]


def test_a_workbook_is_read_as_text_with_its_row_numbers() -> None:
    book, page = make(["Région", "Taux", "Effectif"], ["Bretagne", 77.5, 12])
    page["A4"], page["B4"] = "Corse", 8
    sheet, problems = read(save(book))
    assert problems == ()
    assert sheet.headings == ("Région", "Taux", "Effectif")
    assert sheet.rows == (
        SheetRow(2, ("Bretagne", "77.5", "12")),
        SheetRow(4, ("Corse", "8", "")),
    )
    assert sheet.dialect == Dialect("", "", ".", "Données", 1)
    assert (sheet.sheet_names, sheet.separators) == (("Données",), ())


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (12, "General", "12"),
        (12.0, "0.00", "12"),
        (-0.0, "General", "0"),
        (0.1 + 0.2, "General", "0.3"),
        (28.999999999999996, "General", "29"),
        (1e-7, "General", "0.0000001"),
        (123456789012345678, "General", "123456789012346000"),
        (0.77, "0%", "77%"),
        (0.285, "0.0 %", "28.5%"),
        (0.29, "0%", "29%"),
        (1, "0%", "100%"),
        (77, '0" %"', "77"),
        (77, "0\\%", "77"),
        (True, "General", "VRAI"),
        (False, "General", "FAUX"),
        (date(2024, 11, 1), "yyyy-mm-dd", "2024-11-01"),
        (date(2024, 11, 1), "mmm-yy", "2024-11-01"),
        (datetime(2024, 11, 1, 14, 30), "dd/mm/yyyy hh:mm", "2024-11-01 14:30:00"),
        (time(8, 30), "hh:mm", "08:30:00"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05:00"),
        ("007", "General", "007"),
        (" a ", "General", " a "),
        ("a\nb", "General", "a\nb"),
    ],
)
def test_a_cell_is_the_text_that_a_person_would_write(
    value: object, number_format: str, text: str
) -> None:
    book, page = make(["Titre", "Témoin"], ["x", "y"])
    page["A2"] = value
    page["A2"].number_format = number_format
    sheet, _ = read(save(book))
    assert column(sheet) == [text]


def test_dates_of_a_mac_count_from_1904() -> None:
    book, _ = make(["Jour", "n"], [date(2024, 11, 1), 1])
    book.epoch = datetime(1904, 1, 1)
    assert column(read(save(book))[0]) == ["2024-11-01"]


def test_numbers_take_the_decimal_sign_of_the_texts_or_the_one_asked_for() -> None:
    book, _ = make(["Région", "Taux"], ["Bretagne", 77.25], ["Corse", "8,5"])
    sheet, problems = read(save(book))
    assert (sheet.dialect.decimal, column(sheet, 1)) == (",", ["77,25", "8,5"])
    assert problems == ()
    book, _ = make(["Région", "Taux"], ["Bretagne", 77.25], ["Corse", 1.125])
    assert column(read(save(book))[0], 1) == ["77.25", "1.125"]
    assert column(read(save(book), decimal=",")[0], 1) == ["77,25", "1,125"]


def test_a_text_that_could_be_thousands_is_told() -> None:
    book, _ = make(["Région", "Élus"], ["Bretagne", "1.234"], ["Corse", 12])
    _, problems = read(save(book))
    assert [(p.severity, p.code, p.read) for p in problems] == [
        (Severity.WARNING, "decimal", "1.234")
    ]


def test_formulas_are_listed_and_their_value_is_the_cell() -> None:
    content = to_book(
        "<row><c t='inlineStr'><is><t>A</t></is></c><c t='inlineStr'><is><t>B</t></is></c></row>"
        "<row><c><v>1</v></c><c><f>A2+1</f><v>2</v></c></row>"
        '<row><c><v>3</v></c><c><f t="shared" si="0" ref="B3:B4">A3*2</f><v>6</v></c></row>'
        '<row><c><v>5</v></c><c><f t="shared" si="0"/><v>10</v></c></row>'
        '<row><c><v>7</v></c><c t="str"><f>""</f><v></v></c></row>'
        "<row><c><v>9</v></c><c><f>A6</f></c></row>"
    )
    sheet, problems = read(content)
    assert column(sheet, 1) == ["2", "6", "10", "", ""]
    assert sheet.formulas == (
        Formula(2, 1, "=A2+1"),
        Formula(3, 1, "=A3*2"),
        Formula(4, 1, "=A3*2"),
        Formula(5, 1, '=""'),
        Formula(6, 1, "=A6"),
    )
    assert [str(problem) for problem in problems] == [
        "ligne 6, colonne B\u00a0: lu «\u00a0=A6\u00a0», attendu la valeur calculée d’une "
        "formule. La formule n’a jamais été calculée\u00a0: ouvrez le fichier dans un tableur et "
        "enregistrez-le, ou collez les valeurs."
    ]


def test_errors_of_formulas_are_kept_and_told() -> None:
    content = to_book(
        to_rows(("Nom", "Taux"), ("x", 1)) + '<row><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    sheet, problems = read(content)
    assert column(sheet) == ["x", "#DIV/0!"]
    assert [str(problem) for problem in problems] == [
        "ligne 3, colonne Nom\u00a0: lu «\u00a0#DIV/0!\u00a0», attendu une valeur. Cette formule "
        "est en erreur dans le tableur\u00a0: corrigez-la, ou videz la cellule."
    ]


def test_shared_rich_and_escaped_texts_are_whole_without_their_readings() -> None:
    strings = (
        "<sst><si><t>Nom</t></si><si><r><t>Île-de</t></r><r><t>-France</t></r>"
        "<rPh><t>lecture</t></rPh></si><si><t>a_x000D_b</t></si></sst>"
    )
    rows = "".join(f'<row><c t="s"><v>{place}</v></c></row>' for place in range(3))
    sheet, _ = read(to_book(rows, strings=strings))
    assert (sheet.headings, column(sheet)) == (("Nom",), ["Île-de-France", "a\rb"])


def test_half_a_character_and_none_stay_as_they_are_written() -> None:
    rows = to_rows(("Nom",), ("a_xD83D_b_x0000_c_x0041_",))
    assert column(read(to_book(rows))[0]) == ["a_xD83D_b_x0000_cA"]


def test_a_text_of_many_styles_is_read_whole() -> None:
    runs = "<r><t>ab</t></r>" * 300
    content = to_book(to_rows(("Nom",)) + f'<row><c t="inlineStr"><is>{runs}</is></c></row>')
    assert column(read(content)[0]) == ["ab" * 300]


def test_elements_with_a_prefix_are_read_too() -> None:
    rows = "<x:row><x:c><x:v>1</x:v></x:c></x:row>" * 2
    content = to_zip(
        to_parts(f'<x:worksheet xmlns:x="y"><x:sheetData>{rows}</x:sheetData></x:worksheet>')
    )
    assert column(read(content)[0]) == ["1"]


def test_the_first_filled_visible_sheet_is_read_and_the_others_are_told() -> None:
    book, page = make()
    page.title = "Vide"
    hidden = book.create_sheet("Listes")
    hidden.append(["a", "b"])
    hidden.sheet_state = "hidden"
    for name in ("2024", "2018"):
        book.create_sheet(name).append(["Région", name])
        book[name].append(["Corse", int(name)])
    content = save(book)
    sheet, problems = read(content)
    assert (sheet.dialect.sheet, column(sheet, 1)) == ("2024", ["2024"])
    assert sheet.sheet_names == ("Vide", "Listes", "2024", "2018")
    assert [str(problem) for problem in problems] == [
        "fichier entier\u00a0: lu «\u00a02024\u00a0», attendu une seule feuille. La première "
        "feuille remplie est lue\u00a0; les autres sont laissées de côté. Choisissez-en une autre "
        "si ce n’est pas la bonne\u00a0: Vide, Listes, 2024, 2018."
    ]
    sheet, problems = read(content, sheet="2018")
    assert (column(sheet, 1), problems) == (["2018"], ())


def test_hidden_rows_and_merged_cells_below_the_headings_are_told() -> None:
    book, page = make(["Enquête 2024", None, None], ["Région", "Taux", "n"], ["A", 1, 2])
    page.append(["B", 3, 4])
    page.append(["C", 3, 4])
    page.merge_cells("A1:C1")
    page.merge_cells("A4:A5")
    page.row_dimensions[3].hidden = True
    _, problems = read(save(book))
    assert [(p.severity, p.code, p.row, p.read) for p in problems] == [
        (Severity.NOTE, "heading-row", 2, "Région ; Taux ; n"),
        (Severity.NOTE, "hidden-rows", 3, "1\u00a0ligne masquée"),
        (Severity.WARNING, "merged-cells", 4, "A4:A5"),
    ]


def test_a_remark_beside_the_table_is_a_column_named_after_its_letter() -> None:
    book, page = make(["Région", "Taux"], ["A", 1], ["B", 2])
    page["D3"] = "à revoir"
    sheet, problems = read(save(book))
    assert (sheet.headings, problems) == (("Région", "Taux", "colonne C", "colonne D"), ())


def test_macros_are_told_and_never_read() -> None:
    parts = to_parts(f"<worksheet><sheetData>{to_rows(('a', 'b'), (1, 2))}</sheetData></worksheet>")
    content = to_zip({**parts, "xl/vbaProject.bin": b"\0" * 100})
    _, problems = read(content)
    assert [(p.severity, p.code) for p in problems] == [(Severity.NOTE, "macros")]


def test_the_kind_of_a_file_is_in_its_bytes_not_in_its_name() -> None:
    book, _ = make(["a", "b"], [1, 2])
    sheet, _ = read_sheet(save(book), "faux.csv")
    assert sheet is not None
    assert (sheet.file, sheet.sheet_names) == ("faux.csv", ("Données",))


BOOK = to_zip(
    to_parts(
        f"<worksheet><sheetData>{to_rows(('a', 'b'), (1, 2.5), ('x', 'y'))}</sheetData></worksheet>"
    ),
    stored=True,
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), max_size=8))
def test_a_damaged_workbook_never_raises(changes: list[tuple[int, int]]) -> None:
    content = bytearray(BOOK)
    for place, byte in changes:
        content[place] = byte
    sheet, problems = read_sheet(bytes(content), "essai.xlsx")
    assert sheet is not None or any(p.severity is Severity.BLOCKING for p in problems)


PIECES = st.sampled_from(
    [
        '<row r="{}">', "</row>", "<row>", '<c r="{}">', "</c>", '<c t="s" s="{}">', "<v>{}</v>",
        "<f>{}</f>", '<f t="shared" si="{}"/>', '<c t="e">', '<c t="b">', '<c t="d">', "<is>",
        "</is>", "<t>{}</t>", '<mergeCell ref="{}"/>', "<rPh>", "</rPh>", '<row hidden="1" r="{}">',
    ]
)  # fmt: skip
WORDS = st.sampled_from(
    ["", "1", "-1", "2", "A1", "1e999", "nan", "XFD1", "AAAA1", "é", "0.5", "9" * 30]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(PIECES, WORDS), max_size=12))
def test_elements_in_any_order_never_raise(pieces: list[tuple[str, str]]) -> None:
    inside = "".join(piece.format(word) for piece, word in pieces)
    parts = to_parts(f"<worksheet><sheetData>{inside}</sheetData></worksheet>")
    sheet, problems = read_sheet(to_zip({**parts, SHEET: parts[SHEET]}), "essai.xlsx")
    assert sheet is not None or any(p.severity is Severity.BLOCKING for p in problems)
