"""A table as CSV: for French spreadsheets, or as everything else reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from territoires.render.data_files.tables import Cell, DataTable, Told
from territoires.tables.plain_text import guard

#: With more rows, what is the same in all of them and long is told in the first one alone.
MAX_REPEATED = 1_500
_CITED = ("citation", "licence")


@dataclass(frozen=True, slots=True)
class _Writing:
    delimiter: str
    decimal: str
    encoding: str


class Dialect(Enum):
    """How a CSV is written; both end their lines as RFC 4180 does."""

    #: Semicolons, decimal commas, UTF-8 with its mark: opens in a French spreadsheet.
    FRENCH = _Writing(";", ",", "utf-8-sig")
    #: Commas, decimal points, UTF-8.
    STANDARD = _Writing(",", ".", "utf-8")


def to_csv(table: DataTable, dialect: Dialect = Dialect.FRENCH) -> bytes:
    """Write a table with its citation and licence; no text is run as a formula.

    Texts that are long and the same in thousands of rows stand in the first row alone.
    """
    writing = dialect.value
    text = io.StringIO()
    writer = csv.writer(text, delimiter=writing.delimiter, lineterminator="\r\n")
    writer.writerow([*(column.name for column in table.columns), *_CITED])
    writer.writerows(zip(*_columns(table, writing.decimal), strict=True))
    return text.getvalue().encode(writing.encoding)


def write_number(value: float, decimal: str) -> str:
    """Write a number in full, never as a power of ten."""
    text = str(value)
    if "e" in text:
        text = f"{value:.15f}".rstrip("0").rstrip(".")
    return text.replace(".", decimal)


def _columns(table: DataTable, decimal: str) -> Iterator[Sequence[str]]:
    """Write the table column by column: most hold the same few texts."""
    is_long = len(table.rows) > MAX_REPEATED
    constant = table.constants() if is_long else {}
    cells = zip(*table.rows, strict=True) if table.rows else ([()] * len(table.columns))
    for column, values in zip(table.columns, cells, strict=True):
        if column.told is Told.STORY and column.name in constant:
            yield _once(_to_text(values[0], decimal), len(values))
        else:
            yield [_to_text(value, decimal) for value in values]
    for text in (table.citation.line, table.citation.licence):
        once = _once(guard(text), len(table.rows))
        yield once if is_long else [guard(text)] * len(table.rows)


def _once(text: str, length: int) -> list[str]:
    return [text, *[""] * (length - 1)][:length]


def _to_text(cell: Cell, decimal: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        # Nothing that begins so is ever run: spared a search, thousands of times.
        return cell if cell[:1].isalnum() else guard(cell)
    return write_number(cell, decimal)
