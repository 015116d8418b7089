"""The map: an indicator, a level, actors on top; the same data as a table."""

import streamlit as st

from territoires.render import actors, map_page
from territoires.render.legend import build_legend
from territoires.ui import cache, exports, link, map_data, maps, selectors, shell
from territoires.ui.blocks import show_html
from territoires.views.french import LEVEL_LABELS


@st.fragment
@cache.one_moment()
def show_map_page() -> None:
    """Draw all that a choice changes; the head of the page is left alone."""
    resolved = link.read_selection()
    selection = resolved.selection
    shown = cache.on_map(selection)
    shell.show_notices(resolved.notices)
    selectors.show_selectors(selection)
    view = cache.map_view(selection)
    data = cache.published(selection.dataset)
    counts = map_data.actor_counts(view)
    note = data.lists["catalysts"]
    shell.name_page(view.title, selection)
    with st.container(key="phrase"):
        st.html(map_page.trail(map_data.trail(view)) + map_page.sentence(view, selection))
    map_side, text_side = st.columns([7, 3], gap="medium")
    with map_side:
        maps.show_map(view, shown)
        on_map = map_data.placed_actors(view) if maps.shows_actors(view, selection) else ()
        exports.show_map_exports(view, shown, on_map)
    with text_side:
        below = map_data.descents(view, shown.territory)
        st.html(map_page.summary(view, shown, counts, note, below))
        with st.container(key="legende"):
            st.html(build_legend(view))
        show_html(actors.build_actors_legend(data.catalyst_kinds, on_map))
        show_html(map_page.caveats(view))
    with st.container(key="table"):
        st.html(map_page.data_table(view, shown) + map_page.sources(view))
    said = map_data.actors_sentence(view, counts)
    st.html(actors.actors_by_territory(counts, LEVEL_LABELS[view.level], data, said))


with shell.open_page(__file__, notices=False):
    st.html('<h1 class="lecteur-seul">Carte</h1>')
    show_map_page()
