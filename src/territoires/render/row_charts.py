"""Charts of shares in rows (plotly): a name, then one mark per line with its interval.

Names stand above their marks and not beside them, so that a phone shows the whole axis; each mark
has a line of its own, so that no two intervals overlap. Texts take the page's colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from territoires.render.chart_marks import (
    FONT_PX,
    HOLLOW_KEY,
    INTERVAL_KEY,
    LEGEND,
    TICK_PX,
    Series,
    is_hollow,
    sentence_of,
    symbol_of,
)
from territoires.render.figures import add_watermark
from territoires.render.typography import NBSP, escape
from territoires.views.comparison_sentence import drawn_value, why_not_drawn
from territoires.views.figure import Figure, interval_text

if TYPE_CHECKING:
    import plotly.graph_objects as go

#: Room on the right of the axis for the last value, in points.
_LAST_POINT = 118
_GRID = "rgba(128, 136, 136, 0.35)"
_LABEL_PX, _MARK_PX, _GAP_PX = 20, 19, 11
#: A phone shows about this many letters on one line.
_LINE_LETTERS = 44
_MARGIN = {"l": 14, "r": 6, "t": 40, "b": 30}
_STEM_PX, _STEM_OPACITY = 9, 0.35


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure of a row; ``name`` is that of its series in the legend."""

    name: str
    series: Series
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A name with its marks, first on top; ``note`` stands after the name."""

    label: str
    marks: tuple[Mark, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    mark: Mark
    figure: Figure
    value: float
    y: float
    label: str


def build_row_chart(
    rows: Sequence[ChartRow], *, watermark: str = "", has_stems: bool = False
) -> go.Figure:
    """Draw shares (percent) on one axis from 0 to 100; what may not be drawn is said in words.

    Parameters
    ----------
    has_stems
        Join each mark to zero: for the parts of a whole.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 - slow to load, needed on few pages

    chart = go.Figure()
    placed, labels, words, depth = _place(rows)
    for name in dict.fromkeys(one.mark.name for one in placed):
        own = [one for one in placed if one.mark.name == name]
        if has_stems:
            _add_stems(chart, own)
        _add_marks(chart, own, name)
    for y, text in labels:
        _write(chart, text, x=0, y=y, yanchor="bottom", xshift=4)
    for y, text in words:
        _write(chart, escape(text), x=0, y=y, yanchor="middle", xshift=4)
    for one in placed:
        end = one.figure.interval.high if one.figure.interval else one.value
        _write(chart, escape(one.figure.text), x=end, y=one.y, yanchor="middle", xshift=10)
    _lay_out(chart, depth)
    return add_watermark(chart, watermark)


def rows_key(rows: Sequence[ChartRow]) -> str:
    """Say on one line what the marks are; empty where the legend says it all."""
    figures = [
        one.figure for row in rows for one in row.marks if drawn_value(one.figure) is not None
    ]
    known = [figure for figure in figures if figure]
    parts = [INTERVAL_KEY] if any(figure.interval for figure in known) else []
    parts += [HOLLOW_KEY] if any(is_hollow(figure) for figure in known) else []
    return sentence_of(parts)


def _say(mark: Mark) -> str:
    figure = mark.figure
    if figure is None or drawn_value(figure) is None:
        return f"{mark.name}, {why_not_drawn(figure)}"
    interval = f" ({interval_text(figure.interval)})" if figure.interval else ""
    return f"{mark.name}, {figure.text}{interval}"


_Texts = list[tuple[float, str]]


