"""A chart as it is drawn outside the browser: marks with their intervals, line by line, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from territoires.domain.indicators import Nature
from territoires.domain.selection import Dataset
from territoires.render.chart_marks import EARLIER, LATER, Series, is_hollow, sentence_of
from territoires.render.comparison_charts import (
    axis_span,
    benchmark_on_axis,
    change_words,
    dot_plot_key,
    figure_words,
    marks_key,
)
from territoires.render.drawn_map import say_sources
from territoires.render.evolution import evolution_key
from territoires.views.comparison import Comparison
from territoires.views.comparison_sentence import drawn_value, why_not_drawn
from territoires.views.comparison_waves import Change, Changes
from territoires.views.datasets import mark_of, watermark_of
from territoires.views.evolution import Trend, TrendGroup
from territoires.views.figure import Figure, has_sampling_error, interval_text
from territoires.views.french import format_wave
from territoires.views.shares import bare_label

_PERCENT = (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class ChartMark:
    """A figure on the axis, with its interval if it has one; ``text`` stands at its right."""

    value: float
    low: float
    high: float
    text: str
    series: Series
    is_hollow: bool


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A name and its words, then its marks, one under the other; None where one is not drawn."""

    label: str
    words: str
    marks: tuple[ChartMark | None, ...]


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """All that stands on a chart once it has left the screen.

    ``series`` are the names in the legend, where there are several; ``benchmark`` is a value with
    its label; ``joins`` tells whether the marks of a line are joined.
    """

    title: str
    sentence: str
    lines: tuple[ChartLine, ...]
    span: tuple[float, float]
    unit: str
    key: str
    sources: tuple[str, ...]
    date: str
    caveats: tuple[str, ...]
    watermark: str
    series: tuple[tuple[str, Series], ...] = ()
    benchmark: tuple[float, str] | None = None
    joins: bool = False
    citation: str = ""


def draw_comparison(view: Comparison) -> DrawnChart:
    """Draw territories side by side, with France's value where it stands on the axis."""
    national = benchmark_on_axis(view)
    figures = [row.figure for row in view.rows]
    france = None
    if national and national.value is not None:
        france = (national.value, f"France : {national.text}")
    nature = view.indicator.nature
    return DrawnChart(
        title=f"{mark_of(view.dataset, nature)}{view.title}",
        sentence=" ".join(text for text in (view.sentence, view.sentence_caveat) if text),
        lines=tuple(
            ChartLine(row.name, figure_words(row.figure), (_mark(row.figure, LATER, text=""),))
            for row in view.rows
        ),
        span=axis_span(figures, national, view.indicator),
        unit=view.indicator.unit_label,
        key=dot_plot_key(view),
        sources=say_sources(view.sources),
        date=format_wave(view.wave),
        caveats=view.caveats,
        watermark=watermark_of(view.dataset, nature),
        benchmark=france,
    )


def draw_changes(view: Changes) -> DrawnChart:
    """Draw both waves of each territory and of France, joined where they may be compared."""
    figures = [figure for line in view.lines for figure in (line.before, line.after)]
    nature = view.indicator.nature
    return DrawnChart(
        title=f"{mark_of(view.dataset, nature)}{view.title}",
        sentence=view.sentence,
        lines=tuple(
            ChartLine(line.name, _with_undrawn(change_words(line), line), _pair(line))
            for line in view.lines
        ),
        span=axis_span(figures, None, view.indicator),
        unit=view.indicator.unit_label,
        key=sentence_of(marks_key([f for f in figures if f and drawn_value(f) is not None])),
        sources=_sources_of(figures),
        date=f"{format_wave(view.earlier)} puis {format_wave(view.later)}",
        caveats=view.caveats,
        watermark=watermark_of(view.dataset, nature),
        series=_waves(view.earlier, view.later),
        joins=True,
    )


def draw_trends(group: TrendGroup, dataset: Dataset, caveats: Sequence[str] = ()) -> DrawnChart:
    """Draw both waves of each comparable share of a territory."""
    trends = [t for t in group.trends if has_sampling_error(t.indicator) and not t.change.reason]
    waves = f"{format_wave(group.earlier)} puis {format_wave(group.later)}"
    place = group.holder.territory.name
    return DrawnChart(
        title=f"{mark_of(dataset, Nature.ENQUETE)}{group.theme}, {place}, {waves}",
        sentence=group.sentence,
        lines=tuple(_trend_line(trend) for trend in trends),
        span=_PERCENT,
        unit="%",
        key=evolution_key(group),
        sources=_sources_of([f for t in trends for f in (t.change.before, t.change.after)]),
        date=waves,
        caveats=tuple(caveats),
        watermark=watermark_of(dataset, Nature.ENQUETE),
        series=_waves(group.earlier, group.later),
        joins=True,
    )


def _trend_line(trend: Trend) -> ChartLine:
    words = _with_undrawn(str(trend.change.verdict), trend.change)
    return ChartLine(bare_label(trend.indicator), words, _pair(trend.change))


def _waves(earlier: str, later: str) -> tuple[tuple[str, Series], ...]:
    return (format_wave(earlier), EARLIER), (format_wave(later), LATER)


def _pair(change: Change) -> tuple[ChartMark | None, ...]:
    return _mark(change.before, EARLIER), _mark(change.after, LATER)


def _with_undrawn(words: str, change: Change) -> str:
    """Add why a wave has no mark on the axis."""
    told = [words]
    for name, figure in (("avant", change.before), ("après", change.after)):
        if reason := why_not_drawn(figure):
            told.append(f"{name} : {reason}")
    return " ; ".join(told)


def _mark(figure: Figure | None, series: Series, *, text: str | None = None) -> ChartMark | None:
    value = drawn_value(figure)
    if figure is None or value is None:
        return None
    known = figure.interval
    words = f"{figure.text} ({interval_text(known)})" if known else figure.text
    return ChartMark(
        value,
        known.low if known else value,
        known.high if known else value,
        words if text is None else text,
        series,
        is_hollow(figure),
    )


def _sources_of(figures: Iterable[Figure | None]) -> tuple[str, ...]:
    return say_sources(tuple(dict.fromkeys(figure.source for figure in figures if figure)))
