"""A map as an SVG: vector shapes, textures as patterns, texts as texts; nothing comes from outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from territoires.analysis.composition import TITLE
from territoires.render.drawn_legend import LegendEntry
from territoires.render.drawn_map import MAX_NAMED, OUTSIDE, DrawnMap, DrawnShape
from territoires.render.fonts import FONT_FAMILY
from territoires.render.map_layout import Box, lay_out, lay_out_alone
from territoires.render.map_look import (
    FINE_LINE,
    LIGHT_LOOK,
    PARENT_LINE,
    SHAPE_LINE,
    TEXTURES,
    TILE,
    Look,
    texture_ink,
)
from territoires.render.svg_parts import (
    SIGN_SIZE,
    about,
    font_face,
    number_svg,
    short,
    sign_svg,
    svg_text,
    text_svg,
    watermark,
)

if TYPE_CHECKING:
    from territoires.tables.drawings import Polygon, Ring

#: Outlines are written in tenths of a pixel, as integers.
_TENTHS = 10
#: Names of the frames: as high as this share of the strip left to them, at most this many pixels.
_NAME_SHARE, _NAME_SIZE = 0.6, 16.0
#: Above this many, lines would be all one sees of the country.
_MAX_LINED = 1_500


def to_svg(
    drawn: DrawnMap,
    width_px: float = 1200,
    *,
    with_furniture: bool = True,
    prefix: str = "carte",
    is_file: bool = False,
) -> str:
    """Draw a map; its height follows from its texts.

    Parameters
    ----------
    with_furniture
        Without, the map alone, on nothing, as wide as asked.
    prefix
        Start of the identifiers: two maps in one page need two.
    is_file
        What it is and under what terms inside, and the font (some 60 kB), for any reader.
    """
    layout = lay_out(drawn, width_px) if with_furniture else lay_out_alone(drawn, width_px)
    look = LIGHT_LOOK
    sheet = f'<rect width="100%" height="100%" fill="{look.paper}"/>' if with_furniture else ""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {short(layout.width)} {short(layout.height)}" '
        f'width="{short(layout.width)}" height="{short(layout.height)}" role="img" lang="fr" '
        f'font-family="{FONT_FAMILY}, system-ui, sans-serif">',
        f"<title>{svg_text(drawn.title)}</title><desc>{svg_text(drawn.sentence)}</desc>",
        about(drawn) if is_file else "",
        _defs(drawn, look, prefix, embed_font=is_file),
        sheet,
        *_map(drawn, layout.map, look, prefix, on_sea=with_furniture),
        *(_swatch(s.entry, s.box, look, prefix) for s in layout.swatches),
        *(text_svg(line, look) for line in layout.lines),
        "</svg>",
    ]
    return "".join(parts)


def swatch_svg(entry: LegendEntry, width: float = 24, height: float = 16) -> str:
    """Draw the sample of one line of a legend; a circle fills the height."""
    side = height if entry.is_symbol else width
    box = Box(0.5, 0.5, side - 1, height - 1)
    texture = _pattern(entry.fill, entry.texture, LIGHT_LOOK, "trame") if entry.texture else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {short(side)} {short(height)}" '
        f'width="{short(side)}" height="{short(height)}"><defs>{texture}</defs>'
        f"{_swatch(entry, box, LIGHT_LOOK, 'trame')}</svg>"
    )


def _defs(drawn: DrawnMap, look: Look, prefix: str, *, embed_font: bool) -> str:
    looks = {(shape.fill, shape.texture) for shape in drawn.shapes if shape.texture}
    looks |= {(entry.fill, entry.texture) for entry in drawn.legend if entry.texture}
    patterns = "".join(_pattern(*seen, look, prefix) for seen in sorted(looks))
    return f"<defs>{font_face() if embed_font else ''}{patterns}</defs>"


def _pattern_id(fill: str, texture: str, prefix: str) -> str:
    return f"{prefix}-{texture}{fill.replace('#', '-')}"


def _pattern(fill: str, texture: str, look: Look, prefix: str) -> str:
    """Define a texture, in tenths of a pixel as the shapes are.

    It has no ground: printers and PDF readers would show a seam around each tile. The shape is
    filled first, then covered.
    """
    form, (ink, opacity) = TEXTURES[texture], texture_ink(fill, look)
    return (
        f'<pattern id="{_pattern_id(fill, texture, prefix)}" width="{TILE}" height="{TILE}" '
        f'patternUnits="userSpaceOnUse" patternTransform="scale({_TENTHS})"><path '
        f'd="{form.path}" fill="none" stroke="{ink}" stroke-opacity="{opacity:g}" '
        f'stroke-width="{form.width:g}" stroke-linecap="round"/></pattern>'
    )


def _map(drawn: DrawnMap, box: Box, look: Look, prefix: str, *, on_sea: bool) -> Iterator[str]:
    """Draw the map from the ground up."""
    pixels = box.width / (drawn.bounds[2] - drawn.bounds[0])
    pen = Pen(drawn.bounds[0], drawn.bounds[3], pixels)
    if on_sea:
        yield (
            f'<rect x="{short(box.x)}" y="{short(box.y)}" width="{short(box.width)}" '
            f'height="{short(box.height)}" fill="{look.sea}" stroke="{look.frame}"/>'
        )
    yield f'<g transform="translate({short(box.x)} {short(box.y)}) scale({1 / _TENTHS:g})" fill-rule="evenodd" stroke-linejoin="round">'
    fine = len(drawn.shapes) > _MAX_LINED
    width = (FINE_LINE if fine else SHAPE_LINE) * _TENTHS
    yield (
        f'<g stroke="{look.line}" stroke-opacity="{look.line_opacity / (2 if fine else 1):g}" '
        f'stroke-width="{width:g}">'
    )
    if drawn.ground:
        ground = pen.polygons(drawn.ground)
        yield f'<path fill="{look.grounds[OUTSIDE]}" d="{ground}"/>'
    yield from _shapes(drawn.shapes, pen, look, prefix)
    yield "</g>"
    backdrop = pen.lines(drawn.backdrop)
    if backdrop:
        yield (
            f'<path d="{backdrop}" fill="none" stroke="{look.parent}" '
            f'stroke-width="{PARENT_LINE * _TENTHS:g}"/>'
        )
    yield from _chosen(drawn, pen, look)
    yield from _circles(drawn, pen, look)
    yield from _points(drawn, pen, look)
    yield "</g>"
    yield from _frames(drawn, box, pixels, look)
    yield from watermark(drawn.watermark, box, look)


class Pen:
    """Writes outlines as SVG paths, in tenths of a pixel from the upper left corner of a map."""

    def __init__(self, west: float, north: float, pixels_per_km: float) -> None:
        self._west, self._north = west, north
        self._scale = pixels_per_km * _TENTHS

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Move a point of the map (kilometres) to the drawing."""
        return (x - self._west) * self._scale, (self._north - y) * self._scale

    def lines(self, lines: Sequence[Ring], end: str = "") -> str:
        """Write some lines; points that fall on the one before are left out.

        All at once: one by one, those of the communes of France take three times as long.
        """
        import numpy as np  # noqa: PLC0415 - spared to pages that export nothing

        if not lines:
            return ""
        moved = np.concatenate(lines) - (self._west, self._north)
        grid = np.rint(moved * (self._scale, -self._scale)).astype(int)
        firsts = np.cumsum([0, *map(len, lines[:-1])])
        steps = np.diff(grid, axis=0, prepend=grid[:1])
        kept = np.any(steps != 0, axis=1)
        kept[firsts] = False
        numbers = list(map(str, steps[kept].ravel().tolist()))
        ends = 2 * np.cumsum(np.add.reduceat(kept.astype(int), firsts))
        parts, start = [], 0
        for (x, y), until in zip(grid[firsts].tolist(), ends.tolist(), strict=True):
            if until > start:
                parts.append(f"M{x} {y}l{' '.join(numbers[start:until])}{end}")
            start = until
        return "".join(parts).replace(" -", "-")

    def polygons(self, polygons: Iterable[Polygon]) -> str:
        """Write the rings of some polygons, closed."""
        return self.lines([ring[:-1] for polygon in polygons for ring in polygon], "z")


