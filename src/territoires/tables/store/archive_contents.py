"""The tables of a backup: those that pages could not read are refused before anything is written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping

from territoires.errors import StoreError
from territoires.tables.store.archives import Archive, broken
from territoires.tables.store.schema import RELEASE_TABLES, VERSION_TABLES

_MAX_DETAILS = 10


def check_contents(archive: Archive) -> None:
    """Read every byte of a backup once, and hold its tables to what pages can read.

    A version may be of an earlier or later contract; the one that everyone would read must meet
    the contract of today, codes of territories apart.

    Raises
    ------
    StoreError
        When bytes are missing or altered, or a table cannot be read.
    """
    names: dict[str, set[str]] = {}
    for table in (VERSION_TABLES, RELEASE_TABLES):
        for row in archive.tables[table.name]:
            names.setdefault(row["hash"], set()).add(row["name"])
    _check_names({name for some in names.values() for name in some})
    for key in archive.hashes:
        content = archive.read(key)
        for name in names.get(key, ()):
            _check_table(name, content)
    _check_current(archive)


def _check_names(names: Iterable[str]) -> None:
    from territoires.tables.indicators import TABLES  # noqa: PLC0415 - it reads the store itself

    if unknown := sorted(set(names) - set(TABLES)):
        raise broken(f"la table {unknown[0]} n’existe pas")


def _check_table(name: str, content: bytes) -> None:
    from territoires.tables.snapshots import columns_of, to_tables  # noqa: PLC0415 - the same

    try:
        first = next(csv.reader([content.partition(b"\n")[0].decode("utf-8-sig")]), [])
        to_tables({name: content})
    except (ValueError, IndexError, csv.Error) as error:
        raise broken(f"la table {name} ne se lit pas") from error
    if not set(first) & set(columns_of(name)):
        raise broken(f"la table {name} n’a aucune des colonnes attendues")


def _check_current(archive: Archive) -> None:
    from territoires.tables.snapshots import check_tables, to_tables  # noqa: PLC0415 - the same

    rows = archive.tables[VERSION_TABLES.name]
    contents: Mapping[str, bytes] = {
        row["name"]: archive.read(row["hash"]) for row in rows if row["number"] == archive.pointer
    }
    issues = check_tables(to_tables(contents), None)
    if issues:
        raise StoreError(
            f"La version en ligne de cette sauvegarde ({archive.pointer}) ne se lit pas avec ce "
            "Territoires. Rien n’a été modifié.",
            details=tuple(f"{issue.file}, {issue}" for _, issue in issues[:_MAX_DETAILS]),
            remedy="Prenez une autre sauvegarde, ou le Territoires qui l’a écrite.",
        )
