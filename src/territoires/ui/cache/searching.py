"""What the search field looks through, on the server and in the browser."""

from __future__ import annotations

import streamlit as st

from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.settings import STATIC_URL
from territoires.tables.search_index import read_search_table, search_index_path
from territoires.ui.cache.data import directory, published
from territoires.ui.cache.geography import Dates, geography
from territoires.views.search import SearchIndex, build_search_index
from territoires.views.search_index import Zone


def search_index() -> SearchIndex:
    """Give the names of all territories, ready to be searched."""
    return _search_index(geography())


@st.cache_resource(show_spinner=False, max_entries=1)
def _search_index(dates: Dates) -> SearchIndex:  # noqa: ARG001 - keys the cache
    return build_search_index(read_search_table())


def search_zones(dataset: Dataset) -> tuple[Zone, ...]:
    """Give the zones of a set's zonings to the search field, which holds no zone of its own."""
    zonings = published(dataset).zonings
    return tuple(
        Zone(zone.id, zone.name, zoning.name, zone.population)
        for zoning in zonings.values()
        for zone in directory(dataset).of_level(Level.ZONE, zoning.zoning_id)
    )


def search_index_url() -> str:
    """Give the address of the file that the browser searches by itself."""
    return _search_index_url(geography())


@st.cache_resource(show_spinner=False, max_entries=1)
def _search_index_url(dates: Dates) -> str:  # noqa: ARG001 - keys the cache
    return f"{STATIC_URL}/search/{search_index_path().name}"