def _place(rows: Sequence[ChartRow]) -> tuple[list[_Placed], _Texts, _Texts, float]:
    """Give each mark, name and word its height in pixels from the top, then the whole height."""
    placed: list[_Placed] = []
    labels: _Texts = []
    words: _Texts = []
    depth = 0.0
    for row in rows:
        lines = list(_label_lines(row))
        depth += _LABEL_PX * len(lines)
        labels.append((depth, "<br>".join(lines)))
        for mark in row.marks:
            y = depth + _MARK_PX / 2
            value = drawn_value(mark.figure)
            if mark.figure is None or value is None:
                words.append((y, f"{mark.name} : {why_not_drawn(mark.figure)}"))
            else:
                placed.append(_Placed(mark, mark.figure, value, y, row.label))
            depth += _MARK_PX
        depth += _GAP_PX
    return placed, labels, words, depth


def _label_lines(row: ChartRow) -> Iterator[str]:
    """Fold a name, in bold, then its note."""
    for line in wrap(row.label, _LINE_LETTERS):
        yield f"<b>{escape(line)}</b>"
    for line in wrap(row.note, _LINE_LETTERS):
        yield escape(line)


def _add_stems(chart: go.Figure, placed: Sequence[_Placed]) -> None:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for one in placed:
        xs += [0.0, one.value, None]
        ys += [one.y, one.y, None]
    chart.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        line={"color": placed[0].mark.series.colour, "width": _STEM_PX},
        opacity=_STEM_OPACITY,
        hoverinfo="skip",
        showlegend=False,
    )


def _add_marks(chart: go.Figure, placed: Sequence[_Placed], name: str) -> None:
    """Draw the marks of a series, with their intervals where they have one.

    Two traces: plotly would draw the end of an empty interval as a stroke across the mark.
    """
    series = placed[0].mark.series
    for has_interval in (True, False):
        own = [one for one in placed if bool(one.figure.interval) is has_interval]
        if not own:
            continue
        chart.add_scatter(
            x=[one.value for one in own],
            y=[one.y for one in own],
            mode="markers",
            name=escape(name),
            legendgroup=name,
            showlegend=has_interval or not any(one.figure.interval for one in placed),
            marker={
                "color": series.colour,
                "size": 12,
                "symbol": [symbol_of(one.figure, series.symbol) for one in own],
                "line": {"width": 2, "color": series.colour},
            },
            error_x=_error_bars(own, series.colour) if has_interval else None,
            cliponaxis=False,
            customdata=[[escape(one.label), escape(_say(one.mark))] for one in own],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        )


def _error_bars(placed: Sequence[_Placed], colour: str) -> dict[str, object]:
    known = [(one.figure.interval, one.value) for one in placed if one.figure.interval]
    return {
        "type": "data",
        "symmetric": False,
        "array": [interval.high - value for interval, value in known if interval],
        "arrayminus": [value - interval.low for interval, value in known if interval],
        "color": colour,
        "thickness": 2,
        "width": 4,
    }


def _write(chart: go.Figure, text: str, **place: object) -> None:
    chart.add_annotation(
        text=text,
        showarrow=False,
        align="left",
        xanchor="left",
        borderpad=0,
        font={"size": FONT_PX},
        **place,
    )


def _lay_out(chart: go.Figure, depth: float) -> None:
    ticks = (0, 25, 50, 75, 100)
    chart.update_layout(
        height=round(max(depth, _MARK_PX) + _MARGIN["t"] + _MARGIN["b"]),
        margin=_MARGIN,
        showlegend=True,
        legend=LEGEND,
        font={"family": "Atkinson, sans-serif", "size": FONT_PX},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        hoverlabel={"font": {"size": FONT_PX}},
        separators=", ",
        xaxis={
            "range": [0, _LAST_POINT],
            "tickvals": ticks,
            "ticktext": [f"{tick}{NBSP}%" for tick in ticks],
            "tickfont": {"size": TICK_PX},
            "ticklabeloverflow": "allow",
            "fixedrange": True,
            "showgrid": True,
            "gridcolor": _GRID,
            "zeroline": True,
            "zerolinecolor": _GRID,
        },
        # The first row stands on top.
        yaxis={"range": [max(depth, _MARK_PX), 0], "visible": False, "fixedrange": True},
    )
