"""Maps on slides: one shape per territory, which PowerPoint can recolour, move and rename."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from territoires.render.drawn_map import read_drawing_of
from territoires.render.fonts import text_width
from territoires.render.slides.deck import About, say_sources
from territoires.render.slides.map_actors import actor_shapes, actor_words
from territoires.render.slides.markup import (
    BODY_BOTTOM,
    EMU_PER_POINT,
    INK,
    LINE,
    MARGIN,
    MARK,
    SOFT,
    Box,
    Run,
    attribute,
    figure,
    group,
    line,
    paragraph,
    plain,
    solid,
    text_box,
)
from territoires.tables.drawings import thin
from territoires.views.citation import say_licence
from territoires.views.map_view import MapView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from territoires.domain.zonings import Zoning
    from territoires.render.drawn_map import DrawnMap, DrawnShape
    from territoires.tables.drawings import Bounds, Drawing, Ring
    from territoires.tables.drawings import Frame as DrawnFrame

#: With more shapes a deck is heavy to open and to edit: a picture then.
MAX_SHAPES = 500
MAP_WIDTH, GAP = 560.0, 22.0
BORDER, _EMPTY, _AROUND = "6B7679", "F4F4F2", "EFF0ED"
#: Patterns of PowerPoint that stand for the textures of the screen: they differ by form, as
#: LibreOffice draws them too; on a class, thin enough to leave its colour.
_PATTERNS = {
    "manquant": "wdUpDiag",
    "supprime": "diagCross",
    "imprecis": "lgGrid",
    "indicatif": "dashHorz",
    "inconnu": "dashVert",
}
_MIDDLE_LIGHT, _LIGHT_INK = 0.3, "E4EAEC"
#: How much of the ink is left in the strokes of a pattern, the rest being its ground.
_INK_SHARE = 0.65
#: Pixels of a picture: 200 to the inch on the slide.
_PICTURE_WIDTH = 1_600
_NAME_SIZE, _WATERMARK_SIZE = 10.0, 24.0


@dataclass(frozen=True, slots=True)
class _Frame:
    """How kilometres of the map's plane, north up, become points of the slide."""

    left: float
    top: float
    west: float
    north: float
    scale: float

    def box(self, bounds: Bounds) -> Box:
        """Place a rectangle of the map's plane."""
        west, south, east, north = bounds
        return Box(
            self.left + (west - self.west) * self.scale,
            self.top + (self.north - north) * self.scale,
            (east - west) * self.scale,
            (north - south) * self.scale,
        )

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Place a point of the map's plane."""
        return self.left + (x - self.west) * self.scale, self.top + (self.north - y) * self.scale

    def emus(self, ring: Ring) -> NDArray[np.int64]:
        """Place the points of a line, in the unit of the file."""
        origin = self.west - self.left / self.scale, self.north + self.top / self.scale
        points = (ring - origin) * (self.scale, -self.scale)
        placed: NDArray[np.int64] = (points * EMU_PER_POINT).round().astype("int64")
        return placed


def read_slide_drawing(view: MapView, zonings: Mapping[str, Zoning]) -> Drawing:
    """Read the outlines of a map for a slide: thin where they will be shapes; the caller keeps it.

    Raises
    ------
    DataFileError
        When a file is missing or altered.
    """
    drawing = read_drawing_of(view, zonings)
    return thin(drawing) if len(view.rows) <= MAX_SHAPES else drawing


def map_box(drawn: DrawnMap, top: float) -> Box:
    """Fit a map in its half of the slide, its proportions kept."""
    west, south, east, north = drawn.bounds
    room = BODY_BOTTOM - top
    scale = min(MAP_WIDTH / (east - west), room / (north - south))
    width, height = (east - west) * scale, (north - south) * scale
    return Box(MARGIN + (MAP_WIDTH - width) / 2, top + (room - height) / 2, width, height)


def map_group(drawn: DrawnMap, box: Box) -> str:
    """Write a map as one group of shapes, each named after its territory."""
    west, _, east, north = drawn.bounds
    frame = _Frame(box.x, box.y, west, north, box.width / (east - west))
    chosen = [shape for shape in drawn.shapes if shape.id == drawn.selected]
    others = [shape for shape in drawn.shapes if shape.id != drawn.selected]
    shapes = [_land(drawn, frame)]
    # Drawn last: the neighbours would cover half of its border.
    shapes += [_territory(shape, frame, line(BORDER, 0.5)) for shape in others]
    shapes += [_territory(shape, frame, line(INK, 2.5)) for shape in chosen]
    for symbol in drawn.symbols:
        x, y, reach = symbol.x, symbol.y, symbol.radius_km
        bounds = (x - reach, y - reach, x + reach, y + reach)
        outline, fill = line(symbol.fill, 1), solid(symbol.fill, opacity=60)
        circle = frame.box(bounds)
        shapes.append(figure(symbol.text, circle, form="ellipse", fill=fill, outline=outline))
    for inset in drawn.frames:
        shapes += _inset(inset, frame)
    shapes += actor_shapes(drawn.actors, frame.place) if drawn.actors else []
    if drawn.watermark:
        shapes.append(watermark(drawn.watermark, box))
    return group("Carte", map_words(drawn), box, shapes)


