"""The parts of « Agir » that Streamlit draws: choice of a domain, funnel, chronology."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from territoires.domain.indicators import Nature
from territoires.domain.kit import Kit
from territoires.domain.selection import Selection
from territoires.render import agir, html, programme, timeline
from territoires.render.figures import PLOTLY_CONFIG
from territoires.ui import exports, link, state
from territoires.ui.blocks import show_html
from territoires.views.datasets import draft_mark, mark_of, watermark_of
from territoires.views.programme import build_programme
from territoires.views.timeline import build_timeline

_EVERY_DOMAIN = "Tous les domaines"


def show_domain(selection: Selection, kit: Kit) -> None:
    """Draw the choice of a domain to start from."""
    labels = {domain.domain_id: domain.label for domain in kit.domains}
    st.selectbox(
        "Partir d’un domaine de fragilité",
        ["", *labels],
        format_func=lambda name: labels.get(name, _EVERY_DOMAIN),
        filter_mode=None,
        width=380,
        **state.controlled(
            "domaine", selection.domain if selection.domain in labels else "", _with_domain
        ),
    )
    st.html(agir.domain_note())


def show_programme(selection: Selection, kit: Kit) -> None:
    """Draw the 2018 programme: its frame, its funnel beside its table, its content, its people."""
    view = build_programme(kit)
    mark = draft_mark(selection.dataset)
    st.html(agir.title("parcours-2018"))
    if view is None:
        st.html(html.empty_state("Aucune ligne dans programme_experience.csv."))
        return
    show_html(programme.frame(view, mark_of(selection.dataset, Nature.CONTEXTE)))
    st.html("<h3>Les territoires, du nombre visé au bilan</h3>")
    chart, table = st.columns([1, 1], gap="large")
    chart.plotly_chart(
        programme.build_funnel_chart(view.funnel, watermark_of(selection.dataset, Nature.CONTEXTE)),
        config=PLOTLY_CONFIG,
        key="entonnoir",
    )
    chart.html(html.paragraph(programme.describe_funnel(view.funnel), "reserve"))
    with chart:
        exports.show_funnel_exports(view, selection.dataset)
    table.html(programme.funnel_table(view, mark))
    show_html(programme.content(view), programme.people(view, mark))


def show_timeline(selection: Selection, kit: Kit) -> None:
    """Draw the chronology, period by period, then its table."""
    view = build_timeline(kit)
    mark = mark_of(selection.dataset, Nature.CONTEXTE)
    show_html(agir.title("chronologie"), timeline.introduction(view, mark))
    if view.periods:
        columns = st.columns(len(view.periods), gap="medium")
        for number, (column, period) in enumerate(zip(columns, view.periods, strict=True)):
            column.html(timeline.period_title(period) + timeline.said(period))
            column.plotly_chart(
                timeline.build_timeline_chart(
                    period, watermark_of(selection.dataset, Nature.CONTEXTE)
                ),
                config=PLOTLY_CONFIG,
                key=f"chronologie_{number}",
            )
        st.html(html.paragraph(timeline.KEY, "reserve"))
        exports.show_timeline_exports(view, selection.dataset)
    show_html(timeline.table(view, draft_mark(selection.dataset)))


def _with_domain(domain_id: object) -> Selection:
    """Change the domain of the link as it is now, which an answer may just have changed."""
    return replace(link.read_selection().selection, domain=str(domain_id or ""))