def _shapes(shapes: Sequence[DrawnShape], pen: Pen, look: Look, prefix: str) -> Iterator[str]:
    """Draw the territories, those of one look together; a territory is named to those who ask."""
    groups: dict[tuple[str, str], list[DrawnShape]] = defaultdict(list)
    for shape in shapes:
        groups[shape.fill, shape.texture].append(shape)
    named = len(shapes) <= MAX_NAMED
    for (fill, texture), members in groups.items():
        together = ""
        if texture or not named:
            together = pen.polygons(polygon for shape in members for polygon in shape.polygons)
        colour = look.grounds.get(fill, fill)
        if named:
            paths = "".join(_named_shape(member, pen) for member in members)
            yield f'<g fill="{colour}">{paths}</g>'
        else:
            yield f'<path fill="{colour}" d="{together}"/>'
        if texture:
            paint = f"url(#{_pattern_id(fill, texture, prefix)})"
            yield f'<path fill="{paint}" stroke="none" pointer-events="none" d="{together}"/>'


def _named_shape(shape: DrawnShape, pen: Pen) -> str:
    return (
        f'<path data-territoire="{shape.id}" d="{pen.polygons(shape.polygons)}">'
        f"<title>{svg_text(shape.words)}</title></path>"
    )


def _chosen(drawn: DrawnMap, pen: Pen, look: Look) -> Iterator[str]:
    """Draw a ring with a halo around the territory in view."""
    for shape in drawn.shapes:
        if shape.id == drawn.selected:
            outline = pen.polygons(shape.polygons)
            for colour, width in ((look.halo, 5.0), (look.chosen, 2.4)):
                yield (
                    f'<path d="{outline}" fill="none" stroke="{colour}" '
                    f'stroke-width="{width * _TENTHS:g}"/>'
                )


