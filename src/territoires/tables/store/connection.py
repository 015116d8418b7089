"""Opening the store, reading and writing in one transaction, failures told in French."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from territoires import settings
from territoires.errors import StoreError
from territoires.tables.store.failures import to_store_error
from territoires.tables.store.schema import prepare

#: How long a writer waits for another one.
BUSY_SECONDS = 10
_WRITES = "territoires_writes"


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; threads may share it."""

    engine: Engine

    @property
    def writer(self) -> Engine:
        """Give the same engine, whose transactions keep other writers out from their start."""
        return self.engine.execution_options(**{_WRITES: True})


def open_store(url: str = "", *, busy_seconds: float = BUSY_SECONDS) -> Store:
    """Open the store of a database URL (``settings.DATABASE_URL``), created where there is none.

    Raises
    ------
    StoreError
        When the database cannot be read or written, is damaged, or is not ours.
    """
    address = _read_url(url or settings.DATABASE_URL)
    store = Store(_build_engine(address, busy_seconds))
    try:
        if address.get_backend_name() == "sqlite":
            _use_wal(store)
        with writing(store) as connection:
            prepare(connection)
    except StoreError:
        store.engine.dispose()
        raise
    return store


def has_database(url: str = "") -> bool:
    """Tell whether there may be a store at a URL; nothing is made. A server is not asked."""
    address = _read_url(url or settings.DATABASE_URL)
    if address.get_backend_name() != "sqlite" or not address.database:
        return True
    return address.database.startswith("file:") or Path(address.database).exists()


def close_store(store: Store) -> None:
    """Close every connection of a store."""
    store.engine.dispose()


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """Give a connection that sees one state of the store.

    Raises
    ------
    StoreError
        When the database fails.
    """
    try:
        with store.engine.connect() as connection:
            yield connection
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise to_store_error(error) from error


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """Give a connection that no other writer disturbs; committed at the end, or nothing is.

    Raises
    ------
    StoreError
        When the database fails; nothing was written.
    """
    try:
        with store.writer.begin() as connection:
            yield connection
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise to_store_error(error) from error


def _read_url(text: str) -> URL:
    try:
        url = make_url(text)
        is_sqlite = url.get_backend_name() == "sqlite"
    except ArgumentError as error:
        raise _unreadable() from error
    if is_sqlite and url.database in {None, "", ":memory:"}:
        raise StoreError(
            "Une base en mémoire ne garde rien.",
            remedy="Donnez un fichier dans TERRITOIRES_DATABASE_URL : "
            "sqlite:////chemin/base.sqlite.",
        )
    return url


def _unreadable() -> StoreError:
    return StoreError(
        "L’adresse de la base des versions ne se lit pas.",
        remedy="TERRITOIRES_DATABASE_URL s’écrit par exemple sqlite:////chemin/base.sqlite.",
    )


def _build_engine(url: URL, busy_seconds: float) -> Engine:
    is_sqlite = url.get_backend_name() == "sqlite"
    try:
        if is_sqlite and url.database and not url.database.startswith("file:"):
            Path(url.database).parent.mkdir(0o700, parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": busy_seconds} if is_sqlite else {})
    except ImportError as error:
        raise StoreError(
            f"Le pilote de la base des versions n’est pas installé : {error.name}.",
            remedy="Installez-le dans l’environnement (pip install), ou retirez "
            "TERRITOIRES_DATABASE_URL.",
        ) from error
    except ArgumentError as error:
        raise _unreadable() from error
    except (SQLAlchemyError, OSError) as error:
        raise to_store_error(error) from error
    if is_sqlite:
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    return engine


def _set_up(raw: Any, _record: object) -> None:
    # The driver's own habit of opening transactions late would let two writers start together.
    raw.isolation_level = None
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _use_wal(store: Store) -> None:
    """Let readers read while somebody writes; kept in the file, so asked for once."""
    try:
        raw = store.engine.raw_connection()
        try:
            cursor = raw.cursor()
            (mode,) = cursor.execute("PRAGMA journal_mode").fetchone()
            if mode != "wal":
                cursor.execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise to_store_error(error) from error
