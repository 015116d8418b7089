"""A map as an SVG: vector shapes, textures as patterns, texts as texts; nothing comes from outside."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from math import cos, radians, sin, tan
from typing import TYPE_CHECKING
from unicodedata import category

from territoires.render.drawn_legend import LegendEntry
from territoires.render.drawn_map import OUTSIDE, DrawnMap, DrawnShape
from territoires.render.fonts import FONT_FAMILY, FONT_FOLDER, text_width, to_font_signs
from territoires.render.map_layout import Box, TextLine, lay_out, lay_out_alone
from territoires.render.map_look import (
    DARK_LOOK,
    FINE_LINE,
    LIGHT_LOOK,
    PARENT_LINE,
    SHAPE_LINE,
    TEXTURES,
    TILE,
    Look,
    texture_ink,
)

if TYPE_CHECKING:
    from territoires.tables.drawings import Polygon, Ring

#: Outlines are written in tenths of a pixel, as integers.
_TENTHS = 10
#: With more shapes than this, those of one look are one path, without a name each.
_MAX_NAMED = 3_000
#: Above this many, lines would be all one sees of the country.
_MAX_LINED = 1_500
#: The watermark, in pixels: letters, space between two, between lines; slope in degrees.
_LETTER, _SPACE, _LINE, _SLOPE = 21.0, 44.0, 84.0, -28.0


def to_svg(
    drawn: DrawnMap,
    width_px: float = 1200,
    *,
    with_furniture: bool = True,
    dark: bool = False,
    prefix: str = "carte",
    embed_font: bool = False,
) -> str:
    """Draw a map; its height follows from its texts.

    Parameters
    ----------
    with_furniture
        Without, the map alone, on nothing, as wide as asked.
    prefix
        Start of the identifiers: two maps in one page need two.
    embed_font
        The font inside (some 60 kB more), for a reader that does not have it.
    """
    layout = lay_out(drawn, width_px) if with_furniture else lay_out_alone(drawn, width_px)
    look = DARK_LOOK if dark else LIGHT_LOOK
    sheet = f'<rect width="100%" height="100%" fill="{look.paper}"/>' if with_furniture else ""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(layout.width)} {_n(layout.height)}" '
        f'width="{_n(layout.width)}" height="{_n(layout.height)}" role="img" lang="fr" '
        f'font-family="{FONT_FAMILY}, system-ui, sans-serif">',
        f"<title>{_text(drawn.title)}</title><desc>{_text(drawn.sentence)}</desc>",
        _defs(drawn, look, prefix, embed_font=embed_font),
        sheet,
        *_map(drawn, layout.map, look, prefix, on_sea=with_furniture),
        *(_swatch(s.entry, s.box, look, prefix) for s in layout.swatches),
        *(_line(line, look) for line in layout.lines),
        "</svg>",
    ]
    return "".join(parts)


def swatch_svg(entry: LegendEntry, width: float = 24, height: float = 16) -> str:
    """Draw the sample of one line of a legend; a circle fills the height."""
    side = height if entry.is_symbol else width
    box = Box(0.5, 0.5, side - 1, height - 1)
    texture = _pattern(entry.fill, entry.texture, LIGHT_LOOK, "trame") if entry.texture else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(side)} {_n(height)}" '
        f'width="{_n(side)}" height="{_n(height)}"><defs>{texture}</defs>'
        f"{_swatch(entry, box, LIGHT_LOOK, 'trame')}</svg>"
    )


def _text(text: str) -> str:
    """Escape a text; control characters, which no XML may hold, are left out."""
    return escape("".join(sign for sign in to_font_signs(text) if category(sign)[0] != "C"))


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _defs(drawn: DrawnMap, look: Look, prefix: str, *, embed_font: bool) -> str:
    looks = {(shape.fill, shape.texture) for shape in drawn.shapes if shape.texture}
    looks |= {(entry.fill, entry.texture) for entry in drawn.legend if entry.texture}
    patterns = "".join(_pattern(*seen, look, prefix) for seen in sorted(looks))
    return f"<defs>{_font_face() if embed_font else ''}{patterns}</defs>"


def _font_face() -> str:
    rules = (
        f'@font-face{{font-family:"{FONT_FAMILY}";font-weight:200 800;src:url(data:font/woff2;base64,'
        f'{base64.b64encode((FONT_FOLDER / name).read_bytes()).decode()}) format("woff2");'
        f"unicode-range:{signs}}}"
        for name, signs in (
            (
                "latin-normal.woff2",
                "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6-2DC,U+2000-206F,U+20AC,U+2212",
            ),
            ("latin-ext-normal.woff2", "U+100-130,U+132-151,U+154-2BA,U+1E00-1E9F"),
        )
    )
    return f"<style>{''.join(rules)}</style>"


def _pattern_id(fill: str, texture: str, prefix: str) -> str:
    return f"{prefix}-{texture}{fill.replace('#', '-')}"


def _pattern(fill: str, texture: str, look: Look, prefix: str) -> str:
    """Define a texture on its ground; the patterns of the shapes are in tenths of a pixel."""
    form, (ink, opacity) = TEXTURES[texture], texture_ink(fill, look)
    ground = look.grounds.get(fill, fill)
    base = f'<rect width="{TILE}" height="{TILE}" fill="{ground}"/>' if ground else ""
    return (
        f'<pattern id="{_pattern_id(fill, texture, prefix)}" width="{TILE}" height="{TILE}" '
        f'patternUnits="userSpaceOnUse" patternTransform="scale({_TENTHS})">{base}<path d="{form.path}" fill="none" stroke="{ink}" '
        f'stroke-opacity="{opacity:g}" stroke-width="{form.width:g}" stroke-linecap="round"/></pattern>'
    )


def _map(drawn: DrawnMap, box: Box, look: Look, prefix: str, *, on_sea: bool) -> Iterator[str]:
    """Draw the map from the ground up."""
    pixels = box.width / (drawn.bounds[2] - drawn.bounds[0])
    pen = Pen(drawn.bounds[0], drawn.bounds[3], pixels)
    if on_sea:
        yield (
            f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" '
            f'height="{_n(box.height)}" fill="{look.sea}" stroke="{look.frame}"/>'
        )
    yield f'<g transform="translate({_n(box.x)} {_n(box.y)}) scale({1 / _TENTHS:g})" fill-rule="evenodd" stroke-linejoin="round">'
    fine = len(drawn.shapes) > _MAX_LINED
    width = (FINE_LINE if fine else SHAPE_LINE) * _TENTHS
    yield (
        f'<g stroke="{look.line}" stroke-opacity="{look.line_opacity / (2 if fine else 1):g}" '
        f'stroke-width="{width:g}">'
    )
    if drawn.ground:
        ground = "".join(pen.polygons([drawn.ground]))
        yield f'<path fill="{look.grounds[OUTSIDE]}" d="{ground}"/>'
    yield from _shapes(drawn.shapes, pen, look, prefix)
    yield "</g>"
    backdrop = "".join(map(pen.line, drawn.backdrop))
    if backdrop:
        yield (
            f'<path d="{backdrop}" fill="none" stroke="{look.parent}" '
            f'stroke-width="{PARENT_LINE * _TENTHS:g}"/>'
        )
    yield from _chosen(drawn, pen, look)
    yield from _circles(drawn, pen, look)
    yield "</g>"
    yield from _frames(drawn, box, pixels, look)
    yield from _watermark(drawn.watermark, box, look)


class Pen:
    """Writes outlines as SVG paths, in tenths of a pixel from the upper left corner of a map."""

    def __init__(self, west: float, north: float, pixels_per_km: float) -> None:
        self._west, self._north = west, north
        self._scale = pixels_per_km * _TENTHS

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Move a point of the map (kilometres) to the drawing."""
        return (x - self._west) * self._scale, (self._north - y) * self._scale

    def line(self, points: Ring, end: str = "") -> str:
        """Write a line; points that fall on the one before are left out."""
        import numpy as np  # noqa: PLC0415 - spared to pages that export nothing

        moved = (points - (self._west, self._north)) * (self._scale, -self._scale)
        grid = np.rint(moved).astype(int)
        steps = np.diff(grid, axis=0)
        steps = steps[steps.any(axis=1)]
        if not len(steps):
            return ""
        (x, y), rest = grid[0].tolist(), steps.ravel().tolist()
        return f"M{x} {y}l{' '.join(map(str, rest))}{end}".replace(" -", "-")

    def polygons(self, shapes: Iterable[Iterable[Polygon]]) -> Iterator[str]:
        """Write the closed rings of some shapes."""
        for shape in shapes:
            for polygon in shape:
                for ring in polygon:
                    yield self.line(ring[:-1], "z")


