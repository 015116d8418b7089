"""What one writing of a territory is taken for, before it is set beside the others of its row."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.domain.directory import Directory
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import Grade
from territoires.tables.matching.cells import LEVEL_WORDS

#: Others to choose from: the nearest of a name nobody bears; the homonyms of one that many bear.
MAX_NEAREST, MAX_HOMONYMS = 5, 30


@dataclass(frozen=True, slots=True)
class Guess:
    """What a code or a name is taken for; ``candidates`` are others to choose from."""

    grade: Grade
    territory: TerritoryId | None = None
    candidates: tuple[TerritoryId, ...] = ()
    note: str = ""
    #: What is unknown was recognised all the same: a région of the past, another level.
    is_told: bool = False

    @property
    def ids(self) -> tuple[TerritoryId, ...]:
        """List what it may be: the proposal, or what a person is to choose from."""
        return (self.territory,) if self.territory else self.candidates


def exact(territory: TerritoryId, note: str = "") -> Guess:
    """Take it for a territory, without a doubt."""
    return Guess(Grade.EXACT, territory, (), note)


def close(territory: TerritoryId, note: str, others: tuple[TerritoryId, ...] = ()) -> Guess:
    """Propose a territory that a person confirms."""
    return Guess(Grade.CLOSE, territory, others, note)


def ambiguous(candidates: tuple[TerritoryId, ...], note: str) -> Guess:
    """Propose nothing: several answer."""
    return Guess(Grade.AMBIGUOUS, None, once(candidates)[:MAX_HOMONYMS], note)


def unknown(note: str, candidates: tuple[TerritoryId, ...] = ()) -> Guess:
    """Propose nothing: none answers; ``candidates`` are what comes nearest."""
    return Guess(Grade.UNKNOWN, None, once(candidates)[:MAX_HOMONYMS], note)


def recognised(note: str, candidates: tuple[TerritoryId, ...] = ()) -> Guess:
    """Propose nothing: it is known for something that is not a territory of this level."""
    return Guess(Grade.UNKNOWN, None, once(candidates)[:MAX_HOMONYMS], note, is_told=True)


def once(ids: tuple[TerritoryId, ...]) -> tuple[TerritoryId, ...]:
    """Keep the first of each."""
    return tuple(dict.fromkeys(ids))


def say(territory: TerritoryId, directory: Directory) -> str:
    """Name a territory with its level and code: « Bretagne (région 53) »."""
    if territory.level is Level.PAYS:
        return "France"
    name = directory.get(territory).name
    return f"{name} ({LEVEL_WORDS[territory.level]} {territory.code})"


def say_all(ids: tuple[TerritoryId, ...], directory: Directory) -> str:
    """Name a few territories: « X, Y ou Z »."""
    shown = [say(one, directory) for one in ids[:3]]
    if len(ids) > len(shown):
        return f"{', '.join(shown)} et {len(ids) - len(shown)} autres"
    return " ou ".join(", ".join(shown).rsplit(", ", 1)) if len(shown) > 1 else "".join(shown)
