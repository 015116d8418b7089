"""The whole store in one file that any database can take back: a ZIP of JSON and bytes."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from territoires.errors import StoreError
from territoires.tables.store.connection import Store, reading
from territoires.tables.store.contents import hash_bytes, read_blobs
from territoires.tables.store.schema import (
    APPLICATION,
    AUDIT,
    CONTENTS,
    DISMISSALS,
    RELEASE_TABLES,
    RELEASES,
    SCHEMA_VERSION,
    VERSION_TABLES,
    VERSIONS,
)
from territoires.tables.store.versions import read_pointer
from territoires.tables.store.wording import say_now

MANIFEST, SEAL = "registre.json", "registre.sha256"
#: Largest list of versions that may be taken back.
MAX_MANIFEST = 20_000_000
#: Written in this order, restored in this order: each refers only to those before it.
TABLES = (RELEASES, RELEASE_TABLES, VERSIONS, VERSION_TABLES, DISMISSALS, AUDIT)


def backup(store: Store, path: Path) -> int:
    """Write the store to one file, drafts excepted; give the number of versions.

    The state is that of one moment, even if somebody publishes meanwhile. The file appears whole
    or not at all, and takes the place of an older one.

    Raises
    ------
    StoreError
        When the database fails, holds altered bytes, or the file cannot be written.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".sauvegarde-", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            with reading(store) as connection, zipfile.ZipFile(stream, "w") as archive:
                count = _write(connection, archive)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        raise StoreError(
            f"La sauvegarde ne s’écrit pas dans {path.name} : {error.strerror or error}.",
            remedy="Vérifiez le dossier, les droits et la place libre.",
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return count


def _write(connection: Connection, archive: zipfile.ZipFile) -> int:
    manifest: dict[str, Any] = {
        "application": APPLICATION,
        "schema": SCHEMA_VERSION,
        "date": say_now(),
        "pointer": read_pointer(connection),
    }
    for table in TABLES:
        manifest[table.name] = _rows(connection, table)
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    if len(content) > MAX_MANIFEST:
        raise StoreError(
            "Il y a trop de versions et de lignes de journal pour une sauvegarde.",
            remedy="Arrêtez le serveur et copiez le fichier de la base lui-même.",
        )
    _put(archive, MANIFEST, content)
    _put(archive, SEAL, hash_bytes(content).encode())
    for key in (
        connection.execute(select(CONTENTS.c.hash).order_by(CONTENTS.c.hash)).scalars().all()
    ):
        _put(archive, content_name(key), read_blobs(connection, [key])[key])
    return len(manifest[VERSIONS.name])


def content_name(key: str) -> str:
    """Name the bytes of a hash in the archive."""
    return f"contenus/{key}"


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    query = select(table).order_by(*table.primary_key.columns)
    return [dict(row._mapping) for row in connection.execute(query)]


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    # Always the same date: the same store gives files that differ by their date line alone.
    archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
