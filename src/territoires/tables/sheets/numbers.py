"""Numbers as people write them: which sign is the decimal one, and what a cell is worth."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

_SPACES = " \u00a0\u202f\u2009"
_GROUP = f"[{_SPACES}]"
_AROUND = f"{_SPACES}\t\r\n\ufeff"
#: No plain number of a table is longer.
_MAX_LENGTH = 40
_SIGNS = {"\u2212": "-", "\u2013": "-"}
_DIGITS = re.compile(r"[0-9]+")


def _pattern(decimal: str, other: str) -> re.Pattern[str]:
    """Match a number without its sign: plain, in groups parted by spaces or by the other sign."""
    whole = (
        rf"(?:[0-9]{{1,3}}(?:{_GROUP}[0-9]{{3}})+|[1-9][0-9]{{0,2}}(?:{other}[0-9]{{3}})+|[0-9]+)"
    )
    return re.compile(rf"({whole})?(?:{decimal}([0-9]+))?")


_PATTERNS = {",": _pattern(",", r"\."), ".": _pattern(r"\.", ",")}


def read_number(text: str, decimal: str = "") -> float | None:
    """Give the number that a cell holds, None when it holds none or something else besides.

    Spaces between thousands, a sign, a final « % » (left out: 77 % is 77) and the other sign
    between thousands are taken. Without ``decimal`` the sign is found in the cell alone.
    """
    plain = _bare(text)
    if plain is None:
        return None
    sign, digits = plain
    if _DIGITS.fullmatch(digits):
        return sign * float(digits)
    if decimal not in _PATTERNS:
        decimal = find_decimal((text,))
    matched = _PATTERNS[decimal].fullmatch(digits)
    if matched is None or not any(matched.groups()):
        return None
    whole = re.sub(r"[^0-9]", "", matched[1] or "") or "0"
    value = sign * float(f"{whole}.{matched[2] or '0'}")
    return value if math.isfinite(value) else None


def find_decimal(cells: Iterable[str]) -> str:
    """Give the decimal sign that cells are written with, « , » when nothing tells."""
    commas, points, _ = count_decimals(cells)
    return "." if points > commas else ","


def count_decimals(cells: Iterable[str]) -> tuple[int, int, int]:
    """Count the cells that can be numbers only with a comma, only with a point, with either."""
    commas = points = either = 0
    for cell in cells:
        if "," not in cell and "." not in cell:
            continue
        told = tell_decimal(cell)
        commas += told == ","
        points += told == "."
        either += told == "?"
    return commas, points, either


def tell_decimal(cell: str) -> str:
    """Give the sign a cell must be read with, « ? » when two readings differ, else nothing."""
    plain = _bare(cell)
    if plain is None or _DIGITS.fullmatch(plain[1]):
        return ""
    with_comma, with_point = (
        _PATTERNS[sign].fullmatch(plain[1]) is not None for sign in (",", ".")
    )
    if with_comma and with_point:
        return "?" if "," in plain[1] or "." in plain[1] else ""
    return "," if with_comma else "." if with_point else ""


def _bare(text: str) -> tuple[int, str] | None:
    """Give the sign of a cell and the rest, None when it cannot be a number."""
    plain = text.strip(_AROUND)
    if not plain or len(plain) > _MAX_LENGTH:
        return None
    if plain[-1] == "%":
        plain = plain[:-1].rstrip(_AROUND)
    first = _SIGNS.get(plain[:1], plain[:1])
    if first in ("+", "-"):
        plain = plain[1:]
    return (-1 if first == "-" else 1), plain
