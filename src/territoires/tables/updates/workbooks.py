"""Templates as workbooks: the data as it is published, and what each column holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from territoires.tables.updates.template_columns import TemplateColumn
from territoires.tables.workbook_cells import (
    DATA_SHEET,
    save,
    set_widths,
    to_heading,
    to_plain,
    to_text,
)

HELP_SHEET = "Mode d’emploi"
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
