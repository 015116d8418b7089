"""How a sheet of a workbook looks, on screen and on paper: widths, heights, what each page bears."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from territoires.tables.workbook_cells import set_widths, to_heading, to_text
from territoires.tables.zoning_columns import one_line
from territoires.views.citation import Citation

#: Characters across a page of A4 on its side, where letters keep 7 to 8 points.
PAGE_WIDTH = 215
#: Widths of a column, in characters; and that under which none is squeezed for the page, wider
#: where a word would be cut.
_NARROWEST, _WIDEST, _LEAST, _LONG_WORD = 9, 32, 12, 20
#: Room of the button of a filter, and around the text of a cell.
_BUTTON, _PADDING = 3, 1.5
#: Letters that a width holds: it is told in digits, which are wider.
_LETTERS = 1.15
#: Height of a line of a cell, and of the tallest row that spreadsheets take, in points.
_LINE, _TALLEST = 15.0, 405.0
_A4 = 9
#: Margins of a page, in inches: the header and the footer stand in those above and below.
_SIDE, _ABOVE, _EDGE = 0.4, 0.7, 0.3
#: What Excel takes as a header or a footer, its own signs left out.
_MAX_FOOTER = 200


def set_page(sheet: Any, citation: Citation) -> None:
    """Print on A4 on its side, as wide as the page; each page bears the mark and the citation."""
    setup, margins = sheet.page_setup, sheet.page_margins
    setup.orientation, setup.paperSize = "landscape", _A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins.left = margins.right = _SIDE
    margins.top = margins.bottom = _ABOVE
    margins.header = margins.footer = _EDGE
    sheet.print_options.gridLines = True
    if citation.watermark:
        sheet.oddHeader.center.text = _to_footer(citation.watermark)
    sheet.oddFooter.left.text = _to_footer(citation.line)
    sheet.oddHeader.right.text = "&P / &N"


def _to_footer(text: str) -> str:
    # An ampersand begins a command there.
    words = one_line(text).replace("&", "et")
    if len(words) <= _MAX_FOOTER:
        return words
    return f"{words[:_MAX_FOOTER].rpartition(' ')[0]}…"


def choose_widths(
    columns: Sequence[Sequence[str]], bounds: Sequence[int], page: int = PAGE_WIDTH
) -> list[int]:
    """Give each column the width of its texts, the heading first; the widest give way to the page.

    Parameters
    ----------
    bounds
        Greatest width of each column, in characters.
    """
    widths, least = [], []
    for (heading, *texts), bound in zip(columns, bounds, strict=True):
        longest = max(map(len, texts), default=0)
        word = max((len(part) for part in heading.split()), default=0) + _BUTTON
        room = max(min(longest, bound, _WIDEST), word)
        widths.append(max(round(room + _PADDING), _NARROWEST))
        words = max((len(part) for text in texts for part in text.split(" ")), default=0)
        least.append(max(_LEAST, word, min(words, _LONG_WORD)))
    while sum(widths) > page:
        spare, place = max((width - least[at], at) for at, width in enumerate(widths))
        if spare <= 0:
            break
        widths[place] -= 1
    return widths


def count_lines(text: str, width: float) -> int:
    """Count the lines that a text takes in a cell, cut at its blanks; a long word is cut."""
    if len(text) <= width and "\n" not in text:
        return 1
    lines, room = 0, 0.0
    for part in text.split("\n"):
        lines, room = lines + 1, width
        for word in part.split(" "):
            length = len(word)
            if length > room and room < width:
                lines, room = lines + 1, width
            while length > width:
                lines, length = lines + 1, length - int(width)
            room -= length + 1
    return lines


class Sheet:
    """A sheet written row by row, each as tall as its texts."""

    def __init__(self, sheet: Any, widths: Sequence[int]) -> None:
        self.sheet, self._widths = sheet, [_LETTERS * (width - _PADDING) for width in widths]
        self._rows = 0
        self._looks: dict[str, Any] = {}
        set_widths(sheet, widths)

    def head(self, texts: Sequence[str]) -> None:
        """Add a row of headings."""
        room = [max(width - _BUTTON, 1) for width in self._widths]
        self._add([to_heading(self.sheet, text) for text in texts], texts, room)

    def write(self, texts: Sequence[str]) -> None:
        """Add a row of texts that wrap."""
        cells = [to_text(self.sheet, text) for text in texts]
        for cell in cells:
            self.wrap(cell)
        self._add(cells, texts, self._widths)

    def add(self, cells: Sequence[Any], texts: Sequence[str]) -> None:
        """Add cells; ``texts`` are those that must be seen whole."""
        self._add(cells, texts, self._widths)

    def skip(self) -> None:
        """Leave a row empty."""
        self._rows += 1
        self.sheet.append([])

    def wrap(self, cell: Any) -> None:
        """Have a cell wrap, from its top; a number leaves a blank before what follows it."""
        from openpyxl.styles import Alignment  # noqa: PLC0415 - spared to pages that export nothing

        key = cell.data_type + cell.number_format
        known = self._looks.get(key)
        if known is None:
            cell.alignment = (
                Alignment(horizontal="right", vertical="top", indent=1)
                if cell.data_type == "n"
                else Alignment(wrap_text=True, vertical="top")
            )
            self._looks[key] = copy(cell._style)
        else:
            cell._style = copy(known)

    def _add(self, cells: Sequence[Any], texts: Sequence[str], widths: Sequence[float]) -> None:
        self._rows += 1
        found = zip(texts, widths, strict=False)
        lines = max((count_lines(text, width) for text, width in found if text), default=1)
        if lines > 1:
            self.sheet.row_dimensions[self._rows].height = min(lines * _LINE, _TALLEST)
        self.sheet.append(list(cells))
