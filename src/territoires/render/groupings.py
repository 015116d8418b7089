"""HTML of what is published for several régions together, each with its source and its caveat."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.render import html
from territoires.render.typography import escape
from territoires.views.groupings import GroupedFigure

_HEADING = "Publié pour un regroupement dont la région fait partie, à ne pas répartir :"


def groupings(figures: Sequence[GroupedFigure]) -> str:
    """List the figures of the groups a région is part of; nothing where there is none."""
    if not figures:
        return ""
    items = "".join(f"<li>{_figure(one)}</li>" for one in figures)
    return f'<p>{_HEADING}</p><ul class="liste-serree">{items}</ul>'


def _figure(figure: GroupedFigure) -> str:
    link = html.external_link(figure.source.url, figure.source.title)
    caveat = f"{escape(figure.caveat)} " if figure.caveat else ""
    return (
        f"{escape(figure.statement)} : <strong>{escape(figure.value_text)}</strong> "
        f"({escape(figure.grouping)}, {escape(figure.asked)}). "
        f"{html.fiabilite_tag(figure.fiabilite)} "
        f'<span class="reserve">{caveat}Source : {link}</span>'
    )
