"""HTML pieces of the pages; every text that comes from a file or a link is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from territoires.analysis.precision import Precision
from territoires.domain.indicators import Fiabilite, Indicator, Nature, Source, Status
from territoires.domain.territories import TerritoryId
from territoires.render.typography import escape
from territoires.views.figure import Figure, interval_text
from territoires.views.french import (
    FIABILITE_LABELS,
    count,
    format_number,
    format_source_date,
    format_wave,
)

#: Stands where a figure would; the browser makes no button of it (static/ui/card.js).
NO_FIGURE = "non disponible"
#: Rows from which a table scrolls in its own frame.
LONG_TABLE = 150
#: What is said of an interval whose design effect is not given.
UNKNOWN_DEFF = "non communiqué : intervalle optimiste si les réponses sont pondérées"
_READINGS_TITLES = {2: "Deux lectures publiées", 3: "Trois lectures publiées"}
#: Precisions that already say all in their own words, and are no grade.
_NO_GRADE = (Precision.SUPPRIMEE, Precision.INCONNUE)


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


def folded(summary: str, content: str) -> str:
    """Fold what completes a part under one line, which opens it; nothing for no content."""
    if not content:
        return ""
    return f'<details class="detail"><summary>{escape(summary)}</summary>{content}</details>'


def table(
    headings: Sequence[tuple[str, bool]],
    rows: Iterable[Sequence[str]],
    *,
    caption: str,
    chosen: int | None = None,
    label: str = "Tableau des données",
    stacked: bool = False,
    card: str = "",
    figure_columns: Sequence[int] = (),
    notes: Sequence[str] | None = None,
    real: bool = False,
    benchmark: tuple[str, str] | None = None,
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
    card
        What is common to the cards of all its figures (``indicator_card``), written once: the
        browser adds the row's own cells (static/ui/card.js).
    figure_columns
        Numbers of the columns (0 is the first) whose cells open that card.
    notes
        The row's own caveat, one text per row, empty where there is none.
    real
        Holds Insee or COG figures only, which bear no watermark beside simulated ones.
    benchmark
        A figure told in the caption, with what is proper to it: it opens the card of the table.
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
        if notes and notes[i]:
            mark += f' data-n="{escape(notes[i])}"'
        body.append(
            _stacked_row(cells, headings, mark)
            if stacked
            else f"<tr{mark}><th>{'<td>'.join(cells)}"
        )
    role = ' role="table"' if stacked else ""
    numbers = (" empilable" if stacked else "") + (" reelle" if real else "")
    numbers += " longue" if len(body) > LONG_TABLE else ""
    numbers += "".join(f" n{i}" for i, (_, numeric) in enumerate(headings, 1) if numeric)
    if card:
        role += f' data-fiches="{" ".join(map(str, figure_columns))}"'
        card = f'<template class="fiche">{card}</template>'
    told = ""
    if benchmark:
        told = f' · <span data-repere="{escape(benchmark[1])}">{escape(benchmark[0])}</span>'
    return (
        f'<div class="defile" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table class="donnees{numbers}"{role}><caption>{escape(caption)}{told}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{card}</div>"
    )


def _stacked_row(cells: Sequence[str], headings: Sequence[tuple[str, bool]], mark: str) -> str:
    line = "".join(
        f'<td role="cell" data-titre="{escape(title)}">{cell}'
        for cell, (title, _) in zip(cells[1:], headings[1:], strict=True)
    )
    return f'<tr role="row"{mark}><th role="rowheader">{cells[0]}{line}'


def fiabilite_tag(fiabilite: Fiabilite, *, bare: bool = False) -> str:
    """Write how far the source of a figure can be read without doubt.

    ``bare`` leaves out the name of the scale, where a heading already gives it.
    """
    css = "etiquette ambigue" if fiabilite is Fiabilite.AMBIGUE else "etiquette"
    name = "" if bare else "fiabilité : "
    return f'<span class="{css}">{escape(name + FIABILITE_LABELS[fiabilite])}</span>'


def precision_tag(figure: Figure, *, bare: bool = False) -> str:
    """Write how much the sample of a figure can carry; nothing where there is no sample.

    Another scale than the fiabilité, and drawn otherwise; ``bare`` as ``fiabilite_tag``.
    """
    if figure.precision is None:
        return ""
    name = "" if bare or figure.precision in _NO_GRADE else "précision : "
    return f'<span class="etiquette precision">{escape(name + figure.precision)}</span>'


def status_tag(indicator: Indicator) -> str:
    """Tell simulated answers and real official figures apart; a real survey needs no tag."""
    if indicator.status is Status.SIMULE:
        return simulated_tag()
    return real_tag() if indicator.nature is not Nature.ENQUETE else ""


def simulated_tag() -> str:
    """Mark a figure that nobody gave."""
    return '<span class="etiquette ambigue">donnée simulée</span>'


def real_tag() -> str:
    """Mark an official figure, which may stand beside simulated ones."""
    return '<span class="etiquette">donnée réelle</span>'


def respondents_text(respondents: int | None) -> str:
    """Write the number of answers, or that it was never given."""
    if respondents is None:
        return "effectif non communiqué"
    return count(respondents, "réponse")


def source_text(source: Source) -> str:
    """Write a source with its date, linked where it has an address."""
    title = external_link(source.url, source.title) if source.url else escape(source.title)
    return f"{title}, {escape(format_source_date(source.date))}" if source.date else title


def figure_button(text: str, card: str) -> str:
    """Write a figure that opens its card (``figure_card``) in one action (static/ui/card.js)."""
    return (
        f'<button type="button" class="chiffre-lien" aria-haspopup="dialog">{escape(text)}</button>'
        f'<template class="fiche">{card}</template>'
    )


def figure_card(figure: Figure, indicator: Indicator, *, place: str = "") -> str:
    """Write the card of a figure: all that must be known to read it, and where it comes from."""
    title = f"{indicator.label} – {place}" if place else indicator.label
    caveats = dict.fromkeys(t for t in (figure.caveat, figure.indicator_caveat) if t)
    items = [
        *_question(indicator, figure.wave, figure.statement),
        *(_sample(figure) if indicator.nature is Nature.ENQUETE else ()),
        ("Fiabilité", fiabilite_tag(figure.fiabilite, bare=True)),
        *_readings(figure),
        *([("Réserve", escape(" ".join(caveats)))] if caveats else []),
        ("Source", f"{source_text(figure.source)} {status_tag(indicator)}"),
    ]
    return f'<h2>{escape(title)}</h2><p class="valeur">{escape(figure.text)}</p>{_list(items)}'


def indicator_card(
    indicator: Indicator, wave: str, sources: Sequence[Source], *, statement: str = ""
) -> str:
    """Write what the cards of a table's figures have in common, for ``table(card=…)``."""
    label = "Source" if len(sources) < 2 else "Sources"  # noqa: PLR2004 - French plural
    named = " ; ".join(source_text(source) for source in sources)
    items = [
        ("Indicateur", escape(indicator.label)),
        *_question(indicator, wave, statement or indicator.description),
        *([("À savoir", escape(indicator.caveat))] if indicator.caveat else []),
        (label, f"{named} {status_tag(indicator)}"),
    ]
    return _list(items)


