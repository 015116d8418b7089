"""Words of the slides' XML: texts made harmless, boxes of text, shapes, all as strings.

A string parsed once is much faster than shapes added one by one, whose cost grows with the number
of those already there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from xml.sax.saxutils import escape, quoteattr

from territoires.render.fonts import text_width, to_font_signs, wrap_text
from territoires.render.typography import hold_together

EMU_PER_POINT = 12_700
#: A slide of 16:9, in points: 33.87 by 19.05 cm.
WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 44.0
BODY_WIDTH = WIDTH - 2 * MARGIN
#: Where what stands on a slide ends, and its foot begins.
BODY_BOTTOM, FOOT_TOP = 486.0, 496.0
TITLE_TOP = 26.0
TITLE_SIZE, LEAST_TITLE_SIZE, TEXT_SIZE, FOOT_SIZE = 32.0, 28.0, 18.0, 12.0
LINE = 1.2
#: Slides are edited on other computers, where ours is not installed: a font that all of them have,
#: or have the twin of. Ours, which texts are measured with, is as wide within one hundredth or two.
FONT = "Arial"
INK, SOFT, ACCENT, MARK, PALE = "1C2427", "44545A", "0B5C6B", "8A4300", "EAF2F4"
WHITE = "FFFFFF"
OPAQUE = 100
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
LANGUAGE = "fr-FR"
#: The font may be a little wider than the one it is measured with.
_ROOM = 0.98
#: Overhang of a line that is no second line.
_CUT = 0.02
#: What XML refuses, and the other control characters, which no font has.
_REFUSED = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Marks of direction turn around what follows them, a file name for instance.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANKS = re.compile("[\t\n\r \u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the slide, in points from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look."""

    text: str
    size: float = TEXT_SIZE
    bold: bool = False
    colour: str = INK
    opacity: int = OPAQUE


Paragraph = Sequence[Run]


def plain(text: str) -> str:
    """Give a text as one line that any XML reader takes, with its no-break spaces."""
    kept = _TURNING.sub("", _REFUSED.sub("", text))
    return to_font_signs(hold_together(_BLANKS.sub(" ", kept).strip()))


def emu(points: float) -> int:
    """Give points in the unit of the file."""
    return round(points * EMU_PER_POINT)


def attribute(text: str) -> str:
    """Write a text as an attribute, with its quotation marks."""
    return quoteattr(plain(text))


