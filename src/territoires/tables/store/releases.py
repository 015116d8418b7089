"""Data shipped with the application: version 0 first, then drafts that wait for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, union

from territoires.domain.publishing import Caller
from territoires.domain.versions import Act, AuditAction, Version, VersionKind
from territoires.errors import StoreError
from territoires.tables.store.audit import write_audit
from territoires.tables.store.connection import Store, reading, writing
from territoires.tables.store.contents import (
    Contents,
    Packed,
    hash_contents,
    pack,
    read_blobs,
    write_blobs,
)
from territoires.tables.store.publishing import Entry, add_version, check_act
from territoires.tables.store.schema import (
    DISMISSALS,
    POINTER,
    RELEASE_TABLES,
    RELEASES,
    VERSIONS,
)
from territoires.tables.store.versions import check_fingerprint, read_pointer, read_version
from territoires.tables.store.wording import MAX_AUTHOR, clean, read_date, say_now

AUTHOR = "Territoires"


@dataclass(frozen=True, slots=True)
class Release:
    """A release that waits: what it holds, and what the release before it held.

    ``base`` is the release whose rows the current version took in last: with it, what the new one
    changes is told from what people published meanwhile.
    """

    number: int
    label: str
    date: datetime
    fingerprint: str
    contents: Contents
    base: Contents


def import_release(store: Store, contents: Contents, label: str) -> Version | None:
    """Take in the data shipped with the application; give version 0 when it was written just now.

    The same data twice is nothing. Data never seen before waits (:func:`pending_release`) once the
    store holds a version, and never moves the pointer.

    Raises
    ------
    StoreError
        When the database fails; nothing was written.
    """
    fingerprint = hash_contents(contents)
    with reading(store) as connection:
        if _find(connection, fingerprint) is not None:
            return None
    packed = pack(store, contents)
    with writing(store) as connection:
        if _find(connection, fingerprint) is not None:
            return None
        is_first = connection.execute(select(POINTER.c.version)).scalar() is None
        release = _add(connection, packed, clean(label, MAX_AUTHOR))
        if not is_first:
            detail = f"Livraison « {clean(label)} » reçue : elle attend d’être comparée et publiée."
            write_audit(connection, AuditAction.IMPORT, AUTHOR, None, detail)
            return None
        entry = Entry(VersionKind.RELEASE, AUTHOR, clean(label), release=release)
        number = add_version(connection, entry, packed)
        detail = f"Version {number} : données livrées, « {clean(label)} »."
        write_audit(connection, AuditAction.IMPORT, AUTHOR, number, detail)
        return read_version(connection, number)


def has_release(store: Store, fingerprint: str) -> bool:
    """Tell whether data of this fingerprint was taken in already."""
    with reading(store) as connection:
        return _find(connection, fingerprint) is not None


def pending_release(store: Store) -> Release | None:
    """Give the newest release nobody published or set aside, when its data is not current."""
    with reading(store) as connection:
        row = _newest(connection)
        if row is None:
            return None
        number, label, date, fingerprint = row
        pointed = read_pointer(connection)
        if read_version(connection, pointed).fingerprint == fingerprint:
            return None
        ancestor = find_ancestor(connection, pointed)
        return Release(
            number,
            label,
            read_date(date),
            fingerprint,
            _read(connection, number),
            _read(connection, ancestor) if ancestor is not None else {},
        )


def pending_number(store: Store) -> int | None:
    """Give the number of the release that waits, without reading it."""
    with reading(store) as connection:
        row = _newest(connection)
        if row is None:
            return None
        now = read_version(connection, read_pointer(connection)).fingerprint
        return None if row[3] == now else row[0]


def dismiss_release(store: Store, number: int, act: Act, *, caller: Caller) -> None:
    """Set a release aside for good; what is published does not change.

    Raises
    ------
    PublishingRefusedError
        When the caller may not publish, or gives no name or no reason.
    StoreError
        When there is no such release, or the database fails.
    """
    signed = check_act(store, act, caller)
    with writing(store) as connection:
        label = connection.execute(select(RELEASES.c.label).filter_by(number=number)).scalar()
        if label is None:
            raise StoreError(f"Il n’y a pas de livraison {number}.")
        if connection.execute(select(DISMISSALS).filter_by(release=number)).first():
            return
        connection.execute(
            insert(DISMISSALS).values(release=number, date=say_now(), author=signed.author)
        )
        detail = f"Livraison « {label} » écartée. {signed.message}"
        write_audit(connection, AuditAction.DISMISSAL, signed.author, None, detail)


def find_ancestor(connection: Connection, number: int) -> int | None:
    """Find the release whose rows a version took in last, through roll backs."""
    while True:
        query = select(VERSIONS.c.parent, VERSIONS.c.restores, VERSIONS.c.release)
        row = connection.execute(query.where(VERSIONS.c.number == number)).one()
        if row.release is not None:
            return int(row.release)
        # Both are older than the version itself, so that this ends.
        earlier = row.restores if row.restores is not None else row.parent
        if earlier is None:
            return None
        number = earlier


def _newest(connection: Connection) -> tuple[int, str, str, str] | None:
    # A release set aside takes with it those before: it held their rows too.
    settled = union(
        select(VERSIONS.c.release).where(VERSIONS.c.release.is_not(None)),
        select(DISMISSALS.c.release),
    ).subquery()
    query = (
        select(RELEASES.c.number, RELEASES.c.label, RELEASES.c.date, RELEASES.c.fingerprint)
        .where(RELEASES.c.number > select(func.max(settled.c.release)).scalar_subquery())
        .order_by(RELEASES.c.number.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else (row.number, row.label, row.date, row.fingerprint)


def _find(connection: Connection, fingerprint: str) -> int | None:
    query = select(RELEASES.c.number).where(RELEASES.c.fingerprint == fingerprint)
    number: int | None = connection.execute(query).scalar()
    return number


def _add(connection: Connection, packed: Packed, label: str) -> int:
    last: int | None = connection.execute(select(func.max(RELEASES.c.number))).scalar()
    number = 0 if last is None else last + 1
    write_blobs(connection, packed.blobs)
    connection.execute(
        insert(RELEASES).values(
            number=number, label=label, date=say_now(), fingerprint=packed.fingerprint
        )
    )
    connection.execute(
        insert(RELEASE_TABLES),
        [{"number": number, "name": n, "hash": h} for n, h in sorted(packed.hashes.items())],
    )
    return number


def _read(connection: Connection, number: int) -> Contents:
    fingerprint = connection.execute(
        select(RELEASES.c.fingerprint).where(RELEASES.c.number == number)
    ).scalar_one()
    query = select(RELEASE_TABLES.c.name, RELEASE_TABLES.c.hash)
    rows = connection.execute(query.where(RELEASE_TABLES.c.number == number))
    hashes = {row.name: row.hash for row in rows}
    check_fingerprint(fingerprint, hashes, f"la livraison {number}")
    blobs = read_blobs(connection, hashes.values())
    return {name: blobs[key] for name, key in sorted(hashes.items())}
