"""Workbooks that people take away: text stays text, numbers are numbers, nothing is run."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from territoires.tables.updates.plain_text import guard
from territoires.tables.updates.template_columns import TemplateColumn

DATA_SHEET = "Données"
HELP_SHEET = "Mode d’emploi"
#: Characters that a workbook cannot hold.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: A spreadsheet holds no more in one cell.
_MAX_CELL = 32_767
_HEADING = {"fill": "1F3A5F", "color": "FFFFFF"}
_WIDE, _NARROW = 44, 18
_HEADINGS = ("Colonne", "Obligatoire", "Ce qu’elle contient", "Valeurs permises", "Exemple")
_USE = (
    "Remplissez la feuille « Données », puis apportez le classeur sur la page « Mise à jour ».",
    "Une colonne supprimée laisse ce qui est publié comme il est ; l’ordre des colonnes est libre.",
    "Les codes sont du texte : « 01 » garde son zéro. Les nombres se lisent avec une virgule ou "
    "un point.",
    "Rien n’est appliqué avant que vous ayez relu et confirmé.",
)


def write_template(columns: Sequence[TemplateColumn], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Write a template: its data as it is published, and a sheet that explains each column."""
    from openpyxl import Workbook  # noqa: PLC0415 - needed by analysts alone

    book = Workbook(write_only=True)
    sheet = book.create_sheet(DATA_SHEET)
    sheet.freeze_panes = "A2"
    set_widths(sheet, [_width(column) for column in columns])
    _hold_text(sheet, columns)
    sheet.append([to_heading(sheet, column.heading) for column in columns])
    for row in rows:
        sheet.append([_to_cell(sheet, column, row[column.field]) for column in columns])
    _explain(book.create_sheet(HELP_SHEET), columns)
    return save(book)


def to_heading(sheet: Any, text: str) -> Any:
    """Give a cell that heads a column."""
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

    cell = to_text(sheet, text)
    cell.font = Font(name="Calibri", size=11, bold=True, color=_HEADING["color"])
    cell.fill = PatternFill("solid", start_color=_HEADING["fill"])
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def to_text(sheet: Any, text: str) -> Any:
    """Give a cell of text: never a formula, a number or a date."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - needed by analysts alone

    cell = WriteOnlyCell(sheet, value=_UNWRITABLE.sub(" ", guard(text))[:_MAX_CELL])
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def to_plain(sheet: Any, text: str) -> Any:
    """Give a cell of text, held as text only where an edit could make a number or a date of it."""
    if text and text[0].isdigit():
        return to_text(sheet, text)
    return _UNWRITABLE.sub(" ", guard(text))[:_MAX_CELL] or None


def set_widths(sheet: Any, widths: Sequence[int]) -> None:
    """Set the width of columns, in characters."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - needed by analysts alone

    for position, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width


def save(book: Any) -> bytes:
    """Give a workbook as bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _hold_text(sheet: Any, columns: Sequence[TemplateColumn]) -> None:
    """Make text of what a person types under the last row: « 01 » keeps its zero."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - needed by analysts alone

    for position, column in enumerate(columns, start=1):
        if not column.is_number:
            sheet.column_dimensions[get_column_letter(position)].number_format = "@"


def _width(column: TemplateColumn) -> int:
    return _NARROW if column.is_number or "Code" in column.heading else 28


def _to_cell(sheet: Any, column: TemplateColumn, text: str) -> Any:
    if not text:
        return None
    if column.is_number:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    return to_plain(sheet, text)


def _explain(sheet: Any, columns: Sequence[TemplateColumn]) -> None:
    from openpyxl.styles import Alignment  # noqa: PLC0415 - needed by analysts alone

    set_widths(sheet, [28, 13, 70, _WIDE, 28])
    for line in _USE:
        sheet.append([line])
    sheet.append([])
    sheet.append([to_heading(sheet, text) for text in _HEADINGS])
    for column in columns:
        cells = [
            to_text(sheet, text)
            for text in (
                column.heading,
                "oui" if column.is_required else "non",
                column.description,
                ", ".join(column.allowed),
                column.example,
            )
        ]
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(cells)
