"""Parts that the drawings of maps and of charts share: texts, the font, the watermark."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape
from math import cos, radians, sin
from typing import TYPE_CHECKING
from unicodedata import category

from territoires.render.fonts import FONT_FAMILY, FONT_FOLDER, text_width, to_font_signs
from territoires.render.map_layout import Box, TextLine
from territoires.render.map_look import Look

if TYPE_CHECKING:
    from territoires.render.drawn_chart import DrawnChart
    from territoires.render.drawn_map import DrawnMap

#: Side of the tile that the sign of an actor is written on.
_POINT_TILE = 16
#: Sides in pixels: the sign of an actor; the disc of several, by how many digits it holds.
SIGN_SIZE = 14.0
_DISCS = (21.0, 25.0, 31.0)
#: The watermark of a map, in pixels: letters, space between two, between lines; slope in degrees.
_LETTER, _SPACE, _LINE, _SLOPE = 21.0, 44.0, 84.0, -28.0


def svg_text(text: str) -> str:
    """Escape a text; what no XML may hold, or does not show, is left out."""
    return escape(to_visible(text))


def to_visible(text: str) -> str:
    """Leave out of a text what does not show: controls, turns of direction, half signs."""
    return "".join(sign for sign in to_font_signs(text) if category(sign)[0] != "C")


def short(number: float) -> str:
    """Write a number of pixels, to a tenth."""
    return f"{number:.1f}".removesuffix(".0")


def font_face() -> str:
    """Write the font into a drawing, for a reader that does not have it."""
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


def about(drawn: DrawnMap | DrawnChart) -> str:
    """Write what the file says of itself (Dublin Core): title, citation, licence."""
    told = (("title", drawn.title), ("source", drawn.citation), ("rights", drawn.licence))
    terms = "".join(f"<dc:{name}>{svg_text(text)}</dc:{name}>" for name, text in told if text)
    return (
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">'
        f"{terms}<dc:language>fr</dc:language></rdf:Description></rdf:RDF></metadata>"
    )


def text_svg(line: TextLine, look: Look) -> str:
    """Write a line of text."""
    weight = ' font-weight="700"' if line.bold else ""
    end = ' text-anchor="end"' if line.at_end else ""
    return (
        f'<text x="{short(line.x)}" y="{short(line.y)}" font-size="{short(line.size)}"{weight}{end} '
        f'fill="{look.soft if line.soft else look.ink}">{svg_text(line.text)}</text>'
    )


def sign_svg(form: str, colour: str, place: tuple[float, float], size: float, look: Look) -> str:
    """Draw the sign of a kind of actor around a place."""
    scale = size / _POINT_TILE
    x, y = (at - size / 2 for at in place)
    return (
        f'<path transform="translate({x:.0f} {y:.0f}) scale({scale:g})" d="{form}" '
        f'fill="{colour}" fill-rule="evenodd" stroke="{look.halo}" stroke-width="1.4"/>'
    )


def disc_size(number: int) -> float:
    """Give the diameter of the disc of several actors, in pixels."""
    return _DISCS[min(len(str(number)), len(_DISCS)) - 1]


def number_svg(number: int, place: tuple[float, float], size: float, look: Look) -> str:
    """Draw how many actors stand too near each other to be told apart; ``size`` is a sign's."""
    x, y = place
    radius = disc_size(number) / SIGN_SIZE * size / 2
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}" fill="{look.halo}" '
        f'stroke="{look.chosen}" stroke-width="{size / 10:g}"/><text x="{x:.0f}" '
        f'y="{y + size * 0.3:.0f}" font-size="{size * 0.86:.0f}" font-weight="700" '
        f'text-anchor="middle" fill="{look.chosen}">{number}</text>'
    )


def watermark(text: str, box: Box, look: Look) -> Iterator[str]:
    """Write the mark of the set of data across a map, line after line."""
    if not text:
        return
    size = min(_LETTER, box.width / 32)
    yield (
        f'<g transform="translate({short(box.x)} {short(box.y)})" font-size="{short(size)}" '
        f'font-weight="700" fill="{look.chosen}" fill-opacity="{look.watermark_opacity:g}" '
        f'stroke="{look.halo}" stroke-opacity="{look.watermark_opacity:g}" '
        f'stroke-width="{size * 0.12:.1f}" paint-order="stroke" aria-hidden="true">'
    )
    for x, y in _marks(box, text_width(text, size, bold=True), size):
        yield (
            f'<text transform="translate({short(x)} {short(y)}) rotate({_SLOPE:g})">'
            f"{svg_text(text)}</text>"
        )
    yield "</g>"


def _marks(box: Box, length: float, size: float) -> Iterator[tuple[float, float]]:
    """Place whole words on slanted lines, from one edge then from the other: none has to be cut."""
    right, up = cos(radians(_SLOPE)), -sin(radians(_SLOPE))
    step, line = length + _SPACE * size / _LETTER, _LINE * size / _LETTER
    for rank in range(int((box.height + box.width * up / right) / line) + 1):
        foot = rank * line
        first = max(size / right, (foot - box.height + size / 2) / up)
        last = min((box.width - size / 2) / right, (foot - size) / up) - length
        if last < first:
            continue
        number = int((last - first) / step)
        start = last - number * step if rank % 2 else first
        for place in range(number + 1):
            along = start + place * step
            yield along * right, foot - along * up
