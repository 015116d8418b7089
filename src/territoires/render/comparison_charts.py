"""Charts of « Comparer » (plotly): dots with their intervals, two waves joined by a line.

Names and words stand in a column of their own, folded so that a phone keeps room for the axis.
Texts have no colour of their own: they take the page's, light or dark (static/ui/territoires.css).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from territoires.domain.indicators import Indicator, Kind
from territoires.render.chart_marks import (
    EARLIER,
    LATER,
    Series,
    symbol_of,
)
from territoires.render.comparison_words import change_words, figure_words
from territoires.render.figures import add_watermark
from territoires.render.fonts import text_width, wrap_text
from territoires.render.typography import escape
from territoires.views.comparison import Comparison
from territoires.views.comparison_sentence import drawn_value
from territoires.views.comparison_waves import Changes
from territoires.views.datasets import watermark_of
from territoires.views.figure import Figure, has_sampling_error
from territoires.views.french import format_wave

if TYPE_CHECKING:
    import plotly.graph_objects as go

#: Legible on the light ground and on the dark one, as the marks are.
_NEUTRAL = "#7a868a"
_GRID = "rgba(122,134,138,0.3)"
_FONT_SIZE, _TICK_SIZE = 14, 13
_FONT = {"family": "Atkinson, sans-serif", "size": _FONT_SIZE}
_MARGIN = {"r": 20, "t": 44, "b": 44}
#: Widest column of names, and the blank between it and the axis.
_NAMES_PX, _NAMES_GAP_PX = 146, 10
#: Height of a line of words, and the room that a territory has around its own, at least.
_TEXT_PX, _LINE_GAP_PX, _LEAST_LINE_PX = 18.5, 16, 56
#: Of a line of the watermark: beside the names, a phone has little room.
_WATERMARK_LETTERS = 14
#: Gap of each dot of two waves from the middle of their line, so that both intervals are seen.
_SPREAD_PX = 9.5
_PERCENT = (0.0, 100.0)
#: Beyond these shares of the axis, the label of France would run out of the frame.
_LEFT, _RIGHT = 0.15, 0.85


def build_dot_plot(view: Comparison) -> go.Figure:
    """Draw each territory's value with its interval, and France's value as a dashed line."""
    import plotly.graph_objects as go  # noqa: PLC0415 - slow to load, needed on this page only

    chart = go.Figure()
    figures = [row.figure for row in view.rows]
    national = view.benchmark
    span = axis_span(figures, national, view.indicator)
    _add_dots(chart, figures, "Valeur", LATER)
    if national and national.value is not None:
        chart.add_vline(x=national.value, line={"color": _NEUTRAL, "width": 2, "dash": "dash"})
        place = (national.value - span[0]) / (span[1] - span[0])
        anchor = "left" if place < _LEFT else "right" if place > _RIGHT else "center"
        chart.add_annotation(
            x=national.value,
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor=anchor,
            text=escape(f"France : {national.text}"),
            showarrow=False,
        )
    _finish(
        chart, [(row.name, figure_words(row.figure)) for row in view.rows], span, view.indicator
    )
    chart.update_layout(showlegend=False)
    watermark = watermark_of(view.dataset, view.indicator.nature)
    return add_watermark(chart, watermark, letters=_WATERMARK_LETTERS)


def build_dumbbells(view: Changes) -> go.Figure:
    """Draw both waves of each territory and of France, with their intervals, joined by a line."""
    import plotly.graph_objects as go  # noqa: PLC0415 - slow to load, needed on this page only

    chart = go.Figure()
    before, after = [[getattr(line, side) for line in view.lines] for side in ("before", "after")]
    names = [(line.name, change_words(line)) for line in view.lines]
    spread = _SPREAD_PX / _line_px(names)
    for i, line in enumerate(view.lines):
        low, high = drawn_value(line.before), drawn_value(line.after)
        if low is not None and high is not None and line.gap is not None:
            chart.add_scatter(
                x=[low, high],
                y=[i - spread, i + spread],
                mode="lines",
                line={"color": _NEUTRAL, "width": 2},
                hoverinfo="skip",
                showlegend=False,
            )
    for figures, wave, series, shift in (
        (before, view.earlier, EARLIER, -spread),
        (after, view.later, LATER, spread),
    ):
        _add_dots(chart, figures, format_wave(wave), series, shift=shift)
    span = axis_span([*before, *after], None, view.indicator)
    _finish(chart, names, span, view.indicator)
    watermark = watermark_of(view.dataset, view.indicator.nature)
    return add_watermark(chart, watermark, letters=_WATERMARK_LETTERS)


def _add_dots(
    chart: go.Figure,
    figures: Sequence[Figure | None],
    name: str,
    series: Series,
    *,
    shift: float = 0.0,
) -> None:
    """Draw a dot per figure, hollow without an interval where there should be one."""
    drawn = [
        (i + shift, figure, figure.value)
        for i, figure in enumerate(figures)
        if figure and figure.value is not None and drawn_value(figure) is not None
    ]
    # Two traces: plotly would draw the end of an empty interval as a stroke across the dot.
    for group in (True, False):
        dots = [dot for dot in drawn if bool(dot[1].interval) is group]
        if not dots:
            continue
        chart.add_scatter(
            x=[value for *_, value in dots],
            y=[y for y, *_ in dots],
            mode="markers",
            cliponaxis=False,
            name=escape(name),
            legendgroup=name,
            showlegend=group or not any(figure.interval for _, figure, _ in drawn),
            marker={
                "color": series.colour,
                "size": 13,
                "symbol": [symbol_of(figure, series.symbol) for _, figure, _ in dots],
                "line": {"width": 2, "color": series.colour},
            },
            error_x=_error_bars(dots, series.colour) if group else None,
            customdata=[escape(figure_words(figure)) for _, figure, _ in dots],
            hovertemplate="%{customdata}<extra></extra>",
        )


def _error_bars(dots: Sequence[tuple[float, Figure, float]], colour: str) -> dict[str, object]:
    intervals = [(figure.interval, value) for _, figure, value in dots]
    return {
        "type": "data",
        "symmetric": False,
        "array": [known.high - value for known, value in intervals if known],
        "arrayminus": [value - known.low for known, value in intervals if known],
        "color": colour,
        "thickness": 2.5,
        "width": 5,
    }


def axis_span(
    figures: Sequence[Figure | None], national: Figure | None, indicator: Indicator
) -> tuple[float, float]:
    """Give the bounds of the axis: all shares for a survey, the values and a margin elsewhere."""
    if has_sampling_error(indicator):
        return _PERCENT
    values = [v for f in (*figures, national) if (v := drawn_value(f)) is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if indicator.kind is Kind.COUNT or indicator.unit_label == "%":
        low = min(0.0, low)
    margin = (high - low or abs(high) or 1.0) * 0.08
    # Nothing stands left of a zero but half a dot.
    return low - (margin if low else margin / 4), high + margin


def _fold(name: str, words: str) -> Iterator[tuple[str, bool]]:
    """Fold a name, in bold, then its words, to the width of their column."""
    for line in wrap_text(name.replace("-", "- "), _NAMES_PX, _FONT_SIZE, bold=True):
        yield line.replace("- ", "-"), True
    for line in wrap_text(words, _NAMES_PX, _FONT_SIZE):
        yield line, False


def _line_px(names: Sequence[tuple[str, str]]) -> float:
    """Give the height of a territory's line: that of the longest words."""
    longest = max((len(list(_fold(*one))) for one in names), default=1)
    return max(longest * _TEXT_PX + _LINE_GAP_PX, _LEAST_LINE_PX)


