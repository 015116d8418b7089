"""What the self-assessment says: a starting point, never a measure."""

from __future__ import annotations

import re

import pytest

from territoires.domain.assessment import LOWEST_TOTALS, STAGES, assess
from territoires.views.assessment import CAUTION, say_assessment_rule, say_result, say_weakest


def test_it_says_that_it_is_no_measure_and_where_answers_stay() -> None:
    assert "pas une mesure" in CAUTION
    assert "dans le lien" in CAUTION


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Répondez aux cinq questions"),
        ("0----", "Répondez aux 4 questions restantes"),
        ("012--", "Répondez aux 2 questions restantes"),
        ("0123-", "Répondez à la question restante"),
    ],
)
def test_missing_answers_are_counted(text: str, told: str) -> None:
    assert say_result(assess(text)).startswith(told)
    assert say_weakest(assess(text)) == ""


@pytest.mark.parametrize(("text", "stage"), [("00000", 1), ("11111", 2), ("33333", 5)])
def test_the_rung_is_named_with_its_points(text: str, stage: int) -> None:
    said = say_result(assess(text))
    assert f"« {STAGES[stage]} », échelon {stage} sur 5" in said
    assert f"{5 * int(text[0])}\u00a0point" in said


def test_the_weakest_points_come_with_what_to_start_with() -> None:
    assert say_weakest(assess("33033")).startswith("Le point le plus bas : l’animation. Pour")
    assert "les acteurs et les projets" in say_weakest(assess("31213"))
    assert say_weakest(assess("22222")) == "Aucun point n’est plus bas que les autres."


def test_the_rule_gives_the_limits_that_are_applied() -> None:
    rule = say_assessment_rule()
    bounds = [(int(a), int(b)) for a, b in re.findall(r"de (\d+) à (\d+) points, «", rule)]
    assert [low for low, _ in bounds] == list(LOWEST_TOTALS.values())
    assert [high + 1 for _, high in bounds[:-1]] == [low for low, _ in bounds[1:]]
    assert bounds[-1][1] == 15
    assert all(name in rule for name in STAGES.values())
