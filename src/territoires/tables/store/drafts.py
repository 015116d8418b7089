"""Updates being prepared: a few, for a few days; nothing published refers to them."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from territoires.tables.store.connection import Store, reading, writing
from territoires.tables.store.schema import DRAFTS
from territoires.tables.store.wording import MAX_NAME, clean, say_now

MAX_DRAFTS = 50
MAX_DAYS = 7
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
    store: Store, key: str, base: int, file_name: str, content: bytes, choices: str
) -> None:
    """Keep a draft under a secret key, of which only the hash is written; the oldest make room.

    Raises
    ------
    StoreError
        When the database fails.
    """
    data = zlib.compress(content)
    with writing(store) as connection:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.key == _hash(key)))
        _drop_old(connection, len(data))
        connection.execute(
            insert(DRAFTS).values(
                key=_hash(key),
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
    query = select(DRAFTS).where(DRAFTS.c.key == _hash(key), DRAFTS.c.date >= _oldest())
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


def _drop_old(connection: Connection, coming: int) -> None:
    connection.execute(delete(DRAFTS).where(DRAFTS.c.date < _oldest()))
    query = select(DRAFTS.c.key, func.length(DRAFTS.c.data).label("size"))
    rows = connection.execute(query.order_by(DRAFTS.c.date.desc())).all()
    total = coming
    for rank, row in enumerate(rows, start=1):
        total += row.size
        if rank >= MAX_DRAFTS or total > MAX_TOTAL_BYTES:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.key == row.key))


def _oldest() -> str:
    limit = datetime.now(UTC) - timedelta(days=MAX_DAYS)
    return limit.isoformat(timespec="microseconds")


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
