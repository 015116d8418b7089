"""HTML pieces of the pages; every text that comes from a file or a link is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from territoires.domain.indicators import Fiabilite, Source
from territoires.domain.territories import TerritoryId
from territoires.render.typography import escape
from territoires.views.figure import Figure
from territoires.views.french import count, format_source_date, format_wave

FIABILITE_LABELS = {
    Fiabilite.CLAIRE: "source claire",
    Fiabilite.AMBIGUE: "source ambiguë ou contredite",
}


def paragraph(text: str, css: str) -> str:
    """Write one escaped paragraph."""
    return f'<p class="{css}">{escape(text)}</p>'


def page_url(page: str, params: dict[str, str]) -> str:
    """Give the address of a page of ours with its parameters (not yet escaped for HTML)."""
    return f"/{page}?{urlencode(params)}" if params else f"/{page}"


def territory_url(territory: TerritoryId) -> str:
    """Give the address of a territory's page; the browser adds what else is in view (shell.js)."""
    return page_url("territoire", {"territoire": str(territory)})


def internal_link(url: str, text: str, css: str = "") -> str:
    """Link to a page of ours, followed without reloading the application."""
    kind = f' class="{css}"' if css else ""
    return f'<a href="{escape(url)}" data-interne{kind}>{escape(text)}</a>'


def external_link(url: str, text: str) -> str:
    """Link to a source on the web; only http(s) addresses become links."""
    if not url.startswith(("https://", "http://")):
        return escape(text)
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(text)}</a>'


def notice(messages: Sequence[str], *, details: Sequence[str] = (), remedy: str = "") -> str:
    """Write a visible notice (a link's wrong value, a file that breaks its contract)."""
    lines = "".join(f"<p>{escape(message)}</p>" for message in messages)
    if details:
        lines += "<ul>" + "".join(f"<li>{escape(detail)}</li>" for detail in details) + "</ul>"
    if remedy:
        lines += f"<p><strong>Pour y remédier.</strong> {escape(remedy)}</p>"
    return f'<div class="avis" role="status">{lines}</div>'


def empty_state(text: str) -> str:
    """Say what is missing, why, and what to do."""
    return f'<p class="vide-explique">{escape(text)}</p>'


def table(
    headings: Sequence[tuple[str, bool]],
    rows: Iterable[Sequence[str]],
    *,
    caption: str,
    chosen: int | None = None,
    label: str = "Tableau des données",
    stacked: bool = False,
) -> str:
    """Write a sortable table.

    Parameters
    ----------
    headings
        Title of each column, and whether it holds numbers.
    rows
        Cells as HTML (already escaped); the first one heads its row.
    caption
        What the table shows, read first by screen readers.
    chosen
        Number of the row in view.
    label
        Name of the scrolling region, which the keyboard can reach.
    stacked
        On a phone, show each row as a card; the roles keep it a table for screen readers.
    """
    head = "".join(
        f'<th scope="col" class="{"nombre" if numeric else "texte"}">'
        f'<button type="button" data-tri="1">{escape(title)}</button></th>'
        for title, numeric in headings
    )
    body = []
    # Closing tags that HTML makes optional are left out: this travels at every change.
    for i, cells in enumerate(rows):
        if len(cells) != len(headings):
            raise ValueError(f"{len(cells)} cells for {len(headings)} columns")
        mark = " class=choisi" if i == chosen else ""
        body.append(
            _stacked_row(cells, headings) if stacked else f"<tr{mark}><th>{'<td>'.join(cells)}"
        )
    role = ' role="table"' if stacked else ""
    numbers = " empilable" if stacked else ""
    numbers += "".join(f" n{i}" for i, (_, numeric) in enumerate(headings, 1) if numeric)
    return (
        f'<div class="defile" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table class="donnees{numbers}"{role}><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _stacked_row(cells: Sequence[str], headings: Sequence[tuple[str, bool]]) -> str:
    line = "".join(
        f'<td role="cell" data-titre="{escape(title)}">{cell}'
        for cell, (title, _) in zip(cells[1:], headings[1:], strict=True)
    )
    return f'<tr role="row"><th role="rowheader">{cells[0]}{line}'


def fiabilite_tag(fiabilite: Fiabilite) -> str:
    """Write how far the source of a figure can be read without doubt."""
    css = "etiquette ambigue" if fiabilite is Fiabilite.AMBIGUE else "etiquette"
    return f'<span class="{css}">{FIABILITE_LABELS[fiabilite]}</span>'


def respondents_text(respondents: int | None) -> str:
    """Write the number of answers, or that it was never given."""
    if respondents is None:
        return "effectif non communiqué"
    return count(respondents, "réponse")


def source_text(source: Source) -> str:
    """Write a source with its date, linked where it has an address."""
    title = external_link(source.url, source.title) if source.url else escape(source.title)
    return f"{title}, {escape(format_source_date(source.date))}" if source.date else title


def provenance(figure: Figure, *, study: str, actor_label: str, survey: bool = True) -> str:
    """Write the card of a figure: study, wave, who was asked, number of answers, caveat, source."""
    items = [
        ("Étude", escape(study)),
        ("Date", escape(format_wave(figure.wave))),
        ("Champ" if not survey else "Interrogés", escape(actor_label)),
    ]
    if survey:
        items.append(("Réponses", escape(respondents_text(figure.respondents))))
    if figure.statement:
        items.append(("Énoncé", f"«&nbsp;{escape(figure.statement)}&nbsp;»"))
    items.append(("Fiabilité", fiabilite_tag(figure.fiabilite)))
    if figure.other_readings:
        readings = "".join(f"<li>{escape(text)}</li>" for text in figure.other_readings)
        items.append(("Autres lectures publiées", f"<ul>{readings}</ul>"))
    caveats = dict.fromkeys(text for text in (figure.caveat, figure.indicator_caveat) if text)
    if caveats:
        items.append(("Réserve", escape(" ".join(caveats))))
    items.append(("Source", source_text(figure.source)))
    terms = "".join(f"<dt>{term}</dt><dd>{definition}</dd>" for term, definition in items)
    return f'<details class="fiche"><summary>D’où vient ce chiffre ?</summary><dl>{terms}</dl></details>'
