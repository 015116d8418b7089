"""What the cells of a column look like, whatever its heading."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from territoires import settings
from territoires.domain.territories import Level
from territoires.tables.matching.cells import read_level
from territoires.tables.matching.former_regions import FORMER_BY_KEY
from territoires.tables.matching.keys import to_key, without_kind
from territoires.tables.matching.usual_names import USUAL_NAMES
from territoires.tables.matching.waves import normalise_wave

#: Different cells looked at in a column; fewer where looking costs more.
MAX_CELLS, _MAX_SLOW = 500, 60
_NUMBER = re.compile(r"[+\-−–]?\s?(?:[0-9][0-9\s\u00a0\u202f.,]*|[.,][0-9]+)\s?%?")
_SIREN = re.compile(r"[0-9]{9}|[0-9]{3}[ \u00a0\u202f][0-9]{3}[ \u00a0\u202f][0-9]{3}")
_INSEE = re.compile(r"(?:0[1-9]|[1-9][0-9]|2[ABab])[0-9]{3}")
_SHORT = re.compile(r"[0-9]{1,2}(?:\.0)?|2[ABab]|9[78][0-9]|FR")
_ZERO = re.compile(r"0[0-9]|2[ABab]")
_TYPED = re.compile(
    r"(?:FR-[0-9A-Z]{1,3}|(?:[0-9]{4}-)?(?:R|REG|D|DEP|COM)-?[0-9]{1,5}|(?:region|departement"
    r"|commune|epci)-[0-9AB]{2,9}|[a-z0-9_]{1,40}\.[A-Za-z0-9_-]{1,40})"
)
#: What any wave holds: spares reading every text as one.
_LIKE_A_WAVE = re.compile(r"(?:19|20)[0-9]{2}|[a-zû.][ -][0-9]{2}$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FIABILITES = frozenset({"claire", "ambigue", "ambiguë", "sans_objet", "sans objet"})
_MOST, _MANY = 0.8, 0.6
_Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Content:
    """Shares, out of 1, of the different filled cells of a column that look like something.

    ``codes`` says in French of which kind the codes are, empty when they are none; ``distinct``
    counts the cells looked at.
    """

    distinct: int = 0
    numbers: float = 0.0
    percents: float = 0.0
    waves: float = 0.0
    years: float = 0.0
    names: float = 0.0
    levels: float = 0.0
    ids: float = 0.0
    fiabilites: float = 0.0
    codes: str = ""
    #: The codes can be nothing else: a zero before, a letter, nine digits.
    surely_codes: bool = False

    @property
    def is_numeric(self) -> bool:
        """Tell whether most cells are numbers."""
        return self.numbers >= _MANY

    @property
    def is_text(self) -> bool:
        """Tell whether hardly any cell is a number."""
        return self.distinct > 0 and self.numbers < 1 - _MOST


def look_at(cells: Iterable[str], ids: Container[str], place_keys: Container[str]) -> Content:
    """Look at the cells of a column; ``ids`` are those of the catalogue."""
    filled = {cell.strip() for cell in cells}
    filled.discard("")
    seen = sorted(filled)[:MAX_CELLS]
    if not seen:
        return Content()
    step = max(1, len(seen) // _MAX_SLOW)
    few = seen[::step]
    numbers = _share(seen, lambda cell: _NUMBER.fullmatch(cell) is not None)
    years = _share(seen, lambda cell: _YEAR.fullmatch(cell) is not None)
    codes, surely = _codes(seen)
    return Content(
        distinct=len(seen),
        numbers=numbers,
        percents=_share(seen, lambda cell: cell.endswith("%")),
        waves=0.0 if numbers > _MANY else _share(few, _is_wave),
        years=years,
        names=_share(few, lambda cell: _is_place(cell, place_keys)),
        levels=_share(few, lambda cell: read_level(cell) is not None),
        ids=_share(few, lambda cell: cell in ids),
        fiabilites=_share(few, lambda cell: cell.lower() in _FIABILITES),
        codes=codes,
        surely_codes=surely,
    )


def read_place_keys() -> frozenset[str]:
    """Read the names of the régions and départements, those of the past and usual ones, as keys."""
    with (settings.GEO / "noms.csv").open(encoding="utf-8", newline="") as file:
        names = {to_key(row["name"]) for row in csv.DictReader(file)}
    usual = {key for level, key in USUAL_NAMES if level is Level.REGION}
    return frozenset({*names, *FORMER_BY_KEY, *usual, "france"})


def sample_rows(count: int, columns: int) -> Sequence[int]:
    """Choose the rows to look at: the first ones, then some all along the file."""
    wanted = max(_MAX_SLOW, min(2 * MAX_CELLS, 20_000 // max(columns, 1)))
    if count <= wanted:
        return range(count)
    half = wanted // 2
    step = max(1, (count - half) // half)
    return [*range(half), *islice(range(half, count, step), half)]


def _share(cells: Sequence[str], test: _Test) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells)


def _is_wave(cell: str) -> bool:
    return _LIKE_A_WAVE.search(cell) is not None and normalise_wave(cell) is not None


def _is_place(cell: str, place_keys: Container[str]) -> bool:
    key = to_key(cell[:80])
    return key in place_keys or without_kind(key) in place_keys


def _codes(seen: Sequence[str]) -> tuple[str, bool]:
    """Say of which kind codes are, and whether nothing else is written so."""
    plain = [cell.lstrip("'’").strip() for cell in seen]
    for form, told, surely in (
        (_SIREN, "numéros SIREN", True),
        (_INSEE, "codes Insee de commune", False),
        (_TYPED, "codes", True),
        (_SHORT, "codes à 2 chiffres", False),
    ):
        if sum(1 for cell in plain if form.fullmatch(cell)) >= _MOST * len(plain):
            zeros = any(_ZERO.match(cell) for cell in plain)
            return told, surely or zeros
    return "", False
