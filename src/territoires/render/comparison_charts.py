"""Charts of « Comparer » (plotly): dots with their intervals, two waves joined by a line.

Names and words stand above each line and not beside it, so that a phone shows the whole axis.
Texts have no colour of their own: they take the page's, light or dark (static/ui/territoires.css).
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from territoires.domain.indicators import Indicator, Kind
from territoires.render.chart_marks import (
    EARLIER,
    HOLLOW_KEY,
    INTERVAL_KEY,
    LATER,
    Series,
    is_hollow,
    sentence_of,
    symbol_of,
)
from territoires.render.figures import add_watermark
from territoires.render.typography import escape
from territoires.views.comparison import Comparison
from territoires.views.comparison_sentence import NO_FIGURE, drawn_value
from territoires.views.comparison_waves import Change, Changes
from territoires.views.datasets import watermark_of
from territoires.views.figure import Figure, has_sampling_error, interval_text
from territoires.views.french import count, format_wave, join_words

if TYPE_CHECKING:
    import plotly.graph_objects as go

#: Legible on the light ground and on the dark one, as the marks are.
_NEUTRAL = "#7a868a"
_GRID = "rgba(122,134,138,0.3)"
_FONT = {"family": "Atkinson, sans-serif", "size": 14}
_TICK_SIZE = 13
_LINE_PX, _WAVES_LINE_PX = 66, 86
_MARGIN = {"l": 16, "r": 16, "t": 44, "b": 44}
#: Room above the first line and below the last, in lines.
_TOP, _BOTTOM = 0.85, 0.45
#: Characters of a line that a phone shows in one piece.
_WIDTH = 46
#: Where the words stand above their dot, or their pair of dots, clear of both.
_ABOVE_PX, _ABOVE_PAIR_PX = 10, 18
#: Gap of each dot of two waves from the middle of their line, so that both intervals are seen.
_SPREAD = 0.1
_PERCENT = (0.0, 100.0)
#: Beyond these shares of the axis, the label of France would run out of the frame.
_LEFT, _RIGHT = 0.15, 0.85


def build_dot_plot(view: Comparison) -> go.Figure:
    """Draw each territory's value with its interval, and France's value as a dashed line."""
    import plotly.graph_objects as go  # noqa: PLC0415 - slow to load, needed on this page only

    chart = go.Figure()
    add_watermark(chart, watermark_of(view.dataset, view.indicator.nature))
    lines = [(row.name, row.figure) for row in view.rows]
    national = benchmark_on_axis(view)
    span = axis_span([figure for _, figure in lines], national, view.indicator)
    _add_dots(chart, [f for _, f in lines], "Valeur", LATER)
    for i, (name, figure) in enumerate(lines):
        _add_words(chart, i, name, figure_words(figure), _ABOVE_PX)
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
    _finish(chart, len(lines), span, view.indicator, line_px=_LINE_PX)
    chart.update_layout(showlegend=False)
    return chart


def build_dumbbells(view: Changes) -> go.Figure:
    """Draw both waves of each territory and of France, with their intervals, joined by a line."""
    import plotly.graph_objects as go  # noqa: PLC0415 - slow to load, needed on this page only

    chart = go.Figure()
    add_watermark(chart, watermark_of(view.dataset, view.indicator.nature))
    before, after = [[getattr(line, side) for line in view.lines] for side in ("before", "after")]
    for i, line in enumerate(view.lines):
        low, high = drawn_value(line.before), drawn_value(line.after)
        if low is not None and high is not None and line.gap is not None:
            chart.add_scatter(
                x=[low, high],
                y=[i - _SPREAD, i + _SPREAD],
                mode="lines",
                line={"color": _NEUTRAL, "width": 2},
                hoverinfo="skip",
                showlegend=False,
            )
        _add_words(chart, i, line.name, change_words(line), _ABOVE_PAIR_PX)
    for figures, wave, series, shift in (
        (before, view.earlier, EARLIER, -_SPREAD),
        (after, view.later, LATER, _SPREAD),
    ):
        _add_dots(chart, figures, format_wave(wave), series, shift=shift)
    span = axis_span([*before, *after], None, view.indicator)
    _finish(chart, len(view.lines), span, view.indicator, line_px=_WAVES_LINE_PX)
    return chart


def describe_dot_plot(view: Comparison) -> str:
    """Say in words what the chart shows."""
    drawn = [row for row in view.rows if drawn_value(row.figure) is not None]
    parts = [f"{row.name} {figure_words(row.figure)}" for row in view.rows]
    national = benchmark_on_axis(view)
    lines = f" Trait tireté : France, {national.text}." if national else ""
    sampled = has_sampling_error(view.indicator)
    return (
        f"{count(len(drawn), 'point')} sur une ligne par territoire, avec son intervalle à 95 % "
        f"là où il est connu : {' ; '.join(parts)}.{lines}"
        if sampled
        else f"{count(len(drawn), 'point')}, un par territoire : {' ; '.join(parts)}.{lines}"
    )


def dot_plot_key(view: Comparison) -> str:
    """Say on one line what each mark of the chart is."""
    figures = [
        row.figure for row in view.rows if row.figure and drawn_value(row.figure) is not None
    ]
    is_total = view.national is not None and view.indicator.kind is Kind.COUNT
    parts = ["rond : valeur" if figures else "", *marks_key(figures)]
    parts += ["trait tireté : France"] if benchmark_on_axis(view) else []
    parts += ["la France est un total : elle n’est pas sur l’axe"] if is_total else []
    return sentence_of(parts)


def dumbbells_key(view: Changes) -> str:
    """Say on one line what each mark of the chart is."""
    pairs = [f for line in view.lines for f in (line.before, line.after)]
    figures = [f for f in pairs if f and drawn_value(f) is not None]
    waves = [f"losange : {format_wave(view.earlier)}", f"rond : {format_wave(view.later)}"]
    return sentence_of([*waves, *marks_key(figures)])


def marks_key(figures: Sequence[Figure]) -> list[str]:
    """Say what a bar and a hollow sign are, where some figure has one."""
    parts = [INTERVAL_KEY] if any(figure.interval for figure in figures) else []
    return parts + ([HOLLOW_KEY] if any(is_hollow(figure) for figure in figures) else [])


def describe_dumbbells(view: Changes) -> str:
    """Say in words how to read the chart; the sentence and the table hold its numbers."""
    names = join_words([line.name for line in view.lines])
    return (
        f"Une ligne par territoire ({names}) : losange pour {format_wave(view.earlier)}, rond pour "
        f"{format_wave(view.later)}, avec leurs intervalles à 95 % là où ils sont connus. "
        "Un trait relie les deux là où ils se comparent ; un signe creux n’a pas d’effectif connu."
    )


def benchmark_on_axis(view: Comparison) -> Figure | None:
    """Give France's figure where it stands on the axis: a total does not, beside its parts."""
    return None if view.indicator.kind is Kind.COUNT else view.national


