"""Actors on a map that has left the screen: their signs, their legend, the map of the directory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

from territoires.analysis.composition import map_bounds
from territoires.domain.indicators import Nature
from territoires.domain.territories import TerritoryId
from territoires.render.actors import TOO_NEAR, to_map_kinds
from territoires.render.choropleth import POINT_SHAPES
from territoires.render.drawn_legend import LegendEntry
from territoires.render.drawn_map import (
    LAND,
    DrawnActors,
    DrawnMap,
    DrawnPoint,
    DrawnShape,
    km_per_pixel,
    land_around,
    limited_bounds,
)
from territoires.render.svg_parts import SIGN_SIZE, disc_size
from territoires.tables.drawings import cut_lines, cut_polygon
from territoires.views.catalyst_places import inside_of
from territoires.views.catalyst_sentence import name_list, say_list, say_nearest, say_number
from territoires.views.datasets import mark_of, watermark_of
from territoires.views.french import ATTRIBUTION

if TYPE_CHECKING:
    from territoires.domain.directory import Directory
    from territoires.tables.drawings import Bounds, Drawing, Frame, Polygon
    from territoires.tables.published import Published
    from territoires.views.actors import ActorPoint
    from territoires.views.catalyst_list import CatalystsView, Origin

_LEGEND = "Acteurs placés"
_NOBODY = "Aucun acteur placé dans ce cadre."
#: Under this distance actors are gathered (pixels of a map at its full size on the screen); more
#: of them in one place are a number.
_NEAR, _RING = 22.0, 7
#: Pixels of the narrowest drawing that shows actors, and its height; left between two marks.
_DRAWN_WIDTH, _DRAWN_HEIGHT, _ROOM = 760.0, 912.0, 2.0
_SAME_PLACE_KM = 0.6
#: Share of a frame left around what it holds; least side of a frame, as a share of the other.
_MARGIN, _LEAST_RATIO = 0.1, 0.75
_START = "#11181e"


def draw_actors(
    points: Sequence[ActorPoint], kinds: Mapping[str, str], bounds: Bounds
) -> DrawnActors:
    """Draw the signs of the actors within some bounds, as on the screen.

    Those too near each other are a number.
    """
    west, south, east, north = bounds
    points = [p for p in points if west <= p.x_km <= east and south <= p.y_km <= north]
    looks = dict(zip(kinds, to_map_kinds(kinds), strict=True))
    numbers = Counter(point.kind for point in points)
    entries = [
        LegendEntry(looks[kind].colour, "", label, numbers[kind], point=_form(looks[kind].shape))
        for kind, label in kinds.items()
        if numbers[kind]
    ]
    signs = [
        DrawnPoint(
            point.x_km,
            point.y_km,
            _form(looks[point.kind].shape),
            looks[point.kind].colour,
            ", ".join(text for text in (point.name, point.place) if text),
        )
        for point in points
    ]
    drawn = tuple(sign for mark in _marks(signs, bounds) for sign in _set_out(mark))
    note = "" if all(sign.form for sign in drawn) else TOO_NEAR
    return DrawnActors(_LEGEND, drawn, tuple(entries), note if drawn else _NOBODY)


def _form(shape: str) -> str:
    return POINT_SHAPES[shape]


@dataclass(frozen=True, slots=True)
class _Mark:
    """What stands for some actors: around where, how far it reaches; in a ring around one place."""

    signs: tuple[DrawnPoint, ...]
    x: float
    y: float
    reach: float
    ring: float = 0.0


def _marks(signs: Sequence[DrawnPoint], bounds: Bounds) -> list[_Mark]:
    """Gather actors, then the marks that would overlap, until none does (static/map/points.js)."""
    west, south, east, north = bounds
    kilometres = max((east - west) / _DRAWN_WIDTH, (north - south) / _DRAWN_HEIGHT)
    groups = _group(signs, _NEAR * km_per_pixel(bounds))
    marks = [_mark(tuple(group), kilometres) for group in groups]
    while True:
        joined: list[_Mark] = []
        for mark in marks:
            met = (rank for rank, one in enumerate(joined) if _overlap(one, mark))
            rank = next(met, None)
            if rank is None:
                joined.append(mark)
            else:
                joined[rank] = _mark((*joined[rank].signs, *mark.signs), kilometres)
        if len(joined) == len(marks):
            return joined
        marks = joined


def _mark(signs: tuple[DrawnPoint, ...], kilometres: float) -> _Mark:
    first, ring, size = signs[0], 0.0, SIGN_SIZE
    x, y = first.x, first.y
    if 1 < len(signs) <= _RING and all(_gap(first, one) < _SAME_PLACE_KM for one in signs):
        ring = max(SIGN_SIZE / 2 + 1, len(signs) * 2.3) * kilometres
    elif len(signs) > 1:
        x, y = (sum(getattr(sign, axis) for sign in signs) / len(signs) for axis in "xy")
        size = disc_size(len(signs))
    return _Mark(signs, x, y, (size + _ROOM) / 2 * kilometres + ring, ring)


def _overlap(one: _Mark, other: _Mark) -> bool:
    return hypot(one.x - other.x, one.y - other.y) < one.reach + other.reach


def _set_out(mark: _Mark) -> Iterator[DrawnPoint]:
    """Draw an actor, the few actors of one place around it, or how many they are."""
    signs = mark.signs
    if len(signs) == 1:
        yield signs[0]
    elif mark.ring:
        for rank, sign in enumerate(signs):
            angle = 2 * pi * rank / len(signs) + pi / 2
            x, y = mark.x + mark.ring * cos(angle), mark.y + mark.ring * sin(angle)
            yield replace(sign, x=x, y=y)
    else:
        text = f"{len(signs)} acteurs : {' ; '.join(sign.text for sign in signs)}"
        yield DrawnPoint(mark.x, mark.y, "", "", text, len(signs))


def _group(signs: Iterable[DrawnPoint], reach: float) -> list[list[DrawnPoint]]:
    """Gather the signs that would overlap, each with the first one it is near."""
    groups: list[list[DrawnPoint]] = []
    cells: dict[tuple[int, int], list[list[DrawnPoint]]] = {}
    for sign in signs:
        column, row = int(sign.x // reach), int(sign.y // reach)
        around = (
            group
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for group in cells.get((x, y), ())
        )
        found = next((group for group in around if _gap(group[0], sign) < reach), None)
        if found is None:
            groups.append([sign])
            cells.setdefault((column, row), []).append(groups[-1])
        else:
            found.append(sign)
    return groups


def _gap(one: DrawnPoint, other: DrawnPoint) -> float:
    return hypot(one.x - other.x, one.y - other.y)


def draw_catalysts(
    view: CatalystsView,
    points: Sequence[ActorPoint],
    published: Published,
    directory: Directory,
    drawing: Drawing,
) -> DrawnMap:
    """Draw the map of the directory: the actors found, on plain ground.

    Parameters
    ----------
    points
        Every actor that has a place, in the order that ``view.visible`` refers to.
    drawing
        Outlines of the régions, or of the départements where the list is limited to a part.
    """
    shown = points if view.visible is None else [points[rank] for rank in view.visible]
    drawn = _outlines(view, drawing, directory)
    shapes = tuple(
        DrawnShape(place, directory.get(place).name, polygons, LAND, "", say_number(view, place))
        for place, polygons in drawn.items()
    )
    is_part = bool(view.within or view.focus)
    bounds = _bounds(view, shapes)
    around = land_around({place.code for place in drawn}, drawing, bounds)
    actors = draw_actors(shown, published.catalyst_kinds, bounds)
    sources = dict.fromkeys(published.sources[one.source_id] for one in view.listed)
    return DrawnMap(
        title=f"{mark_of(view.dataset, Nature.ENQUETE)}{name_list(view, published.catalyst_kinds)}",
        sentence=" ".join(text for text in (say_list(view), say_nearest(view)) if text),
        shapes=shapes,
        symbols=(),
        ground=tuple(around) if view.within else drawing.ground,
        backdrop=cut_lines(drawing.parent_lines, bounds) if is_part else drawing.parent_lines,
        frames=() if is_part else drawing.frames,
        bounds=bounds,
        legend_title="",
        legend=(),
        legend_note="",
        benchmark="",
        sources=tuple(sources),
        date="",
        caveats=(view.note.caveat,),
        watermark=watermark_of(view.dataset, Nature.ENQUETE),
        attribution=ATTRIBUTION,
        level=drawing.level,
        actors=_with_start(actors, view.origin),
    )


def _outlines(
    view: CatalystsView, drawing: Drawing, directory: Directory
) -> dict[TerritoryId, tuple[Polygon, ...]]:
    """Give the shapes that the list is limited to, or what lies around the place in view."""
    inside = inside_of(view.within, drawing.level, directory)
    drawn = {one: drawing.polygons[one.code] for one in inside if one.code in drawing.polygons}
    if not view.focus or not view.origin:
        return drawn
    bounds, home = _around(view.focus), _frame_of(view.origin.x_km, view.origin.y_km, drawing)
    cut: dict[TerritoryId, tuple[Polygon, ...]] = {}
    for place, polygons in drawn.items():
        # What stands in a frame is no neighbour of what does not.
        kept = (one for one in polygons if _frame_of(*_start(one), drawing) is home)
        if pieces := tuple(piece for one in kept for piece in cut_polygon(one, bounds)):
            cut[place] = pieces
    return cut


def _start(polygon: Polygon) -> tuple[float, float]:
    x, y = polygon[0][0].tolist()
    return x, y


def _frame_of(x: float, y: float, drawing: Drawing) -> Frame | None:
    for frame in drawing.frames:
        west, south, east, north = frame.bounds
        if west <= x <= east and south <= y <= north:
            return frame
    return None


def _bounds(view: CatalystsView, shapes: Sequence[DrawnShape]) -> Bounds:
    if view.focus:
        return _around(view.focus)
    return limited_bounds(shapes) if view.within and shapes else map_bounds()


def _around(focus: Bounds) -> Bounds:
    """Give a frame with a margin; one too narrow or too low is made wider or higher."""
    west, south, east, north = focus
    margin = _MARGIN * max(east - west, north - south)
    wide = max(east - west, _LEAST_RATIO * (north - south)) / 2 + margin
    high = max(north - south, _LEAST_RATIO * (east - west)) / 2 + margin
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide, y - high, x + wide, y + high


def _with_start(actors: DrawnActors, origin: Origin | None) -> DrawnActors:
    """Add the place that distances start from."""
    if origin is None:
        return actors
    label = f"Départ des distances : {origin.territory.name}"
    form, colour = POINT_SHAPES["anneau"], _START
    start = DrawnPoint(origin.x_km, origin.y_km, form, colour, label)
    entry = LegendEntry(colour, "", label, None, point=form)
    return replace(actors, points=(start, *actors.points), legend=(entry, *actors.legend))
