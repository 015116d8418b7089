"""A file put aside, deleted or replaced under the server: nothing is written where nobody reads."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from territoires.domain.publishing import TERMINAL
from territoires.errors import StoreError
from territoires.tables.store import (
    Store,
    close_store,
    current_number,
    import_release,
    open_store,
    publish,
    read,
    save_draft,
    versions,
)
from territoires.tables.store.connection import writing
from tests.tables.store.conftest import ACT, SHIPPED, path_of, tables


def last_number(path: Path) -> int:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (number,) = connection.execute("SELECT max(number) FROM territoires_versions").fetchone()
    connection.close()
    return int(number)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another store, closed, with two more versions."""
    path = tmp_path / "ailleurs.sqlite"
    made = open_store(f"sqlite:///{path}")
    import_release(made, SHIPPED, "Livraison 1")
    for value in (1, 2):
        publish(made, tables(value), ACT, base=value - 1, caller=TERMINAL)
    close_store(made)
    return path


@pytest.mark.parametrize("is_deleted", [True, False])
def test_a_file_that_went_away_is_told_and_none_is_made(
    store: Store, url: str, tmp_path: Path, is_deleted: bool
) -> None:
    path = path_of(url)
    if is_deleted:
        path.unlink()
    else:
        path.rename(tmp_path / "gardee.sqlite")
    for _ in range(2):
        with pytest.raises(StoreError, match="n’est plus là") as caught:
            publish(store, tables(78), ACT, base=0, caller=TERMINAL)
        assert caught.value.remedy
        with pytest.raises(StoreError, match="n’est plus là"):
            current_number(store)
        with pytest.raises(StoreError, match="n’est plus là"):
            save_draft(store, "k", 0, "a.csv", b"1", "{}")
    assert not path.exists()


def test_a_file_put_back_is_read_again(store: Store, publish_value, url: str, tmp_path) -> None:
    publish_value(78)
    path_of(url).rename(tmp_path / "gardee.sqlite")
    with pytest.raises(StoreError):
        current_number(store)
    # What was published is whole in the file that was put aside, whatever its journal held.
    assert last_number(tmp_path / "gardee.sqlite") == 1
    (tmp_path / "gardee.sqlite").rename(path_of(url))
    assert current_number(store) == 1
    publish_value(79)
    assert current_number(store) == 2


def test_a_store_put_in_its_place_is_read(store: Store, other: Path, url: str) -> None:
    assert current_number(store) == 0
    other.replace(path_of(url))
    assert current_number(store) == 2
    assert read(store, 2) == tables(2)
    assert publish(store, tables(3), ACT, base=2, caller=TERMINAL).number == 3
    close_store(store)
    assert last_number(path_of(url)) == 3


def test_the_journal_of_the_former_file_never_reaches_the_new_one(
    store: Store, publish_value, other: Path, url: str, tmp_path: Path
) -> None:
    for value in range(10, 16):
        publish_value(value)
    (tmp_path / "gardee.sqlite").hardlink_to(path_of(url))
    other.replace(path_of(url))
    assert [one.number for one in versions(store)] == [2, 1, 0]
    close_store(store)
    assert last_number(path_of(url)) == 2
    assert last_number(tmp_path / "gardee.sqlite") == 6


def test_nothing_is_written_when_the_file_is_replaced_before(
    store: Store, other: Path, url: str
) -> None:
    other.replace(path_of(url))
    with pytest.raises(StoreError, match="ou remplacé"), writing(store):
        pytest.fail("nobody may write there")
    assert current_number(store) == 2


def test_nothing_is_committed_when_the_file_goes_away_meanwhile(
    store: Store, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def move(*_: object) -> None:
        path_of(url).rename(tmp_path / "gardee.sqlite")

    monkeypatch.setattr("territoires.tables.store.publishing.write_audit", move)
    with pytest.raises(StoreError, match="n’est plus là"):
        publish(store, tables(78), ACT, base=0, caller=TERMINAL)
    close_store(store)
    assert last_number(tmp_path / "gardee.sqlite") == 0


def test_a_publication_that_ends_in_a_former_file_is_no_success(
    store: Store, other: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, seen = store.place, []

    def is_at(file: object) -> bool:
        seen.append(file)
        if len(seen) == 4:  # reading, before, at the end, then once committed
            other.replace(path_of(url))
        return type(place).is_at(place, file)  # type: ignore[arg-type]

    monkeypatch.setattr(place, "is_at", is_at)
    with pytest.raises(StoreError, match="plus personne ne lit"):
        publish(store, tables(78), ACT, base=0, caller=TERMINAL)
    assert current_number(store) == 2


def test_a_file_of_another_application_put_there_is_left_as_it_is(store: Store, url: str) -> None:
    path_of(url).rename(path_of(url).with_name("gardee.sqlite"))
    with sqlite3.connect(path_of(url)) as connection:
        connection.execute("CREATE TABLE clients (id INTEGER)")
    connection.close()
    for _ in range(2):
        with pytest.raises(StoreError, match="autre application"):
            current_number(store)


def test_a_copy_put_back_after_a_deletion_is_read(store: Store, url: str, tmp_path: Path) -> None:
    close_store(store)
    shutil.copy(path_of(url), tmp_path / "copie.sqlite")
    assert current_number(store) == 0
    path_of(url).unlink()
    with pytest.raises(StoreError):
        current_number(store)
    shutil.copy(tmp_path / "copie.sqlite", path_of(url))
    assert current_number(store) == 0
