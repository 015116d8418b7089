"""HTML and chart of the maturity of co-construction: the ladder, then every published reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from territoires.analysis.precision import Precision
from territoires.domain.indicators import Fiabilite, Nature
from territoires.render import html
from territoires.render.chart_marks import EARLIER, LATER
from territoires.render.portrait_tables import local_figure, national_figure, say_difference
from territoires.render.row_charts import ChartRow, Mark, build_row_chart, rows_key
from territoires.render.typography import escape
from territoires.views.datasets import EDITIONS, watermark_of
from territoires.views.figure import Figure
from territoires.views.french import count, format_wave
from territoires.views.landmarks import Contradiction
from territoires.views.maturity import UNPUBLISHED, Maturity, Rung
from territoires.views.portrait_figures import Comparison

if TYPE_CHECKING:
    import plotly.graph_objects as go

_FRANCE = "France"
_NOTHING = "–"
LADDER_NOTE = (
    "Les cinq échelons sont une échelle de lecture de ce site, du moins au plus avancé ; aucune "
    "étude publiée ne les a demandés, et aucun chiffre publié n’y est rangé."
)


def ladder_table(maturity: Maturity) -> str:
    """Write the share of each rung, the highest on top as on a ladder; « non publié » elsewhere."""
    rungs = maturity.rungs[::-1]
    if not any(rung.line for rung in rungs):
        return _empty_ladder(maturity)
    holder = maturity.holder
    headings = [("Échelon", False)]
    headings += [(holder.territory.name, True)] if holder else []
    headings += [(_FRANCE, True)]
    headings += [("Par rapport à la France", False)] if holder else []
    rows = []
    for rung in rungs:
        cells = [f"<strong>{escape(rung.title)}</strong>"]
        cells += [_local(rung)] if holder else []
        cells.append(_national(rung, with_interval=not holder))
        cells += [_verdict(rung.line)] if holder else []
        rows.append(cells)
    places = f"{holder.territory.name} et France" if holder else _FRANCE
    table = html.table(
        headings,
        rows,
        caption=f"{EDITIONS[maturity.dataset].mark}Échelle de maturité, {places}, "
        f"{format_wave(maturity.wave)}. Sous chaque part, son intervalle de confiance à 95 %.",
        label="Échelle de maturité",
        stacked=True,
    )
    notes = "".join(html.paragraph(text, "reserve") for text in maturity.caveats)
    return table + notes


def _empty_ladder(maturity: Maturity) -> str:
    """Write the rungs without any figure: none is invented where none is published."""
    items = "".join(
        f"<li><b>{rung.number}</b> {escape(f'{rung.label} : {UNPUBLISHED}')}</li>"
        for rung in maturity.rungs
    )
    return (
        f'<ol class="echelons" aria-label="Échelons, du premier au dernier">{items}</ol>'
        f"{html.paragraph(LADDER_NOTE, 'reserve')}"
    )


def readings(maturity: Maturity) -> str:
    """Write the other figures of the subject, with every wording published for each."""
    lines = maturity.readings
    if not lines:
        return ""
    holder = next((line.holder for line in lines if line.holder), None)
    headings = [("Chiffre", False)]
    headings += [(holder.territory.name, True)] if holder else []
    headings += [(_FRANCE, True), ("Ce que dit la source", False), ("Date", False)]
    rows = []
    for line in lines:
        figure = line.local or line.national
        if figure is None:
            continue
        cells = [_question(line, figure)]
        cells += [local_figure(line, with_interval=True)] if holder else []
        cells.append(national_figure(line, with_interval=not line.local))
        cells += [_wordings(figure), escape(format_wave(figure.wave))]
        rows.append(cells)
    places = f"{holder.territory.name} et France" if holder else _FRANCE
    mark = EDITIONS[maturity.dataset].mark
    return "<h3>Les chiffres sur le sujet, lecture par lecture</h3>" + html.table(
        headings,
        rows,
        caption=f"{mark}Maturité de la co-construction, {places} : chaque ligne a sa propre "
        "question, elles ne s’additionnent ni ne se soustraient",
        label="Lectures de la maturité",
        stacked=True,
    )


def build_ladder_chart(maturity: Maturity) -> go.Figure:
    """Draw each rung's share with its interval, the territory's then France's, highest on top."""
    watermark = watermark_of(maturity.dataset, Nature.ENQUETE)
    return build_row_chart(chart_rows(maturity), watermark=watermark, has_stems=True)


def ladder_key(maturity: Maturity) -> str:
    """Say on one line what the marks of the chart are."""
    return rows_key(chart_rows(maturity))


def chart_rows(maturity: Maturity) -> list[ChartRow]:
    """Give the rungs from the highest down, each with the territory's share and France's."""
    rows = []
    for rung in maturity.rungs[::-1]:
        marks = []
        if maturity.holder:
            own = rung.line.local if rung.line else None
            marks.append(Mark(maturity.holder.territory.name, LATER, own))
        marks.append(Mark(_FRANCE, EARLIER, rung.line.national if rung.line else None))
        rows.append(ChartRow(rung.title, tuple(marks)))
    return rows


def _local(rung: Rung) -> str:
    if rung.line is None or rung.line.local is None:
        return escape(UNPUBLISHED)
    shown = local_figure(rung.line, with_interval=True)
    # The reason why a figure is hidden already stands in its place.
    if rung.line.local.suppression:
        return shown
    return f"{shown} {html.precision_tag(rung.line.local, bare=True)}"


def _national(rung: Rung, *, with_interval: bool) -> str:
    if rung.line is None or rung.line.national is None:
        return escape(UNPUBLISHED)
    return national_figure(rung.line, with_interval=with_interval)


def _verdict(line: Comparison | None) -> str:
    return escape(say_difference(line.difference, line.local) if line else "") or _NOTHING


def _question(line: Comparison, figure: Figure) -> str:
    """Name a figure, who was asked, and what makes it less sure."""
    known = [line.indicator.actor_label]
    known += [str(figure.precision)] if figure.precision is Precision.INCONNUE else []
    doubt = ""
    if figure.fiabilite is Fiabilite.AMBIGUE:
        doubt = f"<br>{html.fiabilite_tag(figure.fiabilite, bare=True)}"
    return (
        f"<strong>{escape(line.indicator.label)}</strong>"
        f"<br><span class='reserve'>{escape(', '.join(known))}</span>{doubt}"
    )


def _wordings(figure: Figure) -> str:
    """Write the wording of a figure, and those it is also published under."""
    others = [text for text in figure.other_readings if text]
    main = f"{figure.text} – {figure.statement}" if figure.statement else figure.text
    if not others:
        return escape(figure.statement) if figure.statement else _NOTHING
    items = "".join(f"<li>{escape(text)}</li>" for text in dict.fromkeys((main, *others)))
    return f'<ul class="lectures">{items}</ul>'


def contradictions(items: Sequence[Contradiction]) -> str:
    """Set side by side the readings that the publications give of one subject."""
    if not items:
        return ""
    panels = []
    for item in items:
        texts = "".join(f"<li>{escape(text)}</li>" for text in item.readings)
        panels.append(
            f"<section><h3>{escape(item.topic)}</h3>"
            f'<span class="etiquette ambigue">deux lectures publiées</span>'
            f'<ul class="lectures">{texts}</ul>'
            f"{html.paragraph(f'Publications : {item.sources}', 'reserve')}</section>"
        )
    title = f"Là où les publications ne disent pas la même chose : {count(len(items), 'sujet')}"
    return (
        f'<details class="theme"><summary>{escape(title)}</summary>'
        f'<div class="divergences">{"".join(panels)}</div></details>'
    )