def picture(drawn: DrawnMap) -> bytes:
    """Draw a map of many territories as a PNG picture, without its legend."""
    from territoires.render.images import to_png  # noqa: PLC0415 - spared to maps of few shapes

    return to_png(drawn, with_furniture=False, width_px=_PICTURE_WIDTH)


def about_map(drawn: DrawnMap) -> About:
    """Gather what stands under a map and in its notes."""
    return About(
        sources=say_sources(drawn.sources),
        date=drawn.date,
        mark=drawn.watermark,
        notes=(
            drawn.sentence,
            *drawn.caveats,
            drawn.legend_note,
            *(actor_words(drawn.actors) if drawn.actors else ()),
            drawn.citation,
            say_licence(drawn.licence) if drawn.licence else drawn.attribution,
        ),
    )


def map_words(drawn: DrawnMap) -> str:
    """Say in words what the map shows, for who does not see it."""
    return f"{drawn.title}. {drawn.sentence}"


def watermark(text: str, box: Box) -> str:
    """Write across a map that its data are simulated: it goes with the map wherever it is copied."""
    widest = text_width(plain(text), 1, bold=True)
    size = min(_WATERMARK_SIZE, 0.9 * box.width / widest)
    words = Run(text, size, bold=True, colour=MARK, opacity=45)
    place = Box(box.x, box.y + box.height / 2 - size, box.width, 2 * size)
    return text_box("Mention", place, [paragraph([words], align="ctr")], rotation=-10)


def _territory(shape: DrawnShape, frame: _Frame, border: str) -> str:
    """Write a territory as one free shape."""
    words = f"{shape.name} : {shape.text}" if shape.text else shape.name
    rings = [ring for polygon in shape.polygons for ring in polygon]
    return _free_shape(shape.name, words, rings, frame, fill_of(shape.fill, shape.texture) + border)


def _land(drawn: DrawnMap, frame: _Frame) -> str:
    """Write the land around, cut at the edges of the map."""
    if not drawn.ground:
        return ""
    import shapely  # noqa: PLC0415 - spared to maps without land around

    shapes = [shapely.Polygon(polygon[0], polygon[1:]) for polygon in drawn.ground]
    cut = shapely.clip_by_rect(shapely.make_valid(shapes), *drawn.bounds)
    parts = [p for p in shapely.get_parts(shapely.get_parts(cut)) if p.geom_type == "Polygon"]
    rings = [shapely.get_coordinates(r) for p in parts for r in shapely.get_rings(p)]
    return _free_shape("Terres voisines", "", rings, frame, solid(_AROUND) + line(BORDER, 0.25))


def _free_shape(name: str, words: str, lines: Sequence[Ring], frame: _Frame, look: str) -> str:
    """Write a free shape: its parts and their holes in one path."""
    if not lines:
        return ""
    rings = [frame.emus(ring) for ring in lines]
    west, north = (int(min(ring[:, side].min() for ring in rings)) for side in (0, 1))
    east, south = (int(max(ring[:, side].max() for ring in rings)) for side in (0, 1))
    width, height = max(east - west, 1), max(south - north, 1)
    path = "".join(_ring(ring - (west, north)) for ring in rings)
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='0' name={attribute(name)} descr={attribute(words)}/>"
        f'<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{west}" y="{north}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:custGeom><a:avLst/><a:gdLst/><a:ahLst/>'
        f'<a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{width}" h="{height}">'
        f"{path}</a:path></a:pathLst></a:custGeom>{look}</p:spPr></p:sp>"
    )


def _ring(points: NDArray[np.int64]) -> str:
    (x, y), *rest = points[:-1].tolist()
    told = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in rest)
    return f'<a:moveTo><a:pt x="{x}" y="{y}"/></a:moveTo>{told}<a:close/>'


def fill_of(colour: str, texture: str) -> str:
    """Write a fill; what a texture says is never said by a colour alone."""
    if texture not in _PATTERNS:
        return solid(colour or _EMPTY)
    ground = (colour or _EMPTY).lstrip("#").upper()
    return (
        f'<a:pattFill prst="{_PATTERNS[texture]}"><a:fgClr><a:srgbClr val="{_ink_on(ground)}"/>'
        f'</a:fgClr><a:bgClr><a:srgbClr val="{ground}"/></a:bgClr></a:pattFill>'
    )


def _ink_on(ground: str) -> str:
    """Choose strokes that are seen on their ground, and no more."""
    red, green, blue = (part / 255 for part in bytes.fromhex(ground))
    light = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    ink = SOFT if light > _MIDDLE_LIGHT else _LIGHT_INK
    pairs = zip(bytes.fromhex(ink), bytes.fromhex(ground), strict=True)
    mixed = (round(_INK_SHARE * one + (1 - _INK_SHARE) * other) for one, other in pairs)
    return bytes(mixed).hex().upper()


def _inset(inset: DrawnFrame, frame: _Frame) -> list[str]:
    """Write the frame of an overseas territory, its name at the top, inside."""
    box = frame.box(inset.bounds)
    size = min(_NAME_SIZE, 0.92 * box.width / text_width(inset.name, 1))
    name = Box(box.x, box.y + 1, box.width, size * LINE)
    words = paragraph([Run(inset.name, size, colour=INK)], align="ctr")
    return [
        figure(f"Cadre : {inset.name}", box, outline=line(BORDER, 0.75)),
        text_box(f"Nom : {inset.name}", name, [words]),
    ]
