"""Find a territory from what a person types: a name, a postcode, an Insee or SIREN code.

``static/ui/search_rules.js`` follows the same rules in the browser, in the same order;
tests/e2e/test_search.py holds both to the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from territoires.domain.territories import Level, TerritoryId
from territoires.tables.search_index import AliasKind, Place
from territoires.views.search_details import say_place
from territoires.views.search_index import (
    Row,
    SearchIndex,
    build_search_index,
    normalize,
    to_key,
    without_article,
)

__all__ = ["Found", "Match", "SearchIndex", "build_search_index", "find", "normalize", "search"]

#: Longer queries are cut: no name of a commune comes near this length.
MAX_QUERY_LENGTH = 80
#: Shorter texts are one mistake away from everything.
_SHORTEST_MISSPELT = 4
#: A word inside a name counts as much as its beginning from three letters on.
_SHORTEST_WORD = 3
#: A place narrows a name from three letters on, and a SIREN is begun from six digits on.
_SHORTEST_PLACE, _SHORTEST_SIREN = 3, 6
_LONGEST_PLACE = 6  # words: « provence alpes cote d azur »
_CODE = re.compile(r"[0-9][0-9ab]?[0-9]*")
_NUMBER = re.compile(r"[0-9]{1,5}|2[ab][0-9]{0,3}")
_KINDS = {
    Level.EPCI: "communaute de communes|communaute d agglomeration|communaute urbaine|cc|ca|cu"
    "|metropole|agglomeration|agglo",
    Level.DEPARTEMENT: "departement",
    Level.REGION: "region",
    Level.COMMUNE: "commune",
}
_KIND = {
    level: re.compile(rf"(?:{words}) (?:(?:des|de|du|d) )?(.+)") for level, words in _KINDS.items()
}
#: The same two digits name a département more often than a région.
_CODE_ORDER = (Level.DEPARTEMENT, Level.REGION, Level.EPCI, Level.COMMUNE)
Accept = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Match:
    """A territory proposed for what was typed."""

    id: TerritoryId
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Found:
    """What answers: the closest first; whether the first two answer equally; whether more do."""

    matches: tuple[Match, ...]
    ambiguous: bool
    more: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    row: Row
    reason: str = ""


def search(index: SearchIndex, query: str, *, limit: int = 8) -> list[Match]:
    """Give the territories closest to what was typed, best first (see ``find``)."""
    return list(find(index, query, limit=limit).matches)


def find(index: SearchIndex, query: str, *, limit: int = 8) -> Found:
    """Find the territories closest to what was typed, best first.

    Digits are read as a postcode or an official code, complete or begun; anything else as a name:
    exact, exact but for the article, whole words, beginning, beginning of a word, then one typing
    mistake away. A kind before the name (« métropole de ») or a place after it (« 93 »,
    « Réunion ») narrows it when nothing bears the whole as its name.
    """
    text = to_key(query[:MAX_QUERY_LENGTH])
    digits = text.replace(" ", "")
    if _CODE.fullmatch(digits):
        exact, others = _by_code(index, digits.upper())
        hits, ambiguous = _once([*exact, *others]), len(_once(exact)) > 1
    else:
        hits = _once(_Hit(row) for row in _by_words(index, text, limit)) if text else []
        ambiguous = any(_alike(hits[0].row, hit.row) for hit in hits[1:limit])
    matches = tuple(_to_match(index, hit) for hit in hits[:limit])
    return Found(matches, ambiguous, len(hits) > limit)


def _to_match(index: SearchIndex, hit: _Hit) -> Match:
    home = index.departements.get(hit.row.place.departement_code)
    return Match(hit.row.id, hit.row.name, say_place(hit.row, home, hit.reason))


def _alike(row: Row, other: Row) -> bool:
    """Tell whether two answers bear the same name, both today or both in the past.

    One place with two levels, which has one population (Paris, La Réunion), is not two.
    """
    one, two = row.place, other.place
    is_one_place = one.id.level is not two.id.level and one.population == two.population
    same_time = (row.alias is None) == (other.alias is None)
    return row.full == other.full and same_time and not is_one_place


def _once(hits: Iterable[_Hit]) -> list[_Hit]:
    """Keep the first answer for each territory."""
    first: dict[TerritoryId, _Hit] = {}
    for hit in hits:
        first.setdefault(hit.row.id, hit)
    return list(first.values())


def _by_words(index: SearchIndex, text: str, limit: int) -> list[Row]:
    exact, found = _named(index, text)
    if not found:
        found = _of_kind(index, text) or _narrowed(index, text) or _numbered(index, text)
    if not exact and len(found) < limit:
        found = [*found, *_misspelt(index, text)]
    return found


def _named(index: SearchIndex, text: str, accept: Accept | None = None) -> tuple[bool, list[Row]]:
    """Give the names that hold the text, closest first, and whether one is the text itself."""
    short = without_article(text)
    tiers: list[list[Row]] = [[] for _ in range(6)]
    for row in index.rows:
        if short not in row.full or (accept and not accept(row)):
            continue
        tier = _closeness(row, text, short)
        if tier is not None:
            tiers[tier].append(row)
    return bool(tiers[0] or tiers[1]), [row for tier in tiers for row in tier]


def _closeness(row: Row, text: str, short: str) -> int | None:
    if row.full == text:
        return 0
    if row.short == short:
        return 1
    if len(text) >= _SHORTEST_WORD and f" {text} " in f" {row.full} ":
        return 2
    if row.full.startswith(text) or row.short.startswith(text):
        return 3
    if f" {text}" in row.full:
        return 4
    # An article too many: « la bretagn ».
    return 5 if short != text and row.short.startswith(short) else None


def _of_kind(index: SearchIndex, text: str) -> list[Row]:
    """Read a kind before the name: « communauté d’agglomération Pau », « département de l’Ain »."""
    for level, form in _KIND.items():
        if kind := form.fullmatch(text):
            return _named(index, kind[1], lambda row, level=level: row.id.level is level)[1]  # type: ignore[misc]
    return []


def _narrowed(index: SearchIndex, text: str) -> list[Row]:
    """Read a place after the name: « rennes 35 », « saint-denis (Réunion) »."""
    words = text.split(" ")
    for size in range(1, min(len(words) - 1, _LONGEST_PLACE) + 1):
        accept = _inside(index, " ".join(words[-size:]))
        if accept is None:
            continue
        name = " ".join(words[:-size])
        found = _named(index, name, accept)[1] or _misspelt(index, name, accept)
        if found:
            return found
    return []


def _numbered(index: SearchIndex, text: str) -> list[Row]:
    """Leave out a number that says nothing: « lyon 12 »."""
    name, _, last = text.rpartition(" ")
    return _named(index, name)[1] if name and _NUMBER.fullmatch(last) else []


def _inside(index: SearchIndex, place: str) -> Accept | None:
    """Give the test of what lies in a place: a département or région, a code, complete or begun."""
    if _NUMBER.fullmatch(place):
        code = place.upper()
        return lambda row: (
            row.place.departement_code.startswith(code)
            or (row.id.level is Level.COMMUNE and row.id.code.startswith(code))
            or any(postcode.startswith(code) for postcode in row.place.postcodes)
        )
    if len(place) < _SHORTEST_PLACE:
        return None
    regions = {p.id.code for p in index.regions if _begins(p, place)}
    codes = {
        code
        for code, p in index.departements.items()
        if p.region_code in regions or _begins(p, place)
    }
    return (lambda row: row.place.departement_code in codes) if codes else None


def _begins(place: Place, text: str) -> bool:
    key = to_key(place.name)
    return key.startswith(text) or without_article(key).startswith(text)


def _misspelt(index: SearchIndex, text: str, accept: Accept | None = None) -> list[Row]:
    """Give the names one typing mistake away, then those that begin so."""
    if len(text) < _SHORTEST_MISSPELT:
        return []
    short = without_article(text)
    is_long = len(short) >= _SHORTEST_MISSPELT
    # Quick look at two letters, which sets most names aside: one mistake leaves one of them.
    heads, short_heads = text[:2], short[:2]
    whole: list[Row] = []
    begun: list[Row] = []
    for row in index.rows:
        full, own = row.full, row.short
        if not full:
            continue
        far = _slip(text, full) if full[0] in heads or full[1:2] in heads else 0
        if (
            far != 1
            and is_long
            and (own != full or short != text)
            and (own[0] in short_heads or own[1:2] in short_heads)
        ):
            far = _slip(short, own) or far
        if far and (accept is None or accept(row)):
            (whole if far == 1 else begun).append(row)
    return [*whole, *begun]


def _slip(typed: str, key: str) -> int:
    """Tell whether one letter changed, added, left out or swapped gives a name (1) or its start (2).

    For a start, a letter typed after the mistake must agree: else any other name would do.
    """
    if len(key) < len(typed) - 1:
        return 0
    i = 0
    while i < len(typed) and i < len(key) and typed[i] == key[i]:
        i += 1
    typed, key = typed[i:], key[i:]
    if not typed or not key:
        return int(len(typed) + len(key) == 1)
    # What is left to agree, and at least how many letters of it.
    rests = [(typed[1:], key[1:], 1), (typed[1:], key, 1), (typed, key[1:], 1)]
    if len(typed) > 1 and typed[:2] == key[1::-1]:
        rests.append((typed[2:], key[2:], 0))
    far = 0
    for left, expected, least in rests:
        if expected.startswith(left):
            if len(left) == len(expected):
                return 1
            far = far or (2 if len(left) >= least else 0)
    return far


def _by_code(index: SearchIndex, code: str) -> tuple[list[_Hit], list[_Hit]]:
    """Give the territories of a code, then those that had it and those whose code begins so.

    A postcode comes first (people know it better than a code of the same digits), then official
    codes in the order of ``_CODE_ORDER``.
    """
    own, posted, former, begun = [], [], [], []
    is_begun = len(code) > 1
    for row in index.rows:
        place = row.place
        if row.alias is not None:
            if row.code == code:
                former.append(_Hit(row, _former_reason(row)))
        elif code == row.code or code == place.siren:  # noqa: PLR1714 - a tuple for each of 50,000 rows
            own.append(_Hit(row, _own_reason(row, code)))
        elif code in place.postcodes:
            posted.append(_Hit(row, f"code postal {code}"))
        elif is_begun and (reason := _begun_reason(row, code)) is not None:
            begun.append(_Hit(row, reason))
    own.sort(key=lambda hit: _CODE_ORDER.index(hit.row.id.level))
    return [*posted[:1], *own, *posted[1:]], [*former, *begun]


def _former_reason(row: Row) -> str:
    present = row.alias is AliasKind.ARRONDISSEMENT
    return f"{'code Insee' if present else 'ancien code'} {row.code}"


def _own_reason(row: Row, code: str) -> str:
    if row.id.level is Level.DEPARTEMENT:
        return ""
    if row.id.level is Level.REGION:
        return f"code {code}"
    return f"SIREN {code}" if code == row.place.siren else f"code Insee {code}"


def _begun_reason(row: Row, code: str) -> str | None:
    """Say which code of a territory begins so; None when none does."""
    place = row.place
    for postcode in place.postcodes:
        if postcode.startswith(code):
            return f"code postal {postcode}"
    if row.code.startswith(code):
        if place.id.level is Level.COMMUNE:
            return f"code Insee {row.code}"
        if place.id.level is Level.DEPARTEMENT:
            return ""
    if len(code) >= _SHORTEST_SIREN and place.siren.startswith(code):
        return f"SIREN {place.siren}"
    return None
