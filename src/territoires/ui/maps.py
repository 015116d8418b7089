"""The maps, drawn by folium through streamlit-folium."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st
from streamlit_folium import st_folium

from territoires.analysis.composition import map_bounds
from territoires.domain.selection import Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render import choropleth
from territoires.render.actors import to_map_kinds
from territoires.render.map_paint import state_labels, to_paint
from territoires.ui import cache, exports, map_data, state
from territoires.views.french import ATTRIBUTION
from territoires.views.map_view import MapView

MAP_HEIGHT = 900
SMALL_MAP_HEIGHT = 430
INNER_HEIGHT = 420
MULTIPLE_HEIGHT = 300
#: At most: the stage gives what its window has.
STAGE_HEIGHT = 2000
#: Drawn while the communes, much heavier, are on their way.
BACKDROP = Level.DEPARTEMENT


def show_map(view: MapView, selection: Selection) -> None:
    """Draw the map; choosing a territory on it writes the link, before the page runs again."""
    key = f"carte-{layer_key(view)}"
    follow = partial(state.follow_map_choice, key, selection)
    _draw(
        view,
        key,
        MAP_HEIGHT,
        selection.territory,
        actors=shows_actors(view, selection),
        points=cache.map_points(view.dataset),
        on_change=follow,
    )


def shows_actors(view: MapView, selection: Selection) -> bool:
    """Tell whether actors stand on the map: not where its colours are a verdict or a grade."""
    return selection.actors and view.mode is Mode.VALEUR


def show_small_map(view: MapView, selection: Selection) -> None:
    """Draw the home page's small map; choosing a territory opens its page."""
    key = f"apercu-{layer_key(view)}"
    _draw(view, key, SMALL_MAP_HEIGHT, None, actors=False)
    state.open_map_choice(key, selection)


def show_inner_map(
    view: MapView, selection: Selection, *, actors: bool = False, people: MapView | None = None
) -> None:
    """Draw what lies in a territory (``view.within``); choosing a part of it opens its page.

    ``people`` is the view of a count of the same parts, drawn as circles over the colours.
    """
    points = cache.map_points(view.dataset) if actors else ()
    view, departements = map_data.of_departements(view)
    key = "-".join(("dedans", layer_key(view), *departements))
    _draw(
        view,
        key,
        INNER_HEIGHT,
        selection.territory,
        actors=actors,
        points=points,
        departements=departements,
        people=people,
    )
    state.open_map_choice(key, selection)


def show_stage_map(view: MapView, selection: Selection, key: str, *, actors: bool) -> None:
    """Draw a map of a presentation, where choosing a territory leads nowhere."""
    # Even without actors: the first map of the page holds what is common to all of them.
    points = cache.map_points(view.dataset)
    view, departements = map_data.of_departements(view)
    _draw(
        view,
        "-".join((key, *departements)),
        STAGE_HEIGHT,
        selection.territory,
        actors=actors,
        points=points,
        departements=departements,
    )


def show_small_multiples(
    views: Sequence[MapView], titles: Sequence[str], selection: Selection
) -> None:
    """Draw small maps side by side under their titles (HTML); a territory chosen on one shows on all."""
    for i, (column, view, title) in enumerate(
        zip(st.columns(len(views)), views, titles, strict=True)
    ):
        key = f"petite-{layer_key(view)}-{i}"
        follow = partial(state.follow_map_choice, key, selection)
        with column:
            st.html(title)
            _draw(view, key, MULTIPLE_HEIGHT, selection.territory, actors=False, on_change=follow)
            exports.show_map_exports(view, selection, number=i)


def layer_key(view: MapView) -> str:
    """Tell apart the maps whose shapes differ: each has its own frame."""
    return f"{view.level}-{view.zoning}" if view.zoning else view.level.value


def _draw(
    view: MapView,
    key: str,
    height: int,
    selected: TerritoryId | None,
    *,
    actors: bool,
    points: tuple[choropleth.Point, ...] = (),
    departements: tuple[str, ...] = (),
    people: MapView | None = None,
    on_change: Callable[[], None] | None = None,
) -> None:
    kinds = cache.published(view.dataset).catalyst_kinds
    # A new folium map each time: st_folium adds the feature group to the one it is given. Its
    # script stays the same, so the browser keeps the frame.
    base = choropleth.build_map(
        view.level,
        topojson_urls=cache.commune_topojson_urls(departements)
        or (cache.topojson_url(map_data.shapes_level(view)),),
        bounds=map_bounds(),
        common=f".{choropleth.COMMON_CLASS}",
        backdrop_url=cache.topojson_url(BACKDROP) if view.level is Level.COMMUNE else None,
        zoning_id=view.zoning,
        is_part=bool(departements),
    )
    common = choropleth.build_common(
        points, to_map_kinds(kinds), state_labels(), ATTRIBUTION, map_data.zones(view)
    )
    st.html(common)
    shown = tuple(range(len(kinds))) if actors else ()
    inside = map_data.actor_ranks(view) if actors else None
    paint = to_paint(view, selected, shown, inside, people)
    with st.container(key=key.replace("-", "_") + "_cadre"):
        st_folium(
            base,
            feature_group_to_add=choropleth.build_paint(paint),
            returned_objects=[],
            height=height,
            use_container_width=True,
            key=key,
            on_change=on_change,
        )
