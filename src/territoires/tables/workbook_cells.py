"""Cells and sheets of the workbooks that people take away: text stays text, nothing is run."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from territoires.tables.plain_text import guard

DATA_SHEET = "Données"
#: Characters that a workbook cannot hold.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: A spreadsheet holds no more in one cell.
_MAX_CELL = 32_767
_HEADING = {"fill": "1F3A5F", "color": "FFFFFF"}


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
