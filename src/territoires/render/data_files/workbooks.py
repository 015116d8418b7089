"""A table as a workbook: data, dictionary, sources, notes; numbers are numbers, nothing is run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from territoires.domain.indicators import Direction, Indicator, Source, Status
from territoires.render.data_files.tables import Cell, Column, DataTable
from territoires.tables.published import SIMULATION
from territoires.tables.updates.workbooks import (
    DATA_SHEET,
    save,
    set_widths,
    to_heading,
    to_plain,
    to_text,
)
from territoires.tables.zoning_columns import one_line
from territoires.views.citation import CODES_CREDIT
from territoires.views.datasets import EDITIONS
from territoires.views.french import KIND_LABELS, LEVEL_PLURALS, format_source_date, format_wave

DICTIONARY_SHEET, SOURCES_SHEET, NOTES_SHEET = "Dictionnaire", "Sources", "Notes"
_APPLICATION = "Territoires"
#: What Excel takes as a footer, its own signs left out.
_MAX_FOOTER = 200
_MAX_TITLE, _MAX_DESCRIPTION = 250, 2_000
#: Thousands apart, as the spreadsheet of the reader writes them.
_WHOLE = "#,##0"
_DIRECTIONS = {
    Direction.HAUT_FAVORABLE: "une valeur haute va dans le sens de la co-construction",
    Direction.HAUT_FRAGILE: "une valeur haute signale une fragilité",
    Direction.NEUTRE: "ni l’un ni l’autre",
}
_STATUSES = {
    Status.PUBLIE: "publié",
    Status.PROVISOIRE: "provisoire : certaines valeurs n’ont pas été relues à la source",
    Status.SIMULE: "simulé",
}
_CARD = (
    ("Identifiant", 30),
    ("Libellé", 44),
    ("Énoncé ou définition", 56),
    ("Étude", 30),
    ("Interrogés ou champ", 24),
    ("Base", 40),
    ("Mesure", 18),
    ("Unité", 20),
    ("Sens", 34),
    ("Décimales", 11),
    ("Vagues", 24),
    ("Niveaux publiés", 28),
    ("Statut", 22),
    ("Comparable avec", 40),
    ("Réserve", 56),
)


def to_xlsx(table: DataTable) -> bytes:
    """Write a table as a workbook of four sheets.

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
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if table.citation.watermark:
        sheet.oddHeader.center.text = _to_footer(table.citation.watermark)
    sheet.oddFooter.left.text = _to_footer(table.citation.line)
    sheet.oddFooter.right.text = "&P / &N"
    return sheet


def _to_footer(text: str) -> str:
    # An ampersand begins a command there.
    return one_line(text)[:_MAX_FOOTER].replace("&", "et")


def _write_data(sheet: Any, table: DataTable) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    last = get_column_letter(len(table.columns))
    sheet.freeze_panes = _frozen(table)
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    sheet.print_title_rows = "1:1"
    set_widths(sheet, [column.width for column in table.columns])
    sheet.append([to_heading(sheet, column.heading) for column in table.columns])
    formats = [_number_format(column) for column in table.columns]
    for row in table.rows:
        sheet.append([_to_cell(sheet, cell, look) for cell, look in zip(row, formats, strict=True)])


def _frozen(table: DataTable) -> str:
    """Keep headings in view, and names too where they stand near the left."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    return f"{get_column_letter(table.position('nom') + 2)}2"


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
    set_widths(sheet, [width for _, width in _CARD])
    _append(
        sheet,
        (
            "Colonne",
            "Nom dans les fichiers CSV",
            "Ce qu’elle contient",
            "Type",
            "Même valeur partout",
        ),
        is_heading=True,
    )
    for column in table.columns:
        value = told.get(column.name)
        same = "" if value is None else str(value)
        _append(sheet, (column.heading, column.name, column.description, column.kind.value, same))
    _append(
        sheet, ("Citation", "citation", "Comment citer ces données (voir « Notes »).", "texte", "")
    )
    _append(
        sheet,
        ("Licence", "licence", "À quelles conditions les employer (voir « Notes »).", "texte", ""),
    )
    if not table.indicators:
        return
    sheet.append([])
    _append(sheet, [heading for heading, _ in _CARD], is_heading=True)
    for indicator in table.indicators:
        _append(sheet, _to_card(indicator, table.comparable.get(indicator.indicator_id, "")))


def _to_card(indicator: Indicator, comparable: str) -> Sequence[str]:
    return (
        indicator.indicator_id,
        indicator.label,
        indicator.description,
        indicator.study,
        indicator.actor_label,
        indicator.base,
        KIND_LABELS[indicator.kind],
        indicator.unit_label,
        _DIRECTIONS[indicator.direction],
        str(indicator.decimals),
        ", ".join(format_wave(wave) for wave in indicator.waves),
        ", ".join(LEVEL_PLURALS[level] for level in indicator.levels),
        _STATUSES[indicator.status],
        comparable or "aucun autre indicateur, d’après le catalogue",
        indicator.caveat,
    )


def _write_sources(sheet: Any, table: DataTable) -> None:
    set_widths(sheet, [60, 30, 20, 60, 16, 40])
    _append(sheet, ("Titre", "Éditeur", "Date", "Adresse", "Type", "Licence"), is_heading=True)
    for source in table.citation.sources:
        _append(
            sheet,
            (
                source.title,
                source.publisher,
                format_source_date(source.date),
                source.url,
                source.kind,
                _say_licence(source),
            ),
        )
    _append(sheet, (CODES_CREDIT, "INSEE, DGCL, Etalab", "2026", "", "COG", "Licence Ouverte 2.0"))


def _say_licence(source: Source) -> str:
    if source.kind == SIMULATION:
        return "sans objet (simulé)"
    return source.licence or "non communiquée"


def _write_notes(sheet: Any, table: DataTable) -> None:
    set_widths(sheet, [28, 120])
    _append(sheet, ("Sujet", "Note"), is_heading=True)
    cited = (("Citation", table.citation.line), ("Licence", table.citation.licence))
    for note in (*table.notes, *cited):
        _append(sheet, note)


def _append(sheet: Any, texts: Iterable[str], *, is_heading: bool = False) -> None:
    """Add a row of texts that wrap."""
    from openpyxl.styles import Alignment  # noqa: PLC0415 - as above

    cells = [(to_heading if is_heading else to_text)(sheet, text) for text in texts]
    for cell in cells:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.append(cells)
