"""A chart as an SVG: names on the left, marks with their intervals on one axis, texts as texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from territoires.analysis.classes import rounded_breaks
from territoires.render.chart_marks import OTHER_READING, Series
from territoires.render.drawn_chart import ChartLine, ChartMark, DrawnChart
from territoires.render.fonts import FONT_FAMILY, text_width, to_font_signs
from territoires.render.map_layout import Box, Column, TextLine, notes, small_print
from territoires.render.map_look import LIGHT_LOOK
from territoires.render.map_paint import bound_decimals
from territoires.render.svg_parts import about, font_face, svg_text, text_svg
from territoires.render.typography import hold_together
from territoires.views.french import NBSP, format_number

_MARGIN = 32.0
_NAME_SIZE, _WORDS_SIZE, _TICK_SIZE = 16.0, 14.5, 14.0
#: Column of the names, and blank between it and the axis.
_NAMES, _DATES, _GUTTER = 330.0, 150.0, 28.0
_MARK, _GAP, _FOOT, _STEM = 27.0, 18.0, 32.0, 10.0
#: Between two lines of a list, which has no axis.
_LIST_GAP = 5.0
_PERCENT, _FIFTHS = (0.0, 100.0), (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
#: Beyond these shares of the axis, the label of France would run out of the frame.
_LEFT, _RIGHT, _MIDDLE = 0.15, 0.85, 0.45
_NEUTRAL, _GRID = "#7a868a", "#d5dadc"
_WATERMARK_SIZE, _WATERMARK_STEP, _WATERMARK_SLOPE = 22.0, 130.0, -12
_INK = LIGHT_LOOK


@dataclass(frozen=True, slots=True)
class _Axis:
    """The axis of the values: its box in pixels, and the values at its ends."""

    box: Box
    low: float
    high: float

    def place(self, value: float) -> float:
        return self.box.x + self.box.width * self.share(value)

    def share(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low or 1)


def chart_to_svg(chart: DrawnChart, width: float = 1200, *, is_file: bool = False) -> str:
    """Draw a chart with its title, sentence, key, sources, date and reserves."""
    inner = width - 2 * _MARGIN
    top = Column(_MARGIN, inner, _MARGIN - 6)
    top.write(chart.title, 25, bold=True, after=6)
    top.write(chart.sentence, 16, after=10)
    top.write(chart.key, 14, soft=True, after=6)
    head = top.y + (30 if chart.series else 4) + (22 if chart.benchmark else 0)
    room, gap = (_NAMES, _GAP) if chart.has_axis else (_DATES, _LIST_GAP)
    names = [_name(line, room) for line in chart.lines]
    heights = [max(n.y, _MARK * _count(line)) for n, line in zip(names, chart.lines, strict=True)]
    start = _MARGIN + room + _GUTTER
    depth = sum(heights) + gap * len(heights)
    axis = _Axis(Box(start, head, width - _MARGIN - start - _room(chart), depth), *chart.span)
    bottom = Column(_MARGIN, inner, head + depth + _FOOT + 6)
    for text in notes(chart):
        bottom.write(text, 13, soft=True, after=3)
    bottom.write(small_print(chart), 11, soft=True)
    height = bottom.y + _MARGIN * 0.6
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:.0f}" '
            f'width="{width:g}" height="{height:.0f}" role="img" lang="fr" '
            f'font-family="{FONT_FAMILY}, system-ui, sans-serif">',
            f"<title>{svg_text(chart.title)}</title><desc>{svg_text(chart.sentence)}</desc>",
            about(chart) + font_face() if is_file else "",
            f'<rect width="100%" height="100%" fill="{_INK.paper}"/>',
            *(_axis(chart, axis, width) if chart.has_axis else ()),
            *_series(chart.series, top.y + 12),
            *_watermark(chart, axis, Box(_MARGIN, head, inner, depth)),
            *_lines(chart, names, heights, axis, gap),
            *(text_svg(line, _INK) for line in (*top.lines, *bottom.lines)),
            "</svg>",
        )
    )


def _count(line: ChartLine) -> int:
    return sum(mark is not None for mark in line.marks)


def _name(line: ChartLine, width: float) -> Column:
    """Write a name and its words from the top of a column; its ``y`` is their height."""
    column = Column(_MARGIN, width, 0.0)
    column.write(line.label, _NAME_SIZE, bold=True)
    column.write(line.words, _WORDS_SIZE)
    return column


def _room(chart: DrawnChart) -> float:
    """Measure the longest text at the right of a mark."""
    texts = [mark.text for line in chart.lines for mark in line.marks if mark and mark.text]
    widths = [text_width(to_font_signs(text), _WORDS_SIZE) for text in texts]
    return max(widths) + 24 if widths else 24.0


def _axis(chart: DrawnChart, axis: _Axis, width: float) -> Iterator[str]:
    """Draw the grid, its values under it, and France's line through it."""
    box, foot = axis.box, axis.box.y + axis.box.height
    found = _FIFTHS if chart.span == _PERCENT else rounded_breaks(axis.low, axis.high)
    ticks = [tick for tick in found if axis.low <= tick <= axis.high]
    decimals = bound_decimals(ticks)
    for tick in ticks:
        x = axis.place(tick)
        yield _stroke((x, box.y), (x, foot), _GRID, 1)
        text = format_number(tick, decimals) + (f"{NBSP}%" if chart.unit == "%" else "")
        left = x - text_width(text, _TICK_SIZE) / 2
        yield text_svg(TextLine(left, foot + 18, text, _TICK_SIZE, soft=True), _INK)
    if chart.unit not in ("%", ""):
        unit = to_font_signs(hold_together(f"Unité : {chart.unit}"))
        yield text_svg(TextLine(_MARGIN, foot + 18, unit, _TICK_SIZE, soft=True), _INK)
    if chart.benchmark:
        value, label = chart.benchmark
        x, share = axis.place(value), axis.share(value)
        lean = 0.0 if share < _LEFT else 1.0 if share > _RIGHT else 0.5
        start = x - lean * text_width(label, _WORDS_SIZE, bold=True)
        yield _stroke((x, box.y - 4), (x, foot), _NEUTRAL, 2, dashed=True)
        end = min(start, width - _MARGIN - text_width(label, _WORDS_SIZE, bold=True))
        yield text_svg(TextLine(end, box.y - 9, label, _WORDS_SIZE, bold=True), _INK)