def _question(indicator: Indicator, wave: str, statement: str) -> list[tuple[str, str]]:
    """Say what was asked or measured, when, of whom."""
    asked = "Interrogés" if indicator.nature is Nature.ENQUETE else "Champ"
    told = "Énoncé" if indicator.nature is Nature.ENQUETE else "Définition"
    items = [
        ("Étude", escape(indicator.study)),
        ("Date", escape(format_wave(wave))),
        (asked, escape(indicator.actor_label)),
    ]
    return items + ([(told, escape(f"« {statement} »"))] if statement else [])


def _sample(figure: Figure) -> list[tuple[str, str]]:
    """Say how many answered and what that allows; nothing is told of a sample kept secret."""
    if figure.suppression:
        return [("Réponses", escape(figure.text))]
    items = [("Réponses", escape(respondents_text(figure.respondents)))]
    if figure.interval:
        items.append(("Intervalle de confiance (95 %)", escape(interval_text(figure.interval))))
    if figure.precision:
        items.append(("Précision", precision_tag(figure, bare=True)))
    if figure.interval:
        deff = UNKNOWN_DEFF if figure.deff is None else format_number(figure.deff, 2)
        items.append(("Effet de plan", escape(deff)))
    return [(escape(term), definition) for term, definition in items]


def _readings(figure: Figure) -> list[tuple[str, str]]:
    """Set the readings published for one question, place and date side by side."""
    main = f"{figure.text} – {figure.statement}" if figure.statement else figure.text
    readings = tuple(dict.fromkeys((main, *figure.other_readings)))
    if len(readings) == 1:
        return []
    title = _READINGS_TITLES.get(len(readings), f"{len(readings)} lectures publiées")
    items = "".join(f"<li>{escape(text)}</li>" for text in readings)
    return [(title, f'<ul class="lectures">{items}</ul>')]


def _list(items: Iterable[tuple[str, str]]) -> str:
    terms = "".join(f"<dt>{term}</dt><dd>{definition}</dd>" for term, definition in items)
    return f"<dl>{terms}</dl>"
