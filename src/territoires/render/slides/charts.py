"""Native charts: bars with their intervals, the numbers in a workbook inside the file."""

from __future__ import annotations

import math
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from territoires.render.slides.chart_book import (
    INTERVAL_COLUMNS,
    SHEET,
    name_cells,
    reach,
    write_workbook,
)
from territoires.render.slides.chart_key import add_key
from territoires.render.slides.deck import Bar, BarChart, Series
from territoires.render.slides.markup import (
    INK,
    LANGUAGE,
    LINE,
    MARK,
    TEXT_SIZE,
    Box,
    clip,
    emu,
    lines_of,
    plain,
    solid,
)
from territoires.views.french import NBSP

#: python-pptx and lxml say little of their types.
_Element = Any

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SPACES = f'xmlns:c="{_CHART}" xmlns:a="{_DRAWING}"'
#: Shares of the frame: names of the rows on the left, room for the last numbers on the right.
_NAMES_SHARE, _NUMBERS_SHARE = 0.40, 0.13
_GRID = "C9D2D5"
_AXIS_HEIGHT, _MARK_HEIGHT, _KEY_HEIGHT = 28.0, 26.0, 26.0
#: Height of a bar whose number can be read, and the blank beside the names, in points.
_BAR, _NAMES_GAP = 20.0, 14.0
#: Characters of the name of a row, at most; the workbook has it whole.
_MAX_NAME = 120
#: Characters of a unit, at most: a longer format of numbers is refused.
_MAX_UNIT = 60
#: Steps of the axis at most, and what makes a format of numbers French.
_MOST_STEPS, _FRENCH = 5, "[$-40C]"


def frame_height(chart: BarChart, width: float, has_mark: bool) -> float:
    """Measure the height that a chart needs for its names to be read, in points."""
    room = width * _NAMES_SHARE - _NAMES_GAP
    bars = _BAR * len(chart.series) + 8
    names = [
        lines_of(clip(name, _MAX_NAME), room, TEXT_SIZE) * TEXT_SIZE * LINE + 4
        for name in chart.rows
    ]
    return len(chart.rows) * max(bars, *names, 0) + _AXIS_HEIGHT + _head_height(chart, has_mark)


def _head_height(chart: BarChart, has_mark: bool) -> float:
    """Measure what stands above the bars: the mark, then the names of the series."""
    return (_MARK_HEIGHT if has_mark else 0) + (_KEY_HEIGHT if len(chart.series) > 1 else 0) + 4


def add_chart(slide: Any, chart: BarChart, box: Box, words: str, mark: str) -> None:
    """Put a chart on a slide, with error bars where an interval is known.

    python-pptx writes neither error bars nor a marked workbook: both are added here.
    """
    from pptx.chart.data import CategoryChartData  # noqa: PLC0415 - slow to load, used here only
    from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415 - as above

    make: Any = CategoryChartData
    # Written as it is into the XML of the chart.
    data = make(number_format=escape(_format(chart, chart.decimals)))
    data.categories = [clip(name, _MAX_NAME) for name in chart.rows]
    for series in chart.series:
        data.add_series(
            clip(series.name, _MAX_NAME), [bar.value if bar else None for bar in series.bars]
        )
    places = [emu(length) for length in (box.x, box.y, box.width, box.height)]
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *places, data)
    frame.name = "Graphique"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(words))
    drawn = frame.chart
    _dress(drawn, chart, box, mark)
    drawn.part.chart_workbook.update_from_xlsx_blob(write_workbook(chart, mark))
    if len(chart.series) > 1:
        start, top = box.width * _NAMES_SHARE, _MARK_HEIGHT if mark else 0.0
        add_key(drawn, chart, Box(start, top, box.width - start, _KEY_HEIGHT), box)


def scale_of(chart: BarChart) -> float:
    """Give the end of the axis: that of the question, else the largest value."""
    if chart.scale is not None:
        return chart.scale
    ends = [max(bar.value, bar.high or bar.value) for s in chart.series for bar in s.bars if bar]
    return max([end for end in ends if end > 0], default=1.0)


