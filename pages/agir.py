"""The kit as a path from one's own starting point, the 2018 programme, the chronology, the facts."""

import streamlit as st

from territoires.render import agir
from territoires.render.file_names import Register
from territoires.ui import cache, shell, table_exports
from territoires.ui.agir import show_domain, show_programme, show_timeline
from territoires.ui.assessment import show_assessment
from territoires.ui.blocks import show_html
from territoires.views.datasets import draft_mark
from territoires.views.kit import build_path, check_domain, group_facts
from territoires.views.next_steps import build_next_steps

with shell.open_page(__file__) as selection:
    data = cache.published(selection.dataset)
    kit = data.kit
    shell.show_notices(check_domain(kit, selection.domain))
    st.title("Agir", anchor=False)
    st.html(agir.introduction(selection.dataset))
    st.html(agir.title("ou-en-etes-vous"))
    with st.container(key="depart"):
        questions, steps = st.columns([1, 1], gap="large")
        with questions:
            stage = show_assessment(selection).stage
        chosen = (selection.domain,) if selection.domain else ()
        view = build_next_steps(kit, stage, chosen, has_actors_nearby=False)
        steps.html("<h2>Vos prochains pas</h2>" + agir.next_steps(view, questions=""))
    st.html(agir.title("kit"))
    show_domain(selection, kit)
    path = build_path(data, stage, selection.domain)
    with st.container(key="kit"):
        show_html(agir.domain_help(path.help), agir.path(path))
        table_exports.show_register_exports(Register.RESSOURCES, selection.dataset)
    with st.container(key="programme"):
        show_programme(selection, kit)
        table_exports.show_register_exports(Register.PARCOURS, selection.dataset)
    with st.container(key="chronologie"):
        show_timeline(selection, kit)
    facts = agir.facts(group_facts(kit), kit.sources, draft_mark(selection.dataset))
    show_html(agir.title("reperes-chiffres"), facts)
    table_exports.show_register_exports(Register.REPERES, selection.dataset)