def _finish(
    chart: go.Figure,
    names: Sequence[tuple[str, str]],
    span: tuple[float, float],
    indicator: Indicator,
) -> None:
    """Write the names with their words, and draw the axis."""
    folded = [list(_fold(*one)) for one in names]
    widths = [text_width(text, _FONT_SIZE, bold=bold) for one in folded for text, bold in one]
    lines = max(len(names), 1)
    chart.update_layout(
        height=_MARGIN["t"] + _MARGIN["b"] + round(_line_px(names) * lines),
        margin={**_MARGIN, "l": round(max(widths, default=0)) + _NAMES_GAP_PX + 2},
        font=_FONT,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hoverlabel={"font": {"size": _FONT_SIZE}},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 14}},
        # The first territory stands on top; a line leads from its name to its dots.
        yaxis={
            "range": [lines - 0.5, -0.5],
            "tickvals": list(range(len(names))),
            "ticktext": ["<br>".join(_write(*one) for one in label) for label in folded],
            "tickfont": {"size": _FONT_SIZE},
            "ticks": "outside",
            "ticklen": _NAMES_GAP_PX / 2,
            "tickcolor": "rgba(0,0,0,0)",
            "gridcolor": _GRID,
            "zeroline": False,
            "fixedrange": True,
        },
        # As many steps as the width allows: a phone has fewer.
        xaxis={
            "range": [-2, 102] if span == _PERCENT else list(span),
            "fixedrange": True,
            "showgrid": True,
            "gridcolor": _GRID,
            "zeroline": False,
            "ticksuffix": "\u00a0%" if indicator.unit_label == "%" else "",
            "tickfont": {"size": _TICK_SIZE},
            "ticklabeloverflow": "allow",
            # « 100 000 », and not « 100k ».
            "exponentformat": "none",
            "separatethousands": True,
        },
        separators=",\u00a0",
    )


def _write(text: str, bold: bool) -> str:
    return f"<b>{escape(text)}</b>" if bold else escape(text)
