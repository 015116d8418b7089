"""Codes as people write them → the territories they may name."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.errors import UnknownTerritoryError
from territoires.tables.matching.former_regions import FORMER_BY_CODE, FORMER_BY_ISO, FormerRegion
from territoires.tables.matching.iso import ISO_DEPARTEMENTS, ISO_OTHERS, ISO_REGIONS
from territoires.tables.matching.keys import to_words

_LONGEST = 90
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
#: Marks that keep a spreadsheet from reading a code as a number: « '01 », « ="01" ».
_GUARD = re.compile(r"""=?["'’‘`´]+|["'’`´]+""")
#: « 200 067 981 », and a code that a spreadsheet shows as a number: « 35 238 ».
_GROUPS = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+")
_FLOAT = re.compile(r"([0-9]+)[.,]0+")
_PLAIN = re.compile(r"[0-9]{1,9}|2[AB](?:[0-9]{3})?|02[AB]", re.ASCII)
_ISO = re.compile(r"FR[-_\u2010-\u2014 ]([0-9A-Z]{1,3})")
#: Of a digit and a letter: nothing else looks so.
_ISO_ALONE = re.compile(r"(20R|75C|69D|69M|6AE)")
_COUNTRY = frozenset({"FR", "FRA"})
#: « R53 », « DEP-35 », « 2024-COM-35238 », « région 53 ».
_TYPED = re.compile(
    r"(?:[0-9]{4}[-_])?(R|REG|REGION|D|DEP|DPT|DEPT|DEPARTEMENT|C|COM|COMMUNE|EPCI|SIREN)"
    r"[-_\u2010-\u2014 :]?([0-9]{1,9}|2[AB](?:[0-9]{3})?)"
)
_TYPES = {"R": Level.REGION, "D": Level.DEPARTEMENT, "C": Level.COMMUNE}
_ZONE = re.compile(r"(?:zone-)?([a-z0-9_]{1,40}\.[A-Za-z0-9_-]{1,40})")
_NUTS = re.compile(r"FR[0-9A-Z]{1,3}")
_LENGTHS = {1: 2, 4: 5}
_REGION, _OVERSEAS, _COMMUNE, _SIREN = 2, 3, 5, 9


@dataclass(frozen=True, slots=True)
class CodeReading:
    """What a code may name, at every level; ``former`` is a région of before 2016.

    ``level`` is what the writing itself says (« R53 »), ``clean`` the code as it was understood.
    ``is_part`` marks what is known and is none of ``ids``: a part of them, or several together.
    """

    ids: tuple[TerritoryId, ...] = ()
    former: FormerRegion | None = None
    level: Level | None = None
    note: str = ""
    clean: str = ""
    is_part: bool = False


NOTHING = CodeReading()


def read_code(text: str, directory: Container[TerritoryId]) -> CodeReading:
    """Give the territories of the directory that a code may name; none when it is not a code."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return NOTHING
    if len(text) == _COMMUNE and text.isascii() and text.isdigit():
        # By far the most frequent in a long file.
        commune = TerritoryId(Level.COMMUNE, text)
        if commune in directory:
            return CodeReading((commune,), clean=text)
    text = _unguard(text)
    if (zone := _ZONE.fullmatch(text)) and TerritoryId(Level.ZONE, zone[1]) in directory:
        return CodeReading((TerritoryId(Level.ZONE, zone[1]),), level=Level.ZONE, clean=zone[1])
    joined = _SPACES.sub("", text.upper()) if _GROUPS.fullmatch(text) else text.upper()
    if _PLAIN.fullmatch(joined):
        return _read_plain(joined, directory)
    return _read_marked(text, directory)


def _read_marked(text: str, directory: Container[TerritoryId]) -> CodeReading:
    """Read a code that says what it is of: « FR-BRE », « R53 », « region-53 »."""
    upper = text.upper()
    if upper in _COUNTRY:
        return CodeReading((FRANCE,), level=Level.PAYS, clean="FR")
    if iso := _ISO.fullmatch(upper) or _ISO_ALONE.fullmatch(upper):
        return _read_iso(iso[1], directory)
    plain = upper if upper.isascii() else to_words(text).upper().replace(" ", "-")
    if typed := _TYPED.fullmatch(plain):
        return _read_typed(typed[1], typed[2], directory)
    if _NUTS.fullmatch(upper) and any(c.isdigit() for c in upper):
        return CodeReading(note="code NUTS (Eurostat)\u00a0: il faut le code officiel (Insee)")
    return _read_identifier(text, directory)


def is_code(reading: CodeReading) -> bool:
    """Tell whether a text was read as a code, known or not."""
    return bool(reading.ids or reading.former or reading.clean or reading.note)


def _unguard(text: str) -> str:
    """Take off quotes and what a spreadsheet adds to a number: « 1.0 »."""
    text = _GUARD.sub("", text).strip()
    return found[1] if (found := _FLOAT.fullmatch(text)) else text


def _read_plain(digits: str, directory: Container[TerritoryId]) -> CodeReading:
    """Read digits (or 2A, 2B) alone: their number says which levels they may be of."""
    code = digits.zfill(_LENGTHS.get(len(digits), 0))
    ids: tuple[TerritoryId, ...]
    if len(code) == _OVERSEAS and code[0] == "0":
        # Three characters for every département: « 035 », « 02A ».
        ids = (TerritoryId(Level.DEPARTEMENT, code[1:]),)
    elif len(code) == _REGION:
        ids = (TerritoryId(Level.REGION, code), TerritoryId(Level.DEPARTEMENT, code))
    elif len(code) == _OVERSEAS:
        ids = (TerritoryId(Level.DEPARTEMENT, code),)
    elif len(code) == _COMMUNE:
        ids = (TerritoryId(Level.COMMUNE, code),)
    elif len(code) == _SIREN:
        ids = (TerritoryId(Level.EPCI, code),)
    else:
        return CodeReading(clean=code)
    note = f"lu «\u00a0{code}\u00a0»" if code != digits else ""
    if code == "20":
        corse = (TerritoryId(Level.DEPARTEMENT, "2A"), TerritoryId(Level.DEPARTEMENT, "2B"))
        note = "l’ancien département 20 est devenu 2A et 2B"
        return CodeReading(corse, note=note, clean=code, is_part=True)
    found = tuple(one for one in ids if one in directory)
    return CodeReading(found, FORMER_BY_CODE.get(code), note=note, clean=code)


def _read_iso(part: str, directory: Container[TerritoryId]) -> CodeReading:
    if part in ISO_OTHERS:
        note, codes = ISO_OTHERS[part]
        ids = tuple(TerritoryId(Level.DEPARTEMENT, code) for code in codes)
        return CodeReading(ids, note=note, clean=f"FR-{part}", is_part=True)
    if former := FORMER_BY_ISO.get(part):
        return CodeReading(former=former, level=Level.REGION, clean=f"FR-{part}")
    region = TerritoryId(Level.REGION, ISO_REGIONS.get(part, ""))
    departement = TerritoryId(Level.DEPARTEMENT, ISO_DEPARTEMENTS.get(part, part))
    ids = tuple(one for one in (region, departement) if one in directory)
    level = ids[0].level if len(ids) == 1 else None
    note = f"code ISO 3166-2 «\u00a0FR-{part}\u00a0»"
    return CodeReading(ids, level=level, note=note, clean=f"FR-{part}")


def _read_typed(kind: str, digits: str, directory: Container[TerritoryId]) -> CodeReading:
    level = Level.EPCI if kind in ("EPCI", "SIREN") else _TYPES[kind[0]]
    reading = _read_plain(digits, directory)
    ids = tuple(one for one in reading.ids if one.level is level)
    former = reading.former if level is Level.REGION else None
    return CodeReading(ids, former, level, reading.note, reading.clean, reading.is_part)


def _read_identifier(text: str, directory: Container[TerritoryId]) -> CodeReading:
    try:
        found = TerritoryId.parse(text)
    except UnknownTerritoryError:
        return NOTHING
    if found not in directory:
        return NOTHING
    return CodeReading((found,), level=found.level, clean=found.code)
