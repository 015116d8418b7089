"""The sets of data and the zonings, read once for all readers."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from territoires import settings
from territoires.analysis.dissolve import dissolve
from territoires.domain.directory import Directory
from territoires.domain.indicators import Observation
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.domain.zonings import Zoning
from territoires.tables.boundaries import read_boundaries
from territoires.tables.contracts import Issue
from territoires.tables.profiles import Derived, Models, add_profiles, derive_figures
from territoires.tables.published import Published, read_dataset
from territoires.tables.snapshots import (
    Contents,
    Tables,
    raise_tables,
    read_sealed,
    read_tables,
    to_tables,
)
from territoires.tables.store.contents import hash_contents
from territoires.tables.zonings import read_zoning
from territoires.ui.cache import versions
from territoires.ui.cache.geography import Dates, directory_of, geography
from territoires.ui.cache.keys import DataKey, data_key
from territoires.views.disclosure import protect

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def directory(dataset: Dataset = Dataset.PUBLIE) -> Directory:
    """Give all territories with their hierarchy, and the zones of a set of data."""
    return places_of(data_key(dataset))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=4)
def places_of(key: DataKey) -> Directory:
    """Give the same for a key."""
    zonings, places = published_of(key).zonings, directory_of(key.geography)
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
    return _file_zoning(hashlib.sha256(content).hexdigest(), name, geography(), content)


@st.cache_resource(show_spinner="Fusion des contours…", max_entries=8)
def _file_zoning(
    digest: str,  # noqa: ARG001 - stands for the content, which is not hashed twice
    name: str,
    dates: Dates,
    _content: bytes,
) -> tuple[Zoning | None, GeoDataFrame | None, tuple[Issue, ...]]:
    zoning, issues = read_zoning(_content, name, directory_of(dates))
    if zoning is None:
        return None, None, issues
    members = {zone.id.code: [m.code for m in zone.members] for zone in zoning.zones}
    return zoning, dissolve(read_boundaries(zoning.member_level), members), ()


def published(dataset: Dataset) -> Published:
    """Give a set of data, checked against its contracts, without what secrecy hides."""
    return published_of(data_key(dataset))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=4)
def published_of(key: DataKey) -> Published:
    """Give the same for a key."""
    if key.dataset is Dataset.DEMONSTRATION:
        return _demonstration(key)
    if key.dataset is Dataset.BROUILLON:
        # Imported here: a draft is itself compared with what is published.
        from territoires.ui.cache.reviews import draft_contents  # noqa: PLC0415

        contents = draft_contents()
        data = read_once(hash_contents(contents), key.geography, lambda: to_tables(contents))
    else:
        fingerprint = str(key.content[1])
        data = read_once(
            fingerprint, key.geography, lambda: to_tables(versions.contents(key.content))
        )
    return replace(data, dataset=key.dataset)


@st.cache_resource(show_spinner="Lecture et vérification des données…", max_entries=2)
def read_once(fingerprint: str, dates: Dates, _tables: Callable[[], Tables]) -> Published:  # noqa: ARG001 - keys the cache
    """Give the data of some tables: a draft that is published is not read again."""
    places = directory_of(dates)
    known = places.known_codes()
    read = read_dataset(Dataset.PUBLIE, known, read_tables(_tables(), known))
    return _complete(read, places, dates)


def warm(contents: Contents) -> None:
    """Hold the tables about to be published to every contract, and read them once for everyone.

    Raises
    ------
    DataFileError
        When a contract is broken, or the pages could not read them: nothing must be published.
    """
    dates, tables = geography(), to_tables(contents)
    raise_tables(tables, directory_of(dates).known_codes())
    read_once(hash_contents(contents), dates, lambda: tables)


@versions.of_version
@st.cache_resource(show_spinner="Lecture et vérification des données…", max_entries=1)
def _demonstration(key: DataKey) -> Published:
    places = directory_of(key.geography)
    known = places.known_codes()
    simulated = read_sealed(known, settings.DEMONSTRATION)
    read = read_dataset(key.dataset, known, published(Dataset.PUBLIE), simulated)
    return _complete(read, places, key.geography)


def _complete(read: Published, places: Directory, dates: Dates) -> Published:
    data = add_profiles(protect(read, places), places, _derive_for(dates))
    _settle()
    return data


@cache
def _settle() -> None:
    """Spare the garbage collector what was read first, which stays; once.

    Later, readers' sessions would be set aside with it, and their cycles never freed.
    """
    gc.freeze()


def _derive_for(dates: Dates) -> Callable[[Level, Models, Directory], Derived]:
    """Share the figures derived for EPCI and communes between the sets that have the same models."""

    def derive(level: Level, models: Models, places: Directory) -> Derived:
        if level is Level.ZONE:
            return derive_figures(level, models, places)
        return _derived(level, tuple(models.items()), dates)

    return derive


@st.cache_resource(show_spinner=False, max_entries=4)
def _derived(level: Level, models: tuple[tuple[str, Observation], ...], dates: Dates) -> Derived:
    return derive_figures(level, dict(models), directory_of(dates))
