"""A backup takes everything, comes back anywhere, and is believed in nothing."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from territoires.domain.publishing import TERMINAL, Caller
from territoires.domain.versions import Act, AuditAction, Original
from territoires.errors import PublishingRefusedError, StoreError
from territoires.tables.snapshots import peek_snapshot
from territoires.tables.store import (
    audit,
    backup,
    close_store,
    current_number,
    dismiss_release,
    import_release,
    open_store,
    original,
    pending_number,
    pending_release,
    publish,
    read,
    restore,
    roll_back,
    save_draft,
    versions,
)
from territoires.tables.store.backup import MANIFEST, SEAL
from territoires.tables.store.contents import hash_bytes
from tests.tables.store.conftest import ACT

#: A restored version is read by pages: its tables are true ones.
SHIPPED = peek_snapshot() or {}

BACK = Act("Ana", "Disque remplacé")


def tables(value: object) -> dict[str, bytes]:
    """Give the tables with a title of their own."""
    rows = list(csv.reader(io.StringIO(SHIPPED["sources"].decode(), newline="")))
    rows[1][rows[0].index("title")] = f"Titre {value}"
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return {**SHIPPED, "sources": text.getvalue().encode()}


@pytest.fixture
def store(empty):
    import_release(empty, SHIPPED, "Livraison 1")
    return empty


@pytest.fixture
def publish_value(store):
    def act(value: object, **options: Any) -> object:
        base = current_number(store)
        return publish(store, tables(value), ACT, base=base, caller=TERMINAL, **options)

    return act


@pytest.fixture
def full(store, publish_value):
    """A store with a bit of everything."""
    publish_value(78, original=Original("a.csv", b"code;valeur\n53;78"))
    roll_back(store, 0, ACT, base=1, caller=TERMINAL)
    import_release(store, tables("b"), "Livraison 2")
    dismiss_release(store, 1, ACT, caller=TERMINAL)
    import_release(store, tables("c"), "Livraison 3")
    save_draft(store, "k", 0, "secret.csv", b"brouillon", "{}")
    return store


@pytest.fixture
def archive(full, tmp_path: Path) -> Path:
    path = tmp_path / "sauvegardes" / "base.zip"
    assert backup(full, path) == 3
    return path


@pytest.fixture
def other(tmp_path: Path):
    store = open_store(f"sqlite:///{tmp_path / 'ailleurs' / 'base.sqlite'}")
    yield store
    close_store(store)


def everything(store) -> tuple[Any, ...]:
    numbers = [one.number for one in versions(store)]
    return (
        versions(store),
        [read(store, number) for number in numbers],
        [original(store, number) for number in numbers],
        pending_release(store),
    )


def test_a_backup_comes_back_whole_in_a_new_store(full, archive: Path, other) -> None:
    assert restore(other, archive, BACK, caller=TERMINAL) == versions(full)[0]
    assert everything(other) == everything(full)
    assert [line.detail for line in audit(other)][1:] == [line.detail for line in audit(full)]
    last = audit(other, 1)[0]
    assert (last.action, last.author, last.version) == (AuditAction.RESTORE, "Ana", 2)
    assert "base.zip" in last.detail


def test_what_was_restored_goes_on_living(archive: Path, other) -> None:
    restore(other, archive, BACK, caller=TERMINAL)
    assert publish(other, tables(80), ACT, base=2, caller=TERMINAL).number == 3
    assert import_release(other, SHIPPED, "Livraison 1") is None
    assert pending_number(other) == 2


def test_the_backup_of_a_restored_store_holds_the_same(archive: Path, other, tmp_path) -> None:
    restore(other, archive, BACK, caller=TERMINAL)
    backup(other, tmp_path / "encore.zip")
    with zipfile.ZipFile(archive) as one, zipfile.ZipFile(tmp_path / "encore.zip") as two:
        assert one.namelist() == two.namelist()
        first, second = (json.loads(file.read(MANIFEST)) for file in (one, two))
    for name in ("territoires_versions", "territoires_version_tables", "territoires_releases"):
        assert first[name] == second[name]


def test_drafts_are_nobody_elses_and_stay_out(archive: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        assert not any(b"brouillon" in file.read(name) for name in file.namelist())
        assert not any(b"secret.csv" in file.read(name) for name in file.namelist())


def test_a_store_where_nobody_published_takes_the_whole_backup(archive: Path, full, other) -> None:
    import_release(other, tables("autre"), "Livraison 9")
    restore(other, archive, BACK, caller=TERMINAL)
    assert everything(other) == everything(full)
    assert "Livraison 9" in audit(other)[-1].detail


def test_a_store_that_stopped_earlier_gets_what_it_lacks(
    store, publish_value, tmp_path: Path, other
) -> None:
    publish_value(78)
    backup(store, tmp_path / "un.zip")
    publish_value(79)
    backup(store, tmp_path / "deux.zip")
    restore(other, tmp_path / "un.zip", BACK, caller=TERMINAL)
    restore(other, tmp_path / "deux.zip", BACK, caller=TERMINAL)
    assert versions(other) == versions(store)
    details = [line.detail for line in audit(other)]
    assert len([detail for detail in details if detail.startswith("Version 1 publiée")]) == 1


def test_a_backup_older_than_the_store_changes_nothing(
    store, publish_value, tmp_path: Path
) -> None:
    publish_value(78)
    backup(store, tmp_path / "un.zip")
    publish_value(79)
    with pytest.raises(StoreError, match="déjà là") as caught:
        restore(store, tmp_path / "un.zip", BACK, caller=TERMINAL)
    assert "territoires rollback" in caught.value.remedy
    assert current_number(store) == 2


def test_versions_the_backup_does_not_have_are_never_lost(archive: Path, other) -> None:
    import_release(other, SHIPPED, "Livraison 1")
    publish(other, tables(5), ACT, base=0, caller=TERMINAL)
    before = everything(other)
    with pytest.raises(StoreError, match="les effacerait") as caught:
        restore(other, archive, BACK, caller=TERMINAL)
    assert "territoires backup" in caught.value.remedy
    assert everything(other) == before


def test_restoring_asks_for_the_same_right_as_publishing(archive: Path, other) -> None:
    with pytest.raises(PublishingRefusedError):
        restore(other, archive, BACK, caller=Caller())
    with pytest.raises(PublishingRefusedError, match="votre nom"):
        restore(other, archive, Act("", "x"), caller=TERMINAL)
    assert versions(other) == ()


def rewrite(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)


def edit(name: str, row: int, /, **cells: object) -> Callable[[dict[str, bytes]], None]:
    """Change a row of the list and seal it again, as a person with the file could."""

    def change(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts[MANIFEST])
        manifest[name][row].update(cells)
        seal(parts, manifest)

    return change


def top(**values: object) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        seal(parts, {**json.loads(parts[MANIFEST]), **values})

    return change


def seal(parts: dict[str, bytes], manifest: object) -> None:
    parts[MANIFEST] = json.dumps(manifest).encode()
    parts[SEAL] = hash_bytes(parts[MANIFEST]).encode()


def drop(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.pop(next(key for key in parts if key.startswith(name))) and None


def alter(parts: dict[str, bytes]) -> None:
    name = next(key for key in parts if key.startswith("contenus/"))
    parts[name] = b"autre chose"


def break_seal(parts: dict[str, bytes]) -> None:
    parts[MANIFEST] = parts[MANIFEST].replace(b"Vague de novembre", b"Vague de decembre")


VERSIONS = "territoires_versions"


@pytest.mark.parametrize(
    "change",
    [
        alter,
        break_seal,
        drop("contenus/"),
        drop(MANIFEST),
        drop(SEAL),
        top(application="autre"),
        top(schema="1"),
        top(pointer=9),
        top(pointer=-1),
        top(pointer=None),
        top(pointer=True),
        top(territoires_versions=[]),
        top(territoires_versions=None),
        top(territoires_versions=[1]),
        top(territoires_version_tables=[]),
        top(territoires_releases=[]),
        top(territoires_audit={}),
        edit(VERSIONS, 0, number=5),
        edit(VERSIONS, 1, parent=2),
        edit(VERSIONS, 1, parent="0"),
        edit(VERSIONS, 1, restores=1),
        edit(VERSIONS, 1, release=40),
        edit(VERSIONS, 1, kind="effacement"),
        edit(VERSIONS, 1, date="hier"),
        edit(VERSIONS, 1, date="2026-01-01"),
        edit(VERSIONS, 1, fingerprint="0" * 64),
        edit(VERSIONS, 1, file_hash="../../etc"),
        edit(VERSIONS, 1, author="\u202eana"),
        edit(VERSIONS, 1, author=None),
        edit(VERSIONS, 1, message="\ud800"),
        edit(VERSIONS, 1, added=2**70),
        edit(VERSIONS, 1, inconnu=1),
        edit("territoires_version_tables", 0, name="../x"),
        edit("territoires_version_tables", 0, hash="0" * 64),
        edit("territoires_releases", 1, fingerprint="0" * 64),
        edit("territoires_dismissals", 0, release=40),
        edit("territoires_audit", 0, action="effacement"),
        edit(VERSIONS, 1, date="0001-01-01T00:00:00+14:00"),
        edit(VERSIONS, 1, date="9999-12-31T23:59:59-12:00"),
        edit(VERSIONS, 1, author="a" * 201),
        edit(VERSIONS, 1, author="a" * 5_000_000),
        edit(VERSIONS, 1, message="a" * 2_001),
        edit(VERSIONS, 1, file_name="a\nb.csv"),
        edit(VERSIONS, 1, file_name="a\u202eb.csv"),
        edit(VERSIONS, 1, added=-1),
        edit(VERSIONS, 1, removed=-(2**40)),
        edit("territoires_releases", 0, label="a" * 201),
        edit("territoires_audit", 0, version=-1),
        edit("territoires_audit", 0, detail="a\nb"),
        edit("territoires_audit", 0, date="1999-12-31T23:59:59+00:00"),
        top(autre=[[]] * 600_000),
        top(autre=[{}] * 600_000),
        top(autre=" " * 20_000_000),
    ],
)
def test_a_backup_that_was_altered_changes_nothing(
    archive: Path, other, change: Callable[[dict[str, bytes]], None]
) -> None:
    import_release(other, SHIPPED, "Livraison 1")
    before = everything(other), audit(other)
    rewrite(archive, change)
    with pytest.raises(StoreError, match="abîmée ou n’en est pas une"):
        restore(other, archive, BACK, caller=TERMINAL)
    assert (everything(other), audit(other)) == before


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"observations": b"\xff\xfe"}, "la table observations ne se lit pas"),
        ({"observations": b""}, "aucune des colonnes"),
        ({"observations": b"a,b\n1,2\n"}, "aucune des colonnes"),
        ({"observations": b"code,value\n53\n"}, "la table observations ne se lit pas"),
        ({"observatoires": b"code\n53\n"}, "la table observatoires n’existe pas"),
        ({"observations": b"code,value\n53,77\n"}, "ne se lit pas avec ce Territoires"),
        ({"sources": b"source_id\n"}, "ne se lit pas avec ce Territoires"),
    ],
)
def test_tables_that_pages_could_not_read_change_nothing(
    full, tmp_path: Path, other, changed: dict[str, bytes], words: str
) -> None:
    publish(full, {**SHIPPED, **changed}, ACT, base=2, caller=TERMINAL)
    path = tmp_path / "base.zip"
    backup(full, path)
    with pytest.raises(StoreError, match=words) as caught:
        restore(other, path, BACK, caller=TERMINAL)
    assert "Rien n’a été modifié" in caught.value.message
    assert versions(other) == ()


def test_a_former_version_may_have_other_columns(full, tmp_path: Path, other) -> None:
    former = {**SHIPPED, "sources": b"source_id,disparue\na,b\n"}
    publish(full, former, ACT, base=2, caller=TERMINAL)
    publish(full, tables("d"), ACT, base=3, caller=TERMINAL)
    backup(full, tmp_path / "base.zip")
    assert restore(other, tmp_path / "base.zip", BACK, caller=TERMINAL).number == 4
    assert read(other, 3) == former


def test_a_backup_too_large_to_be_taken_back_is_not_written(
    full, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(import_module("territoires.tables.store.backup"), "MAX_MANIFEST", 9)
    with pytest.raises(StoreError, match="trop de versions"):
        backup(full, tmp_path / "base.zip")
    assert not (tmp_path / "base.zip").exists()


@pytest.mark.parametrize("content", [b"", b"PK", b"code;valeur", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_backup_is_told(tmp_path: Path, store, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(StoreError, match="abîmée ou n’en est pas une"):
        restore(store, tmp_path / "x.zip", BACK, caller=TERMINAL)


def test_a_backup_cut_short_is_told(archive: Path, other) -> None:
    content = archive.read_bytes()
    for part in (0.1, 0.5, 0.9, 0.99):
        archive.write_bytes(content[: int(len(content) * part)])
        with pytest.raises(StoreError, match="abîmée"):
            restore(other, archive, BACK, caller=TERMINAL)
    assert versions(other) == ()


def test_a_backup_of_a_newer_territoires_is_told(archive: Path, other) -> None:
    rewrite(archive, top(schema=99))
    with pytest.raises(StoreError, match="plus récente"):
        restore(other, archive, BACK, caller=TERMINAL)


def test_a_missing_backup_is_told(tmp_path: Path, store) -> None:
    with pytest.raises(StoreError, match="ne se lit pas"):
        restore(store, tmp_path / "absent.zip", BACK, caller=TERMINAL)
    with pytest.raises(StoreError, match="ne se lit pas"):
        restore(store, tmp_path, BACK, caller=TERMINAL)


def test_a_bomb_is_refused_before_it_is_unfolded(archive: Path, other, monkeypatch) -> None:
    monkeypatch.setattr("territoires.tables.store.archives.MAX_CONTENT", 10)
    with pytest.raises(StoreError, match="trop grand"):
        restore(other, archive, BACK, caller=TERMINAL)


def test_a_backup_that_cannot_be_written_leaves_the_old_one(store, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(StoreError, match="ne s’écrit pas"):
        backup(store, tmp_path / "fichier" / "base.zip")
    path = tmp_path / "base.zip"
    backup(store, path)
    before = path.read_bytes()
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER territoires_contents_no_update")
        connection.exec_driver_sql("UPDATE territoires_contents SET data = x'00'")
    with pytest.raises(StoreError, match="altérée"):
        backup(store, path)
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == [
        "base.zip",
        "fichier",
    ]
