"""What leaves the screen: files of each map, chart and list, made when asked for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import current_thread
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from territoires.render import file_names, html
from territoires.render.file_names import Form
from territoires.ui import cache
from territoires.ui.cache.exports import AsOf, as_of, press

if TYPE_CHECKING:
    from types import ModuleType

    from territoires.domain.selection import Dataset, Selection
    from territoires.render.exported import Exported
    from territoires.render.press import Press
    from territoires.views.actors import ActorPoint
    from territoires.views.catalyst_list import CatalystsView
    from territoires.views.comparison import Comparison
    from territoires.views.comparison_waves import Changes
    from territoires.views.evolution import Evolution, TrendGroup
    from territoires.views.landmarks import Question, ThemeView
    from territoires.views.map_view import MapView
    from territoires.views.maturity import Maturity
    from territoires.views.portrait import Portrait
    from territoires.views.portrait_profile import Profile
    from territoires.views.programme import Programme
    from territoires.views.timeline import Timeline

    Actors = tuple[ActorPoint, ...]
    Export = Callable[[Press, ModuleType], Exported]

#: The forms of a file, in the order of the buttons.
_LABELS = {
    Form.PNG: "Image (PNG)",
    Form.SVG: "Image à agrandir (SVG)",
    Form.PPTX: "Diapositive (PPTX)",
    Form.CSV: "Données pour Excel (CSV ;)",
    Form.XLSX: "Classeur (XLSX)",
    Form.CSV_STANDARD: "Données (CSV standard)",
    Form.GEOJSON: "Contours et valeurs (GeoJSON)",
    Form.GEOPACKAGE: "Contours et valeurs (GeoPackage)",
}
_POINT_LABELS = {Form.GEOJSON: "Points (GeoJSON)", Form.GEOPACKAGE: "Points (GeoPackage)"}
_EVERY = tuple(_LABELS)
_CHART = _EVERY[:6]
DATA = _EVERY[3:6]
_OF_MAP = "Exporter la carte et ses données"
_OF_CHART = "Exporter le graphique et ses données"
_WHAT_IS_INSIDE = (
    "Chaque fichier porte son titre, sa source, sa date, ses réserves, le jeu de données, la façon "
    "de le citer et ses conditions d’emploi."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """The files of something on screen: what opens on them, their forms, names, and what makes them.

    ``export`` is given the press and the module that knows how things leave (render/exported);
    ``shown`` is the data that the reader sees, which may have changed since.
    """

    key: str
    label: str
    forms: tuple[Form, ...]
    name: Callable[[Form], str]
    export: Export
    shown: AsOf
    has_points: bool = False


@st.fragment
def show_offer(offer: Offer) -> None:
    """Draw what opens on some files; their buttons are drawn, alone, once it is open."""
    with st.popover(offer.label, key=f"exporter_{offer.key}", on_change="rerun") as part:
        if part.open:
            st.html(html.paragraph(_WHAT_IS_INSIDE, "source"))
            labels = _LABELS | (_POINT_LABELS if offer.has_points else {})
            with st.container(horizontal=True):
                for form in offer.forms:
                    key, make = f"{offer.key}_{form}", partial(_make, offer, form)
                    show_button(labels[form], offer.name(form), make, key)


def _chart(key: str, name: Callable[[Form], str], export: Export, dataset: Dataset) -> None:
    """Draw what opens on the files of a chart."""
    show_offer(Offer(key, _OF_CHART, _CHART, name, export, as_of(dataset)))


def _make(offer: Offer, form: Form) -> bytes:
    # Imported here: pages from which nothing is taken away need none of it.
    from territoires.render import exported  # noqa: PLC0415

    made_from = press(offer.shown)
    return exported.to_file(offer.export(made_from, exported), form, made_from)


def show_map_exports(
    view: MapView,
    selection: Selection,
    actors: Actors = (),
    *,
    people: MapView | None = None,
    number: int | None = None,
) -> None:
    """Draw the files of a map, with the actors that stand on it; ``number`` is that of a small one.

    ``people`` is the view of a count of the same parts, drawn as circles over the colours.
    """
    show_offer(
        Offer(
            "carte" if number is None else f"carte_{number}",
            _OF_MAP,
            _EVERY,
            partial(file_names.name_map_file, view),
            lambda press, made: made.export_map(
                press, view, selection.territory, actors, people=people
            ),
            as_of(view.dataset),
        )
    )


def show_comparison_exports(view: Comparison) -> None:
    """Draw the files of the territories side by side."""
    _chart(
        "comparaison",
        partial(file_names.name_comparison_file, view),
        lambda press, made: made.export_comparison(press, view),
        view.dataset,
    )


def show_changes_exports(view: Changes) -> None:
    """Draw the files of the two waves side by side."""
    _chart(
        "vagues",
        partial(file_names.name_changes_file, view),
        lambda press, made: made.export_changes(press, view),
        view.dataset,
    )


def show_trends_exports(group: TrendGroup, evolution: Evolution, number: int) -> None:
    """Draw the files of what changed in a theme, for a territory."""
    _chart(
        f"evolution_{number}",
        partial(file_names.name_trends_file, evolution.dataset, group),
        lambda press, made: made.export_trends(press, group, evolution),
        evolution.dataset,
    )


def show_ladder_exports(maturity: Maturity) -> None:
    """Draw the files of the ladder of maturity."""
    _chart(
        "echelle",
        partial(file_names.name_ladder_file, maturity),
        lambda press, made: made.export_ladder(press, maturity),
        maturity.dataset,
    )


def show_sizes_exports(profile: Profile, dataset: Dataset) -> None:
    """Draw the files of the communes of a territory by size."""
    name = partial(
        file_names.name_territory_file, dataset, profile.territory, subject="communes-par-taille"
    )
    _chart(
        "tailles",
        name,
        lambda press, made: made.export_sizes(press, profile, dataset),
        dataset,
    )


def show_question_exports(view: ThemeView, question: Question, number: int) -> None:
    """Draw the files of a question of « Repères »."""
    _chart(
        f"question_{view.theme.slug}_{number}",
        partial(file_names.name_question_file, view, question),
        lambda press, made: made.export_question(press, view, question),
        view.dataset,
    )


def show_catalysts_exports(view: CatalystsView) -> None:
    """Draw the files of the list of actors, of its map and of its points."""
    show_offer(
        Offer(
            "catalyseurs",
            "Exporter la liste et sa carte",
            _EVERY if view.placed else DATA,
            partial(file_names.name_catalysts_file, view),
            lambda press, made: made.export_catalysts(press, view),
            as_of(view.dataset),
            has_points=True,
        )
    )


def show_funnel_exports(view: Programme, dataset: Dataset) -> None:
    """Draw the files of the territories of the 2018 programme."""
    _chart(
        "entonnoir",
        lambda form: file_names.name_file(dataset, "parcours-2018", extension=form),
        lambda press, made: made.export_funnel(press, view, dataset),
        dataset,
    )


def show_timeline_exports(view: Timeline, dataset: Dataset) -> None:
    """Draw the files of the chronology."""
    show_offer(
        Offer(
            "chronologie",
            "Exporter la chronologie",
            _CHART,
            lambda form: file_names.name_file(dataset, "chronologie", extension=form),
            lambda press, made: made.export_timeline(press, view, dataset),
            as_of(dataset),
        )
    )


def show_portrait_exports(view: Portrait) -> None:
    """Draw the files of the figures of a territory."""
    show_offer(
        Offer(
            "portrait",
            "Données",
            DATA,
            partial(
                file_names.name_territory_file, view.dataset, view.territory, subject="portrait"
            ),
            lambda press, made: made.export_portrait(press, view),
            as_of(view.dataset),
        )
    )


def show_button(
    label: str, name: str, make: Callable[[], bytes], key: str, *, is_main: bool = False
) -> None:
    """Draw the button of a file, made when it is pressed."""
    st.download_button(
        label,
        _in_session(make),
        name,
        key=f"fichier_{key}",
        on_click="ignore",
        type="primary" if is_main else "secondary",
    )


def _in_session(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Have a file made for this reader, who may have a draft, and from one version of the data.

    Streamlit makes it in a thread of the server, which knows of no reader and serves the next one.
    """
    context = get_script_run_ctx()

    def made() -> bytes:
        def enter() -> None:
            add_script_run_ctx(current_thread(), context)

        with ThreadPoolExecutor(1, initializer=enter) as own:
            return own.submit(cache.one_moment()(make)).result()

    return made
