"""Data that came with a newer release: compared and published by a person, never by itself."""

from __future__ import annotations

from functools import partial

import streamlit as st

from territoires.domain.publishing import find_refusal
from territoires.domain.versions import Act
from territoires.errors import TerritoiresError
from territoires.render import html, update_diff
from territoires.render import release as render
from territoires.tables.store.publishing import publish
from territoires.tables.store.releases import dismiss_release
from territoires.ui import cache, state
from territoires.ui.blocks import show_html
from territoires.ui.cache import releases, versions
from territoires.ui.caller import find_caller

_AUTHOR = "auteur_livraison"


def show_release() -> None:
    """Draw what a newer release brings, where one waits."""
    if problem := versions.shipped_problem():
        st.html(render.broken_release(problem.message, problem.details))
    waiting = releases.pending()
    if waiting is None:
        return
    st.html(render.title(waiting.label))
    show_html(state.take_told("livraison"))
    with st.container(key="livraison"):
        st.html(update_diff.comparison_html(waiting.comparison))
    if waiting.conflicts:
        st.html(render.conflicts(waiting.conflicts))
    if refusal := find_refusal(find_caller()):
        st.html(html.empty_state(refusal))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Votre nom", state.author(), max_chars=120, key=_AUTHOR)
        st.button("Publier cette livraison", type="primary", on_click=partial(_publish, waiting))
        st.button("L’écarter", on_click=partial(_dismiss, waiting))


def _publish(waiting: releases.Waiting) -> None:
    store = versions.store()
    if store is None:
        return
    act = Act(str(state.held_choice(_AUTHOR) or ""), waiting.label)
    try:
        cache.warm(waiting.contents)
        version = publish(
            store,
            waiting.contents,
            act,
            base=waiting.base,
            caller=find_caller(),
            counts=waiting.comparison.counts,
            release=waiting.number,
        )
    except TerritoiresError as error:
        state.tell(
            "livraison", html.notice([error.message], details=error.details, remedy=error.remedy)
        )
        return
    state.tell("page", render.published(version))


def _dismiss(waiting: releases.Waiting) -> None:
    store = versions.store()
    if store is None:
        return
    act = Act(str(state.held_choice(_AUTHOR) or ""), "Livraison écartée")
    try:
        dismiss_release(store, waiting.number, act, caller=find_caller())
    except TerritoiresError as error:
        state.tell(
            "livraison", html.notice([error.message], details=error.details, remedy=error.remedy)
        )
