"""Texts people give, made safe to keep: no control, hidden or broken character."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

MAX_AUTHOR, MAX_MESSAGE, MAX_NAME = 200, 2_000, 300
#: No-break spaces are French typography and stay.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str, limit: int | None = None) -> str:
    """Put a text on one line, without the characters that do not show, cut to a length."""
    shown = "".join(_show(character) for character in text)
    return _SPACES.sub(" ", shown).strip()[:limit].strip()


def clean_lines(text: str) -> str:
    """Clean a text that may have several lines."""
    return "\n".join(clean(line) for line in text.splitlines()).strip()


def _show(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN:
        return character
    return " " if character.isspace() else ""


def say_now() -> str:
    """Give this instant, in UTC, as it is kept."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def read_date(text: str) -> datetime:
    """Read an instant as it is kept."""
    return datetime.fromisoformat(text)
