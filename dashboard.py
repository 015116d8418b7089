"""Home page: find one's territory, four national figures, what is published and what is missing."""

import streamlit as st

from territoires.render import home
from territoires.render.legend import build_legend
from territoires.ui import cache, map_data, maps, shell
from territoires.ui.search import show_search

with shell.open_page(__file__) as selection:
    view = cache.home_view(selection.dataset)
    left, right = st.columns([11, 9], gap="large")
    with left:
        st.html(home.introduction())
        show_search(
            "accueil",
            "Votre commune, code postal, intercommunalité, département ou région",
            cache.search_zones(selection.dataset),
        )
        st.html(home.national_figures(view))
    with right:
        map_view = map_data.overview(selection)
        with st.container(key="phrase"):
            st.html(home.map_caption(map_view))
        maps.show_small_map(map_view, selection)
        with st.container(key="legende"):
            st.html(build_legend(map_view))
        st.html(home.map_door())
    st.html(home.coverage(view))
    st.html(home.doors())
