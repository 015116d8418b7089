"""Waves as people write them."""

from __future__ import annotations

import re

from territoires.domain.indicators import UNDATED_WAVE
from territoires.tables.zoning_columns import plain

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev feb february",
            "mars mar march",
            "avril avr apr april",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "aout aou aug august",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for month in names.split()
}
#: As they are met, without accents.
MONTH_NAMES = tuple(_MONTHS)
_LONGEST = 40
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
#: Two digits of a year from here on are of the last century.
_PIVOT = 70
_YEAR = r"(?P<year>[0-9]{4})"
_QUARTER = r"(?:t|q|trim|trimestre) ?(?P<quarter>[1-4])"
_ORDINAL_QUARTER = r"(?P<quarter>[1-4]) ?(?:er|e|eme|nd)? ?trim(?:estre)?"
_TIME = r"(?: [0-9]{2}(?: [0-9]{2}){1,2})?(?: 0+)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}(?: 0)?",
        rf"{_YEAR} (?P<month>[0-9]{{1,2}})",
        rf"{_YEAR} (?P<month>[0-9]{{1,2}}) (?P<day>[0-9]{{1,2}})t?{_TIME}",
        rf"{_YEAR} (?P<month>[0-9]{{2}}) (?P<day>[0-9]{{2}})t[0-9]{{2}}(?: [0-9]{{2,6}}){{1,3}}z?",
        rf"(?P<month>[0-9]{{1,2}}) {_YEAR}",
        rf"(?P<day>[0-9]{{1,2}}) (?P<month>[0-9]{{1,2}}) {_YEAR}{_TIME}",
        rf"(?:(?P<day>[0-9]{{1,2}}) ?(?:er )?)?(?P<name>[a-z]+) {_YEAR}",
        rf"{_YEAR} (?P<name>[a-z]+)",
        r"(?P<name>[a-z]+) (?P<short>[0-9]{2})",
        rf"{_QUARTER} {_YEAR}",
        rf"{_YEAR} ?{_QUARTER}",
        rf"{_ORDINAL_QUARTER} {_YEAR}",
        rf"{_YEAR} {_ORDINAL_QUARTER}",
    )
)
#: A number with decimals is no month: « 2024,5 ».
_DECIMAL = re.compile(r"[0-9]+[.,](?!0+$)[0-9]+")
_NOT_WRITTEN = re.compile("[^a-z0-9]+")
_INTRODUCTION = re.compile(r"(?:vague|annee|millesime|enquete|en|de) (?:de |d )?(?=.)")
_UNDATED = frozenset({"non precisee", "non precise", "non datee", "non date", "sans date"})
_MONTHS_A_YEAR, _DAYS_A_MONTH = 12, 31


def normalise_wave(text: str) -> str | None:
    """Give a wave in the form of the contract; None for what is not a wave.

    « 2024 », « nov. 2024 », « 11/2024 », « 01/11/2024 », « 2024-11-01 », « T1 2025 » are waves; the
    day of a date is left out.
    """
    if not text or len(text) > _LONGEST:
        return None
    if text[0] == "-" or _DECIMAL.fullmatch(text.strip()):
        return None
    words = _NOT_WRITTEN.sub(" ", plain(text)).strip()
    words = _INTRODUCTION.sub("", words, count=1) if _INTRODUCTION.match(words) else words
    if words in _UNDATED:
        return UNDATED_WAVE
    for form in _FORMS:
        if (found := form.fullmatch(words)) and (wave := _to_wave(found.groupdict())):
            return wave
    return None


def _to_wave(parts: dict[str, str | None]) -> str | None:
    year = _year(parts)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if parts.get("day") and not 1 <= int(parts["day"] or 0) <= _DAYS_A_MONTH:
        return None
    if quarter := parts.get("quarter"):
        return f"{year}-T{quarter}"
    if name := parts.get("name"):
        month = _MONTHS.get(name)
        return None if month is None else f"{year}-{month:02}"
    if written := parts.get("month"):
        month = int(written)
        return f"{year}-{month:02}" if 1 <= month <= _MONTHS_A_YEAR else None
    return str(year)


def _year(parts: dict[str, str | None]) -> int:
    if short := parts.get("short"):
        return int(short) + (_FIRST_YEAR if int(short) >= _PIVOT else _FIRST_YEAR + 100)
    return int(parts["year"] or 0)
