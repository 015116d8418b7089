"""A table that leaves the screen: its columns explained, its rows, what must be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from territoires.domain.indicators import Indicator
from territoires.domain.selection import Dataset
from territoires.views.citation import Citation, say_method
from territoires.views.datasets import EDITIONS
from territoires.views.french import format_value

Cell = str | int | float | None

_THOUSAND = 1_000


class ColumnKind(StrEnum):
    """What the cells of a column are."""

    TEXT = "texte"
    NUMBER = "nombre"
    INTEGER = "nombre entier"


class Told(StrEnum):
    """How often what a column holds must be told."""

    #: In every row, in every format.
    ROW = "ligne"
    #: In every row of a CSV; elsewhere apart, where all rows hold the same.
    CONTEXT = "contexte"
    #: As a context, but so long that a CSV of thousands of rows tells it in its first row alone.
    STORY = "recit"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in CSV and in maps, its heading in a workbook, what it holds (French).

    ``width`` is that of a spreadsheet, in characters. A column that ``is_code`` is read by other
    software.
    """

    name: str
    heading: str
    description: str
    kind: ColumnKind = ColumnKind.TEXT
    told: Told = Told.ROW
    decimals: int = 0
    width: int = 16
    is_optional: bool = True
    is_code: bool = False

    @property
    def is_printed(self) -> bool:
        """Tell whether a page of paper shows it; long texts and codes are read on a screen."""
        return self.told is not Told.STORY and not self.is_code

    @property
    def is_number(self) -> bool:
        """Tell whether its cells are numbers."""
        return self.kind is not ColumnKind.TEXT


def number_column(name: str, heading: str, description: str, decimals: int) -> Column:
    """Give a column of numbers."""
    return Column(name, heading, description, ColumnKind.NUMBER, decimals=decimals, width=14)


def context_column(name: str, heading: str, description: str, width: int = 18) -> Column:
    """Give a column told once, where all its cells are the same."""
    return Column(name, heading, description, told=Told.CONTEXT, width=width)


def story_column(name: str, heading: str, description: str, width: int = 40) -> Column:
    """Give a column of long texts, told once where they are the same."""
    return Column(name, heading, description, told=Told.STORY, width=width)


@dataclass(frozen=True, slots=True)
class DataTable:
    """What every format of a data file is written from.

    ``rows`` have one cell per column, None where there is nothing; ``keys`` are the typed
    identifiers of the territories of the rows. ``notes`` are pairs of a subject and a text, besides
    the citation and the licence, which every format adds.
    ``comparable`` names, by indicator, those it may be compared with.
    """

    citation: Citation
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    comparable: Mapping[str, str]
    notes: tuple[tuple[str, str], ...]
    #: Names the layer of a map file: « regions ».
    layer: str = ""
    #: Whether its rows are points, and not territories with their outlines.
    has_points: bool = False
    #: Tables of something else, each on a sheet of its own in a workbook, by its name.
    beside: tuple[tuple[str, DataTable], ...] = ()

    def position(self, name: str) -> int:
        """Give the place of a column."""
        return next(i for i, column in enumerate(self.columns) if column.name == name)

    def constants(self) -> dict[str, Cell]:
        """Give what may be told once: contexts that are the same in all rows."""
        if not self.rows:
            return {}
        first = self.rows[0]
        return {
            column.name: first[i]
            for i, column in enumerate(self.columns)
            if column.told is not Told.ROW and all(row[i] == first[i] for row in self.rows)
        }

    def without(self, names: Iterable[str]) -> DataTable:
        """Leave columns out: what they hold is told elsewhere."""
        gone = set(names)
        kept = [i for i, column in enumerate(self.columns) if column.name not in gone]
        return replace(
            self,
            columns=tuple(self.columns[i] for i in kept),
            rows=tuple(tuple(row[i] for i in kept) for row in self.rows),
        )


def without_empty(
    columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]
) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """Leave out the optional columns that hold nothing at all: no sample, no interval."""
    kept = [
        i
        for i, column in enumerate(columns)
        if not column.is_optional or any(row[i] is not None and row[i] != "" for row in rows)
    ]
    return tuple(columns[i] for i in kept), tuple(tuple(row[i] for i in kept) for row in rows)


def name_comparable(
    indicators: Iterable[Indicator], catalogue: Mapping[str, Indicator]
) -> dict[str, str]:
    """Name what each indicator may be compared with, as the catalogue says; itself left out."""
    return {
        indicator.indicator_id: " ; ".join(
            f"{catalogue[name].label} ({name})" if name in catalogue else name
            for name in indicator.comparable_with
            if name != indicator.indicator_id
        )
        for indicator in indicators
    }


def head_notes(dataset: Dataset) -> list[tuple[str, str]]:
    """Say which set of data it is, before all else."""
    return [("Jeu de données", EDITIONS[dataset].banner)]


def tail_notes(citation: Citation, indicators: Iterable[Indicator]) -> list[tuple[str, str]]:
    """Say what must be known, and how figures were counted."""
    return [
        *(("À savoir", caveat) for caveat in citation.caveats),
        *(("Méthode", text) for text in say_method(indicators)),
    ]


def say_size(content: bytes) -> str:
    """Write the size of a file as it is told beside its button: « 12,4 Mo », « 38 Ko »."""
    kilobytes = len(content) / _THOUSAND
    if kilobytes < _THOUSAND:
        return format_value(max(1, round(kilobytes)), 0, "Ko")
    return format_value(kilobytes / _THOUSAND, 1, "Mo")