def figure_words(figure: Figure | None) -> str:
    """Write a figure on the chart, or why it has no dot."""
    if figure is None:
        return NO_FIGURE
    if drawn_value(figure) is None:
        return figure.text if figure.value is None else "trop imprécis : voir le tableau"
    if figure.interval:
        return f"{figure.text}, {interval_text(figure.interval)}"
    return f"{figure.text}, {figure.precision}" if figure.precision else figure.text


def change_words(line: Change) -> str:
    """Write the verdict of a change, and why there is none."""
    if line.reason:
        return f"{line.verdict}, {line.reason}"
    return str(line.verdict)


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


def _add_words(chart: go.Figure, line: int, name: str, words: str, above_px: int) -> None:
    """Write a territory's name and its words above its dots, from the left edge."""
    text = f"<b>{escape(name)}</b>"
    separator = "<br>" if len(name) + len(words) > _WIDTH else "  "
    wrapped = "<br>".join(escape(part) for part in textwrap.wrap(words, _WIDTH))
    chart.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=line,
        yshift=above_px,
        yanchor="bottom",
        align="left",
        text=f"{text}{separator}{wrapped}",
        showarrow=False,
    )


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


def _finish(
    chart: go.Figure,
    lines: int,
    span: tuple[float, float],
    indicator: Indicator,
    *,
    line_px: int,
) -> None:
    is_percent = span == _PERCENT
    chart.update_layout(
        height=_MARGIN["t"] + _MARGIN["b"] + round(line_px * (max(lines, 1) - 1 + _TOP + _BOTTOM)),
        margin=_MARGIN,
        font=_FONT,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hoverlabel={"font": {"size": 14}},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 14}},
        # The first territory stands on top.
        yaxis={"visible": False, "range": [max(lines, 1) - 1 + _BOTTOM, -_TOP], "fixedrange": True},
        xaxis={
            "range": [-2, 102] if is_percent else list(span),
            "fixedrange": True,
            "showgrid": True,
            "gridcolor": _GRID,
            "zeroline": False,
            **({"dtick": 20} if is_percent else {"nticks": 5}),
            "ticksuffix": "\u00a0%" if indicator.unit_label == "%" else "",
            "tickfont": {"size": _TICK_SIZE},
            "ticklabeloverflow": "allow",
        },
        separators=",\u00a0",
    )
