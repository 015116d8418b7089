"""Charts of « Repères » (plotly): one question, one axis; never a rank, never a map."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from territoires.domain.indicators import UNDATED_WAVE, Reading
from territoires.render.chart_marks import (
    EARLIER,
    FONT_PX,
    HOLLOW_KEY,
    INTERVAL_KEY,
    LATER,
    LEGEND,
    OTHER_READING,
    OTHER_READING_KEY,
    OTHERS,
    TICK_PX,
    Series,
    is_hollow,
    sentence_of,
    symbol_of,
)
from territoires.render.figures import add_watermark
from territoires.render.typography import NBSP, escape
from territoires.views.french import format_number
from territoires.views.landmarks import Answer, Landmark, Question, period_label

if TYPE_CHECKING:
    import plotly.graph_objects as go

_GRID = "rgba(128, 136, 136, 0.35)"
_LABEL_PX = 20
#: Keeps the names off the line of zero.
_LABEL_SHIFT_PX = 5
_POINT_PX = 26
_GAP_PX = 12
#: A phone shows about this many letters on one line.
_LINE_LETTERS = 40
#: Room at the right of the axis for the last figure, as a share of the axis.
_ROOM = 0.16
#: Distance between two marks of the axis, by its end.
_STEPS = {100.0: 25.0, 10.0: 2.0}
_MARGIN = {"l": 14, "r": 6, "t": 6, "b": 30}
_LEGEND_PX = 34


@dataclass(frozen=True, slots=True)
class _Point:
    landmark: Landmark
    answer: str
    y: float


def build_question_chart(question: Question, watermark: str = "") -> go.Figure:
    """Draw each figure of a question as a point on the axis, an interval beside it where known.

    A row per answer, its name above its points, so that long names hold on a phone; a line per
    figure, so that no two ever overlap. Reprints are not drawn: they would count a figure twice.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 - slow to load, needed on this page only

    points, labels, depth = _place(question)
    figure = go.Figure()
    periods = series_of(question)
    for period, series in periods.items():
        _draw_period(figure, [p for p in points if p.landmark.period == period], series)
    for y, text in labels:
        place = {"xanchor": "left", "yanchor": "bottom", "xshift": _LABEL_SHIFT_PX}
        _write(figure, text, x=0, xref="x", y=y, yref="y", **place)
    several = len(periods) > 1 or any(not p.landmark.is_main for p in points)
    _lay_out(figure, question, depth, legend=several)
    return add_watermark(figure, watermark)


def describe_question(question: Question) -> str:
    """Say in words what the chart shows, in the same order, without comparing."""
    points, _, _ = _place(question)
    answers: dict[str, list[str]] = {}
    for point in points:
        text = point.landmark.figure.text
        if len(question.periods) > 1:
            text += f" ({point.landmark.period})"
        if not point.landmark.is_main:
            text += ", autre lecture publiée"
        answers.setdefault(point.answer, []).append(text)
    said = " ; ".join(f"{name} : {', '.join(texts)}" for name, texts in answers.items())
    return f"Graphique « {question.title} », dans l’ordre du catalogue. {said}."


def question_key(question: Question) -> str:
    """Say on one line what each mark of the chart is; empty where the legend says it all."""
    points, _, _ = _place(question)
    figures = [point.landmark.figure for point in points]
    parts = [INTERVAL_KEY] if any(figure.interval for figure in figures) else []
    parts += [HOLLOW_KEY] if any(is_hollow(figure) for figure in figures) else []
    parts += [OTHER_READING_KEY] if any(not p.landmark.is_main for p in points) else []
    return sentence_of(parts)


def series_of(question: Question) -> dict[str, Series]:
    """Give each period drawn its look: the last dated one and the one before look alike everywhere."""
    drawn = [one for answer in question.answers for one in drawn_landmarks(answer)]
    periods = [name for name in question.periods if any(one.period == name for one in drawn)]
    dated = {one.period for one in drawn if one.figure.wave != UNDATED_WAVE}
    looks = dict(zip([p for p in reversed(periods) if p in dated], (LATER, EARLIER), strict=False))
    if not looks:
        looks = {periods[0]: LATER} if periods else {}
    others = [period for period in periods if period not in looks]
    looks |= {period: OTHERS[i % len(OTHERS)] for i, period in enumerate(others)}
    return {period: looks[period] for period in periods}


def drawn_landmarks(answer: Answer) -> list[Landmark]:
    """Give the figures of an answer that have a point: a reprint would count one twice."""
    return [
        landmark
        for landmark in answer.landmarks
        if landmark.figure.value is not None and landmark.reading is not Reading.REPRISE
    ]


