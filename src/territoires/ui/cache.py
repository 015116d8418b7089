"""Everything the application keeps in memory, once for all readers.

What is kept is shared, never copied and never changed by those who read it (``cache_resource``:
``cache_data`` would unpickle a copy on every hit). Readings are keyed by the set of data and by
the date of its files, so that a file edited by hand is read, and checked, again, and a broken
demonstration never touches what is published.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from territoires.analysis.dissolve import dissolve
from territoires.domain.classification import DEFAULT_CHOICE
from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.zonings import Zoning
from territoires.render.actors import to_map_kinds, to_map_points
from territoires.render.choropleth import Point, build_common
from territoires.render.map_paint import state_labels
from territoires.settings import DEMONSTRATION, GEO, INDICATORS, STATIC_URL
from territoires.tables.boundaries import read_boundaries, topojson_path
from territoires.tables.contracts import Issue
from territoires.tables.directory import read_directory
from territoires.tables.names import read_names
from territoires.tables.profiles import add_profiles
from territoires.tables.published import Published, read_dataset
from territoires.tables.search_index import read_search_table, search_index_path
from territoires.tables.zonings import read_zoning
from territoires.views.actors import ActorPoint, place_actors
from territoires.views.catalyst_coverage import CommunePoints, build_commune_points
from territoires.views.catalyst_index import CatalystIndex, build_catalyst_index
from territoires.views.catalyst_places import build_actor_places
from territoires.views.disclosure import protect
from territoires.views.french import ATTRIBUTION
from territoires.views.home import HomeView, build_home_view
from territoires.views.limits import is_of_layer, layer_of, limit_of
from territoires.views.map_view import MapView, build_map_view
from territoires.views.peers import Peers, build_peers
from territoires.views.portrait import Portrait, Portraits
from territoires.views.search import SearchIndex, build_search_index
from territoires.views.search_index import Zone

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

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


def directory(dataset: Dataset = Dataset.PUBLIE) -> Directory:
    """Give all territories with their hierarchy, and the zones of a set of data."""
    return _places(_version(dataset))


@st.cache_resource(show_spinner=False, max_entries=1)
def _directory(dates: Dates) -> Directory:  # noqa: ARG001 - keys the cache
    return Directory(read_directory())


@st.cache_resource(show_spinner=False, max_entries=2)
def _places(version: Version) -> Directory:
    zonings, places = _published(version).zonings, _directory(version[1])
    return places.with_zonings(zonings.values()) if zonings else places


def zoning(dataset: Dataset, zoning_id: str) -> Zoning | None:
    """Give a zoning of a set of data; None where the set has none of that name."""
    return published(dataset).zonings.get(zoning_id)


def file_zoning(
    content: bytes, name: str
) -> tuple[Zoning | None, GeoDataFrame | None, tuple[Issue, ...]]:
    """Give the zoning that a file brings and its boundaries, or what is wrong with the file.

    The same content is read and merged once.
    """
    return _file_zoning(hashlib.sha256(content).hexdigest(), name, _dates(GEO), content)


@st.cache_resource(show_spinner="Fusion des contours…", max_entries=8)
def _file_zoning(
    digest: str,  # noqa: ARG001 - stands for the content, which is not hashed twice
    name: str,
    dates: Dates,
    _content: bytes,
) -> tuple[Zoning | None, GeoDataFrame | None, tuple[Issue, ...]]:
    zoning, issues = read_zoning(_content, name, _directory(dates))
    if zoning is None:
        return None, None, issues
    members = {zone.id.code: [m.code for m in zone.members] for zone in zoning.zones}
    return zoning, dissolve(read_boundaries(zoning.member_level), members), ()


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
    data = add_profiles(data, places)
    # What is read stays: the garbage collector need not look through it at every view built.
    gc.freeze()
    return data


def search_index() -> SearchIndex:
    """Give the names of all territories, ready to be searched."""
    return _search_index(_dates(GEO))


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
    return _search_index_url(_dates(GEO))


@st.cache_resource(show_spinner=False, max_entries=1)
def _search_index_url(dates: Dates) -> str:  # noqa: ARG001 - keys the cache
    return f"{STATIC_URL}/search/{search_index_path().name}"


def on_map(selection: Selection) -> Selection:
    """Bring the territory in view to the level of the map: a commune stands in its région."""
    places, territory = directory(selection.dataset), selection.territory
    seen = replace(selection, within=limit_of(selection, places))
    if territory is None or territory.level is selection.level:
        return seen
    around = (*places.ancestors(territory), *places.zones_of(territory))
    wider = (t.id for t in around if is_of_layer(t.id, layer_of(selection)))
    return replace(seen, territory=next(wider, None))


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
    return (_large_map_view if is_large else _map_view)(seen, _version(selection.dataset))


@st.cache_resource(show_spinner=False, max_entries=256)
def _map_view(selection: Selection, version: Version) -> MapView:
    return build_map_view(selection, _published(version), _places(version), _names(version[1]))


@st.cache_resource(show_spinner=False, max_entries=8)
def _large_map_view(selection: Selection, version: Version) -> MapView:
    return build_map_view(selection, _published(version), _places(version), _names(version[1]))


def map_points(dataset: Dataset) -> tuple[Point, ...]:
    """Give the actors as the map engine takes them."""
    return _map_points(_version(dataset))


@st.cache_resource(show_spinner=False, max_entries=2)
def _map_points(version: Version) -> tuple[Point, ...]:
    return to_map_points(_placed_actors(version), _published(version).catalyst_kinds)


def topojson_url(level: Level) -> str:
    """Give the address of the geometry of a level."""
    return _topojson_url(level, None, _dates(GEO))


def commune_topojson_urls(departements: tuple[str, ...]) -> tuple[str, ...]:
    """Give the address of the communes of each département, with their names inside."""
    dates = _dates(GEO)
    return tuple(_topojson_url(Level.COMMUNE, code, dates) for code in departements)


@st.cache_resource(show_spinner=False, max_entries=32)
def _topojson_url(level: Level, departement: str | None, dates: Dates) -> str:  # noqa: ARG001 - keys the cache
    return f"{STATIC_URL}/geo/{topojson_path(level, departement).name}"


def placed_actors(dataset: Dataset) -> tuple[ActorPoint, ...]:
    """Give the actors that may be drawn as points."""
    return _placed_actors(_version(dataset))


@st.cache_resource(show_spinner=False, max_entries=2)
def _placed_actors(version: Version) -> tuple[ActorPoint, ...]:
    return place_actors(_published(version), _places(version))


def portrait(dataset: Dataset, territory: TerritoryId) -> Portrait:
    """Give the portrait of a territory."""
    return _portrait(territory, _version(dataset))


@st.cache_resource(show_spinner=False, max_entries=128)
def _portrait(territory: TerritoryId, version: Version) -> Portrait:
    return _portraits(version).build(territory)


@st.cache_resource(show_spinner=False, max_entries=2)
def _portraits(version: Version) -> Portraits:
    dates = version[1]
    return Portraits(_published(version), _places(version), _names(dates))


def peers() -> Peers:
    """Give what finds the territories that look like one another; the same for every set."""
    return _peers(_version(Dataset.PUBLIE))


@st.cache_resource(show_spinner=False, max_entries=1)
def _peers(version: Version) -> Peers:
    return build_peers(_published(version), _directory(version[1]))


def home_view(dataset: Dataset) -> HomeView:
    """Give the national figures and what is published at all."""
    return _home_view(_version(dataset))


@st.cache_resource(show_spinner=False, max_entries=2)
def _home_view(version: Version) -> HomeView:
    return build_home_view(_published(version), _places(version))


def catalyst_index(dataset: Dataset) -> CatalystIndex:
    """Give the list of actors ready to be searched, with their places."""
    return _catalyst_index(_version(dataset))


@st.cache_resource(show_spinner=False, max_entries=2)
def _catalyst_index(version: Version) -> CatalystIndex:
    data, places = _published(version), _places(version)
    return build_catalyst_index(data, places, build_actor_places(data, places))


def commune_points() -> CommunePoints:
    """Give the points and populations of all communes."""
    return _commune_points(_dates(GEO))


@st.cache_resource(show_spinner=False, max_entries=1)
def _commune_points(dates: Dates) -> CommunePoints:
    return build_commune_points(_directory(dates))


def actors_common(dataset: Dataset) -> str:
    """Give what all maps of actors hold in common, written once: it may be heavy."""
    return _actors_common(_version(dataset))


@st.cache_resource(show_spinner=False, max_entries=2)
def _actors_common(version: Version) -> str:
    kinds = to_map_kinds(_published(version).catalyst_kinds)
    return build_common(_map_points(version), kinds, state_labels(), ATTRIBUTION)
