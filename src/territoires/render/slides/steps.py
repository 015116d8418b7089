"""Slides of what a page shows: a map, a comparison, landmarks, next steps, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from territoires.domain.indicators import Nature
from territoires.domain.kit import Kit
from territoires.domain.selection import Dataset
from territoires.render.landmark_charts import series_of
from territoires.render.slides.bars import (
    OWN_COLOUR,
    about,
    bar_of,
    chart_words,
    figure_words,
    has_bars,
    key_of,
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
from territoires.views.datasets import watermark_of, watermark_of_sets
from territoires.views.figure import Figure
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


def title_slides(title: str, text: str, *datasets: Dataset) -> tuple[Slide, ...]:
    """Open a part of a story; it is marked after all the sets of data that the story shows."""
    return (TitleSlide(title, text, about=_words_about(datasets)),)


def text_slides(title: str, text: str, *datasets: Dataset) -> tuple[Slide, ...]:
    """Write the free words of a story, one item per line; they are marked as a title is."""
    lines = [part.strip() for part in text.splitlines() if part.strip()]
    items = tuple(("", part) for part in lines)
    if len(items) == 1:
        return (TextSlide(title, (), lines[0], _words_about(datasets)),)
    return (TextSlide(title, items, about=_words_about(datasets)),)


def _words_about(datasets: Sequence[Dataset]) -> About:
    return About(mark=watermark_of_sets(datasets))


def map_slides(drawn: DrawnMap) -> tuple[Slide, ...]:
    """Show a map; its shapes are already thin."""
    return (MapSlide(drawn),)


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
    nature: Nature = Nature.ENQUETE,
) -> tuple[Slide, ...]:
    """Say what to do next, with which resources; why each was chosen stands in the notes.

    ``nature`` is that of what they were chosen from: the figures of a territory, or real answers.
    """
    items = tuple((f"{step.verb} : {_lower(step.text)}.", _resources(step)) for step in steps.steps)
    ids = [resource.source_id for step in steps.steps for resource in step.resources]
    sources = [kit.sources[name] for name in ids if name in kit.sources]
    sources += [step.source for step in steps.steps if step.source]
    why = [f"{step.text} : {step.why}." for step in steps.steps]
    told = About(
        say_sources(sources), mark=watermark_of(dataset, nature), notes=(steps.rule, *why, *notes)
    )
    return (TextSlide("Vos prochains pas", items, steps.invitation, told),)


def _resources(step: NextStep) -> str:
    named = [resource.title for resource in step.resources]
    more = f" et {step.others} de plus" if step.others > 0 else ""
    told = f"{join_words(named)}{more}." if named else ""
    return " ".join(text for text in (told, *(f"{line}." for line in step.lines)) if text)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
