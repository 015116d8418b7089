"""« Ajouter à la présentation », on the pages whose view a story may show."""

from __future__ import annotations

import streamlit as st

from territoires.domain.story import StepKind, add_step, step_of
from territoires.domain.story_files import to_link
from territoires.errors import StoryError
from territoires.render import story_builder as render
from territoires.render.assets import asset_url
from territoires.ui import link, state
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
        on_click=_add,
        args=(StepKind(slug),),
        type="tertiary",
    )
    told = state.take_told(_PLACE)
    show_html(told)
    if told and state.held_story().steps:
        show_keeper()


def show_keeper() -> None:
    """Have the browser keep the story in the making: a page loaded anew is a new session."""
    try:
        st.html(render.keeper(to_link(state.held_story())))
    except StoryError:
        # Too long for a link: the builder says so, and offers the file.
        return
    st.html(
        f'<script type="module" src="{asset_url("ui/story_keeper.js")}"></script>',
        unsafe_allow_javascript=True,
    )


def _add(kind: StepKind) -> None:
    selection = link.read_selection(
        WIDE_LEVELS if kind is StepKind.COMPARER else MAP_LEVELS
    ).selection
    if kind is StepKind.TERRITOIRE and selection.territory is None:
        state.tell(_PLACE, render.refused("Choisissez d’abord un territoire."))
        return
    try:
        story = add_step(state.held_story(), step_of(kind, selection.to_params()))
    except StoryError as error:
        state.tell(_PLACE, render.refused(f"{error.message} {error.remedy}"))
        return
    state.hold_story(story)
    state.tell(_PLACE, render.added(len(story.steps)))
