"""The views of the map, its actors and its geometry."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from territoires.domain.classification import DEFAULT_CHOICE
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import Level
from territoires.render.actors import to_map_kinds, to_map_points
from territoires.render.choropleth import Point, build_common
from territoires.render.map_paint import state_labels
from territoires.settings import STATIC_URL
from territoires.tables.boundaries import topojson_path
from territoires.ui.cache import versions
from territoires.ui.cache.data import directory, places_of, published, published_of
from territoires.ui.cache.geography import Dates, geography, names_of
from territoires.ui.cache.keys import DataKey, data_key
from territoires.views import limits
from territoires.views.actors import ActorPoint, place_actors
from territoires.views.french import ATTRIBUTION
from territoires.views.limits import layer_of, limit_of
from territoires.views.map_view import MapView, build_map_view


def on_map(selection: Selection) -> Selection:
    """Bring the territory in view to the level of the map: a commune stands in its région."""
    return limits.on_map(selection, directory(selection.dataset))


def map_view(selection: Selection) -> MapView:
    """Give the view of the map for what is in view, whatever the territory chosen."""
    layer = layer_of(selection)
    colourable = published(selection.dataset).catalogue[selection.indicator_id].is_colourable
    seen = replace(
        Selection(selection.indicator_id, selection.wave),
        dataset=selection.dataset,
        level=layer.level,
        mode=selection.mode,
        classes=selection.classes if colourable else DEFAULT_CHOICE,
        zoning=layer.zoning_id,
        within=limit_of(selection, directory(selection.dataset)),
    )
    # Thousands of figures weigh tens of megabytes: fewer such views are kept.
    is_large = layer.level in {Level.EPCI, Level.COMMUNE}
    return (_large_map_view if is_large else _map_view)(seen, data_key(selection.dataset))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=256)
def _map_view(selection: Selection, key: DataKey) -> MapView:
    return build_map_view(selection, published_of(key), places_of(key), names_of(key.geography))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=8)
def _large_map_view(selection: Selection, key: DataKey) -> MapView:
    return build_map_view(selection, published_of(key), places_of(key), names_of(key.geography))


def map_points(dataset: Dataset) -> tuple[Point, ...]:
    """Give the actors as the map engine takes them."""
    return _map_points(data_key(dataset))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=2)
def _map_points(key: DataKey) -> tuple[Point, ...]:
    return to_map_points(_placed_actors(key), published_of(key).catalyst_kinds)


def topojson_url(level: Level) -> str:
    """Give the address of the geometry of a level."""
    return _topojson_url(level, None, geography())


def commune_topojson_urls(departements: tuple[str, ...]) -> tuple[str, ...]:
    """Give the address of the communes of each département, with their names inside."""
    dates = geography()
    return tuple(_topojson_url(Level.COMMUNE, code, dates) for code in departements)


@st.cache_resource(show_spinner=False, max_entries=32)
def _topojson_url(level: Level, departement: str | None, dates: Dates) -> str:  # noqa: ARG001 - keys the cache
    return f"{STATIC_URL}/geo/{topojson_path(level, departement).name}"


def placed_actors(dataset: Dataset) -> tuple[ActorPoint, ...]:
    """Give the actors that may be drawn as points."""
    return _placed_actors(data_key(dataset))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=2)
def _placed_actors(key: DataKey) -> tuple[ActorPoint, ...]:
    return place_actors(published_of(key), places_of(key))


def actors_common(dataset: Dataset) -> str:
    """Give what all maps of actors hold in common, written once: it may be heavy."""
    return _actors_common(data_key(dataset))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=2)
def _actors_common(key: DataKey) -> str:
    kinds = to_map_kinds(published_of(key).catalyst_kinds)
    return build_common(_map_points(key), kinds, state_labels(), ATTRIBUTION)
