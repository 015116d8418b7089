"""The published tables as any reader may have them: without the rows that secrecy hides."""

from __future__ import annotations

from territoires.domain.indicators import Nature
from territoires.tables.published import Published
from territoires.tables.updates.compare import Tables
from territoires.tables.updates.extents import with_extents


def drop_hidden(tables: Tables, published: Published) -> Tables:
    """Give tables without the rows of hidden figures, catalogue in step.

    Nothing made of them, nor said of a file set against them, can tell what is hidden. An
    indicator that has no other figure is left out with them.

    Parameters
    ----------
    published
        The same data as ``views.disclosure.protect`` gives it.
    """
    hidden = {one.observation_id for one in published.observations if one.suppression}
    if not hidden:
        return tables
    rows = tuple(row for row in tables["observations"] if row["observation_id"] not in hidden)
    known = {row["indicator_id"] for row in rows}
    indicators = tuple(
        row
        for row in tables["indicators"]
        if row["indicator_id"] in known or row["nature"] == Nature.COG
    )
    touched = {one.indicator_id for one in published.observations if one.suppression}
    return {
        **tables,
        "observations": rows,
        "indicators": with_extents(indicators, rows, touched & known),
    }
