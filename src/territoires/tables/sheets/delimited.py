"""Cells of a text file: which separator, and every record with its number."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from territoires.domain.updates import MAX_COLUMNS, MAX_ROWS, Dialect, Problem
from territoires.tables.sheets.limits import (
    LAST_ROW,
    MAX_CELL,
    MAX_CELLS,
    MAX_LINE,
    too_long_cell,
    too_long_line,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)
from territoires.tables.sheets.numbers import read_number
from territoires.tables.sheets.sheet import MAX_FORMULAS, SEPARATORS, Formula, Grid
from territoires.tables.sheets.text import decode
from territoires.tables.sheets.told import count, refuse

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
#: First line by which Excel is told the separator; it is not a row.
_TOLD = re.compile(r'"?sep=(.)"?[ \t;,|]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_TRIAL_ROWS, _TRIAL_TEXT = 50, 300_000
_RUN = ("=", "+", "-", "@", "\t", "\r")
_LONG_LINE, _LONG_CELL = "line too long", "cell over the limit"
#: What the csv module puts in one cell, unless another library of the process said otherwise.
_MAX_FIELD = 131_072
#: No record of cells of the allowed length is longer.
_MAX_RECORD = MAX_CELL * MAX_COLUMNS
_DASHES = re.compile(r"[-\s]*")


def read_delimited(content: bytes, dialect: Dialect) -> tuple[Grid | None, tuple[Problem, ...]]:
    """Read a text file as rows of cells, or say why nothing can be read in it."""
    text, encoding, told = decode(content, dialect.encoding)
    if text is None:
        return None, told
    if dialect.separator and dialect.separator not in SEPARATORS:
        names = ", ".join(SEPARATORS.values())
        mend = f"Choisissez parmi\u00a0: {names}."
        unknown = refuse("separator", "un séparateur connu", mend, read=dialect.separator)
        return None, (*told, unknown)
    separator, start = _read_told(text)
    separators = _try_separators(text[start : start + _TRIAL_TEXT])
    separator = dialect.separator or separator or separators[0][0]
    grid = Grid(
        Dialect(encoding, separator, dialect.decimal, "", dialect.heading_row),
        [],
        separators=separators,
    )
    if problem := _read_rows(text, start, separator, grid):
        return None, (*told, problem)
    grid.formulas = list(islice(_find_formulas(grid.rows, dialect.decimal), MAX_FORMULAS))
    if sum(formula.text.lstrip().startswith("=") for formula in grid.formulas) == MAX_FORMULAS:
        return None, (*told, _refuse_formulas())
    return grid, told


def _refuse_formulas() -> Problem:
    return refuse(
        "formulas",
        "des valeurs, et non des formules",
        "Dans un fichier texte, une formule n’est jamais calculée\u00a0: dans le tableur, "
        "enregistrez les valeurs.",
        read=f"au moins {count(MAX_FORMULAS, 'formule', 'formules')}",
    )


def _lines(text: str, start: int = 0) -> Iterator[str]:
    """Cut a text where spreadsheets do: never at the other breaks that Unicode knows."""
    for found in _LINES.finditer(text, start):
        if found.end() - found.start() > MAX_LINE:
            raise csv.Error(_LONG_LINE)
        yield found[0]


def _bounded(lines: Iterator[str], record: list[int]) -> Iterator[str]:
    """Stop a record without end; ``record`` holds its length so far, set to 0 when it ends."""
    for line in lines:
        record[0] += len(line)
        if record[0] > _MAX_RECORD:
            raise csv.Error(_LONG_CELL)
        yield line


def _read_told(text: str) -> tuple[str, int]:
    """Give the separator that a first line says, and where the rows begin."""
    told = _TOLD.match(text)
    if told is None or told[1] not in SEPARATORS:
        return "", 0
    return told[1], told.end()


def _try_separators(text: str) -> tuple[tuple[str, int], ...]:
    """Give each separator and the columns it makes, the one that makes the best table first."""
    tried = {separator: _try_separator(text, separator) for separator in SEPARATORS}
    order = sorted(tried, key=lambda separator: -tried[separator][0])
    return tuple((separator, tried[separator][1]) for separator in order)


def _try_separator(text: str, separator: str) -> tuple[float, int]:
    """Say how regular the first rows are with a separator, and how many columns they have."""
    rows = []
    try:
        for row in islice(csv.reader(_lines(text), delimiter=separator), _TRIAL_ROWS):
            if any(cell.strip() for cell in row):
                rows.append(len(row))
    except csv.Error:
        pass
    counts = Counter(rows)
    columns = max(counts, key=lambda number: (counts[number], number), default=0)
    if columns < 2:  # noqa: PLR2004 - a separator that parts nothing
        return 0.0, columns
    # Rows above the headings hold one cell; the headings are the first that hold several.
    first = next(number for number in rows if number > 1)
    return counts[columns] / len(rows) + (0.5 if first == columns else 0), columns


def _read_rows(text: str, start: int, separator: str, grid: Grid) -> Problem | None:
    """Read every record that is not blank with its number, or say which one cannot be."""
    seen: dict[str, str] = {}
    number = cells = 0
    length = [0]
    lines = _bounded(_lines(text, start), length)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for number, record in enumerate(reader, start=1):
            length[0] = 0
            width = len(record)
            while record and not record[-1].strip():
                record.pop()
            if not record:
                if number > LAST_ROW:
                    return too_many_rows()
                continue
            cells += len(record)
            if problem := _refuse_row(record, number, len(grid.rows), cells):
                return problem
            # The same few texts come back all along a table: one of each is kept.
            grid.rows.append((number, [seen.setdefault(cell, cell) for cell in record]))
            grid.widths.append(width)
    except csv.Error as error:
        return _refuse_quotes(number + 1, str(error), length[0])
    return None


def _refuse_row(record: list[str], number: int, rows: int, cells: int) -> Problem | None:
    if len(record) > MAX_COLUMNS:
        return too_many_columns(number, len(record))
    if rows >= MAX_ROWS:
        return too_many_rows()
    if cells > MAX_CELLS:
        return too_many_cells()
    if len(max(record, key=len)) > MAX_CELL:
        return too_long_cell(number)
    return None


def _refuse_quotes(row: int, error: str, length: int) -> Problem:
    if error == _LONG_LINE:
        return too_long_line(row)
    is_open = "end of data" in error
    if "limit" in error or (is_open and length > _MAX_FIELD):
        return too_long_cell(row)
    if is_open:
        return refuse(
            "open-quote", "des guillemets refermés",
            "Un guillemet ouvert sur cette ligne n’est jamais refermé\u00a0: fermez-le, ou "
            "retirez-le.", row=row,
        )  # fmt: skip
    return refuse(
        "quotes", "un séparateur après le guillemet fermant",
        "Un guillemet à l’intérieur d’un texte s’écrit deux fois\u00a0: "
        "«\u00a0\"Le \"\"Grand\"\" Ouest\"\u00a0».", row=row,
    )  # fmt: skip


def _find_formulas(rows: list[tuple[int, list[str]]], decimal: str) -> Iterator[Formula]:
    """Find the cells that a spreadsheet would run as formulas."""
    safe: set[str] = set()
    for number, cells in rows:
        for position, cell in enumerate(cells):
            if not cell.startswith(_RUN) or cell in safe:
                continue
            signs = (decimal,) if decimal else (",", ".")
            if _DASHES.fullmatch(cell) or any(
                read_number(cell, sign) is not None for sign in signs
            ):
                safe.add(cell)
            else:
                yield Formula(number, position, cell)
