"""Text that goes to a spreadsheet and comes back: never run as a formula, always the same."""

from __future__ import annotations

import re

from territoires.tables.zoning_columns import one_line

_APOSTROPHE = "’"
#: What a spreadsheet would run, and what already bears the apostrophe that prevents it.
_RISKY = re.compile(r"’*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"’+[=+\-@\t\r\n]")
#: Numbers of all writings, and the dashes that say « nothing ».
_HARMLESS = re.compile(r"[+\-]?[0-9 .,%\u00a0\u202f]*[+\-]*")


def neutralise(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return f"{_APOSTROPHE}{text}" if _RISKY.match(text) else text


def restore(text: str) -> str:
    """Take off the apostrophe that ``neutralise`` put."""
    return text[1:] if _GUARDED.match(text) else text


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