def clip(text: str, most: int) -> str:
    """Cut at a word a text too long for its place; it is told whole in the notes."""
    words = plain(text)
    if len(words) <= most:
        return words
    kept = words[:most]
    return f"{kept.rpartition(' ')[0] or kept}…"


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Count the lines that a text takes in a width, both in points; a long word is cut."""
    lines = wrap_text(plain(text), width * _ROOM, size, bold=bold)
    return sum(max(1, ceil(text_width(x, size, bold=bold) / width - _CUT)) for x in lines)


def height_of(paragraphs: Sequence[Paragraph], width: float, gap: float = 0.0) -> float:
    """Measure the height of paragraphs in a width, ``gap`` between two of them."""
    total = 0.0
    for runs in paragraphs:
        size = max((run.size for run in runs), default=TEXT_SIZE)
        text = "".join(plain(run.text) if run is runs[0] else f" {plain(run.text)}" for run in runs)
        total += lines_of(text, width, size, bold=any(run.bold for run in runs)) * size * LINE
    return total + gap * max(len(paragraphs) - 1, 0)


def solid(colour: str, *, opacity: int = 100) -> str:
    """Write a plain fill; ``opacity`` in percent."""
    seen = f'<a:alpha val="{opacity * 1000}"/>' if opacity < OPAQUE else ""
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}">{seen}</a:srgbClr></a:solidFill>'


def line(colour: str, width: float, *, dash: str = "") -> str:
    """Write an outline, its width in points."""
    dashes = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{emu(width)}">{solid(colour)}{dashes}<a:round/></a:ln>'


NO_LINE = "<a:ln><a:noFill/></a:ln>"
NO_FILL = "<a:noFill/>"


def transform(box: Box) -> str:
    """Write the place of a shape."""
    return (
        f'<a:xfrm><a:off x="{emu(box.x)}" y="{emu(box.y)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></a:xfrm>'
    )


def run(words: Run) -> str:
    """Write words of one look, in French."""
    bold = ' b="1"' if words.bold else ""
    return (
        f'<a:r><a:rPr lang="{LANGUAGE}" sz="{round(words.size * 100)}"{bold} dirty="0">'
        f"{solid(words.colour, opacity=words.opacity)}</a:rPr><a:t>{escape(plain(words.text))}</a:t></a:r>"
    )


def paragraph(runs: Paragraph, *, align: str = "l", gap: float = 0.0, bullet: bool = False) -> str:
    """Write a paragraph; ``gap`` is the space above it, in points."""
    space = f'<a:spcBef><a:spcPts val="{round(gap * 100)}"/></a:spcBef>'
    mark = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if bullet else "<a:buNone/>"
    indent = f'marL="{emu(18)}" indent="{-emu(18)}"' if bullet else 'marL="0" indent="0"'
    blank = f'<a:r><a:rPr lang="{LANGUAGE}"/><a:t> </a:t></a:r>'
    told = blank.join(run(words) for words in runs)
    return f'<a:p><a:pPr {indent} algn="{align}">{space}{mark}</a:pPr>{told}</a:p>'


def body(paragraphs: Sequence[str], *, anchor: str = "t", inset: float = 0.0) -> str:
    """Write what a shape holds as text; PowerPoint shrinks it if its font is wider than ours."""
    side = emu(inset)
    told = "".join(paragraphs) or f'<a:p><a:endParaRPr lang="{LANGUAGE}"/></a:p>'
    return (
        f'<p:txBody><a:bodyPr wrap="square" lIns="{side}" tIns="{side}" rIns="{side}" '
        f'bIns="{side}" anchor="{anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle/>{told}</p:txBody>'
    )


def text_box(
    name: str,
    box: Box,
    paragraphs: Sequence[str],
    *,
    anchor: str = "t",
    form: str = "rect",
    fill: str = NO_FILL,
    outline: str = NO_LINE,
    inset: float = 0.0,
    rotation: float = 0.0,
) -> str:
    """Write a box of text, or a shape that holds some."""
    turned = transform(box)
    if rotation:
        turned = turned.replace("<a:xfrm>", f'<a:xfrm rot="{round(rotation * 60_000)}">')
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='0' name={attribute(name)}/><p:cNvSpPr txBox='1'/><p:nvPr/>"
        f'</p:nvSpPr><p:spPr>{turned}<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>'
        f"{fill}{outline}</p:spPr>{body(paragraphs, anchor=anchor, inset=inset)}</p:sp>"
    )


def figure(
    name: str, box: Box, *, form: str = "rect", fill: str = NO_FILL, outline: str = NO_LINE
) -> str:
    """Write a plain shape without words: a tile of the legend, a circle, a frame."""
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='0' name={attribute(name)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f'<p:spPr>{transform(box)}<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{fill}{outline}'
        f"</p:spPr></p:sp>"
    )


def group(name: str, words: str, box: Box, shapes: Sequence[str]) -> str:
    """Write shapes as one group, named and told in words for who does not see it."""
    place = transform(box).removesuffix("</a:xfrm>")
    children = (
        f'<a:chOff x="{emu(box.x)}" y="{emu(box.y)}"/>'
        f'<a:chExt cx="{emu(box.width)}" cy="{emu(box.height)}"/></a:xfrm>'
    )
    return (
        f"<p:grpSp><p:nvGrpSpPr><p:cNvPr id='0' name={attribute(name)} descr={attribute(words)}/>"
        f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>{place}{children}</p:grpSpPr>"
        f"{''.join(shapes)}</p:grpSp>"
    )
