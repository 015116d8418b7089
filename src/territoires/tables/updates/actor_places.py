"""Where an actor is: what a row writes of it, completed upwards from the finest territory."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from territoires.domain.directory import Directory
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import ColumnRole, Row
from territoires.tables.updates.compare import Tables
from territoires.tables.updates.file_rows import FileRow, read_rows
from territoires.tables.zoning_columns import plain

if TYPE_CHECKING:
    from territoires.tables.matching.places import PlaceCell
    from territoires.tables.sheets import Sheet

#: Fields that hold a place, the finest first, and the level each is matched at.
PLACE_FIELDS: Mapping[str, Level] = {
    "commune": Level.COMMUNE,
    "epci": Level.EPCI,
    "departement": Level.DEPARTEMENT,
    "region": Level.REGION,
}
#: Column of catalysts.csv of each.
PLACE_COLUMNS: Mapping[str, str] = {
    "commune": "insee_commune",
    "epci": "epci_code",
    "departement": "departement_code",
    "region": "region_code",
}
#: A code is figures, the letters of Corse and a short mark: « 29019 », « 2a004 », « FR-BRE ».
_CODE = re.compile(r"'?(?:[A-Za-z]{1,3}[- ]?)?[0-9][0-9ABab .\u00a0\u202f]*|FR-[A-Z0-9]{1,3}")
#: A département by its number or its name, and nothing else.
_DEPARTEMENT = re.compile(r"[0-9]{1,3}|2[ABab]|[^0-9()]{3,40}")
_WORDS = re.compile(r"[a-z0-9]+")


def place_cells(
    sheet: Sheet,
    columns: Sequence[ColumnRole],
    tables: Tables,
    excluded: Collection[int] = (),
) -> dict[str, tuple[PlaceCell, ...]]:
    """Give the cells that name a place, by field: each is matched at its own level.

    A code that is exactly what is published for the actor of the row needs no match, and is left
    out.
    """
    rows, _ = read_rows(sheet, columns, excluded)
    actors = Actors(tables)
    found: dict[str, list[PlaceCell]] = {}
    for row in rows.rows:
        known = actors.find(row)
        for field in PLACE_FIELDS:
            text = row.get(field)
            if text and not is_published(field, text, known):
                found.setdefault(field, []).append(to_cell(row, field))
    return {field: tuple(cells) for field, cells in found.items()}


class Actors:
    """The published actors, by identifier and by name."""

    def __init__(self, tables: Tables) -> None:
        self.by_id = {row["actor_id"]: row for row in tables.get("catalysts", ())}
        self.by_name: dict[str, list[Row]] = {}
        for row in self.by_id.values():
            self.by_name.setdefault(to_words(row["name"]), []).append(row)

    def named(self, name: str) -> Sequence[Row]:
        """Give the actors of a name, accents and capitals aside."""
        return self.by_name.get(to_words(name), ())

    def find(self, row: FileRow) -> Row | None:
        """Give the actor a row is about: that of its identifier, or the only one of its name."""
        if row.get("actor_id"):
            return self.by_id.get(row.get("actor_id"))
        same = self.named(row.get("name"))
        return same[0] if len(same) == 1 else None


@lru_cache(maxsize=65_536)
def to_words(text: str) -> str:
    """Give a name by its plain words alone, to be compared with another."""
    return " ".join(_WORDS.findall(plain(text)))


def place_of(codes: Mapping[str, str]) -> tuple[str, str]:
    """Give the finest territory of codes by field: its field and its code."""
    return next(((field, codes[field]) for field in PLACE_FIELDS if codes[field]), ("", ""))


def published_codes(actor: Row) -> dict[str, str]:
    """Give the codes of a published actor, by field."""
    return {field: actor[column] for field, column in PLACE_COLUMNS.items()}


def is_published(field: str, text: str, known: Row | None) -> bool:
    """Tell whether a cell is the code already published for an actor."""
    return known is not None and text == known[PLACE_COLUMNS[field]]


def bare_text(written: str) -> str:
    """Give a place as it is written in the file, without the field that keys it."""
    field, separator, text = written.partition(":")
    return text if separator and field in PLACE_FIELDS else written


def place_key(row: FileRow, field: str) -> str:
    """Give the key of a place in ``Choices.places``: « commune:Brest »."""
    return _to_key(field, row.get(field), row.get("departement"))


@lru_cache(maxsize=65_536)
def _to_key(field: str, text: str, departement: str) -> str:
    from territoires.tables.matching import written  # noqa: PLC0415 - needed by analysts alone

    return f"{field}:{written(_to_cell(0, field, text, departement))}"


def to_cell(row: FileRow, field: str) -> PlaceCell:
    """Give what a row says of a place, as a code or as a name.

    The département of the row tells communes of the same name apart.
    """
    return _to_cell(row.number, field, row.get(field), row.get("departement"))


def _to_cell(number: int, field: str, text: str, departement: str) -> PlaceCell:
    from territoires.tables.matching import PlaceCell  # noqa: PLC0415 - needed by analysts alone

    if _CODE.fullmatch(text):
        return PlaceCell(number, code=text)
    if field == "commune" and "(" not in text and _DEPARTEMENT.fullmatch(departement):
        text = f"{text} ({departement})"
    return PlaceCell(number, name=text)


def complete(
    codes: Mapping[str, str], directory: Directory
) -> tuple[dict[str, str], str, tuple[tuple[str, str], ...]]:
    """Complete the codes of a place upwards, from its finest one.

    Returns
    -------
    tuple
        The codes by field; the finest field; and, for each code that is not one of the wider
        territories of the finest, its field and the territory expected there (French).
    """
    finest = next(field for field in PLACE_FIELDS if codes.get(field))
    territory = directory.get(TerritoryId(PLACE_FIELDS[finest], codes[finest]))
    full, faults = dict.fromkeys(PLACE_FIELDS, "") | {finest: codes[finest]}, []
    for field, expected in _wider(finest, codes[finest], directory):
        own = codes.get(field, "")
        if own and own not in expected:
            names = " ou ".join(
                f"{code} ({directory.get(TerritoryId(PLACE_FIELDS[field], code)).name})"
                for code in expected
            )
            faults.append((field, f"{names or 'rien'}, puisque l’acteur est à {territory.name}"))
        full[field] = own if own in expected else next(iter(expected), "")
    return full, finest, tuple(faults)


def _wider(finest: str, code: str, directory: Directory) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the codes a place may have at each wider level, the likeliest first."""
    territory = directory.get(TerritoryId(PLACE_FIELDS[finest], code))
    fields = tuple(PLACE_FIELDS)
    for field in fields[fields.index(finest) + 1 :]:
        main = getattr(territory, f"{field}_code") or ""
        allowed = dict.fromkeys([main] if main else [])
        if finest == "epci":
            touched = territory.departement_codes
            if field == "departement":
                allowed |= dict.fromkeys(touched)
            else:
                regions = (
                    directory.get(TerritoryId(Level.DEPARTEMENT, each)).region_code or ""
                    for each in touched
                )
                allowed |= dict.fromkeys(region for region in regions if region)
        yield field, tuple(allowed)
