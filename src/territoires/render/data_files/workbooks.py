"""A table as a workbook: data, dictionary, sources, notes; numbers are numbers, nothing is run."""

from __future__ import annotations

from typing import Any

from territoires.domain.indicators import Source
from territoires.render.data_files.cards import CARD, to_card
from territoires.render.data_files.sheets import Sheet, choose_widths, set_page
from territoires.render.data_files.tables import Cell, Column, DataTable
from territoires.tables.published import SIMULATION
from territoires.tables.workbook_cells import DATA_SHEET, save, to_plain
from territoires.tables.zoning_columns import one_line
from territoires.views.citation import CODES_CREDIT
from territoires.views.datasets import EDITIONS
from territoires.views.french import format_source_date

DICTIONARY_SHEET, SOURCES_SHEET, NOTES_SHEET = "Dictionnaire", "Sources", "Notes"
_APPLICATION = "Territoires"
#: In a table of more rows none wraps: it is read on a screen, and opens at once.
_MAX_WRAPPED = 1_000
_MAX_TITLE, _MAX_DESCRIPTION = 250, 2_000
#: Thousands apart, as the spreadsheet of the reader writes them.
_WHOLE = "#,##0"
_CITED = (
    ("Citation", "citation", "Comment citer ces données (voir « Notes »)."),
    ("Licence", "licence", "À quelles conditions les employer (voir « Notes »)."),
)
_COLUMN_HEADINGS = (
    "Colonne",
    "Nom dans les fichiers CSV",
    "Ce qu’elle contient",
    "Type",
    "Même valeur partout",
)
_SOURCE_HEADINGS = ("Titre", "Éditeur", "Date", "Adresse", "Type", "Licence")
_SOURCE_WIDTHS, _NOTE_WIDTHS = (48, 24, 16, 44, 14, 30), (26, 124)


def to_xlsx(table: DataTable) -> bytes:
    """Write a table as a workbook of four sheets, and one for each table beside it.

    What is the same in all rows is told once, in the dictionary and the notes: rows keep what
    varies, and the set of data they come from.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - spared to pages that export nothing

    constants = table.constants()
    told = {
        column.name: constants[column.name] for column in table.columns if column.name in constants
    }
    book = Workbook(write_only=True)
    _describe(book, table)
    _write_data(_new_sheet(book, DATA_SHEET, table), table.without(told))
    for name, other in table.beside:
        _write_data(_new_sheet(book, name, other), other)
    _write_dictionary(_new_sheet(book, DICTIONARY_SHEET, table), table, told)
    _write_sources(_new_sheet(book, SOURCES_SHEET, table), table)
    _write_notes(_new_sheet(book, NOTES_SHEET, table), table)
    return save(book)


def _describe(book: Any, table: DataTable) -> None:
    """Fill what a system shows of a file before it is opened."""
    properties = book.properties
    properties.title = one_line(table.citation.marked_title)[:_MAX_TITLE]
    properties.creator = _APPLICATION
    properties.description = one_line(table.citation.line)[:_MAX_DESCRIPTION]
    properties.keywords = EDITIONS[table.citation.dataset].name
    properties.language = "fr-FR"


def _new_sheet(book: Any, name: str, table: DataTable) -> Any:
    """Add a sheet whose every printed page bears the mark of the set and the citation."""
    sheet = book.create_sheet(name)
    set_page(sheet, table.citation)
    return sheet


def _write_data(sheet: Any, table: DataTable) -> None:
    """Write the rows; what ends them is not printed where it is only read on a screen."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    last = len(table.rows) + 1
    shown = [column.is_printed for column in table.columns]
    printed = len(shown) if all(shown) else shown.index(False)
    sheet.freeze_panes = _frozen(table)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{last}"
    sheet.print_title_rows = "1:1"
    if printed < len(table.columns):
        sheet.print_area = f"A1:{get_column_letter(printed)}{last}"
    wraps = len(table.rows) <= _MAX_WRAPPED
    written = Sheet(sheet, _widths(table, printed))
    written.head([column.heading for column in table.columns])
    formats = [_number_format(column) for column in table.columns]
    for row in table.rows:
        cells = [_to_cell(sheet, cell, look) for cell, look in zip(row, formats, strict=True)]
        if wraps:
            cells[:printed] = [_wrapped(written, cell) for cell in cells[:printed]]
        told = [cell if isinstance(cell, str) else "" for cell in row[:printed]]
        written.add(cells, told if wraps else ())