def _step_of(chart: BarChart) -> float:
    """Choose the step of the axis: a round one, and few enough of them to be read level."""
    end = scale_of(chart)
    tenth = 10.0 ** math.floor(math.log10(end))
    return next(
        share * tenth for share in (0.1, 0.2, 0.5, 1.0, 2.0) if end / (share * tenth) <= _MOST_STEPS
    )


def _format(chart: BarChart, decimals: int) -> str:
    """Write numbers the French way, whatever the language of the computer they are read on."""
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    unit = clip(chart.unit.replace('"', ""), _MAX_UNIT)
    return _FRENCH + (f'{number}"{NBSP}{unit}"' if unit else number)


def _dress(drawn: Any, chart: BarChart, box: Box, mark: str) -> None:
    """Give the chart our look: names from the top, room around, colours, intervals."""
    element = drawn._chartSpace
    drawn.font.size = emu(TEXT_SIZE)
    drawn.has_legend = False
    _write_title(drawn, mark)
    names, values = drawn.category_axis, drawn.value_axis
    names.reverse_order = True
    names.format.line.color.rgb = _rgb(_GRID)
    names.has_major_gridlines = False
    values.minimum_scale, values.maximum_scale = 0, scale_of(chart)
    values.major_unit = step = _step_of(chart)
    values.major_gridlines.format.line.color.rgb = _rgb(_GRID)
    values.format.line.fill.background()
    values.tick_labels.number_format = _format(chart, 0 if step >= 1 else chart.decimals)
    values.tick_labels.number_format_is_linked = False
    # The names start from the top, and the axis of the values stays at the foot.
    for crosses in element.iter(f"{{{_CHART}}}crosses"):
        if (axis := crosses.getparent()) is not None and axis.tag.endswith("valAx"):
            crosses.set("val", "max")
    drawn.plots[0].gap_width, drawn.plots[0].overlap = 60, -10
    head = _head_height(chart, bool(mark))
    _place_plot(element, head / box.height, 1 - (head + _AXIS_HEIGHT) / box.height)
    span = 1 - _NAMES_SHARE - _NUMBERS_SHARE
    for rank, series in enumerate(element.iter(f"{{{_CHART}}}ser")):
        _dress_series(series, chart, rank, span)
    for formula in element.iter(f"{{{_CHART}}}f"):
        formula.text = (formula.text or "").replace("Sheet1!", f"'{SHEET}'!")


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor  # noqa: PLC0415 - as above

    read: Any = RGBColor.from_string
    return read(colour.lstrip("#").upper())


def _parse(text: str) -> _Element:
    from pptx.oxml import parse_xml  # noqa: PLC0415 - as above

    return parse_xml(text)


def _write_title(drawn: Any, mark: str) -> None:
    """Write the mark of the set of data as the chart's title: it is copied with the chart."""
    drawn.has_title = bool(mark)
    if not mark:
        # Without this word PowerPoint writes the name of a lone series above it.
        drawn._chartSpace.chart.get_or_add_autoTitleDeleted().set("val", "1")
        return
    title = drawn.chart_title
    title.text_frame.text = plain(mark)
    font = title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.color.rgb = emu(TEXT_SIZE), True, _rgb(MARK)
    title.include_in_layout = False
    for layout in title._element.findall(f"{{{_CHART}}}layout"):
        title._element.remove(layout)
    # LibreOffice would put it over the first bars.
    title._element.find(f"{{{_CHART}}}tx").addnext(_parse(_layout(x=_NAMES_SHARE, y=0.0)))


def _place_plot(element: _Element, top: float, height: float) -> None:
    """Fix the place of the bars, so that names and numbers have their room."""
    area = element.find(f".//{{{_CHART}}}plotArea")
    if area is None:
        raise ValueError("a chart without a plot")
    for layout in area.findall(f"{{{_CHART}}}layout"):
        area.remove(layout)
    width = 1 - _NAMES_SHARE - _NUMBERS_SHARE
    area.insert(0, _parse(_layout(x=_NAMES_SHARE, y=top, w=width, h=height)))


