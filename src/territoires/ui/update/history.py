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
from territoires.ui.blocks import show_html
from territoires.ui.cache import reviews, versions
from territoires.ui.caller import find_caller
from territoires.views.history import build_audit, build_history, format_moment

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
    show_html(state.take_told("historique"))
    if len(known) > 1:
        _show_undo(known)
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
    # A file as it was brought may hold figures that secrecy hides from readers.
    may_publish = not find_refusal(find_caller())
    if may_publish and version.file_hash and (brought := original(store, version.number)):
        st.download_button(
            "Fichier d’origine", brought.content, brought.name, key="fichier_d_origine"
        )
    if not version.is_current:
        label = f"Revenir à la version {version.number}"
        _show_way_back(version.number, current_of(known).number, label, "version_vue")


def _show_undo(known: tuple[Version, ...]) -> None:
    """Draw the way back to the version that was online before this one."""
    current = current_of(known)
    if current.parent is not None:
        label = f"Annuler la version {current.number} (revenir à la {current.parent})"
        _show_way_back(current.parent, current.number, label, "annuler")


def current_of(known: tuple[Version, ...]) -> Version:
    """Give the version that is online."""
    return next(version for version in known if version.is_current)


def _show_way_back(number: int, base: int, label: str, key: str) -> None:
    """Draw the button; ``base`` is the version this person sees online when they press it."""
    if find_refusal(find_caller()):
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"retour_{key}"):
        # Given once: from then on the way back is one click.
        name = state.author()
        if not name:
            st.text_input("Votre nom", max_chars=120, key=f"nom_{key}")
        st.button(label, key=key, on_click=partial(_roll_back, number, base, f"nom_{key}"))


def _name(version: Version) -> str:
    return f"Version {version.number}, {format_moment(version.date)}, {version.author}"


def _roll_back(number: int, base: int, field: str) -> None:
    store, name = versions.store(), state.author() or str(state.held_choice(field) or "")
    if store is None:
        return
    state.remember_author(name.strip())
    act = Act(name, f"Annulation de la version {base} : retour à la version {number}")
    try:
        counts = reviews.version_comparison(base, number).counts
        version = roll_back(store, number, act, base=base, caller=find_caller(), counts=counts)
    except TerritoiresError as error:
        told = html.notice([error.message], details=error.details, remedy=error.remedy)
        state.tell("historique", told)
        return
    state.tell("historique", update_report.rolled_back(version))
