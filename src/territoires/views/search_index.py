"""Names as people type them, and all territories in the order they are proposed.

``static/ui/search_rules.js`` follows the same rules in the browser; tests/e2e/test_search.py holds
both to the same answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from territoires.domain.territories import Level, TerritoryId
from territoires.tables.search_index import Alias, AliasKind, Place, SearchTable

_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_ACCENT = re.compile("[\u0300-\u036f]")
_NOT_TYPED = re.compile("[^a-z0-9]+")
_ORDINAL = re.compile(r"([0-9]+)(?:er|ere|e|eme|nd|nde)")
_ARTICLE = re.compile(r"(?:les|le|la|l) (?=.)")
#: Words an EPCI's name begins with and nobody types.
_EPCI_KIND = re.compile(
    r"(?:communaute de communes|communaute d agglomeration|communaute urbaine"
    r"|cc|ca|cu|eurometropole|metropole) (?:(?:des|de|du|d) )?(?=.)"
)
#: Among equal populations (Paris, La Réunion) people mean the first.
_LEVEL_ORDER = (Level.REGION, Level.COMMUNE, Level.DEPARTEMENT, Level.EPCI, Level.ZONE)
#: An EPCI is ten times as big as the town it is named after, which people mean more often.
_EPCI_SHARE = 10


@dataclass(frozen=True, slots=True)
class Zone:
    """A territory that is in no official directory: its name, what it is, and its population."""

    id: TerritoryId
    name: str
    detail: str
    population: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A name of a territory: its own, or another one (``alias``); both as people type them.

    ``full`` is the whole name, ``short`` the same without its article or the kind of EPCI; both
    are empty for a former code that brings no other name. ``code`` is empty where none is typed.
    """

    place: Place
    name: str
    full: str
    short: str
    code: str
    alias: AliasKind | None = None
    detail: str = ""

    @property
    def id(self) -> TerritoryId:
        """Identify the territory that the name leads to."""
        return self.place.id


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Every name, most wanted first: present names, then others, each by population."""

    rows: tuple[Row, ...]
    departements: dict[str, Place]
    regions: tuple[Place, ...]


def normalize(text: str) -> str:
    """Reduce a name to what counts when people type it: no accent, case, hyphen or « St »."""
    lower = unicodedata.normalize("NFKD", text).lower()
    plain = _ACCENT.sub("", lower).translate(_LIGATURES)
    words = _NOT_TYPED.sub(" ", plain).split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def to_key(text: str) -> str:
    """Reduce a name as ``normalize``, « 14e » being « 14 »."""
    words = normalize(text).split(" ")
    return " ".join(m[1] if (m := _ORDINAL.fullmatch(word)) else word for word in words)


def without_article(key: str) -> str:
    """Leave out the article a reduced name begins with: « le mans » gives « mans »."""
    return _ARTICLE.sub("", key, count=1) if _ARTICLE.match(key) else key


def build_search_index(table: SearchTable, zones: Sequence[Zone] = ()) -> SearchIndex:
    """Prepare every name for searching; ``zones`` are those of a zoning of one's own."""
    places = {place.id: place for place in table.places}
    rows = [
        *(_row(place) for place in table.places),
        *(_alias_row(alias, places[alias.target]) for alias in table.aliases),
        *_zone_rows(zones),
    ]
    rows.sort(key=_rank)
    return SearchIndex(
        rows=tuple(rows),
        departements={p.id.code: p for p in table.places if p.id.level is Level.DEPARTEMENT},
        regions=tuple(p for p in table.places if p.id.level is Level.REGION),
    )


def _row(place: Place) -> Row:
    full = to_key(place.name)
    return Row(place, place.name, full, _short(full, place.id.level), place.id.code)


def _alias_row(alias: Alias, place: Place) -> Row:
    if alias.kind is AliasKind.CODE:
        return Row(place, place.name, "", "", alias.code, alias.kind)
    full = to_key(alias.name)
    return Row(place, alias.name, full, without_article(full), alias.code, alias.kind)


def _zone_rows(zones: Sequence[Zone]) -> Iterator[Row]:
    for zone in zones:
        full = to_key(zone.name)
        place = Place(zone.id, zone.name, zone.population)
        yield Row(place, zone.name, full, without_article(full), "", detail=zone.detail)


def _short(full: str, level: Level) -> str:
    if level is Level.EPCI and (kind := _EPCI_KIND.match(full)):
        full = full[kind.end() :]
    return without_article(full)


def _rank(row: Row) -> tuple[bool, int, int, str, str]:
    place = row.place
    weight = -1 if place.population is None else place.population
    if place.id.level is Level.EPCI:
        weight //= _EPCI_SHARE
    code = row.code or place.id.code
    return row.alias is not None, -weight, _LEVEL_ORDER.index(place.id.level), code, row.name
