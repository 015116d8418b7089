"""A name → the territory that bears it, exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.domain.updates import Grade
from territoires.tables.matching.cells import read_level
from territoires.tables.matching.former_regions import FORMER_BY_KEY
from territoires.tables.matching.guesses import (
    Guess,
    ambiguous,
    close,
    exact,
    once,
    recognised,
    say,
)
from territoires.tables.matching.keys import (
    to_epci_key,
    to_key,
    to_words,
    without_epci_kind,
    without_kind,
)
from territoires.tables.matching.place_names import NAMED_LEVELS, PlaceNames
from territoires.tables.matching.usual_names import (
    DOUBTFUL_NAMES,
    FORMER_NAMES,
    USUAL_NAMES,
)
from territoires.tables.search_index import Alias, AliasKind

#: Longer texts are no name.
MAX_NAME = 120
#: « Saint-Denis (93) », « Saint-Denis, La Réunion », « Saint-Denis 974 ».
_PLACED = (
    re.compile(r"(.*\S)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]"),
    re.compile(r"(.*\S)\s*,\s*([^,]+)"),
    re.compile(r"(.*[^\W\d])[\s\-–]+([0-9]{2,3}|2[ABab])"),
)
#: « Île-de-France (hors Paris) ».
_LEFT_OUT = re.compile(r"(?:hors|sans|sauf|hormis|moins)\b")
_WIDE = (Level.REGION, Level.DEPARTEMENT)
_ONE_OF = {
    Level.PAYS: "un pays",
    Level.REGION: "une région",
    Level.DEPARTEMENT: "un département",
    Level.EPCI: "un EPCI",
    Level.COMMUNE: "une commune",
}
_ALSACE = ("alsace", "europeenne d alsace", "collectivite europeenne d alsace")


def guess_name(text: str, level: Level | None, names: PlaceNames) -> Guess | None:
    """Take a name for the territory of a level that bears it; None when none does.

    Nothing is close here: only accents, case, hyphens, articles and the kind may differ.
    """
    if not text or len(text) > MAX_NAME:
        return None
    if level is None:
        return _at_any_level(text, names)
    if level is Level.ZONE:
        return recognised("une zone se reconnaît à son code, « zonage.code »")
    return guess_named(text, level, names) or _of_today(list(_keys(text, level)), level, names)


def _keys(text: str, level: Level) -> Iterator[str]:
    """Give a name as keys: whole, then without « région », « département de », « commune de »."""
    key = to_epci_key(text) if level is Level.EPCI else to_key(text)
    yield key
    if len(key) > 1 and all(len(word) == 1 for word in key.split(" ")):
        # « P.A.C.A. »
        yield key.replace(" ", "")
    if level is not Level.EPCI and (bare := without_kind(key)) != key:
        yield bare


def _borne(keys: list[str], level: Level, names: PlaceNames) -> Guess | None:
    """Find the territories of exactly this name, then those usually called so."""
    if "france" in keys:
        return exact(FRANCE)
    for key in keys:
        if codes := names.of_level(level).find(key):
            return _one_or_all(tuple(TerritoryId(level, code) for code in codes), names)
    for key in keys:
        if (usual := _usual(key, level, names)) is not None:
            return usual
    return None


def _one_or_all(ids: tuple[TerritoryId, ...], names: PlaceNames) -> Guess:
    if len(ids) == 1:
        return exact(ids[0])
    people = {one: names.directory.get(one).population or 0 for one in ids}
    ordered = tuple(sorted(ids, key=lambda one: (-people[one], one.code)))
    return ambiguous(ordered, f"{len(ids)} territoires portent ce nom")


def _usual(key: str, level: Level, names: PlaceNames) -> Guess | None:
    """Find a région or a département by an abbreviation or a name of the past."""
    if level is Level.DEPARTEMENT and key in _ALSACE:
        rhin = (TerritoryId(level, "67"), TerritoryId(level, "68"))
        return recognised("la Collectivité européenne d’Alsace réunit deux départements", rhin)
    if level is Level.REGION and (former := FORMER_BY_KEY.get(key)):
        return recognised(former.note, (former.region,))
    for known, said in ((FORMER_NAMES, "ancien nom"), (USUAL_NAMES, "nom d’usage")):
        if found := known.get((level, key)):
            return exact(found, f"{said}, pour {say(found, names.directory)}")
    if found := DOUBTFUL_NAMES.get((level, key)):
        return close(found, f"{say(found, names.directory)}, ou autre chose")
    return None


def _at_any_level(text: str, names: PlaceNames) -> Guess | None:
    """Take a name for the only territory that bears it, whatever the level."""
    found = [guess for level in NAMED_LEVELS if (guess := guess_named(text, level, names))]
    surely = once(tuple(one for g in found if g.grade is not Grade.UNKNOWN for one in g.ids))
    former = next((guess for guess in found if guess.grade is Grade.UNKNOWN), None)
    if former is not None:
        # Never settled by a code beside it: a figure of the past is not one of today.
        return recognised(former.note, (*surely, *former.candidates))
    if len(surely) > 1:
        return ambiguous(surely, "le même nom à plusieurs niveaux ou pour plusieurs territoires")
    return next((guess for guess in found if guess.ids), None)


def guess_named(text: str, level: Level, names: PlaceNames) -> Guess | None:
    """Take a name, or a name and what tells it from others, for a territory of a level."""
    found = _borne(list(_keys(text, level)), level, names)
    if found is not None and found.grade is not Grade.AMBIGUOUS:
        return found
    return _placed(text, level, names) or found or _of_another_kind(text, level, names)


def _of_another_kind(text: str, level: Level, names: PlaceNames) -> Guess | None:
    """Find an EPCI of this name and of another kind, which may have other limits."""
    if level is not Level.EPCI:
        return None
    key = to_epci_key(text)
    bare = without_epci_kind(key)
    codes = names.of_level(level).find(bare) if bare != key else ()
    ids = tuple(TerritoryId(level, code) for code in codes)
    note = "même nom, autre type d’EPCI"
    if len(ids) > 1:
        return ambiguous(ids, note)
    return close(ids[0], f"{note}\u00a0: {say(ids[0], names.directory)}") if ids else None


def _placed(text: str, level: Level, names: PlaceNames) -> Guess | None:
    """Read a place after the name, which tells it from its homonyms or repeats what it is."""
    for form in _PLACED:
        if parts := form.fullmatch(text):
            base = _borne(list(_keys(parts[1], level)), level, names)
            found = base and _narrow(base, parts[2], level, names)
            if found is not None:
                return found
            if base and base.territory and form is _PLACED[0]:
                return close(base.territory, f"lu sans «\u00a0({parts[2][:40]})\u00a0»")
    return None


def _narrow(base: Guess, where: str, level: Level, names: PlaceNames) -> Guess | None:
    """Keep what lies in a place; None when what follows the name tells nothing."""
    if base.grade is Grade.UNKNOWN:
        return base
    inside = _inside(where, names)
    kept = tuple(one for one in base.ids if _lies_in(one, inside, names))
    if kept:
        return _one_or_all(kept, names)
    if _LEFT_OUT.match(to_words(where)):
        return recognised("une partie seulement du territoire", base.ids)
    if inside and level in (Level.EPCI, Level.COMMUNE):
        return ambiguous(base.ids, f"«\u00a0{where[:40]}\u00a0» est un autre lieu")
    return base if base.territory and _repeats(where, base.territory, names) else None


def _inside(text: str, names: PlaceNames) -> frozenset[TerritoryId]:
    """Give the départements and régions that a place names, by code or by name."""
    code = text.strip().upper()
    if code.isascii() and code.isalnum() and code[:1].isdigit():
        return frozenset((TerritoryId(Level.DEPARTEMENT, code.zfill(2)),))
    found = (_borne(list(_keys(text, level)), level, names) for level in _WIDE)
    return frozenset(one for guess in found if guess for one in guess.ids)


def _lies_in(one: TerritoryId, inside: frozenset[TerritoryId], names: PlaceNames) -> bool:
    if one.level not in (Level.EPCI, Level.COMMUNE):
        return False
    place = names.directory.get(one)
    homes = {TerritoryId(Level.DEPARTEMENT, code) for code in place.departement_codes}
    if place.departement_code:
        homes.add(TerritoryId(Level.DEPARTEMENT, place.departement_code))
    if place.region_code:
        homes.add(TerritoryId(Level.REGION, place.region_code))
    return not homes.isdisjoint(inside)


def _repeats(text: str, territory: TerritoryId, names: PlaceNames) -> bool:
    """Tell whether what follows a name is its level, its code or its abbreviation."""
    if read_level(text) is territory.level or text.strip().upper() == territory.code:
        return True
    guess = _borne(list(_keys(text, territory.level)), territory.level, names)
    return guess is not None and guess.territory == territory


def _of_today(keys: list[str], level: Level, names: PlaceNames) -> Guess | None:
    """Find a commune of the past, a former name or a usual one; else say which level bears it."""
    for key in keys:
        if aliases := names.of_level(level).others.get(key):
            return _renamed(aliases, names)
    for other in _WIDE:
        if other is not level:
            for key in keys:
                codes = names.of_level(other).find(key)
                if codes:
                    ids = tuple(TerritoryId(other, code) for code in codes)
                    note = f"c’est {say(ids[0], names.directory)}, non {_ONE_OF[level]}"
                    return recognised(note, ids)
    return None


def _renamed(aliases: tuple[Alias, ...], names: PlaceNames) -> Guess:
    targets = once(tuple(alias.target for alias in aliases))
    gone = [a for a in aliases if a.kind in (AliasKind.COMMUNE, AliasKind.ARRONDISSEMENT)]
    if len(targets) > 1:
        told = "nom du passé de plusieurs territoires"
        return recognised(told, targets) if gone else ambiguous(targets, told)
    today = say(targets[0], names.directory)
    if not gone:
        usual = aliases[0].kind is AliasKind.USAGE
        return close(targets[0], f"{'nom d’usage' if usual else 'ancien nom'}, pour {today}")
    return recognised(say_gone(gone[0], today), targets)


def say_gone(alias: Alias, today: str) -> str:
    """Say that a name or a code is that of a part of a commune of today."""
    if alias.kind is AliasKind.ARRONDISSEMENT:
        return f"{alias.name}, partie de {today}"
    return (
        f"{alias.name}, ancienne commune, aujourd’hui dans {today}\u00a0: un chiffre de l’une ne "
        "vaut pas pour l’autre"
    )
