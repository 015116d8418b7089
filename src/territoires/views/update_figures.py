"""Figures brought by a file, with what statistics say of them beside what is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from territoires.domain.directory import Directory
from territoires.domain.territories import TerritoryId
from territoires.domain.updates import Choices, ColumnRole, Problem, Row
from territoires.tables.updates.compare import Tables

if TYPE_CHECKING:
    from territoires.tables.sheets import Sheet


_UNSCALED = frozenset({"scale", "scale-mixed", "scale-proportion"})


def build_figures(  # noqa: PLR0917 - all builders are called alike
    sheet: Sheet,
    choices: Choices,
    tables: Tables,
    directory: Directory,
    columns: Sequence[ColumnRole],
    places: Mapping[str, TerritoryId | None],
) -> tuple[dict[str, tuple[Row, ...]], tuple[Problem, ...]]:
    """Make the figures of a file, as ``tables.updates.observations``, with their doubts."""
    from territoires.tables.updates.observations import build_update  # noqa: PLC0415
    from territoires.views.update_doubts import check_doubts  # noqa: PLC0415
    from territoires.views.update_jumps import check_jumps  # noqa: PLC0415

    update = build_update(sheet, choices, tables, directory, columns, places)
    after = {**tables, **update.tables}
    catalogue = {row["indicator_id"]: row for row in after["indicators"]}
    doubts = check_doubts(update.figures, after["observations"], catalogue, directory)
    # Until a person says how shares are written, their values are not known.
    if _UNSCALED.isdisjoint(problem.code for problem in update.problems):
        doubts += check_jumps(update.figures, tables["observations"], catalogue)
    return update.tables, (*update.problems, *doubts)
