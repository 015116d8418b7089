"""Slides of a comparison: territories side by side, two waves of the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from territoires.render.chart_marks import sentence_of
from territoires.render.comparison_words import why_france_is_apart
from territoires.render.portrait_tables import say_difference
from territoires.render.slides.bars import (
    FRANCE,
    FRANCE_COLOUR,
    NOTHING,
    OWN_COLOUR,
    about,
    bar_of,
    chart_words,
    end_of,
    figure_words,
    has_bars,
    key_of,
    lone_key,
    pair_chart,
    row_name,
    table_key,
)
from territoires.render.slides.deck import About, BarChart, ChartSlide, Series, Slide, TableSlide
from territoires.render.slides.steps import text_slides
from territoires.views.comparison import Comparison
from territoires.views.comparison_sentence import why_untested
from territoires.views.comparison_waves import Change, Changes
from territoires.views.evolution import Evolution, TrendGroup
from territoires.views.figure import has_sampling_error
from territoires.views.french import format_wave
from territoires.views.shares import bare_label

#: Verdicts that differ are told row by row.
_SEVERAL = 2


def comparison_slides(view: Comparison, *, notes: Sequence[str] = ()) -> tuple[Slide, ...]:
    """Show territories side by side: the chart, then the same as a table."""
    rows = [(row.name, row.figure) for row in view.rows]
    drawn = [*rows, *([(FRANCE, view.benchmark)] if view.benchmark else [])]
    bars = tuple(bar_of(figure, view.indicator) for _, figure in drawn)
    chart = BarChart(
        tuple(row_name(name, figure) for name, figure in drawn),
        (Series(bare_label(view.indicator), OWN_COLOUR, bars),),
        unit=view.indicator.unit_label,
        decimals=view.indicator.decimals,
        scale=end_of(view.indicator),
        last_colour=FRANCE_COLOUR if view.benchmark else "",
    )
    sentence = " ".join(text for text in (view.sentence, view.sentence_caveat) if text)
    figures = [row.figure for row in view.rows] + ([view.national] if view.national else [])
    known = (*view.caveats, *notes)
    told = about(view.dataset, figures, nature=view.indicator.nature, notes=known)
    table = _comparison_table(view, told)
    if not any(bars):
        return (replace(table, title=view.title, sentence=sentence),)
    shown = [figure for _, figure in drawn]
    key = " ".join(x for x in (key_of(shown), sentence_of([why_france_is_apart(view)])) if x)
    return (ChartSlide(view.title, sentence, chart, chart_words(chart, [shown]), key, told), table)


def _comparison_table(view: Comparison, told: About) -> TableSlide:
    """List the territories, then France; without any test against her, say so under them."""
    verdicts = [say_difference(row.difference, row.figure) for row in view.rows]
    rows = [(row.name, row.figure) for row in view.rows]
    if view.national:
        rows.append((view.france_name, view.national))
        verdicts.append("")
    cells = [
        (name, figure_words(figure), verdict or NOTHING)
        for (name, figure), verdict in zip(rows, verdicts, strict=True)
    ]
    headings, widths = ("Territoire", "Valeur", "Par rapport à la France"), (3.0, 3.6, 4.0)
    columns = len(headings) if any(verdicts) else len(headings) - 1
    key = table_key([figure for _, figure in rows])
    return TableSlide(
        f"{view.title} : les chiffres",
        headings[:columns],
        tuple(line[:columns] for line in cells),
        widths[:columns],
        about=told,
        key=" ".join(text for text in (key, why_untested(view.indicator, view.national)) if text),
    )


def changes_slides(view: Changes, *, notes: Sequence[str] = ()) -> tuple[Slide, ...]:
    """Show two waves of the same indicator, territory by territory."""
    before, after = [line.before for line in view.lines], [line.after for line in view.lines]
    indicators = [view.indicator] * len(view.lines)
    names = _with_verdicts([line.name for line in view.lines], view.lines)
    waves = format_wave(view.earlier), format_wave(view.later)
    chart = pair_chart(names, indicators, (waves[1], after), (waves[0], before), is_own_last=True)
    if not chart.series:
        return text_slides(view.title, view.sentence, view.dataset)
    told = about(
        view.dataset,
        [*before, *after],
        nature=view.indicator.nature,
        notes=(*view.caveats, *notes),
    )
    cells = [figures for figures in (before, after) if has_bars(figures)]
    words = chart_words(chart, cells)
    key = lone_key(chart) + key_of([*before, *after])
    return (ChartSlide(view.title, view.sentence, chart, words, key, told),)


def _with_verdicts(names: Sequence[str], changes: Sequence[Change]) -> list[str]:
    """Add to each row its verdict; one that they all share is in the sentence."""
    if len({change.verdict for change in changes}) < _SEVERAL:
        return list(names)
    return [f"{name} : {one.verdict}" for name, one in zip(names, changes, strict=True)]


def changes_of_group(
    group: TrendGroup, evolution: Evolution, *, notes: Sequence[str] = ()
) -> ChartSlide | None:
    """Draw both waves of each share of a theme; None where no change may be read."""
    trends = [
        trend
        for trend in group.trends
        if has_sampling_error(trend.indicator) and not trend.change.reason
    ]
    if not trends:
        return None
    before, after = [t.change.before for t in trends], [t.change.after for t in trends]
    names = [bare_label(trend.indicator) for trend in trends]
    names = _with_verdicts(names, [trend.change for trend in trends])
    chart = pair_chart(
        names,
        [trend.indicator for trend in trends],
        (format_wave(group.later), after),
        (format_wave(group.earlier), before),
        is_own_last=True,
    )
    cells = [figures for figures in (before, after) if has_bars(figures)]
    return ChartSlide(
        f"Ce qui a changé : {group.theme.lower()} ({group.holder.territory.name})",
        group.sentence,
        chart,
        chart_words(chart, cells),
        key_of([*before, *after]),
        about(evolution.dataset, [*before, *after], notes=(*evolution.caveats, *notes)),
    )
