"""The log: every import, publication, roll back, refusal and conflict; lines are only added."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from territoires.domain.versions import AuditAction, AuditEntry
from territoires.tables.store.connection import Store, reading, writing
from territoires.tables.store.schema import AUDIT
from territoires.tables.store.wording import MAX_AUTHOR, MAX_MESSAGE, clean, read_date, say_now


def write_audit(
    connection: Connection,
    action: AuditAction,
    author: str,
    version: int | None,
    detail: str,
) -> None:
    """Add a line to the log, in the caller's transaction."""
    connection.execute(
        insert(AUDIT).values(
            date=say_now(),
            action=action.value,
            author=clean(author, MAX_AUTHOR),
            version=version,
            detail=clean(detail, MAX_MESSAGE),
        )
    )


def record(store: Store, action: AuditAction, author: str, detail: str) -> None:
    """Add a line to the log, on its own.

    Raises
    ------
    StoreError
        When the database fails.
    """
    with writing(store) as connection:
        write_audit(connection, action, author, None, detail)


def audit(store: Store, limit: int = 200) -> tuple[AuditEntry, ...]:
    """Give the last lines of the log, newest first."""
    query = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(limit)
    with reading(store) as connection:
        return tuple(
            AuditEntry(
                number=row.number,
                date=read_date(row.date),
                action=AuditAction(row.action),
                author=row.author,
                version=row.version,
                detail=row.detail,
            )
            for row in connection.execute(query)
        )