def _series(series: tuple[tuple[str, Series], ...], y: float) -> Iterator[str]:
    x = _MARGIN + 8
    for name, look in series:
        yield _sign(x, y, look, hollow=False)
        yield text_svg(TextLine(x + 14, y + 5, name, _WORDS_SIZE), _INK)
        x += 14 + text_width(name, _WORDS_SIZE) + 36


def _lines(
    chart: DrawnChart, names: list[Column], heights: list[float], axis: _Axis, gap: float
) -> Iterator[str]:
    y = axis.box.y + gap / 2
    for line, column, height in zip(chart.lines, names, heights, strict=True):
        shift = y + (height - column.y) / 2
        for text in column.lines:
            placed = TextLine(text.x, text.y + shift, text.text, text.size, text.bold)
            yield text_svg(placed, _INK)
        marks = [mark for mark in line.marks if mark]
        first = y + (height - _MARK * len(marks)) / 2 + _MARK / 2
        if chart.has_stems:
            for rank, mark in enumerate(marks):
                yield _stem(mark, axis, first + rank * _MARK)
        if chart.joins and len(marks) > 1:
            ends = [axis.place(marks[at].value) for at in (0, -1)]
            last = first + _MARK * (len(marks) - 1)
            yield _stroke((ends[0], first), (ends[1], last), _NEUTRAL, 2)
        for rank, mark in enumerate(marks):
            yield from _mark(mark, axis, first + rank * _MARK)
        y += height + gap
        if line is not chart.lines[-1]:
            rule = y - gap / 2
            yield _stroke((_MARGIN, rule), (axis.box.x + axis.box.width, rule), _GRID, 0.6)


