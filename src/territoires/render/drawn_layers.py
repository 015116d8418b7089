"""What is laid over a map: the circles of another count, the actors that stand on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from territoires.render.drawn_actors import draw_actors
from territoires.views.french import NBSP

if TYPE_CHECKING:
    from territoires.render.drawn_map import DrawnMap
    from territoires.tables.published import Published
    from territoires.views.actors import ActorPoint


def with_circles(drawn: DrawnMap, circles: DrawnMap) -> DrawnMap:
    """Draw the circles of another map over the colours of one."""
    sizes = tuple(
        replace(entry, label=f"{entry.label}{NBSP}habitants")
        for entry in circles.legend
        if entry.is_symbol
    )
    note = circles.legend_note
    return replace(
        drawn,
        symbols=circles.symbols,
        legend=(*drawn.legend, *sizes),
        legend_note=f"{drawn.legend_note} Cercles : {note[:1].lower()}{note[1:]}",
        caveats=tuple(dict.fromkeys((*drawn.caveats, *circles.caveats))),
    )


def with_actors(drawn: DrawnMap, points: Sequence[ActorPoint], published: Published) -> DrawnMap:
    """Set on a map the actors that stand within its bounds, and what their list is not."""
    actors = draw_actors(points, published.catalyst_kinds, drawn.bounds)
    note = published.lists["catalysts"].caveat
    return replace(drawn, actors=actors, caveats=(*drawn.caveats, note) if note else drawn.caveats)
