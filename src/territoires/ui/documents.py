"""What a territory leaves in print: its sheet, its slides, its archive, the atlas of its parts."""

from __future__ import annotations

from functools import partial

import streamlit as st

from territoires.domain.selection import Selection
from territoires.domain.territories import FRANCE, Level
from territoires.render.file_names import Form, name_kit_file, name_territory_file
from territoires.render.qr import LOCAL_ADDRESS
from territoires.ui import exports, link, state
from territoires.ui.cache.exports import AsOf, as_of, press
from territoires.ui.work import Work
from territoires.views.portrait import Portrait

#: Territories of an atlas: what is asked, and of which level.
_ATLAS = {Level.PAYS: Level.REGION, Level.REGION: Level.DEPARTEMENT}
_ATLAS_TITLES = {Level.PAYS: "Atlas des régions", Level.REGION: "Atlas des départements"}
#: Seconds between two looks at how far it is.
_PACE = 0.5


def show_documents(view: Portrait, selection: Selection) -> None:
    """Draw the sheet, the slides and the figures of the territory in view."""
    answers, dataset = selection.answers, selection.dataset
    shown, base_url = as_of(dataset), _own_address()
    name = partial(name_territory_file, dataset, view.territory)
    with st.container(key="emporter", horizontal=True, vertical_alignment="center"):
        exports.show_button(
            "Fiche de deux pages (PDF)",
            name(Form.PDF, subject="fiche"),
            lambda: press(shown).fiche(view, answers, base_url),
            "fiche",
            is_main=True,
        )
        exports.show_button(
            "Diaporama (PPTX)",
            name(Form.PPTX, subject="diaporama"),
            lambda: press(shown).slides(view, answers),
            "diaporama",
        )
        with st.container(width="content"):
            exports.show_portrait_exports(view)
        exports.show_button(
            "Page à emporter (ZIP)",
            name_kit_file(dataset, view.territory),
            partial(_make_kit, shown, view, answers, base_url),
            "kit",
        )
        work = _show_atlas(view, shown) if view.territory.id.level in _ATLAS else None
    if work:
        _follow(work)


def _own_address() -> str:
    """Give the address that phones will read."""
    return link.own_base() or LOCAL_ADDRESS


def _make_kit(shown: AsOf, view: Portrait, answers: str, base_url: str) -> bytes:
    from territoires.render.kit_zip import build_kit  # noqa: PLC0415

    return build_kit(press(shown), view, answers=answers, base_url=base_url)


def _show_atlas(view: Portrait, shown: AsOf) -> Work | None:
    """Draw the atlas of the parts of a territory, to be asked for or taken; give it while it is made."""
    territory = view.territory.id
    title = _ATLAS_TITLES[territory.level]
    # One of a former version is no atlas of what is on the page.
    key = (str(territory), view.dataset.value, str(shown.key.content))
    work = state.held_work(key)
    if work is None:
        if st.button(f"Préparer l’{title[0].lower()}{title[1:]} (PDF)", key="preparer_atlas"):
            state.hold_work(key, _begin_atlas(view, shown))
            st.rerun()
    elif not work.is_over:
        return work
    elif made := _take(work):
        name = name_territory_file(view.dataset, view.territory, Form.PDF, subject="atlas")
        st.download_button(f"{title} (PDF)", made, name, key="fichier_atlas", on_click="ignore")
    return None


def _begin_atlas(view: Portrait, shown: AsOf) -> Work:
    """Begin to make an atlas; its thread knows of no reader: all is read here."""
    territory = view.territory.id
    title = _ATLAS_TITLES[territory.level]
    if territory != FRANCE:
        title = f"{title}, {view.territory.name}"
    made_from, base_url = press(shown), _own_address()
    places = made_from.directory.children(territory, _ATLAS[territory.level])
    return Work(lambda progress: made_from.atlas(places, title, progress, base_url))


@st.fragment(run_every=_PACE)
def _follow(work: Work) -> None:
    """Draw how far a file is; nothing else of the page runs, nor waits."""
    done, total = work.steps
    st.progress(done / total, f"Préparation de l’atlas\u00a0: {done} sur {total}")
    if st.button("Annuler", key="annuler_atlas"):
        state.drop_work()
        st.rerun()
    if work.is_over:
        st.rerun()


def _take(work: Work) -> bytes | None:
    """Give the file; one that failed says why once, and may be asked for again."""
    if work.has_failed:
        state.drop_work()
    return work.result()
