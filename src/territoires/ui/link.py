"""The link read against the data it asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import streamlit as st

from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.errors import StoryError
from territoires.render import qr
from territoires.ui import cache, state
from territoires.views.selection import MAP_LEVELS, Resolved, resolve_dataset, resolve_selection


def asks_draft(params: Mapping[str, str]) -> bool:
    """Tell whether a link asks for the reader's own draft."""
    return params.get("jeu") == Dataset.BROUILLON.value


def read_selection(levels: Sequence[Level] = MAP_LEVELS) -> Resolved:
    """Read the link: what is in view, and a notice for each parameter that had to be replaced.

    ``levels`` are those that the page offers.
    """
    return read_params(state.link(), levels)


def read_params(params: Mapping[str, str], levels: Sequence[Level] = MAP_LEVELS) -> Resolved:
    """Read the parameters of a link, which may be another than that of the page."""
    dataset = read_dataset(params)
    data, places = cache.published(dataset), cache.directory(dataset)
    return resolve_selection(params, data, places, levels)


def read_dataset(params: Mapping[str, str]) -> Dataset:
    """Tell which set of data the parameters of a link ask for; one that is not there gives way."""
    dataset, _ = resolve_dataset(params, has_draft=asks_draft(params) and cache.has_draft())
    return dataset


def own_base() -> str:
    """Give the address at which this person reads the application; empty where it is not known."""
    parts = urlsplit(st.context.url or "")
    try:
        return qr.read_base(f"{parts.scheme}://{parts.netloc}") if parts.netloc else ""
    except StoryError:
        return ""
