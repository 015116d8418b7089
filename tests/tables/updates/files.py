"""Files of analysts, written in a test, read and built as the application does."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from territoires.domain.directory import Directory
from territoires.domain.territories import TerritoryId
from territoires.domain.updates import Choices, FileKind, Grade, Problem, Row
from territoires.tables.matching import PlaceNames, match_columns, match_places
from territoires.tables.sheets import Sheet, read_sheet
from territoires.tables.updates.catalogue import build_catalogue
from territoires.tables.updates.catalysts import PLACE_FIELDS, build_catalysts, place_cells
from territoires.tables.updates.matched import Built, MatchedFile
from territoires.tables.updates.zonings import build_zonings
from tests.tables.updates.conftest import Rows

_BUILDERS = {
    FileKind.CATALYSTS: build_catalysts,
    FileKind.CATALOGUE: build_catalogue,
    FileKind.ZONING: build_zonings,
}


def to_csv(*rows: Sequence[str], separator: str = ";") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode()


def to_sheet(content: bytes, name: str = "fichier.csv") -> Sheet:
    sheet, problems = read_sheet(content, name)
    assert sheet is not None, problems
    return sheet


def build(
    content: bytes,
    choices: Choices,
    tables: Rows,
    directory: Directory,
    names: PlaceNames,
    *,
    name: str = "fichier.csv",
) -> Built:
    """Match what is sure, as the review does, and build the tables."""
    sheet = to_sheet(content, name)
    roles = [match.role for match in match_columns(sheet, choices.kind, {})]
    places: dict[str, TerritoryId | None] = {}
    if choices.kind is FileKind.CATALYSTS:
        for field, cells in place_cells(sheet, roles, tables, choices.excluded).items():
            for match in match_places(cells, PLACE_FIELDS[field], directory, names):
                if match.grade is Grade.EXACT:
                    places[f"{field}:{match.written}"] = match.territory
    return _BUILDERS[choices.kind](MatchedFile(sheet, choices, tables, directory, roles, places))


def told(problems: Sequence[Problem]) -> list[tuple[str, str, int, str]]:
    return [(p.severity.value, p.code, p.row, p.column) for p in problems]


def with_rows(tables: Rows, table: str, *rows: Row) -> Rows:
    return {**tables, table: (*tables[table], *rows)}


def changed(row: Row, **cells: str) -> Row:
    return {**row, **cells}


def as_kind(kind: FileKind, **choices: object) -> Choices:
    return replace(Choices(kind=kind), **choices)
