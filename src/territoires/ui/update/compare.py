"""Fifth step: what would change, in words, row by row, and on two maps; then the whole app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from territoires.domain.selection import Dataset, Selection
from territoires.domain.updates import Severity
from territoires.render import html, update_diff, update_report
from territoires.render.legend import build_legend
from territoires.render.update_diff_files import to_comparison_csv
from territoires.ui import cache, maps
from territoires.ui.cache import reviews
from territoires.ui.exports import show_button
from territoires.views.map_view import MapView
from territoires.views.shared_classes import share_classes
from territoires.views.update_diff import Comparison, map_pair
from territoires.views.update_review import Review


def show_comparison(review: Review) -> None:
    """Draw what the draft changes against what is published."""
    st.html('<h2 id="comparaison">4. Comparaison avec ce qui est publié</h2>')
    comparison = reviews.comparison()
    if comparison is None:
        st.html(html.empty_state("Rien à comparer encore : voyez les points qui bloquent."))
        return
    if comparison.is_empty and _is_held_back(review):
        told = "Rien de comparable encore : ce qui bloque empêche de prendre les lignes."
        st.html(html.empty_state(told))
        return
    if _is_held_back(review):
        told = "Des points bloquent encore : ces lignes sont comparées comme elles sont lues."
        st.html(html.paragraph(told, "reserve"))
    with st.container(key="comparaison"):
        st.html(update_diff.comparison_html(comparison))
        if not comparison.is_empty:
            show_button(
                "Tous les changements (CSV)",
                "changements.csv",
                lambda: to_comparison_csv(reviews.every_change()),
                "changements",
            )
    if review.is_publishable:
        _show_maps(comparison)
        st.html(_preview_link(comparison))
    else:
        st.html(html.empty_state("L’aperçu s’ouvre quand plus aucun point ne bloque."))


def _is_held_back(review: Review) -> bool:
    """Tell whether more than a confirmation is missing."""
    return any(
        problem.severity is Severity.BLOCKING and problem.code != "unconfirmed"
        for problem in review.problems
    )


def _show_maps(comparison: Comparison) -> None:
    """Draw the map that changes most, before and after, in the same classes."""
    pair = map_pair(comparison)
    if pair is None:
        return
    box = st.expander("La carte, avant et après", key="cartes_avant_apres", on_change="rerun")
    if not box.open:
        return
    with box:
        sides = [
            (Dataset.PUBLIE, "Avant : publié", pair.has_before),
            (Dataset.BROUILLON, "Après : brouillon", pair.has_after),
        ]
        drawn = [(dataset, title) for dataset, title, has_values in sides if has_values]
        shown = Selection(pair.indicator_id, pair.wave, level=pair.level)
        views: Sequence[MapView] = [
            cache.map_view(replace(shown, dataset=dataset)) for dataset, _ in drawn
        ]
        views = share_classes(views, shown.classes)
        titles = [update_report.map_title(title, pair) for _, title in drawn]
        maps.show_small_multiples(views, titles, shown)
        st.html(build_legend(views[-1]))


def _preview_link(comparison: Comparison) -> str:
    pair = map_pair(comparison)
    params = {"jeu": Dataset.BROUILLON.value}
    if pair is not None:
        shown = Selection(pair.indicator_id, pair.wave, Dataset.BROUILLON, pair.level)
        params = shown.to_params()
    link = html.internal_link(
        html.page_url("carte", params), "Voir toute l’application sur ce brouillon", "bouton plein"
    )
    return f"<p>{link} Vous seul·e le voyez, dans ce navigateur.</p>"
