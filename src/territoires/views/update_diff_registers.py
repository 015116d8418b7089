"""Rows of the registers (catalogue, sources, actors, zones…) that an update changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from territoires.domain.updates import Row
from territoires.tables.updates.compare import RowChange, TableDiff
from territoires.tables.updates.extents import DERIVED
from territoires.tables.zoning_columns import plain
from territoires.views.update_diff_words import (
    Change,
    Known,
    TableWords,
    name_column,
    name_row,
    read_cell,
    words_of,
)

#: A longer text is cut, around what a table can hold.
_MAX_TEXT = 160
_EMPTY = "vide"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell before and after, in words."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A row that an update adds, changes or removes; only a changed one tells its cells."""

    change: Change
    name: str
    cells: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterGroup:
    """What changes in a table.

    ``lines`` are the first ones of each kind by name; the counts are of all. ``derived`` are the
    changed rows of the catalogue that only follow from figures added or removed.
    """

    table: str
    words: TableWords
    lines: tuple[RegisterLine, ...]
    added: int
    changed: int
    removed: int
    unchanged: int
    derived: int = 0


def build_register_groups(
    diffs: Iterable[TableDiff], known: Known, limit: int | None
) -> tuple[RegisterGroup, ...]:
    """Put the rows that change in words, one group per table.

    Parameters
    ----------
    limit
        Most lines of each kind in a group; None for all.
    """
    return tuple(_build_group(diff, known, limit) for diff in diffs)


def _build_group(diff: TableDiff, known: Known, limit: int | None) -> RegisterGroup:
    table = diff.table

    def first(rows: Sequence[Row]) -> list[tuple[str, Row]]:
        named = ((name_row(table, row, known), row) for row in rows)
        return nsmallest(len(rows) if limit is None else limit, named, key=_order)

    changed = {id(one.after): one for one in diff.changed}
    lines = [
        *(
            RegisterLine(Change.CHANGED, name, _say_cells(table, changed[id(row)], known))
            for name, row in first([one.after for one in diff.changed])
        ),
        *(RegisterLine(Change.ADDED, name) for name, _ in first(diff.added)),
        *(RegisterLine(Change.REMOVED, name) for name, _ in first(diff.removed)),
    ]
    derived = sum(
        table == "indicators" and set(one.columns) <= set(DERIVED) for one in diff.changed
    )
    return RegisterGroup(
        table=table,
        words=words_of(table),
        lines=tuple(lines),
        added=len(diff.added),
        changed=len(diff.changed),
        removed=len(diff.removed),
        unchanged=diff.unchanged,
        derived=derived,
    )


def _order(named: tuple[str, Row]) -> str:
    return plain(named[0])


def _say_cells(table: str, change: RowChange, known: Known) -> tuple[CellChange, ...]:
    return tuple(
        CellChange(
            name_column(table, column),
            _say(table, column, change.before, known),
            _say(table, column, change.after, known),
        )
        for column in change.columns
    )


def _say(table: str, column: str, row: Row, known: Known) -> str:
    text = read_cell(table, column, row.get(column, ""), known) or _EMPTY
    return text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT]}…"
