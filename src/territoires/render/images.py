"""Maps and charts as image files: the same drawing as SVG and as PNG, without any browser."""

from __future__ import annotations

import re
import zlib

from territoires.render.chart_svg import chart_to_svg
from territoires.render.documents import printable
from territoires.render.drawn_chart import DrawnChart
from territoires.render.drawn_map import DrawnMap
from territoires.render.fonts import FONT_FOLDER
from territoires.render.map_svg import to_svg
from territoires.render.programs import run_program
from territoires.render.svg_parts import to_visible

#: Width of the drawing, and of its PNG: two pixels for one.
SVG_WIDTH, PNG_WIDTH = 1200, 2400
_POINTS_PER_INCH = 72
_OTHER_SIGNS = re.compile(r"[^\x00-\x7f]+")
#: Where the header of a PNG ends: signature, then its first chunk.
_HEADER_END = 8 + 25
_PROGRAM = "territoires.render.png_process"


def to_svg_file(drawn: DrawnMap) -> bytes:
    """Write a map as an SVG file: vector, texts as texts, the font inside."""
    return to_svg(drawn, SVG_WIDTH, is_file=True).encode()


def to_png(drawn: DrawnMap, *, with_furniture: bool = True, width_px: int = PNG_WIDTH) -> bytes:
    """Write a map as a PNG; without furniture, the map alone on a transparent ground."""
    svg = to_svg(drawn, SVG_WIDTH, with_furniture=with_furniture)
    return _with_texts(svg_to_png(svg, SVG_WIDTH, width_px), drawn)


def chart_to_svg_file(chart: DrawnChart) -> bytes:
    """Write a chart as an SVG file: vector, texts as texts, the font inside."""
    return chart_to_svg(chart, SVG_WIDTH, is_file=True).encode()


def chart_to_png(chart: DrawnChart, *, width_px: int = PNG_WIDTH) -> bytes:
    """Write a chart as a PNG."""
    return _with_texts(svg_to_png(chart_to_svg(chart, SVG_WIDTH), SVG_WIDTH, width_px), chart)


def _with_texts(png: bytes, drawn: DrawnMap | DrawnChart) -> bytes:
    """Write into a PNG what it is, how it is cited and under what terms (chunks of its standard)."""
    told = (("Title", drawn.title), ("Source", drawn.citation), ("Copyright", drawn.licence))
    texts = b"".join(
        _chunk(b"iTXt", f"{name}\0\0\0fr\0\0{to_visible(text)}".encode())
        for name, text in told
        if text
    )
    return png[:_HEADER_END] + texts + png[_HEADER_END:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return len(content).to_bytes(4) + kind + content + check.to_bytes(4)


def svg_to_png(svg: str, width: float, width_px: int) -> bytes:
    """Turn a drawing of ours into pixels.

    Parameters
    ----------
    width
        That of the drawing.
    width_px
        That of the image.

    Raises
    ------
    DocumentError
        When it cannot be drawn.
    """
    # Another font than ours would be used, or none: the same drawing on every machine.
    shown = _OTHER_SIGNS.sub(lambda found: printable(found[0]), svg)
    density = _POINTS_PER_INCH * width_px / width
    arguments = (f"{width:g}", f"{density:.6g}", str(FONT_FOLDER))
    # Always wanted, hence always there.
    return run_program(_PROGRAM, arguments, shown.encode()) or b""
