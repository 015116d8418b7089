"""Every version: who, when, why, what it changed, its file; and the way back to it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from territoires.domain.publishing import find_refusal
from territoires.domain.selection import Dataset
from territoires.domain.versions import Act, Version
from territoires.errors import TerritoiresError
from territoires.render import history as render
from territoires.render import html, update_diff, update_report
from territoires.tables.store.audit import audit
from territoires.tables.store.publishing import roll_back
from territoires.tables.store.versions import original
from territoires.ui import cache, state
from territoires.ui.cache import reviews, versions
from territoires.ui.caller import find_caller
from territoires.views.history import build_audit, build_history, format_moment

_AUTHOR, _MESSAGE = "auteur_retour", "message_retour"
MAX_LISTED = 100


def show_history() -> None:
    """Draw the versions, the newest first, and the log."""
    st.html('<h2 id="historique">Historique</h2>')
    store = versions.store()
    if store is None:
        st.html(
            html.empty_state("Aucune version n’est gardée : le dossier ne peut pas être écrit.")
        )
        return
    known = versions.listed()
    sources = cache.published(Dataset.PUBLIE).sources
    with st.container(key="historique"):
        st.html(render.history_html(build_history(known, sources)))
    if len(known) > 1:
        _show_version(known)
    st.html(render.audit_html(build_audit(audit(store))))


def _show_version(known: tuple[Version, ...]) -> None:
    """Draw one version in full: what it changed, its file, the way back to it."""
    by_number = {version.number: version for version in known[:MAX_LISTED]}
    number = st.selectbox(
        "Voir une version de près",
        list(by_number),
        index=None,
        placeholder="Choisir une version…",
        format_func=lambda number: _name(by_number[number]),
        key="version_choisie",
    )
    if number is None:
        return
    version, store = by_number[number], versions.store()
    if store is None:
        return
    if version.parent is not None:
        comparison = reviews.version_comparison(version.parent, version.number)
        with st.container(key="comparaison_version"):
            st.html(update_diff.comparison_html(comparison))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if version.file_hash and (brought := original(store, version.number)):
            st.download_button(
                "Fichier d’origine", brought.content, brought.name, key="fichier_d_origine"
            )
    if version.is_current:
        return
    if refusal := find_refusal(find_caller()):
        st.html(html.notice([refusal]))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="retour"):
        st.text_input("Votre nom", max_chars=120, key=_AUTHOR)
        st.text_input(
            "Pourquoi revenir à cette version",
            value=f"Retour à la version {version.number}",
            max_chars=1000,
            key=f"{_MESSAGE}_{version.number}",
        )
        st.button(
            f"Revenir à la version {version.number}",
            type="primary",
            key="revenir",
            on_click=partial(_roll_back, version.number),
        )


def _name(version: Version) -> str:
    return f"Version {version.number}, {format_moment(version.date)}, {version.author}"


def _roll_back(number: int) -> None:
    store = versions.store()
    if store is None:
        return
    act = Act(
        str(state.held_choice(_AUTHOR) or ""), str(state.held_choice(f"{_MESSAGE}_{number}") or "")
    )
    base = versions.current_number()
    try:
        counts = reviews.version_comparison(base, number).counts
        version = roll_back(store, number, act, base=base, caller=find_caller(), counts=counts)
    except TerritoiresError as error:
        state.tell(html.notice([error.message], details=error.details, remedy=error.remedy))
        return
    state.tell(update_report.published(version))
