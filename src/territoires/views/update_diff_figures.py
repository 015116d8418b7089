"""Figures that an update changes, grouped by indicator and wave."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.indicators import Indicator, Nature, Reading, Suppression
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import Row
from territoires.tables.contracts import Report
from territoires.tables.indicators import read_catalogue
from territoires.tables.updates.compare import TableDiff, Tables
from territoires.tables.zoning_columns import plain
from territoires.views.disclosure import hide_small
from territoires.views.french import format_wave, short_unit
from territoires.views.update_diff_lines import (
    Extent,
    FigureLine,
    Pair,
    Survey,
    build_line,
    find_place,
    first_pairs,
    is_hidden,
    read_size,
)
from territoires.views.update_diff_words import Change, Known

#: Tables whose rows are figures.
FIGURE_TABLES = ("observations", "profils")
_Key = tuple[str, str]
_Hidden = dict[tuple[str, str], Suppression]


@dataclass(frozen=True, slots=True)
class LevelCount:
    """Numbers that a map of a level would draw on each side, and how many of them change."""

    level: Level
    changes: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """What changes of an indicator at a wave.

    ``lines`` are the first ones of each kind, changed ones first, the largest change before the
    others; ``added``, ``changed`` and ``removed`` count them all.
    """

    indicator_id: str
    label: str
    unit: str
    wave: str
    wave_text: str
    lines: tuple[FigureLine, ...]
    added: int
    changed: int
    removed: int
    unchanged: int
    is_colourable: bool = False
    levels: tuple[LevelCount, ...] = ()
    hidden: int = 0

    @property
    def changes(self) -> int:
        """Count the lines, shown or not."""
        return self.added + self.changed + self.removed


def build_figure_groups(
    diffs: Iterable[TableDiff],
    sides: tuple[Tables, Tables],
    catalogue: Mapping[str, Indicator],
    known: Known,
    limit: int | None,
) -> tuple[FigureGroup, ...]:
    """Group the figures that change by indicator and wave, the most changed group first.

    Parameters
    ----------
    sides
        The tables before and after.
    catalogue
        Indicators of the published set, for those that the tables do not describe.
    limit
        Most lines of each kind in a group; None for all.
    """
    pairs = _pair(diffs)
    old, new = (_scan(tables, pairs) for tables in sides)
    groups = []
    for key, changed in pairs.items():
        indicator = _find_indicator(key[0], reversed(sides), catalogue)
        if indicator is None or indicator.nature is Nature.ENQUETE:
            for tables, extents in zip(sides, (old, new), strict=True):
                extents[key].hidden = _hide(key, tables, extents[key], known.directory)
        survey = Survey(indicator, known, old[key], new[key])
        groups.append(_build_group(key, survey, changed, limit))
    return tuple(sorted(groups, key=lambda g: (-g.changes, plain(g.label), g.wave)))


def _pair(diffs: Iterable[TableDiff]) -> dict[_Key, list[Pair]]:
    pairs: dict[_Key, list[Pair]] = defaultdict(list)
    for diff in diffs:
        for pair in (
            *(Pair(Change.CHANGED, c.after, c.before, c.after, c.columns) for c in diff.changed),
            *(Pair(Change.ADDED, row, None, row) for row in diff.added),
            *(Pair(Change.REMOVED, row, row, None) for row in diff.removed),
        ):
            pairs[pair.row["indicator_id"], pair.row["wave"]].append(pair)
    return pairs


def _scan(tables: Tables, keys: Iterable[_Key]) -> dict[_Key, Extent]:
    """Count what a set of tables holds of some surveys."""
    extents = {key: Extent() for key in keys}
    for row in _figures_of(tables):
        extent = extents.get((row["indicator_id"], row["wave"]))
        if extent is None:
            continue
        extent.rows += 1
        extent.samples.add(row.get("respondents", ""))
        if row["value"] and row.get("reading", Reading.PRINCIPALE) == Reading.PRINCIPALE:
            extent.numbers[row["level"]] += 1
    return extents


def _figures_of(tables: Tables) -> Iterator[Row]:
    return (row for table in FIGURE_TABLES for row in tables.get(table, ()))


def _hide(key: _Key, tables: Tables, extent: Extent, directory: Directory) -> _Hidden:
    """Tell what secrecy hides of a survey; without a small sample, nothing does."""
    small = settings.MINIMUM_RESPONDENTS
    known = (size for text in extent.samples if (size := read_size(text)) is not None)
    if min(known, default=small) >= small:
        return {}
    sizes: dict[TerritoryId, int] = {}
    for row in _figures_of(tables):
        if (row["indicator_id"], row["wave"]) == key:
            place, size = find_place(row), read_size(row.get("respondents", ""))
            if size is not None and place is not None and place in directory:
                sizes[place] = min(size, sizes.get(place, size))
    hidden = hide_small(sizes, directory)
    return {(place.level, place.code): reason for place, reason in hidden.items()}


def _find_indicator(
    indicator_id: str, sides: Iterable[Tables], catalogue: Mapping[str, Indicator]
) -> Indicator | None:
    """Find an indicator as the tables describe it; None where nobody does, or wrongly."""
    for tables in sides:
        for row in tables.get("indicators", ()):
            if row["indicator_id"] == indicator_id:
                report = Report("indicators.csv", (), (dict(row),))
                with suppress(ValueError, KeyError):
                    return read_catalogue({"indicators": report})[indicator_id]
    return catalogue.get(indicator_id)


def _build_group(
    key: _Key, survey: Survey, pairs: Sequence[Pair], limit: int | None
) -> FigureGroup:
    kinds = {change: [pair for pair in pairs if pair.change is change] for change in Change}
    shown = [pair for found in kinds.values() for pair in first_pairs(found, survey, limit)]
    added, changed = len(kinds[Change.ADDED]), len(kinds[Change.CHANGED])
    indicator = survey.indicator
    unit = indicator.unit_label if indicator else ""
    return FigureGroup(
        indicator_id=key[0],
        label=indicator.label if indicator else key[0],
        unit=unit if unit != short_unit(unit) else "",
        wave=key[1],
        wave_text=format_wave(key[1]),
        lines=tuple(build_line(pair, survey) for pair in shown),
        added=added,
        changed=changed,
        removed=len(kinds[Change.REMOVED]),
        unchanged=survey.new.rows - added - changed,
        is_colourable=indicator is not None and indicator.is_colourable,
        levels=_count_levels(survey, pairs),
        hidden=sum(is_hidden(pair, survey) for pair in pairs),
    )


def _count_levels(survey: Survey, pairs: Iterable[Pair]) -> tuple[LevelCount, ...]:
    changes = Counter(
        pair.row["level"]
        for pair in pairs
        if pair.row.get("reading", Reading.PRINCIPALE) == Reading.PRINCIPALE
    )
    before, after = survey.old.numbers, survey.new.numbers
    return tuple(
        LevelCount(level, changes[level], before[level], after[level])
        for level in Level
        if changes[level]
    )
