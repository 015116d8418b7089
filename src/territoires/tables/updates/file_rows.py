"""Rows of a file by field, as text fit to be shown; what was cleaned on the way is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from territoires.domain.updates import ColumnRole, Problem
from territoires.tables.plain_text import clean
from territoires.tables.updates.problems import block, note, warn

if TYPE_CHECKING:
    from territoires.tables.sheets import Sheet

IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: its number as a spreadsheet shows it, and its cells by field."""

    number: int
    cells: Mapping[str, str]

    def get(self, field: str) -> str:
        """Give a cell; empty where the file has no such column."""
        return self.cells.get(field, "")


@dataclass(frozen=True, slots=True)
class FileRows:
    """Rows kept of a file, and how it heads the column of each field."""

    rows: tuple[FileRow, ...]
    headings: Mapping[str, str]

    def has(self, field: str) -> bool:
        """Tell whether the file has a column for a field."""
        return field in self.headings

    def heading(self, field: str) -> str:
        """Give the heading of a field as written in the file; empty without such a column."""
        return self.headings.get(field, "")


def read_rows(
    sheet: Sheet, columns: Sequence[ColumnRole], excluded: Collection[int] = ()
) -> tuple[FileRows, tuple[Problem, ...]]:
    """Give the rows of a file by field, those left out by a person set aside.

    Formulas are told: their computed value is read in a workbook, their text in a CSV file.
    """
    places = {
        role.field: role.position
        for role in columns
        if role.field != IGNORED and 0 <= role.position < len(sheet.headings)
    }
    headings = {field: sheet.headings[position] for field, position in places.items()}
    left_out, fields = frozenset(excluded), tuple(places.items())
    rows, problems = [], list(_tell_formulas(sheet, set(places.values()), left_out))
    for row in sheet.rows:
        if row.number in left_out:
            continue
        cells = {field: clean(row.cells[position]) for field, position in fields}
        if any(cells[field] is not row.cells[position] for field, position in fields):
            problems += _tell_hidden(row.number, row.cells, fields, headings)
        if any(cells.values()):
            rows.append(FileRow(row.number, cells))
    return FileRows(tuple(rows), headings), tuple(problems)


def check_length(row: FileRow, rows: FileRows, limits: Mapping[str, int]) -> Iterable[Problem]:
    """Refuse the texts that are too long to be read by anyone."""
    for field, most in limits.items():
        text = row.get(field)
        if len(text) > most:
            yield block(
                "too-long", f"{most} caractères au plus",
                f"Raccourcissez ce texte de {len(text) - most} caractères.",
                row=row.number, column=rows.heading(field), read=text,
            )  # fmt: skip


def _tell_hidden(
    number: int,
    cells: Sequence[str],
    fields: Iterable[tuple[str, int]],
    headings: Mapping[str, str],
) -> Iterable[Problem]:
    """Tell the cells that held characters nobody can see."""
    for field, position in fields:
        cell = cells[position]
        if any(not (c.isprintable() or c.isspace() or c in "\u200b\ufeff") for c in cell):
            yield note(
                "control-characters", "un texte sans caractère invisible",
                "Ces caractères ont été remplacés par des espaces.",
                row=number, column=headings[field], read=clean(cell),
            )  # fmt: skip


def _tell_formulas(
    sheet: Sheet, positions: Collection[int], excluded: Collection[int]
) -> Iterable[Problem]:
    is_workbook = bool(sheet.sheet_names)
    for formula in sheet.formulas:
        if formula.position not in positions or formula.row in excluded:
            continue
        if is_workbook:
            expected = "une valeur écrite, pas une formule"
            mend = "La valeur calculée est lue ; collez les valeurs à la place des formules."
        else:
            expected = "un texte qui ne commence pas comme une formule"
            mend = "Le texte est gardé tel quel, jamais calculé ; vérifiez qu’il est voulu."
        yield warn(
            "formula", expected, mend,
            row=formula.row, column=sheet.headings[formula.position], read=formula.text,
        )  # fmt: skip
