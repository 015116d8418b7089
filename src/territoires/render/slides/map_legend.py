"""The legend of a map on a slide: a line per colour, texture, circle and kind of actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from territoires.render.slides.map_actors import sign_shape
from territoires.render.slides.maps import BORDER, GAP, MAP_WIDTH, fill_of, map_box
from territoires.render.slides.markup import (
    BODY_BOTTOM,
    LINE,
    MARGIN,
    SOFT,
    TEXT_SIZE,
    WIDTH,
    Box,
    Run,
    figure,
    group,
    height_of,
    line,
    paragraph,
    text_box,
)
from territoires.views.french import NBSP, format_number

if TYPE_CHECKING:
    from territoires.render.drawn_legend import LegendEntry
    from territoires.render.drawn_map import DrawnMap

LEGEND_X = MARGIN + MAP_WIDTH + GAP
LEGEND_WIDTH = WIDTH - MARGIN - LEGEND_X
#: Sizes of the legend: the first with which it fits.
_SIZES = (TEXT_SIZE, 16.0, 14.0, 12.0, 11.0, 10.0)
_ENTRY_GAP, _PART_GAP = 4.0, 8.0


def legend_group(drawn: DrawnMap, top: float) -> tuple[str, float]:
    """Write the legend beside the map, as large as it can be; give it with where it ends."""
    scale = map_box(drawn, top).width / (drawn.bounds[2] - drawn.bounds[0])
    for size in _SIZES:
        shapes, end = _legend(drawn, top, scale, size)
        if end <= BODY_BOTTOM:
            break
    every = (*drawn.legend, *(drawn.actors.legend if drawn.actors else ()))
    told = " ; ".join(_entry_words(entry) for entry in every)
    box = Box(LEGEND_X, top, LEGEND_WIDTH, end - top)
    return group("Légende", f"Légende : {told}", box, shapes), end


def _legend(drawn: DrawnMap, top: float, scale: float, size: float) -> tuple[list[str], float]:
    """Write the lines of the legend; circles have the scale of the map, in points per kilometre."""
    shapes: list[str] = []
    y, tile = top, size * LINE

    def write(name: str, run: Run, x: float = LEGEND_X, least: float = 0.0) -> None:
        nonlocal y
        width = LEGEND_X + LEGEND_WIDTH - x
        height = max(height_of([[run]], width), least)
        box = Box(x, y, width, height)
        shapes.append(text_box(name, box, [paragraph([run])], anchor="ctr"))
        y += height + _ENTRY_GAP

    if drawn.legend:
        write("Titre de la légende", Run(drawn.legend_title or "Légende", size, bold=True))
    for entry in drawn.legend:
        side = max(2 * entry.radius_km * scale, 2.0) if entry.is_symbol else tile
        room = max(tile, side)
        form = "ellipse" if entry.is_symbol else "rect"
        place = Box(LEGEND_X + (room - side) / 2, y + (room - side) / 2, side, side)
        fill, outline = fill_of(entry.fill, entry.texture), line(BORDER, 0.75)
        shapes.append(figure(f"Clé : {entry.label}", place, form=form, fill=fill, outline=outline))
        write(entry.label, Run(_entry_words(entry), size), LEGEND_X + room + 10, room)
    if drawn.benchmark:
        write("Repère", Run(drawn.benchmark, size, bold=True))
    if actors := drawn.actors:
        y += _PART_GAP if drawn.legend else 0
        write("Titre des acteurs", Run(actors.title, size, bold=True))
        for entry in actors.legend:
            place = Box(LEGEND_X + tile * 0.15, y + tile * 0.15, tile * 0.7, tile * 0.7)
            shapes.append(sign_shape(f"Clé : {entry.label}", entry.point, entry.fill, place))
            write(entry.label, Run(_entry_words(entry), size), LEGEND_X + tile + 10, tile)
        if actors.note:
            write("Note des acteurs", Run(actors.note, size, colour=SOFT))
    return shapes, y - _ENTRY_GAP


def _entry_words(entry: LegendEntry) -> str:
    return (
        entry.label if entry.count is None else f"{entry.label}{NBSP}({format_number(entry.count)})"
    )