def _widths(table: DataTable, printed: int) -> list[int]:
    """Choose the widths of the columns; those that are not printed keep theirs."""
    rows = table.rows[:_MAX_WRAPPED]
    texts = [
        [column.heading, *(_seen(row[place], column) for row in rows)]
        for place, column in enumerate(table.columns)
    ]
    bounds = [column.width for column in table.columns]
    return [*choose_widths(texts[:printed], bounds[:printed]), *bounds[printed:]]


def _seen(cell: Cell, column: Column) -> str:
    """Write a cell about as a spreadsheet shows it."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    return f"{cell:,.{column.decimals}f}"


def _wrapped(sheet: Sheet, cell: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    if cell is None:
        return None
    held = WriteOnlyCell(sheet.sheet, value=cell) if isinstance(cell, str) else cell
    sheet.wrap(held)
    return held


def _frozen(table: DataTable) -> str:
    """Keep headings in view, and names too where they stand near the left."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    names = [column.name for column in table.columns]
    return f"{get_column_letter(names.index('nom') + 2)}2" if "nom" in names else "A2"


def _number_format(column: Column) -> str:
    """Give the format of its numbers, with spaces between thousands; none for text."""
    if not column.is_number:
        return ""
    return _WHOLE + (f".{'0' * column.decimals}" if column.decimals else "")


def _to_cell(sheet: Any, cell: Cell, number_format: str) -> Any:
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return to_plain(sheet, cell)
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    written = WriteOnlyCell(sheet, value=cell)
    # Beside figures with decimals, one published without keeps none.
    written.number_format = _WHOLE if isinstance(cell, int) else number_format
    return written


def _write_dictionary(sheet: Any, table: DataTable, told: dict[str, Cell]) -> None:
    """Explain each column, those told once with what they hold, then each indicator."""
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    written = Sheet(sheet, [column.width for column in CARD])
    written.head(_COLUMN_HEADINGS)
    for column in table.columns:
        value = told.get(column.name)
        same = "" if value is None else str(value)
        written.write((column.heading, column.name, column.description, column.kind.value, same))
    for heading, name, words in _CITED:
        written.write((heading, name, words, "texte", ""))
    for title, other in table.beside:
        written.skip()
        written.head((f"Colonne ({title})", *_COLUMN_HEADINGS[1:]))
        for column in other.columns:
            written.write((column.heading, column.name, column.description, column.kind.value, ""))
    if not table.indicators:
        return
    written.skip()
    written.head([column.heading for column in CARD])
    for indicator in table.indicators:
        written.write(to_card(indicator, table.comparable.get(indicator.indicator_id, "")))


def _write_sources(sheet: Any, table: DataTable) -> None:
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    written = Sheet(sheet, _SOURCE_WIDTHS)
    written.head(_SOURCE_HEADINGS)
    for source in table.citation.sources:
        date, licence = format_source_date(source.date), _say_licence(source)
        written.write((source.title, source.publisher, date, source.url, source.kind, licence))
    written.write((CODES_CREDIT, "INSEE, DGCL, Etalab", "2026", "", "COG", "Licence Ouverte 2.0"))


def _say_licence(source: Source) -> str:
    if source.kind == SIMULATION:
        return "sans objet (simulé)"
    return source.licence or "non communiquée"


def _write_notes(sheet: Any, table: DataTable) -> None:
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    written = Sheet(sheet, _NOTE_WIDTHS)
    written.head(("Sujet", "Note"))
    cited = (("Citation", table.citation.line), ("Licence", table.citation.licence))
    for note in (*table.notes, *cited):
        written.write(note)
