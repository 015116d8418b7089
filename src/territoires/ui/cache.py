"""Everything the application keeps in memory, once for all readers.

What is kept is shared, never copied and never changed by those who read it (``cache_resource``:
``cache_data`` would unpickle a copy on every hit). Readings are keyed by the set of data and by
the date of its files, so that a file edited by hand is read, and checked, again, and a broken
demonstration never touches what is published.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render.actors import to_map_points
from territoires.render.choropleth import Point
from territoires.settings import DEMONSTRATION, GEO, INDICATORS, STATIC_URL
from territoires.tables.boundaries import topojson_path
from territoires.tables.directory import read_directory
from territoires.tables.names import read_names
from territoires.tables.published import Published, read_dataset
from territoires.views.actors import ActorCount, ActorPoint, count_actors, place_actors, say_actors
from territoires.views.disclosure import protect
from territoires.views.home import HomeView, build_home_view
from territoires.views.map_view import MapView, build_map_view
from territoires.views.portrait import Portrait, build_portrait
from territoires.views.search import SearchIndex, build_search_index

Dates = tuple[float, ...]
#: What a reading depends on: the set of data, the dates of the geography's files and of its own.
Version = tuple[Dataset, Dates, Dates]


def _dates(*folders: Path) -> Dates:
    """Date each file of some folders: cheap enough to be asked on every run."""
    files = (file for folder in folders for file in sorted(folder.glob("**/*")))
    return tuple(file.stat().st_mtime for file in files)


def _version(dataset: Dataset) -> Version:
    # The demonstration shows real Insee and COG figures beside simulated ones.
    own = (INDICATORS,) if dataset is Dataset.PUBLIE else (INDICATORS, DEMONSTRATION)
    return dataset, _dates(GEO), _dates(*own)


def directory() -> Directory:
    """Give all territories with their hierarchy."""
    return _directory(_dates(GEO))


@st.cache_resource(show_spinner=False, max_entries=1)
def _directory(dates: Dates) -> Directory:  # noqa: ARG001 - keys the cache
    return Directory(read_directory())


def names() -> Mapping[TerritoryId, NameForms]:
    """Give the forms that régions and départements take in a sentence."""
    return _names(_dates(GEO))


@st.cache_resource(show_spinner=False, max_entries=1)
def _names(dates: Dates) -> Mapping[TerritoryId, NameForms]:  # noqa: ARG001 - keys the cache
    return read_names()


def published(dataset: Dataset) -> Published:
    """Give a set of data, checked against its contracts, without what secrecy hides."""
    return _published(_version(dataset))


@st.cache_resource(show_spinner="Lecture et vérification des données…", max_entries=2)
def _published(version: Version) -> Published:
    dataset, places = version[0], _directory(version[1])
    beside = None if dataset is Dataset.PUBLIE else published(Dataset.PUBLIE)
    data = protect(read_dataset(dataset, places.known_codes(), beside), places)
    # What is read stays: the garbage collector need not look through it at every view built.
    gc.freeze()
    return data


def search_index() -> SearchIndex:
    """Give the names of all territories, ready to be searched."""
    return _search_index(_dates(GEO))


@st.cache_resource(show_spinner=False, max_entries=1)
def _search_index(dates: Dates) -> SearchIndex:
    return build_search_index(_directory(dates).frame)


def on_map(selection: Selection) -> Selection:
    """Bring the territory in view to the level of the map: a commune stands in its région."""
    places, territory = directory(), selection.territory
    if territory is None or territory.level is selection.level:
        return selection
    wider = (t.id for t in places.ancestors(territory) if t.id.level is selection.level)
    return replace(selection, territory=next(wider, None))


def map_view(selection: Selection) -> MapView:
    """Give the view of the map for what is in view, whatever the territory chosen."""
    seen = replace(
        Selection(selection.indicator_id, selection.wave),
        dataset=selection.dataset,
        level=selection.level,
        mode=selection.mode,
        classes=selection.classes,
        zoning=selection.zoning,
        within=selection.within,
    )
    return _map_view(seen, _version(selection.dataset))


@st.cache_resource(show_spinner=False, max_entries=256)
def _map_view(selection: Selection, version: Version) -> MapView:
    dates = version[1]
    return build_map_view(selection, _published(version), _directory(dates), _names(dates))


def map_points(dataset: Dataset) -> tuple[Point, ...]:
    """Give the actors as the map engine takes them."""
    return _map_points(_version(dataset))


@st.cache_resource(show_spinner=False, max_entries=2)
def _map_points(version: Version) -> tuple[Point, ...]:
    return to_map_points(_placed_actors(version), _published(version).catalyst_kinds)


def topojson_url(level: Level) -> str:
    """Give the address of the geometry of a level."""
    return _topojson_url(level, _dates(GEO))


@st.cache_resource(show_spinner=False, max_entries=8)
def _topojson_url(level: Level, dates: Dates) -> str:  # noqa: ARG001 - keys the cache
    return f"{STATIC_URL}/geo/{topojson_path(level).name}"


def placed_actors(dataset: Dataset) -> tuple[ActorPoint, ...]:
    """Give the actors that may be drawn as points."""
    return _placed_actors(_version(dataset))


@st.cache_resource(show_spinner=False, max_entries=2)
def _placed_actors(version: Version) -> tuple[ActorPoint, ...]:
    return place_actors(_published(version), _directory(version[1]))


def actor_counts(dataset: Dataset, level: Level) -> tuple[ActorCount, ...]:
    """Give the number of actors known in each territory of a level."""
    return _actor_counts(level, _version(dataset))


@st.cache_resource(show_spinner=False, max_entries=8)
def _actor_counts(level: Level, version: Version) -> tuple[ActorCount, ...]:
    return count_actors(_published(version), _directory(version[1]), level)


def actors_sentence(dataset: Dataset, level: Level) -> str:
    """Say how many actors are known and where."""
    total = len(directory().of_level(level))
    return say_actors(published(dataset), actor_counts(dataset, level), level, total)


def portrait(dataset: Dataset, territory: TerritoryId) -> Portrait:
    """Give the portrait of a territory."""
    return _portrait(territory, _version(dataset))


@st.cache_resource(show_spinner=False, max_entries=256)
def _portrait(territory: TerritoryId, version: Version) -> Portrait:
    dates = version[1]
    return build_portrait(territory, _published(version), _directory(dates), _names(dates))


def home_view(dataset: Dataset) -> HomeView:
    """Give the national figures and what is published at all."""
    return _home_view(_version(dataset))


@st.cache_resource(show_spinner=False, max_entries=2)
def _home_view(version: Version) -> HomeView:
    return build_home_view(_published(version), _directory(version[1]))
