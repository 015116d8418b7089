"""What the studies say of France: by theme, by actor, over the cycles of studies."""

from dataclasses import replace

import streamlit as st

from territoires.domain.selection import Selection
from territoires.render import html, landmark_charts, landmarks
from territoires.render.figures import PLOTLY_CONFIG
from territoires.render.story_views import NO_THEME
from territoires.ui import cache, exports, shell, state, table_exports
from territoires.ui.blocks import show_html
from territoires.views.datasets import EDITIONS
from territoires.views.landmarks import ThemeView, build_theme_view


def show_theme(view: ThemeView, selection: Selection) -> None:
    """Draw a theme: who was asked, then each question, then the figures that stand alone."""
    labels = {theme.slug: theme.label for theme in view.themes}
    st.pills(
        "Thème",
        list(labels),
        format_func=labels.__getitem__,
        required=True,
        **state.controlled(
            "repere", view.theme.slug, lambda slug: replace(selection, theme=str(slug))
        ),
    )
    with st.container(key="phrase"):
        st.html(landmarks.introduction(view))
    with st.container(key="matrice"):
        st.html(landmarks.matrix(view))
    with st.container(key="questions"):
        show_html("<h2>Question par question</h2>" if view.questions else "")
        for number, question in enumerate(view.questions):
            st.html(landmarks.question_head(question, view))
            chart, table = st.columns([1, 1], gap="medium")
            chart.plotly_chart(
                landmark_charts.build_question_chart(question, EDITIONS[view.dataset].watermark),
                config=PLOTLY_CONFIG,
                key=f"question_{view.theme.slug}_{number}",
            )
            if note := landmarks.question_note(question):
                chart.html(note)
            with chart:
                exports.show_question_exports(view, question, number)
            table.html(landmarks.question_table(question, view))
    show_html(landmarks.lines(view))
    table_exports.show_theme_exports(view)
    show_html(landmarks.contradictions(view))


with shell.open_page(__file__) as selection:
    data = cache.published(selection.dataset)
    view = build_theme_view(data, selection.theme)
    shell.name_page(f"{view.theme.label}, repères" if view else "Repères", selection)
    st.title("Repères nationaux", anchor=False)
    if view is None:
        st.html(html.empty_state(NO_THEME))
    else:
        show_theme(view, selection)
    show_html(landmarks.unavailable(data))
