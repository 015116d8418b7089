"""The answers of the other pages: portraits, peers, home, actors."""

from __future__ import annotations

import streamlit as st

from territoires.domain.selection import Dataset
from territoires.domain.territories import TerritoryId
from territoires.ui.cache import versions
from territoires.ui.cache.data import places_of, published_of
from territoires.ui.cache.geography import Dates, directory_of, geography, names_of
from territoires.ui.cache.keys import DataKey, data_key
from territoires.views.catalyst_coverage import CommunePoints, build_commune_points
from territoires.views.catalyst_index import CatalystIndex, build_catalyst_index
from territoires.views.catalyst_places import build_actor_places
from territoires.views.datasets import is_simulated_set
from territoires.views.home import HomeView, build_home_view
from territoires.views.peers import Peers, build_peers
from territoires.views.portrait import Portrait, Portraits


def portrait(dataset: Dataset, territory: TerritoryId) -> Portrait:
    """Give the portrait of a territory."""
    return _portrait(territory, data_key(dataset))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=128)
def _portrait(territory: TerritoryId, key: DataKey) -> Portrait:
    return portraits_of(key).build(territory)


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=2)
def portraits_of(key: DataKey) -> Portraits:
    """Give what builds the portraits of a set of data."""
    dates = key.geography
    return Portraits(published_of(key), places_of(key), names_of(dates))


def peers(dataset: Dataset) -> Peers:
    """Give what finds the territories that look like one another, from real figures alone."""
    real = Dataset.PUBLIE if is_simulated_set(dataset) else dataset
    return _peers(data_key(real))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=2)
def _peers(key: DataKey) -> Peers:
    return build_peers(published_of(key), directory_of(key.geography))


def home_view(dataset: Dataset) -> HomeView:
    """Give the national figures and what is published at all."""
    return _home_view(data_key(dataset))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=2)
def _home_view(key: DataKey) -> HomeView:
    return build_home_view(published_of(key), places_of(key))


def catalyst_index(dataset: Dataset) -> CatalystIndex:
    """Give the list of actors ready to be searched, with their places."""
    return _catalyst_index(data_key(dataset))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=2)
def _catalyst_index(key: DataKey) -> CatalystIndex:
    data, places = published_of(key), places_of(key)
    return build_catalyst_index(data, places, build_actor_places(data, places))


def commune_points() -> CommunePoints:
    """Give the points and populations of all communes."""
    return _commune_points(geography())


@st.cache_resource(show_spinner=False, max_entries=1)
def _commune_points(dates: Dates) -> CommunePoints:
    return build_commune_points(directory_of(dates))
