"""Drafts: secret, few, short-lived, and apart from what is published."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from territoires.errors import StoreError
from territoires.tables.store import (
    audit,
    close_store,
    current,
    delete_draft,
    open_store,
    read_draft,
    save_draft,
)
from territoires.tables.store import drafts as module
from territoires.tables.store.schema import DRAFTS


def test_a_draft_comes_back_as_it_was_saved(store) -> None:
    save_draft(store, "clé", 0, "a\u202eb.csv", b"\x00\xffcode", '{"kind":"chiffres"}')
    draft = read_draft(store, "clé")
    assert draft is not None
    assert (draft.base, draft.file_name) == (0, "ab.csv")
    assert (draft.content, draft.choices) == (b"\x00\xffcode", '{"kind":"chiffres"}')
    assert read_draft(store, "autre") is None


def test_a_draft_saved_again_takes_the_place_of_the_first(store) -> None:
    save_draft(store, "k", 0, "a.csv", b"1", "{}")
    save_draft(store, "k", 0, "a.csv", b"2", "{}")
    draft = read_draft(store, "k")
    assert draft is not None
    assert draft.content == b"2"


def test_a_draft_can_be_forgotten_twice(store) -> None:
    save_draft(store, "k", 0, "a.csv", b"1", "{}")
    delete_draft(store, "k")
    delete_draft(store, "k")
    assert read_draft(store, "k") is None


def test_the_key_itself_is_never_written(store, url: str) -> None:
    save_draft(store, "secret-qui-ne-doit-pas-sortir", 0, "a.csv", b"1", "{}")
    store.engine.dispose()
    path = url.removeprefix("sqlite:///")
    with open(path, "rb") as stream:
        assert b"secret-qui" not in stream.read()


def save(store, key: str, owner: str = "", content: bytes = b"1") -> None:
    save_draft(store, key, 0, "a.csv", content, "{}", owner=owner)


def date(store, shift: timedelta, *keys: str) -> None:
    """Date drafts (all of them without a key) from now."""
    when = (datetime.now(UTC) + shift).isoformat(timespec="microseconds")
    query = DRAFTS.update().values(date=when)
    hashes = [hashlib.sha256(key.encode()).hexdigest() for key in keys]
    with store.engine.begin() as connection:
        connection.execute(query.where(DRAFTS.c.key.in_(hashes)) if keys else query)


def kept(store, *keys: str) -> list[str]:
    return [key for key in keys if read_draft(store, key)]


def test_an_old_draft_makes_room_the_oldest_first(store, monkeypatch) -> None:
    monkeypatch.setattr(module, "MAX_DRAFTS", 3)
    for number, key in enumerate("abc"):
        save(store, key)
        date(store, timedelta(hours=number - 5), key)
    save(store, "d")
    save(store, "e")
    assert kept(store, *"abcde") == ["c", "d", "e"]


def test_large_old_drafts_make_room_too(store, monkeypatch) -> None:
    monkeypatch.setattr(module, "MAX_TOTAL_BYTES", 65)
    for number, key in enumerate("abc"):
        save(store, key, content=bytes(range(20)))
        date(store, timedelta(hours=number - 5), key)
    assert kept(store, *"abc") == ["b", "c"]


def test_a_draft_of_the_last_hour_goes_for_nobody_else(store, monkeypatch) -> None:
    monkeypatch.setattr(module, "MAX_DRAFTS", 3)
    for key in "abc":
        save(store, key)
    with pytest.raises(StoreError, match="plus de place"):
        save(store, "d")
    assert kept(store, *"abcd") == ["a", "b", "c"]
    save(store, "b", content=b"2")
    assert kept(store, *"abcd") == ["a", "b", "c"]
    with pytest.raises(StoreError, match="plus de place"):
        save(store, "grand", "x")
    assert kept(store, *"abcd") == ["a", "b", "c"]


def test_one_person_pushes_out_their_own_drafts_alone(store) -> None:
    save(store, "voisin", "b")
    for number in range(60):
        save(store, f"k{number}", "a")
    assert kept(store, "voisin", *(f"k{n}" for n in range(60))) == ["voisin", "k58", "k59"]


def test_ones_own_drafts_make_room_before_those_of_others(store, monkeypatch) -> None:
    monkeypatch.setattr(module, "MAX_DRAFTS", 2)
    save(store, "voisin", "b")
    date(store, timedelta(hours=-5))
    save(store, "k1", "a")
    save(store, "k2", "a")
    assert kept(store, "voisin", "k1", "k2") == ["voisin", "k2"]


def test_a_draft_of_a_clock_that_was_wrong_is_not_given_and_goes(store) -> None:
    save(store, "futur", "a")
    date(store, timedelta(days=400))
    assert read_draft(store, "futur") is None
    save(store, "k", "b")
    with store.engine.connect() as connection:
        assert len(connection.execute(DRAFTS.select()).all()) == 1


def test_the_owner_is_never_written(store) -> None:
    save(store, "k", "adresse-de-quelqu-un")
    with store.engine.connect() as connection:
        assert "adresse" not in str(connection.execute(DRAFTS.select()).all())


def test_drafts_of_an_earlier_layout_are_forgotten(store, url: str) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE territoires_drafts DROP COLUMN owner")
    close_store(store)
    again = open_store(url)
    save(again, "k")
    assert kept(again, "k") == ["k"]
    close_store(again)


def test_a_draft_too_old_is_not_given_and_goes_at_the_next_one(store, url: str) -> None:
    save_draft(store, "vieux", 0, "a.csv", b"1", "{}")
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE territoires_drafts SET date = '2020-01-01T00:00:00+00:00'")
    assert read_draft(store, "vieux") is None
    save_draft(store, "neuf", 0, "a.csv", b"1", "{}")
    (count,) = connection.execute("SELECT count(*) FROM territoires_drafts").fetchone()
    connection.close()
    assert count == 1


def test_a_damaged_draft_is_none(store, url: str) -> None:
    save_draft(store, "k", 0, "a.csv", b"1", "{}")
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE territoires_drafts SET data = x'00'")
    connection.close()
    assert read_draft(store, "k") is None


def test_a_draft_touches_nothing_published(store) -> None:
    before = current(store), audit(store)
    save_draft(store, "k", 0, "a.csv", b"1", "{}")
    delete_draft(store, "k")
    assert (current(store), audit(store)) == before
