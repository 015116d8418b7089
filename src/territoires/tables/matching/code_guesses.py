"""A code → the territory it names at the level of its row."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.domain.directory import Directory
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.matching.cells import LEVEL_WORDS
from territoires.tables.matching.codes import CodeReading
from territoires.tables.matching.former_regions import FormerRegion
from territoires.tables.matching.guesses import (
    Guess,
    ambiguous,
    close,
    exact,
    recognised,
    say,
    say_all,
    unknown,
)
from territoires.tables.matching.name_guesses import say_gone
from territoires.tables.matching.place_names import PlaceNames
from territoires.tables.search_index import AliasKind

_COMMUNE_LENGTH = 5


@dataclass(frozen=True, slots=True)
class _Case:
    reading: CodeReading
    level: Level | None
    directory: Directory
    names: PlaceNames


def guess_code(
    reading: CodeReading, level: Level | None, directory: Directory, names: PlaceNames
) -> Guess:
    """Take a code for a territory of a level; without a level, for the only one it may name."""
    only = reading.ids[0] if len(reading.ids) == 1 else None
    if only and only.level is level and not (reading.former or reading.is_part):
        return exact(only, reading.note)
    if reading.is_part:
        return recognised(reading.note, reading.ids)
    if only == FRANCE:
        far = level not in (None, Level.PAYS, Level.REGION, Level.DEPARTEMENT)
        return close(FRANCE, "c’est la France entière") if far else exact(FRANCE)
    return _guess_level(_Case(reading, level, directory, names))


def _guess_level(case: _Case) -> Guess:
    """Keep what the code may name at the level of its row."""
    reading, level = case.reading, case.level
    if reading.level and level and reading.level is not level:
        return _two_levels(case, reading.level, level)
    ids = tuple(one for one in reading.ids if level is None or one.level is level)
    if reading.former and level in (None, Level.REGION):
        return _former_region(case, reading.former, ids)
    if len(ids) > 1:
        return ambiguous(ids, _choice(ids, case.directory))
    return exact(ids[0], reading.note) if ids else _of_no_territory(case)


def _two_levels(case: _Case, said: Level, expected: Level) -> Guess:
    """The code says a level, the row another: both are shown."""
    reading = case.reading
    if reading.former:
        return recognised(reading.former.note, (reading.former.region,))
    note = f"le code dit {LEVEL_WORDS[said]}, le niveau attendu est {LEVEL_WORDS[expected]}"
    same = TerritoryId(expected, reading.clean.removeprefix("FR-"))
    ids = (*reading.ids, same) if same in case.directory else reading.ids
    return ambiguous(ids, note) if ids else unknown(note)


def _former_region(case: _Case, former: FormerRegion, ids: tuple[TerritoryId, ...]) -> Guess:
    """Say that the code is that of a région of the past; without a level, or of another place."""
    if case.level is None and ids:
        note = f"{say_all(ids, case.directory)}, ou {former.note}"
        return ambiguous((*ids, former.region), note)
    return recognised(former.note, (former.region,))


def _choice(ids: tuple[TerritoryId, ...], directory: Directory) -> str:
    return f"le même code a plusieurs sens\u00a0: {say_all(ids, directory)}"


def _of_no_territory(case: _Case) -> Guess:
    reading, level = case.reading, case.level
    code = reading.clean
    if level in (None, Level.COMMUNE) and len(code) == _COMMUNE_LENGTH:
        return _of_no_commune(code, case.names)
    if reading.ids and level:
        told = say_all(reading.ids, case.directory)
        note = f"ce n’est pas un code de {LEVEL_WORDS[level]}\u00a0; c’est {told}"
        return unknown(note, reading.ids)
    return unknown(reading.note or "code inconnu du Code officiel géographique 2026")


def _of_no_commune(code: str, names: PlaceNames) -> Guess:
    """Tell a code of the past, of an arrondissement, or a postcode."""
    alias = names.of_level(Level.COMMUNE).former_codes.get(code)
    if alias is None:
        posted = names.of_postcode(code)
        if posted:
            return unknown("code postal, non code officiel (Insee)", posted)
        return unknown("code inconnu du Code officiel géographique 2026")
    today = say(alias.target, names.directory)
    if alias.kind in (AliasKind.COMMUNE, AliasKind.ARRONDISSEMENT):
        return unknown(say_gone(alias, today), (alias.target,))
    return close(alias.target, f"ancien code, pour {today}")
