"""A territory's page: what weighs on it, how it stands, who can help nearby, what to do next."""

import streamlit as st

from territoires.render import portrait
from territoires.render.search import results
from territoires.ui import cache, shell, state, territory
from territoires.ui.search import show_search
from territoires.views.search import search

_LABEL = "Commune, code postal, intercommunalité, département, région"

with shell.open_page(__file__) as selection:
    if selection.territory is None:
        st.title("Quel est votre territoire ?", anchor=False)
        show_search("page", _LABEL, cache.search_zones(selection.dataset))
        if asked := state.asked_name():
            st.html(results(search(cache.search_index(), asked), asked))
        st.html(portrait.regions_list(cache.directory()))
    else:
        name = cache.directory(selection.dataset).get(selection.territory).name
        shell.name_page(name, selection)
        territory.show_portrait(selection)
