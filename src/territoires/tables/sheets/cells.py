"""Cells of a sheet of a workbook as text, read as they come: no tree, no more than is allowed.

openpyxl's own rows are three times slower, lose the formula or its value, and hold a whole row
of any length in memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from territoires.domain.updates import MAX_COLUMNS, MAX_ROWS
from territoires.tables.sheets.archive import RefusedError
from territoires.tables.sheets.limits import (
    LAST_ROW,
    MAX_CELL,
    MAX_CELLS,
    too_long_cell,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)
from territoires.tables.sheets.numbers import tell_decimal
from territoires.tables.sheets.sheet import MAX_FORMULAS, Formula

#: A sheet of Excel has no more columns.
_LAST_COLUMN = 16_384
#: Pieces that the text of one cell comes in, one for each style at least; its formula as told.
_MAX_CHUNKS, _MAX_FORMULA = 2_000, 1_000
#: Texts that cells share, at most.
MAX_STRINGS = 1_000_000
#: Beyond these, a number in full would be zeros without end.
_TINY, _HUGE = 1e-30, 1e30
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: Codes of the halves of characters beyond 16 bits: no text may hold one alone.
_HALVES = 0xD800, 0xDFFF
_BOOLEANS = {"1": "VRAI", "0": "FAUX"}

#: Text of a number cell as stored → as text, for cells of one style.
Writer = Callable[[str], str]


class LocalNames(dict[str, str]):
    """Names of elements without their prefix, each cut once."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(":")[2]
        return local