def _layout(**sizes: float) -> str:
    """Write a place in shares of the chart; with a width and a height, that of the plot."""
    inner = '<c:layoutTarget val="inner"/>' if "w" in sizes else ""
    told = "".join(f'<c:{name}Mode val="edge"/>' for name in ("x", "y"))
    told += "".join(f'<c:{name} val="{size:.4f}"/>' for name, size in sizes.items())
    return f"<c:layout {_SPACES}><c:manualLayout>{inner}{told}</c:manualLayout></c:layout>"


def _dress_series(element: _Element, chart: BarChart, rank: int, span: float) -> None:
    """Write the colour of a series, its hollow bars, its numbers and its intervals."""
    series = chart.series[rank]
    for tag in ("spPr", "invertIfNegative", "dPt", "dLbls", "errBars"):
        for old in element.findall(f"{{{_CHART}}}{tag}"):
            element.remove(old)
    look = [
        f"<c:spPr {_SPACES}>{solid(series.colour)}</c:spPr>",
        f'<c:invertIfNegative {_SPACES} val="0"/>',
    ]
    look += _points(series, chart)
    look.append(_labels(series, chart, span))
    if any(bar and bar.low is not None for bar in series.bars):
        look.append(_error_bars(chart, rank))
    anchor = element.find(f"{{{_CHART}}}cat")
    if anchor is None:
        raise ValueError("a series without names")
    for text in look:
        anchor.addprevious(_parse(text))


def _points(series: Series, chart: BarChart) -> list[str]:
    """Write the bars that do not look like the others: hollow ones, and the last row's."""
    told = []
    for place, bar in enumerate(series.bars):
        is_last = bool(chart.last_colour) and place == len(series.bars) - 1
        colour = chart.last_colour if is_last else series.colour
        if bar is None or not (bar.is_hollow or is_last):
            continue
        edge = f'<a:ln w="{emu(2.25)}">{solid(colour)}</a:ln>'
        look = f"<a:noFill/>{edge}" if bar.is_hollow else solid(colour)
        told.append(
            f'<c:dPt {_SPACES}><c:idx val="{place}"/><c:invertIfNegative val="0"/>'
            f'<c:bubble3D val="0"/><c:spPr>{look}</c:spPr></c:dPt>'
        )
    return told


def _labels(series: Series, chart: BarChart, span: float) -> str:
    """Write the value of each bar after its interval, which a label would cover otherwise."""
    end = scale_of(chart)
    # A label that is moved takes nothing from the others: it is told its look again.
    look = (
        f'<c:numFmt formatCode={quoteattr(_format(chart, chart.decimals))} sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr sz="{round(TEXT_SIZE * 100)}" b="1">{solid(INK)}</a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="{LANGUAGE}"/></a:p></c:txPr><c:dLblPos val="outEnd"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    moved = "".join(
        f'<c:dLbl><c:idx val="{place}"/><c:layout><c:manualLayout><c:x val="{shift:.4f}"/>'
        f'<c:y val="0"/></c:manualLayout></c:layout>{look}</c:dLbl>'
        for place, bar in enumerate(series.bars)
        if bar and (shift := _beyond(bar) / end * span) > 0
    )
    return f"<c:dLbls {_SPACES}>{moved}{look}</c:dLbls>"


def _beyond(bar: Bar) -> float:
    return max(0.0, (bar.high or bar.value) - bar.value)


def _error_bars(chart: BarChart, rank: int) -> str:
    """Write the intervals as error bars that read their lengths in the workbook."""
    bars = chart.series[rank].bars
    first = 2 + len(chart.series) + rank * len(INTERVAL_COLUMNS)
    told = "".join(
        f"<c:{side}><c:numRef><c:f>{name_cells(first + 2 + place, len(bars))}</c:f>"
        f"{_cache([reach(bar)[place] for bar in bars])}</c:numRef></c:{side}>"
        for place, side in ((1, "plus"), (0, "minus"))
    )
    return (
        f'<c:errBars {_SPACES}><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{told}<c:spPr><a:ln w="{emu(2)}">{solid(INK)}</a:ln></c:spPr>'
        "</c:errBars>"
    )


def _cache(lengths: list[float | None]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{length:.6g}</c:v></c:pt>'
        for place, length in enumerate(lengths)
        if length is not None
    )
    return (
        f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(lengths)}"/>'
        f"{points}</c:numCache>"
    )
