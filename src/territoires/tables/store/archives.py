"""A backup read back: nothing in it is believed before it is checked."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Integer, Table

from territoires.domain.versions import AuditAction, VersionKind
from territoires.errors import StoreError
from territoires.tables.store.backup import MANIFEST, MAX_MANIFEST, SEAL, TABLES, content_name
from territoires.tables.store.contents import NAME, hash_bytes, to_fingerprint
from territoires.tables.store.schema import (
    APPLICATION,
    AUDIT,
    DISMISSALS,
    RELEASE_TABLES,
    RELEASES,
    SCHEMA_VERSION,
    VERSION_TABLES,
    VERSIONS,
)
from territoires.tables.store.wording import MAX_MESSAGE, clean, clean_lines, read_date

#: Commas, braces and brackets of a list of versions: its text may be short and its objects many.
MAX_PARTS = 1_000_000
#: Largest single content of a backup.
MAX_CONTENT = 200_000_000
_MAX_INTEGER = 2**31 - 1
_PARTS = (b",", b"{", b"[")
#: Years of the versions and of the lines of the log.
_YEARS = range(2000, 2201)
_HASH = re.compile(r"[0-9a-f]{64}")

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup whose list is whole and coherent; its bytes are read, and checked, one by one."""

    file: zipfile.ZipFile
    pointer: int
    tables: Mapping[str, Rows]

    @property
    def hashes(self) -> frozenset[str]:
        """Give the hashes of all the bytes its versions, releases and originals need."""
        listed = (*self.tables[VERSION_TABLES.name], *self.tables[RELEASE_TABLES.name])
        files = {row["file_hash"] for row in self.tables[VERSIONS.name] if row["file_hash"]}
        return frozenset({row["hash"] for row in listed} | files)

    def read(self, key: str) -> bytes:
        """Read bytes and hold them to their hash.

        Raises
        ------
        StoreError
            When they are missing or altered.
        """
        content = _read(self.file, content_name(key), MAX_CONTENT)
        if hash_bytes(content) != key:
            raise broken(f"une table est altérée (empreinte {key[:12]}…)")
        return content


@contextmanager
def opening(path: Path) -> Iterator[Archive]:
    """Open a backup and check its list.

    Raises
    ------
    StoreError
        When the file is missing, is no backup, is damaged, or is of a newer Territoires.
    """
    try:
        with zipfile.ZipFile(path) as file:
            yield _open(file)
    except OSError as error:
        raise StoreError(
            f"La sauvegarde {path.name} ne se lit pas : {error.strerror or error}."
        ) from error
    except zipfile.BadZipFile as error:
        raise broken("ce n’est pas un fichier de sauvegarde entier") from error


def _open(file: zipfile.ZipFile) -> Archive:
    content = _read(file, MANIFEST, MAX_MANIFEST)
    if _read(file, SEAL, 64).decode("ascii", "replace") != hash_bytes(content):
        raise broken("son registre est altéré")
    if sum(map(content.count, _PARTS)) > MAX_PARTS:
        raise broken("son registre est trop grand")
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise broken("son registre ne se lit pas") from error
    if not isinstance(data, dict) or data.get("application") != APPLICATION:
        raise broken("elle vient d’un autre logiciel")
    if _number(data.get("schema")) > SCHEMA_VERSION:
        raise StoreError(
            "Cette sauvegarde vient d’une version plus récente de Territoires.",
            remedy="Mettez Territoires à jour, puis recommencez.",
        )
    tables = {table.name: _rows(data.get(table.name), table) for table in TABLES}
    archive = Archive(file, _number(data.get("pointer")), tables)
    _check(archive)
    return archive


