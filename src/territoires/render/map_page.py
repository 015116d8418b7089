"""HTML around the map: sentence, summary of the territory in view, table, actors, sources."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.analysis.precision import Precision
from territoires.domain.catalysts import ListNote
from territoires.domain.indicators import Nature
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import Level, Territory, TerritoryId
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.actors import ActorCount
from territoires.views.datasets import is_simulated_set
from territoires.views.figure import interval_text
from territoires.views.french import LEVEL_LABELS, LEVEL_PLURALS, agree, count, format_number
from territoires.views.limits import Descent, Layer
from territoires.views.map_view import (
    DIFFERENCE_LABELS,
    STATE_LABELS,
    MapView,
    Row,
    State,
)
from territoires.views.search_index import normalize

#: More sources than this are counted, not listed: each figure's card names its own.
MAX_SOURCES = 2

_BY_NAME = (Level.ZONE, Level.EPCI, Level.COMMUNE)
_A_TERRITORY = {
    Level.REGION: "une région",
    Level.DEPARTEMENT: "un département",
    Level.ZONE: "une zone",
    Level.EPCI: "une intercommunalité",
    Level.COMMUNE: "une commune",
}


def sentence(view: MapView, selection: Selection) -> str:
    """Write the map's sentence and its caveat, with the link to this very view for the copy."""
    link = html.page_url("carte", selection.to_params())
    caveat = f' <span class="reserve">{escape(view.sentence_caveat)}</span>'
    return (
        f'<p class="phrase" data-vue="{escape(link)}">{escape(view.sentence)}'
        f"{caveat if view.sentence_caveat else ''}</p>"
    )


def caveats(view: MapView) -> str:
    """Write what must be known to read this map."""
    if not view.caveats:
        return ""
    items = "".join(f"<li>{escape(caveat)}</li>" for caveat in view.caveats)
    return f'<div class="bloc reserve"><h2>À savoir</h2><ul class="liste-serree">{items}</ul></div>'


def row_text(row: Row) -> str:
    """Write a row's value, or why there is none."""
    return row.figure.text if row.figure else STATE_LABELS[State.MANQUANT]


def trail(territories: Sequence[Territory]) -> str:
    """Write the way out of a limited map, from the country down to the limit; nothing without one."""
    if not territories:
        return ""
    steps = [html.internal_link(_limited(t.id), t.name) for t in territories[:-1]]
    here = f'<span aria-current="true">{escape(territories[-1].name)}</span>'
    items = "".join(f"<li>{step}</li>" for step in (*steps, here))
    return f'<nav class="fil" aria-label="Sortir du zoom"><ol>{items}</ol></nav>'


def ways_down(row: Row, descents: Sequence[Descent]) -> str:
    """Write the links to what a territory holds, at each finer level."""
    if not descents:
        return ""
    links = [
        html.internal_link(
            _limited(row.id, descent.layer),
            count(descent.number, LEVEL_LABELS[descent.layer.level]),
        )
        for descent in descents
    ]
    return f'<p class="descendre">Descendre d’un niveau : {" · ".join(links)}</p>'


def _limited(within: TerritoryId, layer: Layer | None = None) -> str:
    """Give the link that only changes the limit, and the layer: the browser adds what is in view."""
    params = {"dans": str(within)}
    if layer:
        params["niveau"] = layer.level.value
        params |= {"zonage": layer.zoning_id} if layer.zoning_id else {}
    return html.page_url("carte", params)


def summary(
    view: MapView,
    selection: Selection,
    actors: Sequence[ActorCount],
    note: ListNote,
    descents: Sequence[Descent] = (),
) -> str:
    """Sum up the territory in view, and lead to its page and to what it holds."""
    row = view.row(selection.territory)
    if row is None:
        return html.empty_state(
            f"Choisissez {_A_TERRITORY[view.level]} sur la "
            "carte (souris, doigt, ou touches Tab, flèches et Entrée) pour voir son résumé."
        )
    number = next((a.total for a in actors if a.territory == row.id), 0)
    known = count(number, "acteur recensé", "acteurs recensés")
    if is_simulated_set(view.dataset):
        known += agree(number, " et simulé", " et simulés")
    link = html.internal_link(
        html.territory_url(row.id), f"Ouvrir la page {row.name}", "bouton plein"
    )
    return (
        f'<div class="resume"><h2>{escape(row.name)}</h2>{_value(view, row)}'
        + html.paragraph(
            f"{known} ici{'' if note.exhaustive else ' (liste non exhaustive)'}.", "reserve"
        )
        + f"<p>{link}</p>{ways_down(row, descents)}</div>"
    )


def _value(view: MapView, row: Row) -> str:
    """Write the value in view, its interval, what the test says, France's, and the card."""
    france = f"France : {view.national.text}" if view.national else ""
    if row.figure is None:
        missing = "dans le brouillon" if view.dataset is Dataset.BROUILLON else "publiée"
        text = f"{view.indicator.label} : aucune valeur {missing} pour ce territoire."
        return html.paragraph(text, "") + html.paragraph(france, "reserve")
    card = html.figure_card(row.figure, view.indicator, place=row.name)
    lines = [view.indicator.label]
    if row.figure.interval:
        lines.append(f"intervalle à 95 % : {interval_text(row.figure.interval)}")
    if row.difference in DIFFERENCE_LABELS:
        lines.append(DIFFERENCE_LABELS[row.difference])
    lines.append(france)
    mark = html.status_tag(view.indicator) if is_simulated_set(view.dataset) else ""
    own = "" if row.figure.caveat in view.caveats else row.figure.caveat
    return (
        f'<p class="valeur">{html.figure_button(row_text(row), card)} {mark}</p>'
        + html.paragraph(" · ".join(line for line in lines if line), "reserve")
        + (html.paragraph(f"À savoir : {own}", "reserve") if own else "")
        + f'<p class="etiquettes">{html.precision_tag(row.figure)} '
        + f"{html.fiabilite_tag(row.figure.fiabilite)}</p>"
    )


