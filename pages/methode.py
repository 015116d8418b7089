"""How to read the figures: words, thresholds and rules, each with an example computed here."""

import streamlit as st

from territoires.render import method
from territoires.ui import cache, shell, table_exports
from territoires.views.method import build_method_view

with shell.open_page(__file__) as selection:
    st.title("Méthode", anchor=False)
    st.html(method.introduction())
    view = build_method_view(cache.published(selection.dataset), cache.directory())
    scales, *others = method.sections(view)
    st.html(scales)
    table_exports.show_scales_exports(view)
    for section in others:
        st.html(section)
