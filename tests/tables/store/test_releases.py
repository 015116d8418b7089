"""Shipped data: version 0 once, then drafts that never move the pointer."""

from __future__ import annotations

import pytest

from territoires.domain.publishing import TERMINAL, Caller
from territoires.domain.versions import AuditAction, VersionKind
from territoires.errors import PublishingRefusedError, StoreError
from territoires.tables.store import (
    audit,
    current_number,
    dismiss_release,
    has_release,
    hash_contents,
    import_release,
    pending_number,
    pending_release,
    publish,
    read,
    roll_back,
    versions,
)
from tests.tables.store.conftest import ACT, SHIPPED, tables

NEWER = {**SHIPPED, "sources": b"source_id\na\nb\n"}
NEWEST = {**NEWER, "sources": b"source_id\na\nb\nc\n"}


def test_the_first_release_is_version_0(empty) -> None:
    made = import_release(empty, SHIPPED, "Livraison 1")
    assert made is not None
    assert (made.number, made.kind, made.parent) == (0, VersionKind.RELEASE, None)
    assert (made.author, made.message) == ("Territoires", "Livraison 1")
    assert read(empty, 0) == SHIPPED
    assert has_release(empty, hash_contents(SHIPPED))


def test_the_same_release_again_is_nothing(store) -> None:
    assert import_release(store, SHIPPED, "Livraison 1, encore") is None
    assert len(versions(store)) == 1
    assert len(audit(store)) == 1
    assert pending_release(store) is None


def test_a_newer_release_waits_and_moves_nothing(store, publish_value) -> None:
    publish_value(78)
    assert import_release(store, NEWER, "Livraison 2") is None
    waiting = pending_release(store)
    assert waiting is not None
    assert (waiting.number, waiting.label) == (1, "Livraison 2")
    assert waiting.contents == NEWER
    assert waiting.base == SHIPPED
    assert pending_number(store) == 1
    assert current_number(store) == 1
    assert audit(store, 1)[0].action is AuditAction.IMPORT


def test_a_release_published_waits_no_more(store, publish_value) -> None:
    publish_value(78)
    import_release(store, NEWER, "Livraison 2")
    publish(
        store, {**tables(78), "sources": NEWER["sources"]}, ACT, base=1, caller=TERMINAL, release=1
    )
    assert pending_release(store) is None
    import_release(store, NEWEST, "Livraison 3")
    waiting = pending_release(store)
    assert waiting is not None
    assert waiting.base == NEWER


def test_only_the_newest_release_waits_and_it_takes_in_those_before(store) -> None:
    import_release(store, NEWER, "Livraison 2")
    import_release(store, NEWEST, "Livraison 3")
    assert pending_number(store) == 2
    publish(store, NEWEST, ACT, base=0, caller=TERMINAL, release=2)
    assert pending_number(store) is None


def test_a_release_set_aside_waits_no_more_and_what_it_grew_from_stays(store) -> None:
    import_release(store, NEWER, "Livraison 2")
    dismiss_release(store, 1, ACT, caller=TERMINAL)
    dismiss_release(store, 1, ACT, caller=TERMINAL)
    assert pending_number(store) is None
    assert [entry.action for entry in audit(store, 2)] == [
        AuditAction.DISMISSAL,
        AuditAction.IMPORT,
    ]
    import_release(store, NEWEST, "Livraison 3")
    waiting = pending_release(store)
    assert waiting is not None
    assert (waiting.contents, waiting.base) == (NEWEST, SHIPPED)


def test_setting_aside_asks_for_the_same_right_as_publishing(store) -> None:
    import_release(store, NEWER, "Livraison 2")
    with pytest.raises(PublishingRefusedError):
        dismiss_release(store, 1, ACT, caller=Caller())
    with pytest.raises(StoreError, match="pas de livraison 9"):
        dismiss_release(store, 9, ACT, caller=TERMINAL)
    assert pending_number(store) == 1


def test_after_a_roll_back_the_base_is_that_of_the_data_brought_back(store) -> None:
    import_release(store, NEWER, "Livraison 2")
    publish(store, NEWER, ACT, base=0, caller=TERMINAL, release=1)
    roll_back(store, 0, ACT, base=1, caller=TERMINAL)
    assert pending_release(store) is None
    import_release(store, NEWEST, "Livraison 3")
    waiting = pending_release(store)
    assert waiting is not None
    assert waiting.base == SHIPPED


def test_a_release_equal_to_what_is_current_has_nothing_to_say(store, publish_value) -> None:
    publish_value(78)
    import_release(store, tables(78), "Livraison 2")
    assert pending_release(store) is None
    assert pending_number(store) is None


def test_going_back_to_an_older_application_brings_nothing(store) -> None:
    import_release(store, NEWER, "Livraison 2")
    assert import_release(store, SHIPPED, "Livraison 1") is None
    assert pending_number(store) == 1


def test_a_release_that_was_never_received_cannot_be_published(store) -> None:
    with pytest.raises(StoreError, match="pas de livraison 4"):
        publish(store, tables(78), ACT, base=0, caller=TERMINAL, release=4)
    assert current_number(store) == 0
