"""Text that goes to a spreadsheet and comes back: never run as a formula, always the same."""

from __future__ import annotations

import re
import unicodedata

from territoires.tables.zoning_columns import one_line

_APOSTROPHE = "’"
_SIGNS, _BREAKS = frozenset("=+-@"), frozenset("\t\r\n")
#: Spaces, controls and what does not show: a spreadsheet may pass over them.
_HIDDEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cn"})
#: Numbers of all writings, and the dashes that say « nothing ».
_HARMLESS = re.compile(r"[ \u00a0\u202f]{0,8}[+\-]?[0-9 .,%\u00a0\u202f]*[+\-]*")


def neutralise(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return f"{_APOSTROPHE}{text}" if _is_risky(text) else text


def restore(text: str) -> str:
    """Take off the apostrophe that ``neutralise`` put."""
    return text[1:] if text.startswith(_APOSTROPHE) and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    """Tell whether a spreadsheet would run a text, or the same without its apostrophes."""
    bare = text.lstrip(_APOSTROPHE)
    if not bare or bare[0].isalnum():
        return False
    shown = next((one for one in bare if unicodedata.category(one) not in _HIDDEN), "")
    # « ＝ » of full width is « = » to some.
    return bare[0] in _BREAKS or unicodedata.normalize("NFKC", shown) in _SIGNS


def clean(text: str) -> str:
    """Give a cell of text as one line of characters that can be seen, its apostrophe off."""
    return text if is_clean(text) else one_line(restore(text))


def is_clean(text: str) -> bool:
    """Tell quickly that a cell needs no cleaning, as nearly all do."""
    return (
        text.replace("\u00a0", "").replace("\u202f", "").isprintable()
        and "  " not in text
        and text == text.strip()
        and not text.startswith(_APOSTROPHE)
    )


def guard(text: str) -> str:
    """Neutralise a cell of unknown nature: a number or a lone dash stays as it is."""
    return text if _HARMLESS.fullmatch(text) else neutralise(text)
