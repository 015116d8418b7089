"""The search index, one JSON file that the browser reads too (static/ui/search_rules.js).

Columns, to be light: ``communes.codes`` gives, by two first characters, the distance of each code
to the one before; ``names`` are separated by line feeds, the postcodes of communes by « | »;
a SIREN is without its control digit and, where it begins as that of most communes, without « 21 »
and the département. ``aliases`` are former names and codes: ``targets`` are distances in the list
of communes, ``kinds`` one letter each (``AliasKind``). ``usual`` names what is not a commune.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from territoires import settings
from territoires.domain.territories import Level, TerritoryId
from territoires.errors import DataFileError
from territoires.tables.boundaries import read_checked, read_manifest

if TYPE_CHECKING:
    from pathlib import Path

_FORMAT = 1
#: Length of a SIREN without its control digit.
_SIREN_BODY = 8
#: First characters of the codes of the overseas départements and collectivities.
_OVERSEAS = ("97", "98")


class AliasKind(StrEnum):
    """What another name is: a commune or a région of the past, a former name, a former code…"""

    COMMUNE = "c"
    NAME = "n"
    CODE = "k"
    ARRONDISSEMENT = "a"
    REGION = "r"
    USAGE = "u"


@dataclass(frozen=True, slots=True)
class Place:
    """A territory of today as the search knows it; what does not apply to it is empty or None.

    An overseas collectivity is a département without région.
    """

    id: TerritoryId
    name: str
    population: int | None
    departement_code: str = ""
    region_code: str = ""
    postcodes: tuple[str, ...] = ()
    siren: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a territory; ``code`` is its former code, empty when it had none."""

    target: TerritoryId
    name: str
    code: str
    kind: AliasKind


@dataclass(frozen=True, slots=True)
class SearchTable:
    """Every territory and every other name, in the order of the file."""

    places: tuple[Place, ...]
    aliases: tuple[Alias, ...]


def search_index_path() -> Path:
    """Give the path of the index, once sure that it is there and intact.

    Raises
    ------
    DataFileError
        When the manifest does not name it, or when it is missing, truncated or altered.
    """
    name = read_manifest().get("search")
    if not isinstance(name, str):
        raise DataFileError(
            "data/geo/manifest.json ne donne pas d’index de recherche.",
            remedy="Lancez `make data`.",
        )
    path = settings.STATIC / "search" / name
    read_checked(path)
    return path


def read_search_table() -> SearchTable:
    """Read the index.

    Raises
    ------
    DataFileError
        When the file is missing, altered, or not of the format expected.
    """
    path = search_index_path()
    try:
        document = json.loads(path.read_bytes())
        if document["format"] != _FORMAT:
            raise ValueError(f"format {document['format']}, {_FORMAT} attendu")
        places = tuple(_places(document))
        return SearchTable(places, tuple(_aliases(document, places)))
    except (ValueError, LookupError, TypeError) as error:
        raise DataFileError(
            f"static/search/{path.name} n’est pas l’index de recherche attendu.",
            remedy="Lancez `python -m tools.build_search` pour le reconstruire.",
            details=(str(error)[:200],),
        ) from error


def departement_of(code: str) -> str:
    """Give the département (or overseas collectivity) that the code of a commune begins with."""
    return code[:3] if code.startswith(_OVERSEAS) else code[:2]


def _places(document: dict[str, Any]) -> Iterator[Place]:
    for code, name, population in _rows(document["regions"]):
        yield Place(TerritoryId(Level.REGION, code), name, population, region_code=code)
    departements = document["departements"]
    for (code, name, population), region in zip(
        _rows(departements), departements["regions"], strict=True
    ):
        yield Place(TerritoryId(Level.DEPARTEMENT, code), name, population, code, region)
    for (code, name, population), home in zip(
        _rows(document["epci"]), document["epci"]["departements"], strict=True
    ):
        yield Place(TerritoryId(Level.EPCI, code), name, population, home, siren=code)
    yield from _communes(document["communes"])


def _rows(columns: dict[str, Any]) -> Iterable[tuple[str, str, int | None]]:
    return zip(columns["codes"], columns["names"], columns["populations"], strict=True)


def _communes(columns: dict[str, Any]) -> Iterator[Place]:
    codes = [
        f"{prefix}{number:03}" for prefix, gaps in columns["codes"] for number in accumulate(gaps)
    ]
    for code, name, population, postcodes, siren in zip(
        codes,
        columns["names"].split("\n"),
        columns["populations"],
        columns["postcodes"].split("|"),
        columns["sirens"].split(" "),
        strict=True,
    ):
        yield Place(
            TerritoryId(Level.COMMUNE, code),
            name,
            population,
            departement_of(code),
            postcodes=tuple(postcodes.split()),
            siren=_whole_siren(code, siren),
        )


def _aliases(document: dict[str, Any], places: tuple[Place, ...]) -> Iterator[Alias]:
    communes = [place.id for place in places if place.id.level is Level.COMMUNE]
    columns = document["aliases"]
    for name, code, target, kind in zip(
        columns["names"].split("\n"),
        columns["codes"].split("|"),
        accumulate(columns["targets"]),
        columns["kinds"],
        strict=True,
    ):
        yield Alias(communes[target], name, code, AliasKind(kind))
    for name, territory, kind in document["usual"]:
        yield Alias(TerritoryId.parse(territory), name, "", AliasKind(kind))


def _whole_siren(code: str, text: str) -> str:
    """Give back to a SIREN its beginning and its control digit (Luhn)."""
    if not text:
        return ""
    digits = text if len(text) == _SIREN_BODY else f"21{code[:2]}{text}"
    doubled = [int(digit) * 2 if i % 2 else int(digit) for i, digit in enumerate(digits)]
    return digits + str(-sum(n - 9 if n > 9 else n for n in doubled) % 10)  # noqa: PLR2004 - Luhn
