"""Writing versions: one transaction, one pointer moved, or nothing at all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select, update

from territoires.domain.publishing import Caller, find_refusal
from territoires.domain.versions import Act, AuditAction, Original, Version, VersionKind
from territoires.errors import ConflictError, PublishingRefusedError, StoreError, TerritoiresError
from territoires.tables.store.audit import record, write_audit
from territoires.tables.store.connection import Store, writing
from territoires.tables.store.contents import Contents, Packed, hash_bytes, pack, write_blobs
from territoires.tables.store.schema import POINTER, RELEASES, VERSION_TABLES, VERSIONS
from territoires.tables.store.versions import (
    read_contents,
    read_hashes,
    read_pointer,
    read_version,
)
from territoires.tables.store.wording import (
    MAX_AUTHOR,
    MAX_MESSAGE,
    MAX_NAME,
    clean,
    clean_lines,
    say_now,
)

Counts = tuple[int, int, int]
_PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a new version says of itself, beside its tables."""

    kind: VersionKind
    author: str
    message: str
    parent: int | None = None
    restores: int | None = None
    file_name: str = ""
    file_hash: str = ""
    source_id: str = ""
    fiabilite: str = ""
    counts: Counts = (0, 0, 0)
    release: int | None = None


def publish(
    store: Store,
    contents: Contents,
    act: Act,
    *,
    base: int,
    caller: Caller,
    original: Original | None = None,
    source_id: str = "",
    fiabilite: str = "",
    counts: Counts = (0, 0, 0),
    release: int | None = None,
) -> Version:
    """Make a set of tables the current version, for everyone, in one transaction.

    ``base`` is the version the update was prepared on; ``counts`` the rows added, changed and
    removed; ``release`` the release it takes in, if it does.

    Raises
    ------
    PublishingRefusedError
        When the caller may not publish, gives no name or no reason, or brings nothing new.
    ConflictError
        When somebody published since ``base``.
    StoreError
        When the database fails; nothing was written.
    """
    signed = check_act(store, act, caller)
    packed = pack(store, contents, original.content if original else None)
    entry = Entry(
        VersionKind.PUBLICATION,
        signed.author,
        signed.message,
        parent=base,
        file_name=(clean(original.name, MAX_NAME) or "sans nom") if original else "",
        file_hash=hash_bytes(original.content) if original else "",
        source_id=clean(source_id, MAX_AUTHOR),
        fiabilite=clean(fiabilite, 40),
        counts=counts,
        release=release,
    )
    with writing(store) as connection:
        outcome = _publish(connection, entry, packed, base)
    if isinstance(outcome, TerritoiresError):
        raise outcome
    return outcome


def roll_back(
    store: Store,
    to: int,
    act: Act,
    *,
    base: int,
    caller: Caller,
    counts: Counts = (0, 0, 0),
) -> Version:
    """Publish again the tables of an older version, as a new version.

    Raises
    ------
    PublishingRefusedError, ConflictError, StoreError
        As :func:`publish`; StoreError too when the older version is missing or altered.
    """
    signed = check_act(store, act, caller)
    with writing(store) as connection:
        read_contents(connection, to)
        entry = Entry(
            VersionKind.ROLLBACK,
            signed.author,
            signed.message,
            parent=base,
            restores=to,
            counts=counts,
        )
        outcome = _publish(connection, entry, Packed(read_hashes(connection, to), {}), base)
    if isinstance(outcome, TerritoiresError):
        raise outcome
    return outcome


