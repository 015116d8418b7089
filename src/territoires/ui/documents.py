"""What a territory leaves in print: its sheet, its slides, its archive, the atlas of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from territoires.domain.selection import Selection
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.render.file_names import Form, name_kit_file, name_territory_file
from territoires.ui import cache, exports, state
from territoires.views.portrait import Portrait

#: Territories of an atlas: what is asked, and of which level.
_ATLAS = {Level.PAYS: Level.REGION, Level.REGION: Level.DEPARTEMENT}
_ATLAS_TITLES = {Level.PAYS: "Atlas des régions", Level.REGION: "Atlas des départements"}


def show_documents(view: Portrait, selection: Selection) -> None:
    """Draw the sheet, the slides and the figures of the territory in view."""
    answers, dataset = selection.answers, selection.dataset
    name = partial(name_territory_file, dataset, view.territory)
    with st.container(key="emporter", horizontal=True, vertical_alignment="center"):
        exports.show_button(
            "Fiche de deux pages (PDF)",
            name(Form.PDF, subject="fiche"),
            lambda: exports.press_of(dataset).fiche(view, answers),
            "fiche",
            is_main=True,
        )
        exports.show_button(
            "Diaporama (PPTX)",
            name(Form.PPTX, subject="diaporama"),
            lambda: exports.press_of(dataset).slides(view, answers),
            "diaporama",
        )
        with st.container(width="content"):
            exports.show_portrait_exports(view)
        kit = name_kit_file(dataset, (view.territory.id, view.territory.name))
        exports.show_button(
            "Page à emporter (ZIP)", kit, partial(_make_kit, view, selection), "kit"
        )
        if view.territory.id.level in _ATLAS:
            _show_atlas(view, selection)


def _make_kit(view: Portrait, selection: Selection) -> bytes:
    from territoires.render.kit_zip import build_kit  # noqa: PLC0415

    return build_kit(exports.press_of(selection.dataset), view, answers=selection.answers)


def _show_atlas(view: Portrait, selection: Selection) -> None:
    """Draw the atlas of the parts of a territory: asked for, made with its progress, then kept."""
    territory = view.territory.id
    places = cache.directory(selection.dataset).children(territory, _ATLAS[territory.level])
    title = _ATLAS_TITLES[territory.level]
    key = (str(territory), selection.dataset.value)
    made = state.held_file(key)
    if made is not None:
        name = name_territory_file(selection.dataset, view.territory, Form.PDF, subject="atlas")
        st.download_button(f"{title} (PDF)", made, name, key="fichier_atlas", on_click="ignore")
    elif st.button(f"Préparer l’{title[0].lower()}{title[1:]} (PDF)", key="preparer_atlas"):
        _make_atlas(
            places, title if territory == FRANCE else _name_atlas(view, title), selection, key
        )


def _name_atlas(view: Portrait, title: str) -> str:
    return f"{title}, {view.territory.name}"


def _make_atlas(
    places: Sequence[TerritoryId], title: str, selection: Selection, key: tuple[str, str]
) -> None:
    """Make the atlas under a bar; pressing « Annuler » runs the page again, which stops it."""
    bar = st.progress(0.0, "Préparation de l’atlas…")
    st.button("Annuler", key="annuler_atlas")

    def tell(done: int, total: int) -> bool:
        bar.progress(done / total, f"Préparation de l’atlas : {done} sur {total}")
        return True

    made = exports.press_of(selection.dataset).atlas(places, title, tell)
    if made is not None:
        state.hold_file(key, made)
        st.rerun()
