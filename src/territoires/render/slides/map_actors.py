"""Actors on the map of a slide: one small shape each, which PowerPoint can move and recolour."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import hypot
from typing import TYPE_CHECKING

from territoires.render.choropleth import POINT_SHAPES
from territoires.render.drawn_map import DrawnPoint
from territoires.render.slides.markup import (
    INK,
    WHITE,
    Box,
    Run,
    figure,
    line,
    paragraph,
    solid,
    text_box,
)
from territoires.views.french import NBSP, format_number

if TYPE_CHECKING:
    from territoires.render.drawn_map import DrawnActors

#: Side of a sign and of a number, in points: those of the screen on a map of this width.
_SIGN, _NUMBER, _WIDE_NUMBER, _NUMBER_SIZE = 10.0, 18.0, 25.0, 11.0
_THREE_DIGITS = 100
#: Points between two signs; signs that a slide shows, at most, and how much farther each is then.
_APART, MAX_SIGNS, _WIDER = 15.0, 60, 1.2
_HALO, _EDGE = 0.75, 1.0
#: Forms of PowerPoint that look like those of the screen.
_FORMS = {
    "rond": "ellipse",
    "carre": "rect",
    "losange": "diamond",
    "triangle": "triangle",
    "triangle_bas": "flowChartMerge",
    "croix": "plus",
    "etoile": "star5",
    "hexagone": "hexagon",
    "sablier": "flowChartCollate",
    "anneau": "donut",
}
_OF_PATH = {POINT_SHAPES[name]: form for name, form in _FORMS.items()}


def actor_shapes(
    actors: DrawnActors, place: Callable[[float, float], tuple[float, float]]
) -> Iterator[str]:
    """Write the signs of the actors; those too near each other are one number."""
    kilometres = 1 / (place(1, 0)[0] - place(0, 0)[0])
    for point in gather(actors.points, _APART * kilometres):
        x, y = place(point.x, point.y)
        if point.number > 1:
            yield _number(point.number, x, y)
        else:
            yield sign_shape(point.text, point.form, point.colour, _around(x, y, _SIGN))


def gather(points: Sequence[DrawnPoint], reach: float) -> Sequence[DrawnPoint]:
    """Gather signs until none touches another and a room can read them; all of them are counted.

    Parameters
    ----------
    reach
        Under this distance two signs touch, in map kilometres.
    """
    while True:
        merged = _merge(points, reach)
        if len(merged) > MAX_SIGNS:
            reach *= _WIDER
        elif len(merged) == len(points):
            return merged
        points = merged


def _merge(points: Sequence[DrawnPoint], reach: float) -> list[DrawnPoint]:
    """Add to each sign those around it, the largest numbers first, at their middle."""
    merged: list[DrawnPoint] = []
    for point in sorted(points, key=lambda one: -one.number):
        near = ((hypot(one.x - point.x, one.y - point.y), at) for at, one in enumerate(merged))
        distance, at = min(near, default=(reach, 0))
        if distance >= reach:
            merged.append(point)
            continue
        kept = merged[at]
        number = kept.number + point.number
        x, y = (
            (getattr(kept, axis) * kept.number + getattr(point, axis) * point.number) / number
            for axis in "xy"
        )
        merged[at] = DrawnPoint(x, y, "", "", f"{number} acteurs", number)
    return merged


def sign_shape(name: str, path: str, colour: str, box: Box) -> str:
    """Write the sign of a kind of actor, known by its path (``POINT_SHAPES``)."""
    form = _OF_PATH.get(path, "ellipse")
    return figure(name, box, form=form, fill=solid(colour), outline=line(WHITE, _HALO))


def actor_words(actors: DrawnActors) -> tuple[str, ...]:
    """Say who stands on the map: how many of each kind, and what a number is."""
    told = [f"{entry.label}{NBSP}: {format_number(entry.count or 0)}" for entry in actors.legend]
    return (f"{actors.title}{NBSP}: {' ; '.join(told)}." if told else "", actors.note)


def _number(number: int, x: float, y: float) -> str:
    side = _NUMBER if number < _THREE_DIGITS else _WIDE_NUMBER
    words = paragraph([Run(str(number), _NUMBER_SIZE, bold=True)], align="ctr")
    return text_box(
        f"{number} acteurs",
        _around(x, y, side),
        [words],
        anchor="ctr",
        form="ellipse",
        fill=solid(WHITE),
        outline=line(INK, _EDGE),
    )


def _around(x: float, y: float, side: float) -> Box:
    return Box(x - side / 2, y - side / 2, side, side)
