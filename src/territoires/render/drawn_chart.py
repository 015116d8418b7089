"""A chart as it is drawn outside the browser: marks with their intervals, line by line, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from territoires.domain.indicators import Nature, Source
from territoires.domain.selection import Dataset
from territoires.render import evolution, maturity
from territoires.render.chart_marks import EARLIER, LATER, Series, is_hollow, sentence_of
from territoires.render.comparison_charts import axis_span
from territoires.render.comparison_words import change_words, dot_plot_key, figure_words, marks_key
from territoires.render.figures import describe_size_chart
from territoires.render.row_charts import ChartRow, Mark, rows_key
from territoires.views.comparison import Comparison
from territoires.views.comparison_sentence import drawn_value, why_not_drawn
from territoires.views.comparison_waves import Change, Changes
from territoires.views.datasets import mark_of, watermark_of
from territoires.views.evolution import TrendGroup
from territoires.views.figure import Figure, interval_text
from territoires.views.french import format_wave
from territoires.views.maturity import Maturity
from territoires.views.portrait_profile import Profile

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
    its label. ``joins`` tells whether the marks of a line are joined, ``has_stems`` whether each is
    joined to zero (parts of a whole, counts), ``has_axis`` whether values are read on an axis.
    """

    title: str
    sentence: str
    lines: tuple[ChartLine, ...]
    span: tuple[float, float]
    unit: str
    key: str
    sources: tuple[Source, ...]
    date: str
    caveats: tuple[str, ...]
    watermark: str
    series: tuple[tuple[str, Series], ...] = ()
    benchmark: tuple[float, str] | None = None
    joins: bool = False
    has_stems: bool = False
    has_axis: bool = True
    citation: str = ""
    licence: str = ""


def draw_comparison(view: Comparison) -> DrawnChart:
    """Draw territories side by side, with France's value where it stands on the axis."""
    national = view.benchmark
    figures = [row.figure for row in view.rows]
    france = None
    if national and national.value is not None:
        france = (national.value, f"France : {national.text}")
    nature = view.indicator.nature
    return DrawnChart(
        title=f"{mark_of(view.dataset, nature)}{view.title}",
        sentence=" ".join(text for text in (view.sentence, view.sentence_caveat) if text),
        lines=tuple(
            ChartLine(
                row.name, figure_words(row.figure), (mark_of_figure(row.figure, LATER, text=""),)
            )
            for row in view.rows
        ),
        span=axis_span(figures, national, view.indicator),
        unit=view.indicator.unit_label,
        key=dot_plot_key(view),
        sources=tuple(view.sources),
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
    return replace(
        _draw_rows(evolution.chart_rows(group), dataset),
        title=f"{mark_of(dataset, Nature.ENQUETE)}{name_trends(group)}",
        sentence=group.sentence,
        date=f"{format_wave(group.earlier)} puis {format_wave(group.later)}",
        caveats=tuple(caveats),
        joins=True,
    )


def name_trends(group: TrendGroup) -> str:
    """Name the changes of a theme: what, where, from when to when."""
    waves = f"{format_wave(group.earlier)} puis {format_wave(group.later)}"
    return f"{group.theme}, {group.holder.territory.name}, {waves}"


def draw_ladder(view: Maturity) -> DrawnChart:
    """Draw the share of each rung, the territory's then France's, the highest on top."""
    return replace(
        _draw_rows(maturity.chart_rows(view), view.dataset),
        title=f"{mark_of(view.dataset, Nature.ENQUETE)}{name_ladder(view)}",
        sentence=view.sentence,
        date=format_wave(view.wave),
        caveats=view.caveats,
        has_stems=True,
    )


def name_ladder(view: Maturity) -> str:
    """Name the ladder: where, when."""
    place = f"{view.holder.territory.name} et France" if view.holder else "France"
    return f"Échelle de maturité, {place}, {format_wave(view.wave)}"


def draw_sizes(view: Profile, dataset: Dataset) -> DrawnChart:
    """Draw the communes by size, in share: the territory's, then France's."""
    rows = [
        ChartRow(
            size.label,
            (
                Mark(view.territory.name, LATER, size.share_line.local),
                Mark("France", EARLIER, size.share_line.national),
            ),
        )
        for size in view.sizes
    ]
    figures = [size.share_line.local for size in view.sizes]
    return replace(
        _draw_rows(rows, dataset, Nature.COG),
        title=f"{mark_of(dataset, Nature.COG)}{name_sizes(view)}",
        sentence=describe_size_chart(view),
        date=", ".join(dict.fromkeys(format_wave(figure.wave) for figure in figures if figure)),
        has_stems=True,
    )


def name_sizes(view: Profile) -> str:
    """Name the communes of a territory by size."""
    return f"Communes par taille, {view.territory.name} et France"


def _draw_rows(
    rows: Sequence[ChartRow], dataset: Dataset, nature: Nature = Nature.ENQUETE
) -> DrawnChart:
    """Draw shares in rows: one mark per line, and why one is not drawn."""
    marks = [mark for row in rows for mark in row.marks]
    return DrawnChart(
        title="",
        sentence="",
        lines=tuple(
            ChartLine(
                row.label,
                " ; ".join(text for text in (row.note, *_undrawn(row.marks)) if text),
                tuple(mark_of_figure(mark.figure, mark.series) for mark in row.marks),
            )
            for row in rows
        ),
        span=_PERCENT,
        unit="%",
        key=rows_key(rows),
        sources=_sources_of([mark.figure for mark in marks]),
        date="",
        caveats=(),
        watermark=watermark_of(dataset, nature),
        series=tuple(dict.fromkeys((mark.name, mark.series) for mark in marks)),
    )


def _undrawn(marks: Sequence[Mark]) -> Iterator[str]:
    for mark in marks:
        if reason := why_not_drawn(mark.figure):
            yield f"{mark.name} : {reason}"


def _waves(earlier: str, later: str) -> tuple[tuple[str, Series], ...]:
    return (format_wave(earlier), EARLIER), (format_wave(later), LATER)


def _pair(change: Change) -> tuple[ChartMark | None, ...]:
    return mark_of_figure(change.before, EARLIER), mark_of_figure(change.after, LATER)


def _with_undrawn(words: str, change: Change) -> str:
    """Add why a wave has no mark on the axis."""
    told = [words]
    for name, figure in (("avant", change.before), ("après", change.after)):
        if reason := why_not_drawn(figure):
            told.append(f"{name} : {reason}")
    return " ; ".join(told)


def mark_of_figure(
    figure: Figure | None, series: Series, *, text: str | None = None
) -> ChartMark | None:
    """Draw a figure with its interval; None where it may not be drawn."""
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


def _sources_of(figures: Iterable[Figure | None]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(figure.source for figure in figures if figure))
