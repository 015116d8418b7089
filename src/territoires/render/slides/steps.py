"""Slides of what a page shows: a map, a comparison, landmarks, next steps, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from territoires.domain.kit import Kit
from territoires.domain.selection import Dataset
from territoires.render.landmark_charts import series_of
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
    is_total,
    key_of,
    lone_key,
    pair_chart,
    row_name,
    table_key,
)
from territoires.render.slides.deck import (
    About,
    BarChart,
    ChartSlide,
    MapSlide,
    Series,
    Slide,
    TableSlide,
    TextSlide,
    TitleSlide,
    say_sources,
)
from territoires.views.comparison import Comparison
from territoires.views.comparison_waves import Change, Changes
from territoires.views.datasets import EDITIONS
from territoires.views.evolution import Evolution, TrendGroup
from territoires.views.figure import Figure, has_sampling_error, is_same_question
from territoires.views.french import count, format_wave, join_words
from territoires.views.landmarks import Landmark, Question, ThemeView, period_label
from territoires.views.next_steps import NextStep, NextSteps
from territoires.views.shares import bare_label

if TYPE_CHECKING:
    from territoires.render.drawn_map import DrawnMap

#: Charts of a theme where its slides are to be few.
FIRST_QUESTIONS = 2
#: Bars drawn of one question: the page « Repères » shows the others.
_SEVERAL = 2


def title_slides(title: str, text: str, dataset: Dataset) -> tuple[Slide, ...]:
    """Open a part of a story."""
    return (TitleSlide(title, text, about=_words_about(dataset)),)


def text_slides(title: str, text: str, dataset: Dataset) -> tuple[Slide, ...]:
    """Write the free words of a story, one item per line."""
    lines = [part.strip() for part in text.splitlines() if part.strip()]
    items = tuple(("", part) for part in lines)
    if len(items) == 1:
        return (TextSlide(title, (), lines[0], _words_about(dataset)),)
    return (TextSlide(title, items, about=_words_about(dataset)),)


def _words_about(dataset: Dataset) -> About:
    return About(mark=EDITIONS[dataset].watermark)


def map_slides(drawn: DrawnMap, *, title: str = "") -> tuple[Slide, ...]:
    """Show a map; its shapes are already thin."""
    return (MapSlide(drawn, title),)


def comparison_slides(view: Comparison, *, notes: Sequence[str] = ()) -> tuple[Slide, ...]:
    """Show territories side by side: the chart, then the same as a table."""
    rows = [(row.name, row.figure) for row in view.rows]
    has_france = view.national is not None and not is_total(view.indicator)
    rows += [(FRANCE, view.national)] if has_france else []
    figures = [figure for _, figure in rows]
    bars = tuple(bar_of(figure, view.indicator) for figure in figures)
    chart = BarChart(
        tuple(row_name(name, figure) for name, figure in rows),
        (Series(bare_label(view.indicator), OWN_COLOUR, bars),),
        unit=view.indicator.unit_label,
        decimals=view.indicator.decimals,
        scale=end_of(view.indicator),
        last_colour=FRANCE_COLOUR if has_france else "",
    )
    sentence = " ".join(text for text in (view.sentence, view.sentence_caveat) if text)
    known = (*view.caveats, *notes)
    told = about(view.dataset, figures, nature=view.indicator.nature, notes=known)
    verdicts = [say_difference(row.difference, row.figure) or NOTHING for row in view.rows]
    table = TableSlide(
        f"{view.title} : les chiffres",
        ("Territoire", "Valeur", "Par rapport à la France"),
        tuple(
            (name, figure_words(figure), verdict)
            for (name, figure), verdict in zip(rows, [*verdicts, NOTHING][: len(rows)], strict=True)
        ),
        (3.0, 3.6, 4.0),
        about=told,
        key=table_key(figures),
    )
    if not any(bars):
        return (replace(table, title=view.title, sentence=sentence),)
    asked = [row.figure for row in view.rows if row.figure]
    france = view.national if has_france else None
    other = france is not None and not all(is_same_question(f, france) for f in asked)
    key = key_of(figures, has_other_words=other)
    words = chart_words(chart, [figures])
    return (ChartSlide(view.title, sentence, chart, words, key, told), table)


def changes_slides(view: Changes, *, notes: Sequence[str] = ()) -> tuple[Slide, ...]:
    """Show two waves of the same indicator, territory by territory."""
    before, after = [line.before for line in view.lines], [line.after for line in view.lines]
    indicators = [view.indicator] * len(view.lines)
    names = _with_verdicts([line.name for line in view.lines], view.lines)
    waves = format_wave(view.earlier), format_wave(view.later)
    chart = pair_chart(names, indicators, (waves[1], after), (waves[0], before))
    if not chart.series:
        return text_slides(view.title, view.sentence, view.dataset)
    told = about(
        view.dataset,
        [*after, *before],
        nature=view.indicator.nature,
        notes=(*view.caveats, *notes),
    )
    cells = [figures for figures in (after, before) if has_bars(figures)]
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
    )
    return ChartSlide(
        f"Ce qui a changé : {group.theme.lower()} ({group.holder.territory.name})",
        group.sentence,
        chart,
        chart_words(chart, [after, before]),
        key_of([*before, *after]),
        about(evolution.dataset, [*after, *before], notes=(*evolution.caveats, *notes)),
    )


def landmark_slides(
    view: ThemeView, *, notes: Sequence[str] = (), is_short: bool = False
) -> tuple[Slide, ...]:
    """Show a theme of « Repères »: a chart per question, then the figures that stand alone.

    ``is_short`` keeps the first charts, or where there is none the first figures: what a room
    reads of it, and how many figures are on the page.
    """
    slides: list[Slide] = [_question(question, view, notes) for question in view.questions]
    if is_short and slides:
        return _first(slides, view)
    alone = [line.landmarks[0] for line in view.lines if not line.drawn_in]
    if alone:
        rows = tuple(
            (_asked(one), figure_words(one.figure), format_wave(one.figure.wave), one.study)
            for one in alone
        )
        figures = [one.figure for one in alone]
        told = about(view.dataset, figures, notes=(*_readings(view), *notes))
        table = TableSlide(
            f"{view.theme.label} : les chiffres isolés" if slides else view.theme.label,
            ("Chiffre national", "Valeur", "Date", "Étude"),
            rows,
            (4.6, 2.6, 1.9, 2.9),
            sentence="" if slides else view.sentence,
            about=told,
            key=table_key(figures),
            is_one_page=is_short,
        )
        slides.append(table)
    return tuple(slides)


def _first(slides: Sequence[Slide], view: ThemeView) -> tuple[Slide, ...]:
    """Keep the first charts of a theme, and say under the last title what they leave out."""
    kept = view.questions[:FIRST_QUESTIONS]
    shown = {one.indicator.indicator_id for question in kept for one in question.landmarks}
    left = sum(one.indicator.indicator_id not in shown for one in view.counted)
    last = slides[len(kept) - 1]
    if left and isinstance(last, ChartSlide):
        others = count(left, "autre chiffre", "autres chiffres")
        last = replace(last, sentence=f"{others} de ce thème sur la page « Repères ».")
    return (*slides[: len(kept) - 1], last)


def _question(question: Question, view: ThemeView, notes: Sequence[str]) -> ChartSlide:
    """Draw the answers of a question, one series per period; other readings are in the notes."""
    series, cells = [], []
    looks = series_of(question)
    for period in question.periods:
        figures = [_main(answer.landmarks, period) for answer in question.answers]
        if not has_bars(figures):
            continue
        bars = tuple(
            bar_of(figure, answer.landmarks[0].indicator)
            for figure, answer in zip(figures, question.answers, strict=True)
        )
        name = period_label(period, question.landmarks)
        colour = looks[period].colour if period in looks else OWN_COLOUR
        series.append(Series(name, colour, bars))
        cells.append(figures)
    chart = BarChart(
        tuple(answer.label for answer in question.answers),
        tuple(series),
        unit=question.unit_label,
        decimals=max(one.indicator.decimals for one in question.landmarks),
        scale=question.scale,
    )
    figures = [figure for column in cells for figure in column]
    told = about(view.dataset, figures, notes=(view.sentence, *_readings(view), *notes))
    return ChartSlide(question.title, "", chart, chart_words(chart, cells), key_of(figures), told)


def _main(landmarks: Sequence[Landmark], period: str) -> Figure | None:
    found = (one.figure for one in landmarks if one.period == period and one.is_main)
    return next(found, None)


def _asked(landmark: Landmark) -> str:
    return f"{bare_label(landmark.indicator)} ({landmark.indicator.actor_label})"


def _readings(view: ThemeView) -> list[str]:
    """Set side by side the readings that the publications give of one subject."""
    return [
        f"Deux lectures publiées, {item.topic} : {' – '.join(item.readings)} ({item.sources})."
        for item in view.contradictions
    ]


def next_step_slides(
    steps: NextSteps,
    dataset: Dataset,
    kit: Kit,
    *,
    notes: Sequence[str] = (),
) -> tuple[Slide, ...]:
    """Say what to do next, with which resources; why each was chosen stands in the notes."""
    items = tuple((f"{step.verb} : {_lower(step.text)}.", _resources(step)) for step in steps.steps)
    ids = [resource.source_id for step in steps.steps for resource in step.resources]
    sources = [kit.sources[name] for name in ids if name in kit.sources]
    sources += [step.source for step in steps.steps if step.source]
    why = [f"{step.text} : {step.why}." for step in steps.steps]
    told = About(
        say_sources(sources), mark=EDITIONS[dataset].watermark, notes=(steps.rule, *why, *notes)
    )
    return (TextSlide("Vos prochains pas", items, steps.invitation, told),)


def _resources(step: NextStep) -> str:
    named = [resource.title for resource in step.resources]
    more = f" et {step.others} de plus" if step.others > 0 else ""
    told = f"{join_words(named)}{more}." if named else ""
    return " ".join(text for text in (told, *(f"{line}." for line in step.lines)) if text)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
