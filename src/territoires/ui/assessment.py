"""« Où en êtes-vous ? »: five questions whose answers stay in the link."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from territoires.domain.assessment import QUESTIONS, Assessment, assess, with_answer
from territoires.domain.selection import Selection
from territoires.render import assessment as render
from territoires.render.typography import hold_together
from territoires.ui import state


def show_assessment(selection: Selection) -> Assessment:
    """Draw the questions and what they give; each answer goes to the link.

    Returns
    -------
    Assessment
        What the answers give: its ``stage`` is None until the five are there.
    """
    result = assess(selection.answers)
    with st.container(key="autodiagnostic"):
        st.html(render.introduction())
        for number, question in enumerate(QUESTIONS):
            st.radio(
                f"{number + 1}. {hold_together(question.text)}",
                range(len(question.answers)),
                index=None,
                format_func=[hold_together(answer) for answer in question.answers].__getitem__,
                **state.controlled(
                    f"reponse_{question.key}",
                    result.answers[number],
                    partial(_answered, number),
                ),
            )
        if selection.answers:
            st.button("Effacer mes réponses", on_click=_clear)
        st.html(render.result(result))
    return result


def _answered(number: int, answer: int | None) -> Selection:
    """Change one answer of the link as it is now: two quick answers must both hold."""
    selection = state.read_selection().selection
    return replace(selection, answers=with_answer(selection.answers, number, answer))


def _clear() -> None:
    state.write_selection(replace(state.read_selection().selection, answers=""))
