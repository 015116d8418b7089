"""What is wrong with a file, as files: a list of problems, and the file itself with them in it."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from territoires.domain.updates import Problem, Severity
from territoires.tables.plain_text import guard
from territoires.tables.zoning_columns import one_line

if TYPE_CHECKING:
    from territoires.tables.sheets import Sheet

#: Heading of the column added to an annotated copy; a copy brought back is read without it.
ADDED_HEADING = "Problèmes trouvés"
SEVERITIES = {
    Severity.BLOCKING: "bloquant",
    Severity.WARNING: "à vérifier",
    Severity.NOTE: "information",
}
_LIST_HEADINGS = (
    "Fichier", "Gravité", "Ligne", "Colonne", "Ce qui a été lu", "Ce qui était attendu",
    "Comment corriger",
)  # fmt: skip
_COLOURS = {Severity.BLOCKING: "F8C8C4", Severity.WARNING: "FBE3B5", Severity.NOTE: "DCE9F7"}
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
#: Remarks fixed to cells; beyond, the added column alone tells them.
_MAX_REMARKS = 2_000
_MAX_TOLD = 2_000
_MAX_TITLE = 31
#: What the name of a sheet cannot hold.
_NO_TITLE = re.compile(r"[\\*?:/\[\]]")
_UNSAFE = re.compile(r"[^\w. -]+")

#: Problems of each row, and of each cell by row and position.
_ByRow = Mapping[int, Sequence[Problem]]
_ByCell = Mapping[tuple[int, int], Sequence[Problem]]


def to_problem_list(problems: Sequence[Problem], name: str) -> bytes:
    """Write every problem of a file as a CSV for French spreadsheets."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_LIST_HEADINGS)
    for problem in problems:
        cells = (
            name,
            SEVERITIES[problem.severity],
            str(problem.row or ""),
            problem.column,
            problem.read,
            problem.expected,
            problem.mend,
        )
        writer.writerow([guard(one_line(cell)) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def to_annotated_copy(
    sheet: Sheet, problems: Sequence[Problem], content: bytes
) -> tuple[str, bytes]:
    """Write the analyst's own file with its problems beside each row.

    Rows keep their numbers, cells their text; a formula of the file becomes text. Of a workbook,
    the sheet that was read is written alone, without its formats.

    Parameters
    ----------
    content
        The file as it was brought: it says whether the copy is a workbook.

    Returns
    -------
    tuple
        The name of the copy and its bytes; read again, it is the same file.
    """
    sheet = _without_added(sheet)
    by_row = _by_row(sheet, problems)
    is_workbook = bool(sheet.sheet_names) or content.startswith(b"PK")
    stem = _UNSAFE.sub("-", PurePath(sheet.file).stem)[:80] or "fichier"
    if is_workbook:
        return f"{stem}_annote.xlsx", _to_workbook(sheet, by_row, _by_cell(sheet, problems))
    return f"{stem}_annote.csv", _to_csv(sheet, by_row)


def _without_added(sheet: Sheet) -> Sheet:
    """Take off the column that an earlier copy added."""
    kept = [place for place, heading in enumerate(sheet.headings) if heading != ADDED_HEADING]
    if len(kept) == len(sheet.headings):
        return sheet
    return replace(
        sheet,
        headings=tuple(sheet.headings[place] for place in kept),
        rows=tuple(
            replace(row, cells=tuple(row.cells[place] for place in kept)) for row in sheet.rows
        ),
    )


def _by_row(sheet: Sheet, problems: Sequence[Problem]) -> _ByRow:
    """Gather problems by row; those of no row of data are told beside the first one."""
    numbers = {row.number for row in sheet.rows}
    first = min(numbers, default=sheet.heading_row + 1)
    found = defaultdict(list)
    for problem in sorted(problems, key=lambda one: _RANKS[one.severity]):
        found[problem.row if problem.row in numbers else first].append(problem)
    return found


def _by_cell(sheet: Sheet, problems: Sequence[Problem]) -> _ByCell:
    places = {heading: place for place, heading in reversed(list(enumerate(sheet.headings)))}
    found = defaultdict(list)
    for problem in sorted(problems, key=lambda one: _RANKS[one.severity]):
        if problem.row and problem.column in places:
            found[problem.row, places[problem.column]].append(problem)
    return found


def _say(row: int, problems: Sequence[Problem]) -> str:
    """Tell the problems of a row in one cell, the gravest first."""
    told = one_line(
        " | ".join(_say_one(problem, is_here=problem.row == row) for problem in problems)
    )
    return told if len(told) <= _MAX_TOLD else f"{told[: _MAX_TOLD - 1]}…"


def _say_one(problem: Problem, *, is_here: bool) -> str:
    place = (problem.column if is_here else problem.place) or "ligne entière"
    read = f"lu «\u00a0{problem.read}\u00a0», " if problem.read else ""
    return (
        f"{SEVERITIES[problem.severity].capitalize()}, {place}\u00a0: {read}attendu "
        f"{problem.expected}. {problem.mend}"
    ).strip()


def _lines(sheet: Sheet, by_row: _ByRow) -> Iterator[tuple[int, list[str]]]:
    """Give the cells of every row of a copy, blank rows included, and the number of each."""
    number = 0
    for row in sheet.rows:
        while number + 1 < row.number:
            number += 1
            heads = number == sheet.heading_row
            yield number, [*sheet.headings, ADDED_HEADING] if heads else []
        number = row.number
        yield number, [*row.cells, _say(number, by_row.get(number, ()))]
    if not sheet.rows:
        for number in range(1, sheet.heading_row + 1):
            heads = number == sheet.heading_row
            yield number, [*sheet.headings, ADDED_HEADING] if heads else []


def _to_csv(sheet: Sheet, by_row: _ByRow) -> bytes:
    text = io.StringIO()
    separator = sheet.dialect.separator or ";"
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    for _, cells in _lines(sheet, by_row):
        writer.writerow([guard(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _to_workbook(sheet: Sheet, by_row: _ByRow, by_cell: _ByCell) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - needed by analysts alone

    from territoires.tables.workbook_cells import (  # noqa: PLC0415
        save,
        set_widths,
        to_heading,
        to_plain,
        to_text,
    )

    book = Workbook(write_only=True)
    written = book.create_sheet(to_title(sheet.dialect.sheet))
    set_widths(written, [20] * len(sheet.headings) + [90])
    paint = _Paint()
    for number, cells in _lines(sheet, by_row):
        if number == sheet.heading_row:
            written.append([to_heading(written, text) for text in cells])
            continue
        line = []
        for place, text in enumerate(cells):
            problems = by_cell.get((number, place), ())
            if problems:
                line.append(paint.mark(to_text(written, text), number, problems))
            else:
                line.append(to_plain(written, text))
        written.append(line)
    return save(book)


def to_title(name: str) -> str:
    """Give a name that the sheet of a workbook may bear: any other software may have made this one."""
    seen = one_line(_NO_TITLE.sub("-", name))
    # An apostrophe may stand inside a name, not at its ends.
    return seen.strip("' ")[:_MAX_TITLE].strip("' ") or "Données"


class _Paint:
    """Colours the cells that have a problem, and fixes a remark to the first of them."""

    def __init__(self) -> None:
        from openpyxl.styles import PatternFill  # noqa: PLC0415 - needed by analysts alone

        self.fills = {
            severity: PatternFill("solid", start_color=colour)
            for severity, colour in _COLOURS.items()
        }
        self.remarks = 0

    def mark(self, cell: Any, row: int, problems: Sequence[Problem]) -> Any:
        """Mark one cell with its problems, the gravest first."""
        from openpyxl.comments import Comment  # noqa: PLC0415 - needed by analysts alone

        cell.fill = self.fills[problems[0].severity]
        if self.remarks < _MAX_REMARKS:
            self.remarks += 1
            cell.comment = Comment(_say(row, problems), "Territoires", height=120, width=340)
        return cell
