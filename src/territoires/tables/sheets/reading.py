"""A spreadsheet file, of whatever kind, read as cells of text."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from territoires.domain.updates import MAX_BYTES, Dialect, Problem, Severity
from territoires.tables.sheets.delimited import read_delimited
from territoires.tables.sheets.formats import refuse_format
from territoires.tables.sheets.headings import shape
from territoires.tables.sheets.limits import too_big
from territoires.tables.sheets.sheet import Grid, Sheet
from territoires.tables.sheets.told import refuse, tell, to_line

_FOUND = Dialect()


def read_sheet(
    content: bytes, name: str, dialect: Dialect = _FOUND
) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """Read the cells of a CSV file or of an Excel workbook, or say why they cannot be read.

    Parameters
    ----------
    content
        The file, of any origin: nothing in it is trusted, nothing raises.
    name
        Its name, told in what is said of it; its kind is found in the content alone.
    dialect
        What the person says of the file; what is empty is found.

    Returns
    -------
    tuple
        The sheet and what is to be known of it, or None and why (at least one BLOCKING problem).
        A sheet may come with BLOCKING problems of its rows.
    """
    file = to_line(name) or "fichier"
    if len(content) > MAX_BYTES:
        return None, (too_big(len(content)),)
    refused = refuse_format(content) or _refuse_asked(dialect)
    if refused is not None:
        return None, (refused,)
    grid, told = _read_grid(content, dialect)
    if grid is None:
        return None, told
    sheet, more = shape(grid, file)
    if sheet is None and not dialect.sheet:
        for other in grid.sheet_names:
            found = _read_other(content, file, replace(dialect, sheet=other), grid)
            if found is not None:
                return found
    return sheet, (*told, *more)


def list_sheets(content: bytes) -> tuple[str, ...]:
    """List the sheets of a workbook whose cells can be read; none for anything else."""
    if refuse_format(content) is not None or not content.startswith(b"PK"):
        return ()
    grid, _ = _read_grid(content, _FOUND)
    return grid.sheet_names if grid is not None else ()


def _read_other(
    content: bytes, file: str, dialect: Dialect, first: Grid
) -> tuple[Sheet, tuple[Problem, ...]] | None:
    """Read another sheet than the first, which holds no table; None if it holds none either."""
    if dialect.sheet == first.dialect.sheet:
        return None
    grid, told = _read_grid(content, dialect)
    sheet, more = shape(grid, file) if grid is not None else (None, ())
    if sheet is None:
        return None
    note = tell(
        Severity.NOTE,
        "sheet",
        "un tableau dans la première feuille",
        f"La feuille «\u00a0{first.dialect.sheet}\u00a0» n’en a pas\u00a0: c’est "
        f"«\u00a0{dialect.sheet}\u00a0» qui est lue. Choisissez-en une autre si ce n’est pas la "
        "bonne.",
        read=first.dialect.sheet,
    )
    return sheet, (note, *told, *more)


def read_sheet_file(
    path: Path, dialect: Dialect = _FOUND
) -> tuple[bytes, Sheet | None, tuple[Problem, ...]]:
    """Read a file of the disk, whose size is known before a byte of it is read."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return b"", None, (too_big(size),)
        with path.open("rb") as opened:
            # A device or a file that grows has no true size.
            content = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        mend = "Vérifiez son chemin et le droit de le lire."
        return b"", None, (refuse("missing-file", "un fichier lisible", mend, read=str(path)),)
    return content, *read_sheet(content, path.name, dialect)


def to_plain_csv(sheet: Sheet) -> bytes:
    """Write a sheet in UTF-8 with commas; every row keeps its number, the others are blank."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    number = 0
    for row, cells in (
        (sheet.heading_row, sheet.headings),
        *((row.number, row.cells) for row in sheet.rows),
    ):
        text.write("\n" * (row - number - 1))
        writer.writerow(cells)
        number = row
    return text.getvalue().encode("utf-8", "replace")


def _read_grid(content: bytes, dialect: Dialect) -> tuple[Grid | None, tuple[Problem, ...]]:
    if not content.startswith(b"PK"):
        return read_delimited(content, dialect)
    # openpyxl is heavy and most files are text.
    from territoires.tables.sheets.workbook import read_workbook  # noqa: PLC0415

    return read_workbook(content, dialect)


def _refuse_asked(dialect: Dialect) -> Problem | None:
    """Say what was asked for that no file can be read with."""
    if dialect.decimal not in ("", ",", "."):
        mend = "Choisissez la virgule ou le point."
        return refuse("decimal-sign", "un signe décimal", mend, read=dialect.decimal)
    return None