def _shapes(shapes: Iterable[DrawnShape], pen: Pen, look: Look, prefix: str) -> Iterator[str]:
    """Draw the territories, those of one colour together; a territory is named to those who ask."""
    groups: dict[str, list[DrawnShape]] = defaultdict(list)
    total = 0
    for shape in shapes:
        groups[_paint(shape.fill, shape.texture, look, prefix)].append(shape)
        total += 1
    for paint, members in groups.items():
        if total > _MAX_NAMED:
            outline = "".join(pen.polygons(member.polygons for member in members))
            yield f'<path fill="{paint}" d="{outline}"/>'
            continue
        yield f'<g fill="{paint}">'
        for member in members:
            name = f"{member.name} : {member.text}" if member.text else member.name
            outline = "".join(pen.polygons([member.polygons]))
            yield (
                f'<path data-territoire="{member.id}" d="{outline}">'
                f"<title>{_text(name)}</title></path>"
            )
        yield "</g>"


def _paint(fill: str, texture: str, look: Look, prefix: str) -> str:
    if texture:
        return f"url(#{_pattern_id(fill, texture, prefix)})"
    return look.grounds.get(fill, fill)


def _chosen(drawn: DrawnMap, pen: Pen, look: Look) -> Iterator[str]:
    """Draw a ring with a halo around the territory in view."""
    for shape in drawn.shapes:
        if shape.id == drawn.selected:
            outline = "".join(pen.polygons([shape.polygons]))
            for colour, width in ((look.halo, 5.0), (look.chosen, 2.4)):
                yield (
                    f'<path d="{outline}" fill="none" stroke="{colour}" '
                    f'stroke-width="{width * _TENTHS:g}"/>'
                )


