"""Versions read back: one row each, one pointer, tables verified by their hash."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select

from territoires.domain.versions import Original, Version, VersionKind
from territoires.errors import StoreError
from territoires.tables.store.connection import Store, reading
from territoires.tables.store.contents import Contents, read_blobs, to_fingerprint
from territoires.tables.store.schema import POINTER, VERSION_TABLES, VERSIONS
from territoires.tables.store.wording import read_date

_POINTED = select(POINTER.c.version)
_CURRENT = select(VERSIONS).join(POINTER, POINTER.c.version == VERSIONS.c.number)


def current_number(store: Store) -> int:
    """Give the number of the version everyone reads; cheap enough for every rerun.

    Raises
    ------
    StoreError
        When the database fails, or holds no version yet.
    """
    with reading(store) as connection:
        return read_pointer(connection)


def is_empty(store: Store) -> bool:
    """Tell whether the store holds no version yet."""
    with reading(store) as connection:
        return connection.execute(_POINTED).scalar() is None


def current(store: Store) -> Version:
    """Give the version everyone reads."""
    with reading(store) as connection:
        row = connection.execute(_CURRENT).first()
        return (
            read_version(connection, read_pointer(connection))
            if row is None
            else _to_version(row, row.number)
        )


def version(store: Store, number: int) -> Version:
    """Give a version.

    Raises
    ------
    StoreError
        When there is none of this number, or the database fails.
    """
    with reading(store) as connection:
        return read_version(connection, number)


def versions(store: Store) -> tuple[Version, ...]:
    """Give every version, the newest first."""
    with reading(store) as connection:
        pointed = connection.execute(_POINTED).scalar()
        rows = connection.execute(select(VERSIONS).order_by(VERSIONS.c.number.desc()))
        return tuple(_to_version(row, pointed) for row in rows)


def read(store: Store, number: int) -> Contents:
    """Give the tables of a version, each verified by its hash.

    Raises
    ------
    StoreError
        When there is no such version, when a table is missing or altered, or the database fails.
    """
    with reading(store) as connection:
        return read_contents(connection, number)


def original(store: Store, number: int) -> Original | None:
    """Give the file a version came from, as it was brought; None without one."""
    with reading(store) as connection:
        found = read_version(connection, number)
        if not found.file_hash:
            return None
        blobs = read_blobs(connection, [found.file_hash])
    return Original(found.file_name, blobs[found.file_hash])


def read_pointer(connection: Connection, *, lock: bool = False) -> int:
    """Read the pointer; ``lock`` keeps other writers out where the database locks by row."""
    number: int | None = connection.execute(
        _POINTED.with_for_update() if lock else _POINTED
    ).scalar()
    if number is None:
        raise StoreError(
            "La base des versions est vide : rien n’y a encore été publié.",
            remedy="Ouvrez le tableau de bord une fois : les données livrées y seront reprises.",
        )
    return number


def read_version(connection: Connection, number: int) -> Version:
    """Read a version; it must exist."""
    row = connection.execute(select(VERSIONS).where(VERSIONS.c.number == number)).first()
    if row is None:
        last = connection.execute(select(func.max(VERSIONS.c.number))).scalar()
        raise StoreError(
            f"Il n’y a pas de version {number}.",
            remedy=f"Les versions vont de 0 à {last}." if last is not None else "",
        )
    return _to_version(row, connection.execute(_POINTED).scalar())


def read_hashes(connection: Connection, number: int) -> dict[str, str]:
    """Read the hash of each table of a version."""
    query = select(VERSION_TABLES.c.name, VERSION_TABLES.c.hash).where(
        VERSION_TABLES.c.number == number
    )
    return {row.name: row.hash for row in connection.execute(query)}


def read_contents(connection: Connection, number: int) -> Contents:
    """Read the tables of a version, verified."""
    found = read_version(connection, number)
    hashes = read_hashes(connection, number)
    check_fingerprint(found.fingerprint, hashes, f"la version {number}")
    blobs = read_blobs(connection, hashes.values())
    return {name: blobs[key] for name, key in sorted(hashes.items())}


def check_fingerprint(fingerprint: str, hashes: dict[str, str], what: str) -> None:
    """Hold a list of tables to the fingerprint it was written with."""
    if to_fingerprint(hashes) != fingerprint:
        raise StoreError(
            f"La liste des tables de {what} est altérée.",
            remedy="Restaurez une sauvegarde (territoires restore FICHIER), ou revenez à une "
            "version intacte.",
        )


def _to_version(row: Row[Any], pointed: int | None) -> Version:
    return Version(
        number=row.number,
        kind=VersionKind(row.kind),
        parent=row.parent,
        date=read_date(row.date),
        author=row.author,
        message=row.message,
        fingerprint=row.fingerprint,
        restores=row.restores,
        file_name=row.file_name,
        file_hash=row.file_hash or "",
        source_id=row.source_id,
        fiabilite=row.fiabilite,
        added=row.added,
        changed=row.changed,
        removed=row.removed,
        is_current=row.number == pointed,
    )
