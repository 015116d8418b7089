"""Drafts: secret, few, short-lived, and apart from what is published."""

from __future__ import annotations

import sqlite3

from territoires.tables.store import audit, current, delete_draft, read_draft, save_draft
from territoires.tables.store import drafts as module


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


def test_the_oldest_drafts_make_room(store, monkeypatch) -> None:
    monkeypatch.setattr(module, "MAX_DRAFTS", 3)
    for number in range(5):
        save_draft(store, f"k{number}", 0, "a.csv", b"1", "{}")
    kept = [number for number in range(5) if read_draft(store, f"k{number}")]
    assert kept == [2, 3, 4]


def test_large_drafts_make_room_too(store, monkeypatch) -> None:
    monkeypatch.setattr(module, "MAX_TOTAL_BYTES", 60)
    for number in range(5):
        save_draft(store, f"k{number}", 0, "a.csv", bytes(range(20)), "{}")
    kept = [number for number in range(5) if read_draft(store, f"k{number}")]
    assert kept == [3, 4]


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
