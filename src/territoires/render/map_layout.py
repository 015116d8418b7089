"""Where everything stands on the sheet of a map: texts are measured, so that none overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from territoires.domain.indicators import Source
from territoires.render.drawn_chart import DrawnChart
from territoires.render.drawn_legend import LegendEntry
from territoires.render.drawn_map import DrawnMap
from territoires.render.fonts import text_width, to_font_signs, wrap_text
from territoires.render.map_page import MAX_SOURCES
from territoires.render.typography import hold_together
from territoires.views.citation import name_source, say_licence
from territoires.views.french import agree, count, format_number

#: Narrower sheets have the legend under the map, and smaller texts.
_WIDE = 700.0
_LEGEND_WIDTH = 270.0
_SWATCH_WIDTH, _SWATCH_HEIGHT = 24.0, 16.0
_GAP = 24.0
_LEADING = 1.35
#: A higher map than this share of its width is drawn narrower.
_MAX_HEIGHT = 1.2


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text; ``x`` is its start, or its end where ``at_end``; ``y`` its baseline."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    soft: bool = False
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class Swatch:
    """A sample of a line of the legend: a tile, or a circle that fills its box."""

    entry: LegendEntry
    box: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet of ``width`` by ``height`` pixels: the map, the texts, the samples of the legend."""

    width: float
    height: float
    map: Box
    lines: tuple[TextLine, ...] = ()
    swatches: tuple[Swatch, ...] = ()


@dataclass(slots=True)
class Column:
    """A column being filled downwards."""

    x: float
    width: float
    y: float
    lines: list[TextLine] = field(default_factory=list)
    swatches: list[Swatch] = field(default_factory=list)

    def write(
        self, text: str, size: float, *, bold: bool = False, soft: bool = False, after: float = 0.0
    ) -> None:
        """Add a paragraph, cut in lines of the width of the column."""
        shown = to_font_signs(hold_together(text))
        for line in wrap_text(shown, self.width, size, bold=bold) if shown else ():
            self.y += size * _LEADING
            self.lines.append(TextLine(self.x, self.y - size * 0.3, line, size, bold, soft))
        self.y += after

    def add_entry(self, entry: LegendEntry, size: float, pixels: float, room: float) -> None:
        """Add a line of the legend: its sample, its words, its count at the end of the line."""
        height = max(_SWATCH_HEIGHT, 2 * entry.radius_km * pixels)
        side = height if entry.is_symbol else _SWATCH_WIDTH
        number = "" if entry.count is None else format_number(entry.count)
        words = self.width - room - 10 - (text_width(number, size, bold=True) + 12 if number else 0)
        wrapped = wrap_text(to_font_signs(hold_together(entry.label)), words, size)
        texts = len(wrapped) * size * _LEADING
        top = self.y + max(0.0, (texts - height) / 2)
        place = Box(self.x + (room - side) / 2, top, side, height)
        self.swatches.append(Swatch(entry, place))
        first = self.y + max(0.0, (height - texts) / 2)
        for rank, line in enumerate(wrapped):
            baseline = first + (rank + 1) * size * _LEADING - size * 0.35
            self.lines.append(TextLine(self.x + room + 10, baseline, line, size))
            if number and not rank:
                end = self.x + self.width
                self.lines.append(TextLine(end, baseline, number, size, bold=True, at_end=True))
        self.y += max(height, texts) + 5


def lay_out(drawn: DrawnMap, width: float) -> Layout:
    """Place a map with its title, sentence, legend, source, date, reserves and attribution."""
    wide = width >= _WIDE
    margin, scale = (32.0, 1.0) if wide else (16.0, 0.9)
    inner = width - 2 * margin
    top = Column(margin, inner, margin - 6)
    top.write(drawn.title, 25 * scale, bold=True, after=6)
    top.write(drawn.sentence, 16 * scale, after=14)
    room = inner - _LEGEND_WIDTH - _GAP if wide else inner
    drawing = _map_box(drawn, margin, top.y, room)
    legend = Column(margin, inner, drawing.y + drawing.height + 14)
    if wide:
        legend = Column(margin + room + _GAP, _LEGEND_WIDTH, top.y)
    _fill_legend(legend, drawn, drawing, scale)
    bottom = Column(margin, inner, max(legend.y, drawing.y + drawing.height) + 12)
    for text in notes(drawn):
        bottom.write(text, 13 * scale, soft=True, after=3)
    bottom.write(small_print(drawn) or drawn.attribution, 11 * scale, soft=True)
    return Layout(
        width,
        bottom.y + margin * 0.6,
        drawing,
        (*top.lines, *legend.lines, *bottom.lines),
        tuple(legend.swatches),
    )


def lay_out_alone(drawn: DrawnMap, width: float) -> Layout:
    """Place a map without any text around it."""
    west, south, east, north = drawn.bounds
    height = width * (north - south) / (east - west)
    return Layout(width, height, Box(0.0, 0.0, width, height))


def _map_box(drawn: DrawnMap, x: float, y: float, width: float) -> Box:
    west, south, east, north = drawn.bounds
    ratio = (north - south) / (east - west)
    narrowed = min(width, width * _MAX_HEIGHT / ratio)
    return Box(x + (width - narrowed) / 2, y, narrowed, narrowed * ratio)


def _fill_legend(column: Column, drawn: DrawnMap, box: Box, scale: float) -> None:
    pixels = box.width / (drawn.bounds[2] - drawn.bounds[0])
    column.write(drawn.legend_title, 15 * scale, bold=True, after=8)
    largest = max((entry.radius_km for entry in drawn.legend), default=0.0)
    room = max(_SWATCH_WIDTH, 2 * largest * pixels)
    for entry in drawn.legend:
        column.add_entry(entry, 14.5 * scale, pixels, room)
    column.y += 5
    column.write(drawn.benchmark, 14.5 * scale, bold=True, after=6)
    column.write(drawn.legend_note, 13 * scale, soft=True)
    if drawn.actors:
        column.y += 14 if drawn.legend else 0
        column.write(drawn.actors.title, 15 * scale, bold=True, after=8)
        for entry in drawn.actors.legend:
            column.add_entry(entry, 14.5 * scale, pixels, _SWATCH_WIDTH)
        column.write(drawn.actors.note, 13 * scale, soft=True)


def notes(drawn: DrawnMap | DrawnChart) -> Iterator[str]:
    """Write what stands under a map or a chart: sources, date, reserves, how to quote it."""
    label = agree(len(drawn.sources), "Source", "Sources")
    named = " ; ".join(_name_few(drawn.sources)) or "aucune valeur publiée"
    dated = f" Date des données : {drawn.date}." if drawn.date else ""
    yield f"{label} : {named}.{dated}"
    if drawn.caveats:
        yield "À savoir : " + " ".join(drawn.caveats)
    if drawn.citation:
        yield f"Pour citer : {drawn.citation}"


def small_print(drawn: DrawnMap | DrawnChart) -> str:
    """Write under what terms a file may be used; it holds the attribution of the outlines."""
    return say_licence(drawn.licence) if drawn.licence else ""


def _name_few(sources: Sequence[Source]) -> list[str]:
    """Name some sources; those there is no room for are counted."""
    named = [name_source(source) for source in sources[:MAX_SOURCES]]
    rest = len(sources) - MAX_SOURCES
    if rest > 0:
        named.append(f"{count(rest, 'autre', 'autres')}, au registre des sources")
    return named
