"""What leaves the screen: files of a map, of a territory, the atlas; made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from territoires.domain.selection import Selection
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.render import html
from territoires.ui import cache, state
from territoires.ui.cache import exports
from territoires.views.comparison import Comparison
from territoires.views.map_view import MapView
from territoires.views.portrait import Portrait

if TYPE_CHECKING:
    from territoires.render.press import Press

_MAP_LABELS = {
    "png": "Image (PNG)",
    "svg": "Image à agrandir (SVG)",
    "pptx": "Diapositive (PPTX)",
    "csv": "Données pour Excel (CSV ;)",
    "xlsx": "Classeur (XLSX)",
    "csv-standard": "Données (CSV standard)",
    "geojson": "Contours et valeurs (GeoJSON)",
    "gpkg": "Contours et valeurs (GeoPackage)",
}
_CHART_LABELS = {
    "png": "Image (PNG)",
    "svg": "Image à agrandir (SVG)",
    "pptx": "Diapositives (PPTX)",
    "csv": "Données pour Excel (CSV ;)",
    "xlsx": "Classeur (XLSX)",
    "csv-standard": "Données (CSV standard)",
}
_DATA_LABELS = {
    "csv": "Données pour Excel (CSV ;)",
    "xlsx": "Classeur (XLSX)",
    "csv-standard": "Données (CSV standard)",
}
#: Territories of an atlas: what is asked, and of which level.
_ATLAS = {Level.PAYS: Level.REGION, Level.REGION: Level.DEPARTEMENT}
_ATLAS_TITLES = {Level.PAYS: "Atlas des régions", Level.REGION: "Atlas des départements"}


def show_map_exports(view: MapView, selection: Selection) -> None:
    """Draw the files of the map in view."""
    from territoires.render.press import Form, name_map  # noqa: PLC0415

    with st.popover("Exporter la carte et ses données", key="exporter_carte"):
        st.html(html.paragraph(_WHAT_IS_INSIDE, "source"))
        for form, label in _MAP_LABELS.items():
            kind = Form(form)
            _offer(
                label,
                name_map(view, kind),
                partial(_map_file, selection, view, kind),
                f"carte_{form}",
            )


def show_comparison_exports(view: Comparison, selection: Selection) -> None:
    """Draw the chart, the slides and the figures of the territories side by side."""
    from territoires.render.press import Form, name_comparison  # noqa: PLC0415

    with st.popover("Exporter le graphique et ses données", key="exporter_comparaison"):
        st.html(html.paragraph(_WHAT_IS_INSIDE, "source"))
        for form, label in _CHART_LABELS.items():
            kind = Form(form)
            _offer(
                label,
                name_comparison(view, kind),
                partial(_comparison_file, selection, view, kind),
                f"comparaison_{form}",
            )


def show_territory_exports(view: Portrait, selection: Selection) -> None:
    """Draw the sheet, the slides and the figures of the territory in view."""
    from territoires.render.kit_zip import build_kit, name_kit  # noqa: PLC0415
    from territoires.render.press import Form, name_portrait  # noqa: PLC0415

    answers = selection.answers
    with st.container(key="emporter", horizontal=True, vertical_alignment="center"):
        _offer(
            "Fiche de deux pages (PDF)",
            name_portrait(view, Form.PDF, "fiche"),
            lambda: _press(selection).fiche(view, answers),
            "fiche",
            is_main=True,
        )
        _offer(
            "Diaporama (PPTX)",
            name_portrait(view, Form.PPTX, "diaporama"),
            lambda: _press(selection).slides(view, answers),
            "diaporama",
        )
        with st.popover("Données", key="donnees_territoire"):
            st.html(html.paragraph(_WHAT_IS_INSIDE, "source"))
            for form, label in _DATA_LABELS.items():
                kind = Form(form)
                _offer(
                    label,
                    name_portrait(view, kind, "portrait"),
                    partial(_portrait_data, selection, view, kind),
                    f"portrait_{form}",
                )
        _offer(
            "Page à emporter (ZIP)",
            name_kit(view),
            lambda: build_kit(_press(selection), view, answers=answers),
            "kit",
        )
        if view.territory.id.level in _ATLAS:
            _show_atlas(view, selection)


_WHAT_IS_INSIDE = (
    "Chaque fichier porte son titre, sa source, sa date, ses réserves, le jeu de données et la "
    "façon de le citer."
)


def _offer(
    label: str, name: str, make: Callable[[], bytes], key: str, *, is_main: bool = False
) -> None:
    """Draw the button of a file, made when it is pressed."""
    kind = "primary" if is_main else "secondary"
    st.download_button(label, make, name, key=f"fichier_{key}", on_click="ignore", type=kind)  # type: ignore[arg-type]


def _press(selection: Selection) -> Press:
    return replace(exports.press(selection.dataset), base_url=_base_url())


def _map_file(selection: Selection, view: MapView, form: object) -> bytes:
    return _press(selection).map_file(view, form, selection.territory)  # type: ignore[arg-type]


def _comparison_file(selection: Selection, view: Comparison, form: object) -> bytes:
    return _press(selection).comparison_file(view, form)  # type: ignore[arg-type]


def _portrait_data(selection: Selection, view: Portrait, form: object) -> bytes:
    return _press(selection).portrait_data(view, form)  # type: ignore[arg-type]


def _base_url() -> str:
    """Give the address at which this person reads the application, for codes that phones read."""
    parts = urlsplit(st.context.url or "")
    is_sound = parts.scheme in {"http", "https"} and parts.netloc and "@" not in parts.netloc
    return f"{parts.scheme}://{parts.netloc}" if is_sound else "http://localhost:8501"


def _show_atlas(view: Portrait, selection: Selection) -> None:
    """Draw the atlas of the parts of a territory: asked for, made with its progress, then kept."""
    from territoires.render.press import Form, name_portrait  # noqa: PLC0415

    territory = view.territory.id
    places = cache.directory(selection.dataset).children(territory, _ATLAS[territory.level])
    title = _ATLAS_TITLES[territory.level]
    key = (str(territory), selection.dataset.value)
    made = state.held_file(key)
    if made is not None:
        name = name_portrait(view, Form.PDF, "atlas")
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

    made = _press(selection).atlas(places, title, tell)
    if made is not None:
        state.hold_file(key, made)
        st.rerun()
