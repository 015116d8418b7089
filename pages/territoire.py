"""A territory's page: what is published about it, beside France, and who can help nearby."""

import streamlit as st

from territoires.domain.indicators import Nature
from territoires.render import figures, html, portrait
from territoires.ui import cache, shell
from territoires.ui.blocks import show_html
from territoires.ui.search import show_search
from territoires.views.datasets import watermark_of

with shell.open_page(__file__) as selection:
    if selection.territory is None:
        st.title("Quel est votre territoire ?", anchor=False)
        show_search("page", "Commune, code postal, intercommunalité, département, région")
        st.html(portrait.regions_list(cache.directory()))
    else:
        view = cache.portrait(selection.dataset, selection.territory)
        data = cache.published(selection.dataset)
        shell.name_page(view.territory.name, selection)
        st.title(view.territory.name, anchor=False)
        with st.container(key="phrase"):
            st.html(portrait.head(view) + portrait.sentence(view))
        with st.container(key="table"):
            show_html(portrait.surveys(view))
        show_html(portrait.context(view))
        if view.profile:
            st.html("<h2>Le profil des collectivités</h2>")
            chart, table = st.columns([1, 1], gap="large")
            with chart:
                st.plotly_chart(
                    figures.build_size_chart(
                        view.profile, watermark_of(selection.dataset, Nature.COG)
                    ),
                    config=figures.PLOTLY_CONFIG,
                    key="profil",
                )
                st.html(html.paragraph(figures.describe_size_chart(view.profile), "reserve"))
            with table:
                st.html(portrait.profile_counts(view.profile))
        note = data.lists["catalysts"]
        show_html(
            portrait.actors(view, data.catalyst_kinds, data.sources, note),
            portrait.maturity(view),
            portrait.domains(view),
        )
