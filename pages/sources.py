"""Where every figure comes from: catalogue, register, contradictions, what is missing, licences."""

import streamlit as st

from territoires.render import sources
from territoires.ui import cache, shell

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
