"""The rule of « Où en êtes-vous ? »: total of points, all answers needed, never a step down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.domain.assessment import (
    LOWEST_TOTALS,
    MOST_POINTS,
    QUESTIONS,
    STAGES,
    assess,
    with_answer,
)

COMPLETE = st.text("0123", min_size=5, max_size=5)
PARTIAL = st.text("0123-", min_size=5, max_size=5)
NUMBERS = st.integers(0, len(QUESTIONS) - 1)


def test_there_are_five_questions_of_four_different_answers() -> None:
    assert len(QUESTIONS) == 5
    assert len({question.key for question in QUESTIONS}) == 5
    for question in QUESTIONS:
        assert len(set(question.answers)) == 4
        assert question.text.endswith("?")
        assert question.advice


def test_the_ladder_has_the_five_rungs_of_the_surveys() -> None:
    assert list(STAGES) == [1, 2, 3, 4, 5] == list(LOWEST_TOTALS)
    assert list(STAGES.values()) == [
        "aucune dynamique",
        "en réflexion",
        "dynamique émergente",
        "dynamique installée",
        "dynamique ancrée",
    ]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("00000", 1),
        ("00002", 1),
        ("00003", 2),
        ("11111", 2),
        ("11112", 2),
        ("11113", 3),
        ("33300", 3),
        ("22222", 4),
        ("33330", 4),
        ("33331", 5),
        ("33333", 5),
    ],
)
def test_the_total_alone_decides_on_both_sides_of_each_limit(text: str, stage: int) -> None:
    found = assess(text)
    assert found.stage == stage
    assert found.total == sum(map(int, text))
    assert found.missing == 0


@given(COMPLETE)
def test_every_complete_set_of_answers_has_a_rung(text: str) -> None:
    found = assess(text)
    assert found.stage in STAGES
    assert found.total is not None
    assert LOWEST_TOTALS[found.stage] <= found.total <= MOST_POINTS


@given(COMPLETE, NUMBERS)
def test_a_better_answer_never_steps_down(text: str, number: int) -> None:
    before = assess(text)
    answer = before.answers[number]
    better = assess(with_answer(text, number, min(3, (answer or 0) + 1)))
    assert before.stage is not None
    assert better.stage is not None
    assert better.stage >= before.stage


@given(st.permutations("01233"))
def test_no_question_counts_more_than_another(answers: list[str]) -> None:
    assert assess("".join(answers)).stage == assess("01233").stage


@given(PARTIAL)
def test_an_answer_missing_gives_no_rung_at_all(text: str) -> None:
    found = assess(text)
    assert found.missing == text.count("-")
    assert (found.stage is None) is (found.missing > 0)
    assert (found.total is None) is (found.missing > 0)
    if found.missing:
        assert found.weakest == ()


@given(st.text(max_size=12))
def test_any_text_is_read_without_failing(text: str) -> None:
    found = assess(text)
    assert len(found.answers) == len(QUESTIONS)
    assert all(answer in {None, 0, 1, 2, 3} for answer in found.answers)


@pytest.mark.parametrize("text", ["", "0123", "012301", "-----", "abcde", "٣٣٣٣٣"])
def test_a_text_that_is_not_five_answers_is_none(text: str) -> None:
    assert assess(text).missing == 5


def test_the_weakest_points_are_those_with_the_fewest_points() -> None:
    assert [question.key for question in assess("31213").weakest] == ["acteurs", "projets"]


@pytest.mark.parametrize("text", ["00000", "22222"])
def test_no_point_is_weakest_where_all_are_alike(text: str) -> None:
    assert assess(text).weakest == ()


@given(PARTIAL, NUMBERS, st.integers(0, 3))
def test_one_answer_changes_and_the_others_hold(text: str, number: int, answer: int) -> None:
    changed = assess(with_answer(text, number, answer)).answers
    before = assess(text).answers
    assert changed[number] == answer
    assert changed[:number] + changed[number + 1 :] == before[:number] + before[number + 1 :]


def test_a_first_answer_starts_from_an_empty_link_and_the_last_one_leaves_it_empty() -> None:
    assert with_answer("", 2, 3) == "--3--"
    assert with_answer("--3--", 2, None) == ""
