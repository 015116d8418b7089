"""A backup taken back: everything checked first, all of it or nothing, nothing published lost."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from territoires.domain.publishing import Caller
from territoires.domain.versions import Act, AuditAction, Version, VersionKind
from territoires.errors import StoreError
from territoires.tables.store.archive_contents import check_contents
from territoires.tables.store.archives import Archive, Rows, opening
from territoires.tables.store.audit import write_audit
from territoires.tables.store.connection import Store, writing
from territoires.tables.store.contents import read_blobs, write_blobs
from territoires.tables.store.publishing import check_act
from territoires.tables.store.schema import (
    AUDIT,
    CONTENTS,
    DISMISSALS,
    POINTER,
    RELEASE_TABLES,
    RELEASES,
    VERSION_TABLES,
    VERSIONS,
    lock_rows,
    unlock_rows,
)
from territoires.tables.store.versions import read_version

#: What must be the same for a version of the store to be that of the backup.
_SAME = ("number", "kind", "parent", "restores", "fingerprint", "author", "message", "date")


def restore(store: Store, path: Path, act: Act, *, caller: Caller) -> Version:
    """Take back a backup; give the version that is current then.

    A store where nobody published yet takes the whole backup. One whose versions are the first of
    the backup gets those it lacks. Any other is left as it is: versions are never lost.

    Raises
    ------
    PublishingRefusedError
        When the caller may not publish, or gives no name or no reason.
    StoreError
        When the backup is damaged, does not fit this store, or the database fails.
    """
    signed = check_act(store, act, caller)
    with opening(path) as archive:
        # Every byte is read once before anything is written, and again when it is.
        check_contents(archive)
        with writing(store) as connection:
            mine = _rows(connection, VERSIONS)
            theirs = archive.tables[VERSIONS.name]
            if not _starts_with(theirs, mine):
                _clear(connection, mine)
                mine = []
            _add(connection, archive, len(mine))
            detail = (
                f"Sauvegarde {path.name} restaurée : versions {len(mine)} à {len(theirs) - 1}. "
            )
            write_audit(
                connection,
                AuditAction.RESTORE,
                signed.author,
                archive.pointer,
                detail + signed.message,
            )
            return read_version(connection, archive.pointer)


def _starts_with(theirs: Rows, mine: Rows) -> bool:
    """Tell whether the backup goes on from the store's versions; refuse it when it stops short."""
    shared = min(len(theirs), len(mine))
    same = all(
        one[name] == other[name]
        for one, other in zip(theirs[:shared], mine[:shared], strict=True)
        for name in _SAME
    )
    if same and mine and len(theirs) <= len(mine):
        raise StoreError(
            f"Tout ce que garde cette sauvegarde est déjà là : elle va jusqu’à la version "
            f"{len(theirs) - 1}, la base jusqu’à la {len(mine) - 1}. Rien n’a été modifié.",
            remedy="Pour revenir à une version plus ancienne : territoires rollback NUMÉRO.",
        )
    return same


def _clear(connection: Connection, mine: Rows) -> None:
    """Empty a store that holds only what the application brought; the log stays."""
    if any(row["kind"] != VersionKind.RELEASE for row in mine):
        raise StoreError(
            "Cette base a des versions que la sauvegarde n’a pas : la restaurer ici les effacerait. "
            "Rien n’a été modifié.",
            remedy="Sauvegardez cette base (territoires backup FICHIER), puis restaurez dans une "
            "base neuve : arrêtez le serveur et déplacez son fichier, ou donnez une autre adresse dans "
            "TERRITOIRES_DATABASE_URL.",
        )
    unlock_rows(connection)
    tables = (POINTER, VERSION_TABLES, VERSIONS, DISMISSALS, RELEASE_TABLES, RELEASES, CONTENTS)
    for table in tables:
        connection.execute(delete(table))
    lock_rows(connection)


def _add(connection: Connection, archive: Archive, first: int) -> None:
    """Add the versions from number ``first`` on, and all that they need."""
    for key in sorted(archive.hashes):
        if connection.execute(select(CONTENTS.c.hash).where(CONTENTS.c.hash == key)).first():
            read_blobs(connection, [key])
            continue
        content = archive.read(key)
        write_blobs(connection, {key: (len(content), zlib.compress(content))})
    _add_releases(connection, archive)
    for table in (VERSIONS, VERSION_TABLES):
        _insert(connection, table, [r for r in archive.tables[table.name] if r["number"] >= first])
    if connection.execute(select(POINTER.c.version)).scalar() is None:
        connection.execute(insert(POINTER).values(id=1, version=archive.pointer))
    else:
        connection.execute(update(POINTER).values(version=archive.pointer))
    _add_audit(connection, archive.tables[AUDIT.name])


def _add_releases(connection: Connection, archive: Archive) -> None:
    """Add the releases the store lacks; both must agree on those they share."""
    mine = {row["number"]: row["fingerprint"] for row in _rows(connection, RELEASES)}
    theirs = archive.tables[RELEASES.name]
    if any(mine.get(row["number"], row["fingerprint"]) != row["fingerprint"] for row in theirs):
        raise StoreError(
            "Cette base a reçu d’autres livraisons que la sauvegarde. Rien n’a été modifié.",
            remedy="Restaurez dans une base neuve : arrêtez le serveur et déplacez son fichier, ou donnez une autre "
            "adresse dans TERRITOIRES_DATABASE_URL.",
        )
    for table in (RELEASES, RELEASE_TABLES):
        _insert(
            connection, table, [r for r in archive.tables[table.name] if r["number"] not in mine]
        )
    dismissed = {row["release"] for row in _rows(connection, DISMISSALS)}
    rows = archive.tables[DISMISSALS.name]
    _insert(connection, DISMISSALS, [row for row in rows if row["release"] not in dismissed])


def _add_audit(connection: Connection, theirs: Rows) -> None:
    """Add the lines of the log that the store lacks, after its own; they keep their date."""
    mine = {_line(row) for row in _rows(connection, AUDIT)}
    rows = [{n: v for n, v in row.items() if n != "number"} for row in theirs]
    _insert(connection, AUDIT, [row for row in rows if _line(row) not in mine])


def _line(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("date", "action", "author", "version", "detail"))


def _insert(connection: Connection, table: Table, rows: Rows) -> None:
    if rows:
        connection.execute(insert(table), [dict(row) for row in rows])


def _rows(connection: Connection, table: Table) -> list[Mapping[str, Any]]:
    query = select(table).order_by(*table.primary_key.columns)
    return [dict(row._mapping) for row in connection.execute(query)]
