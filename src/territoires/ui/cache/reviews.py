"""A reader's draft against what is published: checked again only when one of them changes."""

from __future__ import annotations

import streamlit as st

from territoires.domain.indicators import Indicator, Nature, Observation
from territoires.domain.selection import Dataset
from territoires.domain.updates import Row
from territoires.tables.matching.places import PlaceNames, build_place_names
from territoires.tables.snapshots import Contents, Tables, to_contents, to_tables
from territoires.ui.cache import drafts, versions
from territoires.ui.cache.data import published
from territoires.ui.cache.drafts import Draft
from territoires.ui.cache.geography import Dates, directory_of, geography
from territoires.ui.cache.versions import Content
from territoires.views.update_diff import Comparison, build_comparison
from territoires.views.update_review import Review, review_update


def review() -> Review | None:
    """Give what is to be said of this reader's draft; None without one."""
    held = drafts.draft()
    if held is None:
        return None
    return _review(held.digest, versions.current_content(), geography(), held)


def has_draft() -> bool:
    """Tell whether this reader has a draft that can be seen."""
    found = review()
    return found is not None and found.is_publishable


def draft_contents() -> Contents:
    """Give the tables that this reader's draft would publish; it must have some."""
    found = review()
    if found is None or found.tables is None:
        raise LookupError("no draft to be seen")
    return _contents(drafts.digest(), versions.current_content(), geography(), found.tables)


def comparison() -> Comparison | None:
    """Give what this reader's draft changes; None while nothing can be built."""
    found = review()
    if found is None or found.tables is None:
        return None
    content = versions.current_content()
    return _comparison(drafts.digest(), content, geography(), found.tables)


def version_comparison(before: int, after: int) -> Comparison:
    """Give what changes from one version to another, whatever their order."""
    return _between(before, after, versions.current_content(), geography())


def current_tables() -> Tables:
    """Give the rows of the version everyone reads."""
    return _tables(versions.current_content())


def public_tables() -> Tables:
    """Give the rows of the version everyone reads, without what secrecy hides from readers."""
    tables, data = current_tables(), published(Dataset.PUBLIE)
    hidden = {one.observation_id: one for one in data.observations if one.suppression}
    rows = (_hide(row, hidden.get(row["observation_id"])) for row in tables["observations"])
    return {**tables, "observations": tuple(rows)} if hidden else tables


def every_change() -> Comparison:
    """Give what this reader's draft changes, line by line: the page shows the first ones."""
    found = review()
    new = found.tables if found is not None and found.tables is not None else current_tables()
    places, data = directory_of(geography()), published(Dataset.PUBLIE)
    return build_comparison(current_tables(), new, data, places, limit=None)


def published_catalogue() -> dict[str, Indicator]:
    """Give the indicators whose figures a file may bring: those of surveys and of context."""
    catalogue = published(Dataset.PUBLIE).catalogue
    return {name: one for name, one in catalogue.items() if one.nature is not Nature.COG}


def place_names() -> PlaceNames:
    """Give the names of all territories, ready to be matched."""
    return _names(geography())


def _hide(row: Row, shown: Observation | None) -> Row:
    if shown is None:
        return row
    empty = dict.fromkeys(("value", "value_text", "respondents", "deff", "contradictions"), "")
    return {**row, **empty, "statement": shown.statement, "caveat": shown.caveat}


@st.cache_resource(show_spinner="Lecture et vérification du fichier…", max_entries=4)
def _review(digest: str, content: Content, dates: Dates, _held: Draft) -> Review:  # noqa: ARG001 - keys the cache
    places, data = directory_of(dates), published(Dataset.PUBLIE)
    choices, names = _held.choices, _names(dates)
    return review_update(_held.content, _held.name, choices, _tables(content), places, names, data)


@st.cache_resource(show_spinner=False, max_entries=2)
def _contents(digest: str, content: Content, dates: Dates, _tables: Tables) -> Contents:  # noqa: ARG001
    return to_contents(_tables)


@st.cache_resource(show_spinner=False, max_entries=2)
def _comparison(digest: str, content: Content, dates: Dates, _new: Tables) -> Comparison:  # noqa: ARG001
    return build_comparison(_tables(content), _new, published(Dataset.PUBLIE), directory_of(dates))


@st.cache_resource(show_spinner="Comparaison des versions…", max_entries=4)
def _between(before: int, after: int, content: Content, dates: Dates) -> Comparison:  # noqa: ARG001
    old, new = (to_tables(versions.contents((number,))) for number in (before, after))
    return build_comparison(old, new, published(Dataset.PUBLIE), directory_of(dates))


@st.cache_resource(show_spinner=False, max_entries=1)
def _tables(content: Content) -> Tables:
    return to_tables(versions.contents(content))


@st.cache_resource(show_spinner=False, max_entries=1)
def _names(dates: Dates) -> PlaceNames:
    return build_place_names(directory_of(dates))
