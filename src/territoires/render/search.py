"""The answers of the search as a list of links, for a link that holds what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.render.html import internal_link, territory_url
from territoires.render.typography import escape
from territoires.views.french import NBSP, count, quote_short
from territoires.views.search import Match


def results(matches: Sequence[Match], query: str) -> str:
    """List the territories that answer to a text, which may be hostile; say what to try when none does."""
    asked = f"«{NBSP}{escape(quote_short(query.strip()))}{NBSP}»"
    if not matches:
        return (
            f'<p class="vide-explique">Aucun territoire ne répond à {asked} en France. Essayez le '
            "début du nom, un ancien nom, le code postal, le code Insee ou le numéro SIREN.</p>"
        )
    items = "".join(
        f"<li>{internal_link(territory_url(match.id), match.name)} "
        f"<span>{escape(match.detail)}</span></li>"
        for match in matches
    )
    answers = count(len(matches), "territoire répond", "territoires répondent")
    return f'<p>{answers} à {asked}{NBSP}:</p><ul class="recherche-resultats">{items}</ul>'
