"""The chronology as charts (plotly) that are read without a pointer, and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from territoires.domain.indicators import Fiabilite
from territoires.domain.kit import Milestone
from territoires.render import html, record
from territoires.render.chart_marks import LATER
from territoires.render.figures import add_watermark
from territoires.render.typography import escape
from territoires.views.french import count, format_source_date
from territoires.views.timeline import Period, Timeline, day_label

if TYPE_CHECKING:
    import plotly.graph_objects as go

KEY = (
    "De haut en bas, dans l’ordre des dates ; l’écart entre deux points ne mesure pas la durée. "
    "Cercle creux : date ou fait que les sources ne donnent pas de la même façon."
)
_FONT_PX, _YEAR_PX = 14, 16
#: A phone of 320 px shows about this many letters on one line, right of the dots.
_LINE_LETTERS = 40
_LINE_PX, _ROW_GAP_PX = 18, 9
_YEAR_HEIGHT_PX, _YEAR_GAP_PX = 24, 8
_TEXT_SHIFT_PX = 14
_MARGIN = {"l": 10, "r": 2, "t": 4, "b": 4}
_TRACK = "rgba(128, 136, 136, 0.55)"


@dataclass(frozen=True, slots=True)
class _Row:
    """An event at its height from the top (px), its text folded in lines."""

    milestone: Milestone
    y: float
    text: str


def build_timeline_chart(period: Period, watermark: str = "") -> go.Figure:
    """Draw the events of a period from top to bottom, each with its date and title beside it.

    One row per event, under its year, so that nothing overlaps whatever the width.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 - slow to load, needed on this page only

    rows, years, depth = _place(period)
    figure = go.Figure()
    figure.add_shape(type="line", x0=0, x1=0, y0=0, y1=depth, line={"color": _TRACK, "width": 2})
    for doubtful in (False, True):
        shown = [row for row in rows if _is_doubtful(row.milestone) is doubtful]
        figure.add_scatter(
            x=[0] * len(shown),
            y=[row.y + _LINE_PX / 2 for row in shown],
            mode="markers",
            marker={
                "color": LATER.colour,
                "symbol": "circle-open" if doubtful else "circle",
                "size": 11,
                "line": {"width": 2, "color": LATER.colour},
            },
            cliponaxis=False,
            hoverinfo="skip",
        )
    texts = [_text(f"<b>{year}</b>", y, _YEAR_PX) for y, year in years]
    texts += [_text(row.text, row.y, _FONT_PX) for row in rows]
    _lay_out(figure, texts, depth)
    return add_watermark(figure, watermark)


def describe_timeline(period: Period) -> str:
    """Say in words what the chart shows."""
    told = " ; ".join(f"{format_source_date(m.date)}, {m.title}" for m in period.milestones)
    return f"Chronologie {period.label}, {count(len(period.milestones), 'jalon')} : {told}."


def introduction(view: Timeline, mark: str = "") -> str:
    """Say how many events there are and what the gaps mean."""
    return html.paragraph(f"{mark}{view.sentence}", "")


def period_title(period: Period) -> str:
    """Name a period above its chart."""
    return f"<h3>{escape(period.label)}</h3>"


def said(period: Period) -> str:
    """Write what the chart shows, for screen readers."""
    return html.paragraph(describe_timeline(period), "lecteur-seul")


def table(view: Timeline, mark: str = "") -> str:
    """Write every event with its description and its source, folded."""
    rows = [
        (
            f'<span class="insecable">{escape(format_source_date(m.date))}</span>',
            f"<strong>{escape(m.title)}</strong><br>{escape(m.description)}",
            (
                html.source_text(view.sources[m.source_id])
                if m.source_id in view.sources
                else html.NO_FIGURE
            ),
            html.fiabilite_tag(m.fiabilite, bare=True),
        )
        for m in view.milestones
    ]
    if not rows:
        return html.empty_state("Aucun jalon n’est recensé dans milestones.csv.")
    content = html.table(
        [(heading, False) for heading in ("Date", "Jalon", "Source", "Fiabilité")],
        rows,
        caption=f"{mark}Chronologie, dans l’ordre des dates",
        label="Chronologie",
        stacked=True,
        real=True,
    )
    summary = escape(f"Le tableau : {count(len(rows), 'jalon')}, description et source de chacun")
    return (
        f'<details class="theme"><summary>{summary}</summary>{content}</details>'
        f"{record.divergence_panels(view.divergences)}"
    )


def _is_doubtful(milestone: Milestone) -> bool:
    return milestone.fiabilite is Fiabilite.AMBIGUE


def _place(period: Period) -> tuple[list[_Row], list[tuple[float, int]], float]:
    """Give each event and year its height in pixels from the top, then the whole height."""
    rows: list[_Row] = []
    years: list[tuple[float, int]] = []
    depth = 0.0
    for year in period.years:
        depth += _YEAR_GAP_PX if years else 0
        years.append((depth, year.year))
        depth += _YEAR_HEIGHT_PX
        for milestone in year.milestones:
            lines = _lines(milestone)
            rows.append(_Row(milestone, depth, "<br>".join(escape(line) for line in lines)))
            depth += _LINE_PX * len(lines) + _ROW_GAP_PX
    return rows, years, depth


def _lines(milestone: Milestone) -> list[str]:
    """Fold the date and the title; a no-break space never parts from its neighbour."""
    day = day_label(milestone)
    text = f"{day} – {milestone.title}" if day else milestone.title
    return wrap(text, _LINE_LETTERS, break_on_hyphens=False)


def _text(text: str, y: float, size: int) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0,
        "y": y,
        "xanchor": "left",
        "yanchor": "top",
        "xshift": _TEXT_SHIFT_PX,
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
        "font": {"size": size},
    }


def _lay_out(figure: go.Figure, texts: list[dict[str, Any]], depth: float) -> None:
    figure.update_layout(
        # All at once: each one added by itself would have plotly check the others again.
        annotations=texts,
        height=round(depth + _MARGIN["t"] + _MARGIN["b"]),
        margin=_MARGIN,
        showlegend=False,
        font={"family": "Atkinson, sans-serif", "size": _FONT_PX},
        dragmode=False,
        hovermode=False,
        xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
        yaxis={"range": [depth, 0], "visible": False, "fixedrange": True},
    )
