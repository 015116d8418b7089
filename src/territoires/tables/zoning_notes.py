"""What must be said of a zoning: what it leaves out, counts twice or lays across régions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.domain.zonings import Zoning

#: Names quoted in a note; the others are counted.
_QUOTED = 5
_NBSP = "\u00a0"
_GROUP = "\u202f"
_MEMBERS = {
    Level.EPCI: ("intercommunalité", "intercommunalités"),
    Level.COMMUNE: ("commune", "communes"),
}


def with_notes(directory: Directory) -> dict[str, Zoning]:
    """Note of each zoning of a directory what its reader must know.

    What was noted when it was read comes first.
    """
    return {
        name: replace(zoning, notes=(*zoning.notes, *_say_notes(zoning, directory)))
        for name, zoning in directory.zonings.items()
    }


def say_lost_zeros(codes: Sequence[str]) -> str:
    """Say that codes were taken for numbers, and how they were read."""
    if not codes:
        return ""
    first = f"«{_NBSP}{codes[0]}{_NBSP}» est lu «{_NBSP}0{codes[0]}{_NBSP}»"
    if len(codes) == 1:
        return f"1{_NBSP}code a perdu son zéro de tête{_NBSP}: {first}."
    return f"{_count(len(codes), 'code')} ont perdu leur zéro de tête{_NBSP}: {first}."


def say_repeated(lines: int) -> str:
    """Say that some lines were written more than once."""
    if not lines:
        return ""
    counted = "n’est comptée" if lines == 1 else "ne sont comptées"
    repeated = "répétée" if lines == 1 else "répétées"
    return f"{_count(lines, 'ligne')} {repeated} {counted} qu’une fois."


def _say_notes(zoning: Zoning, directory: Directory) -> tuple[str, ...]:
    level = zoning.member_level
    everyone = directory.of_level(level)
    uses = Counter(member for zone in zoning.zones for member in zone.members)
    shared = [directory.get(member).name for member in sorted(uses) if uses[member] > 1]
    crossing = [
        zone.name
        for zone in zoning.zones
        if len({directory.get(c).region_code for c in directory.children(zone.id, Level.COMMUNE)})
        > 1
    ]
    notes = (
        _say_outside(len(everyone) - len(uses), len(everyone), level),
        _say_shared(shared, level),
        _say_crossing(crossing),
    )
    return tuple(note for note in notes if note)


def _say_outside(outside: int, total: int, level: Level) -> str:
    if not outside:
        return ""
    verb = "n’est" if outside == 1 else "ne sont"
    return f"{_count(outside, _MEMBERS[level])} sur {_number(total)} {verb} dans aucune zone."


def _say_shared(names: Sequence[str], level: Level) -> str:
    if not names:
        return ""
    verbs = ("est", "comptée") if len(names) == 1 else ("sont", "comptées")
    return (
        f"{_count(len(names), _MEMBERS[level])} {verbs[0]} dans plusieurs zones, et {verbs[1]} "
        f"dans chacune{_NBSP}: {_quote(names)}. La somme des zones compte plusieurs fois ce "
        "qu’elles partagent."
    )


def _say_crossing(names: Sequence[str]) -> str:
    if not names:
        return ""
    verb = "est" if len(names) == 1 else "sont"
    return (
        f"{_count(len(names), 'zone')} {verb} à cheval sur plusieurs régions{_NBSP}: "
        f"{_quote(names)}."
    )


def _quote(names: Sequence[str]) -> str:
    others = len(names) - _QUOTED
    listed = ", ".join(names[:_QUOTED])
    if others <= 0:
        return listed
    return f"{listed} et {_number(others)}{_NBSP}{'autres' if others > 1 else 'autre'}"


def _count(number: int, noun: str | tuple[str, str]) -> str:
    singular, plural = (noun, f"{noun}s") if isinstance(noun, str) else noun
    return f"{_number(number)}{_NBSP}{singular if number == 1 else plural}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", _GROUP)
