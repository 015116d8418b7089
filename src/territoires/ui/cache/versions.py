"""The store of versions, opened once, and the version everyone reads."""

from __future__ import annotations

from importlib.metadata import version as installed_version
from pathlib import Path

import streamlit as st
from sqlalchemy.engine import make_url

from territoires import settings
from territoires.domain.versions import Version
from territoires.errors import DataFileError, StoreError
from territoires.tables.snapshots import Contents, peek_snapshot, read_snapshot
from territoires.tables.store.connection import Store, open_store
from territoires.tables.store.contents import hash_contents
from territoires.tables.store.releases import has_release, import_release
from territoires.tables.store.versions import current, is_empty, read, versions
from territoires.ui.cache.geography import Dates, dates_of, directory_of, geography

#: Number and fingerprint of a version (without a store: 0 and the dates of the shipped files),
#: and what is set beside it.
Content = tuple[object, ...]


def store() -> Store | None:
    """Give the store; None where nothing can be kept: a folder that cannot be written."""
    opened = _store(settings.DATABASE_URL)
    if opened is not None:
        shipped_problem()
    return opened


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
    opened = store()
    return 0 if opened is None else current(opened).number


def current_content() -> Content:
    """Tell what the published data depends on now."""
    opened = store()
    if opened is None:
        return 0, str(dates_of(settings.INDICATORS))
    version = current(opened)
    return version.number, version.fingerprint


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
        address = make_url(url)
        if address.get_backend_name() != "sqlite" or Path(str(address.database)).exists():
            raise
        return None


@st.cache_resource(show_spinner=False, max_entries=1)
def _take_in(url: str, shipped: Dates, geography: Dates) -> DataFileError | None:  # noqa: ARG001 - keys the cache
    opened = _store(url)
    if opened is None:
        return None
    # Checked once in its life: what the store holds already is only recognised.
    peeked = peek_snapshot()
    if peeked is not None and has_release(opened, hash_contents(peeked)):
        return None
    try:
        checked = read_snapshot(directory_of(geography).known_codes())
    except DataFileError as error:
        if is_empty(opened):
            raise
        return error
    label = f"Données livrées avec Territoires {installed_version('territoires')}"
    import_release(opened, checked, label)
    return None
