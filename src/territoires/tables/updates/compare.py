"""Two sets of tables side by side, row by row, and two updates of the same set made one."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from territoires import settings
from territoires.domain.indicators import Reading
from territoires.domain.updates import Row
from territoires.tables.updates.extents import DERIVED, with_extents

#: Name of a table → its rows, with the columns of its contract.
Tables = Mapping[str, tuple[Row, ...]]
_Keyed = dict[Hashable, Row]

_CELL = itemgetter("indicator_id", "wave", "level", "code")


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; ``columns`` are those that differ, in the order of the contract."""

    before: Row
    after: Row
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What differs in one table; the order of its rows is no difference.

    What was added and changed comes in the order of the new table, what was removed in that of the
    old one.
    """

    table: str
    added: tuple[Row, ...]
    changed: tuple[RowChange, ...]
    removed: tuple[Row, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that two updates changed differently; None where it does not exist."""

    table: str
    base: Row | None
    mine: Row | None
    theirs: Row | None


def compare_tables(old: Tables, new: Tables) -> tuple[TableDiff, ...]:
    """Compare two sets of tables; those that hold the same rows are left out.

    Rows are told apart by the key of their contract. The main reading of an observation is told by
    what it measures (indicator, wave, level, code): another identifier for the same figure is one
    row changed, never one removed and one added. So is another source.
    """
    diffs = (
        _compare(table, old.get(table, ()), new.get(table, ()))
        for table in dict.fromkeys((*old, *new))
    )
    return tuple(diff for diff in diffs if diff.added or diff.changed or diff.removed)


def counts(diffs: Iterable[TableDiff]) -> tuple[int, int, int]:
    """Count the rows added, changed and removed in all."""
    added = changed = removed = 0
    for diff in diffs:
        added += len(diff.added)
        changed += len(diff.changed)
        removed += len(diff.removed)
    return added, changed, removed


def merge_tables(
    base: Tables, mine: Tables, theirs: Tables
) -> tuple[dict[str, tuple[Row, ...]], tuple[Conflict, ...]]:
    """Make one of two updates of the same tables; where they disagree, ``mine`` is kept and told.

    Rows keep the order of ``mine``, those that only ``theirs`` holds come last. Waves and levels
    of the catalogue follow from the merged observations and never conflict.
    """
    merged, conflicts = {}, []
    for table in dict.fromkeys((*mine, *theirs, *base)):
        rows, found = _merge(table, base.get(table, ()), mine.get(table, ()), theirs.get(table, ()))
        merged[table] = rows
        conflicts += found
    # Where one side alone moved, they are its own already.
    if all(_differ(base, side, "indicators", "observations") for side in (mine, theirs)):
        merged["indicators"] = with_extents(merged["indicators"], merged["observations"])
    return merged, tuple(conflicts)


def _differ(base: Tables, side: Tables, *names: str) -> bool:
    return any(base.get(name, ()) != side.get(name, ()) for name in names)


def _compare(table: str, old: tuple[Row, ...], new: tuple[Row, ...]) -> TableDiff:
    if old is new or old == new:
        return TableDiff(table, (), (), (), len(new))
    before, after = _by_key(table, old), _by_key(table, new)
    added, changed = [], []
    for key, row in after.items():
        past = before.get(key)
        if past is None:
            added.append(row)
        elif past != row:
            changed.append(RowChange(past, row, _columns(past, row)))
    removed = tuple(row for key, row in before.items() if key not in after)
    unchanged = len(after) - len(added) - len(changed)
    return TableDiff(table, tuple(added), tuple(changed), removed, unchanged)


def _columns(before: Row, after: Row) -> tuple[str, ...]:
    if before.keys() == after.keys():
        return tuple(name for name, text in after.items() if before[name] != text)
    names = dict.fromkeys((*before, *after))
    return tuple(name for name in names if before.get(name) != after.get(name))


def _merge(
    table: str, base: tuple[Row, ...], mine: tuple[Row, ...], theirs: tuple[Row, ...]
) -> tuple[tuple[Row, ...], list[Conflict]]:
    # Where one side did nothing the other is the answer, the order of its rows included.
    if mine in (base, theirs):
        return theirs, []
    if theirs == base:
        return mine, []
    old, here, there = (_by_key(table, rows) for rows in (base, mine, theirs))
    kept, conflicts = [], []
    for key in dict.fromkeys((*here, *old, *there)):
        before, own, other = old.get(key), here.get(key), there.get(key)
        row = own
        if _same(table, own, before):
            row = other
        elif not _same(table, other, before) and not _same(table, own, other):
            conflicts.append(Conflict(table, before, own, other))
        if row is not None:
            kept.append(row)
    return tuple(kept), conflicts


def _same(table: str, one: Row | None, other: Row | None) -> bool:
    if one is None or other is None or table != "indicators":
        return one == other
    return {**one, **dict.fromkeys(DERIVED, "")} == {**other, **dict.fromkeys(DERIVED, "")}


def _by_key(table: str, rows: Sequence[Row]) -> _Keyed:
    """Find rows by what tells them apart; a key met again (a draft may be wrong) is numbered."""
    columns = _key_columns(table)
    if table == "observations":
        keys = [
            _CELL(row) if row["reading"] == Reading.PRINCIPALE else row["observation_id"]
            for row in rows
        ]
    elif columns:
        key = itemgetter(*columns)
        keys = [key(row) for row in rows]
    else:
        keys = [tuple(row.items()) for row in rows]
    keyed: _Keyed = dict(zip(keys, rows, strict=True))
    if len(keyed) == len(rows):
        return keyed
    keyed = {}
    seen: dict[Hashable, int] = {}
    for name, row in zip(keys, rows, strict=True):
        seen[name] = times = seen.get(name, 0) + 1
        keyed[name if times == 1 else (name, times)] = row
    return keyed


@lru_cache(maxsize=64)
def _key_columns(table: str) -> tuple[str, ...]:
    """Give the key of a table's contract; none when it has no contract."""
    path = settings.SCHEMAS / f"{table}.schema.json"
    if not path.exists():
        return ()
    return tuple(json.loads(path.read_text(encoding="utf-8"))["primaryKey"])
