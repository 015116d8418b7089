"""The address that a room opens with its phones: asked for once, where every code leads to."""

from __future__ import annotations

import streamlit as st

from territoires.domain.story import Story
from territoires.errors import StoryError
from territoires.render import html, qr
from territoires.render import story_builder as render
from territoires.ui import link, state, story_keeper
from territoires.ui.blocks import show_html


def given_base() -> str:
    """Give the address that was typed, ready for a link; empty without one, or where it is none."""
    try:
        return qr.read_base(state.room_address())
    except StoryError:
        return ""


def show_room(story: Story) -> None:
    """Draw the field and what came of it: a code to try, or why there is none."""
    st.text_input(
        "Adresse que la salle peut ouvrir",
        placeholder="http://192.168.1.20:8501",
        **state.controlled_text("adresse", state.room_address()),
    )
    try:
        given = qr.read_base(state.room_address())
    except StoryError as error:
        st.html(html.notice([error.message], remedy=error.remedy))
        return
    base = given or link.own_base()
    show_html(render.room_code(base, has_address=bool(given)))
    text = story_keeper.link_of(story)
    if text and not qr.is_only_here(base):
        show_html(render.long_story(f"{base}{html.page_url('presentation', {'recit': text})}"))
