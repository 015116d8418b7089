"""Versions: written whole, never changed, one of them current."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from territoires.domain.publishing import TERMINAL, Caller
from territoires.domain.versions import Act, AuditAction, Original, VersionKind
from territoires.errors import ConflictError, PublishingRefusedError, StoreError
from territoires.tables.store import (
    audit,
    current,
    current_number,
    dismiss_release,
    hash_contents,
    import_release,
    is_empty,
    original,
    publish,
    read,
    roll_back,
    version,
    versions,
)
from territoires.tables.store.schema import AUDIT, CONTENTS, IMMUTABLE
from tests.tables.store.conftest import ACT, SHIPPED, tables

REMOTE = Caller(is_open=True, headers={"Host": "territoires.example.org"})


def test_a_version_tells_who_when_why_and_from_which_file(store, publish_value) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    made = publish_value(
        78,
        original=Original("régions 2024.csv", b"code;value"),
        source_id="essai-2026",
        fiabilite="verifie",
        counts=(1, 2, 3),
    )
    assert (made.number, made.parent, made.kind) == (1, 0, VersionKind.PUBLICATION)
    assert (made.author, made.message) == (ACT.author, ACT.message)
    assert (made.added, made.changed, made.removed) == (1, 2, 3)
    assert (made.source_id, made.fiabilite) == ("essai-2026", "verifie")
    assert made.file_name == "régions 2024.csv"
    assert before < made.date <= datetime.now(UTC)
    assert made.is_current
    assert made == current(store) == version(store, 1) == versions(store)[0]
    assert original(store, 1) == Original("régions 2024.csv", b"code;value")
    assert original(store, 0) is None


def test_a_publication_is_what_everyone_reads_next(store, publish_value) -> None:
    publish_value(78)
    assert current_number(store) == 1
    assert read(store, 1) == tables(78)
    assert read(store, 0) == SHIPPED
    assert [one.is_current for one in versions(store)] == [True, False]


def test_the_fingerprint_is_that_of_the_tables_whatever_their_order(publish_value) -> None:
    assert publish_value(78).fingerprint == hash_contents(tables(78))
    assert hash_contents(dict(reversed(SHIPPED.items()))) == hash_contents(SHIPPED)
    assert hash_contents({"a": b"1", "b": b"2"}) != hash_contents({"a": b"2", "b": b"1"})


def test_the_same_bytes_are_kept_once(store, publish_value) -> None:
    publish_value(78)
    publish_value(79)
    with store.engine.connect() as connection:
        kept = connection.execute(select(func.count()).select_from(CONTENTS)).scalar()
    assert kept == 4


def test_a_roll_back_is_a_version_of_its_own(store, publish_value) -> None:
    publish_value(78)
    made = roll_back(store, 0, Act("Ana", "Erreur de colonne"), base=1, caller=TERMINAL)
    assert (made.number, made.kind, made.parent, made.restores) == (2, VersionKind.ROLLBACK, 1, 0)
    assert read(store, 2) == SHIPPED
    assert [one.number for one in versions(store)] == [2, 1, 0]
    assert read(store, 1) == tables(78)


def test_a_roll_back_can_itself_be_undone(store, publish_value) -> None:
    publish_value(78)
    roll_back(store, 0, ACT, base=1, caller=TERMINAL)
    roll_back(store, 1, ACT, base=2, caller=TERMINAL)
    assert read(store, 3) == tables(78)


def test_publishing_what_is_there_already_is_refused_and_audited(store) -> None:
    with pytest.raises(PublishingRefusedError, match="Rien à publier"):
        publish(store, SHIPPED, ACT, base=0, caller=TERMINAL)
    with pytest.raises(PublishingRefusedError, match="Rien à publier"):
        roll_back(store, 0, ACT, base=0, caller=TERMINAL)
    assert [entry.action for entry in audit(store, 2)] == [AuditAction.REFUSAL] * 2
    assert current_number(store) == 0


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (Act("", "pourquoi"), "votre nom"),
        (Act(" \t\u200b\u202e", "pourquoi"), "votre nom"),
        (Act("Ana", " \n "), "pourquoi"),
        (Act("A" * 201, "pourquoi"), "200 caractères"),
        (Act("Ana", "p" * 2_001), "2000 caractères"),
    ],
)
def test_an_act_without_a_name_or_a_reason_is_refused(store, act: Act, words: str) -> None:
    with pytest.raises(PublishingRefusedError, match=words):
        publish(store, tables(78), act, base=0, caller=TERMINAL)
    assert audit(store, 1)[0].action is AuditAction.REFUSAL
    assert current_number(store) == 0


def test_a_caller_from_elsewhere_is_refused_by_the_function_itself(store) -> None:
    with pytest.raises(PublishingRefusedError, match="localhost"):
        publish(store, tables(78), ACT, base=0, caller=REMOTE)
    with pytest.raises(PublishingRefusedError, match="localhost"):
        roll_back(store, 0, ACT, base=0, caller=REMOTE)
    assert [entry.author for entry in audit(store, 2)] == [ACT.author] * 2
    assert current_number(store) == 0


def test_two_updates_from_the_same_version_cannot_both_be_published(store, publish_value) -> None:
    publish_value(78)
    with pytest.raises(ConflictError) as caught:
        publish(store, tables(79), Act("Bob", "Autre"), base=0, caller=TERMINAL)
    assert "version 0" in caught.value.message
    assert "version 1" in caught.value.message
    assert caught.value.details[0].startswith("Version 1, Ana Lyste, le ")
    assert caught.value.details[0].endswith("Vague de novembre")
    assert audit(store, 1)[0].action is AuditAction.CONFLICT
    assert audit(store, 1)[0].author == "Bob"
    assert read(store, current_number(store)) == tables(78)


@pytest.mark.parametrize("base", [-1, 7])
def test_a_base_that_never_was_is_a_conflict(store, base: int) -> None:
    with pytest.raises(ConflictError):
        publish(store, tables(78), ACT, base=base, caller=TERMINAL)


def test_a_version_that_is_not_there_is_told_with_those_that_are(store, publish_value) -> None:
    publish_value(78)
    for ask in (version, read, original):
        with pytest.raises(StoreError, match="pas de version 7") as caught:
            ask(store, 7)
        assert caught.value.remedy == "Les versions vont de 0 à 1."
    with pytest.raises(StoreError, match="pas de version 7"):
        roll_back(store, 7, ACT, base=1, caller=TERMINAL)


def test_an_empty_store_says_so(empty) -> None:
    assert is_empty(empty)
    with pytest.raises(StoreError, match="est vide"):
        current_number(empty)
    with pytest.raises(StoreError, match="est vide"):
        current(empty)
    with pytest.raises(StoreError, match="est vide"):
        publish(empty, SHIPPED, ACT, base=0, caller=TERMINAL)


def test_texts_are_kept_without_what_does_not_show(store) -> None:
    act = Act("  Ana\u202e\x1b[31m \n Lyste ", "Un\u200b\x00 \n\n deux\ttrois\u00a0: ok\ud800")
    made = publish(
        store,
        tables(78),
        act,
        base=0,
        caller=TERMINAL,
        original=Original("\u202egnp.csv\r\n", b""),
    )
    assert made.author == "Ana[31m Lyste"
    assert made.message == "Un\n\ndeux trois\u00a0: ok"
    assert made.file_name == "gnp.csv"
    assert original(store, 1) == Original("gnp.csv", b"")


def test_hostile_text_is_kept_as_it_is_written(store) -> None:
    act = Act("'); DROP TABLE territoires_versions; --", "<script>alert(1)</script>")
    made = publish(store, tables("<b>"), act, base=0, caller=TERMINAL)
    assert (made.author, made.message) == (act.author, act.message)
    assert len(versions(store)) == 2


@pytest.mark.parametrize("name", ["", "../x", "Observations", "a b", "a" * 65, "é"])
def test_a_table_without_a_plain_name_is_a_bug(store, name: str) -> None:
    with pytest.raises(ValueError, match="plain names"):
        publish(store, {name: b""}, ACT, base=0, caller=TERMINAL)


@pytest.mark.parametrize("table", IMMUTABLE, ids=lambda table: table.name)
def test_the_database_itself_refuses_to_change_what_was_written(
    store, publish_value, table
) -> None:
    publish_value(78)
    import_release(store, tables(79), "Livraison 2")
    dismiss_release(store, 1, ACT, caller=TERMINAL)
    column = list(table.columns)[-1]
    with store.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(table)).scalar()
    for order in (update(table).values({column.name: column}), delete(table)):
        with (
            pytest.raises(IntegrityError, match="immutable"),
            store.engine.begin() as connection,
        ):
            connection.execute(order)
    assert read(store, 1) == tables(78)


@pytest.mark.parametrize(
    "damage",
    [
        "CAST(substr(data, 1, length(data) - 1) || x'00' AS BLOB)",
        "x'00'",
        "x'789c4b040000620062'",
        "'texte'",
        "substr(data, 1, length(data) - 1) || x'00'",
    ],
)
def test_altered_bytes_are_never_given(store, publish_value, url: str, damage: str) -> None:
    publish_value(78)
    alter(url, f"UPDATE territoires_contents SET data = {damage}")  # noqa: S608
    with pytest.raises(StoreError, match=r"altérée|abîmé"):
        read(store, 1)
    with pytest.raises(StoreError, match=r"altérée|abîmé"):
        roll_back(store, 0, ACT, base=1, caller=TERMINAL)
    assert current_number(store) == 1


def test_bytes_of_another_table_are_never_given(store, publish_value, url: str) -> None:
    publish_value(78)
    alter(
        url,
        "UPDATE territoires_version_tables SET hash = "
        "(SELECT hash FROM territoires_version_tables WHERE name = 'sources' LIMIT 1)",
    )
    with pytest.raises(StoreError, match="altérée"):
        read(store, 1)


def test_the_log_tells_everything_newest_first(store, publish_value) -> None:
    publish_value(78)
    roll_back(store, 0, ACT, base=1, caller=TERMINAL)
    assert [(entry.action, entry.version) for entry in audit(store)] == [
        (AuditAction.ROLLBACK, 2),
        (AuditAction.PUBLICATION, 1),
        (AuditAction.IMPORT, 0),
    ]
    assert [entry.number for entry in audit(store)] == [3, 2, 1]
    assert len(audit(store, 1)) == 1
    assert audit(store)[1].detail == "Version 1 publiée. Vague de novembre"


def alter(url: str, order: str) -> None:
    """Change what the triggers hold, as a person with the file could."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        for table in IMMUTABLE:
            for verb in ("update", "delete"):
                connection.execute(f"DROP TRIGGER {table.name}_no_{verb}")
        connection.execute(order)
    connection.close()


def test_no_line_of_the_log_can_be_written_by_text_alone(store) -> None:
    publish(store, tables(78), Act("Ana", "Un\nVersion 2 publiée."), base=0, caller=TERMINAL)
    assert "\n" not in audit(store, 1)[0].detail
    assert AUDIT in IMMUTABLE
