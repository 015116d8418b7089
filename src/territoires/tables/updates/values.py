"""Cells of numbers: what is written, what it is worth, and what an indicator allows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from territoires.domain.indicators import Kind
from territoires.domain.updates import Row
from territoires.tables.zoning_columns import plain

#: Ways to write that there is no value, without dots, spaces, accents nor capitals.
_MISSING = frozenset(
    {
        *("", "-", "--", "–", "—", "−", "…", "*", "/", "?", "#"),
        *("nd", "na", "n/a", "n/d", "nr", "ns", "nc", "so", "s/o", "s", "c", "x", "#n/a", "#na"),
        *("null", "none", "nan", "vide", "manquant", "inconnu", "secret", "secretstatistique"),
        *("nondisponible", "noncommunique", "nonconcerne", "nonrenseigne", "nonsignificatif"),
        *("sansobjet", "nonpublie", "nonapplicable", "absent"),
    }
)
_NOT_TOLD = re.compile(r"[\s.()\[\]\u00a0\u202f]")
#: A value is kept with this many decimals: more would tell of the computer, not of the survey.
MAX_DECIMALS = 4
_STEP = Decimal(1).scaleb(-MAX_DECIMALS)
#: Beyond, a number is a slip: nothing is counted so, and its last digits would be invented.
_LARGEST = 10.0**15
_OUT_OF = re.compile(r"(?:note_)?sur_([0-9]+)")
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Value:
    """A cell read as a number; ``number`` is None where there is none.

    ``is_missing`` is an empty cell or words that say so; a cell that is neither a number nor
    missing is wrong. ``decimals`` are those written, ``has_percent`` that a % follows.
    """

    number: Decimal | None
    is_missing: bool = False
    has_percent: bool = False
    decimals: int = 0


_NOTHING = Value(None, is_missing=True)
_WRONG = Value(None)


@lru_cache(maxsize=65_536)
def read_value(text: str, decimal: str) -> Value:
    """Read a cell, written with a decimal sign (« , » or « . »)."""
    from territoires.tables.sheets import read_number  # noqa: PLC0415 - needed by analysts alone

    if _NOT_TOLD.sub("", plain(text)) in _MISSING:
        return _NOTHING
    number = read_number(text, decimal)
    if number is None or abs(number) > _LARGEST:
        return _WRONG
    digits = text.strip()
    has_percent = digits.endswith("%")
    _, sign, fraction = digits.rstrip("% \u00a0\u202f").rpartition(decimal or ",")
    # The shortest text that gives the same float is what was written: no 28.999999 from 0.29.
    exact = Decimal(repr(number))
    return Value(exact, has_percent=has_percent, decimals=len(fraction) if sign else 0)


def to_text(number: Decimal) -> str:
    """Write a number as the contract wants it: « 77.5 », « 100 », no exponent."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def to_french(number: Decimal) -> str:
    """Write a number for a message: « 77,5 »."""
    return to_text(number).replace(".", ",").replace("-", "−")


def round_off(number: Decimal) -> Decimal:
    """Keep at most ``MAX_DECIMALS`` decimals."""
    exponent = number.as_tuple().exponent
    is_long = isinstance(exponent, int) and -exponent > MAX_DECIMALS
    return number.quantize(_STEP) if is_long else number


def same_number(text: str, other: str) -> bool:
    """Tell whether two texts of the contract are the same number, or both nothing."""
    if not text or not other:
        return text == other
    return text == other or Decimal(text) == Decimal(other)


def is_share(indicator: Row) -> bool:
    """Tell whether an indicator is a percentage of a whole: 0 to 100."""
    return indicator["unit"] == "%" and indicator["kind"] == Kind.RATE


def bounds_of(indicator: Row) -> tuple[Decimal | None, Decimal | None]:
    """Give the least and the greatest value that an indicator can have, None where there is none."""
    if is_share(indicator):
        return Decimal(0), _WHOLE
    if out_of := _OUT_OF.fullmatch(indicator["unit"]):
        return Decimal(0), Decimal(out_of[1])
    if indicator["kind"] in {Kind.COUNT, Kind.RATIO}:
        return Decimal(0), None
    return None, None
