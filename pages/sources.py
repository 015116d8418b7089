"""Where every figure comes from: catalogue, register, contradictions, what is missing, licences."""

import streamlit as st

from territoires.render import history, sources
from territoires.ui import cache, shell
from territoires.ui.cache import versions
from territoires.views.history import build_history

with shell.open_page(__file__) as selection:
    data = cache.published(selection.dataset)
    st.title("Sources", anchor=False)
    st.html(sources.introduction(data))
    with st.container(key="table"):
        st.html(sources.catalogue(data))
    st.html(sources.contradictions(data))
    st.html(sources.unavailable(data))
    st.html(sources.register(data))
    st.html(sources.attributions())
    st.html(history.versions_summary(build_history(versions.listed(), data.sources)))
