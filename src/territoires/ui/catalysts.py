"""The directory of actors: its filters, its map, its pages of rows, its files."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit_folium import st_folium

from territoires.analysis.composition import map_bounds
from territoires.domain.selection import ActorFilter, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render import catalyst_coverage, catalysts, choropleth
from territoires.render.actors import build_actors_legend
from territoires.render.catalyst_map import build_actors_paint, level_of_map
from territoires.ui import cache, exports, state, table_exports
from territoires.ui.blocks import plain_label, show_html
from territoires.ui.search import show_search
from territoires.views.catalyst_coverage import Coverage, build_coverage
from territoires.views.catalyst_list import CatalystsView, build_catalysts_view
from territoires.views.catalyst_places import inside_of
from territoires.views.limits import name_limit, say_place

MAP_HEIGHT = 680
#: Rows of the table shown at once.
ROWS = 50
_EVERYWHERE = "Toute la France"
_OFFERED = (Level.REGION, Level.DEPARTEMENT)


def catalysts_view(selection: Selection) -> CatalystsView:
    """Give the list of actors for what is in view; filtering takes a few milliseconds."""
    dataset = selection.dataset
    return build_catalysts_view(
        selection, cache.published(dataset), cache.directory(dataset), cache.catalyst_index(dataset)
    )


def coverage(view: CatalystsView) -> Coverage | None:
    """Give how many people live near the actors; None where the list is not complete."""
    dataset, within = view.dataset, view.within
    places = cache.directory(dataset)
    return build_coverage(
        view.asked,
        within,
        published=cache.published(dataset),
        directory=places,
        index=cache.catalyst_index(dataset),
        communes=cache.commune_points(),
        place=say_place(within.id if within else None, places, cache.names()),
    )


def show_filters(view: CatalystsView, selection: Selection) -> None:
    """Draw the choices; each follows the link and writes it."""
    asked = view.asked
    kinds = cache.published(view.dataset).catalyst_kinds
    with st.container(key="choix", horizontal=True, vertical_alignment="bottom"):
        show_search("page", "Au plus près de (trie par distance)", page="catalyseurs")
        st.selectbox(
            "Nature",
            ["", *kinds],
            format_func=lambda kind: kinds.get(kind, "Toutes les natures"),
            filter_mode="contains",
            **state.controlled("nature", asked.kind, lambda v: _asking(selection, kind=str(v))),
        )
        if view.metiers:
            st.selectbox(
                "Métier",
                ["", *view.metiers],
                format_func=lambda metier: metier or "Tous les métiers",
                filter_mode="contains",
                **state.controlled(
                    "metier", asked.metier, lambda v: _asking(selection, metier=str(v))
                ),
            )
        _show_limits(view, selection)
        st.text_input(
            "Nom ou lieu",
            type="search",
            placeholder="Lille, puis Entrée",
            **state.controlled_text("texte", asked.text),
        )


def _show_limits(view: CatalystsView, selection: Selection) -> None:
    """Draw the choice of a région or a département; another limit in the link stays offered."""
    places = cache.directory(view.dataset)
    offered = {str(t.id): t for level in _OFFERED for t in places.of_level(level)}
    if view.within:
        offered.setdefault(str(view.within.id), view.within)
    st.selectbox(
        "Région ou département",
        ["", *offered],
        format_func=lambda v: name_limit(offered[v]) if v else _EVERYWHERE,
        filter_mode="contains",
        **state.controlled(
            "dans",
            str(view.within.id) if view.within else "",
            lambda v: replace(selection, within=TerritoryId.parse(str(v)) if v else None),
        ),
    )


def _asking(selection: Selection, **changes: str) -> Selection:
    return replace(selection, actor_filter=replace(selection.actor_filter, **changes))


def show_tools(view: CatalystsView, selection: Selection) -> None:
    """Draw, in one row, the ways back to the whole list and the files of what is in view."""
    if not (view.territory or view.is_filtered or view.found):
        return
    with st.container(key="outils", horizontal=True, vertical_alignment="center"):
        if view.territory:
            st.html(catalysts.place_in_view(view), width="content")
            st.button(
                f"Retirer {plain_label(view.territory.name)}",
                key="retirer_lieu",
                on_click=partial(state.write_selection, replace(selection, territory=None)),
            )
        if view.is_filtered:
            whole = replace(selection, within=None, actor_filter=ActorFilter())
            st.button(
                "Tout afficher", key="tout_afficher", on_click=partial(state.write_selection, whole)
            )
        if view.found:
            with st.container(width="content"):
                exports.show_catalysts_exports(view)


def show_points_map(
    view: CatalystsView, selection: Selection, *, key: str = "", height: int = MAP_HEIGHT
) -> None:
    """Draw the actors found; choosing a territory limits the list to it.

    Under a ``key`` of its own (a presentation), a choice leads nowhere.
    """
    data, places = cache.published(view.dataset), cache.directory(view.dataset)
    level = level_of_map(view)
    follows = not key
    key = key or f"acteurs-{level}"
    base = choropleth.build_map(
        level,
        topojson_urls=(cache.topojson_url(level),),
        bounds=map_bounds(),
        common=f".{choropleth.COMMON_CLASS}",
    )
    st.html(cache.actors_common(view.dataset))
    shapes = places.of_level(level)
    inside = inside_of(view.within, level, places)
    limit = partial(state.follow_map_limit, key, lambda choice: _limited(selection, choice))
    with st.container(key="carte_acteurs_cadre" if follows else f"{key}_cadre"):
        st_folium(
            base,
            feature_group_to_add=build_actors_paint(view, shapes, inside, len(data.catalyst_kinds)),
            returned_objects=[],
            height=height,
            use_container_width=True,
            key=key,
            on_change=limit if follows else None,
        )


def _limited(selection: Selection, choice: TerritoryId) -> Selection:
    """Limit the list to a territory of the map; chosen again, it gives way to the wider one."""
    if choice != selection.within:
        return replace(selection, within=choice)
    region = cache.directory(selection.dataset).region_of(choice)
    wider = region.id if region and choice.level is Level.DEPARTEMENT else None
    return replace(selection, within=wider)


def show_legend(view: CatalystsView) -> None:
    """Draw the kinds that stand on the map, with how many of each."""
    points = cache.placed_actors(view.dataset)
    shown = points if view.visible is None else [points[rank] for rank in view.visible]
    show_html(build_actors_legend(cache.published(view.dataset).catalyst_kinds, shown))


def show_list(view: CatalystsView) -> None:
    """Draw the actors that have a place, some at a time."""
    data = cache.published(view.dataset)
    if not view.found:
        st.html(catalysts.nobody(view, data))
    elif not view.placed:
        st.html(catalysts.nobody_placed(view))
    else:
        slot = st.container()
        page = 1
        if len(view.placed) > ROWS:
            # Another choice is another list: it starts at its first page.
            asked = (view.asked, view.within, view.territory)
            key = f"page_{hash(asked) & 0xFFFFFFFF:x}"
            page = st.pagination(-(-len(view.placed) // ROWS), key=key)
        first = ROWS * (page - 1)
        slot.html(catalysts.placed_table(view, data, first, first + ROWS))


def show_coverage(view: CatalystsView) -> None:
    """Draw how many people live near the actors; nothing of a list that is not complete."""
    found = coverage(view)
    if found is None:
        return
    with st.container(key="couverture"):
        st.html(catalyst_coverage.coverage(found, view.asked))
        slot = st.container()
        # Sent when asked for: a hundred rows would slow every change of filter.
        every = len(found.departements) > catalyst_coverage.FIRST and st.toggle(
            "Voir tous les départements", key="tous_departements"
        )
        if found.departements:
            slot.html(catalyst_coverage.departements(found, every=every))
            table_exports.show_coverage_exports(view, found)
