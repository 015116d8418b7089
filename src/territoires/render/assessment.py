"""HTML of the self-assessment: the ladder, the rung in words, the rule."""

from __future__ import annotations

from territoires.domain.assessment import STAGES, Assessment
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.assessment import (
    CAUTION,
    say_assessment_rule,
    say_result,
    say_weakest,
)


def introduction() -> str:
    """Say what the questions are for, and what they are not."""
    return html.paragraph(CAUTION, "reserve")


def result(assessment: Assessment) -> str:
    """Write the rung on its ladder, what is lowest, and the rule."""
    weakest = say_weakest(assessment)
    return (
        f'<div class="autodiagnostic" role="status">{_ladder(assessment.stage)}'
        f'<p class="resultat">{escape(say_result(assessment))}</p>'
        f"{html.paragraph(weakest, '') if weakest else ''}</div>"
        '<details class="regle"><summary>Comment l’échelon est calculé</summary>'
        f"{html.paragraph(say_assessment_rule(), 'reserve')}</details>"
    )


def _ladder(stage: int | None) -> str:
    mark = ' aria-current="true"'
    items = "".join(
        f"<li{mark if rung == stage else ''}><b>{rung}</b> {escape(name)}</li>"
        for rung, name in STAGES.items()
    )
    return f'<ol class="echelons" aria-label="Échelons, du premier au dernier">{items}</ol>'