class Strings:
    """The texts that cells share, in order."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._names = LocalNames()
        self._chunks: list[str] = []
        self._taking = False
        #: Readings (furigana) stand beside the text, within it.
        self._aside = 0

    def start(self, name: str, _: Mapping[str, str]) -> None:
        """Take note of an element that opens."""
        local = self._names[name]
        self._taking = local == "t" and not self._aside
        self._aside += local == "rPh"

    def end(self, name: str) -> None:
        """Keep a text once it is whole."""
        local = self._names[name]
        self._taking = False
        self._aside -= local == "rPh"
        if local == "si":
            if len(self.texts) >= MAX_STRINGS:
                raise RefusedError(too_many_cells())
            self.texts.append(unescape("".join(self._chunks)))
            self._chunks = []

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._taking:
            _take(self._chunks, text, 0)


class Cells:
    """The cells of one sheet: rows that hold something, and what is to be said of them."""

    def __init__(self, strings: Sequence[str], writers: Sequence[Writer], plain: Writer) -> None:
        self.rows: list[tuple[int, list[str]]] = []
        self.formulas: list[Formula] = []
        #: Errors as shown (« #N/A »), and formulas that were never computed: row, position, text.
        self.errors: list[tuple[int, int, str]] = []
        self.uncomputed: list[tuple[int, int, str]] = []
        self.merged: list[str] = []
        self.hidden: list[int] = []
        #: Texts that are numbers with a decimal sign.
        self.decimals: set[str] = set()
        self._strings, self._writers, self._plain = strings, writers, plain
        self._names = LocalNames()
        self._columns: dict[str, int] = {}
        self._seen: dict[str, str] = {}
        self._shared: dict[str, str] = {}
        self._row = self._read = self._padded = 0
        self._position = -1
        self._cells: dict[int, str] = {}
        self._cell: Mapping[str, str] = {}
        self._value: str | None = None
        self._formula: str | None = None
        self._index = ""
        self._chunks: list[str] | None = None
        self._aside = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take note of an element that opens."""
        local = self._names[name]
        if local == "c":
            self._cell, self._value, self._formula = attributes, None, None
        elif local in ("v", "t"):
            self._chunks = None if self._aside else []
        elif local == "f":
            self._chunks, self._index = [], attributes.get("si", "")
        elif local == "row":
            self._open_row(attributes)
        elif local == "rPh":
            self._aside += 1
        elif local == "mergeCell" and len(self.merged) < MAX_FORMULAS:
            self.merged.append(attributes.get("ref", "")[:40])

    def end(self, name: str) -> None:
        """Keep what an element held."""
        local = self._names[name]
        if local == "c":
            self._close_cell()
        elif local in ("v", "t"):
            # A text in pieces of several styles has several parts.
            self._value = (self._value or "") + "".join(self._chunks or ())
            self._chunks = None
            if len(self._value) > MAX_CELL:
                raise RefusedError(too_long_cell(self._row))
        elif local == "f":
            self._formula = f"={''.join(self._chunks or ())}"[:_MAX_FORMULA]
            self._chunks = None
        elif local == "row":
            self._close_row()
        elif local == "rPh":
            self._aside -= 1

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._chunks is not None:
            _take(self._chunks, text, self._row)

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        number = int(attributes.get("r") or self._row + 1)
        if not self._row < number <= LAST_ROW:
            raise ValueError(number)
        self._row, self._position, self._cells = number, -1, {}
        if attributes.get("hidden") in ("1", "true") and len(self.hidden) < MAX_FORMULAS:
            self.hidden.append(number)

    def _close_row(self) -> None:
        if not self._cells:
            return
        width = max(self._cells) + 1
        if width > MAX_COLUMNS:
            raise RefusedError(too_many_columns(self._row, width))
        if len(self.rows) >= MAX_ROWS:
            raise RefusedError(too_many_rows())
        self._padded += width
        if self._padded > MAX_CELLS:
            raise RefusedError(too_many_cells())
        cells = [""] * width
        for position, text in self._cells.items():
            cells[position] = text
        self.rows.append((self._row, cells))
        self._cells = {}

    def _close_cell(self) -> None:
        """Give a cell its place and its text; one that shows nothing is left out."""
        reference = self._cell.get("r")
        letters = reference.rstrip("0123456789") if reference else ""
        position = self._columns.get(letters, -1) if letters else self._position + 1
        if position < 0:
            position = self._columns[letters] = column_position(letters)
        if position >= _LAST_COLUMN:
            raise ValueError(position)
        self._read += 1
        if self._read > MAX_CELLS:
            raise RefusedError(too_many_cells())
        self._position = position
        if self._formula is not None:
            self._take_formula(position)
        if self._value:
            text = self._to_text(position, self._value)
            if text.strip():
                self._cells[position] = self._seen.setdefault(text, text)

    def _take_formula(self, position: int) -> None:
        """List a formula; the cells that share one hold its text once."""
        formula = self._formula or "="
        if self._index and formula == "=":
            formula = self._shared.get(self._index, "=")
        elif self._index:
            self._shared[self._index] = formula
        if len(self.formulas) < MAX_FORMULAS:
            self.formulas.append(Formula(self._row, position, formula))
        if not self._value and self._cell.get("t") != "str" and len(self.uncomputed) < MAX_FORMULAS:
            self.uncomputed.append((self._row, position, formula))

    def _share(self, place: int) -> str:
        if place < 0:
            raise ValueError(place)
        return self._strings[place]

    def _to_text(self, position: int, value: str) -> str:
        kind = self._cell.get("t", "n")
        if kind == "n":
            style = self._cell.get("s")
            return (self._writers[int(style)] if style and self._writers else self._plain)(value)
        if kind == "b":
            return _BOOLEANS.get(value, value)
        if kind == "d":
            return value.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
        if kind == "e":
            if len(self.errors) < MAX_FORMULAS:
                self.errors.append((self._row, position, value))
            return value
        text = self._share(int(value)) if kind == "s" else unescape(value)
        if len(text) > MAX_CELL:
            raise RefusedError(too_long_cell(self._row))
        if ("," in text or "." in text) and tell_decimal(text):
            self.decimals.add(text)
        return text


def _take(chunks: list[str], text: str, row: int) -> None:
    """Take a piece of a text, unless no cell can be that long."""
    if len(chunks) >= _MAX_CHUNKS or len(text) > MAX_CELL:
        raise RefusedError(too_long_cell(row))
    chunks.append(text)


def column_position(letters: str) -> int:
    """Give the place of a column from its letters, counted from 0."""
    position = 0
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):  # noqa: PLR2004
        raise ValueError(letters)
    for letter in letters.upper():
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


def unescape(text: str) -> str:
    """Give the characters that a workbook writes « _x000D_ » because XML cannot hold them."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: _to_character(found[0], int(found[1], 16)), text)


def _to_character(written: str, code: int) -> str:
    """Give a character by its code; half of a pair, or none at all, stays as it is written."""
    is_half = _HALVES[0] <= code <= _HALVES[1]
    return written if is_half or not code else chr(code)


def write_number(stored: str, sign: str, percent: bool = False) -> str:
    """Write a stored number as a spreadsheet shows it in full: 15 digits, no exponent."""
    if not percent and _INTEGER.fullmatch(stored):
        return stored
    try:
        number = float(stored)
        exact = Decimal(f"{number:.15g}") * (100 if percent else 1)
    except (ValueError, InvalidOperation):
        return stored
    if number and not _TINY < abs(number) < _HUGE:
        return stored
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    return text.replace(".", sign) + ("%" if percent else "")
