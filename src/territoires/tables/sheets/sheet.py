"""A table as somebody made it: its cells as text, and where they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from territoires.domain.updates import Dialect

#: Signs that part the cells of a text file → their French name, the likeliest first.
SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
#: Encodings that can be asked for → their French name, the likeliest first.
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows (ANSI, cp1252)",
    "latin-1": "ISO 8859-1 (latin-1)",
    "mac_roman": "Mac (Roman)",
    "cp850": "MS-DOS (cp850)",
    "utf-16": "Unicode (UTF-16)",
    "utf-16-le": "Unicode (UTF-16 LE)",
    "utf-16-be": "Unicode (UTF-16 BE)",
}
#: Formulas are listed up to this number; a file of formulas is refused or told long before.
MAX_FORMULAS = 20_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that holds something; ``number`` is the one a spreadsheet shows beside it.

    A record of a CSV file is one row, even where a quoted cell holds several lines.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, or what a spreadsheet would take for one; ``position`` counts columns from 0."""

    row: int
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a file as text, under their headings.

    ``dialect`` is complete: what was found, or what was asked. ``headings`` are on one line; an
    empty one is named after its column (« colonne C »), repeated ones stay as they are. ``rows``
    are below the headings, none blank, as many cells as headings, cells as written.
    ``sheet_names`` is empty for a text file. ``formulas`` are, in a workbook, the formulas whose
    value is the cell; in a text file, cells that a spreadsheet would run (at most
    ``MAX_FORMULAS``). ``separators`` gives, for a text file, how many columns each separator
    would make, the best first.
    """

    file: str
    dialect: Dialect
    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    sheet_names: tuple[str, ...] = ()
    formulas: tuple[Formula, ...] = ()
    separators: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Grid:
    """What was read of a file before its headings are known; ``rows`` are those not blank."""

    dialect: Dialect
    rows: list[tuple[int, list[str]]]
    sheet_names: tuple[str, ...] = ()
    formulas: list[Formula] = field(default_factory=list)
    separators: tuple[tuple[str, int], ...] = ()
    #: Cells under no heading are a slip of the separator, not a remark beside the table.
    is_text: bool = True
    #: How many cells the record of each row has, blank ones too; empty for a workbook.
    widths: list[int] = field(default_factory=list)
    #: Cells of a workbook that are errors (« #N/A »), and formulas without their value: row,
    #: position, text.
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncomputed: list[tuple[int, int, str]] = field(default_factory=list)
    #: Merged ranges (« A7:B8 ») and rows that the spreadsheet does not show.
    merged: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


def column_letter(position: int) -> str:
    """Give the letters of a column counted from 0, as a spreadsheet shows them."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
