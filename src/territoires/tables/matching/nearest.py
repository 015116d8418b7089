"""Names that nobody bears → those that come nearest, by spelling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from territoires.domain.territories import Level, TerritoryId
from territoires.tables.matching.former_regions import FORMER_BY_KEY, FormerRegion
from territoires.tables.matching.guesses import (
    MAX_NEAREST,
    Guess,
    ambiguous,
    close,
    once,
    recognised,
    say,
    unknown,
)
from territoires.tables.matching.keys import to_epci_key, to_key, without_kind
from territoires.tables.matching.place_names import PlaceNames
from territoires.tables.matching.usual_names import FORMER_NAMES

#: More different names than this are not looked for: the file is of something else.
MAX_SEARCHES = 2_000
#: Searches made at once: as many rows of 35,000 numbers in memory.
_BATCH = 100
_LONGEST = 80
#: Likeness out of 100 from which a name is close, and from which it is worth showing.
_CLOSE, _SHOWN = 86.0, 55.0
#: How much better than any other the best must be.
_MARGIN = 4.0
#: One letter of a short name changes it too much.
_SHORTEST = 4
_TOP = 12
#: Likeness of a name that holds the words looked for, and others.
_HOLDS = 80.0
#: Likeness of names one typing mistake apart, and the shortest they may be.
_ONE_MISTAKE, _ONE_MISTAKE_FROM = 92.0, 5


@dataclass(frozen=True, slots=True)
class Near:
    """A territory (or a région of the past) whose name is like what was written, out of 100."""

    score: float
    target: TerritoryId | FormerRegion

    @property
    def id(self) -> TerritoryId:
        """Give the territory of today."""
        return self.target.region if isinstance(self.target, FormerRegion) else self.target


def to_query(text: str, level: Level) -> str:
    """Give what is looked for: the name as keys are, without « région » or « commune de »."""
    if len(text) > _LONGEST:
        return ""
    return to_epci_key(text) if level is Level.EPCI else without_kind(to_key(text))


def find_nearest(
    queries: Mapping[Level, Iterable[str]], names: PlaceNames
) -> dict[tuple[Level, str], tuple[Near, ...]]:
    """Find, for each query of each level, the names most like it, the best first.

    Beyond ``MAX_SEARCHES`` queries in all, those that are left are not in the answer.
    """
    found: dict[tuple[Level, str], tuple[Near, ...]] = {}
    left = MAX_SEARCHES
    for level, texts in queries.items():
        wanted = [text for text in dict.fromkeys(texts) if len(text) >= _SHORTEST][:left]
        left -= len(wanted)
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            for text, near in zip(batch, _search(batch, level, names), strict=True):
                found[level, text] = (*near, *_holding(text, level, names))
        for text in texts:
            if len(text) < _SHORTEST:
                found[level, text] = ()
    return found


def _search(batch: list[str], level: Level, names: PlaceNames) -> list[tuple[Near, ...]]:
    import numpy as np  # noqa: PLC0415 - needed by analysts alone
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - needed by analysts alone

    keys = names.keys(level)
    if not keys:
        return [()] * len(batch)
    scores = process.cdist(batch, keys, scorer=fuzz.ratio, score_cutoff=_SHOWN, dtype=np.float32)
    found = []
    for text, row in zip(batch, scores, strict=True):
        # Few names are worth showing: the others score 0.
        best = np.flatnonzero(row)
        if len(best) > _TOP:
            best = best[np.argpartition(row[best], -_TOP)[-_TOP:]]
        scored = [(_raise(text, keys[k], float(row[k])), keys[k]) for k in best]
        found.append(_to_near(scored, level, names))
    return found


def _holding(text: str, level: Level, names: PlaceNames) -> tuple[Near, ...]:
    """Find the EPCI whose name holds these words: « Brest » is in « Brest Métropole »."""
    if level is not Level.EPCI:
        return ()
    held = [key for key in names.keys(level) if f" {text} " in f" {key} "]
    return tuple(
        Near(_HOLDS, target) for key in held[:_TOP] for target in _targets(key, level, names)
    )


def _raise(text: str, key: str, score: float) -> float:
    """Count one typing mistake (two letters swapped too) as little in a short name as in a long."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - needed by analysts alone

    if len(text) < _ONE_MISTAKE_FROM or OSA.distance(text, key, score_cutoff=1) > 1:
        return score
    return max(score, _ONE_MISTAKE)


def _to_near(scored: list[tuple[float, str]], level: Level, names: PlaceNames) -> tuple[Near, ...]:
    """Go from keys to territories, each once, with its best likeness."""
    found: dict[TerritoryId | FormerRegion, float] = {}
    for score, key in sorted(scored, key=lambda pair: (-pair[0], pair[1])):
        if score < _SHOWN:
            continue
        for target in _targets(key, level, names):
            found.setdefault(target, score)
    return tuple(Near(score, target) for target, score in found.items())


def _targets(
    key: str, level: Level, names: PlaceNames
) -> tuple[TerritoryId, ...] | tuple[FormerRegion, ...]:
    codes = names.of_level(level).find(key)
    if codes:
        return tuple(TerritoryId(level, code) for code in codes)
    if level is Level.REGION and (former := FORMER_BY_KEY.get(key)):
        return (former,)
    before = FORMER_NAMES.get((level, key))
    return (before,) if before else ()


def guess_near(near: tuple[Near, ...] | None, names: PlaceNames) -> Guess:
    """Take a misspelt name for the only territory much like it, or show the nearest."""
    if near is None:
        return unknown("trop de noms inconnus dans ce fichier pour chercher les plus proches")
    near = tuple(sorted(near, key=lambda one: -one.score))
    shown = once(tuple(one.id for one in near))[:MAX_NEAREST]
    rivals = [one for one in near if one.score >= near[0].score - _MARGIN] if near else []
    if not near or near[0].score < _CLOSE:
        return unknown("aucun territoire de ce nom", shown)
    if len(rivals) > 1:
        return ambiguous(tuple(one.id for one in rivals), "plusieurs noms proches")
    best = near[0].target
    if isinstance(best, FormerRegion):
        return recognised(best.note, (best.region,))
    others = tuple(one for one in shown if one != best)
    return close(best, f"nom proche de {say(best, names.directory)}", others)


def likeness(text: str, name: str) -> float:
    """Tell how much two names are alike, out of 100."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - needed by analysts alone

    return float(fuzz.ratio(to_key(text), to_key(name)))
