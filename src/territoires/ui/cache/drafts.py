"""The reader's own draft: a file and what was said of it, from which everything is made again.

It belongs to one browser: its key is in the session, and in a cookie so that a page loaded again
finds it back. Nothing of it is published, nor seen by anyone else.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace

import streamlit as st

from territoires.domain.publishing import find_refusal
from territoires.domain.updates import Choices
from territoires.errors import StoreError, TerritoiresError
from territoires.tables.store.drafts import delete_draft, read_draft, save_draft
from territoires.tables.updates.choices import read_choices, to_json
from territoires.ui import state
from territoires.ui.cache import versions
from territoires.ui.caller import find_caller

COOKIE = "territoires_brouillon"


@dataclass(frozen=True, slots=True)
class Draft:
    """A file being prepared; ``base`` is the version it was compared with when it was brought."""

    key: str
    name: str
    content: bytes
    file_hash: str
    choices: Choices
    base: int
    #: False where the store had no room: the draft then lasts as long as the page.
    is_kept: bool = True
    #: True when it was found back by a page loaded again, in this browser.
    is_found_back: bool = False

    @property
    def digest(self) -> str:
        """Give a text that changes with the file and with each choice."""
        told = f"{self.file_hash} {self.name} {to_json(self.choices)}"
        return hashlib.sha256(told.encode()).hexdigest()


def draft() -> Draft | None:
    """Give the draft of this reader, from the session or from before the page was loaded again."""
    held = state.held_draft()
    if held is None:
        held = _read_back(str(st.context.cookies.get(COOKIE, "")))
        state.hold_draft(held or False)
    return held if isinstance(held, Draft) else None


def digest() -> str:
    """Give the digest of this reader's draft and of their right; empty without a draft.

    Who may not publish is checked against less: what secrecy hides is not theirs to see.
    """
    held = draft()
    return f"{held.digest} {'lecteur' if is_reader() else 'editeur'}" if held else ""


def is_reader() -> bool:
    """Tell whether this request may not publish."""
    return bool(find_refusal(find_caller()))


def start_draft(name: str, content: bytes, choices: Choices) -> None:
    """Take a file as this reader's draft, in the place of the one they had."""
    drop_draft()
    state.remember_reason("")
    file_hash = hashlib.sha256(content).hexdigest()
    key, base = secrets.token_urlsafe(24), versions.current_number()
    _hold(Draft(key, name, content, file_hash, choices, base))


def change_draft(**changes: object) -> None:
    """Change some of the choices of this reader's draft."""
    held = draft()
    if held is not None:
        _hold(replace(held, choices=replace(held.choices, **changes)))  # type: ignore[arg-type]


def rebase_draft() -> None:
    """Set this reader's draft against what is published now."""
    held = draft()
    if held is not None:
        _hold(replace(held, base=versions.current_number()))


def drop_draft() -> None:
    """Forget this reader's draft."""
    held, store = draft(), versions.store()
    if held is not None and store is not None:
        delete_draft(store, held.key)
    state.hold_draft(False)


def set_aside() -> None:
    """Leave this reader's draft, which they may take up again while the page lasts."""
    held = draft()
    drop_draft()
    state.hold_left(held)


def left_draft() -> Draft | None:
    """Give the draft that was set aside in this session."""
    left = state.held_left()
    return left if isinstance(left, Draft) else None


def take_up() -> None:
    """Take up again the draft that was set aside."""
    left = left_draft()
    if left is not None:
        state.hold_left(None)
        _hold(left)


def _hold(held: Draft) -> None:
    store, is_kept = versions.store(), False
    if store is not None:
        with suppress(StoreError):
            choices = to_json(held.choices)
            # One person elsewhere cannot take all the room; those of this machine are trusted.
            address = st.context.ip_address
            owner = address if isinstance(address, str) else held.key
            save_draft(store, held.key, held.base, held.name, held.content, choices, owner=owner)
            is_kept = True
    state.hold_draft(replace(held, is_kept=is_kept))


def _read_back(key: str) -> Draft | None:
    store = versions.store()
    if not key or store is None:
        return None
    try:
        kept = read_draft(store, key)
        choices = read_choices(kept.choices) if kept else Choices()
    except TerritoiresError:
        return None
    if kept is None:
        return None
    file_hash = hashlib.sha256(kept.content).hexdigest()
    return Draft(
        key, kept.file_name, kept.content, file_hash, choices, kept.base, is_found_back=True
    )
