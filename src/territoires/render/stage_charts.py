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
_ROOM_PX, _HEADING_PX = 450, 60
_MOST = 2


@dataclass(frozen=True, slots=True)
class StageChart:
    """A question drawn, with its key and its words for screen readers."""

    question: Question
    figure: go.Figure
    key: str
    words: str


def stage_charts(view: ThemeView) -> tuple[tuple[StageChart, ...], int]:
    """Draw the first questions of a theme, in the catalogue's order, without their last answers.

    Returns
    -------
    tuple
        The charts, and how many figures of the theme they leave out.
    """
    watermark = EDITIONS[view.dataset].watermark
    charts: list[StageChart] = []
    room = _ROOM_PX
    for question in view.questions[:_MOST]:
        drawn = _fit(question, room - _HEADING_PX * bool(charts), watermark)
        if drawn is None:
            break
        charts.append(drawn)
        room -= _height(drawn.figure) + _HEADING_PX
    shown = {one for chart in charts for one in chart.question.landmarks}
    return tuple(charts), sum(one not in shown for one in view.counted)


def _fit(question: Question, room: int, watermark: str) -> StageChart | None:
    figure = build_question_chart(question, watermark)
    while _height(figure) > room and len(question.answers) > 1:
        # Heights go with the number of answers: one guess is nearly always enough.
        kept = min(len(question.answers) - 1, len(question.answers) * room // _height(figure))
        if kept < 1:
            return None
        question = replace(question, answers=question.answers[:kept])
        figure = build_question_chart(question, watermark)
    if _height(figure) > room:
        return None
    return StageChart(question, figure, question_key(question), describe_question(question))


def _height(figure: go.Figure) -> int:
    return int(figure.layout.height or 0)