def _stem(mark: ChartMark, axis: _Axis, y: float) -> str:
    """Join a mark to zero."""
    start, end = axis.place(0.0), axis.place(mark.value)
    return (
        f'<rect x="{start:.1f}" y="{y - _STEM / 2:.1f}" width="{max(end - start, 0.0):.1f}" '
        f'height="{_STEM:g}" fill="{mark.series.colour}" fill-opacity=".35"/>'
    )


def _mark(mark: ChartMark, axis: _Axis, y: float) -> Iterator[str]:
    low, x, high = (axis.place(value) for value in (mark.low, mark.value, mark.high))
    if high > low:
        yield _stroke((low, y), (high, y), mark.series.colour, 2.5)
        for end in (low, high):
            yield _stroke((end, y - 5), (end, y + 5), mark.series.colour, 2.5)
    yield _sign(x, y, mark.series, hollow=mark.is_hollow)
    if mark.text:
        text = to_font_signs(hold_together(mark.text))
        line = text_svg(TextLine(max(high, x + 7) + 10, y + 5, text, _WORDS_SIZE), _INK)
        # A rim, so that neither the watermark nor the grid goes through the figures.
        yield f'<g stroke="{_INK.paper}" stroke-width="5" stroke-linejoin="round" paint-order="stroke">{line}</g>'


def _sign(x: float, y: float, series: Series, *, hollow: bool) -> str:
    """Draw the sign of a series: told by its form as well as by its colour."""
    forms = {
        "circle": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6"',
        "diamond": f'<path d="M{x:.1f} {y - 7.5:.1f}l7.5 7.5-7.5 7.5-7.5-7.5z"',
        "square": f'<path d="M{x - 5.5:.1f} {y - 5.5:.1f}h11v11h-11z"',
        "triangle-up": f'<path d="M{x:.1f} {y - 7:.1f}l7 12.5h-14z"',
        OTHER_READING: f'<path d="M{x - 6:.1f} {y - 6:.1f}l12 12m0-12l-12 12"',
    }
    fill = _INK.paper if hollow else series.colour
    return f'{forms[series.symbol]} fill="{fill}" stroke="{series.colour}" stroke-width="2"/>'


def _stroke(
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    width: float,
    *,
    dashed: bool = False,
) -> str:
    dashes = ' stroke-dasharray="7 5"' if dashed else ""
    return (
        f'<path d="M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}" fill="none" '
        f'stroke="{colour}" stroke-width="{width:g}"{dashes}/>'
    )


def _watermark(chart: DrawnChart, axis: _Axis, whole: Box) -> Iterator[str]:
    """Write the mark of the set of data behind the marks, often enough for any part of them.

    It stands on the side of the axis that has fewer marks.
    """
    text = chart.watermark
    box = axis.box if chart.has_axis else whole
    times = max(1, round(box.height / _WATERMARK_STEP)) if text else 0
    places = [axis.share(mark.value) for line in chart.lines for mark in line.marks if mark]
    half = text_width(text, _WATERMARK_SIZE, bold=True) / 2
    is_left = sum(places) / (len(places) or 1) > _MIDDLE
    x = box.x + (min(half + 8, box.width / 2) if is_left else max(box.width - half, box.width / 2))
    for rank in range(times):
        y = box.y + (rank + 0.5) * box.height / times
        yield (
            f'<text transform="translate({x:.0f} {y:.0f}) rotate({_WATERMARK_SLOPE})" '
            f'text-anchor="middle" font-size="{_WATERMARK_SIZE:g}" font-weight="700" '
            f'fill="{_INK.chosen}" fill-opacity="{_INK.watermark_opacity:g}" aria-hidden="true">'
            f"{svg_text(text)}</text>"
        )
