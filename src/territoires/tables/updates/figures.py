"""The figures of a file, one for each cell of a value, before they meet what is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import ColumnRole, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from territoires.tables.matching.places import PlaceCell
    from territoires.tables.sheets import SheetRow

#: Fields that say something of a figure beside its value, and may be said of one column alone.
TEXTS = ("value_text", "caveat", "statement", "study")
NUMBERS = ("respondents", "deff")
NAMES = ("fiabilite", "source")
ATTRIBUTES = (*TEXTS, *NUMBERS, *NAMES)
#: Levels as the contract writes them: asking an enumeration for its value costs a call.
LEVEL_NAMES = {level: level.value for level in Level}
#: A word that names nothing known, told already.
WRONG = "?"


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of the file and all that its row says of it.

    ``value`` is in the unit of the indicator, None where the source only has words;
    ``decimals`` are those written. Texts are as the contract wants them: None where the file has
    no such column, empty where the cell is, ``WRONG`` where a cell names nothing.
    """

    row: int
    column: str
    position: int
    indicator_id: str
    wave: str
    territory: TerritoryId
    written: str
    value: Decimal | None
    decimals: int
    has_percent: bool
    #: Heading of the column of its sample size, empty without one.
    sample_column: str = ""
    value_text: str | None = None
    respondents: str | None = None
    deff: str | None = None
    fiabilite: str | None = None
    caveat: str | None = None
    statement: str | None = None
    source: str | None = None
    study: str | None = None

    @property
    def cell(self) -> tuple[str, str, str, str]:
        """Give what the figure measures: indicator, wave, level, code."""
        return self.indicator_id, self.wave, LEVEL_NAMES[self.territory.level], self.territory.code


@dataclass(frozen=True, slots=True)
class Reading:
    """The figures of a file; ``scope`` are the (indicator, wave, level) it speaks of.

    A row without value is in the scope too: the file speaks of it, and has nothing to say.
    """

    figures: tuple[Figure, ...]
    scope: frozenset[tuple[str, str, str]]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand: values in the order of the file, every other field by its name."""

    values: tuple[ColumnRole, ...]
    fields: Mapping[str, int]
    #: Positions by field, of what is said of one indicator or wave alone.
    of_column: Mapping[tuple[str, str, str], int]

    def find(self, field: str, value: ColumnRole) -> int | None:
        """Give the column that says something of the values of another, None without any."""
        own = self.of_column.get((field, value.indicator_id, value.wave))
        return self.fields.get(field) if own is None else own


def read_layout(columns: Sequence[ColumnRole]) -> Layout:
    """Tell the columns of values from those that say what they are."""
    fields: dict[str, int] = {}
    of_column: dict[tuple[str, str, str], int] = {}
    for role in columns:
        if role.field in ATTRIBUTES and (role.indicator_id or role.wave):
            of_column.setdefault((role.field, role.indicator_id, role.wave), role.position)
        elif role.field != "value":
            fields.setdefault(role.field, role.position)
    values = tuple(role for role in columns if role.field == "value")
    return Layout(values, fields, of_column)


def read_places(
    rows: Iterable[SheetRow], columns: Sequence[ColumnRole]
) -> Iterator[PlaceCell | None]:
    """Give what each row says of its territory; None where it says nothing."""
    from territoires.tables.matching import PlaceCell  # noqa: PLC0415 - needed by analysts alone

    fields = read_layout(columns).fields
    code, name, level = (fields.get(field) for field in ("code", "name", "level"))
    for row in rows:
        cells = row.cells
        written_code = "" if code is None else cells[code].strip()
        written_name = "" if name is None else cells[name].strip()
        if not written_code and not written_name:
            yield None
        else:
            written_level = "" if level is None else cells[level].strip()
            yield PlaceCell(row.number, written_code, written_name, written_level)
