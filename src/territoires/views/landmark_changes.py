"""What may be said of the change of each line of a question, from one wave to the next."""

from __future__ import annotations

from territoires.domain.indicators import UNDATED_WAVE
from territoires.views.comparison_waves import Verdict, judge_change
from territoires.views.figure import Figure, has_sampling_error
from territoires.views.landmarks import Answer, Question


def changes_of(question: Question) -> tuple[Verdict | None, ...]:
    """Judge each line's last two waves, corrected for the number of lines of the question.

    None where a line has not two dated figures whose samples are known.
    """
    lines = len(question.answers)
    found = []
    for answer in question.answers:
        pair = _waves(answer)
        found.append(judge_change(*pair, comparisons=lines) if pair else None)
    return tuple(found)


def is_of_two_studies(question: Question) -> bool:
    """Tell whether the chart sets figures of several studies side by side, no sample known."""
    main = [one for one in question.landmarks if one.is_main and one.figure.value is not None]
    return (
        len({one.period for one in main}) > 1
        and len({one.study for one in main}) > 1
        and all(one.figure.respondents is None for one in main)
    )


def _waves(answer: Answer) -> tuple[Figure, Figure] | None:
    dated = sorted(
        (one.figure for one in answer.landmarks if one.is_main and _is_testable(one.figure)),
        key=lambda figure: figure.wave,
    )
    if len(dated) < 2 or not has_sampling_error(answer.landmarks[0].indicator):  # noqa: PLR2004
        return None
    return dated[-2], dated[-1]


def _is_testable(figure: Figure) -> bool:
    known = figure.value is not None and figure.respondents is not None
    return known and figure.wave != UNDATED_WAVE
