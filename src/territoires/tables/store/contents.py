"""Bytes kept once, by their SHA-256; altered ones are never given."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from territoires.errors import StoreError
from territoires.tables.store.connection import Store, reading
from territoires.tables.store.schema import CONTENTS

#: The tables of a version: name → canonical CSV.
Contents = Mapping[str, bytes]

NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
#: Most names asked for in one query; databases bound their number.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Packed:
    """Contents ready to be written: hashes by name, and the bytes the store may lack."""

    hashes: Mapping[str, str]
    blobs: Mapping[str, tuple[int, bytes]]

    @property
    def fingerprint(self) -> str:
        """Give the hash of all the tables."""
        return to_fingerprint(self.hashes)


def hash_bytes(content: bytes) -> str:
    """Give the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def to_fingerprint(hashes: Mapping[str, str]) -> str:
    """Hash a set of tables from the SHA-256 of each, whatever their order."""
    lines = [f"{name} {hashes[name]}\n" for name in sorted(hashes)]
    return hash_bytes("".join(lines).encode())


def hash_contents(contents: Contents) -> str:
    """Give the fingerprint of a set of tables: the same data, the same text."""
    return to_fingerprint({name: hash_bytes(content) for name, content in contents.items()})


def pack(store: Store, contents: Contents, original: bytes | None = None) -> Packed:
    """Compress what the store does not hold yet; done before the transaction, which stays short."""
    wrong = [name for name in contents if not NAME.fullmatch(name)]
    if wrong or not contents:
        raise ValueError(f"tables of a version need plain names: {wrong[:3]}")
    by_hash = {hash_bytes(content): content for content in contents.values()}
    hashes = {name: hash_bytes(content) for name, content in contents.items()}
    if original is not None:
        by_hash[hash_bytes(original)] = original
    with reading(store) as connection:
        known = _known(connection, by_hash)
    return Packed(
        hashes,
        {
            key: (len(content), zlib.compress(content))
            for key, content in by_hash.items()
            if key not in known
        },
    )


def write_blobs(connection: Connection, blobs: Mapping[str, tuple[int, bytes]]) -> None:
    """Keep bytes that are not kept yet."""
    known = _known(connection, blobs)
    rows = [
        {"hash": key, "size": size, "data": data}
        for key, (size, data) in blobs.items()
        if key not in known
    ]
    if rows:
        connection.execute(insert(CONTENTS), rows)


def read_blobs(connection: Connection, hashes: Iterable[str]) -> dict[str, bytes]:
    """Read bytes by their hash, each verified.

    Raises
    ------
    StoreError
        When bytes are missing or altered.
    """
    wanted = sorted(set(hashes))
    found: dict[str, bytes] = {}
    for start in range(0, len(wanted), _BATCH):
        query = select(CONTENTS).where(CONTENTS.c.hash.in_(wanted[start : start + _BATCH]))
        try:
            for row in connection.execute(query):
                found[row.hash] = unpack(row.hash, row.size, row.data)
        except TypeError as error:  # the driver met text where bytes were written
            raise _altered(wanted[start]) from error
    for key in wanted:
        if key not in found:
            raise _altered(key)
    return found


def unpack(key: str, size: int, data: bytes) -> bytes:
    """Decompress bytes and hold them to their hash."""
    try:
        content = zlib.decompressobj().decompress(data, size + 1)
    except zlib.error as error:
        raise _altered(key) from error
    if len(content) != size or hash_bytes(content) != key:
        raise _altered(key)
    return content


def _known(connection: Connection, hashes: Iterable[str]) -> set[str]:
    wanted = list(hashes)
    known: set[str] = set()
    for start in range(0, len(wanted), _BATCH):
        query = select(CONTENTS.c.hash).where(CONTENTS.c.hash.in_(wanted[start : start + _BATCH]))
        known.update(connection.execute(query).scalars())
    return known


def _altered(key: str) -> StoreError:
    return StoreError(
        f"Une table gardée dans la base des versions est altérée ou absente (empreinte {key[:12]}…).",
        remedy="Restaurez une sauvegarde (territoires restore FICHIER), ou revenez à une version "
        "intacte.",
    )
