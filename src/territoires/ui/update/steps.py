"""The steps of an update, one under the other: the file, then all that can be said of it."""

from __future__ import annotations

import streamlit as st

from territoires.domain.publishing import find_refusal
from territoires.render import html
from territoires.render import update as render
from territoires.render.assets import asset_url
from territoires.ui import state
from territoires.ui.blocks import show_html
from territoires.ui.cache import drafts, reviews
from territoires.ui.cache.drafts import Draft
from territoires.ui.caller import find_caller
from territoires.ui.update.bring import show_bring, show_held
from territoires.ui.update.check import show_check
from territoires.ui.update.compare import show_comparison
from territoires.ui.update.match import show_matches
from territoires.ui.update.publish import show_publication
from territoires.ui.update.read import show_reading


def show_told() -> None:
    """Say once what came of the last action."""
    show_html(state.take_told("page"))


def show_file() -> Draft | None:
    """Draw the field for a file, or the file being prepared; give the latter."""
    held = drafts.draft()
    st.html(render.introduction())
    if held is None:
        if refusal := find_refusal(find_caller()):
            st.html(html.empty_state(refusal))
        show_bring()
    else:
        show_held(held)
    # The browser keeps the key, so that a page loaded again finds the draft back.
    st.html(render.draft_key(held.key if held else ""))
    st.html(
        f"<style>@import url('{asset_url('ui/update.css')}');</style>"
        f'<script type="module" src="{asset_url("ui/draft.js")}"></script>',
        unsafe_allow_javascript=True,
    )
    return held


def show_steps(draft: Draft) -> None:
    """Draw every step of an update."""
    review = reviews.review()
    if review is None:
        return
    show_html(render.steps(review))
    show_reading(draft, review.sheet)
    if review.sheet is None:
        show_check(draft, review)
        return
    show_matches(draft, review)
    show_check(draft, review)
    show_comparison(review)
    show_publication(draft, review)
