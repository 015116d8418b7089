"""Updates being prepared: a few, for a few days; nothing published refers to them.

Nobody pushes out what another person works on: there is room for a few drafts of each, and those
of the last hour go for nobody else.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, or_, select

from territoires.errors import StoreError
from territoires.tables.store.connection import Store, reading, writing
from territoires.tables.store.schema import DRAFTS
from territoires.tables.store.wording import MAX_NAME, clean, say_now

MAX_DRAFTS = 50
#: Drafts of one person.
MAX_OWN = 2
MAX_DAYS = 7
#: Younger than this, a draft never makes room for somebody else's.
SAFE = timedelta(hours=1)
#: A clock may be late; a draft dated later than this comes from one that was wrong.
AHEAD = timedelta(hours=1)
#: Room for all drafts together, compressed.
MAX_TOTAL_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A file being prepared; ``choices`` is the text the person's choices are written as."""

    base: int
    file_name: str
    content: bytes
    choices: str


def save_draft(  # noqa: PLR0917 - the columns of one row
    store: Store,
    key: str,
    base: int,
    file_name: str,
    content: bytes,
    choices: str,
    *,
    owner: str = "",
) -> None:
    """Keep a draft under a secret key, of which only the hash is written.

    ``owner`` is whose it is, by default who holds the key; it is hashed too. Their oldest drafts
    make room first, then old ones of anybody.

    Raises
    ------
    StoreError
        When the database fails, or is full of drafts that others are working on.
    """
    data, whose = zlib.compress(content), _hash(owner or key)
    with writing(store) as connection:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.key == _hash(key)))
        _make_room(connection, whose, len(data) + len(choices))
        connection.execute(
            insert(DRAFTS).values(
                key=_hash(key),
                owner=whose,
                date=say_now(),
                base=base,
                file_name=clean(file_name, MAX_NAME),
                size=len(content),
                data=data,
                choices=choices,
            )
        )


def read_draft(store: Store, key: str) -> Draft | None:
    """Give the draft of a key; None when there is none or it is too old."""
    query = select(DRAFTS).where(
        DRAFTS.c.key == _hash(key),
        DRAFTS.c.date >= _when(-timedelta(days=MAX_DAYS)),
        DRAFTS.c.date <= _when(AHEAD),
    )
    with reading(store) as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    try:
        content = zlib.decompressobj().decompress(row.data, row.size + 1)
    except zlib.error:
        return None
    if len(content) != row.size:
        return None
    return Draft(row.base, row.file_name, content, row.choices)


def delete_draft(store: Store, key: str) -> None:
    """Forget a draft, if there is one."""
    with writing(store) as connection:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.key == _hash(key)))


def _make_room(connection: Connection, owner: str, coming: int) -> None:
    """Drop what is out of date, then as few drafts as leave room for one more of an owner."""
    is_out = or_(DRAFTS.c.date < _when(-timedelta(days=MAX_DAYS)), DRAFTS.c.date > _when(AHEAD))
    connection.execute(delete(DRAFTS).where(is_out))
    size = func.length(DRAFTS.c.data) + func.length(DRAFTS.c.choices)
    query = select(DRAFTS.c.key, DRAFTS.c.owner, DRAFTS.c.date, size.label("size"))
    rows = connection.execute(query.order_by(DRAFTS.c.date)).all()
    mine = [row for row in rows if row.owner == owner]
    others = [row for row in rows if row.owner != owner and row.date < _when(-SAFE)]
    count, total = len(rows), coming + sum(row.size for row in rows)
    excess = len(mine) - MAX_OWN + 1
    for row in (*mine, *others):
        if excess <= 0 and count < MAX_DRAFTS and total <= MAX_TOTAL_BYTES:
            return
        connection.execute(delete(DRAFTS).where(DRAFTS.c.key == row.key))
        excess, count, total = excess - 1, count - 1, total - row.size
    if count >= MAX_DRAFTS or total > MAX_TOTAL_BYTES:
        raise StoreError(
            "Il n’y a plus de place pour les mises à jour en préparation. Rien n’a été modifié.",
            remedy="Gardez votre fichier et recommencez dans une heure.",
        )


def _when(shift: timedelta) -> str:
    return (datetime.now(UTC) + shift).isoformat(timespec="microseconds")


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
