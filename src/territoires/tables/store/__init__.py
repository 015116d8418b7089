"""Versions of the published data on SQLAlchemy: what the pages and the terminal may ask for."""

from __future__ import annotations

from territoires.tables.store.audit import audit
from territoires.tables.store.backup import backup
from territoires.tables.store.connection import Store, close_store, open_store
from territoires.tables.store.contents import Contents, hash_contents
from territoires.tables.store.drafts import Draft, delete_draft, read_draft, save_draft
from territoires.tables.store.publishing import publish, roll_back
from territoires.tables.store.releases import (
    Release,
    dismiss_release,
    has_release,
    import_release,
    pending_number,
    pending_release,
)
from territoires.tables.store.restore import restore
from territoires.tables.store.versions import (
    current,
    current_number,
    is_empty,
    original,
    read,
    version,
    versions,
)

__all__ = [
    "Contents",
    "Draft",
    "Release",
    "Store",
    "audit",
    "backup",
    "close_store",
    "current",
    "current_number",
    "delete_draft",
    "dismiss_release",
    "has_release",
    "hash_contents",
    "import_release",
    "is_empty",
    "open_store",
    "original",
    "pending_number",
    "pending_release",
    "publish",
    "read",
    "read_draft",
    "restore",
    "roll_back",
    "save_draft",
    "version",
    "versions",
]
