"""« Où en êtes-vous ? »: five questions whose answers stay in the link."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from territoires.domain.assessment import QUESTIONS, Assessment, Question, assess, with_answer
from territoires.domain.selection import Selection
from territoires.render import assessment as render
from territoires.render.typography import hold_together
from territoires.ui import link, state


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
                    _key(question),
                    result.answers[number],
                    _answered,
                    steady=True,
                ),
            )
        if selection.answers:
            st.button("Effacer mes réponses", on_click=_clear)
        st.html(render.result(result))
    return result


def _answered(_: object) -> Selection:
    """Write every answer as the widgets hold them.

    The link that comes with a quick second answer may be older than the first one's; the widgets
    always come together.
    """
    answers = ""
    for number, question in enumerate(QUESTIONS):
        held = state.held_choice(_key(question))
        answers = with_answer(answers, number, held if isinstance(held, int) else None)
    return replace(link.read_selection().selection, answers=answers)


def _key(question: Question) -> str:
    return f"reponse_{question.key}"


def _clear() -> None:
    state.write_selection(replace(link.read_selection().selection, answers=""))