def _circles(drawn: DrawnMap, pen: Pen, look: Look) -> Iterator[str]:
    if not drawn.symbols:
        return
    named = len(drawn.symbols) <= MAX_NAMED
    edge = f'stroke="{look.chosen}" stroke-width="{_TENTHS:g}"' if named else ""
    yield f'<g fill="{drawn.symbols[0].fill}" fill-opacity=".62" {edge}>'
    for symbol in drawn.symbols:
        x, y = pen.place(symbol.x, symbol.y)
        radius = pen.place(symbol.x + symbol.radius_km, 0)[0] - x
        title = f"<title>{svg_text(symbol.text)}</title>" if named else ""
        yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}">{title}</circle>'
    yield "</g>"


def _points(drawn: DrawnMap, pen: Pen, look: Look) -> Iterator[str]:
    """Draw the actors, each kind by its own form."""
    for point in drawn.actors.points if drawn.actors else ():
        place, size = pen.place(point.x, point.y), SIGN_SIZE * _TENTHS
        form = sign_svg(point.form, point.colour, place, size, look)
        if point.number > 1:
            form = number_svg(point.number, place, size, look)
        yield f"<g><title>{svg_text(point.text)}</title>{form}</g>"


def _frames(drawn: DrawnMap, box: Box, pixels: float, look: Look) -> Iterator[str]:
    """Draw the frames of the overseas départements, their names in the strip left to them."""
    west, north = drawn.bounds[0], drawn.bounds[3]
    size = min(_NAME_SIZE, TITLE * pixels * _NAME_SHARE)
    for frame in drawn.frames:
        left, low, right, high = frame.bounds
        x, y = box.x + (left - west) * pixels, box.y + (north - high) * pixels
        width, height = (right - left) * pixels, (high - low) * pixels
        yield (
            f'<rect x="{short(x)}" y="{short(y)}" width="{short(width)}" height="{short(height)}" '
            f'fill="none" stroke="{look.frame}"/><text class="cadre" x="{short(x + width / 2)}" '
            f'y="{short(y + size * 1.15)}" font-size="{short(size)}" text-anchor="middle" '
            f'fill="{look.soft}">{svg_text(frame.name)}</text>'
        )


def _swatch(entry: LegendEntry, box: Box, look: Look, prefix: str) -> str:
    """Draw a sample of the legend, in tenths of a pixel as the shapes are."""
    x, y, width, height = (round(side * _TENTHS) for side in (box.x, box.y, box.width, box.height))
    if entry.point:
        middle = x + width / 2, y + height / 2
        form = sign_svg(entry.point, entry.fill, middle, SIGN_SIZE * _TENTHS, look)
        return f'<g transform="scale({1 / _TENTHS:g})">{form}</g>'
    if entry.is_symbol:
        form = (
            f'<circle cx="{x + width / 2:g}" cy="{y + height / 2:g}" r="{height / 2:g}" '
            f'fill="{entry.fill}" fill-opacity=".62" stroke="{look.chosen}"'
        )
    else:
        place = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" stroke="{look.soft}"'
        ground = look.grounds.get(entry.fill, entry.fill) or "none"
        form = f'{place} fill="{ground}"'
        if entry.texture:
            cover = f"url(#{_pattern_id(entry.fill, entry.texture, prefix)})"
            form += f'/>{place} fill="{cover}"'
    return f'<g transform="scale({1 / _TENTHS:g})">{form} stroke-width="{_TENTHS}"/></g>'
