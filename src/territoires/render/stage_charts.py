"""Charts of a theme on a stage: as many questions as a room can read at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from territoires.render.landmark_charts import build_question_chart, describe_question, question_key
from territoires.views.datasets import EDITIONS
from territoires.views.landmarks import Question, ThemeView

if TYPE_CHECKING:
    import plotly.graph_objects as go

#: Height of all charts, in pixels before they are enlarged, and that of a heading among them.
_ROOM_PX, _HEADING_PX = 412, 70
_MOST = 2
#: No answer is drawn in less.
_LEAST_PX = 40


@dataclass(frozen=True, slots=True)
class StageChart:
    """A question drawn, with its key and its words for screen readers."""

    question: Question
    figure: go.Figure
    key: str
    words: str


def stage_charts(view: ThemeView) -> tuple[tuple[StageChart, ...], int]:
    """Draw the first questions of a theme that a room reads whole, in the catalogue's order.

    Where none is short enough, the first one is drawn without its last answers.

    Returns
    -------
    tuple
        The charts, and how many figures of the theme they leave out.
    """
    watermark = EDITIONS[view.dataset].watermark
    charts: list[StageChart] = []
    room = _ROOM_PX
    for question in view.questions:
        if len(charts) == _MOST or not _may_fit(question, room):
            continue
        drawn = _draw(question, watermark)
        if _height(drawn) <= room:
            charts.append(drawn)
            room -= _height(drawn) + _HEADING_PX
    if not charts and view.questions:
        charts = [_cut(view.questions[0], watermark)]
    shown = {one.indicator.indicator_id for chart in charts for one in chart.question.landmarks}
    left = {one.indicator.indicator_id for one in view.counted} - shown
    return tuple(charts), sum(one.indicator.indicator_id in left for one in view.counted)


def _may_fit(question: Question, room: int) -> bool:
    """Spare the drawing of what is surely too high."""
    return len(question.answers) * _LEAST_PX <= room


def _cut(question: Question, watermark: str) -> StageChart:
    """Draw the answers that fit, one at least."""
    drawn = _draw(question, watermark)
    while _height(drawn) > _ROOM_PX and len(drawn.question.answers) > 1:
        # Heights go with the number of answers: one guess is nearly always enough.
        number = len(drawn.question.answers)
        kept = max(1, min(number - 1, number * _ROOM_PX // _height(drawn)))
        drawn = _draw(replace(question, answers=question.answers[:kept]), watermark)
    return drawn


def _draw(question: Question, watermark: str) -> StageChart:
    figure = build_question_chart(question, watermark)
    return StageChart(question, figure, question_key(question), describe_question(question))


def _height(chart: StageChart) -> int:
    return int(chart.figure.layout.height or 0)
