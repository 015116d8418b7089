"""What an update changes against what is published: figures by territory, registers by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.domain.updates import Row
from territoires.tables.published import Published
from territoires.tables.updates.compare import compare_tables, counts
from territoires.views.selection import MAP_LEVELS
from territoires.views.update_diff_figures import FIGURE_TABLES, FigureGroup, build_figure_groups
from territoires.views.update_diff_registers import RegisterGroup, build_register_groups
from territoires.views.update_diff_sentence import say_comparison
from territoires.views.update_diff_words import find_known

#: Lines of each kind that a group shows; the others are counted.
MAX_LINES = 150


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two sets of tables; counts are of rows, in all."""

    sentence: str
    figures: tuple[FigureGroup, ...]
    registers: tuple[RegisterGroup, ...]
    added: int
    changed: int
    removed: int
    unchanged: int

    @property
    def counts(self) -> tuple[int, int, int]:
        """Give the rows added, changed and removed."""
        return self.added, self.changed, self.removed

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing differs."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class MapPair:
    """A map worth drawing before and after; a side without a number has none to draw."""

    indicator_id: str
    label: str
    wave: str
    level: Level
    changes: int
    has_before: bool
    has_after: bool


def build_comparison(
    old: Mapping[str, Sequence[Row]],
    new: Mapping[str, Sequence[Row]],
    published: Published,
    directory: Directory,
    limit: int | None = MAX_LINES,
) -> Comparison:
    """Compare two whole sets of tables; the new one may be a draft that breaks its contract.

    Figures that secrecy hides in their own set are told as hidden, here as everywhere.

    Parameters
    ----------
    published
        Gives the names that the tables do not hold themselves.
    limit
        Most lines of each kind in a group; None for all.
    """
    before = {table: tuple(rows) for table, rows in old.items()}
    after = {table: tuple(rows) for table, rows in new.items()}
    diffs = compare_tables(before, after)
    known = find_known(before, after, directory, published.sources)
    of_figures = [diff for diff in diffs if diff.table in FIGURE_TABLES]
    others = [diff for diff in diffs if diff.table not in FIGURE_TABLES]
    figures = build_figure_groups(of_figures, (before, after), published.catalogue, known, limit)
    registers = build_register_groups(others, known, limit)
    added, changed, removed = counts(diffs)
    unchanged = sum(map(len, after.values())) - added - changed
    return Comparison(
        say_comparison(figures, registers), figures, registers, added, changed, removed, unchanged
    )


def map_pair(comparison: Comparison) -> MapPair | None:
    """Choose the map that shows most of what changes; None where a map would show nothing of it.

    One that can be drawn on both sides comes before one that is new or goes.
    """
    pairs = [
        MapPair(
            indicator_id=group.indicator_id,
            label=group.label,
            wave=group.wave,
            level=found.level,
            changes=found.changes,
            has_before=found.before > 0,
            has_after=found.after > 0,
        )
        for group in comparison.figures
        if group.is_colourable
        for found in group.levels
        if found.level in MAP_LEVELS and (found.before or found.after)
    ]
    # The first of equals is kept: groups come with the most changed first.
    return max(pairs, key=lambda p: (p.has_before + p.has_after, p.changes), default=None)
