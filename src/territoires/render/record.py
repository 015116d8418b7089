"""Pieces of HTML for the lines of the record: numbers with their card, sources, diverging readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from territoires.domain.indicators import Fiabilite, Source
from territoires.domain.kit import Divergence
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.french import format_source_date


def number_button(
    text: str,
    statement: str,
    *,
    detail: str = "",
    date: str = "",
    fiabilite: Fiabilite,
    source: Source | None,
) -> str:
    """Write a number of the record, which opens its card; « non disponible » without a number."""
    if not text:
        return html.NO_FIGURE
    items = [
        ("Date", escape(format_source_date(date))) if date else ("", ""),
        ("À savoir", escape(detail)),
        ("Fiabilité", html.fiabilite_tag(fiabilite, bare=True)),
        ("Source", html.source_text(source) if source else html.NO_FIGURE),
    ]
    terms = "".join(f"<dt>{term}</dt><dd>{told}</dd>" for term, told in items if told)
    card = f'<h2>{escape(statement)}</h2><p class="valeur">{escape(text)}</p><dl>{terms}</dl>'
    return html.figure_button(text, card)


def source_line(source: Source | None, fiabilite: Fiabilite, *, always: bool = False) -> str:
    """Write where a line comes from, and what is not sure of it (``always``: sure or not)."""
    name = html.source_text(source) if source else html.NO_FIGURE
    told = always or fiabilite is not Fiabilite.CLAIRE
    doubt = f" {html.fiabilite_tag(fiabilite)}" if told else ""
    return f'<p class="provenance">Source{_NBSP}: {name}{doubt}</p>'


def source_cell(source: Source | None, fiabilite: Fiabilite) -> str:
    """Write the same in the cell of a table."""
    name = html.source_text(source) if source else html.NO_FIGURE
    return f"{name}<br>{html.fiabilite_tag(fiabilite, bare=True)}"


def sources_line(lines: Iterable[tuple[str, Fiabilite]], sources: Mapping[str, Source]) -> str:
    """Write the sources of several lines, each once."""
    names = dict.fromkeys(source_id for source_id, _ in lines)
    told = [html.source_text(sources[name]) for name in names if name in sources]
    label = "Source" if len(told) < 2 else "Sources"  # noqa: PLR2004 - French plural
    return f'<p class="source">{label}{_NBSP}: {" ; ".join(told) or html.NO_FIGURE}</p>'


def divergence_panels(divergences: Iterable[Divergence]) -> str:
    """Set side by side the readings published of each subject, and how they are shown here."""
    panels = "".join(_panel(divergence) for divergence in divergences)
    return f'<div class="divergences">{panels}</div>' if panels else ""


def divergence_notes(divergences: Iterable[Divergence]) -> str:
    """Write the same in the room of a card, folded."""
    return "".join(
        f'<details class="lecture-double"><summary>Deux lectures publiées{_NBSP}: '
        f"{escape(_lower(divergence.topic))}</summary>{_readings(divergence)}</details>"
        for divergence in divergences
    )


_NBSP = "\u00a0"


def _panel(divergence: Divergence) -> str:
    return (
        f"<section><h3>{escape(divergence.topic)}</h3>"
        '<span class="etiquette ambigue">deux lectures publiées</span>'
        f"{_readings(divergence)}"
        f"{html.paragraph(f'Publications : {divergence.sources}', 'reserve')}</section>"
    )


def _readings(divergence: Divergence) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in divergence.readings)
    return f'<ul class="lectures">{items}</ul>'


def _lower(text: str) -> str:
    """Put a topic after a colon; a name in capitals keeps them."""
    return text if text[:2].isupper() else f"{text[0].lower()}{text[1:]}"
