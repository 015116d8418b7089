"""Charts of « Repères » and of « Agir » as they are drawn outside the browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from territoires.domain.indicators import Fiabilite, Nature, Source, wave_order
from territoires.domain.kit import Milestone, ProgrammeItem
from territoires.domain.selection import Dataset
from territoires.render import timeline
from territoires.render.chart_marks import LATER, OTHER_READING, Series
from territoires.render.drawn_chart import ChartLine, ChartMark, DrawnChart, mark_of_figure
from territoires.render.landmark_charts import drawn_landmarks, question_key, series_of
from territoires.render.landmarks import TWO_STUDIES, question_facts, sample_note
from territoires.views.datasets import EDITIONS, mark_of, watermark_of
from territoires.views.french import format_number, format_source_date, format_wave
from territoires.views.landmark_changes import is_of_two_studies
from territoires.views.landmarks import Landmark, Question, ThemeView, period_label
from territoires.views.programme import Programme
from territoires.views.timeline import Timeline

FUNNEL_TITLE = "Parcours d’expérience de 2018 : les territoires, du nombre visé au bilan"
TIMELINE_TITLE = "Chronologie de la co-construction"
#: Room right of the longest bar, as a share of it.
_ROOM = 1.08
_ORDER = "Réponses dans l’ordre du catalogue, qui n’est pas un classement."
_DOUBT = "Signe creux : nombre que les sources ne donnent pas de la même façon."


def sources_of(
    items: Iterable[ProgrammeItem | Milestone], sources: Mapping[str, Source]
) -> tuple[Source, ...]:
    """List the sources of some lines, each once."""
    found = (sources.get(item.source_id) for item in items)
    return tuple(dict.fromkeys(source for source in found if source))


def draw_question(view: ThemeView, question: Question) -> DrawnChart:
    """Draw each figure of a question on its axis; reprints would count one twice."""
    looks = series_of(question)
    edition = EDITIONS[view.dataset]
    figures = [one.figure for one in question.landmarks]
    waves = {figure.wave for figure in figures}
    return DrawnChart(
        title=f"{edition.mark}{name_question(question)}",
        sentence=question_facts(question),
        lines=tuple(
            ChartLine(
                f"{answer.label[:1].upper()}{answer.label[1:]}",
                "",
                tuple(_mark(one, looks[one.period]) for one in drawn_landmarks(answer)),
            )
            for answer in question.answers
            if drawn_landmarks(answer)
        ),
        span=(0.0, question.scale),
        unit=question.unit_label,
        key=question_key(question),
        sources=tuple(dict.fromkeys(figure.source for figure in figures)),
        date=", ".join(format_wave(wave) for wave in sorted(waves, key=wave_order)),
        caveats=(
            _ORDER,
            sample_note(question.landmarks),
            *((TWO_STUDIES,) if is_of_two_studies(question) else ()),
        ),
        watermark=edition.watermark,
        series=tuple(
            (period_label(period, question.landmarks), look) for period, look in looks.items()
        )
        if len(looks) > 1
        else (),
    )


def name_question(question: Question) -> str:
    """Name a question outside its page, which says whose figures these are."""
    return f"{question.title}, France"


def _mark(landmark: Landmark, series: Series) -> ChartMark | None:
    """Draw a figure, or another reading of it by a cross."""
    mark = mark_of_figure(landmark.figure, series)
    if mark is None or landmark.is_main:
        return mark
    return replace(mark, series=Series(series.colour, OTHER_READING), is_hollow=False)


def draw_funnel(view: Programme, dataset: Dataset) -> DrawnChart:
    """Draw the territories asked, agreed and reported, what was aimed at as a line."""
    funnel = view.funnel
    values = [item.value or 0 for item in funnel.levels]
    target = funnel.target
    benchmark = None
    if target and target.value is not None:
        benchmark = (float(target.value), f"{target.label} : {format_number(target.value)}")
    doubtful = any(item.fiabilite is Fiabilite.AMBIGUE for item in funnel.levels)
    return DrawnChart(
        title=f"{mark_of(dataset, Nature.CONTEXTE)}{FUNNEL_TITLE}",
        sentence=funnel.sentence,
        lines=tuple(
            ChartLine(
                item.label,
                item.detail,
                (
                    ChartMark(
                        value,
                        value,
                        value,
                        format_number(value),
                        LATER,
                        item.fiabilite is Fiabilite.AMBIGUE,
                    ),
                ),
            )
            for item, value in zip(funnel.levels, values, strict=True)
        ),
        span=(0.0, _ROOM * max([*values, 1])),
        unit="territoires",
        key=_DOUBT if doubtful else "",
        sources=sources_of(funnel.items, view.sources),
        date="",
        caveats=(),
        watermark=watermark_of(dataset, Nature.CONTEXTE),
        benchmark=benchmark,
        has_stems=True,
    )


def draw_timeline(view: Timeline, dataset: Dataset) -> DrawnChart:
    """Draw the events from top to bottom, in the order of their dates."""
    return DrawnChart(
        title=f"{mark_of(dataset, Nature.CONTEXTE)}{TIMELINE_TITLE}",
        sentence=view.sentence,
        lines=tuple(
            ChartLine(
                format_source_date(event.date),
                "",
                (
                    ChartMark(
                        0.0,
                        0.0,
                        0.0,
                        event.title,
                        LATER,
                        event.fiabilite is Fiabilite.AMBIGUE,
                    ),
                ),
            )
            for event in view.milestones
        ),
        span=(0.0, 1.0),
        unit="",
        key=timeline.KEY,
        sources=sources_of(view.milestones, view.sources),
        date="",
        caveats=(),
        watermark=watermark_of(dataset, Nature.CONTEXTE),
        has_axis=False,
    )
