"""What files are made from, for one set of data as a page showed it; loaded when one is asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from territoires.domain.selection import Dataset
from territoires.domain.versions import Version
from territoires.ui.cache import versions
from territoires.ui.cache.answers import portraits_of
from territoires.ui.cache.data import places_of, published_of
from territoires.ui.cache.geography import names_of
from territoires.ui.cache.keys import DataKey, data_key

if TYPE_CHECKING:
    from territoires.render.press import Press


class AsOf(NamedTuple):
    """Which data a page shows, and on which day: what a file of it is made from and cites.

    A button may be pressed long after the page was drawn, once another version is published. It
    holds this, not the data: those of a former version are read again for who asks.
    """

    key: DataKey
    version: Version | None
    day: date


def as_of(dataset: Dataset) -> AsOf:
    """Tell which data of a set is shown now."""
    return AsOf(data_key(dataset), versions.current_version(), date.today())


def press(shown: AsOf) -> Press:
    """Give what files of what was shown are made from."""
    return _press(*shown)


@versions.of_version
@st.cache_resource(show_spinner=False, max_entries=2)
def _press(key: DataKey, version: Version | None, day: date) -> Press:
    # Imported here: pages from which nothing is taken away need none of it.
    from territoires.render.press import Press  # noqa: PLC0415
    from territoires.views.citation import taken_from  # noqa: PLC0415

    return Press(
        published_of(key),
        places_of(key),
        names_of(key.geography),
        portraits_of(key),
        taken_from(version, day),
    )
