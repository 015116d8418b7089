"""Names of every territory, as keys, indexed level by level when first asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from territoires.domain.directory import Directory
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.matching.former_regions import FORMER_BY_KEY
from territoires.tables.matching.keys import (
    to_epci_key,
    to_key,
    without_article,
    without_epci_kind,
)
from territoires.tables.matching.usual_names import FORMER_NAMES
from territoires.tables.search_index import Alias, AliasKind, read_search_table

#: Levels whose territories are known by name; a zone is known by its code.
NAMED_LEVELS = (Level.PAYS, Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)
_WITH_ALIASES = frozenset({Level.EPCI, Level.COMMUNE})


@dataclass(frozen=True, slots=True)
class LevelNames:
    """Names of one level: keys → codes, written together with spaces.

    ``whole`` are whole names, ``short`` those without an article or the kind of EPCI; ``others``
    are names and codes of the past, and usual ones.
    """

    whole: Mapping[str, str]
    short: Mapping[str, str]
    others: Mapping[str, tuple[Alias, ...]] = field(default_factory=dict)
    former_codes: Mapping[str, Alias] = field(default_factory=dict)

    def find(self, key: str) -> tuple[str, ...]:
        """Give the codes of the territories of exactly this name, article apart."""
        short = without_article(key)
        found = self.whole.get(key) or self.short.get(short) or self.whole.get(short)
        return tuple(found.split(" ")) if found else ()


class PlaceNames:
    """Every name of a directory; what is asked once of a level is kept."""

    def __init__(self, directory: Directory, aliases: Iterable[Alias] | None = None) -> None:
        """Keep the directory; nothing is read before a level is asked."""
        self.directory = directory
        self._aliases = None if aliases is None else tuple(aliases)
        self._levels: dict[Level, LevelNames] = {}
        self._keys: dict[Level, tuple[str, ...]] = {}
        self._postcodes: Mapping[str, str] | None = None

    def of_level(self, level: Level) -> LevelNames:
        """Give the names of a level."""
        if level not in self._levels:
            self._levels[level] = self._index(level)
        return self._levels[level]

    def keys(self, level: Level) -> tuple[str, ...]:
        """List the names to which another may be close, those of the former régions included."""
        if level not in self._keys:
            names = self.of_level(level)
            keys = {*names.whole, *names.short}
            keys |= {key for of, key in FORMER_NAMES if of is level}
            if level is Level.REGION:
                keys |= FORMER_BY_KEY.keys()
            self._keys[level] = tuple(sorted(keys))
        return self._keys[level]

    def of_postcode(self, postcode: str) -> tuple[TerritoryId, ...]:
        """List the communes of a postcode."""
        if self._postcodes is None:
            self._postcodes = _index_postcodes(self.directory)
        return tuple(
            TerritoryId(Level.COMMUNE, code) for code in self._postcodes.get(postcode, "").split()
        )

    def _index(self, level: Level) -> LevelNames:
        if level is Level.PAYS:
            return LevelNames({"france": FRANCE.code}, {})
        frame = self.directory.frame
        rows = frame[frame["level"] == level]
        pairs = zip(rows["code"], rows["name"], strict=True)
        whole, short = (_index_epci if level is Level.EPCI else _index_names)(pairs)
        if level not in _WITH_ALIASES:
            return LevelNames(whole, short)
        if self._aliases is None:
            self._aliases = read_search_table().aliases
        aliases = [alias for alias in self._aliases if alias.target.level is level]
        return LevelNames(whole, short, _by_key(aliases), _by_code(aliases))


def build_place_names(directory: Directory, aliases: Iterable[Alias] | None = None) -> PlaceNames:
    """Prepare the names of a directory; ``aliases`` are those of the search index when not given.

    Raises
    ------
    DataFileError
        Later, when names of EPCI or communes are asked and the search index cannot be read.
    """
    return PlaceNames(directory, aliases)


def _add(index: dict[str, str], key: str, code: str) -> None:
    held = index.get(key)
    if held is None:
        index[key] = code
    elif code not in held.split(" "):
        index[key] = f"{held} {code}"


def _index_names(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    whole: dict[str, str] = {}
    short: dict[str, str] = {}
    for code, name in pairs:
        key = to_key(name)
        _add(whole, key, code)
        if (bare := without_article(key)) != key:
            _add(short, bare, code)
    return whole, short


def _index_epci(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """Index names with their kind (« CC … »), and without it nor an acronym in brackets."""
    whole: dict[str, str] = {}
    short: dict[str, str] = {}
    for code, name in pairs:
        key = to_epci_key(name)
        _add(whole, key, code)
        plain = to_epci_key(name.partition(" (")[0])
        if plain != key:
            _add(whole, plain, code)
        if (bare := without_epci_kind(plain)) != plain:
            _add(short, bare, code)
    return whole, short


def _by_key(aliases: Sequence[Alias]) -> dict[str, tuple[Alias, ...]]:
    found: dict[str, list[Alias]] = {}
    for alias in aliases:
        if alias.kind is not AliasKind.CODE:
            found.setdefault(to_key(alias.name), []).append(alias)
    return {key: tuple(same) for key, same in found.items()}


def _by_code(aliases: Sequence[Alias]) -> dict[str, Alias]:
    return {alias.code: alias for alias in aliases if alias.code}


def _index_postcodes(directory: Directory) -> dict[str, str]:
    frame = directory.frame
    rows = frame[frame["level"] == Level.COMMUNE]
    index: dict[str, str] = {}
    for code, postcodes in zip(rows["code"], rows["postcodes"].fillna(""), strict=True):
        for postcode in postcodes.split():
            _add(index, postcode, code)
    return index
