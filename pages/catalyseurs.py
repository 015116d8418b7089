"""The directory of actors: filters, list and map in step, the nearest to a place, files."""

import streamlit as st

from territoires.render import catalyst_coverage, catalysts
from territoires.ui import cache, link, shell
from territoires.ui import catalysts as ui
from territoires.ui.blocks import show_html


@st.fragment
@cache.one_moment()
def show_directory() -> None:
    """Draw all that a choice changes; the head of the page is left alone."""
    resolved = link.read_selection()
    selection = resolved.selection
    view = ui.catalysts_view(selection)
    data = cache.published(view.dataset)
    shell.show_notices((*resolved.notices, *view.notices))
    ui.show_filters(view, selection)
    with st.container(key="phrase"):
        st.html(catalysts.introduction(view, selection))
    ui.show_tools(view, selection)
    map_side, list_side = st.columns([5, 8], gap="medium")
    with map_side:
        ui.show_points_map(view, selection)
        ui.show_legend(view)
    with list_side:
        ui.show_list(view)
    show_html(catalysts.wide_table(view, data), catalyst_coverage.partial_note(view.note))
    ui.show_coverage(view)


with shell.open_page(__file__, notices=False):
    st.title("Catalyseurs et acteurs recensés", anchor=False)
    with st.container(key="annuaire"):
        show_directory()
