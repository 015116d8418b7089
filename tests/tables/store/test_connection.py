"""A store that cannot be opened or written says why in French, and nothing is half done."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from territoires.domain.publishing import TERMINAL
from territoires.errors import StoreError
from territoires.tables.store import (
    audit,
    close_store,
    current_number,
    import_release,
    open_store,
    publish,
    read,
    save_draft,
    versions,
)
from territoires.tables.store import connection as module
from territoires.tables.store.failures import to_store_error
from territoires.tables.store.schema import CONTENTS, IDENTITY, METADATA
from tests.tables.store.conftest import ACT, SHIPPED, path_of, tables


def test_the_folder_and_the_file_are_made_where_there_are_none(url: str) -> None:
    close_store(open_store(url))
    assert path_of(url).is_file()


def test_a_store_opened_again_holds_what_it_held(store, url: str) -> None:
    close_store(store)
    again = open_store(url)
    assert read(again, 0) == SHIPPED
    close_store(again)


def test_sqlite_writes_surely_and_lets_people_read_meanwhile(empty) -> None:
    with empty.engine.connect() as connection:
        for name, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value


@pytest.mark.parametrize(
    ("text_url", "words"),
    [
        ("pas une adresse", "ne se lit pas"),
        ("sqlite://", "en mémoire"),
        ("sqlite:///:memory:", "en mémoire"),
        ("inconnu://base", "ne se lit pas"),
    ],
)
def test_an_address_that_cannot_be_one_is_told(text_url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as caught:
        open_store(text_url)
    assert "TERRITOIRES_DATABASE_URL" in caught.value.remedy


def test_a_missing_driver_is_told_and_the_password_is_not() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("mysql+absent_pilote://ana:secret@base.example.org/territoires")
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_told_and_left_as_it_is(url: str) -> None:
    path = path_of(url)
    path.parent.mkdir()
    path.write_bytes(b"code;valeur\n" * 1_000)
    with pytest.raises(StoreError, match="abîmé, ou n’en est pas une") as caught:
        open_store(url)
    assert "territoires restore" in caught.value.remedy
    assert path.read_bytes() == b"code;valeur\n" * 1_000


def test_a_damaged_file_is_told(store, url: str) -> None:
    save_draft(store, "k", 0, "a.csv", bytes(range(256)) * 400, "{}")
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    close_store(store)
    path = path_of(url)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="abîmé"):
        read(open_store(url), 0)


def test_the_database_of_another_application_is_left_as_it_is(url: str) -> None:
    path_of(url).parent.mkdir()
    with sqlite3.connect(path_of(url)) as connection:
        connection.execute("CREATE TABLE clients (id INTEGER)")
    with pytest.raises(StoreError, match="autre application") as caught:
        open_store(url)
    assert "clients" in caught.value.message
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
    connection.close()
    assert names == ["clients"]


def test_the_database_of_a_newer_territoires_is_left_as_it_is(store, url: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(IDENTITY.update().values(schema_version=99))
    close_store(store)
    with pytest.raises(StoreError, match="plus récente"):
        open_store(url)


def test_a_schema_half_made_is_finished(url: str) -> None:
    path_of(url).parent.mkdir()
    with sqlite3.connect(path_of(url)) as connection:
        connection.execute(
            f"CREATE TABLE {IDENTITY.name} (id INTEGER PRIMARY KEY, application TEXT, "
            "schema_version INTEGER)"
        )
    connection.close()
    store = open_store(url)
    assert import_release(store, SHIPPED, "Livraison") is not None
    close_store(store)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(StoreError, match="ne s’ouvre pas"):
        open_store(f"sqlite:///{tmp_path / 'fichier' / 'base.sqlite'}")
    with pytest.raises(StoreError, match="ne s’ouvre pas"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_read_only_database_is_told(store, url: str) -> None:
    close_store(store)
    with pytest.raises(StoreError, match="lecture seule") as caught:
        open_store(f"sqlite:///file:{path_of(url)}?mode=ro&uri=true")
    assert "droit d’écrire" in caught.value.remedy


def test_a_database_held_by_another_program_is_told(store, url: str) -> None:
    hurried = open_store(url, busy_seconds=0.05)
    with sqlite3.connect(path_of(url), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="occupée par un autre programme"):
            publish(hurried, tables(78), ACT, base=0, caller=TERMINAL)
        with pytest.raises(StoreError, match="occupée"):
            open_store(url, busy_seconds=0.05)
        assert current_number(hurried) == 0
        other.execute("ROLLBACK")
    other.close()
    publish(hurried, tables(78), ACT, base=0, caller=TERMINAL)
    assert current_number(store) == 1
    close_store(hurried)


def test_a_file_somebody_begins_to_write_is_waited_for(url: str) -> None:
    path_of(url).parent.mkdir()
    other = sqlite3.connect(path_of(url), isolation_level=None, check_same_thread=False)
    # What another server that opens the same new file at the same moment is doing.
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, other.rollback)
    release.start()
    store = open_store(url)
    release.join()
    assert not versions(store)
    close_store(store)
    other.close()


def test_a_full_disk_leaves_what_was_published(store) -> None:
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    large = {"observations": os.urandom(2_000_000)}
    # The limit holds for one connection: the pool gives the same one again.
    with store.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StoreError, match="plus de place sur le disque"):
        publish(store, large, ACT, base=0, caller=TERMINAL)
    assert current_number(store) == 0
    assert read(store, 0) == SHIPPED
    assert len(versions(store)) == len(audit(store)) == 1


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EIO])
def test_an_error_of_the_system_in_the_middle_leaves_what_was_published(
    store, monkeypatch, code: int
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("territoires.tables.store.publishing.write_audit", fail)
    with pytest.raises(StoreError, match="Rien n’a été modifié") as caught:
        publish(store, tables(78), ACT, base=0, caller=TERMINAL)
    assert caught.value.remedy
    monkeypatch.undo()
    assert current_number(store) == 0
    assert len(versions(store)) == 1
    assert publish(store, tables(78), ACT, base=0, caller=TERMINAL).number == 1


def test_a_bug_in_the_middle_writes_nothing_and_stays_visible(store, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("territoires.tables.store.publishing.write_audit", fail)
    with pytest.raises(ZeroDivisionError):
        publish(store, tables(78), ACT, base=0, caller=TERMINAL)
    assert current_number(store) == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("database is locked", "occupée"),
        ("database or disk is full", "plus de place"),
        ("[Errno 28] No space left on device", "plus de place"),
        ("attempt to write a readonly database", "lecture seule"),
        ("[Errno 13] Permission denied: 'x'", "lecture seule"),
        ("database disk image is malformed", "abîmé"),
        ("file is not a database", "abîmé"),
        ("unable to open database file", "ne s’ouvre pas"),
        ("disk I/O error", "répondu par une erreur"),
        ("anything else", "répondu par une erreur"),
    ],
)
def test_what_the_database_says_is_told_in_french_with_a_remedy(words: str, message: str) -> None:
    error = to_store_error(sqlite3.OperationalError(words))
    assert message in error.message
    assert error.remedy
    assert words in error.details[0]


def test_every_table_bears_our_name() -> None:
    assert all(name.startswith("territoires_") for name in METADATA.tables)


@pytest.mark.parametrize("dialect", ["postgresql", "mysql", "mssql", "oracle"])
def test_the_schema_can_be_written_for_another_database(dialect: str) -> None:
    from importlib import import_module

    from sqlalchemy.schema import CreateTable

    language = import_module(f"sqlalchemy.dialects.{dialect}").dialect()
    for table in METADATA.sorted_tables:
        assert table.name in str(CreateTable(table).compile(dialect=language))


@pytest.mark.parametrize(
    ("dialect", "written"),
    [
        ("sqlite", "BLOB"),
        ("postgresql", "BYTEA"),
        # MySQL takes the smallest type that holds as much: LONGBLOB.
        ("mysql", "BLOB(4294967295)"),
    ],
)
def test_large_files_fit_whatever_the_database(dialect: str, written: str) -> None:
    from importlib import import_module

    language = import_module(f"sqlalchemy.dialects.{dialect}").dialect()
    assert CONTENTS.c.data.type.compile(language) == written


def test_the_modules_name_no_sqlite_but_in_one_place() -> None:
    folder = Path(str(module.__file__)).parent
    named = {
        path.stem for path in folder.glob("*.py") if "PRAGMA" in path.read_text(encoding="utf-8")
    }
    assert named == {"connection"}
