"""The territories and their names: what changes with a release alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.territories import TerritoryId
from territoires.tables.directory import read_directory
from territoires.tables.names import read_names
from territoires.ui.cache.moment import once_per_moment

#: One text: it is hashed at every reading.
Dates = str


@once_per_moment
def dates_of(folder: Path) -> Dates:
    """Date each file of a folder: cheap enough to be asked on every run."""
    return " ".join(str(file.stat().st_mtime_ns) for file in sorted(folder.glob("**/*")))


def geography() -> Dates:
    """Date the files of the geography."""
    return dates_of(settings.GEO)


@st.cache_resource(show_spinner=False, max_entries=1)
def directory_of(dates: Dates) -> Directory:  # noqa: ARG001 - keys the cache
    """Give all territories, without the zones of any set of data."""
    return Directory(read_directory())


def names() -> Mapping[TerritoryId, NameForms]:
    """Give the forms that régions and départements take in a sentence."""
    return names_of(geography())


@st.cache_resource(show_spinner=False, max_entries=1)
def names_of(dates: Dates) -> Mapping[TerritoryId, NameForms]:  # noqa: ARG001 - keys the cache
    """Give the same for the geography of some dates."""
    return read_names()
