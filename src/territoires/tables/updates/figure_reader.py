"""From the rows of a file to its figures: one for each value that has a place, a what and a when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from territoires.domain.indicators import UNDATED_WAVE
from territoires.domain.indicators import Reading as Place
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.domain.updates import Choices, ColumnRole
from territoires.tables.updates import figure_words as words
from territoires.tables.updates import vocabulary
from territoires.tables.updates.cell_reader import CellReader
from territoires.tables.updates.figures import (
    LEVEL_NAMES,
    NAMES,
    NUMBERS,
    TEXTS,
    Figure,
    Reading,
    read_places,
)
from territoires.tables.updates.problems import MAX_PROBLEMS
from territoires.tables.updates.values import Value

if TYPE_CHECKING:
    from territoires.tables.sheets import SheetRow


@dataclass(slots=True)
class FigureReader:
    """Reads the figures of one file.

    ``levels`` are those at which figures may be published; ``today`` tells a wave to come.
    """

    cells: CellReader
    choices: Choices
    levels: frozenset[str]
    today: date
    figures: list[Figure] = field(default_factory=list)
    scope: set[tuple[str, str, str]] = field(default_factory=set)
    #: Some rows have a territory that a person must settle first.
    is_waiting: bool = False

    def read(
        self, columns: Sequence[ColumnRole], places: Mapping[str, TerritoryId | None]
    ) -> Reading:
        """Read every row that is not left out, up to ``MAX_PROBLEMS`` cells to be mended."""
        from territoires.tables.matching import written_all  # noqa: PLC0415 - needed by analysts alone

        excluded = frozenset(self.choices.excluded)
        rows = [row for row in self.cells.sheet.rows if row.number not in excluded]
        if self._has_columns():
            self._tell_parts()
            for row, key in zip(rows, written_all(read_places(rows, columns)), strict=True):
                # None leaves a row out; what is not there is not settled yet.
                if places.get(key, FRANCE) is not None and self._is_main(row):
                    self._read_row(row, self._territory(row, key, places))
                if len(self.cells.problems) >= MAX_PROBLEMS:
                    self.cells.problems.append(words.too_many(row.number))
                    break
        problems = (*self.cells.problems, *self.cells.gathered.problems())
        if not problems and not self.scope and not self.is_waiting:
            problems = (words.nothing_read(),)
        return Reading(tuple(self.figures), frozenset(self.scope), problems)

    def _has_columns(self) -> bool:
        """Tell the columns without which no cell can be read."""
        missing = []
        if not self.cells.layout.values:
            missing.append(words.no_value_column())
        if not self._places and self.choices.level is not Level.PAYS:
            missing.append(words.no_place_column())
        self.cells.problems += missing
        return not missing

    @property
    def _places(self) -> list[int]:
        """List the columns that say the territory."""
        fields = self.cells.layout.fields
        return [fields[name] for name in ("code", "name") if name in fields]

    def _tell_parts(self) -> None:
        """Tell the columns of values whose indicator or wave nothing says, and shared samples."""
        layout, cells = self.cells.layout, self.cells
        for name, constant in (
            ("indicator", self.choices.indicator_id),
            ("wave", self.choices.wave),
        ):
            if name not in layout.fields and not constant:
                own = "indicator_id" if name == "indicator" else name
                cells.problems += [
                    words.no_part(name, cells.heading(role.position))
                    for role in layout.values
                    if not getattr(role, own)
                ]
        waves = {role.wave for role in layout.values if role.wave}
        if len(waves) > 1 and "respondents" in layout.fields:
            heading = cells.heading(layout.fields["respondents"])
            cells.problems.append(words.shared_sample(heading))

    def _territory(
        self, row: SheetRow, key: str, places: Mapping[str, TerritoryId | None]
    ) -> TerritoryId | None:
        """Give the territory of a row; None where it has none, or none yet."""
        if not key:
            if not self._places:
                return FRANCE
            heading = self.cells.heading(self._places[0])
            has_value = any(self.cells.is_number(row, role) for role in self.cells.layout.values)
            problem = words.no_place(heading) if has_value else words.idle_row(heading)
            self.cells.gathered.add(problem, row.number)
            return None
        territory = places.get(key)
        self.is_waiting |= territory is None
        if territory is not None and LEVEL_NAMES[territory.level] not in self.levels:
            allowed = [level for level in Level if level.value in self.levels]
            heading = self.cells.heading(self._places[0])
            problem = words.wrong_level(territory.level, allowed, heading)
            self.cells.gathered.add(problem, row.number)
            return None
        return territory

    def _is_main(self, row: SheetRow) -> bool:
        """Tell whether a row is a main reading; the others are told and left as they are."""
        position = self.cells.layout.fields.get("reading")
        if position is None:
            return True
        text, heading = row.cells[position], self.cells.heading(position)
        reading, problem = vocabulary.read_reading(text, heading)
        if problem is None and reading is not Place.PRINCIPALE:
            problem = words.other_reading(text, heading)
        if problem is not None:
            self.cells.gathered.add(problem, row.number)
        return reading is Place.PRINCIPALE

    def _read_row(self, row: SheetRow, territory: TerritoryId | None) -> None:
        """Read every value of a row; without a sure territory, they are checked as numbers alone."""
        for role in self.cells.layout.values:
            indicator = self._indicator(row, role)
            wave = self._wave(row, role)
            value = self.cells.value(row, role)
            if territory is not None and indicator and wave:
                self.scope.add((indicator, wave, LEVEL_NAMES[territory.level]))
                if value is not None:
                    self._add(row, role, (indicator, wave), territory, value)

    def _indicator(self, row: SheetRow, role: ColumnRole) -> str:
        """Give the indicator of a value; empty where it is not known, which is told."""
        named = role.indicator_id or self.cells.word(row, "indicator", self.choices.indicator_id)
        if named and named not in self.cells.indicators.by_id:
            # A choice, not a cell: those were looked up.
            heading = self.cells.heading(role.position)
            problem = vocabulary.unknown_indicator(named, self.cells.indicators, heading)
            self.cells.gathered.add(problem, row.number)
            return ""
        return named

    def _wave(self, row: SheetRow, role: ColumnRole) -> str:
        """Give the wave of a value in the form of the contract; empty where it is not known."""
        position = self.cells.layout.fields.get("wave")
        if position is None or role.wave or (self.choices.wave and not row.cells[position].strip()):
            heading = self.cells.heading(role.position)
            chosen = role.wave or self.choices.wave
            wave = self.cells.look_up("wave", heading, chosen, row.number) if chosen else ""
        else:
            heading = self.cells.heading(position)
            wave = self.cells.word(row, "wave", "")
        if wave and wave != UNDATED_WAVE and _start(wave) > (self.today.year, self.today.month):
            self.cells.gathered.add(words.future(heading, wave), row.number)
        return wave

    def _add(
        self,
        row: SheetRow,
        role: ColumnRole,
        measure: tuple[str, str],
        territory: TerritoryId,
        value: Value,
    ) -> None:
        cells = self.cells
        texts = {name: cells.text(row, name, role) for name in cells.known(TEXTS, role)}
        numbers = {name: cells.number(row, name, role) for name in cells.known(NUMBERS, role)}
        names = {name: cells.named(row, name, role) for name in cells.known(NAMES, role)}
        sample = cells.layout.find("respondents", role)
        self.figures.append(
            Figure(
                row=row.number,
                column=cells.heading(role.position),
                position=role.position,
                indicator_id=measure[0],
                wave=measure[1],
                territory=territory,
                written=row.cells[role.position],
                value=value.number,
                decimals=value.decimals,
                has_percent=value.has_percent,
                sample_column="" if sample is None else cells.heading(sample),
                **texts,
                **numbers,
                **names,
            )
        )


@lru_cache(maxsize=1_024)
def _start(wave: str) -> tuple[int, int]:
    """Give the year and month a wave begins in."""
    year, _, part = wave.partition("-")
    if part.startswith("T"):
        return int(year), 3 * int(part[1]) - 2
    return int(year), int(part or 1)
