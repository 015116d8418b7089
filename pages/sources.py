"""Where every figure comes from: catalogue, register, contradictions, what is missing, licences."""

import streamlit as st

from territoires.render import history, sources
from territoires.render.file_names import Register
from territoires.ui import cache, shell, table_exports
from territoires.ui.cache import versions
from territoires.views.history import build_history

with shell.open_page(__file__) as selection:
    data = cache.published(selection.dataset)
    st.title("Sources", anchor=False)
    st.html(sources.introduction(data))
    with st.container(key="table"):
        st.html(sources.catalogue(data))
    table_exports.show_register_exports(Register.INDICATEURS, data.dataset)
    st.html(sources.contradictions(data))
    if len(data.contradictions):
        table_exports.show_register_exports(Register.LECTURES, data.dataset)
    st.html(sources.unavailable(data))
    if len(data.unavailable) or len(data.groupings):
        table_exports.show_register_exports(Register.MANQUANTS, data.dataset)
    st.html(sources.register(data))
    table_exports.show_register_exports(Register.SOURCES, data.dataset)
    st.html(sources.attributions())
    st.html(history.versions_summary(build_history(versions.listed(), data.sources)))
