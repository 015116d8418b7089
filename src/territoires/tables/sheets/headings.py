"""Which row holds the headings, and the table below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from statistics import median

from territoires.domain.updates import Problem
from territoires.tables.sheets.limits import MAX_CELLS, too_many_cells
from territoires.tables.sheets.numbers import count_decimals, read_number
from territoires.tables.sheets.remarks import find_cell, tell_all, tell_mixed
from territoires.tables.sheets.sheet import Grid, Sheet, SheetRow, column_letter
from territoires.tables.sheets.told import refuse, tell_doubt
from territoires.tables.zoning_columns import one_line

_LOOKED_AT = 50
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_PAIR = 2


def shape(grid: Grid, file: str) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """Make the table of the rows of a file: headings, rows below them, and what to know."""
    if not grid.rows:
        mend = "Vérifiez que c’est le bon fichier, ou la bonne feuille."
        return None, (refuse("empty-file", "des titres et des lignes (rien n’y est écrit)", mend),)
    place, problem = _find_headings(grid)
    if problem is not None:
        return None, (problem,)
    heading_row, first = grid.rows[place]
    below = grid.rows[place + 1 :]
    if not below:
        return None, (
            refuse(
                "no-rows", "au moins une ligne sous les titres",
                "Ajoutez les lignes, ou choisissez la ligne des titres.",
                row=heading_row, read=" ; ".join(first[:20]),
            ),
        )  # fmt: skip
    headings = _name(first, _count_columns(grid, place))
    if len(headings) * len(below) > MAX_CELLS:
        return None, (too_many_cells(),)
    problems = tell_all(grid, place, headings)
    decimal, told = _find_decimal(grid, headings, below)
    width = len(headings)
    sheet = Sheet(
        file,
        replace(grid.dialect, decimal=decimal, heading_row=heading_row),
        heading_row,
        headings,
        tuple(SheetRow(number, _fit(cells, width)) for number, cells in below),
        grid.sheet_names,
        tuple(formula for formula in grid.formulas if formula.row > heading_row),
        grid.separators,
    )
    return sheet, (*problems, *told)


def _find_headings(grid: Grid) -> tuple[int, Problem | None]:
    """Find the place of the row of headings among the rows, or say why the one asked is none."""
    asked = grid.dialect.heading_row
    if not asked:
        return _guess_headings([cells for _, cells in islice(grid.rows, _LOOKED_AT)]), None
    for place, (number, _) in enumerate(grid.rows):
        if number == asked:
            return place, None
    last = grid.rows[-1][0]
    return 0, refuse(
        "heading-row", f"une ligne de titres, entre 1 et {last}",
        "Choisissez une ligne qui n’est pas vide.",
        row=max(0, min(asked, 10_000_000)), read="une ligne vide ou au-delà du tableau",
    )  # fmt: skip


def _guess_headings(rows: Sequence[Sequence[str]]) -> int:
    """Find the first row as filled as the others whose cells are words rather than numbers."""
    filled = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    usual = median(len(cells) for cells in filled)
    wide = [
        place
        for place, cells in enumerate(filled)
        if len(cells) >= usual / 2 and len(cells) >= min(_PAIR, usual)
    ]
    for place in wide:
        words = sum(_is_word(cell) for cell in filled[place])
        if words * 2 >= len(filled[place]):
            return place
    return wide[0]


def _is_word(cell: str) -> bool:
    """Tell whether a cell may head a column: a year does, another number does not."""
    return _YEAR.fullmatch(cell) is not None or read_number(cell) is None


def _name(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Name every column, an empty one after its letter."""
    padded = [*cells, *[""] * (width - len(cells))]
    return tuple(
        one_line(cell) or f"colonne {column_letter(position)}"
        for position, cell in enumerate(padded)
    )


def _fit(cells: list[str], width: int) -> tuple[str, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))


def _count_columns(grid: Grid, place: int) -> int:
    """Count the columns of a table: those that have a heading, or a place for one."""
    first = len(grid.rows[place][1])
    widest = max(len(cells) for _, cells in islice(grid.rows, place + 1, None))
    if grid.is_text:
        # A row with more cells than the row of headings was cut where it should not be.
        widest = min(widest, grid.widths[place])
    return max(first, widest)


def _find_decimal(
    grid: Grid, headings: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> tuple[str, tuple[Problem, ...]]:
    """Find the decimal sign, and say when nothing tells it for certain."""
    asked = grid.dialect.decimal if grid.dialect.decimal in (",", ".") else ""
    columns: list[set[str]] = [set() for _ in headings]
    for _, cells in rows:
        for column, cell in zip(columns, cells, strict=False):
            if "," in cell or "." in cell:
                column.add(cell)
    if not any(columns):
        return asked or ("." if grid.dialect.separator == "," else ","), ()
    counts = [count_decimals(column) for column in columns]
    commas, points, either = (sum(count[part] for count in counts) for part in range(3))
    likely = "." if grid.dialect.separator == "," else ","
    decimal = asked or ("." if points > commas else "," if commas > points else likely)
    told = []
    if either and not asked and not commas and not points and grid.is_text:
        position = next(place for place, count in enumerate(counts) if count[2])
        number, read = find_cell(position, "?", rows)
        told.append(tell_doubt(decimal, row=number, column=headings[position], read=read))
    for position, (with_comma, with_point, _) in enumerate(counts):
        if with_comma and with_point:
            told.append(tell_mixed(decimal, position, headings, rows))
    return decimal, tuple(told)
