"""A reader's draft against what is published: checked again only when one of them changes."""

from __future__ import annotations

import streamlit as st

from territoires.domain.indicators import Indicator, Nature
from territoires.domain.selection import Dataset
from territoires.tables.matching.places import PlaceNames, build_place_names
from territoires.tables.snapshots import Contents, Tables, to_contents, to_tables
from territoires.ui.cache import drafts, versions
from territoires.ui.cache.data import published
from territoires.ui.cache.drafts import Draft
from territoires.ui.cache.geography import Dates, directory_of, geography
from territoires.ui.cache.versions import Content
from territoires.views.public_tables import drop_hidden
from territoires.views.update_diff import Comparison, build_comparison
from territoires.views.update_review import Review, review_update


def review() -> Review | None:
    """Give what is to be said of this reader's draft; None without one."""
    held = drafts.draft()
    if held is None:
        return None
    content, dates, digest = versions.current_content(), geography(), drafts.digest()
    _forget_earlier(held.key, digest)
    return _review(digest, content, dates, held, base_tables())


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
    content, dates = versions.current_content(), geography()
    return _comparison(drafts.digest(), content, dates, base_tables(), found.tables)


def version_comparison(before: int, after: int) -> Comparison:
    """Give what changes from one version to another, whatever their order."""
    return _between(before, after, versions.current_content(), geography())


def base_tables() -> Tables:
    """Give the rows that this reader's draft is set against.

    Who may not publish has those that secrecy leaves: nothing said of a file, nor made of it, can
    tell what is hidden.
    """
    return _base(drafts.is_reader(), versions.current_content(), geography())


def every_change() -> Comparison:
    """Give what this reader's draft changes, line by line: the page shows the first ones."""
    found = review()
    new = found.tables if found is not None and found.tables is not None else base_tables()
    places, data = directory_of(geography()), published(Dataset.PUBLIE)
    return build_comparison(base_tables(), new, data, places, limit=None)


def published_catalogue() -> dict[str, Indicator]:
    """Give the indicators whose figures a file may bring: those of surveys and of context."""
    catalogue = published(Dataset.PUBLIE).catalogue
    return {name: one for name, one in catalogue.items() if one.nature is not Nature.COG}


def place_names() -> PlaceNames:
    """Give the names of all territories, ready to be matched."""
    return _names(geography())


def _forget_earlier(key: str, digest: str) -> None:
    """Forget what was made of a draft before its last choice: nobody asks for it again.

    A file of 35,000 rows weighs sixty megabytes once checked.
    """
    known = _seen(key)
    if known and known != [digest]:
        content, dates = versions.current_content(), geography()
        _review.clear(known[0], content, dates, None, None)
    known[:] = [digest]


@st.cache_resource(show_spinner=False, max_entries=64)
def _seen(key: str) -> list[str]:  # noqa: ARG001 - one for each draft
    """Hold the digest under which a draft was checked last."""
    return []


@versions.of_version
@st.cache_resource(show_spinner="Lecture et vérification du fichier…", max_entries=4)
def _review(
    digest: str,  # noqa: ARG001 - says the file, the choices and the right
    content: Content,  # noqa: ARG001
    dates: Dates,
    _held: Draft,
    _old: Tables,
) -> Review:
    places, data = directory_of(dates), published(Dataset.PUBLIE)
    choices, names = _held.choices, _names(dates)
    return review_update(_held.content, _held.name, choices, _old, places, names, data)


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=2)
def _contents(digest: str, content: Content, dates: Dates, _new: Tables) -> Contents:  # noqa: ARG001
    return to_contents(_new)


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=2)
def _comparison(
    digest: str,  # noqa: ARG001 - says the file, the choices and the right
    content: Content,  # noqa: ARG001
    dates: Dates,
    _old: Tables,
    _new: Tables,
) -> Comparison:
    return build_comparison(_old, _new, published(Dataset.PUBLIE), directory_of(dates))


@versions.of_version
@st.cache_resource(show_spinner="Comparaison des versions…", max_entries=4)
def _between(before: int, after: int, content: Content, dates: Dates) -> Comparison:  # noqa: ARG001
    old, new = (to_tables(versions.contents((number,))) for number in (before, after))
    return build_comparison(old, new, published(Dataset.PUBLIE), directory_of(dates))


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=2)
def _base(is_reader: bool, content: Content, dates: Dates) -> Tables:
    if is_reader:
        return drop_hidden(_base(False, content, dates), published(Dataset.PUBLIE))
    return to_tables(versions.contents(content))


@st.cache_resource(show_spinner=False, max_entries=1)
def _names(dates: Dates) -> PlaceNames:
    return build_place_names(directory_of(dates))
