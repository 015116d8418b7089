"""Opening the store, reading and writing in one transaction, failures told in French."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from territoires import settings
from territoires.errors import StoreError
from territoires.tables.store.failures import to_store_error
from territoires.tables.store.place import (
    Identity,
    Place,
    find_place,
    say_gone,
    say_lost,
    say_replaced,
)
from territoires.tables.store.schema import prepare

#: How long a writer waits for another one.
BUSY_SECONDS = 10
#: Between two demands for what SQLite does not wait for itself.
_PAUSE_SECONDS = 0.02
_WRITES = "territoires_writes"


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; threads may share it."""

    engine: Engine
    place: Place

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
    store = Store(_build_engine(address, busy_seconds), find_place(address))
    _open(store)
    return store


def _open(store: Store) -> None:
    """Open the file there is now, made if there is none, once it is known to be ours."""
    try:
        if store.engine.dialect.name == "sqlite":
            _use_wal(store)
        store.place.opened = store.place.look()
        with writing(store) as connection:
            prepare(connection)
    except (StoreError, OSError) as error:
        store.place.opened = None
        store.engine.dispose()
        if isinstance(error, OSError):
            raise to_store_error(error) from error
        raise


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

    Another store put in the place of its file, a copy of an earlier day say, is opened.

    Raises
    ------
    StoreError
        When the database fails, or its file is gone.
    """
    try:
        _follow(store)
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
        When the database fails or its file is no longer the one that was opened; nothing was
        written where people read.
    """
    # Another thread may open the new file meanwhile: what counts is the file of this transaction.
    file = store.place.opened
    try:
        _hold(store.place, file)
        with store.writer.begin() as connection:
            yield connection
            _hold(store.place, file)
        if not store.place.is_at(file):
            raise say_lost()
    except StoreError:
        _leave(store)
        raise
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise to_store_error(error) from error


def _hold(place: Place, file: Identity | None) -> None:
    """Hold the file there is to the one that was opened."""
    if not place.is_at(file):
        raise say_gone() if place.look() is None else say_replaced()


def _follow(store: Store) -> None:
    """Open again a store whose file was replaced."""
    place = store.place
    if place.is_at(place.opened):
        return
    with place.lock:
        _leave(store)
        if place.look() is None:
            raise say_gone()
        if place.opened is None:
            _open(store)


def _leave(store: Store) -> None:
    """Close a file that is not the store's any more, whole by itself wherever it is now."""
    place = store.place
    with place.lock:
        if place.is_at(place.opened):
            return
        pool = store.engine.pool
        # A connection made now would be to another file: only one that waits is of this one.
        if place.opened is not None and isinstance(pool, QueuePool) and pool.checkedin():
            with suppress(SQLAlchemyError, sqlite3.Error):
                raw = store.engine.raw_connection()
                # Its journal keeps the old name: read with the file that is there now, it would
                # damage that one.
                raw.cursor().execute("PRAGMA busy_timeout = 0")
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                raw.close()
        place.opened = None
        store.engine.dispose()


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
            _ask_for_wal(raw.cursor())
        finally:
            raw.close()
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise to_store_error(error) from error


def _ask_for_wal(cursor: Any) -> None:
    """Ask until no one is writing: this one demand SQLite refuses at once, without waiting."""
    (milliseconds,) = cursor.execute("PRAGMA busy_timeout").fetchone()
    end = time.monotonic() + milliseconds / 1_000
    while cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return  # A file system that cannot have it keeps its mode, and says nothing.
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(_PAUSE_SECONDS)
