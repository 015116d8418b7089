"""A code and a name on one row: together they settle, or contradict each other."""

from __future__ import annotations

from territoires.domain.directory import Directory
from territoires.domain.territories import TerritoryId
from territoires.domain.updates import Grade
from territoires.tables.matching.former_regions import FormerRegion
from territoires.tables.matching.guesses import (
    Guess,
    ambiguous,
    close,
    exact,
    say,
    say_all,
    unknown,
)
from territoires.tables.matching.keys import to_epci_key, to_key
from territoires.tables.matching.nearest import likeness

#: Likeness out of 100 from which a name beside a code is a spelling of its territory's.
_SPELLING = 80.0
_SURE = (Grade.EXACT, Grade.AMBIGUOUS)


def is_name_of(name: str, territory: TerritoryId, directory: Directory) -> bool:
    """Tell whether a name is the official one of a territory."""
    official = directory.get(territory).name
    if name == official or to_key(name) == to_key(official):
        return True
    return to_epci_key(name) == to_epci_key(official)


def is_spelling_of(name: str, territory: TerritoryId, directory: Directory) -> bool:
    """Tell whether a name that nobody bears is much like the official one of a territory."""
    return likeness(name, directory.get(territory).name) >= _SPELLING


def join_guesses(
    coded: Guess, named: Guess, name: str, former: FormerRegion | None, directory: Directory
) -> Guess:
    """Decide from a code and a name; ``former`` is the région of the past of that code.

    What they agree on is sure, even where each alone is not. Where they do not, both are shown.
    """
    if coded.territory and coded.territory == named.territory:
        return exact(coded.territory, coded.note or named.note)
    if coded.grade is Grade.UNKNOWN:
        return _by_name(coded, named, former, directory)
    shared = _shared(coded, named, former)
    if len(shared) == 1:
        return exact(shared[0], coded.note if coded.territory else "")
    if coded.territory is None:
        if named.grade is Grade.CLOSE and named.territory in coded.candidates:
            return close(named.territory, named.note, coded.candidates)
        return ambiguous((*coded.ids, *named.ids), coded.note)
    return _set_against(coded.territory, named, name, directory)


def _set_against(territory: TerritoryId, named: Guess, name: str, directory: Directory) -> Guess:
    """Show a code and a name that disagree; a name of nothing is only to be confirmed."""
    by_code = f"le code dit {say(territory, directory)}"
    if named.territory:
        note = f"{by_code}, le nom dit {say(named.territory, directory)}"
        return ambiguous((territory, named.territory), note)
    if named.grade is Grade.AMBIGUOUS or named.is_told:
        note = f"{by_code}, mais le nom\u00a0: {named.note}"
        return ambiguous((territory, *named.candidates), note)
    others = tuple(one for one in named.candidates if one != territory)
    return close(territory, f"{by_code}, dont «\u00a0{name[:60]}\u00a0» n’est pas le nom", others)


def _shared(coded: Guess, named: Guess, former: FormerRegion | None) -> tuple[TerritoryId, ...]:
    """List what both the code and the name may be; never by way of a région of the past."""
    if named.grade not in _SURE:
        return ()
    ids = [one for one in coded.ids if former is None or one != former.region]
    return tuple(one for one in ids if one in named.ids)


def _by_name(
    coded: Guess, named: Guess, former: FormerRegion | None, directory: Directory
) -> Guess:
    """Decide by the name, the code being of no territory of this level."""
    if named.grade is Grade.UNKNOWN:
        told = coded.note if former or not named.is_told else named.note
        return unknown(told, (*coded.candidates, *named.candidates))
    told = f"le nom dit {say_all(named.ids, directory)}, mais le code\u00a0: {coded.note}"
    if former or named.territory is None or coded.candidates:
        return ambiguous((*named.ids, *coded.candidates), told)
    return close(named.territory, f"trouvé par le nom\u00a0; {coded.note}", named.candidates)
