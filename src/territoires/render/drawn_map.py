"""A map as it is drawn outside the browser: the same shapes, colours, textures and words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from territoires.analysis.composition import map_bounds
from territoires.domain.indicators import Source
from territoires.domain.selection import Mode
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.zonings import Zoning
from territoires.render.drawn_legend import (
    LegendEntry,
    legend_entries,
    legend_note,
    legend_title,
)
from territoires.render.map_paint import (
    SYMBOL_COLOUR,
    fills,
    radii,
    row_words,
    symbol_value,
    texture_of,
)
from territoires.tables.drawings import (
    Drawing,
    Frame,
    bounds_of,
    cut_lines,
    cut_polygon,
    merge_zones,
    read_communes,
    read_drawing,
)
from territoires.views.french import ATTRIBUTION, agree, count, format_wave
from territoires.views.map_view import STATE_LABELS, MapView, Row, State

if TYPE_CHECKING:
    from territoires.tables.drawings import Bounds, Polygon, Ring

#: Grounds on a light page, as in static/map/choropleth.css: under a texture, under a symbol, and
#: what lies outside the limit of the map.
VOID, LAND, OUTSIDE = "#fbfaf7", "#e7e5df", "#eff0ed"
#: Share of the extent of a limited map left around it: a circle at its edge stays inside.
_MARGIN = 0.07
#: Pixels of a map on which circles have the radius that the legend gives.
_FULL_WIDTH, _FULL_HEIGHT = 900.0, 540.0
#: With more shapes than this, the middle of the box stands for the visual centre.
_MAX_CENTRES = 2_000
#: With more shapes than this, they are not named one by one: nobody would find one among them.
MAX_NAMED = 3_000
#: What the colours tell, where it is not the value itself.
_SUBJECTS = {Mode.DIFFERENCE: " : comparaison à la France", Mode.PRECISION: " : précision"}
_PLAIN = (State.CLASSE, State.SYMBOLE)


@dataclass(frozen=True, slots=True, eq=False)
class DrawnShape:
    """A territory: its outline in map kilometres, its colour, its texture, its value in words.

    Of more than ``MAX_NAMED``, only the one in view has words.
    """

    id: TerritoryId
    name: str
    polygons: tuple[Polygon, ...]
    fill: str
    texture: str
    text: str

    @property
    def words(self) -> str:
        """Name it with what is read of it."""
        return f"{self.name} : {self.text}" if self.text else self.name


@dataclass(frozen=True, slots=True)
class DrawnSymbol:
    """A circle whose area is proportional to a count; place and radius in map kilometres."""

    x: float
    y: float
    radius_km: float
    text: str
    fill: str


@dataclass(frozen=True, slots=True)
class DrawnPoint:
    """An actor, or several too near each other to be told apart; place in map kilometres.

    ``form`` is an SVG path on a tile of 16 by 16; several actors are a number, of no form.
    """

    x: float
    y: float
    form: str
    colour: str
    text: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class DrawnActors:
    """The actors that stand on a map, and the legend of their kinds."""

    title: str
    points: tuple[DrawnPoint, ...]
    legend: tuple[LegendEntry, ...]
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class DrawnMap:
    """All that stands on a map once it has left the screen; ``bounds`` in map kilometres.

    ``ground`` is land without any value to read, drawn first; ``backdrop`` lines are drawn over
    the shapes (borders of the wider territories). ``citation`` and ``licence`` say how a file may
    be quoted and used, where the caller knows (views/citation.py).
    """

    title: str
    sentence: str
    shapes: tuple[DrawnShape, ...]
    symbols: tuple[DrawnSymbol, ...]
    ground: tuple[Polygon, ...]
    backdrop: tuple[Ring, ...]
    frames: tuple[Frame, ...]
    bounds: Bounds
    legend_title: str
    legend: tuple[LegendEntry, ...]
    legend_note: str
    benchmark: str
    sources: tuple[Source, ...]
    date: str
    caveats: tuple[str, ...]
    watermark: str
    attribution: str
    level: Level
    selected: TerritoryId | None = None
    citation: str = ""
    licence: str = ""
    actors: DrawnActors | None = None


def read_drawing_of(view: MapView, zonings: Mapping[str, Zoning]) -> Drawing:
    """Read the outlines a map is drawn with: those of its level, or of the members of its zones.

    Raises
    ------
    DataFileError
        When a file is missing or altered.
    """
    if zoning := zonings.get(view.zoning):
        return merge_zones(read_drawing(zoning.member_level), zoning)
    if view.level is Level.COMMUNE and view.within is not None:
        return read_communes(sorted({_departement(row.id.code) for row in view.rows}))
    return read_drawing(view.level)


def _departement(commune: str) -> str:
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def build_drawn_map(
    view: MapView, drawing: Drawing, *, selected: TerritoryId | None = None
) -> DrawnMap:
    """Join a map view with its outlines, by code; what has no outline is told in the caveats."""
    colours = fills(view)
    drawn = [row for row in view.rows if row.id.code in drawing.polygons]
    told = len(drawn) <= MAX_NAMED
    shapes = tuple(
        _shape(row, colours, drawing, _words(row, view) if told or row.id == selected else "")
        for row in drawn
    )
    bounds = limited_bounds(shapes) if view.within and shapes else map_bounds()
    inside = {row.id.code for row in view.rows}
    return DrawnMap(
        title=f"{view.mark}{view.title}{_SUBJECTS.get(view.mode, '')}",
        sentence=" ".join(text for text in (view.sentence, view.sentence_caveat) if text),
        shapes=shapes,
        symbols=_symbols(drawn, shapes, bounds) if view.is_symbols else (),
        ground=tuple(land_around(inside, drawing, bounds)) if view.within else drawing.ground,
        backdrop=(cut_lines(drawing.parent_lines, bounds) if view.within else drawing.parent_lines),
        frames=() if view.within else drawing.frames,
        bounds=bounds,
        legend_title=legend_title(view),
        legend=legend_entries(view, km_per_pixel(bounds)),
        legend_note=legend_note(view),
        benchmark=_benchmark(view),
        sources=tuple(view.sources),
        date=format_wave(view.wave),
        caveats=(*view.caveats, *_undrawn(len(view.rows) - len(drawn))),
        watermark=view.watermark,
        attribution=ATTRIBUTION,
        level=view.level,
        selected=selected if any(row.id == selected for row in drawn) else None,
    )


def km_per_pixel(bounds: Bounds) -> float:
    """Give the scale at which a map is seen at its full size on the screen."""
    west, south, east, north = bounds
    return max((east - west) / _FULL_WIDTH, (north - south) / _FULL_HEIGHT)


def _shape(row: Row, colours: tuple[str, ...], drawing: Drawing, words: str) -> DrawnShape:
    texture = texture_of(row)
    ground = VOID if texture else LAND
    fill = ground if row.class_index is None else colours[row.class_index]
    return DrawnShape(row.id, row.name, drawing.polygons[row.id.code], fill, texture, words)


def _words(row: Row, view: MapView) -> str:
    state = "" if row.state in _PLAIN else STATE_LABELS[row.state].lower()
    return ", ".join(text for text in (row_words(row, view), state) if text)


def limited_bounds(shapes: Sequence[DrawnShape]) -> Bounds:
    """Give the extent of some shapes, with a margin."""
    west, south, east, north = bounds_of([shape.polygons for shape in shapes])
    margin = _MARGIN * max(east - west, north - south)
    return west - margin, south - margin, east + margin, north + margin


def land_around(inside: Collection[str], drawing: Drawing, bounds: Bounds) -> Iterator[Polygon]:
    """Give the land around a limited map; what lies in a frame is no neighbour of the mainland."""
    others = (shape for code, shape in drawing.polygons.items() if code not in inside)
    for polygon in (*drawing.ground, *(polygon for shape in others for polygon in shape)):
        box = bounds_of([(polygon,)])
        framed = any(_overlap(box, frame.bounds) for frame in drawing.frames)
        if _overlap(box, bounds) and not framed:
            yield from cut_polygon(polygon, bounds)


def _overlap(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _symbols(
    drawn: list[Row], shapes: tuple[DrawnShape, ...], bounds: Bounds
) -> tuple[DrawnSymbol, ...]:
    """Draw one circle per territory, the largest first: a small one is never hidden."""
    kilometres = km_per_pixel(bounds)
    sizes = radii([symbol_value(row) for row in drawn])
    precise = len(shapes) <= _MAX_CENTRES
    circles = [
        DrawnSymbol(
            *visual_centre(shape.polygons, precise=precise),
            radius_km=size * kilometres,
            text=shape.words,
            fill=SYMBOL_COLOUR,
        )
        for shape, size in zip(shapes, sizes, strict=True)
        if size
    ]
    return tuple(sorted(circles, key=lambda circle: -circle.radius_km))


def visual_centre(polygons: tuple[Polygon, ...], *, precise: bool = True) -> tuple[float, float]:
    """Give a point inside the largest part of a shape, far from its edges."""
    import shapely  # noqa: PLC0415 - spared to pages that export nothing

    largest = polygons[0]
    if len(polygons) > 1:
        largest = max(polygons, key=lambda polygon: _extent(polygon[0]))
    if not precise:
        west, south, east, north = bounds_of([(largest,)])
        return (west + east) / 2, (south + north) / 2
    radius = shapely.maximum_inscribed_circle(shapely.Polygon(largest[0], largest[1:]), tolerance=1)
    x, y = shapely.get_coordinates(radius)[0]
    return float(x), float(y)


def _extent(ring: Ring) -> float:
    return hypot(*(ring.max(axis=0) - ring.min(axis=0)))


def _benchmark(view: MapView) -> str:
    if view.national is None:
        return ""
    other = "" if view.is_france_asked_the_same else " (autre formulation)"
    return f"France : {view.national.text}{other}"


def _undrawn(number: int) -> Iterator[str]:
    if number > 0:
        verb = agree(number, "n’a pas de contour", "n’ont pas de contour")
        yield f"{count(number, 'territoire')} {verb} sur cette carte."