def _place(question: Question) -> tuple[list[_Point], list[tuple[float, str]], float]:
    """Give each point and label its height in pixels from the top, then the whole height."""
    points: list[_Point] = []
    labels: list[tuple[float, str]] = []
    depth = 0.0
    for answer in question.answers:
        drawn = drawn_landmarks(answer)
        if not drawn:
            continue
        lines = wrap(answer.label, _LINE_LETTERS)
        depth += _LABEL_PX * len(lines)
        labels.append((depth, "<br>".join(escape(line) for line in lines)))
        for landmark in drawn:
            points.append(_Point(landmark, answer.label, depth + _POINT_PX / 2))
            depth += _POINT_PX
        depth += _GAP_PX
    return points, labels, depth


def _draw_period(figure: go.Figure, points: list[_Point], series: Series) -> None:
    name = period_label(points[0].landmark.period, [point.landmark for point in points])
    main = [p for p in points if p.landmark.is_main]
    others = [p for p in points if not p.landmark.is_main]
    if main:
        symbols = [symbol_of(p.landmark.figure, series.symbol) for p in main]
        _draw(figure, main, name, _look(series, symbols, 2))
    if others:
        look = _look(series, [OTHER_READING] * len(others), 3)
        _draw(figure, others, f"{name}, autre lecture publiée", look)
    for point in points:
        shown = point.landmark.figure
        end = shown.interval.high if shown.interval else shown.value
        _write(
            figure,
            escape(shown.text),
            x=end,
            xref="x",
            y=point.y,
            yref="y",
            xanchor="left",
            yanchor="middle",
            xshift=10,
        )


def _look(series: Series, symbols: list[str], line_px: int) -> dict[str, object]:
    line = {"width": line_px, "color": series.colour}
    return {"color": series.colour, "symbol": symbols, "size": 13, "line": line}


def _draw(figure: go.Figure, points: list[_Point], name: str, marker: dict[str, object]) -> None:
    figures = [point.landmark.figure for point in points]
    values = [shown.value or 0.0 for shown in figures]
    highs = [f.interval.high if f.interval else v for f, v in zip(figures, values, strict=True)]
    lows = [f.interval.low if f.interval else v for f, v in zip(figures, values, strict=True)]
    has_interval = any(shown.interval for shown in figures)
    figure.add_scatter(
        x=values,
        y=[point.y for point in points],
        mode="markers",
        name=escape(name),
        marker=marker,
        cliponaxis=False,
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [high - value for high, value in zip(highs, values, strict=True)],
            "arrayminus": [value - low for low, value in zip(lows, values, strict=True)],
            "thickness": 2,
            "width": 5,
            "visible": has_interval,
        },
        customdata=[[escape(p.answer), escape(p.landmark.figure.text)] for p in points],
        hovertemplate="%{customdata[0]} : %{customdata[1]}<extra>" + escape(name) + "</extra>",
    )


def _write(figure: go.Figure, text: str, **place: object) -> None:
    figure.add_annotation(
        text=text, showarrow=False, align="left", borderpad=0, font={"size": FONT_PX}, **place
    )


def _lay_out(figure: go.Figure, question: Question, depth: float, *, legend: bool) -> None:
    top = _MARGIN["t"] + (_LEGEND_PX if legend else 0)
    step = _STEPS.get(question.scale, question.scale / 4)
    ticks = [step * i for i in range(round(question.scale / step) + 1)]
    decimals = 0 if step.is_integer() else 1
    unit = f"{NBSP}%" if question.unit_label == "%" else ""
    figure.update_layout(
        height=round(depth + top + _MARGIN["b"]),
        margin={**_MARGIN, "t": top},
        showlegend=legend,
        legend=LEGEND,
        font={"family": "Atkinson, sans-serif", "size": FONT_PX},
        dragmode=False,
        hovermode="closest",
        separators=", ",
        xaxis={
            "range": [0, question.scale * (1 + _ROOM)],
            "tickvals": ticks,
            "ticktext": [format_number(tick, decimals) + unit for tick in ticks],
            "tickfont": {"size": TICK_PX},
            "ticklabeloverflow": "allow",
            "fixedrange": True,
            "showgrid": True,
            "gridcolor": _GRID,
            "gridwidth": 1,
            "zeroline": True,
            "zerolinecolor": _GRID,
        },
        yaxis={"range": [depth, 0], "visible": False, "fixedrange": True},
    )
