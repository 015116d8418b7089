"""« Ajouter à la présentation », on the pages whose view a story may show."""

from __future__ import annotations

import streamlit as st

from territoires.domain.story import StepKind, Story, add_step, step_of
from territoires.errors import StoryError
from territoires.render import story_builder as render
from territoires.ui import link, state, story_keeper
from territoires.ui.blocks import show_html
from territoires.views.selection import MAP_LEVELS, WIDE_LEVELS

_PLACE = "ajout"


def offers_step(slug: str) -> bool:
    """Tell whether the view of a page may be a step."""
    return slug in set(StepKind) and StepKind(slug).is_view


@st.fragment
def show_adder(slug: str) -> None:
    """Draw the button, then what came of it: the page around does not run again."""
    st.button(
        "Ajouter à la présentation",
        key="ajouter_etape",
        on_click=_ask,
        args=(StepKind(slug),),
        type="tertiary",
    )
    number, step = state.awaiting()
    if step:
        # Another tab, or this one before it was loaded anew, may have gone further.
        story_keeper.ask(f"ajout_{number}", _add)
    told = state.take_told(_PLACE)
    show_html(told)
    if told and state.held_story().steps:
        story_keeper.keep(state.held_story())


def _ask(kind: StepKind) -> None:
    selection = link.read_selection(
        WIDE_LEVELS if kind is StepKind.COMPARER else MAP_LEVELS
    ).selection
    if kind is StepKind.TERRITOIRE and selection.territory is None:
        state.tell(_PLACE, render.refused("Choisissez d’abord un territoire."))
        return
    state.hold_awaiting(step_of(kind, selection.to_params()))


def _add(kept: Story) -> None:
    step = state.take_awaiting()
    if step is None:
        return
    state.hold_resumed()
    held = state.held_story()
    # What is too long for the browser to keep stands in the session alone.
    before = kept if kept.steps and (story_keeper.link_of(held) or not held.steps) else held
    try:
        story = add_step(before, step)
    except StoryError as error:
        state.hold_story(before)
        state.tell(_PLACE, render.refused(f"{error.message} {error.remedy}"))
        return
    state.hold_story(story)
    state.tell(_PLACE, render.added(len(story.steps)))
