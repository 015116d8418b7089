"""French typography of what is shown, with HTML escaping: the one door for texts to the screen."""

from __future__ import annotations

import html
import re

NBSP = "\u00a0"
_BEFORE = re.compile(r" (?=[:;?!»%€])")
_AFTER = re.compile(r"(?<=«) ")
_IN_NUMBER = re.compile(r"(?<=\d) (?=\d{3}\b)")


def escape(text: str) -> str:
    """Escape a text for HTML; marks and thousands keep to their neighbour by a no-break space."""
    return html.escape(hold_together(text))


def hold_together(text: str) -> str:
    """Put the no-break spaces of ``escape`` in a text that is no HTML (the label of a widget)."""
    for pattern in (_BEFORE, _AFTER, _IN_NUMBER):
        text = pattern.sub(NBSP, text)
    return text