def data_table(view: MapView, selection: Selection) -> str:
    """Write the same data as the map; columns that never vary are told in the caption or card."""
    survey = view.indicator.nature is Nature.ENQUETE
    listed = _listed(view)
    sampled = any(row.figure and row.figure.interval for row in listed)
    noun = LEVEL_LABELS[view.level].capitalize()
    headings = [(noun, False), (view.indicator.unit_label or "Valeur", True)]
    if sampled:
        headings += [("Intervalle à 95 %", True), ("Réponses", True), ("Précision", False)]
        headings += [("Par rapport à la France", False)] if view.national else []
    elif survey:
        headings += [("Réponses", False)]
    if survey:
        headings += [("Fiabilité", False)]
    rows = []
    for row in listed:
        cells = [_name(row, linked=survey, told_code=view.listed is not None), _short_value(row)]
        if sampled:
            cells += _sample_cells(row)[: 4 if view.national else 3]
        elif survey:
            cells.append(html.respondents_text(row.figure.respondents) if row.figure else "")
        if survey:
            cells.append(html.fiabilite_tag(row.figure.fiabilite, bare=True) if row.figure else "")
        rows.append(cells)
    return html.table(
        headings,
        rows,
        caption=f"{view.mark}{view.title}{_say_listed(view)}",
        benchmark=_france(view),
        chosen=next((i for i, r in enumerate(listed) if r.id == selection.territory), None),
        card=html.indicator_card(view.indicator, view.wave, view.sources[:MAX_SOURCES]),
        figure_columns=(1,),
        notes=[_note(row, view) for row in listed],
        real=not survey and not view.is_simulated,
    )


def _listed(view: MapView) -> Sequence[Row]:
    """Give the rows of the table; by name where nobody knows the order of the codes."""
    if view.listed is not None:
        return [view.rows[number] for number in view.listed]
    if view.level in _BY_NAME:
        return sorted(view.rows, key=lambda row: normalize(row.name))
    return view.rows


def _say_listed(view: MapView) -> str:
    """Say which territories a table keeps that cannot hold them all."""
    if view.listed is None:
        return ""
    return (
        f" – les {len(view.listed)} {LEVEL_PLURALS[view.level]} les plus peuplées sur "
        f"{format_number(len(view.rows))} ; zoomez sur un département pour les avoir toutes"
    )


def _france(view: MapView) -> tuple[str, str] | None:
    """Give France's figure and what is proper to it, for its card."""
    figure = view.national
    if figure is None:
        return None
    texts = [figure.caveat]
    if figure.interval and figure.respondents:
        sample = f"{html.respondents_text(figure.respondents)}, {interval_text(figure.interval)}."
        texts.insert(0, sample)
    return f"France : {figure.text}", " ".join(text for text in texts if text)


def _name(row: Row, *, linked: bool, told_code: bool) -> str:
    # The communes of the whole country have homonyms.
    name = f"{row.name} ({row.id.code})" if told_code else row.name
    return html.internal_link(html.territory_url(row.id), name) if linked else escape(name)


def _short_value(row: Row) -> str:
    return escape(row.figure.short_text) if row.figure else html.NO_FIGURE


def _sample_cells(row: Row) -> list[str]:
    """Write what the sample allows; a suppressed figure says nothing more than that it is."""
    figure = row.figure
    if figure and figure.precision is Precision.INCONNUE:
        return ["", "", escape(figure.precision), ""]
    if figure is None or figure.interval is None or figure.respondents is None:
        return [""] * 4
    interval = f"{format_number(figure.interval.low)} – {format_number(figure.interval.high)}"
    return [
        interval,
        format_number(figure.respondents),
        escape(str(figure.precision or "")),
        DIFFERENCE_LABELS.get(row.difference, "") if row.difference else "",
    ]


def _note(row: Row, view: MapView) -> str:
    """Give what is proper to a row: a caveat the others do not share, other readings."""
    if row.figure is None:
        return ""
    readings = " ; ".join(row.figure.other_readings)
    own = "" if row.figure.caveat in view.caveats else row.figure.caveat
    texts = (own, f"Autre lecture publiée : {readings}" if readings else "")
    return " ".join(text for text in texts if text)


def sources(view: MapView) -> str:
    """Write the source line of the map."""
    if not view.sources:
        return html.paragraph("Source : aucune valeur publiée à ce niveau.", "source")
    named = " ; ".join(html.source_text(source) for source in view.sources[:MAX_SOURCES])
    rest = len(view.sources) - MAX_SOURCES
    if rest > 0:
        others = "1 autre" if rest == 1 else f"{rest} autres"
        more = html.internal_link("/sources", f"{others}, voir le registre")
        named += f" ; {more}"
    label = "Source" if len(view.sources) == 1 else "Sources"
    return f'<p class="source">{label} : {named}.</p>'
