"""What files are made from, for one set of data; loaded when somebody asks for a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

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


def press(dataset: Dataset) -> Press:
    """Give what files of a set of data are made from, as it stands today."""
    return _press(data_key(dataset), versions.current_version(), date.today())


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
