"""A territory's page: what weighs on it, how it stands, who can help nearby, what to do next."""

import streamlit as st

from territoires.render import portrait
from territoires.ui import cache, shell, territory
from territoires.ui.search import show_search

with shell.open_page(__file__) as selection:
    if selection.territory is None:
        st.title("Quel est votre territoire ?", anchor=False)
        show_search("page", "Commune, code postal, intercommunalité, département, région")
        st.html(portrait.regions_list(cache.directory()))
    else:
        shell.name_page(cache.directory(selection.dataset).get(selection.territory).name, selection)
        territory.show_portrait(selection)
