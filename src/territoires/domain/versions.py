"""Versions of the published data: immutable, numbered, one of them current."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class VersionKind(StrEnum):
    """How a version came to be."""

    #: Brought by the application itself; version 0 always is.
    RELEASE = "livraison"
    PUBLICATION = "publication"
    ROLLBACK = "retour"


@dataclass(frozen=True, slots=True)
class Act:
    """Who publishes and why; all of it is kept for good."""

    author: str
    message: str


@dataclass(frozen=True, slots=True)
class Original:
    """The file an update came from, as it was brought."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the published data.

    ``parent`` is the version that was current before it (None for version 0); ``restores`` the one
    a roll back brought back. ``date`` is aware, in UTC. ``fingerprint`` is a hash of all its
    tables: two versions with the same one hold the same data. ``file_hash`` is the SHA-256 of the
    original file, empty without one.
    """

    number: int
    kind: VersionKind
    parent: int | None
    date: datetime
    author: str
    message: str
    fingerprint: str
    restores: int | None = None
    file_name: str = ""
    file_hash: str = ""
    source_id: str = ""
    fiabilite: str = ""
    #: Rows added, changed and removed against the parent.
    added: int = 0
    changed: int = 0
    removed: int = 0
    is_current: bool = False


class AuditAction(StrEnum):
    """What the audit log tells of."""

    IMPORT = "import"
    PUBLICATION = "publication"
    ROLLBACK = "retour"
    REFUSAL = "refus"
    CONFLICT = "conflit"
    RESTORE = "restauration"
    DISMISSAL = "ecart"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the append-only log; ``detail`` is French."""

    number: int
    date: datetime
    action: AuditAction
    author: str
    version: int | None
    detail: str
