"""Territories side by side, then two waves of the same indicator."""

import streamlit as st

from territoires.render import comparison, comparison_charts, comparison_words, html
from territoires.render.figures import PLOTLY_CONFIG
from territoires.ui import cache, compare, exports, link, maps, shell
from territoires.ui.blocks import show_html
from territoires.views.selection import WIDE_LEVELS


@st.fragment
@cache.one_moment()
def show_comparison_page() -> None:
    """Draw all that a choice changes; the head of the page is left alone."""
    resolved = link.read_selection(WIDE_LEVELS)
    selection = resolved.selection
    view = compare.comparison(selection)
    changes = compare.changes(selection, view)
    shell.show_notices(resolved.notices)
    compare.show_choosers(selection, view)
    shell.name_page(f"Comparer : {view.title}", selection)
    show_html(comparison.notes(view))
    with st.container(key="phrase"):
        st.html(comparison.sentence(view, selection))
    chart_side, text_side = st.columns([3, 2], gap="large")
    with chart_side:
        st.plotly_chart(comparison_charts.build_dot_plot(view), config=PLOTLY_CONFIG, key="points")
        show_html(
            html.paragraph(comparison_words.describe_dot_plot(view), "lecteur-seul"),
            html.paragraph(comparison_words.dot_plot_key(view), "reserve"),
            comparison.test_note(view),
        )
    with text_side:
        show_html(comparison.order(view), comparison.caveats(view.caveats))
    exports.show_comparison_exports(view)
    with st.container(key="table"):
        show_html(comparison.territories_table(view, selection), comparison.sources(view))
    st.html("<h2>Comparer deux vagues</h2>")
    if changes is None:
        st.html(html.empty_state(comparison.ONE_WAVE))
    else:
        compare.show_other_wave(selection)
        st.html(comparison.changes_sentence(changes))
        st.plotly_chart(
            comparison_charts.build_dumbbells(changes), config=PLOTLY_CONFIG, key="vagues"
        )
        show_html(
            html.paragraph(comparison_words.describe_dumbbells(changes), "lecteur-seul"),
            html.paragraph(comparison_words.dumbbells_key(changes), "reserve"),
        )
        exports.show_changes_exports(changes)
        show_html(comparison.changes_table(changes), comparison.caveats(changes.caveats))
    if views := compare.small_maps(selection):
        st.html(comparison.small_maps_head(views))
        maps.show_small_multiples(views, comparison.small_map_titles(views), selection)


with shell.open_page(__file__, notices=False):
    st.title("Comparer des territoires", anchor=False)
    with st.container(key="comparaison"):
        show_comparison_page()
