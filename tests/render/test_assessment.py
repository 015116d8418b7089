"""HTML of the self-assessment: the rung told in words and marked for screen readers."""

from __future__ import annotations

import pytest

from territoires.domain.assessment import STAGES, assess
from territoires.render import assessment
from tests.render.pieces import check_harmless, read, tags


@pytest.mark.parametrize(("text", "stage"), [("00000", 1), ("22222", 4), ("33333", 5)])
def test_the_ladder_marks_the_rung_and_only_it(text: str, stage: int) -> None:
    html = assessment.result(assess(text))
    rungs = [item.get("aria-current") for item in tags(html, "li")]
    assert rungs == ["true" if rung == stage else None for rung in STAGES]
    assert all(name in read(html).text for name in STAGES.values())
    check_harmless(html)


@pytest.mark.parametrize("text", ["", "012--"])
def test_without_all_the_answers_no_rung_is_marked(text: str) -> None:
    html = assessment.result(assess(text))
    assert "aria-current" not in html
    assert "Répondez" in html


def test_a_new_result_is_announced_and_its_rule_shown() -> None:
    html = assessment.result(assess("12321"))
    assert 'role="status"' in html
    assert "Comment l’échelon est calculé" in html
    assert "de 0 à 2 points" in read(html).text


def test_the_introduction_says_what_it_is_not() -> None:
    assert "pas une mesure" in assessment.introduction()
