"""A whole set of tables at one moment: as bytes to be kept, as rows to be read, as a check."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from territoires import settings
from territoires.domain.updates import Row
from territoires.tables.collector import without_collector
from territoires.tables.contracts import Issue, Report, check_rows
from territoires.tables.indicators import MAY_BE_ABSENT, MAY_BE_EMPTY, TABLES, read_contract
from territoires.tables.published import Published, build_published, raise_reports, read_published
from territoires.tables.references import check_folder, cross_check
from territoires.tables.store.contents import hash_contents

#: Rows of each table, as text, by the name of the table.
Tables = Mapping[str, tuple[Row, ...]]
#: The same as canonical CSV: UTF-8, commas, LF, the columns of the contract in its order.
Contents = Mapping[str, bytes]


#: Beside built tables: the fingerprint of what was checked when they were built.
SEAL = "empreinte.txt"


def read_sealed(territories: Collection[tuple[str, str]], folder: Path) -> Published:
    """Read the tables of a folder, checked now unless they are those its seal was made of.

    Raises
    ------
    DataFileError
        When a table is missing, unreadable or breaks its contract.
    """
    path, peeked = folder / SEAL, peek_snapshot(folder)
    seal = path.read_text(encoding="ascii", errors="replace").strip() if path.is_file() else ""
    if peeked is not None and hash_contents(peeked) == seal:
        return read_tables(to_tables(peeked), territories)
    return read_published(territories, folder)


def read_snapshot(
    territories: Collection[tuple[str, str]], folder: Path | None = None
) -> dict[str, bytes]:
    """Check every table of a folder and give them as they are kept.

    Raises
    ------
    DataFileError
        When a table is missing, unreadable or breaks its contract.
    """
    reports = check_folder(folder or settings.INDICATORS, territories)
    raise_reports(reports)
    rows = {table: report.rows for table, report in zip(TABLES, reports, strict=True)}
    return to_contents(rows)


def peek_snapshot(folder: Path | None = None) -> dict[str, bytes] | None:
    """Give the tables of a folder as they would be kept, nothing checked; None if unreadable.

    It serves to recognise what was checked already.
    """
    folder = folder or settings.INDICATORS
    tables: dict[str, tuple[dict[str, str], ...]] = {}
    for table in TABLES:
        path = folder / f"{table}.csv"
        try:
            content = path.read_bytes() if path.exists() or table not in MAY_BE_ABSENT else b""
            tables[table] = _read(columns_of(table), content)
        except (OSError, UnicodeDecodeError, csv.Error, IndexError):
            return None
    return to_contents(tables)


def to_contents(tables: Tables) -> dict[str, bytes]:
    """Write tables as canonical CSV: the same rows always give the same bytes."""
    return {table: _write(columns_of(table), rows) for table, rows in tables.items()}


@without_collector()
def to_tables(contents: Contents) -> dict[str, tuple[dict[str, str], ...]]:
    """Read tables from canonical CSV, nothing checked.

    A column that the contract has got since is empty; one that it has lost is left.
    """
    return {table: _read(columns_of(table), content) for table, content in contents.items()}


def columns_of(table: str) -> tuple[str, ...]:
    """List the columns of a table in the order of its contract."""
    return tuple(field["name"] for field in read_contract(table)["fields"])


def check_tables(
    tables: Tables, territories: Collection[tuple[str, str]] | None
) -> tuple[tuple[str, Issue], ...]:
    """Hold candidate tables to their contracts and to one another.

    Parameters
    ----------
    territories
        Known (level, code) pairs; codes are not checked without them.

    Returns
    -------
    tuple
        Pairs (name of the table, issue): every one, none when all may be published. Rows are those
        of the table as it would be exported (the first one is row 2).
    """
    return tuple(
        (table, issue)
        for table, report in zip(TABLES, _check(tables, territories), strict=True)
        for issue in report.issues
    )


@without_collector()
def raise_tables(tables: Tables, territories: Collection[tuple[str, str]]) -> None:
    """Raise what ``check_tables`` finds, or do nothing.

    Raises
    ------
    DataFileError
        With one line per issue.
    """
    raise_reports(_check(tables, territories))


def _check(tables: Tables, territories: Collection[tuple[str, str]] | None) -> tuple[Report, ...]:
    may_be_empty = MAY_BE_ABSENT | MAY_BE_EMPTY
    reports = {
        table: check_rows(
            tables.get(table, ()),
            read_contract(table),
            f"{table}.csv",
            may_be_empty=table in may_be_empty,
        )
        for table in TABLES
    }
    return cross_check(reports, territories)


@without_collector()
def read_tables(tables: Tables, territories: Collection[tuple[str, str]]) -> Published:
    """Give the set of data that the tables of a version hold.

    Its cells met the contract when they were published and have not changed since: only what
    tables say of each other and of the territories, which may have, is checked again.

    Raises
    ------
    DataFileError
        When a version cannot be read with the territories of today.
    """
    reports = {table: Report(f"{table}.csv", (), tables.get(table, ())) for table in TABLES}
    checked = cross_check(reports, territories)
    raise_reports(checked)
    return build_published(dict(zip(TABLES, checked, strict=True)))


def _write(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return stream.getvalue().encode()


def _read(columns: Sequence[str], content: bytes) -> tuple[dict[str, str], ...]:
    table = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    written = next(table, [])
    # Tables are written with the columns of the contract, in its order: nothing to look for.
    width = len(columns) if written == [*columns] else -1
    places = [written.index(column) if column in written else None for column in columns]
    # Spreadsheets may leave empty lines. The same few words come back on thousands of rows: one
    # object for each.
    return tuple(
        dict(zip(columns, map(sys.intern, cells), strict=True))
        if len(cells) == width
        else {
            column: "" if place is None else sys.intern(cells[place])
            for column, place in zip(columns, places, strict=True)
        }
        for cells in table
        if cells
    )
