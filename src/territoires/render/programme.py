"""The 2018 programme of experience: funnel (plotly) and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from territoires.domain.indicators import Fiabilite
from territoires.domain.kit import ProgrammeItem
from territoires.render import html, record
from territoires.render.chart_marks import EARLIER, LATER
from territoires.render.figures import add_watermark
from territoires.render.typography import NBSP, escape
from territoires.views.french import format_number
from territoires.views.programme import NO_DATE, Branch, Committee, Funnel, Programme, say_dates

if TYPE_CHECKING:
    import plotly.graph_objects as go

_FONT_PX = 14
_ROW_PX, _TOP_PX = 58, 34
_BAR = 0.44
#: Room right of the longest bar, as a share of it.
_ROOM = 1.08


def build_funnel_chart(funnel: Funnel, watermark: str = "") -> go.Figure:
    """Draw the territories asked, agreed and reported as bars, what was aimed at as a line."""
    import plotly.graph_objects as go  # noqa: PLC0415 - slow to load, needed on this page only

    values = [item.value or 0 for item in funnel.levels]
    heights = list(range(len(values)))
    figure = go.Figure()
    figure.add_bar(
        x=values,
        y=heights,
        orientation="h",
        width=_BAR,
        marker={"color": LATER.colour},
        text=[format_number(value) for value in values],
        textposition="inside",
        insidetextanchor="end",
        textangle=0,
        textfont={"color": "#ffffff", "size": 16},
        hoverinfo="skip",
    )
    for y, item in zip(heights, funnel.levels, strict=True):
        _write(figure, item.label, x=0, y=y - _BAR / 2, yanchor="bottom")
    if funnel.target and funnel.target.value is not None:
        _draw_target(figure, funnel.target, len(values))
    figure.update_layout(
        height=_ROW_PX * len(values) + _TOP_PX,
        margin={"l": 2, "r": 2, "t": _TOP_PX, "b": 2},
        showlegend=False,
        font={"family": "Atkinson, sans-serif", "size": _FONT_PX},
        dragmode=False,
        hovermode=False,
        xaxis={
            "range": [0, _ROOM * max([*values, 1])],
            "visible": False,
            "fixedrange": True,
        },
        yaxis={"range": [len(values) - 0.7, -0.7], "visible": False, "fixedrange": True},
    )
    return add_watermark(figure, watermark)


def describe_funnel(funnel: Funnel) -> str:
    """Say in words what the chart shows."""
    return f"Territoires du parcours d’expérience. {funnel.sentence}"


def funnel_table(view: Programme, mark: str = "") -> str:
    """Write every number of the funnel with its words and its card."""
    rows = [
        (
            escape(item.label),
            _number(item, view),
            escape(item.detail) or "–",
            html.fiabilite_tag(item.fiabilite, bare=True),
        )
        for item in view.funnel.items
    ]
    return html.table(
        (("Territoires", False), ("Nombre", True), ("Détail", False), ("Fiabilité", False)),
        rows,
        caption=f"{mark}Du nombre visé au nombre cité au bilan",
        label="Territoires du parcours d’expérience",
        stacked=True,
        real=True,
    )


def frame(view: Programme, mark: str = "") -> str:
    """Say what the programme was."""
    items = "".join(f"<li>{_frame_line(item)}</li>" for item in view.frame)
    return (
        html.paragraph(f"{mark}{view.sentence}", "")
        + f'<ul class="liste-serree">{items}</ul>'
        + record.sources_line(_lines(view.frame), view.sources)
    )


def content(view: Programme) -> str:
    """Write themes, phases and sessions."""
    themes = "".join(f"<li>{escape(item.label)}</li>" for item in view.themes)
    phases = "".join(_phase(branch) for branch in view.phases)
    sessions = "".join(_session(branch) for branch in view.sessions)
    every = [*view.themes, *(branch.item for branch in (*view.phases, *view.sessions))]
    return (
        f'<h3>Les thématiques</h3><ol class="thematiques">{themes}</ol>'
        f'<h3>Les phases</h3><ul class="fiches-serrees">{phases}</ul>'
        f'<h3>Les sessions</h3><ul class="fiches-serrees">{sessions}</ul>'
        f"{record.sources_line(_lines(every), view.sources)}"
    )


def people(view: Programme, mark: str = "") -> str:
    """Write committees, named pilots and the events of the programme."""
    committees = [_committee(committee, view) for committee in view.committees]
    table = html.table(
        [(heading, False) for heading in ("Comité", "Rôle", "Membres", "Réunions")],
        committees,
        caption=f"{mark}Les comités, leurs membres et leurs réunions",
        label="Comités du parcours d’expérience",
        stacked=True,
        real=True,
    )
    return (
        f"{_folded('Les comités', table)}"
        f"{_folded('Les territoires nommés', _list(view.pilots, view, dated=False))}"
        f"{_folded('Les dates', _list(view.events, view, dated=True))}"
        "<h3>Là où les publications ne disent pas la même chose</h3>"
        f"{record.divergence_panels(view.divergences)}"
    )


def _folded(title: str, text: str) -> str:
    return f'<details class="theme"><summary>{escape(title)}</summary>{text}</details>'


def _frame_line(item: ProgrammeItem) -> str:
    dates = f", {say_dates(item)}" if item.date_start else ""
    return f"<strong>{escape(item.label)}</strong>{NBSP}: {escape(item.detail + dates)}."


def _number(item: ProgrammeItem, view: Programme) -> str:
    return record.number_button(
        "" if item.value is None else format_number(item.value),
        item.label,
        detail=item.detail,
        date=item.date_start,
        fiabilite=item.fiabilite,
        source=view.sources.get(item.source_id),
    )


def _phase(branch: Branch) -> str:
    steps = "".join(f"<li>{escape(step.label)}</li>" for step in branch.children)
    return (
        f"<li><h4>{branch.item.order}. {escape(branch.item.label)}</h4>"
        f"{html.paragraph(_capital(say_dates(branch.item)), 'reserve')}"
        f'<p>{escape(branch.item.detail)}</p><ul class="liste-serree">{steps}</ul></li>'
    )


def _session(branch: Branch) -> str:
    parts = "".join(
        f"<dt>{escape(label)}</dt>" + "".join(f"<dd>{escape(i.detail)}</dd>" for i in items)
        for label, items in groupby(branch.children, key=lambda item: item.label)
    )
    return (
        f"<li><h4>{escape(branch.item.label)}</h4>"
        f"{html.paragraph(_capital(say_dates(branch.item)), 'reserve')}"
        f"<p>{escape(branch.item.detail)}</p><dl>{parts}</dl></li>"
    )


def _committee(committee: Committee, view: Programme) -> tuple[str, str, str, str]:
    members = [escape(member.label) for member in committee.members]
    members += [
        f"{escape(m.label)} {html.fiabilite_tag(m.fiabilite, bare=True)}"
        f'<br><span class="reserve">{escape(m.detail)}</span>'
        for m in committee.named_later
    ]
    meetings = "".join(f"<li>{_dated(item)}</li>" for item in committee.meetings)
    size = _number(committee.item, view) if committee.item.value is not None else ""
    return (
        f"<strong>{escape(committee.item.label)}</strong>"
        + (f'<br><span class="reserve">membres{NBSP}: {size}</span>' if size else ""),
        escape(committee.item.detail),
        ", ".join(members) or html.NO_FIGURE,
        f'<ul class="liste-serree">{meetings}</ul>' if meetings else html.NO_FIGURE,
    )


def _list(items: Sequence[ProgrammeItem], view: Programme, *, dated: bool) -> str:
    if not items:
        return html.empty_state("Non disponible.")
    lines = "".join(
        f"<li>{_dated(item) if dated else _named(item)}"
        f"{record.source_line(view.sources.get(item.source_id), item.fiabilite)}</li>"
        for item in items
    )
    return f'<ul class="liste-serree">{lines}</ul>'


def _dated(item: ProgrammeItem) -> str:
    when = say_dates(item) if item.date_start else NO_DATE
    detail = f" – {item.detail}" if item.detail else ""
    return f"{escape(item.label)}{NBSP}: <strong>{escape(when)}</strong>{escape(detail)}"


def _named(item: ProgrammeItem) -> str:
    return f"<strong>{escape(item.label)}</strong> – {escape(item.detail)}"


def _lines(items: Sequence[ProgrammeItem]) -> list[tuple[str, Fiabilite]]:
    return [(item.source_id, item.fiabilite) for item in items]


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _draw_target(figure: go.Figure, target: ProgrammeItem, rows: int) -> None:
    line = {"color": EARLIER.colour, "width": 3, "dash": "dash"}
    figure.add_shape(
        type="line", x0=target.value, x1=target.value, y0=-0.7, y1=rows - 0.7, line=line
    )
    _write(
        figure,
        f"{target.label} : {format_number(target.value or 0)}",
        x=target.value or 0,
        y=-0.7,
        yanchor="bottom",
        xanchor="right",
    )


def _write(
    figure: go.Figure, text: str, *, x: float, y: float, yanchor: str, xanchor: str = "left"
) -> None:
    figure.add_annotation(
        text=escape(text),
        x=x,
        y=y,
        xanchor=xanchor,
        yanchor=yanchor,
        showarrow=False,
        borderpad=0,
        font={"size": _FONT_PX},
    )
