"""The copy of the presentation that the browser keeps: a page loaded anew is a new session."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache as once

import streamlit as st

from territoires.domain.story import Story
from territoires.domain.story_files import read_link, to_link
from territoires.errors import StoryError
from territoires.render.assets import asset_url
from territoires.ui import state

_KEEP, _ASK = "recit_garde", "recit_demande"


@once
def _component() -> Callable[..., object]:
    """Register the component; its code is a file of static/, kept by the browser."""
    address = asset_url("ui/story_keeper.js")
    script = f"""export default async (component) => {{
      const keeper = await import(location.origin + "{address}");
      return keeper.default(component);
    }};"""
    return st.components.v2.component("recit", js=script, isolate_styles=False)


def keep(story: Story) -> None:
    """Have the browser keep a story in the making, or forget the one it kept if this one is empty."""
    text = link_of(story)
    if story.steps and not text:
        # Too long: the builder says so, and offers the file.
        return
    with st.container(key=_KEEP):
        _component()(key=f"{_KEEP}_envoi", data={"garde": text})


def link_of(story: Story) -> str:
    """Write a story as in a link; empty without a step, or where it is too long for one."""
    try:
        return to_link(story) if story.steps else ""
    except StoryError:
        return ""


def ask(name: str, on_answer: Callable[[Story], None]) -> None:
    """Ask the browser for the story it keeps; ``on_answer`` gets it, before the page runs again.

    A ``name`` is answered once.
    """
    key = f"{_ASK}_{name}"
    with st.container(key=_ASK):
        _component()(key=key, data={"demande": name}, on_recit_change=lambda: on_answer(_read(key)))


def _read(key: str) -> Story:
    """Read what the browser answers, which anything may have written; empty where it is no story."""
    answer = getattr(state.held_choice(key), "recit", "")
    try:
        return read_link(answer).story if isinstance(answer, str) else Story("")
    except StoryError:
        return Story("")