def _read(file: zipfile.ZipFile, name: str, limit: int) -> bytes:
    try:
        with file.open(name) as stream:
            content = stream.read(limit + 1)
    except KeyError as error:
        raise broken(f"il y manque {name[:40]}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise broken(f"{name[:40]} ne se lit pas") from error
    if len(content) > limit:
        raise broken(f"{name[:40]} est trop grand")
    return content


def _rows(value: object, table: Table) -> Rows:
    if not isinstance(value, list):
        raise broken(f"il y manque la liste {table.name}")
    return [_row(row, table) for row in value]


def _row(value: object, table: Table) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(table.columns.keys()):
        raise broken(f"la liste {table.name} n’a pas les colonnes attendues")
    for name, column in table.columns.items():
        cell = value[name]
        expected = int if isinstance(column.type, Integer) else str
        is_right = isinstance(cell, expected) and not isinstance(cell, bool)
        if not is_right and not (cell is None and column.nullable):
            raise broken(f"la liste {table.name} a une valeur inattendue")
        if isinstance(cell, int) and not 0 <= cell <= _MAX_INTEGER:
            raise broken(f"la liste {table.name} a un nombre négatif ou trop grand")
        if isinstance(cell, str) and not _is_safe(column, cell):
            raise broken(f"la liste {table.name} a un texte inattendu")
    return value


def _is_safe(column: Column[Any], cell: str) -> bool:
    if len(cell) > (getattr(column.type, "length", None) or MAX_MESSAGE):
        return False
    if "hash" in column.name or column.name == "fingerprint":
        return _HASH.fullmatch(cell) is not None
    if column.name == "name":
        return NAME.fullmatch(cell) is not None
    # Texts were cleaned when they were first kept: nothing hidden comes in by this door.
    return cell == (clean_lines(cell) if column.name == "message" else clean(cell))


def _check(archive: Archive) -> None:
    """Hold versions and releases to what the store itself promises of them."""
    versions, releases = archive.tables[VERSIONS.name], archive.tables[RELEASES.name]
    for rows, tables in ((versions, VERSION_TABLES), (releases, RELEASE_TABLES)):
        if [row["number"] for row in rows] != list(range(len(rows))):
            raise broken("les numéros ne se suivent pas")
        hashes: dict[int, dict[str, str]] = {row["number"]: {} for row in rows}
        for row in archive.tables[tables.name]:
            hashes.setdefault(row["number"], {})[row["name"]] = row["hash"]
        if len(hashes) != len(rows):
            raise broken("des tables n’appartiennent à aucune version")
        if any(to_fingerprint(hashes[row["number"]]) != row["fingerprint"] for row in rows):
            raise broken("une liste de tables ne répond pas à son empreinte")
    if not versions or archive.pointer not in range(len(versions)):
        raise broken("aucune version n’y est en ligne")
    if len({row["fingerprint"] for row in releases}) != len(releases):
        raise broken("une livraison y est deux fois")
    for row in versions:
        earlier = (None, *range(row["number"]))
        if row["parent"] not in earlier or row["restores"] not in earlier:
            raise broken("une version naît d’une version qui n’existe pas")
    known = (None, *range(len(releases)))
    told = [*versions, *archive.tables[DISMISSALS.name]]
    if any(row["release"] not in known for row in told):
        raise broken("une version vient d’une livraison qui n’existe pas")
    _check_words(archive)


def _check_words(archive: Archive) -> None:
    try:
        for row in archive.tables[VERSIONS.name]:
            VersionKind(row["kind"])
        for row in archive.tables[AUDIT.name]:
            AuditAction(row["action"])
        for rows in archive.tables.values():
            for row in rows:
                if "date" in row:
                    _check_date(read_date(row["date"]))
    except ValueError as error:
        raise broken("un mot ou une date y est inattendu") from error


def _check_date(date: datetime) -> None:
    # At the ends of the calendar, a date in another time zone is none.
    if date.year not in _YEARS:
        raise broken("une date y est d’un autre temps")
    if date.utcoffset() is None:
        raise broken("une date y est sans fuseau")


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise broken("elle ne dit pas comment elle est faite")
    return value


def broken(what: str) -> StoreError:
    """Tell what is wrong with a backup."""
    return StoreError(
        f"Cette sauvegarde est abîmée ou n’en est pas une : {what}. Rien n’a été modifié.",
        remedy="Prenez une autre sauvegarde.",
    )
