"""Figures brought by a file, with what statistics say of them beside what is published."""

from __future__ import annotations

from territoires.tables.updates.matched import Built, MatchedFile

_UNSCALED = frozenset({"scale", "scale-mixed", "scale-proportion"})


def build_figures(file: MatchedFile) -> Built:
    """Make the figures of a file, as ``tables.updates.observations``, with their doubts."""
    from territoires.tables.updates.observations import build_update  # noqa: PLC0415
    from territoires.views.update_doubts import check_doubts  # noqa: PLC0415
    from territoires.views.update_jumps import check_jumps  # noqa: PLC0415

    tables, update = file.tables, build_update(file)
    after = {**tables, **update.tables}
    catalogue = {row["indicator_id"]: row for row in after["indicators"]}
    doubts = check_doubts(update.figures, after["observations"], catalogue, file.directory)
    # Until a person says how shares are written, their values are not known.
    if _UNSCALED.isdisjoint(problem.code for problem in update.problems):
        doubts += check_jumps(update.figures, tables["observations"], catalogue)
    return update.tables, (*update.problems, *doubts)
