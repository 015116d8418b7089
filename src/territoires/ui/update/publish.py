"""Last step: who publishes, why, under what right; then everyone sees it at their next action."""

from __future__ import annotations

import streamlit as st

from territoires.domain.publishing import find_refusal
from territoires.domain.updates import Severity
from territoires.domain.versions import Act, Original, Version
from territoires.errors import TerritoiresError
from territoires.render import html
from territoires.render import update_report as render
from territoires.tables.store.publishing import publish
from territoires.ui import cache, state
from territoires.ui.blocks import show_html
from territoires.ui.cache import drafts, reviews, versions
from territoires.ui.cache.drafts import Draft
from territoires.ui.caller import find_caller
from territoires.views.update_diff import map_pair
from territoires.views.update_review import Review

_AUTHOR, _MESSAGE, _READ = "auteur", "message_de_publication", "avertissements_lus"


def show_publication(draft: Draft, review: Review) -> None:
    """Draw the form that publishes, or why it cannot be used yet or here."""
    st.html('<h2 id="publication">5. Publication</h2>')
    show_html(state.take_told("publication"))
    if versions.store() is None:
        st.html(html.empty_state("Rien ne peut être gardé ici : le dossier ne s’écrit pas."))
        return
    if refusal := find_refusal(find_caller()):
        st.html(html.empty_state(refusal))
        return
    if conflict := _newer_version(draft):
        st.html(render.newer_version(conflict))
        st.button("Repartir de ce qui est publié maintenant", on_click=drafts.rebase_draft)
        return
    comparison = reviews.comparison()
    if not review.counts[Severity.BLOCKING] and (comparison is None or comparison.is_empty):
        st.html(html.empty_state("Rien à publier : ce fichier dit ce qui est déjà en ligne."))
        return
    if not review.is_publishable:
        st.html(html.empty_state("La publication s’ouvre quand plus aucun point ne bloque."))
        return
    _show_form(draft, review)


def _show_form(draft: Draft, review: Review) -> None:
    warnings = review.counts[Severity.WARNING]
    with st.form("publication", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input("Votre nom", state.author(), max_chars=120, key=_AUTHOR)
            st.text_input(
                "Pourquoi ce changement, en une phrase",
                state.reason(),
                max_chars=1000,
                key=_MESSAGE,
            )
        if warnings:
            st.checkbox(render.warnings_read(warnings), key=_READ)
        st.html(render.what_is_kept(draft.name, draft.file_hash))
        st.form_submit_button("Publier", type="primary", on_click=_publish)


def _publish() -> None:
    """Publish the draft; what comes of it is told by the page that follows."""
    draft, review = drafts.draft(), reviews.review()
    comparison, store = reviews.comparison(), versions.store()
    if draft is None or review is None or comparison is None or store is None:
        return
    act = Act(_held(_AUTHOR), _held(_MESSAGE))
    state.remember_author(act.author)
    state.remember_reason(act.message)
    if review.counts[Severity.WARNING] and not state.held_choice(_READ):
        _refuse("Rien n’a été publié : cochez d’abord que vous avez lu les points à vérifier.")
        return
    if not review.is_publishable:
        _refuse("Rien n’a été publié : un point bloque encore.")
        return
    try:
        contents = reviews.draft_contents()
        # Read before the pointer moves: nobody waits for it afterwards.
        cache.warm(contents)
        version = publish(
            store,
            contents,
            act,
            base=draft.base,
            caller=find_caller(),
            original=Original(draft.name, draft.content),
            source_id=draft.choices.source_id,
            fiabilite=draft.choices.fiabilite,
            counts=comparison.counts,
        )
    except TerritoiresError as error:
        _refuse(error.message, error.details, error.remedy)
        return
    drafts.drop_draft()
    state.remember_reason("")
    # The link asked for the draft, which is no more.
    state.clear_link()
    state.tell("page", render.published(version, map_pair(comparison)))


def _refuse(message: str, details: tuple[str, ...] = (), remedy: str = "") -> None:
    state.tell("publication", html.notice([message], details=details, remedy=remedy))


def _held(key: str) -> str:
    return str(state.held_choice(key) or "").strip()


def _newer_version(draft: Draft) -> tuple[Version, ...]:
    """Give the versions published since the draft was compared, the newest first."""
    return versions.since(draft.base)
