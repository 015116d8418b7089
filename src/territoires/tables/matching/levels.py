"""Which level a column of territories is of, from its codes and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from territoires.domain.directory import Directory
from territoires.domain.territories import FRANCE, Level
from territoires.tables.matching.cells import PlaceCell, clean, read_level
from territoires.tables.matching.codes import CodeReading
from territoires.tables.matching.former_regions import FORMER_BY_KEY
from territoires.tables.matching.keys import to_epci_key, to_key, to_words, without_kind
from territoires.tables.matching.parts import read_parts
from territoires.tables.matching.place_names import PlaceNames, build_place_names
from territoires.tables.matching.totals import read_total
from territoires.tables.matching.usual_names import USUAL_NAMES

#: Different places looked at.
_SAMPLE = 500
#: So many codes that are all codes of régions are hardly ever those of départements: 18 régions
#: and 16 former ones share their two digits with some of the 101 départements.
_REGIONS, _REGIONS_WITH_FORMER = 5, 8
_WIDE = (Level.REGION, Level.DEPARTEMENT)
_FINE = (Level.EPCI, Level.COMMUNE)
_Levels = frozenset[Level]


def propose_level(
    cells: Sequence[PlaceCell],
    directory: Directory,
    names: PlaceNames | None = None,
    headings: Iterable[str] = (),
) -> Level | None:
    """Say which level the places of a file are of; None when nothing tells, or they are of several.

    A row of France, or of a sum, says nothing. ``headings`` are those of the columns of the codes
    and names: « Région » tells what « 53 » is.
    """
    sample = _distinct(cells)
    if any(cell.level.strip() for cell in sample):
        return _said(sample)
    known = names or build_place_names(directory)
    possible = [found for cell in sample if (found := _possible(cell, directory, known, _WIDE))]
    asked = sum(1 for cell in sample if not _is_apart(cell))
    if 2 * len(possible) < asked:
        every = (*_WIDE, *_FINE)
        possible = [f for cell in sample if (f := _possible(cell, directory, known, every))]
    return _choose(possible, asked, _of_headings(headings), sample, directory)


def _distinct(cells: Sequence[PlaceCell]) -> list[PlaceCell]:
    """Take the different places of a file, a sample of them when they are many."""
    step = max(1, len(cells) // (4 * _SAMPLE))
    seen = {(cell.code, cell.name, cell.level): cell for cell in cells[::step]}
    return list(islice(seen.values(), _SAMPLE))


def _said(sample: list[PlaceCell]) -> Level | None:
    """Give the only level a column of levels says; a row of France stands beside any."""
    said = {read_level(cell.level) for cell in sample} - {None}
    finer = said - {Level.PAYS}
    return (finer or said).pop() if len(finer or said) == 1 else None


def _is_apart(cell: PlaceCell) -> bool:
    """Tell whether a row is of France, of a sum, or of nothing."""
    texts = [text for text in (cell.code, cell.name) if text.strip()]
    return not texts or any(
        read_total(text) is not None or to_words(text) in ("fr", "fra", "france") for text in texts
    )


def _possible(
    cell: PlaceCell, directory: Directory, names: PlaceNames, levels: tuple[Level, ...]
) -> _Levels:
    """List the levels that the code and the name of a row may be of, both when they agree."""
    if _is_apart(cell):
        return frozenset()
    _, name, reading = read_parts(clean(cell), None, directory)
    coded = _of_code(reading)
    named = _of_name(name, names, levels) if name else frozenset()
    return (coded & named) or coded or named


def _of_code(reading: CodeReading) -> _Levels:
    if reading.level:
        return frozenset((reading.level,))
    former = (Level.REGION,) if reading.former else ()
    return frozenset((*(one.level for one in reading.ids if one != FRANCE), *former))


def _of_name(text: str, names: PlaceNames, levels: tuple[Level, ...]) -> _Levels:
    key = to_key(text)
    keys = (key, without_kind(key))
    found = {
        level
        for level in levels
        for one in ((to_epci_key(text),) if level is Level.EPCI else keys)
        if names.of_level(level).find(one)
    }
    if any(one in FORMER_BY_KEY or (Level.REGION, one) in USUAL_NAMES for one in keys):
        found.add(Level.REGION)
    return frozenset(found)


def _of_headings(headings: Iterable[str]) -> Level | None:
    """Give the only level that headings name: « Région », « Code du département »."""
    words = {word for heading in headings for word in to_words(heading).split(" ")}
    found = {level for word in words if len(word) > 1 and (level := read_level(word))}
    return found.pop() if len(found) == 1 else None


def _choose(
    possible: list[_Levels],
    asked: int,
    heading: Level | None,
    sample: list[PlaceCell],
    directory: Directory,
) -> Level | None:
    """Choose the level that explains most rows, at least half of them."""
    if not possible:
        said = any(cell.code.strip() or cell.name.strip() for cell in sample)
        return heading or (Level.PAYS if said and not asked else None)
    counts = Counter(level for levels in possible for level in levels)
    most = max(counts.values())
    if heading and 2 * counts[heading] >= len(possible):
        return heading
    best = {level for level, count in counts.items() if count == most}
    if 2 * most < asked:
        return None
    if len(best) == 1:
        return best.pop()
    return Level.REGION if best == set(_WIDE) and _are_regions(sample, directory) else None


def _are_regions(sample: list[PlaceCell], directory: Directory) -> bool:
    """Tell whether the codes are too many, all of régions, to be those of départements."""
    readings = [read_parts(clean(cell), None, directory)[2] for cell in sample]
    codes = {reading.clean for reading in readings if Level.REGION in _of_code(reading)}
    former = any(reading.former for reading in readings)
    return len(codes) >= (_REGIONS_WITH_FORMER if former else _REGIONS)
