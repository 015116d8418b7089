"""Data that came with a newer release and waits for a person."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from territoires.domain.selection import Dataset
from territoires.tables.snapshots import Contents, to_contents, to_tables
from territoires.tables.store.connection import Store
from territoires.tables.store.releases import pending_number, pending_release
from territoires.tables.updates.compare import Conflict, merge_tables
from territoires.ui.cache import versions
from territoires.ui.cache.data import published
from territoires.ui.cache.geography import Dates, directory_of, geography
from territoires.ui.cache.versions import Content
from territoires.views.update_diff import Comparison, build_comparison


@dataclass(frozen=True, slots=True)
class Waiting:
    """A release set beside what is published: what it changes, what was published meanwhile kept.

    ``conflicts`` are rows changed on both sides: those published here stay.
    """

    number: int
    label: str
    base: int
    contents: Contents
    comparison: Comparison
    conflicts: tuple[Conflict, ...]


def pending() -> Waiting | None:
    """Give the release that waits; None when what is shipped is taken in."""
    store = versions.store()
    if store is None:
        return None
    number = pending_number(store)
    if number is None:
        return None
    return _waiting(number, versions.current_content(), geography(), store)


@st.cache_resource(show_spinner="Comparaison avec la livraison…", max_entries=1)
def _waiting(number: int, content: Content, dates: Dates, _store: Store) -> Waiting | None:  # noqa: ARG001
    release = pending_release(_store)
    if release is None:
        return None
    mine = to_tables(versions.contents(content))
    merged, conflicts = merge_tables(to_tables(release.base), mine, to_tables(release.contents))
    comparison = build_comparison(mine, merged, published(Dataset.PUBLIE), directory_of(dates))
    base = int(str(content[0]))
    return Waiting(
        release.number, release.label, base, to_contents(merged), comparison, tuple(conflicts)
    )
