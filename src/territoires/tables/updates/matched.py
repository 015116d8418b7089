"""What every builder takes and gives: a file whose columns and territories are settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from territoires.domain.directory import Directory
from territoires.domain.territories import TerritoryId
from territoires.domain.updates import Choices, ColumnRole, Problem, Row
from territoires.tables.updates.compare import Tables

if TYPE_CHECKING:
    from territoires.tables.sheets import Sheet

#: The tables that change, whole, and every problem of the file.
Built = tuple[dict[str, tuple[Row, ...]], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class MatchedFile:
    """A file, what a person said of it, and what it is set against.

    ``tables`` are those published. ``places`` are the territories by the text they are written
    with, after « commune: » and the like where a file names them at several levels; None leaves
    the rows out, and what is not there waits for a person.
    """

    sheet: Sheet
    choices: Choices
    tables: Tables
    directory: Directory
    columns: Sequence[ColumnRole]
    places: Mapping[str, TerritoryId | None]
