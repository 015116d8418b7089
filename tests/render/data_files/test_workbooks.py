"""Workbooks, read back by openpyxl: data, dictionary, sources, notes; numbers are numbers."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from territoires.domain.selection import Dataset
from territoires.domain.territories import TerritoryId
from territoires.render.data_files import portrait_table, to_xlsx
from territoires.render.data_files.sheets import PAGE_WIDTH, count_lines
from territoires.views.datasets import EDITIONS
from tests.render.data_files.conftest import TAKEN


@pytest.fixture(scope="module")
def books(tables):
    return {name: load_workbook(io.BytesIO(to_xlsx(table))) for name, table in tables.items()}


def texts(sheet) -> list[list[str]]:
    return [[str(cell) for cell in row if cell is not None] for row in sheet.values]


@pytest.mark.parametrize("name", ["connue", "simulée", "île", "zones"])
def test_the_data_sheet_is_the_table_without_what_never_varies(books, tables, name) -> None:
    table, sheet = tables[name], books[name]["Données"]
    kept = table.without(table.constants())
    headings, *rows = sheet.values
    assert list(headings) == [column.heading for column in kept.columns]
    for row, cells in zip(rows, kept.rows, strict=True):
        assert [cell or None if isinstance(cell, str) else cell for cell in cells] == list(row)


def test_the_workbook_has_its_four_sheets_in_order(books) -> None:
    for book in books.values():
        assert book.sheetnames == ["Données", "Dictionnaire", "Sources", "Notes"]


def test_codes_are_text_and_values_numbers_with_their_decimals(books) -> None:
    sheet = books["simulée"]["Données"]
    places = {cell.value: cell.column for cell in sheet[1]}
    code, value = sheet.cell(2, places["Code"]), sheet.cell(2, places["Valeur (%)"])
    assert (code.value, code.data_type, code.number_format) == ("01", "s", "@")
    assert (value.data_type, value.number_format) == ("n", "#,##0")
    assert sheet.cell(2, places["Intervalle à 95 %, bas"]).number_format == "#,##0.0"


def test_the_heading_stays_in_view_and_filters(books) -> None:
    for book in books.values():
        sheet = book["Données"]
        assert sheet.freeze_panes.endswith("2")
        assert (
            sheet.auto_filter.ref
            == f"A1:{sheet.cell(1, sheet.max_column).column_letter}{sheet.max_row}"
        )
        assert sheet.print_title_rows == "$1:$1"
        assert all(sheet.column_dimensions[cell.column_letter].width > 8 for cell in sheet[1])


def test_the_dictionary_explains_every_column_and_tells_what_never_varies(books, tables) -> None:
    for name, table in tables.items():
        lines = {line[1]: line for line in texts(books[name]["Dictionnaire"]) if len(line) > 3}
        for column in table.columns:
            assert lines[column.name][2] == column.description
        for column, value in table.constants().items():
            assert value in (None, "") or lines[column][-1] == str(value)
        for indicator in table.indicators:
            card = next(line for line in lines.values() if line[0] == indicator.indicator_id)
            assert {indicator.label, indicator.base, indicator.study} <= set(card)


def test_sources_and_notes_say_where_it_comes_from_and_how_to_cite_it(books, tables) -> None:
    for name, table in tables.items():
        listed = [line[0] for line in texts(books[name]["Sources"])]
        assert {source.title for source in table.citation.sources} <= set(listed)
        notes = [tuple(line) for line in texts(books[name]["Notes"])]
        assert set(table.notes) <= set(notes)
        assert ("Citation", table.citation.line) in notes
        assert ("Licence", table.citation.licence) in notes


def test_what_is_simulated_is_marked_on_every_page_and_row(books) -> None:
    edition = EDITIONS[Dataset.DEMONSTRATION]
    book = books["simulée"]
    assert book.properties.title.startswith(edition.mark)
    for sheet in book:
        assert sheet.oddHeader.center.text == edition.watermark
        assert sheet.oddFooter.left.text.startswith(edition.mark)
    assert {row[0] for row in list(book["Données"].values)[1:]} == {edition.name}
    assert not books["connue"]["Données"].oddHeader.center.text


def test_hostile_text_is_text(tables) -> None:
    table = tables["connue"]
    at = table.position("nom")
    names = ["=1+1", "@SUM(A1)", "+x", "-x", "\x00\x0b&<b>", "é" * 40_000]
    rows = [(*row[:at], name, *row[at + 1 :]) for row, name in zip(table.rows, names, strict=False)]
    citation = replace(table.citation, line="=1+1 &P & Cie \x07", watermark="A & B")
    book = load_workbook(io.BytesIO(to_xlsx(replace(table, rows=tuple(rows), citation=citation))))
    sheet = book["Données"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Nom")
    cells = [sheet.cell(row, column) for row in range(2, 2 + len(names))]
    assert all(cell.data_type == "s" for cell in cells)
    assert [cell.value[0] for cell in cells[:4]] == ["’"] * 4
    assert sheet.oddHeader.center.text == "A et B"


def test_a_portrait_has_a_card_for_each_of_its_indicators(portraits, published) -> None:
    portrait = portraits.build(TerritoryId.parse("region-28"))
    table = portrait_table(portrait, published, TAKEN)
    book = load_workbook(io.BytesIO(to_xlsx(table)))
    first = {line[0] for line in texts(book["Dictionnaire"]) if line}
    assert {indicator.indicator_id for indicator in table.indicators} <= first
    headings = [cell.value for cell in book["Données"][1]]
    assert {"Rubrique", "Unité", "Valeur", "France"} <= set(headings)
    assert [cell.value for cell in book["Acteurs"][1]][1:3] == ["Situation", "Nom"]


def test_pages_are_a4_on_their_side_as_wide_as_the_page_and_hold_what_wraps(books, tables) -> None:
    for name, book in books.items():
        for sheet in book:
            assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.print_title_rows == "$1:$1"
        kept = tables[name].without(tables[name].constants()).columns
        printed = [column.heading for column in kept if column.is_printed]
        sheet = book["Données"]
        assert (not sheet.print_area) == (len(printed) == len(kept))
        widths = [sheet.column_dimensions[c.column_letter].width for c in sheet[1][: len(printed)]]
        assert sum(widths) <= PAGE_WIDTH + 10
    notes = books["simulée"]["Notes"]
    tall = [row for row in range(2, notes.max_row + 1) if len(notes.cell(row, 2).value) > 250]
    assert tall
    assert all(notes.row_dimensions[row].height >= 30 for row in tall)


def test_lines_of_a_cell_are_counted_at_its_blanks() -> None:
    assert count_lines("un deux", 10) == 1
    assert count_lines("un deux trois", 8) == 2
    assert count_lines("a\nb", 8) == 2
    assert count_lines("x" * 25, 10) == 3
