"""Territories as written in a file → territories, in grades; nothing is guessed silently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from territoires.domain.directory import Directory
from territoires.domain.territories import FRANCE, Level
from territoires.domain.updates import Grade, PlaceMatch
from territoires.tables.matching.cells import (
    LEVEL_WORDS,
    PlaceCell,
    clean,
    read_level,
    written,
    written_all,
)
from territoires.tables.matching.code_guesses import guess_code
from territoires.tables.matching.codes import NOTHING, CodeReading, is_code
from territoires.tables.matching.guesses import Guess, close, exact, once, unknown
from territoires.tables.matching.levels import propose_level
from territoires.tables.matching.name_guesses import MAX_NAME, guess_name
from territoires.tables.matching.nearest import Near, find_nearest, guess_near, to_query
from territoires.tables.matching.parts import read_parts
from territoires.tables.matching.place_names import PlaceNames, build_place_names
from territoires.tables.matching.rows import is_name_of, is_spelling_of, join_guesses
from territoires.tables.matching.totals import Total, read_total

__all__ = [
    "PlaceCell",
    "PlaceNames",
    "build_place_names",
    "match_places",
    "propose_level",
    "read_level",
    "written",
    "written_all",
]

_DEFAULT_LEVELS = (Level.REGION, Level.DEPARTEMENT)
#: Names that nobody bears at any level before a file is one of something else: looking for a name
#: at every level is slow.
MAX_MISSES = 2_000
#: Places that are nowhere before no other is read: there are hardly more territories in the country.
MAX_UNKNOWN = 20_000
Nearest = Mapping[tuple[Level, str], tuple[Near, ...]]


@dataclass(frozen=True, slots=True)
class _Case:
    """A place while it is being matched; ``named`` is None while its name is still looked for."""

    cell: PlaceCell
    level: Level | None
    name: str
    reading: CodeReading
    coded: Guess | None
    named: Guess | None
    total: Total | None


def match_places(
    cells: Sequence[PlaceCell], level: Level | None, directory: Directory, names: PlaceNames
) -> tuple[PlaceMatch, ...]:
    """Take each different place of a file for a territory, or say why none can be.

    The level of the row wins over ``level``. Places come in the order of the file.
    """
    rows: dict[str, list[int]] = defaultdict(list)
    first: dict[str, PlaceCell] = {}
    for cell, key in zip(cells, written_all(cells), strict=True):
        rows[key].append(cell.row)
        if key not in first:
            first[key] = clean(cell)
    cases = _open_all(first, level, directory, names)
    near = find_nearest(_queries(cases.values()), names)
    return tuple(
        _to_match(key, tuple(rows[key]), _settle(case, near, directory, names))
        for key, case in cases.items()
    )


def _open_all(
    cells: Mapping[str, PlaceCell], level: Level | None, directory: Directory, names: PlaceNames
) -> dict[str, _Case]:
    """Read every place; beyond ``MAX_MISSES``, a name of no known level is looked for no more.

    Beyond ``MAX_UNKNOWN`` none is read: the file is of something else.
    """
    cases, missed, nowhere = {}, 0, 0
    for key, cell in cells.items():
        if nowhere >= MAX_UNKNOWN:
            unread = unknown("trop de lieux inconnus dans ce fichier pour lire celui-ci")
            cases[key] = _Case(cell, None, "", NOTHING, None, unread, None)
            continue
        case = _open(cell, level, directory, names, is_lost=missed >= MAX_MISSES)
        missed += case.level is None and _is_looked_for(case)
        nowhere += _is_nowhere(case)
        cases[key] = case
    return cases


def _is_nowhere(case: _Case) -> bool:
    """Tell whether nothing was found for a place, as it is written."""
    found = (guess for guess in (case.coded, case.named) if guess is not None)
    return case.total is None and all(guess.grade is Grade.UNKNOWN for guess in found)


def _open(
    cell: PlaceCell,
    default: Level | None,
    directory: Directory,
    names: PlaceNames,
    *,
    is_lost: bool,
) -> _Case:
    """Read the code and the name of a place, each alone."""
    said = read_level(cell.level)
    level = said or default
    if cell.level and said is None:
        wrong = unknown(f"niveau «\u00a0{cell.level[:40]}\u00a0» inconnu")
        return _Case(cell, None, "", NOTHING, None, wrong, None)
    if said is Level.PAYS and not cell.code and not cell.name:
        return _Case(cell, said, "", NOTHING, exact(FRANCE), None, None)
    code, name, reading = read_parts(cell, level, directory)
    coded = guess_code(reading, level, directory, names) if code else None
    named = _guess_beside(coded, name, level, directory, names, is_lost=is_lost) if name else None
    total = read_total(name) if named is None or named.grade is Grade.UNKNOWN else None
    if total is None and code and not is_code(reading):
        total = read_total(code)
    return _Case(cell, level, name, reading, coded, named, total)


def _guess_beside(
    coded: Guess | None,
    name: str,
    level: Level | None,
    directory: Directory,
    names: PlaceNames,
    *,
    is_lost: bool,
) -> Guess | None:
    """Take the name for what the code beside it says, where it is much like it."""
    if len(name) > MAX_NAME:
        return unknown("texte trop long pour un nom de territoire")
    surely = coded.territory if coded and coded.grade is Grade.EXACT else None
    if surely and is_name_of(name, surely, directory):
        return exact(surely)
    if is_lost and level is None:
        return unknown("trop de noms inconnus dans ce fichier pour chercher à tous les niveaux")
    named = guess_name(name, level, names)
    if named is None and surely and is_spelling_of(name, surely, directory):
        return exact(surely, f"nom officiel\u00a0: {directory.get(surely).name}")
    return named


def _queries(cases: Iterable[_Case]) -> dict[Level, list[str]]:
    """List the names that nobody bears exactly, and that a code beside them does not explain."""
    wanted: dict[Level, list[str]] = defaultdict(list)
    for case in cases:
        if _is_looked_for(case):
            for level in (case.level,) if case.level else _DEFAULT_LEVELS:
                wanted[level].append(to_query(case.name, level))
    return wanted


def _is_looked_for(case: _Case) -> bool:
    return bool(case.name) and case.named is None and case.total is None


def _settle(case: _Case, near: Nearest, directory: Directory, names: PlaceNames) -> Guess:
    """Decide, from the code and the name of a place, what it is taken for."""
    if case.total is not None:
        country = (case.total.country,) if case.total.country else ()
        others = (one for guess in (case.coded, case.named) if guess for one in guess.ids)
        return Guess(Grade.TOTAL, None, once((*country, *others)), case.total.note)
    named = _near(case, near, names) if _is_looked_for(case) else case.named
    if case.coded is None:
        found = named or unknown("ni code ni nom")
    elif named is None:
        found = case.coded
    else:
        found = join_guesses(case.coded, named, case.name, case.reading.former, directory)
    said = read_level(case.cell.level)
    if found.territory == FRANCE and said not in (None, Level.PAYS):
        return close(FRANCE, f"la ligne dit «\u00a0{LEVEL_WORDS[said]}\u00a0»")
    return found


def _near(case: _Case, near: Nearest, names: PlaceNames) -> Guess:
    """Look at what comes nearest to a name; without a level, among régions and départements."""
    levels = (case.level,) if case.level else _DEFAULT_LEVELS
    found = [near.get((level, to_query(case.name, level))) for level in levels]
    if any(one is None for one in found):
        return guess_near(None, names)
    return guess_near(tuple(n for one in found if one for n in one), names)


def _to_match(written_as: str, rows: tuple[int, ...], guess: Guess) -> PlaceMatch:
    return PlaceMatch(written_as, rows, guess.grade, guess.territory, guess.candidates, guess.note)
