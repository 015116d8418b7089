"""Who asks, as the server sees it: for ``domain.publishing`` alone."""

from __future__ import annotations

import streamlit as st

from territoires import settings
from territoires.domain.publishing import Caller


def find_caller() -> Caller:
    """Describe the request of this session: its headers and, where it is known, its peer."""
    asked = st.context.headers
    # A header given twice is told whole: the last one alone might hide the first.
    headers = {name: ", ".join(asked.get_all(name)) for name in asked}
    return Caller(is_open=settings.PUBLISHING_OPEN, headers=headers, address=st.context.ip_address)
