"""The store of versions, opened once, and the version everyone reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

import streamlit as st

from territoires import settings
from territoires.domain.versions import Version
from territoires.errors import DataFileError, StoreError
from territoires.tables.snapshots import Contents, read_snapshot
from territoires.tables.store.connection import Store, has_database, open_store
from territoires.tables.store.shipped import take_in
from territoires.tables.store.versions import current, read, versions
from territoires.ui.cache.geography import Dates, dates_of, directory_of, geography
from territoires.ui.cache.moment import once_per_moment

#: Number and fingerprint of a version (without a store: 0 and the dates of the shipped files),
#: and what is set beside it.
Content = tuple[object, ...]


class Kept(Protocol):
    """A cached function."""

    def clear(self) -> None:
        """Forget everything."""


K = TypeVar("K", bound=Kept)
_OF_VERSION: list[Callable[[], None]] = []
_SEEN: list[Content] = []


def of_version(kept: K) -> K:
    """Have what a cached function keeps forgotten once another version is the current one.

    Its key holds the version: nobody would ask for it again, and a version of 35,000 figures weighs
    two hundred megabytes with its views.
    """
    _OF_VERSION.append(kept.clear)
    return kept


def _forget_former(content: Content) -> None:
    if [content] == _SEEN:
        return
    is_first = not _SEEN
    _SEEN[:] = [content]
    if not is_first:
        for clear in _OF_VERSION:
            clear()


def store() -> Store | None:
    """Give the store; None where nothing can be kept: a folder that cannot be written."""
    opened = _store(settings.DATABASE_URL)
    if opened is not None:
        shipped_problem()
    return opened


@once_per_moment
def shipped_problem() -> DataFileError | None:
    """Take in what the application ships, once; tell what is wrong with it.

    Raises
    ------
    DataFileError
        When it is broken and there is no version to read in its place.
    """
    return _take_in(settings.DATABASE_URL, dates_of(settings.INDICATORS), geography())


def current_number() -> int:
    """Give the number of the version everyone reads."""
    version = current_version()
    return 0 if version is None else version.number


@once_per_moment
def current_version() -> Version | None:
    """Give the version everyone reads; None without a store."""
    opened = store()
    return current(opened) if opened is not None else None


def current_content() -> Content:
    """Tell what the published data depends on now."""
    version = current_version()
    if version is None:
        content: Content = (0, dates_of(settings.INDICATORS))
    else:
        content = (version.number, version.fingerprint)
    _forget_former(content)
    return content


def listed() -> tuple[Version, ...]:
    """Give every version, the newest first; none without a store."""
    opened = store()
    return versions(opened) if opened is not None else ()


def since(number: int) -> tuple[Version, ...]:
    """Give the versions newer than one, the newest first."""
    if current_number() == number:
        return ()
    return tuple(version for version in listed() if version.number > number)


def contents(content: Content) -> Contents:
    """Give the tables of the version that ``current_content`` told of."""
    opened = store()
    if opened is None:
        return read_snapshot(directory_of(geography()).known_codes())
    return read(opened, int(str(content[0])))


@st.cache_resource(show_spinner=False, max_entries=1)
def _store(url: str) -> Store | None:
    try:
        return open_store(url)
    except StoreError:
        # A folder that cannot be written, with nothing in it yet: what is shipped is read.
        if has_database(url) or not url.startswith("sqlite"):
            raise
        return None


@st.cache_resource(show_spinner=False, max_entries=1)
def _take_in(url: str, shipped: Dates, geography: Dates) -> DataFileError | None:  # noqa: ARG001 - keys the cache
    opened = _store(url)
    if opened is None:
        return None
    return take_in(opened, lambda: directory_of(geography).known_codes())