def check_act(store: Store, act: Act, caller: Caller) -> Act:
    """Give the act as it is to be kept, or refuse it; a refusal is audited."""
    author, message = clean(act.author), clean_lines(act.message)
    reason = find_refusal(caller)
    if not reason and not author:
        reason = "Donnez votre nom : chaque version porte celui de qui la publie."
    if not reason and not message:
        reason = "Dites pourquoi en une phrase : chaque version porte sa raison."
    if not reason and len(author) > MAX_AUTHOR:
        reason = f"Ce nom est trop long : {MAX_AUTHOR} caractères au plus."
    if not reason and len(message) > MAX_MESSAGE:
        reason = f"Ce message est trop long : {MAX_MESSAGE} caractères au plus."
    if not reason:
        return Act(author, message)
    with suppress(StoreError):  # a refusal stays one, even where it cannot be written down
        record(store, AuditAction.REFUSAL, author, reason)
    raise PublishingRefusedError(reason)


def add_version(connection: Connection, entry: Entry, packed: Packed) -> int:
    """Write a version and move the pointer to it, in the caller's transaction."""
    last: int | None = connection.execute(select(func.max(VERSIONS.c.number))).scalar()
    number = 0 if last is None else last + 1
    write_blobs(connection, packed.blobs)
    added, changed, removed = entry.counts
    connection.execute(
        insert(VERSIONS).values(
            number=number,
            kind=entry.kind.value,
            parent=entry.parent,
            date=say_now(),
            author=entry.author,
            message=entry.message,
            fingerprint=packed.fingerprint,
            restores=entry.restores,
            file_name=entry.file_name,
            file_hash=entry.file_hash or None,
            source_id=entry.source_id,
            fiabilite=entry.fiabilite,
            added=added,
            changed=changed,
            removed=removed,
            release=entry.release,
        )
    )
    connection.execute(
        insert(VERSION_TABLES),
        [{"number": number, "name": n, "hash": h} for n, h in sorted(packed.hashes.items())],
    )
    if last is None:
        connection.execute(insert(POINTER).values(id=1, version=number))
    else:
        connection.execute(update(POINTER).values(version=number))
    return number


def _publish(
    connection: Connection, entry: Entry, packed: Packed, base: int
) -> Version | TerritoiresError:
    """Write the version, or the reason why not; either is committed with its line in the log."""
    pointed = read_pointer(connection, lock=True)
    if pointed != base:
        conflict = _tell_conflict(connection, base, pointed)
        write_audit(connection, AuditAction.CONFLICT, entry.author, None, conflict.message)
        return conflict
    if read_version(connection, pointed).fingerprint == packed.fingerprint:
        refusal = PublishingRefusedError(
            f"Rien à publier : ces données sont celles de la version {pointed}, déjà en ligne."
        )
        write_audit(connection, AuditAction.REFUSAL, entry.author, None, refusal.message)
        return refusal
    if entry.release is not None:
        _check_release(connection, entry.release)
    number = add_version(connection, entry, packed)
    if entry.kind is VersionKind.ROLLBACK:
        action, detail = (
            AuditAction.ROLLBACK,
            f"Version {number} : retour à la version {entry.restores}.",
        )
    else:
        action, detail = AuditAction.PUBLICATION, f"Version {number} publiée."
    write_audit(connection, action, entry.author, number, f"{detail} {entry.message}")
    return read_version(connection, number)


def _tell_conflict(connection: Connection, base: int, pointed: int) -> ConflictError:
    later = [
        read_version(connection, number)
        for number in connection.execute(
            select(VERSIONS.c.number).where(VERSIONS.c.number > base).order_by(VERSIONS.c.number)
        ).scalars()
    ]
    return ConflictError(
        f"Cette mise à jour part de la version {base}, et la version {pointed} est maintenant "
        "en ligne. Rien n’a été publié.",
        details=tuple(
            f"Version {one.number}, {one.author}, le {one.date.astimezone(_PARIS):%d/%m/%Y à %H h %M} : {one.message}"
            for one in later[-20:]
        ),
        remedy=f"Comparez de nouveau votre fichier, à partir de la version {pointed}.",
    )


def _check_release(connection: Connection, number: int) -> None:
    query = select(RELEASES.c.number).where(RELEASES.c.number == number)
    if connection.execute(query).scalar() is None:
        raise StoreError(f"Il n’y a pas de livraison {number}.")