def _circles(drawn: DrawnMap, pen: Pen, look: Look) -> Iterator[str]:
    if not drawn.symbols:
        return
    named = len(drawn.symbols) <= _MAX_NAMED
    edge = f'stroke="{look.chosen}" stroke-width="{_TENTHS:g}"' if named else ""
    yield f'<g fill="{drawn.symbols[0].fill}" fill-opacity=".62" {edge}>'
    for symbol in drawn.symbols:
        x, y = pen.place(symbol.x, symbol.y)
        radius = pen.place(symbol.x + symbol.radius_km, 0)[0] - x
        title = f"<title>{_text(symbol.text)}</title>" if named else ""
        yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}">{title}</circle>'
    yield "</g>"


def _frames(drawn: DrawnMap, box: Box, pixels: float, look: Look) -> Iterator[str]:
    """Draw the frames of the overseas départements, with their names at the top."""
    west, north = drawn.bounds[0], drawn.bounds[3]
    for frame in drawn.frames:
        left, low, right, high = frame.bounds
        x, y = box.x + (left - west) * pixels, box.y + (north - high) * pixels
        side = (right - left) * pixels
        size = min(13.0, side * 0.115)
        yield (
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(side)}" height="{_n((high - low) * pixels)}" '
            f'fill="none" stroke="{look.frame}"/><text x="{_n(x + size * 0.5)}" '
            f'y="{_n(y + size * 1.25)}" font-size="{_n(size)}" fill="{look.soft}">'
            f"{_text(frame.name)}</text>"
        )


def _watermark(text: str, box: Box, look: Look) -> Iterator[str]:
    """Write the mark of the set of data across the map, line after line."""
    if not text:
        return
    size = min(_LETTER, box.width / 32)
    length = text_width(text, size, bold=True)
    step, line = length + _SPACE * size / _LETTER, _LINE * size / _LETTER
    slope = radians(_SLOPE)
    yield (
        f'<g transform="translate({_n(box.x)} {_n(box.y)})" font-size="{_n(size)}" '
        f'font-weight="700" fill="{look.chosen}" fill-opacity="{look.watermark_opacity:g}" '
        'aria-hidden="true">'
    )
    for rank in range(int((box.width * tan(-slope) + box.height) / line) + 1):
        start = -(rank % 3) * step / 3
        for column in range(int(box.width / (step * cos(slope))) + 2):
            along = start + column * step
            x, y = along * cos(slope), rank * line + along * sin(slope)
            end_x, end_y = x + length * cos(slope), y + length * sin(slope)
            # Whole words only: nothing has to be cut at the edge.
            if x > 0 and end_x < box.width and y < box.height and end_y - size > 0:
                yield (
                    f'<text transform="translate({_n(x)} {_n(y)}) rotate({_SLOPE:g})">'
                    f"{_text(text)}</text>"
                )
    yield "</g>"


def _swatch(entry: LegendEntry, box: Box, look: Look, prefix: str) -> str:
    """Draw a sample of the legend, in tenths of a pixel as the shapes are."""
    x, y, width, height = (round(side * _TENTHS) for side in (box.x, box.y, box.width, box.height))
    if entry.is_symbol:
        form = (
            f'<circle cx="{x + width / 2:g}" cy="{y + height / 2:g}" r="{height / 2:g}" '
            f'fill="{entry.fill}" fill-opacity=".62" stroke="{look.chosen}"'
        )
    else:
        paint = _paint(entry.fill, entry.texture, look, prefix)
        form = (
            f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{paint}" '
            f'stroke="{look.soft}"'
        )
    return f'<g transform="scale({1 / _TENTHS:g})">{form} stroke-width="{_TENTHS}"/></g>'


def _line(line: TextLine, look: Look) -> str:
    weight = ' font-weight="700"' if line.bold else ""
    end = ' text-anchor="end"' if line.at_end else ""
    return (
        f'<text x="{_n(line.x)}" y="{_n(line.y)}" font-size="{_n(line.size)}"{weight}{end} '
        f'fill="{look.soft if line.soft else look.ink}">{_text(line.text)}</text>'
    )
