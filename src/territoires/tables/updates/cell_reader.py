"""Cells of a file of figures, read one by one into what the contract wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from territoires.domain.updates import ColumnRole, Problem
from territoires.tables.plain_text import clean
from territoires.tables.updates import figure_words as words
from territoires.tables.updates import vocabulary
from territoires.tables.updates.figures import WRONG, Layout
from territoires.tables.updates.problems import Gathered
from territoires.tables.updates.values import Value, read_value, to_text
from territoires.tables.updates.vocabulary import Names
from territoires.tables.zoning_columns import one_line

if TYPE_CHECKING:
    from territoires.tables.sheets import Sheet, SheetRow

#: Longest texts of a figure, in characters.
MAX_LENGTHS = {"value_text": 120, "study": 200, "caveat": 1_000, "statement": 1_000}


@dataclass(slots=True)
class CellReader:
    """Reads cells; problems met on the way are kept for the end.

    Problems of one cell go to ``problems``, those that several rows share to ``gathered``.
    """

    sheet: Sheet
    layout: Layout
    indicators: Names
    sources: Names
    #: Cells that are told already: row and position.
    told: frozenset[tuple[int, int]]
    problems: list[Problem] = field(default_factory=list)
    gathered: Gathered = field(default_factory=Gathered)
    _columns: dict[tuple[tuple[str, ...], int], tuple[str, ...]] = field(default_factory=dict)
    _known: dict[tuple[str, str, str], tuple[str, Problem | None]] = field(default_factory=dict)

    def heading(self, position: int) -> str:
        """Give the heading of a column, as written."""
        return self.sheet.headings[position]

    def known(self, fields: tuple[str, ...], role: ColumnRole) -> tuple[str, ...]:
        """Keep the fields that the file has, for the values of a column."""
        key = (fields, role.position)
        if key not in self._columns:
            found = (name for name in fields if self.layout.find(name, role) is not None)
            self._columns[key] = tuple(found)
        return self._columns[key]

    def is_number(self, row: SheetRow, role: ColumnRole) -> bool:
        """Tell whether a cell holds a number."""
        text = row.cells[role.position]
        return read_value(text, self.sheet.dialect.decimal).number is not None

    def value(self, row: SheetRow, role: ColumnRole) -> Value | None:
        """Read a value; None where there is none, which is told, and no words instead."""
        text, column = row.cells[role.position], self.heading(role.position)
        value = read_value(text, self.sheet.dialect.decimal)
        if value.number is None and not value.is_missing:
            if (row.number, role.position) not in self.told:
                self.problems.append(words.not_a_number(text, row.number, column))
            return None
        if value.number is None and not self.text(row, "value_text", role):
            self.gathered.add(words.missing_value(text.strip(), column), row.number)
            return None
        return value

    def word(self, row: SheetRow, name: str, otherwise: str) -> str:
        """Read the indicator or the wave of a row; empty where it says neither, or is wrong."""
        position = self.layout.fields.get(name)
        if position is None:
            return otherwise
        text = row.cells[position].strip()
        if text:
            return self.look_up(name, self.heading(position), text, row.number)
        if not otherwise:
            self.gathered.add(words.empty_part(name, self.heading(position)), row.number)
        return otherwise

    def named(self, row: SheetRow, name: str, role: ColumnRole) -> str | None:
        """Read a grade or a source, ``WRONG`` where the cell names none."""
        position = self.layout.find(name, role)
        if position is None:
            return None
        text = row.cells[position].strip()
        return (
            (self.look_up(name, self.heading(position), text, row.number) or WRONG) if text else ""
        )

    def look_up(self, name: str, column: str, text: str, row: int) -> str:
        """Read a word that must be known, once for all the rows that have it."""
        key = (name, column, text)
        if key not in self._known:
            self._known[key] = self._readers()[name](text, column)
        known, problem = self._known[key]
        if problem is not None:
            self.gathered.add(problem, row)
        return known

    def text(self, row: SheetRow, name: str, role: ColumnRole) -> str | None:
        """Read a text on one line; what cannot be seen is taken away, and told."""
        position = self.layout.find(name, role)
        if position is None:
            return None
        written, column = row.cells[position], self.heading(position)
        text = clean(written)
        if len(text) > MAX_LENGTHS[name]:
            self.problems.append(words.too_long(text, MAX_LENGTHS[name], row.number, column))
        elif not written.isprintable() and written.split() != one_line(written).split():
            self.gathered.add(words.cleaned(column), row.number)
        return text

    def number(self, row: SheetRow, name: str, role: ColumnRole) -> str | None:
        """Read the sample size or the design effect, empty where it is missing or wrong."""
        position = self.layout.find(name, role)
        if position is None:
            return None
        text = row.cells[position]
        value = read_value(text, self.sheet.dialect.decimal)
        if value.is_missing:
            return ""
        number = value.number
        is_whole = name != "respondents" or _is_whole(value)
        if number is None or number < 1 or value.has_percent or not is_whole:
            if (row.number, position) not in self.told:
                told = words.wrong_sample(name, text, row.number, self.heading(position))
                self.problems.append(told)
            return ""
        return to_text(number)

    def _readers(self) -> dict[str, Callable[[str, str], tuple[str, Problem | None]]]:
        return {
            "indicator": lambda text, column: vocabulary.read_indicator(
                text, self.indicators, column
            ),
            "source": lambda text, column: vocabulary.read_source(text, self.sources, column),
            "fiabilite": vocabulary.read_fiabilite,
            "wave": _read_wave,
        }


def _is_whole(value: Value) -> bool:
    return value.number is not None and value.number == value.number.to_integral_value()


def _read_wave(text: str, column: str) -> tuple[str, Problem | None]:
    from territoires.tables.matching import normalise_wave  # noqa: PLC0415 - for analysts alone

    wave = normalise_wave(text)
    return (wave, None) if wave is not None else ("", words.wrong_wave(text, column))
